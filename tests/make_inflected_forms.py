"""Write `inflected_forms.tsv`: common verbs and adjectives in every form, by conjugation tables.

    python tests/make_inflected_forms.py

The tables are independent of the library: each class lists its whole endings, with auxiliaries. The forms are
those of a conjugation table of a dictionary (plain, polite, negative, past, te, conditional, volitional,
imperative, potential, passive, causative, desiderative, progressive).
"""

from pathlib import Path

GODAN = {
    "う": "わいうえおって った",
    "く": "かきくけこいて いた",
    "ぐ": "がぎぐげごいで いだ",
    "す": "さしすせそして した",
    "つ": "たちつてとって った",
    "ぬ": "なにぬねのんで んだ",
    "ぶ": "ばびぶべぼんで んだ",
    "む": "まみむめもんで んだ",
    "る": "らりるれろって った",
}
MASU = ("ます", "ました", "ません", "ませんでした", "ましょう", "たい", "たかった", "ながら", "つつ")
NAI = ("ない", "なかった", "なければ", "ず")
ICHIDAN = (
    "る",
    "た",
    "て",
    "ている",
    "ていた",
    "れば",
    "よう",
    "ろ",
    "よ",
    "られる",
    "られた",
    "させる",
    "させた",
    *MASU,
    *NAI,
)
SURU = (
    "する",
    "した",
    "して",
    "している",
    "していた",
    "すれば",
    "しよう",
    "しろ",
    "せよ",
    "される",
    "された",
    "させる",
    "させた",
    "できる",
    "できた",
    *(f"し{ending}" for ending in (*MASU, *NAI[:-1])),
    "せず",
    "するべき",
    "しました",
)
ADJECTIVE = (
    "い",
    "く",
    "くて",
    "かった",
    "くない",
    "くなかった",
    "ければ",
    "かろう",
    "さ",
    "そうだ",
    "すぎる",
    "いです",
    "くなる",
)
WORDS = """
reduce 削減する|deploy 配備する|relocate 移転する|strengthen 強化する|maintain 維持する|implement 実施する
conclude 結ぶ|hand_over 引き渡す|return 返す|move 移す|station 置く|build 築く|stop 止める|decide 決める
support 支える|defend 守る|attack 撃つ|fly 飛ぶ|win 勝つ|lose 失う|send 送る|share 分かち合う|choose 選ぶ
review 見直す|accept 受け入れる|approve 認める|establish 定める|continue 続ける|begin 始める
withdraw 引き揚げる
respond 応じる|provide 与える|take_part 加わる|bear 担う|advance 進む|follow 従う|seek 求める|differ 異なる
teach 教える|swim 泳ぐ|kill 殺す|write 書く|read 読む|go 行く
large 大きい|small 小さい|heavy 重い|strong 強い|new 新しい|long 長い
"""
ENGLISH = {
    "reduce": "reduces reduced reducing",
    "deploy": "deploys deployed deploying",
    "build": "builds built building",
    "relocate": "relocates relocated relocating",
    "strengthen": "strengthens strengthened strengthening",
    "maintain": "maintains maintained maintaining",
    "implement": "implements implemented implementing",
    "conclude": "concludes concluded concluding",
    "hand over": "hands over|handed over|handing over",
    "return": "returns returned returning",
    "move": "moves moved moving",
    "station": "stations stationed stationing",
    "stop": "stops stopped stopping",
    "decide": "decides decided deciding",
    "fly": "flies flew flown flying",
    "support": "supports supported supporting",
    "defend": "defends defended defending",
    "attack": "attacks attacked attacking",
    "win": "wins won winning",
    "lose": "loses lost losing",
    "send": "sends sent sending",
    "share": "shares shared sharing",
    "choose": "chooses chose chosen choosing",
    "review": "reviews reviewed reviewing",
    "accept": "accepts accepted accepting",
    "write": "writes wrote written writing",
    "approve": "approves approved approving",
    "establish": "establishes established establishing",
    "continue": "continues continued continuing",
    "begin": "begins began begun beginning",
    "go": "goes went gone going",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "respond": "responds responded responding",
    "provide": "provides provided providing",
    "take part": "takes part|took part|taken part|taking part",
    "bear": "bears bore borne bearing",
    "advance": "advances advanced advancing",
    "kill": "kills killed killing",
    "follow": "follows followed following",
    "seek": "seeks sought seeking",
    "differ": "differs differed differing",
    "teach": "teaches taught teaching",
    "swim": "swims swam swum swimming",
    "read": "reads read reading",
    "large": "larger largest",
    "small": "smaller smallest",
    "heavy": "heavier heaviest",
    "new": "newer newest",
    "strong": "stronger strongest",
    "long": "longer longest",
}


def japanese(word: str) -> list[str]:
    """Return the forms of a word."""
    if word.endswith("する"):
        return [word[:-2] + ending for ending in SURU]
    stem, last = word[:-1], word[-1]
    if last == "い":
        return [stem + ending for ending in ADJECTIVE]
    if last == "る" and stem[-1] in "めけえげじれ":
        return [stem + ending for ending in ICHIDAN]
    vowels, past = GODAN[last].split()
    te = "って" if word == "行く" else vowels[5:]
    past = "った" if word == "行く" else past
    a, i, u, e, o = (f"{stem}{vowel}" for vowel in vowels[:5])
    return [
        u,
        stem + past,
        stem + te,
        f"{stem}{te}いる",
        f"{stem}{te}いた",
        f"{e}ば",
        f"{o}う",
        e,
        f"{e}る",
        f"{e}た",
        f"{a}れる",
        f"{a}れた",
        f"{a}せる",
        f"{a}せた",
        *(i + ending for ending in MASU),
        *(a + ending for ending in NAI),
    ]


def rows() -> list[tuple[str, str, str, str]]:
    """Return the English and Japanese terms, the language and the form."""
    found = []
    for pair in WORDS.replace("\n", "|").split("|"):
        if pair:
            en, ja = pair.replace("_", "\0").split()
            en = en.replace("\0", " ")
            found += [(en, ja, "ja", form) for form in dict.fromkeys(japanese(ja))]
            forms = ENGLISH[en]
            found += [(en, ja, "en", form) for form in forms.split("|" if "|" in forms else None)]
    return found


if __name__ == "__main__":
    text = "".join("\t".join(row) + "\n" for row in rows())
    Path(__file__).with_name("inflected_forms.tsv").write_text(
        "en\tja\tlang\tform\n" + text, encoding="utf-8"
    )

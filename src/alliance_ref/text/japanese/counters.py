"""The usual counters, and what may follow them.

UniDic has data on how a counter changes after a number for about a third of these; the rest is ours, checked
against JMdict (`tests/test_text_counters.py`). `docs/readings.md` describes the rules.
"""

from alliance_ref.text.japanese.numbers import Counter

_K, _S = "168jh", "18j"  # see `alliance_ref.text.japanese.numbers`

COUNTERS = {
    # Persons, days and time
    "人": Counter("にん", short="4よ7しち", words="1=ひとり 2=ふたり"),
    "日": Counter(
        "にち", short="7しち9く", unit="day",
        words="2=ふつか 3=みっか 4=よっか 5=いつか 6=むいか 7=なのか 8=ようか 9=ここのか 10=とおか "
        "14=じゅうよっか 20=はつか 24=にじゅうよっか",
    ),
    "月": Counter("がつ", short="4し7しち9く", unit="month"),
    "年": Counter("ねん", short="4よ", unit="time"),
    "年度": Counter("ねんど", short="4よ"),
    "年代": Counter("ねんだい"),
    "年生": Counter("ねんせい", short="4よ"),
    "時": Counter("じ", short="4よ7しち9く", unit="hour"),
    "時間": Counter("じかん", short="4よ7しち9く", unit="time"),
    "分": Counter("ふん", _K, after_n="3ぷ4ぷsぷmぷnぷ", unit="time"),
    "秒": Counter("びょう", unit="time"),
    "週": Counter("しゅう", _S, unit="time"),
    "週間": Counter("しゅうかん", _S, unit="time"),
    "周年": Counter("しゅうねん", _S),
    "世紀": Counter("せいき", _S, unit="time"),
    "世代": Counter("せだい", _S),
    "歳": Counter("さい", _S),
    "才": Counter("さい", _S),
    # Things
    "回": Counter("かい", _K),
    "本": Counter("ほん", _K, after_n="3ぼsぼmぼnぼ"),
    "匹": Counter("ひき", _K, after_n="3びsびmびnび"),
    "杯": Counter("はい", _K, after_n="3ばsばmばnば"),
    "票": Counter("ひょう", _K, after_n="3びsびmびnび"),
    "発": Counter("はつ", _K, after_n="3ぱ4ぱsぱmぱnぱ"),
    "泊": Counter("はく", _K, after_n="3ぱ4ぱsぱnぱ"),
    "編": Counter("へん", _K, after_n="3ぺ4ぺsぺnぺ"),
    "歩": Counter("ほ", _K, after_n="3ぽ4ぽsぽnぽ"),
    "派": Counter("は", _K, after_n="3ぱ4ぱsぱnぱ"),
    "敗": Counter("はい", _K, after_n="3ぱ4ぱsぱnぱ"),
    "隻": Counter("せき", _S),
    "機": Counter("き", _K),
    "基": Counter("き", _K),
    "台": Counter("だい"),
    "両": Counter("りょう"),
    "艇": Counter("てい", _S),
    "枚": Counter("まい"),
    "冊": Counter("さつ", _S),
    "巻": Counter("かん", _K),
    "個": Counter("こ", _K),
    "名": Counter("めい"),
    "件": Counter("けん", _K),
    "点": Counter("てん", _S),
    "通": Counter("つう", _S),
    "頭": Counter("とう", _S),
    "体": Counter("たい", _S),
    "足": Counter("そく", _S, after_n="3ぞnぞ"),
    "着": Counter("ちゃく", _S),
    "社": Counter("しゃ", _S),
    "者": Counter("しゃ", _S),
    "校": Counter("こう", _K),
    "県": Counter("けん", _K),
    "国": Counter("こく", _K, after_n="3ご"),
    "党": Counter("とう", _S),
    "軒": Counter("けん", _K, after_n="3げnげ"),
    "戸": Counter("こ", _K),
    "階": Counter("かい", _K, after_n="3がnが"),
    "種": Counter("しゅ", _S),
    "種類": Counter("しゅるい", _S),
    "層": Counter("そう", _S),
    "席": Counter("せき", _S),
    "議席": Counter("ぎせき"),
    "世帯": Counter("せたい", _S),
    "つ": Counter(
        "つ",
        words="1=ひとつ 2=ふたつ 3=みっつ 4=よっつ 5=いつつ 6=むっつ 7=ななつ 8=やっつ 9=ここのつ",
    ),
    "組": Counter("くみ", words="1=ひとくみ 2=ふたくみ"),
    # Order and measure
    "度": Counter("ど"),
    "位": Counter("い"),
    "号": Counter("ごう"),
    "番": Counter("ばん"),
    "条": Counter("じょう"),
    "項": Counter("こう", _K),
    "章": Counter("しょう", _S),
    "節": Counter("せつ", _S),
    "期": Counter("き", _K),
    "次": Counter("じ", short="4よ"),
    "級": Counter("きゅう", _K),
    "等": Counter("とう", _S),
    "段階": Counter("だんかい"),
    "丁目": Counter("ちょうめ", _S),
    "倍": Counter("ばい"),
    "割": Counter("わり"),
    "円": Counter("えん", short="4よ"),
    "ドル": Counter("どる"),
    "ユーロ": Counter("ゆーろ"),
    "ウォン": Counter("うぉん"),
    "パーセント": Counter("ぱーせんと", _S),
    "%": Counter("ぱーせんと", _S),
    "％": Counter("ぱーせんと", _S),
    "ポイント": Counter("ぽいんと", _S),
    "ページ": Counter("ぺーじ", _S),
    "トン": Counter("とん", _S),
    "キロ": Counter("きろ", "6jh"),
    "キロメートル": Counter("きろめーとる", "6jh"),
    "センチ": Counter("せんち", _S),
    "海里": Counter("かいり", "j"),
    "字": Counter("じ"),
    **{
        small + unit: Counter(f"か{kana}", _K, unit="time" if unit in "月年" else "")
        for small in "かカヵヶケ箇個ヵ"
        for unit, kana in (("国", "こく"), ("月", "げつ"), ("所", "しょ"), ("条", "じょう"), ("年", "ねん"))
    },
}  # fmt: skip
"""The counters with a table entry; UniDic describes the others."""

_TIME = ("time", "day", "hour")
SUFFIXES = {
    "間": ("かん", ("time", "day")),
    "後": ("ご", _TIME),
    "前": ("まえ", _TIME),
    "半": ("はん", ("hour", "time")),
    "余": ("よ", None),
    "余り": ("あまり", None),
    "付": ("づけ", ("day", "month")),
    "付け": ("づけ", ("day", "month")),
    "付記事": ("づけきじ", ("day", "month")),  # UniDic has 付記, a note
    "目": ("め", None),
    "分": ("ぶん", None),
    "強": ("きょう", None),
    "弱": ("じゃく", None),
    "制": ("せい", None),
}
"""What may follow a counter, its reading there, and after which units of time (``None``: any counter)."""

"""A small bilingual article, written for the tests, and the document record that goes with it.

It stands in for the real articles wherever the suite must not depend on them: quotation marks to lose,
abbreviations, a list, a sentence that Japanese joins and one that it splits.
"""

from alliance_ref.editions.fingerprints import fingerprint
from alliance_ref.records import (
    AlignedUnit,
    Bilingual,
    Correction,
    Document,
    Fingerprints,
    FrontLine,
    Gap,
    Name,
    PartialDate,
    Passage,
    Segment,
    Source,
)

TITLE = {"en": "Two Towns, One Sea Wall", "ja": "二つの町、一つの防潮堤"}
BYLINE = {"en": "Hatano Mio / Kazehama Shimpo", "ja": "波多野 澪 / 風浜新報"}
DATE = {"en": "May 6, 2011", "ja": "2011年5月6日"}
DATELINE = "Kazehama Shimpo - Friday, May 6, 2011"

EN = (
    "KAZEHAMA — The councils of Kazehama and Tonosaki met on Tuesday to decide who will repair the old sea"
    " wall. The meeting lasted four hours.",
    "“We cannot wait for another storm,” said Mayor J. T. Kubo of Kazehama. He wants work to start"
    " in June, before the rains. The budget, he said, would be 240 million yen.",
    "Mr. Arai, who builds boats in Tonosaki, has doubts. He asked whether the plan, drawn up by Nishi &"
    " Co. in 1998, still fits the harbor. “Has anybody measured the tides since?” he asked.",
    "The points to be settled are:",
    "• Which town pays for the eastern half.",
    "• Whether fishing boats may use the new pier, “free of charge” or for a fee.",
    "Engineers from the University of Tonosaki measured the wall in March and found 37 cracks. Their report"
    " calls the eastern half “unsafe in any typhoon.” Nobody on either council disputed it.",
    "A vote is planned for May 20. Until then the beach road stays closed, and the ferry to Okijima runs"
    " twice a day.",
)
JA = (
    "風浜町と殿崎町の議会は火曜日、古い防潮堤をどちらが直すかを話し合った。会議は四時間に及んだ。",
    "「次の嵐を待つわけにはいかない」と風浜の久保町長は述べた。町長は梅雨の前、六月に着工したいと考えて"
    "おり、予算は二億四千万円になるという。",
    "殿崎で船を造る荒井氏は懐疑的だ。１９９８年に西商会が作った計画は今の港に合うのか、と同氏は尋ねた。"
    "「その後、誰か潮位を測ったのか」というのである。",
    "決めるべき点は次のとおりである。",
    "• 東半分の費用をどちらの町が負担するか。",
    "• 漁船が新しい桟橋を「無料で」使えるのか、有料か。",
    "殿崎大学の技術者は三月に堤を調べ、ひび割れを３７か所見つけた。報告書は東半分を「どの台風でも危険」と"
    "している。どちらの議会にも異論はなかった。",
    "採決は五月二十日の予定だ。それまで海岸道路は通行止めが続き、沖島行きの渡船は一日二便となる。",
)

SOURCE = Source("tests", Bilingual("Written for the tests", "テスト用に執筆"))


def document(document_id: str = "sea-wall-2011", *, japanese: bool = True) -> Document:
    """The record of the article; without *japanese*, its Japanese was never written."""
    absent = Gap("not-translated")
    return Document(
        document_id,
        (
            Name(TITLE["en"], "en"),
            Name(TITLE["ja"], "ja", reading="ふたつのまち、ひとつのぼうちょうてい".replace("、", " ")),
        ),
        sources=(SOURCE,),
        type="newspaper-article",
        issued=PartialDate(2011, 5, 6),
        front=(
            FrontLine("title", TITLE["en"], TITLE["ja"] if japanese else absent),
            FrontLine("byline", BYLINE["en"], BYLINE["ja"] if japanese else absent),
            FrontLine("date", DATE["en"], DATE["ja"] if japanese else absent),
        ),
        passages=tuple(
            Passage(
                f"{document_id}#{number}",
                number,
                (
                    AlignedUnit(
                        (Segment(f"Summary {number}.", "en", 0, 10),),
                        (Segment(f"要約{number}。", "ja", 0, 4),),
                    ),
                ),
                role="list-item" if en.startswith("•") else "paragraph",
                corrections=_corrections(number),
                fingerprint=Fingerprints(fingerprint(en), fingerprint(ja) if japanese else absent),
            )
            for number, (en, ja) in enumerate(zip(EN, JA, strict=True), 1)
        ),
    )


def _corrections(number: int) -> tuple[Correction, ...]:
    if number != 7:
        return ()
    return (
        Correction(
            "37 cracks",
            "en",
            Bilingual("36 cracks", "ひび割れ36か所"),
            Bilingual("The report counts one of them twice.", "報告書は一か所を二度数えている。"),
            (SOURCE,),
        ),
    )


def copy_of(*, en: tuple[str, ...] = EN, ja: tuple[str, ...] = JA, front: bool = True) -> str:
    """A copy of the article as a web page gives it: English, Japanese, blank lines between."""
    head_en = [TITLE["en"], BYLINE["en"], DATE["en"]] if front else []
    head_ja = [TITLE["ja"], BYLINE["ja"], DATE["ja"]] if front else []
    return "\n\n".join([*head_en, *en, *head_ja, *ja]) + "\n"

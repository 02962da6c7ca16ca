"""The exact results for the two real articles, if they are available next to the checkout."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.records import Gap, PassageText
from alliance_ref.reference import Reference
from test_editions import accounted

RealCopy = Callable[[str], Path]


def test_the_newspaper_report_is_verified_and_repaired(shipped: Reference, real_copy: RealCopy) -> None:
    edition = shipped.read_copy(real_copy("000"))
    assert edition.document.id == "halloran-2005"
    assert edition.counts("en") == {"verified": 19}
    assert edition.counts("ja") == {"not-translated": 19}
    assert Counter(repair.kind for repair in edition.repairs) == {"quotation-mark": 20}
    assert Counter(item.kind for item in edition.set_aside) == {"furniture": 6, "dateline": 1}
    title, byline = edition.front[:2]
    for line, supplied in ((title, "U.S., Japan Redraw Alliance"), (byline, "Richard Halloran")):
        assert line.en == Gap("lost")
        assert (line.supplied[0] or "").startswith(supplied)
    marks = Counter(
        passage.number
        for passage in edition.passages
        for repair in edition.repairs
        if isinstance(passage.en, PassageText)
        and (passage.en.start or 0) <= repair.offset < (passage.en.end or 0)
    )
    assert marks == {4: 4, 10: 2, 15: 4, 16: 2, 17: 4, 18: 4}
    assert not any("?" in (p.en.text or "") for p in edition.passages if isinstance(p.en, PassageText))
    accounted(edition)


def test_the_commentary_has_one_japanese_passage_left_and_it_is_aligned(
    shipped: Reference, real_copy: RealCopy
) -> None:
    edition = shipped.read_copy(real_copy("004"))
    assert edition.document.id == "magosaki-2006"
    assert edition.counts("en") == {"verified": 12}
    assert edition.counts("ja") == {"lost": 11, "verified": 1}
    title, byline, date = edition.front
    assert title.ja == Gap("lost") or (isinstance(title.ja, Gap) and title.ja.reason == "lost")
    for line in (byline, date):
        for side in (line.en, line.ja):
            assert isinstance(side, PassageText)
            assert side.status == "verified"
    assert edition.set_aside == ()
    assert [unit.kind for unit in edition.passages[7].units] == ["1-1", "2-1", "1-1", "1-1"]
    accounted(edition)


def test_every_known_mistake_is_found_in_the_real_articles(shipped: Reference, real_copy: RealCopy) -> None:
    for prefix in ("000", "004"):
        edition = shipped.read_copy(real_copy(prefix))
        known = [c for passage in edition.document.passages for c in passage.corrections]
        assert [found.correction for found in edition.corrections] == known


@pytest.mark.parametrize("name", ["whatever.txt", "magosaki-2006.txt"])
def test_the_file_name_does_not_matter(
    shipped: Reference, real_copy: RealCopy, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(real_copy("000").read_bytes())
    assert shipped.read_copy(path).document.id == "halloran-2005"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"])
def test_the_commentary_is_read_in_every_encoding(
    shipped: Reference, real_copy: RealCopy, encoding: str
) -> None:
    text = real_copy("004").read_text(encoding="utf-8").translate({0xA0: " ", 0x2019: "'", 0x2013: "-"})
    edition = shipped.read_copy(text.encode(encoding))
    assert edition.counts("en") == {"verified": 12}
    assert edition.counts("ja") == {"lost": 11, "verified": 1}


def test_the_json_of_read_can_be_read_back(real_copy: RealCopy, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(real_copy("004")), "--json"]) == 1
    edition = ar.from_json(capsys.readouterr().out)
    assert edition.document == ar.document("magosaki-2006")
    assert len(edition.passages) == 12
    eighth = edition.passages[7]
    assert (eighth.id, eighth.number, eighth.role) == ("magosaki-2006#8", 8, "paragraph")
    assert eighth.en.status == eighth.ja.status == "verified"
    assert edition.passages[0].ja == ar.records.Gap("lost")
    assert [unit.kind for unit in eighth.units] == ["1-1", "2-1", "1-1", "1-1"]
    assert all(0 <= unit.confidence <= 1 for unit in eighth.units)
    assert " ".join(segment.text for unit in eighth.units for segment in unit.en) == eighth.en.text

"""What the shipped data must be, entry by entry."""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from alliance_ref.checks.check_data import check_data
from alliance_ref.records import Bilingual, Concept, Gap
from alliance_ref.reference import Reference
from conftest import SHARED

ROOT = Path(__file__).parents[1]


def test_every_japanese_name_has_a_reading_and_a_romanization(shipped: Reference) -> None:
    lacking = [
        (entry.id, name.text)
        for entry in shipped.entries()
        for name in entry.names_in("ja")
        if not name.reading or not name.romanization
    ]
    assert lacking == []


def test_every_entry_is_described_in_both_languages(shipped: Reference) -> None:
    for entry in shipped.entries():
        text = entry.definition if isinstance(entry, Concept) else entry.summary
        assert isinstance(text, Bilingual), entry.id


def test_every_entry_has_a_name_in_both_languages_and_one_preferred(shipped: Reference) -> None:
    for entry in shipped.entries():
        for lang in ("en", "ja"):
            names = entry.names_in(lang)
            assert names, (entry.id, lang)
            preferred = [name for name in names if name.status == "preferred"]
            assert len(preferred) <= 1, entry.id


def test_every_unit_of_the_articles_says_it_in_both_languages(shipped: Reference) -> None:
    for document in shipped.documents():
        for passage in document.passages:
            for unit in passage.units:
                assert not isinstance(unit.en, Gap)
                assert not isinstance(unit.ja, Gap)
                assert unit.status == "written"
                assert unit.text("en")[-1] in '.?!”")', passage.id
                assert unit.text("ja")[-1] in "。？！」）", (passage.id, unit.text("ja"))


def test_japanese_text_is_japanese_and_its_punctuation_full_width(shipped: Reference) -> None:
    for document in shipped.documents():
        for passage in document.passages:
            text = passage.text("ja")
            assert re.search("[ぁ-ん]", text), passage.id
            assert not re.search(r"[()?!;]|(?<!\d),|,(?!\d)", text), passage.id


def test_japanese_is_in_plain_style(shipped: Reference) -> None:
    polite = re.compile("(です|ます|ました|でした|ません)[。」]")
    for document in shipped.documents():
        for passage in document.passages:
            assert not polite.search(passage.text("ja")), passage.id


def test_all_text_is_nfc() -> None:
    for path in (ROOT / "src" / "alliance_ref" / "data").rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name


def test_quotations_are_a_few_words(shipped: Reference) -> None:
    for document in shipped.documents():
        for passage in document.passages:
            for quotation in passage.quotations:
                size = len(quotation.text.split()) if quotation.lang == "en" else len(quotation.text) / 3
                assert size <= 10, (passage.id, quotation.text)


def test_no_sentence_of_the_articles_is_in_the_project() -> None:
    tool = SHARED / "tools" / "own_words.py"
    if not tool.exists():
        pytest.skip("the real articles are not beside this checkout (../shared/tools/own_words.py)")
    done = subprocess.run([sys.executable, str(tool), str(ROOT)], capture_output=True, text=True, check=False)
    assert done.stdout == ""


_NO_RECORDS = {  # headings of the notes that stand for several things, or for nobody by name
    "unnamed-sources",
    "governments",
    "jmsdf-us-navy",
    "(carrier)",
    "ldc-critical-infrastructure",
    "security-treaty-short",  # the treaty itself: treaty-1960
}


def test_everything_the_research_notes_know_is_there(shipped: Reference) -> None:
    facts = SHARED / "facts" / "facts.md"
    if not facts.exists():
        pytest.skip("the research notes are not beside this checkout (../shared/facts)")
    lines = facts.read_text(encoding="utf-8").splitlines()
    section = ""
    wanted: set[str] = set()
    days: set[str] = set()
    for line in lines:
        if line.startswith("## "):
            section = line[3]
        if section in "12345" and (found := re.match(r"(?:- )?\*\*([a-z0-9][a-z0-9 /()-]+)\*\*", line)):
            wanted |= set(re.split(r" / | ", found[1]))
        if section == "6" and (found := re.match(r"- (\d{4}(?:-\d\d){0,2}) ", line)):
            days.add(found[1])
    assert len(wanted) > 280
    assert {slug for slug in wanted - _NO_RECORDS if slug not in shipped} == set()
    dated = {str(item.date) for item in shipped.timeline()}
    assert len(days) > 70
    assert {day for day in days if day not in dated} == set()


def test_there_is_as_much_as_was_promised(shipped: Reference) -> None:
    documents = shipped.documents()
    passages = [passage for document in documents for passage in document.passages]
    assert len(documents) >= 32
    assert len(passages) >= 220
    assert sum(len(passage.units) for passage in passages) >= 500
    assert len(shipped.entries(kinds="concept")) >= 300
    main = ["treaty-1960", "joint-declaration-1996", "guidelines-1997", "saco-final-report-1996", "ndpg-2004"]
    main += ["araki-report-2004", "mtdp-2005-2009", "scc-joint-statement-2005-02", "atara-2005"]
    main += ["roadmap-2006", "bush-koizumi-2006-06-29"]
    for document_id in main:
        assert len(shipped.document(document_id).passages) >= 10, document_id


def test_no_source_is_an_internal_note(shipped: Reference) -> None:
    entries = [*shipped.entries(), *shipped.documents()]
    cited = [source for entry in entries for source in entry.sources]
    cited += [source for entry in entries for name in entry.names for source in name.sources]
    assert [
        source.id for source in cited if re.search("[Nn]otes of this|[Ss]econd reading", source.title.en)
    ] == []
    unread = {source.mark for source in cited if source.title.en == "Not yet verified in a source"}
    assert unread <= {"reported", "disputed"}


def test_no_shipped_entry_is_stale() -> None:
    assert [item for item in check_data() if item.code == "W205"] == []


def test_documents_of_governments_say_who_issued_them_and_where_they_stand(shipped: Reference) -> None:
    for document in shipped.documents():
        assert document.authors or document.publisher or document.parties, document.id
        if document.type == "treaty":
            assert document.in_force.start, document.id

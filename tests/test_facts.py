"""The facts of entries, which the command line and Sphinx show alike."""

import attrs
import pytest

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.facts import day_text, entry_facts, period_text
from alliance_ref.records import Document, Lang, PartialDate, Period


@pytest.mark.parametrize(
    ("date", "en", "ja"),
    [
        ("1854-03-31", "31 March 1854", "1854年3月31日"),
        ("1872", "1872", "1872年"),
        ("1873-01", "January 1873", "1873年（明治6年）1月"),
        ("2005-04-14", "14 April 2005", "2005年（平成17年）4月14日"),
    ],
)
def test_a_date_has_its_era_from_1873(date: str, en: str, ja: str) -> None:
    day = PartialDate.parse(date)
    assert (day_text(day, "en"), day_text(day, "ja")) == (en, ja)


def test_a_period_may_be_open_or_unknown() -> None:
    year = PartialDate(2005)
    assert period_text(Period(), "en") == ""
    assert period_text(Period(None, year), "ja") == "～2005年（平成17年）"
    assert period_text(Period(year, None), "en") == "2005 –"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_entry_has_facts_with_text_or_a_known_entry(lang: Lang) -> None:
    reference = ar.load()
    for entry in reference.entries():
        for fact in entry_facts(entry, lang):
            assert fact.values
            for value in fact.values:
                assert value.entry_id in reference if value.entry_id else value.text


def test_a_document_before_1873_has_no_era_on_the_command_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = attrs.evolve(ar.document("treaty-1951"), id="treaty-1854", issued="1854-03-31", passages=())
    assert isinstance(document, Document)
    reference = ar.load().with_documents(document)
    monkeypatch.setattr("alliance_ref.cli.show.load", lambda: reference)
    assert main(["--lang", "ja", "show", "treaty-1854", "--lang", "ja"]) == 0
    assert "日付：1854年3月31日" in capsys.readouterr().out

"""A deprecated term is rejected everywhere: in checks, searches, builds and files."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.records import GlossaryConcept, LanguageSection, NameStatus, Term
from alliance_ref.records.glossary import UNUSABLE
from glossary_strategies import glossaries

OMITTED = ("terms.anki.txt", "terms.txt", "terms.md", "terms.rst")
MARKED = (
    "terms.utx",
    "terms.csv",
    "terms.tbx",
    "terms.xlsx",
    "terms.tmx",
    "terms.ttl",
    "terms.mtf",
    "terms.zip",
)


def concept(en: dict[str, NameStatus], ja: dict[str, NameStatus], id_: str = "alliance") -> GlossaryConcept:
    return GlossaryConcept(
        id_,
        LanguageSection("en", tuple(Term(text, "en", status) for text, status in en.items())),
        LanguageSection("ja", tuple(Term(text, "ja", status) for text, status in ja.items())),
    )


BOTH = ar.Glossary([concept({"alliance": "deprecated"}, {"盟約": "deprecated"})])
TARGET = ar.Glossary([concept({"alliance": "preferred"}, {"盟約": "deprecated"})])
SOURCE = ar.Glossary([concept({"alliance": "deprecated"}, {"同盟": "preferred"})])
SOME = ar.Glossary([concept({"alliance": "preferred"}, {"盟約": "deprecated", "同盟": "admitted"})])
TEXTS = "The alliance is old. The alliance changed.", "盟約は古い。盟約は変わった。"


def found(glossary: ar.Glossary, en: str, ja: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (item.code, item.message, item.expected)
        for item in ar.check_translation(en, ja, glossary)
        if item.code.startswith(("T1", "T2", "T3"))
    ]


@pytest.mark.parametrize("glossary", [BOTH, TARGET, SOURCE])
def test_the_check_asks_for_no_deprecated_term(glossary: ar.Glossary) -> None:
    assert found(glossary, TEXTS[0], "条約は古い。条約は変わった。") == []


def test_the_check_asks_only_for_the_usable_terms() -> None:
    [first] = found(SOME, "The alliance is old.", "条約は古い。")
    assert (first[0], first[2]) == ("T101", ("同盟",))


@pytest.mark.parametrize("glossary", [BOTH, TARGET])
def test_a_deprecated_term_without_a_successor_is_no_longer_used(glossary: ar.Glossary) -> None:
    [first, *_] = found(glossary, *TEXTS)
    assert first == ("T201", "“盟約” is no longer used", ())
    finding = ar.check_translation(*TEXTS, glossary)[0]
    assert finding.message_in("ja") == "「盟約」はもう使わない"


def test_a_deprecated_term_has_its_successor_in_the_message() -> None:
    [first, *_] = found(SOME, *TEXTS)
    assert first == ("T201", "“盟約” is deprecated; use: 同盟", ("同盟",))


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(glossaries(), st.sampled_from(("preferred", "deprecated", "erroneous")), st.sampled_from(("en", "ja")))
def test_no_statuses_crash_the_check_or_are_asked_for(
    glossary: ar.Glossary, status: NameStatus, source: ar.records.Lang
) -> None:
    unusable: set[str] = set()
    usable: set[str] = set()
    for item in glossary:
        for term in item.terms:
            (unusable if term.status in UNUSABLE else usable).add(term.text)
    en = " and ".join(term.text for item in glossary for term in item.en) or "nothing"
    ja = "と".join(term.text for item in glossary for term in item.ja) or "何もない"
    for texts in ((en, "何もない。"), ("Nothing.", ja), (en, ja)):
        for finding in ar.check_units([ar.TranslationUnit(*texts)], glossary, source=source):
            if finding.code in ("T101", "T201", "T202"):
                assert not set(finding.expected) & (unusable - usable)
                assert "use: " not in finding.message or finding.expected
                assert not finding.message.endswith(": ")


def test_a_translation_is_never_deprecated() -> None:
    assert [str(item) for item in SOME.translate("alliance", to="ja")] == ["同盟"]
    empty = TARGET.translate("alliance", to="ja")
    assert empty.gap is not None
    assert empty.gap.reason == "not-translated"


def test_a_link_shows_no_deprecated_term() -> None:
    assert "盟約" not in TARGET.annotate("The alliance is old.").to_html()


def test_the_first_usable_term_stands_for_a_section_without_a_preferred_one() -> None:
    preferred = SOME.concepts[0].ja.preferred
    assert preferred is not None
    assert preferred.text == "同盟"


@pytest.mark.parametrize("name", OMITTED)
def test_a_format_without_statuses_leaves_deprecated_terms_out_and_reports_it(
    name: str, tmp_path: Path
) -> None:
    glossary = ar.Glossary(
        (
            *BOTH,
            *SOME.concepts[:0],
            concept(
                {"treaty": "preferred", "pact": "erroneous"}, {"条約": "preferred", "盟約": "deprecated"}, "t"
            ),
        )
    )
    report = glossary.to_file(tmp_path / name)
    assert (report.marked, report.omitted) == (0, 4)
    assert "deprecated terms omitted: 4" in str(report)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert "条約" in text
    assert not [word for word in ("盟約", "alliance\t", "pact") if word in text]
    if not name.endswith(".zip"):
        assert [item.id for item in ar.read_glossary(tmp_path / name)] == ["t"]


@pytest.mark.parametrize("name", MARKED)
def test_a_format_with_statuses_marks_deprecated_terms_and_reports_it(name: str, tmp_path: Path) -> None:
    report = SOME.to_file(tmp_path / name)
    assert (report.marked, report.omitted) == (1, 0)
    if name != "terms.zip":
        read = ar.read_glossary(tmp_path / name).concepts[0]
        assert {term.text: term.status for term in read.ja}["盟約"] == "deprecated"


def test_the_command_reports_what_becomes_of_deprecated_terms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    SOME.to_file(tmp_path / "g.json")
    for name, line in (("g.txt", "1 deprecated term left out"), ("g.utx", "1 deprecated term marked")):
        assert (
            main(
                [
                    "--lang",
                    "en",
                    "glossary",
                    "convert",
                    str(tmp_path / "g.json"),
                    "--to",
                    str(tmp_path / name),
                ]
            )
            == 0
        )
        assert line in capsys.readouterr().out.splitlines()


def test_a_build_takes_no_deprecated_term_from_a_seed() -> None:
    units = [("The alliance is old.", "盟約は古い。")] * 3
    glossary = ar.build_glossary(
        units,
        seed=ar.Glossary([concept({"alliance": "preferred"}, {"同盟": "preferred", "盟約": "deprecated"})]),
    )
    assert all(term.status != "preferred" for item in glossary for term in item.ja if term.text == "盟約")

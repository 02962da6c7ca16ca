"""Inflected forms of the verbs and adjectives of a glossary, on the list `inflected_forms.tsv`."""

import csv
from pathlib import Path

import pytest

import alliance_ref as ar
import make_inflected_forms
from alliance_ref.text.inflection import english_verb_forms, japanese_forms

FORMS = Path(__file__).with_name("inflected_forms.tsv")
LEAST = 0.95


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with FORMS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture(scope="module")
def glossary(rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> ar.Glossary:
    path = tmp_path_factory.mktemp("glossary") / "verbs.csv"
    pairs = dict.fromkeys((row["en"], row["ja"]) for row in rows)
    path.write_text("en,ja\n" + "".join(f"{en},{ja}\n" for en, ja in pairs), encoding="utf-8")
    return ar.read_glossary(path)


def test_the_list_is_that_of_the_conjugation_tables(rows: list[dict[str, str]]) -> None:
    assert [tuple(row.values()) for row in rows] == make_inflected_forms.rows()
    assert len(rows) > 1000


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_annotate_finds_nearly_every_form(
    rows: list[dict[str, str]], glossary: ar.Glossary, lang: str
) -> None:
    forms = [(row["form"], row[lang]) for row in rows if row["lang"] == lang]
    texts = [(f"They {form} it." if lang == "en" else f"政府はそれを{form}。", term) for form, term in forms]
    found = [term in [item.term.text for item in glossary.annotate(text)] for text, term in texts]
    assert sum(found) / len(found) >= LEAST


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_lookup_finds_nearly_every_form(rows: list[dict[str, str]], glossary: ar.Glossary, lang: str) -> None:
    forms = [(row["form"], row[lang]) for row in rows if row["lang"] == lang]
    found = [
        term in [match.term.text for match in glossary.lookup(form) if match.reason not in ("part", "fuzzy")]
        for form, term in forms
    ]
    assert sum(found) / len(found) >= LEAST


def test_no_form_of_a_correct_translation_is_reported(
    rows: list[dict[str, str]], glossary: ar.Glossary
) -> None:
    forms = [(row["en"], row["form"]) for row in rows if row["lang"] == "ja"]
    missed = [
        (en, form)
        for en, form in forms
        if any(
            finding.code == "T101"
            for finding in ar.check_translation(f"They {en} it.", f"政府はそれを{form}。", glossary)
        )
    ]
    assert len(missed) / len(forms) <= 1 - LEAST


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("図る", "協力を図らなければならない"),
        ("行く", "現地に行った"),
        ("信じる", "信じられない"),
        ("来る", "艦船が来なかった"),
        ("引き渡す", "施設を引渡した"),
        ("望ましい", "望ましくない"),
        ("重要な", "重要だった"),
        ("もたらす", "平和をもたらした"),
    ],
)
def test_other_verbs_and_adjectives_are_found_in_text(term: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(f"en,ja\nx,{term}\n", encoding="utf-8")
    assert [item.term.text for item in ar.read_glossary(tmp_path / "one.csv").annotate(text)] == [term]


def test_english_nouns_and_japanese_nouns_have_no_verb_forms(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("en,ja\nbase,基地\n", encoding="utf-8")
    assert ar.read_glossary(tmp_path / "one.csv").annotate("based on talks") == ()
    assert japanese_forms("安全保障") == ()


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("refer", {"refers", "referred", "referring"}),
        ("rebuild", {"rebuilds", "rebuilt", "rebuilding"}),
        ("tie", {"ties", "tied", "tying"}),
        ("to deny", {"deny", "denies", "denied", "denying"}),
        ("signal", {"signaled", "signalled"}),
    ],
)
def test_english_verbs_have_regular_and_irregular_forms(verb: str, forms: set[str]) -> None:
    assert forms <= set(english_verb_forms(verb))

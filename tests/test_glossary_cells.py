"""`glossary check`: entries that cannot work are warned of, and several terms in one cell are split."""

from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.glossary.splitting import split_terms, with_split_terms
from alliance_ref.records import GlossaryConcept, LanguageSection, Rendering, Term

Output = pytest.CaptureFixture[str]


def codes(*rows: str, header: str = "en,ja") -> list[str]:
    from alliance_ref.exchange.tables.delimited import loads_csv

    notices: list[ar.errors.FileProblem] = []
    concepts = loads_csv("\n".join((header, *rows)), notices=notices)
    found = [item.code for item in ar.check_glossary(concepts) if item.code != "G301"]
    return [*found, *(notice.reason for notice in notices)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("policy,ポリシー、方針、方策", "G206"),
        ("report,報告／報告書", "G206"),
        ("report,報告/報告書", "G206"),
        ("alliance; pact,同盟", "G206"),
        ("pledge / promise,約束", "G206"),
        ("in spite of ～,にもかかわらず", "G207"),
        ("in spite of,〜にもかかわらず", "G207"),
        ("according to,～によれば", "G207"),
    ],
)
def test_an_entry_that_cannot_work_is_warned_of(row: str, code: str) -> None:
    assert codes(row) == [code]


@pytest.mark.parametrize(
    "row",
    [
        '"intelligence, surveillance and reconnaissance",情報、監視、偵察',
        "TCP/IP,TCP/IP接続",
        "and/or,及び又は",
        "input/output,入出力",
        "fiscal years 2005–2009,平成17年度～平成21年度",
        "interface (a; b),インターフェース（甲、乙）",
    ],
)
def test_an_entry_that_works_is_not_warned_of(row: str) -> None:
    assert codes(row) == []


def test_a_concept_of_deprecated_terms_is_warned_of() -> None:
    found = codes("alliance,同盟,deprecated,deprecated", header="en,ja,en status,ja status")
    assert "G208" in found
    assert "G208" not in codes("alliance,同盟,preferred,deprecated", header="en,ja,en status,ja status")


def test_the_same_pair_twice_is_warned_of() -> None:
    assert codes("alliance,同盟", "alliance,同盟") == ["repeated-row"]
    assert codes("alliance,同盟,a", "alliance,同盟,b", header="en,ja,id") == ["G102"]
    pair = Rendering("alliance", "同盟", None, 1)
    twice = GlossaryConcept(
        "a",
        LanguageSection("en", (Term("alliance", "en"),)),
        LanguageSection("ja", (Term("同盟", "ja", reading="どうめい"),)),
        renderings=(pair, pair),
    )
    assert [item.code for item in ar.check_glossary([twice])] == ["G105"]


def test_a_cell_is_split_into_its_terms() -> None:
    concept = GlossaryConcept(
        "report",
        LanguageSection("en", (Term("report", "en"),)),
        LanguageSection("ja", (Term("報告／報告書", "ja"),)),
        renderings=(Rendering("report", "報告／報告書", None, 3),),
    )
    [split] = with_split_terms([concept])
    assert [(term.text, term.status) for term in split.ja] == [
        ("報告", "preferred"),
        ("報告書", "admitted"),
    ]
    assert [(item.en, item.ja, item.count) for item in split.renderings] == [("report", "報告", 3)]
    assert with_split_terms([split]) == (split,)
    assert split_terms("同盟、", "ja") == ()


def test_the_command_splits_cells_into_another_file(capsys: Output, tmp_path: Path) -> None:
    mine, fixed = tmp_path / "mine.csv", tmp_path / "fixed.csv"
    mine.write_text("en,ja\npolicy,ポリシー、方針、方策\nalliance; pact,同盟\n", encoding="utf-8")
    assert main(["--lang", "en", "glossary", "check", str(mine)]) == 0
    assert (
        "G206 policy: ポリシー、方針、方策 contains several terms: ポリシー, 方針, 方策"
        in capsys.readouterr().out
    )
    assert main(["glossary", "check", str(mine), "--fix", "--to", str(fixed)]) == 0
    assert "G206" not in capsys.readouterr().out
    found = ar.read_glossary(fixed)
    assert [[term.text for term in concept.terms] for concept in found] == [
        ["policy", "ポリシー", "方針", "方策"],
        ["alliance", "pact", "同盟"],
    ]
    assert mine.read_text(encoding="utf-8").startswith("en,ja\npolicy,ポリシー、")
    with pytest.raises(SystemExit):
        main(["glossary", "check", str(mine), "--fix"])
    assert "--fix requires FILE and --to FILE" in capsys.readouterr().err

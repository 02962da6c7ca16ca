"""Builds that keep what a person approved and leave out what a person rejected."""

from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.glossary.decisions import read_decisions
from alliance_ref.records import GlossaryConcept, LanguageSection, RejectedPair, Term

UNITS = [
    ("The Status of Forces Agreement was signed.", "地位協定が署名された。"),
    ("Japan did not amend the Status of Forces Agreement.", "日本は地位協定を改定しなかった。"),
    ("The alliance is old.", "同盟は古い。"),
    ("The alliance changed after the war.", "戦後、同盟は変わった。"),
    ("The allies met.", "同盟国が会合した。"),
]


def table(path: Path, *rows: str, header: str = "en,ja") -> Path:
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def pairs(glossary: ar.Glossary) -> set[tuple[str, str]]:
    return {(item.en, item.ja) for concept in glossary for item in concept.renderings}


@pytest.fixture(scope="module")
def built() -> ar.Glossary:
    return ar.build_glossary(UNITS)


def test_an_approved_term_is_first_and_as_written_with_evidence_and_no_score(tmp_path: Path) -> None:
    mine = table(tmp_path / "mine.csv", "Alliance,同盟", "host nation,受入国")
    found = ar.build_glossary(UNITS, approved=mine)
    first, second = found.concepts[:2]
    assert [term.text for term in first.terms] == ["Alliance", "同盟"]
    assert {(term.status, term.source, term.reliability) for term in first.terms} == {
        ("preferred", "mine.csv", None)
    }
    [rendering] = first.renderings
    assert (rendering.score, rendering.count) == (None, 2)
    assert [place.en.text for place in rendering.attestations] == ["alliance", "alliance"]
    assert first.ja[0].reading == "どうめい", "the person wrote none"
    [alone] = second.renderings
    assert (alone.score, alone.count) == (None, 0), "it is not in the memory"
    assert [concept for concept in found if "alliance" in concept.id] == [first]


def test_a_corrected_rendering_replaces_that_of_the_machine(built: ar.Glossary, tmp_path: Path) -> None:
    assert ("Status of Forces Agreement", "地位協定") in pairs(built)
    mine = table(tmp_path / "mine.csv", "Status of Forces Agreement,在日米軍地位協定")
    found = ar.build_glossary(UNITS, approved=mine)
    translation = found.translate("Status of Forces Agreement", to="ja")
    assert [item.term.text for item in translation] == ["在日米軍地位協定"]
    assert ("Status of Forces Agreement", "地位協定") not in pairs(found)


def test_a_status_admitted_of_the_machine_becomes_preferred(tmp_path: Path) -> None:
    mine = table(tmp_path / "mine.csv", "alliance,同盟,admitted,0.4,2", header="en,ja,ja status,score,count")
    [term] = ar.build_glossary(UNITS, approved=mine).concepts[0].ja
    assert (term.text, term.status) == ("同盟", "preferred")
    assert ar.build_glossary(UNITS, approved=mine).concepts[0].renderings[0].score is None


def test_a_rejected_pair_stays_out_in_any_spelling(built: ar.Glossary, tmp_path: Path) -> None:
    assert ("allies", "同盟国") in pairs(built)
    no = table(tmp_path / "no.csv", "Ally,同盟国")
    found = ar.build_glossary(UNITS, rejected=no)
    assert ("allies", "同盟国") not in pairs(found)
    assert found.rejected == (RejectedPair("Ally", "同盟国", "no.csv"),)
    assert pairs(built) - pairs(found) == {("allies", "同盟国")}


def test_a_term_rejected_in_one_language_is_rejected_with_every_partner(tmp_path: Path) -> None:
    no = table(tmp_path / "no.csv", "alliance,")
    assert not any(en == "alliance" for en, _ in pairs(ar.build_glossary(UNITS, rejected=no)))


def test_a_deprecated_term_in_the_approved_file_is_rejected(tmp_path: Path) -> None:
    rows = "alliance,同盟,deprecated,deprecated", "allies,盟邦,preferred,deprecated"
    mine = table(tmp_path / "mine.csv", *rows, header="en,ja,en status,ja status")
    found = ar.build_glossary(UNITS, approved=mine)
    assert ("alliance", "同盟") not in pairs(found)
    assert [pair.en for pair in found.rejected] == ["alliance", "allies"]
    allies = found.lookup("allies")[0].concept
    assert [(term.text, term.status) for term in allies.ja] == [
        ("盟邦", "deprecated"),
        ("同盟国", "preferred"),
    ]


def test_a_row_without_a_rendering_keeps_those_of_the_machine(tmp_path: Path) -> None:
    mine = table(tmp_path / "mine.csv", "alliance,")
    concept = ar.build_glossary(UNITS, approved=mine).concepts[0]
    assert [term.text for term in concept.ja] == ["同盟"]
    assert concept.ja[0].status == "preferred"


def test_of_a_pair_approved_and_rejected_the_approval_counts(tmp_path: Path) -> None:
    mine, no = table(tmp_path / "mine.csv", "alliance,同盟"), table(tmp_path / "no.csv", "alliances,同盟")
    found = ar.build_glossary(UNITS, approved=mine, rejected=no)
    assert found.concepts[0].id == "alliance"
    assert found.rejected == ()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".tbx", ".json", ".txt"])
def test_the_difference_to_the_previous_glossary_is_the_decision(
    built: ar.Glossary, tmp_path: Path, suffix: str
) -> None:
    """A row is changed, one is missing, one is new; the rest is left to the machine."""
    concept = built.lookup("allies")[0].concept
    ja = LanguageSection("ja", (Term("友邦", "ja"),))
    changed = GlossaryConcept(concept.id, concept.en, ja)
    new = GlossaryConcept(
        "hns",
        LanguageSection("en", (Term("host nation", "en"),)),
        LanguageSection("ja", (Term("受入国", "ja"),)),
    )
    edited = built.without("status-of-forces-agreement").with_concepts(changed, new)
    edited.to_file(tmp_path / f"edited{suffix}")
    built.to_file(tmp_path / "last.json")
    copy, last = tmp_path / f"edited{suffix}", tmp_path / "last.json"
    found = ar.build_glossary(UNITS, approved=copy, previous=last)
    assert [concept.en[0].text for concept in found.concepts[:2]] == ["allies", "host nation"]
    assert {term.source for concept in found.concepts[:2] for term in concept.terms} == {f"edited{suffix}"}
    assert {(pair.en, pair.ja) for pair in found.rejected} == {
        ("Status of Forces Agreement", "地位協定"),
        ("allies", "同盟国"),
    }
    assert not pairs(found) & {("Status of Forces Agreement", "地位協定"), ("allies", "同盟国")}
    alliance = found.lookup("alliance")[0].concept
    assert alliance.renderings[0].score is not None, "it was left as it is, so it is no decision"

    # again: with the same files, with the result as previous, and without an edited copy
    assert ar.build_glossary(UNITS, approved=copy, previous=last) == found
    again = found.to_file(tmp_path / "second.json")
    assert not again.losses
    assert ar.build_glossary(UNITS, approved=copy, previous=tmp_path / "second.json") == found
    assert ar.build_glossary(UNITS, previous=tmp_path / "second.json") == found
    found.to_file(tmp_path / "second.csv")
    assert ar.build_glossary(UNITS, approved=tmp_path / "second.csv", previous=found) == found


def test_an_earlier_approval_can_be_taken_back(tmp_path: Path) -> None:
    first = ar.build_glossary(UNITS, approved=table(tmp_path / "mine.csv", "alliance,同盟"))
    no = table(tmp_path / "no.csv", "alliance,同盟")
    assert ("alliance", "同盟") not in pairs(ar.build_glossary(UNITS, previous=first, rejected=no))
    yes = ar.build_glossary(UNITS, rejected=no)
    again = ar.build_glossary(UNITS, previous=yes, approved=table(tmp_path / "more.csv", "alliance,同盟"))
    assert ("alliance", "同盟") in pairs(again)


def test_only_a_row_that_no_edited_copy_has_is_rejected(built: ar.Glossary, tmp_path: Path) -> None:
    built.to_file(tmp_path / "edited.csv")
    mine = table(tmp_path / "mine.csv", "host nation,受入国")
    found = ar.build_glossary(UNITS, approved=[mine, tmp_path / "edited.csv"], previous=built)
    assert found.rejected == ()
    assert pairs(found) == pairs(built) | {("host nation", "受入国")}


def test_an_abbreviation_that_was_deleted_stays_out(tmp_path: Path) -> None:
    units = [("The Status of Forces Agreement (SOFA) was signed.", "地位協定が署名された。"), *UNITS[1:]]
    last = ar.build_glossary(units)
    [concept] = [item for item in last if any(term.text == "SOFA" for term in item.en)]
    edited = last.with_concepts(
        GlossaryConcept(
            concept.id, LanguageSection("en", concept.en.terms[:1]), concept.ja, renderings=concept.renderings
        )
    )
    found = ar.build_glossary(units, approved=edited, previous=last)
    assert not any(term.text == "SOFA" for item in found for term in item.terms)


def test_a_difference_tells_what_was_rejected_from_what_is_missing(built: ar.Glossary) -> None:
    newer = ar.build_glossary(UNITS[:4], rejected=built.subset(["alliance"]))
    found = built.diff(newer)
    assert [concept.id for concept in found.rejected] == ["alliance"]
    assert "allies" in [concept.id for concept in found.removed]
    assert "x alliance: alliance / 同盟" in str(found).splitlines()
    assert built.with_status("alliance", "alliance", "deprecated").rejected == ()
    deprecated = built.with_status("alliance", "alliance", "deprecated").with_status(
        "alliance", "同盟", "deprecated"
    )
    assert [concept.id for concept in built.diff(deprecated).rejected] == ["alliance"]


def test_a_review_table_has_its_own_decisions(tmp_path: Path) -> None:
    header = "decision,en,ja,proposed en,proposed ja,evidence en,id"
    rows = (
        "accept,alliance,同盟,alliance,同盟,The [alliance] is old.,alliance",
        "reject,signed,署名,signed,署名,,signed",
        ",allies,友邦,allies,同盟国,,allies",
        ",met,会合,met,会合,,met",
        "perhaps,Japan,日本,Japan,日本,,japan",
    )
    review = table(tmp_path / "review.csv", *rows, header=header)
    notices: list[ar.errors.FileProblem] = []
    found = read_decisions(review, notices=notices)
    assert [str(item.concept) for item in found.approved] == [
        "<GlossaryConcept alliance: alliance / 同盟>",
        "<GlossaryConcept allies: allies / 友邦>",
    ]
    assert all(not item.concept.note for item in found.approved), "the evidence is not a note"
    assert [(pair.en, pair.ja) for pair in found.rejected] == [("allies", "同盟国"), ("signed", "署名")]
    assert [str(notice) for notice in notices] == [
        "row 6: the decision 'perhaps' is not known; write accept, reject or nothing"
    ]
    table(review, *rows[:-1], header=header)
    glossary = ar.build_glossary(UNITS, approved=review)
    assert glossary == ar.build_glossary(UNITS, approved=review, rejected=review)
    assert ("met", "会合") in pairs(glossary)
    assert ("signed", "署名") not in pairs(glossary)
    rejected_only = ar.build_glossary(UNITS, rejected=review)
    assert rejected_only.rejected == glossary.rejected
    assert rejected_only.lookup("alliance")[0].concept.renderings[0].score is not None


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(TypeError, match="approved must be a glossary"):
        ar.build_glossary(UNITS, approved=7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="previous must be a glossary"):
        ar.build_glossary(UNITS, approved="x.csv", previous=["last.json"])  # type: ignore[arg-type]
    with pytest.raises(ar.errors.InputNotFound):
        ar.build_glossary(UNITS, rejected="no-such.csv")


def test_the_command_keeps_decisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memory = table(tmp_path / "m.tsv", *("\t".join(unit) for unit in UNITS), header="en\tja")
    last, edited, to = tmp_path / "last.json", tmp_path / "edited.csv", tmp_path / "g.json"
    assert main(["glossary", "--from", str(memory), "--all-words", "--to", str(last)]) == 0
    assert main(["glossary", "convert", str(last), "--to", str(edited)]) == 0
    rows = edited.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row.replace("同盟国", "友邦") for row in rows if not row.startswith("signed,")]
    assert len(kept) == len(rows) - 1
    edited.write_text("".join(kept), encoding="utf-8")
    command = [
        "glossary",
        "--from",
        str(memory),
        "--all-words",
        "--approved",
        str(edited),
        "--previous",
        str(last),
    ]
    assert main([*command, "--to", str(to)]) == 0
    found = ar.read_glossary(to)
    assert {(pair.en, pair.ja) for pair in found.rejected} == {("allies", "同盟国"), ("signed", "署名")}
    assert found.concepts[0].ja[0].text == "友邦"
    assert main([*command[:-1], str(to), "--to", str(to)]) == 0, "the last build may be replaced"
    assert ar.read_glossary(to) == found
    capsys.readouterr()
    assert main(["glossary", "convert", str(to), "--to", str(tmp_path / "g.csv")]) == 0
    assert "rejected pair (2)" in capsys.readouterr().out
    assert main([*command, "--to", str(edited)]) == 2
    assert "is an input file" in capsys.readouterr().err
    assert main(["glossary", "diff", str(last), str(to)]) == 1
    assert "x signed: signed / 署名" in capsys.readouterr().out.splitlines()


def test_a_workbook_is_reviewed_and_read_back(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra [exchange] is not installed")
    units = [ar.TranslationUnit(en, ja, "m.tmx", number) for number, (en, ja) in enumerate(UNITS)]
    built = ar.build_glossary(units, terms_only=False)
    path = tmp_path / "review.xlsx"
    built.to_review(path, units)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    header = [cell.value for cell in sheet[1]]
    [drop_down] = sheet.data_validations.dataValidation
    assert (drop_down.formula1, str(drop_down.sqref)) == ('"accept,reject"', f"A2:A{sheet.max_row}")
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=2)}
    assert rows["alliance"][header.index("evidence en")].value.splitlines() == [
        "The [alliance] is old.",
        "The [alliance] changed after the war.",
    ]
    assert rows["alliance"][header.index("evidence ja")].value.splitlines()[0] == "[同盟]は古い。"
    assert rows["alliance"][header.index("count")].value == "2"
    rows["alliance"][0].value = "accept"
    rows["signed"][0].value = "REJECT"
    rows["allies"][2].value = "友邦"  # corrected, and the decision is forgotten
    book.save(path)
    found = ar.build_glossary(units, approved=path, terms_only=False)
    assert [concept.ja[0].text for concept in found.concepts[:2]] in (["同盟", "友邦"], ["友邦", "同盟"])
    assert {(pair.en, pair.ja) for pair in found.rejected} == {("allies", "同盟国"), ("signed", "署名")}
    assert {term.source for concept in found.concepts[:2] for term in concept.terms} == {"review.xlsx"}
    untouched = set(pairs(built)) - {("alliance", "同盟"), ("signed", "署名"), ("allies", "同盟国")}
    assert untouched <= pairs(found)

    built.to_review(tmp_path / "ja.xlsx", units, lang="ja")
    [japanese] = openpyxl.load_workbook(tmp_path / "ja.xlsx").active.data_validations.dataValidation
    assert japanese.formula1 == '"採用,不採用"'


def test_a_review_that_nobody_touched_decides_nothing(tmp_path: Path) -> None:
    built = ar.build_glossary(UNITS)
    built.to_review(tmp_path / "review.csv", [])
    assert ar.build_glossary(UNITS, approved=tmp_path / "review.csv") == built
    with pytest.raises(ar.errors.UnknownFormat, match="html"):
        built.to_review(tmp_path / "review.pdf")

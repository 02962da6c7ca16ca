"""`alliance-ref glossary`: made, joined, compared, checked and converted from the command line."""

import json
from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.cli.i18n import set_language
from alliance_ref.glossary import Glossary, read_glossary, reference_glossary
from alliance_ref.records import GlossaryConcept, LanguageSection, Term

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def english_again() -> object:
    yield
    return set_language("en")


def glossary(*pairs: tuple[str, str]) -> Glossary:
    return Glossary(
        GlossaryConcept(
            en.replace(" ", "-"),
            LanguageSection("en", (Term(en, "en"),)),
            LanguageSection("ja", (Term(ja, "ja"),)),
        )
        for en, ja in pairs
    )


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Two glossaries that differ, as files."""
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    glossary(("alliance", "同盟"), ("base", "基地")).to_file(old)
    glossary(("alliance", "同盟"), ("treaty", "条約")).with_status("alliance", "同盟", "admitted").to_file(
        new
    )
    return str(old), str(new)


def test_without_a_command_the_reference_is_written(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "terms.json"
    assert main(["glossary", "--to", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        f"{len(reference_glossary())} concepts written to {path}"
    )
    assert read_glossary(path) == reference_glossary()


def test_the_format_may_be_named(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    assert main(["glossary", "--to", str(path), "--format", "markdown"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1].endswith("deprecated terms left out")
    assert told[2].startswith("left out, since Markdown table cannot represent it: ")
    assert "place of a pair (" in told[2]
    assert path.read_text(encoding="utf-8").startswith("|")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--to FILE is required, or one of merge, diff, check, convert"),
        (["--to", "x.csv", "--seed", "y"], "--seed requires --from"),
        (["--to", "x.csv", "--min-frequency", "2"], "--min-frequency requires --from"),
        (["--to", "x.csv", "--checkpoint", "y"], "--checkpoint requires --from"),
        (["--to", "x.csv", "--from", "y.tmx", "--resume"], "--resume requires --checkpoint"),
        (
            ["--to", "x.csv", "--from", "y.tmx", "--min-frequency", "0"],
            "'0' is not a whole number of 1 or more",
        ),
    ],
)
def test_half_an_option_is_refused_in_one_line(capsys: Output, arguments: list[str], message: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["glossary", *arguments])
    assert caught.value.code == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


def test_a_glossary_is_built_from_bitexts(capsys: Output, tmp_path: Path) -> None:
    bitexts = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    units = (
        ("The alliance changed.", "同盟は変わった。"),
        ("The alliance is old.", "同盟は古い。"),
        ("A treaty made the alliance.", "条約が同盟を作った。"),
    )
    for number, path in enumerate(bitexts):
        lines = [json.dumps({"en": en, "ja": ja}, ensure_ascii=False) for en, ja in units[number:]]
        path.write_text("\n".join(lines), encoding="utf-8")
    made, seed = tmp_path / "made.json", tmp_path / "seed.txt"
    seed.write_text("\ufeffalliance\n\n", encoding="utf-8")
    sources = ["--from", *map(str, bitexts)]
    assert main(["glossary", *sources, "--to", str(made), "--seed", str(seed)]) == 0
    assert "written to" in capsys.readouterr().out
    [term] = read_glossary(made).lookup("alliance", limit=1)
    assert [item.text for item in term.concept.ja] == ["同盟"]
    shown = str(read_glossary(made).evidence(term.concept.id))
    assert "one.jsonl unit 0" in shown
    assert "two.jsonl unit 0" in shown


def test_interrupted_work_continues_from_its_checkpoint(capsys: Output, tmp_path: Path) -> None:
    bitext, work = tmp_path / "one.jsonl", str(tmp_path / "work")
    bitext.write_text('{"en": "The alliance changed.", "ja": "同盟は変わった。"}\n' * 3, encoding="utf-8")
    first, again = tmp_path / "first.json", tmp_path / "again.json"
    command = ["glossary", "--from", str(bitext), "--checkpoint", work]
    assert main([*command, "--to", str(first)]) == 0
    assert main([*command, "--to", str(again)]) == 2
    assert "resume" in capsys.readouterr().err
    assert main([*command, "--to", str(again), "--resume"]) == 0
    assert first.read_bytes() == again.read_bytes()


def test_glossaries_are_merged_and_conflicts_told(
    capsys: Output, files: tuple[str, str], tmp_path: Path
) -> None:
    to = tmp_path / "joint.json"
    assert main(["glossary", "merge", *files, files[0], "--to", str(to)]) == 0
    told = capsys.readouterr()
    assert told.out == f"3 concepts written to {to}\n"
    assert told.err == (
        f"{files[1]}: alliance: status of 同盟: 'preferred' kept, 'admitted' given\n1 conflict\n"
    )
    assert [concept.id for concept in read_glossary(to)] == ["alliance", "base", "treaty"]


def test_a_difference_has_the_exit_status_of_diff(capsys: Output, files: tuple[str, str]) -> None:
    assert main(["glossary", "diff", *files]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "+ treaty: treaty / 条約",
        "- base: base / 基地",
        "~ alliance: alliance / 同盟",
        "    ja status 同盟: preferred → admitted",
    ]
    assert main(["glossary", "diff", files[0], files[0]]) == 0
    assert capsys.readouterr().out == ""


def test_a_difference_is_there_for_programs(capsys: Output, files: tuple[str, str]) -> None:
    assert main(["glossary", "diff", *files, "--json"]) == 1
    found = ar.from_json(capsys.readouterr().out)
    assert found == read_glossary(files[0]).diff(read_glossary(files[1]))
    assert [concept.id for concept in found.added] == ["treaty"]
    assert main(["glossary", "diff", files[0], files[0], "--json"]) == 0
    assert not ar.from_json(capsys.readouterr().out)


def test_a_glossary_is_checked_even_where_two_concepts_have_one_id(capsys: Output, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    glossary(("alliance", "同盟")).to_file(good)
    one = json.loads(good.read_text(encoding="utf-8"))
    bad.write_text(json.dumps(_doubled(one)), encoding="utf-8")
    assert main(["glossary", "check", str(good)]) == 0
    told = capsys.readouterr()
    assert told.out == "G301 alliance: 同盟 has no reading\n"
    assert told.err == "0 errors, 1 warning\n"
    assert main(["glossary", "check", str(bad), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found[0]["code"] == "G101"
    assert found[0]["level"] == "error"
    assert found[0]["where"] == "alliance"
    assert found[0]["messages"]["en"] == "an earlier concept has the same id"
    assert found[0]["reason"] == "duplicate-concept-id"
    assert main(["glossary", "convert", str(bad), "--to", str(tmp_path / "x.csv")]) == 2
    assert "used more than once: 'alliance'" in capsys.readouterr().err


def _doubled(document: object) -> object:
    """A JSON glossary with every concept twice, however it is wrapped."""
    if isinstance(document, list):
        return document * 2
    assert isinstance(document, dict)
    return {key: value * 2 if isinstance(value, list) else value for key, value in document.items()}


def test_the_library_s_own_glossary_has_no_errors(capsys: Output) -> None:
    assert main(["glossary", "check"]) == 0
    assert capsys.readouterr().err.startswith("0 errors, ")


def test_the_codes_are_told_in_the_language_spoken(capsys: Output) -> None:
    assert main(["glossary", "check", "--codes"]) == 0
    assert "G201 warning a concept has terms in one language only" in capsys.readouterr().out
    assert main(["--lang", "ja", "glossary", "check", "--codes"]) == 0
    assert "G201 警告    一方の言語の用語がない" in capsys.readouterr().out


def test_converting_tells_what_is_left_out(capsys: Output, files: tuple[str, str], tmp_path: Path) -> None:
    to = tmp_path / "new.md"
    assert main(["--lang", "ja", "glossary", "convert", files[1], "--to", str(to)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"2 項目を {to} に出力"
    assert len(told) == 1 or told[1].startswith("Markdown table では表せないため省略：")
    assert main(["glossary", "convert", files[1], "--to", str(tmp_path / "again.json")]) == 0
    assert read_glossary(tmp_path / "again.json") == read_glossary(files[1])


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", "/no/such.json", "/no/such.json"],
        ["merge", "/no/such.json", "/no/such.json", "--to", "/no/x.json"],
        ["convert", "/no/such.json", "--to", "/no/x.json"],
        ["check", "/no/such.json"],
    ],
)
def test_a_file_that_is_not_there_is_one_line(capsys: Output, arguments: list[str]) -> None:
    assert main(["glossary", *arguments]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "/no/such.json" in said


def test_a_glossary_is_written_for_review(capsys: Output, tmp_path: Path) -> None:
    memory, made, page = tmp_path / "m.tsv", tmp_path / "g.json", tmp_path / "review.html"
    memory.write_text("en\tja\nThe alliance is old.\t同盟は古い。\n", encoding="utf-8")
    assert main(["glossary", "--from", str(memory), "--to", str(made)]) == 0
    assert main(["glossary", "review", str(made), "--from", str(memory), "--to", str(page)]) == 0
    assert f"written to {page}" in capsys.readouterr().out
    text = page.read_text(encoding="utf-8")
    assert "The <mark>alliance</mark> is old." in text
    assert '<html lang="en">' in text
    assert "Review of g.json" in text
    assert main(["--lang", "ja", "glossary", "review", str(made), "--to", str(page)]) == 0, "its own page"
    assert '<html lang="ja">' in page.read_text(encoding="utf-8")
    assert main(["glossary", "review", str(made), "--to", str(tmp_path / "review.pdf")]) == 2
    assert "pdf" in capsys.readouterr().err


# Choose, sort, show, search

MEMORY = (
    "en\tja\n"
    "The alliance is old.\t同盟は古い。\n"
    "The alliance changed.\t同盟は変わった。\n"
    "The treaty is old.\t条約は古い。\n"
)


@pytest.fixture
def memory(tmp_path: Path) -> str:
    path = tmp_path / "memory.tsv"
    path.write_text(MEMORY, encoding="utf-8")
    return str(path)


@pytest.fixture
def built(memory: str, tmp_path: Path, capsys: Output) -> str:
    path = tmp_path / "built.json"
    assert main(["glossary", "--from", memory, "--to", str(path)]) == 0
    capsys.readouterr()
    return str(path)


def test_a_glossary_is_filtered_and_sorted(built: str, tmp_path: Path, capsys: Output) -> None:
    to = str(tmp_path / "chosen.json")
    assert main(["glossary", "filter", built, "--min-frequency", "2", "--to", to]) == 0
    assert [concept.id for concept in read_glossary(to)] == ["alliance"]
    assert main(["glossary", "filter", built, "--min-score", "1", "--to", f"{to}l.json"]) == 0
    assert len(read_glossary(f"{to}l.json")) == 0
    assert main(["glossary", "filter", built, "--status", "deprecated", "--to", f"{to}d.json"]) == 0
    assert len(read_glossary(f"{to}d.json")) == 0
    assert main(["glossary", "sort", built, "--by", "reading", "--to", to]) == 0
    assert read_glossary(to) == read_glossary(built).by_reading() != read_glossary(built)
    with pytest.raises(SystemExit):
        main(["glossary", "filter", built, "--min-score", "2", "--to", to])
    assert "'2' is not a number from 0 to 1" in capsys.readouterr().err


def test_a_build_may_have_a_least_score(memory: str, tmp_path: Path) -> None:
    to = tmp_path / "g.json"
    assert main(["glossary", "--from", memory, "--min-score", "1", "--to", str(to)]) == 0
    assert len(read_glossary(to)) == 0


def test_the_evidence_of_a_term_is_shown(built: str, memory: str, capsys: Output) -> None:
    assert main(["glossary", "evidence", built, "同盟", "--from", memory]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "alliance = 同盟  memory.tsv unit 0",
        "  The [alliance] is old.",
        "  [同盟]は古い。",
        "alliance = 同盟  memory.tsv unit 1",
        "  The [alliance] changed.",
        "  [同盟]は変わった。",
    ]
    assert main(["glossary", "evidence", built, "alliance", "--from", memory, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert main(["--lang", "en", "glossary", "evidence", built, "harbour pilot"]) == 1
    assert "no concept has the term 'harbour pilot'" in capsys.readouterr().out


def test_a_difference_of_terms_ignores_counts(built: str, tmp_path: Path, capsys: Output) -> None:
    twice = tmp_path / "twice.tsv"
    twice.write_text(MEMORY + MEMORY.partition("\n")[2], encoding="utf-8")
    new = str(tmp_path / "new.json")
    assert main(["glossary", "--from", str(twice), "--to", new]) == 0
    capsys.readouterr()
    assert main(["glossary", "diff", built, new]) == 1
    assert "count" in capsys.readouterr().out
    assert main(["glossary", "diff", built, new, "--terms"]) == 0
    assert capsys.readouterr().out == ""


def test_japanese_is_first_for_a_project_into_english(built: str, tmp_path: Path, capsys: Output) -> None:
    to = tmp_path / "terms.txt"
    assert main(["glossary", "convert", built, "--to", str(to), "--ja-en"]) == 0
    lines = to.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# ja-en", "a comment for OmegaT, and the direction for the reader"
    assert lines[1].split("\t")[:2] == ["同盟", "alliance"]
    assert main(["glossary", "convert", built, "--to", str(to), "--ja-en"]) == 0, "it is our own file"
    assert [concept.en[0].text for concept in read_glossary(to)] == [
        concept.en[0].text for concept in read_glossary(built)
    ]
    capsys.readouterr()
    assert (
        main(["--lang", "en", "glossary", "convert", built, "--to", str(tmp_path / "x.csv"), "--ja-en"]) == 2
    )
    assert "Japanese can be first in an OmegaT glossary" in capsys.readouterr().err


def test_a_glossary_or_a_memory_is_searched_instead_of_the_reference(
    built: str, memory: str, capsys: Output, tmp_path: Path
) -> None:
    for source in (["--glossary", built], ["--from", memory]):
        assert main(["lookup", "どうめい", *source]) == 0
        row = capsys.readouterr().out
        assert row.startswith("alliance ")
        assert "同盟" in row
        assert main(["--lang", "en", "lookup", "Futenma", *source]) == 1
        assert capsys.readouterr().out == "no concept has the term 'Futenma'\n"
    text = tmp_path / "text.txt"
    text.write_text("The alliance of Futenma.\n", encoding="utf-8")
    assert main(["annotate", str(text), "--glossary", built]) == 0
    assert capsys.readouterr().out.split() == ["4", "alliance", "同盟"]
    page = tmp_path / "text.html"
    assert main(["annotate", str(text), "--glossary", built, "--to", str(page)]) == 0
    assert 'title="同盟">alliance</a>' in page.read_text(encoding="utf-8")
    assert main(["--lang", "en", "annotate", str(text), "--glossary", built, "--kind", "place"]) == 2
    assert "--kind cannot be used with --glossary" in capsys.readouterr().err


def test_of_several_glossaries_the_first_takes_precedence(capsys: Output, tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine.json", tmp_path / "theirs.json"
    glossary(("alliance", "同盟")).to_file(mine)
    glossary(("alliance", "同盟"), ("treaty", "条約")).with_status("alliance", "同盟", "deprecated").to_file(
        theirs
    )
    texts = tmp_path / "en.txt", tmp_path / "ja.txt"
    texts[0].write_text("The alliance and the treaty.\n", encoding="utf-8")
    texts[1].write_text("同盟と規約。\n", encoding="utf-8")
    command = ["--lang", "en", "check-translation", *map(str, texts), "--profile", "terms"]
    for files, codes in (((mine, theirs), {"T101"}), ((theirs, mine), {"T101", "T201"})):
        given = [word for file in files for word in ("--glossary", str(file))]
        main([*command, *given, "--format", "json"])
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert {item["code"] for item in found} == codes, files


def test_a_concordance_searches_a_memory(built: str, memory: str, capsys: Output) -> None:
    assert main(["concordance", "alliance", "--from", memory, "--glossary", built]) == 0
    shown = capsys.readouterr().out
    assert shown.count("[alliance]") == 2
    assert shown.count("〔同盟〕") == 2
    assert main(["concordance", "同盟", "--glossary", built, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)
    assert main(["concordance", "alli.nce", "--from", memory, "--regex"]) == 0
    assert capsys.readouterr().out.count("[alliance]") == 2
    assert main(["--lang", "en", "concordance", "submarine", "--from", memory]) == 1
    assert capsys.readouterr().out == "no unit contains 'submarine'\n"
    assert main(["--lang", "en", "concordance", "alliance", "--from", memory, "--to", "x.html"]) == 2
    assert "--to cannot be used with --glossary or --from" in capsys.readouterr().err


def test_self_check_reports_the_terms_that_the_units_contradict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    memory, approved = tmp_path / "m.tsv", tmp_path / "mine.csv"
    memory.write_text(
        "en\tja\nThe runway was closed.\t滑走路は閉鎖された。\nThe runway is long.\t滑走路は長い。\n",
        encoding="utf-8",
    )
    approved.write_text("en,ja\nrunway,離着陸帯\n", encoding="utf-8")
    built = ["glossary", "--from", str(memory), "--to", str(tmp_path / "g.json"), "--self-check"]
    assert main(built) == 0
    assert "self-check: 0 findings, 0.0 per 100 units" in capsys.readouterr().out
    assert main([*built, "--force", "--approved", str(approved)]) == 0
    out = capsys.readouterr().out
    assert "self-check: 2 findings, 100.0 per 100 units" in out
    assert "2  runway / 離着陸帯" in out

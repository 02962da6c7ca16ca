"""Counts of a corpus, and the commands that add documents, search and count."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import alliance_ref as ar
from alliance_ref.cli import main
from alliance_ref.errors import InvalidValue

YEARS = {"2005": ("deterrence", "抑止"), "2006": ("dialogue", "対話")}


@pytest.fixture(scope="module")
def corpus() -> ar.Corpus:
    made = ar.Corpus(":memory:", lemmas="stem")
    for year, (en, ja) in YEARS.items():
        for month in ("04", "05"):
            day = f"{year}-{month}-14"
            text = (
                f"They spoke of {en}. They spoke of {en} again.",
                f"{ja}について話した。再び{ja}について話した。",
            )
            made.add(ar.document_from_texts(f"talk-{day}", en=text[0], ja=text[1], issued=day))
    made.add_units([("A word on deterrence.", "抑止について一言。")], id="undated")
    return made


def test_occurrences_are_counted_by_year_with_years_without_any(corpus: ar.Corpus) -> None:
    found = corpus.counts("抑止")
    assert [(row.key, row.hits, row.documents) for row in found] == [
        ("2005", 4, 2),
        ("2006", 0, 0),
        ("", 1, 1),
    ]
    words = sum(item.ja_words for item in corpus.documents(start="2005", end="2005") if item.issued)
    assert found[0].words == words
    assert found[0].per_million == pytest.approx(4 / words * 1_000_000)


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("month", ["2005-04", "2005-05", "2006-04", "2006-05", ""]),
        ("document", ["talk-2005-04-14", "talk-2005-05-14", "talk-2006-04-14", "talk-2006-05-14", "undated"]),
        ("type", ["document"]),
    ],
)
def test_groups(corpus: ar.Corpus, by: str, keys: list[str]) -> None:
    found = corpus.counts("deterrence", by=by)  # type: ignore[arg-type]
    assert sorted(row.key for row in found) == sorted(keys)
    assert sum(row.hits for row in found) == 5


def test_several_queries_are_added_and_entries_are_counted_in_both_languages(corpus: ar.Corpus) -> None:
    both = corpus.counts(["抑止", "対話"])
    assert [row.hits for row in both][:2] == [4, 4]
    by_entry = corpus.counts(ar.entry("deterrence"))
    assert by_entry[0].hits == 8
    dated = [item for item in corpus.documents(end="2005") if item.issued]
    assert by_entry[0].words == sum(item.en_words + item.ja_words for item in dated)


def test_a_wrong_group_and_no_query_are_errors(corpus: ar.Corpus) -> None:
    with pytest.raises(InvalidValue, match="'year'"):
        corpus.counts("抑止", by="week")  # type: ignore[arg-type]
    with pytest.raises(InvalidValue):
        corpus.counts([])


def test_counts_become_a_table_a_chart_and_json(corpus: ar.Corpus) -> None:
    found = corpus.counts("抑止")
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    assert [(row["key"], row["hits"]) for row in rows] == [("2005", "4"), ("2006", "0"), ("", "1")]
    chart = ET.fromstring(found.to_svg("抑止 <by year>"))
    bars = chart.findall("{http://www.w3.org/2000/svg}rect")
    assert [float(bar.attrib["width"]) > 0 for bar in bars] == [True, False, True]
    assert ar.from_json(ar.to_json(found)) == found


def test_the_commands_add_list_search_count_and_remove(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "press"
    folder.mkdir()
    for year, (en, ja) in YEARS.items():
        (folder / f"{year}-04-14.en.txt").write_text(f"They spoke of {en}.", encoding="utf-8")
        (folder / f"{year}-04-14.ja.txt").write_text(f"{ja}について話した。", encoding="utf-8")
    (folder / "2007-01-09.en.txt").write_text("Alone.", encoding="utf-8")
    file = str(tmp_path / "mine.db")

    def run(*arguments: str, status: int = 0) -> str:
        assert main([*arguments]) == status
        return capsys.readouterr().out

    assert "2007-01-09.en.txt" in run("corpus", "add", str(folder), "--corpus", file)
    assert "unchanged 2" in run("corpus", "add", str(folder), "--corpus", file)
    listed = json.loads(run("corpus", "list", "--json", "--corpus", file))
    assert [item["id"] for item in listed] == ["2005-04-14", "2006-04-14"]
    assert json.loads(run("corpus", "info", "--json", "--corpus", file))["documents"] == 2
    assert "[抑止]について話した。" in run("concordance", "抑止", "--corpus", file)
    assert "について" in run("concordance", "抑.", "--regex", "--corpus", file)
    run("concordance", "抑止", "--corpus", file, "--since", "2006", status=1)
    run("concordance", "抑止", "--corpus", file, "--to", str(tmp_path / "hits.csv"), status=2)
    assert not (tmp_path / "hits.csv").exists()
    run("concordance", "抑止", "--corpus", file, "--to", str(tmp_path / "hits.html"))
    assert "抑止" in (tmp_path / "hits.html").read_text(encoding="utf-8")
    shown = [line.split() for line in run("counts", "抑止", "--corpus", file).splitlines()]
    assert ["2005", "1", "1"] in [row[:3] for row in shown]
    run("counts", "抑止", "--corpus", file, "--to", str(tmp_path / "years.svg"))
    assert (tmp_path / "years.svg").read_text(encoding="utf-8").startswith("<svg")
    run("corpus", "remove", "2005-04-14", "--corpus", file)
    run("counts", "抑止", "--corpus", file, status=1)


def test_the_passages_of_the_reference_are_counted_without_a_corpus(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["counts", "極東", "--by", "document"]) == 0
    assert "treaty-1960" in capsys.readouterr().out


def test_a_missing_corpus_is_an_error_with_a_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["corpus", "list", "--corpus", str(tmp_path / "none.db")]) == 2
    assert "corpus add" in capsys.readouterr().err
    assert not (tmp_path / "none.db").exists()

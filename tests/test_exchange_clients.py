"""Client programs read the written files: OmegaT, Sphinx, StarDict readers, Anki."""

import csv
import io
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from alliance_ref.exchange.glossaries import anki, restructured, stardict
from alliance_ref.glossary import Glossary, reference_glossary
from alliance_ref.records import GlossaryConcept, LanguageSection, Term

HERE = Path(__file__).parent
OMEGAT = Path(os.environ.get("OMEGAT_HOME", "/usr/share/omegat"))
JARS = Path(os.environ.get("OMEGAT_JARS", "/usr/share/java"))


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary(reference_glossary().concepts[:300])


def _concept(en: str, ja: str, reading: str | None = None, **fields: str) -> GlossaryConcept:
    return GlossaryConcept(
        fields.get("id", "x"),
        LanguageSection("en", (Term(en, "en"),), fields.get("definition", "")),
        LanguageSection("ja", (Term(ja, "ja", reading=reading),)),
        subject=fields.get("subject", ""),
    )


@pytest.fixture(scope="module")
def omegat(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the command that prints the entries that OmegaT's glossary readers find in files."""
    needed = [OMEGAT / "OmegaT.jar", JARS / "juniversalchardet.jar"]
    if not all(jar.exists() for jar in needed):
        pytest.skip("OmegaT is not installed (Debian packages omegat and libjuniversalchardet-java)")
    if shutil.which("javac") is None:
        pytest.skip("there is no Java compiler to drive OmegaT with")
    folder = tmp_path_factory.mktemp("omegat")
    path = ":".join(map(str, (*needed, folder)))
    subprocess.run(
        ["javac", "-cp", path, "-d", folder, HERE / "omegat" / "Load.java"], check=True, timeout=90
    )
    return ["java", "-cp", path, "Load"]


@pytest.mark.parametrize("suffix", ["txt", "utf8", "tab"])
def test_omegat_loads_every_pair_of_the_glossary(
    omegat: list[str], glossary: Glossary, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"terms.{suffix}"
    hashed = _concept("#5 gate", "第5ゲート", id="gate")
    Glossary((*glossary.concepts, hashed)).to_file(path)
    loaded = subprocess.run([*omegat, path], check=True, capture_output=True, encoding="utf-8", timeout=90)
    written = path.read_text(encoding="utf-8").splitlines()
    assert loaded.stdout.splitlines() == written
    assert len(written) > len(glossary)


def test_omegat_reads_source_target_and_comment_from_the_first_columns_of_csv(
    omegat: list[str], glossary: Glossary, tmp_path: Path
) -> None:
    path = tmp_path / "terms.csv"
    glossary.to_file(path)
    loaded = subprocess.run([*omegat, path], check=True, capture_output=True, encoding="utf-8", timeout=90)
    concept = glossary.concepts[0]
    expected = f"{concept.en[0].text}\t{concept.ja[0].text}\t{concept.ja[0].reading}"
    assert expected in loaded.stdout.splitlines()


def test_sphinx_builds_the_glossary_and_sorts_japanese_terms_by_kana(tmp_path: Path) -> None:
    pytest.importorskip("sphinx", reason="Sphinx is in the extra docs")
    concepts = [
        _concept("Defense Agency", "防衛庁", "ぼうえいちょう", definition="*Not* a `ministry`_: an agency."),
        _concept("alliance : the *word*", "同盟", "どうめい", id="alliance", definition="1. A pact | union"),
        _concept("katakana", "カタカナ", id="kana", definition="- no list"),
    ]
    (tmp_path / "conf.py").write_text("project = 'x'\n")
    (tmp_path / "index.rst").write_text(f"Terms\n=====\n\n{restructured.dumps(concepts)}", encoding="utf-8")
    options = ["-m", "sphinx", "-W", "-n", "-q", "-b", "html"]
    command = [sys.executable, *options, str(tmp_path), str(tmp_path / "built")]
    built = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert (built.returncode, built.stderr) == (0, "")
    page = (tmp_path / "built" / "index.html").read_text(encoding="utf-8")
    index = (tmp_path / "built" / "genindex.html").read_text(encoding="utf-8")
    for text in (
        "alliance : the *word*",
        "*Not* a `ministry`_: an agency.",
        "1. A pact | union",
        "- no list",
    ):
        assert text in page
    assert [key for key in re.findall(r"<h2[^>]*>(.)</h2>", index) if key in "かとほ"] == ["か", "と", "ほ"]


def _read_stardict(data: bytes) -> tuple[dict[str, str], dict[str, list[str]], dict[str, list[str]]]:
    """Return the content of a StarDict dictionary: info, articles by headword, synonyms."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name.rpartition(".")[2]: archive.read(name) for name in archive.namelist()}
    magic, *lines = files["ifo"].decode().splitlines()
    assert magic == "StarDict's dict ifo file"
    info = dict(line.split("=", 1) for line in lines)
    assert int(info["idxfilesize"]) == len(files["idx"])
    articles: dict[str, list[str]] = {}
    order: list[bytes] = []
    at = 0
    while at < len(files["idx"]):
        end = files["idx"].index(b"\0", at)
        start, size = struct.unpack(">II", files["idx"][end + 1 : end + 9])
        word = files["idx"][at:end]
        assert 0 < len(word) < 256
        order.append(word)
        articles.setdefault(word.decode(), []).append(files["dict"][start : start + size].decode())
        at = end + 9
    assert len(order) == int(info["wordcount"])
    assert order == sorted(order, key=lambda word: (word.lower(), word))
    synonyms: dict[str, list[str]] = {}
    found: list[bytes] = []
    at = 0
    while at < len(files.get("syn", b"")):
        end = files["syn"].index(b"\0", at)
        [place] = struct.unpack(">I", files["syn"][end + 1 : end + 5])
        found.append(files["syn"][at:end])
        synonyms.setdefault(found[-1].decode(), []).append(order[place].decode())
        at = end + 5
    assert len(found) == int(info.get("synwordcount", 0))
    assert found == sorted(found, key=lambda word: (word.lower(), word))
    return info, articles, synonyms


def test_stardict_finds_entries_by_terms_of_both_languages_and_by_readings(glossary: Glossary) -> None:
    info, articles, synonyms = _read_stardict(stardict.dumps(glossary))
    assert info["sametypesequence"] == "m"
    for concept in glossary:
        for section, other in ((concept.en, concept.ja), (concept.ja, concept.en)):
            head, far = section.preferred, other.preferred
            assert head is not None
            assert far is not None
            assert any(far.text in article for article in articles[_cut(head.text)])
            for term in section:
                for text in map(_cut, filter(None, (term.text, term.reading))):
                    assert text in articles or _cut(head.text) in synonyms[text]


def _cut(text: str) -> str:
    return text.encode()[:255].decode(errors="ignore")


def test_stardict_truncates_headwords_to_255_bytes_but_not_articles() -> None:
    _, articles, _ = _read_stardict(stardict.dumps([_concept("a", "同" * 100)]))
    assert "同" * 85 in articles
    assert "同" * 100 in articles["a"][0]


def test_anki_notes_have_unique_fronts_and_declare_columns_tags_and_ids() -> None:
    concepts = [
        _concept("base", "基地", "きち", id="a", subject="armed forces"),
        _concept("base", "拠点", id="b", subject="politics"),
        _concept("#1", 'a\t"b"', id="c"),
    ]
    text = anki.dumps(concepts)
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert head[:2] == ["#separator:tab", "#html:false"]
    assert head[3:] == ["#tags column:6", "#guid column:7"]
    rows = list(csv.reader(text.splitlines()[len(head) :], delimiter="\t"))
    assert rows == [
        ["base", "基地 / 拠点", "きち", "", "", "armed_forces politics", "a"],
        ["#1", 'a\t"b"', "", "", "", "", "c"],
    ]

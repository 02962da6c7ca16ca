"""MultiTerm XML, TBX of version 2, and SKOS in RDF/XML and N-Triples; XML files by their content."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from alliance_ref.errors import FileProblem, UnknownFormat, UnreadableFile
from alliance_ref.exchange.glossaries import multiterm, skos, tbx
from alliance_ref.glossary import Glossary, read_glossary
from alliance_ref.records import GlossaryConcept, LanguageSection, Term
from glossary_strategies import glossaries
from losses import without_termhood
from xml_text import as_xml

BASE = GlossaryConcept(
    "base",
    LanguageSection("en", (Term("base", "en"), Term("BAS", "en", "abbreviation")), "a place"),
    LanguageSection("ja", (Term("基地", "ja", reading="きち"), Term("ベース", "ja", "deprecated"))),
    subject="defense",
    note="a note",
)
MULTITERM = """<?xml version="1.0" encoding="UTF-16"?>
<mtf><conceptGrp><concept>7</concept>
 <system type="entryClass">1</system>
 <transacGrp><transac type="origination">someone</transac><date>2020-01-01T00:00:00</date></transacGrp>
 <descripGrp><descrip type="Subject">defense</descrip></descripGrp>
 <descripGrp><descrip type="Project">Log</descrip></descripGrp>
 <languageGrp><language type="English" lang="EN-US"/>
  <descripGrp><descrip type="Definition">a place  for <xref Tlink="x">ships</xref></descrip></descripGrp>
  <termGrp><term>naval base</term><descripGrp><descrip type="Status">Approved</descrip></descripGrp></termGrp>
  <termGrp><term>navy yard</term><descripGrp><descrip type="Status">Do not use</descrip>
   <descripGrp><descrip type="Note">old</descrip></descripGrp></descripGrp></termGrp>
 </languageGrp>
 <languageGrp><language type="Japanese" lang="JA"/>
  <termGrp><term>海軍基地</term><descripGrp><descrip type="Reading">かいぐんきち</descrip></descripGrp>
   <descripGrp><descrip type="Status">blue</descrip></descripGrp></termGrp>
 </languageGrp>
 <languageGrp><language type="German" lang="DE"/><termGrp><term>Marinestützpunkt</term></termGrp>
 </languageGrp>
</conceptGrp>
<conceptGrp><concept>8</concept><languageGrp><language type="Japanese" lang=""/>
<termGrp><term>港</term></termGrp>
</languageGrp></conceptGrp></mtf>
"""


def test_multiterm_files_are_read_with_their_fields_and_statuses(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(MULTITERM.encode("utf-16"))
    notices: list[FileProblem] = []
    base, port = read_glossary(path, notices=notices)
    assert (base.id, base.subject, base.note) == ("7", "defense", "Project: Log\nDE: Marinestützpunkt")
    assert base.en.definition == "a place for ships"
    assert [(term.text, term.status, term.note) for term in base.en] == [
        ("naval base", "preferred", ""),
        ("navy yard", "deprecated", "old"),
    ]
    [term] = base.ja
    assert (term.text, term.status, term.reading, term.note) == (
        "海軍基地", "admitted", "かいぐんきち", "Status: blue",
    )  # fmt: skip
    assert port.ja[0].text == "港"
    assert [notice.reason for notice in notices] == ["unknown-status"]


@settings(deadline=None, max_examples=40)
@given(concepts=glossaries())
def test_multiterm_round_trips(concepts: tuple[GlossaryConcept, ...]) -> None:
    assert multiterm.loads(multiterm.dumps(concepts)) == as_xml(without_termhood(concepts))


@settings(deadline=None, max_examples=40)
@given(concepts=glossaries())
def test_tbx_of_version_2_round_trips(concepts: tuple[GlossaryConcept, ...]) -> None:
    assert tbx.loads(tbx.dumps_v2(concepts)) == as_xml(concepts)


def test_tbx_of_version_2_has_the_elements_of_iso_30042_2008() -> None:
    root = ET.fromstring(tbx.dumps_v2([BASE]))
    names = {element.tag for element in root.iter()}
    assert (root.tag, root.get("type")) == ("martif", "TBX-Basic")
    assert {"martifHeader", "termEntry", "langSet", "tig", "term", "termNote", "descrip"} <= names
    assert not names & {"conceptEntry", "langSec", "termSec", "tbx"}
    terms = [child.tag for child in root.iter("tig").__next__()]
    assert terms[0] == "term"


@pytest.mark.parametrize("name", ["rdfxml", "ntriples"])
def test_rdf_xml_and_n_triples_round_trip(name: str) -> None:
    pytest.importorskip("rdflib", reason="the extra exchange is not installed")
    text = getattr(skos, f"dumps_{name}")([BASE])
    loads = getattr(skos, f"loads_{name}")
    assert loads(text) == (BASE,)
    assert loads(text.encode()) == (BASE,)
    if name == "ntriples":
        assert text == skos.dumps_ntriples([BASE])
    rejected = 0
    for end in range(0, len(text), 53):
        try:
            loads(text[:end])
        except UnreadableFile:
            rejected += 1
    assert rejected > 5


def test_rdf_xml_has_the_statements_of_turtle_in_a_fixed_order() -> None:
    rdflib = pytest.importorskip("rdflib", reason="the extra exchange is not installed")
    from rdflib.compare import isomorphic

    text = skos.dumps_rdfxml([BASE])
    graphs = [rdflib.Graph() for _ in range(2)]
    graphs[0].parse(data=text, format="xml", publicID="file:///glossary")
    graphs[1].parse(data=skos.dumps_turtle([BASE]), format="turtle", publicID="file:///glossary")
    assert isomorphic(*graphs)
    code = (
        "from alliance_ref.exchange.glossaries.skos import dumps_rdfxml;"
        "from test_exchange_termbases import BASE; print(dumps_rdfxml([BASE]), end='')"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    folders = os.pathsep.join((str(Path(__file__).parent), environment.get("PYTHONPATH", "")))
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, env={**environment, "PYTHONPATH": folders}, stdout=subprocess.PIPE, check=True
    )
    assert done.stdout.decode() == text


def ontology(*entities: str) -> str:
    """A file as Protégé writes it."""
    declared = "\n".join(f"    <!ENTITY {entity} >" for entity in entities)
    return f"""<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [
{declared}
]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="&skos;"
     xmlns="http://example.org/terms#" xml:base="http://example.org/terms">
    <skos:Concept rdf:about="&terms;base">
        <skos:prefLabel xml:lang="en">base</skos:prefLabel>
        <skos:prefLabel xml:lang="ja">基地</skos:prefLabel>
    </skos:Concept>
</rdf:RDF>"""


SHORT = ('skos "http://www.w3.org/2004/02/skos/core#"', 'terms "http://example.org/terms#"')


def test_rdf_xml_with_entities_for_namespaces_is_read(tmp_path: Path) -> None:
    pytest.importorskip("rdflib", reason="the extra exchange is not installed")
    text = ontology(*SHORT)
    [concept] = skos.loads_rdfxml(text)
    assert (concept.en[0].text, concept.ja[0].text) == ("base", "基地")
    assert skos.loads_rdfxml(text.encode()) == (concept,)
    path = tmp_path / "terms.xml"
    path.write_text(text, encoding="utf-8")
    assert read_glossary(path).concepts == (concept,)


@pytest.mark.parametrize(
    "entity",
    ['a "&terms;&terms;"', 'a SYSTEM "file:///etc/passwd"', '% a "b"', f'a "{"b" * 300}"', 'a "&#60;b>"'],
)
def test_entities_that_could_grow_or_read_files_are_rejected(entity: str) -> None:
    pytest.importorskip("rdflib", reason="the extra exchange is not installed")
    with pytest.raises(UnreadableFile, match="declares entities"):
        skos.loads_rdfxml(ontology(*SHORT, entity))


def test_entities_do_not_make_a_file_larger_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rdflib", reason="the extra exchange is not installed")
    text = ontology(*SHORT)
    monkeypatch.setattr("alliance_ref.exchange.limits.MAX_WHOLE", len(text) + 500)
    with pytest.raises(UnreadableFile, match="read as a whole"):
        skos.loads_rdfxml(text)


def test_entities_are_rejected_in_other_formats() -> None:
    text = tbx.dumps([BASE]).replace("?>", '?><!DOCTYPE tbx [<!ENTITY a "b">]>', 1)
    with pytest.raises(UnreadableFile, match="declares entities"):
        tbx.loads(text)


@pytest.mark.parametrize("name", ["tbx", "tbx-dct", "tbx2", "multiterm", "tmx", "skos-rdfxml"])
def test_xml_files_are_recognized_by_their_first_element(tmp_path: Path, name: str) -> None:
    if name == "skos-rdfxml":
        pytest.importorskip("rdflib", reason="the extra exchange is not installed")
    path = tmp_path / "terms.xml"
    Glossary((BASE,)).to_file(path, name)
    assert read_glossary(path) == Glossary((BASE,))


def test_an_xml_file_of_another_kind_is_an_unknown_format(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<html/>")
    with pytest.raises(UnknownFormat, match="<html>"):
        read_glossary(path)
    path.write_text("no xml")
    with pytest.raises(UnreadableFile, match=r"a\.xml"):
        read_glossary(path)

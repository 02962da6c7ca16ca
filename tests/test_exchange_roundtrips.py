"""Every readable format round-trips all fields that it supports."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_ref.errors import UnreadableFile
from alliance_ref.exchange.formats import GLOSSARY_FORMATS
from alliance_ref.exchange.glossaries import anki, json_text, markdown, omegat, restructured, utx
from alliance_ref.exchange.tables import delimited, excel
from alliance_ref.glossary import reference_glossary
from alliance_ref.records import GlossaryConcept
from glossary_strategies import glossaries, line, nasty
from losses import blanked, on_one_line

Concepts = tuple[GlossaryConcept, ...]
examples = settings(max_examples=25, deadline=None)


def kept(concepts: Concepts, holds: frozenset[str]) -> Concepts:
    return tuple(filter(None, (blanked(concept, holds) for concept in concepts)))


@examples
@given(glossaries())
def test_json_round_trips_everything(concepts: Concepts) -> None:
    assert json_text.loads(json_text.dumps(concepts)) == concepts


@examples
@given(glossaries())
def test_csv_round_trips_all_but_attestations(concepts: Concepts) -> None:
    assert delimited.loads_csv(delimited.dumps_csv(concepts)) == kept(concepts, delimited.SUPPORTED_FIELDS)


@examples
@given(glossaries())
def test_tsv_round_trips_all_but_attestations(concepts: Concepts) -> None:
    assert delimited.loads_tsv(delimited.dumps_tsv(concepts)) == kept(concepts, delimited.SUPPORTED_FIELDS)


@settings(max_examples=12, deadline=None)
@given(glossaries())
def test_excel_round_trips_all_but_attestations(concepts: Concepts) -> None:
    pytest.importorskip("openpyxl", reason="the extra exchange is not installed")
    assert excel.loads(excel.dumps(concepts)) == kept(concepts, excel.SUPPORTED_FIELDS)


@examples
@given(glossaries())
def test_markdown_round_trips_its_supported_fields(concepts: Concepts) -> None:
    assert markdown.loads(markdown.dumps(concepts)) == kept(concepts, markdown.SUPPORTED_FIELDS)


@examples
@given(glossaries())
def test_utx_round_trips_its_supported_fields(concepts: Concepts) -> None:
    lines = tuple(map(on_one_line, kept(concepts, utx.SUPPORTED_FIELDS)))
    assert utx.loads(utx.dumps(concepts)) == lines


@examples
@given(glossaries(line))
def test_restructured_text_round_trips_its_supported_fields(concepts: Concepts) -> None:
    lines = tuple(map(on_one_line, kept(concepts, restructured.SUPPORTED_FIELDS)))
    assert restructured.loads(restructured.dumps(concepts)) == lines


@examples
@given(glossaries(line))
def test_omegat_round_trips_its_supported_fields(concepts: Concepts) -> None:
    held = tuple(map(on_one_line, kept(concepts, omegat.SUPPORTED_FIELDS)))
    assert omegat.loads(omegat.dumps(held)) == held


@examples
@given(glossaries())
def test_anki_round_trips_notes_with_unique_fronts(concepts: Concepts) -> None:
    held = kept(concepts, anki.SUPPORTED_FIELDS)
    fronts = {concept.en[0].text: concept for concept in reversed(held)}
    once = tuple(concept for concept in held if fronts[concept.en[0].text] is concept)
    assert anki.loads(anki.dumps(once)) == once


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_readers_of_random_bytes_raise_only_unreadable_file(data: bytes) -> None:
    text = data.decode("latin-1")
    for item in GLOSSARY_FORMATS:
        if item.reader is None or (item.id == "xlsx" and not data):
            continue
        with contextlib.suppress(UnreadableFile):
            item.reader(data if not item.encoding else text)


WRITTEN = {
    item.id: item.writer(reference_glossary().concepts[:3])
    for item in GLOSSARY_FORMATS
    if item.writer and item.reads and item.id != "xlsx" and not item.id.startswith("skos")
}


@given(
    st.sampled_from(sorted(WRITTEN)), st.integers(0, 5000), st.integers(0, 60), nasty, st.integers(0, 5000)
)
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_read_or_raises_unreadable_file(
    name: str, at: int, length: int, put: str, end: int
) -> None:
    written = WRITTEN[name]
    assert isinstance(written, str)
    damaged = written[:at] + put + written[at + length :]
    [item] = [item for item in GLOSSARY_FORMATS if item.id == name]
    assert item.reader is not None
    for text in (damaged, damaged[:end]):
        with contextlib.suppress(UnreadableFile):
            item.reader(text)

"""The JSON form of records and results: round trips, schema, generated files, web services."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import alliance_ref as ar
import make_stubs
from alliance_ref import records
from alliance_ref.codec.json_form import json_types, type_name
from alliance_ref.codec.json_schema import json_schema
from alliance_ref.corpus.ingest import FolderReport, SkippedFile
from alliance_ref.errors import InvalidData, InvalidType
from alliance_ref.glossary.merge import MergeConflict, Merged
from alliance_ref.glossary.statistics import Divergences
from strategies import anything

EN = ["The ministers met on May 3.", "Two bases will close in 2008.", "Rain fell."]
JA = ["大臣は5月3日に会合した。", "二つの基地が2008年に閉鎖される。"]
MEMORY = [
    ar.TranslationUnit("The Status of Forces Agreement was signed.", "地位協定が署名された。", "a.tmx", 1),
    ar.TranslationUnit("The Status of Forces Agreement stands.", "地位協定は存続する。", "b.tmx", 2),
]


def results() -> Iterator[Any]:
    """Yield results of the public functions."""
    yield from (
        ar.lookup("ふてんま"),
        ar.translate("地位協定", to="en"),
        ar.translate("nothing at all", to="ja"),
    )
    yield from (
        ar.annotate("普天間 and Camp Zama in 2005"),
        ar.concordance("抑止"),
        ar.timeline(),
        ar.topics(),
    )
    yield from (ar.align(EN, JA), ar.tokenize("8月に協議した。"), ar.furigana("防衛庁"), ar.entries())
    en = ["The gate was closed at nine.", "Two bases will close in 2008.", "The mayor of Nago objects."]
    ja = ["門は九時に閉じられた。", "大臣は5月3日に会合した。", "2008年に二つの基地が閉鎖される。"]
    en += ["The ministers met on 3 May.", "Talks go on in Tokyo."]
    ja += ["名護市長は反対している。", "東京で協議が続く。"]
    yield ar.align(en, ja)
    yield MEMORY
    yield from (ar.load().office_holders("Secretary of State"), ar.load().attestations("far-east"))
    yield ar.load().documents()
    yield ar.check_translation("The Defense Agency sent 2 ships.", "防衛省は3隻を派遣した。")
    yield ar.check_data()


def editions() -> Iterator[Any]:
    """Yield records of copies, exports and decisions."""
    passage = ar.passage("treaty-1960#1")
    text = records.PassageText("verified", "Talks go on.", 0, 12, 1.0)
    sources = ar.entry("futenma").sources
    both = records.Bilingual("36 cracks", "ひび割れ36か所")
    correction = records.LocatedCorrection(
        passage.id, 3, records.Correction("37 cracks", "en", both, both, sources)
    )
    yield records.Edition(
        ar.document("treaty-1960"),
        (records.EditionPassage(passage, text, records.Gap("lost"), passage.units),),
        (records.EditionLine("title", text, records.Gap("lost"), (None, "条約")),),
        (records.Repair("control-character", 3, "\x01", ""),),
        (records.SetAside("repeated", 40, "Talks go on.", passage.id),),
        (correction,),
        (records.Span("kept", 0, 12),),
        "copy.txt",
        None,
        (),
    )
    ruby = records.RubyReading(0, 3, "ふてんま")
    block = records.TextBlock("普天間", "ja", "heading", 1, 2, 3, (ruby,))
    aside = records.SetAside("furniture", 3, "関連記事", page=2, line=4)
    edition = records.FileEdition("naha.html", "html", (block,), (aside,), "普天間", "utf-8")
    shipped = ar.document("treaty-1960")
    yield records.CorpusDocument(
        "naha-2010", shipped.names, sources=sources, type="letter", passages=(passage,), editions=(edition,)
    )
    yield records.ExportReport("terms.utx", "UTX 1.20", 2, 4, (records.Loss("definition", 1, ("alliance",)),))
    yield records.DecidedReading("日本", ("にほん", "にっぽん"), sources)
    yield Merged((), (MergeConflict("c1", "definition", "a", "b", "en", "alliance"),))


@cache
def corpus_results() -> tuple[Any, ...]:
    corpus = ar.Corpus(":memory:")
    corpus.add(ar.document("treaty-1960"), fields={"archive": "MOFA"})
    report = FolderReport(("a",), (), ("b",), (SkippedFile("c.pdf", "scan"),), ("d.en.txt",))
    return (corpus.concordance("極東"), corpus.counts("極東"), corpus.documents(), corpus.info(), report)


@cache
def glossary_results() -> tuple[Any, ...]:
    glossary = ar.build_glossary(MEMORY)
    concept = glossary.concepts[0]
    changed = glossary.with_status(concept.id, concept.ja[0].text, "deprecated")
    shipped = ar.reference_glossary()
    return (
        glossary,
        ar.Glossary((), (records.RejectedPair("ally", "味方", "no.csv"),)),
        glossary.evidence(concept.id, MEMORY),
        glossary.diff(changed),
        glossary.merge(changed),
        glossary.statistics(),
        glossary.coverage(MEMORY),
        Divergences(shipped.divergences()[:5]),
        glossary.lookup("地位協定"),
        glossary.translate("地位協定", to="en"),
        glossary.annotate("地位協定が署名された。"),
        ar.check_glossary(glossary),
    )


def parts(value: Any) -> Iterator[Any]:
    """Yield *value* and everything in it that has a JSON type."""
    if type(value) not in (tuple, list) and json_types().get(type_name(type(value))) is type(value):
        yield value
    if isinstance(value, tuple | list):
        for item in value:
            yield from parts(item)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if field.init:
                yield from parts(getattr(value, field.name))


@cache
def samples() -> dict[str, list[Any]]:
    """Return a few instances of every type."""
    found: dict[str, list[Any]] = {}
    for result in (*results(), *editions(), *glossary_results(), *corpus_results()):
        for part in parts(result):
            known = found.setdefault(type_name(type(part)), [])
            if len(known) < 30:
                known.append(part)
    return found


def test_there_is_an_instance_of_every_type() -> None:
    assert set(json_types()) - set(samples()) == set()


@pytest.mark.parametrize("name", sorted(json_types()))
def test_every_type_makes_the_round_trip(name: str) -> None:
    for value in samples()[name]:
        data = json.loads(json.dumps(ar.to_dict(value)))
        assert data["type"] == name
        assert ar.from_dict(data) == value
        assert type(ar.from_json(ar.to_json(value))) is type(value)


@pytest.mark.parametrize("name", sorted(json_types()))
def test_every_type_fits_the_published_schema(name: str) -> None:
    validator = jsonschema.Draft202012Validator({**json_schema(), "$ref": f"#/$defs/{name}"})
    for value in samples()[name]:
        assert not list(validator.iter_errors(ar.to_dict(value)))


@given(name=st.sampled_from(sorted(json_types())), number=st.integers(0, 29), text=anything)
def test_any_text_in_a_record_makes_the_round_trip(name: str, number: int, text: str) -> None:
    value = samples()[name][number % len(samples()[name])]
    for field in attrs.fields(type(value)) if attrs.has(type(value)) else ():
        if field.type is not str or not field.init:
            continue
        try:
            changed = attrs.evolve(value, **{field.name: text})
        except (TypeError, ValueError):
            continue  # the record does not accept this text
        assert ar.from_json(ar.to_json(changed)) == changed


def test_missing_values_are_omitted_and_dates_are_iso_strings() -> None:
    data = ar.to_dict(records.Period(records.PartialDate(2005, 4), None))
    assert data == {"type": "period", "start": "2005-04"}
    assert ar.to_dict(ar.document("treaty-1960"))["document_type"] == "treaty"


def test_the_result_may_be_changed_without_consequences() -> None:
    entry = ar.entry("futenma")
    ar.to_dict(entry)["names"].clear()
    assert ar.to_dict(entry)["names"]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (5, "$: must be an object"),
        ({"kind": "place"}, "$: must be an object"),
        ({"type": "nothing"}, "$.type: unknown type 'nothing'"),
        ([{"type": "period", "from": "2005"}], "$[0].from: unknown key"),
        ({"type": "period", "start": "5 May"}, "$: "),
        ({"type": "match"}, "$: "),
        ({"type": "gap", "reason": "bored"}, "$: "),
    ],
)
def test_data_of_another_form_is_an_error_with_its_path(data: object, place: str) -> None:
    with pytest.raises(InvalidData) as caught:
        ar.from_dict(data)
    assert place in str(caught.value)


def test_text_that_is_not_json_is_an_error() -> None:
    with pytest.raises(InvalidData, match="not JSON"):
        ar.from_json("{")


@pytest.mark.parametrize("value", [None, 5, "text", {"type": "match"}, object()])
def test_only_records_and_results_can_be_converted(value: object) -> None:
    with pytest.raises(InvalidType):
        ar.to_dict(value)


def test_the_generated_files_are_current() -> None:
    for path, content in make_stubs.generated().items():
        assert path.read_text(encoding="utf-8") == content, f"{path.name}: run python tests/make_stubs.py"


def test_fastapi_returns_results_and_documents_them() -> None:
    fastapi = pytest.importorskip("fastapi", reason="fastapi is not installed")
    testclient = pytest.importorskip("fastapi.testclient", reason="httpx is not installed")
    from alliance_ref.json_types import MatchDict

    app = fastapi.FastAPI()

    def lookup(q: str) -> Any:
        return ar.to_dict(ar.lookup(q))

    app.add_api_route("/lookup", lookup, response_model=list[MatchDict])
    client = testclient.TestClient(app)
    [match, *_] = client.get("/lookup", params={"q": "ふてんま"}).json()
    assert ar.from_dict(match) == ar.lookup("ふてんま")[0]
    assert "MatchDict" in client.get("/openapi.json").json()["components"]["schemas"]


def test_flask_returns_results() -> None:
    flask = pytest.importorskip("flask", reason="flask is not installed")
    app = flask.Flask("service")

    def lookup() -> Any:
        return flask.jsonify(ar.to_dict(ar.lookup(flask.request.args["q"])))

    app.add_url_rule("/lookup", view_func=lookup)
    response = app.test_client().get("/lookup?q=Futenma")
    assert ar.from_dict(response.get_json())[0] == ar.lookup("Futenma")[0]


def test_the_schema_is_part_of_the_package() -> None:
    assert json.loads((Path(ar.__file__).parent / "json-schema.json").read_text(encoding="utf-8"))["$defs"]

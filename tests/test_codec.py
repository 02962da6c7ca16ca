"""Reading data files, and reporting all of their problems at once."""

import os
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_ref.codec.passages import fingerprint_text, parse_fingerprint
from alliance_ref.codec.store import read_compiled
from alliance_ref.codec.toml_files import load_document, read_data
from alliance_ref.compiling import write_compiled
from alliance_ref.editions.fingerprints import fingerprint
from alliance_ref.errors import InvalidData
from alliance_ref.records import Document, Gap, PartialDate, Person, Place
from alliance_ref.reference import Reference, load

META = 'edition = "1"\nschema = 1\n'
SOURCES = '[[source]]\nid = "notes"\ntitle.en = "Notes"\ntitle.ja = "記録"\n'
PLACES = """
[[place]]
id = "kazehama"
type = "town"
country = "japan"
names = [
  { en = "Kazehama" },
  { en = "Kazehama Town", status = "deprecated" },
  { ja = "風浜町", reading = "かぜはまちょう", romanization = "Kazehama-chō" },
]
sources = ["notes"]

[[place]]
id = "japan"
type = "country"
names = [{ en = "Japan" }, { ja = "日本", reading = "にほん", romanization = "Nihon" }]
sources = [{ id = "notes", mark = "reported", note = "by heart" }]
"""
DOCUMENT = """
id = "sea-wall"
type = "newspaper-article"
issued = 2011-05-06
place = "kazehama"
names = [{ en = "Sea Wall" }]
sources = ["notes"]
figures = [{ value = 240, unit = "million yen", of = { en = "cost", ja = "費用" } }]

[[front]]
role = "title"
en = "Sea Wall"
ja = { gap = "not-translated" }

[[passages]]
number = 1
mentions = ["kazehama"]
fingerprint.en = { gap = "not-held" }
fingerprint.ja = { gap = "not-translated", note = "never was" }

[[passages.units]]
en = "The wall is old."
ja = ["堤は古い。", "ひびもある。"]

[[passages.units]]
en = "It will be mended."
ja = { gap = "omitted" }
"""

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Writes a data folder; keyword arguments replace or add files (``__`` for a slash)."""

    def write(**changed: str | None) -> Path:
        files = {
            "meta": META,
            "sources": SOURCES,
            "places": PLACES,
            "documents__sea-wall": DOCUMENT,
        } | changed
        for name, text in files.items():
            if text is not None:
                path = tmp_path / f"{name.replace('__', '/')}.toml"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def problems(path: Path) -> list[str]:
    with pytest.raises(InvalidData) as caught:
        read_data(path)
    return [str(problem) for problem in caught.value.problems]


def test_good_files_become_records(folder: Folder) -> None:
    ref = Reference(read_data(folder()))
    place = ref.entry("kazehama")
    assert isinstance(place, Place)
    assert [name.status for name in place.names] == ["preferred", "deprecated", "preferred"]
    assert (place.sources[0].title.ja, place.sources[0].mark) == ("記録", "verified")
    assert (ref.entry("japan").sources[0].mark, ref.entry("japan").sources[0].note) == (
        "reported",
        "by heart",
    )
    document = ref.document("sea-wall")
    assert document.issued == PartialDate(2011, 5, 6)
    assert document.figures[0].value == 240.0
    [passage] = document.passages
    assert passage.id == "sea-wall#1"
    assert passage.units[0].kind == "1-2"
    assert passage.fingerprint.ja == Gap("not-translated", "never was")
    starts = [(s.start, s.end) for s in passage.units[0].ja]  # type: ignore[union-attr]
    assert starts == [(0, 5), (5, 11)]


def test_segments_have_their_offsets_in_the_joined_text(shipped: Reference) -> None:
    for document in shipped.documents():
        for passage in document.passages:
            for unit in passage.units:
                for lang, side in (("en", unit.en), ("ja", unit.ja)):
                    for segment in () if isinstance(side, Gap) else side:
                        text = passage.text(lang)  # type: ignore[arg-type]
                        assert text[segment.start : segment.end] == segment.text


def test_every_problem_of_every_file_is_reported_at_once_with_its_path(folder: Folder) -> None:
    bad_places = PLACES.replace('country = "japan"', 'contry = "japan"').replace("にほん", "nihon")
    bad_document = DOCUMENT.replace('en = "The wall is old."\n', "").replace('"omitted"', '"gone"')
    found = problems(folder(places=bad_places, **{"documents__sea-wall": bad_document}))
    assert found == [
        "documents/sea-wall.toml: $.passages[0].units[0].en: required field missing",
        "documents/sea-wall.toml: $.passages[0].units[1].ja: reason is 'gone'; expected 'lost',"
        " 'not-translated', 'not-held', 'omitted', 'unaligned', 'other-language'",
        "places.toml: $.place[0].contry: unknown key; did you mean 'country'?",
        "places.toml: $.place[1].names[1]: reading is 'nihon'; expected kana",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('type = "town"', "type = 3", "$.place[0].type: must be text, not a whole number"),
        ('type = "town"\n', "", "$.place[0].type: required field missing"),
        ('type = "town"', 'type = "town"\nqqq = 1', "$.place[0].qqq: unknown key; known keys: id, names"),
        (
            '"notes"]',
            '"nots"]',
            "$.place[0].sources[0]: no source 'nots' in sources.toml; did you mean 'notes'?",
        ),
        ('sources = ["notes"]', 'sources = "notes"', "$.place[0].sources: must be a list, not text"),
        (
            'sources = ["notes"]',
            "sources = [7]",
            "$.place[0].sources[0]: must be the id of a source or a table",
        ),
        ('sources = ["notes"]', "sources = []", "$.place[0]: "),
        (
            '{ en = "Kazehama" }',
            '{ en = "K", ja = "風" }',
            "$.place[0].names[0]: a name needs its text under",
        ),
        ('{ en = "Kazehama" }', "7", "$.place[0].names[0]: must be a table, not a whole number"),
        (
            'status = "deprecated"',
            'status = "old"',
            "$.place[0].names[1]: status is 'old'; expected 'preferred',",
        ),
        ('id = "kazehama"', 'id = "Kazehama"', "$.place[0]: id is 'Kazehama'; expected a lowercase id"),
        ('id = "japan"', 'id = "kazehama"', "$.place[0].id: id 'kazehama' is used more than once"),
        (
            'country = "japan"',
            'country = "japon"',
            "$.place[0].country: no entry 'japon'; did you mean 'japan'?",
        ),
        (
            'country = "japan"',
            'country = "sea-wall"',
            "$.place[0].country: 'sea-wall' is of the kind document",
        ),
        ("[[place]]", "[[town]]", "$.town: unknown key; this file contains [[place]]"),
        ("[[place]]", "[[place", "$: not TOML"),
    ],
)
def test_each_mistake_in_a_place_is_reported(folder: Folder, old: str, new: str, expected: str) -> None:
    found = problems(folder(places=PLACES.replace(old, new)))
    assert any(problem.startswith(f"places.toml: {expected}") for problem in found), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("issued = 2011-05-06", 'issued = "2011-5"', "$.issued: '2011-5' is not a date"),
        ("issued = 2011-05-06", "issued = 2011", "$.issued: must be a date such as 2005-10-29"),
        ("issued = 2011-05-06", "issued = 2011-05-06T00:00:00", "$.issued: must be a date"),
        ('id = "sea-wall"', 'id = "sea-bank"', "$.id: must be 'sea-wall', the name of the file"),
        (
            'mentions = ["kazehama"]',
            'mentions = ["nowhere"]',
            "$.passages[0].mentions[0]: no entry 'nowhere'",
        ),
        ("number = 1", 'number = "one"', "$.passages[0].number: must be a whole number, not text"),
        ("number = 1\n", "", "$.passages[0].number: required field missing"),
        ('{ gap = "not-held" }', '"f1.x"', "$.passages[0].fingerprint.en: not a fingerprint"),
        ('{ gap = "not-held" }', "5", "$.passages[0].fingerprint.en: must be a fingerprint"),
        ('en = "The wall is old."', 'en = ""', "$.passages[0].units[0].en: must be a sentence"),
        ('en = "The wall is old."', "en = []", "$.passages[0].units[0].en: must be a sentence"),
        (
            'en = "The wall is old."',
            'eng = "x"',
            "$.passages[0].units[0].eng: unknown key; did you mean 'en'?",
        ),
        ("value = 240", 'value = "240"', "$.figures[0].value: must be a number, not text"),
        ('{ en = "cost", ja = "費用" }', '"cost"', "$.figures[0].of: must be a table, not text"),
        ('role = "title"', 'role = "head"', "$.front[0]: role is 'head'; expected 'title',"),
    ],
)
def test_each_mistake_in_a_document_is_reported(folder: Folder, old: str, new: str, expected: str) -> None:
    found = problems(folder(**{"documents__sea-wall": DOCUMENT.replace(old, new)}))
    assert any(problem.startswith(f"documents/sea-wall.toml: {expected}") for problem in found), found


def test_units_and_passages_are_required_and_must_be_tables(folder: Folder) -> None:
    head = DOCUMENT.partition("[[passages.units]]")[0]
    assert "at least one unit" in problems(folder(**{"documents__sea-wall": head}))[0]
    odd = head.replace("fingerprint.ja", "units = [1]\nfingerprint.ja")
    found = problems(folder(**{"documents__sea-wall": odd}))
    assert found == ["documents/sea-wall.toml: $.passages[0].units[0]: must be a table"]
    flat = DOCUMENT.partition("[[front]]")[0]
    for passages in ("passages = 3\n", "passages = [3]\n"):
        assert "$.passages" in problems(folder(**{"documents__sea-wall": flat + passages}))[0]


def test_an_invalid_entry_is_not_also_reported_as_missing(folder: Folder) -> None:
    found = problems(folder(places=PLACES.replace("にほん", "nihon")))
    assert found == ["places.toml: $.place[1].names[1]: reading is 'nihon'; expected kana"]


def test_unknown_file_names_and_invalid_bytes_are_problems(folder: Folder) -> None:
    path = folder(plases="x = 1\n", meta="schema = 2\n", sources=SOURCES + SOURCES)
    (path / "people.toml").write_bytes(b"\xff\xfe")
    found = problems(path)
    assert "plases.toml: $: no data file has this name; expected one of people.toml" in "\n".join(found)
    assert "people.toml: $: not UTF-8 at byte 0" in found
    assert "meta.toml: $.schema: is 2; this library reads 1" in found
    assert "meta.toml: $.edition: required: the edition of the data, as text" in found
    assert "sources.toml: $.source[1].id: id 'notes' is used more than once" in found


@pytest.mark.parametrize("sources", ['source = "x"', "source = [1, 2]", "[source]\nid = 1", "[[source]]"])
def test_sources_that_are_not_tables_are_problems(folder: Folder, sources: str) -> None:
    assert any(
        problem.startswith("sources.toml: $.source[0]") for problem in problems(folder(sources=sources))
    )


def test_no_file_of_a_folder_is_ignored(folder: Folder) -> None:
    path = folder(
        meta=META + "extra = 1\n",
        sources="more = 1\n" + SOURCES,
        concepts__deep__er="[[concept]]\n",
        documents__empty="",
        deep="x = " + "[" * 3000 + "\n",
    )
    (path / "documents" / "Other.TOML").write_text("x = 1\n", encoding="utf-8")
    found = "\n".join(problems(path))
    for expected in (
        "meta.toml: $.extra: unknown key",
        "sources.toml: $.more: unknown key",
        "concepts/deep/er.toml: $: no data file has this name",
        "documents/empty.toml: $.type: required field missing",
        "documents/Other.TOML: $.x: unknown key",
        "deep.toml: $: not TOML",
    ):
        assert expected in found


def test_an_id_that_is_not_text_and_a_duplicate_number_are_problems(folder: Folder) -> None:
    found = problems(folder(places=PLACES.replace('id = "japan"', 'id = ["japan"]')))
    assert any(problem.startswith("places.toml: $.place[1].id: must be text") for problem in found)
    twice = DOCUMENT + "[[passages]]" + DOCUMENT.partition("[[passages]]")[2]
    found = problems(folder(**{"documents__sea-wall": twice}))
    assert found == ["documents/sea-wall.toml: $: two passages have the same number"]


def test_an_unreadable_file_is_the_only_problem_reported(folder: Folder) -> None:
    found = problems(folder(places=PLACES.replace("[[place]]", "[[place", 1)))
    assert [problem.partition(":")[0] for problem in found] == ["places.toml"]
    with pytest.raises(InvalidData, match="no such folder"):
        load("no/such/folder")


def test_a_byte_order_mark_is_accepted(folder: Folder) -> None:
    assert "japan" in Reference(read_data(folder(places="\ufeff" + PLACES)))


def test_a_user_document_is_read_from_one_file(tmp_path: Path) -> None:
    own = DOCUMENT.replace(
        'sources = ["notes"]', 'sources = [{ id = "own", title = { en = "Own", ja = "自作" } }]'
    )
    path = tmp_path / "sea-wall.toml"
    path.write_text(own, encoding="utf-8")
    document = load_document(path)
    assert isinstance(document, Document)
    assert document.sources[0].title.en == "Own"
    path.write_text(own.replace("issued", "isued"), encoding="utf-8")
    with pytest.raises(InvalidData, match="did you mean 'issued'"):
        load_document(path)
    with pytest.raises(InvalidData, match="No such file"):
        load_document(tmp_path / "absent.toml")


@given(st.text(min_size=1, max_size=300).filter(lambda text: any(c.isalpha() for c in text)))
def test_a_fingerprint_comes_back_from_its_text(text: str) -> None:
    made = fingerprint(text)
    assert parse_fingerprint(fingerprint_text(made)) == made


def test_the_compiled_data_has_the_same_records_as_the_toml(tmp_path: Path, shipped: Reference) -> None:
    data = Path(__file__).parents[1] / "src" / "alliance_ref" / "data"
    write_compiled(data, tmp_path / "compiled")
    compiled = read_compiled(str(tmp_path / "compiled"))
    assert compiled is not None
    from_toml = load(data)
    from_json = Reference(compiled)
    assert from_json.edition == from_toml.edition == shipped.edition
    assert from_json.entries() == from_toml.entries()
    assert from_json.topics() == from_toml.topics()
    assert from_json.decided_readings() == from_toml.decided_readings()
    for query in ("普天間", "ふてんま", "Futenma Hikojo", "JDA"):
        assert from_json.lookup(query) == from_toml.lookup(query)


def test_outdated_compiled_data_is_ignored(folder: Folder, tmp_path: Path) -> None:
    data = folder()
    package = Path(__file__).parents[1] / "src" / "alliance_ref"
    compiled = data / "compiled"
    write_compiled(data, compiled, package=package)
    assert read_compiled(str(compiled)) is not None
    os.utime(data / "places.toml", ns=(1, 1))
    assert read_compiled(str(compiled)) is None
    (data / "places.toml").unlink()
    assert read_compiled(str(compiled)) is None
    assert read_compiled(str(tmp_path / "absent")) is None


def test_a_compiled_record_that_cannot_be_decoded_is_reported(folder: Folder) -> None:
    store = read_data(folder())
    store.plain("japan")["type"] = 3
    with pytest.raises(InvalidData, match=r"japan: \$\.type: must be text"):
        store.entry("japan")


def test_people_and_their_offices_are_read(shipped: Reference) -> None:
    koizumi = shipped.entry("koizumi-junichiro")
    assert isinstance(koizumi, Person)
    assert any("総理" in tenure.office.ja for tenure in koizumi.tenures)
    assert attrs.asdict(koizumi)["id"] == "koizumi-junichiro"

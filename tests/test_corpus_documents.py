"""Documents of the user: reading, aligning, dividing into passages, annotating."""

from pathlib import Path

import pytest

import alliance_ref as ar
from alliance_ref import records
from alliance_ref.errors import InputNotFound, InvalidType, InvalidValue, UnreadableCopy, WrongLanguage

EN = "Talks on Futenma go on. The ministers met on May 6, 2010.\n\nThe Defense Agency shut the port in 1998."
JA = "普天間に関する協議は続く。大臣は2010年5月6日に会合した。\n\n防衛庁は1998年に港を閉鎖した。"


def test_texts_become_aligned_and_annotated_passages() -> None:
    document = ar.document_from_texts("naha-2010", en=EN, ja=JA, issued="2010-05-06")
    assert [passage.id for passage in document.passages] == ["naha-2010#1", "naha-2010#2"]
    assert [[unit.kind for unit in passage.units] for passage in document.passages] == [
        ["1-1", "1-1"],
        ["1-1"],
    ]
    assert "futenma" in document.passages[0].mentions
    assert "jda" in document.passages[1].mentions
    assert "jda" not in document.passages[0].mentions
    assert document.issued == records.PartialDate(2010, 5, 6)


def test_segments_have_their_offsets_in_the_editions() -> None:
    document = ar.document_from_texts("naha-2010", en=EN, ja=JA)
    for passage in document.passages:
        for unit in passage.units:
            for side, edition in ((unit.en, document.editions[0]), (unit.ja, document.editions[1])):
                assert not isinstance(side, records.Gap)
                for segment in side:
                    assert edition.text[segment.start : segment.end] == segment.text
                    assert segment.text in edition.block_at(segment.start).text


def test_one_text_with_both_languages_is_split() -> None:
    mixed = "\n\n".join(
        part for pair in zip(EN.split("\n\n"), JA.split("\n\n"), strict=True) for part in pair
    )
    document = ar.document_from_texts("naha-2010", en=mixed)
    assert [[unit.kind for unit in passage.units] for passage in document.passages] == [
        ["1-1", "1-1"],
        ["1-1"],
    ]
    for passage in document.passages:
        for unit in passage.units:
            assert not isinstance(unit.ja, records.Gap)
            for segment in unit.ja:
                assert document.editions[0].text[segment.start : segment.end] == segment.text


@pytest.mark.parametrize(("lang", "text"), [("en", EN), ("ja", JA)])
def test_a_text_in_one_language_has_gaps_opposite(lang: records.Lang, text: str) -> None:
    document = ar.document_from_texts(
        "naha-2010", en=text if lang == "en" else None, ja=text if lang == "ja" else None
    )
    assert len(document.passages) == 2
    for unit in (unit for passage in document.passages for unit in passage.units):
        assert (unit.ja if lang == "en" else unit.en) == records.Gap("not-held")
    assert "futenma" in document.passages[0].mentions


def test_a_few_names_in_the_other_language_do_not_make_a_text_bilingual() -> None:
    document = ar.document_from_texts("naha-2010", en=EN + "\n\n首里")
    assert document.passages[-1].units[0].ja == records.Gap("not-held")
    assert document.passages[-1].text("en") == "首里"


def test_quotations_of_shipped_documents_are_found() -> None:
    quoted = ar.passage("scc-joint-statement-2006-05#1").quotations[1]
    document = ar.document_from_texts(
        "naha-2010", ja=f"同盟は「{quoted.text}」である。「別の長い引用の言葉」もある。"
    )
    assert [(item.text, item.cites) for item in document.passages[0].quotations] == [
        (quoted.text, quoted.cites)
    ]


def test_documents_round_trip_through_json() -> None:
    document = ar.document_from_texts("naha-2010", en=EN, ja=JA, issued="2010-05")
    assert ar.from_json(ar.to_json(document)) == document


def test_documents_can_be_added_to_a_reference() -> None:
    document = ar.document_from_texts("naha-2010", en=EN, ja=JA)
    ref = ar.load().with_documents(document)
    assert ref.documents()[-1] == document, "undated documents come last"
    assert ref.concordance("港", documents=["naha-2010"])
    assert [item.passage for item in ref.attestations("jda") if item.passage.startswith("naha")] != []
    assert ref.timeline()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"issued": "6 May 2010"}, "partial-date"),
        ({"issued": "2010-02-30"}, "calendar-date"),
        ({"title": " "}, "empty"),
        ({"source": ""}, "empty"),
        ({"type": ""}, "choice"),
        ({"id": "Naha 2010"}, "slug"),
        ({"en": None}, "no-side"),
        ({"en": "naha.txt"}, "file-name-document"),
        ({"en": "<html><p>Talks go on.</p></html>"}, "html"),
    ],
)
def test_unusable_arguments_are_rejected(options: dict[str, str], reason: str) -> None:
    given = {"id": "naha-2010", "en": EN, **options}
    with pytest.raises(InvalidValue) as caught:
        ar.document_from_texts(**given)  # type: ignore[arg-type]
    assert caught.value.reason == reason


def test_titles_and_sources_may_be_text_or_records() -> None:
    title, address = records.Bilingual("The Harbor", "港"), "https://example.org/naha"
    document = ar.document_from_texts("naha-2010", en=EN, title=title, source=address, type="press-release")
    assert (document.label("ja"), document.sources[0].url, document.type) == ("港", address, "press-release")
    assert ar.document_from_texts("naha-2010", ja=JA, title="港").label("ja") == "港"


def test_swapped_texts_are_rejected() -> None:
    with pytest.raises(WrongLanguage):
        ar.document_from_texts("naha-2010", en=JA, ja=EN)


def test_paths_are_read_in_any_encoding(tmp_path: Path) -> None:
    en, ja = tmp_path / "naha.en.txt", tmp_path / "naha.ja.txt"
    en.write_text(EN.replace("Talks", "“Talks”"), encoding="cp1252")
    ja.write_text(JA, encoding="euc_jp")
    document = ar.read_document(str(en), ja, id="naha-2010")
    assert [edition.encoding for edition in document.editions] == ["cp1252", "euc_jp"]
    assert document.sources[0].title.en == "naha.en.txt, naha.ja.txt"
    assert document.passages[0].text("ja") == JA.split("\n\n", maxsplit=1)[0]


def test_broken_bytes_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "naha.txt"
    path.write_bytes("Talks go on.\n協議は".encode() + b"\xe6" + "続く。それから終わった。".encode())
    document = ar.read_document(path, id="naha-2010")
    assert [(item.kind, item.text, item.line) for item in document.set_aside] == [("undecodable", "0xe6", 2)]


def test_missing_and_unusable_files_have_typed_errors(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound):
        ar.read_document(tmp_path / "none.txt", id="naha-2010")
    with pytest.raises(InvalidType):
        ar.read_document(7, id="naha-2010")  # type: ignore[arg-type]
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(UnreadableCopy):
        ar.read_document(tmp_path / "empty.txt", id="naha-2010")

"""Reading complete and damaged copies of a small article of this project."""

from pathlib import Path

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alliance_ref.editions.fingerprints import fingerprint
from alliance_ref.editions.read_copy import read_copy
from alliance_ref.editions.repairs import repaired
from alliance_ref.errors import InputNotFound, UnreadableCopy, UnrecognizedCopy
from alliance_ref.records import Edition, EditionLine, EditionPassage, Fingerprints, Gap, PassageText
from article import DATELINE, EN, JA, TITLE, copy_of, document
from strategies import ENCODINGS, FOREIGN, damaged_copies

DOCUMENT = document()
CURLY_TO_LOST = str.maketrans("“”’", "???")


def read(copy: str | bytes | Path) -> Edition:
    return read_copy(copy, [DOCUMENT])


def accounted(edition: Edition) -> None:
    """Every character of the copy is kept, repaired, set aside or white space between paragraphs."""
    source = edition.source
    assert "".join(source[span.start : span.end] for span in edition.spans) == source
    assert all(not source[span.start : span.end].strip() for span in edition.spans if span.kind == "layout")
    for item in edition.set_aside:
        assert source[item.offset : item.offset + len(item.text)] == item.text
    for repair in edition.repairs:
        assert source[repair.offset :].startswith(repair.before)
    lines: list[EditionPassage | EditionLine] = [*edition.passages, *edition.front]
    for line in lines:
        for side in (line.en, line.ja):
            if isinstance(side, PassageText) and side.text is not None:
                assert side.start is not None
                assert side.end is not None
                assert side.text == repaired(source, side.start, side.end, edition.repairs)


def texts(edition: Edition) -> list[tuple[str | None, str | None]]:
    return [
        tuple(side.text if isinstance(side, PassageText) else None for side in (p.en, p.ja))  # type: ignore[misc]
        for p in edition.passages
    ]


def test_a_whole_copy_is_clean_and_every_passage_verified() -> None:
    edition = read(copy_of())
    assert edition.is_clean
    assert edition.counts("en") == edition.counts("ja") == {"verified": 8}
    assert texts(edition) == list(zip(EN, JA, strict=True))
    assert (edition.repairs, edition.set_aside, edition.reordered) == ((), (), ())
    assert [line.role for line in edition.front] == ["title", "byline", "date"]
    accounted(edition)


def test_sentences_of_both_languages_are_aligned() -> None:
    edition = read(copy_of())
    assert [unit.kind for unit in edition.passages[1].units] == ["1-1", "2-1"]
    assert [unit.kind for unit in edition.passages[2].units] == ["1-1", "1-1", "1-1"]
    assert all(unit.status == "aligned" for unit in edition.passages[1].units)


def test_lost_quotation_marks_are_restored() -> None:
    edition = read(copy_of().translate(CURLY_TO_LOST))
    assert edition.is_clean
    assert texts(edition) == list(zip(EN, JA, strict=True))
    assert [repair.kind for repair in edition.repairs] == ["quotation-mark"] * 8
    accounted(edition)


def test_a_real_question_mark_inside_a_lost_quotation_stays() -> None:
    edition = read(copy_of().translate(CURLY_TO_LOST))
    assert "tides since?” he asked" in texts(edition)[2][0]  # type: ignore[operator]


def test_a_mistake_of_the_author_is_kept_and_listed() -> None:
    edition = read(copy_of())
    [found] = edition.corrections
    assert found.correction.says == "37 cracks"
    text = texts(edition)[6][0]
    assert text is not None
    assert text[found.offset :].startswith("37 cracks")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_is_recognized(encoding: str) -> None:
    text = copy_of().translate({ord(a): b for a, b in zip("“”—•", '""-*', strict=True)})
    edition = read(text.encode(encoding))
    assert edition.counts("ja") == {"verified": 8}
    assert edition.counts("en") == {"verified": 8}
    named = {
        "utf-8-sig": "utf-8",
        "utf-16": "utf-16-le",
        "utf-32": "utf-32-le",
        "iso2022_jp_ext": "iso2022_jp",
    }
    assert edition.encoding == named.get(encoding, encoding)
    assert [r.kind for r in edition.repairs] == ["byte-order-mark"] * (
        encoding in ("utf-8-sig", "utf-16", "utf-32")
    )
    accounted(edition)


def test_windows_quotation_marks_are_read_in_western_bytes() -> None:
    edition = read(copy_of(ja=(), front=False).encode("cp1252"))
    assert edition.encoding == "cp1252"
    assert edition.counts("en") == {"verified": 8}


def test_an_invalid_byte_in_utf8_is_a_recorded_repair() -> None:
    data = bytearray(copy_of().encode())
    data[data.index("防".encode()) + 1] = 0x20
    edition = read(bytes(data))
    assert {repair.kind for repair in edition.repairs} == {"undecodable"}
    accounted(edition)


def test_line_ends_and_no_break_spaces_are_repaired() -> None:
    edition = read(copy_of().replace("\n", "\r\n").replace("Tuesday to", "Tuesday\u00a0to"))
    assert edition.is_clean
    assert {repair.kind for repair in edition.repairs} == {"line-end", "no-break-space"}
    assert texts(edition)[0][0] == EN[0]
    accounted(edition)


def test_wrapped_lines_make_one_paragraph() -> None:
    wrapped = EN[1].replace(" ", "\n"), JA[1][:20] + "\n" + JA[1][20:]
    edition = read(copy_of(en=(EN[0], wrapped[0], *EN[2:]), ja=(JA[0], wrapped[1], *JA[2:])))
    assert edition.is_clean
    assert texts(edition)[1] == (EN[1], JA[1])
    accounted(edition)


def test_a_hyphen_before_a_wrap_is_joined_without_a_space() -> None:
    edition = read(copy_of().replace("four hours", "four-\nhours"))
    assert (texts(edition)[0][0] or "").endswith("lasted four-hours.")
    accounted(edition)


def test_removed_invisible_characters_are_recorded_repairs() -> None:
    edition = read(copy_of().replace("councils", "coun\u00adcils\u200b"))
    assert texts(edition)[0][0] == EN[0]
    assert [repair.kind for repair in edition.repairs] == ["invisible-character"] * 2


def test_a_copy_on_one_line_is_split_into_its_paragraphs() -> None:
    text = copy_of(front=False, ja=()).replace("e ", "e <b> ").replace("\n\n", " <p> ")
    edition = read(f"{text}\n{EN[6]}")
    assert edition.counts("en") == {"missing": 7, "verified": 1, "unknown": 1}
    accounted(edition)


def test_long_rows_of_question_marks_and_spaces_are_read() -> None:
    edition = read(copy_of() + "\nSee here " + "?a? " * 20_000 + " " * 30_000 + "." * 30_000 + "end")
    assert edition.counts("en")["verified"] == 8
    accounted(edition)


def test_joined_paragraphs_are_separated() -> None:
    edition = read(copy_of(en=(*EN[:2], EN[2] + " " + EN[3], *EN[4:]), ja=(JA[0] + JA[1], *JA[2:])))
    assert edition.counts("en") == edition.counts("ja") == {"verified": 8}
    assert texts(edition)[:2] == list(zip(EN, JA, strict=True))[:2]
    accounted(edition)


def test_boilerplate_and_the_dateline_are_set_aside() -> None:
    edition = read(
        f"{DATELINE}\n\n{copy_of()}\nSign up for our newsletter\n© 2011 Kazehama Shimpo\n関連記事\n"
    )
    assert [(item.kind, item.text) for item in edition.set_aside] == [
        ("dateline", DATELINE),
        ("furniture", "Sign up for our newsletter"),
        ("furniture", "© 2011 Kazehama Shimpo"),
        ("furniture", "関連記事"),
    ]
    assert edition.is_clean
    accounted(edition)


@pytest.mark.parametrize(
    "sentence",
    [
        "Terms of the 1960 treaty remain in force for both governments.",
        "Share this burden, the ministers said, or lose the alliance.",
        "More in this vein was said by the officers.",
        "Copyright disputes were left out of the talks.",
        "Follow on talks are planned for the end of May.",
        "On May 6, 2011, the two towns signed nothing at all.",
        "条約と著作権について両政府は協議した。",
        "2011年5月6日、両町は何にも署名しなかった。",
    ],
)
def test_a_sentence_is_never_boilerplate_or_a_dateline(sentence: str) -> None:
    edition = read(f"{copy_of()}\n{sentence}\n")
    assert edition.set_aside == ()
    assert not edition.is_clean


def test_wrapped_boilerplate_is_set_aside_as_one() -> None:
    edition = read(f"{copy_of()}\nCopyright © 2011 Kazehama Shimpo. Click here for\nreprint permission.\n")
    assert [item.kind for item in edition.set_aside] == ["furniture"]
    assert edition.is_clean


def test_the_longest_increasing_subsequence_is_found_quickly() -> None:
    from alliance_ref.editions.read_copy import longest_increasing

    assert longest_increasing([3, 1, 2, 5, 4, 6]) == {1, 2, 4, 6}
    assert longest_increasing([]) == set()
    assert len(longest_increasing([*range(1500, 0, -1), *range(1501, 3000)])) == 1500


def test_an_unknown_paragraph_is_kept_in_its_place() -> None:
    edition = read(copy_of(en=(EN[0], FOREIGN[0], *EN[1:])))
    unknown = edition.passages[1]
    assert (unknown.id, unknown.number, unknown.role) == (None, None, "unknown")
    assert isinstance(unknown.en, PassageText)
    assert (unknown.en.status, unknown.en.text) == ("unknown", FOREIGN[0])
    assert not edition.is_clean
    accounted(edition)


def test_the_wrapped_lines_of_an_unknown_paragraph_are_one() -> None:
    words = FOREIGN[1].split()
    wrapped = f"{' '.join(words[:8])}\n{' '.join(words[8:])}"
    edition = read(copy_of(en=(EN[0], f"Weather\n{wrapped}", *EN[1:])))
    unknown = [p.en.text for p in edition.passages if p.id is None and isinstance(p.en, PassageText)]
    assert unknown == ["Weather", FOREIGN[1]]
    accounted(edition)


def test_a_replaced_paragraph_is_missing_and_its_replacement_unknown() -> None:
    edition = read(copy_of(en=(*EN[:3], FOREIGN[0], *EN[4:])))
    assert edition.counts("en") == {"verified": 7, "unknown": 1, "missing": 1}
    [missing] = [p for p in edition.passages if isinstance(p.en, PassageText) and p.en.status == "missing"]
    assert missing.number == 4
    assert isinstance(missing.units[0].en, Gap)
    assert missing.units[0].en.reason == "lost"


def test_a_cut_paragraph_is_damaged_with_its_similarity() -> None:
    edition = read(copy_of(en=(*EN[:6], EN[6][:100], EN[7])))
    side = edition.passages[6].en
    assert isinstance(side, PassageText)
    assert side.status == "damaged"
    assert side.similarity == pytest.approx(100 / len(EN[6]), abs=0.2)
    accounted(edition)


def test_one_changed_letter_is_damage() -> None:
    edition = read(copy_of().replace("four hours", "five hours"))
    side = edition.passages[0].en
    assert isinstance(side, PassageText)
    assert side.status == "damaged"
    assert 0.8 < (side.similarity or 0) < 1


def test_a_repeated_paragraph_is_set_aside_with_the_id_of_the_original() -> None:
    edition = read(copy_of(en=(*EN, EN[6])))
    assert [(item.kind, item.repeats) for item in edition.set_aside] == [("repeated", "sea-wall-2011#7")]


def test_an_excerpt_of_a_complete_paragraph_is_a_repetition() -> None:
    edition = read(copy_of(en=(EN[6][:90], *EN)))
    assert [(item.kind, item.repeats) for item in edition.set_aside] == [("repeated", "sea-wall-2011#7")]
    assert edition.counts("en") == {"verified": 8}


def test_paragraphs_out_of_order_are_reported_and_verified() -> None:
    edition = read(copy_of(en=(EN[0], EN[2], EN[1], *EN[3:])))
    assert edition.counts("en") == {"verified": 8}
    assert edition.reordered in (("sea-wall-2011#2",), ("sea-wall-2011#3",))
    assert not edition.is_clean


def test_a_lost_title_is_missing_and_supplied_by_the_record() -> None:
    edition = read(copy_of().replace(TITLE["ja"] + "\n\n", ""))
    title = edition.front[0]
    assert title.ja == Gap("lost")
    assert title.supplied == (None, TITLE["ja"])
    assert not edition.is_clean


def test_an_untranslated_side_is_a_gap_and_not_a_loss() -> None:
    edition = read_copy(copy_of(ja=()), [document("english-only", japanese=False)])
    side = edition.passages[0].ja
    assert isinstance(side, Gap)
    assert side.reason == "not-translated"
    assert [unit.kind for unit in edition.passages[0].units] == ["1-0", "1-0"]


def test_a_paragraph_in_letters_of_the_other_language_is_not_aligned_by_force() -> None:
    latin = "NATO, ASEAN, KEDO, APEC, ANZUS, SEATO, OSCE, GATT, IAEA"
    record = document()
    fingerprints = Fingerprints(fingerprint(EN[0]), fingerprint(latin))
    passage = attrs.evolve(record.passages[0], fingerprint=fingerprints)
    edition = read_copy(f"{EN[0]}\n\n{latin}", [attrs.evolve(record, passages=(passage,))])
    [unit] = edition.passages[0].units
    assert (unit.kind, unit.confidence) == ("2-1", None)


def test_japanese_alone_is_read_with_lost_english() -> None:
    edition = read(copy_of(en=()))
    assert edition.counts("en") == {"missing": 8}
    assert [unit.kind for unit in edition.passages[0].units] == ["0-1", "0-1"]


def test_the_copy_is_recognized_among_several_documents() -> None:
    other = document("english-only", japanese=False)
    assert read_copy(copy_of(en=()), [other, DOCUMENT]).document.id == "sea-wall-2011"


def test_unrecognized_text_reports_its_similarity() -> None:
    with pytest.raises(UnrecognizedCopy) as caught:
        read("\n\n".join(FOREIGN))
    assert caught.value.similarity < caught.value.needed
    with pytest.raises(UnrecognizedCopy, match="no paragraph"):
        read("No.\nNothing.")


def test_one_damaged_paragraph_is_enough_to_recognize_a_copy() -> None:
    edition = read(f"{FOREIGN[0]}\n\n{EN[6].replace('March', 'April')}\n")
    assert edition.counts("en") == {"missing": 7, "damaged": 1, "unknown": 1}


@given(damaged_copies())
@settings(max_examples=60)
def test_any_mixture_of_damage_is_accounted_for(copy: str) -> None:
    edition = read(copy)
    accounted(edition)
    for passage in edition.passages:
        for side, whole in ((passage.en, EN), (passage.ja, JA)):
            if isinstance(side, PassageText) and side.status == "verified":
                assert passage.number is not None
                assert side.text == whole[passage.number - 1]
    assert len([p for p in edition.passages if p.passage]) == 8


@given(damaged_copies(), st.sampled_from(("utf-8", "utf-8-sig", "utf-16")))
@settings(max_examples=15)
def test_bytes_and_text_give_the_same_passages(copy: str, encoding: str) -> None:
    assert texts(read(copy)) == texts(read(copy.encode(encoding)))


@given(st.text(max_size=200))
@example("\ud800\n" + EN[6])
@example("\x00\n" + EN[6])
@settings(max_examples=80)
def test_any_text_gives_an_edition_or_a_typed_error(text: str) -> None:
    try:
        edition = read(text + "\n")
    except (UnrecognizedCopy, UnreadableCopy):
        return
    accounted(edition)


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_any_bytes_give_an_edition_or_a_typed_error(data: bytes) -> None:
    with pytest.raises((UnrecognizedCopy, UnreadableCopy)):
        read(data)


def test_a_nul_inside_is_repaired_and_its_paragraph_still_verified() -> None:
    edition = read(copy_of().replace("four hours", "four\x00 hours"))
    assert edition.counts("en") == {"verified": 8}
    assert [repair.kind for repair in edition.repairs] == ["control-character"]
    assert texts(edition)[0][0] == EN[0]


def test_a_lone_surrogate_is_repaired() -> None:
    edition = read(copy_of().replace("four hours", "four \ud83dhours"))
    assert [repair.kind for repair in edition.repairs] == ["undecodable"]
    accounted(edition)


def test_a_missing_file_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="no such file") as caught:
        read(tmp_path / "absent.txt")
    assert isinstance(caught.value, FileNotFoundError)


def test_a_folder_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableCopy, match="is a folder"):
        read(tmp_path)


@pytest.mark.parametrize("data", [b"", b"\n \n", "\ufeff".encode(), b"\x00\x00"])
def test_an_empty_file_is_a_typed_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "empty.txt").write_bytes(data)
    with pytest.raises(UnreadableCopy, match="is empty"):
        read(tmp_path / "empty.txt")


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_empty_text_is_a_typed_error(text: str) -> None:
    with pytest.raises(UnreadableCopy, match="is empty"):
        read(text)


def test_binary_bytes_are_a_typed_error() -> None:
    data = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    with pytest.raises(UnreadableCopy, match="not text"):
        read(data)


def test_a_path_with_a_nul_is_a_typed_error() -> None:
    with pytest.raises(UnreadableCopy):
        read(Path("a\x00b"))


def test_fifty_megabytes_are_a_typed_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnreadableCopy, match="too long"):
        read(copy_of() + "x" * 50_000_000)
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(UnreadableCopy, match="too long"):
        read(path)


def test_thousands_of_repeated_paragraphs_and_repairs_are_read() -> None:
    edition = read(copy_of() + f"{EN[6]}\r\n\r\n{FOREIGN[0]}\r\n" * 1_500)
    assert edition.counts("en") == {"verified": 8, "unknown": 1_500}
    assert len(edition.set_aside) == 1_500
    accounted(edition)


def test_a_very_long_line_is_read() -> None:
    edition = read(copy_of() + "\n" + "あ" * 1_000_000 + "\n")
    assert edition.counts("en") == {"verified": 8, "unaligned": 1}
    assert edition.counts("ja") == {"verified": 8, "unknown": 1}
    accounted(edition)

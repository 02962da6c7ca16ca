"""Recognition of encodings, on Japanese and English texts of the shipped data in every supported encoding."""

from itertools import islice

import pytest

from alliance_ref import load
from alliance_ref.errors import UnreadableCopy, UnreadableFile
from alliance_ref.text.encodings import decode, decode_file, detect_encoding

JAPANESE = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp932", "euc_jp", "iso2022_jp")


def _japanese_texts() -> list[str]:
    """Names, titles, sentences, paragraphs and word lists: 201 texts of very different shares of kana."""
    ref = load()
    entries = list(ref.entries())
    names = [entry.label("ja") for entry in entries]
    sentences = [
        segment.text
        for document in ref.documents()
        for passage in document.passages
        for unit in passage.units
        if isinstance(unit.ja, tuple)
        for segment in unit.ja
    ]
    paragraphs = [
        "".join(unit.text("ja") for unit in passage.units)
        for document in ref.documents()
        for passage in document.passages
        if passage.units
    ]
    tables = [
        "\n".join(f"{entry.label('en')}\t{entry.label('ja')}" for entry in entries[at : at + 20])
        for at in range(0, 400, 8)
    ]
    lists = ["\n".join(names[at : at + 12]) for at in range(0, 360, 12)]
    return [
        *islice((name for name in names[::7] if len(name) >= 6), 40),
        *islice((text for text in sentences[::9] if text), 50),
        *islice((text for text in paragraphs[::5] if text), 31),
        *tables,
        *lists,
    ]


TEXTS = _japanese_texts()


def encodable(encoding: str) -> list[str]:
    found = []
    for text in TEXTS:
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            continue
        found.append(text)
    return found


@pytest.mark.parametrize("encoding", JAPANESE)
def test_japanese_text_is_decoded_in_every_encoding_without_a_mark(encoding: str) -> None:
    texts = encodable(encoding)
    assert len(texts) > 150
    wrong = [text for text in texts if decode(text.encode(encoding), "<bytes>")[0] != text]
    assert wrong == []


@pytest.mark.parametrize("encoding", JAPANESE)
def test_japanese_tables_are_decoded_in_every_encoding_without_a_mark(encoding: str) -> None:
    texts = encodable(encoding)
    read = [decode_file(text.encode(encoding), where="a.tsv", format_title="TSV") for text in texts]
    assert read == texts


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_no_part_of_a_table(encoding: str) -> None:
    for text in TEXTS:
        data = text.encode(encoding)
        assert decode_file(data, where="a.tsv", format_title="TSV") == text
        assert decode(data, "<bytes>")[0] == "\ufeff" + text


@pytest.mark.parametrize(
    "text", ["ひらがなだけでかく", "これは\nひらがな。", "The bases of Okinawa", "a,b,c\n1,2,3\n"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_text_of_ascii_bytes_is_decoded_by_its_letters(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "<bytes>") == (text, encoding)


def test_text_of_other_scripts_is_utf8() -> None:
    for text in ("Договор о безопасности", "한미동맹 조약", "Συνθήκη ασφαλείας", "Café “Zürich” – naïve"):
        assert decode(text.encode(), "<bytes>") == (text, "utf-8")


def test_japanese_after_a_long_english_part_is_recognized() -> None:
    text = "The treaty of mutual cooperation.\n" * 5_000 + "日米同盟は新しい段階に入った。"
    for encoding in ("utf-8", "cp932", "euc_jp", "utf-16-le"):
        assert decode(text.encode(encoding), "<bytes>") == (text, encoding)


def test_a_sample_may_end_inside_a_character() -> None:
    data = ("同盟国との協議を続ける。" * 50).encode("cp932")
    for size in range(200, 210):
        assert detect_encoding(data[:size], where="a.csv", format_title="CSV") == "cp932"


def test_western_bytes_are_read_as_a_copy_and_refused_as_a_table() -> None:
    data = "He said “yes” – the café is open.".encode("cp1252")
    assert decode(data, "<bytes>")[1] == "cp1252"
    with pytest.raises(UnreadableFile, match="save the file as UTF-8"):
        decode_file(data, where="a.csv", format_title="CSV")


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" * 9])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableCopy):
        decode(data, "<bytes>")
    with pytest.raises(UnreadableFile):
        decode_file(data, where="a.csv", format_title="CSV")

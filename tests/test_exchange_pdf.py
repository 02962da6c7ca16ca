"""The reader of PDF files: columns, running heads, wrapped lines, vertical writing, unusable files."""

import pytest

from alliance_ref.errors import UnreadableFile
from alliance_ref.exchange.documents.recognition import read_content
from alliance_ref.records.files import FileEdition
from pdf_files import Placed, lines, pdf

LEFT = (
    "The ministers met in the city of Naha on the",
    "sixth of May and talked about the air sta-",
    "tion at Futenma, which both of the govern-",
    "ments want to move to another place soon.",
    "They did not agree on the date of the move,",
    "and talks will go on in June of this year.",
)
RIGHT = (
    "The mayor said after the talks that the city",
    "has waited for a long time and that it can-",
    "not wait for many more years. The long-term",
    "plan of the two governments has to be clear",
    "to all people in the city, and the long-",
    "term plan has to come with a date, he said.",
)


def read(*pages: list[Placed], vertical: bool = False) -> FileEdition:
    return read_content(pdf(pages, vertical=vertical), "naha.pdf")


def texts(edition: FileEdition) -> list[str]:
    return [block.text for block in edition.blocks]


def test_wrapped_and_hyphenated_lines_are_joined() -> None:
    (text,) = texts(read(lines(50, 700, LEFT)))
    assert "about the air station at Futenma, which both of the governments want" in text
    assert "the date of the move, and talks" in text


def test_a_hyphen_of_a_compound_stays() -> None:
    (text,) = texts(read(lines(50, 700, RIGHT)))
    assert "and the long-term plan has to come" in text
    assert "it cannot wait" in text


def test_columns_are_read_one_after_the_other() -> None:
    # Written row by row, as some programs do.
    rows = [line for pair in zip(lines(50, 700, LEFT), lines(320, 700, RIGHT), strict=True) for line in pair]
    title = (50.0, 740.0, 20.0, "Talks on the Air Station Futenma in the City of Naha")
    edition = read([title, *rows])
    assert edition.blocks[0].kind == "heading"
    assert [text[:12] for text in texts(edition)] == ["Talks on the", "The minister", "The mayor sa"]


def test_paragraphs_end_at_short_lines_indents_and_gaps() -> None:
    short = lines(50, 700, [*LEFT[:5], "and that was all."])
    indented = [(60.0, 616.0, 10.0, "Then the mayor spoke for the city about it"), *lines(50, 602, LEFT[1:3])]
    apart = lines(50, 540, LEFT[:3])
    assert [text[:8] for text in texts(read([*short, *indented, *apart]))] == [
        "The mini",
        "Then the",
        "The mini",
    ]


def test_running_heads_and_page_numbers_are_set_aside() -> None:
    def page(number: int) -> list[Placed]:
        head = (50.0, 780.0, 9.0, f"White Paper on Defense, part {number}")
        body = [line[number:] for line in LEFT]
        return [head, *lines(50, 700, body), (300.0, 30.0, 9.0, f"- {number} -")]

    edition = read(*(page(number) for number in (1, 2, 3)))
    assert [(item.kind, item.page) for item in edition.set_aside] == [
        (kind, number) for number in (1, 2, 3) for kind in ("page-header", "page-number")
    ]
    assert not any("White Paper" in text for text in texts(edition))
    assert {block.page for block in edition.blocks} == {1, 2, 3}


def test_a_paragraph_goes_on_over_a_page() -> None:
    edition = read(lines(50, 200, LEFT[:3]), lines(50, 700, LEFT[3:]))
    assert len(edition.blocks) == 1
    assert "governments want to move" in edition.blocks[0].text


JAPANESE = (
    "両政府の大臣は五月六日に那覇市で会合を開き、普天間飛行場の移設に",
    "ついて話し合った。移設の時期については合意に至らず、協議は六月に",
    "も続けられる。",
)


def test_japanese_lines_are_joined_without_spaces() -> None:
    edition = read(lines(50, 700, JAPANESE))
    assert texts(edition) == ["".join(JAPANESE)]
    assert edition.blocks[0].lang == "ja"


def test_radicals_become_kanji() -> None:
    assert texts(read([(50.0, 700.0, 10.0, "⽇⽶の⻑期計画")])) == ["日米の長期計画"]


def test_vertical_text_is_read_from_right_to_left() -> None:
    columns = [(500.0 - 20 * place, 700.0, 10.0, text) for place, text in enumerate(JAPANESE)]
    assert texts(read(columns, vertical=True)) == ["".join(JAPANESE)]


def test_a_page_without_text_is_reported() -> None:
    edition = read(lines(50, 700, LEFT), [])
    assert [(item.kind, item.page) for item in edition.set_aside] == [("image", 2)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[]]), "no-text-layer"),
        (b"%PDF-1.4\nnothing else", "not-a-document"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20, "not-a-document"),
        (b"Talks go on.", "not-a-document"),
    ],
)
def test_unusable_files_have_typed_errors(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_content(data, "naha.pdf")
    assert [problem.reason for problem in caught.value.problems] == [reason]


def test_a_file_with_a_password_is_rejected() -> None:
    encrypt = (
        "<</Filter/Standard/V 1/R 2/Length 40/P -4"
        f"/O<{'28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a'}>"
        f"/U<{'11' * 32}>>>"
    )
    data = pdf([lines(50, 700, LEFT)])
    protected = data.replace(b"/Root 1 0 R", f"/Root 1 0 R/ID[<00><00>]/Encrypt {encrypt}".encode())
    with pytest.raises(UnreadableFile) as caught:
        read_content(protected, "naha.pdf")
    assert caught.value.problems[0].reason == "password"


def test_a_damaged_file_never_crashes() -> None:
    data = pdf([lines(50, 700, LEFT)])
    for cut in range(10, len(data), 97):
        try:
            edition = read_content(data[:cut], "naha.pdf")
        except UnreadableFile:
            continue
        assert edition.blocks


def test_furigana_become_readings() -> None:
    base = (50.0, 700.0, 10.0, "米軍の普天間飛行場に関する協議")
    small = (82.0, 709.5, 6.5, "ふてんま")
    (block,) = read([base, small]).blocks
    assert block.text == "米軍の普天間飛行場に関する協議"
    assert [(block.text[r.start : r.end], r.reading) for r in block.readings] == [("普天間", "ふてんま")]

"""Split English and Japanese text into sentences.

Line ends and paragraphs are treated alike in both languages: a sentence ends at a blank line and before a
line that begins a new item (a bullet, a number or letter with a full stop or bracket, an indent), whatever
the punctuation. Any other line end is a wrapped line, as in copies of printed text, and ends nothing.

The ends of sentences inside a paragraph are found in `english_sentence_ends` and `japanese_sentence_ends`.
`docs/sentences.md` lists all rules.
"""

import re
from collections.abc import Iterable, Iterator

from alliance_ref.arguments import check_lang, check_text
from alliance_ref.records.passages import Segment
from alliance_ref.records.results import Results
from alliance_ref.records.values import Lang
from alliance_ref.text.english_sentence_ends import english_ends
from alliance_ref.text.japanese_sentence_ends import japanese_ends

_NEWLINE = r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])"
_LABEL = (
    r"[（(]?[0-9０-９]{1,3}[)）.．](?![0-9０-９])|[①-⑳]|[一二三四五六七八九十]+、"
    r"|[（(]?(?:[IVX]{1,5}|[A-Za-z])[)）.](?=[^\S\r\n])|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ][.．、]"
    r"|[（(]?[ア-ンｱ-ﾝＡ-Ｚａ-ｚ][)）．]|第[0-9０-９一二三四五六七八九十]{1,3}．"
)
"""The label of an item at the beginning of a line: 1. (2) ① 三、 IV. a. ア． 第１．"""

_PARAGRAPH = re.compile(
    rf"{_NEWLINE}(?=[^\S\r\n]*[\r\n\x0b\x0c\x85\u2028\u2029]"  # a blank line
    r"|[^\S\r\n]*(?:[•●○■□◆◇▪‣]|\*\s)|\u3000|[ \t]{2,})"
    rf"|(?P<maybe>{_NEWLINE})(?=[^\S\r\n]*(?:[・–—-]|{_LABEL}))"
)
_ITEM = re.compile(rf"[^\S\r\n]*(?:[・–—•●○■□◆◇▪‣*-]|{_LABEL})")
_LINE_START = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile(r"\s*")


def sentences(text: str, *, lang: Lang) -> tuple[Segment, ...]:
    """Return the sentences of *text* in order, with their offsets.

    White space around a sentence is left out, and nothing else. A line end inside a sentence is kept. A blank
    line, a bullet or a numbered line ends a sentence even without punctuation; a quotation in Japanese
    brackets stays in its sentence.

    Args:
        text: Text in one language.
        lang: ``"en"`` or ``"ja"``.

    Raises:
        InvalidValue: if *lang* is neither ``"en"`` nor ``"ja"``.
        InvalidType: if *text* is not text.

    >>> import alliance_ref as ar
    >>> [s.text for s in ar.sentences("The U.S. Army agreed. Mr. Ono did too.", lang="en")]
    ['The U.S. Army agreed.', 'Mr. Ono did too.']
    >>> [s.text for s in ar.sentences("「協議する。」と述べた。合意した。", lang="ja")]
    ['「協議する。」と述べた。', '合意した。']
    """
    check_text(text)
    check_lang(lang)
    return english_sentences(text) if lang == "en" else japanese_sentences(text)


def english_sentences(text: str) -> tuple[Segment, ...]:
    """Return the sentences of English *text*; see `sentences`."""
    paragraphs = _paragraph_ends(text)
    return _segments(text, "en", paragraphs, english_ends(text, _starts(text, paragraphs)))


def japanese_sentences(text: str) -> tuple[Segment, ...]:
    """Return the sentences of Japanese *text*; see `sentences`."""
    paragraphs = _paragraph_ends(text)
    return _segments(text, "ja", paragraphs, japanese_ends(text, _starts(text, paragraphs)))


def _paragraph_ends(text: str) -> list[int]:
    """Return the offsets at which a paragraph or an item ends, in order."""
    ends = []
    line = 0
    for found in _PARAGRAPH.finditer(text):
        at = found.start()
        if found["maybe"] is None or _is_before_item(text, line, at):
            ends.append(at)
        line = found.end()
    return ends


def _starts(text: str, paragraph_ends: Iterable[int]) -> list[int]:
    """Return the offsets at which the paragraphs and items begin, after white space."""
    starts: list[int] = []
    for end in (0, *paragraph_ends):
        if not starts or end > starts[-1]:
            found = _SPACE.match(text, end)
            starts.append(found.end() if found else end)
    return starts


def _segments(
    text: str, lang: Lang, paragraph_ends: Iterable[int], sentence_ends: Iterator[int]
) -> tuple[Segment, ...]:
    """Return the parts of *text* between the ends of sentences and paragraphs, stripped of white space."""
    segments = []
    start = 0
    for end in [*sorted({*paragraph_ends, *sentence_ends}), len(text)]:
        part = text[start:end]
        inner = part.strip()
        if inner:
            at = start + len(part) - len(part.lstrip())
            segments.append(Segment(inner, lang, at, at + len(inner)))
        start = end
    return Results(segments)


def _is_before_item(text: str, since: int, end: int) -> bool:
    """Return whether a number or dash after the line that ends at *end* begins an item.

    It does if that line ends in punctuation or is an item itself. Otherwise the line is only wrapped there,
    as in "the year / 1998". *since* is the offset from which to look for the start of the line.
    """
    if text[since:end].rstrip()[-1:] in (*".:;!?。：；！？」）)", ""):
        return True
    start = since
    for found in _LINE_START.finditer(text, since, end):
        start = found.end()
    return _ITEM.match(text, start, end) is not None

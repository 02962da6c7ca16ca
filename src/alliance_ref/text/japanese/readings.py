"""Readings of Japanese text: in kana for the whole text, or above its kanji only (furigana).

The dictionary has the reading of a word, not that of each kanji. Kana between and after the kanji show how
the reading is divided: 引き渡し, read ひきわたし, can only be 引(ひ)き渡(わた)し. Adjacent kanji share one
reading, and so does a word whose kana do not match its reading (今日, お土産).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from alliance_ref.arguments import check_text
from alliance_ref.html import escaped, ruby
from alliance_ref.records.tokens import FuriganaSpan, Token
from alliance_ref.text.japanese.tagging import composed_kana, is_composed, tokenize, words
from alliance_ref.text.scripts import KANJI, KANJI_SUPPLEMENT, TO_HIRAGANA

Decided = Mapping[str, Sequence[str]]
"""Words with the readings that were decided for them, the usual one first."""

_HAN = f"{KANJI}{KANJI_SUPPLEMENT}ヵヶ"
_KANJI = re.compile(f"[{_HAN}]")
_RUNS = re.compile(f"([{_HAN}]+)|[^{_HAN}]+")


def reading(text: str, decided: Decided | None = None) -> str:
    """Return the reading of Japanese *text* in hiragana.

    Digits, Latin letters, punctuation and white space are kept, and so are kanji whose reading is not in the
    dictionary.

    Args:
        text: Any text.
        decided: Words with readings that take precedence over the dictionary, such as those of
            `Reference.decided_readings`; the first of several readings is used.

    >>> import alliance_ref as ar
    >>> ar.reading("日本とNATOの協議"), ar.reading("日本", {"日本": ("にほん", "にっぽん")})
    ('にっぽんとNATOのきょうぎ', 'にほん')
    """
    if not decided and (quick := _reading(text)) is not None:
        return quick
    return "".join(span.kana for span in furigana(text, decided))


def _reading(text: str) -> str | None:
    """Return the reading without making spans, or ``None`` if characters of *text* must be composed first."""
    check_text(text)
    if is_composed(text):
        return None
    parts: list[str] = []
    at = 0
    for surface, word in words(text):
        start = text.index(surface, at)
        if at < start:
            parts.append(text[at:start])  # white space and control characters
        at = start + len(surface)
        parts.append(word.reading if word.reading and _KANJI.search(surface) else surface)
    parts.append(text[at:])
    read = "".join(parts)
    return None if is_composed(read) else read.translate(TO_HIRAGANA)


def furigana(text: str, decided: Decided | None = None) -> tuple[FuriganaSpan, ...]:
    """Return *text* as spans that cover it, those of kanji with their reading in hiragana.

    Args:
        text: Any text.
        decided: As for `reading`.

    >>> import alliance_ref as ar
    >>> [(span.text, span.reading) for span in ar.furigana("人を引き渡す")]
    [('人', 'ひと'), ('を', None), ('引', 'ひ'), ('き', None), ('渡', 'わた'), ('す', None)]
    """
    pieces = _pieces(text, decided or {})
    return tuple(_span(text, start, end, kana) for start, end, kana in _joined(pieces))


def _joined(pieces: Iterator[tuple[int, int, str | None]]) -> Iterator[tuple[int, int, str | None]]:
    """Yield *pieces*, with adjacent ones joined that have no reading."""
    for bare, group in groupby(pieces, lambda piece: piece[2] is None):
        if not bare:
            yield from group
            continue
        [start, end, _], *more = group
        yield start, more[-1][1] if more else end, None


def _span(text: str, start: int, end: int, kana: str | None) -> FuriganaSpan:
    given = text[start:end]
    return FuriganaSpan(start, end, given, kana, kana or _hiragana(given))


def to_ruby_html(text: str, decided: Decided | None = None) -> str:
    """Return *text* as HTML with its readings as ruby; characters that HTML forbids become U+FFFD.

    Args:
        text: Any text.
        decided: As for `reading`.

    >>> import alliance_ref as ar
    >>> ar.to_ruby_html("引く & <")
    '<ruby>引<rp>(</rp><rt>ひ</rt><rp>)</rp></ruby>く &amp; &lt;'
    """
    return "".join(
        escaped(span.text) if span.reading is None else ruby(span.text, span.reading, ("(", ")"))
        for span in furigana(text, decided)
    )


def to_bracketed(text: str, decided: Decided | None = None) -> str:
    """Return *text* with its readings in brackets after the kanji.

    Args:
        text: Any text.
        decided: As for `reading`.

    >>> import alliance_ref as ar
    >>> ar.text.to_bracketed("基地の引き渡し")
    '基地（きち）の引（ひ）き渡（わた）し'
    """
    return "".join(
        span.text if span.reading is None else f"{span.text}（{span.reading}）"
        for span in furigana(text, decided)
    )


def _pieces(text: str, decided: Decided) -> Iterator[tuple[int, int, str | None]]:
    """Yield the parts of *text* in order, as start, end, and reading or ``None``."""
    at = 0
    for start, end, kana in _read(text, tokenize(text), decided):
        if at < start:
            yield at, start, None  # white space and control characters
        at = end
        given = text[start:end]
        if not kana or not _KANJI.search(given):
            yield start, end, None
            continue
        place = start
        for part, part_reading in _split(given, _hiragana(kana)):
            yield place, place + len(part), part_reading
            place += len(part)
    if at < len(text):
        yield at, len(text), None


def _read(text: str, tokens: Sequence[Token], decided: Decided) -> Iterator[tuple[int, int, str]]:
    """Yield words with their readings; decided words that begin and end with tokens take precedence."""
    by_first: dict[str, list[str]] = {}
    for word in decided:
        by_first.setdefault(word[:1], []).append(word)
    ends = {token.end for token in tokens} if decided else set()
    at = 0
    for token in tokens:
        if token.start < at:
            continue
        known = [
            word
            for word in by_first.get(text[token.start], ())
            if text.startswith(word, token.start) and token.start + len(word) in ends and decided[word]
        ]
        if known:
            word = max(known, key=len)
            at = token.start + len(word)
            yield token.start, at, decided[word][0]
        else:
            yield token.start, token.end, token.reading


@lru_cache(maxsize=1 << 14)
def _split(given: str, kana: str) -> tuple[tuple[str, str | None], ...]:
    """Return the runs of kanji of a word with their readings, and the runs between them."""
    runs = [(found.group(), found[1] is not None) for found in _RUNS.finditer(given)]
    # A kanji rarely has less than one kana; for the exceptions (百舌鳥, もず) there is the second pattern.
    for least in ("{%d,}?", "+?"):
        pattern = "".join(
            f"(.{least % len(run) if '%' in least else least})" if is_kanji else re.escape(_hiragana(run))
            for run, is_kanji in runs
        )
        found = re.fullmatch(pattern, kana, re.DOTALL)
        if found:
            kanji_readings = iter(found.groups())
            return tuple((run, next(kanji_readings) if is_kanji else None) for run, is_kanji in runs)
    return ((given, kana),)


def _hiragana(text: str) -> str:
    """Return *text* with katakana as hiragana; lone surrogates are kept."""
    if text.isascii():
        return text
    if any("\ud800" <= character <= "\udfff" for character in text):
        parts = re.split("([\ud800-\udfff]+)", text)
        return "".join(part if at % 2 else _hiragana(part) for at, part in enumerate(parts))
    return composed_kana(text).translate(TO_HIRAGANA)

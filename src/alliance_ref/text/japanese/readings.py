"""Readings of Japanese text: in kana for the whole text, or above its kanji only (furigana).

The dictionary has the reading of a word, not that of each kanji. Kana between and after the kanji show how
the reading is divided: 引き渡し, read ひきわたし, can only be 引(ひ)き渡(わた)し. Adjacent kanji share one
reading, and so does a word whose kana do not match its reading (今日, お土産).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import get_args

from alliance_ref.arguments import check_choice, check_text
from alliance_ref.html import escaped, ruby
from alliance_ref.records.tokens import FuriganaSpan
from alliance_ref.text.japanese.context_readings import OKINAWAN_TOWNS, reading_in_context
from alliance_ref.text.japanese.normalization import composed_kana, dictionary_form
from alliance_ref.text.japanese.number_phrases import (
    Numbers,
    Piece,
    PlacedWord,
    may_have_number,
    number_phrases,
)
from alliance_ref.text.japanese.tagging import dictionary_words
from alliance_ref.text.scripts import KANJI, KANJI_SUPPLEMENT, TO_HIRAGANA

Decided = Mapping[str, Sequence[str]]
"""Words with the readings that were decided for them, the usual one first."""

_HAN = f"{KANJI}{KANJI_SUPPLEMENT}ヵヶ"
_KANJI = re.compile(f"[{_HAN}]")
_RUNS = re.compile(f"([{_HAN}]+)|[^{_HAN}]+")


def reading(text: str, decided: Decided | None = None, *, numbers: Numbers = "digits") -> str:
    """Return the reading of Japanese *text* in hiragana.

    Latin letters, punctuation and white space are kept, and so are kanji whose reading is not in the
    dictionary. Kanji numerals are read out with the counter after them (一回 is いっかい).

    Args:
        text: Any text.
        decided: Words with readings that take precedence over the dictionary, such as those of
            `Reference.decided_readings`; the first of several readings is used.
        numbers: ``digits`` keeps Arabic digits, and the counter has its form after the number read out (3本
            is 3ぼん); only irregular words are written out (2日 is ふつか). ``kana`` reads all numbers out.

    Raises:
        InvalidValue: if *numbers* is neither ``"digits"`` nor ``"kana"``.
        InvalidType: if *text* is not text.

    >>> import alliance_ref as ar
    >>> ar.reading("日本とNATOの協議"), ar.reading("日本", {"日本": ("にほん", "にっぽん")})
    ('にっぽんとNATOのきょうぎ', 'にほん')
    >>> ar.reading("3本と20日"), ar.reading("3本と11日", numbers="kana")
    ('3ぼんとはつか', 'さんぼんとじゅういちにち')
    """
    parts: list[str] = []
    at = 0
    _, places, pieces = _analyzed(text, decided, numbers)
    if places is not None:
        return "".join(span.kana for span in furigana(text, decided, numbers=numbers))
    for start, end, kana in pieces:
        if at < start:
            parts.append(text[at:start])  # white space and control characters
        at = end
        parts.append(kana or text[start:end])
    parts.append(text[at:])
    return "".join(parts).translate(TO_HIRAGANA)


def furigana(
    text: str, decided: Decided | None = None, *, numbers: Numbers = "digits"
) -> tuple[FuriganaSpan, ...]:
    """Return *text* as spans that cover it, those of kanji with their reading in hiragana.

    Args:
        text: Any text.
        decided: As for `reading`.
        numbers: As for `reading`.

    >>> import alliance_ref as ar
    >>> [(span.text, span.reading) for span in ar.furigana("人を引き渡す")]
    [('人', 'ひと'), ('を', None), ('引', 'ひ'), ('き', None), ('渡', 'わた'), ('す', None)]
    """
    read, places, pieces = _analyzed(text, decided, numbers)
    parts = _joined(_divided(read, pieces))
    if places is None:
        return tuple(_span(text, start, end, kana) for start, end, kana in parts)
    return tuple(_span(text, places[start], places[end], kana) for start, end, kana in parts)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
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


def to_ruby_html(text: str, decided: Decided | None = None, *, numbers: Numbers = "digits") -> str:
    """Return *text* as HTML with its readings as ruby; characters that HTML forbids become U+FFFD.

    Args:
        text: Any text.
        decided: As for `reading`.
        numbers: As for `reading`.

    >>> import alliance_ref as ar
    >>> ar.to_ruby_html("引く & <")
    '<ruby>引<rp>(</rp><rt>ひ</rt><rp>)</rp></ruby>く &amp; &lt;'
    """
    return "".join(
        escaped(span.text) if span.reading is None else ruby(span.text, span.reading, ("(", ")"))
        for span in furigana(text, decided, numbers=numbers)
    )


def to_bracketed(text: str, decided: Decided | None = None, *, numbers: Numbers = "digits") -> str:
    """Return *text* with its readings in brackets after the kanji.

    Args:
        text: Any text.
        decided: As for `reading`.
        numbers: As for `reading`.

    >>> import alliance_ref as ar
    >>> ar.text.to_bracketed("基地の引き渡し")
    '基地（きち）の引（ひ）き渡（わた）し'
    """
    return "".join(
        span.text if span.reading is None else f"{span.text}（{span.reading}）"
        for span in furigana(text, decided, numbers=numbers)
    )


def _analyzed(
    text: str, decided: Decided | None, numbers: Numbers
) -> tuple[str, list[int] | None, list[Piece]]:
    """Return *text* in the form of the dictionary, the offsets of that form, and its words with readings."""
    check_text(text)
    check_choice(numbers, "numbers", get_args(Numbers))
    read, places = dictionary_form(text)
    placed = list(_placed(read))
    phrases = number_phrases(read, placed, numbers) if may_have_number(read) else {}
    return read, places, list(_read(read, placed, phrases, decided or {}))


def _placed(text: str) -> Iterator[PlacedWord]:
    """Yield the words of *text*, which is in the form of the dictionary, with their offsets."""
    at = 0
    for surface, word in dictionary_words(text):
        start = text.index(surface, at)
        at = start + len(surface)
        yield PlacedWord(start, at, surface, word)


def _read(
    text: str, placed: Sequence[PlacedWord], phrases: Mapping[int, tuple[Piece, ...]], decided: Decided
) -> Iterator[Piece]:
    """Yield the words of *text* with their readings.

    The longest decided word that begins and ends with words of the dictionary takes precedence, then a number
    with its counter, then the rules for neighbors, then the dictionary.
    """
    by_first = _by_first_character(decided)
    ends = {word.end for word in placed} if by_first.keys() & set(text) else set()
    at = 0
    for place, (start, end, surface, word) in enumerate(placed):
        if start < at:
            continue
        words_here = by_first.get(surface[0])
        if words_here and (known := _decided_word(text, start, ends, words_here)):
            at = start + len(known[0])
            yield start, at, _hiragana(known[1])
        elif start in phrases:
            yield from phrases[start]
            at = phrases[start][-1][1]
        else:
            at = end
            yield start, end, reading_in_context(placed, place) or _dictionary_reading(surface, word.reading)


@lru_cache(maxsize=1 << 14)
def _dictionary_reading(surface: str, kana: str) -> str | None:
    """Return the reading of a word in hiragana, or ``None`` if it has no kanji."""
    return kana.translate(TO_HIRAGANA) if kana and _KANJI.search(surface) else None


def _decided_word(
    text: str, start: int, ends: set[int], words_here: Iterable[tuple[str, str]]
) -> tuple[str, str] | None:
    """Return the longest decided word at *start* that ends with a word of the dictionary, and its reading."""
    known = [item for item in words_here if text.startswith(item[0], start) and start + len(item[0]) in ends]
    return max(known, key=lambda item: len(item[0])) if known else None


def _by_first_character(decided: Decided) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return decided words with their first reading by their first character."""
    if not decided:
        return _TOWNS
    by_first = {first: list(items) for first, items in _TOWNS.items()}
    for word, readings in decided.items():
        if word and readings:
            by_first.setdefault(dictionary_form(word[:1])[0], []).insert(
                0, (dictionary_form(word)[0], readings[0])
            )
    return by_first


_TOWNS: dict[str, list[tuple[str, str]]] = {}
for _town, [_kana] in OKINAWAN_TOWNS.items():
    _TOWNS.setdefault(_town[0], []).append((_town, _kana))


def _divided(text: str, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the parts of *text* in order, the words divided into their kanji and kana."""
    at = 0
    for start, end, kana in pieces:
        if at < start:
            yield at, start, None  # white space and control characters
        at = end
        if kana is None:
            yield start, end, None
            continue
        place = start
        for part, part_reading in _split(text[start:end], kana):
            yield place, place + len(part), part_reading
            place += len(part)
    if at < len(text):
        yield at, len(text), None


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

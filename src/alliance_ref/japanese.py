"""Japanese text: tokens and sentences. The only room that uses fugashi.

Four things MeCab does are kept inside here. It prefers whatever dictionary is installed, so unidic-lite
is named. Its tagger is neither safe to share between threads nor to pickle, so each thread makes its own
and nothing of it leaves. It stops at a NUL and crashes on very long lines, so it is fed pieces. It drops
white space, so a token's place is found in the text, never summed up from the tokens before it.
"""

import csv
import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from alliance_ref.records.passages import Segment
from alliance_ref.records.tokens import Token
from alliance_ref.segmenting import Break, segments_of

if TYPE_CHECKING:
    import fugashi

_PIECE = 20_000
"""Most code points given to MeCab at once; it crashes somewhere above 900,000."""

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_COMPOSED = re.compile(r"[\uff66-\uff9f]|.[\u3099\u309a]|[\ud800-\udfff]", re.DOTALL)
_CLUSTER = re.compile(r"[\uff66-\uff9f][\uff9e\uff9f]?|.[\u3099\u309a]?", re.DOTALL)

_FIELDS, _LEMMA, _PRON, _KANA = 26, 7, 9, 17
"""How many fields an entry of unidic-lite (UniDic 2.1.2) has, and where those used stand."""

_local = threading.local()


def _tagger() -> "fugashi.Tagger":
    """This thread's own tagger on unidic-lite, whatever other dictionary is installed."""
    tagger = getattr(_local, "tagger", None)
    if tagger is None:
        import fugashi
        import unidic_lite

        folder = unidic_lite.DICDIR
        _local.tagger = tagger = fugashi.Tagger(f'-r "{folder}/mecabrc" -d "{folder}"')
    return tagger


class Word(NamedTuple):
    """What the dictionary says of a word."""

    lemma: str
    reading: str
    pronunciation: str
    pos: tuple[str, ...]
    conjugation: tuple[str, ...]
    source_word: str


def words(text: str) -> list[tuple[str, Word]]:
    """The words of Japanese *text* as read, without their places: what :func:`tokenize` knows, faster."""
    found: list[tuple[str, Word]] = []
    for start, end in _pieces(text):
        read, _ = _composed(text[start:end])
        for node in _tagger()(read):
            surface = node.surface
            found.append((surface, _word(surface, node.feature_raw)))
    return found


def tokenize(text: str) -> tuple[Token, ...]:
    """Tokens of Japanese *text* in order, each with its place in *text*.

    Offsets count code points of the text as given, before any normalization. Between two tokens there
    is nothing but white space and control characters. Half-width kana and separate voicing marks are
    read as what they stand for. Safe to call from any thread, and for text of any length.

    >>> [token.lemma for token in tokenize("協議した")]
    ['協議', '為る', 'た']
    >>> [(token.text, token.start, token.source_word) for token in tokenize("ﾐｻｲﾙ防衛")]
    [('ﾐｻｲﾙ', 0, 'missile'), ('防衛', 4, '')]
    """
    tokens: list[Token] = []
    for start, end in _pieces(text):
        _add_tokens(tokens, text[start:end], start)
    return tuple(tokens)


def _add_tokens(tokens: list[Token], piece: str, start: int) -> None:
    """Add the tokens of one piece, which begins at *start*."""
    read, places = _composed(piece)
    at = 0
    for node in _tagger()(read):
        surface = node.surface
        begin = read.index(surface, at)
        at = begin + len(surface)
        word = _word(surface, node.feature_raw)
        if places is None:
            tokens.append(Token(surface, start + begin, start + at, surface, *word, not node.is_unk))
        else:
            first, last = places[begin], places[at]
            given = piece[first:last]
            tokens.append(Token(given, start + first, start + last, surface, *word, not node.is_unk))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where to cut *text* for MeCab: at control characters, and long lines after a full stop if any."""
    if len(text) <= _PIECE and not _BREAKS.search(text):
        yield 0, len(text)
        return
    at = 0
    for found in [*_BREAKS.finditer(text), None]:
        end = found.start() if found else len(text)
        while end - at > _PIECE:
            cut = max(text.rfind(mark, at + _PIECE // 2, at + _PIECE) for mark in "。 、") + 1
            cut = cut if cut > 0 else at + _PIECE
            # A voicing mark belongs to the kana before it; a row of them belongs to nothing.
            if text[cut] in "\u3099\u309a\uff9e\uff9f":
                cut += 1
            yield at, cut
            at = cut
        if at < end:
            yield at, end
        at = found.end() if found else end


def _composed(piece: str) -> tuple[str, list[int] | None]:
    """*piece* as the dictionary needs it, and where each of its code points comes from.

    The list has one place more than the text has code points; ``None`` stands for no change at all.
    """
    if not _COMPOSED.search(piece):
        return piece, None
    parts: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(piece):
        given = cluster.group()
        if "\ud800" <= given[0] <= "\udfff":
            part = "\ufffd" + given[1:]
        elif "\uff66" <= given[0] <= "\uff9f":
            part = unicodedata.normalize("NFKC", given)
        else:
            part = unicodedata.normalize("NFC", given)
        parts.append(part)
        # Each code point of a cluster starts where the cluster does, so no token cuts one in two.
        places += [cluster.start() + min(i, len(given) - 1) for i in range(len(part))]
    places.append(len(piece))
    return "".join(parts), places


@lru_cache(maxsize=1 << 16)
def _word(surface: str, feature: str) -> Word:
    """A dictionary entry taken apart.

    Text says the same words over and over, and taking an entry apart is most of the work.
    """
    fields = next(csv.reader([feature])) if '"' in feature else feature.split(",")
    values = [value if value != "*" else "" for value in fields]
    values += [""] * (_FIELDS - len(values))  # unknown words have their part of speech and no more
    lemma, source_word = _lemma(values[_LEMMA], surface)
    return Word(
        lemma,
        values[_KANA],
        values[_PRON],
        tuple(filter(None, values[:4])),
        tuple(filter(None, values[4:6])),
        source_word,
    )


def _lemma(lemma: str, surface: str) -> tuple[str, str]:
    """UniDic's lemma parted from what it adds behind a hyphen, and that if it is a foreign word."""
    if not lemma:
        return surface, ""
    head, hyphen, tail = lemma.partition("-")
    if not head or not hyphen:
        return lemma, ""
    return head, tail if tail.isascii() else ""


_OPEN, _CLOSE = "「｢『（(［[【〈《｛“", "」｣』）)］]】〉》｝”"
_GOES_ON = frozenset("、､。｡，．旨" + "".join(map(chr, range(0x3041, 0x3097))))
"""What follows a closed quotation that is part of a longer sentence."""

_END = re.compile(r"[。｡！？!?．][。｡！？!?．」｣』）)］\]】〉》｝”]*")


def japanese_sentences(text: str) -> tuple[Segment, ...]:
    """The sentences of Japanese *text*, as :func:`alliance_ref.sentences` gives them."""
    return segments_of(text, "ja", _breaks(text))


def _breaks(text: str) -> Iterator[Break]:
    depths = _depths(text)
    for found in _END.finditer(text):
        mark = found.start()
        after = text[found.end() : found.end() + 1]
        if text[mark] == "．" and after.isdigit():
            continue  # 3．5
        if text[mark] in "!?" and text[max(0, mark - 1) : mark].isascii() and after.isalpha():
            continue  # Yahoo!ニュース
        if depths[mark] and found.end() < len(text):
            # Inside brackets a sentence goes on, and behind them too if a particle follows.
            closes = found.end() - mark > 1 and depths[found.end() - 1] == 0
            if not closes or after in _GOES_ON:
                continue
        yield Break(found.end())


def _depths(text: str) -> list[int]:
    """How many brackets are open behind each code point; one that is never closed does not count."""
    opened: list[int] = []
    closed_by: dict[int, int] = {}
    for at, character in enumerate(text):
        if character in _OPEN:
            opened.append(at)
        elif character in _CLOSE and opened:
            pair = _OPEN.index(text[opened[-1]])
            if _CLOSE[pair] == character:
                closed_by[opened.pop()] = at
    changes = [0] * (len(text) + 1)
    for start, end in closed_by.items():
        changes[start] += 1
        changes[end] -= 1
    depths = []
    depth = 0
    for change in changes[: len(text)]:
        depth += change
        depths.append(depth)
    return depths

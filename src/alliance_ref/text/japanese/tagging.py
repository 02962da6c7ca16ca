"""Words of Japanese text, from MeCab with unidic-lite. The only module that uses fugashi.

Four things MeCab does are kept inside here. It prefers whatever dictionary is installed, so unidic-lite
is named. Its tagger is neither safe to share between threads nor to pickle, so each thread makes its own
and nothing of it leaves. It stops at a NUL and crashes on very long lines, so it is fed pieces. It drops
white space, so a token's place is found in the text, never summed up from the tokens before it.

It is asked for one string a piece, a line a word, and not for its nodes: text says the same words over and
over, so nearly every line was read before and costs one look into a dictionary.
"""

import csv
import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from alliance_ref.arguments import check_text
from alliance_ref.records.tokens import Token, Upos
from alliance_ref.text.japanese.pos import depends, in_context, universal

if TYPE_CHECKING:
    import fugashi

_PIECE = 20_000
"""Most code points given to MeCab at once; it crashes somewhere above 900,000."""

_RUN = 1_000
"""Most code points of one sort given to MeCab in a row: at each it looks to the end of the row again."""

_KNOWN_SORTS = "\u3041-\u3096\u4e00-\u9fff"  # hiragana and kanji, of which it looks at few
_ROWS = re.compile(
    f"[^\x00-\u04ff\u3000-\u9fff\uff00-\uffef]+|(?:[^\\W\\d_{_KNOWN_SORTS}]|[\u3099\u309a])+|\\d+|[^\\w\\s]+"
)
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_COMPOSED = re.compile(r"[\uff66-\uff9f]|.[\u3099\u309a]|[\ud800-\udfff]", re.DOTALL)
_PERHAPS_COMPOSED = re.compile("[\uff66-\uff9f\u3099\u309a\ud800-\udfff]")
_CLUSTER = re.compile(r"[\uff66-\uff9f][\uff9e\uff9f]?|.[\u3099\u309a]?", re.DOTALL)

_FIELDS, _LEMMA, _PRON, _KANA = 26, 7, 9, 17
"""How many fields an entry of unidic-lite (UniDic 2.1.2) has, and where those used stand."""

_UNKNOWN = "\x01"
"""Marks the lines of words that the dictionary does not have; no piece holds it."""

_local = threading.local()


def _tagger() -> "fugashi.Tagger":
    """This thread's own tagger on unidic-lite, whatever other dictionary is installed."""
    tagger = getattr(_local, "tagger", None)
    if tagger is None:
        import fugashi
        import unidic_lite

        folder = unidic_lite.DICDIR
        lines = rf"-O '' -F '%m\t%H\n' -U '%m\t{_UNKNOWN}%H\n' -E ''"
        _local.tagger = tagger = fugashi.Tagger(f'-r "{folder}/mecabrc" -d "{folder}" {lines}')
    return tagger


class Word(NamedTuple):
    """What the dictionary says of a word."""

    lemma: str
    reading: str
    pronunciation: str
    pos: tuple[str, ...]
    conjugation: tuple[str, ...]
    source_word: str
    known: bool
    upos: Upos


class _Draft:
    """A token while its fields are filled in.

    A frozen record sets each field by ``object.__setattr__``, which would take longer than MeCab does. With
    the slots of a token this class can become one, in a third of the time.
    """

    __slots__ = tuple(field.name for field in attrs.fields(Token))

    def __init__(self, text: str, start: int, end: int, surface: str, word: Word) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.surface = surface
        (
            self.lemma,
            self.reading,
            self.pronunciation,
            self.pos,
            self.conjugation,
            self.source_word,
            self.known,
            self.upos,
        ) = word


class _Line(NamedTuple):
    """A line of MeCab's taken apart, and whether the words around it matter."""

    surface: str
    word: Word
    depends: bool


def words(text: str) -> list[tuple[str, Word]]:
    """The words of Japanese *text* as read, without their places: what :func:`tokenize` knows, faster.

    The universal part of speech is the one of the word by itself.
    """
    return [
        (surface, word)
        for start, end in pieces(text)
        for surface, word, _ in _lines(_composed(text[start:end])[0])
    ]


def word_lines(text: str) -> list[str]:
    """The words of Japanese *text* as MeCab writes them, a line each, for :func:`word_of_line`.

    Equal words have equal lines, so that a caller who keeps what it needs of each line reads fastest.
    """
    tagger = _tagger()
    if len(text) <= _RUN and not _BREAKS.search(text):
        lines: list[str] = tagger.parse(_composed(text)[0]).split("\n")
        return lines if lines[-1] else [line for line in lines if line]
    return [
        line
        for start, end in pieces(text)
        for line in tagger.parse(_composed(text[start:end])[0]).split("\n")
        if line
    ]


def word_of_line(line: str) -> tuple[str, Word]:
    """The surface of a line of :func:`word_lines`, and what the dictionary says of the word.

    >>> surface, word = word_of_line(word_lines("同盟")[0])
    >>> surface, word.upos
    ('同盟', 'NOUN')
    """
    surface, word, _ = _line(line)
    return surface, word


def tokenize(text: str) -> tuple[Token, ...]:
    """Tokens of Japanese *text* in order, each with its place in *text*.

    Offsets count code points of the text as given, before any normalization. Between two tokens there
    is nothing but white space and control characters. Half-width kana and separate voicing marks are
    read as what they stand for. Safe to call from any thread, and for text of any length.

    >>> import alliance_ref as ar
    >>> [token.lemma for token in ar.tokenize("協議した")]
    ['協議', '為る', 'た']
    >>> [(token.text, token.start, token.source_word) for token in ar.tokenize("ﾐｻｲﾙ防衛")]
    [('ﾐｻｲﾙ', 0, 'missile'), ('防衛', 4, '')]
    >>> [f"{token}/{token.upos}" for token in ar.tokenize("日本は協議をした")]
    ['日本/PROPN', 'は/ADP', '協議/NOUN', 'を/ADP', 'し/VERB', 'た/AUX']
    """
    check_text(text)
    tokens: list[Token] = []
    for start, end in pieces(text):
        _add_tokens(tokens, text[start:end], start)
    return tuple(tokens)


def _add_tokens(tokens: list[Token], piece: str, start: int) -> None:
    """Add the tokens of one piece, which begins at *start*."""
    read, places = _composed(piece)
    lines = _lines(read)
    open_places = [place for place, line in enumerate(lines) if line[2]]
    if open_places:
        for place, upos in in_context([line[1] for line in lines], open_places).items():
            surface, word, _ = lines[place]
            lines[place] = _Line(surface, word._replace(upos=upos), False)
    at = 0
    find, add = read.index, tokens.append
    for surface, word, _ in lines:
        begin = find(surface, at)
        at = begin + len(surface)
        first, last, given = begin, at, surface
        if places is not None:
            first, last = places[begin], places[at]
            given = piece[first:last]
        first, last = start + first, start + last
        token: Any = _Draft(given, first, last, surface, word)
        token.__class__ = Token
        add(token)


def _lines(read: str) -> list[_Line]:
    """What MeCab says of a piece, word for word."""
    said = _tagger().parse(read)
    return [_line(line) for line in said.split("\n") if line]


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where to cut *text* for MeCab: at control characters, long lines, and long rows of one sort."""
    for at, end in _lines_of(text):
        start = at
        for found in _ROWS.finditer(text, start, end) if end - start > _RUN else ():
            while found.end() - start > _RUN < found.end() - found.start():
                cut = _before_no_mark(text, max(start, found.start()) + _RUN)
                if cut >= found.end():
                    break
                yield start, cut
                start = cut
        yield start, end


def _lines_of(text: str) -> Iterator[tuple[int, int]]:
    """The lines of *text*, long ones cut after a full stop if any."""
    if len(text) <= _PIECE and not _BREAKS.search(text):
        yield 0, len(text)
        return
    at = 0
    for found in [*_BREAKS.finditer(text), None]:
        end = found.start() if found else len(text)
        while end - at > _PIECE:
            cut = max(text.rfind(mark, at + _PIECE // 2, at + _PIECE) for mark in "。 、") + 1
            cut = _before_no_mark(text, cut if cut > 0 else at + _PIECE)
            yield at, cut
            at = cut
        if at < end:
            yield at, end
        at = found.end() if found else end


def _before_no_mark(text: str, cut: int) -> int:
    """*cut*, or the place behind the voicing mark there: it belongs to the kana before it."""
    return cut + (text[cut : cut + 1] in tuple("\u3099\u309a\uff9e\uff9f"))


def _composed(piece: str) -> tuple[str, list[int] | None]:
    """*piece* as the dictionary needs it, and where each of its code points comes from.

    The list has one place more than the text has code points; ``None`` stands for no change at all.
    """
    if not is_composed(piece):
        return piece, None
    parts: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(piece):
        given = cluster.group()
        part = composed_kana(given)
        parts.append(part)
        # Each code point of a cluster starts where the cluster does, so no token cuts one in two.
        places += [cluster.start() + min(i, len(given) - 1) for i in range(len(part))]
    places.append(len(piece))
    return "".join(parts), places


def is_composed(text: str) -> bool:
    """Whether :func:`composed_kana` changes anything about *text*."""
    # One set of characters is quicker to look for than three patterns, and most text has none of them.
    return _PERHAPS_COMPOSED.search(text) is not None and _COMPOSED.search(text) is not None


def composed_kana(text: str) -> str:
    """*text* with half-width kana made full and separate voicing marks joined on, nothing else changed.

    A lone surrogate, which no encoder takes, becomes U+FFFD.
    """
    return _CLUSTER.sub(lambda found: _cluster(found.group()), text) if is_composed(text) else text


def _cluster(given: str) -> str:
    if "\ud800" <= given[0] <= "\udfff":
        return "\ufffd" + given[1:]
    if "\uff66" <= given[0] <= "\uff9f":
        return unicodedata.normalize("NFKC", given)
    return unicodedata.normalize("NFC", given) if len(given) > 1 else given


@lru_cache(maxsize=1 << 16)
def _line(line: str) -> _Line:
    """A line of MeCab's taken apart."""
    surface, _, feature = line.partition("\t")
    known = not feature.startswith(_UNKNOWN)
    feature = feature.removeprefix(_UNKNOWN)
    fields = next(csv.reader([feature])) if '"' in feature else feature.split(",")
    values = [value if value != "*" else "" for value in fields]
    values += [""] * (_FIELDS - len(values))  # unknown words have their part of speech and no more
    lemma, source_word = _lemma(values[_LEMMA], surface)
    pos, conjugation = tuple(filter(None, values[:4])), tuple(filter(None, values[4:6]))
    word = Word(lemma, values[_KANA], values[_PRON], pos, conjugation, source_word, known, universal(pos))
    return _Line(surface, word, depends(pos, conjugation))


def _lemma(lemma: str, surface: str) -> tuple[str, str]:
    """UniDic's lemma parted from what it adds behind a hyphen, and that if it is a foreign word."""
    if not lemma:
        return surface, ""
    head, hyphen, tail = lemma.partition("-")
    if not head or not hyphen:
        return lemma, ""
    return head, tail if tail.isascii() else ""

"""Tokenize Japanese text with MeCab and unidic-lite. The only module that uses fugashi.

It hides four properties of MeCab:

- It prefers any other installed dictionary, so unidic-lite is passed explicitly.
- Its tagger can neither be used by two threads at once nor pickled, and fugashi never unmaps the dictionary
  (250 MB of address space) of a tagger. So there is one tagger with a lock, and no object of MeCab leaves
  this module. A tagger per thread would not be faster: fugashi keeps Python's global lock while MeCab works.
- It stops at a NUL and crashes on very long lines, so it gets the text in pieces.
- It drops white space, so offsets are looked up in the text and never summed up from earlier tokens.

MeCab is asked for one string per piece, with a line per word, instead of its nodes. Texts repeat their words,
so nearly every line has been parsed before and costs one dictionary lookup.
"""

import csv
import os
import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from alliance_ref.arguments import check_text
from alliance_ref.records.results import Results
from alliance_ref.records.tokens import Token, Upos
from alliance_ref.text.japanese.normalization import composed_text, with_current_kanji
from alliance_ref.text.japanese.pos import depends, in_context, universal

if TYPE_CHECKING:
    import fugashi

_PIECE = 20_000
"""Maximum number of code points passed to MeCab at once; it crashes above about 900,000."""

_RUN = 1_000
"""Maximum length of a run of one character type: at each position, MeCab scans to the end of the run."""

_SHORT_RUNS = "\u3041-\u3096\u4e00-\u9fff"  # hiragana and kanji, of which it groups few
_LONG_RUNS = re.compile(
    f"[^\x00-\u04ff\u3000-\u9fff\uff00-\uffef]+|(?:[^\\W\\d_{_SHORT_RUNS}]|[\u3099\u309a])+|\\d+|[^\\w\\s]+"
)
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_FIELDS, _LEMMA, _PRON, _ORIGIN, _INITIAL, _KANA, _JOINING = 26, 7, 9, 12, 13, 17, 22
"""Number of fields of an entry of unidic-lite (UniDic 2.1.2), and the indexes of those used here."""

_UNKNOWN = "\x01"
"""Marks the lines of words that are not in the dictionary; no piece contains it."""

_NUMBER = re.compile(
    "(?<![0-9０-９.,．，])(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?|[0-9０-９]+[.．][0-9０-９]+)"
    "(?![.,．，]?[0-9０-９])"
)
_MAY_BE_NUMBER = re.compile("[0-9０-９][.,．，][0-9０-９]")

_LONG_VOWEL = re.compile("([ュョ])ウ")

_JOINED_MARKS = {",": "\u2072", ".": "\u2073", "，": "\u209d", "．": "\u209e"}
"""Unassigned code points that UniDic classifies as digits: with them for its marks, a number is one word."""

_TO_JOINED = str.maketrans(_JOINED_MARKS)
_FROM_JOINED = str.maketrans({joined: mark for mark, joined in _JOINED_MARKS.items()})
_RESERVED = re.compile(f"[{''.join(_JOINED_MARKS.values())}]")


class _SharedTagger:
    """The tagger of this process, which uses unidic-lite; it is created when it is first used."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tagger: fugashi.Tagger | None = None
        if hasattr(os, "register_at_fork"):
            # Another thread may be using the tagger while a process is forked.
            os.register_at_fork(after_in_child=self._reset)

    def parse(self, text: str) -> str:
        """Return the lines of MeCab for *text*."""
        with self._lock:
            tagger = self._tagger
            if tagger is None:
                self._tagger = tagger = _new_tagger()
            lines: str = tagger.parse(text)
            return lines

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._tagger = None


_shared = _SharedTagger()


def _new_tagger() -> "fugashi.Tagger":
    import fugashi
    import unidic_lite

    folder = unidic_lite.DICDIR
    lines = rf"-O '' -F '%m\t%H\n' -U '%m\t{_UNKNOWN}%H\n' -E ''"
    return fugashi.Tagger(f'-r "{folder}/mecabrc" -d "{folder}" {lines}')


class Word(NamedTuple):
    """The dictionary entry of a word."""

    lemma: str
    reading: str
    pronunciation: str
    pos: tuple[str, ...]
    conjugation: tuple[str, ...]
    source_word: str
    known: bool
    upos: Upos
    counter: tuple[str, str, str] = ("", "", "")
    """How the word changes after a number: UniDic's `goshu`, `iType` and `fConType`."""


class _Draft:
    """A token during construction.

    A frozen record sets each field with ``object.__setattr__``, which takes longer than MeCab. This class has
    the same slots, so an instance can become a `Token` by its `__class__`, in a third of the time.
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
            _,
        ) = word


class _Line(NamedTuple):
    """A parsed line of MeCab, and whether its part of speech depends on the context."""

    surface: str
    word: Word
    depends: bool


def words(text: str) -> list[tuple[str, Word]]:
    """Return the words of Japanese *text* without offsets, which is faster than `tokenize`.

    The universal part of speech does not take the context into account.
    """
    return [
        (surface, word)
        for start, end in pieces(text)
        for surface, word, _ in _lines(composed_text(text[start:end])[0])
    ]


def dictionary_words(text: str) -> list[tuple[str, Word]]:
    """Return the words of *text*, which is in the form of the dictionary already, as `words` does.

    The surfaces are in *text* as they are.
    """
    return [(surface, word) for start, end in pieces(text) for surface, word, _ in _lines(text[start:end])]


def word_lines(text: str) -> list[str]:
    """Return the words of Japanese *text* as lines of MeCab, for `word_of_line`.

    Equal words have equal lines, so callers can cache their results by line.
    """
    if len(text) <= _RUN and not _BREAKS.search(text):
        lines = _parsed(composed_text(text)[0]).split("\n")
        return lines if lines[-1] else [line for line in lines if line]
    return [
        line
        for start, end in pieces(text)
        for line in _parsed(composed_text(text[start:end])[0]).split("\n")
        if line
    ]


def word_of_line(line: str) -> tuple[str, Word]:
    """Return the surface of a line of `word_lines`, and the dictionary entry of the word.

    >>> surface, word = word_of_line(word_lines("同盟")[0])
    >>> surface, word.upos
    ('同盟', 'NOUN')
    """
    surface, word, _ = _line(line)
    return surface, word


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of Japanese *text* in order, with their offsets.

    Offsets count code points of the original text, before any normalization. Only white space and control
    characters are between two tokens. Half-width kana and separate voicing marks are analyzed as full-width
    and combined kana; radicals, compatibility forms and old forms of kanji as the current kanji; invisible
    characters belong to the character before them. A number with its marks (8,000; 3.5) is one token. This
    function is thread-safe and accepts text of any length.

    Raises:
        InvalidType: if *text* is not text.

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
    return Results(tokens)


def _add_tokens(tokens: list[Token], piece: str, start: int) -> None:
    """Append the tokens of one piece, which begins at *start*."""
    composed, places = composed_text(piece)
    lines = _lines(composed)
    open_places = [place for place, line in enumerate(lines) if line[2]]
    if open_places:
        for place, upos in in_context([line[1] for line in lines], open_places).items():
            surface, word, _ = lines[place]
            lines[place] = _Line(surface, word._replace(upos=upos), False)
    at = 0
    find, add = composed.index, tokens.append
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


def _lines(composed: str) -> list[_Line]:
    """Return the parsed lines of MeCab for a piece."""
    return [_line(line) for line in _parsed(composed).split("\n") if line]


def _parsed(composed: str) -> str:
    """Return the lines of MeCab for a piece, which has composed kana; a number with its marks is one word."""
    read = with_current_kanji(composed)
    lines: str
    if _MAY_BE_NUMBER.search(read) and not _RESERVED.search(read):
        joined = _NUMBER.sub(lambda found: found.group().translate(_TO_JOINED), read)
        lines = _shared.parse(joined).translate(_FROM_JOINED)
    else:
        lines = _shared.parse(read)
    return lines if read == composed else "\n".join(_with_surfaces(lines, read, composed))


def _with_surfaces(lines: str, read: str, composed: str) -> Iterator[str]:
    """Yield *lines* with the kanji of the text in place of the current ones."""
    at = 0
    for line in filter(None, lines.split("\n")):
        surface, tab, features = line.partition("\t")
        start = read.index(surface, at)
        at = start + len(surface)
        yield f"{composed[start:at]}{tab}{features}"


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the pieces of *text* for MeCab, cut at control characters and in long lines and runs."""
    for at, end in _lines_of(text):
        start = at
        for found in _LONG_RUNS.finditer(text, start, end) if end - start > _RUN else ():
            while found.end() - start > _RUN < found.end() - found.start():
                cut = _after_voicing_mark(text, max(start, found.start()) + _RUN)
                if cut >= found.end():
                    break
                yield start, cut
                start = cut
        yield start, end


def _lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of *text*, long ones cut after a full stop if there is one."""
    if len(text) <= _PIECE and not _BREAKS.search(text):
        yield 0, len(text)
        return
    at = 0
    for found in [*_BREAKS.finditer(text), None]:
        end = found.start() if found else len(text)
        while end - at > _PIECE:
            cut = max(text.rfind(mark, at + _PIECE // 2, at + _PIECE) for mark in "。 、") + 1
            cut = _after_voicing_mark(text, cut if cut > 0 else at + _PIECE)
            yield at, cut
            at = cut
        if at < end:
            yield at, end
        at = found.end() if found else end


def _after_voicing_mark(text: str, cut: int) -> int:
    """Return *cut*, or the offset after a voicing mark there, which belongs to the kana before it."""
    return cut + (text[cut : cut + 1] in tuple("\u3099\u309a\uff9e\uff9f"))


@lru_cache(maxsize=1 << 16)
def _line(line: str) -> _Line:
    """Return a line of MeCab, parsed."""
    surface, _, feature = line.partition("\t")
    known = not feature.startswith(_UNKNOWN)
    feature = feature.removeprefix(_UNKNOWN)
    fields = next(csv.reader([feature])) if '"' in feature else feature.split(",")
    values = [value if value != "*" else "" for value in fields]
    values += [""] * (_FIELDS - len(values))  # unknown words have only a part of speech
    lemma, source_word = _lemma(values[_LEMMA], surface)
    pos, conjugation = tuple(filter(None, values[:4])), tuple(filter(None, values[4:6]))
    kana, pronunciation = values[_KANA], values[_PRON]
    if not kana and pos == ("名詞", "数詞"):
        from alliance_ref.text.japanese.numbers import number_katakana  # most text has few numbers

        kana = number_katakana(surface)
        pronunciation = _LONG_VOWEL.sub("\\1ー", kana)
    counter = values[_ORIGIN], values[_INITIAL], values[_JOINING]
    word = Word(lemma, kana, pronunciation, pos, conjugation, source_word, known, universal(pos), counter)
    return _Line(surface, word, depends(pos, conjugation))


def _lemma(lemma: str, surface: str) -> tuple[str, str]:
    """Return the lemma without the part that UniDic puts after a hyphen, and that part if it is ASCII."""
    if not lemma:
        return surface, ""
    head, hyphen, tail = lemma.partition("-")
    if not head or not hyphen:
        return lemma, ""
    return head, tail if tail.isascii() else ""

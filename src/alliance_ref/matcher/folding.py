"""Text folded where it stands: a key as long as the text it was made from.

Folding by :func:`alliance_ref.text.keys.fold` goes from cluster to cluster and keeps two lists of places. To
look for names in much text it is quicker to fold all of it with one table and to move nothing: what a key
drops becomes a space, what goes with the character before it becomes :data:`TAIL`, and a character that folds
to several, or to a letter that is no part of a word (``²``), becomes a code that :func:`expanded` undoes.
"""

import re
import unicodedata
from functools import cache
from itertools import count

from alliance_ref.text.keys import OLD_KANJI, name_key

TAIL = "\U0010fffe"
"""Stands where a mark was that folds into the character before it."""

_FIRST_TIGHT, _FIRST_LOOSE, _LAST = 0x100000, 0x108000, 0x10FFF0
_CODES_AT_MOST = 0x4000
_LETTERS = "0-9a-z\u00df-\u00f6\u00f8-\u024f\U00100000-\U00107fff"
WORD = f"[{_LETTERS}][{_LETTERS}{TAIL}]*"
"""What a word of Latin letters and digits looks like in folded text."""

LATIN = re.compile(f"[{_LETTERS}]")
ALPHABETS = re.compile(
    "[\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u10a0-\u10ff\u1c80-\u1cbf\u1f00-\u1fff\u2c80-\u2d2f]"
)
"""Letters of other alphabets that are written in words as Latin ones are: Greek, Cyrillic and the like."""

UNIT = re.compile(f"{WORD}|(?s:.){TAIL}*")
"""A word, or one other character: names begin and end with one."""

_MUCH = 10_000
_CHANGED_AT_MOST = 200
_NOT_ASCII = re.compile("([^\x00-\x7f]+)")
CODED = re.compile("[\U00100000-\U0010ffff]")
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1160-\u11ff"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f"
)
_MARK = re.compile(f"[{_MARKS}]")
_CLUSTER = re.compile(f"(?s:[^ ])[{_MARKS}]+")
_ONE_LETTER = re.compile("[0-9a-z\u00df-\u00f6\u00f8-\u024f]+")

_codes: dict[tuple[str, bool], str] = {}
_meanings: dict[int, str] = {ord(TAIL): ""}
_next_tight, _next_loose = count(_FIRST_TIGHT), count(_FIRST_LOOSE)


def level(text: str) -> str:
    """The key of *text*, each of its characters where it stands in *text*.

    >>> level("Ｕ.Ｓ.–Japan"), len(level("ﾐｻｲﾙﾎﾞｳｴｲ"))
    ('u s  japan', 9)
    """
    if text.isascii():
        return text.translate(_ASCII)
    folded = _translated(text)
    return _CLUSTER.sub(_joined, folded) if _MARK.search(folded) else folded


def _translated(text: str) -> str:
    """*text* by the table, done in the way that is quickest for much text of its sort."""
    if len(text) < _MUCH:
        return text.translate(_table)
    if len(text.encode("ascii", "ignore")) > 0.9 * len(text):
        pieces = _NOT_ASCII.split(text)
        return "".join([piece.translate(_ASCII if piece.isascii() else _table) for piece in pieces])
    perhaps = set(_perhaps_changed().findall(text))
    changed = {old: new for old in perhaps if (new := _table[ord(old)]) != old}
    if len(changed) > _CHANGED_AT_MOST or any(new in changed for new in changed.values()):
        return text.translate(_table)
    for old, new in changed.items():
        text = text.replace(old, new)
    return text


@cache
def _perhaps_changed() -> "re.Pattern[str]":
    """All but kana and kanji that are their own keys: in Japanese text that is little to go through."""
    old = sorted(character for character in OLD_KANJI if "\u3400" <= character <= "\u9fff")
    edges = zip(["\u33ff", *old], [*old, "\ua000"], strict=True)
    kanji = [
        f"{chr(ord(before) + 1)}-{chr(ord(after) - 1)}"
        for before, after in edges
        if ord(after) - ord(before) > 1
    ]
    return re.compile(f"[^ぁ-ゖァ-ヺー{''.join(kanji)}]")


def is_coded(folded: str) -> bool:
    """Whether folded text has anything that must be expanded."""
    return not folded.isascii() and CODED.search(folded) is not None


def expanded(folded: str) -> str:
    """A piece of folded text with what its codes stand for; as it is if it has none."""
    return folded.translate(_meanings)


def _joined(found: "re.Match[str]") -> str:
    cluster = found.group()
    return _placed(name_key(expanded(cluster)), len(cluster), tight=LATIN.match(cluster) is not None)


def _placed(key: str, size: int, *, tight: bool) -> str:
    """*key* in the place of *size* characters, which are part of a word if *tight*."""
    if not key:
        return " " * size
    if len(key) > 1 or key >= "\U00100000" or (not tight and _ONE_LETTER.fullmatch(key)):
        key = _code(key, tight=tight)
    return key + TAIL * (size - 1)


def _code(meaning: str, *, tight: bool) -> str:
    code = _codes.get((meaning, tight))
    if code is None:
        number = next(_next_tight if tight else _next_loose)
        if number - (_FIRST_TIGHT if tight else _FIRST_LOOSE) >= _CODES_AT_MOST:
            return "\ufffd"  # more than any text has that was not made to have them
        _meanings[number] = meaning
        code = _codes.setdefault((meaning, tight), chr(number))
    return code


class _Table(dict[int, str]):
    """What each character becomes, filled in as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        key = name_key(character)
        tight = unicodedata.category(character)[0] in "LM" or character.isdecimal()
        folded = _placed(key, 1, tight=tight and _ONE_LETTER.fullmatch(key) is not None)
        self[code] = folded
        return folded


_table = _Table()
_ASCII = {code: _table[code] for code in range(128)}

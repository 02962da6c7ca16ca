"""Check readings against the dictionary and the decided readings, and romanizations against the rules."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

from alliance_ref.checks.codes import CODES
from alliance_ref.records import Entry, Finding, Name
from alliance_ref.reference import Reference
from alliance_ref.text.folding import name_key
from alliance_ref.text.japanese.tagging import tokenize, words
from alliance_ref.text.keys import reading_key
from alliance_ref.text.romanization import may_be_written, romanize

_LETTER_NAMES = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "えー びー しー でぃー いー えふ じー えいち あい じぇー けー える えむ えぬ おー ぴー きゅー あーる "
        "えす てぃー ゆー ぶい だぶりゅー えっくす わい ぜっと".split(),
        strict=True,
    )
)
_OTHER_LETTER_NAMES = dict(
    zip("adhjkotvz", "えい でー えっち じぇい けい おう てぃ ゔい ぜっど".split(), strict=True)
)
_ENGLISH_NUMERALS = "ぜろ わん つー すりー ふぉー ふぁいぶ しっくす せぶん えいと ないん てん".replace(
    " ", "|"
)
_NUMERALS = "[いちにさんしよごろくなはきゅうじひゃびぴせぜまるおっつか]+"
_OPENED, _CLOSED = "\ue000", "\ue001"
_DIGITS = re.compile("[0-9]+")
_PUNCTUATION = re.compile(r"[\s「」『』（）()、，・･：:；－―‐\-–—~～〈〉《》\"'.．/／【】]+")


def check_names(reference: Reference) -> Iterator[Finding]:
    """Yield the findings on readings, romanizations and shared name keys."""
    decided = reference.decided_readings(parts=True)
    keys: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in reference.entries():
        for name in entry.names:
            if name.lang == "ja":
                yield from _japanese(entry, name, decided)
            keys[name_key(name.text)].setdefault(entry.id, name.text)
    for found in keys.values():
        if len(found) > 1:
            items = tuple(f"{entry_id} ({text})" for entry_id, text in found.items())
            yield CODES["W304"].finding(next(iter(found)), items=items)


def _japanese(entry: Entry, name: Name, decided: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    if not name.reading or not name.romanization:
        yield CODES["E301"].finding(
            entry.id, "reading" if not name.reading else "romanization", name=name.text
        )
        return
    if not is_read(name.text, name.reading, decided):
        dictionary = "".join(word.reading or surface for surface, word in words(name.text))
        yield CODES["E302"].finding(
            entry.id, name=name.text, reading=name.reading, dictionary=reading_key(dictionary)
        )
    if not name.sources and not may_be_written(_plain(name.reading), _plain(name.romanization)):
        yield CODES["E303"].finding(
            entry.id,
            reading=name.reading,
            romanization=name.romanization,
            rule=romanize(name.reading),
        )


def _plain(text: str) -> str:
    return _PUNCTUATION.sub("", text)


def is_read(text: str, reading: str, decided: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether *reading* is possible for *text*.

    Possible readings are those of the dictionary, the *decided* ones and the names of letters and numbers.

    >>> is_read("日米同盟", "にちべい どうめい", {}), is_read("SCC", "エスシーシー", {})
    (True, True)
    >>> is_read("要", "かなめ", {}), is_read("要", "かなめ", {"要": ("かなめ",)})
    (False, True)
    """
    pattern = "".join(_readings(unicodedata.normalize("NFKC", text), decided))
    # The reading may omit a part in brackets.
    pattern = pattern.replace(_OPENED, "(?:").replace(_CLOSED, ")?")
    return re.fullmatch(pattern, reading_key(reading)) is not None


def _readings(text: str, decided: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield a regular expression for each part of *text* that matches all its possible readings."""
    places = [(token.start, token.end, token.reading) for token in tokenize(text)]
    edges = {edge for start, end, _ in places for edge in (start, end)}
    at = 0
    for start, end, reading in places:
        if start < at:
            continue
        known = [
            (part, ways)
            for part, ways in decided.items()
            if text.startswith(part, start) and start + len(part) in edges | {len(text)}
        ]
        if known:
            part, ways = max(known, key=lambda item: len(item[0]))
            at = start + len(part)
            alternatives = [*map(reading_key, ways)]
            if at == end:
                alternatives += filter(None, [reading_key(reading)])
            yield f"(?:{'|'.join(map(re.escape, alternatives))})"
            continue
        at = end
        yield _word(text[start:end], reading)


def _word(surface: str, reading: str) -> str:
    if surface == "(":
        return _OPENED
    if surface == ")":
        return _CLOSED
    if _PUNCTUATION.fullmatch(surface):
        return ""
    if surface == "日" and reading == "カ":
        return "(?:か|にち)?"
    if _DIGITS.fullmatch(surface):
        return f"(?:{_NUMERALS}|(?:{_ENGLISH_NUMERALS})+)"
    if surface.isascii() and surface.isalnum():
        return "".join(map(_letter, surface.lower()))
    return re.escape(reading_key(reading or surface))


def _letter(character: str) -> str:
    if not character.isalpha():
        return f"(?:{_NUMERALS}|{_ENGLISH_NUMERALS})"
    return f"(?:{'|'.join(filter(None, (_LETTER_NAMES.get(character), _OTHER_LETTER_NAMES.get(character))))})"

"""Names in a text that mean something else: another person, a town with the name of a base, a common word."""

import re
from collections.abc import Iterable, Sequence

from alliance_ref.matcher.english_surnames import is_other_than
from alliance_ref.matcher.family_names import is_part_of_more, may_be_family_name
from alliance_ref.records.entries import Entry
from alliance_ref.records.places import Place

PROPER_KINDS = frozenset(("person", "place", "organization"))
"""Kinds of entries (and subjects of concepts) whose English names keep their capital."""

_TOWNS = frozenset(("city", "town", "village"))
_TOWN_JA = re.compile("[市町村区郡](?!街)")
_TOWN_EN = re.compile(r"[ \u00a0]+(?:City|Town|Village|Municipal\w*|Ward|County)\b(?!\s+(?:Air|Base))")
_TOWN_OF_EN = re.compile(
    r"\b(?:city|town|village|municipality|mayor|assembly)[ \u00a0]+of[ \u00a0]+(?:the[ \u00a0]+)?$",
    re.IGNORECASE,
)
_WINDOW = 30

_NOT_BEFORE = {
    "中国": re.compile(
        r"[・、]?(?:四国|近畿|九州)?・?(?:地方|地区|管区|山地|新聞|電力|銀行|自動車道|財務局|運輸局|経済産業局|四国)"
    ),
    "China": re.compile(r"[ \u00a0]+(?:Lake|Basin)\b"),
}
"""What follows a name that means something else: 中国地方 is a region of Japan, China Lake a base."""

_SENTENCE_END = re.compile(r"[.?!]\s|\n")
_JAPANESE_COUNCIL = re.compile(
    r"\bJapan(?:'s|’s|ese)[ \u00a0]+(?:\w+[ \u00a0]+)?Security Council|\bCabinet\b|\bDefense Agency\b"
    r"|\bchaired by the [Pp]rime|\bDefense Program (?:Guidelines|Outline)"
    r"|\b(?:Koizumi|Abe|Hashimoto|Obuchi|Mori|Nakasone)\b"
)
_UN_COUNCIL = re.compile(
    r"\bUnited Nations\b|\bU\.?N\.?\b|\b[Rr]esolutions?\b|\bveto|\bsanctions?\b|\bpermanent (?:member|seat)"
)


def meant(text: str, start: int, end: int, entries: Sequence[Entry]) -> list[Entry]:
    """Return those of the *entries* with the name ``text[start:end]`` that the text may mean.

    >>> import alliance_ref as ar
    >>> misawa = ar.entry("misawa")
    >>> meant("三沢市", 0, 2, [misawa]), meant("三沢へ", 0, 2, [misawa]) == [misawa]
    ([], True)
    """
    shown = text[start:end]
    if (other := _NOT_BEFORE.get(shown)) is not None and other.match(text, end):
        return []
    if shown == "Security Council" and len(entries) > 1:
        council = _council(text, start, end)
        entries = [entry for entry in entries if entry.id == council]
    return [entry for entry in entries if not _is_other(text, start, end, entry)]


def is_common_word(shown: str, names: Iterable[str], kinds: Iterable[str]) -> bool:
    """Return whether a span is a common word: "rice" is not Rice, since proper names keep their capital."""
    return shown[0].islower() and PROPER_KINDS.issuperset(kinds) and all(name[0].isupper() for name in names)


def may_be_other(shown: str, entries: Iterable[Entry]) -> bool:
    """Return whether the text around *shown* must be examined with `meant`."""
    return (
        shown in _NOT_BEFORE
        or shown == "Security Council"
        or any(
            (entry.kind == "person" and (_is_word(shown) or may_be_family_name(shown)))
            or (isinstance(entry, Place) and entry.type not in _TOWNS)
            for entry in entries
        )
    )


def _is_word(shown: str) -> bool:
    return shown.isalpha() and shown[0] < "\u0250"


def _is_other(text: str, start: int, end: int, entry: Entry) -> bool:
    shown = text[start:end]
    if entry.kind == "person":
        if _is_word(shown):
            return is_other_than(text, start, end, [name.text for name in entry.names_in("en")])
        return may_be_family_name(shown) and is_part_of_more(text, start, end)
    if isinstance(entry, Place) and entry.type not in _TOWNS:
        if shown[0] < "\u0250":
            before = text[max(0, start - _WINDOW) : start]
            return _TOWN_EN.match(text, end) is not None or _TOWN_OF_EN.search(before) is not None
        return _TOWN_JA.match(text, end) is not None
    return False


def _council(text: str, start: int, end: int) -> str:
    """Return the entry that "Security Council" means: Japan's if its sentence is about Japan's government."""
    before = max((found.end() for found in _SENTENCE_END.finditer(text, 0, start)), default=0)
    after = _SENTENCE_END.search(text, end)
    sentence = text[before : after.start() if after else None]
    is_japanese = _JAPANESE_COUNCIL.search(sentence) is not None and _UN_COUNCIL.search(sentence) is None
    return "security-council-japan" if is_japanese else "un-security-council"

"""T601 to T604: check that placeholders, tags, addresses and code are the same on both sides."""

import re
from collections import Counter
from collections.abc import Iterator

from alliance_ref.qa.placeables import Kind, Placeable
from alliance_ref.qa.rules import make_finding
from alliance_ref.qa.units import AnalyzedGroup, CheckedUnit, other_language
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang

_CODES: dict[Kind, str] = {"placeholder": "T601", "tag": "T602", "address": "T603", "code": "T604"}
_COMPARED = frozenset(("literal", "code", "role", "path", "option", "file", "macro"))
"""Forms of code that are compared. Identifiers and variables may be explained or translated."""


def elements(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T601 to T604: elements that are lost, added or changed."""
    for item in group.units:
        unit = item.unit
        if (unit.placeables["en"] or unit.placeables["ja"]) and unit.en.strip() and unit.ja.strip():
            for kind in _CODES:
                yield from _compared(unit, kind, source)


def _compared(unit: CheckedUnit, kind: Kind, source: Lang) -> Iterator[TranslationFinding]:
    target = other_language(source)
    given, got = (_elements(unit, kind, lang) for lang in (source, target))
    lost, added = _surplus(given, got), _surplus(got, given)
    if kind == "code":
        # Code may be repeated or left out once, and written in another form: `x` and ``x``.
        lost = [one for one in lost if one.key not in unit.given(target)]
        added = [one for one in added if one.key not in unit.given(source)] if lost else []
        lost, added = _without_translated(lost, added)
    if kind == "tag":
        added = [one for one in added if one.key.strip("</") not in _RUBY]
        lost, added = _without_ends(lost), _without_ends(added)
    if kind == "address":
        added = [one for one in added if one.key not in unit.given(source)]
        lost, added = _without_localized(lost, added)
    code = _CODES[kind]
    for one in added:
        partner = next((other for other in lost if other.form == one.form), None)
        if partner is None:
            if kind in ("placeholder", "tag"):
                yield make_finding(code, "element-added", unit, target, one.start, one.end, given=True)
            continue
        lost = [other for other in lost if other is not partner]
        shown = (unit.given(source)[partner.start : partner.end],)
        yield make_finding(
            code, "element-changed", unit, target, one.start, one.end, expected=shown, found=shown, given=True
        )
    for one in lost:
        shown = (unit.given(source)[one.start : one.end],)
        yield make_finding(code, "element-lost", unit, source, one.start, one.end, expected=shown, given=True)


_RUBY = frozenset(("ruby", "rb", "rt", "rp"))


def _without_ends(tags: list[Placeable]) -> list[Placeable]:
    """Return the tags without the end tags of elements whose start tags are in the list, too."""
    started = Counter(one.key for one in tags)
    rest = []
    for one in tags:
        start = one.key.replace("/", "", 1)
        if one.key != start and started[start]:
            started[start] -= 1
        else:
            rest.append(one)
    return rest


_WORDS = re.compile(r"[A-Z][a-z]+|[A-Za-z'-]+(?: [A-Za-z'-]+)+")


def _without_translated(
    lost: list[Placeable], added: list[Placeable]
) -> tuple[list[Placeable], list[Placeable]]:
    """Return the code without titles and labels that were translated: ``:term:`ユニークキー```."""
    forms = Counter(one.form for one in added if not one.key.isascii())
    rest = []
    for one in lost:
        if forms[one.form]:
            forms[one.form] -= 1
        elif not (one.form == "code" and _WORDS.fullmatch(one.key)) and not one.key.startswith(
            _TRANSLATED_ROLES
        ):
            rest.append(one)
    return rest, [one for one in added if one.key.isascii()]


_TRANSLATED_ROLES = (
    ":term:",
    ":guilabel:",
    ":menuselection:",
    ":kbd:",
    ":abbr:",
    ":dfn:",
    ":index:",
    ":samp:",
    ":sup:",
)
_PAGE_LANGUAGE = re.compile(r"(?<![A-Za-z])(?:en|ja|jp|en-us|ja-jp|en_us|ja_jp)(?![A-Za-z])", re.IGNORECASE)


def _without_localized(
    lost: list[Placeable], added: list[Placeable]
) -> tuple[list[Placeable], list[Placeable]]:
    """Return the addresses without those of a page that the translation replaced by its Japanese page."""
    rest = list(added)
    kept = []
    for one in lost:
        partner = next((other for other in rest if _is_same_page(one.key, other.key)), None)
        if partner is None:
            kept.append(one)
        else:
            rest.remove(partner)
    return kept, rest


def _is_same_page(one: str, another: str) -> bool:
    if _PAGE_LANGUAGE.search(another) or _PAGE_LANGUAGE.search(one):
        return True
    return _bare_address(one) == _bare_address(another)


def _bare_address(address: str) -> str:
    return re.sub(r"^[a-z]+://(?:www\.)?", "", address).rstrip("/").casefold()


def _elements(unit: CheckedUnit, kind: Kind, lang: Lang) -> list[Placeable]:
    return [
        one
        for one in unit.placeables[lang]
        if one.kind == kind and one.key and (kind != "code" or one.form in _COMPARED)
    ]


def _surplus(some: list[Placeable], others: list[Placeable]) -> list[Placeable]:
    """Return the elements that occur more often than in *others*."""
    rest = Counter(one.key for one in others)
    surplus = []
    for one in some:
        if rest[one.key]:
            rest[one.key] -= 1
        else:
            surplus.append(one)
    return surplus

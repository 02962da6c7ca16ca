"""Looking up names: which entries a query names, by which of their names, and how surely.

What was asked for is tried first as it stands, then by its sound, then without its ending, and only if
nobody is called anything like it, allowing for typing errors.
"""

import datetime
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, get_args

from alliance_ref.arguments import check_lang, check_number, check_text, day_or_none
from alliance_ref.errors import quoted
from alliance_ref.records.entries import Entry, EntryKind, Name
from alliance_ref.records.matches import Match, Reason
from alliance_ref.records.values import Lang
from alliance_ref.search.index import Index, place_of
from alliance_ref.text.keys import english_key, is_kana, name_key, okurigana_key, reading_key, romaji_key

if TYPE_CHECKING:
    from alliance_ref.search.fuzzy import FuzzyKeys

SCORES: dict[Reason, float] = {
    "exact": 1.0,
    "abbreviation": 0.97,
    "variant": 0.9,
    "reading": 0.85,
    "romaji": 0.8,
    "okurigana": 0.75,
    "inflected": 0.7,
    "prefix": 0.6,
    "fuzzy": 0.5,
}
"""How near each reason is to the name as it is written."""

STANDING = {
    "preferred": 0.0,
    "admitted": 0.02,
    "abbreviation": 0.03,
    "deprecated": 0.06,
    "erroneous": 0.09,
}
"""What is taken off the score for the standing of the name that matched."""

_LOOSE = 0.03  # taken off where a reading or romanization is the same only with long vowels set aside
_LONG = 64  # what is longer than any name is not searched for typing errors

Hit = tuple[str, int, Reason, float]
"""An entry's id, the place of its name, why it was found, and the score before the name's standing."""


def check_options(
    query: object,
    *,
    lang: object,
    kinds: object,
    as_of: object,
    limit: object,
) -> datetime.date | None:
    """Refuse what can only be a mistake; gives back *as_of* as a day."""
    check_text(query, "the query")
    assert isinstance(query, str)
    if not query.strip():
        raise ValueError("the query is empty")
    if lang is not None:
        check_lang(lang)
    if isinstance(kinds, str) or (kinds is not None and not isinstance(kinds, Iterable)):
        raise TypeError("kinds must be a collection of kinds, such as ('place',)")
    check_number(limit, "limit")
    return day_or_none(as_of)


_HIRAGANA = re.compile("[ぁ-ん]")
_ORDINAL = r"(?<=第)[一二三四五六七八九](?![十百千])"
_FIGURES = dict(zip("一二三四五六七八九", "123456789", strict=True))
_TITLED_JA = (
    r"(?P<name>.{2,}?)(?:元|前|駐日|駐米)?(?:外務|防衛|内閣総理|総理|国務|国防|防衛庁|内閣官房|官房|米国務|米国防)?"
    r"(?:大臣|長官|首相|外相|防衛相|総理|大統領|国務次官補|事務次官|大使|司令官|県?知事|市長|議員|教授|氏|さん)"
)
_TITLED_EN = (
    r"(?i:(?:former |then )?(?:u\.?s\.? |japanese )?(?:prime |foreign |defen[sc]e |state )?"
    r"(?:president|secretary|minister|director-general|ambassador|governor|mayor|admiral|general|professor"
    r"|mr\.?|ms\.?|mrs\.?|dr\.?)) (?P<name>\S.*)"
)


@lru_cache(maxsize=4096)
def _sound(reading: str) -> str:
    """The key of the romanization of a reading."""
    from alliance_ref.text.romanization import romanize

    return romaji_key(romanize(reading))


class Searcher:
    """One index, searched in every way."""

    def __init__(self, index: Index) -> None:
        """A searcher of *index*."""
        self._index = index

    def direct(self, query: str) -> list[Hit]:
        """Names that are called so, in any spelling, or read so."""
        key = name_key(query)
        plain = key.isascii()
        hits = self._hits("names", key, "variant")
        if not plain and is_kana(query):
            reading = reading_key(query)
            hits += self._hits("readings", reading, "reading")
            hits += self._hits("romaji", _sound(reading), "reading", _LOOSE)
        if plain and key.isalpha() and (romaji := romaji_key(query)):
            hits += self._hits("romaji", romaji, "romaji")
        if plain and (english := english_key(query)):
            hits += self._hits("english", english, "inflected")
            if (joint := english.replace(" ", "")) != key:
                hits += self._hits("names", joint, "inflected")
        if (not plain and _HIRAGANA.search(key)) or key in self._index["okurigana"]:
            stem = okurigana_key(query)
            hits += self._hits("okurigana", stem, "okurigana")
            if stem != key:
                hits += self._hits("names", stem, "okurigana")
        return hits

    def inflected(self, query: str) -> Iterator[Hit]:
        """Names that a Japanese query is a form of: 再編された, 引き渡して."""
        stem = _stem(query) if len(query) <= _LONG else ""
        if stem and stem != query:
            for entry_id, place, reason, _ in self.direct(stem):
                if reason in ("variant", "okurigana"):
                    yield entry_id, place, "inflected", SCORES["inflected"]

    def renumbered(self, query: str) -> list[Hit]:
        """Names with figures for the numerals of the query: 第5空軍 for 第五空軍."""
        other = re.sub(_ORDINAL, lambda found: _FIGURES[found.group()], query)
        return self.direct(other) if other != query else []

    def titled(self, query: str) -> Iterator[Hit]:
        """Names with a title behind or before them: 町村外務大臣, Secretary Rumsfeld."""
        text = query.strip()
        found = re.fullmatch(_TITLED_JA, text) or re.fullmatch(_TITLED_EN, text)
        if found is not None and found["name"].strip():
            for entry_id, place, reason, _ in self.direct(found["name"]):
                if reason == "variant":
                    yield entry_id, place, "inflected", SCORES["inflected"]

    def fuzzy(self, query: str) -> Iterator[Hit]:
        """Names that the query would be but for a few typing errors."""
        if len(query) > _LONG:
            return
        key = name_key(query)
        tables = [("names", key)]
        if is_kana(query):
            tables = [("readings", reading_key(query))]
        elif key.isascii():
            tables.append(("romaji", romaji_key(query)))
        for table, wanted in tables:
            spelled = wanted.isascii() or table == "readings"
            for found, errors in self._fuzzy_keys[table].near(wanted, spelled=spelled):
                score = SCORES["fuzzy"] * (1 - errors / max(len(wanted), len(found)))
                for code in self._index[table][found]:
                    yield *place_of(self._index, code), "fuzzy", score

    def beginning(self, prefix: str) -> Iterator[Hit]:
        """Names whose key, reading or romanization begins so."""
        wanted = [("names", name_key(prefix))]
        if is_kana(prefix):
            wanted.append(("readings", reading_key(prefix)))
        elif wanted[0][1].isascii() and wanted[0][1].isalpha():
            wanted.append(("romaji", romaji_key(prefix)))
        for table, key in wanted:
            if not key:
                continue
            keys = self._sorted_keys[table]
            for found in keys[bisect_left(keys, key) :]:
                if not found.startswith(key):
                    break
                score = SCORES["prefix"] * (1 + len(key) / len(found)) / 2
                for code in self._index[table][found]:
                    yield *place_of(self._index, code), "prefix", score

    def _hits(self, table: str, key: str, reason: Reason, less: float = 0.0) -> list[Hit]:
        codes = self._index[table].get(key)
        if not codes:
            return []
        score = SCORES[reason] - less
        return [(*place_of(self._index, code), reason, score) for code in codes]

    @cached_property
    def _fuzzy_keys(self) -> "dict[str, FuzzyKeys]":
        from alliance_ref.search.fuzzy import FuzzyKeys

        return {table: FuzzyKeys(self._index[table]) for table in ("names", "readings", "romaji")}

    @cached_property
    def _sorted_keys(self) -> dict[str, list[str]]:
        return {table: sorted(self._index[table]) for table in ("names", "readings", "romaji")}


WAYS = (Searcher.direct, Searcher.renumbered, Searcher.titled, Searcher.inflected, Searcher.fuzzy)
"""How names are found, one way after the other until something is."""

_ENDINGS = frozenset(("助動詞", "助詞", "補助記号", "接尾辞"))


def _stem(query: str) -> str:
    """A Japanese query without what is inflected at its end: particles, auxiliaries, する and される."""
    from alliance_ref.text.japanese import tokenize

    tokens = list(tokenize(query))
    while len(tokens) > 1 and (
        tokens[-1].pos[:1] == () or tokens[-1].pos[0] in _ENDINGS or "非自立可能" in tokens[-1].pos
    ):
        tokens.pop()
    if not tokens:
        return ""
    return query[: tokens[-1].end].strip()


def named(hits: Iterable[tuple[Entry, Hit]], query: str) -> Iterator[tuple[Entry, Name, Reason, float]]:
    """The names behind *hits*, with what the name itself says of how good the hit is."""
    text = unicodedata.normalize("NFC", query.strip())
    for entry, (_, place, reason, score) in hits:
        name = entry.names[place]
        if reason == "variant" and name.text == text:
            known: Reason = "abbreviation" if name.status == "abbreviation" else "exact"
            yield entry, name, known, SCORES[known]
        elif reason == "romaji" and name.romanization and name_key(name.romanization) != name_key(query):
            yield entry, name, reason, score - _LOOSE
        else:
            yield entry, name, reason, score


def ranked(
    found: Iterable[tuple[Entry, Name, Reason, float]],
    *,
    lang: Lang | None,
    kinds: Iterable[EntryKind] | None,
    as_of: datetime.date | None,
    limit: int,
) -> tuple[Match, ...]:
    """The best match of each entry, best first, at most *limit*."""
    wanted = None
    if kinds is not None:
        wanted = tuple(kinds)
        for kind in wanted:
            if kind not in get_args(EntryKind):
                raise ValueError(f"no kind {quoted(kind)}; kinds are {', '.join(get_args(EntryKind))}")
    best: dict[str, tuple[float, Entry, Name, Reason]] = {}
    for entry, name, reason, score in found:
        if (
            (lang is not None and name.lang != lang)
            or (wanted is not None and entry.kind not in wanted)
            or (as_of is not None and not name.valid.covers(as_of))
        ):
            continue
        own = round(score - STANDING[name.status], 2)
        known = best.get(entry.id)
        if known is None or known[0] < own:
            best[entry.id] = own, entry, name, reason
    order = list(best.values())
    if len(order) > 1:
        order.sort(key=lambda one: (-one[0], one[1].id))
    return tuple([Match(entry, name, score, reason) for score, entry, name, reason in order[:limit]])

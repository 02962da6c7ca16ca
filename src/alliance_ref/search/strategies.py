"""Search strategies: the ways in which a query can match a name in an index.

Each strategy is one method of `IndexSearch`, named after what it does. `NameSearch` tries them in the order
of `STRATEGIES` and stops at the first that finds something.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from alliance_ref.records.matches import Reason
from alliance_ref.search.index import Index, place_of
from alliance_ref.text.folding import LATIN, FoldedText, name_key
from alliance_ref.text.keys import english_key, is_kana, okurigana_key, reading_key, romaji_key

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
    "part": 0.55,
    "fuzzy": 0.5,
}
"""The score of each reason: an order of trust set by hand, not a probability."""

LONG_VOWEL_PENALTY = 0.03
"""Subtracted if a reading or romanization agrees only after long vowels are ignored."""

_PART_INSIDE_PENALTY = 0.05
"""Subtracted if the name that contains the query does not begin with it."""
_PART_LENGTH_PENALTY = 0.04
"""Subtracted in proportion to the rest of a name that contains the query."""
_MIN_PART = 2
"""Shortest query, in characters of its key, that is searched for as part of names."""

_MAX_QUERY = 400
"""Longer queries than this are not searched for typing errors or inflection: no name is so long."""

Hit = tuple[str, int, Reason, float]
"""The id of an entry, the position of its name, the reason, and the score before the status penalty."""

_HIRAGANA = re.compile("[ぁ-ん]")
_KANA = re.compile("[ぁ-んァ-ヴ]")
_KANJI = re.compile("[\u3005\u3400-\u9fff]")
_TITLE_JA = (
    r"(?P<name>.{2,}?)(?:元|前|駐日|駐米)?(?:外務|防衛|内閣総理|総理|国務|国防|防衛庁|内閣官房|官房|米国務|米国防)?"
    r"(?:大臣|長官|首相|外相|防衛相|総理|大統領|国務次官補|事務次官|大使|司令官|県?知事|市長|議員|教授|氏|さん)"
)
_TITLE_EN = (
    r"(?i:(?:former |then )?(?:u\.?s\.? |japanese )?(?:prime |foreign |defen[sc]e |state )?"
    r"(?:president|secretary|minister|director-general|ambassador|governor|mayor|admiral|general|professor"
    r"|mr\.?|ms\.?|mrs\.?|dr\.?)) (?P<name>\S.*)"
)


@lru_cache(maxsize=4096)
def _romanized(reading: str) -> str:
    """Return the key of the romanization of a reading."""
    from alliance_ref.text.romanization import romanize

    return romaji_key(romanize(reading))


class IndexSearch:
    """The search strategies on one index."""

    def __init__(self, index: Index) -> None:
        """Search *index*."""
        self._index = index

    def by_key(self, query: str) -> list[Hit]:
        """Find names whose spelling, reading, romanization or okurigana-free form agrees with the query."""
        key = name_key(query)
        plain = key.isascii()
        hits = self._hits("names", key, "variant")
        if not plain and is_kana(query):
            reading = reading_key(query)
            hits += self._hits("readings", reading, "reading")
            hits += self._hits("romaji", _romanized(reading), "reading", LONG_VOWEL_PENALTY)
        if plain:
            hits += self._hits("forms", key, "inflected")
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

    def without_title(self, query: str) -> Iterator[Hit]:
        """Find names that the query has with a title: 町村外務大臣, Secretary Rumsfeld."""
        text = query.strip()
        found = re.fullmatch(_TITLE_JA, text) or re.fullmatch(_TITLE_EN, text)
        if found is not None and found["name"].strip():
            for entry_id, place, reason, _ in self.by_key(found["name"]):
                if reason == "variant":
                    yield entry_id, place, "inflected", SCORES["inflected"]

    def without_inflection(self, query: str) -> Iterator[Hit]:
        """Find names of which a Japanese query is an inflected form: 再編された, 引き渡して, 結んだ."""
        if query.isascii() or len(query) > _MAX_QUERY:
            return
        for stem in _stems(query):
            hits = self._hits("forms", name_key(stem), "inflected")
            if stem != query:
                hits += [
                    (entry_id, place, "inflected", SCORES["inflected"])
                    for entry_id, place, reason, _ in self.by_key(stem)
                    if reason in ("variant", "okurigana")
                ]
            if hits:
                yield from hits
                return

    def by_mixed_reading(self, query: str) -> list[Hit]:
        """Find names of which a query in kanji and kana is the reading in part: ふてんま飛行場."""
        key = name_key(query)
        if len(key) > _MAX_QUERY or not (_KANJI.search(key) and _KANA.search(key)):
            return []
        from alliance_ref.text.japanese.readings import reading

        return self._hits(
            "readings", reading_key(reading(query, numbers="kana")), "reading", LONG_VOWEL_PENALTY
        )

    def by_part(self, query: str) -> Iterator[Hit]:
        """Find names that contain the query, those that begin with it first, then the shorter ones."""
        key = name_key(query)
        if not _MIN_PART <= len(key) <= _MAX_QUERY or key not in self._joined_names:
            return
        for name, codes in self._index["names"].items():
            if key in name:
                score = SCORES["part"] - _PART_LENGTH_PENALTY * (1 - len(key) / len(name))
                if not name.startswith(key):
                    score -= _PART_INSIDE_PENALTY
                score = round(score, 4)
                for code in codes:
                    yield *place_of(self._index, code), "part", score

    def with_typing_errors(self, query: str) -> Iterator[Hit]:
        """Find names that differ from the query by a few typing errors."""
        if len(query) > _MAX_QUERY:
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
                if errors > 1 and found[0] != wanted[0]:
                    continue  # the first letter is rarely wrong: Mageshima is not Takeshima
                score = SCORES["fuzzy"] * (1 - errors / max(len(wanted), len(found)))
                for code in self._index[table][found]:
                    yield *place_of(self._index, code), "fuzzy", score

    def by_prefix(self, prefix: str) -> Iterator[Hit]:
        """Find names whose key, reading or romanization begins with *prefix*."""
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

    def _hits(self, table: str, key: str, reason: Reason, penalty: float = 0.0) -> list[Hit]:
        codes = self._index[table].get(key)
        if not codes:
            return []
        score = SCORES[reason] - penalty
        return [(*place_of(self._index, code), reason, score) for code in codes]

    @cached_property
    def _fuzzy_keys(self) -> "dict[str, FuzzyKeys]":
        from alliance_ref.search.fuzzy import FuzzyKeys

        return {table: FuzzyKeys(self._index[table]) for table in ("names", "readings", "romaji")}

    @cached_property
    def _joined_names(self) -> str:
        return "\n".join(self._index["names"])

    @cached_property
    def _sorted_keys(self) -> dict[str, list[str]]:
        return {table: sorted(self._index[table]) for table in ("names", "readings", "romaji")}


STRATEGIES = (
    IndexSearch.by_key,
    IndexSearch.without_title,
    IndexSearch.without_inflection,
    IndexSearch.by_mixed_reading,
    IndexSearch.by_part,
    IndexSearch.with_typing_errors,
)
"""The strategies of a lookup, in the order in which they are tried."""


CHECKED = frozenset((IndexSearch.by_mixed_reading, IndexSearch.by_part, IndexSearch.with_typing_errors))
"""The strategies whose results must also agree with the query as written, see `fits`."""


def fits(strategy: object, query: str, name: str) -> bool:
    """Return whether a name that a strategy found by its key also agrees with the query as written."""
    if strategy is IndexSearch.with_typing_errors:
        from alliance_ref.search.fuzzy import is_other_name

        return not is_other_name(query, name)
    if strategy is IndexSearch.by_part:
        return _has_words(name, query)
    if strategy is IndexSearch.by_mixed_reading:  # the same kanji in the same order
        rest = iter(name_key(name))
        return all(kanji in rest for kanji in _KANJI.findall(name_key(query)))
    return True


def _has_words(name: str, query: str) -> bool:
    """Return whether *name* contains *query*; a Latin word must be a whole word."""
    folded, key = FoldedText(name), name_key(query)
    at = folded.key.find(key)
    while at >= 0:
        end = at + len(key)
        starts = not LATIN.match(key[0]) or folded.is_word_break(at)
        if starts and (not LATIN.match(key[-1]) or folded.is_word_break(end)):
            return True
        at = folded.key.find(key, at + 1)
    return False


_FUNCTION_WORDS = frozenset(("助動詞", "助詞", "補助記号"))
_AUXILIARIES = frozenset(("非自立可能", "助動詞語幹", "動詞的", "形容詞的"))


def _stems(query: str) -> Iterator[str]:
    """Yield a Japanese query with fewer and fewer of its final particles, auxiliaries, する and される."""
    from alliance_ref.text.japanese.tagging import tokenize

    tokens = list(tokenize(query))
    if tokens:
        yield query[: tokens[-1].end].strip()
    while len(tokens) > 1 and _is_function_word(tokens[-1].pos):
        tokens.pop()
        yield query[: tokens[-1].end].strip()


def _is_function_word(pos: tuple[str, ...]) -> bool:
    return not pos or pos[0] in _FUNCTION_WORDS or not _AUXILIARIES.isdisjoint(pos)

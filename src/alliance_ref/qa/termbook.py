"""Find the terms of a glossary in text.

Several concepts may have the same term, and a rendering of any of them is right. So a span keeps all of its
concepts.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

import attrs

from alliance_ref.glossary.from_reference import ReferenceConcepts, is_shipped
from alliance_ref.glossary.glossary import Glossary
from alliance_ref.glossary.term_search import inflected_forms
from alliance_ref.matcher.english_surnames import is_other_than
from alliance_ref.matcher.family_names import is_part_of_more, is_titled, may_be_family_name
from alliance_ref.matcher.phrase_matcher import Pattern, PhraseMatcher
from alliance_ref.records.glossary import GlossaryConcept, Term
from alliance_ref.records.values import Lang
from alliance_ref.text.folding import name_key
from alliance_ref.text.keys import okurigana_key
from alliance_ref.text.scripts import KANJI

ACCEPTED = frozenset(("preferred", "admitted", "abbreviation"))
_WORD = re.compile(r"[a-z]{4,}")
_CAPITAL = re.compile(r" [A-Z][a-z]")
_JOINED = re.compile(f"[{KANJI}\u30a1-\u30fc]")
_PREFIXES = frozenset("日米現旧元前新同各両在対")
_CONTENT = re.compile(f"[{KANJI}\u30a1-\u30fa\u30fc]")
_NAME_BEFORE = re.compile(
    r"(?:\w[\w-]*\s+[A-Z][\w'’-]*|\b(?!The|An?|In|On|At|For|This|These)[A-Z][\w'’-]*)\s+$"
)
_NAME_WINDOW = 60
"""Number of characters before a term in which the beginning of a longer name is searched."""

MIN_SHARED = {"en": 1, "ja": 2}
"""How many words (English) or characters (Japanese) two names must share to be confusable.

They must also be at least half of the shorter name.
"""

_NAME_AFTER = re.compile(r"\s+(?:of\s+(?:the\s+)?)?[A-Z][a-z]")


@attrs.frozen
class Designation:
    """A concept and one of its terms."""

    concept: GlossaryConcept
    term: Term


@attrs.frozen
class TermSpan:
    """A term in one side of a unit: ``text[start:end]``, with all concepts that have it."""

    start: int
    end: int
    text: str
    designations: tuple[Designation, ...]
    concepts: frozenset[str] = attrs.field(init=False, eq=False, repr=False)
    """The ids of the possible concepts."""

    @concepts.default
    def _concept_ids(self) -> frozenset[str]:
        return frozenset(item.concept.id for item in self.designations)

    @property
    def accepted(self) -> tuple[Designation, ...]:
        """The designations whose term is neither deprecated nor erroneous."""
        return tuple(item for item in self.designations if item.term.status in ACCEPTED)


@attrs.frozen(eq=False)
class TermBook:
    """The terms of a glossary with their index for searching text."""

    matcher: PhraseMatcher[Designation]
    concepts: Mapping[str, GlossaryConcept]
    is_reference: bool = False
    """Whether the terms are those of the shipped reference."""

    def spans(
        self, texts: Sequence[str], lang: Lang, homographs: Sequence[Collection[str]]
    ) -> list[tuple[TermSpan, ...]]:
        """Return the leftmost longest terms of each text, without those of the concepts *homographs*.

        The texts are searched together, because the automaton of the matcher needs long texts.
        """
        found: list[list[TermSpan]] = [[] for _ in texts]
        joined, starts = _joined(texts)
        for start, end, shown, known in self.matcher.hits(joined, lang=lang, compounds=True):
            place = bisect_right(starts, start) - 1
            hidden = homographs[place]
            designations = tuple(
                one
                for one in _possible(joined, start, end, known, self.is_reference)
                if one.concept.id not in hidden
            )
            if designations:
                first = starts[place]
                found[place].append(TermSpan(start - first, end - first, shown, designations))
        return [tuple(spans) for spans in found]

    def named(self, texts: Sequence[str], lang: Lang) -> list[frozenset[str]]:
        """Return the ids of all concepts with an accepted term in each text, also inside longer terms.

        The search ignores word boundaries, because the question is whether a rendering is there at all.
        """
        found: list[set[str]] = [set() for _ in texts]
        joined, starts = _joined(texts)
        for start, _, _, known in self.matcher.hits(joined, lang=lang, overlap="all", boundaries=False):
            place = bisect_right(starts, start) - 1
            found[place] |= {one.value.concept.id for one in known if one.value.term.status in ACCEPTED}
        return [frozenset(ids) for ids in found]

    def names(self, concept_id: str) -> tuple[str, ...]:
        """Return all terms of a concept in both languages."""
        concept = self.concepts[concept_id]
        return tuple(term.text for section in (concept.en, concept.ja) for term in section)

    def is_preferred(self, concept_id: str) -> bool:
        """Return whether a rendering of a concept can be asked for.

        A build marks no term of a concept as preferred if its own units render it in various ways. Terms that
        a person wrote can always be asked for.
        """
        terms = self.concepts[concept_id].terms
        return any(
            term.status == "preferred" or term.reliability is None
            for term in terms
            if term.status != "abbreviation"
        )

    def renderings(self, concepts: Iterable[str], lang: Lang) -> tuple[Term, ...]:
        """Return the accepted terms of *concepts* in a language, preferred terms first."""
        terms = [term for concept_id in concepts for term in self.concepts[concept_id].section(lang)]
        return tuple(
            sorted(
                (term for term in terms if term.status in ACCEPTED),
                key=lambda term: term.status != "preferred",
            )
        )


_SEPARATOR = "\n\ufffc\n"
"""The text between two texts that are searched together; no term contains it."""


def _joined(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Return the texts as one, and the start of each."""
    starts = [0, *accumulate(len(text) + len(_SEPARATOR) for text in texts)]
    return _SEPARATOR.join(texts), starts[: len(texts)]


def _possible(
    text: str, start: int, end: int, known: Iterable[Pattern[Designation]], is_reference: bool
) -> Iterator[Designation]:
    """Yield the possible meanings of a span: names with their capital, family names as whole words.

    Terms of other glossaries may be written in title case, in the glossary or in the text.
    """
    shown = text[start:end]
    for one in known:
        item = one.value
        name = item.term.text
        may_be_title = not is_reference and item.concept.subject not in _NAMES and " " in name
        if one.lang == "en" and _is_another_name(name, text, start, end, may_be_title=may_be_title):
            continue
        if one.lang == "en" and not is_reference and _is_product(name, text, start):
            continue
        if one.lang == "en" and " " in shown and name.isalpha():
            continue  # two words are not a name of one word: "Oh no"
        if item.concept.subject == "person" and may_be_family_name(shown):
            alone = len(shown) == 1 and not is_titled(text, end)
            if alone or is_part_of_more(text, start, end):
                continue
        if item.concept.subject == "person" and one.lang == "en" and shown.isalpha():
            names = [term.text for term in item.concept.en]
            if is_other_than(text, start, end, names):
                continue
        yield item


_NAMES = frozenset(("person", "place", "organization"))
_ARTICLE = re.compile(r"\b(?:the|an?|this|that|these|those|each|every|any|all|your|our|its|their|both)\s$")
_LOWER_BEFORE = re.compile(r"[a-z]\s$")


def _is_product(name: str, text: str, start: int) -> bool:
    """Return whether a common word is a product name: *window* in *on Windows*, but not in *the Window*."""
    if " " in name or name[0].isupper() or text[start].islower():
        return False
    before = text[max(0, start - _NAME_WINDOW) : start]
    return _LOWER_BEFORE.search(before) is not None and _ARTICLE.search(before) is None


def _is_another_name(name: str, text: str, start: int, end: int, *, may_be_title: bool) -> bool:
    """Return whether a name lacks its capital, or a common word is part of a longer proper name."""
    if may_be_title and (name.istitle() or text[start:end].istitle()):
        return _NAME_AFTER.match(text, end) is not None and text[start].isupper()
    if name[0].isupper():
        return text[start].islower()
    return text[start].isupper() and bool(
        _NAME_BEFORE.search(text, max(0, start - _NAME_WINDOW), start) or _NAME_AFTER.match(text, end)
    )


@lru_cache(maxsize=4)
def termbook(glossary: Glossary) -> TermBook:
    """Return the searchable terms of *glossary*; the last four are cached."""
    if is_shipped(glossary):
        return reference_termbook()
    names = (
        (term.text, term.lang, Designation(concept, term))
        for concept in glossary
        for section in (concept.en, concept.ja)
        for term in section
    )
    matcher = PhraseMatcher.from_names(
        names, forms=lambda _, __, known: inflected_forms(known.concept, known.term)
    )
    return TermBook(matcher, {concept.id: concept for concept in glossary})


@lru_cache(maxsize=1)
def reference_termbook() -> TermBook:
    """Return the searchable terms of the shipped reference; concepts are created when a text has them."""
    from alliance_ref.reference import load

    reference = load()
    concepts = ReferenceConcepts(reference)

    def designation(name: str) -> Designation | None:
        entry_id, is_name, number = name.partition("#")
        concept = concepts.get_concept(entry_id) if is_name else None
        return None if concept is None else Designation(concept, concepts.term(entry_id, int(number)))

    return TermBook(reference.matcher_of(designation), concepts, is_reference=True)


def same_rendering(one: str, another: str) -> bool:
    """Return whether two renderings are spelling variants or short forms of each other.

    >>> same_rendering("引渡し", "引き渡し"), same_rendering("防衛計画の大綱", "防衛大綱")
    (True, True)
    >>> same_rendering("抑止", "阻止")
    False
    """
    shorter, longer = sorted((okurigana_key(name_key(text)) for text in (one, another)), key=len)
    rest = iter(longer)
    in_order = all(letter in rest for letter in shorter)
    return in_order or _content(shorter) == _content(longer)


def _content(text: str) -> str:
    """Return the kanji and katakana of a rendering, sorted: 効率化・合理化 and 合理化・効率化."""
    return "".join(sorted(_CONTENT.findall(text.replace("対する", ""))))


def are_alike(one: str, another: str, lang: Lang) -> bool:
    """Return whether two names are so similar that one may have been confused with the other.

    >>> are_alike("防衛省", "防衛庁", "ja"), are_alike("Camp Zama", "Kadena Air Base", "en")
    (True, False)
    """
    parts = [set(_WORD.findall(text.casefold())) if lang == "en" else set(text) for text in (one, another)]
    common = len(parts[0] & parts[1])
    return common >= MIN_SHARED[lang] and 2 * common >= min(map(len, parts))


def is_in_compound(text: str, span: TermSpan, spans: Iterable[TermSpan]) -> bool:
    """Return whether a term is part of a longer name that is not in the glossary: 保安庁 in 海上保安庁.

    In Japanese, the longer name begins further left, where no other term ends. In English, it continues with
    another capitalized word (Joint Staff in *Joint Staff College*), where no other term begins.
    """
    if span.text[0].isascii():
        continuation = _CAPITAL.match(text, span.end)
        return continuation is not None and all(one.start != continuation.end() - 2 for one in spans)
    before = text[: span.start][-1:]
    if not _JOINED.match(before) or not _JOINED.match(span.text) or before in _PREFIXES:
        return False
    return all(one.end != span.start for one in spans)

"""Hypothesis strategies for glossaries: small ones that often speak of the same things."""

import attrs
from hypothesis import strategies as st

from alliance_ref.glossary import Glossary
from alliance_ref.records import (
    GlossaryConcept,
    Lang,
    LanguageSection,
    NameStatus,
    Occurrence,
    PairAttestation,
    PartialDate,
    Rendering,
    Term,
    Use,
)

_EN = ("alliance", "Defense Agency", "defence agency", "inter-operability", "interoperability", "order")
_JA = (("同盟", "どうめい"), ("防衛庁", "ぼうえいちょう"), ("引き渡し", "ひきわたし"), ("秩序", "ちつじょ"))
_STATUSES: tuple[NameStatus, ...] = ("preferred", "admitted", "abbreviation", "deprecated", "erroneous")
_DATES = (None, PartialDate(2005), PartialDate(2006, 7))


@st.composite
def sections(draw: st.DrawFn, lang: Lang, least: int) -> LanguageSection:
    """A section whose terms each have a text of their own."""
    texts = draw(
        st.lists(st.sampled_from(_EN if lang == "en" else _JA), unique=True, min_size=least, max_size=3)
    )
    terms = [
        Term(
            text if isinstance(text, str) else text[0],
            lang,
            draw(st.sampled_from(_STATUSES)),
            reading=None if isinstance(text, str) else draw(st.sampled_from((None, text[1]))),
            reliability=draw(st.sampled_from((None, 0.25, 0.5))),
            note=draw(st.sampled_from(("", "a note", "another"))),
            source=draw(st.sampled_from(("", "a book", "a list"))),
        )
        for text in texts
    ]
    return LanguageSection(lang, tuple(terms), draw(st.sampled_from(("", f"it is so ({lang})"))))


@st.composite
def renderings(draw: st.DrawFn, en: str, ja: str) -> Rendering:
    """A rendering whose uses add up to no more than its count."""
    documents = draw(st.lists(st.sampled_from("xyz"), unique=True, max_size=3))
    uses = tuple(
        Use(document, draw(st.integers(1, 4)), draw(st.sampled_from(_DATES))) for document in documents
    )
    count = sum(use.count for use in uses) + draw(st.integers(0, 2))
    attestations = draw(
        st.lists(
            st.builds(
                PairAttestation,
                st.sampled_from(("x", "y")),
                st.integers(0, 3),
                st.just(Occurrence(0, len(en), en)),
                st.just(Occurrence(1, 1 + len(ja), ja)),
            ),
            unique=True,
            max_size=2,
        )
    )
    return Rendering(en, ja, draw(st.sampled_from((None, 0.5, 0.75))), count, tuple(attestations), uses)


@st.composite
def concepts(draw: st.DrawFn, concept_id: str) -> GlossaryConcept:
    """A concept with terms in one language or both."""
    en = draw(sections("en", 0))
    ja = draw(sections("ja", 0 if en.terms else 1))
    pairs = [(one.text, other.text) for one in en for other in ja]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3)) if pairs else []
    return GlossaryConcept(
        concept_id,
        en,
        ja,
        subject=draw(st.sampled_from(("", "place", "law"))),
        note=draw(st.sampled_from(("", "one", "two"))),
        renderings=tuple(draw(renderings(*pair)) for pair in chosen),
        passages=tuple(draw(st.lists(st.sampled_from(("x#1", "y#2")), unique=True))),
    )


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    """A glossary of up to four concepts."""
    ids = draw(st.lists(st.sampled_from("abcdef"), unique=True, max_size=4))
    return Glossary(tuple(draw(concepts(concept_id)) for concept_id in ids))


@st.composite
def apart(draw: st.DrawFn) -> Glossary:
    """A glossary whose concepts share no term, here or in another: terms end with the id."""
    return Glossary(tuple(map(_marked, draw(glossaries()))))


def _marked(concept: GlossaryConcept) -> GlossaryConcept:
    def section(one: LanguageSection) -> LanguageSection:
        terms = (
            attrs.evolve(term, text=f"{term.text}{concept.id}", reading=term.reading and f"{term.reading}あ")
            for term in one
        )
        return attrs.evolve(one, terms=tuple(terms))

    return attrs.evolve(
        concept,
        en=section(concept.en),
        ja=section(concept.ja),
        renderings=tuple(
            attrs.evolve(item, en=f"{item.en}{concept.id}", ja=f"{item.ja}{concept.id}")
            for item in concept.renderings
        ),
    )


@st.composite
def agreeing(draw: st.DrawFn) -> tuple[Glossary, Glossary, Glossary]:
    """Three glossaries that know more or less of the same concepts and never disagree.

    Each of six concepts has terms of its own, so an id and a pair of terms always mean the same.
    """
    made: tuple[list[GlossaryConcept], ...] = ([], [], [])
    for number in range(4):
        for one in made:
            if draw(st.booleans()):
                one.append(_partly(draw, number))
    return Glossary(made[0]), Glossary(made[1]), Glossary(made[2])


def _partly(draw: st.DrawFn, number: int) -> GlossaryConcept:
    """What somebody may know of a concept."""
    en = [
        Term(f"term {number}{letter}", "en", "admitted" if letter == "b" else "preferred") for letter in "ab"
    ]
    ja = [
        Term(f"用語{number}", "ja", reading=draw(st.sampled_from((None, "ようご")))),
        Term(f"別称{number}", "ja", "abbreviation", source=draw(st.sampled_from(("", "a list", "a book")))),
    ]
    known_en = [en[0], *([en[1]] if draw(st.booleans()) else [])]
    known_ja = [ja[0], *([ja[1]] if draw(st.booleans()) else [])]
    pairs = [(one.text, other.text) for one in known_en for other in known_ja if draw(st.booleans())]
    return GlossaryConcept(
        f"c{number}",
        LanguageSection("en", tuple(known_en), draw(st.sampled_from(("", f"it is {number}")))),
        LanguageSection("ja", tuple(known_ja)),
        subject=draw(st.sampled_from(("", "law"))),
        renderings=tuple(draw(renderings(*pair)) for pair in pairs),
        passages=tuple(draw(st.lists(st.sampled_from(("x#1", "y#2", "z#3")), unique=True))),
    )

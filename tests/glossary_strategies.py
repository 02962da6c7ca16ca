"""Hypothesis strategies for glossary concepts, with all texts that have caused errors in a format."""

from hypothesis import strategies as st

from alliance_ref.records import (
    GlossaryConcept,
    LanguageSection,
    Occurrence,
    PairAttestation,
    PartialDate,
    Period,
    Rendering,
    Term,
    Use,
)
from alliance_ref.records.values import Lang

NASTY = (
    "=1+1", "@SUM(A1)", "-ism", "+81", "＝同盟", "'quoted'", "'=1", "\ufeffBOM", "a|b", "a \\| b",
    "back\\slash", '"', '""', 'say "no"', "a, b; c", "# no comment", "a\tb", "a\nb", "a\r\nb", "\r", " x ",
    "\x00", "\x07", "\x1f", "\x85", "\u2028", "_x0007_", "<b>&amp;</b>", "*star* _under_ `code`", "x : y",
    ":field: z", ".. note::", "[1]", "【ア】", "‖", "🗾", "👩🏽‍🚀", "שלום", "\u202eabc", "\u200b", "日本",
    "同盟", "か\u3099", "\U00020bb7", "%s {0}",
)  # fmt: skip

plain = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
nasty = st.sampled_from(NASTY)
text = st.one_of(st.just(""), nasty, nasty, st.tuples(nasty, plain).map("".join))
filled = st.one_of(nasty, st.tuples(nasty, plain).map("".join)).filter(lambda value: bool(value.strip()))
line = filled.map(lambda value: " ".join(value.split()))
"""Text on one line without surrounding white space, like a term."""

kana = st.text(st.sampled_from("ぼうえいちょうカタカナー"), min_size=1, max_size=6)
slug = st.text(st.sampled_from("abcxyz019-#同盟"), min_size=1, max_size=8)
share = st.one_of(st.none(), st.floats(0, 1))
days = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28)),
)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """A period with none, one or both of its dates."""
    ends = sorted((draw(days), draw(days)), key=PartialDate.earliest)
    kept = [end if draw(st.booleans()) else None for end in ends]
    if kept[0] and kept[1] and kept[1].latest() < kept[0].earliest():
        kept[1] = None
    return Period(*kept)


@st.composite
def terms(draw: st.DrawFn, lang: Lang, words: st.SearchStrategy[str]) -> Term:
    """A term with any of its fields filled."""
    ja = lang == "ja"
    return Term(
        draw(words),
        lang,
        draw(st.sampled_from(("preferred", "admitted", "abbreviation", "deprecated", "erroneous"))),
        reading=draw(st.none() | kana) if ja else None,
        transliteration=draw(st.none() | filled) if ja else None,
        valid=draw(periods()),
        reliability=draw(share),
        part_of_speech=draw(st.sampled_from(("", "noun", "proper noun", "verb"))),
        context=draw(text),
        note=draw(text),
        source=draw(text),
    )


@st.composite
def sections(draw: st.DrawFn, lang: Lang, words: st.SearchStrategy[str], least: int) -> LanguageSection:
    """A section of a concept whose terms have different texts."""
    found = draw(st.lists(terms(lang, words), min_size=least, max_size=2, unique_by=lambda term: term.text))
    return LanguageSection(lang, tuple(found), draw(text))


@st.composite
def concepts(draw: st.DrawFn, words: st.SearchStrategy[str] = filled) -> GlossaryConcept:
    """A concept with terms in one language or both, and renderings."""
    least = draw(st.sampled_from(((1, 1), (1, 1), (1, 0), (0, 1))))
    en = draw(sections("en", words, least[0]))
    ja = draw(sections("ja", words, least[1]))
    pairs = [(a.text, b.text) for a in en for b in ja]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)) if pairs else []
    renderings = []
    for left, right in chosen:
        places = draw(
            st.lists(st.builds(PairAttestation, filled, st.integers(0, 9), _places, _places), max_size=2)
        )
        uses = draw(st.lists(st.builds(Use, filled, st.integers(0, 99), st.none() | days), max_size=2))
        count = draw(st.integers(0, 99))
        renderings.append(Rendering(left, right, draw(share), count, tuple(places), tuple(uses)))
    return GlossaryConcept(
        draw(slug),
        en,
        ja,
        subject=draw(text),
        note=draw(text),
        renderings=tuple(renderings),
        passages=tuple(draw(st.lists(filled, max_size=3))),
        termhood=draw(share),
    )


def glossaries(words: st.SearchStrategy[str] = filled) -> st.SearchStrategy[tuple[GlossaryConcept, ...]]:
    """A few concepts with different ids."""
    return st.lists(concepts(words), max_size=2, unique_by=lambda concept: concept.id).map(tuple)


_places = st.builds(Occurrence, st.integers(0, 99), st.integers(0, 99), filled)

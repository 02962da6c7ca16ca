"""Terms that were written into one cell, such as ポリシー、方針: find them, and split them."""

import re
from collections.abc import Iterable

import attrs

from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Rendering, Term
from alliance_ref.records.values import LANGS, Lang
from alliance_ref.text.scripts import JAPANESE

_BRACKETED = re.compile(r"[（(\[［〔【「『][^）)\]］〕】」』]*[）)\]］〕】」』]")
_SEPARATORS: dict[Lang, re.Pattern[str]] = {
    "en": re.compile(r"\s*[;；、]\s*|\s+[/／|｜]\s+"),
    # A slash between Latin letters may be part of a name: TCP/IP.
    "ja": re.compile(rf"\s*[;；、]\s*|\s*[／|｜]\s*|(?<=[{JAPANESE}])\s*/\s*(?=[{JAPANESE}])"),
}


def split_terms(text: str, lang: Lang) -> tuple[str, ...]:
    """Return the terms in a cell that contains several, otherwise an empty tuple.

    Separators in brackets do not count, nor do commas and slashes between English words.

    >>> split_terms("ポリシー、方針、方策", "ja"), split_terms("報告／報告書", "ja")
    (('ポリシー', '方針', '方策'), ('報告', '報告書'))
    >>> split_terms("alliance; pact", "en"), split_terms("input/output (I/O; ports)", "en")
    (('alliance', 'pact'), ())
    """
    hidden = _BRACKETED.sub(lambda found: "\ufffc" * len(found[0]), text)
    ends = [(found.start(), found.end()) for found in _SEPARATORS[lang].finditer(hidden)]
    starts = [0, *(end for _, end in ends)]
    parts = [
        text[start:end].strip()
        for start, end in zip(starts, [*(at for at, _ in ends), len(text)], strict=True)
    ]
    found = tuple(dict.fromkeys(filter(None, parts)))
    return found if len(found) > 1 else ()


def terms_in_cell(term: Term, concept: GlossaryConcept) -> tuple[str, ...]:
    """Return the terms in a cell of *concept*, unless they are one enumeration or a title.

    情報、監視、偵察 is one term if its English is *intelligence, surveillance and reconnaissance*.
    """
    if concept.subject == "document":
        return ()
    parts = split_terms(term.text, term.lang)
    others = concept.section("ja" if term.lang == "en" else "en")
    if "、" in term.text and any(_ENUMERATION.search(other.text) for other in others):
        return ()
    return parts


_ENUMERATION = re.compile(r", |、| and | & ")


def with_split_terms(concepts: Iterable[GlossaryConcept]) -> tuple[GlossaryConcept, ...]:
    """Return the concepts with each of several terms in one cell as a term.

    The first term keeps the status and the renderings of the cell; the others are admitted, unless the cell
    is deprecated. A reading is of the whole cell, so it is left out.

    >>> ja = LanguageSection("ja", (Term("報告／報告書", "ja"),))
    >>> [concept] = with_split_terms([GlossaryConcept("report", ja=ja)])
    >>> [(term.text, term.status) for term in concept.ja]
    [('報告', 'preferred'), ('報告書', 'admitted')]
    """
    return tuple(_split(concept) for concept in concepts)


def _split(concept: GlossaryConcept) -> GlossaryConcept:
    first = {
        (term.lang, term.text): parts[0] for term in concept.terms if (parts := terms_in_cell(term, concept))
    }
    if not first:
        return concept
    en, ja = (_section(concept.section(lang), concept) for lang in LANGS)
    renderings: dict[tuple[str, str], Rendering] = {}
    for item in concept.renderings:
        pair = first.get(("en", item.en), item.en), first.get(("ja", item.ja), item.ja)
        renderings.setdefault(pair, attrs.evolve(item, en=pair[0], ja=pair[1]))
    return attrs.evolve(concept, en=en, ja=ja, renderings=tuple(renderings.values()))


def _section(section: LanguageSection, concept: GlossaryConcept) -> LanguageSection:
    terms: list[Term] = []
    for term in section:
        parts = terms_in_cell(term, concept)
        for place, part in enumerate(parts):
            status = "admitted" if place and term.status == "preferred" else term.status
            if all(part != other.text for other in terms):
                terms.append(attrs.evolve(term, text=part, status=status, reading=None, transliteration=None))
        if not parts:
            terms.append(term)
    return attrs.evolve(section, terms=tuple(terms))

"""Find quotations of the documents of a reference in the user's text.

The reference has the short phrases that its documents quote from each other, and fingerprints of the
paragraphs of its documents. Text in quotation marks that is one of these phrases or paragraphs is a
quotation, and so is a whole paragraph without marks, such as an article of a treaty.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from alliance_ref.editions.fingerprints import digest, fold
from alliance_ref.records.passages import Fingerprint, Passage, Quotation
from alliance_ref.records.values import LANGS, Lang
from alliance_ref.reference import Reference

_MARKS = {
    "en": (re.compile(r"“([^“”]+)”"), re.compile(r'"([^"]+)"')),
    "ja": (
        re.compile(r"「([^「」]+)」"),
        re.compile(r"『([^『』]+)』"),
        re.compile(r"「((?:[^「」]|「[^「」]*」)+)」"),
    ),
}
_MIN_LENGTH: dict[Lang, int] = {"en": 12, "ja": 6}
"""Least number of folded characters of a quotation; shorter phrases are the same by chance."""


def quotations_in(passage: Passage, reference: Reference) -> tuple[Quotation, ...]:
    """Return the quotations of documents of *reference* in a passage, in their order."""
    return tuple(found for lang in LANGS for found in _in_text(passage.text(lang), lang, reference))


def _in_text(text: str, lang: Lang, reference: Reference) -> Iterator[Quotation]:
    if not text:
        return
    phrases, paragraphs = _quotable(reference)
    spans = {found.span(1) for marks in _MARKS[lang] for found in marks.finditer(text)}
    for start, end in sorted({*spans, (0, len(text))}):
        folded = fold(text[start:end])
        if len(folded) < _MIN_LENGTH[lang]:
            continue
        cited = phrases.get((lang, folded.casefold())) or paragraphs.get((lang, digest(folded)))
        if cited is not None:
            yield Quotation(text[start:end], lang, "exact", *cited)


@lru_cache(maxsize=4)
def _quotable(
    reference: Reference,
) -> tuple[dict[tuple[Lang, str], tuple[str, str]], dict[tuple[Lang, str], tuple[str, str]]]:
    """Return the quoted phrases and the digests of paragraphs, with the document and the place in it."""
    phrases: dict[tuple[Lang, str], tuple[str, str]] = {}
    paragraphs: dict[tuple[Lang, str], tuple[str, str]] = {}
    for document in reference.documents():
        for passage in document.passages:
            for quotation in passage.quotations:
                if quotation.cites is not None and quotation.fidelity == "exact":
                    key = quotation.lang, fold(quotation.text).casefold()
                    phrases.setdefault(key, (quotation.cites, quotation.locator))
            for lang, print_ in zip(LANGS, (passage.fingerprint.en, passage.fingerprint.ja), strict=True):
                if isinstance(print_, Fingerprint):
                    paragraphs.setdefault((lang, print_.digest), (document.id, f"#{passage.number}"))
    return phrases, paragraphs

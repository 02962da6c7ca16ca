"""The evidence for pairs of terms: their places in documents, with the sentences if available.

A glossary stores places, not sentences, which may be protected by copyright or far larger than the glossary.
The caller passes the texts. If the text at a place has changed, the place is shown without sentences.
"""

from collections.abc import Callable, Iterable, Sequence

import attrs

from alliance_ref.html import cell, highlight, html_cell, lang_span, table
from alliance_ref.records.documents import Document
from alliance_ref.records.editions import Edition
from alliance_ref.records.glossary import GlossaryConcept, Occurrence, PairAttestation
from alliance_ref.records.passages import Passage, TranslationUnit
from alliance_ref.records.values import Bilingual, Lang
from alliance_ref.reference import Reference

Bitext = TranslationUnit | Passage | Document | Edition
Texts = Reference | Iterable[Bitext]
"""The source of the sentences of attestations."""

_Find = Callable[[PairAttestation], Bilingual | None]


@attrs.frozen
class EvidenceLine:
    """One place where one term translates another.

    `en` and `ja` are the terms, `attestation` is the place, and `sentences` are the two sides of the unit, or
    ``None`` if they are not available or have changed.

    >>> import alliance_ref as ar
    >>> units = [ar.TranslationUnit("Camp Zama will grow.", "キャンプ座間は拡張される。", "memo.tmx", 7)]
    >>> glossary = ar.build_glossary(units, seed=ar.reference_glossary().subset(["camp-zama"]))
    >>> line = glossary.evidence("camp-zama", units)[0]
    >>> line.en, line.ja, line.sentences.ja
    ('Camp Zama', 'キャンプ座間', 'キャンプ座間は拡張される。')
    >>> print(glossary.evidence("camp-zama", [])[0])
    Camp Zama = キャンプ座間  memo.tmx unit 7
    """

    en: str
    ja: str
    attestation: PairAttestation
    sentences: Bilingual | None = None

    def __str__(self) -> str:
        place = f"{self.attestation.passage} unit {self.attestation.unit}"
        if self.sentences is None:
            return f"{self.en} = {self.ja}  {place}"
        shown = [
            f"{text[: at.start]}[{text[at.start : at.end]}]{text[at.end :]}"
            for text, at in (
                (self.sentences.en, self.attestation.en),
                (self.sentences.ja, self.attestation.ja),
            )
        ]
        return "\n  ".join([f"{self.en} = {self.ja}  {place}", *shown])


class Evidence(tuple[EvidenceLine, ...]):
    """The places that show how a concept is translated. A tuple that can be printed and shown as HTML.

    >>> import alliance_ref as ar
    >>> units = [
    ...     ar.TranslationUnit("The Status of Forces Agreement stands.", "地位協定は存続する。", "a.tmx"),
    ...     ar.TranslationUnit("He read the Status of Forces Agreement.", "彼は地位協定を読んだ。", "b.tmx"),
    ... ]
    >>> glossary = ar.build_glossary(units)
    >>> print(glossary.evidence(glossary.concepts[0].id, units))
    Status of Forces Agreement = 地位協定  a.tmx unit 0
      The [Status of Forces Agreement] stands.
      [地位協定]は存続する。
    Status of Forces Agreement = 地位協定  b.tmx unit 0
      He read the [Status of Forces Agreement].
      彼は[地位協定]を読んだ。
    """

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(map(str, self))

    def _repr_html_(self) -> str:
        rows = []
        for line in self:
            at = line.attestation
            if line.sentences is None:
                sides = cell(at.en.text, "en") + cell(at.ja.text, "ja")
            else:
                sides = _marked(line.sentences.en, at.en, "en") + _marked(line.sentences.ja, at.ja, "ja")
            pair = f"{lang_span(line.en, 'en')} = {lang_span(line.ja, 'ja')}"
            rows.append(html_cell(pair) + sides + cell(f"{at.passage} {at.unit}"))
        return table(("pair", "English", "日本語", "place"), rows)


def _marked(text: str, at: Occurrence, lang: Lang) -> str:
    return html_cell(highlight(text, ((at.start, at.end),)), lang)


def evidence(concept: GlossaryConcept, texts: Texts) -> Evidence:
    """Return every attestation of *concept*, with its sentences if *texts* contains them."""
    return evidence_of([concept], texts)[0]


def evidence_of(concepts: Sequence[GlossaryConcept], texts: Texts) -> list[Evidence]:
    """Return the evidence of each concept; *texts* is read once."""
    find = _in_reference(texts) if isinstance(texts, Reference) else _in_units(concepts, texts)
    return [_evidence(concept, find) for concept in concepts]


def _evidence(concept: GlossaryConcept, find: _Find) -> Evidence:
    lines = []
    for rendering in concept.renderings:
        for item in rendering.attestations:
            sentences = find(item)
            if sentences is not None and not (
                sentences.en[item.en.start : item.en.end] == item.en.text
                and sentences.ja[item.ja.start : item.ja.end] == item.ja.text
            ):
                sentences = None
            lines.append(EvidenceLine(rendering.en, rendering.ja, item, sentences))
    return Evidence(lines)


def _sides(passage: Passage, unit: int) -> Bilingual | None:
    if not 0 <= unit < len(passage.units):
        return None
    return _both(passage.units[unit].text("en"), passage.units[unit].text("ja"))


def _both(en: str, ja: str) -> Bilingual | None:
    return Bilingual(en, ja) if en.strip() and ja.strip() else None


def _in_reference(reference: Reference) -> _Find:
    def find(item: PairAttestation) -> Bilingual | None:
        try:
            return _sides(reference.passage(item.passage), item.unit)
        except KeyError:  # a place in a document that is not in the reference
            return None

    return find


def _in_units(concepts: Iterable[GlossaryConcept], texts: Iterable[Bitext]) -> _Find:
    wanted = {
        (item.passage, item.unit)
        for concept in concepts
        for rendering in concept.renderings
        for item in rendering.attestations
    }
    found: dict[tuple[str, int], Bilingual | None] = {}
    for text in texts:
        if isinstance(text, TranslationUnit):
            if (text.document, text.number) in wanted:
                found[text.document, text.number] = _both(text.en, text.ja)
            continue
        whole = text.document.id if isinstance(text, Edition) else ""
        for passage in (text,) if isinstance(text, Passage) else text.passages:
            name = passage.id or whole
            for number, unit in enumerate(passage.units):
                if (name, number) in wanted:
                    found[name, number] = _both(unit.text("en"), unit.text("ja"))
    return lambda item: found.get((item.passage, item.unit))

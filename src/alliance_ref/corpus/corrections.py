"""Corrections of units by hand, which survive when their document is added again.

A correction contains the texts of the unit before it, and which of several equal units it is, since the
numbers of units change with every alignment.
"""

from collections import Counter
from collections.abc import Callable, Mapping

import attrs

from alliance_ref.corpus.analysis import analyze
from alliance_ref.corpus.filters import fields_of
from alliance_ref.corpus.store import Store
from alliance_ref.errors import InvalidValue
from alliance_ref.records import AlignedUnit, Document, Gap, Segment
from alliance_ref.records.passages import Side
from alliance_ref.records.values import Lang
from alliance_ref.reference import Reference

Texts = tuple[str, str]


def apply_corrections(store: Store, document: Document) -> Document:
    """Return *document* with the corrections that were made before."""
    rows = store.query(
        "SELECT en_before, ja_before, occurrence, en, ja FROM corrections WHERE document=?", (document.id,)
    )
    if not rows:
        return document
    known = {(row[0], row[1], row[2]): (row[3], row[4]) for row in rows}
    seen: Counter[Texts] = Counter()

    def corrected(unit: AlignedUnit) -> AlignedUnit | None:
        before = unit.text("en"), unit.text("ja")
        occurrence = seen[before]
        seen[before] += 1
        texts = known.get((*before, occurrence))
        return unit if texts is None else _changed(unit, texts)

    return _mapped(document, corrected)


def correct(
    store: Store, reference: Reference, document_id: str, changes: Mapping[int, tuple[str | None, str | None]]
) -> None:
    """Change units of a document and record the corrections, in the open transaction."""
    document = store.document(document_id)
    units = [unit for passage in document.passages for unit in passage.units]
    for number in changes:
        if number >= len(units):
            raise InvalidValue("unit-number", document=document_id, count=len(units), value=number)
    _record(store, document_id, units, changes)
    numbers = iter(range(len(units)))

    def changed(unit: AlignedUnit) -> AlignedUnit | None:
        en, ja = changes.get(next(numbers), (None, None))
        if en is None and ja is None:
            return unit
        texts = (unit.text("en") if en is None else en, unit.text("ja") if ja is None else ja)
        return _changed(unit, texts)

    document = _mapped(document, changed)
    ((source, fields, file, checksum),) = store.query(
        "SELECT source, fields, file, checksum FROM documents WHERE id=?", (document_id,)
    )
    texts = [(unit.text("en"), unit.text("ja")) for item in document.passages for unit in item.units]
    analyses = analyze(texts, document.issued, reference)
    store.add(document, analyses, source=source, fields=fields_of(fields), file=file, checksum=checksum)


def _record(
    store: Store,
    document_id: str,
    units: list[AlignedUnit],
    changes: Mapping[int, tuple[str | None, str | None]],
) -> None:
    known = {
        (row[0], row[1]): (row[2], row[3], row[4])
        for row in store.query(
            "SELECT en, ja, en_before, ja_before, occurrence FROM corrections WHERE document=?",
            (document_id,),
        )
    }
    seen: Counter[Texts] = Counter()
    for number, unit in enumerate(units):
        texts = unit.text("en"), unit.text("ja")
        occurrence = seen[texts]
        seen[texts] += 1
        en, ja = changes.get(number, (None, None))
        if en is None and ja is None:
            continue
        # A correction of a correction replaces it: the text before both is what the file has.
        earlier = known.get(texts) if unit.status == "confirmed" else None
        before = (*texts, occurrence) if earlier is None else earlier
        after = texts[0] if en is None else en, texts[1] if ja is None else ja
        store.connection.execute(
            "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?, ?)", (document_id, *before, *after)
        )


def _mapped(document: Document, change: Callable[[AlignedUnit], AlignedUnit | None]) -> Document:
    passages = []
    for passage in document.passages:
        units = (change(unit) for unit in passage.units)
        passages.append(attrs.evolve(passage, units=tuple(unit for unit in units if unit is not None)))
    return attrs.evolve(document, passages=tuple(passages))


def _changed(unit: AlignedUnit, texts: Texts) -> AlignedUnit | None:
    """Return a unit with other texts; ``None`` if it has no text any more."""
    en = _side(unit.en, unit.text("en"), texts[0], "en")
    ja = _side(unit.ja, unit.text("ja"), texts[1], "ja")
    if isinstance(en, Gap) and isinstance(ja, Gap):
        return None
    return AlignedUnit(en, ja, "confirmed", None)


def _side(side: Side, before: str, after: str, lang: Lang) -> Side:
    if before == after:
        return side
    if not after.strip():
        return side if isinstance(side, Gap) else Gap("unaligned")
    start = 0 if isinstance(side, Gap) else side[0].start
    end = start if isinstance(side, Gap) else side[-1].end
    return (Segment(after, lang, start, end),)

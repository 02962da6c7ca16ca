"""Conversion of bilingual input to translation units.

The document of a unit from a passage is the id of the passage, such as ``magosaki-2006#8``, so that pairs are
attested there. The id of the document is the part before the ``#``.
"""

import re
from collections.abc import Iterable, Iterator

from alliance_ref.alignment.result import Alignment
from alliance_ref.errors import InvalidUnit
from alliance_ref.records import AlignedUnit, Document, Edition, Passage, TranslationUnit
from alliance_ref.records.values import PartialDate

_PASSAGE_ID = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)#[0-9]+")


def document_of(name: str) -> str:
    """Return the id of the document, given the `document` of a unit: the part before ``#`` of a passage id.

    >>> document_of("magosaki-2006#8"), document_of("memory.tmx")
    ('magosaki-2006', 'memory.tmx')
    """
    found = _PASSAGE_ID.fullmatch(name)
    return found[1] if found else name


def translation_units(items: object) -> Iterator[TranslationUnit]:
    """Yield the units of *items* in order, without those with an empty side.

    Raises:
        InvalidUnit: An item is not bilingual, or *items* is not an iterable of bilingual items.

    >>> [unit.ja for unit in translation_units([("The alliance.", "同盟。"), ("Untranslated.", "")])]
    ['同盟。']
    """
    if isinstance(items, (Passage, Document, Edition, Alignment)):
        items = [items]
    if isinstance(items, (str, bytes)) or not isinstance(items, Iterable):
        raise InvalidUnit(0, _type_name(items))
    for place, item in enumerate(items):
        for unit in _units_of(item, place):
            if unit.en.strip() and unit.ja.strip():
                yield unit


def _units_of(item: object, place: int) -> Iterator[TranslationUnit]:
    if isinstance(item, TranslationUnit):
        yield item
    elif isinstance(item, AlignedUnit):
        yield _unit(item, "", place, None)
    elif isinstance(item, Passage):
        yield from _of_passage(item, None)
    elif isinstance(item, Document):
        for passage in item.passages:
            yield from _of_passage(passage, item.issued)
    elif isinstance(item, Edition):
        for held in item.passages:
            for number, aligned in enumerate(held.units):
                yield _unit(aligned, held.id or item.document.id, number, item.document.issued)
    elif isinstance(item, Alignment):
        for number, aligned in enumerate(item.units):
            yield _unit(aligned, "", number, None)
    elif isinstance(item, tuple) and len(item) == 2 and all(isinstance(side, str) for side in item):
        yield TranslationUnit(item[0], item[1], number=place)
    else:
        raise InvalidUnit(place, _type_name(item))


def _of_passage(passage: Passage, date: PartialDate | None) -> Iterator[TranslationUnit]:
    for number, aligned in enumerate(passage.units):
        yield _unit(aligned, passage.id, number, date)


def _unit(aligned: AlignedUnit, document: str, number: int, date: PartialDate | None) -> TranslationUnit:
    return TranslationUnit(aligned.text("en"), aligned.text("ja"), document, number, date)


def _type_name(item: object) -> str:
    """Return the type of *item*, with the types of the first items of a tuple."""
    if isinstance(item, tuple):
        return f"tuple[{', '.join(type(part).__name__ for part in item[:4])}{', …' * (len(item) > 4)}]"
    return type(item).__name__

"""Anything bilingual as translation units.

A unit that comes from a passage names the passage as its document, ``magosaki-2006#8``: that is where a pair
is attested. The document itself is the part before the ``#``.
"""

import re
from collections.abc import Iterable, Iterator

from alliance_ref.alignment.result import Alignment
from alliance_ref.errors import InvalidUnit
from alliance_ref.records import AlignedUnit, Document, Edition, Passage, TranslationUnit
from alliance_ref.records.values import PartialDate

_PASSAGE_ID = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)#[0-9]+")


def document_of(name: str) -> str:
    """The document that a unit's `document` belongs to: the part before the # of a passage's id.

    >>> document_of("magosaki-2006#8"), document_of("memory.tmx")
    ('magosaki-2006', 'memory.tmx')
    """
    found = _PASSAGE_ID.fullmatch(name)
    return found[1] if found else name


def translation_units(items: object) -> Iterator[TranslationUnit]:
    """The units of *items* in order, those with a text on both sides.

    Raises:
        InvalidUnit: an item is nothing bilingual, or *items* is no iterable of such items.

    >>> [unit.ja for unit in translation_units([("The alliance.", "同盟。"), ("Untranslated.", "")])]
    ['同盟。']
    """
    if isinstance(items, (Passage, Document, Edition, Alignment)):
        items = [items]
    if isinstance(items, (str, bytes)) or not isinstance(items, Iterable):
        raise InvalidUnit(0, _named(items))
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
        raise InvalidUnit(place, _named(item))


def _of_passage(passage: Passage, date: PartialDate | None) -> Iterator[TranslationUnit]:
    for number, aligned in enumerate(passage.units):
        yield _unit(aligned, passage.id, number, date)


def _unit(aligned: AlignedUnit, document: str, number: int, date: PartialDate | None) -> TranslationUnit:
    return TranslationUnit(aligned.text("en"), aligned.text("ja"), document, number, date)


def _named(item: object) -> str:
    if isinstance(item, tuple):
        return f"a tuple of {len(item)} ({', '.join(type(part).__name__ for part in item[:4])})"
    return f"a {type(item).__name__}" if item is not None else "None"

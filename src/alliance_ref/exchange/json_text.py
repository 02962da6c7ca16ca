"""Glossaries as JSON: everything the concepts hold but the sources of their names."""

import json
from collections.abc import Iterable

from alliance_ref.records.entries import Name
from alliance_ref.records.glossary import GlossaryConcept
from alliance_ref.records.values import Bilingual, PartialDate, Period


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """A list of objects, one a concept, indented and in UTF-8."""
    return json.dumps([_concept(concept) for concept in concepts], ensure_ascii=False, indent=2) + "\n"


def loads(text: str) -> tuple[GlossaryConcept, ...]:
    """The concepts that :func:`dumps` wrote.

    Raises:
        ValueError: if the text is no such list.
    """
    try:
        return tuple(_read_concept(item) for item in _list(json.loads(text)))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no glossary of this library: {error!r}") from None


def _concept(concept: GlossaryConcept) -> dict[str, object]:
    definition = concept.definition
    return {
        "id": concept.id,
        "subject": concept.subject,
        "en": [_name(name) for name in concept.en],
        "ja": [_name(name) for name in concept.ja],
        "definition": {"en": definition.en, "ja": definition.ja} if definition else None,
        "passages": list(concept.passages),
    }


def _name(name: Name) -> dict[str, object]:
    item: dict[str, object] = {"text": name.text, "status": name.status}
    if name.reading:
        item["reading"] = name.reading
    if name.romanization:
        item["romanization"] = name.romanization
    if name.valid != Period():
        item["valid"] = [str(end) if end else None for end in (name.valid.start, name.valid.end)]
    return item


def _read_concept(item: object) -> GlossaryConcept:
    if not isinstance(item, dict):
        raise TypeError(item)
    definition = item["definition"]
    return GlossaryConcept(
        id=_text(item["id"]),
        subject=_text(item["subject"]),
        en=tuple(_read_name(name, "en") for name in _list(item["en"])),
        ja=tuple(_read_name(name, "ja") for name in _list(item["ja"])),
        definition=Bilingual(**definition) if isinstance(definition, dict) else None,
        passages=tuple(_text(passage) for passage in _list(item["passages"])),
    )


def _read_name(item: object, lang: str) -> Name:
    if not isinstance(item, dict):
        raise TypeError(item)
    given = dict(item)
    start, end = given.pop("valid", (None, None))
    dates = [PartialDate.parse(day) if day else None for day in (start, end)]
    return Name(given.pop("text"), lang, valid=Period(*dates), **given)  # type: ignore[arg-type]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value

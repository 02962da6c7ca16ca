"""Glossaries as JSON: everything that the concepts hold.

Fields that are empty are left out; a period is a list of its two ends.
"""

import json
from collections.abc import Iterable
from typing import Any

import attrs

from alliance_ref.exchange.fields import ALL
from alliance_ref.records.glossary import (
    GlossaryConcept,
    LanguageSection,
    Occurrence,
    PairAttestation,
    Rendering,
    Term,
    Use,
)
from alliance_ref.records.values import Lang, PartialDate, Period

HOLDS = ALL


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """A list of objects, one a concept, indented."""
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


def _filled(record: Any, **put: object) -> dict[str, Any]:
    """The fields of a record that differ from their defaults, some of them *put* otherwise."""
    item = {}
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        if value != field.default:
            item[field.name] = put.get(field.name, value)
    return item


def _concept(concept: GlossaryConcept) -> dict[str, object]:
    return _filled(
        concept,
        en=_section(concept.en),
        ja=_section(concept.ja),
        renderings=[_rendering(rendering) for rendering in concept.renderings],
    )


def _section(section: LanguageSection) -> dict[str, object]:
    item = _filled(section, terms=[_term(term) for term in section.terms])
    del item["lang"]
    return item


def _term(term: Term) -> dict[str, object]:
    ends = [str(end) if end else None for end in (term.valid.start, term.valid.end)]
    item = _filled(term, valid=ends)
    del item["lang"]
    return item


def _rendering(rendering: Rendering) -> dict[str, object]:
    return _filled(
        rendering,
        attestations=[attrs.asdict(attestation) for attestation in rendering.attestations],
        uses=[_filled(use, date=str(use.date)) for use in rendering.uses],
    )


def _read_concept(item: object) -> GlossaryConcept:
    given = _object(item)
    return GlossaryConcept(
        **{
            **given,
            "en": _read_section(given.get("en", {}), "en"),
            "ja": _read_section(given.get("ja", {}), "ja"),
            "renderings": tuple(_read_rendering(item) for item in _list(given.get("renderings", []))),
            "passages": tuple(_text(passage) for passage in _list(given.get("passages", []))),
        }
    )


def _read_section(item: object, lang: Lang) -> LanguageSection:
    given = _object(item)
    terms = tuple(_read_term(term, lang) for term in _list(given.pop("terms", [])))
    return LanguageSection(lang, terms, **given)


def _read_term(item: object, lang: Lang) -> Term:
    given = _object(item)
    start, end = _list(given.pop("valid", [None, None]))
    period = Period(*(PartialDate.parse(_text(day)) if day else None for day in (start, end)))
    return Term(lang=lang, valid=period, **given)


def _read_rendering(item: object) -> Rendering:
    given = _object(item)
    places = _list(given.pop("attestations", []))
    uses = _list(given.pop("uses", []))
    return Rendering(
        **given,
        attestations=tuple(_read_attestation(place) for place in places),
        uses=tuple(_read_use(use) for use in uses),
    )


def _read_attestation(item: object) -> PairAttestation:
    given = _object(item)
    en, ja = (Occurrence(**_object(given.pop(lang))) for lang in ("en", "ja"))
    return PairAttestation(en=en, ja=ja, **given)


def _read_use(item: object) -> Use:
    given = _object(item)
    date = given.pop("date", None)
    return Use(**given, date=PartialDate.parse(_text(date)) if date else None)


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no object")
    return dict(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value

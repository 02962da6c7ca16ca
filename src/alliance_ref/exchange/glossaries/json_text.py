"""Glossaries as JSON, without any loss.

The file is a list of objects, one for each concept, with the names of the record fields as keys. Empty fields
are left out, and a period is a list of its two dates. Pairs that a person rejected follow the concepts, each
as ``{"rejected": {"en": …, "ja": …}}``. There is no envelope with a version: other programs
expect the list, and an unknown key of a later version is an error with its place. All problems of a file are
reported at once, each with its JSONPath.
"""

import json
from collections.abc import Iterable
from typing import Any

import attrs

from alliance_ref.codec.decoding import BAD, Decoder
from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.capabilities import ALL_FIELDS
from alliance_ref.exchange.json_reading import read_json
from alliance_ref.records.glossary import (
    GlossaryConcept,
    LanguageSection,
    RejectedPair,
    Rendering,
    Term,
)
from alliance_ref.records.values import Lang, PartialDate, Period

SUPPORTED_FIELDS = ALL_FIELDS

_TITLE = "JSON"


def dumps(concepts: Iterable[GlossaryConcept], *, rejected: Iterable[RejectedPair] = ()) -> str:
    """Return *concepts* and the *rejected* pairs as an indented list of objects."""
    items = [_concept(concept) for concept in concepts]
    items += ({"rejected": _filled(pair)} for pair in rejected)
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def loads(text: str, *, rejected: list[RejectedPair] | None = None) -> tuple[GlossaryConcept, ...]:
    """Return the concepts that `dumps` wrote.

    Args:
        text: The content.
        rejected: Receives the rejected pairs.

    Raises:
        UnreadableFile: The text has problems; the error lists all of them.

    >>> import alliance_ref as ar
    >>> text = dumps(ar.reference_glossary().concepts[:3])
    >>> [concept.id for concept in loads(text)] == [c.id for c in ar.reference_glossary().concepts[:3]]
    True
    """
    data = read_json(text.removeprefix("\ufeff"), title=_TITLE)
    decoder = Decoder({})
    concepts, pairs = _read_items(decoder, data)
    if decoder.problems:
        problems = (
            FileProblem("invalid-value", {"detail": text}, path=path) for path, text in decoder.problems
        )
        raise unreadable(_TITLE, *problems)
    if rejected is not None:
        rejected += pairs
    return concepts


def _filled(record: Any, **replaced: object) -> dict[str, Any]:
    """Return the fields of a record that differ from their defaults, with some values *replaced*."""
    item = {}
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        if value != field.default:
            item[field.name] = replaced.get(field.name, value)
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


def _read_items(decoder: Decoder, data: object) -> tuple[tuple[GlossaryConcept, ...], list[RejectedPair]]:
    if not isinstance(data, list):
        decoder.fail("$", "must be a list of concepts")
        return (), []
    concepts, rejected = [], []
    for at, item in enumerate(data):
        if isinstance(item, dict) and item.keys() == {"rejected"}:
            rejected.append(decoder.decode(RejectedPair, item["rejected"], f"$[{at}].rejected"))
        else:
            concepts.append(_read_concept(decoder, item, f"$[{at}]"))
    return tuple(concepts), rejected


def _read_concept(decoder: Decoder, data: object, path: str) -> Any:
    if not isinstance(data, dict):
        return decoder.fail(path, "must be an object, a concept")
    sections: dict[str, object] = {
        lang: _read_section(decoder, data.get(lang, {}), lang, f"{path}.{lang}") for lang in ("en", "ja")
    }
    rest = {key: value for key, value in data.items() if key not in sections}
    return decoder.table(GlossaryConcept, rest, path, given=sections)


def _read_section(decoder: Decoder, data: object, lang: Lang, path: str) -> Any:
    if not isinstance(data, dict):
        return decoder.fail(path, "must be an object, a language section")
    given = data.get("terms", [])
    if not isinstance(given, list):
        return decoder.fail(f"{path}.terms", "must be a list of terms")
    terms = [_read_term(decoder, item, lang, f"{path}.terms[{at}]") for at, item in enumerate(given)]
    rest = {key: value for key, value in data.items() if key != "terms"}
    known = BAD if any(term is BAD for term in terms) else tuple(terms)
    return decoder.table(LanguageSection, rest, path, given={"lang": lang, "terms": known})


def _read_term(decoder: Decoder, data: object, lang: Lang, path: str) -> Any:
    if not isinstance(data, dict):
        return decoder.fail(path, "must be an object, a term")
    rest = {key: value for key, value in data.items() if key != "valid"}
    valid: object = Period()
    if "valid" in data:
        valid = _read_period(decoder, data["valid"], f"{path}.valid")
    return decoder.table(Term, rest, path, given={"lang": lang, "valid": valid})


def _read_period(decoder: Decoder, data: object, path: str) -> Any:
    if not isinstance(data, list) or len(data) != 2:
        return decoder.fail(path, "must be a list of two dates, with null for an unknown date")
    ends = {
        name: decoder.decode(PartialDate, day, f"{path}[{at}]")
        for at, (name, day) in enumerate(zip(("start", "end"), data, strict=True))
        if day is not None
    }
    return decoder.build(Period, ends, path)

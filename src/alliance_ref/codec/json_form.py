"""Convert records and results to JSON and back.

Every object has a ``"type"``, which is the name of its class in kebab case:

    Match(entry=Place(…), …)  →  {"type": "match", "entry": {"type": "place", "id": "futenma", …}, …}

* The other keys are the fields of the class. A field that is itself called ``type`` has the key
  ``place_type``, ``organization_type`` or ``document_type``.
* Dates are ISO strings as precise as the date: ``"2005"``, ``"2005-04"``, ``"2005-04-14"``.
* Fields whose value is ``None`` are omitted, and so are fields that have their default if that is empty.
* A result that is a tuple of its own class, such as a timeline, has its items under ``"items"``; a plain
  tuple is a list.

The attrs classes define the form; `json_schema` describes it as JSON Schema.
"""

import datetime
import json
import marshal
import re
import weakref
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

import attrs

from alliance_ref.arguments import wrong_type
from alliance_ref.errors import InvalidData, Problem
from alliance_ref.messages import N_, message_text
from alliance_ref.records import PUBLIC_NAMES as RECORDS
from alliance_ref.records.entries import Entry
from alliance_ref.records.results import Results
from alliance_ref.records.values import PartialDate

JSON_VERSION = 1
"""Version of the JSON form; it changes when a program that reads the form has to change."""

RESULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "alignment.result": ("Alignment", "Crossing"),
    "annotation.annotator": ("AnnotatedText",),
    "corpus.counts": ("Count", "Counts"),
    "corpus.ingest": ("FolderReport", "SkippedFile"),
    "corpus.search": ("CorpusConcordance",),
    "corpus.records": ("CorpusInfo", "DocumentSummary"),
    "glossary.diff": ("ConceptChange", "FieldChange", "GlossaryDiff"),
    "glossary.evidence": ("Evidence", "EvidenceLine"),
    "glossary.glossary": ("Glossary",),
    "glossary.merge": ("MergeConflict", "Merged"),
    "glossary.results": (
        "AnnotatedTerms",
        "TermAnnotation",
        "TermEquivalent",
        "TermMatch",
        "TermTranslation",
    ),
    "glossary.statistics": (
        "Coverage",
        "Divergence",
        "Divergences",
        "GlossaryStatistics",
        "LanguageCoverage",
        "TermCounts",
    ),
    "occurrences.concordance": ("Concordance",),
    "occurrences.timeline": ("Timeline",),
}
"""The classes of results above this layer, by module; a module is imported when its type is needed."""

_PLAIN = (str, int, float, bool)
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")

Encoder = Callable[[Any], Any]
Decode = Callable[[Any, str], Any]


def type_name(kind: type) -> str:
    """Return the ``"type"`` of the JSON objects of a class.

    >>> from alliance_ref.records import GlossaryConcept
    >>> type_name(GlossaryConcept)
    'glossary-concept'
    """
    return _CAPITAL.sub("-", kind.__name__).lower()


def to_dict(value: Any) -> Any:
    """Return a record or result as plain data for JSON: dicts, lists, text and numbers.

    Args:
        value: A record of `alliance_ref.records`, a result of this library, or a tuple or list of them.

    Returns:
        A dict with a ``"type"``, or a list for a plain tuple or list. It is new at each call.

    Raises:
        InvalidType: if *value* is anything else.

    >>> import alliance_ref as ar
    >>> data = ar.to_dict(ar.lookup("ふてんま")[0])
    >>> data["type"], data["reason"], data["entry"]["type"], data["entry"]["id"]
    ('match', 'reading', 'place', 'futenma')
    """
    if type(value) in (tuple, list, Results):
        return [to_dict(item) for item in value]
    if value is None or isinstance(value, (*_PLAIN, datetime.date, Mapping)) or not _is_public(type(value)):
        raise wrong_type("the value", "a record or result of alliance_ref", value)
    return _encode(value)


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Return a record or result as JSON text in the form of `to_dict`.

    Args:
        value: As for `to_dict`.
        indent: The number of spaces per level (default: one line).

    >>> import alliance_ref as ar
    >>> print(ar.to_json(ar.records.PartialDate(2005, 4)))
    {"type": "partial-date", "value": "2005-04"}
    """
    return json.dumps(to_dict(value), ensure_ascii=False, indent=indent)


def from_dict(data: Any) -> Any:
    """Return the record or result that `to_dict` converted, equal to the original.

    Args:
        data: A dict with a ``"type"``, or a list of such dicts.

    Raises:
        InvalidData: if *data* is anything else; the problem has the path of the value, as in JSONPath.

    >>> import alliance_ref as ar
    >>> match = ar.lookup("ふてんま")[0]
    >>> ar.from_dict(ar.to_dict(match)) == match
    True
    """
    if isinstance(data, list):
        return tuple(_decode_record(item, f"$[{at}]") for at, item in enumerate(data))
    return _decode_record(data, "$")


def from_json(text: str | bytes) -> Any:
    """Return the record or result that `to_json` wrote, equal to the original.

    Raises:
        InvalidData: if *text* is not JSON of this form.

    >>> import alliance_ref as ar
    >>> ar.from_json('{"type": "segment", "text": "協議", "lang": "ja", "start": 0, "end": 2}').text
    '協議'
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _problem("$", N_("not JSON: {detail}"), detail=str(error)) from None
    return from_dict(data)


# Encoding


def _encode(value: Any) -> Any:
    encoder = _ENCODERS.get(type(value))
    if encoder is None:
        encoder = _ENCODERS[type(value)] = _encoder(type(value))
    return encoder(value)


def _same(value: Any) -> Any:
    return value


def _encode_mapping(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _encode(item) for key, item in value.items()}


_ENCODERS: dict[type, Encoder] = {
    **dict.fromkeys((*_PLAIN, NoneType), _same),
    Results: lambda value: [_encode(item) for item in value],
    tuple: lambda value: [_encode(item) for item in value],
    list: lambda value: [_encode(item) for item in value],
    dict: _encode_mapping,
    PartialDate: lambda value: {"type": "partial-date", "value": str(value)},
    datetime.date: lambda value: value.isoformat(),
}


def _encoder(kind: type) -> Encoder:
    """Return the function that converts the instances of a class."""
    if issubclass(kind, str):  # text that keeps its message, see `MessageText`
        return str
    if issubclass(kind, Mapping):
        return _encode_mapping
    name = type_name(kind)
    if issubclass(kind, tuple):
        return lambda value: {"type": name, **_extra(value), "items": [_encode(item) for item in value]}
    fields = [
        (field.name, key, _is_date(field.type), _omitted(field)) for field, key in fields_with_keys(kind)
    ]

    def encode(value: Any) -> dict[str, Any]:
        data: dict[str, Any] = {"type": name}
        for attribute, key, is_date, omitted in fields:
            item = getattr(value, attribute)
            if item is None or (omitted and not item and item is not False):
                continue
            if item.__class__ is str:
                data[key] = item
            elif is_date and isinstance(item, PartialDate):
                data[key] = str(item)
            else:
                data[key] = _encode(item)
        return data

    return _cached(encode) if issubclass(kind, Entry) and name != "document" else encode


def _cached(encode: Encoder) -> Encoder:
    """Return *encode* with a cache: the data of an entry is converted once and then copied.

    Entries are immutable and part of most results. `marshal` is the fastest way to copy nested dicts.
    """
    cache: dict[int, tuple[weakref.ref[Any], bytes]] = {}

    def encode_cached(value: Any) -> Any:
        key = id(value)
        found = cache.get(key)
        if found is None or found[0]() is not value:
            data = marshal.dumps(encode(value))
            found = cache[key] = weakref.ref(value, lambda _: cache.pop(key, None)), data
        return marshal.loads(found[1])  # noqa: S302 (written above)

    return encode_cached


def _extra(value: Any) -> dict[str, Any]:
    """Return what a result that is a tuple has besides its items."""
    return {name: getattr(value, name) for name in ("text", "total") if hasattr(value, name)}


def fields_with_keys(kind: type) -> list[tuple["attrs.Attribute[Any]", str]]:
    """Return the fields of a class that are arguments, with their keys."""
    fields = attrs.fields(attrs.resolve_types(kind))
    return [
        (
            field,
            f"{type_name(kind).replace('-', '_')}_type" if field.name == "type" else field.name.lstrip("_"),
        )
        for field in fields
        if field.init
    ]


def _omitted(field: "attrs.Attribute[Any]") -> bool:
    """Return whether an empty value is the default of a field, so that it is omitted."""
    return field.default in ("", ()) or field.default == {} or hasattr(field.default, "factory")


def _is_date(annotation: Any) -> bool:
    return annotation is PartialDate or PartialDate in get_args(annotation)


# Decoding


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[str, str]]:
    """Return the module and name of the class of each type."""
    modules = {f"records.{module}": names for module, names in RECORDS.items()} | dict(RESULTS)
    return {
        _CAPITAL.sub("-", name).lower(): (module, name)
        for module, names in modules.items()
        for name in names
        if name != "Entry"
    }


def json_types() -> dict[str, type]:
    """Return the class of each ``"type"``."""
    found = {}
    for name in sorted(_kinds()):
        kind = _kind(name)
        if kind is not None:
            found[name] = kind
    return found


@lru_cache(maxsize=256)
def _kind(name: str) -> type | None:
    if name not in _kinds():
        return None
    module, attribute = _kinds()[name]
    kind = getattr(import_module(f"alliance_ref.{module}"), attribute)
    return kind if isinstance(kind, type) and (attrs.has(kind) or issubclass(kind, tuple)) else None


def _is_public(kind: type) -> bool:
    return _kind(type_name(kind)) is kind


def _problem(path: str, template: str, **values: object) -> InvalidData:
    return InvalidData((Problem("<json>", path, message_text(template, **values)),))


def _decode_record(data: Any, path: str) -> Any:
    if not isinstance(data, Mapping) or not isinstance(data.get("type"), str):
        raise _problem(path, N_('must be an object with a "type"'))
    kind = _kind(data["type"])
    if kind is None:
        raise _problem(f"{path}.type", N_("unknown type {type!r}"), type=data["type"])
    try:
        return _record_decoder(kind)(data, path)
    except InvalidData:
        raise
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise _problem(path, N_("{detail}"), detail=str(error)) from None


@lru_cache(maxsize=256)
def _record_decoder(kind: type) -> Decode:
    if kind is PartialDate:
        return lambda data, _path: PartialDate.parse(data["value"])
    if issubclass(kind, tuple):
        return lambda data, path: _decode_result(kind, data, path)
    decoders = {
        key: (field.alias or field.name, _decoder(field.type)) for field, key in fields_with_keys(kind)
    }
    optional = {
        field.alias or field.name: None
        for field, _ in fields_with_keys(kind)
        if field.default is attrs.NOTHING and NoneType in get_args(field.type)
    }

    def decode(data: Mapping[str, Any], path: str) -> Any:
        arguments: dict[str, Any] = dict(optional)
        for key, value in data.items():
            if key == "type":
                continue
            if key not in decoders:
                raise _problem(f"{path}.{key}", N_("unknown key"))
            name, decoder = decoders[key]
            arguments[name] = decoder(value, f"{path}.{key}")
        return kind(**arguments)

    return decode


def _decode_result(kind: Any, data: Mapping[str, Any], path: str) -> Any:
    items = [_decode_record(item, f"{path}.items[{at}]") for at, item in enumerate(data["items"])]
    return kind(*(data[name] for name in ("text", "total") if name in data), items)


def _decoder(annotation: Any) -> Decode:
    """Return the function that decodes a value of an annotated type."""
    if annotation is PartialDate:
        return lambda value, _path: PartialDate.parse(value)
    origin = get_origin(annotation)
    if origin is tuple:
        inner = get_args(annotation)
        if len(inner) == 2 and inner[1] is Ellipsis:
            one = _decoder(inner[0])
            return lambda value, path: tuple(one(item, f"{path}[{at}]") for at, item in enumerate(value))
        several = [_decoder(item) for item in inner]
        return lambda value, path: tuple(
            decode(item, f"{path}[{at}]")
            for at, (decode, item) in enumerate(zip(several, value, strict=True))
        )
    if origin in (Union, UnionType):
        return _union_decoder(get_args(annotation))
    if origin is Literal or annotation in _PLAIN or annotation is NoneType:
        return lambda value, _path: value
    return _decode_any


def _union_decoder(kinds: tuple[Any, ...]) -> Decode:
    by_shape: dict[type, Decode] = {}
    for kind in kinds:
        shape = list if get_origin(kind) is tuple else str if kind is PartialDate else None
        if shape is not None:
            by_shape[shape] = _decoder(kind)

    def decode(value: Any, path: str) -> Any:
        return by_shape.get(type(value), _decode_any)(value, path)

    return decode


def _decode_any(value: Any, path: str) -> Any:
    """Decode a value by its own form: objects with a type are records, lists are tuples."""
    if isinstance(value, Mapping):
        if "type" in value:
            return _decode_record(value, path)
        return {key: _decode_any(item, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_decode_any(item, f"{path}[{at}]") for at, item in enumerate(value))
    return value

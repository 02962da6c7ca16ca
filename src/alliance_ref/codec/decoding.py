"""Decode plain data (from TOML or JSON) to records, and collect every problem in one pass.

The attrs classes define the format: a table has the fields of its class under their names. Some records have
a shorter notation and their own function here, for example a date (``"2005-10"``) or a name
(``{ ja = "普天間", reading = "ふてんま" }``). Decoding continues after a problem.
"""

import datetime
from collections.abc import Callable, Mapping
from types import UnionType
from typing import Any, Final, Literal, TypeVar, get_args, get_origin

import attrs

from alliance_ref.messages import N_, error_text, message_text
from alliance_ref.records.entries import Name
from alliance_ref.records.values import Bilingual, Gap, PartialDate, Source

T = TypeVar("T")

BAD: Final[Any] = object()
"""The result for a value that cannot be decoded; the decoder has its problem."""


@attrs.define
class Decoder:
    """Decodes one file, with the sources that the file may cite, and collects the problems.

    `problems` are pairs of a path and a message, so that successful decoding does not import the errors.
    """

    sources: Mapping[str, Mapping[str, Any]]
    problems: list[tuple[str, str]] = attrs.Factory(list)

    def fail(self, path: str, template: str, **values: object) -> Any:
        """Note a problem at *path* and return `BAD`; *values* fill the English *template* of its message."""
        self.problems.append((path, message_text(template, **values)))
        return BAD

    def decode(self, kind: Any, data: object, path: str) -> Any:
        """Return *data* as a value of the type *kind*, or `BAD`."""
        hook = _HOOKS.get(kind)
        if hook is not None:
            return hook(self, data, path)
        origin = get_origin(kind)
        if origin is tuple:
            return self.sequence(get_args(kind)[0], data, path)
        if origin is UnionType:
            return self._union(get_args(kind), data, path)
        if origin is Literal:
            return self._plain(str, data, path)
        if attrs.has(kind):
            return self.table(kind, data, path)
        return self._plain(kind, data, path)

    def table(
        self, kind: type[T], data: object, path: str, *, given: Mapping[str, object] | None = None
    ) -> T | Any:
        """Return a table as a record of the attrs class *kind*; *given* are fields outside the table."""
        if not isinstance(data, Mapping):
            return self.fail(path, "must be {expected}, not {given}", expected=_A_TABLE, given=_type(data))
        given = given or {}
        arguments: dict[str, object] = dict(given)
        fields = {field.name: field for field in _fields(kind) if field.name not in given}
        self.check_keys(data, tuple(fields), path)
        for name, field in fields.items():
            if name in data:
                arguments[name] = self.decode(field.type, data[name], f"{path}.{name}")
            elif field.default is attrs.NOTHING:
                arguments[name] = self.fail(f"{path}.{name}", "required field missing")
        return self.build(kind, arguments, path)

    def build(self, kind: type[T], arguments: Mapping[str, object], path: str) -> T | Any:
        """Return the record, or `BAD` if an argument is `BAD` or the class raises an error."""
        if any(value is BAD for value in arguments.values()):
            return BAD
        try:
            return kind(**arguments)
        except (TypeError, ValueError) as error:
            return self.reject(path, error)

    def reject(self, path: str, error: Exception) -> Any:
        """Note that a record did not accept the value at *path*, and return `BAD`."""
        self.problems.append((path, error_text(error)))
        return BAD

    def check_keys(self, data: Mapping[str, object], known: tuple[str, ...], path: str) -> None:
        """Report each unknown key with the most similar known one."""
        for key in data:
            if key not in known:
                from difflib import get_close_matches

                near = get_close_matches(key, known, n=1, cutoff=0.5)
                if near:
                    self.fail(f"{path}.{key}", "unknown key; did you mean {name!r}?", name=near[0])
                else:
                    self.fail(f"{path}.{key}", "unknown key; known keys: {names}", names=known)

    def sequence(self, kind: Any, data: object, path: str) -> Any:
        """Return a list as a tuple of values of *kind*."""
        if not isinstance(data, list):
            return self.fail(path, "must be {expected}, not {given}", expected=_A_LIST, given=_type(data))
        values = [self.decode(kind, item, f"{path}[{at}]") for at, item in enumerate(data)]
        return BAD if any(value is BAD for value in values) else tuple(values)

    def _union(self, kinds: tuple[Any, ...], data: object, path: str) -> Any:
        if Gap in kinds and isinstance(data, Mapping) and "gap" in data:
            return _gap(self, data, path)
        [kind] = [kind for kind in kinds if kind not in (Gap, type(None))]
        return self.decode(kind, data, path)

    def _plain(self, kind: type, data: object, path: str) -> Any:
        if kind is float and type(data) is int:
            return float(data)
        if type(data) is not kind:
            expected = _TYPES.get(kind, kind.__name__)
            return self.fail(path, "must be {expected}, not {given}", expected=expected, given=_type(data))
        return data


def _fields(kind: Any) -> "tuple[attrs.Attribute[Any], ...]":
    found: tuple[attrs.Attribute[Any], ...] = attrs.fields(kind)
    return found


_A_LIST, _A_TABLE = message_text("a list"), message_text("a table")
_TYPES = {
    str: message_text("text"),
    int: message_text("a whole number"),
    float: message_text("a number"),
    bool: message_text("true or false"),
    list: _A_LIST,
    dict: _A_TABLE,
}
_A_DATE = message_text("a date such as 2005-10-29 or '2005-10'")
_A_SOURCE = message_text("the id of a source or a table")


def _type(data: object) -> str:
    return _TYPES.get(type(data), type(data).__name__)


def _gap(decoder: Decoder, data: object, path: str) -> Any:
    if not isinstance(data, Mapping):
        return decoder.fail(path, "must be {expected}, not {given}", expected=_A_TABLE, given=_type(data))
    decoder.check_keys(data, ("gap", "note"), path)
    return decoder.build(Gap, {"reason": data.get("gap"), "note": data.get("note", "")}, path)


def _partial_date(decoder: Decoder, data: object, path: str) -> Any:
    if isinstance(data, datetime.date) and not isinstance(data, datetime.datetime):
        return PartialDate(data.year, data.month, data.day)
    if not isinstance(data, str):
        return decoder.fail(path, "must be {expected}, not {given}", expected=_A_DATE, given=_type(data))
    try:
        return PartialDate.parse(data)
    except ValueError as error:
        return decoder.reject(path, error)


def _source(decoder: Decoder, data: object, path: str) -> Any:
    """Decode the id of a registered source, a table with its id and a mark or note, or a complete source."""
    if isinstance(data, str):
        data = {"id": data}
    if not isinstance(data, Mapping):
        return decoder.fail(path, "must be {expected}, not {given}", expected=_A_SOURCE, given=_type(data))
    if "title" in data:
        return decoder.table(Source, data, path)
    decoder.check_keys(data, ("id", "mark", "note"), path)
    registered = decoder.sources.get(str(data.get("id", "")))
    if registered is None:
        from difflib import get_close_matches

        wanted = data.get("id")
        near = get_close_matches(str(data.get("id", "")), decoder.sources, n=1)
        if near:
            template = N_("no source {id!r} in sources.toml; did you mean {name!r}?")
            return decoder.fail(path, template, id=wanted, name=near[0])
        return decoder.fail(path, "no source {id!r} in sources.toml", id=wanted)
    return decoder.table(Source, {**registered, **data}, path)


def _name(decoder: Decoder, data: object, path: str) -> Any:
    """Decode a table with the text under its language: ``{ en = "Futenma", status = "admitted" }``."""
    if not isinstance(data, Mapping):
        return decoder.fail(path, "must be {expected}, not {given}", expected=_A_TABLE, given=_type(data))
    langs = [lang for lang in ("en", "ja") if lang in data]
    if len(langs) != 1:
        return decoder.fail(path, "a name needs its text under exactly one of the keys 'en' and 'ja'")
    [lang] = langs
    text = decoder.decode(str, data[lang], f"{path}.{lang}")
    rest = {key: value for key, value in data.items() if key != lang}
    return decoder.table(Name, rest, path, given={"text": text, "lang": lang})


def names(decoder: Decoder, data: object, path: str) -> Any:
    """Decode the names of an entry; without a status, the first of each language is preferred."""
    if isinstance(data, list):
        seen: set[str] = set()
        completed: list[object] = []
        for item in data:
            if isinstance(item, Mapping):
                lang = "ja" if "ja" in item else "en"
                status = "admitted" if lang in seen else "preferred"
                seen.add(lang)
                completed.append({"status": status, **item})
            else:
                completed.append(item)
        data = completed
    return decoder.sequence(Name, data, path)


_HOOKS: dict[Any, Callable[[Decoder, object, str], Any]] = {
    PartialDate: _partial_date,
    Source: _source,
    Name: _name,
    tuple[Name, ...]: names,
}


def register(kind: Any, hook: Callable[[Decoder, object, str], Any]) -> None:
    """Register *hook* as the decoder of values of the type *kind*."""
    _HOOKS[kind] = hook


__all__ = ["BAD", "Bilingual", "Decoder", "names", "register"]

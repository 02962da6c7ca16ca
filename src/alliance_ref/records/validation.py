"""Validation of the types of fields: `typed` is the ``field_transformer`` of every record.

A type checker does not see data that comes from JSON, a table or a form. Each field of a record therefore
rejects a value that is not of its type when the record is created, not later in a timeline or a report.
"""

from collections.abc import Callable
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin

if TYPE_CHECKING:
    import attrs

from alliance_ref.arguments import check_choice, wrong_type

Validator = Callable[[Any, "attrs.Attribute[Any]", Any], Any]

_NAMES = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    NoneType: "None",
}


_CHECKING_TYPE: set[Any] = set()
"""Validators that reject values of other types themselves."""

V = TypeVar("V", bound=Validator)


def checks_type(validator: V) -> V:
    """Register a validator that rejects values of other types itself, so that they are not checked twice."""
    _CHECKING_TYPE.add(validator)
    return validator


def typed(_record: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """Return the fields of a record, each with a validator of its type."""
    return [
        field
        if getattr(field, "inherited", False)
        else field.evolve(validator=_with_type(field.type, field.validator))
        for field in fields
    ]


def _with_type(kind: Any, validator: Validator | None) -> Validator | None:
    if validator in _CHECKING_TYPE:
        return validator
    check = _validator(kind)
    if check is None or validator is None:
        return check or validator

    def both(instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        check(instance, attribute, value)
        validator(instance, attribute, value)

    return both


def _validator(kind: Any) -> Validator | None:
    """Return a validator for a type, ``None`` for a type that accepts everything."""
    if kind is Any or kind is None or get_origin(kind) is ClassVar:
        return None
    if get_origin(kind) is Literal:
        choices = get_args(kind)

        def one_of(_instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
            check_choice(value, attribute.name, choices)

        return one_of
    if isinstance(kind, type) and get_origin(kind) is None and kind not in (int, float):

        def instance_of(_instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
            if not isinstance(value, kind):
                raise wrong_type(attribute.name, _described(kind), value)

        return instance_of
    accepts = _predicate(kind)

    def check(_instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        if not accepts(value):
            raise wrong_type(attribute.name, _described(kind), value)

    return check


def _predicate(kind: Any) -> Callable[[Any], bool]:
    """Return a function that returns whether a value is of a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        predicates = [_predicate(one) for one in arguments]
        return lambda value: any(accepts(value) for accepts in predicates)
    if origin is Literal:
        return lambda value: value in arguments
    if origin is tuple:
        return _tuple_predicate(arguments)
    if kind is float:
        return lambda value: isinstance(value, float | int) and not isinstance(value, bool)
    if kind is int:
        return lambda value: isinstance(value, int) and not isinstance(value, bool)
    if kind is Any:
        return lambda _value: True
    plain = origin or kind
    return lambda value: isinstance(value, plain)


def _tuple_predicate(arguments: tuple[Any, ...]) -> Callable[[Any], bool]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        accepts = _predicate(arguments[0])
        return lambda value: isinstance(value, tuple) and all(map(accepts, value))
    predicates = [_predicate(one) for one in arguments]
    return lambda value: (
        isinstance(value, tuple)
        and len(value) == len(predicates)
        and all(accepts(item) for accepts, item in zip(predicates, value, strict=True))
    )


def _described(kind: Any) -> str:
    """Return a type in words: ``a tuple of Name``.

    >>> _described(tuple[str, ...]), _described(int | None)
    ('a tuple of str', 'a whole number or None')
    """
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join(map(_described, arguments))
    if origin is Literal:
        return " or ".join(map(repr, arguments))
    if origin is tuple:
        names = " or ".join(dict.fromkeys(map(_class_name, arguments[:1])))
        return f"a tuple of {names}"
    if kind in _NAMES:
        return _NAMES[kind]
    return f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"


def _class_name(kind: Any) -> str:
    alternatives = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    return " or ".join(getattr(one, "__name__", str(one)) for one in alternatives)

"""Targets of links from names: a template such as ``https://example.org/{id}``, or a function."""

import string
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import quote

from alliance_ref.arguments import invalid_value, wrong_type
from alliance_ref.records.annotations import Annotation

Link: TypeAlias = str | Callable[[Annotation], str | None]
"""A template with ``{id}``, ``{kind}`` or ``{lang}``, or a function; it returns ``None`` for no link."""

PLACEHOLDERS = ("id", "kind", "lang")


def link_function(link: Link) -> Callable[[Annotation], str | None]:
    """Return the function that returns the target of an annotation, or ``None`` for no link.

    Raises:
        InvalidValue: if a template does not contain ``{id}``, or contains another placeholder.
        InvalidType: if *link* is neither text nor a function.

    >>> import alliance_ref as ar
    >>> link_function("https://example.org/{lang}/{id}")(ar.annotate("Camp Zama")[0])
    'https://example.org/en/camp-zama'
    """
    if callable(link):
        return link
    if not isinstance(link, str):
        raise wrong_type("link", "a template or a function", link)
    try:
        fields = [field for _, field, form, _ in string.Formatter().parse(link) if field is not None]
    except ValueError:
        fields = [""]
    if "id" not in fields or not set(fields) <= set(PLACEHOLDERS):
        raise invalid_value("link", value=link)

    def target(annotation: Annotation) -> str:
        entry = annotation.entry
        values = {"id": quote(entry.id, safe=""), "kind": entry.kind, "lang": annotation.lang}
        return "".join(
            before + (values[field] if field else "")
            for before, field, _, _ in string.Formatter().parse(link)
        )

    return target

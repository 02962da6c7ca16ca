"""Shortcuts for the most used methods of the shipped reference, such as ``alliance_ref.lookup(...)``.

Each function has the signature of the method of `Reference` with the same name and calls it on
``alliance_ref.load()``. The overloads of `entries` are in the stub, since a `ParamSpec` cannot keep them.
"""

import inspect
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from alliance_ref.reference import Reference, load

P = ParamSpec("P")
R = TypeVar("R")


def _on_shipped_reference(method: Callable[Concatenate[Reference, P], R]) -> Callable[P, R]:
    """Return a function that calls *method* on the shipped reference, with its documentation."""

    def function(*args: P.args, **kwargs: P.kwargs) -> R:
        return method(load(), *args, **kwargs)

    name = method.__name__
    signature = inspect.signature(method)
    _, *parameters = signature.parameters.values()
    summary, _, details = inspect.cleandoc(method.__doc__ or "").partition("\n\n")
    note = f"This is `Reference.{name}` of the shipped reference."
    function.__doc__ = f"{summary}\n\n{note}\n\n{details}".replace(f"ar.load().{name}(", f"ar.{name}(")
    function.__name__ = function.__qualname__ = name
    function.__annotations__ = {key: value for key, value in method.__annotations__.items() if key != "self"}
    function.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return function


annotate = _on_shipped_reference(Reference.annotate)
annotate_html = _on_shipped_reference(Reference.annotate_html)
concordance = _on_shipped_reference(Reference.concordance)
document = _on_shipped_reference(Reference.document)
documents = _on_shipped_reference(Reference.documents)
entries = _on_shipped_reference(Reference.entries)
entry = _on_shipped_reference(Reference.entry)
lookup = _on_shipped_reference(Reference.lookup)
office_holders = _on_shipped_reference(Reference.office_holders)
passage = _on_shipped_reference(Reference.passage)
read_copy = _on_shipped_reference(Reference.read_copy)
suggest = _on_shipped_reference(Reference.suggest)
timeline = _on_shipped_reference(Reference.timeline)
topic = _on_shipped_reference(Reference.topic)
topics = _on_shipped_reference(Reference.topics)
translate = _on_shipped_reference(Reference.translate)

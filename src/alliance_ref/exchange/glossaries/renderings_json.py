"""Renderings as one line of JSON, for formats that have no pairs of terms and carry them in a note.

>>> from alliance_ref.records import Rendering
>>> dumps_rendering(Rendering("alliance", "同盟", 0.9, 12))
'{"en": "alliance", "ja": "同盟", "score": 0.9, "count": 12}'
"""

import json
from collections.abc import Callable
from typing import Any

import attrs

from alliance_ref.errors import invalid
from alliance_ref.records.glossary import Occurrence, PairAttestation, Rendering, Use
from alliance_ref.records.values import PartialDate


def dumps_rendering(rendering: Rendering, clean: Callable[[str], str] = str) -> str:
    """Return the rendering as a JSON object on one line, without empty fields.

    Args:
        rendering: The rendering.
        clean: A function that is applied to every text, for example, to drop characters that XML does not
            allow.
    """
    given = attrs.asdict(rendering, value_serializer=_plain)
    filled = {name: value for name, value in given.items() if value not in (None, 0, [], ())}
    if rendering.score == 0.0:
        filled["score"] = 0.0
    return json.dumps(_cleaned(filled, clean), ensure_ascii=False)


def loads_rendering(text: str) -> Rendering:
    """Return the rendering that `dumps_rendering` wrote.

    Raises:
        ValueError: The text is not a rendering.
    """
    try:
        given: dict[str, Any] = json.loads(text)
        places = tuple(
            PairAttestation(
                place["passage"], place["unit"], Occurrence(**place["en"]), Occurrence(**place["ja"])
            )
            for place in given.pop("attestations", ())
        )
        uses = tuple(
            Use(use["document"], use["count"], PartialDate.parse(use["date"]) if use["date"] else None)
            for use in given.pop("uses", ())
        )
        return Rendering(**given, attestations=places, uses=uses)
    except (LookupError, TypeError, AttributeError, RecursionError) as error:
        raise invalid("invalid-value", detail=repr(error)) from None


def _plain(_record: object, _field: object, value: object) -> object:
    return str(value) if isinstance(value, PartialDate) else value


def _cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(item, clean) for key, item in value.items()}
    return [_cleaned(item, clean) for item in value] if isinstance(value, list | tuple) else value

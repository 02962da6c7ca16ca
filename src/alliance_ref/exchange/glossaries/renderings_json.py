"""Renderings as one line of JSON: how formats that know no pairs of terms carry them in a note of their own.

>>> from alliance_ref.records import Rendering
>>> dumps_rendering(Rendering("alliance", "同盟", 0.9, 12))
'{"en": "alliance", "ja": "同盟", "score": 0.9, "count": 12}'
"""

import json
from collections.abc import Callable
from typing import Any

import attrs

from alliance_ref.records.glossary import Occurrence, PairAttestation, Rendering, Use
from alliance_ref.records.values import PartialDate


def dumps_rendering(rendering: Rendering, clean: Callable[[str], str] = str) -> str:
    """The rendering as a JSON object on one line; fields that are empty are left out.

    *clean* is put over every text in it first.
    """
    given = attrs.asdict(rendering, value_serializer=_plain)
    filled = {name: value for name, value in given.items() if value not in (None, 0, [], ())}
    if rendering.score == 0.0:
        filled["score"] = 0.0
    return json.dumps(_cleaned(filled, clean), ensure_ascii=False)


def loads_rendering(text: str) -> Rendering:
    """The rendering that :func:`dumps_rendering` wrote.

    Raises:
        ValueError: if it is none.
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
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no rendering: {error!r}") from None


def _plain(_record: object, _field: object, value: object) -> object:
    return str(value) if isinstance(value, PartialDate) else value


def _cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(item, clean) for key, item in value.items()}
    return [_cleaned(item, clean) for item in value] if isinstance(value, list | tuple) else value

"""The general index: entries that have readings are ordered by them, within their row of kana."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from alliance_ref.keys import gojuon_key
from alliance_ref.sphinxext.citing import domain_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def order_index(
    app: "Sphinx", pagename: str, templatename: str, context: dict[str, Any], doctree: "nodes.document | None"
) -> None:
    """Order what the index page shows, whether it is one page or one a letter."""
    if not pagename.startswith("genindex"):
        return
    readings = domain_of(app.env).readings()
    if "genindexentries" in context:
        context["genindexentries"] = [
            (heading, _ordered(entries, readings)) for heading, entries in _merged(context["genindexentries"])
        ]
    if "entries" in context:
        context["entries"] = _ordered(context["entries"], readings)


def _merged(groups: Iterable[tuple[str, list[Any]]]) -> Iterable[tuple[str, list[Any]]]:
    together: dict[str, list[Any]] = {}
    for heading, entries in groups:
        together.setdefault(heading, []).extend(entries)
    return together.items()


def _ordered(entries: list[Any], readings: dict[str, str]) -> list[Any]:
    if not any(entry[0] in readings for entry in entries):
        return entries
    return sorted(entries, key=lambda entry: gojuon_key(readings.get(entry[0], entry[0])))

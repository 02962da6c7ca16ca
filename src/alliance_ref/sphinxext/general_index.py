"""The general index: entries with readings are sorted by them, within their row of kana.

For LaTeX the programs that order an index are told under what key an entry stands, ``よみ@表記``: mendex and
upmendex, which Sphinx calls for Japanese, put the keys under their rows; makeindex and xindy order them by
their code points, for which voicing marks and small kana are left out of the keys.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sphinx import addnodes

from alliance_ref.sphinxext.references import domain_of
from alliance_ref.text.keys import gojuon_key
from alliance_ref.text.scripts import JAPANESE

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def order_index(
    app: "Sphinx", pagename: str, templatename: str, context: dict[str, Any], doctree: "nodes.document | None"
) -> None:
    """Sort the entries of an index page, which may be one page or one per letter."""
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


_JAPANESE = re.compile(f"[{JAPANESE}]")
_ENTRY = re.compile(r"\\index\{(?P<key>[^@!|{}\\]+)@(?P<shown>\\spxentry\{(?P=key)\}.*)", re.DOTALL)


def with_reading(entry: str, readings: dict[str, str]) -> str:
    r"""Return a LaTeX index entry with a sort key from its reading.

    >>> print(with_reading(r"\index{会議@\spxentry{会議}|spxpagem}", {"会議": "かいぎ"}))
    \index{かいき@\spxentry{会議}|spxpagem}
    """
    found = _ENTRY.fullmatch(entry)
    if found is None or found["key"] not in readings or not _JAPANESE.search(found["key"]):
        return entry
    return rf"\index{{{gojuon_key(readings[found['key']])[0]}@{found['shown']}"


def _visit_index(writer: Any, node: addnodes.index) -> None:
    done = len(writer.body)
    try:
        type(writer).visit_index(writer, node)  # which ends by skipping what is in the node
    finally:
        readings = domain_of(writer.builder.env).readings()
        writer.body[done:] = [with_reading(text, readings) for text in writer.body[done:]]


def order_index_of_latex(app: "Sphinx") -> None:
    """Register the writer of index entries for LaTeX."""
    app.add_node(addnodes.index, override=True, latex=(_visit_index, None))

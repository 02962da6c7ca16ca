"""A Sphinx extension: cite entries, terms and passages in one's own documentation.

Add ``"alliance_ref.sphinxext"`` to ``extensions`` in ``conf.py``. Needs Sphinx 8.2 or newer.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx.search

import alliance_ref
from alliance_ref.keys import gojuon_key
from alliance_ref.sphinxext.cards import CardTransform
from alliance_ref.sphinxext.domain import AllianceDomain, in_wanted_language, unknown_target
from alliance_ref.sphinxext.library import reference_of
from alliance_ref.sphinxext.names import names_script
from alliance_ref.sphinxext.nodes import add_nodes
from alliance_ref.sphinxext.search import languages

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

_STATIC = Path(__file__).parent / "static"
_NAMES = "alliance-names.js"


def setup(app: "Sphinx") -> dict[str, Any]:
    """Called by Sphinx."""
    app.require_sphinx("8.2")
    app.add_config_value("alliance_data", "", "env", str)
    app.add_config_value("alliance_edition", "", "env", str)
    app.add_config_value("alliance_warn_unused", True, "", bool)
    app.add_config_value("alliance_name_search", True, "html", bool)
    add_nodes(app)
    app.add_domain(AllianceDomain)
    app.add_post_transform(CardTransform)
    app.connect("config-inited", _configure)
    app.connect("missing-reference", unknown_target, priority=900)
    app.connect("doctree-resolved", in_wanted_language)
    app.connect("builder-inited", _add_static)
    app.connect("html-page-context", _order_index)
    app.connect("build-finished", _write_names)
    app.add_css_file("alliance.css")
    app.add_js_file("alliance.js", loading_method="defer")
    return {"version": alliance_ref.__version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _configure(app: "Sphinx", config: "Config") -> None:
    """Note the edition of the data, so that new data makes all pages anew; put the search in its place."""
    config.alliance_edition = reference_of(config).edition
    sphinx.search.languages.update(languages())


def _add_static(app: "Sphinx") -> None:
    if app.builder.format == "html":
        app.config.html_static_path.append(str(_STATIC))
        if app.config.alliance_name_search:
            app.add_js_file(_NAMES, loading_method="defer")


def _order_index(
    app: "Sphinx", pagename: str, templatename: str, context: dict[str, Any], doctree: "nodes.document | None"
) -> None:
    """Order the entries of the general index that have readings by them, within their row of kana."""
    if pagename != "genindex" or "genindexentries" not in context:
        return
    domain = app.env.get_domain(AllianceDomain.name)
    assert isinstance(domain, AllianceDomain)
    readings = domain.readings()
    context["genindexentries"] = [
        (heading, _ordered(entries, readings)) for heading, entries in _merged(context)
    ]


def _merged(context: dict[str, Any]) -> Iterable[tuple[str, list[Any]]]:
    together: dict[str, list[Any]] = {}
    for heading, entries in context["genindexentries"]:
        together.setdefault(heading, []).extend(entries)
    return together.items()


def _ordered(entries: list[Any], readings: dict[str, str]) -> list[Any]:
    if not any(entry[0] in readings for entry in entries):
        return entries
    return sorted(entries, key=lambda entry: gojuon_key(readings.get(entry[0], entry[0])))


def _write_names(app: "Sphinx", exception: Exception | None) -> None:
    """Write the index of names, with the addresses that entries have in this project."""
    if exception is not None or app.builder.format != "html" or not app.config.alliance_name_search:
        return
    domain = app.env.get_domain(AllianceDomain.name)
    assert isinstance(domain, AllianceDomain)
    addresses = {
        name: f"{app.builder.get_target_uri(found.docname)}#{found.node_id}"
        for (kind, name), found in domain.objects.items()
        if kind == "entry"
    }
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    text = names_script(reference_of(app.config), addresses)
    (folder / _NAMES).write_text(text, encoding="utf-8")

"""A Sphinx extension: cite entries, terms and passages in your documentation.

Add ``"alliance_ref.sphinxext"`` to ``extensions`` in ``conf.py``. Needs Sphinx 8.2 or newer.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

import alliance_ref
from alliance_ref.errors import AllianceRefError
from alliance_ref.preparation.name_index import NAME_SEARCH_SCRIPT
from alliance_ref.sphinxext.base import AllianceDirective
from alliance_ref.sphinxext.config import page_language, reference_of, stamp_of
from alliance_ref.sphinxext.directives import (
    ConcordanceDirective,
    DocumentDirective,
    NameSearchDirective,
    PassageDirective,
    TimelineDirective,
    TopicsDirective,
)
from alliance_ref.sphinxext.domain import AllianceDomain
from alliance_ref.sphinxext.general_index import order_index, order_index_of_latex
from alliance_ref.sphinxext.language_markup import mark_pages
from alliance_ref.sphinxext.lists import EntriesDirective, GlossaryDirective
from alliance_ref.sphinxext.nodes import add_nodes
from alliance_ref.sphinxext.references import (
    domain_of,
    name_terms,
    note_citations,
    note_places,
    pages_to_write,
    unknown_target,
)
from alliance_ref.sphinxext.roles import BilingualTextRole, EntryRole, LabelRole, PassageRole, TermRole
from alliance_ref.sphinxext.search import install_search, names_script
from alliance_ref.sphinxext.tooltips import CardTransform, RemoveScreenOnly

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

ROLES = {
    "either": BilingualTextRole,
    "entry": EntryRole,
    "label": LabelRole,
    "passage": PassageRole,
    "term": TermRole,
}
"""The roles of the domain, by name."""

DIRECTIVES: dict[str, type[AllianceDirective]] = {
    "concordance": ConcordanceDirective,
    "document": DocumentDirective,
    "entries": EntriesDirective,
    "glossary": GlossaryDirective,
    "name-search": NameSearchDirective,
    "passage": PassageDirective,
    "timeline": TimelineDirective,
    "topics": TopicsDirective,
}
"""The directives of the domain, by name."""

_STATIC = Path(__file__).parent / "static"
_NAMES = "alliance-names.js"


def setup(app: "Sphinx") -> dict[str, Any]:
    """Register the extension; Sphinx calls this function."""
    app.require_sphinx("8.2")
    app.add_config_value("alliance_data", "", "env", str)
    app.add_config_value("alliance_edition", "", "env", str)
    app.add_config_value("alliance_warn_unused", True, "", bool)
    app.add_config_value("alliance_name_search", True, "html", bool)
    app.add_config_value("alliance_full_text_search", True, "html", bool)
    app.add_config_value("alliance_mark_japanese", True, "html", bool)
    add_nodes(app)
    order_index_of_latex(app)
    app.add_domain(AllianceDomain)
    for name, role in ROLES.items():
        app.add_role_to_domain(AllianceDomain.name, name, role())
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain(AllianceDomain.name, name, directive)
    app.add_post_transform(RemoveScreenOnly)
    app.add_post_transform(CardTransform)
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _add_static)
    app.connect("builder-inited", mark_pages)
    app.connect("doctree-read", note_citations)
    app.connect("env-get-outdated", note_places)
    app.connect("env-updated", pages_to_write)
    app.connect("warn-missing-reference", unknown_target)
    app.connect("doctree-resolved", name_terms)
    app.connect("html-page-context", order_index)
    app.connect("write-started", _write_names)
    return {"version": alliance_ref.__version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _configure(app: "Sphinx", config: "Config") -> None:
    """Record the edition of the data, so that new data rebuilds all pages; install the search."""
    if config.alliance_data:
        config.alliance_data = str(Path(app.confdir, config.alliance_data).resolve())
    try:
        config.alliance_edition = stamp_of(config.alliance_data)
        reference_of(config)
    except (AllianceRefError, OSError) as error:
        raise ConfigError(f"alliance_data = {config.alliance_data!r}: {error}") from None
    install_search(app, config)


def _has_scripts(builder: "Builder") -> bool:
    return builder.format == "html" and builder.name != "epub"


def _add_static(app: "Sphinx") -> None:
    if app.builder.format != "html":
        return
    app.config.html_static_path = [*app.config.html_static_path, str(_STATIC)]
    app.add_css_file("alliance.css")
    if _has_scripts(app.builder):
        if app.config.alliance_name_search:
            app.config.html_static_path.append(str(NAME_SEARCH_SCRIPT))
            app.add_js_file(_NAMES, loading_method="defer")
            app.add_js_file(NAME_SEARCH_SCRIPT.name, loading_method="defer")
        app.add_js_file("alliance.js", loading_method="defer")


def _write_names(app: "Sphinx", builder: "Builder") -> None:
    """Write the index of names with the addresses of entries in this project."""
    if not _has_scripts(builder) or not app.config.alliance_name_search:
        return
    domain = domain_of(app.env)
    addresses = {}
    for kind, name in domain.objects:
        found = domain.find_object(kind, name)
        if kind == "entry" and found is not None:
            page = builder.get_target_uri(found.docname)
            if builder.name == "singlehtml":
                page = f"{app.config.root_doc}{getattr(builder, 'out_suffix', '.html')}"
            addresses[name] = f"{page}#{found.node_id}"
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    text = names_script(reference_of(app.config), addresses, page_language(app.config))
    (folder / _NAMES).write_text(text, encoding="utf-8")

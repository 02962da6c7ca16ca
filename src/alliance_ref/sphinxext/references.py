"""Citations after all pages are read: the names to show, warnings, and pages to write again."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from alliance_ref.records import Lang, Term
from alliance_ref.sphinxext.config import page_language, reference_of
from alliance_ref.sphinxext.domain import AllianceDomain, DefinedTerm
from alliance_ref.sphinxext.labels import CitationTarget, entry_text, find_entry
from alliance_ref.text.folding import name_key

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


def domain_of(env: "BuildEnvironment") -> AllianceDomain:
    """Return the domain of a project."""
    return cast("AllianceDomain", env.get_domain(AllianceDomain.name))


def note_citations(app: "Sphinx", doctree: "nodes.document") -> None:
    """Record the citations of a page, so that it is written again when their targets change."""
    cited = {
        (str(node["reftype"]), str(node["reftarget"]))
        for node in doctree.findall(addnodes.pending_xref)
        if node.get("refdomain") == AllianceDomain.name
    }
    if cited:
        domain_of(app.env).data["cited"][app.env.docname] = cited


def note_places(
    app: "Sphinx", env: "BuildEnvironment", added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Record the locations of all cited objects before pages are read."""
    if added or changed or removed:
        env.alliance_places = _places(domain_of(env))  # type: ignore[attr-defined]
    return []


def pages_to_write(app: "Sphinx", env: "BuildEnvironment") -> Iterable[str]:
    """Return the unchanged pages that cite changed objects."""
    before: Mapping[tuple[str, str], object] = env.__dict__.pop("alliance_places", {})
    domain = domain_of(env)
    after = _places(domain)
    moved = {key for key, place in before.items() if after.get(key) != place}
    return sorted(docname for docname, cited in domain.data["cited"].items() if not moved.isdisjoint(cited))


def _places(domain: AllianceDomain) -> dict[tuple[str, str], object]:
    cited: set[tuple[str, str]] = set().union(*domain.data["cited"].values())
    return {(kind, target): domain.place(kind, target) for kind, target in cited}


def name_terms(app: "Sphinx", doctree: "nodes.document", docname: str) -> None:
    """Show every cited term in the requested language, as of the requested day."""
    for node in list(doctree.findall(nodes.inline)):
        wanted: CitationTarget | None = node.attributes.pop("alliance_wanted", None)
        if wanted is None:
            continue
        found = domain_of(app.env).find_terms(wanted.id)
        distinct = sorted({term.concept.id for term in found})
        if len(distinct) > 1:
            logger.warning(
                "term %r is one of several concepts: %s; cite it by its id",
                wanted.id,
                ", ".join(distinct),
                location=node,
                type="alliance",
                subtype="ambiguous",
            )
        called = _term_text(app, wanted, found)
        if called is not None:
            text, lang = called
            node[:] = [nodes.Text(text)]
            others = [name for name in node["classes"] if not name.startswith("language-")]
            node["classes"] = [f"language-{lang}", *others]


def _term_text(app: "Sphinx", wanted: CitationTarget, found: list[DefinedTerm]) -> tuple[str, Lang] | None:
    """Return the text of a cited term and its language, or ``None`` if the term is unknown."""
    lang = wanted.lang or page_language(app.config)
    if not found:
        entry = find_entry(reference_of(app.config), wanted.id)
        if entry is None:
            return None
        if not wanted.is_qualified and wanted.id != entry.id:
            written = next((name for name in entry.names if name_key(name.text) == name_key(wanted.id)), None)
            return None if written is None else (wanted.id, written.lang)
        name = entry.preferred(lang, as_of=wanted.as_of) or entry.preferred(lang)
        return entry_text(entry, lang, wanted.as_of), name.lang if name is not None else lang
    concept = found[0].concept
    if not wanted.is_qualified and wanted.id != concept.id:
        terms = (*concept.en, *concept.ja)
        written_term = next((term for term in terms if name_key(term.text) == name_key(wanted.id)), None)
        return None if written_term is None else (wanted.id, written_term.lang)
    sections = [concept.section(lang), concept.section("en" if lang == "ja" else "ja")]
    terms = next((section.terms for section in sections if section.terms), ())
    valid = [term for term in terms if wanted.as_of is None or term.valid.covers(wanted.as_of)] or list(terms)
    best: Term = next((term for term in valid if term.status == "preferred"), valid[0])
    return best.text, best.lang


def unknown_target(app: "Sphinx", domain: "Domain | None", node: "pending_xref") -> bool | None:
    """Warn of an unknown target and suggest similar ones; entries of the reference remain text."""
    if node.get("refdomain") != AllianceDomain.name:
        return None
    kind, target = node["reftype"], node["reftarget"]
    # Links that the data made are not marked; "nitpicky" has them reported, but there is nothing to mend.
    excused = (f"alliance:{kind}", target) in app.config.nitpick_ignore
    if node.get("refwarn") and not excused and not _known(kind, target, app):
        nearest = _nearest(kind, target, app)
        hint = f"; did you mean {' or '.join(nearest)}?" if nearest else ""
        logger.warning(
            "no %s %r in the reference, in this project or in an inventory%s",
            kind,
            target,
            hint,
            location=node,
            type="alliance",
            subtype="target",
        )
    return True


def _nearest(kind: str, target: str, app: "Sphinx") -> list[str]:
    """Return similar targets: entries with this name, then ids with a similar spelling."""
    reference = reference_of(app.config)
    if kind == "passage":
        passages = [one.id for document in reference.documents() for one in document.passages]
        return get_close_matches(target, passages, 3)
    named = [match.entry.id for match in reference.lookup(target, limit=3)] if target.strip() else []
    spelt = [entry.id for entry in reference.entries()]
    if kind == "term":
        spelt = sorted({*domain_of(app.env).terms, *spelt})
    return list(
        dict.fromkeys(
            [*get_close_matches(target, spelt, 3, 0.8), *named, *get_close_matches(target, spelt, 3)]
        )
    )[:3]


def _known(kind: str, target: str, app: "Sphinx") -> bool:
    reference = reference_of(app.config)
    if kind == "passage":
        document_id, _, number = target.partition("#")
        return document_id in reference and any(
            str(one.number) == number for one in reference.document(document_id).passages
        )
    return target in reference or (kind == "term" and find_entry(reference, target) is not None)

"""The domain ``alliance``: what is defined where in a project, and where a role leads.

Entries, passages and the terms of glossaries are its objects. They stand in ``objects.inv``, so that another
project cites them through intersphinx. What a project does not define itself but the reference knows is
no error: it stays text, with its card. What nobody knows is a warning that names what looks like it.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from alliance_ref.keys import name_key
from alliance_ref.records import GlossaryConcept
from alliance_ref.sphinxext.directives import (
    ConcordanceDirective,
    DocumentDirective,
    EntriesDirective,
    GlossaryDirective,
    NameSearchDirective,
    PassageDirective,
    TimelineDirective,
    TopicsDirective,
)
from alliance_ref.sphinxext.library import page_language, reference_of
from alliance_ref.sphinxext.naming import entry_text, names_entry
from alliance_ref.sphinxext.roles import EitherRole, EntryRole, LabelRole, PassageRole, TermRole
from alliance_ref.sphinxext.targets import Wanted

if TYPE_CHECKING:
    from docutils.nodes import Element, Node
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


class Defined(NamedTuple):
    """Where something is defined: the page, the id on it, and what it is called there."""

    docname: str
    node_id: str
    title: str


class DefinedTerm(NamedTuple):
    """A term that a glossary on a page defines."""

    docname: str
    node_id: str
    concept: GlossaryConcept


class AllianceDomain(Domain):
    """Entries, passages and terms of the alliance reference and of one's own glossaries."""

    name = "alliance"
    label = "Alliance reference"
    object_types: ClassVar = {
        "entry": ObjType("entry", "entry"),
        "passage": ObjType("passage", "passage"),
        "term": ObjType("term", "term"),
    }
    roles: ClassVar = {
        "either": EitherRole(),
        "entry": EntryRole(),
        "label": LabelRole(),
        "passage": PassageRole(),
        "term": TermRole(),
    }
    directives: ClassVar = {
        "concordance": ConcordanceDirective,
        "document": DocumentDirective,
        "entries": EntriesDirective,
        "glossary": GlossaryDirective,
        "name-search": NameSearchDirective,
        "passage": PassageDirective,
        "timeline": TimelineDirective,
        "topics": TopicsDirective,
    }
    initial_data: ClassVar = {"objects": {}, "terms": {}, "to_use": {}, "used": {}, "readings": {}}
    data_version = 1

    @property
    def objects(self) -> dict[tuple[str, str], Defined]:
        """Entries and passages, by type and id."""
        found: dict[tuple[str, str], Defined] = self.data["objects"]
        return found

    @property
    def terms(self) -> dict[str, list[DefinedTerm]]:
        """Terms by key; one term may stand for several concepts."""
        found: dict[str, list[DefinedTerm]] = self.data["terms"]
        return found

    def note_object(self, kind: str, name: str, node_id: str, title: str) -> None:
        """An entry or passage is defined on the page that is being read."""
        known = self.objects.get((kind, name))
        if known is not None and known.docname != self.env.docname:
            logger.warning(
                "%s %s is defined on %s already",
                kind,
                name,
                known.docname,
                location=self.env.docname,
                type="alliance",
                subtype="duplicate",
            )
        self.objects[kind, name] = Defined(self.env.docname, node_id, title)

    def note_concept(self, concept: GlossaryConcept, node_id: str, *, to_use: bool) -> None:
        """A glossary on this page defines a concept; with *to_use* its terms are expected to be cited."""
        docname = self.env.docname
        defined = DefinedTerm(docname, node_id, concept)
        keys = {name_key(term.text) for section in (concept.en, concept.ja) for term in section}
        for key in sorted({*keys, concept.id}):
            self.terms.setdefault(key, []).append(defined)
        if to_use:
            self.data["to_use"].setdefault(docname, []).append((concept.id, sorted({*keys, concept.id})))

    def note_use(self, wanted: Wanted) -> None:
        """A role on the page that is being read cites a term."""
        self.data["used"].setdefault(self.env.docname, set()).update((wanted.id, name_key(wanted.id)))

    def note_reading(self, text: str, reading: str) -> None:
        """The index entry *text* is to be ordered by its *reading*."""
        self.data["readings"].setdefault(self.env.docname, {})[text] = reading

    def readings(self) -> dict[str, str]:
        """The readings of all index entries."""
        return {text: kana for page in self.data["readings"].values() for text, kana in page.items()}

    def clear_doc(self, docname: str) -> None:
        """Forget what a page defined, since it is read anew."""
        for name in [name for name, found in self.objects.items() if found.docname == docname]:
            del self.objects[name]
        for key, terms in list(self.terms.items()):
            kept = [term for term in terms if term.docname != docname]
            if kept:
                self.terms[key] = kept
            else:
                del self.terms[key]
        for noted in ("to_use", "used", "readings"):
            self.data[noted].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        pages = set(docnames)
        self.objects.update(
            {key: found for key, found in otherdata["objects"].items() if found.docname in pages}
        )
        for key, found in otherdata["terms"].items():
            self.terms.setdefault(key, []).extend(term for term in found if term.docname in pages)
        for noted in ("to_use", "used", "readings"):
            self.data[noted].update({page: held for page, held in otherdata[noted].items() if page in pages})

    def find_terms(self, text: str) -> list[DefinedTerm]:
        """The concepts of the project's glossaries that *text* names: by id, else by any term of theirs."""
        found = self.terms.get(text) or self.terms.get(name_key(text), [])
        return sorted(found, key=lambda term: (term.docname, term.node_id))

    def resolve_xref(
        self,
        env: "BuildEnvironment",
        fromdocname: str,
        builder: "Builder",
        typ: str,
        target: str,
        node: "pending_xref",
        contnode: "Element",
    ) -> "nodes.reference | None":
        """The link to what is defined in this project, if it is."""
        defined: Defined | DefinedTerm | None = self.objects.get((typ, target))
        title = defined.title if isinstance(defined, Defined) else None
        if typ == "term":
            defined = next(iter(self.find_terms(target)), None)
            if defined is None:
                reference = reference_of(env.config)
                entry = names_entry(reference, target)
                defined = self.objects.get(("entry", entry.id)) if entry is not None else None
        if defined is None:
            return None
        return make_refnode(builder, fromdocname, defined.docname, defined.node_id, contnode, title)

    def resolve_any_xref(
        self,
        env: "BuildEnvironment",
        fromdocname: str,
        builder: "Builder",
        target: str,
        node: "pending_xref",
        contnode: "Element",
    ) -> "list[tuple[str, nodes.reference]]":
        """The links that the role ``any`` may choose from."""
        found = []
        for kind in ("entry", "passage", "term"):
            link = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
            if link is not None:
                found.append((f"{self.name}:{kind}", link))
        return found[:1]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """What stands in the inventory: entries and passages by id, terms by their text in both languages."""
        for (kind, name), found in sorted(self.objects.items()):
            yield name, found.title, kind, found.docname, found.node_id, 1
        seen = set()
        for _, terms in sorted(self.terms.items()):
            for docname, node_id, concept in terms:
                for section in (concept.en, concept.ja):
                    for term in section:
                        if (term.text, "term") not in seen:
                            seen.add((term.text, "term"))
                            yield term.text, term.text, "term", docname, node_id, 1

    def check_consistency(self) -> None:
        """Warn of terms that are defined to be used, and are not."""
        if not self.env.config.alliance_warn_unused:
            return
        used = set().union(*self.data["used"].values()) if self.data["used"] else set()
        for docname, concepts in sorted(self.data["to_use"].items()):
            for concept_id, keys in concepts:
                if used.isdisjoint(keys):
                    logger.warning(
                        "the glossary defines %s, but no page cites it with :alliance:term:",
                        concept_id,
                        location=docname,
                        type="alliance",
                        subtype="unused",
                    )


def unknown_target(
    app: "Sphinx", env: "BuildEnvironment", node: "pending_xref", contnode: "Node"
) -> "Node | None":
    """Let what the reference knows stay text; warn of the rest, with what it may have meant."""
    if node.get("refdomain") != AllianceDomain.name:
        return None
    kind, target = node["reftype"], node["reftarget"]
    reference = reference_of(env.config)
    domain = env.get_domain(AllianceDomain.name)
    assert isinstance(domain, AllianceDomain)
    ignored = (f"alliance:{kind}", target) in env.config.nitpick_ignore
    if ignored or not node.get("refwarn", True) or _known(kind, target, app):
        return contnode
    if kind == "passage":
        candidates = [one.id for document in reference.documents() for one in document.passages]
    else:
        candidates = [entry.id for entry in reference.entries()]
        if kind == "term":
            candidates = sorted({*domain.terms, *candidates})
    nearest = get_close_matches(target, candidates, 3)
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
    return contnode


def _known(kind: str, target: str, app: "Sphinx") -> bool:
    reference = reference_of(app.config)
    if kind == "passage":
        document_id, _, number = target.partition("#")
        return document_id in reference and any(
            str(one.number) == number for one in reference.document(document_id).passages
        )
    return target in reference or (kind == "term" and names_entry(reference, target) is not None)


def in_wanted_language(app: "Sphinx", doctree: "nodes.document", docname: str) -> None:
    """Give every cited term the name asked for: its language and day are known only to its glossary."""
    domain = app.env.get_domain(AllianceDomain.name)
    assert isinstance(domain, AllianceDomain)
    for node in list(doctree.findall(nodes.inline)):
        wanted = node.get("alliance_wanted")
        if wanted is None:
            continue
        found = domain.find_terms(wanted.id)
        lang = wanted.lang or page_language(app.config)
        text: str | None = None
        if found:
            section = found[0].concept.section(lang)
            valid = [term for term in section if wanted.as_of is None or term.valid.covers(wanted.as_of)]
            preferred = [term for term in valid if term.status == "preferred"] or valid
            text = preferred[0].text if preferred else None
        else:
            entry = names_entry(reference_of(app.config), wanted.id)
            text = entry_text(entry, lang, wanted.as_of) if entry is not None else None
        if text is not None:
            node.children = [nodes.Text(text)]
            others = [name for name in node["classes"] if not name.startswith("language-")]
            node["classes"] = [*others, f"language-{lang}"]

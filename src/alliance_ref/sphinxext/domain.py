"""The domain ``alliance``: the objects of a project and the targets of its roles.

Its objects are entries, passages and the terms of glossaries. They are listed in ``objects.inv``, so another
project cites them through intersphinx. What a project does not define itself but the reference knows is
not an error: it remains text with its card. An unknown target is a warning that suggests similar ones.

Several pages may define the same thing. All of them are kept, and which one is cited depends on the pages
alone, never on the order in which they were read: builds in parallel and in steps come out alike.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from alliance_ref.records import GlossaryConcept, Term
from alliance_ref.sphinxext.config import page_language, reference_of
from alliance_ref.sphinxext.labels import CitationTarget, find_entry
from alliance_ref.text.folding import name_key

if TYPE_CHECKING:
    from docutils import nodes
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
_HIDDEN = -1
"""The priority of objects that the search of Sphinx does not list."""


class Defined(NamedTuple):
    """The location and title of a definition; the one with the lowest rank is cited."""

    rank: int
    docname: str
    node_id: str
    title: str


class DefinedTerm(NamedTuple):
    """A term that a glossary on a page defines; the lowest rank is cited."""

    rank: int
    docname: str
    node_id: str
    concept: GlossaryConcept


class AllianceDomain(Domain):
    """The domain of entries, passages and terms of the reference and of your glossaries."""

    name = "alliance"
    label = "Alliance reference"
    object_types: ClassVar = {
        "entry": ObjType("entry", "entry"),
        "passage": ObjType("passage", "passage"),
        "term": ObjType("term", "term"),
    }
    initial_data: ClassVar = {
        "objects": {},
        "terms": {},
        "to_use": {},
        "used": {},
        "readings": {},
        "cited": {},
    }
    data_version = 2

    @property
    def objects(self) -> dict[tuple[str, str], dict[str, Defined]]:
        """Entries and passages, by type and id, and by the pages that define them."""
        found: dict[tuple[str, str], dict[str, Defined]] = self.data["objects"]
        return found

    @property
    def terms(self) -> dict[str, list[DefinedTerm]]:
        """Terms by key; a term may belong to several concepts and be on several pages."""
        found: dict[str, list[DefinedTerm]] = self.data["terms"]
        return found

    def find_object(self, kind: str, name: str) -> Defined | None:
        """Return the definition to cite for an entry or passage."""
        return min(self.objects.get((kind, name), {}).values(), default=None)

    def note_object(self, kind: str, name: str, node_id: str, title: str, *, rank: int = 0) -> None:
        """Record that the current page defines an entry or passage."""
        docname = self.env.docname
        pages = self.objects.setdefault((kind, name), {})
        defined = Defined(rank, docname, node_id, title)
        pages[docname] = min(defined, pages.get(docname, defined))

    def note_concept(self, concept: GlossaryConcept, node_id: str, *, rank: int, to_use: bool) -> None:
        """Record that the current page defines a concept; with *to_use*, its terms should be cited."""
        docname = self.env.docname
        defined = DefinedTerm(rank, docname, node_id, concept)
        keys = sorted({*(name_key(term.text) for term in _terms(concept)), concept.id})
        for key in keys:
            self.terms.setdefault(key, []).append(defined)
        if to_use:
            self.data["to_use"].setdefault(docname, []).append((concept.id, keys))

    def note_use(self, wanted: CitationTarget) -> None:
        """Record that the current page cites a term."""
        self.data["used"].setdefault(self.env.docname, set()).update((wanted.id, name_key(wanted.id)))

    def note_reading(self, text: str, reading: str) -> None:
        """Record the *reading* by which the index entry *text* is sorted."""
        self.data["readings"].setdefault(self.env.docname, {})[text] = reading

    def readings(self) -> dict[str, str]:
        """Return the readings of all index entries."""
        return {text: kana for page in self.data["readings"].values() for text, kana in page.items()}

    def clear_doc(self, docname: str) -> None:
        """Remove the data of a page before it is read again."""
        for name, pages in list(self.objects.items()):
            pages.pop(docname, None)
            if not pages:
                del self.objects[name]
        for key, terms in list(self.terms.items()):
            kept = [term for term in terms if term.docname != docname]
            if kept:
                self.terms[key] = kept
            else:
                del self.terms[key]
        for noted in ("to_use", "used", "readings", "cited"):
            self.data[noted].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Merge the data that another process read."""
        pages = set(docnames)
        for name, found in otherdata["objects"].items():
            own = {page: defined for page, defined in found.items() if page in pages}
            if own:
                self.objects.setdefault(name, {}).update(own)
        for key, terms in otherdata["terms"].items():
            added = [term for term in terms if term.docname in pages]
            if added:
                self.terms.setdefault(key, []).extend(added)
        for noted in ("to_use", "used", "readings", "cited"):
            self.data[noted].update({page: held for page, held in otherdata[noted].items() if page in pages})

    def find_terms(self, text: str) -> list[DefinedTerm]:
        """Return the glossary concepts that *text* names, best first.

        An id takes precedence over an exact term, which takes precedence over a variant spelling.
        """
        found = {
            (term.docname, term.node_id): term
            for key in (text, name_key(text))
            for term in self.terms.get(key, ())
        }

        def closeness(term: DefinedTerm) -> int:
            if term.concept.id == text:
                return 0
            return 1 if any(one.text == text for one in _terms(term.concept)) else 2

        closest = min(map(closeness, found.values()), default=0)
        return sorted(
            (term for term in found.values() if closeness(term) == closest), key=lambda term: term[:3]
        )

    def place(self, kind: str, target: str) -> Defined | DefinedTerm | None:
        """Return the definition of the *target* of a role in this project, or ``None``."""
        if kind != "term":
            return self.find_object(kind, target)
        terms = self.find_terms(target)
        if terms:
            return terms[0]
        entry = find_entry(reference_of(self.env.config), target)
        return self.find_object("entry", entry.id) if entry is not None else None

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
        """Return the link to an object of this project, or ``None``."""
        defined = self.place(typ, target)
        if defined is None:
            return None
        title = defined.title if isinstance(defined, Defined) else None
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
        """Return the link for the role ``any``."""
        found = []
        for kind in ("entry", "passage", "term"):
            link = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
            if link is not None:
                found.append((f"{self.name}:{kind}", link))
        return found[:1]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield the objects of the inventory: entries and passages by id, terms by id and by text."""
        # The name search lists entries above the pages, so the full-text search leaves them out.
        named = self.env.config.alliance_name_search
        for kind, name in sorted(self.objects):
            found = self.find_object(kind, name)
            assert found is not None
            hidden = kind == "entry" and named
            yield name, found.title, kind, found.docname, found.node_id, _HIDDEN if hidden else 1
        names: dict[str, list[tuple[DefinedTerm, str]]] = {}
        reference = reference_of(self.env.config)
        for terms in self.terms.values():
            for term in terms:
                for text in {one.text for one in _terms(term.concept)}:
                    names.setdefault(text, []).append((term, text))
                called = term.concept.section(page_language(self.env.config)).preferred
                shown = called or next(iter(_terms(term.concept)))
                names.setdefault(term.concept.id, []).append((term, shown.text))
        for name, found_terms in sorted(names.items()):
            (_, docname, node_id, _), shown_as = min(found_terms, key=lambda one: (one[0][:3], one[1]))
            entry = named and any(term.concept.id in reference for term, _ in found_terms)
            hidden = entry or name != shown_as  # a concept is found by its terms, not by its id
            yield name, shown_as, "term", docname, node_id, _HIDDEN if hidden else 1

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002 - the name is Sphinx's
        """Return the label of a type of object in the search."""
        japanese = {"entry": "項目", "passage": "段落", "term": "用語"}
        return japanese[type.lname] if page_language(self.env.config) == "ja" else type.lname

    def check_consistency(self) -> None:
        """Warn of objects that two pages define, and of terms that no page cites."""
        for (kind, name), pages in sorted(self.objects.items()):
            ranks = sorted((found.rank, docname) for docname, found in pages.items())
            same = [docname for rank, docname in ranks if rank == ranks[0][0] == 0]
            for docname in same[1:]:
                logger.warning(
                    "%s %s is defined on %s already",
                    kind,
                    name,
                    same[0],
                    location=docname,
                    type="alliance",
                    subtype="duplicate",
                )
        if not self.env.config.alliance_warn_unused:
            return
        used = set().union(*self.data["used"].values())
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


def _terms(concept: GlossaryConcept) -> tuple[Term, ...]:
    return (*concept.en, *concept.ja)

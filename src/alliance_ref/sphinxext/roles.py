"""The roles ``entry``, ``label``, ``either``, ``term`` and ``passage``."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import ReferenceRole, SphinxRole

from alliance_ref.errors import AllianceRefError
from alliance_ref.records.values import Lang
from alliance_ref.sphinxext.config import page_language, reference_of
from alliance_ref.sphinxext.domain import AllianceDomain
from alliance_ref.sphinxext.labels import CitationTarget, entry_text, parse_target, passage_text
from alliance_ref.sphinxext.nodes import lang_inline

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message


class _CitationRole(ReferenceRole):
    """Base class of roles whose target may have a language and a day."""

    kind: str

    def run(self) -> "tuple[list[Node], list[system_message]]":
        """Return the link, or an error."""
        try:
            wanted = parse_target(self.target)
        except ValueError as error:
            message = self.inliner.reporter.error(
                f"{self.name}: {self.target!r} is no target: {error}", line=self.lineno
            )
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        lang = wanted.lang or page_language(self.config)
        text = self.title if self.has_explicit_title else self.display_text(wanted, lang)
        shown = lang_inline(text, lang)
        if self.has_explicit_title or text == wanted.id:
            shown["classes"] = []
        self.decorate(shown, wanted)
        link = addnodes.pending_xref(
            self.rawtext,
            shown,
            refdomain="alliance",
            reftype=self.kind,
            reftarget=wanted.id,
            refexplicit=True,  # intersphinx must not put the name in its inventory over the one asked for
            refwarn=True,
            refdoc=self.env.docname,
        )
        self.set_source_info(link)
        return [link], []

    def display_text(self, wanted: CitationTarget, lang: Lang) -> str:
        """Return the text of a link without an explicit title."""
        raise NotImplementedError

    def decorate(self, shown: nodes.inline, wanted: CitationTarget) -> None:
        """Add the classes and data that later steps use."""


class LabelRole(SphinxRole):
    """``:alliance:label:`futenma:ja``` – the name of an entry as plain text, for titles."""

    def run(self) -> "tuple[list[Node], list[system_message]]":
        """Return the name, or an error."""
        try:
            wanted = parse_target(self.text)
            entry = reference_of(self.config).entry(wanted.id)
        except (AllianceRefError, ValueError) as error:
            message = self.inliner.reporter.error(f"{self.name}: {error}", line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        lang = wanted.lang or page_language(self.config)
        return [lang_inline(entry_text(entry, lang, wanted.as_of), lang)], []


class BilingualTextRole(SphinxRole):
    """``:alliance:either:`Persons | 人物``` – one of two texts, by the language of the page."""

    def run(self) -> "tuple[list[Node], list[system_message]]":
        """Return the text in the language of the page, or an error if there are not two."""
        sides = [side.strip() for side in self.text.split("|")]
        if len(sides) != 2 or not all(sides):
            message = self.inliner.reporter.error(
                f"{self.name}: {self.text!r} is not English | Japanese", line=self.lineno
            )
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        lang = page_language(self.config)
        return [lang_inline(sides[lang == "ja"], lang)], []


class EntryRole(_CitationRole):
    """``:alliance:entry:`futenma``` – the entry by its name, with its card."""

    kind = "entry"

    def display_text(self, wanted: CitationTarget, lang: Lang) -> str:
        """Return the name of the entry."""
        reference = reference_of(self.config)
        if wanted.id not in reference:
            return wanted.id
        return entry_text(reference.entry(wanted.id), lang, wanted.as_of)

    def decorate(self, shown: nodes.inline, wanted: CitationTarget) -> None:
        """Attach the card of the entry to the link."""
        shown["classes"] += ["alliance-entry", f"entry--{wanted.id}"]


class PassageRole(_CitationRole):
    """``:alliance:passage:`magosaki-2006#8``` – a passage by its document and place."""

    kind = "passage"

    def display_text(self, wanted: CitationTarget, lang: Lang) -> str:
        """Return the document and the place in it."""
        try:
            return passage_text(reference_of(self.config), wanted.id, lang)
        except AllianceRefError:
            return wanted.id


class TermRole(_CitationRole):
    """``:alliance:term:`地位協定``` – a term of a glossary of the project, or else of the reference."""

    kind = "term"

    def display_text(self, wanted: CitationTarget, lang: Lang) -> str:
        """Return the term as written; its language and day are resolved when all pages are read."""
        return wanted.id

    def decorate(self, shown: nodes.inline, wanted: CitationTarget) -> None:
        """Record that the term is used."""
        domain = self.env.get_domain("alliance")
        assert isinstance(domain, AllianceDomain)
        domain.note_use(wanted)
        if not self.has_explicit_title:
            shown["classes"] = []
            shown["alliance_wanted"] = wanted
        shown["classes"].append("alliance-term")

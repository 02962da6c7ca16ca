"""The base class of the directives, and the converters of their options."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, cast, get_args

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from alliance_ref.errors import AllianceRefError
from alliance_ref.html import jump_links
from alliance_ref.records import NameStatus
from alliance_ref.sphinxext.config import page_language, reference_of
from alliance_ref.sphinxext.entries import Page
from alliance_ref.sphinxext.nodes import on_screen

if TYPE_CHECKING:
    from alliance_ref.sphinxext.domain import AllianceDomain

_KINDS = ("document", "person", "organization", "place", "event", "concept")


def kinds_option(argument: str | None) -> tuple[str, ...]:
    """Return kinds of entries."""
    kinds = tuple((argument or "").split())
    for kind in kinds:
        if kind not in _KINDS:
            raise ValueError(f"{kind!r} is no kind; kinds are {', '.join(_KINDS)}")
    return kinds


def day_option(argument: str | None) -> datetime.date:
    """Return a day."""
    try:
        return datetime.date.fromisoformat((argument or "").strip())
    except ValueError:
        raise ValueError(f"{argument!r} is no day such as 2005-04-14") from None


def lang_option(argument: str | None) -> str:
    """Return a language."""
    return str(directives.choice(argument or "", ("en", "ja")))


def status_option(argument: str | None) -> str:
    """Return the status of a term."""
    status = (argument or "").strip()
    if status not in get_args(NameStatus):
        raise ValueError(f"{status!r} is no status; they are {', '.join(get_args(NameStatus))}")
    return status


def ids_option(argument: str | None) -> tuple[str, ...]:
    """Return ids that are separated by spaces."""
    return tuple((argument or "").split())


def by_option(argument: str | None) -> str:
    """Return the criterion by which a list is grouped."""
    return str(directives.choice(argument or "", ("letter", "subject")))


def list_option(argument: str | None) -> tuple[str, ...]:
    """Return texts that are separated by commas."""
    return tuple(filter(None, (text.strip() for text in (argument or "").split(","))))


class AllianceDirective(SphinxDirective):
    """Base class of the directives: the page, the domain, errors with their location."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {}

    def run(self) -> list[nodes.Node]:
        """Return the nodes; report an error at the location of the directive."""
        try:
            return list(self.build_nodes())
        except (AllianceRefError, OSError, ValueError) as error:
            raise self.error(f"{self.name}: {error}") from None

    def build_nodes(self) -> Iterable[nodes.Node]:
        """Yield the nodes."""
        raise NotImplementedError

    @property
    def page(self) -> Page:
        """The page that contains the directive."""
        return Page(self.env.docname, page_language(self.config), reference_of(self.config))

    @property
    def domain(self) -> "AllianceDomain":
        """The domain of the project."""
        return cast("AllianceDomain", self.env.get_domain("alliance"))

    def sections(self, groups: Iterable[tuple[str, str, Iterable[nodes.Node]]]) -> Iterator[nodes.Node]:
        """Yield sections with headings, after a line of links to them (HTML only).

        Args:
            groups: For each section its id, its heading in the language of the page, and its content.
        """
        made: list[nodes.section] = []
        for wanted, heading, content in groups:
            node_id = wanted
            if node_id in self.state.document.ids:
                node_id = nodes.make_id(f"{node_id}-{self.env.new_serialno('alliance-section')}")
            title = nodes.title("", heading, translatable=False)
            section = nodes.section("", title, *content, ids=[node_id])
            self.state.document.set_id(section)  # and no label: other pages have the same letters
            made.append(section)
        if len(made) > 1:
            yield on_screen(jump_links([(section["ids"][0], section[0].astext()) for section in made]))
        yield from made

"""The spaCy component ``alliance_ref``: names of the reference as entities with ids (extra ``[spacy]``).

    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("alliance_ref")
    doc = nlp("Talks at Camp Zama")
    [(entity.text, entity.kb_id_) for entity in doc.ents]  # [("Camp Zama", "camp-zama")]

spaCy finds the component by an entry point of the package, so that nothing has to be imported.
"""

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.util import filter_spans

from alliance_ref.annotation.annotator import AnnotatedText
from alliance_ref.records.entries import Entry
from alliance_ref.records.places import Place
from alliance_ref.reference import Reference, load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span

LABELS = {
    "document": "LAW",
    "person": "PERSON",
    "organization": "ORG",
    "event": "EVENT",
    "concept": "CONCEPT",
}
"""The label of each kind of entry except places; `label_of` returns the label of a place."""

_STATES = frozenset(("country", "prefecture", "state", "city", "town", "village", "district"))
_NATURE = frozenset(
    ("region", "continent", "ocean", "sea", "strait", "bay", "island", "islands", "peninsula")
)


def label_of(entry: Entry) -> str:
    """Return the OntoNotes label of an entry, ``GPE``, ``LOC`` or ``FAC`` for a place; or ``CONCEPT``.

    >>> import alliance_ref as ar
    >>> [label_of(ar.entry(entry_id)) for entry_id in ("japan", "camp-zama", "jda")]
    ['GPE', 'FAC', 'ORG']
    """
    if isinstance(entry, Place):
        return "GPE" if entry.type in _STATES else "LOC" if entry.type in _NATURE else "FAC"
    return LABELS[entry.kind]


class AllianceRef:
    """The component: sets `Doc.ents`, each with the id of its entry as `kb_id_` and `ent_id_`.

    Args:
        kinds: Only entries of these kinds.
        exclude: The ids of entries to leave out.
        as_of: The day that the texts are about.
        overwrite: Whether to replace entities of other components that overlap with a name.
        reference: The reference (default: the shipped one).
    """

    def __init__(
        self,
        kinds: list[str] | None = None,
        exclude: list[str] | None = None,
        as_of: str | None = None,
        *,
        overwrite: bool = True,
        reference: Reference | None = None,
    ) -> None:
        self.kinds = kinds
        self.exclude = exclude
        self.as_of = as_of
        self.overwrite = overwrite
        self.reference = load() if reference is None else reference
        self._annotate("")  # reports unusable options now

    def __call__(self, doc: "Doc") -> "Doc":
        """Set the entities of *doc*."""
        found = self._spans(doc)
        others = list(doc.ents)
        doc.ents = filter_spans([*found, *others]) if self.overwrite else _added(others, found)
        return doc

    def _annotate(self, text: str) -> AnnotatedText:
        kinds: Any = self.kinds  # from a config file; `annotate` checks it
        return self.reference.annotate(text, kinds=kinds, exclude=self.exclude, as_of=self.as_of)

    def _spans(self, doc: "Doc") -> "list[Span]":
        spans = []
        for item in self._annotate(doc.text):
            # A tokenizer may divide Japanese differently; the span then has the whole tokens.
            span = doc.char_span(
                item.start, item.end, label_of(item.entry), item.entry.id, alignment_mode="expand"
            )
            if span is not None:
                span.id_ = item.entry.id
                spans.append(span)
        return filter_spans(spans)


def _added(others: "list[Span]", found: "Iterable[Span]") -> "list[Span]":
    """Return *others* and those of *found* that do not overlap with them."""
    taken = {token for span in others for token in range(span.start, span.end)}
    return [*others, *(span for span in found if taken.isdisjoint(range(span.start, span.end)))]


@Language.factory(
    "alliance_ref", default_config={"kinds": None, "exclude": None, "as_of": None, "overwrite": True}
)
def create(
    nlp: Language,
    name: str,
    kinds: list[str] | None,
    exclude: list[str] | None,
    as_of: str | None,
    overwrite: bool,
) -> AllianceRef:
    """Return the component with the options of a pipeline."""
    return AllianceRef(kinds, exclude, as_of, overwrite=overwrite)

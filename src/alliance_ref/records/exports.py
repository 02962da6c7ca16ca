"""Reports on exported files."""

import attrs

from alliance_ref.records.results import Shown
from alliance_ref.records.validation import typed


@attrs.frozen(field_transformer=typed)
class Loss:
    """A field that a format does not support: how often it was left out, and of which concepts.

    >>> import tempfile
    >>> import alliance_ref as ar
    >>> glossary = ar.reference_glossary(evidence=False).subset(["burden-sharing"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report = glossary.to_file(f"{folder}/terms.utx")
    >>> [(loss.field, loss.count, loss.concepts) for loss in report.losses]
    [('passage', 4, ('burden-sharing',))]
    """

    field: str
    count: int
    concepts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.field} ({self.count})"


@attrs.frozen(field_transformer=typed)
class ExportReport(Shown):
    """The result of an export: the file, its format, the numbers of concepts and terms, and the losses.

    `marked` is the number of deprecated and erroneous terms that the file marks as such, `omitted` the number
    of those that it does not contain, because the format cannot mark them.

    >>> import alliance_ref as ar
    >>> losses = (ar.records.Loss("definition", 1, ("alliance",)),)
    >>> str(ar.records.ExportReport("terms.utx", "UTX 1.20", 2, 4, losses))
    'terms.utx: UTX 1.20, 2 concepts, 4 terms; left out: definition (1)'
    """

    path: str
    format: str
    concepts: int
    terms: int
    losses: tuple[Loss, ...] = ()
    marked: int = 0
    omitted: int = 0

    def __str__(self) -> str:
        unusable = f"; deprecated terms marked: {self.marked}" if self.marked else ""
        unusable += f"; deprecated terms omitted: {self.omitted}" if self.omitted else ""
        left_out = f"; left out: {', '.join(map(str, self.losses))}" if self.losses else ""
        return f"{self.path}: {self.format}, {self.concepts} concepts, {self.terms} terms{unusable}{left_out}"

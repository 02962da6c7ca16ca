"""What was written to a file, and what its format could not hold."""

import attrs


@attrs.frozen
class Loss:
    """What a format could not hold: which field, how often it was left out, and concepts that had it.

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


@attrs.frozen
class ExportReport:
    """What was written: the file, its format, how many concepts and terms, and what was left out.

    >>> import alliance_ref as ar
    >>> str(ar.records.ExportReport("terms.utx", "UTX 1.20", 2, 4, (ar.records.Loss("definition", 1, ("alliance",)),)))
    'terms.utx: UTX 1.20, 2 concepts, 4 terms; left out: definition (1)'
    """

    path: str
    format: str
    concepts: int
    terms: int
    losses: tuple[Loss, ...] = ()

    def __str__(self) -> str:
        left_out = f"; left out: {', '.join(map(str, self.losses))}" if self.losses else ""
        return f"{self.path}: {self.format}, {self.concepts} concepts, {self.terms} terms{left_out}"

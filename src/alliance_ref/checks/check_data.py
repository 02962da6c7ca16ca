"""Run all checks on a folder of data files, by default the data of the library."""

import os
from collections.abc import Iterable
from pathlib import Path

from alliance_ref.checks.codes import data_problem
from alliance_ref.checks.entries import check_dates, check_entries
from alliance_ref.checks.names import check_names
from alliance_ref.checks.passages import check_own_words, check_passages
from alliance_ref.checks.staleness import check_staleness
from alliance_ref.codec.toml_files import read_data
from alliance_ref.errors import InvalidData, Problem
from alliance_ref.messages import render
from alliance_ref.records.findings import Finding
from alliance_ref.records.results import Results
from alliance_ref.records.values import Bilingual
from alliance_ref.reference import Reference
from alliance_ref.text.localization import translator

_SHIPPED = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")


def check_data(
    directory: str | os.PathLike[str] | None = None, *, works: Iterable[tuple[str, str]] = ()
) -> tuple[Finding, ...]:
    """Return the problems in a folder of data files, errors first.

    If a file cannot be read as data, only the problems of reading are reported.

    Args:
        directory: The folder (default: the data of the library).
        works: Texts that must not be quoted at length, as (name, text), for example the articles that
            passages describe.

    >>> import alliance_ref as ar
    >>> [finding for finding in ar.check_data() if finding.level == "error"]
    []
    """
    try:
        store = read_data(Path(_SHIPPED if directory is None else directory))
    except InvalidData as error:
        return Results(data_problem(p.code, f"{p.file} {p.path}", _bilingual(p)) for p in error.problems)
    reference = Reference(store)
    found = [
        *check_entries(reference),
        *check_dates(reference),
        *check_staleness(reference),
        *check_names(reference),
        *check_passages(reference),
        *check_own_words(reference, works),
    ]
    return Results(sorted(found, key=lambda item: (item.level, item.code, item.where)))


def _bilingual(problem: Problem) -> Bilingual:
    return Bilingual(str(problem.message), render(problem.message, translator("ja").gettext))

"""All checks of a folder of data files, or of the data that the library ships."""

import os
from collections.abc import Iterable
from pathlib import Path

from alliance_ref.checks.codes import CODES
from alliance_ref.checks.dates import check_dates
from alliance_ref.checks.links import check_links
from alliance_ref.checks.names import check_names
from alliance_ref.checks.passages import check_own_words, check_passages
from alliance_ref.codec.toml_files import read_data
from alliance_ref.errors import InvalidData
from alliance_ref.records.findings import Finding
from alliance_ref.reference import Reference

_SHIPPED = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")


def check_data(
    directory: str | os.PathLike[str] | None = None, *, works: Iterable[tuple[str, str]] = ()
) -> tuple[Finding, ...]:
    """What is wrong with a folder of data files, each finding with its code; errors first.

    Args:
        directory: The folder; the library's own data if left out.
        works: Texts that must not be quoted at length, as (name, text): the articles that passages speak of.

    Where files cannot be read as data at all, that is what is reported, and nothing else.

    >>> import alliance_ref as ar
    >>> [finding for finding in ar.check_data() if finding.level == "error"]
    []
    """
    try:
        store = read_data(Path(_SHIPPED if directory is None else directory))
    except InvalidData as error:
        return tuple(
            Finding(p.code, CODES[p.code][0], f"{p.file} {p.path}", p.message) for p in error.problems
        )
    reference = Reference(store)
    found = [
        *check_links(reference),
        *check_dates(reference),
        *check_names(reference),
        *check_passages(reference),
        *check_own_words(reference, works),
    ]
    return tuple(sorted(found, key=lambda item: (item.level, item.code, item.where)))

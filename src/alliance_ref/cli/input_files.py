"""Read glossaries, units and corpora for commands, and print what was read differently than written.

The readers are imported when a file is read, so that commands without files start quickly.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_ref.cli.i18n import _
from alliance_ref.cli.io import UsageError, escape_controls
from alliance_ref.errors import MAX_LISTED, FileProblem
from alliance_ref.reference import load

if TYPE_CHECKING:
    from alliance_ref.corpus import Corpus
    from alliance_ref.corpus.methods import CorpusSearch
    from alliance_ref.glossary import Glossary
    from alliance_ref.records import Entry, GlossaryConcept, TranslationUnit


def glossary_file(file: str, options: argparse.Namespace | None = None) -> "Glossary":
    """Return the glossary in a file; *options* are those of ``--from-format`` and ``--columns``."""
    from alliance_ref.glossary import read_glossary

    name, columns = _reading(file, options)
    notices: list[FileProblem] = []
    glossary = read_glossary(file, name, columns=columns, notices=notices)
    print_notices(file, notices)
    return glossary


def glossary_files(files: Sequence[str], options: argparse.Namespace | None = None) -> "Glossary":
    """Return the glossaries in files as one; the first takes precedence."""
    merged = glossary_file(files[0], options)
    for file in files[1:]:
        merged = merged.merge(glossary_file(file, options))
    return merged


def own_glossary(options: argparse.Namespace) -> "Glossary | None":
    """Return the glossary of ``--glossary`` and ``--from``, or ``None`` if neither is given."""
    if options.sources is not None:
        from alliance_ref.extraction import build_glossary

        built = build_glossary(units_of_files(options.sources, options))
        return glossary_files(options.glossary).merge(built) if options.glossary else built
    return glossary_files(options.glossary, options) if options.glossary else None


def queried(options: argparse.Namespace) -> "str | Entry":
    """Return the query of a command: a text, or with ``--entry`` the entry with this id."""
    return load().entry(options.query) if options.entry else str(options.query)


def concepts_of(file: str, options: argparse.Namespace) -> "tuple[GlossaryConcept, ...]":
    """Return the concepts in a file, which need not form a valid glossary."""
    from alliance_ref.glossary.io import read_concepts

    name, columns = _reading(file, options)
    notices: list[FileProblem] = []
    concepts = read_concepts(file, name, columns=columns, notices=notices)
    print_notices(file, notices)
    return concepts


def units_of_files(
    files: Sequence[str], options: argparse.Namespace, skipped: Counter[str] | None = None
) -> "Iterator[TranslationUnit]":
    """Yield the units of files, and print the notices about them at the end."""
    from alliance_ref.glossary import read_units

    notices: list[FileProblem] = []
    yield from read_units(
        files,
        format=options.from_format,
        columns=options.columns,
        min_state=getattr(options, "min_state", "translated"),  # not all commands have the option
        skipped=skipped,
        notices=notices,
    )
    print_notices(files[0] if len(files) == 1 else "", notices)


def existing_corpus(path: str, *, read_only: bool = True) -> "Corpus":
    """Return an existing corpus; a missing file is an error, not a new corpus."""
    from alliance_ref.corpus import Corpus

    if not Path(path).is_file():
        raise UsageError(_("{path} is not a file; add documents with: corpus add").format(path=path))
    return Corpus(path, read_only=read_only)


@contextmanager
def searched_corpus(
    path: str | None, units: "Iterable[TranslationUnit] | None" = None
) -> "Iterator[CorpusSearch]":
    """Yield the corpus in a file; without a file, one of *units*, or the passages of the reference."""
    from alliance_ref.corpus import Corpus

    if path is not None:
        with existing_corpus(path) as corpus:
            yield corpus
        return
    with Corpus(":memory:") as corpus:
        if units is None:
            yield corpus.reference
        else:
            corpus.add_units(units)
            yield corpus


def _reading(file: str, options: argparse.Namespace | None) -> tuple[str | None, Sequence[str]]:
    """Return the format and the columns for a file; among several files, only tables have columns."""
    if options is None:
        return None, ()
    from alliance_ref.glossary.io import glossary_format

    name: str | None = options.from_format
    columns: Sequence[str] = options.columns
    several = getattr(options, "others", None) or getattr(options, "new", None)
    if columns and several and "columns" not in glossary_format(Path(file), name).options:
        columns = ()
    return name, columns


def print_notices(file: str, notices: list[FileProblem]) -> None:
    """Print the first notices about a file, or about several files if *file* is empty."""
    for notice in notices[:MAX_LISTED]:
        line = notice.message().text(_)
        if file:
            line = _("{where}: {problem}").format(where=file, problem=line)
        print(escape_controls(line), file=sys.stderr)
    if len(notices) > MAX_LISTED:
        print(_("and {count:,} more").format(count=len(notices) - MAX_LISTED), file=sys.stderr)

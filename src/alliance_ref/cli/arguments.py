"""What the command line takes: one subcommand for each thing to do."""

import argparse
import datetime
import os
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn


def parser() -> argparse.ArgumentParser:
    """The parser of ``alliance-ref``; each subcommand sets ``run`` to what carries it out."""
    top = _Parser(
        prog="alliance-ref",
        description="English–Japanese reference on the Japan–U.S. alliance; aligned passages and glossaries.",
    )
    top.add_argument("--version", action=_Version, help="print the versions of library and data")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    documents = commands.add_parser("documents", help="list the documents")
    documents.set_defaults(run=_later("browse", "documents"))

    show = commands.add_parser("show", help="show a document, a passage or an entry")
    show.add_argument(
        "id", metavar="ID", type=_text, help="such as magosaki-2006, magosaki-2006#8 or futenma"
    )
    show.add_argument("--lang", choices=("en", "ja", "both"), default="both")
    show.set_defaults(run=_later("browse", "show"))

    read = commands.add_parser(
        "read",
        help="read a copy of a document",
        description="Read a copy of a document: repaired, verified, aligned. Exit status 0 if it is whole,"
        " 1 if something is lost, damaged or foreign, 2 if it cannot be used.",
    )
    read.add_argument("file", metavar="FILE", help="the copy; - for standard input")
    read.add_argument("--json", action="store_true", help="print one JSON object for other programs")
    read.set_defaults(run=_later("copies", "read"))

    lookup = commands.add_parser(
        "lookup",
        help="look up a name in either language",
        description="Look up a name in either language. Exit status 1 if nothing is called so.",
    )
    lookup.add_argument("query", metavar="QUERY", type=_text)
    lookup.add_argument("--lang", choices=("en", "ja"), help="only names of this language")
    lookup.add_argument(
        "--kind",
        choices=("document", "person", "organization", "place", "event", "concept"),
        action="append",
        help="only entries of this kind; may be given more than once",
    )
    lookup.add_argument(
        "--as-of", type=_day, metavar="DAY", help="only names in use on this day (2005-04-14)"
    )
    lookup.add_argument("--limit", type=int, default=10, metavar="N", help="at most so many (10)")
    lookup.add_argument("--json", action="store_true", help="print a JSON list for other programs")
    lookup.set_defaults(run=_later("browse", "lookup"))

    align = commands.add_parser(
        "align",
        help="align an English and a Japanese text",
        description="Align an English and a Japanese text, sentence by sentence, with a confidence for each"
        " unit. Long work shows a progress bar on a terminal (extra [cli]).",
    )
    align.add_argument("en", metavar="EN", help="the English text; - for standard input")
    align.add_argument("ja", metavar="JA", help="the Japanese text; - for standard input")
    align.add_argument("--to", metavar="FILE", help="write to a file: .tmx, .tsv, .html or .svg (dot plot)")
    align.add_argument("--jmdict", action="store_true", help="use JMdict too (extra [jmdict])")
    align.add_argument("--neural", action="store_true", help="use sentence vectors too (extra [neural])")
    align.set_defaults(run=_later("bitexts", "align"))

    glossary = commands.add_parser("glossary", help="write the reference as a bilingual glossary")
    glossary.add_argument(
        "--to", required=True, metavar="FILE", help="where to: .tsv (OmegaT), .csv, .md or .json"
    )
    glossary.set_defaults(run=_later("browse", "glossary"))

    fingerprint = commands.add_parser(
        "fingerprint", help="print the fingerprint of each paragraph of a text, for a data file"
    )
    fingerprint.add_argument("file", metavar="FILE")
    fingerprint.set_defaults(run=_later("copies", "fingerprints"))
    return top


def _later(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """The function that carries out a command, imported only when it is called."""

    def run(options: argparse.Namespace) -> int:
        status: int = getattr(import_module(f"alliance_ref.cli.{module}"), name)(options)
        return status

    return run


def _text(argument: str) -> str:
    """An argument as UTF-8, also where the locale took its bytes for something else."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2005-04-14") from None


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line; its subcommands' parsers are of its class."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, and where to read on."""
        self.exit(2, f"alliance-ref: {message} (see {self.prog} --help)\n")


class _Version(argparse.Action):
    def __init__(self, **given: object) -> None:
        super().__init__(nargs=0, **given)  # type: ignore[arg-type]

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        import alliance_ref as ar

        print(f"alliance-ref {ar.__version__}, data {ar.DATA_EDITION}, schema {ar.SCHEMA_VERSION}")
        parser.exit()

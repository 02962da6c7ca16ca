"""What the command line takes: one subcommand for each thing to do.

A parser speaks the language that is spoken when it is built, so :func:`asked_language` finds out before.
"""

import argparse
import datetime
import os
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from alliance_ref.arguments import day_of
from alliance_ref.cli.glossary_options import add_glossary
from alliance_ref.cli.i18n import _
from alliance_ref.cli.io import plain
from alliance_ref.cli.layout import wrap
from alliance_ref.cli.sayings import in_language


def asked_language(arguments: Sequence[str]) -> str | None:
    """What ``--lang`` before the command asks for, read before there is a parser that could.

    >>> asked_language(["--lang", "ja", "documents"]), asked_language(["show", "futenma", "--lang", "ja"])
    ('ja', None)
    """
    rest = iter(arguments)
    for argument in rest:
        option, equals, value = argument.partition("=")
        if not option.startswith("-") or argument == "--":
            break
        if len(option) > len("--") and "--lang".startswith(option):
            return value if equals else next(rest, None)
    return None


def parser() -> argparse.ArgumentParser:
    """The parser of ``alliance-ref``; each subcommand sets ``run`` to what carries it out."""
    top = _Parser(
        prog="alliance-ref",
        description=_(
            "English–Japanese reference on the Japan–U.S. alliance; aligned passages and glossaries."
        ),
    )
    top.add_argument("--version", action=_Version, help=_("print the versions of library and data"))
    top.add_argument(
        "--lang",
        dest="spoken",
        choices=("en", "ja"),
        help=_("language to speak; that of the locale if left out"),
    )
    commands = top.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)

    documents = commands.add_parser("documents", help=_("list the documents"))
    documents.set_defaults(run=_later("show", "documents"))

    show = commands.add_parser("show", help=_("show a document, a passage or an entry"))
    show.add_argument(
        "id",
        metavar="ID",
        type=_text,
        help=_("such as magosaki-2006, magosaki-2006#8, futenma, or a topic"),
    )
    show.add_argument("--lang", choices=("en", "ja", "both"), default="both")
    show.set_defaults(run=_later("show", "show"))

    read = commands.add_parser(
        "read",
        help=_("read a copy of a document"),
        description=_(
            "Read a copy of a document: repaired, verified, aligned. Exit status 0 if it is whole,"
            " 1 if something is lost, damaged or foreign, 2 if it cannot be used."
        ),
    )
    read.add_argument("file", metavar="FILE", help=_("the copy; - for standard input"))
    read.add_argument("--json", action="store_true", help=_("print one JSON object for other programs"))
    read.set_defaults(run=_later("read", "read"))

    lookup = commands.add_parser(
        "lookup",
        help=_("look up a name in either language"),
        description=_("Look up a name in either language. Exit status 1 if nothing is called so."),
    )
    lookup.add_argument("query", metavar="QUERY", type=_text)
    lookup.add_argument("--lang", choices=("en", "ja"), help=_("only names of this language"))
    lookup.add_argument(
        "--kind",
        choices=("document", "person", "organization", "place", "event", "concept"),
        action="append",
        help=_("only entries of this kind; may be given more than once"),
    )
    lookup.add_argument(
        "--as-of", type=_day, metavar="DAY", help=_("only names in use on this day (2005-04-14)")
    )
    lookup.add_argument(
        "--limit", type=_at_least_one, default=10, metavar="N", help=_("at most so many (10)")
    )
    lookup.add_argument("--json", action="store_true", help=_("print a JSON list for other programs"))
    lookup.set_defaults(run=_later("show", "lookup"))

    _add_finding(commands)

    timeline = commands.add_parser(
        "timeline",
        help=_("print what is dated, the earliest first"),
        description=_(
            "Print what is dated, the earliest first: events, and documents that no event of the"
            " same day stands for."
        ),
    )
    timeline.add_argument(
        "--from", dest="start", type=_day, metavar="DAY", help=_("the first day (2005-01-01)")
    )
    timeline.add_argument("--to", dest="end", type=_day, metavar="DAY", help=_("the last day"))
    timeline.add_argument("--kind", choices=("event", "document", "organization", "person"))
    timeline.add_argument("--lang", choices=("en", "ja"), help=_("the language spoken, if left out"))
    timeline.set_defaults(run=_later("show", "timeline"))

    topics = commands.add_parser(
        "topics", help=_("list the questions followed through the documents; see one with show")
    )
    topics.set_defaults(run=_later("show", "topics"))

    check = commands.add_parser(
        "check",
        help=_("check data files"),
        description=_(
            "Check a folder of data files, or the data of the library. Each finding has a code."
            " Exit status 1 if there is an error; warnings alone are none."
        ),
    )
    check.add_argument("folder", metavar="FOLDER", nargs="?", help=_("the library's own data if left out"))
    check.add_argument(
        "--against",
        metavar="FILE",
        action="append",
        default=[],
        help=_("a work not to quote at length"),
    )
    check.add_argument("--warnings", action="store_true", help=_("print warnings too"))
    check.add_argument("--json", action="store_true", help=_("print a JSON list for other programs"))
    check.add_argument("--codes", action="store_true", help=_("print what the codes mean, and nothing else"))
    check.set_defaults(run=_later("checks", "check"))

    _add_check_translation(commands)

    align = commands.add_parser(
        "align",
        help=_("align an English and a Japanese text"),
        description=_(
            "Align an English and a Japanese text, sentence by sentence, with a confidence for each"
            " unit. Long work shows a progress bar on a terminal (extra [cli])."
        ),
    )
    align.add_argument("en", metavar="EN", help=_("the English text; - for standard input"))
    align.add_argument("ja", metavar="JA", help=_("the Japanese text; - for standard input"))
    align.add_argument(
        "--to", metavar="FILE", help=_("write to a file: .tmx, .tsv, .html or .svg (dot plot)")
    )
    align.add_argument("--jmdict", action="store_true", help=_("use JMdict too (extra [jmdict])"))
    align.add_argument("--neural", action="store_true", help=_("use sentence vectors too (extra [neural])"))
    align.set_defaults(run=_later("bitexts", "align"))

    add_glossary(commands, _later)

    fingerprint = commands.add_parser(
        "fingerprint", help=_("print the fingerprint of each paragraph of a text, for a data file")
    )
    fingerprint.add_argument("file", metavar="FILE")
    fingerprint.set_defaults(run=_later("read", "fingerprints"))
    return top


def _add_check_translation(commands: "argparse._SubParsersAction[_Parser]") -> None:
    """The command that checks a translation."""
    command = commands.add_parser(
        "check-translation",
        help=_("check a translation against a glossary"),
        description=_(
            "Check a translation: terms, numbers and dates, what is missing. Exit status 0 if nothing"
            " is found, 1 if something is, 2 if the files cannot be used."
        ),
    )
    command.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help=_("an English and a Japanese text (- for standard input), or one file of units: .tmx, .po"),
    )
    command.add_argument("--glossary", metavar="FILE", help=_("the terms to use; the reference if left out"))
    command.add_argument("--format", choices=("text", "json", "sarif"), default="text")
    command.add_argument("--as-of", type=_day, metavar="DAY", help=_("the day the text is of (2005-04-14)"))
    command.add_argument("--source", choices=("en", "ja"), default="en", help=_("translated from (en)"))
    command.add_argument(
        "--ignore",
        metavar="CODE",
        action="append",
        default=[],
        help=_("findings to leave out; may be repeated"),
    )
    command.add_argument(
        "--codes", action="store_true", help=_("print what the codes mean, and nothing else")
    )
    command.add_argument(
        "--lang",
        dest="spoken",
        choices=("en", "ja"),
        default=argparse.SUPPRESS,
        help=_("language to report in; that of the locale if left out"),
    )
    command.set_defaults(run=_later("translations", "check"))


def _add_finding(commands: "argparse._SubParsersAction[_Parser]") -> None:
    """The commands that find names and words."""
    translate = commands.add_parser(
        "translate",
        help=_("say what a name is called in the other language"),
        description=_(
            "Say what a name is called in the other language, or why there is no name for it. Exit"
            " status 1 if there is none."
        ),
    )
    translate.add_argument("query", metavar="QUERY", type=_text)
    translate.add_argument("--to", required=True, choices=("en", "ja"), help=_("the language of the answer"))
    translate.add_argument(
        "--as-of", type=_day, metavar="DAY", help=_("names in use on this day (2005-04-14)")
    )
    translate.set_defaults(run=_later("search", "translate"))

    suggest = commands.add_parser("suggest", help=_("complete the beginning of a name"))
    suggest.add_argument("prefix", metavar="PREFIX", type=_text)
    suggest.add_argument("--lang", choices=("en", "ja"), help=_("only names of this language"))
    suggest.add_argument(
        "--limit", type=_at_least_one, default=10, metavar="N", help=_("at most so many (10)")
    )
    suggest.set_defaults(run=_later("search", "suggest"))

    annotate = commands.add_parser("annotate", help=_("find the names of the reference in a text"))
    annotate.add_argument("file", metavar="FILE", help=_("the text, English, Japanese or both; - for stdin"))
    annotate.add_argument("--lang", choices=("en", "ja"), help=_("only names of this language"))
    annotate.add_argument("--all", action="store_true", help=_("names inside longer names too"))
    annotate.add_argument("--as-of", type=_day, metavar="DAY", help=_("the day the text speaks of"))
    annotate.add_argument("--to", metavar="FILE", help=_("write the text as HTML with links"))
    annotate.add_argument(
        "--ruby", action="store_true", help=_("with readings above Japanese names (with --to)")
    )
    annotate.add_argument("--json", action="store_true", help=_("print a JSON list for other programs"))
    annotate.set_defaults(run=_later("search", "annotate"))

    concordance = commands.add_parser(
        "concordance",
        help=_("show every place of a word in the passages, beside its translation"),
        description=_(
            "Show every place of a word in the passages, in context, beside its translation. Exit"
            " status 1 if there is none."
        ),
    )
    concordance.add_argument("query", metavar="QUERY", type=_text)
    concordance.add_argument("--entry", action="store_true", help=_("QUERY is the id of an entry"))
    concordance.add_argument("--lang", choices=("en", "ja"), help=_("only places in this language"))
    concordance.add_argument("--width", type=_cells, default=40, metavar="N", help=_("cells of context (40)"))
    concordance.add_argument("--sort", choices=("right", "left", "position"), default="right")
    concordance.add_argument(
        "--document", metavar="ID", action="append", default=[], help=_("only this document; may be repeated")
    )
    concordance.add_argument("--to", metavar="FILE", help=_("write an HTML table"))
    concordance.set_defaults(run=_later("search", "concordance"))


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
        return day_of(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2005-04-14") from None


def _at_least_one(text: str) -> int:
    return _whole(text, 1)


def _cells(text: str) -> int:
    return _whole(text, 0)


def _whole(text: str, least: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text) >= least):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} on")
    return int(text)


class _Help(argparse.HelpFormatter):
    """Help whose first word is in the language spoken, wrapped by the cells of a terminal."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin with the usage."""
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrap(text, width - len(indent)))


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line; its subcommands' parsers are of its class."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given, add_help=False, formatter_class=_Help)
        self._positionals.title = _("arguments")
        self._optionals.title = _("options")
        self.add_argument("-h", "--help", action="help", help=_("show this help and exit"))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, and where to read on."""
        said = _("{problem} (see {program} --help)").format(problem=in_language(message), program=self.prog)
        self.exit(2, f"alliance-ref: {plain(said)}\n")


class _Version(argparse.Action):
    def __init__(self, **given: object) -> None:
        super().__init__(nargs=0, **given)  # type: ignore[arg-type]

    def __call__(self, parser: argparse.ArgumentParser, *_unused: object) -> None:
        import alliance_ref as ar

        said = _("alliance-ref {version}, data {data}, schema {schema}")
        print(said.format(version=ar.__version__, data=ar.DATA_EDITION, schema=ar.SCHEMA_VERSION))
        parser.exit()

"""The argument parser of the command line and the types of its arguments.

A parser is built in the current language, so `requested_language` finds it out before there is a parser.
"""

import argparse
import datetime
import os
from collections.abc import Container, Sequence
from typing import Any, NoReturn

from alliance_ref.arguments import day_of
from alliance_ref.cli.i18n import _
from alliance_ref.cli.io import escape_controls
from alliance_ref.cli.layout import wrap


def requested_language(arguments: Sequence[str]) -> str | None:
    """Return the value of ``--lang`` before the command, without a parser.

    >>> requested_language(["--lang", "ja", "documents"]), requested_language(["show", "x", "--lang", "ja"])
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


class Parser(argparse.ArgumentParser):
    """A parser that reports errors in one line; the parsers of its subcommands are of this class too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=HelpFormatter)

        # Errors that argparse reports after parsing a command must name the help of the command.
        self.set_defaults(parser=self)

    def error(self, message: str) -> NoReturn:
        """Print *message* and where to find help in one line, and exit with status 2."""
        line = _("{problem} (see {program} --help)").format(problem=message, program=self.prog)
        self.exit(2, f"alliance-ref: {escape_controls(line)}\n")


class JoinWords(argparse.Action):
    """Store words as one text, so that a name needs no quotes: ``lookup Camp Zama``."""

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        _option: str | None = None,
    ) -> None:
        """Join the words with spaces."""
        setattr(namespace, self.dest, " ".join(values or ()))


class HelpFormatter(argparse.HelpFormatter):
    """A formatter that wraps help texts by terminal cells, in which Japanese characters count double."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrap(text, width - len(indent)))


def with_command(arguments: Sequence[str], commands: Container[str]) -> list[str]:
    """Return *arguments* with the command ``lookup`` if they begin with a name instead of a command.

    >>> with_command(["--lang", "ja", "普天間"], {"show"}), with_command(["show", "x"], {"show"})
    (['--lang', 'ja', 'lookup', '普天間'], ['show', 'x'])
    """
    given = list(arguments)
    at = 0
    while at < len(given) and given[at].startswith("-") and given[at] not in ("-", "--"):
        option, equals, _value = given[at].partition("=")
        takes_value = len(option) > len("--") and "--lang".startswith(option) and not equals
        at += 2 if takes_value else 1
    if at < len(given) and given[at] not in commands:
        given.insert(at, "lookup")
    return given


class VersionAction(argparse.Action):
    """Print the versions of the library, its data and the schema, and exit."""

    def __init__(self, **options: Any) -> None:
        super().__init__(nargs=0, **options)

    def __call__(self, parser: argparse.ArgumentParser, *_unused: object) -> None:
        """Print the versions."""
        import alliance_ref as ar

        line = _("alliance-ref {version}, data {data}, schema {schema}")
        print(line.format(version=ar.__version__, data=ar.DATA_EDITION, schema=ar.SCHEMA_VERSION))
        parser.exit()


def text(argument: str) -> str:
    """Return an argument as UTF-8, even if the locale decoded its bytes differently."""
    return os.fsencode(argument).decode("utf-8", "replace")


def column_names(argument: str) -> tuple[str, ...]:
    """Return the names in an argument such as ``en,ja``.

    >>> column_names("en, ja")
    ('en', 'ja')
    """
    return tuple(name.strip() for name in argument.split(","))


def day(argument: str) -> datetime.date:
    """Return an argument as a date."""
    try:
        return day_of(argument)
    except ValueError:
        message = _("{given!r} is not a date (expected YYYY-MM-DD)").format(given=argument)
        raise argparse.ArgumentTypeError(message) from None


def positive(argument: str) -> int:
    """Return an argument as a whole number of 1 or more."""
    return _whole_number(argument, 1)


def share(argument: str) -> float:
    """Return an argument as a number from 0 to 1."""
    try:
        number = float(argument)
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise argparse.ArgumentTypeError(_("{given!r} is not a number from 0 to 1").format(given=argument))
    return number


def nonnegative(argument: str) -> int:
    """Return an argument as a whole number of 0 or more."""
    return _whole_number(argument, 0)


def _whole_number(argument: str, least: int) -> int:
    if not (argument.isascii() and argument.isdigit() and int(argument) >= least):
        message = _("{given!r} is not a whole number of {least} or more").format(given=argument, least=least)
        raise argparse.ArgumentTypeError(message)
    return int(argument)

"""The command line ``alliance-ref``. All printing of the library is in this package.

A mistake of the user is reported in one line on standard error, without a traceback. Output is UTF-8
regardless of the locale, and a reader that stops early (``| head``) is not an error.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Collection, Sequence
from difflib import get_close_matches

from alliance_ref.cli.arguments import Parser, requested_language, with_command
from alliance_ref.cli.commands import command_names, parser
from alliance_ref.cli.i18n import _, argparse_messages, cli_language, set_language, translate_error
from alliance_ref.cli.io import UsageError, escape_controls
from alliance_ref.errors import AllianceRefError
from alliance_ref.reference import load

UNUSABLE = 2
"""Exit status for input that cannot be used."""

INTERNAL_ERROR = 70
"""Exit status for a bug in the library (EX_SOFTWARE)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: The arguments after ``alliance-ref`` (default: those of the process).
    """
    given = sys.argv[1:] if arguments is None else arguments
    set_language(cli_language(requested_language(given)))
    if sys.stdout is None:
        return _fail(_("standard output is closed"))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        with argparse_messages():
            top = parser()
            if "_ARGCOMPLETE" in os.environ:
                _complete(top)
            options = _parsed(top, given)
        if getattr(options, "message_language", None) is not None:  # --lang after the command
            set_language(cli_language(options.message_language))
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader is gone. Python would report that again when it closes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except (AllianceRefError, OSError, UsageError) as error:
        return _fail(translate_error(error))
    except Exception as error:  # noqa: BLE001 (a bug; the user must not see a traceback)
        if "--debug" in given:
            traceback.print_exc()
        message = _("internal error ({error}); please report it (see CONTRIBUTING.md) with --debug")
        return _fail(message.format(error=f"{type(error).__name__}: {error}"), INTERNAL_ERROR)
    return status


def _parsed(top: Parser, given: Sequence[str]) -> argparse.Namespace:
    """Return the options; without a command, a name is looked up, and no argument at all prints the help."""
    names = command_names(top)
    arguments = with_command(given, names)
    if len(arguments) > len(given):
        _check_misspelled(top, arguments[arguments.index("lookup") + 1], names)
    options, unknown = top.parse_known_args(arguments)
    if unknown:
        message = _("unrecognized arguments: %s")
        options.parser.error(message % " ".join(unknown))
    if not hasattr(options, "run"):
        options.run = _print_help
    return options


def _check_misspelled(top: Parser, word: str, names: Collection[str]) -> None:
    """Report a misspelled command, which is no name of the reference."""
    near = get_close_matches(word, names, n=1, cutoff=0.8)
    if near and not any(match.reason != "fuzzy" for match in load().lookup(word)):
        top.error(_("no command {given!r}; did you mean {name!r}?").format(given=word, name=near[0]))


def _print_help(options: argparse.Namespace) -> int:
    options.parser.print_help()
    return 0


def _complete(top: Parser) -> None:
    """Print the completions that a shell asked for, and exit, if argcomplete is installed."""
    try:
        import argcomplete
    except ImportError:
        return
    argcomplete.autocomplete(top)


def _fail(message: str, status: int = UNUSABLE) -> int:
    if sys.stderr is not None:
        print(f"alliance-ref: {escape_controls(message)}", file=sys.stderr)
    return status

"""The command line ``alliance-ref``: all printing is done here, and nothing else.

A mistake of the user's is one line on the standard error, never a traceback. Output is UTF-8 whatever the
locale says, and a reader that stops reading (``| head``) is no error.
"""

import os
import sys
from collections.abc import Sequence

from alliance_ref.cli.arguments import asked_language, parser
from alliance_ref.cli.i18n import _, cli_language, speak
from alliance_ref.cli.io import plain
from alliance_ref.cli.sayings import in_language
from alliance_ref.errors import AllianceRefError

UNUSABLE = 2
"""Exit status for input that cannot be used."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give back its exit status.

    Args:
        arguments: What stands behind ``alliance-ref``; the process's own if left out.
    """
    given = sys.argv[1:] if arguments is None else arguments
    speak(cli_language(asked_language(given)))
    if sys.stdout is None:
        return _failed(_("standard output is closed"))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = parser().parse_args(given)
        if getattr(options, "spoken", None) is not None:  # said behind the command
            speak(cli_language(options.spoken))
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on. Python would complain again when it closes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except (AllianceRefError, OSError, ValueError) as error:
        return _failed(_one_line(error))
    return status


def _failed(message: str) -> int:
    if sys.stderr is not None:
        print(f"alliance-ref: {plain(message)}", file=sys.stderr)
    return UNUSABLE


def _one_line(error: Exception) -> str:
    said = str(error)
    if isinstance(error, OSError) and not isinstance(error, AllianceRefError) and error.filename:
        said = f"{error.filename}: {error.strerror}"
    return in_language(" ".join(said.split()))

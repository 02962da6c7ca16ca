"""The command line ``alliance-ref``: all printing is done here, and nothing else.

A mistake of the user's is one line on the standard error, never a traceback. Output is UTF-8 whatever the
locale says, and a reader that stops reading (``| head``) is no error.
"""

import os
import sys
from collections.abc import Sequence

from alliance_ref.cli.arguments import parser
from alliance_ref.cli.speaking import cli_language, speak
from alliance_ref.errors import AllianceRefError

UNUSABLE = 2
"""Exit status for input that cannot be used."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give back its exit status.

    Args:
        arguments: What stands behind ``alliance-ref``; the process's own if left out.
    """
    if sys.stdout is None:
        return _failed("standard output is closed")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = parser().parse_args(arguments)
        speak(cli_language(getattr(options, "spoken", None)))
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
        print(f"alliance-ref: {message}", file=sys.stderr)
    return UNUSABLE


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError) and not isinstance(error, AllianceRefError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return " ".join(str(error).split())

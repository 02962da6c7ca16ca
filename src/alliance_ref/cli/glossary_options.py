"""What ``alliance-ref glossary`` takes: by itself it makes a glossary, and it has commands of its own."""

import argparse
from collections.abc import Callable
from typing import Any

from alliance_ref.cli.i18n import _

Later = Callable[[str, str], Callable[[argparse.Namespace], int]]
"""From the name of a module of the command line and a function of it to what runs it."""


def add_glossary(commands: "argparse._SubParsersAction[Any]", later: Later) -> None:
    """Add ``glossary`` to *commands*; *later* imports what carries it out."""
    glossary = commands.add_parser(
        "glossary",
        help=_("make a bilingual glossary; merge, compare, check and convert glossaries"),
        description=_(
            "Write a bilingual glossary: the reference's own, or with --from one built from translation"
            " memories, with the places that show each pair. The suffix of FILE says which format."
        ),
    )
    glossary.add_argument("--to", metavar="FILE", help=_("where to; needed unless a command is given"))
    _add_format(glossary)
    glossary.add_argument(
        "--from",
        dest="sources",
        nargs="+",
        metavar="F",
        help=_("build it from these translation memories or bitexts"),
    )
    glossary.add_argument(
        "--min-frequency",
        type=_positive,
        metavar="N",
        help=_("only pairs that stand in so many units (with --from)"),
    )
    glossary.add_argument(
        "--seed",
        metavar="FILE",
        help=_("English terms to find renderings for: one a line, or a glossary (with --from)"),
    )
    glossary.add_argument(
        "--work", metavar="FOLDER", help=_("keep what is done there, so that it can go on (with --from)")
    )
    glossary.add_argument(
        "--resume", action="store_true", help=_("go on with what is in the folder of --work")
    )

    def run(options: argparse.Namespace) -> int:
        _refuse_half_options(glossary, options)
        return later("glossaries", "write")(options)

    glossary.set_defaults(run=run)
    actions = glossary.add_subparsers(title=_("commands"), metavar="COMMAND")

    merge = actions.add_parser(
        "merge",
        help=_("join glossaries into one"),
        description=_(
            "Join glossaries into one. Where they disagree the first one prevails, and each conflict is told"
            " on the standard error."
        ),
    )
    merge.add_argument("file", metavar="A", help=_("the glossary that prevails"))
    merge.add_argument("others", metavar="B", nargs="+", help=_("what goes into it"))
    merge.add_argument("--to", required=True, metavar="FILE", help=_("where to"))
    _add_format(merge)
    merge.set_defaults(run=later("glossaries", "merge"))

    diff = actions.add_parser(
        "diff",
        help=_("show what is different in a newer glossary"),
        description=_(
            "Show what is different in a newer glossary: concepts added (+), removed (-) and changed (~)."
            " Exit status 1 if anything is."
        ),
    )
    diff.add_argument("old", metavar="A", help=_("the older glossary"))
    diff.add_argument("new", metavar="B", help=_("the newer glossary"))
    diff.add_argument("--json", action="store_true", help=_("print one JSON object for other programs"))
    diff.set_defaults(run=later("glossaries", "diff"))

    check = actions.add_parser(
        "check",
        help=_("check a glossary"),
        description=_(
            "Check a glossary. Each finding has a code. Exit status 1 if there is an error; warnings alone"
            " are none."
        ),
    )
    check.add_argument("file", metavar="FILE", nargs="?", help=_("the library's own data if left out"))
    check.add_argument("--json", action="store_true", help=_("print a JSON list for other programs"))
    check.add_argument("--codes", action="store_true", help=_("print what the codes mean, and nothing else"))
    check.set_defaults(run=later("glossaries", "check"))

    convert = actions.add_parser(
        "convert",
        help=_("write a glossary in another format"),
        description=_("Write a glossary in another format, and tell what that could not hold."),
    )
    convert.add_argument("file", metavar="A", help=_("the glossary"))
    convert.add_argument("--to", required=True, metavar="B", help=_("where to"))
    _add_format(convert)
    convert.set_defaults(run=later("glossaries", "convert"))


def _add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", metavar="FORMAT", help=_("short name of the format, if the suffix does not say")
    )


def _refuse_half_options(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Options that need another one stand beside it."""
    if options.to is None:
        parser.error(_("--to FILE is needed, or one of merge, diff, check, convert"))
    if options.sources is None:
        for option in ("min_frequency", "seed", "work"):
            if getattr(options, option) is not None:
                parser.error(_("{option} needs --from").format(option=f"--{option.replace('_', '-')}"))
    if options.resume and options.work is None:
        parser.error(_("{option} needs --work").format(option="--resume"))


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(_("{text!r} is no number from 1 up").format(text=text))
    return int(text)

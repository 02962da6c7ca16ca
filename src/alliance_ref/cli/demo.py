"""The command ``demo``: some commands with what they print, and what to do next."""

import argparse
import shlex

from alliance_ref.cli.i18n import _
from alliance_ref.cli.layout import styled

SHOWN = (
    ("show", "magosaki-2006#8"),
    ("lookup", "普天間"),
    ("lookup", "ふてんま"),
    ("translate", "Defense Agency"),
    ("who", "外務大臣", "--as-of", "2005-04-14"),
    ("concordance", "抑止力", "--lang", "ja"),
)
"""The commands that are run, with their arguments."""


def demo(options: argparse.Namespace) -> int:
    """Run some commands and print suggestions for the next steps."""
    from alliance_ref.cli.commands import parser

    commands = [*SHOWN, *([("glossary", "--to", options.to)] if options.to is not None else [])]
    for command in commands:
        print(styled(f"$ alliance-ref {shlex.join(command)}", "bold"))
        given = parser().parse_args(command)
        given.run(given)
        print()
    for line in _next_steps():
        print(line)
    return 0


def _next_steps() -> list[str]:
    return [
        styled(_("Next steps"), "bold"),
        "  alliance-ref --help                             " + _("all commands"),
        "  alliance-ref read article.txt                   "
        + _("your copy of an article, verified and aligned"),
        "  alliance-ref annotate page.html --to out.html   " + _("names in your own page"),
        "  alliance-ref glossary --from memory.tmx --to terms.csv",
        "                                                  " + _("a glossary of your own translations"),
        "  python -c \"import alliance_ref as ar; print(ar.translate('地位協定', to='en'))\"",
        "                                                  " + _("the same from Python"),
    ]

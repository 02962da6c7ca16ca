"""The language of the command line: that of ``--lang``, else that of the locale."""

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from alliance_ref.messages import N_, error_text, render
from alliance_ref.records.values import Lang
from alliance_ref.text.localization import LabelKind, label, translator

_language: ContextVar[Lang] = ContextVar("_language", default="en")


ARGPARSE_MESSAGES = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)
"""The messages of argparse that this command line can show; argparse looks them up with gettext."""

SYSTEM_MESSAGES = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("No space left on device"),
    N_("File name too long"),
    N_("Read-only file system"),
    N_("embedded null byte"),
)
"""The messages of the operating system, and of Python, about files that cannot be opened."""


def cli_language(option: str | None = None, environment: Mapping[str, str] | None = None) -> Lang:
    """Return the language of messages: the *option* if it is one, else that of the locale.

    The locale is the first of ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set, as for
    gettext. Other languages than Japanese become English.

    >>> cli_language(None, {"LANG": "ja_JP.UTF-8"}), cli_language(None, {"LANG": "fr_FR"})
    ('ja', 'en')
    >>> cli_language("en", {"LANG": "ja_JP.UTF-8"})
    'en'
    """
    if option in ("ja", "en"):
        return "ja" if option == "ja" else "en"
    variables = os.environ if environment is None else environment
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if variables.get(variable):
            for wanted in variables[variable].split(":"):
                code = wanted.partition(".")[0].partition("_")[0]
                if code in ("ja", "en", "C", "POSIX"):
                    return "ja" if code == "ja" else "en"
            return "en"
    return "en"


def set_language(lang: Lang) -> None:
    """Set the language of all messages."""
    _language.set(lang)


def current_language() -> Lang:
    """Return the language of messages."""
    return _language.get()


def _(message: str) -> str:
    """Return *message* in the current language."""
    return translator(current_language()).gettext(message)


def plural(one: str, many: str, number: int) -> str:
    """Return a message with a *number*, in its singular or plural form."""
    return translator(current_language()).ngettext(one, many, number).format(number)


def join_items(items: Iterable[str]) -> str:
    """Return *items* separated by commas of the current language."""
    return ("、" if current_language() == "ja" else ", ").join(items)


def value_label(kind: LabelKind, value: str) -> str:
    """Return the label of a value of the records in the current language."""
    return label(kind, value, current_language())


def translate_message(text: str) -> str:
    """Return a message of the library in the current language."""
    return render(text, _)


def translate_error(error: Exception) -> str:
    """Return the message of *error* in the current language, on one line."""
    text = translate_message(error_text(error))
    if isinstance(error, OSError) and error.filename and error.strerror:
        text = _("{where}: {problem}").format(where=error.filename, problem=_(error.strerror))
    return " ".join(text.split())


@contextmanager
def argparse_messages() -> Iterator[None]:
    """Let argparse look up its own messages in the catalog of this library."""
    namespace = vars(argparse)
    gettext = namespace["_"]
    namespace["_"] = _
    try:
        yield
    finally:
        namespace["_"] = gettext

"""The language of the command line: that of ``--lang``, else that of the locale."""

import os
from collections.abc import Iterable, Mapping
from contextvars import ContextVar

from alliance_ref.records.values import Lang
from alliance_ref.text.localization import LabelKind, label, translator

_spoken: ContextVar[Lang] = ContextVar("_spoken", default="en")


def cli_language(option: str | None = None, environment: Mapping[str, str] | None = None) -> Lang:
    """The language to speak: the *option* if it is one, else what the locale asks for.

    That is the first of ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set, as gettext reads
    them. Whatever is neither is English.

    >>> cli_language(None, {"LANG": "ja_JP.UTF-8"}), cli_language(None, {"LANG": "fr_FR"})
    ('ja', 'en')
    >>> cli_language("en", {"LANG": "ja_JP.UTF-8"})
    'en'
    """
    if option in ("ja", "en"):
        return "ja" if option == "ja" else "en"
    known = os.environ if environment is None else environment
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if known.get(variable):
            for wanted in known[variable].split(":"):
                code = wanted.partition(".")[0].partition("_")[0]
                if code in ("ja", "en", "C", "POSIX"):
                    return "ja" if code == "ja" else "en"
            return "en"
    return "en"


def speak(lang: Lang) -> None:
    """Say everything in *lang* from now on."""
    _spoken.set(lang)


def spoken() -> Lang:
    """The language spoken."""
    return _spoken.get()


def _(message: str) -> str:
    """A message in the language spoken."""
    return translator(spoken()).gettext(message)


def counted(one: str, many: str, number: int) -> str:
    """A message with a *number*, in the form that belongs to it."""
    return translator(spoken()).ngettext(one, many, number).format(number)


def listed(items: Iterable[str]) -> str:
    """Items of a report, one behind the other."""
    return ("、" if spoken() == "ja" else ", ").join(items)


def called(kind: LabelKind, value: str) -> str:
    """The label of a value in the language spoken."""
    return label(kind, value, spoken())

"""Labels and messages in the language asked for, through a gettext catalogue.

English is what the code says; ``locale/ja/LC_MESSAGES/alliance_ref.po`` says it in Japanese. An installed
library reads the ``.mo`` that the build made of it. A checkout has none and reads the ``.po`` itself, so that
there is nothing to compile and nothing to go stale.
"""

import ast
import gettext
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Literal, get_args

from alliance_ref.arguments import check_lang
from alliance_ref.errors import quoted
from alliance_ref.records.values import Lang

LabelKind = Literal[
    "entry-kind",
    "name-status",
    "mark",
    "gap-reason",
    "passage-role",
    "front-role",
    "fidelity",
    "relation",
    "text-status",
    "repair",
    "set-aside",
    "match-reason",
    "moment",
    "topic-kind",
    "topic-role",
    "topic-outcome",
    "level",
]

_HOMES: Mapping[LabelKind, tuple[str, str]] = {
    "entry-kind": ("entries", "EntryKind"),
    "name-status": ("entries", "NameStatus"),
    "mark": ("values", "Mark"),
    "gap-reason": ("values", "GapReason"),
    "passage-role": ("passages", "PassageRole"),
    "front-role": ("documents", "FrontRole"),
    "fidelity": ("passages", "Fidelity"),
    "relation": ("documents", "RelationKind"),
    "text-status": ("editions", "TextStatus"),
    "repair": ("editions", "RepairKind"),
    "set-aside": ("editions", "SetAsideKind"),
    "match-reason": ("matches", "Reason"),
    "moment": ("timeline", "Moment"),
    "topic-kind": ("topics", "TopicKind"),
    "topic-role": ("topics", "SideRole"),
    "topic-outcome": ("topics", "Outcome"),
    "level": ("findings", "Level"),
}
_ENGLISH = {
    ("passage-role", "author-note"): "author's note",
    ("fidelity", "own-words"): "in own words",
    ("match-reason", "fuzzy"): "with typing errors",
    ("match-reason", "prefix"): "begins so",
}
"""Labels that are not the value with its hyphens as spaces."""

_FOLDER = Path(__file__).parents[1] / "locale"
_DOMAIN = "alliance_ref"
_STRING = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*("(?:[^"\\]|\\.)*")')


def values(kind: LabelKind) -> tuple[str, ...]:
    """The values that have a label of this *kind*, such as the reasons of a gap.

    >>> values("topic-kind")
    ('agenda', 'comparison')
    """
    if kind not in _HOMES:
        raise ValueError(f"{quoted(kind)} is none of {', '.join(_HOMES)}")
    module, name = _HOMES[kind]
    return get_args(getattr(import_module(f"alliance_ref.records.{module}"), name))


def label(kind: LabelKind, value: str, lang: Lang) -> str:
    """What a value of the records is called for people to read.

    Args:
        kind: What it is a value of; the same word may be called otherwise elsewhere.
        value: As the record has it, such as ``"not-translated"``.
        lang: ``"en"`` or ``"ja"``.

    Raises:
        ValueError: for an unknown kind, value or language.

    >>> import alliance_ref as ar
    >>> ar.label("gap-reason", "not-translated", "en"), ar.label("gap-reason", "not-translated", "ja")
    ('not translated', '未訳')
    """
    if value not in values(kind):
        raise ValueError(f"{quoted(value)} is no {kind}: {', '.join(values(kind))}")
    return translator(lang).pgettext(kind, english_label(kind, value))


def english_label(kind: LabelKind, value: str) -> str:
    """The label in English, under which the catalogues have the others."""
    return _ENGLISH.get((kind, value), value.replace("-", " "))


@lru_cache(maxsize=8)
def translator(lang: Lang) -> gettext.NullTranslations:
    """The messages of a language: ``gettext``, ``ngettext`` and ``pgettext``; English is what they are asked.

    Raises:
        ValueError: for another language than ``"en"`` and ``"ja"``.

    >>> import alliance_ref as ar
    >>> ar.text.translator("ja").gettext("none"), ar.text.translator("en").gettext("none")
    ('なし', 'none')
    """
    check_lang(lang)
    if lang == "en":
        return gettext.NullTranslations()
    if gettext.find(_DOMAIN, str(_FOLDER), [lang]) is not None:
        return gettext.translation(_DOMAIN, str(_FOLDER), [lang])
    return _Catalogue(read_po((_FOLDER / lang / "LC_MESSAGES" / f"{_DOMAIN}.po").read_text(encoding="utf-8")))


def read_po(text: str) -> dict[tuple[str | None, str], str]:
    r"""The messages of a ``.po`` file by context and English; of a plural the one form of Japanese.

    >>> read_po('msgid "a"\nmsgstr ""\n"b"\n"c"')
    {(None, 'a'): 'bc'}
    """
    messages: dict[tuple[str | None, str], str] = {}
    for block in re.split(r"\n\s*\n", text):
        fields: dict[str, str] = {}
        field = ""
        for line in block.splitlines():
            found = _STRING.fullmatch(line.strip())
            if found:
                field = found[1] or field
                fields[field] = fields.get(field, "") + ast.literal_eval(found[2])
        if fields.get("msgid"):
            said = fields.get("msgstr", fields.get("msgstr[0]", ""))
            messages[fields.get("msgctxt"), fields["msgid"]] = said
    return messages


class _Catalogue(gettext.NullTranslations):
    """A ``.po`` file as a translator, for a language with one form for all numbers."""

    def __init__(self, messages: Mapping[tuple[str | None, str], str]) -> None:
        super().__init__()
        self._messages = messages

    def gettext(self, message: str) -> str:
        return self._messages.get((None, message)) or message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._messages.get((None, msgid1)) or super().ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        return self._messages.get((context, message)) or message

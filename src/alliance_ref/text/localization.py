"""Format labels, messages, lists, numbers and dates in English or Japanese. The only module that uses Babel.

The source text of every message is English; ``locale/ja/LC_MESSAGES/alliance_ref.po`` has the Japanese. An
installed package reads the ``.mo`` file made by the build. A checkout has no ``.mo`` file and reads the
``.po`` file, so a changed message never needs a build step.
"""

import datetime
import gettext
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Literal, get_args

from alliance_ref.arguments import check_choice, check_lang
from alliance_ref.errors import InvalidType
from alliance_ref.records.values import Lang, PartialDate
from alliance_ref.text.calendar import partial_date
from alliance_ref.text.po import po_messages

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

_VALUE_TYPES: Mapping[LabelKind, tuple[str, str]] = {
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
"""The module of `alliance_ref.records` and the `Literal` type that list the values of a kind."""

_ENGLISH = {
    ("passage-role", "author-note"): "author's note",
    ("fidelity", "own-words"): "in own words",
    ("match-reason", "fuzzy"): "with typing errors",
    ("match-reason", "part"): "part of the name",
    ("match-reason", "prefix"): "begins so",
}
"""Labels that differ from the value with spaces for its hyphens."""

_DATE_PATTERNS = {
    "en": ("y", "MMMM y", "d MMMM y"),
    "ja": ("y年", "y年M月", "y年M月d日"),
}
"""Patterns of Babel for a year, a month and a day."""

_FOLDER = Path(__file__).parents[1] / "locale"
_DOMAIN = "alliance_ref"


def values(kind: LabelKind) -> tuple[str, ...]:
    """Return the values that have a label of this *kind*, such as the reasons of a gap.

    Raises:
        InvalidValue: if *kind* is unknown.

    >>> values("topic-kind")
    ('agenda', 'comparison')
    """
    check_choice(kind, "kind", _VALUE_TYPES)
    module, name = _VALUE_TYPES[kind]
    return get_args(getattr(import_module(f"alliance_ref.records.{module}"), name))


def label(kind: LabelKind, value: str, lang: Lang) -> str:
    """Return the label of a value of the records, for display.

    Args:
        kind: The kind of the value; equal values of different kinds may have different labels.
        value: The value in the record, such as ``"not-translated"``.
        lang: ``"en"`` or ``"ja"``.

    Raises:
        InvalidValue: if *kind*, *value* or *lang* is unknown.

    >>> import alliance_ref as ar
    >>> ar.label("gap-reason", "not-translated", "en"), ar.label("gap-reason", "not-translated", "ja")
    ('not translated', '未訳')
    """
    check_choice(value, kind, values(kind))
    return translator(lang).pgettext(kind, english_label(kind, value))


def english_label(kind: LabelKind, value: str) -> str:
    """Return the English label of a value, which is the key of its translation in the catalog."""
    return _ENGLISH.get((kind, value), value.replace("-", " "))


@lru_cache(maxsize=8)
def translator(lang: Lang) -> gettext.NullTranslations:
    """Return the message catalog of a language, with ``gettext``, ``ngettext`` and ``pgettext``.

    The messages are looked up by their English text.

    Raises:
        InvalidValue: if *lang* is neither ``"en"`` nor ``"ja"``.

    >>> import alliance_ref as ar
    >>> ar.text.translator("ja").gettext("none"), ar.text.translator("en").gettext("none")
    ('なし', 'none')
    """
    check_lang(lang)
    if lang == "en":
        return gettext.NullTranslations()
    if gettext.find(_DOMAIN, str(_FOLDER), [lang]) is not None:
        return gettext.translation(_DOMAIN, str(_FOLDER), [lang])
    return _Catalog(read_po((_FOLDER / lang / "LC_MESSAGES" / f"{_DOMAIN}.po").read_text(encoding="utf-8")))


def read_po(text: str) -> dict[tuple[str | None, str], str]:
    r"""Return the messages of a PO file by context and English text; of a plural, the first form.

    >>> read_po('msgid "a"\nmsgstr ""\n"b"\n"c"')
    {(None, 'a'): 'bc'}
    """
    return {
        (message.fields.get("msgctxt"), message.id): "".join(message.translations[:1])
        for message in po_messages(text.splitlines())
        if message.id and not message.obsolete
    }


class _Catalog(gettext.NullTranslations):
    """A PO file as a catalog, for a language without plural forms."""

    def __init__(self, messages: Mapping[tuple[str | None, str], str]) -> None:
        super().__init__()
        self._messages = messages

    def gettext(self, message: str) -> str:
        return self._messages.get((None, message)) or message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._messages.get((None, msgid1)) or super().ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        return self._messages.get((context, message)) or message


def format_list(items: Iterable[str], lang: Lang) -> str:
    """Return *items* as a list in running text.

    Raises:
        InvalidType: if *items* is one text.
        InvalidValue: if *lang* is unknown.

    >>> import alliance_ref as ar
    >>> ar.text.format_list(["land", "sea", "air"], "en"), ar.text.format_list(["陸", "海", "空"], "ja")
    ('land, sea, and air', '陸、海、空')
    """
    check_lang(lang)
    if isinstance(items, str):
        raise InvalidType("type", name="items", expected="a collection of texts", type="str")
    from babel.lists import format_list as babel_format

    return babel_format([*items], locale=lang)


def format_number(number: float | Decimal, lang: Lang) -> str:
    """Return a number with its digits in groups.

    Raises:
        InvalidType: if *number* is not a number.
        InvalidValue: if *lang* is unknown.

    >>> from decimal import Decimal
    >>> import alliance_ref as ar
    >>> ar.text.format_number(10270000000, "en"), ar.text.format_number(Decimal("2.50"), "ja")
    ('10,270,000,000', '2.5')
    """
    check_lang(lang)
    if not isinstance(number, int | float | Decimal) or isinstance(number, bool):
        raise InvalidType("type", name="number", expected="a number", type=type(number).__name__)
    from babel.numbers import format_decimal

    return format_decimal(number, locale=lang, decimal_quantization=False)


def format_date(date: PartialDate | datetime.date, lang: Lang) -> str:
    """Return a date in words, with the precision of *date*.

    Raises:
        InvalidType: if *date* is not a date.
        InvalidValue: if *lang* is unknown.

    >>> import alliance_ref as ar
    >>> ar.format_date(ar.parse_date("2005-10"), "en"), ar.format_date(ar.parse_date("2006-07-11"), "ja")
    ('October 2005', '2006年7月11日')
    """
    check_lang(lang)
    date = partial_date(date)
    from babel.dates import format_date as babel_format

    precision = (date.month is not None) + (date.day is not None)
    return babel_format(date.earliest(), _DATE_PATTERNS[lang][precision], locale=lang)

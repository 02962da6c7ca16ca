"""Choose the rules that run: profiles, single codes, and the file ``alliance-ref.toml``.

For example::

    [check-translation]
    profile = "default"
    enable = ["T705"]
    disable = ["T301"]
    glossary = "terms.csv"
    baseline = "alliance-ref-baseline.json"
    width = "half"
    spacing = "none"
"""

import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import attrs

from alliance_ref.errors import InvalidValue
from alliance_ref.records.values import one_of

Profile = Literal["default", "strict", "terms"]
Width = Literal["half", "full"]
Spacing = Literal["none", "single"]

CONFIG_FILE = "alliance-ref.toml"
"""The name of the config file of a project."""

OFF_BY_DEFAULT = frozenset(("T703", "T704"))
"""Rules that only the profile *strict* runs: they need a style, or too few of their findings were correct."""

_TABLE = "check-translation"


@attrs.frozen
class Style:
    """The style of a translation: the width of Latin letters and digits, and the spaces around them."""

    width: Width | None = attrs.field(default=None, validator=attrs.validators.optional(one_of(Width)))
    spacing: Spacing | None = attrs.field(default=None, validator=attrs.validators.optional(one_of(Spacing)))


def _code_set(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(codes)


@attrs.frozen
class CheckOptions:
    """The rules to run and the style to expect.

    Args:
        profile: ``"default"``, ``"strict"`` (all rules) or ``"terms"`` (only the rules T1xx to T3xx).
        enable: Codes of rules to run in addition.
        disable: Codes of rules not to run.
        width: Expected width of Latin letters and digits in Japanese, ``"half"`` or ``"full"`` (rule T703).
        spacing: Expected spaces between Japanese and Latin letters, ``"none"`` or ``"single"`` (rule T704).
        paths: Values of the config file that name files, such as the glossary and the baseline.

    >>> import alliance_ref as ar
    >>> options = ar.CheckOptions(disable=["T202"])
    >>> unit = ar.TranslationUnit("The Defense Agency agreed.", "防衛省は同意した。")
    >>> ar.check_units([unit], as_of="2005-04-14", options=options)
    ()
    """

    profile: Profile = attrs.field(default="default", validator=one_of(Profile))
    enable: frozenset[str] = attrs.field(default=frozenset(), converter=_code_set)
    disable: frozenset[str] = attrs.field(default=frozenset(), converter=_code_set)
    width: Width | None = attrs.field(default=None, validator=attrs.validators.optional(one_of(Width)))
    spacing: Spacing | None = attrs.field(default=None, validator=attrs.validators.optional(one_of(Spacing)))
    paths: Mapping[str, str] = attrs.field(factory=dict, eq=False, repr=False)

    @property
    def style(self) -> Style:
        """The style to expect."""
        return Style(self.width, self.spacing)

    def runs(self, code: str) -> bool:
        """Return whether the rule with this code runs."""
        if code in self.disable:
            return False
        if code in self.enable or self.profile == "strict":
            return True
        if code in STYLE_RULES and getattr(self, STYLE_RULES[code]) is not None:
            return True
        if self.profile == "terms":
            return code[1] in "123" and code not in OFF_BY_DEFAULT
        return code not in OFF_BY_DEFAULT

    def check_codes(self, known: Iterable[str]) -> None:
        """Check that all codes are known.

        Raises:
            InvalidValue: for an unknown code.
        """
        known = tuple(known)
        for code in sorted(self.enable | self.disable):
            if code not in known:
                raise InvalidValue("choice", name="the code", value=code, choices=known)


STYLE_RULES = {"T703": "width", "T704": "spacing"}
"""Rules that run in every profile once the option of the style is set."""


def read_options(path: str | os.PathLike[str]) -> CheckOptions:
    """Read the options from a config file.

    Raises:
        InvalidValue: if the file is not valid TOML, or has an unknown key or value.
        OSError: if the file cannot be read.
    """
    file = Path(path)
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8")).get(_TABLE, {})
    except ValueError:
        raise InvalidValue("config", value=str(path)) from None
    if not isinstance(table, dict):
        raise InvalidValue("config", value=str(path))
    values = dict(table)
    if unknown := sorted(set(values) - set(_KEYS)):
        raise InvalidValue("choice", name=f"the key in {file.name}", value=unknown[0], choices=_KEYS)
    for key, value in values.items():
        items = value if key in _LISTS and isinstance(value, list) else [value]
        if (key in _LISTS) != isinstance(value, list) or not all(isinstance(item, str) for item in items):
            raise InvalidValue("config", value=f"{path}: {key}")
    paths = {key: str(file.parent / values.pop(key)) for key in _PATHS if key in values}
    return CheckOptions(**values, paths=paths)


_LISTS = ("enable", "disable")
_PATHS = ("glossary", "baseline")
_KEYS = ("profile", *_LISTS, "width", "spacing", *_PATHS)


def find_config(folder: str | os.PathLike[str]) -> Path | None:
    """Return the config file of *folder* or the nearest folder above it, or ``None``."""
    for place in (start := Path(folder).resolve(), *start.parents):
        if (place / CONFIG_FILE).is_file():
            return place / CONFIG_FILE
    return None

"""Entries, which have an id and names, and the names themselves.

One entry has many names. Each is a designation in one language with its own status, reading and period of
use, so that programs can choose between 防衛庁 and 防衛省, or Takeshima and Dokdo.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from typing import ClassVar, Literal

import attrs

from alliance_ref.arguments import check_lang, invalid_value
from alliance_ref.records.results import Shown
from alliance_ref.records.validation import checks_type, typed
from alliance_ref.records.values import (
    LANGS,
    Bilingual,
    Lang,
    Period,
    Source,
    at_least,
    filled,
    nfc,
    one_of,
)

NameStatus = Literal["preferred", "admitted", "abbreviation", "deprecated", "erroneous"]
EntryKind = Literal["document", "person", "organization", "place", "event", "concept"]

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KANA = re.compile(r"[\u3041-\u3096\u309d\u309e\u30a1-\u30fc\u30fd\u30fe ]+")


@checks_type
def slug(_instance: object, attribute: "attrs.Attribute[str]", value: str) -> None:
    """Validate that a field is a lowercase id such as ``camp-zama``."""
    if not isinstance(value, str) or not _SLUG.fullmatch(value):
        raise invalid_value("slug", name=attribute.name, value=value)


def slug_of(text: str) -> str:
    """Return an id made from *text*, or an empty string if it has no Latin letters or digits.

    >>> slug_of("Tide Gate (new)"), slug_of("潮門")
    ('tide-gate-new', '')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))


def kana(_instance: object, attribute: "attrs.Attribute[str | None]", value: str | None) -> None:
    """Validate that a field is kana with optional spaces between words, or ``None``."""
    if value is not None and not _KANA.fullmatch(value):
        raise invalid_value("kana", name=attribute.name, value=value)


@attrs.frozen(field_transformer=typed)
class Name(Shown):
    """One designation of an entry in one language.

    `status` is ``preferred``, ``admitted``, ``abbreviation``, ``deprecated`` or ``erroneous``. `reading`
    is in kana, with spaces between words if the division is known (Japanese names only). `romanization` is
    the name in Latin letters, in the spelling of its bearer. `valid` is the period in which it was in use.

    >>> import alliance_ref as ar
    >>> ar.Name("防衛庁", "ja", reading="ぼうえいちょう", romanization="Bōeichō").status
    'preferred'
    """

    text: str = attrs.field(converter=nfc, validator=filled)
    lang: Lang = attrs.field(validator=one_of(Lang))
    status: NameStatus = attrs.field(default="preferred", validator=one_of(NameStatus))
    reading: str | None = attrs.field(default=None, converter=attrs.converters.optional(nfc), validator=kana)
    romanization: str | None = attrs.field(default=None, converter=attrs.converters.optional(nfc))
    valid: Period = Period()
    sources: tuple[Source, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.lang == "en" and self.reading is not None:
            raise invalid_value("english-reading")

    def __str__(self) -> str:
        return self.text


@attrs.frozen(repr=False, field_transformer=typed)
class Entry:
    """An entry of the reference: its id, names, sources and related entries.

    The kinds are `Person`, `Organization`, `Place`, `Event`, `Concept` and `Document`.

    >>> import alliance_ref as ar
    >>> entry = ar.entry("jda")
    >>> entry.label("ja"), entry.preferred("ja").reading
    ('防衛庁', 'ぼうえいちょう')
    >>> [name.text for name in entry.names_in("en")]
    ['Japan Defense Agency', 'Defense Agency', 'JDA']
    """

    kind: ClassVar[EntryKind]

    id: str = attrs.field(validator=slug)
    names: tuple[Name, ...] = attrs.field(validator=at_least(1))
    sources: tuple[Source, ...] = attrs.field(validator=at_least(1), kw_only=True)
    summary: Bilingual | None = attrs.field(default=None, kw_only=True)
    see_also: tuple[str, ...] = attrs.field(default=(), kw_only=True)

    def names_in(self, lang: Lang, *, as_of: datetime.date | str | None = None) -> tuple[Name, ...]:
        """Return the names in one language; with *as_of*, only those in use on that day.

        Raises:
            InvalidValue: if *lang* is neither ``"en"`` nor ``"ja"``.

        >>> import alliance_ref as ar
        >>> [name.text for name in ar.entry("futenma").names_in("ja")]
        ['普天間飛行場', '普天間基地', '普天間']
        >>> ar.entry("mod-japan").names_in("ja", as_of="2005-04-14")
        ()
        """
        check_lang(lang)
        return tuple(
            name for name in self.names if name.lang == lang and (as_of is None or name.valid.covers(as_of))
        )

    def preferred(self, lang: Lang, *, as_of: datetime.date | str | None = None) -> Name | None:
        """Return the preferred name in one language, or ``None`` if the entry has no name there.

        >>> import alliance_ref as ar
        >>> ar.entry("futenma").preferred("ja").reading
        'ふてんま ひこうじょう'
        >>> print(ar.entry("mod-japan").preferred("en", as_of="2005-04-14"))
        None
        """
        names = self.names_in(lang, as_of=as_of)
        return next((name for name in names if name.status == "preferred"), next(iter(names), None))

    def label(self, lang: Lang) -> str:
        """Return the text to display: the preferred name, one in the other language, or the id.

        Raises:
            InvalidValue: if *lang* is neither ``"en"`` nor ``"ja"``.

        >>> import alliance_ref as ar
        >>> ar.entry("halloran-richard").label("en"), ar.entry("halloran-richard").label("ja")
        ('Richard Halloran', 'リチャード・ハロラン')
        """
        other: Lang = "ja" if lang == "en" else "en"
        name = self.preferred(lang) or self.preferred(other)
        return name.text if name else self.id

    def shown(self) -> Iterator[tuple[str, str]]:
        """Yield what a notebook shows below the names, as (English, Japanese); each kind adds its own."""
        if self.summary is not None:
            yield self.summary.en, self.summary.ja

    def _repr_html_(self) -> str:
        from alliance_ref.html import bilingual_table

        en, ja = (
            "\n".join(
                name.text + (f"（{name.reading}）" if name.reading else "") for name in self.names_in(lang)
            )
            for lang in LANGS
        )
        return bilingual_table(f"{self.id} ({self.kind})", [(en or None, ja or None), *self.shown()])

    def __str__(self) -> str:
        return self.label("en")

    def __repr__(self) -> str:
        names = [name.text for name in (self.preferred("en"), self.preferred("ja")) if name]
        return f"<{type(self).__name__} {self.id}: {' / '.join(names)}>"

"""Citation targets and the text that a page shows for them.

``futenma``, ``futenma:ja`` and ``mod:ja@2005-04-14`` are targets: an id or a name, optionally with a language
and a day. Ids contain neither ``:`` nor ``@``, so the suffixes need no quoting; a name that contains one is
taken as a whole.
"""

import datetime
import re
from typing import cast

import attrs

from alliance_ref.records import Entry, Lang
from alliance_ref.reference import Reference

_SURE = ("exact", "abbreviation", "variant", "inflected", "okurigana")


def entry_text(entry: Entry, lang: Lang, as_of: datetime.date | None = None) -> str:
    """Return the name of an entry in a language, in use on *as_of* if given."""
    name = entry.preferred(lang, as_of=as_of) or entry.preferred(lang)
    return name.text if name is not None else entry.label(lang)


def find_entry(reference: Reference, text: str) -> Entry | None:
    """Return the entry whose id or unambiguous name is *text*, or ``None``."""
    if text in reference:
        return reference.entry(text)
    if not text.strip():
        return None
    matches = reference.lookup(text, limit=1)
    return matches[0].entry if matches and matches[0].reason in _SURE else None


def passage_text(reference: Reference, passage_id: str, lang: Lang) -> str:
    """Return the label of a passage: its document, and its heading or number.

    >>> import alliance_ref as ar
    >>> passage_text(ar.load(), "treaty-1960#6", "en").rpartition(", ")[2]
    'Article V'
    """
    passage = reference.passage(passage_id)
    document = entry_text(reference.document(passage_id.partition("#")[0]), lang)
    if passage.heading is not None:
        place = passage.heading.ja if lang == "ja" else passage.heading.en
    else:
        place = f"第{passage.number}段落" if lang == "ja" else f"¶{passage.number}"
    return f"「{document}」{place}" if lang == "ja" else f"{document}, {place}"


_TARGET = re.compile(r"(?P<id>.+?)(?::(?P<lang>en|ja))?(?:@(?P<day>\d{4}-\d\d-\d\d))?", re.DOTALL)


@attrs.frozen
class CitationTarget:
    """The target of a role: an id or name, and the language and day of the name to show.

    `lang` is ``None`` for the language of the page, `as_of` is ``None`` for the name preferred today.
    """

    id: str
    lang: Lang | None = None
    as_of: datetime.date | None = None

    @property
    def is_qualified(self) -> bool:
        """Whether the target has a language or a day."""
        return self.lang is not None or self.as_of is not None


def parse_target(text: str) -> CitationTarget:
    """Return the target that *text* describes.

    Raises:
        ValueError: for an invalid day or an empty target.

    >>> parse_target("defense-agency:ja@2005-04-14")
    CitationTarget(id='defense-agency', lang='ja', as_of=datetime.date(2005, 4, 14))
    >>> parse_target("magosaki-2006#8").id
    'magosaki-2006#8'
    """
    found = _TARGET.fullmatch(text.strip())
    if found is None:
        raise ValueError("the target is empty")
    day = datetime.date.fromisoformat(found["day"]) if found["day"] else None
    return CitationTarget(found["id"], cast("Lang | None", found["lang"]), day)

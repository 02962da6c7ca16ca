"""What entries and passages are called where a page cites them."""

import datetime

from alliance_ref.records import Entry, Lang
from alliance_ref.reference import Reference

_SURE = ("exact", "abbreviation", "variant", "inflected", "okurigana")


def entry_text(entry: Entry, lang: Lang, as_of: datetime.date | None = None) -> str:
    """The name to cite an entry by in a language, of those in use on *as_of* if given."""
    name = entry.preferred(lang, as_of=as_of) or entry.preferred(lang)
    return name.text if name is not None else entry.label(lang)


def names_entry(reference: Reference, text: str) -> Entry | None:
    """The entry that *text* is the id or surely a name of, or ``None``."""
    if text in reference:
        return reference.entry(text)
    if not text.strip():
        return None
    matches = reference.lookup(text, limit=1)
    return matches[0].entry if matches and matches[0].reason in _SURE else None


def passage_text(reference: Reference, passage_id: str, lang: Lang) -> str:
    """What a passage is cited as: its document, and its heading or number.

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

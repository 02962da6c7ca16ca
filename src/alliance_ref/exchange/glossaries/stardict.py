"""Glossaries as a StarDict dictionary, for GoldenDict, KOReader and others: three files in a zip archive.

The archive holds ``alliance-ref.ifo``, ``.idx``, ``.dict`` and, for what leads to another entry, ``.syn``;
unpacked into a folder they are a dictionary (format version 2.4.2). Each concept is an entry under its
preferred English term and one under its preferred Japanese term; its other terms and the readings lead to
them. An article is plain text. A head word has at most 255 bytes; of a longer one the beginning is the head
word, and the article has the whole. The writer is the whole of what the format asks for, about a hundred
lines, so no package is needed; nothing here reads the format back, since an article is for people.
"""

import io
import struct
import zipfile
from collections.abc import Iterable

from alliance_ref.exchange.capabilities import NOT_IN_XML
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term

HOLDS = frozenset(
    {
        "subject", "definition", "concept note", "concept with one language", "further terms", "status",
        "reading", "transliteration", "validity", "part of speech", "context", "term note", "source",
        "passage", "white space", NOT_IN_XML,
    }
)  # fmt: skip

NAME = "alliance-ref"
"""What the files in the archive are called."""

_LONGEST = 255
_THEN = (1980, 1, 1, 0, 0, 0)


def dumps(concepts: Iterable[GlossaryConcept]) -> bytes:
    """The zip archive; the same concepts give the same bytes."""
    entries: list[tuple[bytes, bytes]] = []
    leads: list[tuple[bytes, bytes, bytes]] = []
    for concept in concepts:
        for section, other in ((concept.en, concept.ja), (concept.ja, concept.en)):
            if section.preferred is None:
                continue
            article = _article(concept, section, other).encode()
            head = _head(section.preferred.text)
            entries.append((head, article))
            also = [term.text for term in section] + [term.reading or "" for term in section]
            leads += [(_head(text), head, article) for text in also if text and _head(text) != head]
    entries = sorted(set(entries), key=lambda entry: (_order(entry[0]), entry[1]))
    places = {entry: place for place, entry in enumerate(entries)}
    found = sorted({(word, places[head, article]) for word, head, article in leads}, key=_by_word)
    index, articles = bytearray(), bytearray()
    for head, article in entries:
        index += head + b"\0" + struct.pack(">II", len(articles), len(article))
        articles += article
    synonyms = b"".join(word + b"\0" + struct.pack(">I", place) for word, place in found)
    info = [
        "StarDict's dict ifo file",
        "version=2.4.2",
        "bookname=alliance_ref glossary (English–Japanese)",
        f"wordcount={len(entries)}",
        *([f"synwordcount={len(found)}"] if found else []),
        f"idxfilesize={len(index)}",
        "sametypesequence=m",
    ]
    files = {
        "ifo": "".join(f"{line}\n" for line in info).encode(),
        "idx": bytes(index),
        "dict": bytes(articles),
    }
    if found:
        files["syn"] = synonyms
    return _zipped({f"{NAME}.{suffix}": data for suffix, data in files.items()})


def _zipped(files: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name, _THEN), data, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def _head(text: str) -> bytes:
    """A head word: no NUL, one line, at most 255 bytes."""
    line = " ".join(text.replace("\0", " ").split()).encode()
    return line[:_LONGEST].decode(errors="ignore").encode()


def _order(word: bytes) -> tuple[bytes, bytes]:
    """StarDict's order: by bytes with ASCII letters in lower case, then by bytes."""
    return word.lower(), word


def _by_word(lead: tuple[bytes, int]) -> tuple[tuple[bytes, bytes], int]:
    return _order(lead[0]), lead[1]


def _article(concept: GlossaryConcept, section: LanguageSection, other: LanguageSection) -> str:
    lines = [_described(term) for term in other]
    lines += [_described(term) for term in section]
    lines += [section.definition, other.definition, concept.note]
    lines.append(f"[{concept.subject}]" if concept.subject else "")
    lines.append(", ".join(concept.passages))
    return "\n".join(filter(None, lines)).replace("\0", " ")


def _described(term: Term) -> str:
    details = [
        term.reading,
        term.transliteration,
        term.status if term.status != "preferred" else "",
        term.part_of_speech,
        str(term.valid) if term.valid.start or term.valid.end else "",
        term.note,
        term.source,
    ]
    known = ", ".join(filter(None, details))
    line = f"{term.text} ({known})" if known else term.text
    return f"{line}\n    {term.context}" if term.context else line

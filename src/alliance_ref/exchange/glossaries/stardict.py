"""Glossaries as a StarDict dictionary, for GoldenDict, KOReader and others: several files in a zip archive.

The archive contains ``alliance-ref.ifo``, ``.idx``, ``.dict`` and, for synonyms, ``.syn``; unpack them into
one folder (format version 2.4.2). Each concept is an entry under its preferred English term and under its
preferred Japanese term; its other terms and the readings refer to these. An article is plain text. A headword
has at most 255 bytes; a longer one is cut, and the article contains the full term. The writer covers the
whole format in about a hundred lines, so no package is needed. Articles are for people and cannot be read
back.
"""

import io
import struct
import zipfile
from collections.abc import Iterable

from alliance_ref.exchange.capabilities import NOT_IN_XML
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term

SUPPORTED_FIELDS = frozenset(
    {
        "subject", "definition", "concept note", "concept with one language", "further terms", "status",
        "reading", "transliteration", "validity", "part of speech", "context", "term note", "source",
        "passage", "white space", NOT_IN_XML,
    }
)  # fmt: skip

NAME = "alliance-ref"
"""The name of the files in the archive."""

_MAX_HEADWORD = 255  # bytes
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)


def dumps(concepts: Iterable[GlossaryConcept]) -> bytes:
    """Return *concepts* as a zip archive; equal concepts give equal bytes."""
    entries: list[tuple[bytes, bytes]] = []
    references: list[tuple[bytes, bytes, bytes]] = []
    for concept in concepts:
        for section, other in ((concept.en, concept.ja), (concept.ja, concept.en)):
            if section.preferred is None:
                continue
            article = _article(concept, section, other).encode()
            head = _head(section.preferred.text)
            entries.append((head, article))
            others = [term.text for term in section] + [term.reading or "" for term in section]
            references += [(_head(text), head, article) for text in others if text and _head(text) != head]
    entries = sorted(set(entries), key=lambda entry: (_order(entry[0]), entry[1]))
    places = {entry: place for place, entry in enumerate(entries)}
    found = sorted({(word, places[head, article]) for word, head, article in references}, key=_by_word)
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
            packed.writestr(zipfile.ZipInfo(name, _TIMESTAMP), data, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def _head(text: str) -> bytes:
    """Return *text* as a headword: without NUL, on one line, at most 255 bytes."""
    line = " ".join(text.replace("\0", " ").split()).encode()
    return line[:_MAX_HEADWORD].decode(errors="ignore").encode()


def _order(word: bytes) -> tuple[bytes, bytes]:
    """Return the sort key of StarDict: bytes with ASCII letters in lower case, then bytes."""
    return word.lower(), word


def _by_word(reference: tuple[bytes, int]) -> tuple[tuple[bytes, bytes], int]:
    return _order(reference[0]), reference[1]


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

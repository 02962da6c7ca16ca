"""The offline lookup page: one HTML file with all names, for an interpreter's phone or laptop."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliance_ref.preparation.name_index import NAME_SEARCH_SCRIPT, as_script, search_keys
from alliance_ref.records import Lang, Name, Period
from alliance_ref.text.localization import label

if TYPE_CHECKING:
    from alliance_ref.glossary import Glossary
    from alliance_ref.records import Entry, GlossaryConcept
    from alliance_ref.reference import Reference

_TEMPLATE = Path(__file__).with_name("static") / "booth.html"
_LANGS: tuple[Lang, ...] = ("en", "ja")


def booth_page(reference: "Reference", glossary: "Glossary | None" = None) -> str:
    """Return a page that looks up names in any spelling, without a network or an installation.

    The page is one HTML file. It has the entries of *reference*, the concepts of *glossary*, the search, an
    interface in English and Japanese, and keeps history and stars in the browser.

    Args:
        reference: The entries to include.
        glossary: Your own terms, listed before entries with the same name (default: none).

    >>> import alliance_ref as ar
    >>> from alliance_ref.preparation import booth_page
    >>> page = booth_page(ar.load())
    >>> page.startswith("<!DOCTYPE html>"), "普天間飛行場" in page
    (True, True)
    """
    rows = [_concept_row(concept) for concept in glossary or ()]
    rows += [_entry_row(entry) for entry in reference.entries()]
    data = {"edition": str(reference.edition), "rows": rows}
    return (
        _TEMPLATE.read_text(encoding="utf-8")
        .replace("/* name-search.js */", NAME_SEARCH_SCRIPT.read_text(encoding="utf-8"))
        .replace("{{data}}", as_script(data))
    )


def write_booth_page(path: "str | Path", reference: "Reference", glossary: "Glossary | None" = None) -> None:
    """Write the page of `booth_page` to a file.

    Args:
        path: The HTML file to write.
        reference: The entries to include.
        glossary: Your own terms (default: none).
    """
    Path(path).write_text(booth_page(reference, glossary), encoding="utf-8")


def _entry_row(entry: "Entry") -> dict[str, Any]:
    preferred = [entry.preferred(lang) for lang in _LANGS]
    others = [_other(name) for name in entry.names if name not in preferred]
    texts = [name.text if name else "" for name in preferred]
    return {
        "id": entry.id,
        "names": texts,
        "reading": (preferred[1] and preferred[1].reading) or "",
        "kind": [label("entry-kind", entry.kind, lang) for lang in _LANGS],
        "years": _years(getattr(entry, "period", None)),
        "note": [entry.summary.en, entry.summary.ja] if entry.summary else ["", ""],
        "others": others,
        "keys": search_keys(entry.names),
    }


def _concept_row(concept: "GlossaryConcept") -> dict[str, Any]:
    sections = (concept.en, concept.ja)
    preferred = [section.preferred or next(iter(section.terms), None) for section in sections]
    names = [
        Name(term.text, section.lang, status=term.status, reading=term.reading)
        for section in sections
        for term in section.terms
    ]
    texts = [term.text if term else "" for term in preferred]
    return {
        "id": f"glossary:{concept.id}",
        "names": texts,
        "reading": (preferred[1] and preferred[1].reading) or "",
        "kind": ["my glossary", "自分の用語集"],
        "years": "",
        "note": [concept.en.definition, concept.ja.definition],
        "others": [_other(name) for name in names if name.text not in texts],
        "keys": search_keys(names),
    }


def _other(name: Name) -> dict[str, Any]:
    status = [label("name-status", name.status, lang) for lang in _LANGS]
    return {"text": name.text, "lang": name.lang, "status": status, "years": _years(name.valid)}


def _years(period: Period | None) -> str:
    if period is None or period == Period():
        return ""
    return f"{period.start or ''}–{period.end or ''}"

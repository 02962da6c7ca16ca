"""The offline lookup page: one HTML file with all names, for an interpreter's phone or laptop."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliance_ref.glossary.write import replace_file
from alliance_ref.preparation.name_index import NAME_SEARCH_SCRIPT, as_script, search_keys
from alliance_ref.records import Lang, Name, Period
from alliance_ref.records.concepts import name_of_term
from alliance_ref.text.localization import label

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """Write the page of `booth_page` to a file completely or not at all.

    Args:
        path: The HTML file to write.
        reference: The entries to include.
        glossary: Your own terms (default: none).
    """
    replace_file(Path(path), booth_page(reference, glossary).encode("utf-8"))


def _entry_row(entry: "Entry") -> dict[str, Any]:
    preferred = [entry.preferred(lang) for lang in _LANGS]
    return {
        **_names_row(preferred, entry.names),
        "id": entry.id,
        "kind": [label("entry-kind", entry.kind, lang) for lang in _LANGS],
        "years": _years(getattr(entry, "period", None)),
        "note": [entry.summary.en, entry.summary.ja] if entry.summary else ["", ""],
    }


def _concept_row(concept: "GlossaryConcept") -> dict[str, Any]:
    terms = [section.preferred or next(iter(section.terms), None) for section in (concept.en, concept.ja)]
    names = [name_of_term(term) for term in concept.terms]
    return {
        **_names_row([name_of_term(term) if term else None for term in terms], names),
        "id": f"glossary:{concept.id}",
        "kind": ["my glossary", "自分の用語集"],
        "years": "",
        "note": [concept.en.definition, concept.ja.definition],
    }


def _names_row(preferred: "Sequence[Name | None]", names: "Sequence[Name]") -> dict[str, Any]:
    """Return the part of a row about names; *preferred* are the English and the Japanese one."""
    reading = preferred[1].reading if preferred[1] else None
    return {
        "names": [name.text if name else "" for name in preferred],
        "reading": reading or "",
        "others": [_other(name) for name in names if name not in preferred],
        "keys": search_keys(names),
    }


def _other(name: Name) -> dict[str, Any]:
    status = [label("name-status", name.status, lang) for lang in _LANGS]
    return {"text": name.text, "lang": name.lang, "status": status, "years": _years(name.valid)}


def _years(period: Period | None) -> str:
    if period is None or period == Period():
        return ""
    return f"{period.start or ''}–{period.end or ''}"

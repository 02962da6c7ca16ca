"""The glossaries that the tests of the Sphinx extension write into files."""

from pathlib import Path

from alliance_ref.glossary import Glossary
from alliance_ref.records import GlossaryConcept, LanguageSection, Term


def concept(concept_id: str, en: str, ja: str, reading: str, *more: Term, note: str = "") -> GlossaryConcept:
    """A concept of a glossary with a term in each language, and *more* terms."""
    sections = {
        "en": (Term(en, "en"), *(term for term in more if term.lang == "en")),
        "ja": (Term(ja, "ja", reading=reading), *(term for term in more if term.lang == "ja")),
    }
    return GlossaryConcept(
        concept_id,
        LanguageSection("en", sections["en"], definition=note),
        LanguageSection("ja", sections["ja"]),
    )


def write_glossary(path: Path, *concepts: GlossaryConcept) -> None:
    """Write a glossary as a file that the directive reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Glossary(concepts).to_file(path)

"""The English–Japanese reference on the Japan–U.S. alliance, and a toolkit for bilingual documents.

>>> import alliance_ref as ar
>>> ar.lookup("ふてんま")[0].entry.label("en")
'Marine Corps Air Station Futenma'

Importing the package is fast: each name is imported on first use, and nothing expensive (attrs records, the
Japanese dictionary, Babel) is loaded before it is needed. Records are in :mod:`alliance_ref.records`, errors
in :mod:`alliance_ref.errors`, functions on text in :mod:`alliance_ref.text`.
"""

from alliance_ref.lazy import lazy_getattr

PUBLIC_MODULES = ("errors", "records", "text")

PUBLIC_NAMES = {
    "alignment": ("Alignment", "align", "align_documents", "jmdict", "neural"),
    "annotation.annotator": ("AnnotatedText",),
    "batch.workers": ("SerialExecutor",),
    "checks.check_data": ("check_data",),
    "codec.json_form": ("from_dict", "from_json", "to_dict", "to_json"),
    "codec.store": ("SCHEMA_VERSION",),
    "codec.toml_files": ("load_document",),
    "corpus": ("document_from_texts", "read_document"),
    "corpus.corpus": ("Corpus",),
    "defaults": (
        "annotate",
        "annotate_html",
        "concordance",
        "document",
        "documents",
        "entries",
        "entry",
        "lookup",
        "office_holders",
        "passage",
        "read_copy",
        "suggest",
        "timeline",
        "topic",
        "topics",
        "translate",
    ),
    "editions.fingerprints": ("fingerprint",),
    "errors": ("AllianceRefError",),
    "extraction": ("build_glossary",),
    "glossary": ("Glossary", "read_glossary", "read_units", "reference_glossary"),
    "glossary.checks": ("check_glossary",),
    "occurrences.concordance": ("Concordance",),
    "qa": ("CheckOptions", "check_translation", "check_units", "finding_message", "self_check"),
    "records": (
        "Document",
        "Edition",
        "Entry",
        "EntryKind",
        "GlossaryConcept",
        "Lang",
        "Match",
        "Name",
        "Passage",
        "Reason",
        "Token",
        "Translation",
        "TranslationUnit",
    ),
    "reference": ("Reference", "load"),
    "text.calendar": ("parse_date",),
    "text.japanese.readings": ("furigana", "reading", "to_ruby_html"),
    "text.japanese.tagging": ("tokenize",),
    "text.folding": ("fold", "name_key"),
    "text.localization": ("format_date", "label"),
    "text.romanization": ("romanize",),
    "text.sentence_splitting": ("sentences",),
}
"""The public names of each module, relative to this package."""

__all__ = sorted(  # noqa: PLE0605 (the stub lists them)
    [
        "DATA_EDITION",
        "__version__",
        *PUBLIC_MODULES,
        *(name for names in PUBLIC_NAMES.values() for name in names),
    ]
)

_imported = lazy_getattr(__name__, globals(), PUBLIC_NAMES, PUBLIC_MODULES)


def __getattr__(name: str) -> object:
    if name == "DATA_EDITION":
        from alliance_ref.reference import load

        return load().edition
    if name == "__version__":
        from importlib.metadata import version

        return version("alliance-ref")
    return _imported(name)


def __dir__() -> list[str]:
    return __all__

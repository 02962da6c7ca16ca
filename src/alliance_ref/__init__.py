"""The English–Japanese reference on the Japan–U.S. alliance, and a toolkit for bilingual documents.

>>> import alliance_ref as ar
>>> ar.lookup("ふてんま")[0].entry.label("en")
'Marine Corps Air Station Futenma'

Importing the package costs next to nothing: each name below is fetched from its module when it is first
used, and nothing heavy (attrs records, the Japanese dictionary, Babel) is loaded before it is needed.
"""

__all__ = [
    "DATA_EDITION",
    "SCHEMA_VERSION",
    "AlignedUnit",
    "Alignment",
    "AllianceRefError",
    "BadData",
    "Bilingual",
    "Concept",
    "CopyNotFound",
    "Correction",
    "Crossing",
    "Document",
    "Edition",
    "EditionLine",
    "EditionPassage",
    "Entry",
    "Event",
    "Figure",
    "Fingerprint",
    "Fingerprints",
    "FrontLine",
    "Gap",
    "Glossary",
    "GlossaryConcept",
    "Lexicon",
    "LocatedCorrection",
    "Match",
    "MissingExtra",
    "Name",
    "NeuralScorer",
    "NotSegments",
    "Organization",
    "PartialDate",
    "Passage",
    "PassageText",
    "Period",
    "Person",
    "Place",
    "Problem",
    "Quotation",
    "Reference",
    "Relation",
    "Repair",
    "Scorer",
    "Segment",
    "SetAside",
    "Source",
    "Span",
    "Tenure",
    "Token",
    "UnknownDocument",
    "UnknownEntry",
    "UnknownFormat",
    "UnknownPassage",
    "UnreadableCopy",
    "UnrecognizedCopy",
    "WordList",
    "WrongLanguage",
    "__version__",
    "align",
    "align_documents",
    "document",
    "documents",
    "entries",
    "entry",
    "fingerprint",
    "format_date",
    "jmdict",
    "load",
    "lookup",
    "neural",
    "passage",
    "read_copy",
    "read_document",
    "reference_glossary",
    "sentences",
    "tokenize",
    "wareki",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from alliance_ref.alignment import (
        Alignment,
        Crossing,
        Lexicon,
        MissingExtra,
        NeuralScorer,
        NotSegments,
        Scorer,
        WordList,
        WrongLanguage,
        align,
        align_documents,
        jmdict,
        neural,
    )
    from alliance_ref.calendar import format_date, wareki
    from alliance_ref.codec.store import SCHEMA_VERSION
    from alliance_ref.codec.toml_files import read_document
    from alliance_ref.defaults import (
        document,
        documents,
        entries,
        entry,
        lookup,
        passage,
        read_copy,
    )
    from alliance_ref.editions.fingerprints import fingerprint
    from alliance_ref.errors import (
        AllianceRefError,
        BadData,
        CopyNotFound,
        Problem,
        UnknownDocument,
        UnknownEntry,
        UnknownFormat,
        UnknownPassage,
        UnreadableCopy,
        UnrecognizedCopy,
    )
    from alliance_ref.glossary import Glossary, reference_glossary
    from alliance_ref.japanese import tokenize
    from alliance_ref.language import sentences
    from alliance_ref.records import (
        AlignedUnit,
        Bilingual,
        Concept,
        Correction,
        Document,
        Edition,
        EditionLine,
        EditionPassage,
        Entry,
        Event,
        Figure,
        Fingerprint,
        Fingerprints,
        FrontLine,
        Gap,
        GlossaryConcept,
        LocatedCorrection,
        Match,
        Name,
        Organization,
        PartialDate,
        Passage,
        PassageText,
        Period,
        Person,
        Place,
        Quotation,
        Relation,
        Repair,
        Segment,
        SetAside,
        Source,
        Span,
        Tenure,
        Token,
    )
    from alliance_ref.reference import Reference, load

    DATA_EDITION: str
    __version__: str

_HOMES = {
    "alignment": (
        "Alignment",
        "Crossing",
        "Lexicon",
        "MissingExtra",
        "NeuralScorer",
        "NotSegments",
        "Scorer",
        "WordList",
        "WrongLanguage",
        "align",
        "align_documents",
        "jmdict",
        "neural",
    ),
    "calendar": ("format_date", "wareki"),
    "codec.store": ("SCHEMA_VERSION",),
    "codec.toml_files": ("read_document",),
    "defaults": ("document", "documents", "entries", "entry", "lookup", "passage", "read_copy"),
    "editions.fingerprints": ("fingerprint",),
    "errors": (
        "AllianceRefError",
        "BadData",
        "CopyNotFound",
        "Problem",
        "UnknownDocument",
        "UnknownEntry",
        "UnknownFormat",
        "UnknownPassage",
        "UnreadableCopy",
        "UnrecognizedCopy",
    ),
    "glossary": ("Glossary", "reference_glossary"),
    "japanese": ("tokenize",),
    "language": ("sentences",),
    "records": (
        "AlignedUnit",
        "Bilingual",
        "Concept",
        "Correction",
        "Document",
        "Edition",
        "EditionLine",
        "EditionPassage",
        "Entry",
        "Event",
        "Figure",
        "Fingerprint",
        "Fingerprints",
        "FrontLine",
        "Gap",
        "GlossaryConcept",
        "LocatedCorrection",
        "Match",
        "Name",
        "Organization",
        "PartialDate",
        "Passage",
        "PassageText",
        "Period",
        "Person",
        "Place",
        "Quotation",
        "Relation",
        "Repair",
        "Segment",
        "SetAside",
        "Source",
        "Span",
        "Tenure",
        "Token",
    ),
    "reference": ("Reference", "load"),
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULE_OF.get(name)
    value: object
    if module is not None:
        value = getattr(import_module(f"{__name__}.{module}"), name)
    elif name == "DATA_EDITION":
        value = import_module(f"{__name__}.reference").load().edition
    elif name == "__version__":
        value = import_module("importlib.metadata").version("alliance-ref")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

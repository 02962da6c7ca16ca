"""The records: frozen, slotted attrs classes, one module per subject.

Modules are imported on first use: building an attrs class takes one to two milliseconds, so a program that
only looks up a place does not pay for editions and tokens.
"""

from alliance_ref.lazy import lazy_getattr

PUBLIC_NAMES = {
    "annotations": ("Annotation", "AnnotationKind", "ConcordanceLine"),
    "concepts": ("Concept",),
    "documents": ("Document", "DocumentType", "Figure", "FrontLine", "FrontRole", "Relation", "RelationKind"),
    "editions": (
        "Edition",
        "EditionLine",
        "EditionPassage",
        "LocatedCorrection",
        "PassageText",
        "Repair",
        "RepairKind",
        "SetAside",
        "SetAsideKind",
        "Span",
    ),
    "entries": ("Entry", "EntryKind", "Name", "NameStatus"),
    "events": ("Event",),
    "exports": ("ExportReport", "Loss"),
    "files": ("BlockKind", "CorpusDocument", "FileEdition", "RubyReading", "TextBlock"),
    "findings": ("Finding", "Level", "TranslationFinding"),
    "glossary": (
        "GlossaryConcept",
        "LanguageSection",
        "Occurrence",
        "PairAttestation",
        "RejectedPair",
        "Rendering",
        "Term",
        "Use",
    ),
    "matches": ("Equivalent", "Match", "Reason", "Translation"),
    "organizations": ("Organization", "OrganizationType"),
    "passages": (
        "AlignedUnit",
        "Attestation",
        "Correction",
        "Fidelity",
        "Fingerprint",
        "Fingerprints",
        "Passage",
        "PassageRole",
        "Quotation",
        "Segment",
        "TranslationUnit",
    ),
    "people": ("Person", "Tenure"),
    "places": ("Coordinates", "Place", "PlaceType"),
    "timeline": ("Moment", "OfficeHolder", "TimelineItem"),
    "tokens": ("DecidedReading", "FuriganaSpan", "Token", "Upos"),
    "topics": ("Outcome", "SideRole", "Topic", "TopicKind", "TopicSide"),
    "values": ("Bilingual", "Gap", "GapReason", "Lang", "Mark", "PartialDate", "Period", "Source"),
}
"""The public names of each module, relative to this package."""

__all__ = sorted(name for names in PUBLIC_NAMES.values() for name in names)  # noqa: PLE0605 (the stub lists them)
__getattr__ = lazy_getattr(__name__, globals(), PUBLIC_NAMES)


def __dir__() -> list[str]:
    return __all__

"""The records: frozen, slotted attrs classes, one module for each thing they describe.

The package itself imports none of its modules until a name is asked for. Building an attrs class takes
one to two milliseconds, so a program that only looks up a place never pays for editions and tokens.
"""

__all__ = [
    "AlignedUnit",
    "Annotation",
    "AnnotationKind",
    "Attestation",
    "Bilingual",
    "Concept",
    "ConcordanceLine",
    "Coordinates",
    "Correction",
    "DecidedReading",
    "Document",
    "Edition",
    "EditionLine",
    "EditionPassage",
    "Entry",
    "EntryKind",
    "Equivalent",
    "Event",
    "ExportReport",
    "Fidelity",
    "Figure",
    "Finding",
    "Fingerprint",
    "Fingerprints",
    "FrontLine",
    "FrontRole",
    "FuriganaSpan",
    "Gap",
    "GapReason",
    "GlossaryConcept",
    "Lang",
    "LanguageSection",
    "Level",
    "LocatedCorrection",
    "Loss",
    "Mark",
    "Match",
    "Moment",
    "Name",
    "NameStatus",
    "Occurrence",
    "OfficeHolder",
    "Organization",
    "Outcome",
    "PairAttestation",
    "PartialDate",
    "Passage",
    "PassageRole",
    "PassageText",
    "Period",
    "Person",
    "Place",
    "Quotation",
    "Reason",
    "Relation",
    "RelationKind",
    "Rendering",
    "Repair",
    "RepairKind",
    "Segment",
    "SetAside",
    "SetAsideKind",
    "SideRole",
    "Source",
    "Span",
    "Tenure",
    "Term",
    "TimelineItem",
    "Token",
    "Topic",
    "TopicKind",
    "TopicSide",
    "Translation",
    "TranslationFinding",
    "TranslationUnit",
    "Upos",
    "Use",
]

_HOMES = {
    "values": ("Bilingual", "Gap", "GapReason", "Lang", "Mark", "PartialDate", "Period", "Source"),
    "entries": ("Entry", "EntryKind", "Name", "NameStatus"),
    "people": ("Person", "Tenure"),
    "organizations": ("Organization",),
    "places": ("Coordinates", "Place"),
    "events": ("Event",),
    "concepts": ("Concept",),
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
    ),
    "documents": ("Document", "Figure", "FrontLine", "FrontRole", "Relation", "RelationKind"),
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
    "bitexts": ("TranslationUnit",),
    "exports": ("ExportReport", "Loss"),
    "glossary": (
        "GlossaryConcept",
        "LanguageSection",
        "Occurrence",
        "PairAttestation",
        "Rendering",
        "Term",
        "Use",
    ),
    "tokens": ("FuriganaSpan", "Token", "Upos"),
    "translations": ("Equivalent", "Translation"),
    "annotations": ("Annotation", "AnnotationKind", "ConcordanceLine"),
    "topics": ("Outcome", "SideRole", "Topic", "TopicKind", "TopicSide"),
    "timeline": ("Moment", "OfficeHolder", "TimelineItem"),
    "findings": ("Finding", "Level", "TranslationFinding"),
    "readings": ("DecidedReading",),
    "matches": ("Match", "Reason"),
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}


TYPE_CHECKING = False
if TYPE_CHECKING:
    from alliance_ref.records.annotations import Annotation, AnnotationKind, ConcordanceLine
    from alliance_ref.records.bitexts import TranslationUnit
    from alliance_ref.records.concepts import Concept
    from alliance_ref.records.documents import (
        Document,
        Figure,
        FrontLine,
        FrontRole,
        Relation,
        RelationKind,
    )
    from alliance_ref.records.editions import (
        Edition,
        EditionLine,
        EditionPassage,
        LocatedCorrection,
        PassageText,
        Repair,
        RepairKind,
        SetAside,
        SetAsideKind,
        Span,
    )
    from alliance_ref.records.entries import Entry, EntryKind, Name, NameStatus
    from alliance_ref.records.events import Event
    from alliance_ref.records.exports import ExportReport, Loss
    from alliance_ref.records.findings import Finding, Level, TranslationFinding
    from alliance_ref.records.glossary import (
        GlossaryConcept,
        LanguageSection,
        Occurrence,
        PairAttestation,
        Rendering,
        Term,
        Use,
    )
    from alliance_ref.records.matches import Match, Reason
    from alliance_ref.records.organizations import Organization
    from alliance_ref.records.passages import (
        AlignedUnit,
        Attestation,
        Correction,
        Fidelity,
        Fingerprint,
        Fingerprints,
        Passage,
        PassageRole,
        Quotation,
        Segment,
    )
    from alliance_ref.records.people import Person, Tenure
    from alliance_ref.records.places import Coordinates, Place
    from alliance_ref.records.readings import DecidedReading
    from alliance_ref.records.timeline import Moment, OfficeHolder, TimelineItem
    from alliance_ref.records.tokens import FuriganaSpan, Token, Upos
    from alliance_ref.records.topics import Outcome, SideRole, Topic, TopicKind, TopicSide
    from alliance_ref.records.translations import Equivalent, Translation
    from alliance_ref.records.values import (
        Bilingual,
        Gap,
        GapReason,
        Lang,
        Mark,
        PartialDate,
        Period,
        Source,
    )


def __getattr__(name: str) -> object:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

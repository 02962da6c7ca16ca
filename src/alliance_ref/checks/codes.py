"""The codes of the checks, and what each of them means."""

from alliance_ref.messages import message_text
from alliance_ref.records.findings import Finding, Level

CODES: dict[str, tuple[Level, str]] = {
    "E001": ("error", "a data file cannot be read, or a record in it cannot be built"),
    "E101": ("error", "an id is used twice"),
    "E102": ("error", "an id points at nothing, or at an entry of the wrong kind"),
    "E103": ("error", "an entry that nothing points at and that points at nothing"),
    "E201": ("error", "a document cites, follows, implements or replaces one that is later"),
    "E202": ("error", "a document is in force before it is issued"),
    "E203": ("error", "an office is held outside the holder's life"),
    "W204": ("warning", "two persons hold one office for longer than a change takes"),
    "E301": ("error", "a Japanese name without reading or romanization"),
    "E302": ("error", "a reading that the dictionary does not give and nobody decided"),
    "E303": ("error", "a romanization that is not that of the reading, and not marked as borne"),
    "W304": ("warning", "entries that share the key of a name"),
    "E401": ("error", "an entry without a name, or without a text, in one of the languages"),
    "E402": ("error", "a fact nobody read in a source is marked as verified"),
    "E501": ("error", "a unit without one of its sides"),
    "E502": ("error", "a passage names a concept in one language only"),
    "E503": ("error", "a passage names an entry in both languages and does not mention it"),
    "W504": ("warning", "a passage mentions an entry and names it in neither language"),
    "E505": ("error", "a passage has a run of words of a work it must not quote"),
}
"""For each code how grave it is, and what it means."""


def finding(code: str, where: str, template: str, **values: object) -> Finding:
    """Return a finding of this code; *values* fill the English *template* of its message."""
    return Finding(code, CODES[code][0], where, message_text(template, **values))

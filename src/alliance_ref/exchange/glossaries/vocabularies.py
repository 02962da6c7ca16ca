"""The names that glossaries in RDF are written with."""

PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": "http://purl.org/dc/terms/",
    "ar": "urn:alliance-ref:",
}
"""The prefixes; ``ar`` is what SKOS has no word for."""

TERM_FIELDS = {
    "ar:reading": "reading",
    "ar:transliteration": "transliteration",
    "ar:valid": "valid",
    "ar:reliability": "reliability",
    "ar:partOfSpeech": "part_of_speech",
    "ar:context": "context",
    "ar:note": "note",
    "ar:source": "source",
}
"""What a term in ``ar:terms`` can say, beside its text and its status, and the field of the record."""

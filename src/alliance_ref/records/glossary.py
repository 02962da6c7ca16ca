"""One concept of a glossary, with its terms in both languages (ISO 30042: concept > language > term)."""

import attrs

from alliance_ref.records.entries import Name
from alliance_ref.records.values import Bilingual


@attrs.frozen
class GlossaryConcept:
    """What a glossary says of one concept: its terms in each language, the preferred one in front.

    `subject` is its subject field, or the kind of entry it comes from; `passages` are the ids of the
    passages in which it is attested.
    """

    id: str
    subject: str
    en: tuple[Name, ...] = attrs.field(validator=attrs.validators.min_len(1))
    ja: tuple[Name, ...] = attrs.field(validator=attrs.validators.min_len(1))
    definition: Bilingual | None = None
    passages: tuple[str, ...] = ()

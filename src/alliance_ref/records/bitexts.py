"""Units of a translation memory: a text and its translation, and where they come from."""

import attrs

from alliance_ref.records.values import PartialDate, nfc


@attrs.frozen
class TranslationUnit:
    """A text in English beside the same in Japanese, as a translation memory holds it.

    `document` is what the memory says it comes from, or the file's name; `number` its place there, from 0;
    `date` when it was written or last changed, where that is known.

    >>> import alliance_ref as ar
    >>> ar.TranslationUnit("The alliance changed.", "同盟は変わった。").ja
    '同盟は変わった。'
    """

    en: str = attrs.field(converter=nfc)
    ja: str = attrs.field(converter=nfc)
    document: str = ""
    number: int = 0
    date: PartialDate | None = None

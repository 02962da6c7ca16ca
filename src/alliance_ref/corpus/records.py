"""Records about the documents of a corpus."""

from collections.abc import Mapping

import attrs

from alliance_ref.records.values import PartialDate
from alliance_ref.text.lemmas import LemmaSource


@attrs.frozen
class DocumentSummary:
    """A document of a corpus without its text.

    `en` and `ja` are its titles, or ``""``. `fields` are the fields that were given when it was added;
    `file` is the name of its file in the folder, if it came from one. `units` is the number of its units,
    `en_words` and `ja_words` those of its words; in Japanese these are the short units of UniDic, without
    punctuation.

    >>> import alliance_ref as ar
    >>> corpus = ar.Corpus(":memory:")
    >>> corpus.add(ar.document("treaty-1960"))
    >>> summary = corpus.documents()[0]
    >>> summary.id, summary.type, str(summary.issued), summary.units
    ('treaty-1960', 'treaty', '1960-01-19', 32)
    """

    id: str
    en: str
    ja: str
    type: str
    issued: PartialDate | None
    source: str
    units: int
    en_words: int
    ja_words: int
    fields: Mapping[str, str] = attrs.field(factory=dict)
    file: str = ""


@attrs.frozen
class CorpusInfo:
    """The size of a corpus and how it was indexed.

    `lemmas` is the source of the English lemmas, `dictionary` that of the Japanese words, and `data` the
    edition of the reference whose entries were found. `outdated` is true if one of them is not the present
    one.

    >>> import alliance_ref as ar
    >>> ar.Corpus(":memory:").info().tokenizer
    'MeCab'
    """

    documents: int
    units: int
    en_words: int
    ja_words: int
    lemmas: LemmaSource
    tokenizer: str
    dictionary: str
    data: str
    outdated: bool

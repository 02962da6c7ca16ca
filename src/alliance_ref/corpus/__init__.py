"""The user's documents: read them, align them, annotate them, store them and search them.

`read_document` reads files and `document_from_texts` takes text; both return a `CorpusDocument`. Its
sentences are aligned, and its passages list the entries of the reference that they mention and the documents
that they quote. A `Corpus` stores such documents in one file and searches them.
"""

from typing import TYPE_CHECKING

from alliance_ref.lazy import lazy_getattr

if TYPE_CHECKING:
    from alliance_ref.corpus.corpus import Corpus
    from alliance_ref.corpus.documents import document_from_texts, read_document

PUBLIC_NAMES = {"corpus": ("Corpus",), "documents": ("document_from_texts", "read_document")}

__all__ = ["Corpus", "document_from_texts", "read_document"]

__getattr__ = lazy_getattr(__name__, globals(), PUBLIC_NAMES)

"""The user's documents: read them, align them, annotate them.

`read_document` reads files and `document_from_texts` takes text; both return a `CorpusDocument`. Its
sentences are aligned, and its passages list the entries of the reference that they mention and the documents
that they quote.
"""

from alliance_ref.corpus.documents import document_from_texts, read_document

__all__ = ["document_from_texts", "read_document"]

"""Readers of documents: text blocks with their places, readings, and what was set aside.

`read_file` recognizes the format of a file and calls the reader of the format. Readers take the bytes and the
name of a file and return a `FileEdition`; they neither align nor annotate. `blocks` contains shared code.
"""

from alliance_ref.exchange.documents.recognition import DOCUMENT_FORMATS, read_file

__all__ = ["DOCUMENT_FORMATS", "read_file"]

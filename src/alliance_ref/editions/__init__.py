"""From a copy of a document to an edition: recognize, repair, verify, align.

`paragraph_matching` finds the paragraphs of a document in the copy by their `fingerprints`; `repairs` fixes
characters and lost quotation marks; `boilerplate` detects text of web pages; `read_copy` combines them.
"""

"""From a copy of a document to an edition: decode, recognize, repair, verify, align, account.

One module a question: which text do these bytes hold (:mod:`.decoding`), which paragraph is this
(:mod:`.fingerprints`, :mod:`.recognition`), which question marks were quotation marks (:mod:`.quotes`),
what is no part of the document (:mod:`.furniture`), and what does it come to (:mod:`.reading`).
"""

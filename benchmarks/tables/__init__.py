"""The measured pages of the documentation: one module a page, and what all of them need.

Rows are declared apart from what is measured. So a page has the same rows on every machine, and where a
peer, an extra or a bitext is missing, the row says which. Cells are figures, signs or code wherever they
change from one run to the next: such cells have no translation (docs/figures.py), so a new run needs none.
"""

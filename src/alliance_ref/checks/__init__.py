"""Checks of the data files: one rule per code, one module per subject."""

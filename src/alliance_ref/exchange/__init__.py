"""Readers and writers of files, grouped by content: glossaries, bitexts and annotations.

Writers are pure functions from records to text or bytes. Readers return records and report every problem of
a file with its place. The modules `xml` and `tables` contain the code that several formats share.
"""

"""Search by name: lookup, completion and translation, for entries and for glossary terms."""

"""Attestations: where the passages use the names of an entry."""

from collections.abc import Iterable

from alliance_ref.matcher.phrase_matcher import PhraseMatcher
from alliance_ref.records import Attestation, Document, Entry
from alliance_ref.records.values import LANGS


def attestations(entry: Entry, documents: Iterable[Document]) -> tuple[Attestation, ...]:
    """Every place where a passage that mentions *entry* uses one of its names, in order."""
    matcher = PhraseMatcher.from_names((name.text, name.lang, None) for name in entry.names)
    found = []
    for document in documents:
        for passage in document.passages:
            if entry.id not in passage.mentions:
                continue
            for number, unit in enumerate(passage.units):
                for lang in LANGS:
                    text = unit.text(lang)
                    found += [
                        Attestation(
                            passage.id, number, lang, span.start, span.end, text[span.start : span.end]
                        )
                        for span in matcher.spans(text, lang=lang)
                    ]
    return tuple(found)

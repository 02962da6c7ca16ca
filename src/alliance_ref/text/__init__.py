"""Language knowledge of English and Japanese: tokens, sentences, readings, keys, dates, numbers, encodings.

Modules of this package import only records, errors and argument checks. Only `japanese.tagging` uses fugashi,
and only `localization` uses Babel.
"""

from alliance_ref.lazy import lazy_getattr

PUBLIC_NAMES = {
    "calendar": ("format_with_era", "parse_date", "wareki"),
    "japanese.readings": ("furigana", "reading", "to_bracketed", "to_ruby_html"),
    "japanese.tagging": ("tokenize",),
    "folding": ("Folded", "fold", "name_key"),
    "keys": ("english_key", "okurigana_key", "reading_key", "romaji_key"),
    "localization": ("format_date", "format_list", "format_number", "label", "translator"),
    "romanization": ("romanize", "romanize_name"),
    "sentence_splitting": ("sentences",),
}
"""The public names of each module, relative to this package."""

__all__ = sorted(name for names in PUBLIC_NAMES.values() for name in names)  # noqa: PLE0605 (the stub lists them)
__getattr__ = lazy_getattr(__name__, globals(), PUBLIC_NAMES)


def __dir__() -> list[str]:
    return __all__

"""Which of the two languages a language code means."""

from functools import lru_cache

from alliance_ref.records.values import Lang

_SIDES: dict[str, Lang] = {"en": "en", "eng": "en", "ja": "ja", "jpn": "ja", "jp": "ja"}


@lru_cache(maxsize=256)
def side_of(code: str) -> Lang | None:
    """The language that *code* means, in any writing of it; ``None`` for a third one.

    Some tools write ``JP``, which is a country, where they mean the language.

    >>> side_of("en-US"), side_of("JA_jp"), side_of("de")
    ('en', 'ja', None)
    """
    return _SIDES.get(code.strip().lower().replace("_", "-").split("-")[0])

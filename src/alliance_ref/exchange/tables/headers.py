"""The columns of bilingual tables: their names, and the other names by which readers recognize them."""

from collections.abc import Sequence

COLUMNS: dict[str, str] = {
    "en": "English term",
    "ja": "Japanese term",
    "reading": "reading of the Japanese term, in kana",
    "romanization": "the Japanese term in Latin letters",
    "subject": "subject field of the concept",
    "definition en": "definition in English",
    "definition ja": "definition in Japanese",
    "en status": "preferred, admitted, abbreviation, deprecated or erroneous; empty if a row above has it",
    "ja status": "the same for the Japanese term",
    "en valid": "when the English term was in use: 1954-07-01/2007-01-08; either date may be missing",
    "ja valid": "the same for the Japanese term",
    "en reliability": "0 to 1; empty for a term that a person wrote",
    "ja reliability": "the same for the Japanese term",
    "en part of speech": "as in Universal Dependencies, in lower case",
    "ja part of speech": "the same for the Japanese term",
    "en context": "a sentence with the English term",
    "ja context": "a sentence with the Japanese term",
    "en note": "note on the English term",
    "ja note": "note on the Japanese term",
    "en source": "source of the English term or of its context",
    "ja source": "the same for the Japanese term",
    "en romanization": "transliteration of the English term, rarely filled",
    "score": "probability that the two terms of the row translate each other, 0 to 1",
    "count": "number of units in which they do; filled in every row that is a rendering",
    "uses": "documents in which they do, separated by |: document ×count @date",
    "passages": "ids of the passages about the concept, separated by |",
    "note": "note on the concept",
    "id": "id of the concept; rows with the same id belong together",
}
"""The columns by name, each with a description of its content."""

ALWAYS = ("en", "ja", "reading", "romanization", "subject", "en status", "ja status", "id")
"""The columns that a written table has even if they are empty."""

_ALIASES = {
    "en": "eng english 英語 英 英訳 英語名 en-us en-gb term:en english_term source src source_term 原語",
    "ja": "jp jpn japanese 日本語 和 和訳 和名 ja-jp term:ja japanese_term target tgt target_term 訳語",
    "reading": "よみ 読み 読み方 ふりがな フリガナ yomi kana かな furigana ja_reading",
    "romanization": "romaji ローマ字 transliteration ja_romanization",
    "subject": "分野 domain field category subject_field 主題",
    "definition en": "english_definition en_definition definition",
    "definition ja": "定義 語義 説明 japanese_definition ja_definition",
    "note": "notes comment comments remark remarks 備考 注 注記 メモ コメント",
    "id": "concept_id conceptid",
    "en part of speech": "pos part_of_speech 品詞",
    "ja status": "status term_status",
    "passages": "passage",
}
_NAMES = {name: name for name in COLUMNS} | {
    alias.replace("_", " "): name for name, aliases in _ALIASES.items() for alias in aliases.split()
}

NEUTRAL = frozenset({"source", "src", "source term", "target", "tgt", "target term"})
"""Names of columns that do not tell the language."""


def header_names(cells: Sequence[str]) -> dict[int, str]:
    """Return the positions of the cells of a header that name a known column, with its standard name.

    >>> header_names(["English", "日本語", "Client"])
    {0: 'en', 1: 'ja'}
    """
    names: dict[int, str] = {}
    for position, cell in enumerate(cells):
        name = _NAMES.get(" ".join(cell.replace("_", " ").split()).casefold())
        if name is not None and name not in names.values():
            names[position] = name
    return names


def has_both_languages(cells: Sequence[str]) -> bool:
    """Return whether a header names a column for each language."""
    return {"en", "ja"} <= set(header_names(cells).values())


def column_descriptions() -> list[tuple[str, str, str]]:
    """Return the name, the description and the other names of each column, for the documentation."""
    aliases: dict[str, list[str]] = {}
    for alias, name in _NAMES.items():
        if alias != name:
            aliases.setdefault(name, []).append(alias)
    return [(name, text, ", ".join(aliases.get(name, ()))) for name, text in COLUMNS.items()]

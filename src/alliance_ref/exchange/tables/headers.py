"""The columns of bilingual tables: their names, and the other names by which readers recognize them.

A header cell is one of the names in the tables below, or it joins a language and a field in any order:
``English (US)``, ``Translation (Japanese)``, ``用語（英語）``, ``en_Status``, ``Term [ja]``, ``日本語訳``.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from alliance_ref.exchange.concept_drafts import LANGS
from alliance_ref.records.values import Lang

COLUMNS: dict[str, str] = {
    "en": "English term",
    "ja": "Japanese term",
    "reading": "reading of the Japanese term, in kana",
    "romanization": "the Japanese term in Latin letters",
    "subject": "subject field of the concept",
    "definition en": "definition in English",
    "definition ja": "definition in Japanese",
    "definition": "definition in an unknown language; it goes into the note",
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
    "en forbidden": "yes for an English term that must not be used; it becomes deprecated",
    "ja forbidden": "the same for the Japanese term",
    "termhood": "probability that a terminologist would list the concept, 0 to 1; empty if a person did",
    "passages": "ids of the passages about the concept, separated by |",
    "note": "note on the concept",
    "id": "id of the concept; rows with the same id belong together",
}
"""The columns by name, each with a description of its content."""

ALWAYS = ("en", "ja", "reading", "romanization", "subject", "en status", "ja status", "id")
"""The columns that a written table has even if they are empty."""

_ALIASES = {
    "en": "eng english 英語 英 英訳 英語名 英文 en-us en-gb term:en english_term",
    "ja": "jp jpn japanese 日本語 和 和訳 和名 和文 日文 ja-jp term:ja japanese_term",
    "reading": "よみ 読み 読み方 よみがな 読み仮名 ふりがな フリガナ yomi kana かな furigana ja_reading",
    "romanization": "romaji ローマ字 transliteration ja_romanization",
    "subject": "分野 domain field category subject_field 主題 entry_subject e_domains concept_subject",
    "definition en": "english_definition en_definition",
    "definition ja": "japanese_definition ja_definition",
    "definition": "定義 語義 説明 concept_definition",
    "note": "notes comment comments remark remarks 備考 注 注記 メモ コメント explanation"
    " entry_note concept_note",
    "id": "concept_id conceptid entry_id e_id 番号",
    "en part of speech": "pos part_of_speech 品詞",
    "ja status": "status term_status",
    "passages": "passage",
}
_NAMES = {name: name for name in COLUMNS} | {
    alias.replace("_", " "): name for name, aliases in _ALIASES.items() for alias in aliases.split()
}

SOURCE_NAMES = frozenset(
    "source|src|source term|source text|source string|original|msgid|term|原語|原文|用語|見出し語".split("|")
)
TARGET_NAMES = frozenset(
    "target|tgt|target term|target text|translation|translated text|msgstr|訳語|訳文|訳|翻訳|対訳".split("|")
)
"""Names of the two columns of a table that do not name the languages; the script of the cells decides."""

_LANGUAGES: dict[str, Lang] = {
    "english": "en", "eng": "en", "en": "en", "英語": "en", "英文": "en", "英": "en",
    "japanese": "ja", "jpn": "ja", "ja": "ja", "jp": "ja",
    "日本語": "ja", "和文": "ja", "日文": "ja", "和": "ja",
}  # fmt: skip
_REGIONS = frozenset("us usa uk gb au ca united states kingdom american british jp japan".split())
_FIELDS = {
    phrase: field
    for field, phrases in {
        "term": "term|terms|word|text|name|translation|translated|target|expression|string|label|用語|表記|"
        "訳|訳語|訳文|原文|名称|名|語|単語|文|テキスト|対訳|用語名",
        "definition": "definition|def|description|meaning|定義|説明|語義|解説",
        "status": "status|term status|usage status|ステータス|状態|状況",
        "note": "note|notes|comment|comments|remarks|usage note|term note|備考|注|注記|メモ",
        "part of speech": "part of speech|pos|品詞",
        "reading": "reading|yomi|kana|よみ|読み|読み方|ふりがな|かな",
        "romanization": "romanization|romaji|transliteration|ローマ字",
        "context": "context|example|usage|usage example|sentence|用例|例文",
        "source": "source|reference|出典",
        "forbidden": "forbidden|禁止",
        "valid": "valid",
        "reliability": "reliability",
    }.items()
    for phrase in phrases.split("|")
}
_TERM_COLUMNS = {"term info": "info", "term example": "context"}
"""Columns of memoQ that belong to the term on their left."""

_OF_ROW = {
    "term": "term|t term|term text|用語|表記",
    "language": "language|lang|l code|language code|lang code|locale|term language|言語",
    "status": "status|term status|t evaluation|evaluation",
    "type": "type|term type|t type",
}
_TOKENS = re.compile(r"[^\W\d_一-龯ぁ-ゖァ-ヶー々]+|[一-龯ぁ-ゖァ-ヶー々]+")
_SLASH = re.compile(r"\s*[/／|]\s*")


def _plain(cell: str) -> str:
    """Return the text of a header cell in the form of the tables in this module."""
    return " ".join(unicodedata.normalize("NFKC", cell).replace("_", " ").split()).casefold()


def column_name(cell: str) -> str:
    """Return the standard name of the column with this header, or "" if it is unknown.

    >>> [column_name(cell) for cell in ("English (US)", "用語（日本語）", "en_Status", "Client")]
    ['en', 'ja', 'en status', '']
    """
    text = _plain(cell)
    if text in _NAMES:
        return _NAMES[text]
    if text == "flags" or text in _TERM_COLUMNS:
        return text
    parts = _SLASH.split(text)
    if len(parts) == 2 and all(parts):  # the same name in both languages: 日本語/Japanese
        first, second = map(_compound_name, parts)
        return first if first == second else ""
    return _compound_name(text)


def _compound_name(text: str) -> str:
    """Return the name of a column whose header joins a language and a field, as in 英語表記."""
    if text in _NAMES:
        return _NAMES[text]
    lang: Lang | None = None
    words: list[str] = []
    for token in _TOKENS.findall(text):
        prefix = next((name for name in _LANGUAGES if not name.isascii() and token.startswith(name)), token)
        found = _LANGUAGES.get(prefix)
        if found is None or (lang is not None and found != lang):
            if lang is None or token not in _REGIONS:
                words.append(token)
            continue
        lang = found
        if token != prefix:
            words.append(token.removeprefix(prefix))
    phrase = " ".join(words)
    if phrase in ("source", "original") and not text.startswith(("en", "ja")):
        phrase = "term"  # "Source (English)"; "English source" is where the term comes from
    field = _FIELDS.get(phrase) if words else "term"
    if lang is None or field is None:
        return ""
    named = {
        "term": lang,
        "definition": f"definition {lang}",
        "reading": "reading" if lang == "ja" else "",
        "romanization": "romanization" if lang == "ja" else "en romanization",
    }
    return named.get(field, f"{lang} {field}")


def header_names(cells: Sequence[str]) -> dict[int, str]:
    """Return the positions of the cells of a header that name a known column, with its standard name.

    A second column of a language contains synonyms and is called ``ja#2``, with ``ja#2 status`` and so on
    for the columns that follow it. Columns called *source* and *target* are English and Japanese if no others
    are.

    >>> header_names(["English", "日本語", "Client", "日本語"])
    {0: 'en', 1: 'ja', 3: 'ja#2'}
    """
    names: dict[int, str] = {}
    counts: Counter[str] = Counter()
    last = ""
    for position, cell in enumerate(cells):
        name = column_name(cell)
        head, _, field = name.partition(" ")
        if name in LANGS:
            counts[name] += 1
            name = last = name if counts[name] == 1 else f"{name}#{counts[name]}"
        elif name in _TERM_COLUMNS:
            name = f"{last} {_TERM_COLUMNS[name]}" if last else ""
        elif head in LANGS and counts[head] > 1:
            name = f"{head}#{counts[head]} {field}"
        if name and name not in names.values():
            names[position] = name
    _name_neutral(cells, names)
    return names


def _name_neutral(cells: Sequence[str], names: dict[int, str]) -> None:
    """Name the columns called *source* and *target* that take the place of a missing language."""
    plain = {position: _plain(cell) for position, cell in enumerate(cells) if position not in names}
    source = next((position for position, cell in plain.items() if cell in SOURCE_NAMES), None)
    target = next((position for position, cell in plain.items() if cell in TARGET_NAMES), None)
    missing = [lang for lang in LANGS if lang not in names.values()]
    if len(missing) == 2 and source is not None and target is not None:
        names |= {source: "en", target: "ja"}
    elif len(missing) == 1 and (source is not None or target is not None):
        names[source if source is not None else target] = missing[0]  # type: ignore[index]


def is_neutral(cells: Sequence[str]) -> bool:
    """Return whether the header names the two columns without their languages."""
    return not any(column_name(cell) in LANGS for cell in cells)


def has_both_languages(cells: Sequence[str]) -> bool:
    """Return whether a header names a column for each language."""
    return {"en", "ja"} <= set(header_names(cells).values())


def row_columns(cells: Sequence[str]) -> dict[str, int] | None:
    """Return the positions of the columns of a table with one term in each row, or ``None`` for another one.

    >>> row_columns(["E_ID", "L_CODE", "T_TERM"])
    {'term': 2, 'language': 1, 'id': 0}
    """
    plain = [_plain(cell) for cell in cells]
    found = {
        name: place
        for name, words in _OF_ROW.items()
        for place, cell in enumerate(plain)
        if cell in words.split("|")
    }
    if not {"term", "language"} <= found.keys():
        return None
    others = {name: place for place, cell in enumerate(plain) if (name := _NAMES.get(cell, ""))}
    return found | {name: others[name] for name in ("id", "subject", "definition", "note") if name in others}


def is_field_name(cell: str) -> bool:
    """Return whether the cell of a header names a field, with or without a language."""
    text = _plain(cell)
    return text in _FIELDS or text in _NAMES or bool(_compound_name(text))


def column_descriptions() -> list[tuple[str, str, str]]:
    """Return the name, the description and the other names of each column, for the documentation."""
    aliases: dict[str, list[str]] = {}
    for alias, name in _NAMES.items():
        if alias != name:
            aliases.setdefault(name, []).append(alias)
    return [(name, text, ", ".join(aliases.get(name, ()))) for name, text in COLUMNS.items()]

"""The codes of a translation's findings: what each means, why it matters, and what to do."""

from collections.abc import Mapping

import attrs

from alliance_ref.records.findings import Level
from alliance_ref.records.values import Bilingual


@attrs.frozen
class Rule:
    """A code, how grave its findings are, its name for machines, what it means and how to mend it."""

    code: str
    level: Level
    name: str
    meaning: Bilingual
    help: Bilingual


_RULES = (
    Rule(
        "T101",
        "error",
        "term-not-rendered",
        Bilingual(
            "a term of the source has none of its renderings in the translation",
            "原文の用語に対する訳語が訳文にない",
        ),
        Bilingual(
            "Use one of the renderings named, or add the one used to the glossary. A rendering in the unit"
            " before or behind counts, and so does a short form once the term has been mentioned.",
            "示された訳語を使うか、使った訳語を用語集に加える。前後のユニットにある訳語や、初出後の略した形は訳語と認める。",
        ),
    ),
    Rule(
        "T102",
        "warning",
        "term-without-source",
        Bilingual(
            "a proper name in the translation has no counterpart in the source",
            "訳文の固有名に当たるものが原文にない",
        ),
        Bilingual(
            "Look whether the name was added on purpose, or stands for another one.",
            "意図して補った名称か、別の名称の誤りかを確かめる。",
        ),
    ),
    Rule(
        "T201",
        "error",
        "deprecated-term",
        Bilingual(
            "a term that the glossary deprecates or calls an error",
            "用語集が非推奨または誤りとする用語",
        ),
        Bilingual(
            "Use the preferred term instead.",
            "代わりに優先語を使う。",
        ),
    ),
    Rule(
        "T202",
        "error",
        "out-of-date-term",
        Bilingual(
            "a term that was not in use at the time of the text",
            "文章の時点では使われていなかった用語",
        ),
        Bilingual(
            "Use the term of the time: of the day asked for, else of the date that stands nearest.",
            "当時の用語を使う。時点は指定の日か、本文中の最も近い日付である。",
        ),
    ),
    Rule(
        "T301",
        "warning",
        "inconsistent-rendering",
        Bilingual(
            "one term is rendered in two ways in one text",
            "一つの文章で同じ用語が二通りに訳されている",
        ),
        Bilingual(
            "Keep to one rendering. Short forms, abbreviations and spellings of one rendering count as the"
            " same.",
            "訳語を一つにそろえる。略称・略語・表記の違いは同じ訳語とみなす。",
        ),
    ),
    Rule(
        "T401",
        "error",
        "number-mismatch",
        Bilingual(
            "a number of one side is not on the other",
            "一方の数が他方にない",
        ),
        Bilingual(
            "Compare the figures. Digits, words and kanji numerals, 万 and million, percent, 割 and fractions"
            " are read as the numbers they stand for.",
            "数値を照合する。算用数字・漢数字・英語の数詞、万とmillion、パーセント・割・分数は同じ数として読む。",
        ),
    ),
    Rule(
        "T402",
        "error",
        "date-mismatch",
        Bilingual(
            "a year, month or day of one side is not on the other",
            "一方の年月日が他方にない",
        ),
        Bilingual(
            "Compare the dates. Years of Japanese eras are read as the Western years that they are.",
            "日付を照合する。和暦は西暦に直して読む。",
        ),
    ),
    Rule(
        "T501",
        "error",
        "untranslated",
        Bilingual(
            "a segment of the source has no translation",
            "原文の一部が訳されていない",
        ),
        Bilingual(
            "Translate it, or mark it as omitted on purpose.",
            "訳すか、意図して省いたことを記す。",
        ),
    ),
    Rule(
        "T502",
        "warning",
        "added",
        Bilingual(
            "a segment of the translation has no source",
            "訳文の一部に当たる原文がない",
        ),
        Bilingual(
            "Look whether it was added on purpose.",
            "意図して補ったかを確かめる。",
        ),
    ),
    Rule(
        "T503",
        "error",
        "left-in-source-language",
        Bilingual(
            "words of the source stand untranslated in the translation",
            "原文の語句が訳文にそのまま残っている",
        ),
        Bilingual(
            "Translate them. Names, abbreviations and originals in brackets may stay.",
            "訳す。固有名、略語、括弧内の原語は残してよい。",
        ),
    ),
    Rule(
        "T504",
        "warning",
        "too-short",
        Bilingual(
            "the translation is so short that part of the source is probably missing",
            "訳文が短く、原文の一部が抜けているおそれがある",
        ),
        Bilingual(
            "Compare the two sides sentence by sentence.",
            "原文と一文ずつ照合する。",
        ),
    ),
)

RULES: Mapping[str, Rule] = {rule.code: rule for rule in _RULES}
"""The rule of each code, in order."""

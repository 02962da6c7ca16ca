"""The rules on terms, numbers, dates and completeness: their codes, messages and advice."""

from alliance_ref.records.values import Bilingual
from alliance_ref.rules import Rule

CONTENT_RULES = (
    Rule(
        "T101",
        "error",
        "term-not-rendered",
        Bilingual(
            "no rendering of a source term is in the translation",
            "原文の用語に対する訳語が訳文にない",
        ),
        {
            "not-rendered": Bilingual(
                "“{text}” has no rendering in the translation; expected: {expected}",
                "「{text}」の訳語が訳文にない。使うべき訳語: {expected}",
            ),
            "other-form": Bilingual(
                "“{text}” is where the source has “{found}”; expected: {expected}",
                "原文の「{found}」に当たる箇所が「{text}」となっている。使うべき訳語: {expected}",
            ),
        },
        Bilingual(
            "Use one of the expected renderings, or add the one in the translation to the glossary. A"
            " rendering in the previous or next unit counts, and so does a short form after a mention.",
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
        {
            "no-source": Bilingual(
                "“{text}” has no counterpart in the source", "「{text}」に当たるものが原文にない"
            ),
        },
        Bilingual(
            "Check whether the name was added on purpose, or instead of another one.",
            "意図して補った名称か、別の名称の誤りかを確かめる。",
        ),
    ),
    Rule(
        "T201",
        "error",
        "deprecated-term",
        Bilingual(
            "a term that the glossary marks as deprecated or erroneous",
            "用語集が非推奨または誤りとする用語",
        ),
        {
            "deprecated": Bilingual(
                "“{text}” is deprecated; use: {expected}", "「{text}」は非推奨。使うべき訳語: {expected}"
            ),
            "erroneous": Bilingual(
                "“{text}” is an error; use: {expected}", "「{text}」は誤り。使うべき訳語: {expected}"
            ),
            "deprecated-alone": Bilingual("“{text}” is no longer used", "「{text}」はもう使わない"),
            "erroneous-alone": Bilingual("“{text}” is an error", "「{text}」は誤り"),
        },
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
        {
            "not-yet": Bilingual(
                "“{text}” was not yet in use; use: {expected}",
                "「{text}」はまだ使われていなかった。使うべき訳語: {expected}",
            ),
            "not-yet-alone": Bilingual("“{text}” was not yet in use", "「{text}」はまだ使われていなかった"),
            "no-longer": Bilingual(
                "“{text}” was no longer in use; use: {expected}",
                "「{text}」はもう使われていなかった。使うべき訳語: {expected}",
            ),
            "no-longer-alone": Bilingual(
                "“{text}” was no longer in use", "「{text}」はもう使われていなかった"
            ),
        },
        Bilingual(
            "Use the term of the time: of the day given, otherwise of the nearest date in the text.",
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
        {
            "two-renderings": Bilingual(
                "“{text}” here, “{found}” before, for the same term; keep to one",
                "同じ用語が、ここでは「{text}」、前では「{found}」と訳されている。どちらかにそろえる",
            ),
        },
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
            "a number on one side is missing on the other",
            "一方の数が他方にない",
        ),
        {
            "number-missing": Bilingual(
                "the number “{text}” is not in the translation", "数「{text}」が訳文にない"
            ),
            "number-added": Bilingual("the number “{text}” is not in the source", "数「{text}」が原文にない"),
            "number-differs": Bilingual(
                "the number is “{text}” here and “{found}” in the source",
                "数がここでは「{text}」、原文では「{found}」である",
            ),
            "currency-differs": Bilingual(
                "the sum is in another currency: “{text}” here, “{found}” in the source",
                "金額の通貨が異なる: ここでは「{text}」、原文では「{found}」",
            ),
        },
        Bilingual(
            "Compare the figures. Digits, words and kanji numerals, 万 and million, percent, 割 and fractions"
            " are compared by value.",
            "数値を照合する。算用数字・漢数字・英語の数詞、万とmillion、パーセント・割・分数は同じ数として読む。",
        ),
    ),
    Rule(
        "T402",
        "error",
        "date-mismatch",
        Bilingual(
            "a year, month or day on one side is missing on the other",
            "一方の年月日が他方にない",
        ),
        {
            "date-missing": Bilingual(
                "the date “{text}” is not in the translation", "日付「{text}」が訳文にない"
            ),
            "date-added": Bilingual("the date “{text}” is not in the source", "日付「{text}」が原文にない"),
            "date-differs": Bilingual(
                "the date is “{text}” here and “{found}” in the source",
                "日付がここでは「{text}」、原文では「{found}」である",
            ),
        },
        Bilingual(
            "Compare the dates. Years of Japanese eras are converted to Western years.",
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
        {
            "gap": Bilingual("not translated: “{text}”", "未訳: 「{text}」"),
            "sentence": Bilingual(
                "this sentence is not in the translation: “{text}”", "この文の訳がない: 「{text}」"
            ),
        },
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
        {
            "addition": Bilingual("not in the source: “{text}”", "原文に当たるものがない: 「{text}」"),
        },
        Bilingual(
            "Check whether it was added on purpose.",
            "意図して補ったかを確かめる。",
        ),
    ),
    Rule(
        "T503",
        "error",
        "left-in-source-language",
        Bilingual(
            "words of the source are left untranslated in the translation",
            "原文の語句が訳文にそのまま残っている",
        ),
        {
            "same": Bilingual(
                "the translation is the same as the source: “{text}”", "訳文が原文と同じ: 「{text}」"
            ),
            "language": Bilingual(
                "the translation is in the language of the source: “{text}”",
                "訳文が原文の言語で書かれている: 「{text}」",
            ),
            "left": Bilingual(
                "left in the language of the source: “{text}”", "原文の言語のまま残っている: 「{text}」"
            ),
        },
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
        {
            "short": Bilingual("the translation is very short: “{text}”", "訳文が極端に短い: 「{text}」"),
        },
        Bilingual(
            "Compare the two sides sentence by sentence.",
            "原文と一文ずつ照合する。",
        ),
    ),
)
"""Rules on terms, numbers, dates and completeness."""

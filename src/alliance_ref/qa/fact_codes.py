"""The rules on office-holders, measures, weekdays and other facts: their codes, messages and advice."""

from alliance_ref.records.values import Bilingual
from alliance_ref.rules import Rule

FACT_RULES = (
    Rule(
        "T203",
        "error",
        "not-in-office",
        Bilingual(
            "a person is named for an office on a day on which he or she did not hold it",
            "その時点で在任していない人物が役職名で呼ばれている",
        ),
        {
            "not-in-office": Bilingual(
                "“{text}” did not hold the office on that day; in office: {expected}",
                "「{text}」はその日に在任していなかった。在任者: {expected}",
            ),
        },
        Bilingual(
            "Check the name and the day. *Former* and 元 before the title are accepted.",
            "人名と日付を確かめる。「元」「前」「当時の」が付いていれば指摘しない。",
        ),
    ),
    Rule(
        "T302",
        "warning",
        "two-translations",
        Bilingual("one source segment is translated in two ways", "同じ原文が二通りに訳されている"),
        {
            "two-translations": Bilingual(
                "the same source was translated as “{found}” before",
                "同じ原文が前では「{found}」と訳されている",
            ),
        },
        Bilingual(
            "Keep to one translation, or add context to the source.", "訳をそろえるか、文脈の違いを確かめる。"
        ),
    ),
    Rule(
        "T403",
        "error",
        "unit-mismatch",
        Bilingual("a number has another unit of measure than in the source", "数の単位が原文と異なる"),
        {
            "unit-differs": Bilingual(
                "the unit differs: “{text}” here, “{found}” in the source",
                "単位が異なる: ここでは「{text}」、原文では「{found}」",
            ),
        },
        Bilingual(
            "Compare the units of measure. Correct conversions are accepted.",
            "単位を照合する。正しい換算は指摘しない。",
        ),
    ),
    Rule(
        "T404",
        "error",
        "weekday-mismatch",
        Bilingual("a weekday differs from the source, or from its date", "曜日が原文または日付と合わない"),
        {
            "weekday-differs": Bilingual(
                "the weekday is “{text}” here and “{found}” in the source",
                "曜日がここでは「{text}」、原文では「{found}」である",
            ),
            "weekday-of-date": Bilingual(
                "“{text}” is not the weekday of the date; it was: {expected}",
                "「{text}」は日付の曜日と合わない。正しい曜日: {expected}",
            ),
        },
        Bilingual("Compare the weekdays with the source and the calendar.", "曜日を原文および暦と照合する。"),
    ),
    Rule(
        "T405",
        "error",
        "swapped-numbers",
        Bilingual("two numbers changed places", "二つの数が入れ替わっている"),
        {
            "swapped": Bilingual(
                "“{text}” is where the source has “{found}”; two numbers are swapped",
                "原文の「{found}」に当たる箇所が「{text}」となっている。二つの数が入れ替わっている",
            ),
        },
        Bilingual("Check which number belongs to what.", "どの数が何を指すかを確かめる。"),
    ),
    Rule(
        "T406",
        "error",
        "sign-mismatch",
        Bilingual("a number is negative on one side only", "一方の数だけが負の数である"),
        {
            "sign-lost": Bilingual(
                "“{text}” lacks the minus sign of the source", "「{text}」に原文の負号がない"
            ),
            "sign-added": Bilingual(
                "“{text}” is negative only in the translation", "「{text}」は訳文だけで負の数になっている"
            ),
        },
        Bilingual(
            "Compare the signs. Words for a decrease such as 減 are accepted.",
            "符号を照合する。「減」など減少を表す語は負号と同じに扱う。",
        ),
    ),
    Rule(
        "T407",
        "error",
        "time-mismatch",
        Bilingual("a time is in the other half of the day", "午前と午後が原文と異なる"),
        {
            "half-day": Bilingual(
                "the time is “{text}” here and “{found}” in the source",
                "時刻がここでは「{text}」、原文では「{found}」である",
            ),
        },
        Bilingual("Compare a.m. and p.m. with 午前 and 午後.", "a.m.・p.m.と午前・午後を照合する。"),
    ),
    Rule(
        "T408",
        "error",
        "direction-mismatch",
        Bilingual("a compass direction differs from the source", "方角が原文と異なる"),
        {
            "direction-differs": Bilingual(
                "the direction is “{text}” here and “{found}” in the source",
                "方角がここでは「{text}」、原文では「{found}」である",
            ),
        },
        Bilingual("Compare the directions.", "方角を照合する。"),
    ),
    Rule(
        "T409",
        "warning",
        "negation-mismatch",
        Bilingual("one side is negative, and nothing on the other side is", "一方だけが否定文である"),
        {
            "negation-lost": Bilingual(
                "“{text}” lacks the negation of the source: “{found}”",
                "「{text}」に原文の否定「{found}」に当たるものがない",
            ),
            "negation-added": Bilingual(
                "“{text}” is a negation that the source does not have", "「{text}」は原文にない否定である"
            ),
        },
        Bilingual("Check whether the sentence is affirmative or negative.", "肯定か否定かを確かめる。"),
    ),
    Rule(
        "T505",
        "warning",
        "too-long",
        Bilingual("the translation is much longer than its source", "訳文が原文に比べて長すぎる"),
        {
            "long": Bilingual("the translation is very long: “{text}”", "訳文が極端に長い: 「{text}」"),
        },
        Bilingual(
            "Check whether it contains the translation of another segment.",
            "別の箇所の訳が混じっていないか確かめる。",
        ),
    ),
)
"""Rules on names, facts and completeness."""

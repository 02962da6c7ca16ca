"""The codes of the checks of data files."""

from alliance_ref.records.findings import Finding
from alliance_ref.records.values import Bilingual
from alliance_ref.rules import Rule, rule_table

CODES = rule_table(
    Rule(
        "E001",
        "error",
        "unreadable-data",
        Bilingual(
            "a data file cannot be read, or a record in it cannot be built",
            "データファイルが読めない、または記録を組み立てられない",
        ),
        {},
    ),
    Rule("E101", "error", "duplicate-id", Bilingual("an id is used twice", "同じ ID が二度使われている"), {}),
    Rule(
        "E102",
        "error",
        "dangling-id",
        Bilingual(
            "an id refers to nothing, or to an entry of the wrong kind", "ID の指す先がない、または種別が違う"
        ),
        {},
    ),
    Rule(
        "E103",
        "error",
        "isolated-entry",
        Bilingual(
            "an entry without any reference to or from another one",
            "どこからも参照されず、何も参照しない項目",
        ),
        Bilingual("no entry refers to it and it refers to none", "どこからも参照されず、何も参照していない"),
    ),
    Rule(
        "E201",
        "error",
        "reference-to-later-document",
        Bilingual(
            "a document cites, follows, implements or replaces a later one",
            "後に出た文書を引用・継承・実施・置換している文書",
        ),
        Bilingual(
            "{relation} {id}, which was issued later ({date})",
            "{relation} の相手 {id} の方が後に出ている（{date}）",
        ),
    ),
    Rule(
        "E202",
        "error",
        "in-force-before-issue",
        Bilingual("a document is in force before it is issued", "発表前に発効している文書"),
        Bilingual("in force from {start}, issued {date}", "発効は {start}、発表は {date}"),
    ),
    Rule(
        "E203",
        "error",
        "tenure-outside-life",
        Bilingual("an office is held outside the holder's life", "生没年の外に在任期間がある"),
        {
            "before-birth": Bilingual(
                "{office} from {start}, born {birth}", "{office} 就任は {start}、出生は {birth}"
            ),
            "after-death": Bilingual(
                "{office} until {end}, died {death}", "{office} 退任は {end}、死去は {death}"
            ),
        },
    ),
    Rule(
        "W204",
        "warning",
        "overlapping-tenures",
        Bilingual(
            "two persons hold one office for longer than a change takes",
            "二人の在任期間が、交代に要する期間を超えて重なっている",
        ),
        Bilingual("{office} until {end}, {id} from {start}", "{office} は {end} まで、{id} は {start} から"),
    ),
    Rule(
        "W205",
        "warning",
        "stale-entry",
        Bilingual(
            "an entry that looks older than the edition of the data", "データの版より古いとみられる項目"
        ),
        {
            "succeeded": Bilingual(
                "has no end, but {id} succeeded it", "終わりの記載がないが、{id} が後を継いでいる"
            ),
            "open-tenure": Bilingual(
                "{office} without an end, but {id} held it later",
                "{office} の退任日がないが、後に {id} が就任している",
            ),
            "past-plan": Bilingual(
                "announces {year} as future: “{words}”", "過ぎた {year} 年を将来として述べている：「{words}」"
            ),
        },
    ),
    Rule(
        "E301",
        "error",
        "incomplete-japanese-name",
        Bilingual("a Japanese name without reading or romanization", "読みまたはローマ字表記のない日本語名"),
        {
            "reading": Bilingual("{name} has no reading", "{name} に読みがない"),
            "romanization": Bilingual("{name} has no romanization", "{name} にローマ字表記がない"),
        },
    ),
    Rule(
        "E302",
        "error",
        "unconfirmed-reading",
        Bilingual(
            "a reading that is neither in the dictionary nor among the decided readings",
            "辞書になく、定めもない読み",
        ),
        Bilingual(
            "{name} is read {reading}; the dictionary has {dictionary}",
            "{name} の読みは {reading}、辞書では {dictionary}",
        ),
    ),
    Rule(
        "E303",
        "error",
        "romanization-mismatch",
        Bilingual(
            "a romanization that does not match the reading and has no source",
            "読みと合わず、本人の表記との注記もないローマ字表記",
        ),
        Bilingual(
            "{reading} is written {romanization}; by rule {rule}",
            "{reading} の表記は {romanization}、規則では {rule}",
        ),
    ),
    Rule(
        "W304",
        "warning",
        "shared-name-key",
        Bilingual("entries that share the key of a name", "名称のキーが重なる項目"),
        Bilingual("one key: {items}", "同じキー：{items}"),
    ),
    Rule(
        "E401",
        "error",
        "missing-language",
        Bilingual(
            "an entry without a name, or without a text, in one of the languages",
            "一方の言語の名称または説明がない項目",
        ),
        {
            "en": Bilingual("has no English name", "英語名がない"),
            "ja": Bilingual("has no Japanese name", "日本語名がない"),
            "summary": Bilingual("has no summary", "説明がない"),
        },
    ),
    Rule(
        "E402",
        "error",
        "unsupported-verification",
        Bilingual(
            "a fact is marked as verified without a source where it was read",
            "典拠で確認していない事実に確認済みの印がある",
        ),
        Bilingual(
            "cites a fact that was not read in a source as verified",
            "典拠で読んでいない事実を確認済みとしている",
        ),
    ),
    Rule(
        "E501",
        "error",
        "one-sided-unit",
        Bilingual("a unit without one of its sides", "一方の言語がない対訳単位"),
        {
            "en": Bilingual("unit {number} has no English", "対訳単位 {number} に英語がない"),
            "ja": Bilingual("unit {number} has no Japanese", "対訳単位 {number} に日本語がない"),
        },
    ),
    Rule(
        "E502",
        "error",
        "concept-in-one-language",
        Bilingual("a passage names a concept in one language only", "用語が一方の言語だけで使われている段落"),
        {
            "en": Bilingual(
                "“{name}” ({id}) has no counterpart in English", "「{name}」（{id}）に対応する英語がない"
            ),
            "ja": Bilingual(
                "“{name}” ({id}) has no counterpart in Japanese",
                "「{name}」（{id}）に対応する日本語がない",
            ),
        },
    ),
    Rule(
        "E503",
        "error",
        "unlisted-mention",
        Bilingual(
            "a passage names an entry in both languages and does not list it among its mentions",
            "両言語に名称があるのに言及項目にない段落",
        ),
        Bilingual(
            "names {id} (“{name}”), which is not among its mentions",
            "{id}（「{name}」）を扱うが、言及項目にない",
        ),
    ),
    Rule(
        "W504",
        "warning",
        "unnamed-mention",
        Bilingual(
            "a passage lists an entry among its mentions and names it in neither language",
            "言及項目の名称がどちらの言語にもない段落",
        ),
        Bilingual(
            "mentions {id} and names it in neither language", "言及項目 {id} の名称がどちらの言語にもない"
        ),
    ),
    Rule(
        "E505",
        "error",
        "quoted-work",
        Bilingual(
            "a passage shares a run of words with a work that it must not quote",
            "引用してはならない著作と同じ語の並びがある段落",
        ),
        Bilingual("“{words}” is in {work}", "「{words}」が {work} にある"),
    ),
)
"""The rules of the data checks, by code."""


def data_problem(code: str, where: str, message: Bilingual) -> Finding:
    """Return a finding for a problem that reading the data files reported."""
    rule = CODES[code]
    return Finding(code, rule.level, where, message, rule.name)

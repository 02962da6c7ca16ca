"""The rules on elements and form: their codes, messages and advice."""

from alliance_ref.records.values import Bilingual
from alliance_ref.rules import Rule

_ELEMENT = {
    "element-lost": Bilingual("“{text}” is missing in the translation", "「{text}」が訳文にない"),
    "element-added": Bilingual("“{text}” is not in the source", "「{text}」は原文にない"),
    "element-changed": Bilingual(
        "“{text}” is “{found}” in the source", "「{text}」は原文では「{found}」である"
    ),
}

FORM_RULES = (
    Rule(
        "T601",
        "error",
        "placeholder-mismatch",
        Bilingual(
            "a placeholder is lost, added or changed",
            "プレースホルダーが欠けているか、増えているか、変わっている",
        ),
        _ELEMENT,
        Bilingual(
            "Keep placeholders such as %s and {name} as they are.",
            "%sや{name}などのプレースホルダーは原文のまま残す。",
        ),
    ),
    Rule(
        "T602",
        "error",
        "tag-mismatch",
        Bilingual("a tag is lost, added or changed", "タグが欠けているか、増えているか、変わっている"),
        _ELEMENT,
        Bilingual("Keep the tags of the source.", "原文のタグを残す。"),
    ),
    Rule(
        "T603",
        "warning",
        "address-mismatch",
        Bilingual(
            "a URL or e-mail address is lost, added or changed",
            "URLまたはメールアドレスが欠けているか、増えているか、変わっている",
        ),
        _ELEMENT,
        Bilingual(
            "Keep addresses, or add the address of the Japanese page to the baseline.",
            "アドレスを原文のまま残す。日本語版のページなら受け入れ済みとして登録する。",
        ),
    ),
    Rule(
        "T604",
        "warning",
        "code-mismatch",
        Bilingual(
            "code, a path or an option is lost or changed",
            "コード、パスまたはオプションが欠けているか、変わっている",
        ),
        _ELEMENT,
        Bilingual(
            "Keep code, paths, options and references as they are.",
            "コード・パス・オプション・参照は原文のまま残す。",
        ),
    ),
    Rule(
        "T701",
        "warning",
        "edge-space",
        Bilingual(
            "spaces or newlines at an end differ from the source", "先頭または末尾の空白・改行が原文と異なる"
        ),
        {
            "edge-start": Bilingual(
                "the beginning differs from the source, which has {found}",
                "先頭の空白・改行が原文（{found}）と異なる",
            ),
            "edge-end": Bilingual(
                "the end differs from the source, which has {found}",
                "末尾の空白・改行が原文（{found}）と異なる",
            ),
        },
        Bilingual(
            "Use the spaces and newlines of the source at both ends.",
            "先頭と末尾の空白・改行を原文にそろえる。",
        ),
    ),
    Rule(
        "T702",
        "warning",
        "invisible-character",
        Bilingual(
            "an invisible character or U+FFFD that the source does not have",
            "原文にない不可視文字またはU+FFFD",
        ),
        {
            "invisible": Bilingual(
                "an invisible or damaged character: {found}", "不可視または壊れた文字: {found}"
            ),
        },
        Bilingual(
            "Delete it. U+FFFD is the remainder of a damaged character.",
            "削除する。U+FFFDは文字化けの跡である。",
        ),
    ),
    Rule(
        "T703",
        "warning",
        "character-width",
        Bilingual(
            "a character has another width than the style requires", "文字の全角・半角が表記の方針と異なる"
        ),
        {
            "width": Bilingual(
                "“{text}” has another width than the style requires", "「{text}」の全角・半角が方針と異なる"
            ),
        },
        Bilingual("Use the width of the style (option width).", "設定widthの方針に合わせる。"),
    ),
    Rule(
        "T704",
        "warning",
        "script-spacing",
        Bilingual(
            "a space between Japanese and Latin letters is against the style",
            "和文と欧文の間の空白が表記の方針と異なる",
        ),
        {
            "space": Bilingual("a space that the style does not have", "方針にない空白がある"),
            "no-space": Bilingual("“{text}” lacks the space of the style", "「{text}」に方針の空白がない"),
        },
        Bilingual("Use the spaces of the style (option spacing).", "設定spacingの方針に合わせる。"),
    ),
    Rule(
        "T705",
        "warning",
        "mixed-style",
        Bilingual("sentences in です・ます and である are mixed", "「です・ます」と「である」が混在している"),
        {
            "polite-sentence": Bilingual(
                "“{text}” is polite (です・ます) in a text in plain style",
                "「である」体の文章に「{text}」がある",
            ),
            "plain-sentence": Bilingual(
                "“{text}” is plain (である) in a text in polite style",
                "「です・ます」体の文章に「{text}」がある",
            ),
        },
        Bilingual("Keep to one style.", "文体をそろえる。"),
    ),
    Rule(
        "T706",
        "warning",
        "unpaired-bracket",
        Bilingual("a bracket or quotation mark without its partner", "対になっていない括弧・引用符"),
        {
            "unpaired": Bilingual("“{text}” has no partner", "「{text}」に対応する括弧・引用符がない"),
        },
        Bilingual("Add or delete one of the pair.", "対になる記号を補うか、削除する。"),
    ),
    Rule(
        "T707",
        "warning",
        "end-punctuation",
        Bilingual("the punctuation at the end differs from the source", "末尾の句読点が原文と異なる"),
        {
            "end-differs": Bilingual(
                "the end is “{text}” here and “{found}” in the source",
                "末尾がここでは「{text}」、原文では「{found}」である",
            ),
        },
        Bilingual("Use the same kind of punctuation.", "句読点の種類を原文に合わせる。"),
    ),
    Rule(
        "T708",
        "warning",
        "doubled-word",
        Bilingual("a word or particle is written twice", "語または助詞が重複している"),
        {
            "doubled": Bilingual("“{text}” is written twice", "「{text}」は重複している"),
        },
        Bilingual("Delete one of the two.", "一方を削除する。"),
    ),
    Rule(
        "T709",
        "warning",
        "long-vowel",
        Bilingual(
            "a katakana word is written with and without its final long-vowel mark",
            "片仮名語の末尾の長音符号が不統一である",
        ),
        {
            "long-vowel": Bilingual(
                "“{text}” is also written “{found}”", "「{text}」は「{found}」とも書かれている"
            ),
        },
        Bilingual("Keep to one spelling.", "表記を統一する。"),
    ),
)
"""Rules on elements and form."""

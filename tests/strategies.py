"""Hypothesis strategies: damaged copies of the test article, and text of any kind."""

from hypothesis import strategies as st

from article import EN, JA, copy_of

FOREIGN = (
    "The orchestra opened its season with a programme of marches, and the hall was sold out for a week.",
    "Rainfall in the northern valleys was twice the average of the past ten years, the bureau reported.",
    "山あいの温泉宿では、秋になると栗の炊き込みご飯が客に振る舞われ、遠方から訪れる人も多い。",
)
FURNITURE = ("Sign up for our newsletter", "Share this article", "無断転載を禁じます", "Advertisement")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp932", "euc_jp", "iso2022_jp_ext")

anything = st.text(st.characters(), max_size=400)
"""Any text at all, lone surrogates, controls and all."""

mixed = st.text(
    st.sampled_from(
        "日米同盟ガスｶﾞｽか゛々ー。、「」（）１２3 \u3000\u3099\x00\n\tAbc'.?“”-é\u0301\ud800\U00020bb7"
    ),
    max_size=120,
)
"""Text of the characters that have tripped others."""


@st.composite
def damaged_copies(draw: st.DrawFn) -> str:
    """A copy of the test article after any mixture of things that happen to copies.

    One paragraph is always left as it is, so that the copy can be told for what it is.
    """
    paragraphs = [(lang, number) for lang, side in (("en", EN), ("ja", JA)) for number in range(len(side))]
    safe = draw(st.sampled_from(paragraphs))
    lines: list[str] = []
    for lang, number in paragraphs:
        text = (EN if lang == "en" else JA)[number]
        fate = draw(
            st.sampled_from(("kept", "kept", "dropped", "cut", "repeated", "wrapped", "foreign", "furniture"))
        )
        if (lang, number) == safe or fate == "kept":
            lines.append(text)
        elif fate == "cut":
            lines.append(text[: draw(st.integers(1, len(text)))])
        elif fate == "repeated":
            lines += [text, text]
        elif fate == "wrapped":
            lines.append(_wrapped(text, lang, draw(st.integers(20, 60))))
        elif fate == "foreign":
            lines.append(draw(st.sampled_from(FOREIGN)))
        elif fate == "furniture":
            lines += [text, draw(st.sampled_from(FURNITURE))]
    if draw(st.booleans()):
        lines = draw(st.permutations(lines))
    text = draw(st.sampled_from(("\n\n", "\r\n\r\n", "\n\n\n"))).join(lines)
    if draw(st.booleans()):
        text = text.replace("“", "?").replace("”", "?")
    if draw(st.booleans()):
        text = text.replace(" ", "\u00a0", draw(st.integers(0, 5)))
    return text


def _wrapped(text: str, lang: str, columns: int) -> str:
    if lang == "ja":
        return "\n".join(text[at : at + columns] for at in range(0, len(text), columns))
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > columns and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


whole_copy = copy_of()

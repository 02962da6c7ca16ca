"""Find the ends of Japanese sentences. The rules are listed in `docs/sentences.md`, each with an example.

A mark inside brackets or quotation marks ends no sentence, and neither does a quotation that a particle
follows.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

_PAIRS = (
    "()[]{}⁅⁆⌈⌉⌊⌋〈〉❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦎⦏⦐⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽⸢⸣⸤⸥⸦⸧⸨⸩"
    "〈〉《》「」『』【】〔〕〖〗〘〙〚〛〝〟〝〞︗︘︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
    "＜＞≪≫«»‹›“”‘’"
)
"""Brackets and quotation marks of Unicode in pairs; one opening mark may have several closing ones."""

_STRAIGHT = "\"'＂＇"
"""Quotation marks that open and close alike."""

_CLOSING = "".join(dict.fromkeys(_PAIRS[1::2]))
_CLOSING_OF = {mark: mark for mark in _STRAIGHT}
for _opening, _closing in zip(_PAIRS[::2], _PAIRS[1::2], strict=True):
    _CLOSING_OF[_opening] = _CLOSING_OF.get(_opening, "") + _closing

_BRACKET = re.compile(f"[{re.escape(_PAIRS)}{_STRAIGHT}]")
_MAX_DEPTH = 50
"""Maximum number of open marks that are compared with a closing one; real text has fewer than ten."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\r\n[^\S\r\n]*\r\n|\r[^\S\r]*\r")
_MARKS = "。｡！？!?．︒︕︖"
_END = re.compile(f"[{_MARKS}][{_MARKS}{re.escape(_CLOSING)}]*")

_CONTINUES = re.compile("[、､。｡，．旨︑︒\u3041-\u3096]")
"""What after a quotation continues its sentence: a particle or another mark."""

_QUOTED_QUESTION = re.compile(
    "、?と(?!ころ|にかく|もかく|もあれ|もに|りわけ|りあえず|はいえ|うとう|っさ|きに|きど|きお|ても|おり|どの|んで|お[いり]"
    "|すれば|なると|なれば|いう)|って|という(?!か|のも|のは|わけ)"
)
"""What after a question or an exclamation shows that it is quoted: 何か？と聞いた; but not 何か？ところで."""

_QUOTED_STATEMENT = re.compile(
    "という(?!か|のも|のは|わけ)|といった|と(?:述べ|語|話し|言|云|答え|書|記|指摘|説明|主張|強調|発言|表明|伝え|報じ|彼)"
)
"""What after a full stop shows that the sentence is quoted: 合意した。という報道."""

_NUMBER = "[0-9０-９一二三四五六七八九十]{1,3}"
_LABEL = re.compile(
    rf"[^\S\r\n]*(?:第?{_NUMBER}|第{_NUMBER}[章節条項部編款]|[①-⑳]|[0-9０-９]{{1,2}}(?:．[0-9０-９]{{1,2}})+"
    r"|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰ-ⅻ]|[IVXＩＶＸ]{1,4}|[ア-ンｱ-ﾝ]|[A-Za-zＡ-Ｚａ-ｚ]|[甲乙丙丁])．"
)
"""The label of an item at its beginning: １．目的, Ⅱ．役割, ア．, 第１．"""


def japanese_ends(text: str, paragraphs: Sequence[int]) -> Iterator[int]:
    """Yield the ends of the sentences of Japanese *text*.

    Args:
        text: Any text.
        paragraphs: The offsets at which paragraphs and items begin, in order.
    """
    quoted = _quotations(text)
    starts = [start for start, _ in quoted]
    for found in _END.finditer(text):
        mark, end = found.span()
        place = bisect_right(starts, mark) - 1
        closing = quoted[place][1] if place >= 0 else -1
        if end == closing:  # a straight quotation mark
            end += 1
        after = text[end : end + 1]
        if text[mark] == "．" and not _full_stop_ends(text, mark, after, paragraphs):
            continue
        if text[mark] in "!?" and text[max(0, mark - 1) : mark].isascii() and after.isalpha():
            continue  # Yahoo!ニュース
        if mark < closing and after:
            # A sentence continues inside brackets, and after them if a particle follows.
            if end <= closing or _CONTINUES.match(after):
                continue
        elif _is_quoted(text, mark, end):
            continue
        yield end


def _full_stop_ends(text: str, mark: int, after: str, paragraphs: Sequence[int]) -> bool:
    """Return whether ．ends a sentence: not in 3．5, and not after the label of an item."""
    if after.isdigit():
        return False
    place = bisect_right(paragraphs, mark)
    label = _LABEL.match(text, paragraphs[place - 1] if place else 0)
    return label is None or label.end() != mark + 1


def _is_quoted(text: str, mark: int, end: int) -> bool:
    """Return whether the words after a mark show that the sentence before it is quoted."""
    if text[mark] in "。｡︒":
        return _QUOTED_STATEMENT.match(text, end) is not None
    return text[mark] != "．" and _QUOTED_QUESTION.match(text, end) is not None


def _quotations(text: str) -> list[tuple[int, int]]:
    """Return the outermost pairs of brackets or quotation marks: the offsets of both.

    Marks pair only within a paragraph, and those without a partner do not count.
    """
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    paragraph_end = -1
    for bracket in _BRACKET.finditer(text):
        at, mark = bracket.start(), bracket.group()
        if at >= paragraph_end:
            opened.clear()
            blank = _BLANK_LINE.search(text, at)
            paragraph_end = blank.start() if blank else len(text)
        follows_letter = at > 0 and text[at - 1].isascii() and text[at - 1].isalnum()
        if mark in "'’" and follows_letter and text[at + 1 : at + 2].isalpha():
            continue  # an apostrophe
        closes = [start for start in opened[-_MAX_DEPTH:] if mark in _CLOSING_OF[text[start]]]
        if not closes:
            if mark in _CLOSING_OF and not (mark == "'" and follows_letter):
                opened.append(at)
            continue
        partner = closes[-1]
        while opened.pop() != partner:
            pass
        while found and found[-1][0] > partner:
            found.pop()
        found.append((partner, at))
    return found

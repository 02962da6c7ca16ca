"""Split English and Japanese text into sentences.

Line ends and paragraphs are treated alike in both languages: a sentence ends at a blank line and before a
line that begins a new item (a bullet, a number in brackets, an indent), whatever the punctuation. Any other
line end is a wrapped line, as in copies of printed text, and ends nothing.

In English, a full stop ends a sentence unless it belongs to an abbreviation. Three kinds of abbreviations
differ in what may follow: a title (Mr., Gen.) never ends a sentence; initials, companies and months (U.S.,
Co., Jan.) end one only before a word that commonly starts sentences; the others (etc., p.m.) end one before
any capital letter.

In Japanese, a mark inside brackets ends no sentence, and neither does a quotation that is followed by a
particle.
"""

import re
from collections.abc import Iterable, Iterator

from alliance_ref.arguments import check_lang, check_text
from alliance_ref.records.passages import Segment
from alliance_ref.records.values import Lang

_NEWLINE = r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])"
_PARAGRAPH = re.compile(
    rf"{_NEWLINE}(?=[^\S\r\n]*[\r\n\x0b\x0c\x85\u2028\u2029]"  # a blank line
    r"|[^\S\r\n]*(?:[•●○■□◆◇▪‣]|\*\s)|\u3000|[ \t]{2,})"
    rf"|(?P<maybe>{_NEWLINE})(?=[^\S\r\n]*(?:[・–—-]"
    r"|[（(]?[0-9０-９]{1,3}[）).．](?![0-9０-９])|[①-⑳]|[一二三四五六七八九十]+、))"
)
_ITEM = re.compile(
    r"[^\S\r\n]*(?:[・–—•●○■□◆◇▪‣*-]|[（(]?[0-9０-９]{1,3}[）).．]|[①-⑳]|[一二三四五六七八九十]+、)"
)
_LINE_START = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")

_TITLES = frozenset(
    "mr mrs ms messrs dr prof rev hon st gen lt col maj capt cmdr adm brig sgt cpl gov sen rep pres amb"
    " sec supt no nos art arts para paras fig figs vol vols pp vs cf eg ie e.g i.e p ch sect sec ca approx"
    "".split()
)
"""Abbreviations before a name or a number, which never end a sentence."""

_COMPANIES_AND_MONTHS = frozenset(
    "co inc ltd corp llc bros jr sr dept dist univ assn jan feb mar apr jun jul aug sept oct nov dec".split()
)
"""Abbreviations that end a sentence only before a word that starts sentences: Lockheed Martin Corp. Chief."""

_OTHER_ABBREVIATIONS = frozenset("etc al est ave blvd rd mt ft a.m p.m ph.d".split())

_TIME_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december eastern pacific gmt jst local".split()
)
"""Words after a.m. and p.m. that continue the time."""

_SENTENCE_STARTERS = frozenset(
    "a about after all although an and another any as at because before both but by despite during each"
    " even every few finally first for four from he her here his how however i if in indeed instead it its"
    " last later let many meanwhile moreover most my neither next no nor not nothing now of on once one or"
    " other our over perhaps rather second several she similarly since so some still such ten that the"
    " their then there therefore these they third this those though three thus to today two under unlike"
    " until what when where whether which while who whose why with without would yet you your".split()
)

_ENGLISH_END = re.compile(r"(?<![.!?…])[.!?…]+(?:[\"'”’)\]»]*(?=\s|$)|[\"”](?=[A-Z]))")
_WORD_BEFORE = re.compile(r"(?:^|[\s(\[\"'“‘/—–-])([^\s(\[\"'“‘/—–-]+)$")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Z]")
_AFTER = re.compile(r"\s*([\"'“‘(\[«]*)(\S*)")
_LONGEST_WORD = 40

_OPEN, _CLOSE = "「｢『（(［[【〈《｛“", "」｣』）)］]】〉》｝”"
_CONTINUES = frozenset("、､。｡，．旨" + "".join(map(chr, range(0x3041, 0x3097))))
"""Characters after a quotation that continue its sentence."""

_JAPANESE_END = re.compile(r"[。｡！？!?．][。｡！？!?．」｣』）)］\]】〉》｝”]*")


def sentences(text: str, *, lang: Lang) -> tuple[Segment, ...]:
    """Return the sentences of *text* in order, with their offsets.

    White space around a sentence is left out, and nothing else. A line end inside a sentence is kept. A blank
    line, a bullet or a numbered line ends a sentence even without punctuation; a quotation in Japanese
    brackets stays in its sentence.

    Args:
        text: Text in one language.
        lang: ``"en"`` or ``"ja"``.

    Raises:
        InvalidValue: if *lang* is neither ``"en"`` nor ``"ja"``.
        InvalidType: if *text* is not text.

    >>> import alliance_ref as ar
    >>> [s.text for s in ar.sentences("The U.S. Army agreed. Mr. Ono did too.", lang="en")]
    ['The U.S. Army agreed.', 'Mr. Ono did too.']
    >>> [s.text for s in ar.sentences("「協議する。」と述べた。合意した。", lang="ja")]
    ['「協議する。」と述べた。', '合意した。']
    """
    check_text(text)
    check_lang(lang)
    return english_sentences(text) if lang == "en" else japanese_sentences(text)


def english_sentences(text: str) -> tuple[Segment, ...]:
    """Return the sentences of English *text*; see `sentences`."""
    ends = (found.end() for found in _ENGLISH_END.finditer(text) if _ends_english(text, found))
    return _segments(text, "en", ends)


def japanese_sentences(text: str) -> tuple[Segment, ...]:
    """Return the sentences of Japanese *text*; see `sentences`."""
    return _segments(text, "ja", _japanese_ends(text))


def _segments(text: str, lang: Lang, sentence_ends: Iterable[int]) -> tuple[Segment, ...]:
    """Return the parts of *text* between the ends of sentences and paragraphs, stripped of white space."""
    ends = set(sentence_ends)
    line = 0
    for found in _PARAGRAPH.finditer(text):
        at = found.start()
        if found["maybe"] is None or _is_before_item(text, line, at):
            ends.add(at)
        line = found.end()
    segments = []
    start = 0
    for end in [*sorted(ends), len(text)]:
        part = text[start:end]
        inner = part.strip()
        if inner:
            at = start + len(part) - len(part.lstrip())
            segments.append(Segment(inner, lang, at, at + len(inner)))
        start = end
    return tuple(segments)


def _is_before_item(text: str, since: int, end: int) -> bool:
    """Return whether a number or dash after the line that ends at *end* begins an item.

    It does if that line ends in punctuation or is an item itself. Otherwise the line is only wrapped there,
    as in "the year / 1998". *since* is the offset from which to look for the start of the line.
    """
    if text[since:end].rstrip()[-1:] in (*".:;!?。：；！？」）)", ""):
        return True
    start = since
    for found in _LINE_START.finditer(text, since, end):
        start = found.end()
    return _ITEM.match(text, start, end) is not None


def _ends_english(text: str, found: re.Match[str]) -> bool:
    """Return whether a mark ends an English sentence."""
    start, mark = found.start(), found.group()
    after = _AFTER.match(text, found.end())
    quote, word = after.groups() if after else ("", "")
    if not word:
        return True
    if word[0].islower():  # "Is it new?" he asked.  … and so on
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    if text[start - 1 : start].isspace():
        return False  # a spaced ellipsis: Well . . . perhaps
    before = _WORD_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
    return before is None or _ends_after_word(text, before, mark, quote, word)


def _ends_after_word(text: str, before: re.Match[str], mark: str, quote: str, following: str) -> bool:
    """Return whether a full stop after the word *before* ends a sentence: it may be an abbreviation."""
    abbreviation = before.group(1)
    lower = abbreviation.lower()
    starts_sentence = re.sub(r"\W.*", "", following).lower() in _SENTENCE_STARTERS
    if lower in _TITLES:
        return lower == "no" and not following[0].isdigit()
    if _INITIALS.fullmatch(abbreviation) and abbreviation != "I":
        return bool(quote) or starts_sentence or mark != "."
    if lower in _COMPANIES_AND_MONTHS:
        return starts_sentence
    if lower in _OTHER_ABBREVIATIONS:
        is_time = lower in ("a.m", "p.m") and re.sub(r"\W.*", "", following).lower() in _TIME_WORDS
        return not following[0].isdigit() and not is_time
    # A number with a full stop at the beginning of an item: three parts: 1. Move the base.
    head = text[max(0, before.start(1) - 20) : before.start(1)].rstrip()
    return not (lower.isdigit() and len(lower) < 3 and head[-1:] in (*".:;!?", ""))


def _japanese_ends(text: str) -> Iterator[int]:
    """Yield the ends of Japanese sentences."""
    depths = _depths(text)
    for found in _JAPANESE_END.finditer(text):
        mark = found.start()
        after = text[found.end() : found.end() + 1]
        if text[mark] == "．" and after.isdigit():
            continue  # 3．5
        if text[mark] in "!?" and text[max(0, mark - 1) : mark].isascii() and after.isalpha():
            continue  # Yahoo!ニュース
        if depths[mark] and found.end() < len(text):
            # A sentence continues inside brackets, and after them if a particle follows.
            closes = found.end() - mark > 1 and depths[found.end() - 1] == 0
            if not closes or after in _CONTINUES:
                continue
        yield found.end()


def _depths(text: str) -> list[int]:
    """Return the number of brackets that are open after each code point; unclosed ones do not count."""
    opened: list[int] = []
    closed_by: dict[int, int] = {}
    for at, character in enumerate(text):
        if character in _OPEN:
            opened.append(at)
        elif character in _CLOSE and opened:
            pair = _OPEN.index(text[opened[-1]])
            if _CLOSE[pair] == character:
                closed_by[opened.pop()] = at
    changes = [0] * (len(text) + 1)
    for start, end in closed_by.items():
        changes[start] += 1
        changes[end] -= 1
    depths = []
    depth = 0
    for change in changes[: len(text)]:
        depth += change
        depths.append(depth)
    return depths

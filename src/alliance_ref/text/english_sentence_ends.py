"""Find the ends of English sentences. The rules are listed in `docs/sentences.md`, each with an example.

A full stop ends a sentence unless it belongs to an abbreviation, an initial or the label of an item. What may
follow an abbreviation differs by its kind; each kind is a set below.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

TITLES = frozenset(
    "mr mrs ms messrs mmes dr drs prof profs rev revs hon fr gen gens lt lts col cols maj majs capt "
    "capts cmdr cmdrs comdr cdr lcdr adm adms radm vadm brig sgt sgts ssgt msgt tsgt sfc cpl cpls pfc "
    "pvt pvts spc cwo ens ltc ltg ltjg gov govs sen sens rep reps pres amb ambs sec secs supt atty "
    "insp det dep asst assoc ft mt mts pt st ste vs cf eg ie e.g i.e viz ca approx".split()
)
"""Abbreviations before a name, which never end a sentence: Mr. Ono, Gens. Doe and Roe, Ft. Lewis."""

_BEFORE_NUMBER = frozenset(
    "n° no nos art arts para paras fig figs vol vols p pp ch chs chap sect sec sects secs cl ex app "
    "vers ver ed pt pts op tab tbl eq eqs jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""Abbreviations before a number. The number is not the label of an item: See Art. 6. The text is final."""

_NEVER_END = TITLES | (_BEFORE_NUMBER - frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split()))

_ALSO_WORDS = frozenset("st ft sec".split())
"""Abbreviations of these kinds that are also Street, feet and second: It is on 5th St. The house is old."""

_BEFORE_STARTER = frozenset(
    "co cos inc ltd corp llc plc bros jr sr dept depts dist univ assn assoc div divs regt bn bde brig "
    "sqdn sq comm govt intl natl jan feb mar apr jun jul aug sep sept oct nov dec ala ariz ark calif "
    "colo conn del fla ga ill ind kan kans ky la mass md mich minn miss mo mont neb nev okla ore pa "
    "penn tenn tex va vt wash wis wyo ont que".split()
)
"""Companies, units, months and states, which end a sentence only before a word that often starts one."""

_BEFORE_CAPITAL = frozenset("etc al est ave blvd rd a.m p.m ph.d b.a m.a m.d b.s m.s esq".split())
"""Abbreviations that end a sentence before any capital letter."""

_TIME_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "eastern central mountain pacific japan korea gmt utc zulu jst kst edt est cdt cst mdt mst pdt "
    "pst akst hst bst cet cest ist hkt local standard daylight time".split()
)
"""Words after a.m. and p.m. that continue the time."""

_TIME_PHRASE = re.compile(
    r"[\"'“‘(]*(?:(?:on|by|at|about|around|before|after|until|since|from|just|only|exactly|nearly|almost|and|or|to"
    r"|the|morning|evening|noon|midnight|dawn|of|shortly|precisely|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?|\d{1,4}(?:st|nd|rd|th)?,?|,|-|–"
    r"|\d{1,2}[:.]\d\d|[ap]\.?m\.?)\s*)+",
    re.IGNORECASE,
)
"""A sentence so far that consists of nothing but a time: At 5 a.m. Mr. Ono went to the bank."""

_SENTENCE_STARTERS = frozenset(
    "a about after all although an and another any as at because before both but by despite during "
    "each even every few finally first for four from he her here his how however i if in indeed "
    "instead it its last later let many meanwhile moreover most my neither next no nor not nothing "
    "now of on once one or other our over perhaps rather second several she similarly since so some "
    "still such ten that the their then there therefore these they third this those though three thus "
    "to today two under unlike until we what when where whether which while who whose why with "
    "without would yet you your".split()
)

_SENTENCE_END = re.compile(
    r"(?<![.!?…])(?P<mark>\.(?:[ \u00a0]\.){2,}|[.!?…]+)(?P<after>(?:"
    r"[\"'”’)\]»]*"
    # A footnote mark: .[1] .² .(1) .* .”5 and, if the mark was a raised digit, agreed.1
    r"(?:\[(?:\d{1,3}|[a-z]|note \d{1,3})\]|[¹²³⁰⁴-⁹]+|\((?:\d{1,3}|[a-z])\)"
    r"|[*†‡§]+|(?<=[\"”’])\d{1,3}|(?<=[a-z]{3}[.!?])\d{1,2})*"
    r"(?=\s|$)|[\"”](?=[A-Z])))"
)
_WORD_BEFORE = re.compile(r"(?:^|[\s(\[\"'“‘/—–-])([^\s(\[\"'“‘/—–-]+)$")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Z]")
_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[IVXLC]{2,6}|[ivxlc]{2,6})")
"""The label of an item at its beginning: 1. 2.3. a. IV. Q."""

_BULLETS = "•⁃‣▪●■"
_FIRST_ITEM = re.compile(
    rf"(?:[{_BULLETS}]\s*)?(?P<open>\(?)(?P<label>\d{{1,2}}|[a-y])(?P<close>\.\)|[.)])\s"
)
_BEFORE_NUMERAL = frozenset(
    "article articles section sections chapter part parts figure table page phase option paragraph "
    "annex number type class volume step level stage group camp war title world act".split()
)
"""Words before a numeral, which is then neither an initial nor the label of an item: World War I."""

_AFTER = re.compile(r"\s*([\"'“‘(\[«]*)(\S*)")
_LONGEST_WORD = 40
_LONGEST_TIME_PHRASE = 60
_LONGEST_ITEM = 2_000
"""Maximum length of an item in a list inside a line."""


def english_ends(text: str, paragraphs: Sequence[int]) -> Iterator[int]:
    """Yield the ends of the sentences of English *text*.

    Args:
        text: Any text.
        paragraphs: The offsets at which paragraphs and items begin, in order.
    """
    items = [item for start in paragraphs for item in _following_items(text, start)]
    yield from items
    starts = sorted([*paragraphs, *items]) if items else paragraphs
    start = 0
    for found in _SENTENCE_END.finditer(text):
        place = bisect_right(starts, found.start())
        if place:
            start = max(start, starts[place - 1])
        if _ends(text, found, start):
            start = found.end()
            yield start


def _following_items(text: str, start: int) -> Iterator[int]:
    """Yield the starts of the further items of a list inside a line: 1) First 2) Second; a. One b. Two."""
    found = _FIRST_ITEM.match(text, start)
    while found is not None:
        label = found["label"]
        following = str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
        pattern = re.compile(
            rf"(?<=\s)(?:[{_BULLETS}]\s*)?(?P<open>{re.escape(found['open'])})(?P<label>{following})"
            rf"(?P<close>{re.escape(found['close'])})\s+(?=[A-Z])"
        )
        after = found.end()
        found = pattern.search(text, after, after + _LONGEST_ITEM)
        if found is not None:
            words = text[after : found.start()].split()
            if not words or words[-1].lower().rstrip(".") in _BEFORE_NUMERAL | _BEFORE_NUMBER:
                return
            yield found.start()


def _ends(text: str, found: re.Match[str], sentence_start: int) -> bool:
    """Return whether a mark ends a sentence that begins at *sentence_start*."""
    start, mark = found.start(), found["mark"]
    after = _AFTER.match(text, found.end())
    quote, word = after.groups() if after else ("", "")
    if not word:
        return True
    if word[0].islower():  # "Is it new?" he asked.  … and so on
        return False
    if mark != ".":
        return _ends_after_other_mark(text, start, mark)
    before = _WORD_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
    if before is None:
        return not text[start - 1 : start].isspace()
    abbreviation = before.group(1).lstrip(_BULLETS)
    if _LABEL.fullmatch(abbreviation) and found["after"] in ("", ")"):
        head = text[max(sentence_start, before.start(1) - _LONGEST_WORD) : before.start(1)].rstrip()
        if head.strip(_BULLETS) == "" or head[-1] in ":;":
            return False  # the label of an item
        if abbreviation == "I" and _is_initial(head):
            return False
    following = re.sub(r"\W.*", "", word).lower()
    sentence = text[sentence_start:start]
    return _ends_after_word(
        abbreviation, following, sentence, is_bare=not quote and not found["after"], word=word
    )


def _ends_after_other_mark(text: str, start: int, mark: str) -> bool:
    """Return whether a mark other than one full stop ends a sentence before a capital letter."""
    if " " in mark or "\u00a0" in mark:  # a spaced ellipsis: one of three points is inside a sentence
        return mark.count(".") > 3
    return not (mark.startswith("..") and text[start - 1 : start] in ("[", "("))  # an omission in a quotation


def _is_initial(head: str) -> bool:
    """Return whether I after the words *head* is the initial of a name: Albert I. Jones, but World War I."""
    words = head.split()
    last = words[-1] if words else ""
    return last[:1].isupper() and last.lower() not in _BEFORE_NUMERAL


def _ends_after_word(abbreviation: str, following: str, sentence: str, *, is_bare: bool, word: str) -> bool:
    """Return whether a full stop after a word ends *sentence*: the word may be an abbreviation."""
    lower = abbreviation.lower()
    starts_sentence = following in _SENTENCE_STARTERS
    if lower in _NEVER_END:
        return (lower == "no" and not word[0].isdigit()) or (lower in _ALSO_WORDS and starts_sentence)
    if lower in _BEFORE_CAPITAL:
        if word[0].isdigit():
            return False
        return lower not in ("a.m", "p.m") or _ends_after_time(following, sentence)
    if _INITIALS.fullmatch(abbreviation) and abbreviation != "I":
        return not is_bare or starts_sentence
    if lower in _BEFORE_STARTER:
        return starts_sentence
    return True


def _ends_after_time(following: str, sentence: str) -> bool:
    """Return whether a.m. or p.m. ends *sentence*."""
    if following in _TIME_WORDS:
        return False
    return len(sentence) > _LONGEST_TIME_PHRASE or _TIME_PHRASE.fullmatch(sentence.strip()) is None

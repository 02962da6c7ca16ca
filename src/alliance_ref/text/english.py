"""English text: sentences.

A full stop ends a sentence unless it belongs to an abbreviation. Three kinds of abbreviation differ in
what may follow: a title (Mr., Gen.) never ends a sentence, initials, firms and months (U.S., Co., Jan.)
end one only before a word that starts sentences, and the rest (etc., p.m.) end one before any capital.
"""

import re
from collections.abc import Iterator

from alliance_ref.records.passages import Segment
from alliance_ref.text.sentence_breaks import Break, segments_of

_TITLES = frozenset(
    "mr mrs ms messrs dr prof rev hon st gen lt col maj capt cmdr adm brig sgt cpl gov sen rep pres amb"
    " sec supt no nos art arts para paras fig figs vol vols pp vs cf eg ie e.g i.e p ch sect sec ca approx"
    "".split()
)
"""Before a name or a number: what follows belongs to it."""

_FIRMS = frozenset(
    "co inc ltd corp llc bros jr sr dept dist univ assn jan feb mar apr jun jul aug sept oct nov dec".split()
)
"""Before a word that does not start sentences, what follows belongs to it: Lockheed Martin Corp. Chief."""

_OTHERS = frozenset("etc al est ave blvd rd mt ft a.m p.m ph.d".split())

_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december eastern pacific gmt jst local".split()
)
"""After a.m. and p.m. these go on with the time."""

_STARTERS = frozenset(
    "a about after all although an and another any as at because before both but by despite during each"
    " even every few finally first for four from he her here his how however i if in indeed instead it its"
    " last later let many meanwhile moreover most my neither next no nor not nothing now of on once one or"
    " other our over perhaps rather second several she similarly since so some still such ten that the"
    " their then there therefore these they third this those though three thus to today two under unlike"
    " until what when where whether which while who whose why with without would yet you your".split()
)

_END = re.compile(r"(?<![.!?…])[.!?…]+(?:[\"'”’)\]»]*(?=\s|$)|[\"”](?=[A-Z]))")
_WORD_BEFORE = re.compile(r"(?:^|[\s(\[\"'“‘/—–-])([^\s(\[\"'“‘/—–-]+)$")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Z]")
_AFTER = re.compile(r"\s*([\"'“‘(\[«]*)(\S*)")


def english_sentences(text: str) -> tuple[Segment, ...]:
    """The sentences of English *text*, as :func:`alliance_ref.sentences` gives them."""
    return segments_of(text, "en", _breaks(text))


def _breaks(text: str) -> Iterator[Break]:
    for found in _END.finditer(text):
        if _ends(text, found.start(), found.end(), found.group()):
            yield Break(found.end())


def _ends(text: str, start: int, end: int, mark: str) -> bool:
    after = _AFTER.match(text, end)
    quote, word = after.groups() if after else ("", "")
    if not word:
        return True
    if word[0].islower():
        # "Is it new?" he asked.  … and so on
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    if text[start - 1 : start].isspace():
        return False  # a spaced ellipsis: Well . . . perhaps
    before = _WORD_BEFORE.search(text, max(0, start - 40), start)
    if before is None:
        return True
    abbreviated = before.group(1)
    bare = abbreviated.lower()
    if bare in _TITLES:
        return bare == "no" and not word[0].isdigit()
    next_word = re.sub(r"\W.*", "", word).lower()
    if _INITIALS.fullmatch(abbreviated) and abbreviated != "I":
        return bool(quote) or next_word in _STARTERS or mark != "."
    if bare in _FIRMS:
        return next_word in _STARTERS
    if bare in _OTHERS:
        return not word[0].isdigit() and not (bare in ("a.m", "p.m") and next_word in _DAYS)
    # A number with a full stop at the head of an item: three parts: 1. Move the base.
    head = text[max(0, before.start(1) - 20) : before.start(1)].rstrip()
    return not (bare.isdigit() and len(bare) < 3 and head[-1:] in (*".:;!?", ""))

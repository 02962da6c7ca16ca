"""English text for the builder: words with their places, and the runs of words that a term may fill.

There is no tagger. A term's words stand together: a run ends at punctuation and at every function word, and
only *of*, *and*, *the*, *for* and a few others may stand between two of its words. What is left
(verbs beside their objects) finds no Japanese compound that keeps to its borders, and drops out
when pairs are made.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from alliance_ref.text.keys import english_key
from alliance_ref.text.stemming import word_key

# A hyphen parts words (missile-defense), but not a prefix or a particle from its word (re-election).
TOKENS = re.compile(
    r"([^\w$£€¥]*)((?:[A-Za-z]\.){2,}|[$£€¥]|\d+(?:[.,]\d+)+"
    r"|[A-Za-z]+-(?:over|up|off|out|in|on|down|by|back|through)(?![\w-])|(?:[Ii]nter|[Rr]e|[Cc]o|[Pp]re)-[a-z]+(?![\w-])"
    r"|[^\W_]+(?:_[^\W_]+)*(?:['’][^\W\d_]+)*|_+)"
)

# Words that are no part of a term except inside it, as they stand, in lower case.
_FUNCTION = frozenset(
    """a an the this that these those some any each every either neither both all no not none such own other
    another same few many much more most less least several enough lot i me my mine you your yours
    he him his she her hers it its we us our ours they them their theirs myself himself herself
    itself ourselves themselves who whom whose which what when where why how whether if unless
    because since while although though until till as than then so and or but nor yet for of to in
    on at by with from into onto upon over under above below between among against during before
    after about around through across toward towards within without along behind beyond near off
    out up down again once here there now just only even also too very quite rather almost still
    already ever never always often sometimes usually perhaps maybe however therefore thus hence
    moreover meanwhile instead otherwise be am is are was were been being do does did done doing
    have has had having will would shall should can could may might must ought let 's 're 've 'll
    n't ain aren couldn didn doesn don hadn hasn haven isn mightn mustn needn shan shouldn wasn
    weren won wouldn let's don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't
    cannot couldn't shouldn't haven't hasn't hadn't i'm i've i'd i'll it's you're you've you'll
    you'd he's she's we're we've we'll we'd they're they've they'll they'd that's there's what's
    who's here's let e.g i.e etc via per vs despite except unlike like including regarding
    concerning according based rest first last next said says say told added went get gets got
    gotten getting make makes made making take takes took taken taking put puts come comes came
    coming go goes going gone see sees saw seen know knows knew known think thinks thought want
    wants wanted use uses used using become becomes became seem seems seemed keep keeps kept give
    gives gave given show shows showed shown look looks looked try tries tried find finds found
    tell tells ask asks asked need needs needed call called calls let lets begin began able well
    really actually simply one ones thing things something anything everything nothing someone
    anyone everyone nobody way ways kind kinds sort bit lots much mr mrs ms dr sir yes no oh okay
    ok today yesterday tomorrow later ago earlier soon back away apart together around different
    various certain whole
    including s t re ve ll d m""".split()
)
# Function words that may stand inside a name or term.
_INSIDE = frozenset("of and the for to in on & de la van von al".split())
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}  # fmt: skip


_CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}


class EnglishType(NamedTuple):
    """What a word as it stands is to the builder.

    `key` is what its forms share, empty for function words; `term_key` its spelling in the singular.
    """

    key: str
    term_key: str
    is_function: bool
    is_inside: bool
    is_number: bool
    is_capital: bool
    is_caps: bool
    spelling: str
    text: str

    @property
    def code(self) -> str:
        """One letter that tells how it may stand in a term: c anywhere, i inside, f nowhere."""
        return ("i" if self.is_inside else "f") if self.is_function else "c"


@lru_cache(maxsize=1 << 17)
def english_type(word: str) -> EnglishType:
    """The type of one word as it stands in a text.

    >>> english_type("Agreements").key, english_type("the").is_function, english_type("U.S.").key
    ('agreement', True, 'u.s.')
    """
    if word in _CURRENCIES:
        return EnglishType(_CURRENCIES[word], word, False, False, False, False, False, word, word)
    lower = word.lower().replace("’", "'")
    is_caps = len(word) > 1 and word.isupper() and not word[0].isdigit()
    bare = lower.removesuffix("'s").removesuffix("'").replace("-", "")
    if is_caps and bare.replace(".", "") in ("us", "it", "who", "un", "may", "uk"):
        key = ".".join(bare.replace(".", "")) + "."
        return EnglishType(key, key, False, False, False, True, True, key, word)
    if lower[0].isdigit():
        digits = lower.replace(",", "")
        return EnglishType("#" + digits, digits, False, False, True, False, False, digits, word)
    if lower in _NUMBER_WORDS and lower != "second":
        return EnglishType("#" + _NUMBER_WORDS[lower], lower, True, False, True, False, False, lower, word)
    is_function = lower in _FUNCTION or lower.strip("_") == "" or (len(lower) == 1 and not word.isupper())
    # An abbreviation is no inflected word: LED is not the past of "lead".
    key = "" if is_function else bare if is_caps and len(bare) < 6 else (word_key(bare) or bare)
    return EnglishType(
        key,
        english_key(bare) or bare,
        is_function,
        lower in _INSIDE,
        False,
        word[:1].isupper(),
        is_caps,
        bare,
        word,
    )


_GLUE = frozenset(("", " ", "-", "‐", "‑", "–", "/", " “", ' "', " '", "& ", " & ", "’ ", "' "))


_RUN = re.compile("[cC](?:[ci]*c)?")


class _Piece(NamedTuple):
    """What stands between two spaces: its words with their places and codes, what is behind the last word.

    A code is a capital where punctuation parts its word from the one before.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    codes: str
    before: str
    after: str


@lru_cache(maxsize=1 << 17)
def _piece(text: str) -> _Piece:
    words: list[str] = []
    starts: list[int] = []
    codes = before = ""
    at = 0
    for gap, word in TOKENS.findall(text):
        code = english_type(word).code
        if not words:
            before = gap
        elif gap not in _GLUE:
            code = code.upper()
        codes += code
        at += len(gap)
        words.append(word)
        starts.append(at)
        at += len(word)
    return _Piece(tuple(words), tuple(starts), codes, before, text[at:])


def read_english(text: str) -> tuple[list[str], list[int], str]:
    """The words of *text*, where they begin, and their codes.

    A code is a capital where punctuation parts its word from the one before. No word has a space in it, and
    most of what stands between two spaces was read before.

    >>> read_english("Japan, the U.S. and others")
    (['Japan', 'the', 'U.S.', 'and', 'others'], [0, 7, 11, 16, 20], 'cIcic')
    """
    words: list[str] = []
    starts: list[int] = []
    codes: list[str] = []
    at = 0
    behind = ""
    for part in text.split(" "):
        inside, places, code, before, after = _piece(part)
        if inside:
            if (behind or before) and f"{behind} {before}" not in _GLUE:
                code = code[0].upper() + code[1:]
            behind = after
            codes.append(code)
            if len(inside) == 1:
                words.append(inside[0])
                starts.append(at + places[0])
            else:
                words += inside
                starts += [at + place for place in places]
        else:
            behind = f"{behind} {part}"
        at += len(part) + 1
    return words, starts, "".join(codes)


def runs_of(codes: str) -> list[int]:
    """The longest runs of words that a term may fill: no function word at an edge, no punctuation inside.

    *codes* are those of :func:`read_english`. First and last words by turns.

    >>> runs_of("cIcic")
    [0, 1, 2, 5]
    """
    return [place for found in _RUN.finditer(codes) for place in found.span()]


_IN_BRACKETS = re.compile(r"\(([A-Z][A-Za-z&]*[A-Z])s?\)")


def abbreviations_in(text: str) -> list[tuple[str, str]]:
    """Long forms with the abbreviation that stands behind them in brackets.

    >>> abbreviations_in("under the Status of Forces Agreement (SOFA) of 1960")
    [('Status of Forces Agreement', 'SOFA')]
    """
    found = []
    for match in _IN_BRACKETS.finditer(text):
        short = match[1]
        words = list(re.finditer(r"[^\W_]+", text[: match.start()]))[-2 * len(short) :]
        letters = short.lower()
        # The shortest run of words before the bracket whose initials hold the letters in order.
        for first in range(len(words) - 1, -1, -1):
            run = words[first:]
            if run[0].group()[0].lower() == letters[0] and _spells(
                [word.group().lower() for word in run], letters
            ):
                found.append((text[run[0].start() : run[-1].end()], short))
                break
    return found


def _spells(words: Sequence[str], letters: str) -> bool:
    """Whether the initials of *words* are *letters*, function words left out or not."""
    at = 0
    for word in words:
        if at < len(letters) and word[0] == letters[at]:
            at += 1
        elif word not in _FUNCTION:
            return False
    return at == len(letters)

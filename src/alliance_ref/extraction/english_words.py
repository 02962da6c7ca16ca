"""English words and the runs of words that a term may fill.

There is no English tagger. A run of words ends at punctuation and at every function word, except that *of*,
*and*, *the*, *for* and a few others may be inside it. Other sequences that are not terms, such as a verb with
its object, match no Japanese compound and are dropped when pairs are extracted.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from alliance_ref.text.keys import english_key
from alliance_ref.text.stemming import word_key

# A hyphen separates words (missile-defense), except a prefix or particle from its word (re-election). After
# the last word, the empty token at the end is matched, so that a long gap is read once.
TOKENS = re.compile(
    r"([^\w$£€¥]*+)(\Z|(?:[A-Za-z]\.){2,}|[$£€¥]|\d+(?:[.,]\d+)+"
    r"|[A-Za-z]+-(?:over|up|off|out|in|on|down|by|back|through)(?![\w-])|(?:[Ii]nter|[Rr]e|[Cc]o|[Pp]re)-[a-z]+(?![\w-])"
    r"|[^\W_]+(?:_[^\W_]+)*(?:['’][^\W\d_]+)*|_+)"
)

# Words that may not begin or end a term, in lower case.
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
# Function words that may be inside a term.
_INSIDE = frozenset("of and the for to in on & de la van von al".split())
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}  # fmt: skip


# Currency signs and their keys.
_CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}


# Capitalized forms that are abbreviations, although the word in lower case has another meaning.
_ABBREVIATED_WORDS = ("us", "it", "who", "un", "may", "uk")

_MAX_ABBREVIATION = 5
"""Longest word in capital letters that is taken as an abbreviation."""


class EnglishWord(NamedTuple):
    """An English word form and its properties.

    Attributes:
        key: The key that all forms of the word share; empty for function words.
        term_key: Its spelling in the singular.
        is_function: Whether it is a function word, which may not begin or end a term.
        is_inside: Whether it is a function word that may be inside a term.
        is_number: Whether it is a number.
        is_capital: Whether it begins with a capital letter.
        is_caps: Whether it is written in capital letters.
        spelling: The word in lower case, without hyphens and the ending of a genitive.
        text: The word as written.
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
        """The letter for `term_runs`: c may be anywhere in a term, i only inside, f nowhere."""
        return ("i" if self.is_inside else "f") if self.is_function else "c"


@lru_cache(maxsize=1 << 17)
def english_word(word: str) -> EnglishWord:
    """Return the properties of one word form.

    >>> english_word("Agreements").key, english_word("the").is_function, english_word("U.S.").key
    ('agreement', True, 'u.s.')
    """
    if word in _CURRENCIES:
        return EnglishWord(_CURRENCIES[word], word, False, False, False, False, False, word, word)
    lower = word.lower().replace("’", "'")
    is_caps = len(word) > 1 and word.isupper() and not word[0].isdigit()
    bare = lower.removesuffix("'s").removesuffix("'").replace("-", "")
    if is_caps and bare.replace(".", "") in _ABBREVIATED_WORDS:
        key = ".".join(bare.replace(".", "")) + "."
        return EnglishWord(key, key, False, False, False, True, True, key, word)
    if lower[0].isdigit():
        digits = lower.replace(",", "")
        return EnglishWord("#" + digits, digits, False, False, True, False, False, digits, word)
    if lower in _NUMBER_WORDS and lower != "second":
        return EnglishWord("#" + _NUMBER_WORDS[lower], lower, True, False, True, False, False, lower, word)
    is_function = lower in _FUNCTION or lower.strip("_") == "" or (len(lower) == 1 and not word.isupper())
    # An abbreviation is not an inflected word: LED is not the past tense of "lead".
    key = (
        ""
        if is_function
        else bare
        if is_caps and len(bare) <= _MAX_ABBREVIATION
        else (word_key(bare) or bare)
    )
    return EnglishWord(
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


# Separators that may be inside a term.
_SEPARATORS = frozenset(("", " ", "-", "‐", "‑", "–", "/", " “", ' "', " '", "& ", " & ", "’ ", "' "))

# A run of words in the codes of `english_tokens`: no function word at its ends, no punctuation inside.
_RUN = re.compile("[cC](?:[ci]*c)?")


class _Piece(NamedTuple):
    """The words of the text between two spaces, with their starts and codes, and the text around them."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    codes: str
    before: str
    after: str


_LONG = 500
"""Length of a piece that is not cached: a few of these would fill the memory."""


@lru_cache(maxsize=1 << 17)
def _piece(text: str) -> _Piece:
    words: list[str] = []
    starts: list[int] = []
    codes = before = ""
    at = 0
    for gap, word in TOKENS.findall(text):
        if not word:
            break
        code = english_word(word).code
        if not words:
            before = gap
        elif gap not in _SEPARATORS:
            code = code.upper()
        codes += code
        at += len(gap)
        words.append(word)
        starts.append(at)
        at += len(word)
    return _Piece(tuple(words), tuple(starts), codes, before, text[at:])


def english_tokens(text: str) -> tuple[list[str], list[int], str]:
    """Return the words of *text*, their start offsets, and their codes (`EnglishWord.code`).

    A code is a capital letter if punctuation separates the word from the one before it. The parts between
    spaces are cached, since most of them occur again.

    >>> english_tokens("Japan, the U.S. and others")
    (['Japan', 'the', 'U.S.', 'and', 'others'], [0, 7, 11, 16, 20], 'cIcic')
    """
    words: list[str] = []
    starts: list[int] = []
    codes: list[str] = []
    at = 0
    after_word = ""
    for part in text.split(" "):
        inside, places, code, before, after = (_piece if len(part) < _LONG else _piece.__wrapped__)(part)
        if inside:
            if (after_word or before) and f"{after_word} {before}" not in _SEPARATORS:
                code = code[0].upper() + code[1:]
            after_word = after
            codes.append(code)
            if len(inside) == 1:
                words.append(inside[0])
                starts.append(at + places[0])
            else:
                words += inside
                starts += [at + place for place in places]
        else:
            after_word = f"{after_word} {part}"
        at += len(part) + 1
    return words, starts, "".join(codes)


def term_runs(codes: str) -> list[int]:
    """Return the longest runs of words that a term may fill, given the *codes* of `english_tokens`.

    The result alternates between the first word of a run and the word after its last.

    >>> term_runs("cIcic")
    [0, 1, 2, 5]
    """
    return [place for found in _RUN.finditer(codes) for place in found.span()]


_IN_PARENTHESES = re.compile(r"\(([A-Z][A-Za-z&]*[A-Z])s?\)")


def abbreviations_in(text: str) -> list[tuple[str, str]]:
    """Return long forms with the abbreviation in parentheses after them.

    >>> abbreviations_in("under the Status of Forces Agreement (SOFA) of 1960")
    [('Status of Forces Agreement', 'SOFA')]
    """
    found = []
    for match in _IN_PARENTHESES.finditer(text):
        short = match[1]
        words = list(re.finditer(r"[^\W_]+", text[: match.start()]))[-2 * len(short) :]
        letters = short.lower()
        # The shortest run of words before the parenthesis whose initials are the letters.
        for first in range(len(words) - 1, -1, -1):
            run = words[first:]
            if run[0].group()[0].lower() == letters[0] and _has_initials(
                [word.group().lower() for word in run], letters
            ):
                found.append((text[run[0].start() : run[-1].end()], short))
                break
    return found


def _has_initials(words: Sequence[str], letters: str) -> bool:
    """Return whether *letters* are the initials of *words*, with or without function words."""
    at = 0
    for word in words:
        if at < len(letters) and word[0] == letters[at]:
            at += 1
        elif word not in _FUNCTION:
            return False
    return at == len(letters)

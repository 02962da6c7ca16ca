"""Inflected forms of the verbs and adjectives of a glossary, so that they are found in running text.

A form ends where UniDic divides a word from its auxiliaries, so a few forms cover all: 結ん is found in
結んだ, 結んで and 結んでいた. A form that no text contains does no harm, so a verb whose class is in doubt
has those of both classes.

    結ぶ → 結ば 結び 結べ 結ぼう 結ん 結べる …    conclude → concludes concluded concluding
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from alliance_ref.records.values import Lang

_GODAN = {
    "う": "わいうえおっ",
    "く": "かきくけこい",
    "ぐ": "がぎぐげごい",
    "す": "さしすせそし",
    "つ": "たちつてとっ",
    "ぬ": "なにぬねのん",
    "ぶ": "ばびぶべぼん",
    "む": "まみむめもん",
    "る": "らりるれろっ",
}
"""The vowel changes of a verb by its last kana, and the sound change before た and て."""

_SURU = "し する すれ せ せよ しろ しよ しよう さ でき できる 出来 出来る いたし いたす".split()
_ZURU = "じ ずる ずれ じる じれ ぜ ぜよ じろ じよう".split()
_KURU = "来 来る 来れ 来い 来よう".split()
_ICHIDAN = ("", "る", "れ", "ろ", "よ", "よう")
_ADJECTIVE = ("い", "く", "かっ", "けれ", "かろ", "かろう", "さ", "そう", "すぎ", "すぎる", "過ぎ", "過ぎる")
_ICHIDAN_KANJI = frozenset("見着得出寝似煮経射鋳干診観看視居率試顧省避述兼述耐備")
"""Kanji directly before る in verbs of one row: 見る, 得る."""

_I_ROW, _E_ROW = frozenset("いきぎしじちにびみり"), frozenset("えけげせぜてでねべめれ")
_HAS_STEM = re.compile("[\u3005\u3400-\u9fff]|^[ぁ-ん]{2}")
_VERB = re.compile("[うくぐすつぬぶむる]$")
_NA_ADJECTIVE = re.compile("[\u3400-\u9fff]{2}[なだ]$")  # 重要な
_OKURIGANA_INSIDE = re.compile(
    "(?<=[\u3005\u3400-\u9fff])[いきぎしちにびみりえけげせてねべめれ]{1,2}(?=[\u3005\u3400-\u9fff])"
)


@lru_cache(maxsize=1024)
def japanese_forms(word: str) -> tuple[str, ...]:
    """Return the forms of a Japanese verb or adjective in its dictionary form; of other words, none.

    >>> japanese_forms("結ぶ")
    ('結ば', '結び', '結べ', '結ぼう', '結ん', '結べる', '結べれ')
    >>> japanese_forms("同盟")
    ()
    """
    if not _HAS_STEM.search(word):
        return ()
    forms: list[str] = []
    for spelling in dict.fromkeys((word, _OKURIGANA_INSIDE.sub("", word))):
        forms += (spelling, *_forms(spelling))
    return tuple(form for form in dict.fromkeys(forms) if form not in (word, ""))


def _forms(word: str) -> Iterator[str]:
    stem, last = word[:-1], word[-1]
    if word.endswith(("する", "ずる")) and len(word) > 2:
        yield from (f"{word[:-2]}{ending}" for ending in (_SURU if word[-2] == "す" else _ZURU))
    elif word.endswith("来る"):
        yield from (f"{word[:-2]}{ending}" for ending in _KURU)
    elif last == "い" and len(word) > 1:
        yield from (f"{stem}{ending}" for ending in _ADJECTIVE)
        if stem in ("大き", "小さ"):
            yield f"{stem}な"
    elif _NA_ADJECTIVE.search(word):
        yield stem
    elif last == "る" and stem:
        before = stem[-1]
        if before in _ICHIDAN_KANJI or before in _I_ROW or before in _E_ROW:
            yield from (f"{stem}{ending}" for ending in _ICHIDAN)
        if before not in _E_ROW and before not in _ICHIDAN_KANJI:
            yield from _godan(stem, last)
    elif last in _GODAN and stem:
        yield from _godan(stem, last)


def _godan(stem: str, last: str) -> Iterator[str]:
    a, i, _, e, o, before_ta = tuple(_GODAN[last])
    yield from (f"{stem}{ending}" for ending in (a, i, e, f"{o}う", before_ta, f"{e}る", f"{e}れ"))
    if last == "く" and stem.endswith(("行", "い", "ゆ")):
        yield f"{stem}っ"


_IRREGULAR_VERBS = """
arise arose arisen|awake awoke awoken|be am is are was were been being|bear bore borne|beat beaten
become became|begin began begun|bend bent|bid|bind bound|bite bit bitten|bleed bled|blow blew blown
break broke broken|breed bred|bring brought|build built|burst|buy bought|cast|catch caught
choose chose chosen|come came|cost|creep crept|cut|deal dealt|dig dug|do does did done
draw drew drawn|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought
find found|flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten
forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go goes went gone
grind ground|grow grew grown|hang hung|have has had|hear heard|hide hid hidden|hit|hold held|hurt
keep kept|know knew known|lay laid|lead led|learn learnt|leave left|lend lent|let|lie lay lain
light lit|lose lost|make made|mean meant|meet met|pay paid|prove proven|put|quit|read
ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold
send sent|set|shake shook shaken|shed|shoot shot|show shown|shrink shrank shrunk|shut|sing sang sung
sink sank sunk|sit sat|sleep slept|slide slid|speak spoke spoken|spend spent|split|spread
spring sprang sprung|stand stood|steal stole stolen|stick stuck|strike struck stricken
strive strove striven|swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken
teach taught|tear tore torn|tell told|think thought|throw threw thrown|understand understood
wake woke woken|wear wore worn|weave wove woven|win won|wind wound|withdraw withdrew withdrawn
write wrote written
"""
_IRREGULAR = {
    forms[0]: tuple(forms[1:])
    for forms in (line.split() for line in _IRREGULAR_VERBS.replace("\n", "|").split("|"))
    if forms
}
_PREFIXES = ("re", "over", "under", "up", "out", "fore", "mis", "with", "broad", "be", "un", "off", "in")
_DOUBLING = re.compile(r"(?:^|[^aeiou])[aeiou][^aeiouwxy]$|[aeiou]l$")
_ONE_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][^aeiou]*")
_IRREGULAR_ADJECTIVES = {"good": ("better", "best"), "bad": ("worse", "worst"), "far": ("farther", "further")}


@lru_cache(maxsize=1024)
def english_verb_forms(verb: str) -> tuple[str, ...]:
    """Return the forms of an English verb, or of a phrase that begins with one.

    >>> english_verb_forms("deploy"), english_verb_forms("carry out")
    (('deploys', 'deployed', 'deploying'), ('carries out', 'carried out', 'carrying out'))
    >>> english_verb_forms("withdraw")
    ('withdraws', 'withdrew', 'withdrawn', 'withdrawing')
    """
    text = verb.removeprefix("to ")
    word, space, rest = text.partition(" ")
    past = _irregular_past(word)
    if past is None:
        past = tuple(f"{stem}d" if stem.endswith("e") else f"{stem}ed" for stem in _stems(word, "e"))
    gerund = [f"{stem}ing" for stem in _stems(word, "i")]
    forms = (_third_person(word), *past, *gerund)
    whole = [f"{form}{space}{rest}" for form in (*((word,) if text != verb else ()), *forms)]
    return tuple(form for form in dict.fromkeys(whole) if form != verb)


def _irregular_past(word: str) -> tuple[str, ...] | None:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for prefix in _PREFIXES:
        base = word.removeprefix(prefix)
        if base != word and base in _IRREGULAR:
            return tuple(f"{prefix}{form}" for form in _IRREGULAR[base])
    return None


def _third_person(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "o", "u"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{word}s"


def _stems(word: str, vowel: str) -> tuple[str, ...]:
    """Return the stem before an ending that begins with *vowel*, in both spellings if the stress decides."""
    if vowel == "i" and word.endswith("ie"):
        return (f"{word[:-2]}y",)
    if word.endswith("e"):
        keep = vowel == "e" or word.endswith(("ee", "oe", "ye"))
        return (word if keep else word[:-1],)
    if word.endswith("y") and vowel == "e" and word[-2:-1] not in ("a", "e", "o", "u"):
        return (f"{word[:-1]}i",)
    if _DOUBLING.search(word):
        doubled = f"{word}{word[-1]}"
        return (doubled,) if _ONE_SYLLABLE.fullmatch(word) and word[-1] != "l" else (word, doubled)
    return (word,)


def english_adjective_forms(adjective: str) -> tuple[str, ...]:
    """Return the comparative and superlative of an English adjective of one word.

    >>> english_adjective_forms("large"), english_adjective_forms("heavy")
    (('larger', 'largest'), ('heavier', 'heaviest'))
    """
    if adjective in _IRREGULAR_ADJECTIVES:
        return _IRREGULAR_ADJECTIVES[adjective]
    stem = _stems(adjective, "e")[-1].removesuffix("e")
    return f"{stem}er", f"{stem}est"


def forms_of(
    text: str, lang: Lang, counterparts: Collection[str] = (), part_of_speech: str = ""
) -> Iterable[str]:
    """Return the inflected forms of a term.

    A Japanese verb or adjective is recognized by its ending, an English one by its Japanese counterparts or
    its part of speech.

    Args:
        text: The term.
        lang: The language of the term.
        counterparts: The terms of the same concept in the other language.
        part_of_speech: The part of speech, if it is known.

    >>> list(forms_of("reduce", "en", ["削減する"]))
    ['reduces', 'reduced', 'reducing']
    >>> list(forms_of("reduction", "en", ["削減"]))
    []
    """
    if lang == "ja":
        return japanese_forms(text)
    if not text[:1].islower() or not re.fullmatch(r"[a-z][a-z ’'-]*", text):
        return ()
    if part_of_speech.casefold() == "verb" or any(_is_verb(other) for other in counterparts):
        return english_verb_forms(text)
    is_adjective = part_of_speech.casefold() == "adjective" or any(map(_is_adjective, counterparts))
    return english_adjective_forms(text) if is_adjective and " " not in text else ()


def _is_verb(word: str) -> bool:
    return len(word) > 1 and _VERB.search(word) is not None and _HAS_STEM.search(word) is not None


def _is_adjective(word: str) -> bool:
    ends = word.endswith("い") or _NA_ADJECTIVE.search(word) is not None
    return len(word) > 1 and ends and _HAS_STEM.search(word) is not None

"""The figures of English text: digits, words, dates, fractions, Roman numerals."""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from alliance_ref.text.numerals import spelled_out
from alliance_ref.text.quantities import Figure, Kind, values, years

_MONTH_NAMES = "january february march april may june july august september october november december".split()
_MONTH = "(?P<month>" + "|".join(f"{name}|{name[:3]}" for name in _MONTH_NAMES) + r"|sept)\b\.?"
_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {**_SCALES, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "k": 1000}
_WORD = "|".join([*_TENS, *_UNITS, *_ORDINALS, "zero", *_SCALES])
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NEXT_DAY = r"(?:\s*(?:[-–—/]|and|to)\s*(?P<day2>\d{1,2})(?:st|nd|rd|th)?)?"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = rf"(?:[ -]?(?P<scale>{'|'.join(sorted(_SHORT_SCALES, key=len, reverse=True))})\b)"

_LOOSE = {
    "once": (1,), "twice": (2,), "thrice": (3,), "double": (2,), "doubled": (2,), "doubling": (2,),
    "doubles": (2,), "twofold": (2,), "triple": (3,), "tripled": (3,), "threefold": (3,), "tripling": (3,),
    "both": (2,), "pair": (2,), "couple": (2,), "dual": (2,), "twin": (2,), "either": (2,), "neither": (2,),
    "bilateral": (2,), "trilateral": (3,), "quadrilateral": (4,), "six-party": (6,), "trio": (3,),
    "half": (Fraction(1, 2), 50, 6), "halves": (2, Fraction(1, 2)), "quarters": (4, Fraction(1, 4)),
    "quarter": (Fraction(1, 4), 25, 3, 4), "halved": (Fraction(1, 2), 50), "halving": (Fraction(1, 2), 50),
    "decade": (10,), "decades": (10,), "century": (100,), "centuries": (100,),
    "half-century": (50,), "dozen": (12,), "dozens": (12,), "fortnight": (14, 2), "noon": (12,),
    "midnight": (0, 12, 24), "single": (1,), "sole": (1,), "unique": (1,), "monthly": (1,), "weekly": (1,),
    "duplicate": (2,), "triplicate": (3,), "nil": (0,), "none": (0,), "unanimous": (1,), "another": (1,),
}  # fmt: skip

_FIGURE = re.compile(
    rf"(?P<date>\b(?:{_DAY}{_NEXT_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}})\b)?"
    rf"|{_MONTH.replace('month', 'month2')}\s+{_DAY.replace('day', 'day3')}\b"
    rf"{_NEXT_DAY.replace('day2', 'day4')}"
    r"(?![\d%])(?:,?\s+(?P<year2>\d{4})\b)?"
    rf"|{_MONTH.replace('month', 'month3')}(?:,?\s+(?:of\s+)?(?P<year3>\d{{4}})\b)?))"
    r"|(?P<iso>\b(?P<iso_year>\d{4})[-/](?P<iso_month>\d{1,2})[-/](?P<iso_day>\d{1,2})\b)"
    r"|\b(?:FY|fiscal\s+year|fiscal)\s?(?P<fiscal>\d{4}|\d{2})\b"
    r"|(?P<decade>\b\d{3}0|['’]\d0)['’]?s\b"
    r"|['’](?P<apostrophe>\d\d)\b"
    r"|\b(?P<span>1[5-9]\d\d|20\d\d)[-–—/](?P<span_end>\d{4}|\d{2})\b(?!\s*(?:percent|%))"
    r"|(?<![\w.,])(?P<alone>1[5-9]\d\d|20\d\d)\b"
    r"(?![.,]\d|\s*(?:percent|%|million|billion|trillion|thousand|hundred))"
    rf"|(?P<slash>(?<![\d/])\d{{1,2}}/\d{{1,2}}(?![\d/]))"
    r"|\b(?P<hour>\d{1,2})(?P<minute>[:.]\d\d)?\s*(?P<half>[ap])\.?m\b\.?"
    rf"|(?P<digits>{_DIGITS})(?P<ordinal>st|nd|rd|th)?{_SCALE}?"
    r"|\b(?P<fraction>(?:one|two|three|four|five|six|seven|eight|nine|an?)[ -]"
    r"(?:(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|quarter)s?|hal(?:f|ves))\b)"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:[ -]| and )(?:{_WORD}))*)(?P<plural>s)?\b"
    rf"|\b(?P<loose>{'|'.join(sorted(_LOOSE, key=len, reverse=True))})\b"
    r"|\b(?P<roman>(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{1,3}))\b",
    re.IGNORECASE,
)
_DENOMINATORS = {"half": 2, "halve": 2, "third": 3, "quarter": 4} | {
    word: number for number, word in enumerate(_ORDINALS, 1) if number > 2
}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_RANGE = re.compile(rf"\s*(?:-|–|—|to|or|and)\s*(?:about\s+|\$|¥)?(?:{_DIGITS}){_SCALE}", re.IGNORECASE)
_TIMES_OF = {"decade": 10, "dozen": 12, "score": 20, "centur": 100}
_TIMES = re.compile(r"[ -](decade|dozen|score|centur)", re.IGNORECASE)
_LONGEST = 40  # digits and commas of what is a number and no key
_ALSO_MEASURES = frozenset("mk")
_MAY_BE_A_WORD = frozenset(("may", "march", "mar", "jun", "dec", "sep", "jan"))
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|by|from|to|until|last|this|early|late|mid)[\s-]+$", re.IGNORECASE
)


def english_figures(text: str) -> tuple[Figure, ...]:
    """The figures of English *text*, in order.

    >>> [(f.kind, *map(int, f.values)) for f in english_figures("On 11 July 2006 some 1.5 million left.")]
    [('day', 11), ('month', 7), ('year', 2006), ('number', 1500000)]
    """
    return tuple(figure for found in _FIGURE.finditer(text) for figure in _figures(text, found))


def _figures(text: str, found: re.Match[str]) -> Iterator[Figure]:
    for name, read in _READERS.items():
        if found[name] is not None:
            yield from read(text, found)
            return


def _date(text: str, found: re.Match[str]) -> Iterator[Figure]:
    month = found["month"] or found["month2"] or found["month3"]
    days = [day for name in ("day", "day2", "day3", "day4") if (day := found[name])]
    year = found["year"] or found["year2"] or found["year3"]
    is_month = month[0].isupper() and _BEFORE_MONTH.search(text, max(0, found.start() - 9), found.start())
    if not days and not year and month.lower() in _MAY_BE_A_WORD and not is_month:
        return
    if any(int(day) > 31 for day in days):
        return
    start, end = found.span()
    for day in days:
        yield Figure(start, end, "day", values(int(day)))
    number = next(place for place, name in enumerate(_MONTH_NAMES, 1) if name.startswith(month[:3].lower()))
    yield Figure(start, end, "month", values(number))
    if year:
        yield Figure(start, end, "year", values(int(year)))


def _iso(_: str, found: re.Match[str]) -> Iterator[Figure]:
    kinds: tuple[tuple[str, Kind], ...] = (("iso_year", "year"), ("iso_month", "month"), ("iso_day", "day"))
    for name, kind in kinds:
        yield Figure(*found.span(), kind, values(int(found[name])))


def _span(_: str, found: re.Match[str]) -> Iterator[Figure]:
    first, last = found["span"], found["span_end"]
    yield Figure(*found.span(), "year", values(int(first)))
    yield Figure(*found.span(), "year", values(int(last), int(first[: 4 - len(last)] + last)))


def _slash(_: str, found: re.Match[str]) -> Iterator[Figure]:
    above, below = map(int, found["slash"].split("/"))
    if below and above < below:
        yield Figure(*found.span(), "number", values(above, Fraction(above, below)))
    else:
        yield Figure(*found.span(), "number", values(above))
    yield Figure(*found.span(), "number", values(below), firm=False, counted=False)


def _hour(_: str, found: re.Match[str]) -> Iterator[Figure]:
    hour = int(found["hour"])
    yield Figure(*found.span(), "number", values(hour, hour + 12, hour % 12))
    if found["minute"] and int(found["minute"][1:]):
        yield Figure(*found.span(), "number", values(int(found["minute"][1:])))


def _digits(text: str, found: re.Match[str]) -> Iterator[Figure]:
    if len(found["digits"]) > _LONGEST:
        return
    number = Fraction(found["digits"].replace(",", ""))
    scale = (found["scale"] or "").lower()
    start, end = found.span()
    if scale in _ALSO_MEASURES:  # 1,600 m may be meters
        yield Figure(start, end, "number", values(number, number * _SHORT_SCALES[scale]))
        return
    if scale:
        yield Figure(start, end, "number", values(number * _SHORT_SCALES[scale]))
        return
    readings = [number]
    if ahead := _RANGE.match(text, end):
        readings.append(number * _SHORT_SCALES[ahead["scale"].lower()])
    if text[end : end + 12].lstrip(" -").lower().startswith(("percent", "%", "per cent")):
        readings += [number / 100, number / 10]
    yield Figure(start, end, "number", values(*readings), firm=number != 1 or bool(found["ordinal"]) is False)


def _fraction(_: str, found: re.Match[str]) -> Iterator[Figure]:
    above, below = re.split("[ -]", found["fraction"].lower())
    number = 1 if above in ("a", "an") else _UNITS.index(above) + 1
    share = Fraction(number, _DENOMINATORS[below.removesuffix("s")])
    firm = share != Fraction(1, 2) and above not in ("a", "an")
    loose = values(share, share * 100, number, share.denominator)
    yield Figure(*found.span(), "number", loose, firm=firm)


def _words(text: str, found: re.Match[str]) -> Iterator[Figure]:
    words = found["words"].lower()
    if words == "second" and found["plural"]:
        return
    parts = re.split(r"[ -]", words)
    if all(part in _SCALES for part in parts):
        yield Figure(*found.span(), "number", values(spelled_out(words)), firm=False, counted=False)
        return
    number = spelled_out(words)
    small = [_value(part) for part in parts if part in _UNITS or part in _ORDINALS]
    if len(small) > 1 and number <= 40:  # "two or three", "one, two": read on their own
        for one in small:
            yield Figure(*found.span(), "number", values(one), firm=False)
        return
    readings = [number]
    if times := _TIMES.match(text, found.end()):
        readings.append(number * _TIMES_OF[times[1].lower()])
    yield Figure(*found.span(), "number", values(*readings), firm=number > 10, counted=number > 1)


def _value(word: str) -> int:
    return (_UNITS.index(word) if word in _UNITS else _ORDINALS.index(word)) + 1


def _loose(_: str, found: re.Match[str]) -> Iterator[Figure]:
    word = found["loose"].lower()
    yield Figure(*found.span(), "number", values(*_LOOSE[word]), firm=False, counted=word.endswith("lateral"))


def _roman(_: str, found: re.Match[str]) -> Iterator[Figure]:
    letters = found["roman"]
    if not letters.isupper():
        return
    total = 0
    for letter, after in zip(letters, [*letters[1:], ""], strict=True):
        total += -_ROMAN[letter] if after and _ROMAN[after] > _ROMAN[letter] else _ROMAN[letter]
    yield Figure(*found.span(), "number", values(total), firm=False, counted=letters != "I")


def _decade(_: str, found: re.Match[str]) -> Iterator[Figure]:
    yield Figure(*found.span(), "year", years(found["decade"].lstrip("'’")) | years(found["decade"][-2:]))


def _year(name: str) -> Callable[[str, re.Match[str]], Iterator[Figure]]:
    def read(_: str, found: re.Match[str]) -> Iterator[Figure]:
        yield Figure(*found.span(), "year", years(found[name]))

    return read


_READERS: dict[str, Callable[[str, re.Match[str]], Iterator[Figure]]] = {
    "date": _date,
    "iso": _iso,
    "fiscal": _year("fiscal"),
    "decade": _decade,
    "apostrophe": _year("apostrophe"),
    "span": _span,
    "alone": _year("alone"),
    "slash": _slash,
    "hour": _hour,
    "digits": _digits,
    "fraction": _fraction,
    "words": _words,
    "loose": _loose,
    "roman": _roman,
}

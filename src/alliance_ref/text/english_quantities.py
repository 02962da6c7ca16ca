"""Find the quantities of English text: digits, number words, dates, fractions, Roman numerals."""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from alliance_ref.text.dates_in_text import DateInText, english_dates, without_dates
from alliance_ref.text.numerals import SCALE_WORDS, SCALES, SMALL_NUMBERS, TENS, words_value
from alliance_ref.text.quantities import MAX_NUMBER_LENGTH, Quantity, values, version_key, years

_ADVERBS = frozenset(("once", "twice", "zero"))
_COUNTED_WORDS = tuple(word for word in SMALL_NUMBERS if word not in _ADVERBS)
_WORD = "|".join([*TENS, *_COUNTED_WORDS, "zero", *SCALE_WORDS])
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d,.]|\s?/)|\d+(?:\.\d+)?"
_SCALE = rf"(?:[ -]?(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})\b)"

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
"""Words that imply a number; a translation may leave the number out."""

_QUANTITY = re.compile(
    r"(?=[0-9'’]|(?<!\w)[a-z])(?:"  # every alternative begins like this; most places are rejected at once
    r"\b(?:FY|fiscal\s+year|fiscal)\s?(?P<fiscal>\d{4}|\d{2})\b"
    r"|(?P<decade>\b\d{3}0|['’]\d0)['’]?s\b"
    r"|['’](?P<apostrophe>\d\d)\b"
    r"|\b(?P<span>1[5-9]\d\d|20\d\d)[-–—/](?P<span_end>\d{4}|\d{2})\b(?!\s*(?:percent|%))"
    r"|(?<![\w.,])(?P<alone>1[5-9]\d\d|20\d\d)\b"
    r"(?![.,]\d|\s*(?:percent|%|million|billion|trillion|thousand|hundred))"
    r"|(?P<slash>(?<![\d/])\d{1,2}/\d{1,2}(?![\d/]))"
    r"|\b(?P<hour>\d{1,2})(?P<minute>[:.]\d\d)?\s*(?P<half>[ap])\.?m\b\.?"
    r"|(?P<version>(?<![\d.])\d+(?:\.\d+){2,8}(?!\d))"
    rf"|(?P<mixed>\b(?:{_DIGITS}|an?|(?:{_WORD}))(?:[ -](?P<mixed_unit>years?|months?|weeks?|days?"
    rf"|hours?|minutes?"
    r"|decades?|centur(?:y|ies)|miles?))? and (?:a|one)[ -](?P<part>half|quarter))"
    r"(?:[ -](?P<mixed_scale>thousand|million|billion|trillion)\b)?"
    r"|\b(?P<tens>twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b"
    rf"|(?P<digits>{_DIGITS})(?P<ordinal>st|nd|rd|th)?{_SCALE}?"
    r"|\b(?P<fraction>(?:one|two|three|four|five|six|seven|eight|nine|an?)[ -]"
    r"(?:(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|quarter)s?|hal(?:f|ves))\b)"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:[ -]| and )(?:{_WORD}))*)(?P<plural>s)?\b"
    rf"|\b(?P<loose>{'|'.join(sorted(_LOOSE, key=len, reverse=True))})\b"
    r"|\b(?P<roman>(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{1,3}))\b)",
    re.IGNORECASE | re.ASCII,
)
_DENOMINATORS = {"half": 2, "halve": 2, "quarter": 4} | {
    word: number for word, number in SMALL_NUMBERS.items() if word.endswith("th") or word == "third"
}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_RANGE = re.compile(
    rf"\s*(?:-|–|—|to|or|and)\s*(?:about\s+|\$|¥)?(?:{_DIGITS}){_SCALE}", re.IGNORECASE | re.ASCII
)
_TIMES_OF = {"decade": 10, "dozen": 12, "score": 20, "centur": 100}
_TIMES = re.compile(r"[ -](decade|dozen|score|centur)", re.IGNORECASE | re.ASCII)
_ALSO_MEASURES = frozenset("mk")
"""Abbreviations of scales that are also units: 1,600 m may be meters."""

_OUT_OF = re.compile(
    r" (?:in|out of|of every)(?: every)? (two|three|four|five|six|seven|eight|nine|ten|[2-9]|10|100)\b"
    r"(?! (?:years|months|days|hours|minutes|weeks|million|billion|thousand))",
    re.IGNORECASE | re.ASCII,
)
_VERSION_BEFORE = re.compile(
    r"(?:\b(?!(?:About|Some|In|Only|At|By|From|To|The|Over|Nearly|Around|Up|Down|And|Or|Of|A|An|It|Just|Almost)\b)"
    r"[A-Z][A-Za-z+#]{1,30}|\b(?:v|ver\.|version|versions|section|sections|chapter|table|figure|release|sec\.|article"
    r"|paragraph|part|step|PEP)|§)\s?$"
)
"""The text before a decimal number that is a version or section number."""

_VERSION_WINDOW = 40
"""Number of characters before a decimal number in which such text is searched."""

_MEASURE_AFTER = re.compile(
    r"\s?(?:percent|per cent|%|million|billion|trillion|thousand|km|kg|meters?|miles?|points?)"
)
_MAX_ALTERNATIVE = 40
"""Largest sum of small numbers that are read one by one: two or three."""

_MIN_FIRM_WORD = 11
"""Smallest number in words that a translation must keep; *one* to *ten* depend on the grammar."""


def english_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of English *text* in order; the parts of a date share the span of the date.

    >>> [(q.kind, *map(int, q.values)) for q in english_quantities("On 11 July 2006 some 1.5 million left.")]
    [('day', 11), ('month', 7), ('year', 2006), ('number', 1500000)]
    """
    dates = tuple(english_dates(text))
    found = [quantity for date in dates for quantity in _date(date)]
    rest = without_dates(text, dates)
    found += [quantity for match in _QUANTITY.finditer(rest) for quantity in _quantities(rest, match)]
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _quantities(text: str, found: re.Match[str]) -> Iterator[Quantity]:
    for name, read in _READERS.items():
        if found[name] is not None:
            yield from read(text, found)
            return


def _date(date: DateInText) -> Iterator[Quantity]:
    for day in date.days:
        yield Quantity(date.start, date.end, "day", values(day))
    if date.month is not None:
        yield Quantity(date.start, date.end, "month", values(date.month))
    if date.year is not None:
        counted = () if date.era_count is None else (date.era_count,)
        yield Quantity(date.start, date.end, "year", values(date.year, *counted))


def _span(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    first, last = found["span"], found["span_end"]
    yield Quantity(*found.span(), "year", values(int(first)))
    yield Quantity(*found.span(), "year", values(int(last), int(first[: 4 - len(last)] + last)))


def _slash(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    above, below = map(int, found["slash"].split("/"))
    if below and above < below:
        yield Quantity(*found.span(), "number", values(above, Fraction(above, below)))
    else:
        yield Quantity(*found.span(), "number", values(above))
    yield Quantity(*found.span(), "number", values(below), firm=False, counted=False)


def _hour(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    hour = int(found["hour"])
    yield Quantity(*found.span(), "number", values(hour, hour + 12, hour % 12))
    if found["minute"] and int(found["minute"][1:]):
        yield Quantity(*found.span(), "number", values(int(found["minute"][1:])))


def _digits(text: str, found: re.Match[str]) -> Iterator[Quantity]:
    if len(found["digits"]) > MAX_NUMBER_LENGTH:
        return
    written = found["digits"].replace(",", "").replace(" ", "")
    number = Fraction(written)
    scale = (found["scale"] or "").lower()
    start, end = found.span()
    if scale in _ALSO_MEASURES:
        yield Quantity(start, end, "number", values(number, number * SCALES[scale]))
        return
    if scale:
        yield Quantity(start, end, "number", values(number * SCALES[scale]))
        return
    readings = [number]
    if ahead := _RANGE.match(text, end):
        readings.append(number * SCALES[ahead["scale"].lower()])
    if "." in written:
        if _VERSION_BEFORE.search(text, max(0, start - _VERSION_WINDOW), start) and not _MEASURE_AFTER.match(
            text, end
        ):
            readings.clear()
        readings.append(version_key(written))
    readings += _shares(text, end, number)
    yield Quantity(
        start, end, "number", values(*readings), firm=number != 1 or bool(found["ordinal"]) is False
    )


def _shares(text: str, end: int, number: Fraction) -> list[Fraction]:
    """Return the share and the percentage of a number that counts a part: *three in ten*, *2 out of 5*."""
    found = _OUT_OF.match(text, end)
    if found is None:
        return []
    whole = int(found[1]) if found[1].isdigit() else SMALL_NUMBERS[found[1].lower()]
    return [number / whole, number / whole * 100] if number < whole else []


def _version(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(*found.span(), "number", values(version_key(found["version"])))


def _mixed(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    words = found["mixed"].lower()
    unit = found["mixed_unit"] or ""
    first = re.split(r"[ -]", words)[0].replace(",", "")
    number = Fraction(first) if first[0].isdigit() else Fraction(words_value(first) or 1)
    number += Fraction(1, 2) if found["part"].lower() == "half" else Fraction(1, 4)
    if scale := found["mixed_scale"]:
        number *= SCALES[scale.lower()]
    yield Quantity(*found.span(), "number", values(number), unit=unit.lower())


def _ages(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    ten = TENS[next(word for word in TENS if word.startswith(found["tens"].lower()))]
    yield Quantity(*found.span(), "number", values(ten, 1900 + ten, 1800 + ten), firm=False)


def _fraction(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    above, below = re.split("[ -]", found["fraction"].lower())
    number = SMALL_NUMBERS.get(above, 1)
    share = Fraction(number, _DENOMINATORS[below.removesuffix("s")])
    firm = share != Fraction(1, 2) and above not in ("a", "an")
    loose = values(share, share * 100, number, share.denominator)
    yield Quantity(*found.span(), "number", loose, firm=firm)


def _words(text: str, found: re.Match[str]) -> Iterator[Quantity]:
    words = found["words"].lower()
    if words == "second" and found["plural"]:
        return
    parts = re.split(r"[ -]", words)
    if all(part in SCALE_WORDS for part in parts):
        yield Quantity(*found.span(), "number", values(words_value(words)), firm=False, counted=False)
        return
    number = words_value(words)
    small = [SMALL_NUMBERS[part] for part in parts if part in _COUNTED_WORDS and part not in TENS]
    if len(small) > 1 and number <= _MAX_ALTERNATIVE:
        for one in small:
            yield Quantity(*found.span(), "number", values(one), firm=False)
        return
    readings: list[Fraction] = [Fraction(number), *_shares(text, found.end(), Fraction(number))]
    if times := _TIMES.match(text, found.end()):
        readings.append(Fraction(number) * _TIMES_OF[times[1].lower()])
    yield Quantity(
        *found.span(), "number", values(*readings), firm=number >= _MIN_FIRM_WORD, counted=number > 1
    )


def _loose(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    word = found["loose"].lower()
    yield Quantity(
        *found.span(), "number", values(*_LOOSE[word]), firm=False, counted=word.endswith("lateral")
    )


def _roman(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    letters = found["roman"]
    if not letters.isupper():
        return
    total = 0
    for letter, after in zip(letters, [*letters[1:], ""], strict=True):
        total += -_ROMAN[letter] if after and _ROMAN[after] > _ROMAN[letter] else _ROMAN[letter]
    yield Quantity(*found.span(), "number", values(total), firm=False, counted=letters != "I")


def _decade(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(*found.span(), "year", years(found["decade"].lstrip("'’")) | years(found["decade"][-2:]))


def _year(name: str) -> Callable[[str, re.Match[str]], Iterator[Quantity]]:
    def read(_: str, found: re.Match[str]) -> Iterator[Quantity]:
        yield Quantity(*found.span(), "year", years(found[name]))

    return read


_READERS: dict[str, Callable[[str, re.Match[str]], Iterator[Quantity]]] = {
    "fiscal": _year("fiscal"),
    "decade": _decade,
    "apostrophe": _year("apostrophe"),
    "span": _span,
    "alone": _year("alone"),
    "slash": _slash,
    "hour": _hour,
    "version": _version,
    "mixed": _mixed,
    "tens": _ages,
    "digits": _digits,
    "fraction": _fraction,
    "words": _words,
    "loose": _loose,
    "roman": _roman,
}

"""Find the quantities of Japanese text: digits, kanji numerals, 万 and 億, dates, 割, fractions."""

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import attrs

from alliance_ref.text.dates_in_text import DateInText, japanese_dates, without_dates
from alliance_ref.text.numerals import KANJI_SCALES, exact_value, number_value
from alliance_ref.text.quantities import MAX_NUMBER_LENGTH, Quantity, values, version_key, years
from alliance_ref.text.scripts import TO_ASCII_DIGITS

_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十〇]{1,3})"
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[十百千万億兆]+(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[十百千万億]+)*"
    r"(?:\d{1,3}(?:,\d{3})+|\d+)?)?"
    r"|\d{1,3}(?: \d{3})+(?![\d,.])"
    r"|[〇零一二三四五六七八九十百千万億兆]+"
)
_FORMAL = str.maketrans("壱壹弐貳参參肆伍陸漆捌玖拾佰仟萬", "一一二二三三四五六七八九十百千万")
_FORMAL_NUMBER = re.compile("[壱壹弐貳参參肆伍陸漆捌玖拾佰仟萬〇一二三四五六七八九十百千万億兆]{2,}")
_FORMAL_SIGN = re.compile("[壱壹弐貳參拾萬]|参[拾百千万億萬]|[十百千万]参")
_LARGE = re.compile(r"(?<=[\d一二三四五六七八九十百千])京(?![都浜阪葉王成急師橋])")
_QUANTITY = re.compile(
    r"(?P<not>一[般部方種層緒応番定切致体連旦同貫環式端帯]|[統唯単均第万]一(?![一-九十百千])|十分|万全|千葉|三菱|三沢|九州|(?<!第)四国"
    r"|八重山|百貨|八百屋|五百旗頭|千歳|百里|五輪|万国|千差万別|二の次|[数何幾][十百千万億兆]+|十数[万千億]?|一昨|八方|六本木)"
    r"|(?P<decade>\d{2,4}0|\d0|[一二三四五六七八九〇]{3}〇|[一二三四五六七八九]〇)年代"
    r"|(?P<year>\d{4}|[一二][〇一二三四五六七八九]{3})(?=\s?年|[~～〜\-–][^年。]{1,6}年|[/・、]\d{2,4}年)"
    r"|['’](?P<apostrophe>\d\d)(?=年)"
    r"|(?<!\d)(?P<short>\d{2}|[一二三四五六七八九〇]{2})(?=年(?!間|前|後|以上|来|余|近|ぶり|超|目|ほど|もの|半|物))"
    rf"|(?<![\d一二三四五六七八九十])(?P<month>{_SMALL})\s?月(?!間|曜|面)"
    rf"|(?<![\d一二三四五六七八九十])(?P<day>{_SMALL})\s?日(?!間|本|米|中|韓|朝|目|連続)"
    r"|(?P<attack>9[.・]11)(?=テロ|事件|同時|攻撃|以[後降])"
    r"|(?P<below>\d+|[一二三四五六七八九十百]+)分の(?P<above>\d+|[一二三四五六七八九十百]+)"
    r"|(?P<tenths>\d+(?:\.\d+)?|[一二三四五六七八九])割(?:(?P<rest>\d|[一二三四五六七八九])分)?"
    r"|(?P<noon>午前|午後|正午|夜|深夜|未明|早朝|夕方)(?P<hour>\d{1,2}|[一二三四五六七八九十]{1,3})?(?P<at>時)?"
    r"|(?P<decimal>[〇一二三四五六七八九]{1,3}[・．][〇一二三四五六七八九]{1,4}|[〇一二三四五六七八九十百千]{1,8}点[〇一二三四五六七八九]{1,4})"
    r"(?P<decimal_scale>[万億兆]?)(?=[%万億兆倍度割人円年年次歳トド号番秒平立]|パーセント|ポイント|キロ|メートル|ドル|センチ|ミリ|時間|$|[^・一-九])"
    r"|(?P<version>(?<![\d.])\d+(?:\.\d+){2,8}(?!\d))"
    rf"|(?P<mixed>{_NUMBER})(?P<mixed_unit>年|時間|[かカヶヵ]月|週間?|分|日|倍|キロ|世紀)半(?!ば|島|分|数)"
    rf"|(?P<odd>{_NUMBER})余り?(?P<odd_scale>[十百千万億兆]*)(?=[りの人名年日か国隻機件社万億円ドに])"
    r"|(?P<age>\d0|[二三四五六七八九]十)代(?![表金替わ])"
    rf"|(?P<number>{_NUMBER})"
    r"|(?P<loose>半数|半分|半世紀|半年|半減|折半|半ば|過半|半|倍増|倍|両|双方|双|対|ダース|世紀|往復|単独|唯一)"
)
_LOOSE: dict[str, tuple[float | Fraction, ...]] = {
    "半数": (Fraction(1, 2), 50), "半分": (Fraction(1, 2), 50), "半世紀": (50,), "半年": (6, Fraction(1, 2)),
    "半減": (Fraction(1, 2), 50), "折半": (Fraction(1, 2), 50),
    "半ば": (Fraction(1, 2),), "過半": (Fraction(1, 2),),
    "半": (Fraction(1, 2), 30), "倍増": (2,), "倍": (2,), "両": (2,), "双方": (2,), "双": (2,), "対": (2,),
    "ダース": (12,), "世紀": (100,), "往復": (2,), "単独": (1,), "唯一": (1,),
}  # fmt: skip
_COUNTER = re.compile(
    "つ|人|名|国|カ国|か国|ヶ国|ヵ国|隻|機|個|回|度|点|年|日|か所|カ所|ヶ所|箇所|件|隊|基|番|段階|者|条|項|章|部隊"
    "|か月|カ月|ヶ月|週|時間|分|秒|台|本|冊|枚|両|発|社|校|県|市|町|村|軍|師団|旅団|海兵|飛行|期|種|類|世紀|倍|%|割|円|ドル"
)
_RANGE = re.compile(r"[~～〜\-–―](?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<scale>[十百千万億兆]+)")
_PLAIN_DECIMAL = re.compile(r"\d+\.\d+")
_VERSION_BEFORE = re.compile(r"(?:[A-Za-z+#]{2,}\s?|第|バージョン|版|[図表節章§]|項目)$")
_VERSION_AFTER = re.compile(r"\s?(?:[節章版項]|系(?!列))")
_VERSION_WINDOW = 20
"""Number of characters before a decimal number in which the name of a program or section is searched."""

_UNITS_BEFORE_HALF = {
    "年": "year", "時": "hour", "週": "week", "分": "minute", "日": "day", "世": "century", "キ": "kilometer",
    "か": "month", "カ": "month", "ヶ": "month", "ヵ": "month",
}  # fmt: skip
_DIGITS = frozenset("二三四五六七八九")


def japanese_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of Japanese *text* in order; the parts of a date share the span of the date.

    >>> [(q.kind, *sorted(map(int, q.values))) for q in japanese_quantities("平成18年７月十一日、150万人")]
    [('year', 18, 2006), ('month', 7), ('day', 11), ('number', 1500000)]
    """
    folded = _folded(text)
    # A Western year without a month may be a part of a range of years, which the patterns below read.
    dates = tuple(date for date in japanese_dates(folded) if date.month is not None or date.era)
    found = [quantity for date in dates for quantity in _date(date)]
    rest = without_dates(folded, dates)
    for match in _QUANTITY.finditer(rest):
        read = list(_quantities(rest, match))
        if match["short"] and (first_year := _year_before_era(dates, match.start())):
            more = values(first_year + _number_of(match["short"]))  # 平成17年度から21年度まで
            read = [attrs.evolve(quantity, values=quantity.values | more) for quantity in read]
        found += read
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _folded(text: str) -> str:
    """Return *text* with ASCII digits, and 壱, 弐 and 拾 as ordinary numerals, at the same offsets."""
    folded = text.translate(TO_ASCII_DIGITS)
    if _FORMAL_SIGN.search(folded):
        folded = _FORMAL_NUMBER.sub(
            lambda found: (
                found.group().translate(_FORMAL) if _FORMAL_SIGN.search(found.group()) else found.group()
            ),
            folded,
        )
    return folded


def _year_before_era(dates: Sequence[DateInText], end: int) -> int | None:
    """Return the year before the first year of the last era that is named before *end*."""
    eras = [date.year - date.era_count for date in dates if date.end <= end and date.year and date.era_count]
    return eras[-1] if eras else None


def _quantities(text: str, found: re.Match[str]) -> Iterator[Quantity]:
    for name, read in _READERS.items():
        if found[name] is not None:
            yield from read(text, found)
            return


def _date(date: DateInText) -> Iterator[Quantity]:
    if date.year is not None:
        counted = () if date.era_count is None else (date.era_count,)
        yield Quantity(date.start, date.end, "year", values(date.year, *counted))
    if date.month is not None:
        yield Quantity(date.start, date.end, "month", values(date.month))
    for day in date.days:
        yield Quantity(date.start, date.end, "day", values(day), firm=day != 1)


def _number_of(text: str) -> int:
    return int(number_value(text))


def _decade(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    year = str(_number_of(found["decade"]))
    yield Quantity(*found.span(), "year", years(year) | years(year[-2:]))


def _year(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    digits = found["year"] or found["apostrophe"] or found["short"]
    year = str(_number_of(digits)).zfill(2)
    firm = not (found["short"] and not found["short"].isascii())
    yield Quantity(*found.span(), "year", years(year), firm=firm)


def _month(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    number = _number_of(found["month"])
    if 1 <= number <= 12:
        yield Quantity(*found.span(), "month", values(number))


def _day(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    number = _number_of(found["day"])
    yield Quantity(*found.span(), "day", values(number), firm=found["day"] not in ("一", "1"))


def _attack(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(*found.span(), "month", values(9))
    yield Quantity(*found.span(), "day", values(11))


def _fraction(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    below, above = _number_of(found["below"]), _number_of(found["above"])
    if below:
        share = Fraction(above, below)
        yield Quantity(*found.span(), "number", values(share, share * 100, above))


def _tenths(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    tenths = Fraction(str(number_value(found["tenths"])))
    tenths += Fraction(_number_of(found["rest"]), 10) if found["rest"] else 0
    yield Quantity(*found.span(), "number", values(tenths * 10, tenths / 10))


def _noon(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    if found["noon"] == "正午":
        yield Quantity(*found.span(), "number", values(12), firm=False, counted=False)
    elif found["hour"] and found["at"]:
        hour = _number_of(found["hour"])
        yield Quantity(*found.span(), "number", values(hour, hour + 12, hour % 12))
    elif found["hour"]:
        yield Quantity(*found.span(), "number", values(_number_of(found["hour"])), firm=False)


def _number(text: str, found: re.Match[str]) -> Iterator[Quantity]:
    written = found["number"]
    start, end = found.span()
    if len(written) > MAX_NUMBER_LENGTH:
        return
    written = written.replace(" ", "")
    number = exact_value(written)
    if large := _LARGE.match(text, end):
        end = large.end()
        number *= KANJI_SCALES["京"]
    has_digits = bool(re.search(r"\d", written))
    readings = [number]
    if _PLAIN_DECIMAL.fullmatch(written):
        if _VERSION_BEFORE.search(text[max(0, start - _VERSION_WINDOW) : start]) or _VERSION_AFTER.match(
            text, end
        ):
            readings.clear()
        readings.append(version_key(written))
    if text[end : end + 1] == "時":
        readings += [number % 12] if number else []
    elif has_digits and (ahead := _RANGE.match(text, end)):
        scale = 1
        for letter in ahead["scale"]:
            scale *= KANJI_SCALES[letter]
        readings.append(number * scale)
    scales_alone = all(letter in "十百千万億兆" for letter in written)
    firm = number != 1 and (has_digits or (len(written) > 1 and not scales_alone))
    if not has_digits and re.fullmatch("[一二三四五六七八九]{2}", written):  # 二、三人 written 二三人
        firm = False
    counted = bool(_COUNTER.match(text, end)) or text[start - 1 : start] == "第"
    if text.startswith("進", end):  # 16進数 is hexadecimal
        firm = counted = False
    if counted and written in _DIGITS and text[start - 1 : start] != "第":
        firm = True
    yield Quantity(start, end, "number", values(*readings), firm=firm, counted=counted)


def _decimal(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    whole, part = re.split("[・．点]", found["decimal"])
    number = exact_value(whole) + exact_value(part) / 10 ** len(part)
    if found["decimal_scale"]:
        number *= KANJI_SCALES[found["decimal_scale"]]
    yield Quantity(*found.span(), "number", values(number))


def _version(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(*found.span(), "number", values(version_key(found["version"])))


def _mixed(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    number = exact_value(found["mixed"].replace(" ", "")) + Fraction(1, 2)
    yield Quantity(
        *found.span(), "number", values(number), unit=_UNITS_BEFORE_HALF.get(found["mixed_unit"][0], "")
    )


def _odd(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    number = exact_value(found["odd"].replace(" ", ""))
    for scale in found["odd_scale"]:
        number *= KANJI_SCALES[scale]
    yield Quantity(*found.span(), "number", values(number))


def _age(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(found.start(), found.end(), "number", values(_number_of(found["age"])))


def _loose(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(*found.span(), "number", values(*_LOOSE[found["loose"]]), firm=False, counted=False)


def _none(_: str, found: re.Match[str]) -> Iterator[Quantity]:
    yield from ()


_READERS: dict[str, Callable[[str, re.Match[str]], Iterator[Quantity]]] = {
    "not": _none,
    "decade": _decade,
    "year": _year,
    "apostrophe": _year,
    "short": _year,
    "month": _month,
    "day": _day,
    "attack": _attack,
    "below": _fraction,
    "tenths": _tenths,
    "noon": _noon,
    "decimal": _decimal,
    "version": _version,
    "mixed": _mixed,
    "odd": _odd,
    "age": _age,
    "number": _number,
    "loose": _loose,
}

"""The figures of Japanese text: digits of any width, kanji numerals, 万 and 億, eras, 割 and fractions."""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

import attrs

from alliance_ref.text.numerals import kanji_value
from alliance_ref.text.quantities import Figure, values, years

_ASCII = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_LETTERS = {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
_KANJI = "〇零一二三四五六七八九十百千万億兆"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十〇]{1,3})"
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[十百千万億兆]+(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[十百千万億]+)*"
    r"(?:\d{1,3}(?:,\d{3})+|\d+)?)?"
    rf"|[{_KANJI}]+"
)
_FIGURE = re.compile(
    r"(?P<not>一[般部方種層緒応番定切致体連旦同貫環式端帯]|[統唯単均第万]一(?![一-九十百千])|十分|万全|千葉|三菱|三沢|九州|(?<!第)四国"
    r"|八重山|百貨|八百屋|五百旗頭|千歳|百里|五輪|万国|千差万別|二の次|[数何幾][十百千万億兆]+|十数[万千億]?|一昨|八方|六本木)"
    rf"|(?P<era>明治|大正|昭和|平成|令和)(?P<era_year>元|{_SMALL})(?:\(\d{{4}}\))?(?=\s?年|\()"
    r"|(?<![A-Za-z0-9])(?P<letter>[MTSHR])(?P<letter_year>\d{1,2})(?=[年.])"
    r"|(?P<iso>(?P<iso_year>\d{4})[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2}))(?!\d)"
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
_LONGEST = 40  # characters of what is a number and no key
_DIGITS = frozenset("二三四五六七八九")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}


def japanese_figures(text: str) -> tuple[Figure, ...]:
    """The figures of Japanese *text*, in order.

    >>> [(f.kind, *sorted(map(int, f.values))) for f in japanese_figures("平成18年７月十一日、150万人")]
    [('year', 18, 2006), ('month', 7), ('day', 11), ('number', 1500000)]
    """
    folded = text.translate(_ASCII)
    figures: list[Figure] = []
    era = None
    for found in _FIGURE.finditer(folded):
        era = found["era"] or era
        read = list(_figures(folded, found))
        if era and found["short"]:  # 平成17年度から21年度まで
            more = values(_ERAS[era] + _number_of(found["short"]))
            read = [attrs.evolve(figure, values=figure.values | more) for figure in read]
        figures += read
    return tuple(figures)


def _figures(text: str, found: re.Match[str]) -> Iterator[Figure]:
    for name, read in _READERS.items():
        if found[name] is not None:
            yield from read(text, found)
            return


def _number_of(text: str) -> int:
    return int(kanji_value(text))


def _era(_: str, found: re.Match[str]) -> Iterator[Figure]:
    if found["era"]:
        year = 1 if found["era_year"] == "元" else _number_of(found["era_year"])
        before = _ERAS[found["era"]]
    else:
        year, before = int(found["letter_year"]), _LETTERS[found["letter"]]
    yield Figure(*found.span(), "year", values(year, before + year))


def _iso(_: str, found: re.Match[str]) -> Iterator[Figure]:
    yield Figure(*found.span(), "year", values(int(found["iso_year"])))
    yield Figure(*found.span(), "month", values(int(found["iso_month"])))
    yield Figure(*found.span(), "day", values(int(found["iso_day"])))


def _decade(_: str, found: re.Match[str]) -> Iterator[Figure]:
    year = str(_number_of(found["decade"]))
    yield Figure(*found.span(), "year", years(year) | years(year[-2:]))


def _year(_: str, found: re.Match[str]) -> Iterator[Figure]:
    digits = found["year"] or found["apostrophe"] or found["short"]
    year = str(_number_of(digits)).zfill(2)
    firm = not (found["short"] and not found["short"].isascii())
    yield Figure(*found.span(), "year", years(year), firm=firm)


def _month(_: str, found: re.Match[str]) -> Iterator[Figure]:
    number = _number_of(found["month"])
    if 1 <= number <= 12:
        yield Figure(*found.span(), "month", values(number))


def _day(_: str, found: re.Match[str]) -> Iterator[Figure]:
    number = _number_of(found["day"])
    yield Figure(*found.span(), "day", values(number), firm=found["day"] not in ("一", "1"))


def _attack(_: str, found: re.Match[str]) -> Iterator[Figure]:
    yield Figure(*found.span(), "month", values(9))
    yield Figure(*found.span(), "day", values(11))


def _fraction(_: str, found: re.Match[str]) -> Iterator[Figure]:
    below, above = _number_of(found["below"]), _number_of(found["above"])
    if below:
        share = Fraction(above, below)
        yield Figure(*found.span(), "number", values(share, share * 100, above))


def _tenths(_: str, found: re.Match[str]) -> Iterator[Figure]:
    tenths = Fraction(str(kanji_value(found["tenths"])))
    tenths += Fraction(_number_of(found["rest"]), 10) if found["rest"] else 0
    yield Figure(*found.span(), "number", values(tenths, tenths * 10, tenths / 10))


def _noon(_: str, found: re.Match[str]) -> Iterator[Figure]:
    if found["noon"] == "正午":
        yield Figure(*found.span(), "number", values(12), firm=False, counted=False)
    elif found["hour"] and found["at"]:
        hour = _number_of(found["hour"])
        yield Figure(*found.span(), "number", values(hour, hour + 12, hour % 12))
    elif found["hour"]:
        yield Figure(*found.span(), "number", values(_number_of(found["hour"])), firm=False)


def _number(text: str, found: re.Match[str]) -> Iterator[Figure]:
    written = found["number"]
    start, end = found.span()
    if len(written) > _LONGEST:
        return
    number = Fraction(str(kanji_value(written)))
    has_digits = bool(re.search(r"\d", written))
    readings = [number]
    if text[end : end + 1] == "%":
        readings += [number / 100, number / 10]
    elif text[end : end + 1] == "時":
        readings += [number % 12] if number else []
    elif has_digits and (ahead := _RANGE.match(text, end)):
        scale = 1
        for letter in ahead["scale"]:
            scale *= _SCALES[letter]
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
    yield Figure(start, end, "number", values(*readings), firm=firm, counted=counted)


def _loose(_: str, found: re.Match[str]) -> Iterator[Figure]:
    yield Figure(*found.span(), "number", values(*_LOOSE[found["loose"]]), firm=False, counted=False)


def _none(_: str, found: re.Match[str]) -> Iterator[Figure]:
    yield from ()


_READERS: dict[str, Callable[[str, re.Match[str]], Iterator[Figure]]] = {
    "not": _none,
    "era": _era,
    "letter": _era,
    "iso": _iso,
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
    "number": _number,
    "loose": _loose,
}

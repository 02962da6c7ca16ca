"""Units of measure and currencies after a number, in both languages, and their conversion.

A measure has a dimension and a factor to the base unit of its dimension, so 48 hours equal 2日間 and 6 feet
about 1.8メートル. Units that are ambiguous have several measures: キロ is kilometers or kilograms.
"""

import re
from fractions import Fraction

import attrs

from alliance_ref.records.values import Lang


@attrs.frozen
class Measure:
    """A unit of measure: its name, its dimension, and how many base units it is."""

    name: str
    dimension: str
    factor: Fraction

    def converts_to(self, amount: Fraction, other: "Measure", other_amount: Fraction) -> bool:
        """Return whether *amount* in this unit is about *other_amount* in the *other* unit."""
        if self.dimension != other.dimension or self.dimension.startswith("currency"):
            return False
        one, another = amount * self.factor, other_amount * other.factor
        exact = self.name == other.name or self.dimension in ("time", "months")
        tolerance = 0 if exact else CONVERSION_TOLERANCE
        return abs(one - another) <= tolerance * max(abs(one), abs(another))


CONVERSION_TOLERANCE = Fraction(7, 100)
"""Largest relative difference of a converted measure; about 10 feet are 3メートル (1.6 %)."""

_LENGTHS: dict[str, tuple[int | str, str, str]] = {
    "kilometer": (1000, "kilomet(?:er|re)s?|km", "キロメートル|㌔|km|㎞"),
    "meter": (1, "met(?:er|re)s?", "メートル|m(?![a-zA-Z²2])"),
    "centimeter": ("0.01", "centimet(?:er|re)s?|cm", "センチ(?:メートル)?|cm|㎝"),
    "millimeter": ("0.001", "millimet(?:er|re)s?|mm", "ミリ(?:メートル)?(?!リットル|グラム|秒)|mm|㎜"),
    "mile": ("1609.344", "miles?", "マイル"),
    "foot": ("0.3048", "feet|foot|ft", "フィート"),
    "inch": ("0.0254", "inch(?:es)?", "インチ"),
    "yard": ("0.9144", "yards?", "ヤード"),
}
_MEASURES: list[tuple[str, str, int | str, str, str]] = [
    *((name, "length", factor, en, ja) for name, (factor, en, ja) in _LENGTHS.items()),
    ("nautical mile", "length", 1852, "nautical miles?", "海里|カイリ"),
    *(
        (
            f"{prefix} {name}",
            dimension,
            str(Fraction(str(factor)) ** power),
            rf"(?:{prefix}|{short}\.?)[ -](?:{en})",
            f"{kanji}(?:{ja})",
        )
        for prefix, short, kanji, dimension, power in (
            ("square", "sq", "平方", "area", 2),
            ("cubic", "cu", "立方", "volume", 3),
        )
        for name, (factor, en, ja) in _LENGTHS.items()
    ),
    ("square kilometer", "area", 10**6, "km2|km²", "平方キロ(?:メートル)?|km2|km²|㎢"),
    ("square meter", "area", 1, "m2|m²", "m2|m²|㎡|平米"),
    ("cubic meter", "volume", 1, "m3|m³", "m3|m³|㎥|立米"),
    ("hectare", "area", 10**4, "hectares?", "ヘクタール"),
    ("acre", "area", "4046.86", "acres?", "エーカー"),
    ("tsubo", "area", "3.3058", "tsubo", "坪"),
    ("liter", "volume", "0.001", "lit(?:er|re)s?", "リットル"),
    ("kiloliter", "volume", 1, "kilolit(?:er|re)s?", "キロリットル"),
    ("gallon", "volume", "0.003785", "gallons?", "ガロン"),
    ("barrel", "volume", "0.159", "barrels?", "バレル"),
    ("kilogram", "mass", 1, "kilo(?:gram)?s?|kg", "キログラム|kg|㎏|キロ(?![メワバヘリボカトパ])"),
    ("kilometer", "length", 1000, "kilomet(?:er|re)s?", "キロ(?![グワバヘリボカトパ])"),
    ("gram", "mass", "0.001", "grams?", "グラム"),
    ("milligram", "mass", "0.000001", "milligrams?|mg", "ミリグラム|mg"),
    ("ton", "mass", 1000, "(?:metric )?ton(?:ne)?s?", "トン"),
    ("kiloton", "mass", 10**6, "kilotons?", "キロトン"),
    ("pound", "mass", "0.4536", "pounds?|lbs?", "ポンド"),
    ("ounce", "mass", "0.02835", "ounces?", "オンス"),
    ("second", "time", 1, "seconds?", "秒間?"),
    ("millisecond", "time", "0.001", "milliseconds?|ms", "ミリ秒|ms"),
    ("minute", "time", 60, "minutes?|mins?", "分間?(?![のけ野離布割析散担類隊裂解厘]|か[らりるれっち])"),
    ("hour", "time", 3600, "hours?", "時間"),
    ("day", "time", 86400, "days?", "日間?(?!本|米|中|韓|朝|系|付)"),
    ("week", "time", 7 * 86400, "weeks?", "週間?"),
    ("month", "months", 1, "months?", "[かカヵヶケ箇][月]間?"),
    ("year", "months", 12, "years?", "年間?(?!代|度|生|版|型|式)"),
    ("decade", "months", 120, "decades?", "十年間"),
    ("century", "months", 1200, "centur(?:y|ies)", "世紀"),
    ("knot", "speed", "1.852", "knots?", "ノット"),
    ("kilometer per hour", "speed", 1, "km/h|kilomet(?:er|re)s (?:per|an) hour", "km/h"),
    ("mile per hour", "speed", "1.609344", "mph|miles (?:per|an) hour", "マイル毎時"),
    ("byte", "data", 1, "bytes?", "バイト"),
    ("kilobyte", "data", 10**3, "kilobytes?|[kK]i?B", "キロバイト|[kK]i?B"),
    ("megabyte", "data", 10**6, "megabytes?|Mi?B", "メガバイト|Mi?B"),
    ("gigabyte", "data", 10**9, "gigabytes?|Gi?B", "ギガバイト|Gi?B"),
    ("terabyte", "data", 10**12, "terabytes?|Ti?B", "テラバイト|Ti?B"),
    ("watt", "power", 1, "watts?", "ワット"),
    ("kilowatt", "power", 10**3, "kilowatts?|kW", "キロワット|kW"),
    ("megawatt", "power", 10**6, "megawatts?|MW", "メガワット|MW"),
    ("gigawatt", "power", 10**9, "gigawatts?|GW", "ギガワット|GW"),
    ("dollar", "currency", 1, r"(?:U\.?S\.? )?dollars?", "(?:米|アメリカ)?ドル"),
    ("yen", "currency", 1, "yen", "円"),
    ("euro", "currency", 1, "euros?", "ユーロ"),
    ("yuan", "currency", 1, "yuan|renminbi", "人民元|元(?!年)"),
    ("won", "currency", 1, "won", "ウォン"),
    ("pound sterling", "currency", 1, "pounds? sterling", "英ポンド|スターリング・?ポンド"),
]  # fmt: skip
_BY_NUMBER = [Measure(name, dimension, Fraction(factor)) for name, dimension, factor, _, _ in _MEASURES]
_SIGNS = {"$": "dollar", "¥": "yen", "￥": "yen", "€": "euro"}
_DOLLAR_TO_EURO = {one.name: one for one in _BY_NUMBER if one.dimension == "currency"}


def _pattern(lang: Lang) -> re.Pattern[str]:
    """Return one pattern of all units; longer units come first."""
    places = {"en": 3, "ja": 4}
    texts = sorted(
        ((text, at) for at, row in enumerate(_MEASURES) for text in _alternatives(str(row[places[lang]]))),
        key=lambda item: -len(item[0]),
    )
    ends = r"(?![A-Za-z0-9])" if lang == "en" else ""
    return re.compile(
        "|".join(f"(?P<m{at}_{number}>{text}{ends})" for at, (text, number) in enumerate(texts))
    )


def _alternatives(pattern: str) -> list[str]:
    """Return the alternatives of a pattern at its top level."""
    parts, depth, at = [], 0, 0
    for place, letter in enumerate(pattern):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(letter, 0)
        if letter == "|" and not depth:
            parts.append(pattern[at:place])
            at = place + 1
    return [*parts, pattern[at:]]


_PATTERNS = {"en": _pattern("en"), "ja": _pattern("ja")}
_JOINS = {"en": re.compile(r"[ -]?"), "ja": re.compile(r" ?")}


def measures_at(text: str, start: int, end: int, lang: Lang) -> tuple[tuple[Measure, ...], int]:
    """Return the measures that the number ``text[start:end]`` may have, and where the unit ends.

    >>> [one.name for one in measures_at("2 km long", 0, 1, "en")[0]]
    ['kilometer']
    >>> [one.name for one in measures_at("長さ2キロ", 2, 3, "ja")[0]]
    ['kilometer', 'kilogram']
    """
    if sign := _SIGNS.get(text[start - 1 : start]):
        return (_DOLLAR_TO_EURO[sign],), end
    join = _JOINS[lang].match(text, end)
    at = join.end() if join else end
    found = _PATTERNS[lang].match(text, at)
    if found is None:
        return (), end
    shown = found.group()
    assert found.lastgroup is not None
    first = int(found.lastgroup.partition("_")[2])
    if shown == "キロ":
        return tuple(one for one in _BY_NUMBER if one.name in ("kilogram", "kilometer"))[:2], found.end()
    return (_BY_NUMBER[first],), found.end()


def measure_named(name: str) -> Measure:
    """Return the measure with this English name, singular or plural."""
    return next(one for one in _BY_NUMBER if one.name == name.removesuffix("s") or one.name == name)

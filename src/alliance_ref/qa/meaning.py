"""T404, T407, T408 and T409: weekdays, times of day, compass directions and negation.

These rules prefer precision: they report only what a short list of plain patterns decides, and leave
everything else to the reader.
"""

import datetime
import re
from collections.abc import Iterator

from alliance_ref.qa.rules import make_finding
from alliance_ref.qa.units import AnalyzedGroup, AnalyzedUnit, other_language
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import LANGS, Lang
from alliance_ref.text.dates_in_text import dates_in
from alliance_ref.text.numerals import SMALL_NUMBERS, number_value
from alliance_ref.text.scripts import TO_ASCII_DIGITS

Mention = tuple[int, int, int]
"""The start and end of a mention, and its value: the number of a weekday (Monday is 0), or an hour."""

_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
_ENGLISH_WEEKDAY = re.compile(
    rf"\b(?:(?P<name>{'|'.join(name.capitalize() for name in _WEEKDAY_NAMES)})s?\b"
    r"|(?P<short>Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)"
    r"(?:\.,?(?=\s)|(?=,\s(?:\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))|(?=\))))"
)
_WEEKDAY_KANJI = "月火水木金土日"
_JAPANESE_WEEKDAY = re.compile(
    rf"(?<![0-9一二三四五六七八九十])(?P<chain>(?:[{_WEEKDAY_KANJI}][・、,～〜~-]){{1,6}})?(?P<day>[{_WEEKDAY_KANJI}])曜"
    rf"|(?<=[日0-9])[（(](?P<bracket>[{_WEEKDAY_KANJI}])[・)）]"
)
_DATE_DISTANCE = 6
"""Largest number of characters between a date and its weekday."""


def english_weekdays(text: str) -> list[Mention]:
    """Return the weekdays of English *text*.

    >>> english_weekdays("They met on Wed., May 3.")
    [(12, 17, 2)]
    """
    return [
        (
            *found.span(),
            next(n for n, name in enumerate(_WEEKDAY_NAMES) if name[:3] == found.group()[:3].lower()),
        )
        for found in _ENGLISH_WEEKDAY.finditer(text)
    ]


def japanese_weekdays(text: str) -> list[Mention]:
    """Return the weekdays of Japanese *text*.

    >>> japanese_weekdays("5月3日（水）"), japanese_weekdays("月・木曜日")
    ([(5, 6, 2)], [(0, 1, 0), (2, 4, 3)])
    """
    found = []
    for match in _JAPANESE_WEEKDAY.finditer(text):
        if match["bracket"]:
            found.append((*match.span("bracket"), _WEEKDAY_KANJI.index(match["bracket"])))
            continue
        found += [
            (place, place + 1, _WEEKDAY_KANJI.index(text[place]))
            for place in (range(*match.span("chain")) if match["chain"] else ())
            if text[place] in _WEEKDAY_KANJI
        ]
        found.append((match.start("day"), match.end(), _WEEKDAY_KANJI.index(match["day"])))
    return found


def weekday(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T404: another weekday than in the source, or one that the date does not have."""
    target = other_language(source)
    for item in group.units:
        texts = {lang: item.unit.text(lang) for lang in LANGS}
        if "曜" not in texts["ja"] and "（" not in texts["ja"] and "(" not in texts["ja"]:
            continue
        days = {"en": english_weekdays(texts["en"]), "ja": japanese_weekdays(texts["ja"])}
        known = {lang: {value for _, _, value in days[lang]} for lang in LANGS}
        missing = [one for one in days[source] if one[2] not in known[target]]
        for start, end, value in days[target]:
            if missing and value not in known[source]:
                shown = (texts[source][missing[0][0] : missing[0][1]],)
                yield make_finding(
                    "T404", "weekday-differs", item.unit, target, start, end, expected=shown, found=shown
                )
                break
            right = _weekday_of_date(texts[target], start, end)
            if right is not None and right != value:
                name = (
                    _WEEKDAY_NAMES[right].capitalize() if target == "en" else f"{_WEEKDAY_KANJI[right]}曜日"
                )
                yield make_finding("T404", "weekday-of-date", item.unit, target, start, end, expected=(name,))
                break


def _weekday_of_date(text: str, start: int, end: int) -> int | None:
    """Return the weekday of the complete date next to a span of *text*."""
    for first, last, date in dates_in(text):
        distance = max(first - end, start - last)
        if date.day and date.month and distance <= _DATE_DISTANCE:
            return datetime.date(date.year, date.month, date.day).weekday()
    return None


_HOUR = "|".join(
    word for word, value in SMALL_NUMBERS.items() if 1 <= value <= 12 and not word.endswith("th")
)
_ENGLISH_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.]\d\d)?\s?(?P<half>[ap])\.?m\b\.?"
    rf"|\b(?P<word>\d{{1,2}}|{_HOUR})(?:[:.]\d\d)?(?: o['’]clock)? (?P<part>in the (?:morning|afternoon"
    rf"|evening)|at night)",
    re.IGNORECASE | re.ASCII,
)
_JAPANESE_TIME = re.compile(
    r"(?P<part>午前|午後|朝の?|夕方の?|夜の?|未明の?|早朝の?)?(?P<hour>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:時(?!間|代|点|期|刻)|:[0-5][0-9])"
)


def english_times(text: str) -> list[Mention]:
    """Return the hours, from 0 to 23, that English *text* gives as a.m. or p.m.

    >>> english_times("at 5 p.m. or nine in the morning")
    [(3, 9, 17), (13, 32, 9)]
    """
    found = []
    for match in _ENGLISH_TIME.finditer(text):
        written = (match["hour"] or match["word"]).lower()
        hour = int(written) if written.isdigit() else SMALL_NUMBERS[written]
        if not 1 <= hour <= 12:
            continue
        late = (match["half"] or "").lower() == "p" or (match["part"] or "").lower().endswith(
            ("afternoon", "evening", "night")
        )
        found.append((*match.span(), hour % 12 + 12 * late))
    return found


def japanese_times(text: str) -> list[Mention]:
    """Return the hours, from 0 to 23, that Japanese *text* gives without ambiguity.

    >>> japanese_times("午後5時、17時、5時")
    [(0, 4, 17), (5, 8, 17)]
    """
    found = []
    for match in _JAPANESE_TIME.finditer(text.translate(TO_ASCII_DIGITS)):
        hour = int(number_value(match["hour"]))
        part = (match["part"] or "").rstrip("の")
        if hour > 24 or (not part and hour <= 12):
            continue
        late = part in ("午後", "夕方", "夜") and hour < 12
        found.append((*match.span(), hour % 24 + 12 * late))
    return found


def time_of_day(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T407: morning on one side, and the same hour in the afternoon on the other."""
    target = other_language(source)
    for item in group.units:
        if "時" not in item.unit.text("ja") and ":" not in item.unit.text("ja"):
            continue
        times = {"en": english_times(item.unit.text("en")), "ja": japanese_times(item.unit.text("ja"))}
        known = {lang: {hour for _, _, hour in times[lang]} for lang in LANGS}
        for start, end, hour in times[target]:
            other = (hour + 12) % 24
            if hour not in known[source] and other in known[source] and other not in known[target]:
                first, last = next((start, end) for start, end, value in times[source] if value == other)
                shown = (item.unit.text(source)[first:last],)
                yield make_finding(
                    "T407", "half-day", item.unit, target, start, end, expected=shown, found=shown
                )
                break


_COMPOUND = ("northeast", "northwest", "southeast", "southwest")
_ENGLISH_DIRECTION = re.compile(
    r"\b(?P<way>(?:north|south)-?(?:east|west)|north|south|east|west)(?:ern|erly|wards?)?\b", re.ASCII
)
_JAPANESE_DIRECTION = re.compile(
    r"(?P<way>[東西][南北]|[南北][東西]|[東西南北])(?P<after>部(?!隊|会|長)|側|方(?!面隊|法|針)|岸|端|へ|寄り|向き|沖|進|下|海岸|半分|に(?:向|進|移|あ|位|[0-9０-９]))"
)
_WAYS = {"東": "east", "西": "west", "南": "south", "北": "north"}


def _japanese_way(shown: str) -> str:
    letters = sorted(shown, key="南北東西".index)
    return "".join(_WAYS[letter] for letter in letters)


def direction(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T408: another compass direction than in the source."""
    target = other_language(source)
    for item in group.units:
        en, ja = item.unit.text("en"), item.unit.text("ja")
        japanese = [(*m.span(), _japanese_way(m["way"])) for m in _JAPANESE_DIRECTION.finditer(ja)]
        if not japanese:
            continue
        english = [(*m.span(), m["way"].replace("-", "")) for m in _ENGLISH_DIRECTION.finditer(en)]
        lost = [one for one in english if not all(_kanji(way) in ja for way in _parts(one[2]))]
        added = [
            one for one in japanese if not all(re.search(way, en, re.IGNORECASE) for way in _parts(one[2]))
        ]
        if lost and added:
            wrong, right = (added[0], lost[0]) if target == "ja" else (lost[0], added[0])
            shown = (item.unit.text(source)[right[0] : right[1]],)
            yield make_finding(
                "T408",
                "direction-differs",
                item.unit,
                target,
                wrong[0],
                wrong[1],
                expected=shown,
                found=shown,
            )


def _parts(way: str) -> list[str]:
    return [way[:5], way[5:]] if way in _COMPOUND else [way]


def _kanji(way: str) -> str:
    return next(letter for letter, name in _WAYS.items() if name == way)


_PLAIN_NOT = re.compile(
    r"\b(?:(?:do|does|did|is|are|was|were|will|would|can|could|should|has|have|had|must)(?:n['’]t| not)"
    r"|won['’]t|cannot|can['’]t|never)\b",
    re.IGNORECASE,
)
_ENGLISH_NEGATIVE = re.compile(
    r"\bno\b|\bnot\b|n['’]t\b|\bcannot\b|\bnever\b|\bn(?:or|either|one|obody|othing|owhere)\b|without|\bfew|\blittle\b"
    r"|hardly|scarcely|barely|rarely|seldom|\bonly\b|\bunless\b|\buntil\b|\btill\b|\bexcept|\bbut\b|\b(?:un|in|im|il|ir"
    r"|dis|non|mis)\w{3,}|less\b|\bfail|\black|\bfree\b|\bmiss|absen|refus|reject|den[yi]|avoid|prevent|stop|\bban\b|\bbann"
    r"|prohibit|forbid|exclu|ignor|skip|omit|\bmust\b|should|\bneed|\bmay\b|might|perhaps|\btoo\b|rather|instead|even"
    r"|other than|otherwise|hard to|difficult|\bempty\b|\bvoid\b|zero|null|disab|out of|\boff\b|remain"
    r"|\bstill\b|keep|kept"
    r"|whether|\bif\b|\bas soon\b|before|beyond|\bany\b|anymore|wrong|bad|old\b|wait|unchang|same"
    r"|constant|continu|opt out"
    r"|\bwhy\b|\bhow about|\bwould\b.*\?|\bwon\b|required|necessary|ha(?:s|ve|d) to\b|minimum|at least"
    r"|\ball\b|every|whatever"
    r"|\bleast\b|oppos|against|loss|lost|doubt|deprecat|obsolete|\bhidden\b|away|separate|alone|independent|regardless"
    r"|problem|trouble|error|unable|abolish|cancel|withdr|abandon|\bend(?:s|ed)?\b|suspend|limit"
    r"|restrict|protect|secret|danger|concern|worr|\bset free\b",
    re.IGNORECASE,
)
_JAPANESE_NEGATIVE = re.compile(
    "な[いくかけきさ]|ませ[んぬ]|ず|ぬ|ね[えば]|不|非|未|無|否|禁|難|だけ|のみ|しか|以外|外|止|避|拒|欠|失|反|異|除|控|やめ|廃|まい|かね"
    "|限|前に|まま|代わり|より|ばかり|まで|ノー|ゼロ|空|少|違|誤|困|断|抜|済|嫌|飛ば|省|閉じ|別|対象外|ない|ノット|ナシ|なし|無効|もっとも|逆"
    "|どころ|わけが|ものか|はず|だめ|駄目|負|破|離|独|絶|消|切|滅|脱|解|遅|待|残|維持|保"
)
_JAPANESE_FINAL_NOT = re.compile(
    r"(?:(?<![でかはもしゃがと])(?<!くて)(?<!いけ)(?<!なら)ない|ません|なかった|ませんでした)(?:[。.！!]|$)"
)
_JAPANESE_SOFT = re.compile(
    "なければ|なくては|なくちゃ|ないと|ねば|かもしれ|かも知れ|に違いない|ほかな|他な|ではない|じゃない|だけで|のみなら|しか|わけ|とは限ら|限り"
    "|ざるを|ずに|ないでもない|なくもない|ないか|とも|少な|変わら|つもり|はず|ばなら|いけ|まだ|ちがい|差し支え|構わ|かまわ|ものの|にすぎ|に過ぎ|すみません|切ない"
    "|危な|間もな|もったい|問題な|さしつかえ|仕方|足りな|申し訳|申しわけ|[くて]はな|ことはな|違わ|まぎれも|極まりな|他ならな|やむを得|たまら|知ら|分から|わから"
)
_MAX_NEGATION_LENGTH = {"en": 160, "ja": 80}
"""Longest side, in characters, in which negation is compared; longer sentences have several clauses."""

_SENTENCE_END = {"en": re.compile(r"[.!?;:]\s+\S"), "ja": re.compile("[。！？；]\\s*\\S")}


def negation(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T409: a plain negation on one side, and nothing negative at all on the other."""
    target = other_language(source)
    for item in group.units:
        if not item.has_both_sides or not _is_single_sentence(item):
            continue
        en, ja = item.unit.text("en"), item.unit.text("ja")
        found = _plain_negation(en, ja)
        if found is None:
            continue
        lang, match = found
        if lang == source:
            shown = (match.group(),)
            end = len(item.unit.text(target).rstrip())
            yield make_finding("T409", "negation-lost", item.unit, target, 0, end, found=shown)
        else:
            yield make_finding("T409", "negation-added", item.unit, target, match.start(), match.end())


def _plain_negation(en: str, ja: str) -> tuple[Lang, re.Match[str]] | None:
    """Return the side with a plain negation and the place of it, if the other side has nothing negative."""
    plain = list(_PLAIN_NOT.finditer(en))
    if len(plain) == 1 and not _JAPANESE_NEGATIVE.search(ja):
        rest = en[: plain[0].start()] + en[plain[0].end() :]
        asks = en.rstrip().endswith("?")
        if asks or _OTHER_NEGATIVE.search(rest) or not _STATEMENT.search(ja):
            return None
        return None if _IDIOM.search(en) or _POSITIVE_FOR_NOT.search(ja) else ("en", plain[0])
    final = _JAPANESE_FINAL_NOT.search(ja)
    if plain or final is None or _JAPANESE_SOFT.search(ja) or _ENGLISH_NEGATIVE.search(en):
        return None
    return "ja", final


_STATEMENT = re.compile("(?:[うくすつぬむるぐぶたいだ]|である|です|ます|こと)[。．.]?$")
"""The end of a plain Japanese sentence, without a particle that makes it a question or leaves it open."""

_IDIOM = re.compile(
    r"(?:n['’]t|not|cannot|never) (?:\w+ )?(?:know|tell|sure|agree|like|think|mean|believe|seem"
    r"|be an? (?:issue|problem)|happy|care|bother|stand|afford)\b",
    re.IGNORECASE,
)
_POSITIVE_FOR_NOT = re.compile("初めて|はじめて|大丈夫|気に|平気|結構|疑|無用|遠慮|別")
"""Idioms that are negative in one language only."""

_OTHER_NEGATIVE = re.compile(
    r"\b(?:no|not|nor|neither|never|without|only|but|until|unless|except|few|little|hardly|yet|just|merely|necessarily"
    r"|always|all|every|both|because|so|too|enough|matter|hesitate|forget|doubt|help|wait|let|worry|mind|empty|blank|null|missing|fail\w*|more|less|exceed|exist|unknown)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words that make a negation more than plain: *not only*, *not until*, *do not forget*."""


def _is_single_sentence(item: AnalyzedUnit) -> bool:
    return all(
        len(item.unit.text(lang)) <= _MAX_NEGATION_LENGTH[lang]
        and not _SENTENCE_END[lang].search(item.unit.text(lang).strip())
        and "\n" not in item.unit.text(lang).strip()
        for lang in LANGS
    )

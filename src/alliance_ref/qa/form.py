"""T701 to T709: the form of a translation: spaces, invisible characters, brackets, style and spelling."""

import re
from collections import Counter
from collections.abc import Iterator

from alliance_ref.qa.options import Style
from alliance_ref.qa.rules import make_finding
from alliance_ref.qa.units import AnalyzedGroup, AnalyzedUnit, other_language
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang
from alliance_ref.text.scripts import JAPANESE, KANJI

_EDGES = {"start": re.compile(r"\A\s*"), "end": re.compile(r"\s*\Z")}
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff\ufffd\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]"
)


def edge_space(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T701: spaces or newlines at the ends that differ from the source."""
    target = other_language(source)
    for item in group.units:
        unit = item.unit
        if not item.has_both_sides:
            continue
        for name, pattern in _EDGES.items():
            given, got = (pattern.search(unit.given(lang)) for lang in (source, target))
            assert given is not None
            assert got is not None
            if _normal_edge(given.group()) == _normal_edge(got.group()):
                continue
            only_space = name == "end" and not given.group().strip(" ") and not got.group()
            if only_space and _SENTENCE_END.search(unit.given(target)):
                continue  # Japanese has no space between sentences
            start, end = got.span()
            if start == end:  # nothing to mark: the character next to it
                start, end = (0, 1) if name == "start" else (end - 1, end)
            shown = (repr(given.group()),)
            yield make_finding("T701", f"edge-{name}", unit, target, start, end, found=shown, given=True)


_SENTENCE_END = re.compile("[。！？!?.」』）)]$")


def _normal_edge(space: str) -> str:
    return space.replace("\r\n", "\n").replace("\u3000", " ")


def invisible(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T702: invisible characters and U+FFFD that the source does not have."""
    target = other_language(source)
    for item in group.units:
        given = item.unit.given(source)
        if item.unit.given(target).isascii():
            continue
        for found in _INVISIBLE.finditer(item.unit.given(target)):
            if found.group() not in given:
                name = (f"U+{ord(found.group()):04X}",)
                yield make_finding(
                    "T702", "invisible", item.unit, target, *found.span(), found=name, given=True
                )


_PAIRS = {
    "(": ")",
    "（": "）",
    "「": "」",
    "『": "』",
    "【": "】",
    "“": "”",
    "《": "》",
    "〈": "〉",
    "〔": "〕",
}
_FOLDED = {"（": "(", "）": ")"}
_BRACKETS = re.compile("[" + "".join(map(re.escape, [*_PAIRS, *_PAIRS.values()])) + "]")
_LIST_MARK = re.compile(r"(?:^|[\s、。])[0-9a-zA-Zア-ンⅰ-ⅹ]{1,3}$")


def brackets(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T706: a bracket or quotation mark of the translation without its partner."""
    target = other_language(source)
    wrong = [_unpaired(item.unit.text(target)) for item in group.units]
    for item, unpaired in zip(group.units, wrong, strict=True):
        given = item.unit.text(source)
        if not unpaired or _unpaired(given) or _has_open_quotation(given):
            continue
        text = item.unit.text(target)
        at = unpaired[0]
        nearby = range(max(0, item.place - _QUOTATION), min(len(wrong), item.place + _QUOTATION + 1))
        if any(
            _is_partner(text[at], group.units[place].unit.text(target)[other], place - item.place)
            for place in nearby
            for other in wrong[place]
        ):
            continue  # a quotation of several units
        yield make_finding("T706", "unpaired", item.unit, target, at, at + 1)


_OPENING_QUOTE = re.compile(r"(?:^|[\s(:])['‘](?=\w)")
_CLOSING_QUOTE = re.compile(r"(?<=[\w.,!?])['’](?=[\s,.)]|$)")


def _has_open_quotation(text: str) -> bool:
    """Return whether an English text has quotation marks without a partner."""
    opened = len(_OPENING_QUOTE.findall(text))
    return text.count('"') % 2 == 1 or (opened > 0 and opened != len(_CLOSING_QUOTE.findall(text)))


_QUOTATION = 12
"""Number of units over which a quotation may extend."""


def _is_partner(mark: str, other: str, distance: int) -> bool:
    """Return whether *other*, so many units after *mark*, closes or opens the same quotation."""
    return (distance > 0 and _PAIRS.get(mark) == other) or (distance < 0 and _PAIRS.get(other) == mark)


def _unpaired(text: str) -> list[int]:
    """Return the offsets of the brackets without a partner; full-width and half-width parentheses pair."""
    closing = {end: start for start, end in _PAIRS.items()} | {")": "("}
    open_ones: list[tuple[str, int]] = []
    wrong = []
    for found in _BRACKETS.finditer(text):
        mark = _FOLDED.get(found.group(), found.group())
        if mark in _PAIRS:
            open_ones.append((mark, found.start()))
        elif open_ones and open_ones[-1][0] == _FOLDED.get(closing[mark], closing[mark]):
            open_ones.pop()
        elif not (mark == ")" and _LIST_MARK.search(text[: found.start()])):
            wrong.append(found.start())
    return sorted([*wrong, *(place for _, place in open_ones)])


_CLASSES = {
    ".": "stop",
    "。": "stop",
    "．": "stop",
    "?": "?",
    "？": "?",
    "!": "!",
    "！": "!",
    ":": ":",
    "：": ":",
}
_CLOSERS = "」』）)”\"'’*_`] "


def end_punctuation(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T707: a question mark, colon or full stop at the end that the other side lacks."""
    target = other_language(source)
    for item in group.units:
        if not item.has_both_sides:
            continue
        given, got = (item.unit.text(lang).rstrip().rstrip(_CLOSERS) for lang in (source, target))
        if not given or not got or given.endswith(("...", "…")) or got.endswith(("...", "…", "・")):
            continue
        one, another = _CLASSES.get(given[-1], ""), _CLASSES.get(got[-1], "")
        if one == another or (one == "!" and another == "stop") or _asks(got):
            continue
        if "?" not in (one, another) and (
            not _both_sentences(given, got) or item.unit.text(target).rstrip().endswith(("」", "』"))
        ):
            continue
        if "?" in (one, another) and not _is_plain_question(given, got, source):
            continue
        yield make_finding(
            "T707",
            "end-differs",
            item.unit,
            target,
            len(got) - 1,
            len(got),
            expected=(given[-1],),
            found=(given[-1],),
        )


_REQUEST = re.compile(
    r"^(?:\w+,? )?(?:can|could|would|will|may|might|shall|why don['’]t|how about|what about|how are you)\b"
    r"|, \S+(?: \S+)?\?$",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(
    r"^(?:(?:and|but|so|then),? )?"
    r"(?:who|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have|had|should)\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile("(?:[うくすつぬむるぐぶたいだ]|である)[。．.?？]?$")


def _is_plain_question(given: str, got: str, source: Lang) -> bool:
    """Return whether one side is plainly a question and the other a statement, not a request."""
    en, ja = (given, got) if source == "en" else (got, given)
    if not _STATEMENT.search(ja) or _SOFT_END.search(ja):
        return False
    if en.endswith("?"):
        return bool(_INTERROGATIVE.search(en)) and not _REQUEST.search(en)
    return not _INTERROGATIVE.search(en)


_SOFT_END = re.compile(
    "(?:ください|下さい|たい|ないと?|らしい|みたい|いい|よい|どう|でしょう|だろう|ましょう|そう)[。．.?？]?$"
)


def _asks(text: str) -> bool:
    return text.rstrip("。.").endswith(("か", "ですかね", "でしょう"))


def _both_sentences(given: str, got: str) -> bool:
    """Return whether a missing stop matters: the text has other sentences with a stop."""
    return given[-1] == "." and "。" in got[:-1] and _LETTER.match(got[-1]) is not None


_LETTER = re.compile(f"[{KANJI}ぁ-んァ-ヶー]")


_DOUBLED = re.compile(
    r"(?<![がをはにで])([がをはに])\1(?![がをはにで])|(?<![でも])(?:では){2}|(?<!も)のの(?!し)|をを|(?:です){2}"
    r"|(?:から){2}|(?:こと){2}(?!な)|(?:した){2}(?!が|め)|(?<!、)、、(?!、)|。。(?!。)"
)
_DOUBLED_WORD = re.compile(
    r"\b(?!(?:that|had|very|bye|no|so|ha|is|in)\b)([a-z]{2,}) \1\b", re.IGNORECASE | re.ASCII
)
_HARMLESS = re.compile("はは[おはがの、。！!…]|にに[こっ]|がが[っんれ]|はに[わか]|ののし")


def doubled(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T708: a word or particle that is written twice."""
    target = other_language(source)
    for item in group.units:
        text = item.unit.text(target)
        pattern = _DOUBLED if target == "ja" else _DOUBLED_WORD
        for found in pattern.finditer(text):
            if _HARMLESS.match(text, found.start()):
                continue
            if target == "ja" and text[found.start() - 1 : found.start()] in ("は", "に"):
                continue
            yield make_finding("T708", "doubled", item.unit, target, *found.span())


_POLITE = re.compile(
    "(?:です|ます|ません|でした|ました|でしょう|ましょう|ください)(?:か|ね|よ)?(?:[。！？]|$)"
)
_PLAIN = re.compile(
    "(?:である|であった|だった|(?<=[^んた])だ|[うくすつぬむるぐぶ]|(?<!ませ)(?<!でし)(?<!まし)た|ない)(?:[。！？])"
)


def sentence_style(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T705: sentences in です・ます in a text of である, and the reverse.

    The text needs at least `MIN_STYLED` sentences, of which nine in ten have one style.
    """
    if source == "ja":
        return
    found: list[tuple[AnalyzedUnit, re.Match[str], str]] = []
    for item in group.units:
        text = item.unit.text("ja")
        if "。" not in text:
            continue
        found += [(item, match, "polite") for match in _POLITE.finditer(text)]
        found += [(item, match, "plain") for match in _PLAIN.finditer(text)]
    counts = Counter(style for _, _, style in found)
    if len(found) < MIN_STYLED or not counts:
        return
    style, most = counts.most_common(1)[0]
    if most / len(found) < MIN_STYLE_SHARE:
        return
    for item, match, one in found:
        if one != style:
            yield make_finding("T705", f"{one}-sentence", item.unit, "ja", *match.span())


MIN_STYLED = 10
"""How many sentences with a style a text needs before the rule judges it."""

MIN_STYLE_SHARE = 0.9
"""Share of the more frequent style from which the other one is a slip rather than a choice."""

_KATAKANA = re.compile("[ァ-ヴヷ-ヺ・ー]{3,}")


def long_vowels(group: AnalyzedGroup, source: Lang) -> Iterator[TranslationFinding]:
    """Yield T709: katakana words that are written with and without the final long-vowel mark."""
    if source == "ja":
        return
    counts: Counter[str] = Counter()
    first: dict[str, tuple[AnalyzedUnit, int, int]] = {}
    for item in group.units:
        for found in _KATAKANA.finditer(item.unit.text("ja")):
            for start, end in _words(found):
                word = item.unit.text("ja")[start:end]
                counts[word] += 1
                first.setdefault(word, (item, start, end))
    for word in counts:
        longer = f"{word}ー"
        if word.endswith("ー") or len(word) < 3 or longer not in counts:
            continue
        rare, usual = sorted((word, longer), key=lambda one: counts[one])
        item, start, end = first[rare]
        yield make_finding(
            "T709", "long-vowel", item.unit, "ja", start, end, expected=(usual,), found=(usual,)
        )


def _words(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    at = found.start()
    for part in found.group().split("・"):
        if len(part) > 2:
            yield at, at + len(part)
        at += len(part) + 1


_FULL_LATIN = re.compile("[Ａ-Ｚａ-ｚ０-９]+")
_HALF_LATIN = re.compile("[A-Za-z0-9]+")
_HALF_KANA = re.compile("[｡-ﾟ]+")


def character_width(group: AnalyzedGroup, source: Lang, style: Style) -> Iterator[TranslationFinding]:
    """Yield T703: letters and digits of another width than the style has, and half-width katakana."""
    if source == "ja":
        return
    for item in group.units:
        text = item.unit.text("ja")
        patterns = [_HALF_KANA]
        if style.width == "half":
            patterns.append(_FULL_LATIN)
        elif style.width == "full":
            patterns.append(_HALF_LATIN)
        for pattern in patterns:
            for found in pattern.finditer(text):
                yield make_finding("T703", "width", item.unit, "ja", *found.span())


_SPACED = re.compile(f"(?<=[{JAPANESE}]) +(?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) +(?=[{JAPANESE}])")
_UNSPACED = re.compile(f"(?<=[{KANJI}ぁ-んァ-ヶー])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{KANJI}ぁ-んァ-ヶー])")


def spacing(group: AnalyzedGroup, source: Lang, style: Style) -> Iterator[TranslationFinding]:
    """Yield T704: spaces between Japanese and Latin letters that the style forbids, or lacks."""
    if source == "ja" or style.spacing is None:
        return
    for item in group.units:
        text = item.unit.ja
        if style.spacing == "none":
            for found in _SPACED.finditer(text):
                yield make_finding("T704", "space", item.unit, "ja", *found.span(), given=True)
        else:
            for found in _UNSPACED.finditer(text):
                at = found.start()
                yield make_finding("T704", "no-space", item.unit, "ja", at - 1, at + 1, given=True)

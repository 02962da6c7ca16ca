"""Annotating: every name in running text, in its place, with what it may mean there."""

import datetime
import pickle
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import alliance_ref as ar
from alliance_ref.annotation.annotator import AnnotatedText, annotate, entry_matcher
from alliance_ref.matcher import phrase_matcher
from alliance_ref.matcher.phrase_matcher import PhraseMatcher, patterns_by_key
from alliance_ref.records import (
    Bilingual,
    Concept,
    Document,
    Entry,
    Lang,
    Name,
    Organization,
    PartialDate,
    Period,
    Person,
    Source,
    Tenure,
)
from alliance_ref.reference import Reference
from alliance_ref.text.dates_in_text import dates_in
from alliance_ref.text.folding import fold, name_key
from strategies import anything, mixed

SOURCES = (Source("tests", Bilingual("Written for the tests", "テスト用に執筆")),)


def concept(entry_id: str, *names: Name) -> Concept:
    return Concept(
        entry_id, names, sources=SOURCES, subject_field="tests", definition=Bilingual("a thing", "物")
    )


def treaty(year: int, until: int | None = None) -> Document:
    return Document(
        f"treaty-{year}",
        (
            Name("Security Treaty", "en"),
            Name("安全保障条約", "ja"),
            Name(f"Pact of {year}", "en", "admitted"),
        ),
        sources=SOURCES,
        type="treaty",
        issued=PartialDate(year),
        in_force=Period(PartialDate(year), PartialDate(until) if until else None),
    )


def minister(entry_id: str, name: str, start: str, end: str) -> Person:
    term = Period(PartialDate.parse(start), PartialDate.parse(end))
    office = Bilingual("Foreign Minister", "外務大臣")
    return Person(entry_id, (Name(name, "en"),), sources=SOURCES, tenures=(Tenure(office, period=term),))


ENTRIES: tuple[Entry, ...] = (
    concept("missile-defense", Name("missile defense", "en"), Name("ミサイル防衛", "ja")),
    concept("defense", Name("defense", "en"), Name("防衛", "ja", reading="ぼうえい")),
    concept("policy", Name("policy", "en"), Name("政策", "ja")),
    concept(
        "alliance", Name("Japan-U.S. Alliance", "en"), Name("日米同盟", "ja", reading="にちべい どうめい")
    ),
    concept("defense-policy", Name("防衛政策", "ja")),
    concept("sam", Name("SAM", "en", "abbreviation")),
    concept("foreign-minister", Name("Foreign Minister", "en"), Name("外務大臣", "ja")),
    Organization("japan", (Name("Japan", "en"), Name("日本", "ja")), sources=SOURCES, type="government"),
    Organization("mofa", (Name("外務省", "ja"),), sources=SOURCES, type="ministry"),
    Organization("usfj", (Name("在日米軍", "ja"),), sources=SOURCES, type="command"),
    Organization(
        "jda",
        (Name("defense body", "en"), Name("防衛庁", "ja")),
        sources=SOURCES,
        type="agency",
        period=Period(PartialDate(1954), PartialDate(2007, 1, 8)),
    ),
    Organization(
        "mod",
        (Name("defense body", "en"), Name("防衛省", "ja")),
        sources=SOURCES,
        type="ministry",
        period=Period(PartialDate(2007, 1, 9)),
    ),
    treaty(1951, 1960),
    treaty(1960),
    minister("machimura", "Machimura Nobutaka", "2004-09-27", "2005-10-31"),
    minister("aso", "Aso Taro", "2005-10-31", "2007-08-27"),
)
MATCHER = entry_matcher(ENTRIES)


def found(text: str, **options: object) -> list[tuple[str, str]]:
    return [(item.text, item.entry.id) for item in annotate(MATCHER, text, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("missile defense", "missile-defense", "exact"),
        ("Missile  Defense", "missile-defense", "variant"),
        ("missile defence", "missile-defense", "inflected"),
        ("policies", "policy", "inflected"),
        ("SAM", "sam", "abbreviation"),
        ("SAMs", "sam", "inflected"),
        ("Japan–US alliance", "alliance", "variant"),
        ("ﾐｻｲﾙ防衛", "missile-defense", "variant"),
        ("日米・同盟", "alliance", "variant"),
        ("日米同盟", "alliance", "exact"),
    ],
)
def test_kind_is_how_the_name_is_written(text: str, expected: str, kind: str) -> None:
    (item,) = annotate(MATCHER, text)
    assert (item.text, item.entry.id, item.kind) == (text, expected, kind)
    assert item.name in item.entry.names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan's policy", ["Japan", "policy"]),
        ("a Japan-led, policy-driven effort", ["Japan", "policy"]),
        ("Japanese policymakers, samurai, sam", []),
        ("the Sämann family", []),
        ("We saw Japan. U.S. alliance partners", ["Japan"]),
        ("missile (defense)", ["defense"]),
        ("missile\n\ndefense", ["defense"]),
        ("missile\ndefense", ["missile\ndefense"]),
        ("alliance² and policy²", ["policy"]),
        ("日本のpolicyと日米同盟", ["日本", "policy", "日米同盟"]),
        ("policy2 2policy", []),
    ],
)
def test_finds_names_as_words_and_never_inside_words(text: str, expected: list[str]) -> None:
    assert [item.text for item in annotate(MATCHER, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("防衛大学校を訪れた。", []),
        ("防衛の問題", ["防衛"]),
        ("防衛施設庁が", []),
        ("防衛庁の政策", ["防衛庁", "政策"]),
        ("在日米軍司令部", ["在日米軍"]),
        ("日本外務省", ["日本", "外務省"]),
        ("日本銀行", []),
        ("日本防衛研究会", []),
        ("日本政府", ["日本"]),
        ("防衛計画", ["防衛"]),
    ],
)
def test_part_of_the_name_of_an_organization_is_not_a_match(text: str, expected: list[str]) -> None:
    assert [item.text for item in annotate(MATCHER, text)] == expected


def test_without_boundaries_japanese_names_inside_words_match() -> None:
    assert found("防衛大学校", boundaries=False) == [("防衛", "defense")]
    assert found("Japanese", boundaries=False) == []


def test_a_rejected_longer_name_does_not_hide_a_shorter_one() -> None:
    names = [("日米同", "ja", 1), ("日米", "ja", 2), ("air bases", "en", 3), ("air", "en", 4)]
    matcher: PhraseMatcher[int] = PhraseMatcher.from_names(names)  # type: ignore[arg-type]
    assert [span.values for span in matcher.spans("日米同盟 air basest")] == [(2,), (4,)]


def test_overlap_all_returns_nested_names() -> None:
    assert found("防衛政策", overlap="all") == [
        ("防衛", "defense"),
        ("防衛政策", "defense-policy"),
        ("政策", "policy"),
    ]


@pytest.mark.parametrize(
    ("text", "as_of", "expected"),
    [
        ("The Security Treaty of 1951", None, ["treaty-1951", "treaty-1960"]),
        ("The Security Treaty of 1960", None, ["treaty-1960", "treaty-1951"]),
        ("昭和35年の安全保障条約", None, ["treaty-1960", "treaty-1951"]),
        ("一九五一年の安全保障条約", None, ["treaty-1951", "treaty-1960"]),
        ("the Security Treaty", datetime.date(1955, 1, 1), ["treaty-1951", "treaty-1960"]),
        ("the Security Treaty", datetime.date(1975, 1, 1), ["treaty-1960", "treaty-1951"]),
        ("the Security Treaty, or Pact of 1960", None, ["treaty-1960", "treaty-1951"]),
        ("the defense body in May 2006", None, ["jda", "mod"]),
        ("the defense body in May 2008", None, ["mod", "jda"]),
        ("防衛省 and the defense body", None, ["mod", "jda"]),
        ("The Foreign Minister", None, ["foreign-minister"]),
        ("the Foreign Minister on 14 April 2005", None, ["machimura", "foreign-minister"]),
        ("外務大臣", datetime.datetime(2006, 5, 1, 12, tzinfo=datetime.UTC), ["aso", "foreign-minister"]),
        ("Foreign Ministers in 2006", None, ["foreign-minister"]),
    ],
)
def test_all_entries_are_kept_and_ranked_by_context(
    text: str, as_of: datetime.date | None, expected: list[str]
) -> None:
    wanted = {"Security", "安全", "defense", "Foreign", "外務", "The", "the"}
    items = [item for item in annotate(MATCHER, text, as_of=as_of) if item.entry.id in expected]
    items = [item for item in items if any(item.text.startswith(start) for start in wanted)]
    assert [entry.id for entry in items[0].entries] == expected
    assert len(items[0].names) == len(items[0].entries)


def test_the_nearest_date_decides() -> None:
    text = "In 1951 a Security Treaty was signed; another Security Treaty followed in 1960."
    assert [entry_id for _, entry_id in found(text)] == ["treaty-1951", "treaty-1960"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 14 April 2005, April 15, 2005 and in May 2006", ["2005-04-14", "2005-04-15", "2006-05"]),
        ("平成１８年７月１１日、平成元年、昭和35年6月", ["2006-07-11", "1989", "1960-06"]),
        ("二〇〇五年と1996年4月、12345 and 19601", ["2005", "1996-04"]),
        ("x2005 or 31 April 2005", []),
    ],
)
def test_reads_the_dates_of_a_text(text: str, expected: list[str]) -> None:
    assert [str(date) for _, _, date in dates_in(text)] == expected


def test_impossible_dates_are_ignored() -> None:
    assert [name for name, _ in found("On 31 April 2005 the Foreign Minister")] == ["Foreign Minister"]


def test_lang_excludes_names_in_the_other_language() -> None:
    assert found("Japan と日本", lang="ja") == [("日本", "japan")]
    assert found("Japan と日本", lang="en") == [("Japan", "japan")]


def test_invalid_arguments_raise_errors() -> None:
    with pytest.raises(ValueError, match="lang is 'jp'"):
        found("x", lang="jp")
    with pytest.raises(ValueError, match="overlap is 'most'"):
        found("x", overlap="most")
    with pytest.raises(TypeError, match="must be text"):
        found(b"x")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="as_of"):
        found("x", as_of=2005)
    with pytest.raises(ValueError, match="as_of is '2005'"):
        found("x", as_of="2005")
    assert annotate(MATCHER, "") == ()


def test_annotated_text_can_be_pickled_and_shown_as_html() -> None:
    text = "<b>日米同盟</b>\n& \x00 defense"
    items = annotate(MATCHER, text)
    assert isinstance(items, tuple)
    assert len(items) == 2
    html = items.to_html(ruby=True, link=lambda item: f"/e?id={item.entry.id}&x")
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert "\x00" not in html
    assert '<a href="/e?id=alliance&amp;x" lang="ja" title="Japan-U.S. Alliance">' in html
    assert "<ruby>日米同盟<rp>（</rp><rt>にちべい どうめい</rt><rp>）</rp></ruby>" in html
    assert '<a href="#defense" lang="en" title="防衛">defense</a>' in items._repr_html_()
    again = pickle.loads(pickle.dumps(AnnotatedText("x")))
    assert (again, again.text) == ((), "x")
    assert repr(items[0]) == "<Annotation 3:7 '日米同盟' exact alliance>"
    assert str(items[0]) == "日米同盟"


def test_html_links_the_outermost_of_nested_names() -> None:
    html = annotate(MATCHER, "防衛政策", overlap="all").to_html()
    assert html.count("<a ") == 1
    assert "防衛政策</a>" in html


# The expected matches, computed by trying every substring of a text.

PIECES = st.sampled_from(
    "air base bases Air sea a b ab ba 1 2 é e\u0301 ß ² ™"
    " 日 米 日米 同盟 が ヶ ヵ カ 国 一 か 所 ｶ ｶﾞ カ\u3099 ガ ㈱ 株"
    " Ж ω . - ・ 、 ' “ \u3000 \n a\u0304 \U00100000 \U0010fffe \ud800 \x00 ﬁ fi İ & r".split(" ")
)
LANGS: tuple[Lang, Lang] = ("en", "ja")
NAMES = st.lists(
    st.tuples(st.lists(PIECES, min_size=1, max_size=4).map("".join), st.sampled_from(LANGS)),
    max_size=8,
)
TEXTS = st.lists(st.one_of(PIECES, st.just(" ")), max_size=25).map("".join)


def matcher_for(names: list[tuple[str, Lang]]) -> PhraseMatcher[int]:
    return PhraseMatcher.from_names((name, lang, at) for at, (name, lang) in enumerate(names))


def brute_force(names: list[tuple[str, Lang]], text: str) -> dict[tuple[int, int], set[int]]:
    """Return every span of *text* that is one of *names*, whatever the tokens are."""
    patterns = patterns_by_key((name, lang, at) for at, (name, lang) in enumerate(names))
    key, starts, ends = fold(text)

    def is_word(at: int) -> bool:
        character = text[starts[at]]
        letter = unicodedata.category(character)[0] in "LM" or character.isdecimal()
        return letter and (
            character.isascii() or re.match(r"[^\W\u3040-\ud7ff\uf900-\ufaff]", key[at]) is not None
        )

    def is_cut(at: int) -> bool:
        """Return whether the key has no boundary before *at*: inside a character or inside a word."""
        if not 0 < at < len(key):
            return False
        if (starts[at - 1], ends[at - 1]) == (starts[at], ends[at]):
            return True
        return ends[at - 1] == starts[at] and is_word(at - 1) and is_word(at)

    hits: dict[tuple[int, int], set[int]] = {}
    for first in range(len(key)):
        for last in range(first, len(key)):
            start, end = starts[first], ends[last]
            found = patterns.get(name_key(text[start:end]))
            values = {one.value for one in found or () if one.fits(text[start:end])}
            if values and not is_cut(first) and not is_cut(last + 1):
                hits[start, end] = values
    return hits


@given(names=NAMES, text=TEXTS)
@example(names=[("一か所", "ja"), ("か所", "ja"), ("一か", "ja")], text="一か所 一ヶ所")
@example(names=[("が", "ja")], text="が")
@example(names=[("r&b", "en"), ("air base", "en")], text="r & b, airbase Air-bases air. base")
@example(names=[("ﬁ", "en")], text="ﬁﬁ")
@pytest.mark.parametrize("min_for_automaton", [0, 10_000])
def test_both_engines_find_what_brute_force_finds(
    min_for_automaton: int, names: list[tuple[str, Lang]], text: str
) -> None:
    matcher = matcher_for(names)
    expected = brute_force(names, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phrase_matcher, "MIN_FOR_AUTOMATON", min_for_automaton)
        spans = matcher.spans(text, overlap="all", boundaries=False)
        found = matcher.spans(text, boundaries=False)
    assert {(span.start, span.end): set(span.values) for span in spans} == expected
    assert len(spans) == len(expected)
    longest = []
    done = 0
    for start in range(len(text)):
        ends = [end for first, end in expected if first == start]
        if start >= done and ends:
            done = max(ends)
            longest.append((start, done))
    assert [(span.start, span.end) for span in found] == longest


@given(st.one_of(mixed, anything, TEXTS))
def test_offsets_slice_the_text_and_all_holds_longest(text: str) -> None:
    text = f"日米同盟{text}防衛政策 {text} Missile defences {text}"
    for boundaries in (True, False):
        every = annotate(MATCHER, text, overlap="all", boundaries=boundaries)
        longest = annotate(MATCHER, text, boundaries=boundaries)
        assert set(map(repr, longest)) <= set(map(repr, every))
        assert all(text[item.start : item.end] == item.text for item in every)
        assert all(one.end <= other.start for one, other in pairwise(longest))
        assert [item.start for item in every] == sorted(item.start for item in every)


@pytest.mark.parametrize("filling", ["同盟の章。", "the base ", "漢字とかなA. "])
def test_long_text_has_the_same_matches_as_short_text(filling: str) -> None:
    text = "".join(f"日米・同盟、Missile  Defence{number}、ﾐｻｲﾙ防衛 {filling}" for number in range(600))
    assert len(text) > 10_000
    pieces = [(at, text[at : at + 500]) for at in range(0, len(text), 500)]
    whole = {(item.start, item.end, item.entry.id) for item in annotate(MATCHER, text, boundaries=False)}
    for at, piece in pieces:
        inside = {
            (at + item.start, at + item.end, item.entry.id)
            for item in annotate(MATCHER, piece, boundaries=False)
            if item.start > 30 and item.end < len(piece) - 30
        }
        assert inside <= whole


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (["か所"], "一か所、か所、が所", ["か所", "か所"]),
        (["日が", "が"], "日が国 日ヶ国", ["日が"]),
        (["R&D base", "R"], "r & d bases, R D base", ["r & d bases", "R"]),
        (["policy2"], "policy², policy 2, policy₂s", ["policy²", "policy 2", "policy₂"]),
        (["日本\U00020000", "日"], "日本\U00020000と日本\U00020001", ["日本\U00020000", "日"]),
        (["キロメートル"], "㌖ ㌔メートル ㌔㍍ ㌖s", ["㌖", "㌔メートル", "㌔㍍", "㌖"]),
    ],
)
def test_names_are_found_across_characters_that_the_key_ignores(
    names: list[str], text: str, expected: list[str]
) -> None:
    lang: Lang = "en" if names[0][0].isascii() else "ja"
    spans = matcher_for([(name, lang) for name in names]).spans(text, boundaries=False)
    assert [text[span.start : span.end] for span in spans] == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("rice farmers at the gates", []),
        ("Secretary Rice", ["Rice"]),
        ("市町村の合併", []),
        ("カレーライスを食べた", []),
        ("町村外相と大野長官", ["町村外相", "大野長官"]),
        ("町村氏、米ライス国務長官", ["町村", "ライス国務長官"]),
        ("NATOとFUTENMA", ["NATO", "FUTENMA"]),
        ("ЖNATO, NATOω, Ж NATO, ЖとNATO", ["NATO", "NATO"]),
        ("横田めぐみさんと横田滋さん", []),
        ("横田基地と横田", ["横田基地", "横田"]),
        ("町村太郎と町村信孝外相", ["町村信孝", "外相"]),
        ("在日米軍軍人", ["在日米軍"]),
    ],
)
def test_a_proper_name_inside_another_word_is_not_a_match(
    shipped: Reference, text: str, names: list[str]
) -> None:
    found = [item.text for item in shipped.annotate(text)]
    assert [name for name in found if name not in ("米", "長官")] == names


@pytest.mark.parametrize("text", ["米軍人の犯罪", "在日米軍人"])
def test_a_soldier_is_not_the_forces(shipped: Reference, text: str) -> None:
    assert not {"米軍", "在日米軍"} & {item.text for item in shipped.annotate(text)}


@pytest.mark.parametrize(
    "date",
    [
        "14 April 2005",
        "2005-04-14",
        "4/14/2005",
        "2005年4月14日",
        "２００５年４月１４日",
        "二〇〇五年四月十四日",
        "平成17年4月14日",
        "平成十七年四月十四日",
        "平成17年（2005年）4月14日",
        "平成17.4.14",
        "H17.4.14",
    ],
)
def test_a_date_is_read_alike_in_every_notation(date: str) -> None:
    for text in (date, f"x {date}, y", f"会談は{date}に行われた。", f"On {date} they met in 1960."):
        start, end, found_date = next(dates_in(text))
        assert (text[start:end], str(found_date)) == (date, "2005-04-14")
    text = f"{date}、外務大臣が会談した。"
    assert [item.entry.id for item in annotate(MATCHER, text) if item.text == "外務大臣"] == ["machimura"]


@pytest.mark.parametrize(
    "text",
    [
        "Anne Rice wrote novels.",
        "Jeb Bush was the governor.",
        "Katy Perry sang.",
        "Bill Gates spoke.",
        "Mr. Ichiro Ikeda objected.",
        "the elder Bush",
        "Mrs. Abe laughed.",
        "Koizumi Yakumo wrote ghost stories.",
        "Lake Kishi is deep.",
        "Rice University is in Houston.",
        "Rice prices rose.",
        "Rice-growing villages objected.",
    ],
)
def test_the_surname_of_another_person_or_thing_is_not_annotated(text: str) -> None:
    assert [found.text for found in ar.annotate(text, lang="en") if found.entry.kind == "person"] == []


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Secretary of State Rice left.", "rice-condoleezza"),
        ("When Rumsfeld came, Aso left.", "rumsfeld-donald"),
        ("U.S. Ambassador Schieffer spoke.", "schieffer-thomas"),
        ("He visited Korea. Rice did not.", "rice-condoleezza"),
        ("Bob Gates met Kyuma.", "gates-robert"),
        ("Condi Rice spoke.", "rice-condoleezza"),
        ("Aso Meets Rice in Tokyo", "rice-condoleezza"),
        ("the Bush administration", "bush-george-w"),
        ("Japanese PM Koizumi spoke.", "koizumi-junichiro"),
        ("On Monday Abe spoke.", "abe-shinzo"),
    ],
)
def test_the_surname_of_a_person_is_annotated_after_titles_and_other_words(text: str, entry: str) -> None:
    assert entry in [found.entry.id for found in ar.annotate(text)]


@pytest.mark.parametrize(
    "text",
    [
        "岩国市長は反対した。",
        "中国四国地方に住む。",
        "the Mayor of Iwakuni objected",
        "中国電力が発表した。",
        "Fussa City",
    ],
)
def test_a_town_or_region_is_not_a_base_or_country(text: str) -> None:
    kinds = [getattr(found.entry, "type", "") for found in ar.annotate(text)]
    assert not {"base", "country"} & set(kinds)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("The Security Council imposed sanctions.", "un-security-council"),
        ("Security Council resolution 1718", "un-security-council"),
        ("Japan's Security Council met on December 24, 2005.", "security-council-japan"),
        ("The Security Council and the Cabinet approved the plan.", "security-council-japan"),
    ],
)
def test_security_council_is_that_of_the_un_unless_the_sentence_is_about_that_of_japan(
    text: str, entry: str
) -> None:
    assert next(found.entry.id for found in ar.annotate(text) if found.text == "Security Council") == entry


@pytest.mark.parametrize(
    ("text", "entry", "shown"),
    [
        ("the 7th Fleet sailed", "seventh-fleet", "7th Fleet"),
        ("the Fifth Air Force", "fifth-air-force", "Fifth Air Force"),
        ("the City of Zama", "zama-city", "City of Zama"),
        ("the Dept. of Defense", "dod", "Dept. of Defense"),
        ("in the U.S. and", "united-states", "U.S."),
        ("The E–2C flew", "e-2c", "E–2C"),
        ("第十三空軍が", "thirteenth-air-force", "第十三空軍"),
        ("六箇国協議の", "six-party-talks", "六箇国協議"),
        ("普天\u200d間\u200e飛行\ufe00場へ", "futenma", "普天\u200d間\u200e飛行\ufe00場"),
    ],
)
def test_names_are_found_with_other_hyphens_numerals_and_abbreviations(
    text: str, entry: str, shown: str
) -> None:
    assert (shown, entry) in [(found.text, found.entry.id) for found in ar.annotate(text)]

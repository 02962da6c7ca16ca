"""Looking names up: hard queries, every name by each of its keys, typing errors, threads, translation."""

import datetime
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_ref.records import (
    Bilingual,
    Concept,
    Entry,
    Equivalent,
    Lang,
    Name,
    PartialDate,
    Period,
    Place,
    Source,
    Translation,
)
from alliance_ref.reference import Reference, load
from alliance_ref.search.equivalents import equivalents
from alliance_ref.search.fuzzy import FuzzyKeys, distance, errors_allowed
from alliance_ref.search.name_search import EntrySearch, indexed_entries
from alliance_ref.text.folding import fold, name_key
from alliance_ref.text.keys import english_key, okurigana_key, romaji_key
from alliance_ref.text.romanization import romanize

HARD = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "hard_queries.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_there_are_150_distinct_hard_queries() -> None:
    assert len(HARD) >= 150
    assert len({query for query, *_ in HARD}) == len(HARD)


@pytest.mark.parametrize(("query", "expected", "why"), HARD, ids=[query for query, *_ in HARD])
def test_hard_queries_return_the_right_entry_first(
    shipped: Reference, query: str, expected: str, why: str
) -> None:
    matches = shipped.lookup(query)
    assert matches, why
    assert matches[0].entry.id == expected, why


def test_every_name_is_found_by_each_of_its_keys(shipped: Reference) -> None:
    for entry in shipped.entries():
        for name in entry.names:
            queries = [name.text, name_key(name.text), unicodedata.normalize("NFKD", name.text)]
            if name.reading:
                queries += [
                    name.reading,
                    romanize(name.reading),
                    romanize(name.reading, long_vowels="double"),
                ]
            if name.romanization:
                queries += [name.romanization, unicodedata.normalize("NFD", name.romanization)]
            for query in queries:
                ids = [match.entry.id for match in shipped.lookup(query, limit=100)]
                assert entry.id in ids, (entry.id, query)


def test_fuzzy_matches_are_returned_only_if_nothing_else_matches(shipped: Reference) -> None:
    for query in ("Futemna", "Rumsfled", "普天間飛行錠"):
        assert {match.reason for match in shipped.lookup(query)} == {"fuzzy"}
        assert all(match.score <= 0.5 for match in shipped.lookup(query))
    assert all(match.reason != "fuzzy" for match in shipped.lookup("Ono"))
    assert shipped.lookup("qwertyuiop") == ()
    assert shipped.lookup("x" * 500) == ()


def test_a_name_out_of_use_is_not_replaced_by_a_similar_name(shipped: Reference) -> None:
    assert shipped.lookup("防衛省", as_of=datetime.date(2005, 4, 14), kinds=["organization"]) == ()


def test_suggestions_begin_with_the_prefix(shipped: Reference) -> None:
    for prefix in ("ふて", "普天", "fute", "Camp Z", "キャンプ", "ミサ"):
        matches = shipped.suggest(prefix, limit=20)
        assert matches
        for match in matches:
            keys = {
                name_key(match.name.text),
                name_key(match.name.reading or ""),
                romaji_key(match.name.text),
            }
            keys |= {
                romaji_key(match.name.romanization or ""),
                romaji_key(romanize(match.name.reading or "")),
            }
            begun = (name_key(prefix), romaji_key(prefix) or name_key(prefix), romaji_key(romanize(prefix)))
            assert any(key.startswith(begin) for key in keys for begin in begun if begin), match
    assert shipped.suggest("camp", kinds=["place"], limit=3)[0].entry.kind == "place"
    assert len(shipped.suggest("a", limit=3)) == 3
    with pytest.raises(ValueError, match="empty"):
        shipped.suggest("")


def test_eight_threads_find_the_same_as_one() -> None:
    fresh = load().with_documents()
    serial = {query: fresh.lookup(query) for query, *_ in HARD}
    # Those found as they stand take microseconds; the others are asked once by each thread.
    quick = [query for query, found in serial.items() if found[0].reason in ("exact", "abbreviation")]
    many = quick * (10_000 // len(quick) + 1)

    def ask(start: int) -> bool:
        turned = many[start:] + many[:start] + list(serial)
        return all(fresh.lookup(query) == serial[query] for query in turned)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))


SOURCE = (Source("tests", Bilingual("Tests", "テスト")),)
BODY = Place(
    "old-town",
    (
        Name("Old Town", "en", valid=Period(end=PartialDate(2007, 1, 8))),
        Name("New Town", "en", valid=Period(start=PartialDate(2007, 1, 9))),
        Name("OT", "en", status="abbreviation"),
        Name("旧町", "ja", valid=Period(end=PartialDate(2007, 1, 8))),
        Name("新町", "ja", valid=Period(start=PartialDate(2007, 1, 9))),
        Name("誤町", "ja", status="erroneous"),
        Name("町", "ja", status="abbreviation"),
    ),
    sources=SOURCE,
    type="town",
)
ONLY_JAPANESE = Concept(
    "only-japanese",
    (Name("町内会", "ja"),),
    sources=SOURCE,
    subject_field="towns",
    definition=Bilingual("a", "甲"),
)


SEARCH = EntrySearch([indexed_entries([BODY, ONLY_JAPANESE])])


def translate(query: str | Entry, *, to: Lang, as_of: datetime.date | None = None) -> Translation:
    found, gap = equivalents(SEARCH, query, to=to, as_of=as_of)
    asked = query if isinstance(query, str) else query.id
    return Translation(asked, to, tuple(Equivalent(entry, name) for entry, name, _ in found), gap)


@pytest.mark.parametrize(
    ("query", "to", "day", "answers"),
    [
        ("旧町", "en", datetime.date(2005, 1, 1), ["Old Town", "OT"]),
        ("新町", "en", datetime.date(2008, 1, 1), ["New Town", "OT"]),
        ("町", "en", datetime.date(2008, 1, 1), ["OT", "New Town"]),
        ("OT", "ja", datetime.date(2008, 1, 1), ["町", "新町"]),
        ("旧町", "en", None, ["Old Town", "New Town", "OT"]),
    ],
)
def test_equivalents_are_ordered_by_status_and_limited_to_the_day(
    query: str, to: Lang, day: datetime.date | None, answers: list[str]
) -> None:
    found = translate(query, to=to, as_of=day)
    assert [str(item) for item in found] == answers
    assert (found.gap, len(found), str(found)) == (None, len(answers), answers[0])


@pytest.mark.parametrize(
    ("query", "to", "day", "reason", "note"),
    [
        ("没町", "en", None, "not-held", "no entry has the name '没町'"),
        ("町内会", "en", None, "not-translated", "only-japanese has no name in this language"),
        ("新町", "en", datetime.date(2005, 1, 1), "not-held", "新町 was not in use on 2005-01-01"),
    ],
)
def test_a_gap_gives_the_reason_why_there_is_no_equivalent(
    query: str, to: Lang, day: datetime.date | None, reason: str, note: str
) -> None:
    found = translate(query, to=to, as_of=day)
    assert not found
    assert found.gap is not None
    assert found.gap.reason == reason
    assert note in found.gap.note
    assert str(found) == f"[{reason}]"


def test_an_entry_can_be_translated_and_the_language_is_checked() -> None:
    day = datetime.date(2005, 1, 1)
    assert str(translate(BODY, to="ja", as_of=day)) == "旧町"
    gone = translate(ONLY_JAPANESE, to="en")
    assert gone.gap is not None
    with pytest.raises(ValueError, match="'en', 'ja'"):
        translate("町", to="fr")  # type: ignore[arg-type]


def test_the_shipped_reference_translates_by_day(shipped: Reference) -> None:
    day = datetime.date(2005, 4, 14)
    assert str(shipped.translate("防衛庁", to="en", as_of=day)) == "Japan Defense Agency"
    assert str(shipped.translate("防衛省", to="en")) == "Ministry of Defense"
    gap = shipped.translate("防衛省", to="en", as_of=day).gap
    assert gap is not None
    assert "2007-01-09" in gap.note


@given(st.text(max_size=40))
def test_folding_equals_the_key_and_maps_back_to_the_text(text: str) -> None:
    folded = fold(text)
    assert folded.key == name_key(text)
    assert len(folded.key) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


@given(st.text(max_size=40))
def test_folding_is_idempotent(text: str) -> None:
    for key in (name_key, english_key, romaji_key, okurigana_key):
        assert key(key(text)) == key(text), key


@given(st.text("abcä普", max_size=8), st.text("abcä普", max_size=8))
def test_the_distance_is_symmetric_and_bounded(one: str, other: str) -> None:
    errors = distance(one, other, 9)
    assert errors == distance(other, one, 9)
    assert abs(len(one) - len(other)) <= errors <= max(len(one), len(other))
    assert (errors == 0) == (one == other)
    assert distance(one, other, 2) == min(errors, 3)


@given(st.text("abcdefgh", min_size=4, max_size=12), st.data())
def test_one_typing_error_is_always_tolerated(key: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(key) - 1))
    typed = data.draw(
        st.sampled_from([key[:place] + key[place + 1 :], key[:place] + "z" + key[place + 1 :], key + "y"])
    )
    if len(typed) >= 4:
        found = FuzzyKeys([key, "unrelated", "otherwise"]).near(typed, spelled=True)
        assert (key, distance(typed, key, 3)) in found
    assert errors_allowed(2, spelled=False) == 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ラムズフェルド国防長官", "rumsfeld-donald"),
        ("町村外務大臣", "machimura-nobutaka"),
        ("大野防衛庁長官", "ohno-yoshinori"),
        ("Secretary Rumsfeld", "rumsfeld-donald"),
        ("Defense Minister Ohno", "ohno-yoshinori"),
        ("第五空軍", "fifth-air-force"),
    ],
)
def test_titles_and_numerals_do_not_hide_a_name(shipped: Reference, query: str, expected: str) -> None:
    assert shipped.lookup(query)[0].entry.id == expected


def test_a_fuzzy_match_is_not_translated(shipped: Reference) -> None:
    found = shipped.translate("普天間飛行錠", to="en")
    assert not found
    assert found.gap is not None
    assert "did you mean '普天間飛行場'" in found.gap.note


def test_text_that_contains_a_name_does_not_match_it(shipped: Reference) -> None:
    for query in ("火星ひよこzama", "1999 futenma", "米zama軍", "財務大臣"):
        assert all(match.reason == "fuzzy" for match in shipped.lookup(query)), query
    assert shipped.office_holders("財務大臣") == ()


def test_a_datetime_counts_as_its_day_and_other_values_are_refused(shipped: Reference) -> None:
    moment = datetime.datetime(2005, 4, 14, 12, 0)  # noqa: DTZ001 - any time of day
    assert str(shipped.translate("防衛庁", to="en", as_of=moment)) == "Japan Defense Agency"
    assert len(shipped.office_holders("外務大臣", as_of=moment)) == 1
    with pytest.raises(TypeError, match="as_of must be"):
        shipped.office_holders("外務大臣", as_of=2005)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="as_of is '2005'; write a date as YYYY-MM-DD"):
        shipped.office_holders("外務大臣", as_of="2005")
    with pytest.raises(TypeError, match="office must be text"):
        shipped.office_holders(None)  # type: ignore[arg-type]


def test_documents_of_a_concordance_may_be_ids(shipped: Reference) -> None:
    lines = shipped.concordance("極東", documents=["treaty-1960"])
    assert {line.document for line in lines} == {"treaty-1960"}


@pytest.mark.parametrize(
    "query",
    [
        "Article 7",
        "Article VIII",
        "F-14",
        "PAC-1",
        "第8艦隊",
        "Sixth Fleet",
        "Under Secretary of Defense",
        "Vice Minister for Foreign Affairs of Japan",
        "外務副大臣",
        "旧防衛施設庁",
        "新防衛計画大綱",
        "航空自衛隊法",
        "防衛政策局長",
        "地位協程",
        "普天問",
        "国家安全保障政策",
        "SOFB",
        "Mageshima",
    ],
)
def test_a_similar_name_of_something_else_is_not_found(shipped: Reference, query: str) -> None:
    assert [match.entry.id for match in shipped.lookup(query) if match.reason == "fuzzy"] == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Henoka", "henoko"),
        ("Amred attack situation", "armed-attack-situation"),
        ("日米安全保証条約", "treaty-1960"),
        ("らむずふぇると", "rumsfeld-donald"),
        ("ラムズフェルト", "rumsfeld-donald"),
        ("7th Fleat", "seventh-fleet"),
    ],
)
def test_typing_errors_are_still_tolerated(shipped: Reference, query: str, expected: str) -> None:
    match = shipped.lookup(query)[0]
    assert (match.entry.id, match.reason) == (expected, "fuzzy")


def test_a_typing_error_in_a_long_name_is_tolerated(shipped: Reference) -> None:
    names = [name for entry in shipped.entries() for name in entry.names if len(name.text) >= 66]
    assert len(names) > 50
    for name in names:
        at = len(name.text) // 2
        while name.text[at] == name.text[at + 1] or not name.text[at : at + 2].isalpha():
            at += 1
        typed = name.text[:at] + name.text[at + 1] + name.text[at] + name.text[at + 2 :]
        match = shipped.lookup(typed)[0]
        assert match.name.text == name.text
        assert match.reason in ("fuzzy", "okurigana")  # swapped kana may be okurigana


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Status of Forces", {"sofa-1960", "sofa-term"}),
        ("地位", {"sofa-1960", "sofa-term"}),
        ("思いやり", {"omoiyari-budget"}),
        ("Futenma replacement", {"frf"}),
        ("status of forces", {"sofa-1960", "sofa-term"}),
    ],
)
def test_a_part_of_names_finds_the_names_that_begin_with_it_first(
    shipped: Reference, query: str, expected: set[str]
) -> None:
    found = shipped.lookup(query)
    assert {match.reason for match in found} == {"part"}
    assert {match.entry.id for match in found[: len(expected)]} == expected
    keys = [name_key(match.name.text) for match in found]
    begins = [key.startswith(name_key(query)) for key in keys]
    assert begins == sorted(begins, reverse=True)
    lengths = [len(key) for key, first in zip(keys, begins, strict=True) if first]
    assert lengths == sorted(lengths)


def test_a_part_in_latin_script_is_a_whole_word(shipped: Reference) -> None:
    assert shipped.lookup("tatus of Force") == ()
    assert shipped.lookup("orces Agree") == ()
    assert not shipped.translate("Status of Forces", to="ja")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("いわくに基地", "iwakuni"),
        ("かでな飛行場", "kadena"),
        ("日米どうめい", "alliance"),
    ],
)
def test_a_name_in_kanji_and_kana_is_found(shipped: Reference, query: str, expected: str) -> None:
    match = shipped.lookup(query)[0]
    assert (match.entry.id, match.reason) == (expected, "reading")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("6ヵ国協議", "six-party-talks"),
        ("第十八航空団", "18th-wing"),
        ("憲法九条", "article-nine"),
        ("Dept. of State", "state-department"),
        ("安藤條約", None),
        ("舊海軍", None),
        ("宮澤喜弌", "miyazawa-kiichi"),
    ],
)
def test_other_numerals_abbreviations_and_old_kanji_are_variants(
    shipped: Reference, query: str, expected: str | None
) -> None:
    found = shipped.lookup(query)
    assert (found[0].entry.id if found else None) == expected
    assert all(match.reason != "fuzzy" for match in found)


def test_an_english_abbreviation_comes_after_the_name_in_a_japanese_translation(shipped: Reference) -> None:
    texts = [str(one) for one in shipped.translate("2+2", to="ja")]
    assert texts.index("日米安全保障協議委員会") < texts.index("SCC")

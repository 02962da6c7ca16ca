"""A glossary is built from evidence: every pair names its places, the same units give the same glossary."""

import pickle
from collections.abc import Iterable

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alliance_ref as ar
from alliance_ref.batch import pipeline as passes
from alliance_ref.extraction import build as builder
from alliance_ref.extraction import stages
from alliance_ref.extraction.english_words import abbreviations_in
from alliance_ref.extraction.inputs import translation_units
from alliance_ref.extraction.japanese_words import compounds, read_lines, starts_of, type_of_line
from alliance_ref.extraction.records import Counts
from bitext import UNITS

MEMORY = tuple(
    ar.TranslationUnit(en, ja, "memory.tmx", number, ar.records.PartialDate(2006) if number % 2 else None)
    for number, (en, ja) in enumerate(UNITS)
)


@pytest.fixture(scope="module")
def glossary() -> ar.Glossary:
    return ar.build_glossary(MEMORY)


def best(glossary: ar.Glossary) -> dict[str, str]:
    """The first rendering of every English term."""
    found: dict[str, str] = {}
    for concept in glossary:
        for rendering in concept.renderings:
            found.setdefault(rendering.en, rendering.ja)
    return found


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("Status of Forces Agreement", "地位協定"),
        ("missile defense system", "ミサイル防衛システム"),
        ("aircraft carrier", "空母"),
        ("opposition party", "野党"),
        ("white paper", "白書"),
        ("runway", "滑走路"),
        ("compiler", "コンパイラ"),
        ("variable", "変数"),
    ],
)
def test_terms_that_stand_more_than_once_are_paired(
    glossary: ar.Glossary, english: str, japanese: str
) -> None:
    assert best(glossary)[english] == japanese


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("extended deterrence", "拡大抑止"),
        ("garbage collector", "ガベージコレクタ"),
        ("humanitarian assistance", "人道支援"),
        ("cost sharing", "経費分担"),
        ("firewall", "ファイアウォール"),
        ("Margaret Holloway", "マーガレット・ホロウェイ"),
        ("Thomas Brannock", "トーマス・ブラノック"),
        ("hash table", "ハッシュ表"),
        ("coral reef", "サンゴ礁"),
    ],
)
def test_terms_that_stand_once_are_found_when_asked_for(english: str, japanese: str) -> None:
    assert best(ar.build_glossary(MEMORY, seed=[english]))[english] == japanese


def test_a_verb_is_rendered_by_a_verb_where_the_seed_asks_for_one() -> None:
    assert best(ar.build_glossary(MEMORY, seed=["implement"]))["implement"] == "実装する"


def test_no_term_carries_a_particle_or_an_honorific_at_its_edge(glossary: ar.Glossary) -> None:
    for concept in glossary:
        for term in concept.ja:
            assert term.text[0] not in "のをがはにと・", term
            assert not term.text.endswith(("の", "を", "氏", "さん", "・")), term


def test_every_attestation_is_the_text_it_says(glossary: ar.Glossary) -> None:
    count = 0
    for concept in glossary:
        for rendering in concept.renderings:
            for place in rendering.attestations:
                unit = MEMORY[place.unit]
                assert place.passage == "memory.tmx"
                assert unit.en[place.en.start : place.en.end] == place.en.text
                assert unit.ja[place.ja.start : place.ja.end] == place.ja.text
                count += 1
    assert count > 100


def test_the_same_units_give_the_same_glossary(glossary: ar.Glossary) -> None:
    assert ar.build_glossary(iter(MEMORY)) == glossary


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_size_of_the_chunks_changes_nothing(
    glossary: ar.Glossary, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passes, "CHUNK", size)
    assert ar.build_glossary(MEMORY) == glossary


def test_what_the_stages_hand_on_survives_pickling(glossary: ar.Glossary) -> None:
    knowledge = pickle.loads(pickle.dumps(builder.make_knowledge()))
    observed = pickle.loads(pickle.dumps(stages.observe(MEMORY, knowledge)))
    counts = Counts()
    counts.add(observed.counts)
    model = pickle.loads(pickle.dumps(stages.learn(counts, knowledge)))
    paired = pickle.loads(pickle.dumps(stages.pair(observed, model, knowledge)))
    assert stages.assemble([paired], model, knowledge) == glossary


def test_spellings_of_one_term_meet_in_one_concept(glossary: ar.Glossary) -> None:
    concept = next(c for c in glossary if any(term.text == "interoperability" for term in c.en))
    assert {term.text.lower() for term in concept.en} == {"interoperability", "inter-operability"}
    assert sum(rendering.count for rendering in concept.renderings) == 3
    handed = next(c for c in glossary if any(term.text == "引き渡し" for term in c.ja))
    assert {term.text for term in handed.ja} == {"引き渡し", "引渡し"}


def test_an_abbreviation_stands_beside_its_long_form(glossary: ar.Glossary) -> None:
    concept = next(c for c in glossary if c.en[0].text == "Status of Forces Agreement")
    assert ("SOFA", "abbreviation") in [(term.text, term.status) for term in concept.en]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the International Atomic Energy Agency (IAEA)", [("International Atomic Energy Agency", "IAEA")]),
        ("the report (PDF)", []),
        ("weapons of mass destruction (WMDs)", [("weapons of mass destruction", "WMD")]),
    ],
)
def test_abbreviations_are_the_initials_of_what_stands_before_them(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert abbreviations_in(text) == found


def test_uses_tell_documents_and_dates() -> None:
    passages = ar.load().document("roadmap-2006").passages
    units = [unit for passage in passages for unit in passage.units]
    glossary = ar.build_glossary([ar.load().document("roadmap-2006")])
    rendering = next(r for concept in glossary for r in concept.renderings if r.count > 2)
    assert [use.document for use in rendering.uses] == ["roadmap-2006"]
    assert rendering.uses[0].date == ar.load().document("roadmap-2006").issued
    assert rendering.uses[0].count == rendering.count
    assert all(place.passage.startswith("roadmap-2006#") for place in rendering.attestations)
    assert rendering.count <= len(units)


def test_readings_are_kana_and_where_there_is_none_there_is_no_romanization(glossary: ar.Glossary) -> None:
    terms = [term for concept in glossary for term in concept.ja]
    assert any(term.reading for term in terms)
    for term in terms:
        assert (term.reading is None) == (term.transliteration is None)
        if any("a" <= character.lower() <= "z" or character.isdigit() for character in term.text):
            assert term.reading is None


def test_scores_fall_within_a_concept_and_lie_between_nothing_and_certainty(glossary: ar.Glossary) -> None:
    for concept in glossary:
        scores = [rendering.score for rendering in concept.renderings]
        assert all(score is not None and 0.0 < score < 1.0 for score in scores)
        assert scores == sorted(scores, key=lambda score: -(score or 0.0))


def test_ids_are_distinct(glossary: ar.Glossary) -> None:
    assert len({concept.id for concept in glossary}) == len(glossary)


def test_min_frequency_leaves_out_what_is_rarer_save_the_seed() -> None:
    glossary = ar.build_glossary(MEMORY, seed=["firewall"], min_frequency=2)
    counts = {rendering.en: rendering.count for concept in glossary for rendering in concept.renderings}
    assert counts.pop("firewall") == 1
    assert counts
    assert all(
        sum(rendering.count for rendering in concept.renderings) >= 2
        for concept in glossary
        if concept.en[0].text != "firewall"
    )


def test_a_seed_glossary_keeps_its_concept_where_it_is_found() -> None:
    term = ar.records.Term("地位協定", "ja", "preferred", reading="ちいきょうてい", note="1960")
    known = ar.GlossaryConcept(
        "sofa",
        ar.records.LanguageSection(
            "en", (ar.records.Term("Status of Forces Agreement", "en"), ar.records.Term("nowhere", "en"))
        ),
        ar.records.LanguageSection("ja", (term,), definition="日米間の協定。"),
        subject="law",
    )
    concept = ar.build_glossary(MEMORY, seed=ar.Glossary((known,))).find("sofa")
    assert concept.ja[0] == term
    assert (concept.ja.definition, concept.subject) == ("日米間の協定。", "law")
    assert "nowhere" not in [name.text for name in concept.en]
    assert concept.renderings[0].count == 2


def test_a_term_of_a_seed_is_none_where_a_longer_one_of_its_concept_stands() -> None:
    seed = ar.reference_glossary().subset(["camp-zama"])
    units = [
        ("Troops left Camp Zama.", "部隊はキャンプ座間を離れた。"),
        ("Camp Zama is large.", "キャンプ座間は広い。"),
    ]
    found = ar.build_glossary(units, seed=seed).find("camp-zama")
    assert [(one.en, one.ja, one.count) for one in found.renderings] == [("Camp Zama", "キャンプ座間", 2)]
    found = ar.build_glossary([*units, ("They saw Zama.", "彼らは座間を見た。")], seed=seed).find("camp-zama")
    assert [(one.en, one.ja, one.count) for one in found.renderings] == [
        ("Camp Zama", "キャンプ座間", 2),
        ("Zama", "座間", 1),
    ]


def test_a_reference_may_be_the_seed() -> None:
    glossary = ar.build_glossary(MEMORY, seed=ar.load())
    assert any(concept.id in {entry.id for entry in ar.load().entries()} for concept in glossary)


@pytest.mark.parametrize(
    ("items", "place"),
    [([("a", "b"), 3], 1), (["text"], 0), ([("a", "b", "c")], 0), ("text", 0), (7, 0), ([("a", None)], 0)],
)
def test_what_is_no_unit_is_named(items: Iterable[object], place: int) -> None:
    with pytest.raises(ar.errors.InvalidUnit, match=f"item {place} is .* pairs of str") as caught:
        ar.build_glossary(items)
    assert caught.value.place == place
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize(("seed", "message"), [("word", "the seed is a str"), ([1], "item 0 of the seed")])
def test_what_is_no_seed_is_named(seed: object, message: str) -> None:
    with pytest.raises(ar.errors.InvalidSeed, match=message):
        ar.build_glossary(MEMORY, seed=seed)  # type: ignore[arg-type]


def test_a_frequency_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="min_frequency is 0"):
        ar.build_glossary(MEMORY, min_frequency=0)


def test_nothing_gives_an_empty_glossary() -> None:
    assert len(ar.build_glossary([])) == 0
    assert len(ar.build_glossary([("One side.", ""), ("", "片側。")])) == 0


def test_all_kinds_of_units_are_read() -> None:
    document = ar.load().document("roadmap-2006")
    passage = document.passages[0]
    aligned = ar.align(["The alliance changed."], ["同盟は変わった。"])
    counts = [
        len(list(translation_units(items)))
        for items in ([document], document.passages, passage, passage.units, aligned, [("a", "b")])
    ]
    assert counts[0] == counts[1] == sum(len(one.units) for one in document.passages)
    assert counts[2] == counts[3] == len(passage.units)
    assert counts[4:] == [1, 1]


def test_progress_ends_at_the_end() -> None:
    heard: list[tuple[int, int]] = []
    ar.build_glossary(MEMORY, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (len(MEMORY), len(MEMORY))


_TEXT = st.text(
    st.sampled_from("同盟防衛庁ミサイルﾐｻﾃﾞのをが・、。 \u3000()（）3４aAあ引き渡しU.S\n\t\x00\u3099"),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_TEXT, _TEXT), max_size=4))
def test_any_text_is_taken_and_every_place_is_exact(pairs: list[tuple[str, str]]) -> None:
    units = [ar.TranslationUnit(en, ja, number=number) for number, (en, ja) in enumerate(pairs)]
    for concept in ar.build_glossary(units):
        for rendering in concept.renderings:
            for place in rendering.attestations:
                unit = units[place.unit]
                assert unit.en[place.en.start : place.en.end] == place.en.text
                assert unit.ja[place.ja.start : place.ja.end] == place.ja.text


def compounds_in(text: str) -> list[str]:
    types = [type_of_line(line) for line in read_lines(text)]
    surfaces = [kind.surface for kind in types]
    starts = starts_of(surfaces, text)
    codes = "".join(kind.code for kind in types)
    return ["".join(surfaces[first:last]) for first, last in compounds(codes, surfaces, starts, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("日米安全保障協議委員会で", ["日米安全保障協議委員会"]),
        ("小泉氏らは約三万人と", ["小泉", "三万人"]),
        ("受け入れ国の引き渡しを", ["受け入れ国", "引き渡し"]),
        ("ジョージ・W・ブッシュ大統領", ["ジョージ・W・ブッシュ大統領"]),
    ],
)
def test_compounds_end_where_a_term_does(text: str, found: list[str]) -> None:
    assert compounds_in(text) == found


def test_an_unknown_name_is_parted_at_its_dots() -> None:
    assert "・" in read_lines("ジャネル・モナエ")


def test_counts_add_up_whatever_the_chunks() -> None:
    knowledge = builder.make_knowledge()
    whole = Counts()
    whole.add(stages.observe(MEMORY, knowledge).counts)
    parts = Counts()
    for start in range(0, len(MEMORY), 5):
        parts.add(stages.observe(MEMORY[start : start + 5], knowledge).counts)
    assert attrs.asdict(parts, recurse=False) == attrs.asdict(whole, recurse=False)


def test_words_are_known_to_have_met_after_their_units_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    chunk = stages.observe(MEMORY * 2, builder.make_knowledge()).counts
    found = []
    for most in (10_000_000, 1):
        monkeypatch.setattr("alliance_ref.extraction.records._MOST_NUMBERS", most)
        counts = Counts()
        counts.add(chunk)
        counts.add(chunk)
        found.append({number: dict(row) for number, row in counts.meetings()})
        assert bool(counts.together) == (most == 1)
    assert found[0] == found[1]
    assert min(count for row in found[0].values() for count in row.values()) == 4


def test_a_genitive_is_no_part_of_a_term() -> None:
    glossary = ar.build_glossary([("Japan's runway is long.", "日本の滑走路は長い。")], seed=["Japan"])
    assert best(glossary)["Japan"] == "日本"
    assert glossary.concepts[0].renderings[0].attestations[0].en.text == "Japan"


def test_numbers_link_whatever_their_writing() -> None:
    assert best(ar.build_glossary(MEMORY, seed=["10 billion dollars"]))["10 billion dollars"] == "100億ドル"

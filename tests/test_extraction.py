"""Term extraction: pairs have their places, and the same units give the same glossary."""

import pickle
import time
from array import array
from collections.abc import Callable, Iterable

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alliance_ref as ar
from alliance_ref.batch import pipeline
from alliance_ref.batch.serialization import pack, pack_parts, unpack
from alliance_ref.extraction import stages
from alliance_ref.extraction.association import learn
from alliance_ref.extraction.build import make_background
from alliance_ref.extraction.concepts import assemble
from alliance_ref.extraction.english_words import abbreviations_in
from alliance_ref.extraction.inputs import translation_units
from alliance_ref.extraction.japanese_words import (
    dictionary_lines,
    find_compounds,
    japanese_word_of_line,
    word_starts,
)
from alliance_ref.extraction.records import Counts, ObservedChunk, PairedChunk
from alliance_ref.records import TranslationUnit
from bitext import UNITS

MEMORY = tuple(
    ar.TranslationUnit(en, ja, "memory.tmx", number, ar.records.PartialDate(2006) if number % 2 else None)
    for number, (en, ja) in enumerate(UNITS)
)


@pytest.fixture(scope="module")
def glossary() -> ar.Glossary:
    return ar.build_glossary(MEMORY)


def best(glossary: ar.Glossary) -> dict[str, str]:
    """Return the first rendering of every English term."""
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
def test_repeated_terms_are_paired(glossary: ar.Glossary, english: str, japanese: str) -> None:
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
def test_seed_terms_that_occur_once_are_paired(english: str, japanese: str) -> None:
    assert best(ar.build_glossary(MEMORY, seed=[english]))[english] == japanese


def test_a_verb_of_the_seed_is_rendered_by_a_verb() -> None:
    assert best(ar.build_glossary(MEMORY, seed=["implement"]))["implement"] == "実装する"


def test_no_term_begins_or_ends_with_a_particle_or_an_honorific(glossary: ar.Glossary) -> None:
    for concept in glossary:
        for term in concept.ja:
            assert term.text[0] not in "のをがはにと・", term
            assert not term.text.endswith(("の", "を", "氏", "さん", "・")), term


def test_every_attestation_has_the_text_at_its_offsets(glossary: ar.Glossary) -> None:
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
def test_the_chunk_size_does_not_change_the_pairs(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Statuses and termhood may differ: terms are counted in the chunks in which they were extracted."""
    expected = set(pairs(ar.build_glossary(MEMORY, terms_only=False)))
    monkeypatch.setattr(pipeline, "CHUNK", size)
    assert set(pairs(ar.build_glossary(MEMORY, terms_only=False))) == expected


def pairs(glossary: ar.Glossary) -> Iterable[ar.records.Rendering]:
    return [rendering for concept in glossary for rendering in concept.renderings]


def test_a_term_that_its_units_render_differently_is_not_preferred() -> None:
    units = [("The runway was closed.", "滑走路は閉鎖された。"), ("The runway is long.", "滑走路は長い。")]
    steady = ar.build_glossary(units).find("runway")
    assert {term.status for term in steady.terms} == {"preferred"}
    assert ar.self_check(ar.Glossary((steady,)), ar_units(units)) == ()
    units += [("The runway opened.", "開通した。"), ("We saw a runway.", "それを見た。")]
    contradicted = ar.build_glossary(units).find("runway")
    assert "preferred" not in {term.status for term in contradicted.terms}
    assert ar.self_check(ar.Glossary((contradicted,)), ar_units(units)) == ()
    assert len(ar.self_check(ar.Glossary((steady,)), ar_units(units))) == 2


def ar_units(pairs: Iterable[tuple[str, str]]) -> list[ar.TranslationUnit]:
    return [ar.TranslationUnit(en, ja, f"{number}.tmx") for number, (en, ja) in enumerate(pairs)]


def test_quantities_are_left_out_unless_they_are_requested() -> None:
    units = [("It cost 12,500 dollars in May 2003.", "2003年5月、12,500ドルかかった。")] * 3
    assert not any(term.text[0].isdigit() for concept in ar.build_glossary(units) for term in concept.en)
    kept = ar.build_glossary(units, terms_only=False)
    assert any(term.text[0].isdigit() for concept in kept for term in concept.en)


def test_terms_that_are_the_same_in_both_languages_come_last_or_are_omitted() -> None:
    units = [
        ("JSON files need a compiler.", "JSONファイルにはコンパイラが必要だ。"),
        ("The compiler reads JSON.", "コンパイラはJSONを読む。"),
    ]
    assert ar.build_glossary(units).concepts[-1].ja[0].text == "JSON"
    assert all(
        term.text != "JSON" for concept in ar.build_glossary(units, identical=False) for term in concept.ja
    )


def test_every_concept_of_a_build_has_a_termhood(glossary: ar.Glossary) -> None:
    found = [concept.termhood for concept in glossary]
    assert None not in found
    assert len(set(found)) > 5


def test_the_results_of_the_stages_survive_serialization(glossary: ar.Glossary) -> None:
    background = pickle.loads(pickle.dumps(make_background()))
    observed, counted = stages.observe(MEMORY, background)
    assert unpack(ObservedChunk, pack(observed)) == observed
    assert unpack(Counts, pack(counted)) == counted
    counts = Counts()
    counts.add(unpack(Counts, pack(counted)))
    model = pickle.loads(pickle.dumps(learn(counts, background)))
    paired = stages.pair(unpack(ObservedChunk, pack(observed)), model, background)
    assert unpack(PairedChunk, pack(paired)) == paired
    assert assemble([unpack(PairedChunk, pack(paired))], model, background) == glossary


def test_results_from_another_party_are_checked() -> None:
    """A checkpoint is a file: its numbers must not lead a stage outside the texts and words."""
    background = make_background()
    observed, counts = stages.observe(MEMORY, background)
    model = learn(counts, background)
    results: list[ObservedChunk | Counts | PairedChunk] = [
        observed, counts, stages.pair(observed, model, background),
    ]  # fmt: skip
    wrong: list[object] = [array("H", [65_535]), array("H"), [7], "x", None, {"x": "y"}, [{}], 10**30]
    for result in results:
        parts = result.to_parts()
        for place in range(len(parts)):
            for value in wrong:
                changed = [*parts[:place], value, *parts[place + 1 :]]
                try:
                    found = unpack(type(result), pack_parts(changed))
                except ValueError:
                    continue
                if isinstance(found, ObservedChunk):
                    stages.pair(found, model, background)
                elif isinstance(found, Counts):
                    total = Counts()
                    total.add(found)
                    learn(total, background)
                else:
                    assemble([found], model, background)


def test_spellings_of_one_term_share_one_concept(glossary: ar.Glossary) -> None:
    concept = next(c for c in glossary if any(term.text == "interoperability" for term in c.en))
    assert {term.text.lower() for term in concept.en} == {"interoperability", "inter-operability"}
    assert sum(rendering.count for rendering in concept.renderings) == 3


def test_okurigana_variants_share_one_concept() -> None:
    glossary = ar.build_glossary(MEMORY, seed=["hand-over"])
    handed = next(c for c in glossary if any(term.text == "引き渡し" for term in c.ja))
    assert {term.text for term in handed.ja} == {"引き渡し", "引渡し"}


def test_an_abbreviation_joins_the_concept_of_its_long_form(glossary: ar.Glossary) -> None:
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
def test_abbreviations_are_the_initials_of_the_words_before_them(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert abbreviations_in(text) == found


def test_uses_have_documents_and_dates() -> None:
    passages = ar.load().document("roadmap-2006").passages
    units = [unit for passage in passages for unit in passage.units]
    glossary = ar.build_glossary([ar.load().document("roadmap-2006")])
    rendering = next(r for concept in glossary for r in concept.renderings if r.count > 2)
    assert [use.document for use in rendering.uses] == ["roadmap-2006"]
    assert rendering.uses[0].date == ar.load().document("roadmap-2006").issued
    assert rendering.uses[0].count == rendering.count
    assert all(place.passage.startswith("roadmap-2006#") for place in rendering.attestations)
    assert rendering.count <= len(units)


def test_a_term_has_a_kana_reading_and_a_romanization_or_neither(glossary: ar.Glossary) -> None:
    terms = [term for concept in glossary for term in concept.ja]
    assert any(term.reading for term in terms)
    for term in terms:
        assert (term.reading is None) == (term.transliteration is None)
        if any("a" <= character.lower() <= "z" or character.isdigit() for character in term.text):
            assert term.reading is None


def test_scores_decrease_within_a_concept_and_are_between_0_and_1(glossary: ar.Glossary) -> None:
    for concept in glossary:
        scores = [rendering.score for rendering in concept.renderings]
        assert all(score is not None and 0.0 < score < 1.0 for score in scores)
        assert scores == sorted(scores, key=lambda score: -(score or 0.0))


def test_ids_are_distinct(glossary: ar.Glossary) -> None:
    assert len({concept.id for concept in glossary}) == len(glossary)


def test_min_frequency_drops_rarer_pairs_except_seed_terms() -> None:
    glossary = ar.build_glossary(MEMORY, seed=["firewall"], min_frequency=2)
    counts = {rendering.en: rendering.count for concept in glossary for rendering in concept.renderings}
    assert counts.pop("firewall") == 1
    assert counts
    assert all(
        sum(rendering.count for rendering in concept.renderings) >= 2
        for concept in glossary
        if concept.en[0].text != "firewall"
    )


def test_a_concept_of_a_seed_glossary_is_kept_if_it_is_found() -> None:
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


def test_a_seed_term_inside_a_longer_one_of_its_concept_is_not_counted() -> None:
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
def test_an_invalid_unit_is_reported_with_its_place(items: Iterable[object], place: int) -> None:
    with pytest.raises(ar.errors.InvalidUnit, match=f"item {place} is .* pairs of str") as caught:
        ar.build_glossary(items)
    assert caught.value.place == place
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize(
    ("seed", "message"), [("word", "the seed is of type str"), ([1], "item 0 of the seed")]
)
def test_an_invalid_seed_is_reported_with_its_place(seed: object, message: str) -> None:
    with pytest.raises(ar.errors.InvalidSeed, match=message):
        ar.build_glossary(MEMORY, seed=seed)  # type: ignore[arg-type]


def test_a_frequency_below_one_is_rejected() -> None:
    with pytest.raises(ar.errors.InvalidValue, match="min_frequency is 0"):
        ar.build_glossary(MEMORY, min_frequency=0)


def test_no_units_give_an_empty_glossary() -> None:
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


def test_progress_ends_with_the_total() -> None:
    calls: list[tuple[int, int]] = []
    ar.build_glossary(MEMORY, progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (len(MEMORY), len(MEMORY))


_TEXT = st.text(
    st.sampled_from("同盟防衛庁ミサイルﾐｻﾃﾞのをが・、。 \u3000()（）3４aAあ引き渡しU.S\n\t\x00\u3099"),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_TEXT, _TEXT), max_size=4))
def test_any_text_is_accepted_and_every_place_is_exact(pairs: list[tuple[str, str]]) -> None:
    units = [ar.TranslationUnit(en, ja, number=number) for number, (en, ja) in enumerate(pairs)]
    for concept in ar.build_glossary(units):
        for rendering in concept.renderings:
            for place in rendering.attestations:
                unit = units[place.unit]
                assert unit.en[place.en.start : place.en.end] == place.en.text
                assert unit.ja[place.ja.start : place.ja.end] == place.ja.text


def compounds_in(text: str) -> list[str]:
    words = [japanese_word_of_line(line) for line in dictionary_lines(text)]
    surfaces = [word.surface for word in words]
    starts = word_starts(surfaces, text)
    codes = "".join(word.code for word in words)
    return ["".join(surfaces[first:last]) for first, last in find_compounds(codes, surfaces, starts, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("日米安全保障協議委員会で", ["日米安全保障協議委員会"]),
        ("小泉氏らは約三万人と", ["小泉", "三万人"]),
        ("受け入れ国の引き渡しを", ["受け入れ国", "引き渡し"]),
        ("ジョージ・W・ブッシュ大統領", ["ジョージ・W・ブッシュ大統領"]),
    ],
)
def test_compounds_have_the_boundaries_of_terms(text: str, found: list[str]) -> None:
    assert compounds_in(text) == found


def test_an_unknown_name_is_split_at_its_middle_dots() -> None:
    assert "・" in dictionary_lines("ジャネル・モナエ")


def test_counts_do_not_depend_on_the_chunks() -> None:
    background = make_background()
    whole = Counts()
    whole.add(stages.observe(MEMORY, background)[1])
    parts = Counts()
    for start in range(0, len(MEMORY), 5):
        parts.add(stages.observe(MEMORY[start : start + 5], background)[1])
    assert attrs.asdict(parts, recurse=False) == attrs.asdict(whole, recurse=False)


def test_cooccurrences_are_kept_after_their_units_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    _, chunk = stages.observe(MEMORY * 2, make_background())
    found = []
    for most in (10_000_000, 1):
        monkeypatch.setattr("alliance_ref.extraction.records.MAX_NUMBERS", most)
        counts = Counts()
        counts.add(chunk)
        counts.add(chunk)
        found.append({number: dict(row) for number, row in counts.cooccurrences()})
        assert bool(counts.folded) == (most == 1)
    assert found[0] == found[1]
    assert min(count for row in found[0].values() for count in row.values()) == 4


def test_the_ending_of_a_genitive_is_not_part_of_a_term() -> None:
    glossary = ar.build_glossary([("Japan's runway is long.", "日本の滑走路は長い。")], seed=["Japan"])
    assert best(glossary)["Japan"] == "日本"
    assert glossary.concepts[0].renderings[0].attestations[0].en.text == "Japan"


def test_numbers_are_linked_in_any_notation() -> None:
    assert best(ar.build_glossary(MEMORY, seed=["10 billion dollars"]))["10 billion dollars"] == "100億ドル"


def test_terms_have_decided_readings() -> None:
    units = [
        ("Japan used the bases.", "日本は基地を使用した。"),
        ("Japan agreed to the plan.", "日本は計画に合意した。"),
        ("Japan paid for the bases.", "日本は基地の経費を負担した。"),
    ]
    readings = {term.text: term.reading for concept in ar.build_glossary(units) for term in concept.ja}
    assert readings["日本"] == "にほん"  # the dictionary has にっぽん


def test_time_for_a_long_unit_is_nearly_linear() -> None:
    """Each unit is one line: a gap without words, a repeated number, and ordinary text without paragraphs."""
    documents = ar.documents()
    en = " ".join(passage.text("en") for one in documents for passage in one.passages)
    ja = "".join(passage.text("ja") for one in documents for passage in one.passages)
    sizes: dict[str, Callable[[int], TranslationUnit]] = {
        "dots": lambda size: TranslationUnit("A " + "." * size, "甲"),
        "numbers": lambda size: TranslationUnit("5 " * (size // 4), "5 " * (size // 4)),
        "text": lambda size: TranslationUnit(en[:size], ja[: size // 3]),
    }
    for name, unit in sizes.items():
        times = []
        for size in (6_000, 24_000):
            start = time.process_time()
            ar.build_glossary([unit(size)], executor=ar.SerialExecutor())
            times.append(time.process_time() - start)
        # Four times the text takes 4 times as long if the time is linear, and 16 times if it is quadratic.
        assert times[1] < 10 * max(times[0], 0.2), (name, times)

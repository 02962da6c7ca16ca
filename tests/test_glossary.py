"""The glossary as a value: joined, compared, chosen from, changed, asked and counted."""

import datetime
import pickle
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alliance_ref as ar
from alliance_ref.glossary import Glossary, reference_glossary
from alliance_ref.glossary.checks import CODES, agrees
from alliance_ref.glossary.concepts import term_key
from alliance_ref.records import (
    GlossaryConcept,
    LanguageSection,
    NameStatus,
    Occurrence,
    PairAttestation,
    PartialDate,
    Period,
    Rendering,
    Term,
    TranslationUnit,
    Use,
)
from glossaries import agreeing, apart, glossaries

few = settings(max_examples=40)  # a glossary is much to draw


@pytest.fixture(scope="module")
def reference() -> Glossary:
    return reference_glossary()


def concept(
    concept_id: str,
    en: "tuple[Term | str, ...] | str" = (),
    ja: "tuple[Term | str, ...] | str" = (),
    **more: object,
) -> GlossaryConcept:
    """A concept of terms, each of which may be but a text."""
    sections = {}
    for lang, given_terms in (("en", en), ("ja", ja)):
        terms = (given_terms,) if isinstance(given_terms, str) else given_terms
        made = tuple(
            Term(term, lang, "admitted" if number else "preferred") if isinstance(term, str) else term  # type: ignore[arg-type]
            for number, term in enumerate(terms)
        )
        sections[lang] = LanguageSection(lang, made)  # type: ignore[arg-type]
    return GlossaryConcept(concept_id, sections["en"], sections["ja"], **more)  # type: ignore[arg-type]


def normal(glossary: Glossary) -> Glossary:
    """The same with everything in an order of its own, to compare what is in it."""

    def section(one: LanguageSection) -> LanguageSection:
        terms = tuple(
            attrs.evolve(term, source="; ".join(sorted(term.source.split("; "))))
            for term in sorted(one.terms, key=lambda term: (term.text, term.reading or ""))
        )
        return attrs.evolve(one, terms=terms)

    def rendering(one: Rendering) -> Rendering:
        return attrs.evolve(
            one,
            uses=tuple(sorted(one.uses, key=str)),
            attestations=tuple(sorted(one.attestations, key=str)),
        )

    made = [
        attrs.evolve(
            item,
            en=section(item.en),
            ja=section(item.ja),
            renderings=tuple(sorted(map(rendering, item.renderings), key=str)),
            passages=tuple(sorted(item.passages)),
        )
        for item in glossary
    ]
    return Glossary(sorted(made, key=lambda item: item.id))


# A value


def test_two_concepts_with_the_same_id_raise_an_error() -> None:
    with pytest.raises(ar.errors.DuplicateConcept, match="used more than once: 'a'") as caught:
        Glossary((concept("a", "x"), concept("b", "y"), concept("a", "z")))
    assert caught.value.ids == ("a",)
    assert isinstance(caught.value, ValueError)


def test_a_glossary_accepts_any_iterable_and_is_equal_by_its_concepts() -> None:
    made = Glossary(concept(name, name) for name in "ab")
    assert made == Glossary((concept("a", "a"), concept("b", "b")))
    assert hash(made) == hash(Glossary(made))
    made.lookup("a")
    assert made == Glossary(made.concepts)
    assert repr(made) == "<Glossary: 2 concepts, 2 terms>"
    assert Glossary() == Glossary(())


def test_the_error_for_an_unknown_id_lists_similar_ids(reference: Glossary) -> None:
    with pytest.raises(KeyError) as caught:
        reference.find("futenmaa")
    assert isinstance(caught.value, ar.errors.UnknownConcept)
    assert "futenma" in caught.value.nearest
    many = Glossary(concept(f"term-{number}", "x") for number in range(20_001))
    with pytest.raises(ar.errors.UnknownConcept, match="did you mean"):
        many.find("term-2000x")


def test_ids_and_concepts_are_members(reference: Glossary) -> None:
    assert "futenma" in reference
    assert "nothing" not in reference
    assert reference.find("futenma") in reference
    assert attrs.evolve(reference.find("futenma"), note="changed") not in reference
    assert all(item in reference for item in reference)


def test_indexes_are_not_pickled(reference: Glossary) -> None:
    small = reference.subset(["futenma", "camp-zama"])
    before = len(pickle.dumps(small))
    small.lookup("普天間")
    small.annotate("普天間")
    assert len(pickle.dumps(small)) == before
    copy = pickle.loads(pickle.dumps(small))
    assert copy == small
    assert copy.lookup("普天間") == small.lookup("普天間")


# Merging


@few
@given(glossaries())
def test_merging_a_glossary_with_itself_changes_nothing(glossary: Glossary) -> None:
    assert glossary.merge(glossary) == glossary
    assert glossary.conflicts(glossary) == ()


@few
@given(apart(), apart())
def test_merging_the_same_glossary_twice_changes_nothing(one: Glossary, other: Glossary) -> None:
    joint = one.merge(other)
    assert joint.merge(one) == joint
    assert joint.merge(other) == joint


@few
@given(glossaries(), glossaries())
def test_merging_loses_no_term_and_no_pair(one: Glossary, other: Glossary) -> None:
    joint = one.merge(other)
    for given_glossary in (one, other):
        texts = {term.text for item in given_glossary for term in (*item.en, *item.ja)}
        assert texts <= {term.text for item in joint for term in (*item.en, *item.ja)}
        pairs = {(pair.en, pair.ja) for item in given_glossary for pair in item.renderings}
        assert pairs <= {(pair.en, pair.ja) for item in joint for pair in item.renderings}
        places = {place for item in given_glossary for pair in item.renderings for place in pair.attestations}
        assert places <= {place for item in joint for pair in item.renderings for place in pair.attestations}
    assert {item.id for item in one} <= {item.id for item in joint}
    assert max(len(one), len(other)) <= len(joint) <= len(one) + len(other)


@few
@given(agreeing())
def test_glossaries_without_conflicts_can_be_merged_in_any_order(three: tuple[Glossary, ...]) -> None:
    a, b, c = three
    assert a.conflicts(b) == ()
    assert normal(a.merge(b)) == normal(b.merge(a))
    assert normal(a.merge(b).merge(c)) == normal(a.merge(b.merge(c)))


@few
@given(glossaries())
def test_merging_an_empty_glossary_changes_nothing(glossary: Glossary) -> None:
    assert glossary.merge(Glossary()) == glossary
    assert Glossary().merge(glossary) == glossary


def test_concepts_with_different_ids_are_merged_by_a_pair_of_terms() -> None:
    ours = Glossary((concept("interop", "interoperability", "相互運用性"), concept("order", "order", "秩序")))
    theirs = Glossary(
        (concept("1", ("inter-operability", "interoperation"), "相互運用性"), concept("2", "order", "命令"))
    )
    joint = ours.merge(theirs)
    assert [item.id for item in joint] == ["interop", "order", "2"]
    assert [term.text for term in joint.find("interop").en] == [
        "interoperability",
        "inter-operability",
        "interoperation",
    ]


def test_homonyms_that_share_a_pair_are_not_merged() -> None:
    twice = Glossary((concept("river", "bank", "岸"), concept("shore", "bank", "岸", subject="sea")))
    assert twice.merge(twice) == twice
    joint = Glossary((concept("x", "bank", "岸"),)).merge(twice)
    assert [item.id for item in joint] == ["x", "shore"]


def test_a_different_concept_with_the_same_id_gets_a_new_id_and_a_conflict() -> None:
    ours, theirs = Glossary((concept("c1", "alliance", "同盟"),)), Glossary((concept("c1", "base", "基地"),))
    joint = ours.merge(theirs)
    assert [item.id for item in joint] == ["c1", "c1-2"]
    assert joint.find("c1-2").en[0].text == "base"
    [conflict] = ours.conflicts(theirs)
    assert (conflict.field, conflict.kept, conflict.given) == ("id", "c1-2", "c1")
    assert joint.merge(theirs) == joint


def test_a_term_with_status_erroneous_still_identifies_concepts_with_the_same_id() -> None:
    ours = Glossary((concept("a", (Term("allience", "en", "erroneous"),)),))
    theirs = Glossary((concept("a", ("allience", "alliance")),))
    joint = ours.merge(theirs)
    assert len(joint) == 1
    assert joint.merge(ours) == joint.merge(theirs) == joint


def test_a_new_id_is_not_used_by_a_later_concept() -> None:
    ours = Glossary((concept("c", "alliance", "同盟"),))
    theirs = Glossary((concept("c", "base", "基地"), concept("c-2", "treaty", "条約")))
    assert [item.id for item in ours.merge(theirs)] == ["c", "c-3", "c-2"]


def test_a_use_in_one_document_is_counted_once_and_others_are_added() -> None:
    def with_uses(count: int, *uses: Use, score: float | None = 0.5) -> Glossary:
        pair = Rendering("order", "秩序", score, count, (), uses)
        return Glossary((concept("order", "order", "秩序", renderings=(pair,)),))

    day = PartialDate(2005)
    ours = with_uses(5, Use("a", 3, day), Use("b", 2))
    theirs = with_uses(8, Use("a", 4, day), Use("c", 3), score=0.75)
    [pair] = ours.merge(theirs).find("order").renderings
    assert pair.uses == (Use("a", 4, day), Use("b", 2), Use("c", 3))
    assert pair.count == 4 + 2 + 3 + 1  # one of theirs is of no document told
    assert pair.score == 0.75
    [pair] = ours.merge(with_uses(1, score=None)).find("order").renderings
    assert (pair.score, pair.count) == (None, 6 - 1 + 1)


def test_the_first_glossary_prevails_and_each_conflict_is_reported() -> None:
    def term(**more: object) -> Term:
        return Term("防衛庁", "ja", **{"reading": "ぼうえいちょう", **more})  # type: ignore[arg-type]

    old, new = Period(PartialDate(1954), PartialDate(2007)), Period(PartialDate(1955), PartialDate(2007))
    ours = Glossary((concept("jda", "JDA", (term(transliteration="Bōeichō", valid=old),), subject="body"),))
    theirs = Glossary(
        (
            concept(
                "jda",
                "JDA",
                (term(transliteration="Bōei-kyoku", valid=new, status="deprecated"),),
                subject="law",
            ),
        )
    )
    assert ours.merge(theirs) == ours
    fields = {item.field: (item.kept, item.given) for item in ours.conflicts(theirs)}
    assert fields == {
        "subject": ("body", "law"),
        "status": ("preferred", "deprecated"),
        "validity": ("1954/2007", "1955/2007"),
        "transliteration": ("Bōeichō", "Bōei-kyoku"),
    }
    assert str(ours.conflicts(theirs)[0]) == "jda: status of 防衛庁: 'preferred' kept, 'deprecated' given"


def test_empty_fields_are_filled_from_the_other_glossary() -> None:
    bare = Glossary((concept("jda", "JDA", "防衛庁"),))
    term = Term(
        "防衛庁", "ja", reading="ぼうえい ちょう", valid=Period(None, PartialDate(2007)), reliability=0.5
    )
    full = Glossary((concept("jda", "JDA", (term,), note="gone", passages=("x#1",)),))
    joint = bare.merge(full).find("jda")
    assert joint.note == "gone"
    assert joint.passages == ("x#1",)
    assert joint.ja[0] == attrs.evolve(term, reliability=None)  # a person vouches for the bare one
    assert bare.conflicts(full) == ()


def test_a_second_preferred_term_of_the_same_period_becomes_admitted() -> None:
    until, since = Period(None, PartialDate(2006, 12)), Period(PartialDate(2007, 1), None)
    ours = Glossary((concept("mod", "MOD", (Term("防衛庁", "ja", valid=until),)),))
    later = Glossary((concept("mod", "MOD", (Term("防衛省", "ja", valid=since),)),))
    rival = Glossary((concept("mod", "MOD", (Term("防衛当局", "ja"),)),))
    assert [term.status for term in ours.merge(later).find("mod").ja] == ["preferred", "preferred"]
    assert ours.conflicts(later) == ()
    assert [term.status for term in ours.merge(rival).find("mod").ja] == ["preferred", "admitted"]
    [conflict] = ours.conflicts(rival)
    assert (conflict.field, conflict.kept, conflict.given) == ("preferred", "防衛庁", "防衛当局")


def test_two_readings_of_a_term_are_both_kept() -> None:
    ours = Glossary((concept("japan", "Japan", (Term("日本", "ja", reading="にほん"),)),))
    theirs = Glossary((concept("japan", "Japan", (Term("日本", "ja", reading="にっぽん"),)),))
    assert [term.reading for term in ours.merge(theirs).find("japan").ja] == ["にほん", "にっぽん"]
    assert {item.field for item in ours.conflicts(theirs)} == {"reading", "preferred"}
    term = Term("日本", "ja", reading="に ほん", transliteration="Ni Hon")
    divided = Glossary((concept("japan", "Japan", (term,)),))
    assert ours.merge(divided).find("japan").ja[0] == term
    plain = Glossary((concept("japan", "Japan", (attrs.evolve(term, transliteration="nihon"),)),))
    assert plain.merge(divided) == divided.merge(plain) == divided
    assert plain.conflicts(divided) == ()
    assert ours.conflicts(divided) == ()


# Comparing


@few
@given(glossaries())
def test_a_glossary_has_no_difference_to_itself(glossary: Glossary) -> None:
    found = glossary.diff(glossary)
    assert not found
    assert str(found) == ""
    assert found == ar.glossary.diff.GlossaryDiff()


@few
@given(glossaries(), glossaries())
def test_a_diff_contains_every_concept_that_differs(one: Glossary, other: Glossary) -> None:
    found = one.diff(other)
    assert bool(found) == (set(one) != set(other))
    assert set(one) - set(other) == {
        *found.removed,
        *found.rejected,
        *(change.before for change in found.changed),
    }
    assert set(other) - set(one) == {*found.added, *(change.after for change in found.changed)}
    assert all(change.changes for change in found.changed)
    back = other.diff(one)
    assert set(back.added) | {c.after for c in back.changed} == set(one) - set(other)


def test_a_change_is_listed_by_field() -> None:
    pair = Rendering("order", "秩序", 0.5, 2, (), (Use("a", 2),))
    old = Glossary((concept("order", ("order", "rule"), "秩序", subject="law", renderings=(pair,)),))
    changed = concept(
        "order",
        ("rule", "order"),
        (Term("秩序", "ja", "admitted", reading="ちつじょ"), "命令"),
        note="new",
        renderings=(attrs.evolve(pair, count=3, uses=(Use("a", 3),)), Rendering("order", "命令")),
    )
    [change] = old.diff(Glossary((changed, concept("base", "base")))).changed
    assert change.id == "order"
    assert {(item.field, item.of, item.before, item.after) for item in change.changes} == {
        ("subject", "", "law", ""),
        ("note", "", "", "new"),
        ("order", "", "order, rule", "rule, order"),
        ("status", "order", "preferred", "admitted"),
        ("status", "rule", "admitted", "preferred"),
        ("status", "秩序", "preferred", "admitted"),
        ("reading", "秩序", "", "ちつじょ"),
        ("term", "", "", "命令 (admitted)"),
        ("count", "order = 秩序", "2", "3"),
        ("uses", "order = 秩序", "a - ×2", "a - ×3"),
        ("rendering", "", "", "order = 命令"),
    }


def test_a_diff_can_be_printed_and_shown_as_html() -> None:
    old = Glossary((concept("a<b", "a<b"), concept("gone", "gone", "無")))
    found = old.diff(Glossary((concept("a<b", "a<b", note="<script>"), concept("new", "new"))))
    assert str(found).splitlines() == [
        "+ new: new",
        "- gone: gone / 無",
        "~ a<b: a<b",
        "    + note: <script>",
    ]
    assert repr(found) == "<GlossaryDiff 1 added, 1 removed, 1 changed>"
    assert "<script>" not in found._repr_html_()
    assert "&lt;script&gt;" in found._repr_html_()


def test_a_concept_with_a_new_id_is_listed_as_changed() -> None:
    old, new = Glossary((concept("1", "order", "秩序"),)), Glossary((concept("order", "order", "秩序"),))
    [change] = old.diff(new).changed
    assert [str(item) for item in change.changes] == ["id: 1 → order"]


# Choosing and changing


def test_filter_keeps_concepts_that_meet_all_conditions(reference: Glossary) -> None:
    places = reference.filter(subject="place")
    assert {item.subject for item in places} == {"place"}
    assert len(reference.filter(subject=("place", "person"))) == len(places) + len(
        reference.filter(subject="person")
    )
    both = reference.filter(lambda item: item.id.startswith("c"), subject="place")
    assert "camp-zama" in both
    assert all(item.id.startswith("c") for item in both)
    assert len(reference.filter()) == len(reference)
    deprecated = reference.filter(status="deprecated", lang="ja")
    assert deprecated.concepts
    assert all(any(term.status == "deprecated" for term in item.ja) for item in deprecated)


def test_filter_counts_renderings_without_a_score_as_1() -> None:
    pair = Rendering("b", "乙", 0.3, 2)
    made = Glossary(
        (
            concept("sure", "a", "甲"),
            concept("unsure", "b", "乙", renderings=(pair,)),
            concept("surer", "b", "乙", renderings=(pair, Rendering("b", "乙", 0.9, 5))),
            concept("one", "c"),
        )
    )
    assert [item.id for item in made.filter(min_score=0.5)] == ["sure", "surer", "one"]
    assert [item.id for item in made.filter(min_count=3)] == ["surer"]
    assert [item.id for item in made.filter(lang="ja", min_score=0.95)] == ["sure"]


@few
@given(glossaries(), st.lists(st.sampled_from("abcdef"), max_size=3))
def test_subset_and_without_divide_the_glossary(glossary: Glossary, ids: list[str]) -> None:
    known = [concept_id for concept_id in ids if concept_id in glossary]
    part, rest = glossary.subset(known), glossary.without(*known)
    assert {item.id for item in part} == set(known)
    assert len(part) + len(rest) == len(glossary)
    assert set(part) | set(rest) == set(glossary)
    for unknown in set(ids) - set(known):
        with pytest.raises(ar.errors.UnknownConcept):
            glossary.subset([unknown])
        with pytest.raises(ar.errors.UnknownConcept):
            glossary.without(unknown)


def test_subset_refuses_a_single_id(reference: Glossary) -> None:
    with pytest.raises(TypeError, match="ids must be a collection of ids, not str"):
        reference.subset("futenma")


def test_the_concepts_that_occur_in_texts_of_any_kind_are_found(
    reference: Glossary, shipped: ar.Reference
) -> None:
    assert [item.id for item in reference.occurring_in("Camp Zama と普天間")] == ["camp-zama", "futenma"]
    unit = TranslationUnit("Camp Zama is here.", "普天間はここだ。")
    assert [item.id for item in reference.occurring_in([unit])] == ["camp-zama", "futenma"]
    passage = shipped.passage("treaty-1960#7")
    assert "far-east" in reference.occurring_in([passage])
    assert reference.occurring_in(passage) == reference.occurring_in(passage.units)
    assert len(reference.occurring_in([])) == 0


def test_with_concepts_replaces_concepts_with_the_same_id() -> None:
    made = Glossary((concept("a", "x"), concept("b", "y")))
    changed = made.with_concepts(concept("b", "z"), concept("c", "w"))
    assert [(item.id, item.en[0].text) for item in changed] == [("a", "x"), ("b", "z"), ("c", "w")]
    assert [item.en[0].text for item in made] == ["x", "y"]


def test_a_term_that_becomes_preferred_is_moved_to_the_front() -> None:
    made = Glossary((concept("a", "x", ("甲", "乙", "丙")),))
    changed = made.with_status("a", "丙", "preferred").find("a").ja
    assert [(term.text, term.status) for term in changed] == [
        ("丙", "preferred"),
        ("甲", "admitted"),
        ("乙", "admitted"),
    ]
    changed = made.with_status("a", "甲", "deprecated").find("a").ja
    assert [(term.text, term.status) for term in changed] == [
        ("甲", "deprecated"),
        ("乙", "admitted"),
        ("丙", "admitted"),
    ]
    with pytest.raises(ar.errors.UnknownTerm, match="it has x, 甲, 乙, 丙") as caught:
        made.with_status("a", "丁", "preferred")
    assert isinstance(caught.value, KeyError)
    wrong: NameStatus = "good"  # type: ignore[assignment]
    with pytest.raises(ValueError, match="status is 'good'; expected 'preferred'"):
        made.with_status("a", "甲", wrong)


# Looking up and annotating


@pytest.mark.parametrize(
    "query",
    [
        "ふてんま",
        "hutenma",
        "Futemna",
        "普天間飛行場",
        "MCAS Futenma",
        "第5空軍",
        "第五空軍",
        "missile defences",
        "再編された",
        "ライス",
    ],
)
def test_lookup_finds_the_same_as_the_reference(
    reference: Glossary, shipped: ar.Reference, query: str
) -> None:
    theirs = [(match.entry.id, match.score, match.reason) for match in shipped.lookup(query, limit=50)]
    ours = [(match.concept.id, match.score, match.reason) for match in reference.lookup(query, limit=50)]
    assert sorted(ours) == sorted(item for item in theirs if item[0] in reference)
    assert [score for _, score, _ in ours] == sorted((score for _, score, _ in ours), reverse=True)


def test_lookup_can_be_limited_by_language_day_and_number() -> None:
    until, since = Period(None, PartialDate(2007, 1, 8)), Period(PartialDate(2007, 1, 9), None)
    made = Glossary(
        (
            concept("agency", "Defense Agency", (Term("防衛庁", "ja", valid=until),)),
            concept(
                "ministry",
                "Ministry of Defense",
                (Term("防衛省", "ja", valid=since), Term("防衛庁", "ja", "deprecated")),
            ),
        )
    )
    assert [match.concept.id for match in made.lookup("防衛庁")] == ["agency", "ministry"]
    assert [match.concept.id for match in made.lookup("防衛庁", as_of=datetime.date(2008, 1, 1))] == [
        "ministry"
    ]
    assert made.lookup("防衛庁", lang="en") == ()
    assert made.lookup("防衛庁", limit=0) == ()
    assert [match.term.text for match in made.suggest("def")] == ["Defense Agency"]
    assert repr(made.lookup("防衛庁")[0]) == "<TermMatch agency 1.0 exact '防衛庁'>"
    for wrong in ("", "  "):
        with pytest.raises(ValueError, match="empty"):
            made.lookup(wrong)
    with pytest.raises(ValueError, match="write a date as"):
        made.lookup("防衛庁", as_of="2008")
    with pytest.raises(TypeError):
        made.lookup("防衛庁", as_of=2008)  # type: ignore[arg-type]


def test_a_concept_may_have_more_terms_than_an_entry_has_names() -> None:
    made = Glossary((concept("many", tuple(f"term {number}" for number in range(300))),))
    assert made.lookup("term 299")[0].term.text == "term 299"


def test_more_frequent_translations_come_first() -> None:
    pairs = (
        Rendering("coordination", "協調", 0.5, 2),
        Rendering("coordination", "連携", 0.5, 5),
        Rendering("liaison", "連絡", 0.5, 9),
    )
    made = Glossary(
        (
            concept(
                "c",
                ("coordination", "liaison"),
                (
                    "調整",
                    Term("協調", "ja", "admitted"),
                    Term("連携", "ja", "admitted"),
                    Term("連絡", "ja", "admitted"),
                    Term("誤", "ja", "erroneous"),
                ),
                renderings=pairs,
            ),
        )
    )
    found = made.translate("coordination", to="ja")
    assert [(item.term.text, item.count) for item in found] == [
        ("調整", 0),
        ("連携", 5),
        ("協調", 2),
        ("連絡", 0),
    ]
    assert str(found) == "調整"
    assert made.translate(made.find("c"), to="ja").equivalents[1].term.text == "連絡"


def test_a_missing_translation_has_a_gap_with_the_reason(reference: Glossary) -> None:
    made = Glossary(
        (
            concept("a", "alliance"),
            concept("b", "old", (Term("旧", "ja", valid=Period(None, PartialDate(2000))),)),
        )
    )
    assert not made.translate("alliance", to="ja")
    gap = made.translate("alliance", to="ja").gap
    assert gap is not None
    assert gap.reason == "not-translated"
    for query, note in (
        ("base", "no concept has the term 'base'"),
        ("alliancce", "no concept has the term 'alliancce'; did you mean 'alliance'?"),
    ):
        gap = made.translate(query, to="ja").gap
        assert gap is not None
        assert (gap.reason, gap.note) == ("not-held", note)
    day = datetime.date(2010, 1, 1)
    gap = made.translate("old", to="ja", as_of=day).gap
    assert gap is not None
    assert gap.note == "no term of b was in use on 2010-01-01"
    gap = made.translate("旧", to="en", as_of=day).gap
    assert gap is not None
    assert gap.note == "旧 was not in use on 2010-01-01, but in /2000"
    assert str(made.translate("base", to="ja")) == "[not-held]"
    with pytest.raises(ValueError, match="to is 'fr'; expected 'en', 'ja'"):
        reference.translate("a", to="fr")  # type: ignore[arg-type]


def test_annotations_equal_those_of_the_reference_except_for_offices(
    reference: Glossary, shipped: ar.Reference
) -> None:
    text = "The Far East clause, Camp Zama and missile defences; 普天間飛行場と抑止力、SCCの共同文書。"
    theirs = [(item.start, item.end, item.kind, item.lang) for item in shipped.annotate(text)]
    found = reference.annotate(text)
    assert [(item.start, item.end, item.kind, item.lang) for item in found] == theirs
    assert all(text[item.start : item.end] == item.text == str(item) for item in found)
    assert found == tuple(found)
    assert pickle.loads(pickle.dumps(found)).text == text


def test_dates_decide_which_concept_a_term_refers_to() -> None:
    until, since = Period(None, PartialDate(2007, 1, 8)), Period(PartialDate(2007, 1, 9), None)
    made = Glossary(
        (
            concept("agency", "JDA", (Term("防衛当局", "ja", valid=until),)),
            concept("ministry", "MOD", (Term("防衛当局", "ja", valid=since),)),
        )
    )
    assert [item.id for item in made.annotate("2005年、防衛当局は")[0].concepts] == ["agency", "ministry"]
    assert made.annotate("2010年、防衛当局は")[0].concept.id == "ministry"
    found = made.annotate("防衛当局は", as_of=datetime.date(2010, 1, 1))
    assert found[0].concept.id == "ministry"
    assert found[0].term.valid == since
    assert repr(found[0]) == "<TermAnnotation 0:4 '防衛当局' exact ministry | agency>"


def test_a_proper_name_keeps_its_capital() -> None:
    made = Glossary((concept("rice", "Rice", "ライス", subject="person"), concept("grain", "Grain", "穀物")))
    assert [item.text for item in made.annotate("Rice and rice, Grain and grain")] == [
        "Rice",
        "Grain",
        "grain",
    ]


def test_html_of_annotated_terms_is_escaped() -> None:
    made = Glossary((concept('a"b', "<b>", (Term("同盟", "ja", reading="どうめい"),)),))
    shown = made.annotate("a < b 同盟").to_html(ruby=True)
    assert "a &lt; b" in shown
    assert '<a href="#a&quot;b" lang="ja" title="&lt;b&gt;"><ruby>同盟<rp>（</rp><rt>どうめい</rt>' in shown
    assert made.annotate("同盟")._repr_html_().count("<a ") == 1


# Sorting and counting


def test_by_frequency_is_a_stable_sort() -> None:
    made = Glossary(
        tuple(
            concept(name, name, "字", renderings=(Rendering(name, "字", None, count),))
            for name, count in (("a", 1), ("b", 5), ("c", 1), ("d", 5))
        )
    )
    assert [item.id for item in made.by_frequency()] == ["b", "d", "a", "c"]


@few
@given(glossaries())
def test_sorting_keeps_all_concepts(glossary: Glossary) -> None:
    for done in (glossary.by_english(), glossary.by_reading(), glossary.by_frequency()):
        assert set(done) == set(glossary)
        assert not glossary.diff(done)


def test_statistics_count_concepts_terms_and_pairs() -> None:
    pair = Rendering("x", "甲", None, 3, (attested("doc#1", 0, "x", "甲"),))
    other = Rendering("x", "乙", None, 1, (), (Use("memo", 1),))
    ja = (Term("甲", "ja", reading="こう"), Term("乙", "ja", "deprecated"))
    made = Glossary((concept("a", ("x", "y"), ja, renderings=(pair, other)), concept("b", "z")))
    found = made.statistics()
    assert (found.concepts, found.one_language, found.pairs, found.attestations, found.documents) == (
        2,
        1,
        2,
        1,
        2,
    )
    assert (found.en.terms, found.en.preferred, found.en.admitted) == (3, 2, 1)
    assert (found.ja.terms, found.ja.deprecated, found.ja.readings) == (2, 1, 1)
    assert str(found).splitlines() == [
        "2 concepts, 1 of them in one language only",
        "en: 3 terms (preferred 2, admitted 1); 0 definitions",
        "ja: 2 terms (preferred 1, deprecated 1); 1 with readings; 0 definitions",
        "2 pairs with 1 attestations from 2 documents",
    ]


def attested(
    passage: str, unit: int, en: str, ja: str, start_en: int = 0, start_ja: int = 0
) -> PairAttestation:
    return PairAttestation(
        passage,
        unit,
        Occurrence(start_en, start_en + len(en), en),
        Occurrence(start_ja, start_ja + len(ja), ja),
    )


def test_coverage_counts_units_and_characters() -> None:
    made = Glossary((concept("a", "alliance", "同盟"),))
    found = made.coverage(
        [TranslationUnit("The alliance!", "同盟だ。"), TranslationUnit("Nothing.", ""), "同盟"]
    )
    assert (found.en.units, found.en.with_terms, found.en.characters, found.en.covered) == (2, 1, 18, 8)
    assert (found.ja.units, found.ja.with_terms, found.ja.characters, found.ja.covered) == (2, 2, 5, 4)
    assert str(found) == (
        "en: a term in 50.0% of 2 units, 44.4% of 18 characters\n"
        "ja: a term in 100.0% of 2 units, 80.0% of 5 characters"
    )
    nothing = made.coverage([])
    assert nothing.en.share_of_units == nothing.ja.share_of_characters == 0.0


def test_the_reference_covers_every_document(reference: Glossary, shipped: ar.Reference) -> None:
    found = reference.coverage(shipped.document("treaty-1960"))
    assert (
        found.en.units
        == found.ja.units
        == sum(len(p.units) for p in shipped.document("treaty-1960").passages)
    )
    assert found.en.share_of_units > 0.75
    assert 0.1 < found.ja.share_of_characters < 0.9


def test_divergences_have_documents_and_dates() -> None:
    pairs = (
        Rendering("coordination", "協調", 0.5, 2, (), (Use("b", 2, PartialDate(2006)),)),
        Rendering(
            "coordination",
            "連携",
            0.5,
            5,
            (),
            (Use("later", 4, PartialDate(2007)), Use("early", 1, PartialDate(2005))),
        ),
        Rendering("handover", "引き渡し", 0.5, 1),
        Rendering("handover", "引渡し", 0.5, 1),
        Rendering("SCC", "協調", None, 1),
    )
    made = Glossary(
        (
            concept(
                "c",
                ("coordination", "handover", Term("SCC", "en", "abbreviation")),
                ("協調", "連携", "引き渡し", "引渡し"),
                renderings=pairs,
            ),
        )
    )
    found = made.divergences()
    assert [(item.lang, item.term) for item in found] == [("en", "coordination")]
    assert str(found) == ("coordination\n  連携 ×5: early (2005) ×1, later (2007) ×4\n  協調 ×2: b (2006) ×2")
    assert found._repr_html_().count("<tr>") == 3
    assert Glossary().divergences() == ()


# Evidence


def test_every_attestation_of_the_reference_is_at_its_offsets(
    reference: Glossary, shipped: ar.Reference
) -> None:
    checked = 0
    for item in reference:
        for rendering in item.renderings:
            assert rendering.score is None
            assert rendering.count == sum(use.count for use in rendering.uses) > 0
            for place in rendering.attestations:
                passage = shipped.passage(place.passage)
                assert item.id in passage.mentions
                unit = passage.units[place.unit]
                assert unit.text("en")[place.en.start : place.en.end] == place.en.text
                assert unit.text("ja")[place.ja.start : place.ja.end] == place.ja.text
                checked += 1
    assert checked > 3000
    assert sum(bool(item.renderings) for item in reference) > 500


def test_evidence_has_the_sentences_in_both_languages(reference: Glossary) -> None:
    lines = reference.evidence("far-east")
    assert len(lines) > 5
    assert all(line.sentences is not None for line in lines)
    assert "[Far East]" in str(lines[0])
    assert "[極東]" in str(lines[0])
    assert lines._repr_html_().count("<mark>") == 2 * len(lines)
    with pytest.raises(ar.errors.UnknownConcept):
        reference.evidence("nothing")


def test_evidence_whose_text_is_missing_or_changed_has_only_the_place() -> None:
    place = attested("memo.tmx", 3, "order", "秩序", 4)
    made = Glossary(
        (concept("o", "order", "秩序", renderings=(Rendering("order", "秩序", 0.5, 1, (place,)),)),)
    )
    units = [TranslationUnit("The order.", "秩序。", "memo.tmx", 3), TranslationUnit("x", "y", "memo.tmx", 2)]
    [line] = made.evidence("o", units)
    assert line.sentences == ar.records.Bilingual("The order.", "秩序。")
    assert str(line) == "order = 秩序  memo.tmx unit 3\n  The [order].\n  [秩序]。"
    for texts in ([], [TranslationUnit("An order.", "秩序。", "memo.tmx", 3)], None):
        [line] = made.evidence("o", texts)
        assert line.sentences is None
        assert str(line) == "order = 秩序  memo.tmx unit 3"
        assert "memo.tmx" in made.evidence("o", texts)._repr_html_()


def test_evidence_is_found_in_documents_and_passages(reference: Glossary, shipped: ar.Reference) -> None:
    document = shipped.document("treaty-1960")
    for texts in ([document], list(document.passages)):
        found = [line for line in reference.evidence("far-east", texts) if line.sentences]
        assert {line.attestation.passage.partition("#")[0] for line in found} == {"treaty-1960"}


def test_reference_glossary_without_evidence() -> None:
    bare = reference_glossary(evidence=False)
    assert not any(item.renderings for item in bare)
    assert bare.merge(reference_glossary()) == reference_glossary()
    assert reference_glossary() is reference_glossary()


# Showing


class _Cells(HTMLParser):
    """Counts the rows and languages of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = 0
        self.langs: set[str | None] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.rows += tag == "tr"
        self.langs |= {value for name, value in attributes if name == "lang"}


def test_html_shows_fifty_concepts_and_the_number_of_others(reference: Glossary) -> None:
    cells = _Cells()
    cells.feed(reference._repr_html_())
    assert cells.rows == 1 + 50 + 1
    assert cells.langs == {"en", "ja"}
    assert f"and {len(reference) - 50:,} more" in reference._repr_html_()
    small = Glossary((concept("x", "<i>\x00"),))
    assert "&lt;i&gt;\ufffd" in small._repr_html_()
    assert "more" not in small._repr_html_()


# Checking


def codes(*concepts: GlossaryConcept) -> list[str]:
    return [finding.code for finding in ar.check_glossary(concepts)]


def test_the_reference_has_no_errors(reference: Glossary) -> None:
    found = ar.check_glossary(reference)
    assert not [item for item in found if item.level == "error"]
    assert {item.code for item in found} <= {"G102", "G103", "G202"}


@pytest.mark.parametrize(
    ("code", "concepts"),
    [
        ("G101", (concept("a", "x", "同盟だ"), concept("a", "y", "ここ"))),
        ("G102", (concept("a", "interoperability", "ここ"), concept("b", "inter-operability", "ここ"))),
        ("G103", (concept("a", "x", "ここ"), concept("b", "x", "そこ"))),
        ("G104", (concept("a", ("x", "x"), "ここ"),)),
        ("G105", (attrs.evolve(concept("a", "x", "ここ"), renderings=(Rendering("x", "ここ"),) * 2),)),
        ("G201", (concept("a", "x"),)),
        ("G202", (concept("a", "x", (Term("ここ", "ja", "admitted"),)),)),
        ("G203", (concept("a", (Term("x", "en"), Term("y", "en")), "ここ"),)),
        ("G204", (concept("a", "Alliance", "alliance"),)),
        ("G205", (concept("a", "同盟", "ここ"),)),
        ("G206", (concept("a", "alliance; pact", "ここ"),)),
        ("G207", (concept("a", "x", "～ここ"),)),
        ("G208", (concept("a", (Term("x", "en", "deprecated"),), (Term("ここ", "ja", "deprecated"),)),)),
        ("G301", (concept("a", "x", "同盟"),)),
        ("G302", (concept("a", "x", (Term("取り決め", "ja", reading="とりきめる"),)),)),
        (
            "G303",
            (concept("a", "x", (Term("同盟", "ja", reading="どうめい", transliteration="dōmei kyoku"),)),),
        ),
        ("G401", (concept("a", "x", "ここ", note="a\x07b"),)),
        ("G402", (concept("a", "x ", "ここ"),)),
    ],
)
def test_each_problem_has_its_code(code: str, concepts: tuple[GlossaryConcept, ...]) -> None:
    found = ar.check_glossary(concepts)
    assert code in {item.code for item in found}
    assert all(CODES[item.code].level == item.level for item in found)
    assert {item.code for item in found} <= {code, "G103", "G301"}


def test_every_code_has_a_test_case() -> None:
    marks = [mark for mark in test_each_problem_has_its_code.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    assert {case[0] for case in marks[0].args[1]} == set(CODES)


def test_a_correct_glossary_has_no_findings() -> None:
    until, since = Period(None, PartialDate(2006)), Period(PartialDate(2007), None)
    ja = (
        Term("防衛庁", "ja", reading="ぼうえい ちょう", valid=until),
        Term("防衛省", "ja", reading="ぼうえいしょう", valid=since),
    )
    assert codes(concept("a", ("JDA", Term("Agency", "en", "admitted")), ja)) == []
    assert (
        codes(
            concept(
                "a",
                "SACO",
                (
                    "SACO",
                    Term(
                        "沖縄に関する特別行動委員会",
                        "ja",
                        "admitted",
                        reading="おきなわ に かんする とくべつ こうどう いいんかい",
                    ),
                ),
            )
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("霞ヶ関", "かすみがせき"),
        ("厄介（やっかい）", "やっかい"),
        ("ﾐｻｲﾙ防衛", "みさいる ぼうえい"),
        ("いすゞ", "いすず"),
        ("第5空軍", "だいご くうぐん"),
        ("SCC", "エスシーシー"),
        ("コーヒー", "コーヒー"),
        ("日・米", "にち べい"),
    ],
)
def test_a_reading_may_be_written_in_any_kana(text: str, reading: str) -> None:
    assert agrees(text, reading)


@pytest.mark.parametrize(
    ("text", "reading"), [("引き渡し", "ひわたし"), ("ガス", "かす"), ("同盟の", "どうめい")]
)
def test_a_reading_without_the_kana_of_its_term_is_wrong(text: str, reading: str) -> None:
    assert not agrees(text, reading)


@given(st.text(max_size=8), st.sampled_from(("en", "ja")))
def test_the_key_of_a_text_is_never_empty(text: str, lang: str) -> None:
    assert bool(term_key(text, lang)) == bool(text)  # type: ignore[arg-type]

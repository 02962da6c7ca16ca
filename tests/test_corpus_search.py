"""Concordance of a corpus, and `match=` for the passages of the reference."""

import warnings
from collections.abc import Iterator
from typing import Any

import pytest

import alliance_ref as ar
from alliance_ref.corpus import search
from alliance_ref.errors import CorpusLimit, InvalidType, InvalidValue, LooksLikePattern

UNITS = {
    "burden-2005": [
        ("They share the burden.", "彼らは負担を分かち合う。"),
        ("A heavy burden, indeed.", "実に重荷である。"),
        ("The U.S. base burdens us.", "米軍基地は我々の負担である。"),
    ],
    "names-2006": [
        ("The Defense Agency agreed.", "防衛庁は合意した。"),
        ("The Ministry of Defense agrees.", "防衛省は合意する。"),
        ("Camp Schwab and the F-15 remain.", "キャンプ・シュワブとＦ－１５は残る。"),
    ],
    "words-2007": [
        ("They handed it over.", "彼らは引き渡した。"),
        ("The deterrence holds.", "抑止力は保たれる。"),
        ("A letter was read.", "日米の手紙が読まれた。"),
    ],
}


@pytest.fixture(scope="module", params=["simplemma", "stem"])
def corpus(request: pytest.FixtureRequest) -> Iterator[ar.Corpus]:
    with ar.Corpus(":memory:", lemmas=request.param) as made:
        for name, pairs in UNITS.items():
            made.add_units(pairs, id=name, issued=name[-4:], fields={"year": name[-4:]})
        yield made


def hits(found: ar.Concordance) -> list[tuple[str, str]]:
    return [(line.document, line.hit) for line in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("burden", ["burden", "burden", "burdens"]),
        ("agree", ["agreed", "agrees"]),
        ("us", ["us"]),
        ("US", ["U.S."]),
        ("Camp Schwab", ["Camp Schwab"]),
        ("f15", []),
        ("F-15", ["F-15"]),
        ("負担", ["負担", "負担"]),
        ("ふたん", ["負担", "負担"]),
        ("futan", ["負担", "負担"]),
        ("負擔", ["負担", "負担"]),
        ("米", ["米", "米"]),
        ("引渡す", ["引き渡し"]),
        ("よくしりょく", ["抑止力"]),
        ("ぼうえいちょう", ["防衛庁"]),
        ("抑", ["抑"]),
        ("読む", ["読ま"]),
        ("戦争", []),
        ("zebra", []),
    ],
)
def test_words_are_found_in_any_form_and_spelling(corpus: ar.Corpus, query: str, expected: list[str]) -> None:
    found = corpus.concordance(query)
    assert [line.hit for line in found] == expected
    assert found.total == len({(line.document, line.unit) for line in found})
    assert all(line.hit == line.hit.strip() for line in found)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("agreed", ["agreed"]),
        ("Burden", ["burden", "burden"]),
        ("止力", ["止力"]),
        ("は", ["は"] * 7),
        ("キャンプ・シュワブ", ["キャンプ・シュワブ"]),
        ("F－15", ["F-15", "Ｆ－１５"]),
        ("防衞廳", ["防衛庁"]),
    ],
)
def test_exact_queries_are_found_as_written(corpus: ar.Corpus, query: str, expected: list[str]) -> None:
    assert [line.hit for line in corpus.concordance(query, match="exact")] == expected


def test_offsets_and_other_side_of_a_line_are_those_of_the_unit(corpus: ar.Corpus) -> None:
    for query in ("burden", "負担", "agree", "キャンプ・シュワブ", "の"):
        for line in corpus.concordance(query):
            unit = corpus.document(line.document).passages[0].units[line.unit]
            assert unit.text(line.lang)[line.start : line.end] == line.hit
            assert unit.text("ja" if line.lang == "en" else "en") == line.other


def test_regular_expressions_are_searched_in_all_units(corpus: ar.Corpus) -> None:
    assert hits(corpus.concordance("防衛[庁省]", match="regex")) == [
        ("names-2006", "防衛庁"),
        ("names-2006", "防衛省"),
    ]
    assert corpus.concordance("防衛[庁省]", match="regex", end="2005").total == 0
    assert corpus.concordance(en="burdens?", without_ja="負.", match="regex").total == 1
    with pytest.raises(InvalidValue, match="not a regular expression"):
        corpus.concordance("防衛[庁", match="regex")


def test_a_pattern_that_is_not_treated_as_one_is_reported(corpus: ar.Corpus) -> None:
    with pytest.warns(LooksLikePattern, match="match="):
        assert corpus.concordance("防衛.*庁").total == 0
    with pytest.warns(LooksLikePattern):
        assert len(ar.concordance("防衛.*庁")) == 0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        corpus.concordance("U.S.")
        corpus.concordance("F-15 (A)")


def test_a_word_that_is_translated_differently_is_found(corpus: ar.Corpus) -> None:
    both = corpus.concordance(en="burden", ja="負担")
    assert [(line.hit, line.other[slice(*line.equivalents[0])]) for line in both] == [  # type: ignore[index]
        ("burden", "負担"),
        ("burdens", "負担"),
    ]
    assert [line.other for line in corpus.concordance(en="burden", without_ja="負担")] == ["実に重荷である。"]
    assert [line.hit for line in corpus.concordance(ja="負担", without_en="share")] == ["負担"]
    assert corpus.concordance(en="burden", ja="抑止").total == 0


def test_an_entry_is_found_by_its_names_of_the_time() -> None:
    corpus = ar.Corpus(":memory:")
    pair = ("The Ministry of Defense and the Defense Agency.", "防衛省と防衛庁。")
    corpus.add_units([pair], id="before", issued="2005-04-14")
    corpus.add_units([pair], id="after", issued="2010-04-14")
    found = corpus.concordance(ar.entry("mod-japan"))
    assert {line.document for line in found} == {"after"}
    assert [line.hit for line in found] == ["Ministry of Defense", "防衛省"]
    assert found[0].entry == ar.entry("mod-japan")
    assert {item.passage for item in corpus.attestations("mod-japan")} == {"after#1"}
    assert corpus.attestations("camp-zama") == ()


def test_filters_limits_and_orders(corpus: ar.Corpus) -> None:
    assert {line.document for line in corpus.concordance("は", start="2006", end="2006")} == {"names-2006"}
    assert {line.document for line in corpus.concordance("は", documents="words-2007")} == {"words-2007"}
    assert {line.document for line in corpus.concordance("は", where={"year": "2005"})} == {"burden-2005"}
    assert corpus.concordance("は", types="treaty").total == 0
    every = corpus.concordance("は", limit=None)
    assert every.total == 7
    pages = [line for at in range(0, 7, 2) for line in corpus.concordance("は", limit=2, offset=at)]
    assert pages == list(every)
    by_right = corpus.concordance("burden", sort="right")
    assert [line.hit + line.right[:4] for line in by_right] == ["burden. A ", "burden, in", "burdens us."]
    assert corpus.concordance("burden", limit=0).total == 3


def test_sorting_by_context_has_a_limit(corpus: ar.Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_SORTED", 2)
    with pytest.raises(CorpusLimit, match="3 hits cannot be sorted"):
        corpus.concordance("burden", sort="left")
    assert len(corpus.concordance("burden")) == 3


def test_unusable_queries_are_refused(corpus: ar.Corpus) -> None:
    refused: tuple[dict[str, Any], ...] = (
        {},
        {"query": "a", "en": "b"},
        {"without_en": "a"},
        {"query": " "},
        {"en": "  "},
    )
    for options in refused:
        with pytest.raises(InvalidValue):
            corpus.concordance(**options)
    with pytest.raises(InvalidType):
        corpus.concordance(7)  # type: ignore[arg-type]
    with pytest.raises(InvalidValue):
        corpus.concordance("a", match="fuzzy")  # type: ignore[arg-type]


def test_the_reference_is_searched_together_with_the_corpus(corpus: ar.Corpus) -> None:
    alone, together = corpus.concordance("負担", limit=None), corpus.reference.concordance("負担", limit=None)
    assert list(together[: len(alone)]) == list(alone)
    assert together.total > alone.total
    assert {line.document for line in together} - set(UNITS) <= {item.id for item in ar.documents()}


def test_results_become_json_and_html(corpus: ar.Corpus) -> None:
    found = corpus.concordance("burden")
    assert ar.from_dict(ar.to_dict(found)) == found
    assert ar.from_dict(ar.to_dict(found)).total == 3
    assert "<mark>burden</mark>" in found.to_html()


def test_translations_of_a_glossary_are_highlighted(corpus: ar.Corpus) -> None:
    def term(text: str, lang: ar.records.Lang) -> ar.records.LanguageSection:
        return ar.records.LanguageSection(lang, (ar.records.Term(text, lang),))

    glossary = ar.Glossary((ar.GlossaryConcept("burden", term("burden", "en"), term("重荷", "ja")),))
    lines = corpus.concordance("burden", glossary=glossary)
    shown = [line.other[start:end] for line in lines for start, end in line.equivalents]  # type: ignore[index]
    assert shown == ["重荷"]


def test_shipped_passages_are_searched_by_lemma_and_pattern() -> None:
    forms = {line.hit.lower() for line in ar.concordance("agree", match="lemma")}
    assert {"agree", "agreed"} <= forms
    assert "agreement" not in forms
    assert {line.hit for line in ar.concordance("述べる", match="lemma")} >= {"述べ"}
    assert {line.hit for line in ar.concordance("防衛[庁省]", match="regex")} == {"防衛庁", "防衛省"}
    exact = ar.concordance("agreed", documents=["roadmap-2006"])
    assert exact == ar.concordance("agreed", match="exact", documents=["roadmap-2006"])
    with pytest.raises(InvalidValue):
        ar.concordance("agree", match="stem")  # type: ignore[arg-type]

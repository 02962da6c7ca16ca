"""How often the best Japanese rendering of a given English term is right: accuracy@1.

    python benchmarks/glossary_accuracy.py                                    # alliance_ref.build_glossary
    python benchmarks/glossary_accuracy.py --callable glossary_accuracy:dice  # the baseline below
    python benchmarks/glossary_accuracy.py --show                             # and the errors, save in held

A callable takes ``(units, terms)`` and answers ``{term: Japanese or None}``. *Exact* compares after NFKC
with spaces and middle dots removed; *lenient* also forgives one final する, な, の or に on either side.
A term with no answer is wrong. How the terms were chosen: glossary_terms/README.md.
"""

import argparse
import csv
import importlib
import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from glossary_terms.units import BITEXTS, Unit, shipped_units

TERMS = Path(__file__).resolve().parent / "glossary_terms"
LONGEST = 8  # tokens in a rendering that the baseline considers
EDGES = {"助詞", "助動詞", "補助記号", "空白"}  # parts of speech on which no rendering of the baseline ends

Best: TypeAlias = Mapping[str, str | None]
Builder: TypeAlias = Callable[[Sequence[Unit], Sequence[str]], Best]


class Question(NamedTuple):
    """A term, and what counts as right."""

    en: str
    ja: tuple[str, ...]


class Figure(NamedTuple):
    """How many questions of a set were asked, and how many answers were right."""

    asked: int
    exact: int
    lenient: int

    def __str__(self) -> str:
        return f"{self.asked} | {100 * self.exact / self.asked:.1f} | {100 * self.lenient / self.asked:.1f}"


def same(text: str) -> str:
    """The form in which renderings are compared."""
    return re.sub(r"[\s・]", "", unicodedata.normalize("NFKC", text))


def looser(text: str) -> str:
    """The same without a final する, な, の or に."""
    return re.sub(r"(?<=.)(する|な|の|に)$", "", same(text))


def read_questions(name: str, split: str) -> list[Question]:
    """The terms of one file beside this one that are marked *split*."""
    with (TERMS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Question(row["en"], tuple(row["ja"].split("|"))) for row in rows if row["split"] == split]


def rust() -> tuple[list[Unit], list[Question]]:
    """The Rust book, and the terms of its translators."""
    pairs = (BITEXTS / "terms" / "rust_pairs.jsonl").read_text("utf-8").splitlines()
    terms = (BITEXTS / "terms" / "rust_terms.jsonl").read_text("utf-8").splitlines()
    units = [Unit(pair["en"], pair["ja"], "rust", n) for n, pair in enumerate(map(json.loads, pairs), 1)]
    return units, [Question(term["en"], tuple(term["ja"])) for term in map(json.loads, terms)]


def with_build_glossary(units: Sequence[Unit], terms: Sequence[str]) -> Best:
    """The best rendering of each term in the glossary that this library builds."""
    # By name: this file also measures other builders where the library has none.
    library: Any = importlib.import_module("alliance_ref")
    records = [library.TranslationUnit(en=u.en, ja=u.ja, document=u.document, number=u.number) for u in units]
    best: dict[str, tuple[float, str]] = {}
    glossary = library.build_glossary(records, seed=terms)
    for concept in getattr(glossary, "concepts", glossary):
        for rendering in concept.renderings:
            score, _ = best.get(rendering.en.casefold(), (float("-inf"), ""))
            if rendering.score > score:
                best[rendering.en.casefold()] = rendering.score, rendering.ja
    return {term: best[term.casefold()][1] for term in terms if term.casefold() in best}


def dice(units: Sequence[Unit], terms: Sequence[str]) -> Best:
    """The n-gram that shares the most units with the term, by Dice's coefficient; the longest of equals."""
    english = [stems(unit.en) for unit in units]
    japanese = [ngrams(unit.ja) for unit in units]
    everywhere = Counter(ngram for found in japanese for ngram in found)
    best: dict[str, str | None] = {}
    for term in terms:
        places = [place for place, text in enumerate(english) if stems(term) in text]
        together = Counter(ngram for place in places for ngram in japanese[place])
        scores = {
            ngram: (2 * count / (len(places) + everywhere[ngram]), len(ngram))
            for ngram, count in together.items()
        }
        best[term] = max(scores, key=scores.__getitem__, default=None)
    return best


def stems(text: str) -> str:
    """The words of English text without case and, as far as letters tell, plurals; spaces around them."""
    words = re.findall(r"[^\W_]+", text.casefold())
    short = [
        re.sub(r"(?<=[^s])s$", "", re.sub(r"ies$", "y", word)) if len(word) > 3 else word for word in words
    ]
    return f" {' '.join(short)} "


def ngrams(text: str) -> set[str]:
    """Runs of up to LONGEST tokens with a word at both ends."""
    from alliance_ref import tokenize

    tokens = tokenize(text)
    word = [token.pos[0] not in EDGES for token in tokens]
    found = set()
    for first in range(len(tokens)):
        for last in range(first, min(first + LONGEST, len(tokens))):
            if tokens[last].pos[0] == "補助記号" and tokens[last].text != "・":
                break
            if word[first] and word[last]:
                found.add(text[tokens[first].start : tokens[last].end])
    return found


def mark(questions: Iterable[Question], best: Best, *, show: bool) -> Figure:
    """How many of the answers are right; with *show*, each wrong one is printed."""
    asked = exact = lenient = 0
    for question in questions:
        answer = best.get(question.en) or ""
        asked += 1
        exact += (right := same(answer) in map(same, question.ja))
        lenient += right or looser(answer) in map(looser, question.ja)
        if show and not right:
            print(f"  {question.en}: {answer or '(nothing)'}, not {' | '.join(question.ja)}")
    return Figure(asked, exact, lenient)


def measure(
    build: Builder, sets: str = "rust,shipped", *, show: bool = False
) -> tuple[dict[str, Figure], float]:
    """What *build* reaches on each of the *sets*, and the CPU seconds that it took."""
    asked: list[tuple[list[Unit], dict[str, list[Question]]]] = []
    if "rust" in sets:
        units, questions = rust()
        asked.append((units, {"rust": questions}))
    if "shipped" in sets:
        splits = [(name, split) for name in ("once", "frequent") for split in ("dev", "held")]
        by_set = {f"{name} {split}": read_questions(name, split) for name, split in splits}
        asked.append((list(shipped_units()), by_set))
    figures: dict[str, Figure] = {}
    seconds = 0.0
    for units, by_set in asked:
        began = sum(os.times()[:4])  # with processes that the builder starts
        best = build(units, [question.en for questions in by_set.values() for question in questions])
        seconds += sum(os.times()[:4]) - began
        for label, questions in by_set.items():
            shown = show and not label.endswith("held")
            if shown:
                print(f"\n{label}:")
            figures[label] = mark(questions, best, show=shown)
    return figures, seconds


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--callable", default="glossary_accuracy:with_build_glossary", metavar="MODULE:FUNCTION"
    )
    parser.add_argument("--sets", default="rust,shipped", help="rust, shipped or both (the default)")
    parser.add_argument(
        "--show", action="store_true", help="print the wrong answers of rust and the dev sets"
    )
    options = parser.parse_args()
    if not (BITEXTS / "dev").is_dir():
        print(f"glossary_accuracy: left out, no bitexts in {BITEXTS}")
        return
    module, _, name = options.callable.partition(":")
    build: Builder = getattr(importlib.import_module(module), name)
    figures, seconds = measure(build, options.sets, show=options.show)
    figures["**all**"] = Figure(*map(sum, zip(*figures.values(), strict=True)))
    print(
        f"\n{options.callable}, {seconds:.0f} CPU s\n\n| set | terms | exact | lenient |\n|---|---|---|---|"
    )
    for label, figure in figures.items():
        print(f"| {label} | {figure} |")


if __name__ == "__main__":
    main()

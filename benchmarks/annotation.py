"""How fast names are found in running text: ours beside flashtext and pyahocorasick, with hits counted.

    python benchmarks/annotation.py

The names are those of the reference, filled up to 5,000 with words of the passages joined at random; the
text is made of pieces of the passages and, for every fifth piece, a name.
A peer that is not installed is left out.
The peers give tuples for the names letter for letter (flashtext: but for case), ours are full annotations in
every spelling, so ours finds more. What pyahocorasick finds inside words and inside other hits is dropped
again, which is not counted in its time.
"""

import importlib
import platform
import random
import re
import time
from collections.abc import Callable, Sequence
from typing import Any

import alliance_ref as ar
from alliance_ref.annotation.annotator import annotate, entry_matcher
from alliance_ref.records import Bilingual, Concept, Lang, Name, Source

NAMES, SIZE, TIMES = 5_000, 1_000_000, 5
SOURCES = (Source("benchmark", Bilingual("Made for the benchmark", "ベンチマーク用")),)
WORDS: dict[Lang, str] = {"en": r"[A-Za-z]{3,}", "ja": r"[\u4e00-\u9fff]{2,4}|[\u30a1-\u30fc]{3,}"}
LANGS: tuple[Lang, Lang] = ("en", "ja")


def main() -> None:
    """Print the table."""
    print(f"Python {platform.python_version()}, {platform.machine()}, best of {TIMES}")
    for lang in LANGS:
        names, text = material(lang)
        print(f"\n{lang}: {len(names):,} names, {len(text):,} characters")
        calls: dict[str, Callable[[], Sequence[Any]]] = {"annotate": ours(names, lang, text)}
        for peer, prepare in (("flashtext", flashtext), ("ahocorasick", ahocorasick)):
            try:
                calls[peer] = prepare(importlib.import_module(peer), names, text)
            except ImportError:
                print(f"  {peer}: not installed, left out")
        times = best(calls)
        for label, call in calls.items():
            hits = call()
            count = len(chosen(hits, text)) if label == "ahocorasick" else len(hits)
            ratio = times[label][0] / times["annotate"][0]
            print(
                f"  {label:<12} {times[label][0]:.3f} s (to {times[label][1]:.3f})  {count:>7,} hits"
                f"  annotate is {ratio:.2f} x as fast"
            )


def material(lang: Lang) -> tuple[list[str], str]:
    """The names and the text."""
    draw = random.Random(20061121)  # noqa: S311 # nothing is to be kept secret
    ref = ar.load()
    joint = " " if lang == "en" else ""
    passages = joint.join(passage.text(lang) for document in ref.documents() for passage in document.passages)
    own = (name.text for entry in ref.entries() for name in entry.names if name.lang == lang)
    names = dict.fromkeys(own)
    words = re.findall(WORDS[lang], passages)
    while len(names) < NAMES:
        names[joint.join(draw.choices(words, k=draw.choice((2, 2, 3))))] = None
    known = list(names)[:NAMES]
    pieces = re.findall(r"\S+(?: \S+){0,6}" if lang == "en" else r"(?s:.{1,12})", passages)
    parts: list[str] = []
    size = 0
    while size < SIZE:
        parts.append(draw.choice(known if draw.random() < 0.2 else pieces))
        size += len(parts[-1]) + len(joint)
    return known, joint.join(parts)[:SIZE]


def ours(names: list[str], lang: Lang, text: str) -> Callable[[], Sequence[Any]]:
    """Our call."""
    meaning = Bilingual("a name", "名")
    matcher = entry_matcher(
        Concept(f"name-{at}", (Name(name, lang),), sources=SOURCES, subject_field="x", definition=meaning)
        for at, name in enumerate(names)
    )
    return lambda: annotate(matcher, text, boundaries=False)


def flashtext(module: Any, names: list[str], text: str) -> Callable[[], Sequence[Any]]:
    """Flashtext's call."""
    processor = module.KeywordProcessor()
    processor.add_keywords_from_list(names)
    return lambda: processor.extract_keywords(text, span_info=True)


def ahocorasick(module: Any, names: list[str], text: str) -> Callable[[], Sequence[Any]]:
    """The bare iteration of pyahocorasick."""
    automaton = module.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()
    return lambda: list(automaton.iter(text))


def chosen(hits: Sequence[tuple[int, str]], text: str) -> list[tuple[int, int]]:
    """The leftmost and longest of the hits that are not inside words."""
    found: list[tuple[int, int]] = []
    done = 0
    for start, end in sorted(
        ((end + 1 - len(name), end + 1) for end, name in hits), key=lambda x: (x[0], -x[1])
    ):
        around = (text[max(0, start - 1) : start + 1], text[end - 1 : end + 1])
        if start >= done and not any(re.fullmatch("[A-Za-z0-9]{2}", two) for two in around):
            found.append((start, end))
            done = end
    return found


def best(calls: dict[str, Callable[[], Sequence[Any]]]) -> dict[str, tuple[float, float]]:
    """The least and the most processor time of each call, in seconds, the calls taking turns."""
    times: dict[str, list[float]] = {label: [] for label in calls}
    for _ in range(TIMES):
        for label, call in calls.items():
            start = time.process_time()
            call()
            times[label].append(time.process_time() - start)
    return {label: (min(found), max(found)) for label, found in times.items()}


if __name__ == "__main__":
    main()

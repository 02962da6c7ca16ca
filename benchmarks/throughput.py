"""How fast text goes through: tokens beside plain fugashi, copies, sentences."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import fugashi
import unidic_lite

import alliance_ref as ar
from alliance_ref.text.japanese.readings import reading

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from article import EN, JA, copy_of, document

JAPANESE = "".join(JA) * 40
ENGLISH = " ".join(EN) * 100


def main() -> None:
    """Print the figures."""
    tagger = fugashi.Tagger(f'-r "{unidic_lite.DICDIR}/mecabrc" -d "{unidic_lite.DICDIR}"')
    texts = lines()
    peer = best(lambda: [read(tagger, line) for line in texts])
    ours = best(lambda: [ar.tokenize(line) for line in texts])
    size = len("".join(texts))
    speed = f"{size / ours / 1000:,.0f}k characters a second"
    print(f"tokenize: {speed}, {ours / peer:.2f} x the time of plain fugashi")
    kana = best(lambda: [reading(line) for line in texts])
    print(f"readings: {size / kana / 1000:,.0f}k characters a second")
    size = len(JAPANESE)
    english = best(lambda: ar.sentences(ENGLISH, lang="en"))
    print(f"sentences: English {len(ENGLISH) / english / 1e6:.1f}M characters a second")
    japanese = best(lambda: ar.sentences(JAPANESE, lang="ja"))
    print(f"sentences: Japanese {size / japanese / 1e6:.1f}M characters a second")
    ref = ar.load().with_documents(document())
    print(f"read_copy of the test article: {best(lambda: ref.read_copy(copy_of())):.3f} s")
    huge = copy_of() + "\nNothing of this belongs here, not a word." * 24_000
    print(f"read_copy of {len(huge) / 1e6:.0f} MB: {best(lambda: ref.read_copy(huge), times=1):.1f} s")


def lines() -> tuple[str, ...]:
    """Lines of Japanese, together 1 MB in UTF-8."""
    return tuple(JA) * (1_000_000 // (3 * len("".join(JA))) + 1)


def read(tagger: fugashi.Tagger, line: str) -> list[tuple[str, str, str]]:
    """What plain fugashi says of a line: surface, lemma and kana of each word."""
    return [(node.surface, node.feature.lemma, node.feature.kana) for node in tagger(line)]


def best(call: Callable[[], object], times: int = 5) -> float:
    """The least processor time of several runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.process_time()
        call()
        found.append(time.process_time() - start)
    return min(found)


if __name__ == "__main__":
    main()

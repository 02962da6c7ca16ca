"""How fast text goes through: tokens beside plain fugashi, copies, sentences."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import fugashi
import unidic_lite

import alliance_ref as ar

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from article import EN, JA, copy_of, document

JAPANESE = "".join(JA) * 40
ENGLISH = " ".join(EN) * 100


def main() -> None:
    """Print the figures."""
    tagger = fugashi.Tagger(f'-r "{unidic_lite.DICDIR}/mecabrc" -d "{unidic_lite.DICDIR}"')
    peer = best(lambda: [(node.surface, node.feature.lemma) for node in tagger(JAPANESE)])
    ours = best(lambda: ar.tokenize(JAPANESE))
    size = len(JAPANESE)
    print(f"tokenize: {size / ours / 1000:,.0f}k characters a second, {ours / peer:.2f} x plain fugashi")
    english = best(lambda: ar.sentences(ENGLISH, lang="en"))
    print(f"sentences: English {len(ENGLISH) / english / 1e6:.1f}M characters a second")
    japanese = best(lambda: ar.sentences(JAPANESE, lang="ja"))
    print(f"sentences: Japanese {size / japanese / 1e6:.1f}M characters a second")
    ref = ar.load().with_documents(document())
    print(f"read_copy of the test article: {best(lambda: ref.read_copy(copy_of())):.3f} s")
    huge = copy_of() + "\nNothing of this belongs here, not a word." * 24_000
    print(f"read_copy of {len(huge) / 1e6:.0f} MB: {best(lambda: ref.read_copy(huge), times=1):.1f} s")


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

"""How the time of each public function grows: inputs of n, 2n and 4n, as ratios to the first.

Linear growth is 1, 2, 4; quadratic growth is 1, 4, 16. Each input is made for its size, so no cache helps,
and the least of two runs counts. The status is 1 if a function takes more than `LIMIT` times as long for 4n
as for n.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import alliance_ref as ar
from alliance_ref.records import GlossaryConcept, LanguageSection, Term, TranslationUnit
from article import copy_of, document

LIMIT = 9.0
"""Largest accepted ratio for four times the input: between n log n and quadratic, with room for noise."""

LEAST = 0.02
"""Seconds below which a time is noise."""

REFERENCE = ar.load().with_documents(document())
_DOCUMENTS = ar.documents()
EN = 8 * " ".join(passage.text("en") for one in _DOCUMENTS for passage in one.passages)
JA = 8 * "".join(passage.text("ja") for one in _DOCUMENTS for passage in one.passages)
_PAIRS = [
    TranslationUnit(unit.text("en"), unit.text("ja"))
    for one in _DOCUMENTS
    for passage in one.passages
    for unit in passage.units
    if unit.text("en") and unit.text("ja")
]
_shift = count(1)
FOLDER = Path(tempfile.mkdtemp(prefix="growth"))


def english(size: int) -> str:
    """Return English text of *size* characters that was not used before."""
    start = 97 * next(_shift)
    return EN[start : start + size]


def japanese(size: int) -> str:
    """Return Japanese text of *size* characters that was not used before."""
    start = 97 * next(_shift)
    return JA[start : start + size]


def _glossary(size: int, *, ja: str = "基地{}") -> ar.Glossary:
    return ar.Glossary(
        tuple(
            GlossaryConcept(
                f"c{number}",
                LanguageSection("en", (Term("base", "en"),)),
                LanguageSection("ja", (Term(ja.format(number), "ja"),)),
            )
            for number in range(size)
        )
    )


def _checked(size: int) -> Callable[[], object]:
    glossary = _glossary(size)
    return lambda: ar.check_translation("The base is closed.", "基地1は閉鎖される。", glossary)


def _table(size: int, row: str) -> Callable[[], object]:
    path = FOLDER / f"{next(_shift)}.csv"
    path.write_text("id,en,ja\n" + "".join(row.format(number) for number in range(size)), encoding="utf-8")
    return lambda: ar.read_glossary(path, notices=[])


def _memory(size: int) -> Callable[[], object]:
    path = FOLDER / f"{next(_shift)}.tsv"
    path.write_text("en\tja\n" + "The base.\tその基地。\n" * size, encoding="utf-8")
    return lambda: list(ar.read_units(path))


def _json(size: int) -> Callable[[], object]:
    text = ar.to_json(_glossary(size).concepts)
    return lambda: ar.from_json(text)


def _aligned(size: int) -> Callable[[], object]:
    start = 31 * next(_shift) % (len(_PAIRS) // 2)
    units = _PAIRS[start : start + size]
    return lambda: ar.align([unit.en for unit in units], [unit.ja for unit in units])


def _build(size: int) -> Callable[[], object]:
    start = 31 * next(_shift) % (len(_PAIRS) // 2)
    units = _PAIRS[start : start + size]
    return lambda: ar.build_glossary(units, executor=ar.SerialExecutor())


def _built(en: str, ja: str) -> Callable[[], object]:
    return lambda: ar.build_glossary([TranslationUnit(en, ja)], executor=ar.SerialExecutor())


def _on(
    function: Callable[[str], object], text: Callable[[int], str]
) -> Callable[[int], Callable[[], object]]:
    def prepare(size: int) -> Callable[[], object]:
        given = text(size)
        return lambda: function(given)

    return prepare


CASES: dict[str, tuple[int, Callable[[int], Callable[[], object]]]] = {
    "tokenize": (40_000, _on(ar.tokenize, japanese)),
    "sentences, English": (200_000, _on(lambda text: ar.sentences(text, lang="en"), english)),
    "sentences, Japanese": (100_000, _on(lambda text: ar.sentences(text, lang="ja"), japanese)),
    "reading": (20_000, _on(ar.reading, japanese)),
    "furigana": (20_000, _on(ar.furigana, japanese)),
    "to_ruby_html": (20_000, _on(ar.to_ruby_html, japanese)),
    "romanize": (40_000, _on(ar.romanize, lambda size: "きょう" * (size // 3) + "あ" * next(_shift))),
    "fold": (40_000, _on(ar.fold, english)),
    "fold, spaces": (16_000, _on(ar.fold, lambda size: " " * (size + next(_shift)))),
    "name_key": (40_000, _on(ar.name_key, english)),
    "fingerprint": (40_000, _on(ar.fingerprint, english)),
    "annotate, English": (40_000, _on(ar.annotate, english)),
    "annotate, Japanese": (20_000, _on(ar.annotate, japanese)),
    "lookup": (20_000, _on(ar.lookup, japanese)),
    "suggest": (20_000, _on(ar.suggest, japanese)),
    "translate": (20_000, _on(lambda text: ar.translate(text, to="en"), japanese)),
    "concordance": (4_000, _on(ar.concordance, japanese)),
    "read_copy": (100_000, _on(REFERENCE.read_copy, lambda size: f"{copy_of()}\n{english(size)}")),
    "align": (150, _aligned),
    "align_documents": (10_000, _on(lambda text: ar.align_documents(text, JA[: len(text) // 3]), english)),
    "check_translation": (
        4_000,
        _on(lambda text: ar.check_translation(text, JA[: len(text) // 3]), english),
    ),
    "check_translation, concepts of one term": (1_000, _checked),
    "check_glossary": (1_000, lambda size: lambda: ar.check_glossary(_glossary(size))),
    "build_glossary, units": (200, _build),
    "build_glossary, one long unit": (10_000, lambda size: _built(english(size), japanese(size // 3))),
    "build_glossary, dots": (10_000, lambda size: _built("A " + "." * size, "甲")),
    "build_glossary, 5 5 5": (3_000, lambda size: _built("5 " * size, "5 " * size)),
    "read_glossary, CSV of one slug": (10_000, lambda size: _table(size, ",base!,基地{}\n")),
    "read_glossary, CSV of one id": (10_000, lambda size: _table(size, "x,base,基地\n")),
    "read_units": (20_000, _memory),
    "to_json": (1_000, lambda size: lambda: ar.to_json(_glossary(size).concepts)),
    "from_json": (1_000, _json),
}


def seconds(prepare: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return the least processor time of two calls, each with an input of its own."""
    times = []
    for _ in range(2):
        call = prepare(size)
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def main(names: list[str]) -> int:
    """Print the times and ratios; return 1 if one grows too fast."""
    too_fast = []
    print(f"{'function':42}{'n':>8}{'n, s':>9}{'2n':>6}{'4n':>6}")
    for name, (size, prepare) in CASES.items():
        if names and not any(given in name for given in names):
            continue
        prepare(size // 8)()  # loads what the function needs
        first, second, last = (seconds(prepare, factor * size) for factor in (1, 2, 4))
        ratios = [found / max(first, LEAST) for found in (second, last)]
        print(f"{name:42}{size:8,}{first:9.3f}{ratios[0]:6.1f}{ratios[1]:6.1f}", flush=True)
        if ratios[1] > LIMIT:
            too_fast.append(name)
    if too_fast:
        print(f"more than {LIMIT:.0f} times as long for four times the input: {', '.join(too_fast)}")
    return 1 if too_fast else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

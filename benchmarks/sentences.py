"""Compare sentence splitting with pysbd: on our own list, and on boundaries from files of other projects.

python benchmarks/sentences.py [FILE.conllu ... | FILE.py ...]

The files are not in this repository. A ``.conllu`` file of Universal Dependencies is measured by the F1 of
its boundaries (``en`` or ``ja`` at the beginning of its name is the language). A ``.py`` file with a list of
pairs in a constant whose name ends in ``RULES_TEST_CASES``, such as tests/lang/test_english.py of pysbd, is
measured by the share of texts that are split as listed. pysbd (MIT) is used if it is installed.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from alliance_ref.records.values import Lang
from alliance_ref.text.sentence_splitting import sentences

OWN = Path(__file__).parent / "tables" / "sentence_rules.tsv"
"""Texts with ``|`` at the boundaries, by language and rule."""

Splitter = Callable[[str], list[str]]
_PARAGRAPH = 10
"""Number of sentences of a treebank that are joined to one text."""


def main(paths: Iterable[str]) -> None:
    """Print the figures of this library and of pysbd."""
    langs: tuple[Lang, Lang] = ("en", "ja")
    for lang in langs:
        cases = list(own_cases(lang))
        print(f"own list, {lang}: {report(lang, partial(share, cases))}")
    for path in map(Path, paths):
        language: Lang = "ja" if path.name.startswith("ja") or "japan" in path.name else "en"
        if path.suffix == ".py":
            rules = listed_cases(path)
            print(f"{path.name}: {report(language, partial(share, rules))}")
        else:
            texts = treebank(path, "" if language == "ja" else " ")
            print(f"{path.name}: {report(language, partial(boundary_f1, texts))}")


def report(lang: Lang, measure: Callable[[Splitter], float]) -> str:
    """Return a figure in percent for this library and for pysbd."""
    figures = {"this library": measure(lambda text: [s.text for s in sentences(text, lang=lang)])}
    if find_spec("pysbd"):
        import pysbd

        peer = pysbd.Segmenter(language=lang, clean=False)
        figures["pysbd"] = measure(lambda text: [part.strip() for part in peer.segment(text)])
    return ", ".join(f"{name} {100 * figure:.2f}%" for name, figure in figures.items())


def own_cases(lang: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the texts of our list with their sentences."""
    for line in OWN.read_text(encoding="utf-8").splitlines()[1:]:
        language, _, marked = line.split("\t")
        if language == lang:
            marked = marked.replace("\\n", "\n")
            text = (
                re.sub(r"(?<=\S)\|", " ", marked).replace("|", "")
                if lang == "en"
                else marked.replace("|", "")
            )
            yield text, [part.strip() for part in marked.split("|")]


def listed_cases(path: Path) -> list[tuple[str, list[str]]]:
    """Return the pairs of a text and its sentences in a Python file."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.List):
            continue
        if ast.unparse(node.targets[0]).endswith("RULES_TEST_CASES"):
            items = node.value.elts
            pairs = [
                item.elts if isinstance(item, ast.Tuple) else getattr(item, "args", []) for item in items
            ]
            return [(ast.literal_eval(pair[0]), ast.literal_eval(pair[1])) for pair in pairs]
    return []


def share(cases: Iterable[tuple[str, list[str]]], split: Splitter) -> float:
    """Return the share of texts that are split as listed, whatever the white space."""
    results = [_solid(split(text)) == _solid(parts) for text, parts in cases]
    return sum(results) / max(1, len(results))


def _solid(parts: Iterable[str]) -> list[str]:
    return [re.sub(r"\s+", " ", part).strip() for part in parts]


def treebank(path: Path, separator: str) -> list[tuple[str, set[int]]]:
    """Return texts of several sentences with the offsets of the boundaries, counted without white space."""
    lines = path.read_text(encoding="utf-8").splitlines()
    given = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
    groups = [given[at : at + _PARAGRAPH] for at in range(0, len(given), _PARAGRAPH)]
    return [(separator.join(group), boundaries(group)) for group in groups]


def boundaries(parts: Iterable[str]) -> set[int]:
    """Return the offsets at which *parts* end, counted without white space."""
    ends, at = set(), 0
    for part in parts:
        at += len(re.sub(r"\s", "", part))
        ends.add(at)
    return ends


def boundary_f1(texts: Iterable[tuple[str, set[int]]], split: Splitter) -> float:
    """Return the F1 of the boundaries inside the texts."""
    right = found = wanted = 0
    for text, known in texts:
        last = max(known)
        ours = boundaries(split(text)) - {last}
        theirs = known - {last}
        right += len(ours & theirs)
        found += len(ours)
        wanted += len(theirs)
    return 2 * right / max(1, found + wanted)


if __name__ == "__main__":
    main(sys.argv[1:])

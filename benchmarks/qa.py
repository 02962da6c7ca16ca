"""How well translations are checked: false alarms on true translations, and planted errors that are found.

    python benchmarks/qa.py [--each 100]

The shipped passages are true translations of each other, so every finding there is a false alarm or a slip
in the data. The news is that of the bitexts beside the project, where some are slips of the translators.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import alliance_ref as ar
from alliance_ref.records import Lang

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from planted import PLANTS, TERM_PLANTS, is_found, passages, sites

BITEXTS = Path(__file__).resolve().parents[2] / "shared" / "bitext" / "dev"
NEWS = ("11_ntrex", "nat_news")


class Alarms(NamedTuple):
    """How often each code was found in so many units."""

    units: int
    found: Counter[str]

    def share(self, code: str) -> float:
        """Findings for 100 units."""
        return 100 * self.found[code] / self.units


class Recall(NamedTuple):
    """Of so many errors of one kind, how many were found, by any of the codes."""

    codes: str
    planted: int
    found: int


def on_passages(source: Lang) -> Alarms:
    """Findings in the shipped passages, each document as of its day."""
    glossary = ar.reference_glossary()
    documents = [document for document in ar.documents() if document.passages]
    found: Counter[str] = Counter()
    for document in documents:
        day = document.issued.latest() if document.issued else None
        found += Counter(f.code for f in ar.check_units([document], glossary, as_of=day, source=source))
    units = sum(len(passage.units) for document in documents for passage in document.passages)
    return Alarms(units, found)


def news() -> list[ar.TranslationUnit]:
    """The units of the news that have both sides, each document once."""
    seen: set[str] = set()
    found: list[ar.TranslationUnit] = []
    for name in NEWS:
        for line in (BITEXTS / f"{name}.jsonl").read_text("utf-8").splitlines():
            document = json.loads(line)
            if document["id"] in seen:
                continue
            seen.add(document["id"])
            for number, (en, ja) in enumerate(document["gold"]):
                if en and ja:
                    english = " ".join(document["en"][place] for place in en)
                    japanese = "".join(document["ja"][place] for place in ja)
                    found.append(ar.TranslationUnit(english, japanese, document["id"], number))
    return found


def on_news() -> Alarms:
    """Findings in the news, from English."""
    units = news()
    return Alarms(len(units), Counter(f.code for f in ar.check_units(units, ar.reference_glossary())))


def recall(each: int) -> Iterator[tuple[str, Recall]]:
    """Of *each* errors of a kind, or all there is a place for, how many are found."""
    glossary, true = ar.reference_glossary(), passages()
    for name, (codes, plant) in (PLANTS | TERM_PLANTS).items():
        chosen = sites(true, plant, each)
        yield name, Recall(codes, len(chosen), sum(is_found(site, codes, glossary) for site in chosen))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=100, help="errors of each kind (100)")
    options = parser.parse_args()
    alarms = {"passages, from en": on_passages("en"), "passages, from ja": on_passages("ja")}
    if BITEXTS.is_dir():
        alarms["news, from en"] = on_news()
    for name, one in alarms.items():
        shares = ", ".join(f"{code} {one.share(code):.2f}" for code in sorted(one.found))
        print(f"{name}: {one.units} units, findings for 100 units: {shares}")
    for name, of in recall(options.each):
        print(f"{name}: {of.found} of {of.planted} ({of.codes})", flush=True)


if __name__ == "__main__":
    main()

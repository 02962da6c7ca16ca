"""The page of glossaries: how good pairs and checks are, how fast builds and reading, in what memory."""

from collections.abc import Iterator
from statistics import median

import exchange
import extraction
import glossary_accuracy
import glossary_precision
import qa
import scale
from alliance_ref.qa.rules import RULES
from glossary_accuracy import Figure
from glossary_terms.units import BITEXTS
from tables.rows import Measured, Missing, Row, judged, line, percent, spread_table, table

PACKAGES = ("defusedxml",)
NO_BITEXTS = Missing("../shared/bitext")
UNITS = 20_000

QUESTIONS = {
    "rust": ("terms of the Rust book", 96, "`eflomal` 92, `fast_align` 90, `Dice` 76"),
    "once dev": ("terms that occur once, `dev`", 70, ""),
    "once held": ("terms that occur once, `held`", 70, ""),
    "frequent dev": ("terms that occur two to ten times, `dev`", None, ""),
    "frequent held": ("terms that occur two to ten times, `held`", None, ""),
}

ROWS = {
    "one": Row("build, 20,000 units, one process", "", "units a second", 3_000),
    "two": Row("build, two processes", "one process", "speed", 1.8),
    "memory one": Row("build, 20,000 units, one process", "", "peak MB"),
    "memory two": Row("build, 20,000 units, two processes", "", "peak MB"),
    "memory million": Row("build, 1,000,000 units, two processes", "", "peak MB", 1_500, at_most=True),
    "cutting": Row("build of the shipped passages", "cutting their Japanese into words", "time"),
    "bare": Row("reading a TMX file of 20,000 units", "bare `iterparse`", "time", 1.5, at_most=True),
    "clear": Row("reading a TMX file of 20,000 units", "`iterparse` with `clear`", "time"),
    "memory tmx": Row("reading a TMX file of 20,000 units", "", "peak MB"),
    "memory tmx 3": Row("reading a TMX file of 60,000 units", "", "peak MB"),
}


def blocks(turns: int, *, million: bool = False) -> Iterator[tuple[str, str]]:
    """The tables of the page, by the names of their marks."""
    yield "glossary accuracy", accuracy()
    yield "glossary precision", precision()
    yield "false alarms", alarms()
    yield "planted errors", planted(100)
    yield "glossary speed", spread_table(ROWS, dict(speeds(turns, million=million)))


def accuracy() -> str:
    """Accuracy@1 of given terms, beside the baseline and what is known of others."""
    there = (BITEXTS / "dev").is_dir()
    ours, _ = glossary_accuracy.measure(glossary_accuracy.with_build_glossary) if there else ({}, 0)
    dice, _ = glossary_accuracy.measure(glossary_accuracy.dice) if there else ({}, 0)
    lines = []
    for key, (what, asked, others) in QUESTIONS.items():
        found: Figure | Missing = ours.get(key, NO_BITEXTS)
        lines.append(
            line(
                what,
                "–" if isinstance(found, Missing) else f"{found.asked}",
                percent(share(found)),
                percent(share(found, lenient=True)),
                percent(share(dice.get(key, NO_BITEXTS))),
                others,
                *judged(share(found), asked),
            )
        )
    head = ("what", "terms", "exact, %", "lenient, %", "Dice, exact, %", "others, exact, %")
    return table((*head, "asked", "reached"), lines)


def share(figure: Figure | Missing, *, lenient: bool = False) -> float | Missing:
    """Per cent."""
    if isinstance(figure, Missing):
        return figure
    return 100 * (figure.lenient if lenient else figure.exact) / figure.asked


def precision() -> str:
    """The first 200 pairs by the verdicts of a reader; pairs without one count as wrong."""
    head = ("what", "pairs", "judged", "right", "and worth having", "precision, %", "asked", "reached")
    what = "first pairs of a build of the bitexts"
    if not (BITEXTS / "dev").is_dir():
        return table(head, [line(what, *["–"] * 5, *judged(NO_BITEXTS, 90))])
    of = glossary_precision.counted(glossary_precision.first_pairs(200), glossary_precision.read_verdicts())
    worth = of.judged["right"]
    least = 100 * of.right / of.pairs
    cells = (f"{of.pairs}", f"{of.known}", f"{of.right}", f"{worth}", percent(least))
    return table(head, [line(what, *cells, *judged(least, 90))])


def alarms() -> str:
    """Findings for 100 units of true translations, a row a code."""
    found = [qa.on_passages("en"), qa.on_passages("ja")]
    news = qa.on_news() if qa.BITEXTS.is_dir() else None
    lines = [
        line(
            f"`{code}`",
            *(f"{one.share(code):.1f}" for one in found),
            f"{news.share(code):.1f}" if news else "–",
        )
        for code in RULES
    ]
    units = [f"{one.units:,}" for one in found]
    lines.append(line("units", *units, f"{news.units:,}" if news else "– `../shared/bitext`"))
    return table(("code", "passages, from English", "passages, from Japanese", "news, from English"), lines)


def planted(each: int) -> str:
    """How many of the errors planted into the passages are found."""
    lines = [
        line(name, " ".join(f"`{code}`" for code in of.codes.split()), f"{of.planted}", f"{of.found}",
             f"{100 * of.found / of.planted:.0f}")
        for name, of in qa.recall(each)
    ]  # fmt: skip
    return table(("planted", "told by", "errors", "found", "%"), lines)


def speeds(turns: int, *, million: bool) -> Measured:
    """Building and reading."""
    shipped = extraction.shipped()
    built = [extraction.measure(shipped) for _ in range(turns)]
    yield "cutting", [one.seconds / one.tokenizing for one in built]
    times = exchange.measure(exchange.memory(UNITS), max(turns, 3))
    for key, name in (("bare", "bare iterparse"), ("clear", "iterparse with clear")):
        yield key, [one / other for one, other in zip(times["read_units"], times[name], strict=True)]
    yield "memory tmx", [exchange.peak(UNITS) / 1e6]
    yield "memory tmx 3", [exchange.peak(3 * UNITS) / 1e6]
    if not scale.SHARED.is_dir():
        yield from ((key, NO_BITEXTS) for key in ("one", "two", "memory one", "memory two", "memory million"))
        return
    pairs = [(scale.turn(UNITS, 1), scale.turn(UNITS, 2)) for _ in range(turns)]
    yield "one", [UNITS / one.seconds for one, _ in pairs]
    yield "two", [one.seconds / two.seconds for one, two in pairs]
    yield "memory one", [median(one.peak for one, _ in pairs) / 1e6]
    yield "memory two", [median(two.peak for _, two in pairs) / 1e6]
    yield "memory million", [scale.turn(1_000_000, 2).peak / 1e6] if million else Missing("--million")

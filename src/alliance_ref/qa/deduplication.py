"""One mistake, one finding: what several checks say of the same place is said once.

防衛省 for *Defense Agency* is three things at once: a term without its rendering, a name without a source
and a term out of date. The one that tells most is kept and takes from the others what it lacks.
"""

from collections.abc import Iterable, Sequence

from alliance_ref.qa.messages import reworded
from alliance_ref.qa.termbook import are_alike
from alliance_ref.records.findings import TranslationFinding

_STANDING = ("T201", "T202")


def joined(findings: Iterable[TranslationFinding]) -> tuple[TranslationFinding, ...]:
    """The findings in the order of the units, each mistake once."""
    by_unit: dict[int, list[TranslationFinding]] = {}
    for item in findings:
        by_unit.setdefault(item.unit, []).append(item)
    return tuple(item for unit in sorted(by_unit) for item in _once(by_unit[unit]))


def _once(findings: list[TranslationFinding]) -> list[TranslationFinding]:
    if any(item.reason == "same" for item in findings):
        return [item for item in findings if item.reason == "same"]
    kept = [item for item in findings if item.code not in ("T101", "T102", *_STANDING)]
    standing = [item for item in findings if item.code in _STANDING]
    unrendered = [item for item in findings if item.code == "T101"]
    unsourced = [
        item for item in findings if item.code == "T102" and not any(_overlap(item, one) for one in standing)
    ]
    for item in standing:
        partner = _partner(item, unrendered)
        if partner is None:
            kept.append(item)
            continue
        unrendered.remove(partner)
        expected = item.expected if item.expected and partner.concept == item.concept else partner.expected
        kept.append(reworded(item, item.reason.removesuffix("-alone"), expected=expected))
    for item in unrendered:
        partner = _partner(item, unsourced)
        if partner is None:
            kept.append(item)
            continue
        unsourced.remove(partner)
        kept.append(reworded(partner, "other-form", "T101", item.concept, item.expected, found=(item.text,)))
    return sorted((*kept, *unsourced), key=lambda item: (item.lang, item.start, item.code))


def _overlap(one: TranslationFinding, another: TranslationFinding) -> bool:
    return one.lang == another.lang and one.start < another.end and another.start < one.end


def _partner(item: TranslationFinding, others: Sequence[TranslationFinding]) -> TranslationFinding | None:
    """The finding on the other side that is about the same mistake, told by what is expected there."""
    for another in others:
        wrong, right = (item, another) if another.code == "T101" else (another, item)
        if wrong.concept == right.concept or any(
            are_alike(wrong.text, text, wrong.lang) for text in right.expected
        ):
            return another
    return None

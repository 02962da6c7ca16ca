"""Baselines of accepted findings, and ignores in the text.

A baseline counts the accepted findings by a fingerprint that has no location, so it survives edits of other
text and reordering. ``alliance-ref: ignore T401`` in either side of a unit turns off rules for the unit, for
example in a comment ``<!-- alliance-ref: ignore T401 -->``; without codes it turns off all of them.
"""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from alliance_ref.errors import InvalidValue
from alliance_ref.records.findings import TranslationFinding

_IGNORE = re.compile(r"alliance-ref:\s*ignore(?P<codes>(?:[\s,]+T\d{3})*)", re.IGNORECASE)
_VERSION = 1


def fingerprint(finding: TranslationFinding) -> str:
    """Return a hash of a finding that stays the same if the mistake moves."""
    parts = (finding.code, finding.lang, finding.concept, finding.text, *finding.expected)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def dumps_baseline(findings: Iterable[TranslationFinding]) -> str:
    """Return a baseline that accepts *findings*, as JSON with one line for each kind of finding."""
    counts = Counter((item.code, fingerprint(item)) for item in findings)
    accepted = {f"{code} {key}": count for (code, key), count in sorted(counts.items())}
    return json.dumps({"version": _VERSION, "accepted": accepted}, indent=1) + "\n"


def read_baseline(path: str | os.PathLike[str]) -> Counter[str]:
    """Read the number of accepted findings by code and fingerprint.

    Raises:
        InvalidValue: if the file is not a baseline.
        OSError: if the file cannot be read.
    """
    try:
        accepted = json.loads(Path(path).read_text(encoding="utf-8"))["accepted"]
        return Counter({str(key): int(count) for key, count in accepted.items()})
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise InvalidValue("baseline", value=str(path)) from None


def is_baseline(path: str | os.PathLike[str]) -> bool:
    """Return whether a file exists and is a baseline."""
    try:
        read_baseline(path)
    except (OSError, InvalidValue):
        return False
    return True


def new_findings(
    findings: Iterable[TranslationFinding], accepted: Counter[str]
) -> tuple[TranslationFinding, ...]:
    """Return the findings that a baseline does not accept."""
    rest = Counter(accepted)
    new = []
    for item in findings:
        key = f"{item.code} {fingerprint(item)}"
        if rest[key] > 0:
            rest[key] -= 1
        else:
            new.append(item)
    return tuple(new)


def ignored_codes(*sides: str) -> frozenset[str] | None:
    """Return the codes that a unit ignores; an empty set means all codes, ``None`` for no ignore.

    >>> ignored_codes("It cost 5 yen. <!-- alliance-ref: ignore T401 -->", "")
    frozenset({'T401'})
    """
    codes: set[str] = set()
    for side in sides:
        if "alliance-ref" not in side.casefold():
            continue
        for found in _IGNORE.finditer(side):
            named = re.findall(r"T\d{3}", found["codes"].upper())
            if not named:
                return frozenset()
            codes.update(named)
    return frozenset(codes) or None

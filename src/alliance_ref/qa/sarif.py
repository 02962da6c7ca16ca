"""Write findings as SARIF 2.1.0, which editors and code-review sites show next to the text.

A finding in a text file has a region with lines, columns and offsets. A finding in a translation memory has
its unit as a logical location, because lines of such a file mean nothing to a translator. If exactly one
rendering is expected, the result contains the replacement as a fix.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, 2020.
"""

import json
from collections.abc import Iterable
from urllib.parse import quote

from alliance_ref.qa.baseline import fingerprint
from alliance_ref.qa.reports import Location, Origin
from alliance_ref.qa.rules import RULES
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang
from alliance_ref.rules import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_REPLACED = frozenset(
    ("deprecated", "erroneous", "not-yet", "no-longer", "other-form", "number-differs", "date-differs")
)
_NUMBERS = frozenset(("number-differs", "date-differs"))
_Json = dict[str, object]


def dumps_sarif(
    findings: Iterable[TranslationFinding], origin: Origin, *, lang: Lang = "en", version: str = ""
) -> str:
    """Return the findings as a SARIF log with one run.

    Args:
        findings: The findings of `check_translation` or `check_units`.
        origin: The input of the check.
        lang: The language of messages, rules and help.
        version: The version of this library.
    """
    driver: _Json = {
        "name": "alliance-ref",
        "rules": [_rule(rule, lang) for rule in RULES.values()],
    }
    if version:
        driver["version"] = version
    numbers = {code: number for number, code in enumerate(RULES)}
    run: _Json = {
        "tool": {"driver": driver},
        "language": "ja-JP" if lang == "ja" else "en-US",
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\r", "\n"],
        "results": [_result(finding, origin, numbers, lang) for finding in findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule, lang: Lang) -> _Json:
    meaning, help_text = (getattr(text, lang) for text in (rule.meaning, rule.help or rule.meaning))
    return {
        "id": rule.code,
        "name": "".join(map(str.capitalize, rule.name.split("-"))),
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": meaning},
        "help": {"text": help_text, "markdown": help_text},
        "defaultConfiguration": {"level": rule.level},
    }


def _result(finding: TranslationFinding, origin: Origin, numbers: dict[str, int], lang: Lang) -> _Json:
    place, other = origin.locate(finding), origin.locate_other(finding)
    properties: _Json = {
        "unit": finding.unit + 1,
        "language": finding.lang,
        "start": finding.start,
        "end": finding.end,
        "reason": finding.reason,
    }
    if finding.concept:
        properties["concept"] = finding.concept
    if finding.expected:
        properties["expected"] = list(finding.expected)
    result: _Json = {
        "ruleId": finding.code,
        "ruleIndex": numbers[finding.code],
        "level": finding.level,
        "message": {"text": finding.message_in(lang)},
        "locations": [_location(finding, place)],
        "partialFingerprints": {"findingHash/v1": fingerprint(finding)},
        "properties": properties,
    }
    if other is not None and (other.lines or other.paragraph):
        related: _Json = {"physicalLocation": _physical(other), "message": {"text": other.text}}
        if other.paragraph:
            related["logicalLocations"] = [_logical(finding, other)]
        result["relatedLocations"] = [related]
    if place.lines and finding.reason in _REPLACED - _NUMBERS and len(finding.expected) == 1:
        result["fixes"] = [_fix(finding, place)]
    return result


def _location(finding: TranslationFinding, place: Location) -> _Json:
    return {
        "physicalLocation": _physical(place),
        "logicalLocations": [_logical(finding, place)],
    }


def _logical(finding: TranslationFinding, place: Location) -> _Json:
    if place.paragraph is not None:
        return {"name": f"paragraph {place.paragraph}", "fullyQualifiedName": place.shown()}
    return {"name": f"unit {finding.unit + 1}", "fullyQualifiedName": finding.where}


def _physical(place: Location) -> _Json:
    physical: _Json = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.lines:
        physical["region"] = _region(place)
    return physical


def _region(place: Location) -> _Json:
    assert place.lines is not None
    line, column, end_line, end_column = place.lines
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": place.offset,
        "charLength": len(place.text),
        "snippet": {"text": place.text},
    }


def _fix(finding: TranslationFinding, place: Location) -> _Json:
    region = _region(place)
    del region["snippet"]
    replacement = {"deletedRegion": region, "insertedContent": {"text": finding.expected[0]}}
    return {
        "artifactChanges": [{"artifactLocation": {"uri": _uri(place.file)}, "replacements": [replacement]}]
    }


def _uri(file: str) -> str:
    """Return a file name as a relative or absolute URI."""
    path = quote(file.replace("\\", "/"), safe="/-._~")
    return f"file://{path}" if path.startswith("/") else path

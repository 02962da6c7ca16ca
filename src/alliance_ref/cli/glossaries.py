"""The commands that write glossaries: glossary, and under it merge, diff, convert."""

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_ref.cli.i18n import _, current_language, join_items, plural
from alliance_ref.cli.input_files import glossary_file, print_notices, units_of_files
from alliance_ref.cli.io import escape_controls, print_json, print_lines, print_written, progress_bar
from alliance_ref.cli.output import check_output
from alliance_ref.errors import UnknownFormat
from alliance_ref.glossary import Glossary, read_units, reference_glossary
from alliance_ref.glossary.decisions import read_decisions
from alliance_ref.glossary.evidence import evidence_of
from alliance_ref.glossary.merge import MergeConflict
from alliance_ref.records import ExportReport
from alliance_ref.reference import load

if TYPE_CHECKING:
    from alliance_ref.errors import FileProblem


_MAX_CONTRADICTED = 10
"""Number of terms that the self-check lists."""


def write(options: argparse.Namespace) -> int:
    """Write the glossary of the reference, or one built from bitexts."""
    inputs = [*(options.sources or ()), *(options.approved or ()), *(options.rejected or ())]
    inputs += [options.seed] if options.seed else []
    check_output(options.to, inputs, force=options.force)
    glossary = reference_glossary() if options.sources is None else _build(options)
    if options.min_score is not None:
        glossary = glossary.filter(min_score=options.min_score)
    _write(glossary, options)
    if options.self_check:
        _print_self_check(glossary, options)
    return 0


def filter_concepts(options: argparse.Namespace) -> int:
    """Write the concepts that meet conditions."""
    check_output(options.to, (options.file,), force=options.force)
    found = glossary_file(options.file, options).filter(
        min_score=options.min_score,
        min_count=options.min_frequency,
        status=options.status,
        subject=options.subject,
    )
    return _write(found, options)


def sort(options: argparse.Namespace) -> int:
    """Write the concepts in another order."""
    check_output(options.to, (options.file,), force=options.force)
    glossary = glossary_file(options.file, options)
    orders = {
        "english": glossary.by_english,
        "reading": glossary.by_reading,
        "frequency": glossary.by_frequency,
    }
    return _write(orders[options.by](), options)


def evidence(options: argparse.Namespace) -> int:
    """Print the places of a term; return 1 if the glossary does not have it."""
    glossary = glossary_file(options.file)
    if options.term in glossary:
        concepts = [glossary.find(options.term)]
    else:
        found = glossary.lookup(options.term)
        concepts = [match.concept for match in found if match.score == found[0].score]
    texts = load() if options.sources is None else list(units_of_files(options.sources, options))
    lines = [line for item in evidence_of(concepts, texts) for line in item]
    if options.json:
        print_json(lines)
    elif not concepts:
        print(escape_controls(_("no concept has the term {query!r}").format(query=options.term)))
    else:
        for line in lines:
            print_lines(map(escape_controls, str(line).split("\n")))
    return 0 if concepts else 1


def _write(glossary: Glossary, options: argparse.Namespace) -> int:
    _print_export(glossary.to_file(options.to, options.format, ja_first=options.ja_en))
    return 0


def _print_self_check(glossary: Glossary, options: argparse.Namespace) -> None:
    """Print how often the units contradict the glossary, and the terms that they contradict most often."""
    from alliance_ref.qa import self_check

    units = tuple(
        read_units(options.sources, format=options.from_format, columns=options.columns, notices=[])
    )
    found = self_check(glossary, units)
    line = plural("self-check: {} finding", "self-check: {} findings", len(found))
    rate = 100 * len(found) / max(len(units), 1)
    print(_("{findings}, {rate} per 100 units").format(findings=line, rate=f"{rate:.1f}"))
    for concept_id, count in Counter(item.concept for item in found).most_common(_MAX_CONTRADICTED):
        concept = glossary.find(concept_id)
        names = (str(concept.en.preferred), str(concept.ja.preferred))
        print(escape_controls(f"  {count}  {' / '.join(names)}"))


def merge(options: argparse.Namespace) -> int:
    """Merge glossaries into one; report conflicts on standard error."""
    check_output(options.to, (options.file, *options.others), force=options.force)
    merged = glossary_file(options.file, options)
    conflicts = 0
    for file in options.others:
        other = glossary_file(file, options)
        for conflict in merged.conflicts(other):
            conflicts += 1
            print(escape_controls(_conflict(file, conflict)), file=sys.stderr)
        merged = merged.merge(other)
    if conflicts:
        print(plural("{} conflict", "{} conflicts", conflicts), file=sys.stderr)
    _print_export(merged.to_file(options.to, options.format))
    return 0


def diff(options: argparse.Namespace) -> int:
    """Print the differences of a newer glossary; return 1 if there are any."""
    found = glossary_file(options.old, options).diff(glossary_file(options.new, options))
    if options.terms:
        found = found.of_terms()
    if options.json:
        print_json(found)
    elif found:
        for line in str(found).split("\n"):
            print(escape_controls(line))
    return 1 if found else 0


def convert(options: argparse.Namespace) -> int:
    """Write a glossary in another format, and report what that format cannot represent."""
    check_output(options.to, (options.file,), force=options.force)
    return _write(glossary_file(options.file, options), options)


def review(options: argparse.Namespace) -> int:
    """Write a page or table on which a person decides about the pairs of a glossary."""
    from alliance_ref.glossary.review import SUFFIXES

    if Path(options.to).suffix.lower() not in SUFFIXES:
        raise UnknownFormat(Path(options.to).suffix, SUFFIXES)
    check_output(options.to, (options.file, *(options.sources or ())), force=options.force)
    glossary = glossary_file(options.file)
    texts = None if options.sources is None else units_of_files(options.sources, options)
    glossary.to_review(options.to, texts, name=Path(options.file).name, lang=current_language())
    print_written(options.to)
    return 0


def _build(options: argparse.Namespace) -> Glossary:
    from alliance_ref.extraction import build_glossary

    notices: list[FileProblem] = []
    decisions = read_decisions(options.approved, options.rejected, options.previous, notices=notices)
    print_notices("", notices)
    units = units_of_files(options.sources, options)
    with progress_bar(_("building"), _("units")) as progress:
        return build_glossary(
            units,
            seed=None if options.seed is None else _seed(options.seed),
            approved=decisions,
            min_frequency=options.min_frequency or 1,
            terms_only=not options.all_words,
            identical=not options.omit_identical,
            checkpoint=options.checkpoint,
            resume=options.resume,
            progress=progress,
        )


def _seed(file: str) -> Glossary | list[str]:
    """Return a glossary, or the lines of a text that are not empty."""
    if Path(file).suffix.lower() in ("", ".txt"):
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
        return [line.strip() for line in lines if line.strip()]
    return glossary_file(file)


def _conflict(file: str, conflict: MergeConflict) -> str:
    values = {
        "file": file,
        "concept": conflict.concept,
        "field": _field(conflict.field),
        "kept": repr(conflict.kept),
        "given": repr(conflict.given),
    }
    if not conflict.term:
        return _("{file}: {concept}: {field}: {kept} kept, {given} given").format(**values)
    line = _("{file}: {concept}: {field} of {term}: {kept} kept, {given} given")
    return line.format(term=conflict.term, **values)


def _print_export(report: ExportReport) -> None:
    written = plural("{} concept written to {{path}}", "{} concepts written to {{path}}", report.concepts)
    print(escape_controls(written.format(path=report.path)))
    if report.marked:
        print(plural("{} deprecated term marked", "{} deprecated terms marked", report.marked))
    if report.omitted:
        print(plural("{} deprecated term left out", "{} deprecated terms left out", report.omitted))
    if report.losses:
        losses = [f"{_field(loss.field)} ({loss.count})" for loss in report.losses]
        print(
            _("left out, since {format} cannot represent it: {fields}").format(
                format=report.format, fields=join_items(losses)
            )
        )


def _field(field: str) -> str:
    """Return the label of a field of a glossary."""
    names = {
        "id": _("id"),
        "subject": _("subject field"),
        "definition": _("definition"),
        "concept note": _("note on a concept"),
        "concept with one language": _("concept in one language"),
        "further terms": _("further terms"),
        "status": _("status"),
        "preferred": _("preferred term"),
        "reading": _("reading"),
        "transliteration": _("transliteration"),
        "validity": _("time in use"),
        "reliability": _("reliability"),
        "part of speech": _("part of speech"),
        "context": _("context"),
        "term note": _("note on a term"),
        "source": _("source"),
        "rendering": _("figures of a pair"),
        "attestation": _("place of a pair"),
        "passage": _("passage"),
        "termhood": _("termhood"),
        "rejected pair": _("rejected pair"),
    }
    return names.get(field, field)

"""The command glossary and those under it: merge, diff, check, convert."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import attrs

from alliance_ref.cli.checks import plain_finding
from alliance_ref.cli.i18n import _, called, counted, listed, spoken
from alliance_ref.cli.io import plain, progress_bar
from alliance_ref.cli.layout import pad
from alliance_ref.glossary import Glossary, reference_glossary
from alliance_ref.glossary.checks import CODES, check_glossary
from alliance_ref.glossary.diff import GlossaryDiff
from alliance_ref.glossary.merge import MergeConflict
from alliance_ref.records import ExportReport, GlossaryConcept, TranslationUnit


def write(options: argparse.Namespace) -> int:
    """Write the glossary of the reference, or one built from bitexts, and say where."""
    made = reference_glossary() if options.sources is None else _built(options)
    _told(made.to_file(options.to, options.format))
    return 0


def merge(options: argparse.Namespace) -> int:
    """Join glossaries into one; conflicts go to the standard error."""
    from alliance_ref.glossary.io import read_glossary

    made = read_glossary(options.file)
    conflicts = 0
    for file in options.others:
        other = read_glossary(file)
        for conflict in made.conflicts(other):
            conflicts += 1
            print(plain(_conflict(file, conflict)), file=sys.stderr)
        made = made.merge(other)
    if conflicts:
        print(counted("{} conflict", "{} conflicts", conflicts), file=sys.stderr)
    _told(made.to_file(options.to, options.format))
    return 0


def diff(options: argparse.Namespace) -> int:
    """Print what is different in a newer glossary; status 1 if anything is."""
    from alliance_ref.glossary.io import read_glossary

    found = read_glossary(options.old).diff(read_glossary(options.new))
    if options.json:
        print(json.dumps(_plain(found), ensure_ascii=False, indent=2))
    elif found:
        for line in str(found).split("\n"):
            print(plain(line))
    return 1 if found else 0


def check(options: argparse.Namespace) -> int:
    """Check a glossary; status 1 if there is an error."""
    if options.codes:
        for rule in CODES.values():
            print(f"{rule.code} {pad(called('level', rule.level), 7)} {getattr(rule.meaning, spoken())}")
        return 0
    found = check_glossary(_concepts(options.file))
    if options.json:
        print(json.dumps([plain_finding(item) for item in found], ensure_ascii=False, indent=2))
    else:
        for item in found:
            said = _("{code} {where}: {message}").format(
                code=item.code, where=item.where, message=item.message_in(spoken())
            )
            print(plain(said))
    counts = Counter(item.level for item in found)
    errors = counted("{} error", "{} errors", counts["error"])
    print(listed((errors, counted("{} warning", "{} warnings", counts["warning"]))), file=sys.stderr)
    return 1 if counts["error"] else 0


def convert(options: argparse.Namespace) -> int:
    """Write a glossary in another format, and say what that could not hold."""
    from alliance_ref.glossary.io import read_glossary

    _told(read_glossary(options.file).to_file(options.to, options.format))
    return 0


def _built(options: argparse.Namespace) -> Glossary:
    from alliance_ref.extraction import build_glossary
    from alliance_ref.glossary.io import read_units

    units: Iterator[TranslationUnit] = chain.from_iterable(read_units(file) for file in options.sources)
    with progress_bar(_("building"), _("units")) as progress:
        return build_glossary(
            units,
            seed=None if options.seed is None else _seed(options.seed),
            min_frequency=options.min_frequency or 1,
            work_folder=options.work,
            resume=options.resume,
            progress=progress,
        )


def _seed(file: str) -> Glossary | list[str]:
    """A glossary, or the lines of a text that are not empty."""
    from alliance_ref.glossary.io import read_glossary

    if Path(file).suffix.lower() in ("", ".txt"):
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
        return [line.strip() for line in lines if line.strip()]
    return read_glossary(file)


def _concepts(file: str | None) -> Iterable[GlossaryConcept]:
    """The concepts of a file, also where two of them have one id and they make no glossary."""
    from alliance_ref.glossary.io import read_concepts

    return reference_glossary() if file is None else read_concepts(file)


def _conflict(file: str, conflict: MergeConflict) -> str:
    blanks = {
        "file": file,
        "concept": conflict.concept,
        "field": _field(conflict.field),
        "kept": repr(conflict.kept),
        "given": repr(conflict.given),
    }
    if not conflict.term:
        return _("{file}: {concept}: {field}: {kept} kept, {given} given").format(**blanks)
    said = _("{file}: {concept}: {field} of {term}: {kept} kept, {given} given")
    return said.format(term=conflict.term, **blanks)


def _told(report: ExportReport) -> None:
    done = counted("{} concept written to {{path}}", "{} concepts written to {{path}}", report.concepts)
    print(plain(done.format(path=report.path)))
    if report.losses:
        losses = [f"{_field(loss.field)} ({loss.count})" for loss in report.losses]
        print(
            _("left out, which {format} cannot hold: {fields}").format(
                format=report.format, fields=listed(losses)
            )
        )


def _plain(found: GlossaryDiff) -> dict[str, object]:
    return {
        "added": [_named(concept) for concept in found.added],
        "removed": [_named(concept) for concept in found.removed],
        "changed": [
            {**_named(change.after), "changes": [attrs.asdict(item) for item in change.changes]}
            for change in found.changed
        ],
    }


def _named(concept: GlossaryConcept) -> dict[str, object]:
    en, ja = concept.en.preferred, concept.ja.preferred
    return {"id": concept.id, "en": en and en.text, "ja": ja and ja.text}


def _field(field: str) -> str:
    """What a field of a glossary is called."""
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
    }
    return names.get(field, field)

"""The command check-translation: options and config file, baseline, and reports."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

import alliance_ref
from alliance_ref.cli.i18n import _, current_language, join_items, plural, value_label
from alliance_ref.cli.input_files import glossary_files, units_of_files
from alliance_ref.cli.io import UsageError, input_file
from alliance_ref.cli.layout import pad, terminal_columns
from alliance_ref.cli.output import check_output, write_bytes, write_text
from alliance_ref.exchange.documents import DOCUMENT_FORMATS, read_file
from alliance_ref.exchange.formats import UNIT_FORMATS, known_suffixes, suffix_of
from alliance_ref.glossary import Glossary
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.text.encodings import load_copy

if TYPE_CHECKING:
    from alliance_ref.qa import CheckOptions
    from alliance_ref.qa.reports import Origin
    from alliance_ref.qa.units import CheckedUnit
    from alliance_ref.records.values import Lang

Checked = tuple[tuple[TranslationFinding, ...], "Origin", Sequence["CheckedUnit"]]
"""The findings, the input of the check, and its units."""


def check_translation_files(options: argparse.Namespace) -> int:
    """Check a translation; return 1 if there is a finding."""
    from alliance_ref.qa.baseline import dumps_baseline, new_findings, read_baseline

    if options.codes:
        return _print_codes()
    chosen = _chosen(options)
    _check_outputs(options)
    baseline = options.baseline or chosen.paths.get("baseline")
    accepted = Counter[str]() if options.write_baseline or not baseline else read_baseline(baseline)
    of_config = chosen.paths.get("glossary")
    files = options.glossary or ([of_config] if of_config else [])
    found, origin, units = _checked(options, glossary_files(files) if files else None, chosen)
    if options.write_baseline:
        write_text(options.write_baseline, dumps_baseline(found))
        print(plural("{} finding", "{} findings", len(found)), file=sys.stderr)
        return 0
    shown = new_findings(found, accepted)
    if options.to is not None:
        _write_review(options.to, units, shown)
    else:
        for line in _report(shown, origin, options.format):
            print(line)
    if options.format == "text":
        print(plural("{} finding", "{} findings", len(shown)), file=sys.stderr)
    return 1 if shown else 0


def _check_outputs(options: argparse.Namespace) -> None:
    """Report output files that must not be written; a baseline replaces another one."""
    from alliance_ref.qa.baseline import is_baseline

    inputs = tuple(filter(None, (*options.files, *(options.glossary or ()), options.config)))
    if options.write_baseline is not None:
        force = options.force or is_baseline(options.write_baseline)
        check_output(options.write_baseline, inputs, force=force)
    if options.to is not None:
        check_output(options.to, inputs, force=options.force)


def _print_codes() -> int:
    from alliance_ref.qa import RULES
    from alliance_ref.qa.options import OFF_BY_DEFAULT

    for rule in RULES.values():
        meaning = getattr(rule.meaning, current_language())
        if rule.code in OFF_BY_DEFAULT:
            meaning += " " + _("(off by default)")
        print(f"{rule.code} {pad(value_label('level', rule.level), 7)} {meaning}")
    return 0


def _chosen(options: argparse.Namespace) -> "CheckOptions":
    """Return the rules to run: those of the config file, changed by the options of the command."""
    from alliance_ref.qa import RULES, CheckOptions
    from alliance_ref.qa.options import find_config, read_options

    for code in (*options.ignore, *options.enable):
        if code not in RULES:
            raise UsageError(
                _("no code {code!r}; the codes are {codes}").format(code=code, codes=join_items(RULES))
            )
    config = options.config or find_config(Path.cwd())
    chosen = CheckOptions() if config is None else read_options(config)
    return attrs.evolve(
        chosen,
        profile=options.profile or chosen.profile,
        enable=chosen.enable.union(options.enable),
        disable=chosen.disable.difference(options.enable).union(options.ignore),
    )


def _checked(options: argparse.Namespace, glossary: Glossary | None, chosen: "CheckOptions") -> Checked:
    files = options.files
    if files and (options.from_format or len(files) == 1 or all(map(_has_units, files))):
        return _checked_units(options, glossary, chosen)
    if len(files) == 2 and any(map(_is_document, files)):
        return _checked_documents(options, glossary, chosen)
    if len(files) == 2:
        return _checked_texts(options, glossary, chosen)
    raise UsageError(_("expected an English and a Japanese text, or one file of units such as memory.tmx"))


def _has_units(file: str) -> bool:
    """Return whether a file has units rather than text, by its suffix."""
    return suffix_of(file, UNIT_FORMATS) in set(known_suffixes(UNIT_FORMATS)) - {".txt"}


def _is_document(file: str) -> bool:
    """Return whether a file is a document with markup, such as a Word file, by its suffix."""
    formats = [item for item in DOCUMENT_FORMATS if item.id != "text"]
    return suffix_of(file, formats).lower() in known_suffixes(formats)


def _checked_documents(
    options: argparse.Namespace, glossary: Glossary | None, chosen: "CheckOptions"
) -> Checked:
    from alliance_ref.qa.check import run_checks
    from alliance_ref.qa.reports import DocumentOrigin
    from alliance_ref.qa.units import units_of_texts

    en, ja = (read_file(file) for file in options.files)
    units = units_of_texts(en.text, ja.text, options.source)
    found = run_checks(units, glossary, options.as_of, options.source, chosen)
    names: dict[Lang, str] = {"en": options.files[0], "ja": options.files[1]}
    return found, DocumentOrigin(names, {"en": en, "ja": ja}), units


def _checked_units(options: argparse.Namespace, glossary: Glossary | None, chosen: "CheckOptions") -> Checked:
    from alliance_ref.qa.check import run_checks
    from alliance_ref.qa.reports import MemoryOrigin
    from alliance_ref.qa.units import units_of

    skipped: Counter[str] = Counter()
    units: list[CheckedUnit] = []
    names: list[str] = []
    for file in options.files:
        for unit in units_of(units_of_files([file], options, skipped)):
            units.append(attrs.evolve(unit, number=len(units), group=f"{file}\0{unit.group}"))
            names.append(file)
    if skipped:
        items = join_items(f"{reason} ({count})" for reason, count in sorted(skipped.items()))
        print(_("left out: {items}").format(items=items), file=sys.stderr)
    found = run_checks(units, glossary, options.as_of, options.source, chosen)
    return found, MemoryOrigin(names, units), units


def _checked_texts(options: argparse.Namespace, glossary: Glossary | None, chosen: "CheckOptions") -> Checked:
    from alliance_ref.qa.check import run_checks
    from alliance_ref.qa.reports import FileOrigin
    from alliance_ref.qa.units import units_of_texts

    en, ja = (load_copy(input_file(file))[0] for file in options.files)
    units = units_of_texts(en, ja, options.source)
    found = run_checks(units, glossary, options.as_of, options.source, chosen)
    names = ["stdin" if file == "-" else file for file in options.files]
    return found, FileOrigin({"en": names[0], "ja": names[1]}, {"en": en, "ja": ja}), units


def _report(found: Sequence[TranslationFinding], origin: "Origin", form: str) -> Iterator[str]:
    from alliance_ref.qa.reports import github_lines, json_lines, text_lines
    from alliance_ref.qa.sarif import dumps_sarif

    lang = current_language()
    if form == "sarif":
        yield dumps_sarif(found, origin, lang=lang, version=alliance_ref.__version__).rstrip("\n")
    elif form == "json":
        yield from json_lines(found, origin, lang=lang)
    elif form == "github":
        yield from github_lines(found, origin, lang=lang)
    else:
        yield from text_lines(found, origin, lang=lang, columns=terminal_columns())


def _write_review(path: str, units: "Sequence[CheckedUnit]", found: Sequence[TranslationFinding]) -> None:
    from alliance_ref.qa.review import review_html, review_xlsx

    lang = current_language()
    suffix = Path(path).suffix.lower()
    if suffix in (".html", ".htm"):
        write_text(path, review_html(units, found, lang=lang))
    elif suffix == ".xlsx":
        write_bytes(path, review_xlsx(units, found, lang=lang))
    else:
        raise UsageError(_("a review table is .xlsx or .html, not {suffix}").format(suffix=suffix or path))

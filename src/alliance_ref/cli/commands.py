"""The commands of ``alliance-ref`` and their options: one function for each command."""

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias

from alliance_ref.cli.arguments import (
    JoinWords,
    Parser,
    VersionAction,
    column_names,
    day,
    nonnegative,
    positive,
    share,
    text,
)
from alliance_ref.cli.i18n import _

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 (its only name)

LANGS = ("en", "ja")
STATES = ("initial", "translated", "reviewed", "final")
KINDS = ("document", "person", "organization", "place", "event", "concept")
STATUSES = ("preferred", "admitted", "abbreviation", "deprecated", "erroneous")
DATED_KINDS = ("event", "document", "organization", "person")


def parser() -> Parser:
    """Return the parser of ``alliance-ref``; each command sets ``run`` to the function that executes it."""
    top = Parser(
        prog="alliance-ref",
        description=_(
            "English–Japanese reference on the Japan–U.S. alliance; aligned passages and glossaries."
        ),
    )
    top.add_argument("--version", action=VersionAction, help=_("print the versions of library and data"))
    top.add_argument(
        "--lang",
        dest="message_language",
        choices=LANGS,
        help=_("language of messages (default: from the locale)"),
    )
    top.add_argument("--debug", action="store_true", help=_("print the traceback of an internal error"))
    commands = top.add_subparsers(title=_("commands"), metavar="COMMAND")
    for add_command in (
        _documents,
        _show,
        _read,
        _lookup,
        _translate,
        _suggest,
        _annotate,
        _concordance,
        _corpus,
        _counts,
        _timeline,
        _topics,
        _who,
        _booth,
        _check,
        _check_translation,
        _align,
        _glossary,
        _fingerprint,
        _demo,
    ):
        add_command(commands)
    return top


def command_names(top: Parser) -> frozenset[str]:
    """Return the names of the commands of *top*."""
    groups = (action for action in top._actions if isinstance(action, argparse._SubParsersAction))  # noqa: SLF001
    return frozenset(name for group in groups for name in group.choices)


def _run(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """Return a function that executes a command and imports its module only when it is called."""

    def run(options: argparse.Namespace) -> int:
        status: int = getattr(import_module(f"alliance_ref.cli.{module}"), function)(options)
        return status

    return run


def _words(command: Parser, name: str, metavar: str, *, help: str | None = None) -> argparse.Action:  # noqa: A002
    """Add an argument of one or more words, which need no quotes."""
    return command.add_argument(name, metavar=metavar, nargs="+", type=text, action=JoinWords, help=help)


def ids(prefix: str, **_unused: object) -> list[str]:
    """Return the ids of entries that begin with *prefix*, for the completion of a shell."""
    from alliance_ref.reference import load

    return [entry_id for entry_id in load().kinds_by_id() if entry_id.startswith(prefix)]


def _json_list(command: Parser) -> None:
    command.add_argument("--json", action="store_true", help=_("print a JSON list"))


def _json_object(command: Parser) -> None:
    command.add_argument("--json", action="store_true", help=_("print one JSON object"))


def _codes(command: Parser) -> None:
    command.add_argument("--codes", action="store_true", help=_("print the meaning of each code and exit"))


def _name_language(command: Parser) -> None:
    command.add_argument("--lang", choices=LANGS, help=_("only names of this language"))


def _limit(command: Parser) -> None:
    command.add_argument(
        "--limit", type=positive, default=10, metavar="N", help=_("maximum number of results (default 10)")
    )


def _format(command: Parser) -> None:
    command.add_argument(
        "--format", metavar="FORMAT", help=_("short name of the format, if the suffix is ambiguous")
    )


def _input(command: Parser) -> None:
    """Add the options for reading tables and files with ambiguous suffixes."""
    command.add_argument(
        "--from-format",
        metavar="FORMAT",
        help=_("short name of the format of the input (default: by suffix)"),
    )
    command.add_argument(
        "--columns",
        type=column_names,
        default=(),
        metavar="NAMES",
        help=_("columns of a table without a header, separated by commas: en,ja,note"),
    )


def _min_state(command: Parser) -> None:
    """Add the option for units of translation editors."""
    command.add_argument(
        "--min-state",
        choices=STATES,
        default="translated",
        help=_("only units of XLIFF, PO and Qt files in this state or a later one (default translated)"),
    )


def _force(command: Parser) -> None:
    command.add_argument("--force", action="store_true", help=_("overwrite a file of another program"))


def _direction(command: Parser) -> None:
    command.add_argument(
        "--ja-en", action="store_true", help=_("Japanese first, for translation into English (OmegaT)")
    )


def _output(command: Parser, metavar: str = "FILE") -> None:
    command.add_argument("--to", required=True, metavar=metavar, help=_("output file"))
    _force(command)
    _format(command)


def _documents(commands: Commands) -> None:
    command = commands.add_parser("documents", help=_("list the documents"))
    _json_list(command)
    command.set_defaults(run=_run("show", "documents"))


def _show(commands: Commands) -> None:
    command = commands.add_parser("show", help=_("show a document, a passage, a topic or another entry"))
    shown = _words(
        command, "id", "ID", help=_("an id or a name, for example magosaki-2006, magosaki-2006#8, Camp Zama")
    )
    shown.completer = ids  # type: ignore[attr-defined]  # used by argcomplete
    command.add_argument("--lang", choices=(*LANGS, "both"), default="both")
    _json_object(command)
    command.set_defaults(run=_run("show", "show"))


def _read(commands: Commands) -> None:
    command = commands.add_parser(
        "read",
        help=_("read a copy of a document"),
        description=_(
            "Recognize, repair, verify and align a copy of a document. Exit status 0 if the copy is complete,"
            " 1 if text is lost, damaged or foreign, 2 if it cannot be used."
        ),
    )
    command.add_argument("file", metavar="FILE", help=_("the copy; - for standard input"))
    _json_object(command)
    command.set_defaults(run=_run("read", "read"))


def _own_glossary(command: Parser) -> None:
    """Add the options that search glossaries of the user instead of the reference."""
    command.add_argument(
        "--glossary",
        metavar="FILE",
        action="append",
        help=_("search this glossary instead of the reference; may be repeated, the first takes precedence"),
    )
    command.add_argument(
        "--from",
        dest="sources",
        nargs="+",
        metavar="F",
        help=_("search the glossary that is built from these memories"),
    )
    _input(command)


def _kinds(command: Parser) -> None:
    command.add_argument(
        "--kind", choices=KINDS, action="append", help=_("only entries of this kind; may be repeated")
    )


def _names_as_of(command: Parser) -> None:
    command.add_argument(
        "--as-of", type=day, metavar="DAY", help=_("only names in use on this day (2005-04-14)")
    )


def _sought(command: Parser) -> None:
    """Add the query of a search for words or an entry, and the language of its occurrences."""
    _words(command, "query", "QUERY")
    command.add_argument("--entry", action="store_true", help=_("QUERY is the id of an entry"))
    command.add_argument("--lang", choices=LANGS, help=_("only occurrences in this language"))


def _lookup(commands: Commands) -> None:
    command = commands.add_parser(
        "lookup",
        help=_("look up a name in either language"),
        description=_("Look up a name in either language. Exit status 1 if no entry has this name."),
    )
    _words(command, "query", "QUERY")
    _name_language(command)
    _kinds(command)
    _names_as_of(command)
    _limit(command)
    _own_glossary(command)
    _json_list(command)
    command.set_defaults(run=_run("search", "lookup"))


def _translate(commands: Commands) -> None:
    command = commands.add_parser(
        "translate",
        help=_("print the names in the other language"),
        description=_(
            "Print the names in the other language, or the reason why there is none. Exit status 1 if there"
            " is none."
        ),
    )
    _words(command, "query", "QUERY")
    command.add_argument(
        "--to", choices=LANGS, help=_("target language (default: the one that the name is not in)")
    )
    _names_as_of(command)
    _json_object(command)
    command.set_defaults(run=_run("search", "translate"))


def _suggest(commands: Commands) -> None:
    command = commands.add_parser("suggest", help=_("complete the beginning of a name"))
    _words(command, "prefix", "PREFIX")
    _name_language(command)
    _kinds(command)
    _limit(command)
    _json_list(command)
    command.set_defaults(run=_run("search", "suggest"))


def _annotate(commands: Commands) -> None:
    command = commands.add_parser(
        "annotate",
        help=_("find the names of the reference in a text"),
        description=_(
            "Find the names of the reference in a text or HTML page. With --to, write the text as HTML with"
            " links, or the page with links in its text and nothing else changed."
        ),
    )
    command.add_argument(
        "file", metavar="FILE", help=_("English or Japanese text or HTML page (.html); - for standard input")
    )
    _name_language(command)
    _kinds(command)
    command.add_argument(
        "--exclude",
        metavar="ID",
        action="append",
        default=[],
        help=_("leave out the entry with this id; may be repeated"),
    )
    command.add_argument("--no-abbreviations", action="store_true", help=_("leave out abbreviations"))
    command.add_argument(
        "--min-length",
        type=positive,
        default=1,
        metavar="N",
        help=_("leave out names of fewer than N characters"),
    )
    command.add_argument("--first-only", action="store_true", help=_("only the first name of each entry"))
    command.add_argument("--all", action="store_true", help=_("include names inside longer names"))
    command.add_argument("--as-of", type=day, metavar="DAY", help=_("date of the text (2005-04-14)"))
    command.add_argument("--to", metavar="FILE", help=_("write HTML with links"))
    command.add_argument(
        "--link",
        metavar="TEMPLATE",
        help=_("target of the links (with --to): https://example.org/{id}"),
    )
    command.add_argument("--ruby", action="store_true", help=_("add readings to Japanese names (with --to)"))
    _own_glossary(command)
    _json_object(command)
    _force(command)
    command.set_defaults(run=_run("search", "annotate"))


def _concordance(commands: Commands) -> None:
    command = commands.add_parser(
        "concordance",
        help=_("show a word in context with its translation"),
        description=_(
            "Show every occurrence of a word in the passages, in context, with its translation. Exit status"
            " 1 if there is none."
        ),
    )
    _sought(command)
    command.add_argument(
        "--width", type=nonnegative, default=40, metavar="N", help=_("cells of context (default 40)")
    )
    command.add_argument("--sort", choices=("right", "left", "position"), default="right")
    command.add_argument(
        "--document", metavar="ID", action="append", default=[], help=_("only this document; may be repeated")
    )
    command.add_argument(
        "--glossary",
        metavar="FILE",
        action="append",
        help=_("mark the translations in this glossary too; may be repeated"),
    )
    command.add_argument(
        "--from",
        dest="sources",
        nargs="+",
        metavar="F",
        help=_("search these memories instead of the passages"),
    )
    command.add_argument("--corpus", metavar="FILE", help=_("search this corpus instead of the passages"))
    _documents_filter(command)
    _input(command)
    command.add_argument("--to", metavar="FILE", help=_("write an HTML table"))
    _json_object(command)
    _force(command)
    command.set_defaults(run=_run("search", "concordance"))


def _corpus(commands: Commands) -> None:
    command = commands.add_parser(
        "corpus",
        help=_("store your own documents in one file and search them"),
        description=_("Add documents to a corpus, a file with an index, or show and remove them."),
    )
    actions = command.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    add = actions.add_parser(
        "add",
        help=_("add folders of documents, and memories"),
        description=_(
            "Add folders, whose files are paired by name (naha.en.html and naha.ja.docx), and translation"
            " memories. Unchanged documents are skipped. Exit status 1 if a file cannot be read."
        ),
    )
    add.add_argument("files", nargs="+", metavar="PATH", help=_("folder or translation memory"))
    add.add_argument("--type", metavar="TYPE", default="document", help=_("type of the documents"))
    _corpus_file(add)
    add.set_defaults(run=_run("corpus", "add"))
    listing = actions.add_parser("list", help=_("list the documents"))
    _corpus_file(listing)
    _json_list(listing)
    listing.set_defaults(run=_run("corpus", "list_documents"))
    remove = actions.add_parser("remove", help=_("remove documents"))
    remove.add_argument("documents", nargs="+", metavar="ID", help=_("id of a document"))
    _corpus_file(remove)
    remove.set_defaults(run=_run("corpus", "remove"))
    info = actions.add_parser("info", help=_("print the size of the corpus"))
    _corpus_file(info)
    _json_object(info)
    info.set_defaults(run=_run("corpus", "info"))


def _corpus_file(command: Parser) -> None:
    command.add_argument("--corpus", metavar="FILE", required=True, help=_("file of the corpus"))


def _counts(commands: Commands) -> None:
    command = commands.add_parser(
        "counts",
        help=_("count a word by year, month, document or type"),
        description=_(
            "Count the occurrences of a word, in total and per million words, in a corpus or in the passages"
            " of the reference. Exit status 1 if there is none."
        ),
    )
    _sought(command)
    command.add_argument("--corpus", metavar="FILE", help=_("corpus to search (default: the reference)"))
    command.add_argument("--by", choices=("year", "month", "document", "type"), default="year")
    _documents_filter(command)
    command.add_argument("--to", metavar="FILE", help=_("write a table (.csv) or a chart (.svg)"))
    _json_object(command)
    _force(command)
    command.set_defaults(run=_run("corpus", "counts"))


def _documents_filter(command: Parser) -> None:
    match = command.add_mutually_exclusive_group()
    match.add_argument(
        "--lemma", dest="match", action="store_const", const="lemma", help=_("find all forms of a word")
    )
    match.add_argument(
        "--regex", dest="match", action="store_const", const="regex", help=_("QUERY is a regular expression")
    )
    match.add_argument(
        "--exact", dest="match", action="store_const", const="exact", help=_("find only the form as written")
    )
    command.add_argument("--since", metavar="DAY", help=_("only documents of this day or later (2005-04-14)"))
    command.add_argument("--until", metavar="DAY", help=_("only documents of this day or earlier"))


def _timeline(commands: Commands) -> None:
    command = commands.add_parser(
        "timeline",
        help=_("print dated entries, earliest first"),
        description=_(
            "Print dated entries, earliest first: events, and documents unless an event of the same day"
            " represents them."
        ),
    )
    command.add_argument("--from", dest="start", type=day, metavar="DAY", help=_("first day (2005-01-01)"))
    command.add_argument("--to", dest="end", type=day, metavar="DAY", help=_("last day (2005-12-31)"))
    command.add_argument(
        "--kind", choices=DATED_KINDS, action="append", help=_("only entries of this kind; may be repeated")
    )
    command.add_argument("--lang", choices=LANGS, help=_("language of the entries (default: of messages)"))
    _json_object(command)
    command.set_defaults(run=_run("show", "timeline"))


def _who(commands: Commands) -> None:
    command = commands.add_parser(
        "who",
        help=_("print who held an office"),
        description=_("Print who held an office, in either language. Exit status 1 if no holder is known."),
    )
    _words(command, "office", "OFFICE")
    command.add_argument("--as-of", type=day, metavar="DAY", help=_("only on this day (2005-04-14)"))
    _json_list(command)
    command.set_defaults(run=_run("show", "who"))


def _booth(commands: Commands) -> None:
    command = commands.add_parser(
        "booth",
        help=_("write a lookup page that works without a network"),
        description=_(
            "Write one HTML file that looks up names in any spelling on a phone or laptop, without a network."
        ),
    )
    command.add_argument("--to", metavar="FILE", required=True, help=_("HTML file to write"))
    command.add_argument("--glossary", metavar="FILE", help=_("your own glossary, added to the page"))
    _force(command)
    command.set_defaults(run=_run("preparation", "booth"))


def _topics(commands: Commands) -> None:
    command = commands.add_parser("topics", help=_("list the topics that are followed through the documents"))
    _json_list(command)
    command.set_defaults(run=_run("show", "topics"))


def _check(commands: Commands) -> None:
    command = commands.add_parser(
        "check",
        help=_("check data files"),
        description=_(
            "Check a folder of data files, or the data of the library. Each finding has a code."
            " Exit status 1 if there is an error; warnings do not change the exit status."
        ),
    )
    command.add_argument("folder", metavar="FOLDER", nargs="?", help=_("default: the data of the library"))
    command.add_argument(
        "--against",
        metavar="FILE",
        action="append",
        default=[],
        help=_("a work that must not be quoted at length"),
    )
    command.add_argument("--warnings", action="store_true", help=_("print warnings too"))
    _json_list(command)
    _codes(command)
    command.set_defaults(run=_run("checks", "check_data_files"))


def _check_translation(commands: Commands) -> None:
    command = commands.add_parser(
        "check-translation",
        help=_("check a translation against a glossary"),
        description=_(
            "Check the terms, numbers, dates and completeness of a translation. Exit status 0 without"
            " findings, 1 with findings, 2 if the files cannot be used."
        ),
    )
    command.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help=_(
            "an English and a Japanese text (- for standard input) or document (.docx), or files of units:"
            " .tmx, .po"
        ),
    )
    _input(command)
    _min_state(command)
    command.add_argument(
        "--glossary",
        metavar="FILE",
        action="append",
        help=_("glossary to use (default: the reference); may be repeated, the first takes precedence"),
    )
    command.add_argument("--format", choices=("text", "json", "sarif", "github"), default="text")
    command.add_argument("--as-of", type=day, metavar="DAY", help=_("date of the text (2005-04-14)"))
    command.add_argument("--source", choices=LANGS, default="en", help=_("source language (default en)"))
    command.add_argument(
        "--ignore",
        metavar="CODE",
        action="append",
        default=[],
        help=_("code of findings to ignore; may be repeated"),
    )
    _rules_and_outputs(command)
    _codes(command)
    command.add_argument(
        "--lang",
        dest="message_language",
        choices=LANGS,
        default=argparse.SUPPRESS,
        help=_("language of messages (default: from the locale)"),
    )
    command.set_defaults(run=_run("translation_checks", "check_translation_files"))


def _rules_and_outputs(command: Parser) -> None:
    command.add_argument(
        "--enable",
        metavar="CODE",
        action="append",
        default=[],
        help=_("code of a rule to run; may be repeated"),
    )
    command.add_argument(
        "--profile",
        choices=("default", "strict", "terms"),
        help=_("rules to run: default, strict (all) or terms (only terms)"),
    )
    command.add_argument(
        "--config",
        metavar="FILE",
        help=_("config file (default: alliance-ref.toml in this folder or a folder above)"),
    )
    command.add_argument("--baseline", metavar="FILE", help=_("accepted findings, which are not reported"))
    command.add_argument(
        "--write-baseline", metavar="FILE", help=_("accept all findings: write them to a baseline and exit")
    )
    command.add_argument(
        "--to", metavar="FILE", help=_("write a table of both sides and the findings: .xlsx or .html")
    )
    _force(command)


def _align(commands: Commands) -> None:
    command = commands.add_parser(
        "align",
        help=_("align an English and a Japanese text"),
        description=_(
            "Align an English and a Japanese text, sentence by sentence, with a confidence for each"
            " unit. Two folders are aligned file by file, by name, into one memory; exit status 1 if some"
            " files are not in it. Long runs show a progress bar on a terminal (extra [cli])."
        ),
    )
    command.add_argument("en", metavar="EN", help=_("the English text or folder; - for standard input"))
    command.add_argument("ja", metavar="JA", help=_("the Japanese text or folder; - for standard input"))
    command.add_argument(
        "--to", metavar="FILE", help=_("write to a file: .tmx, .tsv, .xlf, .xlsx, .html or .svg (dot plot)")
    )
    command.add_argument(
        "--fixed",
        metavar="FILE",
        help=_("keep the decisions in a corrected table or page (.xlsx, .html) that was written with --to"),
    )
    command.add_argument(
        "--paragraphs",
        choices=("auto", "line", "blank-line"),
        default="auto",
        help=_("how paragraphs are separated (default auto: lines of hard-wrapped text are joined)"),
    )
    command.add_argument("--jmdict", action="store_true", help=_("use JMdict too (extra [jmdict])"))
    command.add_argument("--neural", action="store_true", help=_("use sentence vectors too (extra [neural])"))
    _json_object(command)
    _force(command)
    command.set_defaults(run=_run("align", "align"))


def _glossary(commands: Commands) -> None:
    command = commands.add_parser(
        "glossary",
        help=_("build, merge, compare, check and convert bilingual glossaries"),
        description=_(
            "Write a bilingual glossary: that of the reference, or with --from one that is built from"
            " translation memories, with the occurrences of each pair. The suffix of FILE selects the format."
        ),
    )
    command.add_argument("--to", metavar="FILE", help=_("output file; required unless a command is given"))
    _force(command)
    _format(command)
    command.add_argument(
        "--from",
        dest="sources",
        nargs="+",
        metavar="F",
        help=_("build the glossary from these translation memories or bitexts"),
    )
    _input(command)
    _min_state(command)
    command.add_argument(
        "--min-frequency",
        type=positive,
        metavar="N",
        help=_("only pairs that occur in at least this many units (with --from)"),
    )
    command.add_argument(
        "--min-score",
        type=share,
        metavar="S",
        help=_("only concepts with a pair of at least this score, 0 to 1 (with --from)"),
    )
    command.add_argument(
        "--all-words",
        action="store_true",
        help=_("keep numbers, dates and everyday words (with --from)"),
    )
    command.add_argument(
        "--omit-identical",
        action="store_true",
        help=_("leave out terms that are the same in both languages (with --from)"),
    )
    command.add_argument(
        "--self-check",
        action="store_true",
        help=_("report how often the units contradict the glossary that is built from them (with --from)"),
    )
    _direction(command)
    command.add_argument(
        "--seed",
        metavar="FILE",
        help=_("English terms to translate: one per line, or a glossary (with --from)"),
    )
    command.add_argument(
        "--approved",
        metavar="FILE",
        action="append",
        help=_("terms that you approved or corrected, kept as written; may be repeated (with --from)"),
    )
    command.add_argument(
        "--rejected",
        metavar="FILE",
        action="append",
        help=_("pairs that you rejected, left out; may be repeated (with --from)"),
    )
    command.add_argument(
        "--previous",
        metavar="FILE",
        help=_(
            "glossary of the last build: changes of --approved against it are your decisions (with --from)"
        ),
    )
    command.add_argument(
        "--checkpoint", metavar="FILE", help=_("file for a checkpoint, so that work can resume (with --from)")
    )
    command.add_argument(
        "--resume", action="store_true", help=_("resume from the checkpoint of --checkpoint")
    )

    def run(options: argparse.Namespace) -> int:
        _check_combinations(command, options)
        return _run("glossaries", "write")(options)

    command.set_defaults(run=run)
    actions = command.add_subparsers(title=_("commands"), metavar="COMMAND")
    _glossary_merge(actions)
    _glossary_diff(actions)
    _glossary_check(actions)
    _glossary_convert(actions)
    _glossary_review(actions)
    _glossary_filter(actions)
    _glossary_sort(actions)
    _glossary_evidence(actions)


_WITH_FROM = (
    "min_frequency", "min_score", "all_words", "omit_identical", "self_check", "seed", "approved", "rejected",
    "previous", "checkpoint",
)  # fmt: skip
"""Options of glossary that require --from."""


def _check_combinations(command: Parser, options: argparse.Namespace) -> None:
    """Report an option that is used without the option that it requires."""
    if options.to is None:
        command.error(_("--to FILE is required, or one of merge, diff, check, convert"))
    if options.sources is None:
        for option in _WITH_FROM:
            if getattr(options, option) not in (None, False):
                command.error(_("{option} requires --from").format(option=f"--{option.replace('_', '-')}"))
    if options.resume and options.checkpoint is None:
        command.error(_("{option} requires --checkpoint").format(option="--resume"))


def _glossary_merge(actions: Commands) -> None:
    action = actions.add_parser(
        "merge",
        help=_("merge glossaries into one"),
        description=_(
            "Merge glossaries into one. Where they disagree, the first one takes precedence, and the conflict"
            " is reported on standard error."
        ),
    )
    action.add_argument("file", metavar="A", help=_("the glossary that takes precedence"))
    action.add_argument("others", metavar="B", nargs="+", help=_("glossaries to merge into it"))
    _input(action)
    _output(action)
    action.set_defaults(run=_run("glossaries", "merge"))


def _glossary_diff(actions: Commands) -> None:
    action = actions.add_parser(
        "diff",
        help=_("compare a glossary with a newer one"),
        description=_(
            "Print the differences of a newer glossary: concepts added (+), removed (-), rejected (x) and"
            " changed (~). Exit status 1 if there are any."
        ),
    )
    action.add_argument("old", metavar="A", help=_("the older glossary"))
    action.add_argument("new", metavar="B", help=_("the newer glossary"))
    _input(action)
    action.add_argument(
        "--terms", action="store_true", help=_("only terms and pairs, without counts, scores and places")
    )
    _json_object(action)
    action.set_defaults(run=_run("glossaries", "diff"))


def _glossary_check(actions: Commands) -> None:
    action = actions.add_parser(
        "check",
        help=_("check a glossary"),
        description=_(
            "Check a glossary. Each finding has a code. Exit status 1 if there is an error; warnings do not"
            " change the exit status."
        ),
    )
    action.add_argument("file", metavar="FILE", nargs="?", help=_("default: the data of the library"))
    _input(action)
    action.add_argument(
        "--fix", action="store_true", help=_("split cells with several terms, and write the result to --to")
    )
    action.add_argument("--to", metavar="FILE", help=_("output file of --fix"))
    _force(action)
    _format(action)
    _json_list(action)
    _codes(action)

    def run(options: argparse.Namespace) -> int:
        if options.fix and (options.file is None or options.to is None):
            action.error(_("{option} requires FILE and --to FILE").format(option="--fix"))
        return _run("checks", "check_glossary_file")(options)

    action.set_defaults(run=run)


def _glossary_convert(actions: Commands) -> None:
    action = actions.add_parser(
        "convert",
        help=_("write a glossary in another format"),
        description=_("Write a glossary in another format, and report what that format cannot represent."),
    )
    action.add_argument("file", metavar="A", help=_("the glossary"))
    _input(action)
    _output(action, "B")
    _direction(action)
    action.set_defaults(run=_run("glossaries", "convert"))


def _glossary_review(actions: Commands) -> None:
    action = actions.add_parser(
        "review",
        help=_("write a page or table to accept, reject and correct pairs"),
        description=_(
            "Write a page (.html) or a table (.xlsx, .csv) on which you accept, reject and correct the pairs,"
            " each with its evidence. A build reads your decisions with --approved and --rejected."
        ),
    )
    action.add_argument("file", metavar="FILE", help=_("the glossary"))
    action.add_argument(
        "--from",
        dest="sources",
        nargs="+",
        metavar="F",
        help=_("the memories that contain the sentences (default: the passages of the library)"),
    )
    _input(action)
    _min_state(action)
    action.add_argument("--to", required=True, metavar="FILE", help=_("output file: .html, .xlsx or .csv"))
    _force(action)
    action.set_defaults(run=_run("glossaries", "review"))


def _glossary_filter(actions: Commands) -> None:
    action = actions.add_parser(
        "filter",
        help=_("write the concepts that meet conditions"),
        description=_("Write the concepts of a glossary that meet all given conditions, in their order."),
    )
    action.add_argument("file", metavar="A", help=_("the glossary"))
    action.add_argument(
        "--min-score", type=share, metavar="S", help=_("minimum score of the best pair, 0 to 1")
    )
    action.add_argument(
        "--min-frequency", type=positive, metavar="N", help=_("minimum number of units with its pairs")
    )
    action.add_argument("--status", choices=STATUSES, help=_("at least one term has this status"))
    action.add_argument(
        "--subject", metavar="NAME", action="append", help=_("subject field; may be repeated")
    )
    _input(action)
    _output(action, "B")
    _direction(action)
    action.set_defaults(run=_run("glossaries", "filter_concepts"))


def _glossary_sort(actions: Commands) -> None:
    action = actions.add_parser(
        "sort", help=_("sort a glossary"), description=_("Write the concepts of a glossary in another order.")
    )
    action.add_argument("file", metavar="A", help=_("the glossary"))
    action.add_argument(
        "--by",
        choices=("english", "reading", "frequency"),
        default="english",
        help=_("the order (default: english)"),
    )
    _input(action)
    _output(action, "B")
    _direction(action)
    action.set_defaults(run=_run("glossaries", "sort"))


def _glossary_evidence(actions: Commands) -> None:
    action = actions.add_parser(
        "evidence",
        help=_("show the places of a term with their sentences"),
        description=_(
            "Show the places of the pairs of a term in the memory, with their sentences. Exit status 1 if the"
            " glossary does not have the term."
        ),
    )
    action.add_argument("file", metavar="FILE", help=_("the glossary"))
    action.add_argument("term", metavar="TERM", type=text, help=_("a term in either language, or an id"))
    action.add_argument(
        "--from",
        dest="sources",
        nargs="+",
        metavar="F",
        help=_("the memories that contain the sentences (default: the passages of the library)"),
    )
    _input(action)
    _json_list(action)
    action.set_defaults(run=_run("glossaries", "evidence"))


def _fingerprint(commands: Commands) -> None:
    command = commands.add_parser(
        "fingerprint", help=_("print the fingerprint of each paragraph of a text, for a data file")
    )
    command.add_argument("file", metavar="FILE")
    command.set_defaults(run=_run("read", "fingerprints"))


def _demo(commands: Commands) -> None:
    command = commands.add_parser("demo", help=_("show some commands at work, and suggest what to do next"))
    command.add_argument("--to", metavar="FILE", help=_("write the glossary of the reference too"))
    command.set_defaults(run=_run("demo", "demo"))

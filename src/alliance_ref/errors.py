"""The errors that the library raises, as records with a reason and fields.

Every error inherits from :class:`AllianceRefError` and from the builtin exception that callers already
catch. It carries the data that a program needs (which id, which file, which place in the file). Its text is
built from a template in ``MESSAGES`` and its fields, so the same error can be shown in English or Japanese:
``str(error)`` is English; ``error.message().text(translate)`` uses any gettext function.

Modules that serve a simple lookup import an error only where they raise it, since attrs needs about one
millisecond per class.
"""

import signal
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import attrs

from alliance_ref.messages import N_, error_text
from alliance_ref.messages import Message as Message  # noqa: PLC0414 (errors return messages)

MAX_LISTED = 20
"""Maximum number of problems that a message lists; the rest are counted."""


class AllianceRefError(Exception):
    """Base class of all errors of this library.

    Subclasses list one message template per reason in `MESSAGES`. A class with several reasons has a field
    `reason` that selects the template. Templates are English and are translated by the gettext catalog.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.entry("futema")
    ... except ar.AllianceRefError as error:
    ...     print(error)
    no entry 'futema' in this reference; did you mean futenma?
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {}

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        template = self.MESSAGES[getattr(self, "reason", "") or next(iter(self.MESSAGES))]
        return Message(template, {field.name: getattr(self, field.name) for field in _fields(self)})

    def __str__(self) -> str:
        return self.message().text()

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the fields. Dask's default would set attributes, which are frozen."""
        return type(self), tuple(getattr(self, field.name) for field in _fields(self)) or self.args


def _fields(error: AllianceRefError) -> tuple["attrs.Attribute[object]", ...]:
    return getattr(type(error), "__attrs_attrs__", ())


class InvalidArgument(AllianceRefError):
    """Base class of the errors for an unusable argument; `reason` and `values` describe it."""

    def __init__(self, reason: str, values: Mapping[str, object] | None = None, /, **fields: object) -> None:
        """Create the error for *reason*, a key of `MESSAGES`, with the values that its template names."""
        super().__init__(reason)
        self.reason = reason
        self.values = {**(values or {}), **fields}

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        return Message(self.MESSAGES[self.reason], self.values)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.reason, self.values)


class InvalidValue(InvalidArgument, ValueError):
    """An argument has the right type and an unusable value.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.lookup("")
    ... except ar.errors.InvalidValue as error:
    ...     error.reason, str(error)
    ('empty-query', 'the query is empty')
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "empty-query": "the query is empty",
        "empty-office": "the name of the office is empty",
        "empty-directory": "the directory is empty; write '.' for the current folder",
        "too-many-names": "{entry} has more than {limit} names",
        "columns": "columns can be given for {formats}, not for {format}",
        "ja-first": "no language is first in {format}; Japanese can be first in an OmegaT glossary",
        "negative": "{name} is {value}; it must be 0 or more",
        "too-small": "{name} is {value}; it must be {least} or more",
        "chunk-too-large": "the results of a chunk of units have {size:,.0f} MB; the limit is {limit:,.0f}"
        " MB; leave out units with millions of characters",
        "choice": "{name} is {value!r}; expected {choices}",
        "day": "{name} is {value!r}; write a date as YYYY-MM-DD, for example 2005-04-14",
        "period": "the start ({start}) is after the end ({end})",
        "range": "{name} is {value}; expected {low} to {high}",
        "empty": "{name} is empty",
        "too-few": "{name} has {count} items; expected at least {least}",
        "slug": "{name} is {value!r}; expected a lowercase id such as 'camp-zama'",
        "web-address": "{name} is {value!r}; expected an address that begins with https:// or http://",
        "kana": "{name} is {value!r}; expected kana",
        "english-reading": "an English name has no reading",
        "partial-date": "{value!r} is not a date; write 2005, 2005-10 or 2005-10-29",
        "calendar-date": "{value} is not a date of the calendar",
        "day-without-month": "a date with a day needs a month",
        "passage-id": "{value!r} is not a passage id such as 'magosaki-2006#8'",
        "passage-numbers": "two passages have the same number",
        "no-fingerprint": "text without letters or digits has no fingerprint",
        "fingerprint": "not a fingerprint; make one with 'alliance-ref fingerprint FILE'",
        "section-language": "the {lang} term {term!r} is in a section of {section} terms",
        "other-section": "{name} is a section of {lang} terms",
        "empty-pair": "a rejected pair has no term in either language",
        "no-terms": "concept {id!r} has no term in either language",
        "rendering": "rendering {text!r} is not a {lang} term of concept {id!r}",
        "date": "{value!r} is not a date; write 19 February 2005, 2005-02-19 or 平成17年2月19日",
        "calendar-day": "{value!r} is not a date: the calendar has no such day",
        "era-day": "{value!r} is not a date: {era} has no such day in the solar calendar",
        "bracket-year": "{value!r} is not a date: the year in parentheses is {other}, the year before it is"
        " {year}",
        "file-name": "{name} is {value!r}, the name of a file; pass its text, or Path({value!r})",
        "file-name-document": "{name} is {value!r}, the name of a file; pass its text, or the path to"
        " read_document",
        "no-side": "document {id!r} has neither an English nor a Japanese text; give en, ja or both",
        "html": "{name} is HTML; pass its text without markup",
        "fixed-range": "fixed names segment {index}; there are {size}, numbered from 0",
        "fixed-run": "fixed joins the segments {indices}, which are not next to each other",
        "fixed-conflict": "fixed has contradicting decisions for the segments {en} and {ja}",
        "config": "{value} is not a valid config file (TOML with a table [check-translation])",
        "baseline": "{value} is not a baseline; write one with --write-baseline",
        "used-id": "{id!r} is the id of another entry ({kind}); choose another id",
        "link": "link is {value!r}; write a template such as 'https://example.org/{{id}}' (with {{id}}, and"
        " optionally {{kind}} and {{lang}})",
        "regex": "{value!r} is not a regular expression: {detail}",
        "no-query": "give a query, or the text of each side with en= and ja=",
        "two-queries": "give either a query or en= and ja=, not both",
        "without-alone": "without_en= and without_ja= need a query for the other side",
        "unit-number": "{document} has {count} units, numbered from 0; there is no unit {value}",
        "before-solar-calendar": "{value} is before 1873, when Japan adopted the solar calendar",
    }


class InvalidType(InvalidArgument, TypeError):
    """An argument has the wrong type.

    >>> import alliance_ref as ar
    >>> ar.lookup(7)
    Traceback (most recent call last):
    ...
    alliance_ref.errors.InvalidType: the query must be text, not int
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "type": "{name} must be {expected}, not {type}",
        "text": "{name} must be text, not {type}",
        "number": "{name} must be a whole number, not {type}",
        "day": "{name} must be a datetime.date or text such as '2005-04-14', not {type}",
        "checked-units": "expected translation units, aligned units, passages or documents, not {type}",
        "mixed-sides": "give two texts or two lists of sentences, not one of each",
    }


def _with_nearest(messages: Mapping[str, str], unknown: str, nearest: tuple[str, ...]) -> Message:
    template = messages["nearest" if nearest else "unknown"]
    return Message(template, {"id": unknown, "nearest": nearest}, separator=N_(" or "))


@attrs.frozen
class UnknownEntry(AllianceRefError, KeyError):
    """No entry has this id; `nearest` holds ids that look like it.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.entry("camp-zamma")
    ... except ar.errors.UnknownEntry as error:
    ...     error.nearest[0]
    'camp-zama'
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "unknown": "no entry {id!r} in this reference",
        "nearest": "no entry {id!r} in this reference; did you mean {nearest}?",
    }

    entry_id: str
    nearest: tuple[str, ...] = ()

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        return _with_nearest(self.MESSAGES, self.entry_id, self.nearest)


@attrs.frozen
class UnknownDocument(UnknownEntry):
    """No document has this id; `nearest` holds ids that look like it.

    >>> import alliance_ref as ar
    >>> ar.document("magosaki")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnknownDocument: no document 'magosaki' in this reference; did you mean magosaki-2006?
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "unknown": "no document {id!r} in this reference",
        "nearest": "no document {id!r} in this reference; did you mean {nearest}?",
    }


@attrs.frozen
class UnknownTopic(AllianceRefError, KeyError):
    """No topic has this id; `nearest` holds ids that look like it.

    >>> import alliance_ref as ar
    >>> ar.topic("scopes")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnknownTopic: no topic 'scopes' in this reference; did you mean scope?
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "unknown": "no topic {id!r} in this reference",
        "nearest": "no topic {id!r} in this reference; did you mean {nearest}?",
    }

    topic_id: str
    nearest: tuple[str, ...] = ()

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        return _with_nearest(self.MESSAGES, self.topic_id, self.nearest)


@attrs.frozen
class UnknownPassage(AllianceRefError, KeyError):
    """A document has no passage of this number; `numbers` says which it has.

    >>> import alliance_ref as ar
    >>> ar.passage("treaty-1960#13")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnknownPassage: no passage 'treaty-1960#13'; its document has passages 1 to 12
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "none": "no passage {passage_id!r}: its document has no passages here",
        "unknown": "no passage {passage_id!r}; its document has passages {first} to {last}",
    }

    passage_id: str
    numbers: tuple[int, ...] = ()

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        template = self.MESSAGES["unknown" if self.numbers else "none"]
        first, last = (self.numbers[0], self.numbers[-1]) if self.numbers else (0, 0)
        return Message(template, {"passage_id": self.passage_id, "first": first, "last": last})


@attrs.frozen
class UnknownConcept(AllianceRefError, KeyError):
    """No concept of a glossary has this id; `nearest` holds ids that look like it.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.reference_glossary().without("camp-kuwa")
    ... except ar.errors.UnknownConcept as error:
    ...     error.nearest[0]
    'camp-kuwae'
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "unknown": "no concept {id!r} in this glossary",
        "nearest": "no concept {id!r} in this glossary; did you mean {nearest}?",
    }

    concept_id: str
    nearest: tuple[str, ...] = ()

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        return _with_nearest(self.MESSAGES, self.concept_id, self.nearest)


@attrs.frozen
class UnknownTerm(AllianceRefError, KeyError):
    """A concept of a glossary has no such term; `terms` are those it has.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.reference_glossary().with_status("camp-zama", "Camp Zuma", "deprecated")
    ... except ar.errors.UnknownTerm as error:
    ...     error.terms
    ('Camp Zama', 'Zama', 'キャンプ座間', '座間', '座間基地')
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "unknown": "no term {term!r} in concept {concept_id!r}; it has {terms}",
    }

    concept_id: str
    term: str
    terms: tuple[str, ...] = ()


@attrs.frozen
class DuplicateConcept(AllianceRefError, ValueError):
    """Concepts of one glossary have the same id; `ids` are those used twice or more, `where` the file.

    >>> import alliance_ref as ar
    >>> futenma = ar.reference_glossary().find("futenma")
    >>> try:
    ...     ar.Glossary((futenma, futenma))
    ... except ar.errors.DuplicateConcept as error:
    ...     error.ids
    ('futenma',)
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "duplicate": "concepts of one glossary need different ids; used more than once: {ids}",
        "more": "concepts of one glossary need different ids; used more than once: {ids} and {more} more",
        "file": "{where}: {problem}",
    }

    ids: tuple[str, ...]
    where: str = ""

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        shown = self.ids[:MAX_LISTED]
        values = {"ids": tuple(map(repr, shown)), "more": len(self.ids) - len(shown)}
        problem = Message(self.MESSAGES["more" if values["more"] else "duplicate"], values)
        return (
            Message(self.MESSAGES["file"], {"where": self.where, "problem": problem})
            if self.where
            else problem
        )


@attrs.frozen
class Problem:
    r"""One thing wrong in a data file: which file, where inside it, and what.

    `path` is written as in JSONPath: ``$.passages[1].units[0].ja``; `code` is that of ``alliance-ref check``.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "harbour-2011.toml")
    ...     _ = path.write_text("id = 'harbour-2011'\nissue = '2011-05-06'", encoding="utf-8")
    ...     try:
    ...         ar.load_document(path)
    ...     except ar.errors.InvalidData as error:
    ...         print(error.problems[0])
    harbour-2011.toml: $.issue: unknown key; did you mean 'issued'?
    """

    file: str
    path: str
    message: str
    code: str = "E001"

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.message}"


@attrs.frozen
class InvalidData(AllianceRefError, ValueError):
    r"""Data files that cannot be used, with all their problems at once.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "harbour-2011.toml")
    ...     _ = path.write_text("id = 'harbour-2011'\ntype = 'memo'", encoding="utf-8")
    ...     try:
    ...         ar.load_document(path)
    ...     except ar.errors.InvalidData as error:
    ...         print(error)
    2 problems in the data
    harbour-2011.toml: $.names: required field missing
    harbour-2011.toml: $.sources: required field missing
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "one": "1 problem in the data",
        "many": "{count} problems in the data",
    }

    problems: tuple[Problem, ...]

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        count = len(self.problems)
        return Message(self.MESSAGES["one" if count == 1 else "many"], {"count": count})

    def __str__(self) -> str:
        return "\n".join([str(self.message()), *map(str, self.problems)])


CopyReason = Literal[
    "empty",
    "folder",
    "system",
    "encoding",
    "binary",
    "too-long",
    "stdin",
    "empty-name",
    "not-a-folder",
    "no-folder",
]
"""Why a copy cannot be read as text."""


@attrs.frozen
class UnreadableCopy(AllianceRefError, ValueError):
    r"""Input that is no text: empty, binary, a folder, or in no encoding known here.

    >>> import alliance_ref as ar
    >>> ar.read_copy(b"\x89PNG\r\n\x1a\n\x00\x00")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnreadableCopy: <bytes>: not text: 3 of 9 characters are control characters
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "empty": "{where}: the file is empty",
        "empty-name": "{where}: the file name is empty",
        "stdin": "{where}: standard input is closed",
        "not-a-folder": "{where}: this is not a folder",
        "no-folder": "{where}: no such folder",
        "folder": "{where}: this is a folder; name the file to read",
        "system": "{where}: cannot be read: {detail}",
        "encoding": "{where}: not text in a supported encoding",
        "binary": "{where}: not text: {detail} characters are control characters",
        "too-long": "{where}: too long: {detail}; a copy has at most {limit:,} characters",
    }

    where: str
    reason: CopyReason
    detail: object = ""
    limit: int | None = None


@attrs.frozen
class InputNotFound(AllianceRefError, FileNotFoundError):
    """The file to read does not exist.

    >>> import alliance_ref as ar
    >>> ar.read_copy("no-such-folder/article.txt")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.InputNotFound: no-such-folder/article.txt: no such file
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "missing": "{where}: no such file",
    }

    where: str


@attrs.frozen
class UnrecognizedCopy(AllianceRefError, LookupError):
    r"""Text that is no copy of a document of the reference.

    `best_guess` is the id of the nearest document (``None`` if none has anything in common),
    `similarity` the likeness of the best paragraph to it (0 to 1), `needed` what would have been enough.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.read_copy("An orchestra opened its season.\n\nIt played to a full house.")
    ... except ar.errors.UnrecognizedCopy as error:
    ...     error.where, error.best_guess, error.similarity < error.needed
    ('<text>', None, True)
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "unknown": "{where}: no paragraph of this text belongs to a document of the reference",
        "near": "{where}: not a copy of a document of the reference; the nearest is {best_guess}:"
        " its best paragraph is {similarity:.0%} similar ({needed:.0%} needed)",
    }

    where: str
    best_guess: str | None
    similarity: float
    needed: float

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        template = self.MESSAGES["unknown" if self.best_guess is None else "near"]
        return Message(template, attrs.asdict(self))


@attrs.frozen
class UnknownFormat(AllianceRefError, ValueError):
    """A file suffix for which there is no writer; `known` lists those there are.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.reference_glossary().to_file("terms.docx")
    ... except ar.errors.UnknownFormat as error:
    ...     error.suffix, ".tbx" in error.known
    ('.docx', True)
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "unknown": "no format for the suffix {suffix!r}; known suffixes: {known}",
    }

    suffix: str
    known: tuple[str, ...]


@attrs.frozen
class WrongLanguage(AllianceRefError, ValueError):
    """A side of the bitext is not in the language it should be in.

    `side` is the argument concerned, `looks` what its text looks like; `swapped` is true where the other
    side is wrong too, so that exchanging the two arguments helps.

    >>> import alliance_ref as ar
    >>> ar.align(["同盟は変わった。"], ["The alliance changed."])
    Traceback (most recent call last):
    ...
    alliance_ref.errors.WrongLanguage: the two sides are swapped: English comes first, align(en, ja)
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "swapped": "the two sides are swapped: English comes first, align(en, ja)",
        "en": 'the side "en" looks Japanese, not English; both sides are in one language',
        "ja": 'the side "ja" looks English, not Japanese; both sides are in one language',
    }

    side: Literal["en", "ja"]
    looks: Literal["English", "Japanese"]
    swapped: bool = False

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        return Message(self.MESSAGES["swapped" if self.swapped else self.side])


@attrs.frozen
class InvalidSegments(AllianceRefError, ValueError):
    """A side of the bitext is not a sequence of segments; `given` is its type.

    >>> import alliance_ref as ar
    >>> ar.align("The alliance changed.", ["同盟は変わった。"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    alliance_ref.errors.InvalidSegments: the side 'en' must be a sequence of ..., not str; ...
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "type": "the side {side!r} must be a sequence of str or Segment, not {given};"
        " align_documents(en_text, ja_text) takes whole texts",
    }

    side: Literal["en", "ja"]
    given: str


@attrs.frozen
class MissingExtra(AllianceRefError, ImportError):
    """Something optional was asked for that is not installed.

    >>> import alliance_ref as ar
    >>> error = ar.errors.MissingExtra("jmdict", "jamdict-data")
    >>> print(error)
    jamdict-data is not installed; install it with: pip install 'alliance-ref[jmdict]'
    >>> isinstance(error, ImportError)
    True
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "missing": "{package} is not installed; install it with: pip install 'alliance-ref[{extra}]'",
    }

    extra: str
    package: str


@attrs.frozen
class InvalidUnit(AllianceRefError, TypeError):
    """An item of the input is not a bilingual unit; `place` is its number from 0, `given` its type.

    >>> import alliance_ref as ar
    >>> units = [("The alliance changed.", "同盟は変わった。"), "Talks go on."]
    >>> ar.build_glossary(units)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    alliance_ref.errors.InvalidUnit: item 1 is of type str; a glossary is built from TranslationUnit, ...
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "type": "item {place} is of type {given}; a glossary is built from TranslationUnit, AlignedUnit,"
        " Passage, Document, Edition, Alignment or (english, japanese) pairs of str",
    }

    place: int
    given: str


@attrs.frozen
class InvalidSeed(AllianceRefError, TypeError):
    """The seed or an item of it is invalid; `place` is the number of the item from 0, `given` the type.

    `place` is ``None`` if the seed as a whole is invalid.

    >>> import alliance_ref as ar
    >>> units = [("The alliance changed.", "同盟は変わった。")]
    >>> ar.build_glossary(units, seed="alliance")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    alliance_ref.errors.InvalidSeed: the seed is of type str; a seed is an iterable of English terms, ...
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "item": "item {place} of the seed is of type {given};"
        " a seed is an iterable of English terms, a Glossary or a Reference",
        "seed": "the seed is of type {given};"
        " a seed is an iterable of English terms, a Glossary or a Reference",
    }

    place: int | None
    given: str

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        return Message(self.MESSAGES["seed" if self.place is None else "item"], attrs.asdict(self))


@attrs.frozen
class FileProblem:
    """One problem in an input file: its place, a reason code and the values of its message.

    Attributes:
        reason: A key of `MESSAGES`.
        values: The values that fill the template of the reason.
        line: The line, from 1, or `None` if the problem concerns the whole file.
        column: The column, from 1.
        row: The row of a table, from 1.
        path: A place inside the data: a JSONPath such as ``$[2].en.terms[0].text``, or the text of a cell.

    >>> import alliance_ref as ar
    >>> print(ar.errors.FileProblem("not-a-number", {"value": "high"}, row=3))
    row 3: 'high' is not a number
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        # where the problem is
        "at": "{place}: {problem}",
        "at-line": "line {line}",
        "at-column": "column {column}",
        "at-row": "row {row}",
        # any format
        "invalid-value": "{detail}",
        "system": "cannot be read: {detail}",
        "empty-file": "the file is empty",
        "too-large": "the file has {size:,.0f} MB; files of this format are read as a whole, up to"
        " {limit:,.0f} MB; split the file, or use TMX, which is read piece by piece",
        "no-languages": "none of its {count} entries has an English or Japanese text",
        "no-term": "no term in either language",
        # encodings
        "binary": "not text: {detail} characters are control characters",
        "bad-byte": "byte 0x{byte:02x} at {offset:,} is not {encoding}; save the file as UTF-8",
        "not-utf8": "the text is not UTF-8 ({detail})",
        # XML
        "not-xml": "not an XML file: it does not begin with '<'",
        "not-well-formed": "not well-formed ({detail})",
        "cut-off": "the file ends before its elements do; it may have been cut off ({detail})",
        "cut-off-in-tag": "the file ends within a tag; it may have been cut off ({detail})",
        "invalid-character": "a character that is not allowed here, or the wrong encoding ({detail})",
        "mismatched-tag": "the closing tag does not match the open tag ({detail})",
        "undefined-entity": "an entity that XML does not define; write the character itself ({detail})",
        "wrong-encoding": "the text is not in the encoding that the file declares ({detail})",
        "unknown-encoding": "the file declares the encoding {encoding!r}, which is not supported;"
        " save it as UTF-8",
        "entities": "the file declares entities, which are not read; save it without its own DTD",
        "attribute-defaults": "the file declares attributes with defaults, which are not read;"
        " save it without its own DTD",
        "too-deep": "elements are nested more than {limit} deep",
        "no-element": "no element within the first {limit} MB",
        "no-tag": "no tag begins or ends within {limit} MB",
        "no-unit": "no unit ends within {limit} MB",
        "wrong-root": "the first element is <{element}>, not <{expected}>",
        # tables of alignments
        "no-alignment-table": "no table with a column English (or en) and a column 日本語 (or ja)",
        "decision-status": "the status {status!r} is not known; write confirmed, or leave it as it was",
        "segments-not-found": "the {lang} text {text!r} is not that of segments next to each other in the"
        " text that is aligned; move text between rows, but do not change it",
        # TEI
        "no-links": "no <link> in a <linkGrp>; the file does not align its texts",
        "unknown-target": "a link names {target!r}, but no element here has that id",
        # RDF and JSON
        "not-json": "not JSON ({detail})",
        "long-integer": "an integer has more than {limit:,} digits",
        "repeated-key": "the key {key!r} occurs twice in one object",
        "surrogate": "half of a surrogate pair, which is not a character, in {text!r}",
        "not-json-ld": "not JSON-LD: the file contains {found}, not an object",
        "nested-too-deep": "objects, lists or statements are nested too deep",
        "external-context": "the file refers to an external context ({context!r}), which is not fetched",
        "no-statements": "the file has no statements",
        "not-an-object": "the line is not an object with en and ja",
        "missing-key": "the key {key!r} is missing",
        "not-strings": "en, ja and document must be text, number a whole number",
        # tables
        "no-columns": "no columns for English and Japanese in the header, which has {columns}; if the table"
        " has no header, name its columns: columns=('en', 'ja'), or --columns en,ja on the command line",
        "no-rows": "the table is empty",
        "csv-syntax": "{detail}; quote a cell that contains a quotation mark, a line end or the separator",
        "status-choice": "the status is {status!r}; expected one of {choices}",
        "invalid-period": "{value!r} is not a period; write 1954-07-01/2007-01-08",
        "not-a-number": "{value!r} is not a number",
        "invalid-use": "{value!r} is not a use; write the document, ×count and, if known, @date",
        # archives and workbooks
        "not-a-document": "not an intact {kind}: {detail}",
        "part-too-large": "its part {part} would unpack to {size:,} bytes; at most {limit:,} are read",
        "too-much-text": "the text has more than {limit:,} characters; split the document",
        "password": "the file is protected by a password; save it without one",
        "old-word": "this is a Word 97–2003 document (.doc); save it as .docx",
        "rtf": "this is Rich Text Format; save it as .docx or .odt",
        "no-text-layer": "none of its {pages} pages has text; this is a scan; run optical character"
        " recognition (OCR) on it first",
        "unmapped-fonts": "its fonts do not say which characters their glyphs are; run optical character"
        " recognition (OCR) on it first",
        "no-text": "the file contains no text",
        "no-cue": "the file has no cue with a time such as 00:00:01,000 --> 00:00:02,500",
        "too-many-pages": "the file has {pages:,} pages; at most {limit:,} are read",
        "not-an-archive": "not an intact zip archive: {detail}",
        "too-many-files": "the archive contains {count:,} files; at most {limit:,} are read",
        "unpacks-too-large": "the archive would unpack to {size:,} bytes; at most {limit:,} are read",
        "compression-ratio": "the archive would grow from {packed:,} to {size:,} bytes when unpacked;"
        " no table of terms does that",
        "document-type": "{file} has a document type, which is not read",
        "not-a-workbook": "not an intact workbook: {detail}",
        "too-many-rows": "a sheet has a row {row}; Excel allows {limit:,} rows",
        "too-many-columns": "a sheet has a column {column}; Excel allows {limit:,} columns",
        "too-many-cells": "the sheets have more than {limit:,} cells, counting the empty ones between others",
        # notices: what was left out or read differently than written
        "unknown-status": "the status {status!r} is not known; the term is read as admitted",
        "unknown-decision": "the decision {decision!r} is not known; write accept, reject or nothing",
        "guessed-columns": "the table has no header; column {en} is read as English, column {ja} as Japanese",
        "unread-sheets": "only the sheet {read!r} is read; there are also {sheets}",
        "damaged-lines": "lines with a misplaced quotation mark are left out: {count:,}",
        "literal-quotes": "lines with unpaired quotation marks are read with the marks as text: {count:,}",
        "unreadable-file": "the file, or the rest of it, is left out: {problem}",
        "repeated-row": "the pair {en!r} = {ja!r} is listed twice",
        "lines-without-tab": "lines without a tab are left out: {count:,}",
        "other-language": "a term in another language ({language}) is left out",
        "other-language-rows": "rows in other languages are left out: {count:,}",
        "unknown-term": "a rendering is left out: {en!r} and {ja!r} are not both terms of the concept",
        # line-based formats
        "no-tab": "expected a term, a tab and its translation",
        "no-table": "no table with the columns {columns}; line 1 has {found}",
        "cell-count": "the row has {count} cells; expected {expected}; write a bar inside a cell as \\|",
        "no-directive": "no line with {directive}",
        "unknown-field": "{field!r} is not a supported field; supported are {fields}",
        "not-utx": "the first line must begin with #UTX and a version",
        "no-field-names": "the header must name the fields, such as #term:en, a tab, term:ja",
        "no-term-fields": "no fields for English and Japanese terms among {fields}",
        "not-conllu": "a word needs ten columns separated by tabs, with a number in the first",
        "other-languages": "the file is in other languages: {languages}",
        "no-japanese": "no translation is in Japanese; the header names no language",
        "not-po": "not part of a PO file: {line!r}",
        "not-parquet": "not an intact Parquet file: {detail}",
    }

    reason: str
    values: Mapping[str, object] = attrs.field(factory=dict, hash=False)
    line: int | None = None
    column: int | None = None
    row: int | None = None
    path: str = ""

    @classmethod
    def from_error(cls, error: Exception, **place: Any) -> "FileProblem":
        """Return the problem that *error* describes, at a *place* (`line`, `row`, `path` …).

        Args:
            error: The error of a record or conversion that did not accept a value of the file.
            place: The fields of the problem that locate it.
        """
        if isinstance(error, UnreadableFile):
            return attrs.evolve(error.problems[0], **place)
        return cls("invalid-value", {"detail": error_text(error)}, **place)

    def message(self) -> Message:
        """Return the place and the problem as a message, which can be rendered in either language."""
        problem = Message(self.MESSAGES[self.reason], self.values)
        place: list[object] = [
            Message(self.MESSAGES[f"at-{name}"], {name: value})
            for name, value in (("line", self.line), ("column", self.column), ("row", self.row))
            if value is not None
        ]
        place += [self.path] if self.path else []
        return Message(self.MESSAGES["at"], {"place": tuple(place), "problem": problem}) if place else problem

    def __str__(self) -> str:
        return self.message().text()


@attrs.frozen
class UnreadableFile(AllianceRefError, ValueError):
    r"""A file does not conform to its format; `problems` lists everything that was found.

    Attributes:
        where: The path of the file; ``<text>`` for content that is not in a file.
        format: The name of the format as which it was read.
        problems: The problems in the order of the file, each with its place and reason.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "memory.jsonl")
    ...     _ = path.write_text('{"en": "Talks go on.", "ja": "協議は続く。"}\n{"en": ', encoding="utf-8")
    ...     try:
    ...         list(ar.read_units(path))
    ...     except ar.errors.UnreadableFile as error:
    ...         error.format, [(problem.line, problem.reason) for problem in error.problems]
    ('JSON lines', [(2, 'not-json')])
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "one": "{where}: cannot be read as {format}: {problem}",
        "many": "{where}: cannot be read as {format}, {count:,} problems",
        "more": "and {count:,} more",
    }

    where: str
    format: str
    problems: tuple[FileProblem, ...]

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        return _file_message(self.MESSAGES, self.where, self.format, self.problems)


def _file_message(
    messages: Mapping[str, str], where: str, title: str, problems: tuple[FileProblem, ...]
) -> Message:
    """Return a message about a file that lists its problems, up to `MAX_LISTED` of them."""
    values: dict[str, object] = {"where": where, "format": title, "count": len(problems)}
    shown = [problem.message() for problem in problems[:MAX_LISTED]]
    if len(shown) == 1:
        return Message(messages["one"], {**values, "problem": shown[0]})
    lines = [Message(messages["many"], values), *shown]
    if len(problems) > len(shown):
        lines.append(Message(messages["more"], {"count": len(problems) - len(shown)}))
    return Message("{lines}", {"lines": tuple(lines)}, separator="\n")


@attrs.frozen
class PartlyRead(AllianceRefError, UserWarning):
    r"""A file was read, but some of it was left out or read differently than written.

    `read_glossary` and `read_units` issue this as a warning unless you pass `notices=`.

    Attributes:
        where: The path of the file.
        format: The name of the format as which it was read.
        problems: What was left out or read differently, in the order of the file.

    >>> import alliance_ref as ar
    >>> notice = ar.errors.FileProblem("unknown-status", {"status": "green"}, row=2)
    >>> print(ar.errors.PartlyRead("terms.csv", "CSV", (notice,)))
    terms.csv: read as CSV: row 2: the status 'green' is not known; the term is read as admitted
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "one": "{where}: read as {format}: {problem}",
        "many": "{where}: read as {format}, with {count:,} notices",
        "more": "and {count:,} more",
    }

    where: str
    format: str
    problems: tuple[FileProblem, ...]

    def message(self) -> Message:
        """Return the message of this warning, which can be rendered in either language."""
        return _file_message(self.MESSAGES, self.where, self.format, self.problems)


@attrs.frozen
class InvalidColumn(AllianceRefError, ValueError):
    """A Parquet file has no usable column of this name; `columns` are the columns that it has.

    >>> import alliance_ref as ar
    >>> print(ar.errors.InvalidColumn("memory.parquet", "en", "missing", ("source", "target")))
    memory.parquet: no column 'en'; the file has source, target
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "missing": "{where}: no column {column!r}; the file has {columns}",
        "not-text": "{where}: column {column!r} does not contain text; the file has {columns}",
    }

    where: str
    column: str
    reason: Literal["missing", "not-text"]
    columns: tuple[str, ...]


@attrs.frozen
class UnwritableData(AllianceRefError, ValueError):
    r"""A format cannot represent the data; `reason` and `values` describe what and why.

    >>> import alliance_ref as ar
    >>> section = ar.records.LanguageSection("en", (ar.records.Term("half of an emoji: \ud83d", "en"),))
    >>> try:
    ...     ar.Glossary((ar.GlossaryConcept("half", section),)).to_file("terms.csv")
    ... except ar.errors.UnwritableData as error:
    ...     print(error.format, error.reason)
    CSV (RFC 4180) surrogate
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "unwritable": "{where}: cannot be written as {format}: {problem}",
        "surrogate": "half of a surrogate pair, which is not a character, in {text!r}",
        "cell-too-long": "a cell would have {length:,} characters; Excel allows {limit:,}: {text!r}",
    }

    where: str
    format: str
    reason: Literal["surrogate", "cell-too-long"]
    values: Mapping[str, object] = attrs.field(factory=dict)

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        problem = Message(self.MESSAGES[self.reason], self.values)
        return Message(
            self.MESSAGES["unwritable"], {"where": self.where, "format": self.format, "problem": problem}
        )


@attrs.frozen
class CheckpointMismatch(AllianceRefError, ValueError):
    """A checkpoint belongs to other input or options; `difference` describes the first difference.

    >>> import tempfile
    >>> import alliance_ref as ar
    >>> from alliance_ref.alignment import WordList
    >>> units = [("The alliance changed.", "同盟は変わった。")]
    >>> words = WordList([("alliance", "同盟")])
    >>> with tempfile.TemporaryDirectory() as folder:  # doctest: +ELLIPSIS
    ...     _ = ar.build_glossary(units, checkpoint=folder + "/build")
    ...     _ = ar.build_glossary(units, checkpoint=folder + "/build", lexicon=words)
    Traceback (most recent call last):
    ...
    alliance_ref.errors.CheckpointMismatch: ...: lexicon was 'none', is 'WordList'; use the same input ...
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "mismatch": "{path}: the checkpoint is of other work: {difference}; use the same input and options,"
        " or name another file",
    }

    path: str
    difference: str


@attrs.frozen
class CheckpointInUse(AllianceRefError, RuntimeError):
    """Another job uses the checkpoint, in this process or in another one.

    >>> import tempfile
    >>> import alliance_ref as ar
    >>> def units(file):
    ...     yield "The alliance changed.", "同盟は変わった。"
    ...     ar.build_glossary([], checkpoint=file)  # while the outer call uses the file
    >>> with tempfile.TemporaryDirectory() as folder:  # doctest: +ELLIPSIS
    ...     file = folder + "/build"
    ...     ar.build_glossary(units(file), executor=ar.SerialExecutor(), checkpoint=file)
    Traceback (most recent call last):
    ...
    alliance_ref.errors.CheckpointInUse: ...: another job uses this checkpoint; wait for it or name ...
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "in-use": "{path}: another job uses this checkpoint; wait for it or name another file",
    }

    path: str


@attrs.frozen
class DamagedCheckpoint(AllianceRefError, RuntimeError):
    """A checkpoint is damaged: cut off, overwritten, or changed by another program while in use.

    A result that is damaged inside an intact file is not an error: its chunk runs again.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> units = [("The alliance changed.", "同盟は変わった。")]
    >>> with tempfile.TemporaryDirectory() as folder:  # doctest: +ELLIPSIS
    ...     file = Path(folder, "build")
    ...     _ = ar.build_glossary(units, checkpoint=file)
    ...     _ = file.write_bytes(file.read_bytes()[:5000])
    ...     _ = ar.build_glossary(units, checkpoint=file)
    Traceback (most recent call last):
    ...
    alliance_ref.errors.DamagedCheckpoint: ...: the checkpoint is damaged; delete it and start again
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "damaged": "{path}: the checkpoint is damaged; delete it and start again",
    }

    path: str


@attrs.frozen
class UnfinishedCheckpoint(AllianceRefError, ValueError):
    """A checkpoint contains results of earlier work, and `resume` is false.

    >>> import tempfile
    >>> import alliance_ref as ar
    >>> units = [("The alliance changed.", "同盟は変わった。")]
    >>> with tempfile.TemporaryDirectory() as folder:  # doctest: +ELLIPSIS
    ...     _ = ar.build_glossary(units, checkpoint=folder + "/build")
    ...     _ = ar.build_glossary(units, checkpoint=folder + "/build", resume=False)
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnfinishedCheckpoint: ...: contains results of earlier work; resume it, or ...
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "unfinished": "{path}: contains results of earlier work; resume it, or name another file",
    }

    path: str


@attrs.frozen
class NotACheckpoint(AllianceRefError, ValueError):
    """A file is not a checkpoint, but a folder, a symbolic link or a file of another kind.

    >>> import tempfile
    >>> import alliance_ref as ar
    >>> with tempfile.TemporaryDirectory() as folder:  # doctest: +ELLIPSIS
    ...     ar.build_glossary([], checkpoint=folder)
    Traceback (most recent call last):
    ...
    alliance_ref.errors.NotACheckpoint: ...: not a checkpoint of this version; name a new file
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "other-file": "{path}: not a checkpoint of this version; name a new file",
    }

    path: str


@attrs.frozen
class ChunkFailed(AllianceRefError, RuntimeError):
    """The worker of a chunk was lost in every attempt.

    `chunk` names its units, `attempts` is the number of attempts, `cause` describes the last loss.

    >>> from concurrent.futures import Executor, Future
    >>> import alliance_ref as ar
    >>> class Lost(Executor):
    ...     def submit(self, fn, /, *args, **kwargs):
    ...         future = Future()
    ...         future.set_exception(ConnectionError("gone"))
    ...         return future
    >>> units = [("The alliance changed.", "同盟は変わった。")]
    >>> ar.build_glossary(units, executor=Lost())  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    alliance_ref.errors.ChunkFailed: ...: no worker finished them in 3 attempts (Connection...
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "failed": "{chunk}: no worker finished them in {attempts} attempts ({cause}); leave out these units,"
        " or give the workers more memory, and resume from the checkpoint if there is one",
    }

    chunk: str
    attempts: int
    cause: str


@attrs.frozen
class ExecutorUnusable(AllianceRefError, RuntimeError):
    """The executor accepts no more work; `cause` is its own message.

    >>> from concurrent.futures import ThreadPoolExecutor
    >>> import alliance_ref as ar
    >>> pool = ThreadPoolExecutor()
    >>> pool.shutdown()
    >>> units = [("The alliance changed.", "同盟は変わった。")]
    >>> ar.build_glossary(units, executor=pool)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    alliance_ref.errors.ExecutorUnusable: the executor accepts no more work (RuntimeError: ...
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "unusable": "the executor accepts no more work ({cause}); call again with a new one; with the same"
        " checkpoint, finished work is not repeated",
    }

    cause: str


@attrs.frozen
class WorkerDied(AllianceRefError, RuntimeError):
    """A worker process ended during a call; `status` is its exit status, negative for a signal.

    >>> print(WorkerDied(7))
    a worker process ended with exit status 7
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "exit": "a worker process ended with exit status {status}",
        "signal": "a worker process was ended by signal {signal}",
        "killed": "a worker process was ended by signal SIGKILL; the system may have run out of memory",
    }

    status: int

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        if self.status >= 0:
            return Message(self.MESSAGES["exit"], {"status": self.status})
        names = {int(item): item.name for item in signal.Signals}
        name = names.get(-self.status, str(-self.status))
        return Message(self.MESSAGES["killed" if name == "SIGKILL" else "signal"], {"signal": name})


@attrs.frozen
class NoWorkers(AllianceRefError, RuntimeError):
    """No worker process can be started; `cause` explains why.

    >>> print(NoWorkers("daemonic processes are not allowed to have children"))
    no worker process can be started: daemonic processes are not allowed to have children
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "start": "no worker process can be started: {cause}",
    }

    cause: str


@attrs.frozen
class UnusableCorpus(AllianceRefError, OSError):
    """The file of a corpus cannot be used; `reason` and `detail` describe why.

    >>> import alliance_ref as ar
    >>> ar.Corpus("no-such-file.db", read_only=True)
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnusableCorpus: no-such-file.db: no such file; open it without read_only to create it
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "missing": "{where}: no such file; open it without read_only to create it",
        "unopened": "{where}: cannot be opened or is in use ({detail})",
        "closed": "{where}: the corpus is closed; open it again",
        "not-a-corpus": "{where}: not a corpus of alliance_ref; give the name of a new file to create one",
        "damaged": "{where}: the corpus is damaged ({detail}); restore a copy, or add the documents to"
        " a new file",
        "other-schema": "{where}: the tables differ from those of a corpus, so the file is not used; copy the"
        " documents from its author",
        "newer": "{where}: written by a newer version of the library (schema {detail}); update alliance-ref",
        "older": "{where}: written by an older version of the library (schema {detail}); open it without"
        " read_only to update it",
        "outdated": "{where}: indexed with other versions of the dictionary or the library; call rebuild()"
        " before you add documents",
        "read-only": "{where}: the corpus was opened for reading only",
        "old-sqlite": "SQLite {detail} is too old for a corpus; it needs 3.40 or newer: update Python",
        "no-fts5": "SQLite {detail} of this Python has no full-text search (FTS5); install a Python with it,"
        " for example from python.org",
    }

    where: str
    reason: str
    detail: str = ""


@attrs.frozen
class UnknownCorpusDocument(UnknownDocument):
    """No document of a corpus has this id; `nearest` holds ids that look like it.

    >>> import alliance_ref as ar
    >>> ar.Corpus(":memory:").document("naha-2010")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnknownCorpusDocument: no document 'naha-2010' in this corpus
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "unknown": "no document {id!r} in this corpus",
        "nearest": "no document {id!r} in this corpus; did you mean {nearest}?",
    }


@attrs.frozen
class CorpusLimit(AllianceRefError, ValueError):
    """Something is larger than a corpus can store or process; `reason` is what, `limit` the maximum.

    >>> print(CorpusLimit("sorted", 100_000, 250_000))
    250,000 hits cannot be sorted; the limit is 100,000: filter the documents, or use sort="position"
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "words": "a corpus has at most {limit:,} different words; divide the documents among several files",
        "text": "a text is longer than {limit:,} bytes; divide it",
        "sorted": "{count:,} hits cannot be sorted; the limit is {limit:,}: filter the documents, or use"
        ' sort="position"',
    }

    reason: str
    limit: int
    count: int = 0


@attrs.frozen
class LooksLikePattern(AllianceRefError, UserWarning):
    """A query looks like a regular expression and is looked up as text; this is a warning.

    >>> print(LooksLikePattern("防衛.*庁"))
    '防衛.*庁' is looked up as text; for a regular expression, use match="regex"
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "pattern": '{query!r} is looked up as text; for a regular expression, use match="regex"',
    }

    query: str


def unreadable(format_title: str, *problems: FileProblem) -> UnreadableFile:
    """Return the error for content of unknown origin; the code that opened the file adds its path."""
    return UnreadableFile("<text>", format_title, problems)


def invalid(reason: str, **values: object) -> UnreadableFile:
    """Return the error for one value of a file; the reader adds the place and the format."""
    return unreadable("", FileProblem(reason, values))

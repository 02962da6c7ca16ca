"""The errors that the library raises, as records with a reason and fields.

Every error inherits from :class:`AllianceRefError` and from the builtin exception that callers already
catch. It carries the data that a program needs (which id, which file, which place in the file). Its text is
built from a template in ``MESSAGES`` and its fields, so the same error can be shown in English or Japanese:
``str(error)`` is English; ``error.message().text(translate)`` uses any gettext function.

Modules that serve a simple lookup import an error only where they raise it, since attrs needs about one
millisecond per class.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal

import attrs

from alliance_ref.messages import Message as Message  # noqa: PLC0414 (errors return messages)
from alliance_ref.messages import quoted as quoted  # noqa: PLC0414 (moved; importers follow)

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
        "negative": "{name} is {value}; it must be 0 or more",
        "choice": "{name} is {value!r}; expected {choices}",
        "day": "{name} is {value!r}; write a date as YYYY-MM-DD, for example 2005-04-14",
        "period": "the start ({start}) is after the end ({end})",
        "date": "{value!r} is not a date; write 19 February 2005, 2005-02-19 or 平成17年2月19日",
        "calendar-day": "{value!r} is not a date: {detail}",
        "era-day": "{value!r} is not a date: {era} has no such day in the solar calendar",
        "bracket-year": "{value!r} is not a date: the year in parentheses is {other}, the year before it is"
        " {year}",
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
    return Message(template, {"id": unknown, "nearest": " or ".join(nearest)})


@attrs.frozen
class UnknownEntry(AllianceRefError, KeyError):
    """No entry has this id; `nearest` holds ids that look like it.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.entry("camp-zamma")
    ... except ar.errors.UnknownEntry as error:
    ...     error.nearest
    ('camp-zama', 'camp-zukeran', 'camp-smith')
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
    """Concepts of one glossary have the same id; `ids` are those used twice or more.

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
    }

    ids: tuple[str, ...]

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        shown = self.ids[:MAX_LISTED]
        values = {"ids": tuple(map(repr, shown)), "more": len(self.ids) - len(shown)}
        return Message(self.MESSAGES["more" if values["more"] else "duplicate"], values)


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
    3 problems in the data
    harbour-2011.toml: $.names: required field missing
    harbour-2011.toml: $.sources: required field missing
    harbour-2011.toml: $.issued: required field missing
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
    "parquet",
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
        "parquet": "{where}: cannot be read as Parquet: {detail}",
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
class BadFile(AllianceRefError, ValueError):
    r"""A file that is not what its format asks for: where it stops making sense, why, and what to do.

    `line` and `column` count from 1; they are ``None`` where the whole file is meant.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "terms.tbx").write_text("<tbx>\n<text></tbx>", encoding="utf-8")
    ...     try:
    ...         ar.read_glossary(Path(folder, "terms.tbx"))
    ...     except ar.errors.BadFile as error:
    ...         print(error.line, error.column, error.reason)
    2 9 a tag is closed that is not the open one (mismatched tag)
    """

    where: str
    reason: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = "".join(f":{part}" for part in (self.line, self.column) if part is not None)
        return f"{self.where}{place}: {self.reason}"


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
    """An item of the input is no bilingual unit; `place` is its number from 0, `given` what it was.

    >>> import alliance_ref as ar
    >>> units = [("The alliance changed.", "同盟は変わった。"), "Talks go on."]
    >>> ar.build_glossary(units)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    alliance_ref.errors.InvalidUnit: item 1 is a str; a glossary is built from TranslationUnit, ...
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "type": "item {place} is {given}; a glossary is built from TranslationUnit, AlignedUnit,"
        " Passage, Document, Edition, Alignment or (english, japanese) pairs of str",
    }

    place: int
    given: str


@attrs.frozen
class InvalidSeed(AllianceRefError, TypeError):
    """The seed, or an item of it, is none; `place` is the item's number from 0, ``None`` for the whole.

    >>> import alliance_ref as ar
    >>> units = [("The alliance changed.", "同盟は変わった。")]
    >>> ar.build_glossary(units, seed="alliance")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    alliance_ref.errors.InvalidSeed: the seed is a str; a seed is an iterable of English terms, ...
    """

    MESSAGES: ClassVar[Mapping[str, str]] = {
        "item": "item {place} of the seed is {given};"
        " a seed is an iterable of English terms, a Glossary or a Reference",
        "seed": "the seed is {given}; a seed is an iterable of English terms, a Glossary or a Reference",
    }

    place: int | None
    given: str

    def message(self) -> Message:
        """Return the message of this error, which can be rendered in either language."""
        return Message(self.MESSAGES["seed" if self.place is None else "item"], attrs.asdict(self))


@attrs.frozen
class UnreadableFile(AllianceRefError, ValueError):
    r"""Content that is not what its format asks for, with every problem that was found.

    `where` is the file's path, ``<text>`` for text that is in no file; `format` what it was read as.
    `problems` are pairs of a place (``line 3``, ``$[2].en.terms[0].text``, empty for the whole file) and what
    is wrong there.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "memory.jsonl")
    ...     _ = path.write_text('{"en": "Talks go on.", "ja": "協議は続く。"}\n{"en": ', encoding="utf-8")
    ...     try:
    ...         list(ar.read_units(path))
    ...     except ar.errors.UnreadableFile as error:
    ...         error.format, [place for place, message in error.problems]
    ('JSON lines', ['line 2'])
    """

    where: str
    format: str
    problems: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        lines = [f"{place}: {message}" if place else message for place, message in self.problems]
        if len(lines) == 1:
            return f"{self.where}: cannot be read as {self.format}: {lines[0]}"
        head = f"{self.where}: cannot be read as {self.format}, {len(lines)} problems"
        return "\n".join([head, *lines])


@attrs.frozen
class UnwritableData(AllianceRefError, ValueError):
    r"""Data that a format has no way to write; `reason` says which and why.

    >>> import alliance_ref as ar
    >>> section = ar.records.LanguageSection("en", (ar.records.Term("half of an emoji: \ud83d", "en"),))
    >>> try:
    ...     ar.Glossary((ar.GlossaryConcept("half", section),)).to_file("terms.csv")
    ... except ar.errors.UnwritableData as error:
    ...     print(error.format, error.reason.partition(",")[0])
    CSV (RFC 4180) half of a surrogate pair
    """

    where: str
    format: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: cannot be written as {self.format}: {self.reason}"


def unreadable(format_title: str, *problems: tuple[str, str]) -> UnreadableFile:
    """The error for text whose file is not known here; who opened it puts the path in."""
    return UnreadableFile("<text>", format_title, problems)

"""Every error the library raises, as a record of what went wrong.

An error here is a value: it carries the data a program needs (which id, which file, which path inside
it), its text says what to do next, and it inherits both :class:`AllianceRefError` and the builtin that
a caller already catches. Modules on the path of a plain look-up import an error only where they raise
it, since each class costs about a millisecond to build.
"""

import attrs

from alliance_ref.arguments import quoted


class AllianceRefError(Exception):
    """Base of all errors of this library.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.entry("futema")
    ... except ar.AllianceRefError as error:
    ...     print(error)
    no entry 'futema' in this reference; did you mean futenma?
    """

    def __reduce__(self) -> tuple[object, ...]:
        """What pickles are made of: the fields. Dask's own way would set attributes, which are frozen."""
        fields = getattr(type(self), "__attrs_attrs__", ())
        return type(self), tuple(getattr(self, field.name) for field in fields) or self.args


def _did_you_mean(nearest: tuple[str, ...]) -> str:
    return f"; did you mean {' or '.join(nearest)}?" if nearest else ""


@attrs.frozen
class UnknownEntry(AllianceRefError, KeyError):
    """No entry has this id; `nearest` holds ids that look like it.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.entry("camp-zamma")
    ... except ar.UnknownEntry as error:
    ...     error.nearest
    ('camp-zama', 'camp-zukeran', 'camp-smith')
    """

    entry_id: str
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"no entry {quoted(self.entry_id)} in this reference{_did_you_mean(self.nearest)}"


@attrs.frozen
class UnknownDocument(UnknownEntry):
    """No document has this id; `nearest` holds ids that look like it.

    >>> import alliance_ref as ar
    >>> ar.document("magosaki")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnknownDocument: no document 'magosaki' in this reference; did you mean magosaki-2006?
    """

    def __str__(self) -> str:
        return f"no document {quoted(self.entry_id)} in this reference{_did_you_mean(self.nearest)}"


@attrs.frozen
class UnknownTopic(AllianceRefError, KeyError):
    """No topic has this id; `nearest` holds ids that look like it.

    >>> import alliance_ref as ar
    >>> ar.topic("scopes")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnknownTopic: no topic 'scopes' in this reference; did you mean scope?
    """

    topic_id: str
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"no topic {quoted(self.topic_id)} in this reference{_did_you_mean(self.nearest)}"


@attrs.frozen
class UnknownPassage(AllianceRefError, KeyError):
    """A document has no passage of this number; `numbers` says which it has.

    >>> import alliance_ref as ar
    >>> ar.passage("treaty-1960#13")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnknownPassage: no passage 'treaty-1960#13'; its document has 1 to 12
    """

    passage_id: str
    numbers: tuple[int, ...] = ()

    def __str__(self) -> str:
        if not self.numbers:
            return f"no passage {quoted(self.passage_id)}: its document has no passages here"
        return (
            f"no passage {quoted(self.passage_id)}; its document has {self.numbers[0]} to {self.numbers[-1]}"
        )


@attrs.frozen
class UnknownConcept(AllianceRefError, KeyError):
    """No concept of a glossary has this id; `nearest` holds ids that look like it.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.reference_glossary().without("camp-kuwa")
    ... except ar.UnknownConcept as error:
    ...     error.nearest[0]
    'camp-kuwae'
    """

    concept_id: str
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"no concept {self.concept_id!r} in this glossary{_did_you_mean(self.nearest)}"


@attrs.frozen
class UnknownTerm(AllianceRefError, KeyError):
    """A concept of a glossary has no such term; `terms` are those it has.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.reference_glossary().with_status("camp-zama", "Camp Zuma", "deprecated")
    ... except ar.UnknownTerm as error:
    ...     error.terms
    ('Camp Zama', 'Zama', 'キャンプ座間', '座間', '座間基地')
    """

    concept_id: str
    term: str
    terms: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"no term {self.term!r} in concept {self.concept_id!r}; it has {', '.join(self.terms)}"


@attrs.frozen
class DuplicateConcept(AllianceRefError, ValueError):
    """Concepts of one glossary have the same id; `ids` are those used twice or more.

    >>> import alliance_ref as ar
    >>> futenma = ar.reference_glossary().find("futenma")
    >>> try:
    ...     ar.Glossary((futenma, futenma))
    ... except ar.DuplicateConcept as error:
    ...     error.ids
    ('futenma',)
    """

    ids: tuple[str, ...]

    def __str__(self) -> str:
        shown = ", ".join(map(repr, self.ids[:5]))
        more = f" and {len(self.ids) - 5} more" if len(self.ids) > 5 else ""
        return f"every concept of a glossary needs an id of its own; used twice: {shown}{more}"


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
    ...         ar.read_document(path)
    ...     except ar.BadData as error:
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
class BadData(AllianceRefError, ValueError):
    r"""Data files that cannot be used, with all their problems at once.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import alliance_ref as ar
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "harbour-2011.toml")
    ...     _ = path.write_text("id = 'harbour-2011'\ntype = 'memo'", encoding="utf-8")
    ...     try:
    ...         ar.read_document(path)
    ...     except ar.BadData as error:
    ...         print(error)
    3 problems in the data
    harbour-2011.toml: $.names: required field missing
    harbour-2011.toml: $.sources: required field missing
    harbour-2011.toml: $.issued: required field missing
    """

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"{count} problem{'s' if count != 1 else ''} in the data"
        return "\n".join([head, *map(str, self.problems)])


@attrs.frozen
class UnreadableCopy(AllianceRefError, ValueError):
    r"""Input that is no text: empty, binary, a folder, or in no encoding known here.

    >>> import alliance_ref as ar
    >>> ar.read_copy(b"\x89PNG\r\n\x1a\n\x00\x00")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.UnreadableCopy: <bytes>: is no text: 3 control characters in 9
    """

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@attrs.frozen
class CopyNotFound(AllianceRefError, FileNotFoundError):
    """The file to read does not exist.

    >>> import alliance_ref as ar
    >>> ar.read_copy("no-such-folder/article.txt")
    Traceback (most recent call last):
    ...
    alliance_ref.errors.CopyNotFound: no-such-folder/article.txt: no such file
    """

    where: str

    def __str__(self) -> str:
        return f"{self.where}: no such file"


@attrs.frozen
class UnrecognizedCopy(AllianceRefError, LookupError):
    r"""Text that is no copy of a document of the reference.

    `best_guess` is the id of the nearest document (``None`` if none has anything in common),
    `similarity` the likeness of the best paragraph to it (0 to 1), `needed` what would have been enough.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.read_copy("An orchestra opened its season.\n\nIt played to a full house.")
    ... except ar.UnrecognizedCopy as error:
    ...     error.where, error.best_guess, error.similarity < error.needed
    ('<text>', None, True)
    """

    where: str
    best_guess: str | None
    similarity: float
    needed: float

    def __str__(self) -> str:
        if self.best_guess is None:
            return f"{self.where}: no paragraph of this text belongs to a document of the reference"
        return (
            f"{self.where}: not a copy of a document of the reference; nearest is {self.best_guess}, whose"
            f" best paragraph is {self.similarity:.0%} alike ({self.needed:.0%} needed)"
        )


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
    ...     except ar.BadFile as error:
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
    ... except ar.UnknownFormat as error:
    ...     error.suffix, ".tbx" in error.known
    ('.docx', True)
    """

    suffix: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        return f"no format for the suffix {quoted(self.suffix)}; known are {', '.join(self.known)}"

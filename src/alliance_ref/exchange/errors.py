"""What cannot be read or written, as values: which file, in which format, where inside it, and why."""

import attrs

from alliance_ref.errors import AllianceRefError


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
    ...     except ar.UnreadableFile as error:
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
class Unwritable(AllianceRefError, ValueError):
    r"""Data that a format has no way to write; `reason` says which and why.

    >>> import alliance_ref as ar
    >>> section = ar.LanguageSection("en", (ar.Term("half of an emoji: \ud83d", "en"),))
    >>> try:
    ...     ar.Glossary((ar.GlossaryConcept("half", section),)).to_file("terms.csv")
    ... except ar.Unwritable as error:
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

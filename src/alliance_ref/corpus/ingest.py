"""Add the files of a folder: pair them by name, skip what is unchanged, report what cannot be read.

Each document is one transaction and is stored with the checksum of its files, so an interrupted call
continues where it stopped when it is repeated.
"""

import hashlib
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import attrs

from alliance_ref.corpus.analysis import Analysis, analyze
from alliance_ref.corpus.documents import read_document
from alliance_ref.errors import AllianceRefError
from alliance_ref.exchange.file_pairs import FilePair, pair_folders
from alliance_ref.records import Document
from alliance_ref.records.documents import DocumentType
from alliance_ref.records.values import PartialDate
from alliance_ref.reference import Reference

_WINDOW = 16
"""Documents that workers read ahead."""

_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_CHUNK = 1 << 20


@attrs.frozen
class SkippedFile:
    """A file of a folder that was not added, and why; `reason` is empty for a file without a counterpart.

    >>> from alliance_ref.corpus.ingest import SkippedFile
    >>> SkippedFile("scan.en.pdf", "there is no text").file
    'scan.en.pdf'
    """

    file: str
    reason: str = ""


@attrs.frozen
class FolderReport:
    """The result of `Corpus.add_folder`: the ids of documents, and the files that were skipped.

    Attributes:
        added: The documents that are new.
        replaced: The documents whose files have changed.
        unchanged: The documents whose files are as before.
        skipped: The files that cannot be read, with the reason.
        unpaired: The files without a counterpart in the other language.

    >>> import tempfile
    >>> import alliance_ref as ar
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ar.Corpus(":memory:").add_folder(folder).added
    ()
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    unpaired: tuple[str, ...] = ()


class FolderJob(NamedTuple):
    """A pair of files to read: the id of the document, its files and their checksum."""

    id: str
    en: str
    ja: str
    files: str
    checksum: str
    issued: PartialDate | None
    type: DocumentType


class ReadJob(NamedTuple):
    """A document that was read, or the reason why it could not be."""

    job: FolderJob
    document: Document | None
    analyses: list[Analysis]
    reason: str = ""


def folder_jobs(
    en: str | os.PathLike[str], ja: str | os.PathLike[str], kind: DocumentType, known: dict[str, str]
) -> tuple[list[FolderJob], tuple[str, ...]]:
    """Return the pairs of files in two folders, and the files without a counterpart.

    Args:
        en: The folder with the English files.
        ja: The folder with the Japanese files.
        kind: The type of the documents.
        known: The id of each known pair of files, which it keeps.
    """
    found = pair_folders(en, ja)
    used = set(known.values())
    jobs = []
    for pair in found.pairs:
        files = f"{_relative(pair.en, en)}\n{_relative(pair.ja, ja)}"
        document_id = known.get(files) or _new_id(pair.name, used)
        used.add(document_id)
        jobs.append(
            FolderJob(document_id, str(pair.en), str(pair.ja), files, _checksum(pair), _date(pair.name), kind)
        )
    english = tuple(_relative(file, en) for file in found.en_only)
    return jobs, (*english, *(_relative(file, ja) for file in found.ja_only))


def _relative(file: Path, root: str | os.PathLike[str]) -> str:
    return file.relative_to(root).as_posix()


def _new_id(name: str, used: set[str]) -> str:
    words = re.findall(r"[a-z0-9]+", name.lower())
    base = "-".join(words) or "u" + hashlib.sha256(name.encode()).hexdigest()[:12]
    candidate, number = base, 1
    while candidate in used:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def _date(name: str) -> PartialDate | None:
    """Return the date in the name of a file, such as 2010-05-06 or 2010-05."""
    found = _DATE.search(name)
    if found is None:
        return None
    try:
        return PartialDate.parse(found.group())
    except ValueError:
        return None


def _checksum(pair: FilePair) -> str:
    digest = hashlib.sha256()
    for file in (pair.en, pair.ja):
        try:
            with file.open("rb") as stream:
                while block := stream.read(_CHUNK):
                    digest.update(block)
        except OSError:
            digest.update(b"unreadable")  # the reader reports why
        digest.update(b"\0file\0")
    return digest.hexdigest()


def read_job(reference: Reference, job: FolderJob) -> ReadJob:
    """Read, align and analyze the files of a document; an error is part of the result."""
    try:
        document = read_document(
            job.en, job.ja, id=job.id, issued=job.issued, type=job.type, reference=reference
        )
        texts = [(unit.text("en"), unit.text("ja")) for item in document.passages for unit in item.units]
        return ReadJob(job, document, analyze(texts, document.issued, reference))
    except (AllianceRefError, OSError) as error:
        return ReadJob(job, None, [], str(error))


def read_jobs(
    jobs: Iterable[FolderJob], reference: Reference, executor: Executor | None
) -> Iterator[ReadJob]:
    """Yield the documents of *jobs* in order; an executor reads some of them ahead."""
    read = partial(read_job, reference)
    if executor is None:
        yield from map(read, jobs)
        return
    pending: deque[Any] = deque()
    for job in jobs:
        pending.append(executor.submit(read, job))
        if len(pending) >= _WINDOW:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()

"""A corpus of your own documents: one SQLite file, indexed once and searched in milliseconds."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

import attrs

from alliance_ref.arguments import check_number, check_text, wrong_type
from alliance_ref.corpus.analysis import analyze
from alliance_ref.corpus.corrections import apply_corrections, correct
from alliance_ref.corpus.filters import Filters, fields_of, summaries
from alliance_ref.corpus.methods import CorpusSearch, CorpusWithReference
from alliance_ref.corpus.records import CorpusInfo, DocumentSummary
from alliance_ref.corpus.store import Store
from alliance_ref.errors import InvalidUnit, InvalidValue, UnusableCorpus
from alliance_ref.progress import Progress
from alliance_ref.records import (
    AlignedUnit,
    Bilingual,
    Document,
    Edition,
    Name,
    PartialDate,
    Passage,
    Segment,
    Source,
    TranslationUnit,
)
from alliance_ref.records.documents import DocumentType
from alliance_ref.reference import Reference, load
from alliance_ref.text.lemmas import LemmaSource

if TYPE_CHECKING:
    import datetime
    from concurrent.futures import Executor

    from alliance_ref.corpus.analysis import Analysis
    from alliance_ref.corpus.ingest import FolderReport

MAX_UNITS_OF_MEMORY = 50_000
"""Units of a translation memory that are added as one document; the rest become further documents."""


class Corpus(CorpusSearch):
    """Your own documents in one file, with an index for searching.

    The file is created if it does not exist. It can be opened by several programs at once: any number may
    read while one writes. A corpus can be shared by threads and can be pickled; the other process opens the
    file for reading.

    Args:
        path: The file, or ``":memory:"`` for a corpus that is not saved.
        read_only: Whether to open an existing file for reading only.
        immutable: Whether the file is on a medium that cannot change, such as a read-only share: it is read
            without locks. No program may write to it.
        reference: The reference whose entries are found in the documents (default: the shipped one).
        lemmas: The source of English lemmas for a new file: ``simplemma`` (extra ``corpus``) or ``stem``
            (default: simplemma if it is installed). An existing file keeps its own.

    Raises:
        UnusableCorpus: The file is not a corpus, is damaged, or cannot be opened; or SQLite has no FTS5.

    >>> import alliance_ref as ar
    >>> corpus = ar.Corpus(":memory:")
    >>> corpus.add(ar.document("treaty-1960"))
    >>> corpus.add_units([("The base was returned.", "基地は返還された。")], id="memory")
    ('memory',)
    >>> [(document.id, document.units) for document in corpus.documents()]
    [('treaty-1960', 32), ('memory', 1)]
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        read_only: bool = False,
        immutable: bool = False,
        reference: Reference | None = None,
        lemmas: LemmaSource | None = None,
    ) -> None:
        if not isinstance(path, str | os.PathLike):
            raise wrong_type("path", "the path of a file", path)
        if not os.fspath(path):
            raise InvalidValue("empty", name="path")
        self._store = Store(path, read_only=read_only, immutable=immutable, lemmas=lemmas)
        self._reference = reference

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the path; the corpus is opened for reading where it arrives."""
        store = self._store
        if store.path == ":memory:":
            raise wrong_type("a pickled corpus", "a file", store.path)
        return _reopened, (os.path.abspath(store.path), store.immutable, self._reference)

    def __repr__(self) -> str:
        try:
            info = self.info()
        except UnusableCorpus:
            return f"<Corpus {self._store.path}>"
        return f"<Corpus {self._store.path}: {info.documents:,} documents, {info.units:,} units>"

    def __len__(self) -> int:
        """Return the number of documents."""
        return int(self._store.query("SELECT count(*) FROM documents")[0][0])

    def __contains__(self, document_id: object) -> bool:
        return bool(self._store.query("SELECT 1 FROM documents WHERE id=?", (document_id,)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. A ``with`` block does this at its end.

        >>> import alliance_ref as ar
        >>> with ar.Corpus(":memory:") as corpus:
        ...     len(corpus)
        0
        """
        self._store.close()

    def info(self) -> CorpusInfo:
        """Return the size of the corpus and how it was indexed.

        >>> import alliance_ref as ar
        >>> info = ar.Corpus(":memory:", lemmas="stem").info()
        >>> info.documents, info.units, info.lemmas
        (0, 0, 'stem')
        """
        ((documents, units, en, ja),) = self._store.query(
            "SELECT count(*), coalesce(sum(units), 0), coalesce(sum(en_words), 0), coalesce(sum(ja_words), 0)"
            " FROM documents"
        )
        info = self._store.info
        return CorpusInfo(
            documents,
            units,
            en,
            ja,
            self._store.lemmas,
            info.get("tokenizer", ""),
            info.get("dictionary", ""),
            info.get("data", ""),
            self._store.outdated,
        )

    @property
    def _entries(self) -> Reference:
        return load() if self._reference is None else self._reference

    @property
    def _stores(self) -> Sequence[Store]:
        return (self._store,)

    @property
    def reference(self) -> CorpusWithReference:
        """This corpus together with the passages of the reference, which are searched as one corpus.

        The passages are indexed in memory at the first search.

        >>> import alliance_ref as ar
        >>> ar.Corpus(":memory:").reference.concordance("極東", documents="treaty-1960").total
        3
        """
        return CorpusWithReference(self, self._entries)

    # Adding and removing

    def add(
        self, document: Document | Edition, *, source: str = "", fields: Mapping[str, str] | None = None
    ) -> None:
        """Add a document with its aligned units; a document with the same id is replaced.

        Its words and the names of entries in it are indexed now. Corrections made with `correct` are kept:
        they are applied to the new units.

        Args:
            document: A document, or an edition read from a copy.
            source: Where it comes from, for filters (default: the titles of its sources).
            fields: Further fields for filters, for example ``{"ministry": "MOFA"}``.

        Raises:
            InvalidType: if *document* is neither a document nor an edition.
            UnusableCorpus: if the corpus is read-only.

        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> corpus.add(ar.document("treaty-1960"), fields={"archive": "MOFA"})
        >>> corpus.documents(where={"archive": "MOFA"})[0].units
        32
        """
        self._add(_document(document), source, fields)

    def _add(
        self,
        document: Document,
        source: str = "",
        fields: Mapping[str, str] | None = None,
        file: str = "",
        checksum: str = "",
        analyses: "Sequence[Analysis] | None" = None,
    ) -> None:
        self._check_current()
        given = document
        document = apply_corrections(self._store, document)
        if analyses is None or document is not given:
            analyses = _analyses(document, self._entries)
        with self._store.writing():
            self._store.add(
                document,
                analyses,
                source=source or "; ".join(item.title.en for item in document.sources),
                fields=_checked_fields(fields),
                file=file,
                checksum=checksum,
            )

    def _check_current(self) -> None:
        if self._store.read_only:
            raise UnusableCorpus(self._store.path, "read-only", "")
        if self._store.outdated:
            raise UnusableCorpus(self._store.path, "outdated", "")

    def add_units(
        self,
        units: "str | os.PathLike[str] | Iterable[TranslationUnit | tuple[str, str]]",
        *,
        id: str = "",  # noqa: A002 (the name of the field)
        issued: "PartialDate | datetime.date | str | None" = None,
        type: DocumentType = "document",  # noqa: A002 (likewise)
        source: str = "",
        fields: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> tuple[str, ...]:
        """Add aligned units: the file of a translation memory or bitext in any format, or units.

        The units of one document of the memory become one document; of more than 50,000 units, several.

        Args:
            units: A file that `alliance_ref.read_units` reads, or units or pairs of texts.
            id: The id of the document; only if the units are of one document (default: from its name).
            issued: The date (default: that of the units, as precise as they agree).
            type: The type of the documents.
            source: Where they come from (default: the name of the file or document).
            fields: Further fields, see `add`.
            progress: Called with the number of units that were added and 0, since the total is unknown.

        Returns:
            The ids of the documents.

        Raises:
            UnknownFormat: The format of the file is unknown.
            UnreadableFile: The file is damaged.

        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> corpus.add_units([("The base was returned.", "基地は返還された。")], id="notes", issued="2006")
        ('notes',)
        """
        name = ""
        if isinstance(units, str | os.PathLike):
            from alliance_ref.glossary import read_units

            name = os.path.basename(os.fspath(units))
            units = read_units(units)
        added: list[str] = []
        done = 0
        for group, found in _grouped(units, name):
            label = group or name or id or "units"
            document = _memory_document(id or _slug(label), label, found, issued, type)
            number = 1
            while document.id in added:
                number += 1
                document = _memory_document(f"{id or _slug(label)}-{number}", label, found, issued, type)
            self._add(document, source or label, fields)
            added.append(document.id)
            done += len(found)
            if progress is not None:
                progress(done, 0)
        return tuple(added)

    def add_folder(
        self,
        folder: str | os.PathLike[str],
        *,
        ja: str | os.PathLike[str] | None = None,
        type: DocumentType = "document",  # noqa: A002 (the name of the field)
        fields: Mapping[str, str] | None = None,
        executor: "Executor | None" = None,
        progress: Progress | None = None,
    ) -> "FolderReport":
        """Add the documents of a folder, whose files are paired by name: naha.en.html and naha.ja.docx.

        Unchanged files are skipped by checksum; changed ones replace their document. Files that cannot be
        read are reported and skipped. If the call is interrupted, repeat it: it continues where it stopped.
        A date in the name of a file, such as 2010-05-06, is the date of the document.

        Args:
            folder: The folder, with its subfolders; the names of the files have a mark of the language.
            ja: The folder with the Japanese files, if they are apart.
            type: The type of the documents.
            fields: Further fields of all documents, see `add`.
            executor: Where files are read, aligned and analyzed, for example a `ProcessPoolExecutor`
                (default: this process). This process writes.
            progress: Called after each document with the number of documents done and in total.

        Raises:
            UnreadableCopy: if *folder* is not a folder.

        >>> import tempfile
        >>> from pathlib import Path
        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "2010-05-06.en.txt").write_text("Talks go on.", encoding="utf-8")
        ...     _ = Path(folder, "2010-05-06.ja.txt").write_text("協議は続く。", encoding="utf-8")
        ...     report = corpus.add_folder(folder)
        >>> report.added, str(corpus.documents()[0].issued)
        (('2010-05-06',), '2010-05-06')
        """
        from alliance_ref.corpus.ingest import FolderReport, SkippedFile, folder_jobs, read_jobs

        self._check_current()
        checked = _checked_fields(fields)
        rows = self._store.query("SELECT file, id, checksum FROM documents")
        known = {file: document_id for file, document_id, _ in rows if file}
        ids = {document_id: checksum for _, document_id, checksum in rows}
        jobs, unpaired = folder_jobs(
            folder, folder if ja is None else ja, type, {**known, **{f"\0{item}": item for item in ids}}
        )
        fresh = [job for job in jobs if ids.get(job.id) != job.checksum]
        done = len(jobs) - len(fresh)
        added, replaced, skipped = list[str](), list[str](), list[SkippedFile]()
        for read in read_jobs(fresh, self._entries, executor):
            job = read.job
            if read.document is None:
                skipped.append(SkippedFile(job.files.replace("\n", ", "), read.reason))
            else:
                source = "; ".join(item.title.en for item in read.document.sources)
                self._add(read.document, source, checked, job.files, job.checksum, read.analyses)
                (replaced if job.id in ids else added).append(job.id)
            done += 1
            if progress is not None:
                progress(done, len(jobs))
        unchanged = tuple(job.id for job in jobs if ids.get(job.id) == job.checksum)
        return FolderReport(tuple(added), tuple(replaced), unchanged, tuple(skipped), unpaired)

    def remove(self, document_id: str) -> None:
        """Remove a document.

        Raises:
            UnknownCorpusDocument: if there is none with this id.

        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> corpus.add(ar.document("treaty-1960"))
        >>> corpus.remove("treaty-1960")
        >>> len(corpus)
        0
        """
        check_text(document_id, "the id")
        with self._store.writing():
            self._store.remove(self._store.number(document_id))

    def rebuild(self, *, progress: Progress | None = None) -> None:
        """Index all documents again, with the present dictionary, library and data.

        A corpus that was indexed with other versions (`info().outdated`) can be searched, but documents can
        only be added after this. Each document is one transaction; an interrupted call can be repeated.

        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> corpus.add(ar.document("treaty-1960"))
        >>> corpus.rebuild()
        """
        from alliance_ref.corpus.store import index_versions

        rows = self._store.query("SELECT id, source, fields, file, checksum FROM documents ORDER BY number")
        for done, (document_id, source, fields, file, checksum) in enumerate(rows, start=1):
            document = self._stored(document_id)
            texts = [(unit.text("en"), unit.text("ja")) for item in document.passages for unit in item.units]
            analyses = analyze(texts, document.issued, self._entries)
            with self._store.writing():
                self._store.add(
                    document, analyses, source=source, fields=fields_of(fields), file=file, checksum=checksum
                )
            if progress is not None:
                progress(done, len(rows))
        with self._store.writing():
            self._store.connection.executemany(
                "INSERT OR REPLACE INTO info VALUES (?, ?)", index_versions().items()
            )
        self._store.info.update(index_versions())

    def correct(self, document_id: str, unit: int, *, en: str | None = None, ja: str | None = None) -> None:
        """Correct the text of a unit by hand; its status becomes ``confirmed``.

        The correction is applied again when the document is added again, if the unit then has the same text
        as before the correction. To move a sentence to the next unit, correct both units. A unit without
        text on both sides is removed.

        Args:
            document_id: The document.
            unit: The number of the unit in the document, from 0.
            en: The English text; ``""`` if the unit has none (default: unchanged).
            ja: The Japanese text, likewise.

        Raises:
            UnknownCorpusDocument: if there is no such document.
            InvalidValue: if the document has no such unit.

        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> corpus.add_units([("The base was returned.", "基地は返された。")], id="notes")
        ('notes',)
        >>> corpus.correct("notes", 0, ja="基地は返還された。")
        >>> corpus.document("notes").passages[0].units[0].text("ja")
        '基地は返還された。'
        """
        check_text(document_id, "the id")
        check_number(unit, "unit")
        for name, text in (("en", en), ("ja", ja)):
            if text is not None:
                check_text(text, name)
        self._check_current()
        with self._store.writing():
            correct(self._store, self._entries, document_id, {unit: (en, ja)})

    # Reading

    def documents(
        self,
        *,
        start: "datetime.date | str | None" = None,
        end: "datetime.date | str | None" = None,
        documents: str | Iterable[str] | None = None,
        types: str | Iterable[str] | None = None,
        where: Mapping[str, str] | None = None,
    ) -> tuple[DocumentSummary, ...]:
        """Return the documents in the order in which they were added, without their text.

        Args:
            start: Only documents that may be of this day or later: ``2005``, ``2005-04`` or ``2005-04-14``.
            end: Only documents that may be of this day or earlier, likewise.
            documents: Only documents with these ids.
            types: Only documents of these types.
            where: Only documents whose fields have these values; ``source`` is a field too.

        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> corpus.add(ar.document("treaty-1960"))
        >>> corpus.documents(start="1961")
        ()
        """
        filters = Filters.checked(start, end, documents, types, where)
        return summaries(self._store, filters)

    def document(self, document_id: str) -> Document:
        """Return a document with its passages and units; `mentions` include the entries that were found.

        Raises:
            UnknownCorpusDocument: if there is none with this id.

        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> corpus.add(ar.document("treaty-1960"))
        >>> corpus.document("treaty-1960").passages[5].heading.en
        'Article V'
        """
        check_text(document_id, "the id")
        return self._store.document(document_id)

    def _stored(self, document_id: str) -> Document:
        return self._store.document(document_id)

    def units(self, **filters: object) -> Iterator[TranslationUnit]:
        """Yield the units with text on both sides, one at a time, for example for `build_glossary`.

        Args:
            **filters: As for `documents`.

        >>> import alliance_ref as ar
        >>> corpus = ar.Corpus(":memory:")
        >>> corpus.add(ar.document("treaty-1960"))
        >>> next(corpus.units()).document
        'treaty-1960#1'
        """
        for summary in self.documents(**filters):  # type: ignore[arg-type]
            number = self._store.number(summary.id)
            for row in self._store.units_of(number):
                if row.en and row.ja:
                    yield TranslationUnit(
                        row.en, row.ja, f"{summary.id}#{row.passage}", row.place, summary.issued
                    )


def _reopened(path: str, immutable: bool, reference: Reference | None) -> Corpus:
    return Corpus(path, read_only=True, immutable=immutable, reference=reference)


def _analyses(document: Document, reference: Reference) -> "list[Analysis]":
    texts = [(unit.text("en"), unit.text("ja")) for item in document.passages for unit in item.units]
    return analyze(texts, document.issued, reference)


def _checked_fields(fields: Mapping[str, str] | None) -> Mapping[str, str]:
    for key, value in (fields or {}).items():
        check_text(key, "a field")
        check_text(value, key)
    return fields or {}


def _document(item: object) -> Document:
    if isinstance(item, Document):
        return item
    if isinstance(item, Edition):
        document = item.document
        passages = [
            Passage(f"{document.id}#{number}", number, held.units)
            for number, held in enumerate(item.passages, start=1)
        ]
        return attrs.evolve(document, passages=tuple(passages))
    raise wrong_type("the document", "a Document or an Edition", item)


def _slug(name: str) -> str:
    """Return an id for the name of a file.

    >>> _slug("Memory (2010).tmx"), _slug("覚書.tmx")
    ('memory-2010', 'u899a66f8')
    """
    stem = name.rpartition(".")[0] or name
    slug = "-".join(re.findall(r"[a-z0-9]+", stem.lower()))
    return slug or "u" + stem.encode("utf-16-be").hex()[:40]


def _grouped(
    units: "Iterable[TranslationUnit | tuple[str, str]]", name: str
) -> Iterator[tuple[str, list[TranslationUnit]]]:
    """Yield the units of each document, in parts if there are many."""
    groups: dict[str, list[TranslationUnit]] = {}
    size = 0
    for place, item in enumerate(units):
        unit = _unit(item, place)
        if not unit.en.strip() or not unit.ja.strip():
            continue
        groups.setdefault(unit.document.partition("#")[0] or name, []).append(unit)
        size += 1
        if size >= MAX_UNITS_OF_MEMORY:
            yield from groups.items()
            groups, size = {}, 0
    yield from groups.items()


def _unit(item: object, place: int) -> TranslationUnit:
    if isinstance(item, TranslationUnit):
        return item
    if isinstance(item, tuple) and len(item) == 2 and all(isinstance(side, str) for side in item):
        return TranslationUnit(item[0], item[1], number=place)
    raise InvalidUnit(place, type(item).__name__)


def _memory_document(
    document_id: str,
    label: str,
    units: Sequence[TranslationUnit],
    issued: "PartialDate | datetime.date | str | None",
    kind: DocumentType,
) -> Document:
    aligned = tuple(
        AlignedUnit((Segment(unit.en, "en", 0, len(unit.en)),), (Segment(unit.ja, "ja", 0, len(unit.ja)),))
        for unit in units
    )
    return Document(
        document_id,
        (Name(label, "en"),),
        sources=(Source("own", Bilingual(label, label)),),
        type=kind,
        issued=_common_date(units) if issued is None else issued,
        passages=(Passage(f"{document_id}#1", 1, aligned),),
    )


def _common_date(units: Sequence[TranslationUnit]) -> PartialDate | None:
    """Return the date of units, as precise as they agree."""
    dates = [unit.date for unit in units]
    if not dates or None in dates:
        return None
    parts = [(date.year, date.month, date.day) for date in dates if date is not None]
    common: list[int] = []
    for place in range(3):
        values = {part[place] for part in parts}
        if len(values) != 1 or None in values:
            break
        common.append(next(iter(values)) or 0)
    return PartialDate(*common) if common else None

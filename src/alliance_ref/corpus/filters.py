"""Filters of documents: by date, id, type and fields."""

import datetime
import json
from collections.abc import Iterable, Mapping

import attrs

from alliance_ref.arguments import check_text, wrong_type
from alliance_ref.corpus.records import DocumentSummary
from alliance_ref.corpus.store import Store
from alliance_ref.errors import InvalidValue
from alliance_ref.records.values import PartialDate, partial_date

Day = datetime.date | PartialDate | str


@attrs.frozen
class Filters:
    """Conditions on the documents of a search; ``None`` for no condition."""

    start: str | None = None
    end: str | None = None
    documents: tuple[str, ...] | None = None
    types: tuple[str, ...] | None = None
    where: tuple[tuple[str, str], ...] = ()

    @classmethod
    def checked(
        cls,
        start: Day | None = None,
        end: Day | None = None,
        documents: str | Iterable[str] | None = None,
        types: str | Iterable[str] | None = None,
        where: Mapping[str, str] | None = None,
    ) -> "Filters":
        """Return the filters for arguments of a search.

        Raises:
            InvalidValue: A date cannot be read, or *end* is before *start*.
            InvalidType: An argument has the wrong type.
        """
        first = None if start is None else partial_date(start).earliest()
        last = None if end is None else partial_date(end).latest()
        if first is not None and last is not None and last < first:
            raise InvalidValue("period", start=str(start), end=str(end))
        if where is not None and not isinstance(where, Mapping):
            raise wrong_type("where", "a mapping of fields to values", where)
        for key, value in (where or {}).items():
            check_text(key, "a field")
            check_text(value, key)
        return cls(
            None if first is None else first.isoformat(),
            None if last is None else last.isoformat(),
            _texts(documents, "documents"),
            _texts(types, "types"),
            tuple((where or {}).items()),
        )

    @property
    def is_empty(self) -> bool:
        """Whether all documents fulfill the conditions."""
        return self == Filters()

    def condition(self) -> tuple[str, list[object]]:
        """Return a condition on the table ``documents`` in SQL, and its values.

        A document whose date is known to the year only fulfills a condition if it may do so.
        """
        parts, values = ["1"], list[object]()
        if self.start is not None:
            parts.append("last_day >= ?")
            values.append(self.start)
        if self.end is not None:
            parts.append("first_day <= ?")
            values.append(self.end)
        for column, wanted in (("id", self.documents), ("type", self.types)):
            if wanted is not None:
                parts.append(f"{column} IN (SELECT value FROM json_each(?))")  # noqa: S608
                values.append(json.dumps(wanted))
        for key, value in self.where:
            if key == "source":
                parts.append("source = ?")
                values.append(value)
            else:
                parts.append("EXISTS (SELECT 1 FROM json_each(fields) AS f WHERE f.key = ? AND f.value = ?)")
                values += [key, value]
        return " AND ".join(parts), values


def _texts(value: str | Iterable[str] | None, name: str) -> tuple[str, ...] | None:
    if value is None:
        return None
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Iterable):
        raise wrong_type(name, "text or several texts", value)
    found = tuple(value)
    for item in found:
        check_text(item, name)
    return found


def summaries(store: Store, filters: Filters) -> tuple[DocumentSummary, ...]:
    """Return the documents of a corpus that fulfill the conditions."""
    condition, values = filters.condition()
    rows = store.query(
        "SELECT id, title_en, title_ja, type, issued, source, fields, file, units, en_words, ja_words"  # noqa: S608
        f" FROM documents WHERE {condition} ORDER BY number",
        values,
    )
    return tuple(
        DocumentSummary(
            row[0],
            row[1],
            row[2],
            row[3],
            None if row[4] is None else PartialDate.parse(row[4]),
            row[5],
            row[8],
            row[9],
            row[10],
            fields_of(row[6]),
            row[7],
        )
        for row in rows
    )


def fields_of(text: str) -> dict[str, str]:
    """Return the further fields of a document; unreadable ones are empty."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}

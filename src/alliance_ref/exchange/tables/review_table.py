"""The table of a review: one row for each pair, with a column ``decision`` that a person fills in.

The decision of a row is ``accept``, ``reject`` or nothing. The columns ``proposed en`` and ``proposed ja``
contain the pair as it was proposed: if a person changes ``en`` or ``ja``, the changed pair is accepted and
the proposed one is rejected, even if the decision is empty. The other columns are those of `glossary_table`,
and evidence for the eye, which the reader ignores.

    decision | en       | ja     | … | evidence en        | … | proposed en | proposed ja | id
    accept   | alliance | 同盟   | … | The [alliance] is… | … | alliance    | 同盟        | alliance
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence

import attrs

from alliance_ref.errors import FileProblem
from alliance_ref.exchange.tables.cells import escape_formula
from alliance_ref.exchange.tables.delimited import text_rows
from alliance_ref.exchange.tables.excel import glossary_rows, sheet_bytes
from alliance_ref.exchange.tables.glossary_table import read_table
from alliance_ref.exchange.tables.headers import column_name
from alliance_ref.exchange.tables.layout import MAX_TITLE_ROWS, Cells
from alliance_ref.records.glossary import GlossaryConcept, RejectedPair
from alliance_ref.records.values import Lang

DECISION, PROPOSED = "decision", ("proposed en", "proposed ja")
ACCEPT, REJECT = "accept", "reject"

_HEADERS = (DECISION, "判定")
_CHOICES = {
    **dict.fromkeys(("accept", "accepted", "approve", "approved", "yes", "採用"), ACCEPT),
    **dict.fromkeys(("reject", "rejected", "no", "不採用"), REJECT),
    **dict.fromkeys(("", "undecided", "保留"), ""),
}
_OF_MACHINE = frozenset(("score", "count", "uses", "en reliability", "ja reliability", "id"))
"""Columns that accepted pairs do not take over; without an id, rows with the same English are one concept."""


@attrs.frozen
class Review:
    """The decisions of a person in a table: accepted concepts and rejected pairs."""

    accepted: tuple[GlossaryConcept, ...]
    rejected: tuple[RejectedPair, ...]


def table_rows(content: str | bytes, form: str) -> list[tuple[int, Sequence[str]]]:
    """Return the numbered rows of a table in the format *form*: ``csv``, ``tsv`` or ``xlsx``."""
    if isinstance(content, bytes):
        return list(glossary_rows(content, columns=(), notices=[]))
    lines = io.StringIO(content.removeprefix("\ufeff"), newline="")
    return list(text_rows(lines, "\t" if form == "tsv" else "", title=form.upper(), notices=[]))


def read_review(
    rows: Sequence[tuple[int, Cells]], *, title: str, notices: list[FileProblem]
) -> Review | None:
    """Return the decisions in a table, or ``None`` if it has no column for decisions.

    A row whose decision is not known counts as undecided and is reported in *notices*.
    """
    at = next((place for place, (_, cells) in enumerate(rows[:MAX_TITLE_ROWS]) if _has_decision(cells)), None)
    if at is None:
        return None
    header = [cell.strip().casefold() for cell in rows[at][1]]
    kept = [place for place, name in enumerate(header) if column_name(name) not in ("", *_OF_MACHINE)]
    accepted = [(rows[at][0], [header[place] for place in kept])]
    rejected: dict[RejectedPair, None] = {}
    for number, decision, row, cells in _decided(rows[at + 1 :], header, notices):
        pair = row.get("en", ""), row.get("ja", "")
        proposed = tuple(row.get(name, "") for name in PROPOSED)
        is_changed = any(proposed) and proposed != pair
        if any(proposed) and (decision == REJECT or (is_changed and all(proposed))):
            rejected[RejectedPair(*proposed)] = None
        elif decision == REJECT and any(pair):
            rejected[RejectedPair(*pair)] = None
        if decision == ACCEPT or (is_changed and decision != REJECT):
            accepted.append((number, [cells[place] if place < len(cells) else "" for place in kept]))
    concepts = read_table(accepted, title=title, notices=notices) if len(accepted) > 1 else ()
    return Review(concepts, tuple(rejected))


def _has_decision(cells: Cells) -> bool:
    return any(cell.strip().casefold() in _HEADERS for cell in cells)


def _decided(
    rows: Sequence[tuple[int, Cells]], header: Sequence[str], notices: list[FileProblem]
) -> Iterator[tuple[int, str, dict[str, str], Cells]]:
    """Yield the number, the decision, the values by column and the cells of each row."""
    names = [
        name if name in PROPOSED else DECISION if name in _HEADERS else column_name(name) for name in header
    ]
    for number, cells in rows:
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
        given = unicodedata.normalize("NFKC", row.get(DECISION, "")).casefold()
        if given not in _CHOICES:
            notices.append(FileProblem("unknown-decision", {"decision": row[DECISION]}, row=number))
        yield number, _CHOICES.get(given, ""), row, cells


# Writing


@attrs.frozen
class ReviewRow:
    """One row of a table to review: a pair that is proposed, and its evidence."""

    en: str
    ja: str
    reading: str = ""
    count: str = ""
    score: str = ""
    evidence_en: str = ""
    evidence_ja: str = ""
    place: str = ""
    id: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the cells under `COLUMNS`; the decision is empty."""
        values = attrs.asdict(self) | {"decision": "", "proposed_en": self.en, "proposed_ja": self.ja}
        return tuple(values[name.replace(" ", "_")] for name in COLUMNS)


COLUMNS = (
    DECISION, "en", "ja", "reading", "count", "score", "evidence en", "evidence ja", "place", *PROPOSED, "id",
)  # fmt: skip
"""The columns of a table to review."""

_WIDTHS = {
    "en": 28,
    "ja": 24,
    "reading": 18,
    "count": 7,
    "score": 7,
    "evidence en": 60,
    "evidence ja": 45,
    "place": 20,
}
_DROP_DOWN = {"en": "accept,reject", "ja": "採用,不採用"}


def dumps_csv(rows: Sequence[ReviewRow]) -> str:
    """Return a table to review as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(
        [escape_formula(cell) for cell in row] for row in (COLUMNS, *(row.cells() for row in rows))
    )
    return text.getvalue()


def dumps_xlsx(rows: Sequence[ReviewRow], *, lang: Lang = "en") -> bytes:
    """Return a table to review as a workbook with a drop-down list for the decisions.

    Raises:
        MissingExtra: openpyxl is not installed.
    """
    return sheet_bytes(
        "review",
        COLUMNS,
        [row.cells() for row in rows],
        _WIDTHS,
        wrap=True,
        hidden=PROPOSED,
        choices={DECISION: _DROP_DOWN[lang]},
    )

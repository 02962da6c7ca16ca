"""Concordance: every place of a word in the passages, in its context and beside its translation (KWIC).

An entry is looked for by all of its names, a phrase as it is written, in any spelling that its key allows;
in Japanese a phrase is found inside longer words too (抑止 in 抑止力), since a reader of contexts wants
those. Contexts are sorted by the words next to the hit, Japanese ones by their readings.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from alliance_ref.arguments import check_lang, check_number
from alliance_ref.errors import quoted
from alliance_ref.html import cell, highlight, html_cell, printable
from alliance_ref.matcher.phrase_matcher import PhraseMatcher
from alliance_ref.records.annotations import ConcordanceLine
from alliance_ref.records.documents import Document
from alliance_ref.records.editions import Edition
from alliance_ref.records.entries import Entry
from alliance_ref.records.passages import AlignedUnit
from alliance_ref.records.values import LANGS, Gap, Lang
from alliance_ref.text.cell_width import first_cells, last_cells, width
from alliance_ref.text.folding import name_key
from alliance_ref.text.japanese import words
from alliance_ref.text.keys import gojuon_key
from alliance_ref.text.localization import label, translator
from alliance_ref.text.scripts import JAPANESE

Sort = Literal["right", "left", "position"]

_JAPANESE = re.compile(f"[{JAPANESE}]")
_SPACES = re.compile(r"\s+")
_TABLE = """<table class="concordance">
<thead><tr><th>{head}</th><th></th><th></th><th></th><th></th></tr></thead>
<tbody>
{rows}
</tbody>
</table>"""


class Concordance(tuple[ConcordanceLine, ...]):
    """The lines of a concordance, a tuple that can be printed and shown as HTML.

    >>> import alliance_ref as ar
    >>> print(ar.concordance("prior consultation", documents=["prior-consultation-notes-1960"], width=20))
    prior-consultation-notes-1960#1  e to be subjects of [prior consultation] with the Japanese g
                                     米軍の日本への配置における重要な変更と、その装備における重要な変更は、日本政府との〔事前協議〕の対象とする。
    """

    __slots__ = ()

    def __str__(self) -> str:
        """The lines in aligned columns, the other side of the unit below each, equivalents in 〔 〕."""
        labels = max((width(_label(line)) for line in self), default=0)
        lefts = max((width(_on_one_line(line.left)) for line in self), default=0)
        lines = []
        for line in self:
            label, left = _label(line), _on_one_line(line.left)
            before = label + " " * (labels - width(label) + 2 + lefts - width(left)) + left
            lines.append(f"{before}[{_on_one_line(line.hit)}]{_on_one_line(line.right)}".rstrip())
            lines.append(f"{' ' * labels}  {_on_one_line(_other(line))}")
        return "\n".join(lines)

    def to_html(self, *, lang: Lang = "en") -> str:
        """The lines as an HTML table, hits and equivalents marked.

        Args:
            lang: The language of what is not text of the passages: the heading, the reasons of gaps.

        >>> import alliance_ref as ar
        >>> table = ar.concordance("極東", documents=["treaty-1960"]).to_html(lang="ja")
        >>> table.splitlines()[1]
        '<thead><tr><th>段落</th><th></th><th></th><th></th><th></th></tr></thead>'
        """
        head = translator(lang).gettext("Passage")
        return _TABLE.format(head=head, rows="\n".join(_row(line, lang) for line in self))

    def _repr_html_(self) -> str:
        return self.to_html()


def concordance(
    documents: Iterable[Document | Edition],
    query: str | Entry,
    *,
    entries: Iterable[Entry] = (),
    lang: Lang | None = None,
    width: int = 40,
    sort: Sort = "right",
) -> Concordance:
    """Where the passages of *documents* say *query*, each place in its context beside the other language.

    Args:
        documents: Documents, and editions, whose passages are those of the copy.
        query: An entry, of which every name counts, or a word or phrase.
        entries: What a phrase may name: their names in the other language are marked there.
        lang: Hits in this language only.
        width: How many cells of a terminal the context on each side may take.
        sort: By the words to the ``right`` or to the ``left`` of the hit, the nearest first, English before
            Japanese; or by ``position``.

    Raises:
        ValueError: for an empty query, a negative width, or an option that does not exist.
        TypeError: for a query that is neither text nor an entry.
    """
    _check_options(query, lang, width, sort)
    documents = tuple(documents)
    for document in documents:
        if not isinstance(document, Document | Edition):
            raise TypeError(f"a document must be a Document or an Edition, not {type(document).__name__}")
    named = (query,) if isinstance(query, Entry) else tuple(entries)
    names = PhraseMatcher.from_names((name.text, name.lang, entry) for entry in named for name in entry.names)
    if isinstance(query, Entry):
        sought: PhraseMatcher[Entry | None] = PhraseMatcher.from_names(
            (name.text, name.lang, query) for name in query.names
        )
    else:
        of: Lang = "ja" if _JAPANESE.search(query) else "en"
        sought = PhraseMatcher.from_names([(query, of, named[0] if named else None)])
    boundaries = isinstance(query, Entry)
    lines = [
        line
        for document in documents
        for line in _lines(document, sought, names, lang, width, boundaries=boundaries)
    ]
    if sort != "position":
        lines = [line for _, _, line in sorted((_key(line, sort), at, line) for at, line in enumerate(lines))]
    return Concordance(lines)


def _lines(
    document: Document | Edition,
    sought: PhraseMatcher[Entry | None],
    names: PhraseMatcher[Entry],
    lang: Lang | None,
    cells: int,
    *,
    boundaries: bool,
) -> Iterator[ConcordanceLine]:
    document_id = document.document.id if isinstance(document, Edition) else document.id
    for passage in document.passages:
        for own in LANGS if lang is None else (lang,):
            texts = [unit.text(own) for unit in passage.units]
            joint = " " if own == "en" else ""
            for number, unit in enumerate(passage.units):
                text = texts[number]
                places = sought.hits(text, boundaries=boundaries) if text else ()
                for start, end, hit, called in places:
                    left = joint.join(filter(None, [*texts[:number], text[:start]]))
                    right = joint.join(filter(None, [text[end:], *texts[number + 1 :]]))
                    if joint and not text[:start] and left:
                        left += joint
                    if joint and not text[end:] and right:
                        right = joint + right
                    other, equivalents = _beside(unit, "ja" if own == "en" else "en", names)
                    yield ConcordanceLine(
                        document_id,
                        passage.id,
                        number,
                        own,
                        last_cells(left, cells),
                        hit,
                        first_cells(right, cells),
                        start,
                        end,
                        called[0].value,
                        other,
                        equivalents,
                    )


def _beside(
    unit: AlignedUnit, lang: Lang, names: PhraseMatcher[Entry]
) -> tuple[str | Gap, tuple[tuple[int, int], ...]]:
    """The other side of a unit, and where the names stand in it."""
    side = unit.en if lang == "en" else unit.ja
    if isinstance(side, Gap):
        return side, ()
    text = unit.text(lang)
    return text, tuple((start, end) for start, end, _, _ in names.hits(text))


def _key(line: ConcordanceLine, sort: Sort) -> tuple[str, list[tuple[str, str]]]:
    context = line.right if sort == "right" else line.left
    if line.lang == "en":
        found = [(word.casefold(), word) for word in re.findall(r"\w+", context)]
    else:
        found = [
            gojuon_key(word.reading or surface)
            for surface, word in words(context)
            if word.pos[:1] not in (("補助記号",), ("空白",))
        ]
    return line.lang, found if sort == "right" else found[::-1]


def _label(line: ConcordanceLine) -> str:
    return line.passage or line.document


def _on_one_line(text: str) -> str:
    return printable(_SPACES.sub(" ", text))


def _other(line: ConcordanceLine) -> str:
    if isinstance(line.other, Gap):
        return str(line.other)
    text = line.other
    for start, end in reversed(line.equivalents):
        text = f"{text[:start]}〔{text[start:end]}〕{text[end:]}"
    return text


def _row(line: ConcordanceLine, lang: Lang) -> str:
    other: Lang = "ja" if line.lang == "en" else "en"
    cells = [
        cell(_label(line)),
        cell(line.left, line.lang, style="text-align: right"),
        html_cell(highlight(line.hit, ((0, len(line.hit)),)), line.lang),
        cell(line.right, line.lang, style="text-align: left"),
    ]
    if isinstance(line.other, Gap):
        cells.append(html_cell(f"— {label('gap-reason', line.other.reason, lang)}", **{"class": "gap"}))
    else:
        cells.append(html_cell(highlight(line.other, line.equivalents), other))
    return f"<tr>{''.join(cells)}</tr>"


def _check_options(query: object, lang: object, columns: object, sort: object) -> None:
    if not isinstance(query, str | Entry):
        raise TypeError(f"the query must be text or an entry, not {type(query).__name__}")
    if isinstance(query, str) and not name_key(query):
        raise ValueError("the query is empty")
    if lang is not None:
        check_lang(lang)
    check_number(columns, "width")
    if sort not in get_args(Sort):
        raise ValueError(f"sort is {quoted(sort)}, must be 'right', 'left' or 'position'")

"""Concordance (KWIC) and attestations: the occurrences of phrases and entries in the passages.

An entry is found by all of its names; a phrase is found as written, in any spelling with the same key. In
Japanese, a phrase is also found inside longer words (抑止 in 抑止力), which readers of a concordance expect.
Lines are sorted by the words next to the hit, Japanese words by their readings.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, get_args

from alliance_ref.arguments import check_choice, check_lang, check_number, wrong_type
from alliance_ref.html import cell, concordance_table, highlight, html_cell, printable
from alliance_ref.matcher.phrase_matcher import PhraseMatcher, patterns_by_key
from alliance_ref.occurrences.patterns import MatchKind, compiled, warn_of_pattern
from alliance_ref.records.annotations import ConcordanceLine
from alliance_ref.records.entries import Entry
from alliance_ref.records.values import LANGS, Gap, Lang
from alliance_ref.text.cell_width import first_cells, last_cells, width
from alliance_ref.text.folding import name_key
from alliance_ref.text.scripts import JAPANESE

if TYPE_CHECKING:
    from alliance_ref.records.documents import Document
    from alliance_ref.records.editions import Edition, EditionPassage
    from alliance_ref.records.passages import AlignedUnit, Attestation, Passage

Sort = Literal["right", "left", "position"]

_JAPANESE = re.compile(f"[{JAPANESE}]")
_SPACES = re.compile(r"\s+")


class Concordance(tuple[ConcordanceLine, ...]):
    """The lines of a concordance, a tuple that can be printed and shown as HTML.

    >>> import alliance_ref as ar
    >>> print(ar.concordance("prior consultation", documents=["prior-consultation-notes-1960"], width=20))
    prior-consultation-notes-1960#1  e to be subjects of [prior consultation] with the Japanese g
                                     米軍の日本への配置における重要な変更と、その装備における重要な変更は、日本政府との〔事前協議〕の対象とする。
    """

    __slots__ = ()

    def __str__(self) -> str:
        """Return the lines in aligned columns, each followed by its translation with equivalents in 〔 〕."""
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
        """Return the lines as an HTML table in which hits and equivalents are highlighted.

        Args:
            lang: The language of the heading and of the reasons of gaps.

        >>> import alliance_ref as ar
        >>> table = ar.concordance("極東", documents=["treaty-1960"]).to_html(lang="ja")
        >>> table.splitlines()[1]
        '<thead><tr><th>段落</th><th></th><th></th><th></th><th></th></tr></thead>'
        """
        from alliance_ref.text.localization import translator

        head = translator(lang).gettext("Passage")
        return concordance_table(head, (_row(line, lang) for line in self))

    def _repr_html_(self) -> str:
        return self.to_html()


def concordance(
    documents: "Iterable[Document | Edition]",
    query: str | Entry,
    *,
    entries: Iterable[Entry] = (),
    lang: Lang | None = None,
    match: MatchKind = "exact",
    width: int = 40,
    sort: Sort = "right",
) -> Concordance:
    """Return every occurrence of *query* in the passages of *documents*, in context, with its translation.

    The arguments are those of `concordance_of_passages`, which it calls. The passages of an edition are those
    of the copy.

    Raises:
        InvalidType: if one of *documents* is neither a document nor an edition.
    """
    sources = list(passages_of(documents))
    return concordance_of_passages(
        sources, query, entries=entries, lang=lang, match=match, width=width, sort=sort
    )


def passages_of(
    documents: "Iterable[Document | Edition]",
) -> "Iterator[tuple[str, Iterable[Passage | EditionPassage]]]":
    """Yield the id and the passages of each document."""
    from alliance_ref.records.documents import Document
    from alliance_ref.records.editions import Edition

    for document in documents:
        if isinstance(document, Edition):
            yield document.document.id, document.passages
        elif isinstance(document, Document):
            yield document.id, document.passages
        else:
            raise wrong_type("a document", "a Document or an Edition", document)


def concordance_of_passages(
    sources: "Iterable[tuple[str, Iterable[Passage | EditionPassage]]]",
    query: str | Entry,
    *,
    entries: Iterable[Entry] = (),
    lang: Lang | None = None,
    match: MatchKind = "exact",
    width: int = 40,
    sort: Sort = "right",
) -> Concordance:
    """Return every occurrence of *query* in passages, in context, with its translation.

    Args:
        sources: The id of each document with its passages.
        query: A word or phrase, or an entry, which is found by all of its names.
        entries: The entries that a phrase may name; their names in the other language are highlighted.
        lang: Only hits in this language.
        match: ``exact`` for a phrase as written, in any spelling with the same key; ``lemma`` for its words
            in any form; ``regex`` for a regular expression.
        width: Maximum width of the context on each side, in terminal cells.
        sort: By the words to the ``right`` or to the ``left`` of the hit, the nearest first, English before
            Japanese; or by ``position``.

    Raises:
        InvalidValue: if the query is empty, or an option has an unknown value.
        InvalidType: if the query is neither text nor an entry.
    """
    _check_options(query, lang, width, sort, match)
    named = (query,) if isinstance(query, Entry) else tuple(entries)
    names = PhraseMatcher.from_names((name.text, name.lang, entry) for entry in named for name in entry.names)
    sought = _sought(query, named, match)
    lines = [
        line
        for document_id, passages in sources
        for line in _lines(document_id, passages, sought, names, lang, width)
    ]
    if sort != "position":
        lines = [
            line
            for _, _, line in sorted((line_sort_key(line, sort), at, line) for at, line in enumerate(lines))
        ]
    return Concordance(lines)


def sought_names(
    query: str | Entry, named: Sequence[Entry] = ()
) -> tuple[tuple[str, Lang, Entry | None], ...]:
    """Return the names to look for, each with its language and the entry that it names."""
    if isinstance(query, Entry):
        return tuple((name.text, name.lang, query) for name in query.names)
    return ((query, "ja" if _JAPANESE.search(query) else "en", named[0] if named else None),)


Sought = Callable[[str, Lang], "Iterable[tuple[int, int, Entry | None]]"]
"""Returns the start, end and entry of each hit in a text of a language."""


def _sought(query: str | Entry, named: Sequence[Entry], match: MatchKind) -> Sought:
    """Return the function that finds the hits of a query in a text."""
    entry = named[0] if named else None
    if isinstance(query, str) and match == "regex":
        pattern = compiled(query)
        return lambda text, _lang: [
            (found.start(), found.end(), None) for found in pattern.finditer(text) if found.group()
        ]
    if isinstance(query, str) and match == "lemma":
        from alliance_ref.occurrences.lemma_matching import lemma_spans

        return lambda text, lang: [(start, end, entry) for start, end in lemma_spans(query, text, lang)]
    matcher: PhraseMatcher[Entry | None] = PhraseMatcher(patterns_by_key(sought_names(query, named)))
    boundaries = isinstance(query, Entry)
    return lambda text, _lang: [
        (start, end, patterns[0].value)
        for start, end, _, patterns in matcher.hits(text, boundaries=boundaries)
    ]


def _lines(
    document_id: str,
    passages: "Iterable[Passage | EditionPassage]",
    sought: Sought,
    names: PhraseMatcher[Entry],
    lang: Lang | None,
    cells: int,
) -> Iterator[ConcordanceLine]:
    """Yield the lines of one document by position."""
    for passage in passages:
        for own in LANGS if lang is None else (lang,):
            texts = [unit.text(own) for unit in passage.units]
            joint = " " if own == "en" else ""
            for number, unit in enumerate(passage.units):
                text = texts[number]
                for start, end, entry in sought(text, own) if text else ():
                    left = joint.join(filter(None, [*texts[:number], text[:start]]))
                    right = joint.join(filter(None, [text[end:], *texts[number + 1 :]]))
                    if joint and not text[:start] and left:
                        left += joint
                    if joint and not text[end:] and right:
                        right = joint + right
                    other, equivalents = _other_side(unit, "ja" if own == "en" else "en", names)
                    yield ConcordanceLine(
                        document_id,
                        passage.id,
                        number,
                        own,
                        last_cells(left, cells),
                        text[start:end],
                        first_cells(right, cells),
                        start,
                        end,
                        entry,
                        other,
                        equivalents,
                    )


def _other_side(
    unit: "AlignedUnit", lang: Lang, names: PhraseMatcher[Entry]
) -> tuple[str | Gap, tuple[tuple[int, int], ...]]:
    """Return the other side of a unit, and the spans of the names in it."""
    side = unit.en if lang == "en" else unit.ja
    if isinstance(side, Gap):
        return side, ()
    text = unit.text(lang)
    return text, tuple((start, end) for start, end, _, _ in names.hits(text))


def line_sort_key(line: ConcordanceLine, sort: Sort) -> tuple[str, list[tuple[str, str]]]:
    """Return the key by which a line is sorted: its language and the words next to the hit."""
    context = line.right if sort == "right" else line.left
    if line.lang == "en":
        found = [(word.casefold(), word) for word in re.findall(r"\w+", context)]
    else:
        from alliance_ref.text.japanese.tagging import words
        from alliance_ref.text.keys import gojuon_key

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
        cell(_label(line), style="text-align: left; white-space: nowrap"),
        cell(line.left, line.lang, style="text-align: right; white-space: nowrap"),
        html_cell(
            highlight(line.hit, ((0, len(line.hit)),)), line.lang, style="white-space: nowrap; padding: 0"
        ),
        cell(line.right, line.lang, style="text-align: left; white-space: nowrap"),
    ]
    if isinstance(line.other, Gap):
        from alliance_ref.text.localization import label

        cells.append(html_cell(f"— {label('gap-reason', line.other.reason, lang)}", **{"class": "gap"}))
    else:
        cells.append(html_cell(highlight(line.other, line.equivalents), other, style="text-align: left"))
    return "".join(cells)


def _check_options(query: object, lang: object, columns: object, sort: object, match: object) -> None:
    if not isinstance(query, str | Entry):
        raise wrong_type("the query", "text or an entry", query)
    check_choice(match, "match", get_args(MatchKind))
    if isinstance(query, str) and not (query if match == "regex" else name_key(query)):
        from alliance_ref.errors import InvalidValue

        raise InvalidValue("empty-query")
    if isinstance(query, str) and match != "regex":
        warn_of_pattern(query)
    if lang is not None:
        check_lang(lang)
    check_number(columns, "width")
    check_choice(sort, "sort", get_args(Sort))


# Attestations


def attestations(entry: Entry, documents: "Iterable[Document]") -> "tuple[Attestation, ...]":
    """Return every name of *entry* in the passages that mention it, in order."""
    from alliance_ref.records.passages import Attestation

    matcher = PhraseMatcher.from_names((name.text, name.lang, None) for name in entry.names)
    return tuple(
        Attestation(passage.id, number, lang, start, end, shown)
        for document in documents
        for passage in document.passages
        if entry.id in passage.mentions
        for number, unit in enumerate(passage.units)
        for lang in LANGS
        for start, end, shown, _ in matcher.hits(unit.text(lang), lang=lang)
    )

"""Annotation: find the names of entries, or the terms of a glossary, in running text.

If several objects have the same name, all of them are kept, the most likely first. The evidence is, in order:
the given day or the nearest date in the text, other names of the object in the text, how the name is written,
and its status. A person matches the name of an office only if a date shows that he or she held it.

The pipeline (`annotate_names`) is the same for `Reference` and `Glossary`. What differs between entries and
concepts is in the subclasses of `Designation`.
"""

import datetime
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, get_args

import attrs

from alliance_ref.annotation.disambiguation import NEAR, Context, is_dated, overlaps, status_rank
from alliance_ref.annotation.links import Link, link_function
from alliance_ref.annotation.other_meanings import is_common_word, may_be_other, meant
from alliance_ref.annotation.selection import Selection
from alliance_ref.arguments import check_choice, check_lang, check_text, day_or_none
from alliance_ref.html import annotated_text, entry_list, name_link, name_tags
from alliance_ref.matcher.phrase_matcher import Hit, Overlap, Pattern, PhraseMatcher
from alliance_ref.records.annotations import Annotation, AnnotationKind
from alliance_ref.records.entries import Entry, Name
from alliance_ref.records.people import Person
from alliance_ref.records.values import LANGS, Lang, PartialDate
from alliance_ref.text.folding import name_key

if TYPE_CHECKING:
    from alliance_ref.records.glossary import GlossaryConcept, Term

A = TypeVar("A")
T = TypeVar("T", Entry, "GlossaryConcept")
N = TypeVar("N", Name, "Term")

_KINDS: tuple[AnnotationKind, ...] = get_args(AnnotationKind)


@attrs.frozen(eq=False)
class Designation(Generic[T, N]):
    """An object and one of its names, as stored in the phrase matcher.

    `office` is true if the name is that of an office that the person held.
    """

    item: T
    name: N
    office: bool = False

    @property
    def key(self) -> str:
        """The key of what the name may refer to: of several names with the same key, the best is kept."""
        return self.item.id

    @property
    def is_dated(self) -> bool:
        """Whether a date can be evidence for or against this designation."""
        raise NotImplementedError

    @property
    def frequency(self) -> int:
        """How often the name is used for the object."""
        return 0

    def may_be_written(self, shown: str) -> bool:
        """Return whether *shown*, which has the key of the name, can be the name."""
        return True

    def relevance(self, context: Context, date: PartialDate | None) -> float:
        """Return how well the designation fits the context: higher is better."""
        raise NotImplementedError


class EntryDesignation(Designation[Entry, Name]):
    """An entry and one of its names, or a person and the name of an office."""

    __slots__ = ()

    @property
    def key(self) -> str:
        """The id of the entry, with the tenure for an office."""
        return f"{self.item.id} {self.name.valid}" if self.office else self.item.id

    @property
    def is_dated(self) -> bool:
        """Whether the entry or its name has dates."""
        return is_dated(self.item, self.name)

    def relevance(self, context: Context, date: PartialDate | None) -> float:
        """Return the score of the entry in the context."""
        return context.score(self.item, self.name, date)


_Candidates = dict[str, tuple[Pattern[Any], AnnotationKind]]
"""The patterns that a span may be, by the keys of their designations, with how each is written."""

_Reading = tuple[Lang, tuple[Any, ...], tuple[Any, ...], AnnotationKind]
"""The language, objects, names and kind that all annotations of the same text and date share."""

_UNRESOLVED: _Reading = ("en", (), (), "exact")

_ALL = Selection()


class AnnotatedNames(tuple[A, ...]):
    """The annotations of a text, in order, and the text; the base of `AnnotatedText` and `AnnotatedTerms`."""

    text: str

    def __new__(cls, text: str, annotations: Iterable[A] = ()) -> Self:
        """Create a tuple of the *annotations* of *text*."""
        made = super().__new__(cls, annotations)
        made.text = text
        return made

    def __getnewargs__(self) -> tuple[str, tuple[A, ...]]:
        return self.text, tuple(self)

    def _html(self, link: Callable[[A], str | None], *, ruby: bool) -> str:
        targets = ((item, link(item)) for item in self)
        links = [self._link(item, href, ruby=ruby) for item, href in targets if href is not None]
        return annotated_text(self.text, links)

    def _link(self, item: Any, href: str, *, ruby: bool) -> tuple[int, int, str]:
        """Return a span and its link, whose title is the names of the objects in the other language."""
        title = " / ".join(self._titles(item, "ja" if item.lang == "en" else "en"))
        reading = self._reading(item) if ruby and item.kind != "inflected" else None
        markup = name_link(item.text, href=href, lang=item.lang, title=title, reading=reading)
        return item.start, item.end, markup

    def _titles(self, item: A, lang: Lang) -> Iterable[str]:
        """Return the preferred names of the objects in *lang*."""
        raise NotImplementedError

    def _reading(self, item: A) -> str | None:
        """Return the reading of the name."""
        raise NotImplementedError


class AnnotatedText(AnnotatedNames[Annotation]):
    """The annotations of a text, in order, and the text. A tuple that can be shown as HTML.

    >>> import alliance_ref as ar
    >>> found = ar.annotate("キャンプ座間へ移る。")
    >>> found.text[found[0].start : found[0].end]
    'キャンプ座間'
    >>> print(found.to_html())  # doctest: +ELLIPSIS
    <div ...><a href="#camp-zama" lang="ja" title="Camp Zama">キャンプ座間</a>へ移る。</div>
    """

    def to_html(self, *, ruby: bool = False, link: Link | None = None) -> str:
        """Return the text as HTML; each name is a link whose title is the name in the other language.

        Of nested names, the outermost is linked.

        Args:
            ruby: Whether Japanese names have their readings above them.
            link: The target of a link: a template with ``{id}``, and optionally ``{kind}`` and ``{lang}``, or
                a function that returns the target of an annotation, or ``None`` for no link. By default,
                ``#`` and the id of the first entry.

        Raises:
            InvalidValue: if a template has no ``{id}``, or other placeholders.

        >>> import alliance_ref as ar
        >>> found = ar.annotate("to Camp Zama")
        >>> print(found.to_html(link="{id}.html"))  # doctest: +ELLIPSIS
        <div ...>to <a href="camp-zama.html" lang="en" title="キャンプ座間">Camp Zama</a></div>
        """
        return self._html(link_function("#{id}" if link is None else link), ruby=ruby)

    def entries_html(self) -> str:
        """Return a list of the annotated entries as HTML: the targets of the links of `to_html`.

        >>> import alliance_ref as ar
        >>> print(ar.annotate("to Camp Zama").entries_html())
        <dl class="entries">
        <dt id="camp-zama" lang="en">Camp Zama</dt><dd lang="ja">キャンプ座間</dd>
        </dl>
        """
        return entry_list((entry.id, entry.label("en"), entry.label("ja")) for entry in self._entries())

    def _entries(self) -> list[Entry]:
        return list({item.entry.id: item.entry for item in self}.values())

    def _repr_html_(self) -> str:
        return self.to_html()

    def _titles(self, item: Annotation, lang: Lang) -> Iterable[str]:
        return [name.text for entry in item.entries if (name := entry.preferred(lang)) is not None]

    def _reading(self, item: Annotation) -> str | None:
        return item.name.reading


def entry_matcher(entries: Iterable[Entry]) -> "PhraseMatcher[EntryDesignation]":
    """Return a phrase matcher of all names of *entries*.

    If a name is that of an office, the persons who held the office match it too.
    """
    known = {entry.id: entry for entry in entries}
    return PhraseMatcher.from_names(
        (text, lang, entry_designation(reference, known.__getitem__))
        for text, lang, reference in designation_references(known.values())
    )


def designation_references(entries: Iterable[Entry]) -> Iterator[tuple[str, Lang, str]]:
    """Yield the text, the language and a reference of each name of *entries*.

    A reference is ``futenma#2`` for a name of an entry and ``koizumi-junichiro@0ja`` for the office of a
    person's tenure, both with the number from 0. `entry_designation` returns what it refers to.
    """
    entries = tuple(entries)
    keys = set()
    for entry in entries:
        for number, name in enumerate(entry.names):
            keys.add(name_key(name.text))
            yield name.text, name.lang, f"{entry.id}#{number}"
    for entry in entries:
        for number, tenure in enumerate(entry.tenures if isinstance(entry, Person) else ()):
            for lang in LANGS:
                text = tenure.office.en if lang == "en" else tenure.office.ja
                if name_key(text) in keys:
                    yield text, lang, f"{entry.id}@{number}{lang}"


def entry_designation(reference: str, entry_of: Callable[[str], Entry]) -> EntryDesignation:
    """Return the designation that a reference from `designation_references` refers to."""
    entry_id, is_name, number = reference.partition("#")
    if is_name:
        entry = entry_of(entry_id)
        return EntryDesignation(entry, entry.names[int(number)])
    entry_id, _, office = reference.partition("@")
    person = entry_of(entry_id)
    assert isinstance(person, Person)
    tenure = person.tenures[int(office[:-2])]
    lang: Lang = "en" if office.endswith("en") else "ja"
    text = tenure.office.en if lang == "en" else tenure.office.ja
    return EntryDesignation(person, Name(text, lang, "admitted", valid=tenure.period), office=True)


def annotate(
    matcher: "PhraseMatcher[EntryDesignation]",
    text: str,
    *,
    lang: Lang | None = None,
    overlap: Overlap = "longest",
    boundaries: bool = True,
    as_of: datetime.date | str | None = None,
    selection: Selection = _ALL,
) -> AnnotatedText:
    """Return the names that *matcher* finds in *text*, in order, with offsets into *text* as given.

    Args:
        matcher: The names, from `entry_matcher`.
        text: English, Japanese or both mixed.
        lang: Only names in this language.
        overlap: ``longest`` for the leftmost and longest names, ``all`` for nested names too.
        boundaries: Whether a Japanese name must begin and end at a token boundary and not be part of the
            longer name of an organization (防衛 in 防衛大学校). English names always begin and end with a
            word.
        as_of: The day that the text is about; by default, the dates in the text are used.
        selection: Which names are wanted.

    Raises:
        InvalidType: if *text* is not text, or *as_of* is not a day.
        InvalidValue: if an option has an unknown value.
    """
    found = annotate_names(
        matcher,
        text,
        Annotation,
        lang=lang,
        overlap=overlap,
        boundaries=boundaries,
        as_of=as_of,
        select=_meant_hits if boundaries else None,
        accept=selection.by_designation,
    )
    return AnnotatedText(text, found if selection == _ALL else selection.of(found))


def annotate_page(
    matcher: "PhraseMatcher[EntryDesignation]",
    page: str,
    *,
    lang: Lang | None = None,
    as_of: datetime.date | str | None = None,
    selection: Selection = _ALL,
) -> list[tuple[Annotation, list[tuple[int, int]]]]:
    """Return the names in the text of an HTML page, each with the spans of the source that it consists of.

    The annotations have offsets into *page*: ``page[start:end]`` is `text`, with any tags in it.
    """
    from alliance_ref.annotation.pages import page_text

    check_text(page, "the page")
    source = page_text(page)
    everything = attrs.evolve(selection, min_length=1, first_only=False)
    names = annotate(matcher, source.text, lang=lang, as_of=as_of, selection=everything)
    spans = {item.start: source.spans(item.start, item.end) for item in names}
    placed = []
    for item in selection.of(item for item in names if spans[item.start]):
        found = spans[item.start]
        start, end = found[0][0], found[-1][1]
        placed.append((attrs.evolve(item, start=start, end=end, text=page[start:end]), found))
    return placed


def annotate_html(
    matcher: "PhraseMatcher[EntryDesignation]",
    page: str,
    *,
    link: Link | None = None,
    lang: Lang | None = None,
    as_of: datetime.date | str | None = None,
    selection: Selection = _ALL,
) -> str:
    """Return an HTML page with the names in its text marked; see `Reference.annotate_html`."""
    from alliance_ref.annotation.pages import annotated_page

    target = link_function(link) if link is not None else None
    marked = []
    for item, spans in annotate_page(matcher, page, lang=lang, as_of=as_of, selection=selection):
        href = target(item) if target is not None else None
        if target is None or href is not None:
            other: Lang = "ja" if item.lang == "en" else "en"
            title = " / ".join(name.text for entry in item.entries if (name := entry.preferred(other)))
            tags = name_tags(item.entry.id, href=href, lang=item.lang, title=title)
            marked.append((tags, spans))
    return annotated_page(page, marked)


def annotate_names(
    matcher: "PhraseMatcher[Any]",
    text: str,
    record: Callable[..., A],
    *,
    lang: Lang | None,
    overlap: Overlap,
    boundaries: bool,
    as_of: datetime.date | str | None,
    select: Callable[[str, Iterable[Hit[Any]]], Iterator[Hit[Any]]] | None = None,
    accept: Callable[[Designation[Any, Any]], bool] | None = None,
) -> list[A]:
    """Return the annotations of *text* as instances of *record*.

    Args:
        matcher: A phrase matcher whose values are designations.
        text: The text.
        record: `Annotation`, or a class with the same fields in the same order.
        lang: See `annotate`.
        overlap: See `annotate`.
        boundaries: See `annotate`.
        as_of: See `annotate`.
        select: Returns the hits that can be meant in the text, with the patterns that can be meant.
        accept: Returns whether a designation is wanted. The others still count as context.
    """
    day = _check_options(text, lang, overlap, as_of)
    hits = matcher.hits(text, lang=lang, overlap=overlap, boundaries=boundaries, compounds=boundaries)
    found = list(hits if select is None else select(text, hits))
    if not found:
        return []
    starts, ends, texts, patterns = zip(*found, strict=True)
    first: dict[str, tuple[Pattern[Any], ...]] = {}
    # The same text has the same candidates, unless the words around it exclude some.
    keys = [
        shown if first.setdefault(shown, known) is known else (shown, known)
        for shown, known in zip(texts, patterns, strict=True)
    ]
    candidates = {
        key: _candidates(shown, known)
        for key, (shown, known) in dict(zip(keys, zip(texts, patterns, strict=True), strict=True)).items()
    }
    certain = {key: reading for key, known in candidates.items() if (reading := _certain(known))}
    readings = list(map(certain.get, keys, repeat(_UNRESOLVED)))
    if len(certain) < len(candidates):
        _resolve(readings, text, (starts, ends, keys), candidates, certain, day, accept)
    if accept is not None:
        unwanted = {
            key for key in certain if not any(accept(one.value) for one, _ in candidates[key].values())
        }
        readings = [
            _UNRESOLVED if key in unwanted else reading for key, reading in zip(keys, readings, strict=True)
        ]
    return [
        record(start, end, shown, *reading)
        for start, end, shown, reading in zip(starts, ends, texts, readings, strict=True)
        if reading[1]
    ]


def _resolve(
    readings: list[_Reading],
    text: str,
    columns: tuple[Sequence[int], Sequence[int], Sequence[Hashable]],
    candidates: dict[Hashable, _Candidates],
    certain: dict[Hashable, _Reading],
    as_of: datetime.date | None,
    accept: Callable[[Designation[Any, Any]], bool] | None,
) -> None:
    """Rank the candidates of each ambiguous span in its context and put the result into *readings*."""
    starts, ends, keys = columns
    named = {objects[0].id for _, objects, _, _ in certain.values()}
    dated = {key for key, known in candidates.items() if key not in certain and _is_dated(known)}
    context = Context.of(text, as_of, named) if dated else Context((), None, named)
    ranked: dict[tuple[Hashable, PartialDate | None, bool], _Reading] = {}
    for at in [at for at, reading in enumerate(readings) if reading is _UNRESOLVED]:
        key = keys[at]
        date, distance = context.near(starts[at], ends[at]) if key in dated else (None, 0)
        asked = key, date, distance <= NEAR
        if asked not in ranked:
            wanted = candidates[key]
            if accept is not None:
                wanted = {name: found for name, found in wanted.items() if accept(found[0].value)}
            ranked[asked] = _ranked(date, distance <= NEAR, wanted, context)
        readings[at] = ranked[asked]


def _meant_hits(text: str, hits: Iterable[Hit[EntryDesignation]]) -> Iterator[Hit[EntryDesignation]]:
    """Yield the hits whose names the text may mean, see `alliance_ref.annotation.other_meanings`."""
    examined: dict[str, bool | None] = {}  # None: a common word; True: the text around it must be examined
    for hit in hits:
        start, end, shown, known = hit
        if shown not in examined:
            names, items = zip(*((one.value.name.text, one.value.item) for one in known), strict=True)
            is_common = is_common_word(shown, names, (item.kind for item in items))
            examined[shown] = None if is_common else may_be_other(shown, items)
        examine = examined[shown]
        if examine:
            entries = list(
                {one.value.item.id: one.value.item for one in known if not one.value.office}.values()
            )
            ids = {entry.id for entry in meant(text, start, end, entries)}
            if len(ids) < len(entries):
                known = tuple(one for one in known if one.value.office or one.value.item.id in ids)
        if examine is not None and known:
            yield start, end, shown, known


def _certain(candidates: _Candidates) -> _Reading | None:
    """Return the reading of a span with only one candidate."""
    if len(candidates) != 1:
        return None
    ((known, kind),) = candidates.values()
    return None if known.value.office else (known.lang, (known.value.item,), (known.value.name,), kind)


def _is_dated(candidates: _Candidates) -> bool:
    """Return whether a date can help to choose between the candidates."""
    return any(known.value.office or known.value.is_dated for known, _ in candidates.values())


def _candidates(shown: str, found: Iterable[Pattern[Any]]) -> _Candidates:
    """Return the best pattern for each key, with how it is written."""
    best: _Candidates = {}
    for known in found:
        designation = known.value
        if not designation.may_be_written(shown):
            continue
        kind: AnnotationKind = "variant"
        if known.inflected:
            if designation.office:
                continue  # a plural such as "ministers" does not refer to one holder
            kind = "inflected"
        elif designation.name.status == "abbreviation":
            kind = "abbreviation"
        elif unicodedata.normalize("NFC", shown) == designation.name.text:
            kind = "exact"
        key = designation.key
        if key not in best or _order(known, kind) < _order(*best[key]):
            best[key] = known, kind
    return best


def _order(known: Pattern[Any], kind: AnnotationKind) -> tuple[int, int]:
    return _KINDS.index(kind), status_rank(known.value.name)


def _ranked(date: PartialDate | None, near: bool, candidates: _Candidates, context: Context) -> _Reading:
    """Return the objects that a span may refer to, the most likely first; empty if none can be meant."""
    ranked = []
    for known, kind in candidates.values():
        found = known.value
        if found.office and (
            date is None or not near or found.name.valid.start is None or not overlaps(found.name.valid, date)
        ):
            continue
        rank = (-found.relevance(context, date), *_order(known, kind), -found.frequency)
        ranked.append((rank, known, kind))
    ranked.sort(key=itemgetter(0))
    best: dict[str, tuple[Pattern[Any], AnnotationKind]] = {}
    for _, known, kind in ranked:
        best.setdefault(known.value.item.id, (known, kind))
    if not best:
        return _UNRESOLVED
    chosen = list(best.values())
    objects = tuple(known.value.item for known, _ in chosen)
    return chosen[0][0].lang, objects, tuple(known.value.name for known, _ in chosen), chosen[0][1]


def _check_options(text: object, lang: object, overlap: object, as_of: object) -> datetime.date | None:
    """Check the arguments and return *as_of* as a date."""
    check_text(text)
    if lang is not None:
        check_lang(lang)
    check_choice(overlap, "overlap", get_args(Overlap))
    return day_or_none(as_of)

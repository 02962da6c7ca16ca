"""Annotating: the names of the reference in running text, each with what it may mean there.

Where several entries are called the same all of them are kept, the likeliest first. What makes one likely is
the date: the day asked for or else the date nearest in the text; then whether the text names the entry by
another of its names; then the standing of the name. A person is called by an office only where a date says
that he or she held it.
"""

import datetime
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from operator import itemgetter
from typing import Self, get_args

import attrs

from alliance_ref.annotation.disambiguation import NEAR, Context, is_dated, overlaps, standing
from alliance_ref.arguments import check_lang, check_text, day_or_none
from alliance_ref.errors import quoted
from alliance_ref.html import annotated_text, name_link
from alliance_ref.matcher.family_names import is_part_of_more, may_be_family_name
from alliance_ref.matcher.phrase_matcher import Known, Overlap, Spotter
from alliance_ref.records.annotations import Annotation, AnnotationKind
from alliance_ref.records.entries import Entry, Name
from alliance_ref.records.people import Person
from alliance_ref.records.values import Lang, PartialDate
from alliance_ref.text.keys import name_key

_Share = tuple[Lang, tuple[Entry, ...], tuple[Name, ...], AnnotationKind]
"""What all annotations of one stretch of text share."""

_UNTOLD: _Share = ("en", (), (), "exact")

_Choices = dict[str, tuple[Known["Called"], AnnotationKind]]
"""What may be meant, with how each is written."""

_KINDS: tuple[AnnotationKind, ...] = get_args(AnnotationKind)


@attrs.frozen(eq=False)
class Called:
    """An entry and one of its names; `office` if it is the name of an office that a person held."""

    entry: Entry
    name: Name
    office: bool = False


def _anchor(annotation: Annotation) -> str:
    return f"#{annotation.entry.id}"


def _link(item: Annotation, *, href: str, ruby: bool) -> str:
    """Return the name as a link; its title is the name of the entries in the other language."""
    other: Lang = "ja" if item.lang == "en" else "en"
    names = [entry.preferred(other) for entry in item.entries]
    title = " / ".join(name.text for name in names if name is not None)
    reading = item.name.reading if ruby and item.kind != "inflected" else None
    return name_link(item.text, href=href, lang=item.lang, title=title, reading=reading)


class AnnotatedText(tuple[Annotation, ...]):
    """The annotations of a text, in order, and the text. A tuple that can be shown as HTML.

    >>> import alliance_ref as ar
    >>> found = ar.annotate("キャンプ座間へ移る。")
    >>> found.text[found[0].start : found[0].end]
    'キャンプ座間'
    >>> print(found.to_html())  # doctest: +ELLIPSIS
    <div ...><a href="#camp-zama" lang="ja" title="Camp Zama">キャンプ座間</a>へ移る。</div>
    """

    text: str

    def __new__(cls, text: str, annotations: Iterable[Annotation] = ()) -> Self:
        """The *annotations* of *text*."""
        made = super().__new__(cls, annotations)
        made.text = text
        return made

    def __getnewargs__(self) -> tuple[str, tuple[Annotation, ...]]:
        return self.text, tuple(self)

    def to_html(self, *, ruby: bool = False, link: Callable[[Annotation], str] = _anchor) -> str:
        """The text as HTML, each name a link with what it is called in the other language.

        Of names inside names the outermost are shown.

        Args:
            ruby: Whether Japanese names have their readings above them.
            link: What a link leads to, for an annotation; by default ``#`` and the id of its first entry.

        >>> import alliance_ref as ar
        >>> found = ar.annotate("to Camp Zama")
        >>> print(found.to_html(link=lambda item: f"{item.entry.id}.html"))  # doctest: +ELLIPSIS
        <div ...>to <a href="camp-zama.html" lang="en" title="キャンプ座間">Camp Zama</a></div>
        """
        links = [(item.start, item.end, _link(item, href=link(item), ruby=ruby)) for item in self]
        return annotated_text(self.text, links)

    def _repr_html_(self) -> str:
        return self.to_html()


def spotter_of(entries: Iterable[Entry]) -> Spotter[Called]:
    """A spotter of all names of *entries*.

    Where a name is that of an office, the persons among them who held it are called so too.
    """
    return Spotter((called.name.text, called.name.lang, called) for called in _called(tuple(entries)))


def _called(entries: tuple[Entry, ...]) -> Iterator[Called]:
    keys = set()
    for entry in entries:
        for name in entry.names:
            keys.add(name_key(name.text))
            yield Called(entry, name)
    for entry in entries:
        for tenure in entry.tenures if isinstance(entry, Person) else ():
            offices: tuple[tuple[str, Lang], ...] = ((tenure.office.en, "en"), (tenure.office.ja, "ja"))
            for text, lang in offices:
                if name_key(text) in keys:
                    yield Called(entry, Name(text, lang, "admitted", valid=tenure.period), office=True)


def annotate(
    spotter: Spotter[Called],
    text: str,
    *,
    lang: Lang | None = None,
    overlap: Overlap = "longest",
    boundaries: bool = True,
    as_of: datetime.date | str | None = None,
) -> AnnotatedText:
    """The names that *spotter* knows in *text*, in order, with offsets into *text* as given.

    Args:
        spotter: The names, from :func:`spotter_of`.
        text: English, Japanese or both mixed.
        lang: Names of this language only.
        overlap: ``longest`` for the leftmost and longest names, ``all`` for those inside others too.
        boundaries: Whether a Japanese name must begin and end with a token and stand in no name of a body
            that is longer (防衛 in 防衛大学校). English names always begin and end with a word.
        as_of: The day the text speaks of, a date or as ``2005-04-14``; without it, its dates tell.

    Raises:
        TypeError: if *text* is no text, or *as_of* no day.
        ValueError: for a language or way of overlapping that does not exist.
    """
    as_of = check_annotating(text, lang, overlap, as_of)
    found = list(
        spotter.places(text, lang=lang, overlap=overlap, boundaries=boundaries, compounds=boundaries)
    )
    if boundaries:
        found = [place for place in found if not _means_another(text, place[0], place[1], place[3])]
    if not found:
        return AnnotatedText(text)
    starts, ends, texts, called = zip(*found, strict=True)
    choices = {
        shown: _choices(shown, known) for shown, known in dict(zip(texts, called, strict=True)).items()
    }
    certain = {shown: share for shown, known in choices.items() if (share := _certain(known))}
    shares = list(map(certain.get, texts, repeat(_UNTOLD)))
    if len(certain) == len(choices):
        return AnnotatedText(text, _made(starts, ends, texts, shares))
    named = {entries[0].id for _, entries, _, _ in certain.values()}
    told = {shown for shown, known in choices.items() if shown not in certain and not _is_timeless(known)}
    context = Context.of(text, as_of, named) if told else Context((), None, named)
    ranked: dict[tuple[str, PartialDate | None, bool], _Share] = {}
    for at in [at for at, share in enumerate(shares) if share is _UNTOLD]:
        shown = texts[at]
        date, distance = context.near(starts[at], ends[at]) if shown in told else (None, 0)
        asked = shown, date, distance <= NEAR
        if asked not in ranked:
            ranked[asked] = _ranked(*asked, choices[shown], context)
        shares[at] = ranked[asked]
    annotations = _made(starts, ends, texts, shares)
    return AnnotatedText(text, (item for item in annotations if item.entries))


_PROPER = frozenset(("person", "place", "organization"))


def _means_another(text: str, start: int, end: int, found: Iterable[Known[Called]]) -> bool:
    """Whether a proper name only seems to stand there: rice, 市町村, カレーライス.

    English proper names keep their capital; Japanese family names alone are told in ``family_names``.
    """
    kinds = {known.value.entry.kind for known in found}
    shown = text[start:end]
    if kinds <= _PROPER and shown[0].islower() and all(k.value.name.text[0].isupper() for k in found):
        return True
    return kinds == {"person"} and may_be_family_name(shown) and is_part_of_more(text, start, end)


def _made(
    starts: Iterable[int], ends: Iterable[int], texts: Sequence[str], shares: Sequence[_Share]
) -> list[Annotation]:
    """Annotations made field by field, which for many is several times as fast as one by one."""
    made = list(map(object.__new__, repeat(Annotation, len(texts))))
    columns = starts, ends, texts, *(map(itemgetter(at), shares) for at in range(4))
    for field, column in zip(Annotation.__match_args__, columns, strict=True):
        deque(map(getattr(Annotation, field).__set__, made, column), maxlen=0)
    return made


def _certain(choices: _Choices) -> _Share | None:
    """What is meant where only one thing can be."""
    if len(choices) != 1:
        return None
    ((known, kind),) = choices.values()
    return None if known.value.office else (known.lang, (known.value.entry,), (known.value.name,), kind)


def _is_timeless(choices: _Choices) -> bool:
    """Whether dates say nothing of what is meant."""
    called = [known.value for known, _ in choices.values()]
    return not any(one.office or is_dated(one.entry, one.name) for one in called)


def _choices(shown: str, found: Iterable[Known[Called]]) -> _Choices:
    """The names that may be meant, one for each entry and office, with how each is written."""
    best: _Choices = {}
    for known in found:
        called, name = known.value, known.value.name
        kind: AnnotationKind = "variant"
        if known.inflected:
            if called.office:
                continue  # several ministers are none in particular
            kind = "inflected"
        elif name.status == "abbreviation":
            kind = "abbreviation"
        elif unicodedata.normalize("NFC", shown) == name.text:
            kind = "exact"
        key = f"{called.entry.id} {name.valid}" if called.office else called.entry.id
        if key not in best or _order(known, kind) < _order(*best[key]):
            best[key] = known, kind
    return best


def _order(known: Known[Called], kind: AnnotationKind) -> tuple[int, int]:
    return _KINDS.index(kind), standing(known.value.name)


def _ranked(
    shown: str,
    date: PartialDate | None,
    near: bool,
    choices: _Choices,
    context: Context,
) -> "_Share":
    """What *shown* means beside a date, where several entries may be meant; no entries if none can be."""
    ranked: dict[str, tuple[tuple[float, int, int], Known[Called], AnnotationKind]] = {}
    for known, kind in choices.values():
        entry, name = known.value.entry, known.value.name
        if known.value.office and (
            date is None or not near or name.valid.start is None or not overlaps(name.valid, date)
        ):
            continue
        rank = (-context.score(entry, name, date), *_order(known, kind))
        if entry.id not in ranked or rank < ranked[entry.id][0]:
            ranked[entry.id] = rank, known, kind
    best = sorted(ranked.values(), key=lambda item: item[0])
    lang, kind = (best[0][1].lang, best[0][2]) if best else ("en", "exact")
    entries = tuple(known.value.entry for _, known, _ in best)
    return lang, entries, tuple(known.value.name for _, known, _ in best), kind


def check_annotating(text: object, lang: object, overlap: object, as_of: object) -> datetime.date | None:
    """Refuse what can only be a mistake; gives back *as_of* as a day."""
    check_text(text)
    if lang is not None:
        check_lang(lang)
    if overlap not in get_args(Overlap):
        raise ValueError(f"overlap is {quoted(overlap)}, must be 'longest' or 'all'")
    return day_or_none(as_of)

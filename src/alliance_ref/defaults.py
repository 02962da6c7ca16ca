"""The most used calls on the shipped reference, as ``alliance_ref.lookup(...)`` and the like."""

import datetime
from inspect import cleandoc
from os import PathLike
from typing import TYPE_CHECKING, TypeVar

from alliance_ref.reference import Reference, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from alliance_ref.annotation.annotator import AnnotatedText
    from alliance_ref.matcher.phrase_matcher import Overlap
    from alliance_ref.occurrences.concordance import Concordance, Sort
    from alliance_ref.occurrences.timeline import Timeline
    from alliance_ref.records.documents import Document
    from alliance_ref.records.editions import Edition
    from alliance_ref.records.entries import Entry, EntryKind
    from alliance_ref.records.matches import Match
    from alliance_ref.records.passages import Passage
    from alliance_ref.records.timeline import OfficeHolder
    from alliance_ref.records.topics import Topic, TopicKind
    from alliance_ref.records.translations import Translation
    from alliance_ref.records.values import Lang


F = TypeVar("F", bound="Callable[..., object]")


def _documented(function: F) -> F:
    """The function, with what the method of its name says of arguments, results and errors."""
    own, _, example = cleandoc(function.__doc__ or "").partition("\n\n>>>")
    method = cleandoc(getattr(Reference, function.__name__).__doc__).partition("\n\n>>>")[0]
    _, *details = method.split("\n\n")
    function.__doc__ = "\n\n".join([own, *details, f">>>{example}"])
    return function


@_documented
def lookup(
    query: str,
    *,
    lang: "Lang | None" = None,
    kinds: "Iterable[EntryKind] | None" = None,
    as_of: datetime.date | str | None = None,
    limit: int = 10,
) -> "tuple[Match, ...]":
    """Entries of the shipped reference that *query* names: :meth:`Reference.lookup`.

    >>> import alliance_ref as ar
    >>> ar.lookup("普天間")[0].entry.id
    'futenma'
    """
    return load().lookup(query, lang=lang, kinds=kinds, as_of=as_of, limit=limit)


@_documented
def suggest(
    prefix: str,
    *,
    lang: "Lang | None" = None,
    kinds: "Iterable[EntryKind] | None" = None,
    limit: int = 10,
) -> "tuple[Match, ...]":
    """Entries of the shipped reference whose name begins so: :meth:`Reference.suggest`.

    >>> import alliance_ref as ar
    >>> "camp-zama" in [match.entry.id for match in ar.suggest("camp z")]
    True
    """
    return load().suggest(prefix, lang=lang, kinds=kinds, limit=limit)


@_documented
def translate(query: "str | Entry", *, to: "Lang", as_of: datetime.date | str | None = None) -> "Translation":
    """What a name of the shipped reference is in the other language: :meth:`Reference.translate`.

    >>> import alliance_ref as ar
    >>> str(ar.translate("キャンプ座間", to="en"))
    'Camp Zama'
    """
    return load().translate(query, to=to, as_of=as_of)


@_documented
def annotate(
    text: str,
    *,
    lang: "Lang | None" = None,
    overlap: "Overlap" = "longest",
    boundaries: bool = True,
    as_of: datetime.date | str | None = None,
) -> "AnnotatedText":
    """The names of the shipped reference in running text: :meth:`Reference.annotate`.

    >>> import alliance_ref as ar
    >>> [item.text for item in ar.annotate("日米同盟と抑止力")]
    ['日米同盟', '抑止力']
    """
    return load().annotate(text, lang=lang, overlap=overlap, boundaries=boundaries, as_of=as_of)


@_documented
def concordance(
    query: "str | Entry",
    *,
    lang: "Lang | None" = None,
    width: int = 40,
    sort: "Sort" = "right",
    documents: "Iterable[str | Document | Edition] | None" = None,
) -> "Concordance":
    """Every place of a word in the passages of the shipped reference: :meth:`Reference.concordance`.

    >>> import alliance_ref as ar
    >>> len(ar.concordance("抑止", lang="ja")) > 5
    True
    """
    return load().concordance(query, lang=lang, width=width, sort=sort, documents=documents)


@_documented
def entry(entry_id: str) -> "Entry":
    """The entry of the shipped reference that has this id: :meth:`Reference.entry`.

    >>> import alliance_ref as ar
    >>> print(ar.entry("camp-zama"))
    Camp Zama
    """
    return load().entry(entry_id)


@_documented
def entries(*, kind: "EntryKind | None" = None) -> "tuple[Entry, ...]":
    """Entries of the shipped reference, all or of one kind: :meth:`Reference.entries`.

    >>> import alliance_ref as ar
    >>> len(ar.entries(kind="person")) > 10
    True
    """
    return load().entries(kind=kind)


@_documented
def document(document_id: str) -> "Document":
    """The document of the shipped reference that has this id: :meth:`Reference.document`.

    >>> import alliance_ref as ar
    >>> str(ar.document("magosaki-2006").issued)
    '2006-07-11'
    """
    return load().document(document_id)


@_documented
def documents() -> "tuple[Document, ...]":
    """All documents of the shipped reference, the earliest first: :meth:`Reference.documents`.

    >>> import alliance_ref as ar
    >>> "halloran-2005" in [document.id for document in ar.documents()]
    True
    """
    return load().documents()


@_documented
def passage(passage_id: str) -> "Passage":
    """The passage of the shipped reference that has this id: :meth:`Reference.passage`.

    >>> import alliance_ref as ar
    >>> ar.passage("halloran-2005#1").role
    'paragraph'
    """
    return load().passage(passage_id)


@_documented
def topics(*, kind: "TopicKind | None" = None) -> "tuple[Topic, ...]":
    """Questions followed through the documents of the shipped reference: :meth:`Reference.topics`.

    >>> import alliance_ref as ar
    >>> {topic.kind for topic in ar.topics()} == {"agenda", "comparison"}
    True
    """
    return load().topics(kind=kind)


@_documented
def topic(topic_id: str) -> "Topic":
    """The topic of the shipped reference that has this id: :meth:`Reference.topic`.

    >>> import alliance_ref as ar
    >>> ar.topic("united-nations-role").kind
    'comparison'
    """
    return load().topic(topic_id)


@_documented
def timeline(
    *,
    start: datetime.date | str | None = None,
    end: datetime.date | str | None = None,
    kind: "EntryKind | None" = None,
    lang: "Lang" = "en",
) -> "Timeline":
    """What is dated in the shipped reference, the earliest first: :meth:`Reference.timeline`.

    >>> import datetime, alliance_ref as ar
    >>> day = datetime.date(2007, 1, 9)
    >>> for item in ar.timeline(start=day, end=day): print(item)
    9 January 2007  transition from the Defense Agency to the Ministry of Defense
    """
    return load().timeline(start=start, end=end, kind=kind, lang=lang)


@_documented
def office_holders(office: str, *, as_of: datetime.date | str | None = None) -> "tuple[OfficeHolder, ...]":
    """Who held an office, by the shipped reference: :meth:`Reference.office_holders`.

    >>> import datetime, alliance_ref as ar
    >>> [found] = ar.office_holders("Secretary of State", as_of=datetime.date(2005, 4, 14))
    >>> found.person.label("ja")
    'コンドリーザ・ライス'
    """
    return load().office_holders(office, as_of=as_of)


@_documented
def read_copy(copy: str | bytes | PathLike[str]) -> "Edition":
    r"""The edition that a copy of a document is: :meth:`Reference.read_copy`.

    >>> import alliance_ref as ar
    >>> try:
    ...     ar.read_copy("An ode to autumn.\nNothing else.")
    ... except ar.errors.UnrecognizedCopy as error:
    ...     print(error)
    <text>: no paragraph of this text belongs to a document of the reference
    """
    return load().read_copy(copy)

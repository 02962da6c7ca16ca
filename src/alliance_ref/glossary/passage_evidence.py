"""The evidence of the passages: where an entry's names stand on both sides of an aligned unit."""

from collections.abc import Iterable

import attrs

from alliance_ref.matcher.phrase_matcher import PhraseMatcher
from alliance_ref.records.documents import Document
from alliance_ref.records.entries import Entry
from alliance_ref.records.glossary import Occurrence, PairAttestation, Rendering, Use
from alliance_ref.records.passages import AlignedUnit, Passage
from alliance_ref.records.values import LANGS, Lang

_Called = tuple[str, str]
"""An entry's id and the text of one of its names."""


@attrs.frozen
class _Place:
    name: str
    at: Occurrence


@attrs.define
class _Seen:
    """What is known so far of one pair of names."""

    attestations: list[PairAttestation] = attrs.Factory(list)
    uses: dict[str, int] = attrs.Factory(dict)


def renderings(entries: Iterable[Entry], documents: Iterable[Document]) -> dict[str, tuple[Rendering, ...]]:
    """The renderings of *entries* by their ids, with the places in the passages of *documents*.

    A name counts in the passages that mention its entry. Of several in one unit the first English one goes
    with the first Japanese one, and so on.
    """
    matcher: PhraseMatcher[_Called] = PhraseMatcher.from_names(
        (name.text, name.lang, (entry.id, name.text)) for entry in entries for name in entry.names
    )
    dates = {}
    seen: dict[str, dict[_Called, _Seen]] = {}
    for document in documents:
        dates[document.id] = document.issued
        for passage in document.passages:
            mentioned = frozenset(passage.mentions)
            for number, unit in enumerate(passage.units):
                en, ja = (_places(matcher, unit, lang, mentioned) for lang in LANGS)
                for entry_id in en:
                    _note(
                        seen.setdefault(entry_id, {}),
                        document.id,
                        passage,
                        number,
                        en[entry_id],
                        ja.get(entry_id, ()),
                    )
    return {
        entry_id: tuple(
            Rendering(
                en,
                ja,
                count=sum(found.uses.values()),
                attestations=tuple(found.attestations),
                uses=tuple(Use(document, count, dates[document]) for document, count in found.uses.items()),
            )
            for (en, ja), found in pairs.items()
        )
        for entry_id, pairs in seen.items()
    }


def _places(
    matcher: PhraseMatcher[_Called], unit: AlignedUnit, lang: Lang, mentioned: frozenset[str]
) -> dict[str, list[_Place]]:
    found: dict[str, list[_Place]] = {}
    for start, end, shown, names in matcher.hits(unit.text(lang), lang=lang, compounds=True):
        # A name in another spelling is found beside the one spelled so: that one comes first.
        for known in sorted(names, key=lambda known: (known.text != shown, known.inflected)):
            entry_id, name = known.value
            places = found.setdefault(entry_id, [])
            if entry_id in mentioned and not (places and places[-1].at.start == start):
                places.append(_Place(name, Occurrence(start, end, shown)))
    return found


def _note(
    pairs: dict[_Called, _Seen],
    document: str,
    passage: Passage,
    unit: int,
    en: Iterable[_Place],
    ja: Iterable[_Place],
) -> None:
    here = set()
    for one, other in zip(en, ja, strict=False):
        pair = one.name, other.name
        found = pairs.setdefault(pair, _Seen())
        found.attestations.append(PairAttestation(passage.id, unit, one.at, other.at))
        if pair not in here:
            here.add(pair)
            found.uses[document] = found.uses.get(document, 0) + 1

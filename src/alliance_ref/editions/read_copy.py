"""Read a copy of a document as an edition that accounts for every character.

The document is recognized first. Then its complete paragraphs, its front matter and its damaged paragraphs
are located; the rest is boilerplate or unknown.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from os import PathLike

import attrs

from alliance_ref.alignment import align
from alliance_ref.editions.boilerplate import is_boilerplate, states_date
from alliance_ref.editions.fingerprints import fold
from alliance_ref.editions.paragraph_matching import (
    MIN_CONTAINMENT,
    Candidate,
    Found,
    Stream,
    Target,
    UnmatchedSpan,
    blocks,
    candidates,
    nearest,
    paragraphs,
    targets_of,
)
from alliance_ref.editions.repairs import (
    character_repairs,
    has_straight_quotes,
    quote_repairs,
    repaired,
    wrap_repairs,
)
from alliance_ref.errors import UnrecognizedCopy, WrongLanguage
from alliance_ref.records.documents import Document
from alliance_ref.records.editions import (
    Edition,
    EditionLine,
    EditionPassage,
    LocatedCorrection,
    PassageText,
    Repair,
    SetAside,
    Span,
    SpanKind,
    TextStatus,
)
from alliance_ref.records.passages import AlignedUnit, Passage
from alliance_ref.records.values import LANGS, Gap, Lang
from alliance_ref.text.encodings import load_copy
from alliance_ref.text.scripts import JAPANESE
from alliance_ref.text.sentence_splitting import sentences


def read_copy(copy: str | bytes | PathLike[str], documents: Iterable[Document]) -> Edition:
    """Return the edition of a copy of one of the *documents*; see `Reference.read_copy`."""
    source, encoding, where = load_copy(copy)
    by_id = {document.id: document for document in documents}
    stream = Stream(source)
    targets = targets_of(by_id.values())
    document = by_id[_recognized(stream, targets, where)]
    builder = _EditionBuilder(source, document)
    builder.assign(stream, targets)
    return builder.edition(encoding)


def _recognized(stream: Stream, targets: Sequence[Target], where: str) -> str:
    """Return the id of the document to which most of the copy belongs."""
    votes: dict[str, int] = {}
    for found in stream.verified(targets):
        votes[found.target.document] = votes.get(found.target.document, 0) + found.target.fingerprint.length
    if votes:
        return max(votes, key=lambda document: votes[document])
    best = nearest(candidates(stream.unmatched(()), targets))
    if best is None:
        raise UnrecognizedCopy(where, None, 0.0, MIN_CONTAINMENT)
    if best.contained < MIN_CONTAINMENT:
        raise UnrecognizedCopy(where, best.target.document, best.contained, MIN_CONTAINMENT)
    return best.target.document


@attrs.define
class _EditionBuilder:
    """The parts of one copy that have been assigned so far."""

    source: str
    document: Document
    texts: dict[tuple[int, Lang], Found] = attrs.Factory(dict)
    front: dict[tuple[int, Lang], tuple[int, int]] = attrs.Factory(dict)
    unknown: list[tuple[int, int]] = attrs.Factory(list)
    set_aside: list[SetAside] = attrs.Factory(list)

    def assign(self, stream: Stream, targets: Iterable[Target]) -> None:
        """Assign every part of the copy: complete paragraphs, front matter, damaged paragraphs, the rest."""
        own = tuple(target for target in targets if target.document == self.document.id)
        verified = stream.verified(own)
        for found in verified:
            if found.target.key in self.texts:
                self._repeated(found.start, found.end, found.target)
            else:
                self.texts[found.target.key] = found
        rest = self._take_front(stream.unmatched(verified))
        self._take_unknown(self._take_damaged(rest, own))

    def _repeated(self, start: int, end: int, target: Target) -> None:
        passage_id = f"{target.document}#{target.number}"
        self.set_aside.append(SetAside("repeated", start, self.source[start:end], passage_id))

    def _take_front(self, spans: list[UnmatchedSpan]) -> list[UnmatchedSpan]:
        """Assign the title, byline, date and dateline, and return the other spans."""
        wanted = {
            normalized_front_line(text): (at, lang)
            for at, line in enumerate(self.document.front)
            for lang, text in ((LANGS[0], line.en), (LANGS[1], line.ja))
            if isinstance(text, str)
        }
        day = self.document.issued.earliest() if self.document.issued else None
        rest = []
        for item in spans:
            text = self.source[item.start : item.end]
            key = wanted.get(normalized_front_line(text))
            if key is None or key in self.front:
                if day is not None and states_date(text, day):
                    self.set_aside.append(SetAside("dateline", item.start, text))
                else:
                    rest.append(item)
            else:
                self.front[key] = item.start, item.end
                if self._is_dateline(key):
                    self.set_aside.append(SetAside("dateline", item.start, text))
        return rest

    def _is_dateline(self, key: tuple[int, Lang]) -> bool:
        return self.document.front[key[0]].role == "dateline"

    def _take_damaged(self, rest: list[UnmatchedSpan], own: Sequence[Target]) -> list[UnmatchedSpan]:
        """Assign each changed paragraph to the passage that it resembles most, and return the other spans."""
        spans = [*rest, *blocks(self.source, rest)]
        pairs = [pair for pair in candidates(spans, own) if pair.contained >= MIN_CONTAINMENT]
        wanted: dict[tuple[int, ...], set[tuple[int, Lang]]] = {}
        for pair in pairs:
            wanted.setdefault(pair.span.parts, set()).add(pair.target.key)
        taken: set[int] = set()
        for pair in sorted(pairs, key=lambda pair: pair.order, reverse=True):
            parts, key = pair.span.parts, pair.target.key
            if not taken.isdisjoint(parts):
                continue
            if key not in self.texts:
                self.texts[key] = _found(pair)
            elif any(other not in self.texts for other in wanted[parts]):
                continue  # it also resembles a passage that is still to be found
            else:
                self._repeated(pair.span.start, pair.span.end, pair.target)
            taken.update(parts)
        return [item for item in rest if item.start not in taken]

    def _take_unknown(self, spans: Iterable[UnmatchedSpan]) -> None:
        """Set boilerplate aside, and keep the other spans as unknown paragraphs."""
        for item in paragraphs(self.source, spans):
            text = self.source[item.start : item.end]
            if not item.folded or is_boilerplate(" ".join(text.split())):
                self.set_aside.append(SetAside("furniture", item.start, text))
            else:
                self.unknown.append((item.start, item.end))

    def edition(self, encoding: str | None) -> Edition:
        """Return the edition with its repairs, corrections and spans."""
        kept = self._kept()
        repairs = self._repairs(kept)
        passages = self._passages(repairs)
        return Edition(
            document=self.document,
            passages=passages,
            front=tuple(self._front_line(at, repairs) for at in range(len(self.document.front))),
            repairs=tuple(repairs),
            set_aside=tuple(sorted(self.set_aside, key=lambda item: item.offset)),
            corrections=_corrections(passages),
            spans=tuple(_spans(self.source, kept, repairs, self.set_aside)),
            source=self.source,
            encoding=encoding,
            reordered=tuple(self._reordered()),
        )

    def _kept(self) -> list[tuple[int, int, Lang]]:
        """Return every part of the copy that is kept, in order, with its language."""
        kept = [(found.start, found.end, lang) for (_, lang), found in self.texts.items()]
        kept += [(*place, key[1]) for key, place in self.front.items() if not self._is_dateline(key)]
        kept += [(start, end, _lang_of(self.source[start:end])) for start, end in self.unknown]
        return sorted(kept)

    def _repairs(self, kept: Iterable[tuple[int, int, Lang]]) -> list[Repair]:
        repairs: dict[int, Repair] = {}
        curly = not has_straight_quotes(self.source)
        for start, end, lang in kept:
            for repair in wrap_repairs(self.source, start, end, lang):
                repairs[repair.offset] = repair
            for repair in quote_repairs(self.source, start, end, curly=curly):
                repairs[repair.offset] = repair
        inside = [range(r.offset, r.offset + len(r.before)) for r in repairs.values()]
        covered = {offset for stretch in inside for offset in stretch}
        for repair in character_repairs(self.source):
            if repair.offset not in covered:
                repairs[repair.offset] = repair
        return [repairs[offset] for offset in sorted(repairs)]

    def _text(self, start: int, end: int, repairs: Sequence[Repair]) -> str:
        return repaired(self.source, start, end, repairs)

    def _passages(self, repairs: Sequence[Repair]) -> tuple[EditionPassage, ...]:
        """Return the passages of the document in order, with each unknown paragraph where the copy has it."""
        place = -1
        placed: list[tuple[int, EditionPassage]] = []
        for passage in self.document.passages:
            # A missing passage takes the place of the one before it.
            place = max(place, self._place(passage))
            placed.append((place, self._passage(passage, repairs)))
        for start, end in self.unknown:
            text = self._text(start, end, repairs)
            side = PassageText("unknown", text, start, end)
            absent = Gap("unaligned")
            lang = _lang_of(text)
            en, ja = (side, absent) if lang == "en" else (absent, side)
            placed.append((start, EditionPassage(None, en, ja, _units_of(en, ja))))
        return tuple(item for _, item in sorted(placed, key=lambda entry: entry[0]))

    def _place(self, passage: Passage) -> int:
        starts = [
            self.texts[passage.number, lang].start for lang in LANGS if (passage.number, lang) in self.texts
        ]
        return min(starts, default=-1)

    def _passage(self, passage: Passage, repairs: Sequence[Repair]) -> EditionPassage:
        en = self._side(passage, "en", repairs)
        ja = self._side(passage, "ja", repairs)
        return EditionPassage(passage, en, ja, _units_of(en, ja))

    def _side(self, passage: Passage, lang: Lang, repairs: Sequence[Repair]) -> PassageText | Gap:
        found = self.texts.get((passage.number, lang))
        if found is None:
            known = passage.fingerprint.en if lang == "en" else passage.fingerprint.ja
            return known if isinstance(known, Gap) else PassageText("missing")
        text = self._text(found.start, found.end, repairs)
        status: TextStatus = "verified" if found.similarity == 1.0 else "damaged"
        return PassageText(status, text, found.start, found.end, found.similarity)

    def _front_line(self, at: int, repairs: Sequence[Repair]) -> EditionLine:
        line = self.document.front[at]
        sides: list[PassageText | Gap] = []
        supplied: list[str | None] = []
        for lang in LANGS:
            known = line.en if lang == "en" else line.ja
            place = self.front.get((at, lang))
            if place is not None:
                sides.append(PassageText("verified", self._text(*place, repairs), *place, 1.0))
            elif isinstance(known, Gap):
                sides.append(known)
            else:
                sides.append(Gap("lost"))
            supplied.append(known if isinstance(known, str) and place is None else None)
        return EditionLine(line.role, sides[0], sides[1], (supplied[0], supplied[1]))

    def _reordered(self) -> list[str]:
        """Return the passages outside the longest increasing subsequence of the order in the copy."""
        out: dict[int, None] = {}
        for lang in LANGS:
            numbers = [
                number
                for (number, own), found in sorted(self.texts.items(), key=lambda item: item[1].start)
                if own == lang
            ]
            out.update(dict.fromkeys(sorted(set(numbers) - longest_increasing(numbers))))
        return [f"{self.document.id}#{number}" for number in out]


_MAX_ESTIMATE = 0.99
"""Highest similarity of a damaged paragraph: only a verified one is identical."""


def normalized_front_line(text: str) -> str:
    """Return a front line for comparison: folded, lowercase, without periods, commas and a leading "By"."""
    folded = fold(text).casefold().replace(".", "").replace(",", "")
    return folded.removeprefix("by") if text.lstrip()[:3].casefold() == "by " else folded


def _found(pair: Candidate) -> Found:
    similarity = min(pair.similarity, _MAX_ESTIMATE)
    return Found(pair.target, pair.span.start, pair.span.end, similarity)


def _lang_of(text: str) -> Lang:
    """Return the language of an unknown paragraph, judged by its letters."""
    japanese = len(re.findall(f"[{JAPANESE}]", text))
    return "ja" if japanese * 3 > len(re.findall(r"[^\W\d_]", text)) else "en"


def longest_increasing(numbers: Sequence[int]) -> set[int]:
    """Return the longest increasing subsequence of *numbers* (patience sorting)."""
    tops: list[int] = []
    runs: list[tuple[int, ...]] = [()]
    for number in numbers:
        pile = bisect_left(tops, number)
        tops[pile : pile + 1] = [number]
        runs[pile + 1 : pile + 2] = [(*runs[pile], number)]
    return set(runs[-1])


def _units_of(en: PassageText | Gap, ja: PassageText | Gap) -> tuple[AlignedUnit, ...]:
    """Return the aligned units of one passage of the copy.

    If only one language is there, each of its sentences is aligned with a gap; without any text there are
    no units.
    """
    texts = (
        en.text if isinstance(en, PassageText) else None,
        ja.text if isinstance(ja, PassageText) else None,
    )
    if texts[0] is not None and texts[1] is not None:
        english, japanese = sentences(texts[0], lang="en"), sentences(texts[1], lang="ja")
        try:
            return align(english, japanese).units
        except WrongLanguage:
            # The fingerprint decides the language of a paragraph; its letters may suggest another one.
            return (AlignedUnit(english, japanese, "aligned"),)
    if texts[0] is not None:
        gap = ja if isinstance(ja, Gap) else Gap("lost")
        return tuple(AlignedUnit((segment,), gap, "aligned") for segment in sentences(texts[0], lang="en"))
    if texts[1] is not None:
        gap = en if isinstance(en, Gap) else Gap("lost")
        return tuple(AlignedUnit(gap, (segment,), "aligned") for segment in sentences(texts[1], lang="ja"))
    return ()


def _corrections(passages: Iterable[EditionPassage]) -> tuple[LocatedCorrection, ...]:
    """Return the known errors of the document that are in this copy."""
    found = []
    for item in passages:
        for correction in item.passage.corrections if item.passage else ():
            side = item.side(correction.lang)
            text = side.text if isinstance(side, PassageText) else None
            at = text.find(correction.says) if text else -1
            if item.passage and at >= 0:
                found.append(LocatedCorrection(item.passage.id, at, correction))
    return tuple(found)


_SPAN_KINDS: tuple[SpanKind, ...] = ("layout", "kept", "repaired", "set-aside")


def _spans(
    source: str,
    kept: Iterable[tuple[int, int, Lang]],
    repairs: Iterable[Repair],
    set_aside: Iterable[SetAside],
) -> Iterator[Span]:
    """Yield spans that cover the whole copy; repairs split the parts that are kept."""
    stretches = [(start, end, 1) for start, end, _ in kept]
    stretches += [(item.offset, item.offset + len(item.text), 3) for item in set_aside]
    stretches += [(item.offset, item.offset + len(item.before), 2) for item in repairs]
    kinds = bytearray(len(source))
    for start, end, kind in stretches:
        kinds[start:end] = bytes([kind]) * (end - start)
    for found in re.finditer(rb"(.)\1*", kinds, re.DOTALL):
        yield Span(_SPAN_KINDS[found.group()[0]], *found.span())

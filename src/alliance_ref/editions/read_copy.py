"""From a copy to an edition: everything the other modules find, put together and accounted for."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from os import PathLike

import attrs

from alliance_ref.editions import paragraph_matching as recognition
from alliance_ref.editions.boilerplate import is_furniture, states_date
from alliance_ref.editions.fingerprints import fold
from alliance_ref.editions.paragraph_matching import ENOUGH, Found, Leftover, Likeness, Stream, Target
from alliance_ref.editions.passage_alignment import units_of
from alliance_ref.editions.repairs import (
    character_repairs,
    has_straight_quotes,
    quote_repairs,
    repaired,
    wrap_repairs,
)
from alliance_ref.errors import UnrecognizedCopy
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
from alliance_ref.records.passages import Passage
from alliance_ref.records.values import LANGS, Gap, Lang
from alliance_ref.text.encodings import load_copy
from alliance_ref.text.scripts import JAPANESE


def read_copy(copy: str | bytes | PathLike[str], documents: Iterable[Document]) -> Edition:
    """The edition that a copy of one of the *documents* is; see ``Reference.read_copy``."""
    source, encoding, where = load_copy(copy)
    by_id = {document.id: document for document in documents}
    stream = Stream(source)
    targets = recognition.targets_of(by_id.values())
    document = by_id[_recognized(stream, targets, where)]
    reader = _Reader(source, document)
    reader.take(stream, targets)
    return reader.edition(encoding)


def _recognized(stream: Stream, targets: Sequence[Target], where: str) -> str:
    """The id of the document that most of the copy belongs to."""
    votes: dict[str, int] = {}
    for found in stream.verified(targets):
        votes[found.target.document] = votes.get(found.target.document, 0) + found.target.fingerprint.length
    if votes:
        return max(votes, key=lambda document: votes[document])
    best = recognition.nearest(recognition.likenesses(stream.leftovers(()), targets))
    if best is None:
        raise UnrecognizedCopy(where, None, 0.0, ENOUGH)
    if best.contained < ENOUGH:
        raise UnrecognizedCopy(where, best.target.document, best.contained, ENOUGH)
    return best.target.document


@attrs.define
class _Reader:
    """What has been decided so far about one copy of one document."""

    source: str
    document: Document
    texts: dict[tuple[int, Lang], Found] = attrs.Factory(dict)
    front: dict[tuple[int, Lang], tuple[int, int]] = attrs.Factory(dict)
    unknown: list[tuple[int, int]] = attrs.Factory(list)
    set_aside: list[SetAside] = attrs.Factory(list)

    def take(self, stream: Stream, targets: Iterable[Target]) -> None:
        """Decide about every stretch of the copy, the surest first."""
        own = tuple(target for target in targets if target.document == self.document.id)
        verified = stream.verified(own)
        for found in verified:
            if found.target.key in self.texts:
                self._repeated(found.start, found.end, found.target)
            else:
                self.texts[found.target.key] = found
        rest = self._take_front(stream.leftovers(verified))
        self._take_unknown(self._take_damaged(rest, own))

    def _repeated(self, start: int, end: int, target: Target) -> None:
        passage_id = f"{target.document}#{target.number}"
        self.set_aside.append(SetAside("repeated", start, self.source[start:end], passage_id))

    def _take_front(self, leftovers: list[Leftover]) -> list[Leftover]:
        """Title, byline, date and dateline, wherever they stand."""
        wanted = {
            _loose(text): (at, lang)
            for at, line in enumerate(self.document.front)
            for lang, text in ((LANGS[0], line.en), (LANGS[1], line.ja))
            if isinstance(text, str)
        }
        day = self.document.issued.earliest()
        rest = []
        for item in leftovers:
            text = self.source[item.start : item.end]
            key = wanted.get(_loose(text))
            if key is None or key in self.front:
                if states_date(text, day):
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

    def _take_damaged(self, rest: list[Leftover], own: Sequence[Target]) -> list[Leftover]:
        """Give each changed paragraph to the passage it resembles most."""
        candidates = [*rest, *recognition.blocks(self.source, rest)]
        pairs = [pair for pair in recognition.likenesses(candidates, own) if pair.contained >= ENOUGH]
        wanted: dict[tuple[int, ...], set[tuple[int, Lang]]] = {}
        for pair in pairs:
            wanted.setdefault(pair.leftover.parts, set()).add(pair.target.key)
        taken: set[int] = set()
        for pair in sorted(pairs, key=lambda pair: pair.order, reverse=True):
            parts, key = pair.leftover.parts, pair.target.key
            if not taken.isdisjoint(parts):
                continue
            if key not in self.texts:
                self.texts[key] = _found(pair)
            elif any(other not in self.texts for other in wanted[parts]):
                continue  # it also resembles a passage that is still to be found
            else:
                self._repeated(pair.leftover.start, pair.leftover.end, pair.target)
            taken.update(parts)
        return [item for item in rest if item.start not in taken]

    def _take_unknown(self, leftovers: Iterable[Leftover]) -> None:
        """Web furniture is set aside; the rest is kept, its wrapped lines as one paragraph."""
        for item in recognition.paragraphs(self.source, leftovers):
            text = self.source[item.start : item.end]
            if not item.folded or is_furniture(" ".join(text.split())):
                self.set_aside.append(SetAside("furniture", item.start, text))
            else:
                self.unknown.append((item.start, item.end))

    def edition(self, encoding: str | None) -> Edition:
        """The edition, with repairs carried out and every character accounted for."""
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
        """Every stretch of the copy that is kept, in its order, with its language."""
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
        """The document's passages in order, each unknown paragraph behind the one it stands behind."""
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
            placed.append((start, EditionPassage(None, en, ja, units_of(en, ja))))
        return tuple(item for _, item in sorted(placed, key=lambda entry: entry[0]))

    def _place(self, passage: Passage) -> int:
        starts = [
            self.texts[passage.number, lang].start for lang in LANGS if (passage.number, lang) in self.texts
        ]
        return min(starts, default=-1)

    def _passage(self, passage: Passage, repairs: Sequence[Repair]) -> EditionPassage:
        en = self._side(passage, "en", repairs)
        ja = self._side(passage, "ja", repairs)
        return EditionPassage(passage, en, ja, units_of(en, ja))

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
        """Passages that stand before one they should follow: those outside the longest run in order."""
        out: dict[int, None] = {}
        for lang in LANGS:
            numbers = [
                number
                for (number, own), found in sorted(self.texts.items(), key=lambda item: item[1].start)
                if own == lang
            ]
            out.update(dict.fromkeys(sorted(set(numbers) - _longest_rising(numbers))))
        return [f"{self.document.id}#{number}" for number in out]


def _loose(text: str) -> str:
    """A front line as it is compared: folded, without case, full stops and a byline's 'By'."""
    folded = fold(text).casefold().replace(".", "").replace(",", "")
    return folded.removeprefix("by") if text.lstrip()[:3].casefold() == "by " else folded


def _found(pair: Likeness) -> Found:
    # A likeness is an estimate: text that was not verified is never called the same.
    similarity = min(pair.similarity, 0.99)
    return Found(pair.target, pair.leftover.start, pair.leftover.end, similarity)


def _lang_of(text: str) -> Lang:
    """The language of a paragraph nobody knows, told by its letters."""
    japanese = len(re.findall(f"[{JAPANESE}]", text))
    return "ja" if japanese * 3 > len(re.findall(r"[^\W\d_]", text)) else "en"


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The longest run of numbers that rise, not necessarily next to each other (patience sorting)."""
    tops: list[int] = []
    runs: list[tuple[int, ...]] = [()]
    for number in numbers:
        pile = bisect_left(tops, number)
        tops[pile : pile + 1] = [number]
        runs[pile + 1 : pile + 2] = [(*runs[pile], number)]
    return set(runs[-1])


def _corrections(passages: Iterable[EditionPassage]) -> tuple[LocatedCorrection, ...]:
    """The known errors of the document that this copy shows."""
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
    """What became of each character, from the first to the last; repairs cut into what is kept."""
    stretches = [(start, end, 1) for start, end, _ in kept]
    stretches += [(item.offset, item.offset + len(item.text), 3) for item in set_aside]
    stretches += [(item.offset, item.offset + len(item.before), 2) for item in repairs]
    kinds = bytearray(len(source))
    for start, end, kind in stretches:
        kinds[start:end] = bytes([kind]) * (end - start)
    for found in re.finditer(rb"(.)\1*", kinds, re.DOTALL):
        yield Span(_SPAN_KINDS[found.group()[0]], *found.span())

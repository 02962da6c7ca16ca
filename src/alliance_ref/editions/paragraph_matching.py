"""Which paragraph is this?

The copy is folded sentence by sentence into one stream. A paragraph of a document is found in it by the
checksum of how it begins and verified by the digest of all of it, from wherever a sentence begins; so
it does not matter whether the copy wraps lines, splits a paragraph or runs two together. What is left
over is compared by likeness, and goes to the paragraph that it resembles most.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import attrs

from alliance_ref.editions.fingerprints import (
    HEAD,
    containment,
    digest,
    fingerprint_of_folded,
    fold,
    head,
    resemblance,
)
from alliance_ref.records.documents import Document
from alliance_ref.records.passages import Fingerprint
from alliance_ref.records.values import Lang

ENOUGH = 0.5
"""Share of the shorter text's runs that must be in the longer one to call it damaged."""

_LEAST_RUNS = 12
"""A scrap with fewer runs than this resembles too many paragraphs by chance."""

_MOST_LONGER = 3
"""A stretch so many times as long as a paragraph may contain it, but is not it."""

_LEAST_SHARED = 2
"""A single hash in common is chance."""

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_ATOM_END = re.compile(r"(?<=\S)[.!?。！？:：]+[\"'”’?\ufffd」』）)\]]*\s*|(?<=\S)\s*(?=[•●■◆○▪])")


@attrs.frozen(eq=False)
class Target:
    """A paragraph to find: of which document, which passage, in which language."""

    document: str
    number: int
    lang: Lang
    fingerprint: Fingerprint

    @property
    def key(self) -> tuple[int, Lang]:
        """Which text of its document it is."""
        return self.number, self.lang


@attrs.frozen
class Atom:
    """A sentence or piece of a line of the copy, and where its folded form lies in the stream."""

    start: int
    end: int
    line: int
    at: int
    folded: str


@attrs.frozen
class Found:
    """A stretch of the copy that is one paragraph, with how alike it is."""

    target: Target
    start: int
    end: int
    similarity: float


@attrs.frozen
class Leftover:
    """A stretch of the copy that no paragraph claims: part of a line, or of several lines."""

    start: int
    end: int
    first_line: int
    last_line: int
    folded: str
    parts: tuple[int, ...]
    """Where the stretches of single lines begin that it is made of."""


def targets_of(documents: Iterable[Document]) -> tuple[Target, ...]:
    """All paragraphs that have a fingerprint."""
    return tuple(
        Target(document.id, passage.number, lang, side)
        for document in documents
        for passage in document.passages
        for lang, side in _sides(passage.fingerprint.en, passage.fingerprint.ja)
        if isinstance(side, Fingerprint)
    )


def _sides(en: object, ja: object) -> Iterator[tuple[Lang, object]]:
    yield "en", en
    yield "ja", ja


class Stream:
    """The copy folded into one string, sentence by sentence."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.atoms = tuple(_atoms(source))
        self.folded = "".join(atom.folded for atom in self.atoms)

    def verified(self, targets: Iterable[Target]) -> list[Found]:
        """The paragraphs that stand in the copy whole, in the order of the copy, repetitions too."""
        by_head: dict[int, list[Target]] = {}
        for target in targets:
            by_head.setdefault(target.fingerprint.head, []).append(target)
        found: list[Found] = []
        covered = 0
        for index, atom in enumerate(self.atoms):
            at = max(atom.at, covered)
            if at > atom.at and at >= atom.at + len(atom.folded):
                continue
            while match := self._match(at, by_head):
                covered = at + match.fingerprint.length
                found.append(Found(match, self._offset(index, at), self._end(index, covered), similarity=1.0))
                if covered >= atom.at + len(atom.folded):
                    break
                at = covered
        return found

    def _match(self, at: int, by_head: Mapping[int, list[Target]]) -> Target | None:
        for target in by_head.get(head(self.folded[at : at + HEAD]), ()):
            stretch = self.folded[at : at + target.fingerprint.length]
            if len(stretch) == target.fingerprint.length and digest(stretch) == target.fingerprint.digest:
                return target
        return None

    def _offset(self, index: int, at: int) -> int:
        """Where in the copy the folded place *at* of the atom *index* is."""
        atom = self.atoms[index]
        return atom.start + _unfolded(self.source[atom.start : atom.end], at - atom.at, after=False)

    def _end(self, index: int, end: int) -> int:
        """Where in the copy a match ends whose folded form ends at *end*."""
        while index + 1 < len(self.atoms) and self.atoms[index + 1].at < end:
            index += 1
        atom = self.atoms[index]
        if atom.at + len(atom.folded) == end:
            return atom.end
        return atom.start + _unfolded(self.source[atom.start : atom.end], end - atom.at, after=True)

    def leftovers(self, found: Iterable[Found]) -> list[Leftover]:
        """What the *found* paragraphs leave of the copy, one leftover for each stretch of a line."""
        edges = sorted((item.start, item.end) for item in found)
        rest: list[Leftover] = []
        edge = 0
        for line, (start, end) in enumerate(_lines(self.source)):
            at = start
            while edge < len(edges) and edges[edge][0] < end:
                left, right = edges[edge]
                if left > at:
                    rest += self._leftover(at, left, line)
                at = max(at, right)
                if right > end:
                    break  # it goes on in the next line
                edge += 1
            if at < end:
                rest += self._leftover(at, end, line)
        return rest

    def _leftover(self, start: int, end: int, line: int) -> list[Leftover]:
        start, end = _inner(self.source, start, end)
        if start == end:
            return []
        return [Leftover(start, end, line, line, fold(self.source[start:end]), (start,))]


def _lines(source: str) -> Iterator[tuple[int, int]]:
    """The lines of the copy that are not empty; one with nothing but white space counts as empty."""
    for found in _LINE.finditer(source):
        yield found.span()


def _inner(source: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space and byte order marks round it."""
    while start < end and (source[start].isspace() or source[start] == "\ufeff"):
        start += 1
    while end > start and (source[end - 1].isspace() or source[end - 1] == "\ufeff"):
        end -= 1
    return start, end


def _atoms(source: str) -> Iterator[Atom]:
    at = 0
    for line, (start, end) in enumerate(_lines(source)):
        begin = start
        for stop in [*(m.end() for m in _ATOM_END.finditer(source, start, end)), end]:
            text = source[begin:stop]
            folded = fold(text)
            if not folded:
                continue  # signs alone belong to the words behind them
            yield Atom(*_inner(source, begin, stop), line, at, folded)
            at += len(folded)
            begin = stop


def _unfolded(text: str, count: int, *, after: bool) -> int:
    """How far into *text* the folded form reaches *count* code points.

    With *after*, what folding drops behind them (a closing quotation mark) counts as theirs.
    """
    reach = 0
    while reach < len(text) and len(fold(text[:reach])) < count:
        reach += 1
    if after:
        while reach < len(text) and not text[reach].isspace() and not fold(text[reach]):
            reach += 1
    else:
        while reach < len(text) and text[reach].isspace():
            reach += 1
    return reach


def blocks(source: str, leftovers: Iterable[Leftover]) -> list[Leftover]:
    """Leftovers of neighbouring lines joined: what a wrapped paragraph looks like.

    Only lines that follow each other without a blank line are joined, and only blocks of more than one
    line are given.
    """
    return [block for block in _joined(leftovers, partial(_is_next, source)) if len(block.parts) > 1]


def paragraphs(source: str, leftovers: Iterable[Leftover]) -> list[Leftover]:
    """Leftovers with the lines joined that are one wrapped sentence."""
    return _joined(leftovers, partial(_is_wrapped, source))


def _joined(leftovers: Iterable[Leftover], goes_on: Callable[[Leftover, Leftover], bool]) -> list[Leftover]:
    """Leftovers with each run joined in which every one *goes on* from the one before."""
    groups: list[list[Leftover]] = []
    for item in leftovers:
        if groups and goes_on(groups[-1][-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return [
        Leftover(
            group[0].start,
            group[-1].end,
            group[0].first_line,
            group[-1].last_line,
            "".join(item.folded for item in group),
            tuple(part for item in group for part in item.parts),
        )
        for group in groups
    ]


_SHORTEST_WRAP = 30
"""A line shorter than this that ends without a stop is a heading rather than wrapped."""


def _is_wrapped(source: str, before: Leftover, item: Leftover) -> bool:
    """Whether the line *item* goes on with the sentence of the line *before*."""
    return (
        _is_next(source, before, item)
        and before.end - before.start >= _SHORTEST_WRAP
        and source[before.end - 1] not in '.!?。！？:：」』”"'
    )


def _is_next(source: str, before: Leftover, item: Leftover) -> bool:
    """Whether *item* stands on the line after *before*, without a blank line between."""
    return item.first_line == before.last_line + 1 and _follows(source[before.end : item.start])


def _follows(between: str) -> bool:
    return len(re.findall(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", between)) == 1


@attrs.frozen
class Likeness:
    """How far a leftover is like a paragraph."""

    contained: float
    similarity: float
    target: Target
    leftover: Leftover

    @property
    def order(self) -> tuple[float, float, int]:
        """Greatest first: by runs in common, then by likeness, then by place."""
        return (self.similarity, self.contained, -self.leftover.start)


def likenesses(leftovers: Iterable[Leftover], targets: Iterable[Target]) -> list[Likeness]:
    """Every pair of leftover and paragraph that have something in common."""
    by_hash: dict[int, list[Target]] = {}
    longest = 0
    for target in targets:
        longest = max(longest, target.fingerprint.length)
        for value in target.fingerprint.sketch:
            by_hash.setdefault(value, []).append(target)
    pairs = []
    known: dict[str, list[tuple[float, float, Target]]] = {}
    for item in leftovers:
        # A text many times as long cannot resemble it enough to matter.
        if not _LEAST_RUNS <= len(item.folded) <= 20 * longest:
            continue
        if item.folded not in known:
            known[item.folded] = _compared(fingerprint_of_folded(item.folded), by_hash)
        pairs += [Likeness(*compared, item) for compared in known[item.folded]]
    return pairs


def _compared(made: Fingerprint, by_hash: Mapping[int, list[Target]]) -> list[tuple[float, float, Target]]:
    """Containment in and resemblance to each paragraph that shares a hash."""
    if made.runs < _LEAST_RUNS:
        return []
    shared = Counter(target for value in made.sketch for target in by_hash.get(value, ()))
    found = []
    for target, hashes in shared.items():
        if hashes >= _LEAST_SHARED and made.runs <= _MOST_LONGER * target.fingerprint.runs:
            alike = resemblance(made, target.fingerprint)
            found.append((containment(made, target.fingerprint, alike), alike, target))
    return found


def nearest(pairs: Iterable[Likeness]) -> Likeness | None:
    """The best pair of all, by how much of the shorter text is in the longer one."""
    return max(pairs, key=lambda pair: (pair.contained, pair.similarity), default=None)

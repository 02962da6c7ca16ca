"""Find the paragraphs of documents in a copy.

The copy is folded piece by piece into one stream. At the beginning of each piece, the checksum of the next
characters finds a paragraph and the digest verifies it; so line wrapping, split and joined paragraphs make no
difference. The remaining text is compared by similarity and assigned to the paragraph that it resembles most.
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

MIN_CONTAINMENT = 0.5
"""Share of the runs of the shorter text that the longer one must contain to be its damaged form."""

_MIN_RUNS = 12
"""Minimum number of runs; shorter text resembles too many paragraphs by chance."""

_MAX_LENGTH_RATIO = 3
"""Longer text may contain the paragraph, but is not a form of it."""

_MIN_SHARED = 2
"""Minimum number of common hashes; a single one is a coincidence."""

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_PIECE_END = re.compile(r"(?<=\S)[.!?。！？:：]+[\"'”’?\ufffd」』）)\]]*\s*|(?<=\S)\s*(?=[•●■◆○▪])")


_MAX_SPAN_RATIO = 20
"""A span so many times as long as the longest paragraph is not compared at all."""


@attrs.frozen(eq=False)
class Target:
    """A paragraph to find: its document, the number of its passage, its language and its fingerprint."""

    document: str
    number: int
    lang: Lang
    fingerprint: Fingerprint

    @property
    def key(self) -> tuple[int, Lang]:
        """The number and language, which identify the text within its document."""
        return self.number, self.lang


@attrs.frozen
class SentencePiece:
    """A sentence, or part of a line, of the copy; `at` is the offset of its folded form in the stream."""

    start: int
    end: int
    line: int
    at: int
    folded: str


@attrs.frozen
class Found:
    """A part of the copy that is one paragraph, with its similarity to the original."""

    target: Target
    start: int
    end: int
    similarity: float


@attrs.frozen
class UnmatchedSpan:
    """A part of the copy that matches no paragraph: part of a line, or several lines."""

    start: int
    end: int
    first_line: int
    last_line: int
    folded: str
    parts: tuple[int, ...]
    """The offsets of the parts in single lines that it consists of."""


def targets_of(documents: Iterable[Document]) -> tuple[Target, ...]:
    """Return all paragraphs that have a fingerprint."""
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
    """The copy folded into one string, piece by piece."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces = tuple(_pieces(source))
        self.folded = "".join(piece.folded for piece in self.pieces)

    def verified(self, targets: Iterable[Target]) -> list[Found]:
        """Return the complete paragraphs in the copy in their order there, including repetitions."""
        by_head: dict[int, list[Target]] = {}
        for target in targets:
            by_head.setdefault(target.fingerprint.head, []).append(target)
        found: list[Found] = []
        covered = 0
        for index, piece in enumerate(self.pieces):
            at = max(piece.at, covered)
            if at > piece.at and at >= piece.at + len(piece.folded):
                continue
            while match := self._match(at, by_head):
                covered = at + match.fingerprint.length
                found.append(Found(match, self._offset(index, at), self._end(index, covered), similarity=1.0))
                if covered >= piece.at + len(piece.folded):
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
        """Return the offset in the copy of the folded offset *at*, which is in the piece *index*."""
        piece = self.pieces[index]
        return piece.start + _unfolded(self.source[piece.start : piece.end], at - piece.at, after=False)

    def _end(self, index: int, end: int) -> int:
        """Return the end in the copy of a match whose folded form ends at *end*."""
        while index + 1 < len(self.pieces) and self.pieces[index + 1].at < end:
            index += 1
        piece = self.pieces[index]
        if piece.at + len(piece.folded) == end:
            return piece.end
        return piece.start + _unfolded(self.source[piece.start : piece.end], end - piece.at, after=True)

    def unmatched(self, found: Iterable[Found]) -> list[UnmatchedSpan]:
        """Return the parts of the copy outside the *found* paragraphs, one span per line or part of it."""
        edges = sorted((item.start, item.end) for item in found)
        rest: list[UnmatchedSpan] = []
        edge = 0
        for line, (start, end) in enumerate(_lines(self.source)):
            at = start
            while edge < len(edges) and edges[edge][0] < end:
                left, right = edges[edge]
                if left > at:
                    rest += self._unmatched(at, left, line)
                at = max(at, right)
                if right > end:
                    break  # it goes on in the next line
                edge += 1
            if at < end:
                rest += self._unmatched(at, end, line)
        return rest

    def _unmatched(self, start: int, end: int, line: int) -> list[UnmatchedSpan]:
        start, end = _inner(self.source, start, end)
        if start == end:
            return []
        return [UnmatchedSpan(start, end, line, line, fold(self.source[start:end]), (start,))]


def _lines(source: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the lines of the copy that are not empty."""
    for found in _LINE.finditer(source):
        yield found.span()


def _inner(source: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without surrounding white space and byte order marks."""
    while start < end and (source[start].isspace() or source[start] == "\ufeff"):
        start += 1
    while end > start and (source[end - 1].isspace() or source[end - 1] == "\ufeff"):
        end -= 1
    return start, end


def _pieces(source: str) -> Iterator[SentencePiece]:
    at = 0
    for line, (start, end) in enumerate(_lines(source)):
        begin = start
        for stop in [*(m.end() for m in _PIECE_END.finditer(source, start, end)), end]:
            text = source[begin:stop]
            folded = fold(text)
            if not folded:
                continue  # dropped characters alone belong to the next piece
            yield SentencePiece(*_inner(source, begin, stop), line, at, folded)
            at += len(folded)
            begin = stop


def _unfolded(text: str, count: int, *, after: bool) -> int:
    """Return the offset in *text* at which its folded form has *count* code points.

    With *after*, include dropped characters that follow, such as a closing quotation mark.
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


def blocks(source: str, spans: Iterable[UnmatchedSpan]) -> list[UnmatchedSpan]:
    """Return spans of adjacent lines joined, as in a wrapped paragraph.

    Lines with a blank line between them are not joined; single lines are left out.
    """
    return [block for block in _joined(spans, partial(_is_next, source)) if len(block.parts) > 1]


def paragraphs(source: str, spans: Iterable[UnmatchedSpan]) -> list[UnmatchedSpan]:
    """Return the spans, with the lines of a wrapped sentence joined."""
    return _joined(spans, partial(_is_wrapped, source))


def _joined(
    spans: Iterable[UnmatchedSpan], continues: Callable[[UnmatchedSpan, UnmatchedSpan], bool]
) -> list[UnmatchedSpan]:
    """Return the spans, with each sequence joined in which every span *continues* the previous one."""
    groups: list[list[UnmatchedSpan]] = []
    for item in spans:
        if groups and continues(groups[-1][-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return [
        UnmatchedSpan(
            group[0].start,
            group[-1].end,
            group[0].first_line,
            group[-1].last_line,
            "".join(item.folded for item in group),
            tuple(part for item in group for part in item.parts),
        )
        for group in groups
    ]


_MIN_WRAPPED_LENGTH = 30
"""Minimum length of a wrapped line; a shorter one without a final stop is a heading."""


def _is_wrapped(source: str, before: UnmatchedSpan, item: UnmatchedSpan) -> bool:
    """Return whether the line *item* continues the sentence of the line *before*."""
    return (
        _is_next(source, before, item)
        and before.end - before.start >= _MIN_WRAPPED_LENGTH
        and source[before.end - 1] not in '.!?。！？:：」』”"'
    )


def _is_next(source: str, before: UnmatchedSpan, item: UnmatchedSpan) -> bool:
    """Return whether *item* is on the line after *before*, without a blank line between them."""
    return item.first_line == before.last_line + 1 and _follows(source[before.end : item.start])


def _follows(between: str) -> bool:
    return len(re.findall(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", between)) == 1


@attrs.frozen
class Candidate:
    """The similarity of an unmatched span to a paragraph."""

    contained: float
    similarity: float
    target: Target
    span: UnmatchedSpan

    @property
    def order(self) -> tuple[float, float, int]:
        """The sort key: similarity, then containment, then position; the best candidate has the greatest."""
        return (self.similarity, self.contained, -self.span.start)


def candidates(spans: Iterable[UnmatchedSpan], targets: Iterable[Target]) -> list[Candidate]:
    """Return every pair of a span and a paragraph with common hashes."""
    by_hash: dict[int, list[Target]] = {}
    longest = 0
    for target in targets:
        longest = max(longest, target.fingerprint.length)
        for value in target.fingerprint.sketch:
            by_hash.setdefault(value, []).append(target)
    pairs = []
    known: dict[str, list[tuple[float, float, Target]]] = {}
    for item in spans:
        # A text many times as long cannot be similar enough.
        if not _MIN_RUNS <= len(item.folded) <= _MAX_SPAN_RATIO * longest:
            continue
        if item.folded not in known:
            known[item.folded] = _compared(fingerprint_of_folded(item.folded), by_hash)
        pairs += [Candidate(*compared, item) for compared in known[item.folded]]
    return pairs


def _compared(made: Fingerprint, by_hash: Mapping[int, list[Target]]) -> list[tuple[float, float, Target]]:
    """Return the containment and resemblance for each paragraph with common hashes."""
    if made.runs < _MIN_RUNS:
        return []
    shared = Counter(target for value in made.sketch for target in by_hash.get(value, ()))
    found = []
    for target, hashes in shared.items():
        if hashes >= _MIN_SHARED and made.runs <= _MAX_LENGTH_RATIO * target.fingerprint.runs:
            alike = resemblance(made, target.fingerprint)
            found.append((containment(made, target.fingerprint, alike), alike, target))
    return found


def nearest(pairs: Iterable[Candidate]) -> Candidate | None:
    """Return the candidate with the greatest containment."""
    return max(pairs, key=lambda pair: (pair.contained, pair.similarity), default=None)

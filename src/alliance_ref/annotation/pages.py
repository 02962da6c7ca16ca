"""Annotation of HTML pages: links are inserted around names, and everything else stays as it is.

The page is not parsed into a tree and written again, because that would change it. The parser only reports
where the text is. All text of the page is annotated as one text, so that a date in one paragraph decides what
a name in another one means; blocks and skipped elements separate names. A name across several elements
(``<b>Camp</b> Zama``) has one link in each of them.
"""

import bisect
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser

import attrs

SKIPPED = frozenset(
    "a audio button canvas code embed head iframe kbd math noscript object optgroup option pre samp script"
    " select style svg template textarea title var video".split()
)
"""Elements whose text is not annotated: links, controls, code and what is not text."""

_OMITTED = frozenset(("rt", "rp"))
"""Elements that are no part of the text around them: readings."""

_INLINE = frozenset(
    "abbr b bdi bdo big cite data del dfn em font i ins label mark q rb ruby s small span strike strong sub"
    " sup time tt u wbr".split()
)
"""Elements that do not separate the text around them; a name may continue in them."""

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_MARK = "data-entry"
"""The attribute of an element that this module inserted when it annotated the page before."""


@attrs.frozen
class PageText:
    """The text of a page, and where each part of it is in the source.

    Attributes:
        source: The page.
        text: The text, with line breaks between blocks.
        places: For each part: the offset in `text`, the start and end in the source, and whether its names
            may be annotated. A character reference is a part of its own.
    """

    source: str
    text: str
    places: tuple[tuple[int, int, int, bool], ...]

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return where ``text[start:end]`` is in the source, one span per element; empty if it is skipped."""
        spans: list[tuple[int, int]] = []
        at = bisect.bisect_right(self.places, start, key=lambda place: place[0]) - 1
        for number in range(at, len(self.places)):
            offset, source, source_end, is_annotated = self.places[number]
            if offset >= end:
                break
            if not is_annotated:
                return []
            length = self._length(number)
            if length == source_end - source:  # plain text
                source, source_end = (
                    source + max(0, start - offset),
                    min(source_end, source + end - offset),
                )
            if spans and spans[-1][1] == source:
                spans[-1] = spans[-1][0], source_end
            elif source < source_end:
                spans.append((source, source_end))
        trimmed = (self._trimmed(*span) for span in spans)
        return [(start, end) for start, end in trimmed if start < end]

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of the source without white space at its ends."""
        written = self.source[start:end]
        return start + len(written) - len(written.lstrip()), start + len(written.rstrip())

    def _length(self, number: int) -> int:
        after = self.places[number + 1][0] if number + 1 < len(self.places) else len(self.text)
        return after - self.places[number][0]


def page_text(page: str) -> PageText:
    """Return the text of an HTML page.

    >>> page_text("<p>AT&amp;T <b>Inc.</b></p><code>x</code>").text.split()
    ['AT&T', 'Inc.', 'x']
    """
    reader = _Reader(page)
    reader.feed(page)
    reader.close()
    return PageText(page, "".join(reader.parts), tuple(reader.places))


def annotated_page(page: str, found: Iterable[tuple[tuple[str, str], list[tuple[int, int]]]]) -> str:
    """Return *page* with the given start and end tags around each span of a name."""
    parts = []
    done = 0
    for (before, after), spans in found:
        for start, end in spans:
            if start >= done:
                parts += [page[done:start], before, page[start:end], after]
                done = end
    return "".join([*parts, page[done:]])


class _Reader(HTMLParser):
    """Collects the text of a page with its places."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self._page = page
        self._lines = [0, *_line_starts(page)]
        self._skipping: list[str] = []  # the skipped element and those of the same name in it
        self._omitting = 0
        self._length = 0
        self.parts: list[str] = []
        self.places: list[tuple[int, int, int, bool]] = []

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _add(self, text: str, start: int, end: int) -> None:
        if self._omitting:
            return
        self.places.append((self._length, start, end, not self._skipping and start < end))
        self.parts.append(text)
        self._length += len(text)

    def _separate(self) -> None:
        place = self._offset()
        self._add("\n", place, place)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin to skip an element, or separate the text before it."""
        if self._skipping:
            if tag == self._skipping[0]:
                self._skipping.append(tag)
            return
        if tag in _OMITTED:
            self._omitting += 1
        elif tag not in _INLINE:
            self._separate()
        if (tag in SKIPPED or any(name == _MARK for name, _ in attrs)) and tag not in _VOID:
            self._skipping = [tag]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Separate the text before an element without content."""
        if not self._skipping and tag not in _INLINE and tag not in _OMITTED:
            self._separate()

    def handle_endtag(self, tag: str) -> None:
        """End to skip an element, or separate the text before its end."""
        if self._skipping:
            if tag == self._skipping[0]:
                self._skipping.pop()
            return
        if tag in _OMITTED:
            self._omitting = max(0, self._omitting - 1)
        elif tag == "ruby":
            self._omitting = 0
        elif tag not in _INLINE:
            self._separate()

    def handle_data(self, data: str) -> None:
        """Add a run of text; white space is one kind of space, as browsers show it."""
        start = self._offset()
        if self._page.startswith(data, start):
            self._add("".join(" " if sign in "\t\n\f\r" else sign for sign in data), start, start + len(data))

    def handle_entityref(self, name: str) -> None:
        """Add the character of a named reference."""
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """Add the character of a numeric reference."""
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        start = self._offset()
        if self._page.startswith(written, start):
            written += ";" * self._page.startswith(";", start + len(written))
            self._add(unescape(written), start, start + len(written))


def _line_starts(page: str) -> Iterator[int]:
    at = page.find("\n")
    while at >= 0:
        yield at + 1
        at = page.find("\n", at + 1)

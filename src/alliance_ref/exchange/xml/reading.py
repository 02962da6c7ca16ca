"""XML read safely: no entities of the file's own, nothing fetched, every size and depth bounded.

This is the standard library's parser behind some forty lines of guards, where defusedxml would be the package
to take: its parser is the Python one of ElementTree, about half as slow again as the one in C that is used
here. A document type can only stand in front of the first element, so expat looks at what stands there, and
nothing is parsed further that declares an entity. What defusedxml refuses is refused here as well, and what
it lets pass: attribute defaults in a document type (a small file can be made large by them), tags of
megabytes, elements nested a million deep.

A document type that only names a file (``<!DOCTYPE tmx SYSTEM "tmx14.dtd">``) is accepted and never fetched.
"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Protocol, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers import expat

from alliance_ref.errors import BadFile
from alliance_ref.exchange.limits import MAX_BEGINNING, MAX_DEPTH, MAX_SILENT, check_size

PIECE_SIZE = 16 * 1024
_DECLARATION = re.compile(r"\s*(<\?xml\s[^>]*\?>)")
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)""")
_OF_EXPAT = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1"})
_AS_WRITTEN = dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932")
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"
XML_LANG = f"{_NAMESPACE}lang"
XML_ID = f"{_NAMESPACE}id"

Event = tuple[str, Element]


def read_events(file: BinaryIO, *, where: str) -> Iterator[list[Event]]:
    """The starts and ends of the elements of *file*, a list of them for each piece of the file.

    Whoever takes them counts how deep they stand, and says :func:`too_deep` beyond ``MAX_DEPTH``.

    Raises:
        BadFile: if it is no well-formed XML, or declares what is refused here.
    """
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    source, check = _decoded(file, where), _Beginning(where)
    try:
        silent = 0
        # Expat looks at a tag from its beginning again with each piece, so the pieces grow while none ends.
        while piece := source.read(min(max(PIECE_SIZE, silent), MAX_SILENT + 1 - silent)):
            if not check.passed:
                check.feed(piece)
            parser.feed(piece)
            events = cast("list[Event]", list(parser.read_events()))
            silent = 0 if events else silent + len(piece)
            if silent > MAX_SILENT:
                raise BadFile(where, f"no tag begins or ends within {MAX_SILENT // 2**20} MB")
            yield events
            del events  # or it would keep its elements while the next piece is parsed
        parser.close()
        yield cast("list[Event]", list(parser.read_events()))
    except ParseError as error:
        line, column = error.position
        raise BadFile(where, _explained(error.code), line, column + 1) from None
    except UnicodeError as error:
        raise BadFile(where, f"the text is not in the encoding that the file declares ({error})") from None


def read_tree(given: str | bytes, *, where: str = "<text>") -> Element:
    """The root element of an XML file that is read as a whole.

    Names of elements and attributes in a namespace are written ``{namespace}name``, as ElementTree does.

    Raises:
        BadFile: if it is no XML, too large, too deep, or declares what is refused here.

    >>> read_tree("<a><b>c</b></a>")[0].text
    'c'
    """
    root, depth = None, 0
    for events in read_events(as_file(given, where=where), where=where):
        for event, element in events:
            if event == "end":
                depth -= 1
                continue
            depth += 1
            if root is None:
                root = element
            if depth > MAX_DEPTH:
                raise too_deep(where)
    assert root is not None
    return root


def as_file(given: str | bytes, *, where: str) -> BinaryIO:
    """What is *given* as a file of bytes; a text may declare any encoding, since it is in none any more.

    Raises:
        BadFile: if it is larger than what is read as a whole.
    """
    if isinstance(given, str):
        given = _undeclared(given.removeprefix("\ufeff")).encode("utf-8", "surrogatepass")
    check_size(len(given), where=where)
    return io.BytesIO(given)


def too_deep(where: str) -> BadFile:
    """The error for a file whose elements stand too deep inside each other."""
    return BadFile(where, f"elements stand more than {MAX_DEPTH} deep inside each other")


class _Beginning:
    """Looks at what stands in front of the first element."""

    def __init__(self, where: str) -> None:
        self.passed = False
        self._where, self._fed = where, 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begun
        self._parser.EntityDeclHandler = self._parser.UnparsedEntityDeclHandler = self._declared
        self._parser.AttlistDeclHandler = self._attribute_declared

    def feed(self, piece: bytes) -> None:
        self._fed += len(piece)
        if self._fed > MAX_BEGINNING:
            raise BadFile(self._where, f"no element within the first {MAX_BEGINNING // 2**20} MB")
        try:
            self._parser.Parse(piece, False)
        except expat.ExpatError as error:
            if not self.passed:
                reason = _explained(error.code)
                raise BadFile(self._where, reason, error.lineno, error.offset + 1) from None

    def _begun(self, _name: str, _attributes: dict[str, str]) -> None:
        self.passed = True

    def _declared(self, *_given: object) -> None:
        raise self._refused("declares entities, which are not read")

    def _attribute_declared(
        self, _element: str, _name: str, _type: str, default: str | None, _required: bool
    ) -> None:
        if default is not None:
            raise self._refused("declares attributes with defaults, which are not read")

    def _refused(self, reason: str) -> BadFile:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        return BadFile(self._where, f"{reason}; save the file without a DTD of its own", line, column)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _decoded(file: BinaryIO, where: str) -> _Readable:
    """The file as bytes that expat can read.

    It knows UTF-8 and Latin-1; what is written in another encoding, such as UTF-16 or Shift_JIS, goes through
    Python's decoders.
    """
    head = file.read(4096)
    rest = _Joined(head, file)
    if not head:
        raise BadFile(where, "the file is empty")
    name = next((name for mark, name in _BOMS if head.startswith(mark)), None)
    if name is None:
        if not head.lstrip().startswith(b"<"):
            raise BadFile(where, "this is no XML file: it does not begin with '<'", 1, 1)
        declared = _DECLARED.match(head)
        name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
        if name in _OF_EXPAT:
            return rest
        name = _AS_WRITTEN.get(name, name)
        if not _is_encoding(name):
            reason = f"declares the encoding {name!r}, which is not known here; save it as UTF-8"
            raise BadFile(where, reason, 1)
    return _Recoded(rest, codecs.getincrementaldecoder(name)())


def _is_encoding(name: str) -> bool:
    try:
        return isinstance(codecs.lookup(name).decode(b"")[0], str)
    except (LookupError, TypeError, ValueError):
        return False


class _Joined:
    """A file whose beginning has been read already."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head, self._file = head, file

    def read(self, size: int, /) -> bytes:
        head, self._head = self._head, b""
        return head or self._file.read(size)


class _Recoded:
    """A file in another encoding, as UTF-8 without an XML declaration."""

    def __init__(self, file: _Joined, decoder: codecs.IncrementalDecoder) -> None:
        self._file, self._decoder = file, decoder
        self._begun = self._ended = False

    def read(self, size: int, /) -> bytes:
        text = ""
        while not text and not self._ended:
            piece = self._file.read(size)
            self._ended = not piece
            text = self._decoder.decode(piece, final=self._ended)
        if not self._begun:
            text, self._begun = _undeclared(text), True
        return text.encode("utf-8", "surrogatepass")


def _undeclared(text: str) -> str:
    """*text* with spaces in place of its XML declaration, so that every place in it stays the same."""
    declaration = _DECLARATION.match(text)
    return " " * declaration.end() + text[declaration.end() :] if declaration else text


_HINTS: dict[str, str] = {
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "the file ends within a tag; it may have been cut off",
    expat.errors.XML_ERROR_INVALID_TOKEN: "a character that cannot stand here, or the wrong encoding",
    expat.errors.XML_ERROR_TAG_MISMATCH: "a tag is closed that is not the open one",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "an entity that XML does not know; write the character itself",
    expat.errors.XML_ERROR_INCORRECT_ENCODING: "the text is not in the encoding that the file declares",
}


def _explained(code: int) -> str:
    message = expat.ErrorString(code)
    if message == expat.errors.XML_ERROR_NO_ELEMENTS:
        return f"the file ends before its elements do; it may have been cut off ({message})"
    hint = _HINTS.get(message)
    return f"{hint} ({message})" if hint else f"not well-formed XML ({message})"

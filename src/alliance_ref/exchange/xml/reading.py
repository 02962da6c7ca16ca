"""Read XML safely: no entities, no external files, and limits for sizes and depths.

The parser is the C parser of the standard library, guarded by the code in this module. defusedxml would be
the alternative package, but it uses the Python parser of ElementTree, which takes about one and a half times
as long. A document type can only occur before the first element, so a separate expat parser examines that
part, and a file that declares entities is rejected before anything is expanded. This module rejects all that
defusedxml rejects and three things that it accepts: attribute defaults in a document type (which can make a
small file large), tags of several megabytes, and elements that are nested a million levels deep.

A document type that only names a file (``<!DOCTYPE tmx SYSTEM "tmx14.dtd">``) is accepted and never fetched.
RDF/XML of ontology editors declares entities for its namespaces; those are accepted there if they are short
texts without markup and other entities, so that they cannot grow.
"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Protocol, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers import expat

from alliance_ref.errors import FileProblem, UnreadableFile, unreadable
from alliance_ref.exchange.limits import MAX_BEFORE_ROOT, MAX_DEPTH, MAX_ENTITY, MAX_WITHOUT_TAG, check_size

PIECE_SIZE = 16 * 1024
"""The number of bytes that are usually parsed at a time."""

_DECLARATION = re.compile(r"\s*(<\?xml\s[^>]*\?>)")
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)""")
_EXPAT_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1"})
_WINDOWS_ENCODINGS = dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932")
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


def read_events(file: BinaryIO, *, title: str, short_entities: bool = False) -> Iterator[list[Event]]:
    """Yield the starts and ends of the elements of *file*, one list for each piece of the file.

    The caller counts the depth of the elements and raises `too_deep` beyond ``MAX_DEPTH``.

    Args:
        file: The open file.
        title: The name of the format, for errors.
        short_entities: Whether entities that are short texts may be declared.

    Raises:
        UnreadableFile: The file is not well-formed XML, or it declares entities or attribute defaults.
    """
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    source, prolog = utf8_of(file, title), _Prolog(title, short_entities=short_entities)
    try:
        without_tag = 0
        # Expat parses an unfinished tag again with each piece, so the pieces grow until a tag ends.
        while piece := source.read(min(max(PIECE_SIZE, without_tag), MAX_WITHOUT_TAG + 1 - without_tag)):
            if not prolog.passed:
                prolog.feed(piece)
            parser.feed(piece)
            events = cast("list[Event]", list(parser.read_events()))
            without_tag = 0 if events else without_tag + len(piece)
            if without_tag > MAX_WITHOUT_TAG:
                raise unreadable(title, FileProblem("no-tag", {"limit": MAX_WITHOUT_TAG // 2**20}))
            yield events
            del events  # otherwise it would keep its elements alive while the next piece is parsed
        parser.close()
        yield cast("list[Event]", list(parser.read_events()))
    except ParseError as error:
        line, column = error.position
        raise unreadable(title, _syntax_problem(error.code, line, column + 1)) from None
    except UnicodeError as error:
        raise unreadable(title, FileProblem("wrong-encoding", {"detail": str(error)})) from None
    except LookupError as error:  # expat asked Python for an encoding that `utf8_of` did not see
        name = str(error).rpartition(": ")[2]
        raise unreadable(title, FileProblem("unknown-encoding", {"encoding": name}, line=1)) from None


def read_tree(content: str | bytes, *, title: str = "XML", short_entities: bool = False) -> Element:
    """Return the root element of an XML file that is read as a whole.

    Names of elements and attributes in a namespace have the form ``{namespace}name``, as in ElementTree.

    Args:
        content: The content of the file.
        title: The name of the format, for errors.
        short_entities: Whether entities that are short texts may be declared.

    Raises:
        UnreadableFile: The content is not well-formed XML, too large or too deep, or it declares entities or
            attribute defaults.

    >>> read_tree("<a><b>c</b></a>")[0].text
    'c'
    """
    root, depth = None, 0
    if short_entities:
        check_size(_expanded_size(content), title=title)
    for events in read_events(as_file(content, title=title), title=title, short_entities=short_entities):
        for event, element in events:
            if event == "end":
                depth -= 1
                continue
            depth += 1
            if root is None:
                root = element
            if depth > MAX_DEPTH:
                raise too_deep(title)
    assert root is not None
    return root


def _expanded_size(content: str | bytes) -> int:
    """Return an upper limit of the size of XML after its entities, which are short texts, are expanded."""
    references = content.count("&") if isinstance(content, str) else content.count(b"&")
    return len(content) + references * MAX_ENTITY


def root_name(file: BinaryIO) -> str:
    """Return the name of the first element of an XML file, without its namespace.

    Entities that are short texts may be declared, as in RDF/XML; its reader checks them again.

    Raises:
        UnreadableFile: The file does not begin as XML.
    """
    for events in read_events(file, title="XML", short_entities=True):
        for _, element in events:
            return element.tag.rpartition("}")[2]
    raise unreadable("XML", FileProblem("empty-file"))


def as_file(content: str | bytes, *, title: str) -> BinaryIO:
    """Return the content as a file of bytes; an encoding that text declares is ignored.

    Raises:
        UnreadableFile: The content is too large to be read as a whole.
    """
    if isinstance(content, str):
        content = _blank_declaration(content.removeprefix("\ufeff")).encode("utf-8", "surrogatepass")
    check_size(len(content), title=title)
    return io.BytesIO(content)


def too_deep(title: str) -> UnreadableFile:
    """Return the error for a file whose elements are nested too deep."""
    return unreadable(title, FileProblem("too-deep", {"limit": MAX_DEPTH}))


class _Prolog:
    """Examines the part of a file before the first element."""

    def __init__(self, title: str, *, short_entities: bool) -> None:
        self.passed = False
        self._title, self._size, self._short_entities = title, 0, short_entities
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._element_started
        self._parser.EntityDeclHandler = self._entity_declared
        self._parser.UnparsedEntityDeclHandler = self._unparsed_entity_declared
        self._parser.AttlistDeclHandler = self._attribute_declared

    def feed(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > MAX_BEFORE_ROOT:
            raise unreadable(self._title, FileProblem("no-element", {"limit": MAX_BEFORE_ROOT // 2**20}))
        try:
            self._parser.Parse(piece, False)
        except expat.ExpatError as error:
            if not self.passed:
                problem = _syntax_problem(error.code, error.lineno, error.offset + 1)
                raise unreadable(self._title, problem) from None

    def _element_started(self, _name: str, _attributes: dict[str, str]) -> None:
        self.passed = True

    def _entity_declared(
        self, _name: str, is_parameter: bool, value: str | None, *_others: str | None
    ) -> None:
        # An external entity has no value.
        is_short = value is not None and len(value) <= MAX_ENTITY and not set("&%<") & set(value)
        if not (self._short_entities and is_short and not is_parameter):
            raise self._rejected("entities")

    def _unparsed_entity_declared(self, *_arguments: str | None) -> None:
        raise self._rejected("entities")

    def _attribute_declared(
        self, _element: str, _name: str, _type: str, default: str | None, _required: bool
    ) -> None:
        if default is not None:
            raise self._rejected("attribute-defaults")

    def _rejected(self, reason: str) -> UnreadableFile:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        return unreadable(self._title, FileProblem(reason, line=line, column=column))


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def utf8_of(file: BinaryIO, title: str) -> _Readable:
    """Return a file of XML as bytes that expat can read: UTF-8, or Latin-1 if it declares it.

    Expat reads UTF-8 and Latin-1; other encodings, such as UTF-16 and Shift_JIS, go through Python's
    decoders.
    """
    head = file.read(4096)
    source = _Joined(head, file)
    if not head:
        raise unreadable(title, FileProblem("empty-file"))
    name = next((name for mark, name in _BOMS if head.startswith(mark)), None)
    if name is None:
        if not head.lstrip().startswith(b"<"):
            raise unreadable(title, FileProblem("not-xml", line=1, column=1))
        declared = _DECLARED.match(head)
        name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
        if name in _EXPAT_ENCODINGS:
            return source
        name = _WINDOWS_ENCODINGS.get(name, name)
        if not is_encoding(name):
            raise unreadable(title, FileProblem("unknown-encoding", {"encoding": name}, line=1))
    return _Recoded(source, codecs.getincrementaldecoder(name)())


def is_encoding(name: str) -> bool:
    """Return whether Python has an encoding of text with this name; there are also codecs such as zlib.

    >>> is_encoding("shift_jis"), is_encoding("zlib"), is_encoding("CHARSET")
    (True, False, False)
    """
    try:
        return isinstance(codecs.lookup(name).decode(b"")[0], str)
    except Exception:  # noqa: BLE001 - codecs that are not encodings raise errors of their own
        return False


class _Joined:
    """A file whose first bytes have been read already."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head, self._file = head, file

    def read(self, size: int, /) -> bytes:
        head, self._head = self._head, b""
        return head or self._file.read(size)


class _Recoded:
    """A file in another encoding, presented as UTF-8 without an XML declaration."""

    def __init__(self, file: _Joined, decoder: codecs.IncrementalDecoder) -> None:
        self._file, self._decoder = file, decoder
        self._started = self._ended = False

    def read(self, size: int, /) -> bytes:
        text = ""
        while not text and not self._ended:
            piece = self._file.read(size)
            self._ended = not piece
            text = self._decoder.decode(piece, final=self._ended)
        if not self._started:
            text, self._started = _blank_declaration(text), True
        return text.encode("utf-8", "surrogatepass")


def _blank_declaration(text: str) -> str:
    """Return *text* with spaces in place of its XML declaration, so that all positions stay the same."""
    declaration = _DECLARATION.match(text)
    return " " * declaration.end() + text[declaration.end() :] if declaration else text


_REASONS: dict[str, str] = {
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "cut-off-in-tag",
    expat.errors.XML_ERROR_NO_ELEMENTS: "cut-off",
    expat.errors.XML_ERROR_INVALID_TOKEN: "invalid-character",
    expat.errors.XML_ERROR_TAG_MISMATCH: "mismatched-tag",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "undefined-entity",
    expat.errors.XML_ERROR_INCORRECT_ENCODING: "wrong-encoding",
}
"""The reasons for the errors of expat that have one; all others are ``not-well-formed``."""


def _syntax_problem(code: int, line: int, column: int) -> FileProblem:
    detail = expat.ErrorString(code)
    return FileProblem(_REASONS.get(detail or "", "not-well-formed"), {"detail": detail}, line, column)

"""Read OpenDocument texts (.odt) with the package's own XML reader.

Text under furigana is kept, and the reading is returned as data. Tracked deletions, comments, headers,
footers, tables of contents and descriptions of images are set aside. The elements are described in
OpenDocument 1.3, part 3 (OASIS, 2021).
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.documents.archive import Archive
from alliance_ref.exchange.documents.blocks import BlockList, InlineText
from alliance_ref.exchange.documents.docx import child, name_of, value_of
from alliance_ref.records.editions import SetAsideKind
from alliance_ref.records.files import BlockKind, FileEdition

TITLE = "OpenDocument text"

_INDEXES = frozenset(
    "table-of-content alphabetical-index illustration-index table-index object-index user-index".split()
)
_SKIPPED = frozenset(
    "sequence-decls variable-decls user-field-decls forms list-header-decls bookmark note-citation"
    " tracked-changes index-title-template".split()
)
_ASIDE: dict[str, SetAsideKind] = {"annotation": "comment", "hidden-text": "hidden"}
_MAX_SPACES = 1_000


def read(data: bytes, file: str) -> FileEdition:
    """Return the edition of an OpenDocument text.

    Raises:
        UnreadableFile: The file is damaged, unsafe or protected by a password.
    """
    with Archive(data, TITLE) as archive:
        if "META-INF/manifest.xml" in archive and _is_encrypted(archive.tree("META-INF/manifest.xml")):
            raise unreadable(TITLE, FileProblem("password"))
        reader = _Reader()
        body = child(archive.tree("content.xml"), "body", "text")
        if body is None:
            values = {"kind": TITLE, "detail": "no <office:text>"}
            raise unreadable(TITLE, FileProblem("not-a-document", values))
        reader.body(body)
        if "styles.xml" in archive:
            reader.headers(archive.tree("styles.xml"))
        title = child(archive.tree("meta.xml"), "meta", "title") if "meta.xml" in archive else None
        return reader.blocks.edition(file, "odt", title="" if title is None else (title.text or "").strip())


def _is_encrypted(manifest: Element) -> bool:
    return any(name_of(element) == "encryption-data" for element in manifest.iter())


class _Reader:
    def __init__(self) -> None:
        self.blocks = BlockList()
        self.inline = InlineText()
        self.later: list[tuple[Element, BlockKind]] = []
        self.notes: list[Element] = []

    def body(self, body: Element) -> None:
        """Read the text of the document, then its notes."""
        for region in body.iter():
            if name_of(region) == "deletion":
                self._aside("deletion", region)
        self._container(body, "paragraph")
        for note in self.notes:
            self._container(note, "note")

    def headers(self, styles: Element) -> None:
        """Set the headers and footers aside."""
        seen = set()
        for element in styles.iter():
            if name_of(element).startswith(("header", "footer")) and len(element):
                text = _all_text(element)
                if text.strip() and text not in seen:
                    seen.add(text)
                    self.blocks.set_aside("page-header", text)

    def _aside(self, kind: SetAsideKind, element: Element) -> None:
        if text := _all_text(element).strip():
            self.blocks.set_aside(kind, text)

    def _container(self, container: Element, kind: BlockKind) -> None:
        for element in container:
            name = name_of(element)
            if name == "p":
                self._paragraph(element, kind)
            elif name == "h":
                level = value_of(element, "outline-level")
                self._paragraph(element, "heading", int(level) if level.isdigit() and len(level) < 3 else 1)
            elif name in _INDEXES:
                self._aside("repeated", element)
            elif name in _ASIDE:
                self._aside(_ASIDE[name], element)
            elif name == "section" and value_of(element, "display") == "none":
                self._aside("hidden", element)
            elif name == "frame":
                self._frame(element, kind)
            elif name not in _SKIPPED:
                self._container(element, {"list": "list-item", "table": "table-cell"}.get(name, kind))  # type: ignore[arg-type]

    def _paragraph(self, paragraph: Element, kind: BlockKind, level: int | None = None) -> None:
        self._inline(paragraph, kind, level)
        self.blocks.add(self.inline, kind, level=level)
        later, self.later = self.later, []
        for element, of_kind in later:
            self._container(element, of_kind)

    def _inline(self, element: Element, kind: BlockKind, level: int | None) -> None:
        self.inline.add(element.text or "")
        for one in element:
            self._piece(one, kind, level)
            self.inline.add(one.tail or "")

    def _piece(self, element: Element, kind: BlockKind, level: int | None) -> None:
        name = name_of(element)
        if name == "ruby":
            base, reading = (child(element, part) for part in ("ruby-base", "ruby-text"))
            self.inline.add(
                "" if base is None else "".join(base.itertext()),
                reading="" if reading is None else "".join(reading.itertext()),
            )
        elif name == "s":
            count = value_of(element, "c")
            self.inline.add(" " * min(int(count), _MAX_SPACES) if count.isdigit() else " ")
        elif name == "tab":
            self.inline.add("\t")
        elif name == "line-break":
            if self.inline.ends_sentence:
                self.blocks.add(self.inline, kind, level=level)
            else:
                self.inline.add("\n")
        elif name == "note":
            body = child(element, "note-body")
            self.notes += [] if body is None else [body]
        elif name == "frame":
            self._frame(element, kind)
        elif name in _ASIDE:
            self._aside(_ASIDE[name], element)
        elif name not in _SKIPPED:
            self._inline(element, kind, level)

    def _frame(self, frame: Element, kind: BlockKind) -> None:
        """Read the text box of a frame after its paragraph; set the description of an image aside."""
        for element in frame:
            if name_of(element) == "text-box":
                if self.inline:
                    self.later.append((element, kind))
                else:
                    self._box(element, kind)
            elif name_of(element) in ("title", "desc"):
                self._aside("image", element)

    def _box(self, box: Element, kind: BlockKind) -> None:
        self._container(box, kind)


def _all_text(element: Element) -> str:
    return "\n".join(_lines(element)).strip()


def _lines(element: Element) -> Iterable[str]:
    """Yield the text of each paragraph in an element, or its own text if it has no paragraphs."""
    paragraphs = [one for one in element.iter() if name_of(one) in ("p", "h")]
    return ["".join(one.itertext()) for one in paragraphs] or ["".join(element.itertext())]

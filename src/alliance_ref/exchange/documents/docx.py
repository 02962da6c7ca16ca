"""Read Word documents (.docx) with the package's own XML reader.

Other readers drop the text under furigana. This one keeps it and returns the reading as data. Tracked
insertions, content controls, text boxes, tables and notes are kept; tracked deletions, comments, headers and
footers, field codes, hidden text and tables of contents are set aside. Numbers of automatically numbered
paragraphs are not part of the file and are not reconstructed.

The elements are described in ISO/IEC 29500-1, chapter 17. Their names are compared without the namespace,
which differs between the transitional and the strict form.
"""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

import attrs

from alliance_ref.exchange.documents.archive import Archive
from alliance_ref.exchange.documents.blocks import BlockList, InlineText
from alliance_ref.records.files import BlockKind, FileEdition

TITLE = "Word document"

_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|table of figures)\b", re.IGNORECASE)
_RUBY_FIELD = re.compile(r"\\s\\up\s*[\d.]+\s*\(([^()]*)\)\s*[,;]\s*([^()]+)\)")
_ENCLOSED_FIELD = re.compile(r"\\o\\ac\(([^,()]*),([^()]*)\)", re.IGNORECASE)
_CONTAINERS = frozenset(
    "sdt sdtContent smartTag customXml hyperlink fldSimple bdo dir ins moveTo oMath oMathPara".split()
)
_DELETED = frozenset(("del", "moveFrom"))
_SPACES = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_OFF = frozenset(("0", "false", "off"))
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))


def read(data: bytes, file: str) -> FileEdition:
    """Return the edition of a Word document.

    Raises:
        UnreadableFile: The file is damaged, unsafe or protected by a password.
    """
    with Archive(data, TITLE) as archive:
        return _Reader(archive).edition(file)


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def value_of(element: Element | None, name: str = "val") -> str:
    """Return an attribute of an element by its name without the namespace, or ``""``."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first descendant on a path of names, or ``None``."""
    for name in names:
        element = None if element is None else next((one for one in element if name_of(one) == name), None)
    return element


@attrs.frozen
class _Style:
    kind: BlockKind = "paragraph"
    level: int | None = None
    is_contents: bool = False


@attrs.define
class _Field:
    """A field whose code is being read, or whose result is."""

    code: str = ""
    has_result: bool = False


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.blocks = BlockList()
        self.inline = InlineText()
        self.style = _Style()
        self.in_cell = 0
        self.in_contents = False
        self.fields: list[_Field] = []
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []
        self.main = self._target("_rels/.rels", "/officeDocument") or "word/document.xml"
        folder, _, base = self.main.rpartition("/")
        self.relations = join(folder, "_rels", f"{base}.rels")
        self.styles = self._styles()

    def edition(self, file: str) -> FileEdition:
        """Return the edition of the document."""
        body = child(self.archive.tree(self.main), "body")
        if body is not None:
            self._container(body)
        self._notes()
        self._comments()
        self._headers()
        return self.blocks.edition(file, "docx", title=self._title())

    # Parts

    def _targets(self, relations: str, kind: str) -> Iterator[str]:
        if relations not in self.archive:
            return
        folder = dirname(dirname(relations))
        for relation in self.archive.tree(relations):
            if value_of(relation, "Type").endswith(kind) and value_of(relation, "TargetMode") != "External":
                target = value_of(relation, "Target")
                path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
                if path in self.archive:
                    yield path

    def _target(self, relations: str, kind: str) -> str | None:
        return next(self._targets(relations, kind), None)

    def _title(self) -> str:
        part = self._target("_rels/.rels", "/core-properties")
        title = child(self.archive.tree(part), "title") if part else None
        return (title.text or "").strip() if title is not None else ""

    def _styles(self) -> dict[str, _Style]:
        part = self._target(self.relations, "/styles")
        if part is None:
            return {}
        found, based, lists = {}, {}, set()
        for style in self.archive.tree(part):
            if name_of(style) != "style":
                continue
            key = value_of(style, "styleId")
            name = value_of(child(style, "name"))
            based[key] = value_of(child(style, "basedOn"))
            outline = value_of(child(style, "pPr", "outlineLvl"))
            if heading := _HEADING.match(name):
                found[key] = _Style("heading", int(heading[1]))
            elif name.lower() == "title":
                found[key] = _Style("heading", 1)
            elif _CONTENTS.match(name):
                found[key] = _Style(is_contents=True)
            elif outline.isdigit() and int(outline) < 9:
                found[key] = _Style("heading", int(outline) + 1)
            elif child(style, "pPr", "numPr") is not None:
                lists.add(key)
        return {key: _inherited(key, found, based, lists) for key in based}

    def _notes(self) -> None:
        for kind in ("footnote", "endnote"):
            part = self._target(self.relations, f"/{kind}s")
            if part is None:
                continue
            held = {value_of(note, "id"): note for note in self.archive.tree(part) if name_of(note) == kind}
            wanted = [key for of_kind, key in self.notes if of_kind == kind]
            others = [key for key, note in held.items() if value_of(note, "type") not in _SEPARATORS]
            for key in dict.fromkeys((*wanted, *others)):
                if key in held:
                    self._container(held[key], note=True)

    def _comments(self) -> None:
        for part in self._targets(self.relations, "/comments"):
            for comment in self.archive.tree(part):
                self._aside("comment", comment)

    def _headers(self) -> None:
        seen = set()
        for kind in ("/header", "/footer"):
            for part in self._targets(self.relations, kind):
                tree = self.archive.tree(part)
                if (text := _all_text(tree)) not in seen:
                    seen.add(text)
                    self._aside("page-header", tree)

    def _aside(self, kind: str, element: Element) -> None:
        if text := _all_text(element).strip():
            self.blocks.set_aside(kind, text)  # type: ignore[arg-type]

    # Blocks

    def _container(self, container: Element, *, note: bool = False) -> None:
        """Read the paragraphs and tables of the body, a cell, a note or a text box."""
        for element in container:
            name = name_of(element)
            if name == "p":
                self._paragraph(element, note=note)
            elif name == "tbl":
                self._table(element, note=note)
            elif name in _DELETED:
                self._aside("deletion", element)
            elif name == "sdt" and _is_contents(element):
                self._aside("repeated", element)
            elif name == "AlternateContent":
                self._container(_chosen(element), note=note)
            elif name in _CONTAINERS:
                self._container(element, note=note)

    def _table(self, table: Element, *, note: bool) -> None:
        self.in_cell += 1
        for row in _nested(table, "tr"):
            if child(row, "trPr", "del") is not None:
                self._aside("deletion", row)
                continue
            for cell in _nested(row, "tc"):
                self._container(cell, note=note)
        self.in_cell -= 1

    def _paragraph(self, paragraph: Element, *, note: bool) -> None:
        properties = child(paragraph, "pPr")
        if not self.inline:
            self.style = self._style_of(properties)
        self._runs(paragraph)
        if child(properties, "rPr", "del") is not None:
            return  # its end is deleted, so it is one paragraph with the next
        self._flush(note=note)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self._container(box, note=note)

    def _style_of(self, properties: Element | None) -> _Style:
        style = self.styles.get(value_of(child(properties, "pStyle")), _Style())
        outline = value_of(child(properties, "outlineLvl"))
        if outline.isdigit() and int(outline) < 9:
            return _Style("heading", int(outline) + 1)
        number = child(properties, "numPr", "numId")
        if number is not None and style.kind == "paragraph":
            return _Style("paragraph" if value_of(number) == "0" else "list-item")
        return style

    def _flush(self, *, note: bool = False) -> None:
        style = self.style
        if style.is_contents:
            text = self.inline.finish()[0]
            if text:
                self.blocks.set_aside("repeated", text)
            return
        kind: BlockKind = "note" if note else style.kind
        if kind == "paragraph" and self.in_cell:
            kind = "table-cell"
        self.blocks.add(self.inline, kind, level=style.level if kind == "heading" else None)

    # Text in a paragraph

    def _runs(self, container: Element) -> None:
        for element in container:
            name = name_of(element)
            if name == "r":
                self._run(element)
            elif name in _DELETED:
                self._aside("deletion", element)
            elif name == "ruby":
                self._ruby(element)
            elif name == "AlternateContent":
                self._runs(_chosen(element))
            elif name in _CONTAINERS:
                self._runs(element)
            elif name == "t":  # a formula
                self.inline.add(element.text or "")
            elif name not in ("pPr", "sdtPr", "sdtEndPr", "rPr") and "/math" in element.tag:
                self._runs(element)

    def _run(self, run: Element) -> None:
        hidden = child(run, "rPr", "vanish")
        if hidden is not None and value_of(hidden) not in _OFF:
            self._aside("hidden", run)
            return
        for element in run:
            self._piece(element, name_of(element))

    def _piece(self, element: Element, name: str) -> None:
        if name == "t":
            if not self._in_code():
                self.inline.add(element.text or "")
        elif name == "ruby":
            self._ruby(element)
        elif name in ("br", "cr"):
            self._break()
        elif name in _SPACES:
            self.inline.add(_SPACES[name])
        elif name == "sym":
            self._symbol(element)
        elif name == "instrText":
            if self.fields:
                self.fields[-1].code += element.text or ""
        elif name == "fldChar":
            self._field(value_of(element, "fldCharType"))
        else:
            self._object(element, name)

    def _object(self, element: Element, name: str) -> None:
        """Read what a run contains besides text."""
        if name == "delText":
            self.blocks.set_aside("deletion", element.text or "")
        elif name in ("footnoteReference", "endnoteReference"):
            self.notes.append((name.removesuffix("Reference"), value_of(element, "id")))
        elif name == "AlternateContent":
            for one in _chosen(element):
                self._piece(one, name_of(one))
        elif name in ("drawing", "pict", "object"):
            self._drawing(element)

    def _in_code(self) -> bool:
        return any(not field.has_result for field in self.fields)

    def _break(self) -> None:
        if self.inline.ends_sentence:
            self._flush()
        else:
            self.inline.add("\n")

    def _symbol(self, element: Element) -> None:
        code = value_of(element, "char")
        character = chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else ""
        if _PRIVATE_USE.match(character):
            self.blocks.set_aside("undecodable", f"{value_of(element, 'font')} U+{code}")
        else:
            self.inline.add(character)

    def _ruby(self, ruby: Element) -> None:
        base, reading = (child(ruby, name) for name in ("rubyBase", "rt"))
        self.inline.add(
            "" if base is None else _all_text(base), reading="" if reading is None else _all_text(reading)
        )

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif self.fields and kind in ("separate", "end"):
            field = self.fields[-1]
            if not field.has_result:
                field.has_result = True
                self._field_code(field.code)
            if kind == "end":
                self.fields.pop()

    def _field_code(self, code: str) -> None:
        """Read furigana and enclosed characters that older versions wrote as formulas; set the rest aside."""
        if ruby := _RUBY_FIELD.search(code):
            self.inline.add(ruby[2], reading=ruby[1])
        elif enclosed := _ENCLOSED_FIELD.search(code):
            self.inline.add(enclosed[2])
        elif code.strip():
            self.blocks.set_aside("field-code", code.strip())

    def _drawing(self, drawing: Element) -> None:
        for element in drawing.iter():
            name = name_of(element)
            if name == "txbxContent":
                self.boxes.append(element)
            elif name in ("docPr", "shape", "imagedata"):
                text = value_of(element, "descr") or value_of(element, "alt")
                if text.strip():
                    self.blocks.set_aside("image", text.strip())


def _inherited(key: str, found: dict[str, _Style], based: dict[str, str], lists: set[str]) -> _Style:
    seen: set[str] = set()
    is_list = False
    while key and key not in seen:
        seen.add(key)
        if key in found:
            return found[key]
        is_list = is_list or key in lists
        key = based.get(key, "")
    return _Style("list-item") if is_list else _Style()


def _nested(element: Element, name: str) -> Iterator[Element]:
    """Yield the children of a name, also those inside content controls and insertions."""
    for one in element:
        if name_of(one) == name:
            yield one
        elif name_of(one) in _CONTAINERS:
            yield from _nested(one, name)


def _chosen(alternatives: Element) -> Element:
    """Return the preferred form of content that a file has in several forms."""
    return next((one for one in alternatives if name_of(one) == "Choice"), alternatives)


def _is_contents(control: Element) -> bool:
    gallery = value_of(child(control, "sdtPr", "docPartObj", "docPartGallery"))
    return gallery == "Table of Contents"


def _all_text(element: Element) -> str:
    """Return all text in an element, with a line end after each paragraph."""
    parts = []
    for one in element.iter():
        name = name_of(one)
        if name in ("t", "delText"):
            parts.append(one.text or "")
        elif name == "p" and parts:
            parts.append("\n")
    return "".join(parts)

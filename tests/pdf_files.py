"""Write small PDF files for tests: lines of text at given places, in Helvetica or a Japanese font."""

from collections.abc import Iterable

Placed = tuple[float, float, float, str]
"""A line of text: its left edge, its baseline, the size of its font, the text."""

_DESCRIPTOR = "<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 4/Ascent 880/Descent -120/CapHeight 709>>"


def pdf(pages: Iterable[Iterable[Placed]], *, vertical: bool = False) -> bytes:
    """Return a PDF; Japanese text is written downward with *vertical*."""
    cmap = "UniJIS-UCS2-V" if vertical else "UniJIS-UCS2-H"
    info = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>"
    descendant = (
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light{info}/FontDescriptor {_DESCRIPTOR}>>"
    )
    fonts = (
        "<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
        f"/F2<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/{cmap}/DescendantFonts[{descendant}]>>>>"
    )
    contents = ["\n".join(map(_shown, page)) for page in pages]
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(contents)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>"]
    for number, content in enumerate(contents):
        box = f"/MediaBox[0 0 600 800]/Resources<</Font{fonts}>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Contents {4 + 2 * number} 0 R>>")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    written = b"%PDF-1.4\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{item}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n"
    return written + f"{end}{len(written)}\n%%EOF\n".encode("latin-1")


def _shown(placed: Placed) -> str:
    left, baseline, size, text = placed
    if text.isascii():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"BT /F1 {size} Tf {left} {baseline} Td ({escaped}) Tj ET"
    return f"BT /F2 {size} Tf {left} {baseline} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def lines(
    left: float, top: float, texts: Iterable[str], *, size: float = 10, gap: float = 14
) -> list[Placed]:
    """Return lines of text below each other."""
    return [(left, top - place * gap, size, text) for place, text in enumerate(texts)]

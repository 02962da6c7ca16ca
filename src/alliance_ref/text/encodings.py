"""Which text do these bytes hold?

Byte order marks and escape sequences settle it where they stand. Otherwise every encoding that decodes
the bytes at all is judged by what it makes of them: Japanese is nearly half kana, Western text has a few
quotation marks and dashes among its letters, and the wrong decoding of either is neither.
"""

import re
from os import PathLike
from pathlib import Path

from alliance_ref.errors import InputNotFound, Message, UnreadableCopy

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_USUAL_JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fc、。「」『』・（）　々]")
_UNUSUAL_JAPANESE = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff\u0080-\u00ff]")
_USUAL_WESTERN = re.compile(r"[‘’“”–—•…™©®§°\u00a0àáâãäåæçèéêëìíîïñòóôõöøùúûüßÀÉÖÜ£€½]")
_LONGEST_PATH = 1_000

MOST_CHARACTERS = 5_000_000
"""The longest text that is read as a copy; a thick book has two million."""

MOST_CONTROLS = 0.02
"""Share of control characters above which bytes are no text; a text has next to none."""


def load_copy(copy: str | bytes | PathLike[str]) -> tuple[str, str | None, str]:
    """The text of a copy, the encoding it was in (``None`` for a `str`), and what to call it in errors.

    A `str` of one line is a path, of several lines the text itself.
    """
    if isinstance(copy, bytes):
        return *decode(copy, "<bytes>"), "<bytes>"
    if isinstance(copy, str) and (len(copy) > _LONGEST_PATH or re.search(r"[\r\n\x00\u2028]", copy)):
        check_text(copy, "<text>")
        return copy, None, "<text>"
    if isinstance(copy, str) and not copy.strip():
        raise UnreadableCopy("<text>", "empty")
    path = Path(copy)
    return *decode(_read(path), str(path)), str(path)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4 * MOST_CHARACTERS + 1)
    except FileNotFoundError:
        raise InputNotFound(str(path)) from None
    except IsADirectoryError:
        raise UnreadableCopy(str(path), "folder") from None
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise UnreadableCopy(str(path), "system", Message(detail)) from None


def check_text(text: str, where: str) -> None:
    """Raise :class:`UnreadableCopy` if *text* is empty, too long or mostly control characters."""
    if len(text) > MOST_CHARACTERS:
        raise UnreadableCopy(
            where, "too-long", Message("{size:,} characters", {"size": len(text)}), MOST_CHARACTERS
        )
    if not text.strip("\ufeff\x00\u200b \t\r\n\u3000\u00a0"):
        raise UnreadableCopy(where, "empty")
    controls = len(_CONTROL.findall(text))
    if controls > max(1, MOST_CONTROLS * len(text)):
        raise UnreadableCopy(
            where, "binary", Message("{part:,} of {whole:,}", {"part": controls, "whole": len(text)})
        )


def decode(data: bytes, where: str) -> tuple[str, str]:
    """The text that *data* holds, with every byte order mark left in it, and the encoding's name.

    Raises:
        UnreadableCopy: if the bytes are empty, no text, or in none of the encodings known here
            (UTF-8, UTF-16, UTF-32, ISO-2022-JP, CP932, EUC-JP, Windows-1252).
    """
    if not data:
        raise UnreadableCopy(where, "empty")
    if len(data) > 4 * MOST_CHARACTERS:
        raise UnreadableCopy(
            where,
            "too-long",
            Message("more than {size:,} bytes", {"size": 4 * MOST_CHARACTERS}),
            MOST_CHARACTERS,
        )
    best: tuple[float, str, str] | None = None
    refused: UnreadableCopy | None = None
    for encoding, text in _decodings(data):
        try:
            check_text(text, where)
        except UnreadableCopy as error:
            refused = refused or error
            continue
        plausible = plausibility(text, encoding)
        if best is None or plausible > best[0]:
            best = plausible, text, encoding
        if plausible == 1.0:
            break
    if best is None:
        raise refused or UnreadableCopy(where, "encoding")
    return best[1], best[2]


def _decodings(data: bytes) -> list[tuple[str, str]]:
    """Each encoding that decodes *data*, the one to believe first in front, with the text."""
    if data.startswith(b"\xef\xbb\xbf"):
        names = ["utf-8"]
    elif data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        names = ["utf-32-le" if data[0] == 0xFF else "utf-32-be"]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ["utf-16-le" if data[0] == 0xFF else "utf-16-be"]
    elif re.search(rb"\x1b(\$\(?[@BDO-Q]|\([BJI])", data) and data.isascii():
        names = ["iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004"]
    else:
        wide = ["utf-16-le", "utf-16-be"] if _looks_wide(data) else []
        names = [*wide, "utf-8", "cp932", "euc_jp", "euc_jis_2004", "cp1252"]
    found = []
    for name in names:
        try:
            found.append((name, data.decode(name)))
        except UnicodeDecodeError:
            continue
    if "utf-8" in names and not any(name == "utf-8" for name, _ in found):
        # UTF-8 with a broken byte here and there: each becomes a surrogate, to be repaired in sight.
        text = data.decode("utf-8", "surrogateescape")
        broken = len(re.findall(r"[\udc80-\udcff]", text))
        if broken <= max(3, MOST_CONTROLS * len(text)) and broken < len(text) - broken:
            found.append(("utf-8", text))
    return found


def _looks_wide(data: bytes) -> bool:
    """Whether every second byte is mostly 0 (Latin) or 0x30 (kana), as in UTF-16 without a mark."""
    sample = data[:4096]
    halves = sample[::2], sample[1::2]
    return len(data) % 2 == 0 and any(half.count(0) + half.count(0x30) > 0.4 * len(half) for half in halves)


def plausibility(text: str, encoding: str) -> float:
    """How much *text* looks like what *encoding* is used for, from 0 to 1."""
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return 1.0
    joined = "".join(beyond)
    if encoding == "utf-8":
        broken = len(re.findall(r"[\udc80-\udcff]", joined))
        return 1.0 if not broken else max(0.0, 0.9 - broken / len(beyond))
    if encoding == "cp1252":
        return 0.8 * len(_USUAL_WESTERN.findall(joined)) / len(beyond)
    usual = len(_USUAL_JAPANESE.findall(joined)) - 2 * len(_UNUSUAL_JAPANESE.findall(joined))
    if encoding.startswith("utf-16"):
        ascii_share = (len(text) - len(beyond)) / len(text)
        return max(0.0, min(0.99, ascii_share + usual / len(beyond) * 2))
    return max(0.0, min(0.95, 2 * usual / len(beyond)))

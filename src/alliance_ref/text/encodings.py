"""Detect the encoding of bytes and decode them.

A byte order mark or an escape sequence decides. Otherwise the bytes are decoded in every supported encoding,
and the results are compared: Japanese text consists of kana, common kanji and their punctuation, Western text
of ASCII with a few accented letters, quotation marks and dashes. A wrong encoding yields rare kanji,
half-width katakana, private-use characters and control characters. UTF-16 without a byte order mark is one of
the candidates, so it is recognized by its text, too.

Two readers build on this. `load_copy` reads a copy of a document: it accepts Windows-1252 and UTF-8 with some
broken bytes, which are repaired and reported later. `decode_file` and `detect_encoding` read tables and other
data files: they reject damaged files, with the line, since U+FFFD in a glossary would be worse than an error.
"""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from alliance_ref.errors import FileProblem, InputNotFound, UnreadableCopy, UnreadableFile
from alliance_ref.messages import Message
from alliance_ref.text.scripts import FULL_WIDTH, KANA, PUNCTUATION

MAX_CHARACTERS = 5_000_000
"""Maximum length of a copy; a thick book has two million characters."""

MAX_CONTROL_SHARE = 0.02
"""Maximum share of control characters in text; ordinary text has almost none."""

MAX_SAMPLE = 1 << 16
"""Number of bytes from the beginning by which encodings are compared."""

_LONGEST_PATH = 1_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_NOT_PLAIN = re.compile(r"[^ -~\t\n\r]")
_BROKEN_BYTE = re.compile(r"[\udc80-\udcff]")
_BEYOND_ASCII = re.compile(rb"[^\x01-\x7f]")
_ISO_2022_ESCAPE = re.compile(rb"\x1b(\$\(?[@BDO-Q]|\([BJI])")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITH_MARK = {
    "utf-8": "utf-8-sig",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "utf-32-le": "utf-32",
    "utf-32-be": "utf-32",
}
_ISO_2022 = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004")
_WIDE = (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2))
_WIDE_NAMES = frozenset(name for name, _ in _WIDE)
_JAPANESE = ("cp932", "euc_jp", "euc_jis_2004")

_USUAL_JAPANESE = re.compile(f"[\u3000{KANA}{PUNCTUATION}{FULL_WIDTH}]")
_USUAL_WESTERN = re.compile(r"[‘’“”–—•…™©®§°\u00a0àáâãäåæçèéêëìíîïñòóôõöøùúûüßÀÉÖÜ£€½\ufeff]")

# Weights of characters beyond ASCII, from 1 for those of ordinary text to -2 for those of no text. They are
# set by hand, not fitted; tests/test_text_encodings.py checks them on 201 texts of the shipped data.
_WEIGHT_USUAL = 1.0
_WEIGHT_COMMON_KANJI = 0.9
_WEIGHT_WESTERN = 0.9
_WEIGHT_RARE_KANJI = 0.3
_WEIGHT_HALF_WIDTH = 0.0
_WEIGHT_OTHER = -0.5
_WEIGHT_NO_TEXT = -2.0

_MIN_UTF8 = 0.6
"""Least plausibility of valid UTF-8 in any script: text in other encodings is hardly ever valid UTF-8."""

_NOT_UTF8 = 0.95
"""Factor for other encodings, so that UTF-8 is preferred between equals."""

_CERTAIN_UTF8 = 0.85
"""Plausibility from which valid UTF-8 needs no comparison."""

_ASCII_UTF8 = 0.84
"""Plausibility of ASCII as UTF-8: only UTF-16 can be more plausible, for hiragana is ASCII in UTF-16, too."""

_MAX_WESTERN_SHARE = 0.25
"""Maximum share of characters beyond ASCII in Western text; beyond it, Windows-1252 is a wrong guess."""


class _Guess(NamedTuple):
    """A candidate: an encoding, the error handler, the decoded sample, and how much it looks like text."""

    encoding: str
    errors: str
    sample: str
    plausibility: float


def load_copy(copy: str | bytes | PathLike[str]) -> tuple[str, str | None, str]:
    """Return the text of a copy, its encoding (``None`` for a `str`), and a name for it in errors.

    A `str` with one line is a path; with several lines it is the text.

    Raises:
        InputNotFound: if there is no such file.
        UnreadableCopy: if the file cannot be read or is not text.
    """
    if isinstance(copy, bytes):
        return *decode(copy, "<bytes>"), "<bytes>"
    if isinstance(copy, str) and (len(copy) > _LONGEST_PATH or re.search(r"[\r\n\x00\u2028]", copy)):
        check_is_text(copy, "<text>")
        return copy, None, "<text>"
    if isinstance(copy, str) and not copy.strip():
        raise UnreadableCopy("<text>", "empty")
    path = Path(copy)
    return *decode(_read(path), str(path)), str(path)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4 * MAX_CHARACTERS + 1)
    except FileNotFoundError:
        raise InputNotFound(str(path)) from None
    except IsADirectoryError:
        raise UnreadableCopy(str(path), "folder") from None
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise UnreadableCopy(str(path), "system", Message(detail)) from None


def check_is_text(text: str, where: str) -> None:
    """Raise an error if *text* is empty, too long, or has too many control characters.

    Raises:
        UnreadableCopy: with the reason.
    """
    if len(text) > MAX_CHARACTERS:
        size = Message("{size:,} characters", {"size": len(text)})
        raise UnreadableCopy(where, "too-long", size, MAX_CHARACTERS)
    if not text.strip("\ufeff\x00\u200b \t\r\n\u3000\u00a0"):
        raise UnreadableCopy(where, "empty")
    if (share := _control_share(text)) is not None:
        raise UnreadableCopy(where, "binary", share)


def _control_share(text: str) -> Message | None:
    """Return how many characters are control characters, if they are too many for text."""
    controls = len(_CONTROL.findall(text))
    if controls <= max(1, MAX_CONTROL_SHARE * len(text)):
        return None
    return Message("{part:,} of {whole:,}", {"part": controls, "whole": len(text)})


def decode(data: bytes, where: str) -> tuple[str, str]:
    """Return the text of *data*, including any byte order marks, and the name of its encoding.

    Bytes that are broken in UTF-8 become lone surrogates.

    Raises:
        UnreadableCopy: if *data* is empty, not text, or in none of the supported encodings (UTF-8, UTF-16,
            UTF-32, ISO-2022-JP, CP932, EUC-JP, Windows-1252).

    >>> decode("日米同盟".encode("utf-16-le"), "<bytes>"), decode("日米同盟".encode("euc_jp"), "<bytes>")
    (('日米同盟', 'utf-16-le'), ('日米同盟', 'euc_jp'))
    """
    if not data:
        raise UnreadableCopy(where, "empty")
    if len(data) > 4 * MAX_CHARACTERS:
        size = Message("more than {size:,} bytes", {"size": 4 * MAX_CHARACTERS})
        raise UnreadableCopy(where, "too-long", size, MAX_CHARACTERS)
    refused: UnreadableCopy | None = None
    for guess in _guesses(data, whole=True, lenient=True):
        try:
            text = data.decode(guess.encoding, guess.errors)
            check_is_text(text, where)
        except UnicodeDecodeError:
            continue
        except UnreadableCopy as error:
            refused = refused or error
            continue
        return text, guess.encoding
    raise refused or UnreadableCopy(where, "encoding")


def decode_file(data: bytes, *, where: str, format_title: str) -> str:
    """Return the text of a data file, without its byte order mark.

    Args:
        data: The bytes of the file.
        where: The name of the file in errors.
        format_title: The name of its format in errors.

    Raises:
        UnreadableFile: if it is damaged or in none of the supported encodings.
    """
    encoding = detect_encoding(
        data[:MAX_SAMPLE], where=where, format_title=format_title, whole=len(data) <= MAX_SAMPLE
    )
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(where, format_title, (_bad_byte(encoding, error),)) from None


def detect_encoding(sample: bytes, *, where: str, format_title: str, whole: bool = False) -> str:
    """Return the encoding of a data file, by Python's name for it; a byte order mark is part of it.

    Args:
        sample: The first bytes of the file.
        where: The name of the file in errors.
        format_title: The name of its format in errors.
        whole: Whether *sample* is the whole file.

    Raises:
        UnreadableFile: if it is damaged or in none of the supported encodings.

    >>> detect_encoding("同盟".encode("cp932"), where="terms.csv", format_title="CSV", whole=True)
    'cp932'
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return _WITH_MARK[name]
    for guess in _guesses(sample, whole=whole, lenient=False):
        if _control_share(guess.sample) is None:
            return guess.encoding
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
        problem = FileProblem("binary", {"detail": _control_share(text) or ""})
    except UnicodeDecodeError as error:
        problem = _bad_byte("utf-8", error)
    raise UnreadableFile(where, format_title, (problem,))


def _bad_byte(encoding: str, error: UnicodeDecodeError) -> FileProblem:
    values = {
        "byte": error.object[error.start],
        "offset": error.start,
        "encoding": encoding.upper(),
    }
    return FileProblem("bad-byte", values, line=error.object.count(10, 0, error.start) + 1)


def _guesses(data: bytes, *, whole: bool, lenient: bool) -> list[_Guess]:
    """Return the encodings that decode *data*, best first; unless *lenient*, only those without damage."""
    sample = _sample_of(data)
    guesses = []
    for guess in _candidates(sample, whole=whole and data.endswith(sample)):
        if guess.encoding == "utf-8" and guess.errors == "strict" and guess.plausibility >= _CERTAIN_UTF8:
            return [guess]
        guesses.append(guess)
    guesses.sort(key=lambda guess: guess.plausibility, reverse=True)
    if lenient:
        return guesses
    accepted = takewhile(lambda guess: guess.errors == "strict" and guess.encoding != "cp1252", guesses)
    return [guess for guess in accepted if guess.plausibility > 0]


def _sample_of(data: bytes) -> bytes:
    """Return the part of *data* by which encodings are compared: from the first byte beyond ASCII."""
    found = _BEYOND_ASCII.search(data)
    # No encoding uses more than four bytes for a character, and those before are ASCII characters.
    start = max(0, found.start() - 32) // 4 * 4 if found else 0
    return data[start : start + MAX_SAMPLE]


def _candidates(sample: bytes, *, whole: bool) -> Iterator[_Guess]:
    mark = next((name for mark, name in _BYTE_ORDER_MARKS if sample.startswith(mark)), None)
    if mark is not None:
        names: tuple[str, ...] = (mark,)
    elif sample.isascii() and _ISO_2022_ESCAPE.search(sample):
        names = _ISO_2022
    else:
        wide = (name for name, size in _WIDE if not whole or len(sample) % size == 0)
        names = ("utf-8", *wide, *_JAPANESE, "cp1252")
    for name in names:
        try:
            text = codecs.getincrementaldecoder(name)().decode(sample, final=whole)
            likely = _plausibility_in(name, text)
            if mark is not None or likely > 0 or name not in _WIDE_NAMES:  # any bytes are valid UTF-16
                yield _Guess(name, "strict", text, likely)
        except UnicodeDecodeError:
            if name != "utf-8":
                continue
            text = sample.decode(name, "surrogateescape")
            broken = len(_BROKEN_BYTE.findall(text))
            if broken <= max(3, MAX_CONTROL_SHARE * len(text)) and broken < len(text) - broken:
                yield _Guess(name, "surrogateescape", text, plausibility(text))


def _plausibility_in(encoding: str, text: str) -> float:
    """Return the plausibility of *text* as the result of decoding in *encoding*."""
    plain = plausibility(text)
    if encoding == "utf-8":
        if text.isascii() and "\0" not in text:
            return _ASCII_UTF8
        return max(plain, _MIN_UTF8) if plain > _WEIGHT_OTHER * 2 else plain
    if text.isascii() and not encoding.startswith("utf"):
        return 0.0  # the same text as in UTF-8
    if encoding == "cp1252":
        beyond = sum(character > "\x7f" for character in text)
        return plain if beyond <= _MAX_WESTERN_SHARE * len(text) else _WEIGHT_NO_TEXT
    return plain * _NOT_UTF8


def plausibility(text: str) -> float:
    """Return how much *text* looks like ordinary Japanese or Western text: 1 is certain, below 0 is not.

    >>> plausibility("日米同盟"), plausibility("譌･邀ｳ蜷檎洶") < 0.4
    (0.9, True)
    """
    weights = [
        _weight(character) for character in text if not " " <= character <= "~" and character not in "\t\n\r"
    ]
    return sum(weights) / len(weights) if weights else 1.0


@lru_cache(maxsize=1 << 13)
def _weight(character: str) -> float:
    if _USUAL_JAPANESE.match(character):
        return _WEIGHT_USUAL
    if _USUAL_WESTERN.match(character):
        return _WEIGHT_WESTERN
    if "\u4e00" <= character <= "\u9fff":
        return _WEIGHT_COMMON_KANJI if _is_common_kanji(character) else _WEIGHT_RARE_KANJI
    if "\uff61" <= character <= "\uff9f":
        return _WEIGHT_HALF_WIDTH
    if "\ue000" <= character <= "\uf8ff" or "\ud800" <= character <= "\udfff" or _CONTROL.match(character):
        return _WEIGHT_NO_TEXT
    return _WEIGHT_OTHER


def _is_common_kanji(character: str) -> bool:
    """Return whether a kanji is in the first level of JIS X 0208."""
    coded = character.encode("cp932", "ignore")
    return len(coded) == 2 and b"\x81" <= coded[:1] <= b"\x98"

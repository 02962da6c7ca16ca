"""From the bytes of a table to its text: Unicode in any of its encodings, else the Japanese ones.

Spreadsheets in Japan still save CSV in CP932, and Excel's "Unicode text" is UTF-16. UTF-8 is tried first,
since text in another encoding is hardly ever valid UTF-8 by chance. Then comes the encoding in which nearly
all that is not ASCII is kana or a common kanji; glossaries have few kana, so the measure of
`editions.decoding`, made for running text, is asked only after that. A file that mixes encodings or is
damaged is refused, with the place: a glossary with U+FFFD in its terms would be worse than none.
"""

import codecs

from alliance_ref.errors import FileProblem, UnreadableCopy, UnreadableFile
from alliance_ref.text.encodings import decode

_SAMPLE = 1 << 18
_ENOUGH = 0.8

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JAPANESE = ("cp932", "euc_jp", "euc_jis_2004", "iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004")


def decoded(data: bytes, *, where: str, title: str) -> str:
    """The text of *data*, without a byte order mark.

    Raises:
        UnreadableFile: if it is in no encoding known here, or damaged.
    """
    encoding = encoding_of(data[:_SAMPLE], where=where, title=title, whole=len(data) <= _SAMPLE)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(where, title, (_bad_byte(encoding, error, data),)) from None


def encoding_of(sample: bytes, *, where: str, title: str, whole: bool = False) -> str:
    """The encoding of a file that begins with *sample*, by Python's name for it.

    Args:
        sample: The first bytes of the file.
        where: What errors call the file.
        title: What errors call its format.
        whole: Whether there is no more of the file.

    Raises:
        UnreadableFile: if it is none that is known here.
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    broken = _broken_utf8(sample, whole=whole)
    if broken is None and b"\0" not in sample[:1000] and b"\x1b$" not in sample:
        return "utf-8"
    found = None if broken is None else _japanese(_whole_lines(sample, whole=whole))
    if found is not None:
        return found
    try:
        _, found = decode(_whole_lines(sample, whole=whole), where)
    except UnreadableCopy as error:
        raise UnreadableFile(where, title, (_not_text(error),)) from None
    if found in _JAPANESE or found.startswith(("utf-16", "utf-32")):
        return found
    raise UnreadableFile(where, title, (broken or FileProblem("not-text"),))


def _japanese(sample: bytes) -> str | None:
    """The Japanese encoding in which *sample* is kana and common kanji, if there is one."""
    best: tuple[float, str | None] = (_ENOUGH, None)
    for name in ("cp932", "euc_jp"):
        try:
            beyond = [character for character in sample.decode(name) if character > "\x7f"]
        except UnicodeDecodeError:
            continue
        usual = sum(map(_is_usual, beyond)) / max(1, len(beyond))
        if usual > best[0]:
            best = usual, name
    return best[1]


def _is_usual(character: str) -> bool:
    """Whether it is kana, full-width, punctuation, or a kanji of the first level of JIS X 0208."""
    if "\u3000" <= character <= "\u30ff" or "\uff01" <= character <= "\uff5e":
        return True
    coded = character.encode("cp932", "ignore")
    return len(coded) == 2 and b"\x81" <= coded[:1] <= b"\x97"


def _broken_utf8(sample: bytes, *, whole: bool) -> FileProblem | None:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
    except UnicodeDecodeError as error:
        return _bad_byte("utf-8", error, sample)
    return None


def _whole_lines(sample: bytes, *, whole: bool) -> bytes:
    """*sample* up to its last line end, so that no character is cut in two."""
    end = len(sample) if whole else sample.rfind(b"\n") + 1
    return sample[: end or len(sample)]


def _bad_byte(encoding: str, error: UnicodeDecodeError, data: bytes) -> FileProblem:
    values = {"byte": error.object[error.start], "offset": error.start, "encoding": encoding.upper()}
    return FileProblem("bad-byte", values, line=data.count(10, 0, error.start) + 1)


def _not_text(error: UnreadableCopy) -> FileProblem:
    if error.reason == "empty":
        return FileProblem("empty-file")
    if error.reason == "binary":
        return FileProblem("binary", {"detail": error.detail})
    return FileProblem("not-text")

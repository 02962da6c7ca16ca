"""The sizes up to which input is read, so that a wrong or hostile file ends in an error, not in a crash."""

from alliance_ref.errors import FileProblem, unreadable

MAX_WHOLE = 256 * 1024 * 1024
"""Maximum size in bytes of a file that is read as a whole. Translation memories are read in pieces."""

MAX_DEPTH = 200
"""Maximum depth of nested XML elements. TMX needs 5 levels, TBX and TEI fewer than 20."""

MAX_BEFORE_ROOT = 1024 * 1024
"""Maximum number of bytes before the first element of an XML file."""

MAX_WITHOUT_TAG = 4 * 1024 * 1024
"""Maximum number of bytes of an XML file in which no tag begins or ends."""

MAX_ENTITY = 256
"""Maximum length of the text of an entity, where entities are read."""

MAX_UNIT = 4 * 1024 * 1024
"""Maximum size in bytes of one unit of a translation memory."""

MAX_UNPACKED = 200_000_000
"""Maximum total size in bytes of the files of a zip archive."""

MAX_ARCHIVE_FILES = 1_000
"""Maximum number of files of a zip archive."""

MAX_RATIO = 200
"""Maximum ratio of unpacked to packed size. Repetitive tables reach about 30."""

MIN_RATIO_SIZE = 10_000_000
"""The ratio is checked only for archives that unpack to more bytes than this."""

MAX_DOCUMENT_PART = 50_000_000
"""Maximum size in bytes of an XML part of a DOCX or ODT file; a book of a million characters has 20 MB."""

MAX_PAGES = 5_000
"""Maximum number of pages of a PDF."""

MAX_DOCUMENT_TEXT = 5_000_000
"""Maximum number of characters of a document, as of a copy; a thick book has two million."""

MAX_SHEET_ROWS = 1_048_576
"""Maximum number of rows of a sheet, as in Excel."""

MAX_SHEET_COLUMNS = 16_384
"""Maximum number of columns of a sheet, as in Excel."""

MAX_EMPTY_ROWS = 10_000
"""Number of empty rows in a row after which the rest of a sheet is taken to be empty."""

MAX_CELLS = 50_000_000
"""Maximum number of cells of a workbook, including the empty ones before the last cell of a row."""

MAX_MERGED_ROWS = 10_000
"""Maximum number of rows into which the text of one merged range is copied."""

MAX_DIGITS = 20
"""Maximum number of digits of a whole number; Python raises an error for more than 4,300."""


def is_whole_number(text: str) -> bool:
    """Return whether *text* is a whole number of 0 or more in ASCII digits, short enough for a count.

    >>> is_whole_number("12"), is_whole_number("-1"), is_whole_number("1" * 5000)
    (True, False, False)
    """
    return len(text) <= MAX_DIGITS and text.isascii() and text.isdigit()


def check_size(size: int, *, title: str) -> None:
    """Check that a file of *size* bytes is small enough to be read as a whole.

    Args:
        size: The size in bytes.
        title: The name of the format, for the error.

    Raises:
        UnreadableFile: The file is too large.

    >>> check_size(10_000, title="TBX")
    """
    if size > MAX_WHOLE:
        raise unreadable(title, FileProblem("too-large", {"size": size / 1e6, "limit": MAX_WHOLE / 1e6}))

"""How much a reader takes in before it says no: a wrong or hostile file ends in an error, not in a crash."""

from alliance_ref.errors import BadFile

MAX_WHOLE = 256 * 1024 * 1024
"""The bytes of a file that is read as a whole; only translation memories are read piece by piece."""

MAX_DEPTH = 200
"""How deep elements may stand inside each other. TMX needs 5 levels, and TBX and TEI fewer than 20."""

MAX_BEGINNING = 1024 * 1024
"""The bytes in front of the first element."""

MAX_SILENT = 4 * 1024 * 1024
"""The bytes within which a tag must begin or end, in XML."""

MAX_UNIT = 4 * 1024 * 1024
"""The bytes of a translation memory within which a unit must end."""


def check_size(size: int, *, where: str) -> None:
    """Refuse a file of *size* bytes that would be read as a whole and is too large for that.

    Raises:
        BadFile: if it is.

    >>> check_size(10_000, where="terms.tbx")
    """
    if size > MAX_WHOLE:
        raise BadFile(
            where,
            f"{size / 1e6:,.0f} MB are more than the {MAX_WHOLE / 1e6:,.0f} MB that are read as a whole;"
            " split the file, or use TMX, which is read piece by piece",
        )

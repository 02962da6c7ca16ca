"""Measure and cut text by the cells that it fills in a terminal: a full-width character fills two."""

import unicodedata


def width(text: str) -> int:
    """Return the number of terminal cells that *text* fills.

    >>> width("日米 alliance")
    13
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def first_cells(text: str, columns: int) -> str:
    """Return the longest beginning of *text* that fits into *columns* cells.

    >>> first_cells("日米同盟", 5)
    '日米'
    """
    for at, character in enumerate(text):
        columns -= _cells(character)
        if columns < 0:
            return text[:at]
    return text


def last_cells(text: str, columns: int) -> str:
    """Return the longest end of *text* that fits into *columns* cells.

    >>> last_cells("日米同盟", 5)
    '同盟'
    """
    for at in range(len(text) - 1, -1, -1):
        columns -= _cells(text[at])
        if columns < 0:
            return text[at + 1 :]
    return text

"""Write XML: escape text, replace characters that XML does not allow, and make ids."""

import re

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML does not allow: a control character or half of a surrogate pair."""

_START = "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff\U00010000-\U000effff"
_NOT_IN_ID = re.compile(f"^[^{_START}]|[^{_START}\\-.0-9\u00b7]|_(?=x[0-9A-F]{{4,6}}_|x-)")
_ENCODED = re.compile(r"_x([0-9A-F]{4,6})_")
_REPEATED = re.compile(r"_x-[0-9]+_$")


# `xml.sax.saxutils.escape` does the same, but importing it loads urllib and takes 30 ms.
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = {**_IN_TEXT, **str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})}


def xml_clean(text: str) -> str:
    r"""Return *text* with U+FFFD for each character that XML does not allow.

    >>> xml_clean("a\x01")
    'a\ufffd'
    """
    return NOT_XML.sub("\ufffd", text)


def xml_text(text: str) -> str:
    r"""Return *text* escaped for the content of an element.

    >>> xml_text("a < b\x01")
    'a &lt; b\ufffd'
    """
    return xml_clean(text).translate(_IN_TEXT)


def xml_attribute(text: str) -> str:
    r"""Return *text* as the value of an attribute, with quotation marks.

    >>> xml_attribute('say "yes"')
    '"say &quot;yes&quot;"'
    """
    return '"' + xml_clean(text).translate(_IN_ATTRIBUTE) + '"'


class XmlIds:
    """Makes unique XML ids from ids of any form.

    A character that an XML id cannot contain is written as its code point, in the notation of Excel.

    >>> ids = XmlIds()
    >>> ids.make("magosaki-2006#8"), ids.make("8"), ids.make("8")
    ('magosaki-2006_x0023_8', '_x0038_', '_x0038__x-2_')
    >>> original_id("magosaki-2006_x0023_8"), original_id("_x0038__x-2_")
    ('magosaki-2006#8', '8')
    """

    def __init__(self) -> None:
        self._made: dict[str, int] = {}

    def make(self, given: str) -> str:
        """Return a new XML id for the id *given*."""
        made = _NOT_IN_ID.sub(lambda found: f"_x{ord(found.group()):04X}_", xml_clean(given))
        count = self._made[made] = self._made.get(made, 0) + 1
        return made if count == 1 else f"{made}_x-{count}_"


def original_id(xml_id: str) -> str:
    """Return the id from which `XmlIds` made this one; return other ids unchanged."""
    return _ENCODED.sub(_character, _REPEATED.sub("", xml_id))


def _character(found: re.Match[str]) -> str:
    number = int(found.group(1), 16)
    return chr(number) if number <= 0x10FFFF else found.group()

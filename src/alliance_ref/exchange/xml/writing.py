"""What every writer of XML here shares: escaping, characters that XML cannot hold, ids."""

import re
from xml.sax.saxutils import escape

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_START = "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff\U00010000-\U000effff"
_NOT_IN_ID = re.compile(f"^[^{_START}]|[^{_START}\\-.0-9\u00b7]|_(?=x[0-9A-F]{{4,6}}_|x-)")
_ENCODED = re.compile(r"_x([0-9A-F]{4,6})_")
_REPEATED = re.compile(r"_x-[0-9]+_$")


def xml_clean(text: str) -> str:
    r"""*text* with U+FFFD for each character that XML cannot hold.

    >>> xml_clean("a\x01")
    'a\ufffd'
    """
    return _NOT_XML.sub("\ufffd", text)


def xml_text(text: str) -> str:
    r"""*text* as it stands between two tags; what XML cannot hold becomes U+FFFD.

    >>> xml_text("a < b\x01")
    'a &lt; b\ufffd'
    """
    return escape(xml_clean(text), {"\r": "&#13;"})


def xml_attribute(text: str) -> str:
    r"""*text* as the value of an attribute, quotation marks included.

    >>> xml_attribute('say "yes"')
    '"say &quot;yes&quot;"'
    """
    return '"' + escape(xml_clean(text), _IN_ATTRIBUTES) + '"'


_IN_ATTRIBUTES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


class XmlIds:
    """Ids as XML allows them, made from ids of any kind, each only once.

    A character that no XML id may have is written with its number, as spreadsheets do it.

    >>> ids = XmlIds()
    >>> ids.make("magosaki-2006#8"), ids.make("8"), ids.make("8")
    ('magosaki-2006_x0023_8', '_x0038_', '_x0038__x-2_')
    >>> given_id("magosaki-2006_x0023_8"), given_id("_x0038__x-2_")
    ('magosaki-2006#8', '8')
    """

    def __init__(self) -> None:
        self._made: dict[str, int] = {}

    def make(self, given: str) -> str:
        """The XML id for a given one."""
        made = _NOT_IN_ID.sub(lambda found: f"_x{ord(found.group()):04X}_", xml_clean(given))
        count = self._made[made] = self._made.get(made, 0) + 1
        return made if count == 1 else f"{made}_x-{count}_"


def given_id(xml_id: str) -> str:
    """The id that :class:`XmlIds` made this one from; any other is returned as it is."""
    return _ENCODED.sub(_character, _REPEATED.sub("", xml_id))


def _character(found: re.Match[str]) -> str:
    number = int(found.group(1), 16)
    return chr(number) if number <= 0x10FFFF else found.group()

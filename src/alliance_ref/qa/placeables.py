"""Find the placeables of a text: the elements that a translation keeps as they are.

Placeables are code, placeholders such as ``%s`` and ``{name}``, tags, reStructuredText roles, addresses,
paths, options and identifiers. All other rules read the text without them. A rule of its own compares the
placeables of the two sides.
"""

import re
from typing import Literal

import attrs

Kind = Literal["placeholder", "tag", "address", "code"]

MASK = "\ufffc"
"""The character that replaces each character of a placeable: OBJECT REPLACEMENT CHARACTER."""

_TAG_NAMES = (
    "a|abbr|acronym|address|article|aside|audio|b|base|bdi|bdo|big|blockquote|body|br|button|canvas|caption|center"
    "|cite|code|col|colgroup|data|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font"
    "|footer|form|g|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|meta"
    "|nav|noscript|object|ol|optgroup|option|p|param|pre|progress|q|rp|rt|ruby|s|samp|script|section|select|small"
    "|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr"
    "|tt|u|ul|var|video|wbr|x|bx|ex|bpt|ept|ph|it|mrk|[0-9]{1,3}"
)
_SUFFIXES = (
    "py|json|html?|md|txt|toml|ya?ml|cfg|ini|js|ts|css|c|h|cpp|rs|go|rb|java|xml|po|pot|mo|tmx|csv|tsv|png|svg|jpe?g"
    "|gif|pdf|exe|dll|so|sh|bat|log|conf|php|sql|rst|db|zip|gz|tar|tscn|tres|gd|inc|git|lock|xlsx|docx"
)
_PLACEABLE = re.compile(
    r"(?P<role>:[A-Za-z][\w:+.-]{0,40}:`(?P<role_text>[^`]{1,300})`)"
    r"|(?P<literal>``(?:[^`]|`(?!`)){1,300}``)"
    r"|(?P<link>`[^`<>]{1,300}\s<[^`<>]{1,300}>`_{1,2})"
    r"|(?P<code>`[^`\n]{1,300}`)(?!_)"
    r"|(?P<url>\b[A-Za-z][A-Za-z0-9+.-]{1,11}://[!#-;=?-_a-~]{1,500}|\bwww\.[!#-;=?-_a-~]{1,300}"
    r"|\b[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.(?:com|org|net|jp|io|dev|gov|edu|mil)\b(?:/[!#-;=?-_a-~]{0,300})?)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4})"
    r"|(?P<macro>\b[a-z]{2,12}:[\w./-]{1,80}\[\w{0,40}\])"
    r"|(?P<target>\]\([^()\s]{1,300}\))"
    r"|(?P<comment><!--.{0,300}?-->)"
    rf"|(?P<tag></?(?:{_TAG_NAMES})(?:\s[^<>]{{0,300}})?/?>)"
    r"|(?P<bbcode>\[/?(?:b|i|u|s|em|strong|code|codeblocks?|url|color|img|kbd|a|br|center|font|doc|sup|sub|member"
    r"|method|class|enum|constant|signal|param|annotation|theme_item|constructor|operator)(?:[=@"
    r" ][^\]\n]{0,200})?\])"
    r"|(?P<variable><[A-Za-z][\w.|-]{0,60}>)"
    r"|(?P<entity>&(?:[A-Za-z]{2,8}|\#\d{1,6});)"
    r"|(?P<named>%\([A-Za-z_][\w.]{0,60}\)[-+#0 ]{0,2}\d{0,3}(?:\.\d{1,2})?[a-zA-Z]|%\{[^{}\s]{1,60}\}"
    r"|%[A-Z_]{2,40}%)"
    r"|(?P<printf>(?<![\w%])%(?:\d{1,2}\$)?[-+#0]{0,3}(?:\d{1,3}|\*)?(?:\.(?:\d{1,2}|\*))?(?:hh?|ll?|[Lqjzt])?"
    r"[diouxXeEfFgGcsS@](?![A-Za-z]{2})|(?<![\w%])%L?[1-9]\d?(?![\d%]))"
    r"|(?P<shell>\$\{[^{}\s]{1,60}\}|(?<![\w$])\$[A-Za-z_]\w{1,40})"
    r"|(?P<brace>\{\{[^{}\n]{1,60}\}\}|\{(?:[A-Za-z_]\w{0,40}|\d{1,3})?(?:[.!:\[][^{}\s]{0,40})?\})"
    r"|(?P<option>(?<![\w-])--[a-z][\w-]{1,40}(?:=[!-;=?-~]{1,60})?|(?<![\w.-])-[A-Za-z](?![\w-]))"
    r"|(?P<path>(?<![\w/.~)-])(?:~|\.{1,2})?/(?:[\w.+@-]{1,80}/){0,12}[\w.+@-]{2,80}/?"
    rf"|\b[A-Z]:\\[\w.\\-]{{1,200}}|\b[\w.-]{{1,80}}(?:/[\w.-]{{1,80}}){{1,12}}\.(?:{_SUFFIXES})\b)"
    rf"|(?P<file>(?<![\w/])[\w-]{{0,60}}\.(?:{_SUFFIXES})\b(?!\.\w))"
    r"|(?P<identifier>\b_{0,2}[A-Za-z0-9]{1,60}(?:_{1,2}[A-Za-z0-9]{1,60}){1,8}_{0,2}\b(?:\(\))?"
    r"|\b[A-Za-z_]\w{1,60}(?:\.[A-Za-z_]\w{1,60}){1,6}\b(?:\(\))?|\b[A-Za-z_]\w{0,60}\(\)"
    r"|\b[a-z]{2,30}(?:[A-Z][a-z0-9]{1,30}){1,6}\b|\b0x[0-9A-Fa-f]{1,16}\b)",
    re.ASCII | re.DOTALL,
)
_HINT = re.compile(
    r"[`%{<$@_/\\&\[]|--|[a-zA-Z0-9]\.[a-zA-Z]|\.[a-z]|[a-z][A-Z]|\(\)|0x|(?<![\w-])-[A-Za-z]", re.ASCII
)
_URL_END = re.compile(r"[.,;:!?'*]+$")
_KINDS: dict[str, Kind] = {
    "url": "address", "email": "address", "named": "placeholder", "printf": "placeholder",
    "shell": "placeholder", "brace": "placeholder", "tag": "tag", "bbcode": "tag",
}  # fmt: skip
_POSITION = re.compile(r"^%\d{1,2}\$")
_QUOTED_LINE = re.compile(r"\s+(?:>\s+)?")
_TAG_CONTENT = re.compile(r"</?[A-Za-z0-9]+|\[/?[a-z_]+")


@attrs.frozen
class Placeable:
    """An element of a text that a translation keeps: ``text[start:end]``.

    `key` identifies the element for comparison, and `form` its form in the text: *code*, *url*, *printf*…
    """

    start: int
    end: int
    kind: Kind
    form: str
    key: str


def placeables(text: str) -> tuple[Placeable, ...]:
    """Return the placeables of *text* in order.

    >>> [(one.kind, one.key) for one in placeables("Run `make`, see <b>%1$s</b> at https://example.org/.")]
    [('code', 'make'), ('tag', '<b'), ('placeholder', '%s'), ('tag', '</b'), ('address', 'https://example.org/')]
    """
    if _HINT.search(text) is None:
        return ()
    found = []
    for match in _PLACEABLE.finditer(text):
        form = match.lastgroup if match.lastgroup != "role_text" else "role"
        assert form is not None
        found += _read(form, match)
    return tuple(found)


def _read(form: str, match: re.Match[str]) -> list[Placeable]:
    start, end = match.span()
    shown = match.group()
    kind = _KINDS.get(form, "code")
    if match["role"]:
        return _role(match)
    if form == "link":
        at = shown.rindex("<")
        return [
            Placeable(start, start + 1, "code", "mark", ""),
            Placeable(start + at, end, kind, form, shown[at:]),
        ]
    if form == "url":
        shown = _URL_END.sub("", shown)
        while shown.endswith(")") and shown.count(")") > shown.count("("):
            shown = _URL_END.sub("", shown[:-1])
        end = start + len(shown)
    return [Placeable(start, end, kind, form, _key(form, shown))] if shown else []


def _role(match: re.Match[str]) -> list[Placeable]:
    """Return the placeables of a role, whose title is translated: ``:ref:`title <target>```."""
    start, end = match.span()
    content = match["role_text"]
    name = match["role"].partition("`")[0]
    if content.endswith(">") and (at := content.rfind("<")) > 0:
        first = match.start("role_text")
        target = content[at + 1 : -1]
        opening = Placeable(start, first, "code", "role", name + target)
        return [opening, Placeable(first + at, end, "code", "mark", "")]
    return [Placeable(start, end, "code", "role", name + content.lstrip("!~"))]


def _key(form: str, shown: str) -> str:
    if form == "printf":
        return _POSITION.sub("%", shown)
    if form in ("tag", "bbcode"):
        found = _TAG_CONTENT.match(shown)
        return found.group().lower() if found else shown
    if form in ("literal", "code"):
        return _QUOTED_LINE.sub(" ", shown.strip("`")).strip().rstrip(";")
    return shown


@attrs.frozen
class PlainText:
    """A text without its placeables.

    `offsets` are the offsets of its characters in the given text, or ``None`` if they are the same.
    """

    text: str
    offsets: tuple[int, ...] | None = None

    def span_in_given(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the given text of ``text[start:end]``."""
        if self.offsets is None:
            return start, end
        first = self.offsets[start]
        return first, max(first, self.offsets[end - 1] + 1) if end > start else first


def masked(text: str, found: tuple[Placeable, ...]) -> str:
    """Return *text* with `MASK` in place of each character of its placeables.

    >>> masked("a {b} c", placeables("a {b} c")).replace(MASK, "#")
    'a ### c'
    """
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.start], MASK * (one.end - one.start)]
        at = one.end
    return "".join([*parts, text[at:]])


_JAPANESE = "\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f"
_LATIN = "0-9A-Za-z%+.,\\-\ufffc"
_SPACES = re.compile(f"(?<=[{_JAPANESE}])[ \u3000]+(?=[{_LATIN}])|(?<=[{_LATIN}])[ \u3000]+(?=[{_JAPANESE}])")


def plain_english(text: str, found: tuple[Placeable, ...]) -> PlainText:
    """Return English *text* without its placeables."""
    return PlainText(masked(text, found))


def plain_japanese(text: str, found: tuple[Placeable, ...]) -> PlainText:
    """Return Japanese *text* without its placeables and the spaces around Latin letters and digits.

    >>> plain_japanese("費用は 350 万円である。", ()).text
    '費用は350万円である。'
    """
    text = masked(text, found)
    spaces = list(_SPACES.finditer(text)) if " " in text or "\u3000" in text else []
    if not spaces:
        return PlainText(text)
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for one in spaces:
        parts.append(text[at : one.start()])
        offsets += range(at, one.start())
        at = one.end()
    return PlainText("".join([*parts, text[at:]]), (*offsets, *range(at, len(text))))

"""Messages that can be rendered in English or Japanese: a template and the values that fill it.

The templates are English and serve as the keys of the gettext catalog. Code that reports something creates
a `Message`; only the code that prints it chooses the language.
"""

import string
from collections.abc import Callable, Mapping
from typing import Self

import attrs


def N_(template: str) -> str:  # noqa: N802 (the name that gettext tools know)
    """Return *template* unchanged; mark it for the catalog."""
    return template


MAX_QUOTED = 60
"""Longest text, in characters, that a message quotes in full."""


def quoted(value: object) -> str:
    """Return *value* as Python writes it; shorten a long one and add its length.

    >>> quoted("x"), quoted("x" * 1000)
    ("'x'", "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' (1,000 characters)")
    """
    if isinstance(value, str) and len(value) > MAX_QUOTED:
        return f"{value[:MAX_QUOTED] + '…'!r} ({len(value):,} characters)"
    text = repr(value)
    return text if len(text) <= 2 * MAX_QUOTED else f"{text[:MAX_QUOTED]}…"


class _Formatter(string.Formatter):
    """Fill a template; the conversion ``!r`` shortens long values as `quoted` does."""

    def convert_field(self, value: object, conversion: str | None) -> object:
        return quoted(value) if conversion == "r" else super().convert_field(value, conversion)


_FORMATTER = _Formatter()


def _same(text: str) -> str:
    return text


@attrs.frozen
class Message:
    """A message template and the values that fill it, not yet in any language.

    Values may be numbers, text, other messages, or tuples of text and messages, joined with `separator`.

    >>> Message("no entry {id}", {"id": "'x'"}).text()
    "no entry 'x'"
    >>> Message("{where}: {problem}", {"where": "a.csv", "problem": Message("the file is empty")}).text()
    'a.csv: the file is empty'
    """

    template: str
    values: Mapping[str, object] = attrs.field(factory=dict, hash=False)
    separator: str = N_(", ")

    def text(self, translate: Callable[[str], str] = _same) -> str:
        """Return the message as text.

        Args:
            translate: A gettext function that translates a template (default: English).
        """
        separator = translate(self.separator)
        rendered: dict[str, object] = {}
        for name, value in self.values.items():
            if isinstance(value, tuple):
                rendered[name] = separator.join(str(_rendered(part, translate)) for part in value)
            else:
                rendered[name] = _rendered(value, translate)
        return _FORMATTER.vformat(translate(self.template), (), rendered)

    def __str__(self) -> str:
        return self.text()


class MessageText(str):
    """The English text of a message, which keeps the message so that it can be rendered in Japanese.

    Records such as `Finding` and `Gap` store messages as text; programs compare and print it like any `str`.
    """

    __slots__ = ("message",)
    message: Message

    def __new__(cls, message: Message) -> Self:
        """Return the English text of *message*."""
        text = super().__new__(cls, message.text())
        text.message = message
        return text

    def __getnewargs__(self) -> tuple[Message]:  # type: ignore[override]
        return (self.message,)


def message_text(template: str, **values: object) -> MessageText:
    """Return the English text of a message that can also be rendered in Japanese.

    Args:
        template: The English template, which the gettext catalog translates.
        values: What fills the blanks of the template.

    >>> message_text("no entry {id!r}", id="x")
    "no entry 'x'"
    """
    return MessageText(Message(template, values))


def error_text(error: Exception) -> str:
    """Return the message of *error*, which can be rendered in Japanese if the library raised the error."""
    message = getattr(error, "message", None)
    return MessageText(message()) if callable(message) else str(error)


def render(text: str, translate: Callable[[str], str]) -> str:
    """Return *text* translated: by its template if it has one, else as a whole.

    >>> render(message_text("no entry {id!r}", id="x"), {"no entry {id!r}": "項目 {id!r} なし"}.get)
    "項目 'x' なし"
    """
    return text.message.text(translate) if isinstance(text, MessageText) else translate(text)


def _rendered(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, MessageText):
        return value.message.text(translate)
    return value.text(translate) if isinstance(value, Message) else value

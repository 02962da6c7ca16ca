"""Mark Japanese text in pages of another language, so that it is displayed and read aloud as Japanese.

Without ``lang="ja"`` a browser may draw 直 or 骨 in their Chinese shapes, and a screen reader skips or spells
them. What the directives make is marked as it is made; but there is also Japanese in what authors write, in
code, in titles, in the general index. So every page is marked once more when it is ready, as the text that it
is: what stands between tags, but no script and nothing that cannot have an element in it.
"""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

_LETTERS = (
    r"\u3005-\u3007\u303b\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
)
_AROUND = r"\u3001-\u3003\u3008-\u3011\u3014-\u301f\u30fb\uff01-\uff5e\u00b7"
_JAPANESE = re.compile(rf"[{_AROUND}]*[{_LETTERS}](?:[{_LETTERS}{_AROUND}]|[ \d]+(?=[{_LETTERS}]))*")
_PIECE = re.compile(
    r"<!--.*?-->|<![^>]*>"
    r"|<(?P<raw>script|style|title|textarea|option|svg)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>.*?</(?P=raw)\s*>"
    r"|<(?P<end>/)?(?P<tag>[a-zA-Z][^\s/>]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL | re.IGNORECASE,
)
_LANG = re.compile(r"""(?:^|\s)lang\s*=\s*["']?([A-Za-z-]+)""")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HAN = ("ja", "zh", "ko", "yue", "lzh")


def mark_japanese(html: str, lang: str = "en") -> str:
    """Return *html* with ``lang="ja"`` on Japanese text that is not marked yet.

    Args:
        html: A page, or part of one.
        lang: The language of text without a ``lang`` attribute.

    >>> mark_japanese("<p>Futenma (普天間) is a base.</p>")
    '<p>Futenma (<span lang="ja">普天間</span>) is a base.</p>'
    >>> mark_japanese('<p lang="ja">普天間</p>')
    '<p lang="ja">普天間</p>'
    """
    if not _JAPANESE.search(html):
        return html
    parts: list[str] = []
    within: list[tuple[str, str]] = []
    here, done = lang, 0
    for piece in _PIECE.finditer(html):
        parts.append(_marked(html[done : piece.start()], here))
        parts.append(piece.group())
        done = piece.end()
        tag = (piece["tag"] or "").lower()
        if not tag or tag in _VOID:
            continue
        if piece["end"]:
            if any(name == tag for name, _ in within):
                while within and within.pop()[0] != tag:
                    pass
        elif not piece["attributes"].endswith("/"):
            own = _LANG.search(piece["attributes"])
            within.append((tag, own[1] if own else here))
        here = within[-1][1] if within else lang
    parts.append(_marked(html[done:], here))
    return "".join(parts)


def _marked(text: str, lang: str) -> str:
    if not text or lang.lower().startswith(_HAN):
        return text
    return _JAPANESE.sub(lambda found: f'<span lang="ja">{found.group()}</span>', text)


def mark_pages(app: "Sphinx") -> None:
    """Apply `mark_japanese` to every page that the builder renders."""
    templates = getattr(app.builder, "templates", None)
    if app.builder.format != "html" or templates is None or not app.config.alliance_mark_japanese:
        return
    render: Callable[[str, dict[str, Any]], str] = templates.render
    language = str(app.config.language or "en")

    def rendered(template: str, context: dict[str, Any]) -> str:
        return mark_japanese(render(template, context), language)

    templates.render = rendered

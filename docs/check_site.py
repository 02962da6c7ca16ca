"""Checks the built site without a browser: every page, in both languages.

    python docs/check_site.py docs/_build/html

Each link to a page, picture or script of the site leads to a file, each ``#place`` to an id on its page; ids
are given once; pictures say what they show; a page says its language and its title; and Japanese stands
where something around it says that it is Japanese. Links to other sites are not followed: that needs a
network, and their owners may move them.

Pages are read as the tags and texts that they are: a parser of the standard library takes ten times as long.
"""

import re
import sys
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

LANGUAGES = ("en", "ja")
JAPANESE = re.compile(r"[\u3041-\u309f\u30a1-\u30fa\u3400-\u9fff]")
_TAG = re.compile(
    r"<!--.*?-->|<!.*?>"
    r"|<(?:script|style|template)\b(?P<unseen>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>.*?</(?:script|style|template)\s*>"
    r"|<(?P<end>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""(?:^|\s)(id|href|src|alt|lang)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_OUT = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "iframe": "src"}
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class _Page:
    """What a page gives and asks for: its ids, its links, its language, what is wrong with it by itself."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.ids: set[str] = set()
        self.links: list[tuple[int, str]] = []
        self.problems: list[tuple[int, str]] = []
        self.lang, self.title = "", ""
        self._open: list[tuple[str, str]] = []
        done = 0
        for found in _TAG.finditer(html):
            self._text(html[done : found.start()], done)
            done = found.end()
            if found["unseen"] is not None:
                self._begin("script", found["unseen"], found.start())
                self._end("script")
            elif found["end"]:
                self._end(found["tag"].lower())
            elif found["tag"]:
                self._begin(found["tag"].lower(), found["attributes"], found.start())
        if not self.title.strip():
            self.problems.append((0, "the page has no title"))
        if not self.lang:
            self.problems.append((0, "the page does not say its language"))

    def line(self, place: int) -> int:
        """The line in which a place of the page is."""
        return self.html.count("\n", 0, place) + 1

    def _begin(self, tag: str, attributes: str, place: int) -> None:
        found = _ATTRIBUTE.findall(attributes) if attributes else ()
        given = {name: unescape(a or b or c) for name, a, b, c in found}
        name = given.get("id")
        if name is not None:
            if name in self.ids:
                self.problems.append((place, f"the id {name!r} is given twice"))
            self.ids.add(name)
        link = given.get(_LINKS.get(tag, ""))
        if link is not None:
            self.links.append((place, link))
        if tag == "img" and "alt" not in given:
            self.problems.append((place, "a picture has no alt"))
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag not in _VOID and not attributes.endswith("/"):
            around = self._open[-1][1] if self._open else ""
            self._open.append((tag, given.get("lang", around)))

    def _end(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        elif any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def _text(self, text: str, place: int) -> None:
        if not text or text.isspace():
            return
        within, lang = self._open[-1] if self._open else ("", "")
        if within == "title":
            self.title += text
        elif lang.partition("-")[0] != "ja" and JAPANESE.search(text):
            self.problems.append((place, f"Japanese that is not marked: {text.strip()[:40]!r}"))


def problems(site: Path) -> Iterator[str]:
    """What is wrong with the site in *site*, each with its page and line."""
    _file.cache_clear()
    pages = {
        path.relative_to(site).as_posix(): _Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.relative_to(site).parts[1:]
    }
    for language in LANGUAGES:
        if not any(name.startswith(f"{language}/") for name in pages):
            yield f"{site}: no pages in {language}; build them with make docs"
    for name, page in pages.items():
        language = name.partition("/")[0]
        if language in LANGUAGES and page.lang != language:
            page.problems.append((0, f"the page says that it is in {page.lang!r}"))
        for place, link in page.links:
            broken = _broken(link, name, pages, site)
            if broken:
                page.problems.append((place, broken))
        yield from (f"{name}:{page.line(place)}: {text}" for place, text in sorted(page.problems))
    yield from _one_sided(set(pages))


def _broken(link: str, name: str, pages: dict[str, _Page], site: Path) -> str | None:
    """Why a link of the page *name* leads nowhere, if it does not lead out of the site."""
    if _OUT.match(link):
        return None
    path, _, place = link.partition("#")
    target: str | None = name
    if path:
        target = _file(name.rpartition("/")[0], path.partition("?")[0], site)
    if target is None:
        return f"{link!r} leads to no file"
    # An empty place, and "top", are the top of any page; scripts and pictures have places of their own.
    if place in ("", "top") or target not in pages or unquote(place) in pages[target].ids:
        return None
    return f"{link!r} leads to no place on {target}"


@cache
def _file(folder: str, path: str, site: Path) -> str | None:
    """The file of the site that *path* leads to from a *folder* of it, if there is one."""
    target = normpath(f"{folder}/{unquote(path)}" if folder else unquote(path))
    return target if (site / target).is_file() else None


def _one_sided(names: set[str]) -> Iterator[str]:
    """Pages that there are in one language only, so that the switch of language leads nowhere."""
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        for name in sorted(names):
            twin = f"{other}/{name.partition('/')[2]}"
            if name.startswith(f"{language}/") and twin not in names:
                yield f"{name}: there is no {twin}"


def main(folder: str) -> int:
    """Print what is wrong; 1 if anything is."""
    site = Path(folder)
    found = list(problems(site))
    count = sum(1 for _ in site.rglob("*.html"))
    found.append(f"{len(found)} problems on {count} pages" if found else f"{count} pages, no problem")
    sys.stdout.write("\n".join(found) + "\n")
    return len(found) > 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "docs/_build/html"))

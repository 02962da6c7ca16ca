"""A small site with the theme and templates of the documentation, in both languages, and a server."""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sphinx_projects import build

DOCS = Path(__file__).resolve().parents[1] / "docs"
KINDS = (
    "index", "deep/document", "entries", "glossary", "timeline", "topics", "concordance", "names", "api",
)  # fmt: skip
"""The pages, one of each kind."""

CONF = f"""
import runpy, sys

project = "trial"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "alliance_ref.sphinxext"]
_docs = runpy.run_path({str(DOCS / "conf.py")!r}, init_globals={{"tags": tags}})
globals().update({{name: value for name, value in _docs.items() if name.startswith(("html_", "autodoc_"))}})
smartquotes = _docs["smartquotes"]
_with_levels = _docs["_with_levels"]


def setup(app):
    app.connect("html-page-context", _with_levels, priority=900)


templates_path = [{str(DOCS / "_templates")!r}]
html_static_path = [{str(DOCS / "_static")!r}]
exclude_patterns = ["_*"]
"""
PAGES = {
    "index.md": (
        "# Start\n\nThe base at {alliance:entry}`futenma` ({alliance:entry}`futenma:ja`) was to be moved.\n"
        '普天間 is read 「ふてんま」; `lookup("普天間")` finds it. The {alliance:term}`地位協定` stays.\n\n'
        "## Section\n\n{alliance:passage}`magosaki-2006#8`\n\n"
        "```python\nar.lookup('普天間')  # 日本語の注\n```\n\n"
        "```{toctree}\n:caption: Pages\n\n" + "\n".join(KINDS[1:]) + "\n```\n"
    ),
    "deep/document.md": "# {alliance:label}`magosaki-2006`\n\n```{alliance:document} magosaki-2006\n```\n",
    "entries.md": (
        "# {alliance:either}`Places | 地名`\n\n```{alliance:entries}\n:ids: futenma kadena camp-zama okinawa "
        "ohno-yoshinori jda scc treaty-1960 guidelines-1997 bmd alliance\n```\n"
    ),
    "glossary.md": (
        "# {alliance:either}`Glossary | 用語集`\n\n```{alliance:glossary}\n:by: letter\n"
        ":ids: bmd alliance deterrence prior-consultation collective-self-defense sofa-term futenma\n```\n"
    ),
    "timeline.md": "# {alliance:either}`Timeline | 年表`\n\n```{alliance:timeline}\n:from: 2004-01-01\n```\n",
    "topics.md": "# {alliance:either}`Topics | 議題`\n\n```{alliance:topics}\n:kind: comparison\n```\n",
    "concordance.md": (
        "# {alliance:either}`Concordance | 用例`\n\n```{alliance:concordance} ミサイル防衛\n:lang: ja\n```\n"
    ),
    "names.md": "# {alliance:either}`Find a name | 名称検索`\n\n```{alliance:name-search}\n```\n",
    "api.md": (
        "# API\n\n```{eval-rst}\n.. autofunction:: alliance_ref.lookup\n\n"
        ".. autoclass:: alliance_ref.Match\n```\n"
    ),
}


def write_site(folder: Path) -> Path:
    """Build the site in both languages, and give back the folder that holds ``en`` and ``ja``."""
    source = folder / "source"
    for name, text in {"conf.py": CONF, **PAGES}.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for language in ("en", "ja"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Sphinx and its own extensions speak of Sphinx 11
            built = build(source, out=language, language=language)
        assert not built.warnings, built.warnings
    (folder / "site").mkdir()
    for language in ("en", "ja"):
        (folder / f"source-{language}").rename(folder / "site" / language)
    return folder / "site"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()

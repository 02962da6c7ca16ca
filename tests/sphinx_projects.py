"""Small throw-away Sphinx projects, and what a build makes of them."""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

CONF = """
project = "trial"
extensions = ["alliance_ref.sphinxext"{more}]
html_theme = "basic"
exclude_patterns = ["_*"]
"""
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@attrs.frozen
class Built:
    """A project after a build: its folder of output, its warnings, Sphinx itself."""

    out: Path
    warnings: str
    app: Sphinx

    def page(self, name: str) -> str:
        """The text of a file that the build wrote."""
        return (self.out / name).read_text(encoding="utf-8")


def write(folder: Path, files: Mapping[str, str], *, extensions: Sequence[str] = (), conf: str = "") -> Path:
    """Write a project into *folder*."""
    more = "".join(f', "{one}"' for one in extensions)
    texts = {"conf.py": CONF.format(more=more) + conf, **files}
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def build(
    source: Path,
    builder: str = "html",
    *,
    out: str | None = None,
    processes: int = 1,
    fresh: bool = False,
    **settings: Any,
) -> Built:
    """Build the project in *source*; *settings* count before those of its ``conf.py``."""
    warnings = io.StringIO()
    folder = source.parent / f"{source.name}-{out or builder}"
    with patch_docutils(source), docutils_namespace():
        app = Sphinx(
            source,
            source,
            folder,
            source.parent / f"{source.name}-{out or 'doctrees'}.cache",
            builder,
            confoverrides=settings,
            status=None,
            warning=warnings,
            freshenv=fresh,
            parallel=processes,
        )
        app.build()
    return Built(folder, _ANSI.sub("", warnings.getvalue()), app)

"""The data of a project: its reference and its glossaries.

Nothing of it is kept in the environment, which is pickled and passed between processes. What was read from a
file is kept with the time the file was last changed, so that a build in a long-lived process sees a change.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import alliance_ref
from alliance_ref.glossary import Glossary, reference_glossary
from alliance_ref.records.values import Lang
from alliance_ref.reference import Reference, load

if TYPE_CHECKING:
    from sphinx.config import Config


def page_language(config: "Config") -> Lang:
    """Return the language of a project's pages: Japanese or, for any other language, English."""
    return "ja" if str(config.language or "").lower().startswith("ja") else "en"


def reference_of(config: "Config") -> Reference:
    """Return the reference of a project: the shipped one, or that of the folder ``alliance_data``.

    ``alliance_edition`` was set when the build began, from what is in the folder.
    """
    return _loaded(str(config.alliance_data or ""), str(config.alliance_edition or ""))


def stamp_of(folder: str) -> str:
    """Return a digest of the data files in *folder* (default: the shipped data)."""
    top = Path(folder) if folder else Path(alliance_ref.__file__).parent / "data"
    digest = hashlib.sha256()
    for path in sorted(top.rglob("*.toml")):
        digest.update(path.relative_to(top).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=8)
def _loaded(folder: str, _stamp: str) -> Reference:
    return load(folder) if folder else load()


@lru_cache(maxsize=8)
def glossary_of(reference: Reference) -> Glossary:
    """Return the entries of *reference* as a glossary."""
    return reference_glossary(reference)


def glossary_file(path: Path) -> Glossary:
    """Return the glossary of a file, which is read again only if the file changed."""
    stat = path.stat()
    return _read(str(path), stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=32)
def _read(path: str, _changed: int, _size: int) -> Glossary:
    from alliance_ref.glossary import read_glossary

    return read_glossary(path)

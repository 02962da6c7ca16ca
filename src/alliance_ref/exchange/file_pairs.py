"""Pair the files of two folders by name: an English text and its Japanese translation.

Files correspond if they have the same name in the same subfolder. A suffix and a mark of the language may
differ: ``naha.en.html`` and ``naha.ja.docx``, ``report_EN.txt`` and ``report_JA.txt``, ``memo.txt`` and
``memo.txt``, ``2005/en.txt`` and ``2005/ja.txt``.
"""

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import attrs

from alliance_ref.errors import UnreadableCopy

_MARKS = {
    "en": r"en|eng|english|en[-_](?:us|gb)|英語?|英文|英語版",
    "ja": r"ja|jpn?|japanese|ja[-_]jp|日|日本語|和文|日本語版",
}
_MARK = {
    lang: re.compile(
        rf"(?:(?P<before>.+?)[._\- ])?(?:{mark})|(?P<text>.+?)[(（](?:{mark})[)）]"
        rf"|(?:{mark})[._\- ](?P<after>.+)",
        re.IGNORECASE,
    )
    for lang, mark in _MARKS.items()
}
_LOCK_FILES = ("~$", ".")
"""Beginnings of the names of hidden files and of the lock files of Office."""


@attrs.frozen
class FilePair:
    """An English file, its Japanese counterpart, and their common name without suffix and language."""

    name: str
    en: Path
    ja: Path


@attrs.frozen
class FilePairs:
    """The files of two folders.

    Attributes:
        pairs: The files that correspond, sorted by name.
        en_only: The English files without a counterpart.
        ja_only: The Japanese files without a counterpart.
    """

    pairs: tuple[FilePair, ...]
    en_only: tuple[Path, ...]
    ja_only: tuple[Path, ...]


def pair_folders(en: str | os.PathLike[str], ja: str | os.PathLike[str]) -> FilePairs:
    """Pair the files of an English and a Japanese folder, with their subfolders, by name.

    Args:
        en: The folder with the English files.
        ja: The folder with the Japanese files. It may be the same folder; then the names of its files must
            have a mark of the language, and files without one have no counterpart.

    Raises:
        UnreadableCopy: One of them is not a folder.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("naha.en.txt", "naha.ja.txt", "memo.ja.txt"):
    ...         _ = Path(folder, name).write_text("x")
    ...     found = pair_folders(folder, folder)
    >>> [(pair.name, pair.en.name, pair.ja.name) for pair in found.pairs]
    [('naha', 'naha.en.txt', 'naha.ja.txt')]
    >>> [path.name for path in found.ja_only]
    ['memo.ja.txt']
    """
    folders = _folder(en), _folder(ja)
    en_files, ja_files = (_files(folder) for folder in folders)
    if folders[0].samefile(folders[1]):
        ja_files = [file for file in ja_files if _is_marked(file, "ja")]
        en_files = [file for file in en_files if file not in ja_files]
    return pair_files(folders[0], en_files, folders[1], ja_files)


def pair_files(en_root: Path, en: Iterable[Path], ja_root: Path, ja: Iterable[Path]) -> FilePairs:
    """Pair files by their name below a root; see `pair_folders`.

    Names that are equal are paired first, then those that differ in the mark of the language, then those that
    differ in the suffix too. A name that several files of one side have is not paired.
    """
    en_left = {file: _name(file, en_root) for file in en}
    ja_left = {file: _name(file, ja_root) for file in ja}
    found: list[FilePair] = []
    for key in (_whole, _without_mark, _without_suffix):
        by_key = _by_key(en_left, key, "en"), _by_key(ja_left, key, "ja")
        for value in by_key[0].keys() & by_key[1].keys():
            (english, japanese) = by_key[0][value], by_key[1][value]
            if len(english) == len(japanese) == 1:
                name = _without_suffix(en_left.pop(english[0]), "en")
                del ja_left[japanese[0]]
                found.append(FilePair(name.rstrip("/") or english[0].name, english[0], japanese[0]))
    found.sort(key=lambda pair: (pair.name, pair.en))
    return FilePairs(tuple(found), tuple(sorted(en_left)), tuple(sorted(ja_left)))


def _folder(path: str | os.PathLike[str]) -> Path:
    folder = Path(path)
    if not folder.is_dir():
        raise UnreadableCopy(str(folder), "not-a-folder" if folder.exists() else "no-folder")
    return folder


def _files(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file() and not any(part.startswith(_LOCK_FILES) for part in file.relative_to(folder).parts)
    )


def _name(file: Path, root: Path) -> str:
    """Return the name of a file below *root*; file systems may decompose its characters."""
    return unicodedata.normalize("NFC", file.relative_to(root).as_posix())


Key = Callable[[str, str], str]


def _by_key(names: dict[Path, str], key: Key, lang: str) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = defaultdict(list)
    for file, name in names.items():
        found[key(name, lang).casefold()].append(file)
    return found


def _whole(name: str, _lang: str) -> str:
    return name


def _without_mark(name: str, lang: str) -> str:
    return "".join(_parts(name, lang))


def _without_suffix(name: str, lang: str) -> str:
    return _parts(name, lang)[0]


def _parts(name: str, lang: str) -> tuple[str, str]:
    """Return a name without the mark of its language and without its suffix, and the suffix."""
    folder, slash, file = name.rpartition("/")
    stem, suffix = os.path.splitext(file)
    match = _MARK[lang].fullmatch(stem)
    bare = (match["before"] or match["text"] or match["after"] or "") if match else stem
    return f"{folder}{slash}{bare}", suffix


def _is_marked(file: Path, lang: str) -> bool:
    return _MARK[lang].fullmatch(file.stem) is not None

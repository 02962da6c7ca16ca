"""A word net of our own names, so that ``wn`` has something to find without a server of word nets.

Every entry of the reference is a synset, every name of it a word. As ``wn`` looks words up in an SQLite table
with an index, the time of a query hardly depends on which word net is loaded.
"""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import alliance_ref as ar

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE LexicalResource SYSTEM "http://globalwordnet.github.io/schemas/WN-LMF-1.0.dtd">\n'
    "<LexicalResource>\n"
)


def words(folder: Path) -> Callable[[str], object]:
    """``wn.words`` over the names of the reference, kept in *folder*.

    Raises:
        ImportError: ``wn`` is not installed.
    """
    wn: Any = importlib.import_module("wn")
    wn.config.data_directory = folder
    source = folder / "names.xml"
    source.write_text(
        _HEAD + "".join(_lexicon(lang) for lang in ("en", "ja")) + "</LexicalResource>\n", encoding="utf-8"
    )
    wn.add(source, progress_handler=None)
    found: Callable[[str], object] = wn.words
    return found


def _lexicon(lang: str) -> str:
    """The names in one language, as a lexicon of WN-LMF."""
    words, synsets = [], []
    for entry in ar.load().entries():
        names = [name.text for name in entry.names if name.lang == lang]
        synsets += [f'<Synset id="n{lang}-{entry.id}-n" ili="" partOfSpeech="n"/>'] if names else []
        words += [
            f'<LexicalEntry id="n{lang}-{entry.id}-{place}"><Lemma writtenForm={quoteattr(text)} '
            f'partOfSpeech="n"/><Sense id="n{lang}-{entry.id}-{place}-s" synset="n{lang}-{entry.id}-n"/>'
            "</LexicalEntry>"
            for place, text in enumerate(names)
        ]
    attributes = 'email="nobody@example.org" license="CC BY 4.0" version="1"'
    head = f'<Lexicon id="n{lang}" label="names ({lang})" language="{lang}" {attributes}>'
    return "\n".join([head, *words, *synsets, "</Lexicon>\n"])

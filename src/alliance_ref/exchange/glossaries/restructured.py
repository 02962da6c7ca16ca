"""Glossaries as the ``glossary`` directive of Sphinx, with kana to sort Japanese terms by.

The English terms of a concept come first, then the Japanese ones, each on a line of its own; below them a
list of fields holds readings, definitions and the id. Behind a Japanese term stands, as Sphinx has it, the
key of its place in the index: the first kana of its reading without voicing marks, since Sphinx makes a
heading of every key (``防衛庁 : ほ``). Without a reading the first character of the term is the key.

Values stand on one line: line ends and tabs become spaces.
"""

import re
from collections.abc import Iterable, Iterator

from alliance_ref.errors import unreadable
from alliance_ref.exchange.capabilities import NOT_IN_XML
from alliance_ref.exchange.tables.cells import joined, split
from alliance_ref.exchange.tables.glossary_table import free_id
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term
from alliance_ref.text.keys import gojuon_key

HOLDS = frozenset({"id", "definition", "concept with one language", "further terms", "reading", NOT_IN_XML})

_TITLE = "reStructuredText glossary"
_DIRECTIVE = ".. glossary::"
_MARKUP = re.compile(r"([\\*`|_:<>\[\]])")
_AT_START = re.compile(r"([!-/=?@^{}~]|\(?\w+(?=[.)]))")
_TERM = re.compile(r"(?P<text>.*?)(?: : (?P<key>\S+))?")
_FIELDS = {"読み": "readings", "English": "en", "日本語": "ja", "id": "id"}


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """One ``glossary`` directive with an entry for each concept, in their order."""
    lines = [_DIRECTIVE, ""]
    for concept in concepts:
        lines += [f"   {line}" if line else "" for line in _entry(concept)]
        lines.append("")
    return "\n".join(lines)


def _entry(concept: GlossaryConcept) -> Iterator[str]:
    for term in _in_order(concept.en):
        yield _escaped(term.text)
    for term in _in_order(concept.ja):
        yield f"{_escaped(term.text)} : {_key(term)}"
    readings = [term.reading or "" for term in _in_order(concept.ja)]
    values = {
        "読み": joined(readings) if any(readings) else "",
        "English": concept.en.definition,
        "日本語": concept.ja.definition,
        "id": concept.id,
    }
    for name, value in values.items():
        if value.strip():
            yield f"   :{name}: {_escaped(value)}"


def _in_order(section: LanguageSection) -> list[Term]:
    """The preferred term in front, since the first is what a reader takes for it."""
    return sorted(section.terms, key=lambda term: term is not section.preferred)


def _key(term: Term) -> str:
    key = gojuon_key(term.reading or term.text)[0].strip() or term.text.strip()
    return key[:1] if key[:1].isalnum() else "記号"


def _escaped(text: str) -> str:
    line = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    # Nor may it begin like a list, a field, a rule or a comment.
    found = _AT_START.match(line)
    if found is None:
        return line
    return f"\\{line}" if found.end() == 1 and not line[0].isalnum() else f"{found[0]}\\{line[found.end() :]}"


def loads(text: str) -> tuple[GlossaryConcept, ...]:
    """The concepts in the first ``glossary`` directive of *text*, written as :func:`dumps` does.

    Raises:
        UnreadableFile: if there is no such directive, or an entry has no term.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip() == _DIRECTIVE), None)
    if start is None:
        raise unreadable(_TITLE, ("", f"no line with {_DIRECTIVE}"))
    entries: list[tuple[int, list[str]]] = []
    fresh = True
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if line.strip() and not line.startswith("   "):
            break
        if not line.strip():
            fresh = True
        elif fresh:
            entries.append((number, [line[3:]]))
            fresh = False
        else:
            entries[-1][1].append(line[3:])
    concepts: list[GlossaryConcept] = []
    problems: list[tuple[str, str]] = []
    taken: set[str] = set()
    for number, entry in entries:
        try:
            concepts.append(_concept(entry, taken))
        except ValueError as error:
            problems.append((f"line {number}", str(error)))
    if problems:
        raise unreadable(_TITLE, *problems)
    return tuple(concepts)


def _concept(entry: list[str], taken: set[str]) -> GlossaryConcept:
    texts: dict[str, list[str]] = {"en": [], "ja": []}
    values: dict[str, str] = {}
    for line in entry:
        field = re.fullmatch(r"\s+:([^:\\]+): (.*)", line)
        if field is not None and field[1] in _FIELDS:
            values[_FIELDS[field[1]]] = _plain(field[2])
        elif not line.startswith(" "):
            term = _TERM.fullmatch(line)
            assert term is not None
            texts["ja" if term["key"] else "en"].append(_plain(term["text"]))
        else:
            raise ValueError(f"{line.strip()!r} is no field known here: {', '.join(_FIELDS)}")
    readings = [*split(values.get("readings", "")), *([""] * len(texts["ja"]))]
    en = [Term(text, "en", "admitted" if at else "preferred") for at, text in enumerate(texts["en"])]
    ja = [
        Term(text, "ja", "admitted" if at else "preferred", reading=readings[at] or None)
        for at, text in enumerate(texts["ja"])
    ]
    return GlossaryConcept(
        values.get("id") or free_id([*texts["en"], *texts["ja"]], taken),
        LanguageSection("en", tuple(en), values.get("en", "")),
        LanguageSection("ja", tuple(ja), values.get("ja", "")),
    )


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)

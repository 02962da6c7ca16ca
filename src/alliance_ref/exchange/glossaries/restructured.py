"""Glossaries as the ``glossary`` directive of Sphinx, with keys that sort Japanese terms by kana.

An entry begins with the English terms of a concept, then the Japanese terms, each on its own line. A field
list below them contains the readings, the definitions and the id. A Japanese term is followed by its index
key, in the syntax of
Sphinx: the first kana of its reading without voicing marks, since Sphinx makes a heading of every key
(``防衛庁 : ほ``). Without a reading, the key is the first character of the term.

Values are on one line: line ends and tabs become spaces. Deprecated and erroneous terms are left out.
"""

import re
from collections.abc import Iterable, Iterator

from alliance_ref.errors import FileProblem, invalid, unreadable
from alliance_ref.exchange.capabilities import NOT_IN_XML
from alliance_ref.exchange.concept_drafts import free_id
from alliance_ref.exchange.tables.cells import join_values, split_values
from alliance_ref.exchange.usable_terms import usable_concepts
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term
from alliance_ref.text.keys import gojuon_key

SUPPORTED_FIELDS = frozenset(
    {"id", "definition", "concept with one language", "further terms", "reading", NOT_IN_XML}
)

_TITLE = "reStructuredText glossary"
_DIRECTIVE = ".. glossary::"
_MARKUP = re.compile(r"([\\*`|_:<>\[\]])")
_AT_START = re.compile(r"([!-/=?@^{}~]|\(?\w+(?=[.)]))")
_TERM = re.compile(r"(?P<text>.*?)(?: : (?P<key>\S+))?")
_OTHER_KEY = "記号"  # the index key of terms that begin with a symbol
_FIELDS = {"読み": "readings", "English": "en", "日本語": "ja", "id": "id"}


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """Return *concepts* as one ``glossary`` directive with an entry for each concept."""
    lines = [_DIRECTIVE, ""]
    for concept in usable_concepts(concepts):
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
        "読み": join_values(readings) if any(readings) else "",
        "English": concept.en.definition,
        "日本語": concept.ja.definition,
        "id": concept.id,
    }
    for name, value in values.items():
        if value.strip():
            yield f"   :{name}: {_escaped(value)}"


def _in_order(section: LanguageSection) -> list[Term]:
    """Return the terms with the preferred term first, since the reader takes the first term as preferred."""
    return sorted(section.terms, key=lambda term: term is not section.preferred)


def _key(term: Term) -> str:
    key = gojuon_key(term.reading or term.text)[0].strip() or term.text.strip()
    return key[:1] if key[:1].isalnum() else _OTHER_KEY


def _escaped(text: str) -> str:
    line = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    # Escape what looks like the start of a list, a field, a rule or a comment.
    found = _AT_START.match(line)
    if found is None:
        return line
    return f"\\{line}" if found.end() == 1 and not line[0].isalnum() else f"{found[0]}\\{line[found.end() :]}"


def loads(text: str) -> tuple[GlossaryConcept, ...]:
    """Return the concepts in the first ``glossary`` directive of *text*, in the form that `dumps` writes.

    Raises:
        UnreadableFile: There is no such directive, or an entry has no term or an unknown field.

    >>> import alliance_ref as ar
    >>> text = dumps(ar.reference_glossary().concepts[:3])
    >>> [concept.id for concept in loads(text)] == [c.id for c in ar.reference_glossary().concepts[:3]]
    True
    """
    lines = text.removeprefix("\ufeff").split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip() == _DIRECTIVE), None)
    if start is None:
        raise unreadable(_TITLE, FileProblem("no-directive", {"directive": _DIRECTIVE}))
    concepts: list[GlossaryConcept] = []
    problems: list[FileProblem] = []
    taken: set[str] = set()
    for number, entry in _entries(lines, start + 1):
        try:
            concepts.append(_concept(entry, taken))
        except ValueError as error:
            problems.append(FileProblem.from_error(error, line=number))
    if problems:
        raise unreadable(_TITLE, *problems)
    return tuple(concepts)


def _entries(lines: list[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the indented blocks from line *start* on, each with the number of its first line."""
    entry: list[str] = []
    for number, line in enumerate([*lines[start:], ""], start + 1):
        if line.startswith("   ") and line.strip():
            entry.append(line[3:])
            continue
        if entry:
            yield number - len(entry), entry
            entry = []
        if line.strip():
            return


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
            raise invalid("unknown-field", field=line.strip(), fields=tuple(_FIELDS))
    readings = [*split_values(values.get("readings", "")), *([""] * len(texts["ja"]))]
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

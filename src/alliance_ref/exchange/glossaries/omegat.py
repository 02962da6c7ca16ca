"""Glossaries for OmegaT: three columns parted by tabs, the term, its translation, a comment.

OmegaT takes a glossary from files that end in ``.txt``, ``.utf8`` or ``.tab`` (and reads ``.tab`` in the
encoding of the machine if it finds no other, so the other two are safer); ``.tsv`` only in its later
versions. It has no header and no quotes: a line that begins with ``#`` is a comment, and what follows the
third column is passed over. So each usable English term stands with the preferred Japanese one, each further
Japanese term with the preferred English one, deprecated and erroneous terms not at all, and the comment holds
``【reading】 English definition ‖ Japanese definition [id]``, each part where there is one.

A term that begins with ``#`` or a byte order mark gets a space in front, lest OmegaT pass it over.
"""

import re
from collections.abc import Iterable, Iterator

import attrs

from alliance_ref.errors import unreadable
from alliance_ref.exchange.capabilities import NOT_IN_XML
from alliance_ref.exchange.tables.glossary_table import free_id
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term

HOLDS = frozenset({"id", "reading", "definition", NOT_IN_XML})

_TITLE = "OmegaT glossary"
_UNUSABLE = ("deprecated", "erroneous")
_COMMENT = re.compile(r"(?:【(?P<reading>[^】]*)】 ?)?(?P<rest>.*?)(?: ?\[(?P<id>[^\[\]\s]+)\])?", re.DOTALL)
_PART = " ‖ "


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """One line a pair of terms, English, Japanese, comment."""
    rows = ((en.text, ja.text, _comment(concept, ja)) for concept in concepts for en, ja in _pairs(concept))
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def loads(text: str) -> tuple[GlossaryConcept, ...]:
    """The concepts in an OmegaT glossary, this library's or another's.

    Lines with one id, or without ids one English term, are one concept. A comment of another make becomes the
    note of the concept.

    Raises:
        UnreadableFile: if a line has no tab.
    """
    drafts: dict[str, _Draft] = {}
    problems = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.startswith("#") or not line.strip():
            continue
        en, tab, rest = line.rstrip("\r").partition("\t")
        if not tab or not en.strip():
            problems.append((f"line {number}", "must be a term, a tab and its translation"))
            continue
        ja, _, comment = rest.partition("\t")
        found = _COMMENT.fullmatch(comment.partition("\t")[0].strip())
        assert found is not None
        key = found["id"] or f"\t{en.strip()}"
        draft = drafts.setdefault(key, _Draft(found["id"] or ""))
        draft.add(en.strip(), ja.strip(), found["reading"], found["rest"])
    if problems:
        raise unreadable(_TITLE, *problems)
    taken = {draft.id for draft in drafts.values()}
    return tuple(draft.concept(taken) for draft in drafts.values())


def _pairs(concept: GlossaryConcept) -> Iterator[tuple[Term, Term]]:
    en, ja = concept.en.preferred, concept.ja.preferred
    if en is None or ja is None:
        return
    yield en, ja
    yield from ((term, ja) for term in concept.en if term is not en and term.status not in _UNUSABLE)
    yield from ((en, term) for term in concept.ja if term is not ja and term.status not in _UNUSABLE)


def _comment(concept: GlossaryConcept, ja: Term) -> str:
    definitions = [section.definition.replace("‖", "‖‖") for section in (concept.en, concept.ja)]
    defined = _PART.join(definitions).strip() if any(definitions) else ""
    # Empty brackets say that those of the definition are no reading.
    reading = f"【{ja.reading or ''}】" if ja.reading or defined.startswith("【") else ""
    parts = [reading, defined, f"[{concept.id}]"]
    return " ".join(filter(None, parts))


def _cell(text: str) -> str:
    line = " ".join(text.split())
    return f" {line}" if line.startswith(("#", "\ufeff")) else line


@attrs.define
class _Draft:
    """A concept while its lines are read."""

    id: str
    en: list[Term] = attrs.Factory(list)
    ja: list[Term] = attrs.Factory(list)
    definitions: tuple[str, str] = ("", "")
    note: str = ""

    def add(self, en: str, ja: str, reading: str | None, rest: str) -> None:
        """Take in a line."""
        for lang, text, terms in (("en", en, self.en), ("ja", ja, self.ja)):
            if text and all(term.text != text for term in terms):
                status = "admitted" if terms else "preferred"
                kana = (reading or None) if lang == "ja" else None
                try:
                    terms.append(Term(text, lang, status, reading=kana))  # type: ignore[arg-type]
                except ValueError:
                    terms.append(Term(text, lang, status))  # type: ignore[arg-type]
                    rest = f"【{reading}】 {rest}".strip()
        if not self.id:
            self.note = self.note or rest
        elif rest and not any(self.definitions):
            before, _, after = f" {rest} ".partition(_PART)
            self.definitions = before.strip().replace("‖‖", "‖"), after.strip().replace("‖‖", "‖")

    def concept(self, taken: set[str]) -> GlossaryConcept:
        """The concept."""
        return GlossaryConcept(
            self.id or free_id([term.text for term in (*self.en, *self.ja)], taken),
            LanguageSection("en", tuple(self.en), self.definitions[0]),
            LanguageSection("ja", tuple(self.ja), self.definitions[1]),
            note=self.note,
        )

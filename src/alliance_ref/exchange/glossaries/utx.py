"""Glossaries as UTX 1.20, the tab-separated format of the Asia-Pacific Association for Machine Translation.

A first line of properties, a line that names the fields, then a line an entry, UTF-8 with a byte order mark,
CR LF. UTX 1.20 names fields with a language tag (``term:en``, ``pos:ja``), knows a status for each language
(``term status:en``), groups synonyms by ``concept ID`` and leaves names that begin with ``x-`` to its users.
A property is ``name: value``; only the version must be there. UTX 1.11 and 1.00 call the fields ``src``,
``tgt`` and ``src:pos``, write the languages without ``lang:``, and have one status, which is that of the
target term; the reader takes them too.

The statuses of UTX: *approved* is preferred here, *non-standard* admitted, *obsolete* deprecated, *forbidden*
erroneous. *provisional* is read as admitted and *rejected* as erroneous. That a term is an abbreviation
stands in ``x-type``. A value stands on one line: line ends and tabs in it become spaces. If an English term
begins with ``#``, which would make a comment of its line, the statuses come first.
"""

import re
from collections.abc import Iterable, Mapping
from typing import get_args

import attrs

from alliance_ref.errors import unreadable
from alliance_ref.exchange.capabilities import NOT_IN_XML
from alliance_ref.exchange.tables.glossary_table import free_id
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term
from alliance_ref.records.values import Lang

HOLDS = frozenset(
    {
        "id", "subject", "definition", "concept note", "concept with one language", "further terms", "status",
        "reading", "transliteration", "part of speech", NOT_IN_XML,
    }
)  # fmt: skip

_TITLE = "UTX"
_LANGS: tuple[Lang, Lang] = ("en", "ja")
_WRITTEN: dict[NameStatus, str] = {
    "preferred": "approved",
    "admitted": "non-standard",
    "abbreviation": "non-standard",
    "deprecated": "obsolete",
    "erroneous": "forbidden",
}
_READ: dict[str, NameStatus] = {
    "approved": "preferred",
    "non-standard": "admitted",
    "provisional": "admitted",
    "obsolete": "deprecated",
    "forbidden": "erroneous",
    "rejected": "erroneous",
}
_POS = {"proper noun": "properNoun", "propn": "properNoun", "adj": "adjective", "adv": "adverb"}
_FIELDS = (
    "term:en", "term:ja", "pos:en", "pos:ja", "term status:en", "term status:ja", "concept ID",
    "x-reading:ja", "x-romanization:en", "x-romanization:ja", "x-type:en", "x-type:ja", "x-pos:en",
    "x-pos:ja", "x-subject", "x-definition:en", "x-definition:ja", "x-note",
)  # fmt: skip
_ALWAYS = ("term:en", "term:ja", "pos:en", "term status:en", "term status:ja", "concept ID")


def dumps(concepts: Iterable[GlossaryConcept]) -> str:
    """A header of two lines and a line a pair of terms; a field that nothing fills is left out."""
    rows = [row for concept in concepts for row in _rows(concept)]
    filled = set(_ALWAYS).union(*({name for name, value in row.items() if value} for row in rows))
    fields = [name for name in _FIELDS if name in filled]
    if any(row.get("term:en", "").startswith("#") for row in rows):
        fields = ["term status:en", *(name for name in fields if name != "term status:en")]
    lines = ["#UTX 1.20; lang: en/ja; directionality: bidirectional", "#" + "\t".join(fields)]
    lines += ["\t".join(row.get(name, "") for name in fields) for row in rows]
    return "".join(f"{line}\r\n" for line in lines)


def _rows(concept: GlossaryConcept) -> list[dict[str, str]]:
    rows = []
    for place in range(max(len(concept.en), len(concept.ja))):
        row = {"concept ID": concept.id}
        for lang, section in zip(_LANGS, (concept.en, concept.ja), strict=True):
            if place < len(section):
                row |= _term(section[place], lang)
            elif section.preferred is not None:
                row |= {f"term:{lang}": section.preferred.text}
                row |= {"x-reading:ja": section.preferred.reading or ""} if lang == "ja" else {}
        rows.append(row)
    rows[0] |= {
        "x-subject": concept.subject,
        "x-definition:en": concept.en.definition,
        "x-definition:ja": concept.ja.definition,
        "x-note": concept.note,
    }
    return [{name: " ".join(value.split()) for name, value in row.items()} for row in rows]


def _term(term: Term, lang: Lang) -> dict[str, str]:
    pos = _POS.get(term.part_of_speech, term.part_of_speech)
    return {
        f"term:{lang}": term.text,
        f"pos:{lang}": pos,
        f"x-pos:{lang}": term.part_of_speech if pos != term.part_of_speech else "",
        f"term status:{lang}": _WRITTEN[term.status],
        f"x-type:{lang}": term.status if term.status == "abbreviation" else "",
        f"x-romanization:{lang}": term.transliteration or "",
        **({"x-reading:ja": term.reading or ""} if lang == "ja" else {}),
    }


def loads(text: str) -> tuple[GlossaryConcept, ...]:
    """The concepts in a UTX file of version 1.20, 1.11 or 1.00.

    Rows with one concept ID, or without IDs one English term, are one concept; fields not known here go into
    its note.

    Raises:
        UnreadableFile: if there is no header of UTX, if it does not name a field for each language, or if a
            status is none of UTX.
    """
    lines = [line.rstrip("\r") for line in text.removeprefix("\ufeff").split("\n")]
    fields, start = _header(lines)
    reading = _Reading(fields)
    for number, line in enumerate(lines[start:], start + 1):
        if line.strip() and not line.startswith("#"):
            reading.row(number, line.split("\t"))
    if reading.problems:
        raise unreadable(_TITLE, *reading.problems)
    taken = {draft.id for draft in reading.drafts.values()}
    return tuple(draft.concept(taken) for draft in reading.drafts.values())


def _header(lines: list[str]) -> tuple[list[str], int]:
    """The fields by their names in version 1.20, and how many lines the header has."""
    if not lines or not re.match(r"#\s*UTX", lines[0], re.IGNORECASE):
        raise unreadable(_TITLE, ("line 1", "must begin with #UTX and a version"))
    count = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    named = [at for at in range(1, count) if "\t" in lines[at] or re.match(r"#\s*(src|term)", lines[at])]
    if not named:
        raise unreadable(_TITLE, ("line 2", "must name the fields, such as #term:en, a tab, term:ja"))
    languages = re.search(r"(?:lang:\s*)?\b([a-z]{2})(?:-\w+)?\s*/\s*([a-z]{2})", lines[0], re.IGNORECASE)
    source, target = (languages[1].lower(), languages[2].lower()) if languages else ("en", "ja")
    sides = {"src": source, "tgt": target}
    fields = []
    for field in lines[named[-1]][1:].split("\t"):
        name, _, lang = field.strip().partition(":")
        if name.lower() in sides:
            name, lang = lang or "term", sides[name.lower()]
        lang = re.sub(r"[-_]\w+$", "", lang.lower())
        if name.lower() in ("term status", "status") and not lang:
            name, lang = "term status", target
        if name.lower() in ("yomi", "reading"):
            name, lang = "x-reading", "ja"
        name = "concept ID" if name.lower() in ("concept id", "conceptid") else name
        fields.append(f"{name}:{lang}" if lang else name)
    if not {"term:en", "term:ja"} <= set(fields):
        raise unreadable(
            _TITLE, (f"line {named[-1] + 1}", f"no fields for English and Japanese terms among {fields}")
        )
    return fields, count


@attrs.define
class _Draft:
    id: str
    terms: dict[Lang, list[Term]] = attrs.Factory(lambda: {"en": [], "ja": []})
    texts: dict[str, str] = attrs.Factory(dict)
    notes: list[str] = attrs.Factory(list)

    def concept(self, taken: set[str]) -> GlossaryConcept:
        """The concept."""
        notes = [self.texts.get("x-note", ""), *dict.fromkeys(self.notes)]
        en, ja = (
            LanguageSection(lang, tuple(self.terms[lang]), self.texts.get(f"x-definition:{lang}", ""))
            for lang in _LANGS
        )
        texts = [term.text for lang in _LANGS for term in self.terms[lang]]
        return GlossaryConcept(
            self.id or free_id(texts, taken),
            en,
            ja,
            subject=self.texts.get("x-subject", ""),
            note="\n".join(filter(None, notes)),
        )


@attrs.define
class _Reading:
    fields: list[str]
    problems: list[tuple[str, str]] = attrs.Factory(list)
    drafts: dict[str, _Draft] = attrs.Factory(dict)

    def row(self, number: int, cells: list[str]) -> None:
        """Take in a line, whose number is for errors."""
        row = {name: cell.strip() for name, cell in zip(self.fields, cells, strict=False)}
        en, ja = row.get("term:en", ""), row.get("term:ja", "")
        if not en and not ja:
            self.problems.append((f"line {number}", "has no term in either language"))
            return
        id_ = row.get("concept ID", "")
        draft = self.drafts.setdefault(id_ or f"\t{en or ja}", _Draft(id_))
        for lang in _LANGS:
            self._term(draft, lang, row, number)
        for name in ("x-subject", "x-note", "x-definition:en", "x-definition:ja"):
            if row.get(name):
                draft.texts.setdefault(name, row[name])
        draft.notes += [f"{name}: {text}" for name, text in row.items() if text and name not in _FIELDS]
        draft.notes += [" ".join(filter(None, map(str.strip, cells[len(self.fields) :])))]

    def _term(self, draft: _Draft, lang: Lang, row: Mapping[str, str], number: int) -> None:
        text = row.get(f"term:{lang}", "")
        if not text:
            return
        reading = (row.get("x-reading:ja") or None) if lang == "ja" else None
        terms = draft.terms[lang]
        said = row.get(f"term status:{lang}", "").lower()
        known = any(term.text == text and reading in (None, term.reading) for term in terms)
        if known and not said:
            return
        if said and said not in _READ:
            message = f"term status is {said!r}, must be one of {', '.join(_READ)}"
            self.problems.append((f"line {number}", message))
            return
        status = _READ[said] if said else "admitted" if terms else "preferred"
        kind = row.get(f"x-type:{lang}", "")
        pos = row.get(f"pos:{lang}", "")
        try:
            terms.append(
                Term(
                    text,
                    lang,
                    kind if kind in get_args(NameStatus) else status,  # type: ignore[arg-type]
                    reading=reading,
                    transliteration=row.get(f"x-romanization:{lang}") or None,
                    part_of_speech=row.get(f"x-pos:{lang}") or pos,
                )
            )
        except ValueError as error:
            self.problems.append((f"line {number}", str(error)))

"""Glossaries as UTX 1.20, the tab-separated format of the Asia-Pacific Association for Machine Translation.

A file has a line of properties, a line with the names of the fields, and one line for each entry; it is UTF-8
with a byte order mark and CR LF. UTX 1.20 names fields with a language tag (``term:en``, ``pos:ja``), has a
status for each language (``term status:en``), groups synonyms by ``concept ID``, and leaves names that begin
with ``x-`` to its users. A property is ``name: value``; only the version is required. UTX 1.11 and 1.00 use
the field names ``src``, ``tgt`` and ``src:pos``, write the languages without ``lang:``, and have one status,
which is that of the target term; the reader accepts them.

The writer maps preferred to *approved*, admitted to *non-standard*, deprecated to *obsolete* and erroneous to
*forbidden*. The reader also maps *provisional* to admitted and *rejected* to erroneous. ``x-type`` marks
abbreviations. Values are on one line: line ends and tabs become spaces. If an English term begins with ``#``,
which would turn its line into a comment, the status comes first in all lines.
"""

import re
from collections.abc import Iterable, Mapping
from typing import cast, get_args

import attrs

from alliance_ref.errors import FileProblem, invalid, unreadable
from alliance_ref.exchange.capabilities import NOT_IN_XML
from alliance_ref.exchange.concept_drafts import LANGS, ConceptDraft
from alliance_ref.records.entries import NameStatus
from alliance_ref.records.glossary import GlossaryConcept, Term
from alliance_ref.records.values import Lang

SUPPORTED_FIELDS = frozenset(
    {
        "id", "subject", "definition", "concept note", "concept with one language", "further terms", "status",
        "reading", "transliteration", "part of speech", NOT_IN_XML,
    }
)  # fmt: skip

_TITLE = "UTX"
_STATUS_NAMES: dict[NameStatus, str] = {
    "preferred": "approved",
    "admitted": "non-standard",
    "abbreviation": "non-standard",
    "deprecated": "obsolete",
    "erroneous": "forbidden",
}
_STATUSES: dict[str, NameStatus] = {
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
    """Return *concepts* as UTX: two header lines and one line for each pair, without empty fields."""
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
        for lang, section in zip(LANGS, (concept.en, concept.ja), strict=True):
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
        f"term status:{lang}": _STATUS_NAMES[term.status],
        f"x-type:{lang}": term.status if term.status == "abbreviation" else "",
        f"x-romanization:{lang}": term.transliteration or "",
        **({"x-reading:ja": term.reading or ""} if lang == "ja" else {}),
    }


def loads(text: str) -> tuple[GlossaryConcept, ...]:
    r"""Return the concepts in a UTX file of version 1.20, 1.11 or 1.00.

    Rows with the same concept ID, or, without IDs, with the same English term, are one concept. Unknown
    fields go into its note.

    Raises:
        UnreadableFile: There is no UTX header, it does not name a field for each language, or a status is
            unknown.

    >>> [concept] = loads("#UTX 1.20; lang: en/ja\n#term:en\tterm:ja\tterm status:ja\nbase\t基地\tapproved")
    >>> concept.ja[0].text, concept.ja[0].status
    ('基地', 'preferred')
    """
    lines = [line.rstrip("\r") for line in text.removeprefix("\ufeff").split("\n")]
    fields, start = _header(lines)
    reader = _RowReader(fields)
    for number, line in enumerate(lines[start:], start + 1):
        if line.strip() and not line.startswith("#"):
            reader.read(number, line.split("\t"))
    if reader.problems:
        raise unreadable(_TITLE, *reader.problems)
    taken = {draft.id for draft in reader.drafts.values()}
    return tuple(draft.build(taken) for draft in reader.drafts.values())


def _header(lines: list[str]) -> tuple[list[str], int]:
    """Return the fields by their names in version 1.20, and the number of lines of the header."""
    if not lines or not re.match(r"#\s*UTX", lines[0], re.IGNORECASE):
        raise unreadable(_TITLE, FileProblem("not-utx", line=1))
    count = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    named = [at for at in range(1, count) if "\t" in lines[at] or re.match(r"#\s*(src|term)", lines[at])]
    if not named:
        raise unreadable(_TITLE, FileProblem("no-field-names", line=2))
    languages = re.search(r"(?:lang:\s*)?\b([a-z]{2})(?:-\w+)?\s*/\s*([a-z]{2})", lines[0], re.IGNORECASE)
    source, target = (languages[1].lower(), languages[2].lower()) if languages else ("en", "ja")
    fields = [_field(field, source, target) for field in lines[named[-1]][1:].split("\t")]
    if not {"term:en", "term:ja"} <= set(fields):
        problem = FileProblem("no-term-fields", {"fields": tuple(fields)}, line=named[-1] + 1)
        raise unreadable(_TITLE, problem)
    return fields, count


def _field(field: str, source: str, target: str) -> str:
    """Return the name of a field in version 1.20, without the region of its language."""
    name, _, lang = field.strip().partition(":")
    side = {"src": source, "tgt": target}.get(name.lower())
    if side is not None:
        name, lang = lang or "term", side
    lang = re.sub(r"[-_]\w+$", "", lang.lower())
    if name.lower() in ("term status", "status") and not lang:
        name, lang = "term status", target
    if name.lower() in ("yomi", "reading"):
        name, lang = "x-reading", "ja"
    if name.lower() in ("concept id", "conceptid"):
        name = "concept ID"
    return f"{name}:{lang}" if lang else name


@attrs.define
class _UtxDraft(ConceptDraft):
    """A draft with the note of the file (``x-note``) apart from the notes made of unknown fields."""

    note: str = ""

    def build(
        self, taken: set[str] | None = None, *, notices: list[FileProblem] | None = None
    ) -> GlossaryConcept:
        """Return the concept, with each note once and the note of the file first."""
        self.notes = list(filter(None, (self.note, *dict.fromkeys(self.notes))))
        return ConceptDraft.build(self, taken, notices=notices)


@attrs.define
class _RowReader:
    fields: list[str]
    problems: list[FileProblem] = attrs.Factory(list)
    drafts: dict[str, _UtxDraft] = attrs.Factory(dict)

    def read(self, number: int, cells: list[str]) -> None:
        """Add the row on line *number* to its concept."""
        row = {name: cell.strip() for name, cell in zip(self.fields, cells, strict=False)}
        en, ja = row.get("term:en", ""), row.get("term:ja", "")
        if not en and not ja:
            self.problems.append(FileProblem("no-term", line=number))
            return
        id_ = row.get("concept ID", "")
        draft = self.drafts.setdefault(id_ or f"\t{en or ja}", _UtxDraft(id_))
        for lang in LANGS:
            try:
                _add_term(draft, lang, row)
            except ValueError as error:
                self.problems.append(FileProblem.from_error(error, line=number))
            if not any(draft.definitions[lang]):
                draft.definitions[lang] = [row.get(f"x-definition:{lang}", "")]
        if not any(draft.subjects):
            draft.subjects = [row.get("x-subject", "")]
        draft.note = draft.note or row.get("x-note", "")
        draft.notes += [f"{name}: {text}" for name, text in row.items() if text and name not in _FIELDS]
        draft.notes.append(" ".join(filter(None, map(str.strip, cells[len(self.fields) :]))))


def _add_term(draft: ConceptDraft, lang: Lang, row: Mapping[str, str]) -> None:
    text = row.get(f"term:{lang}", "")
    if not text:
        return
    reading = (row.get("x-reading:ja") or None) if lang == "ja" else None
    status_name = row.get(f"term status:{lang}", "").lower()
    if draft.has_term(lang, text, reading) and not status_name:
        return
    if status_name and status_name not in _STATUSES:
        raise invalid("status-choice", status=status_name, choices=tuple(_STATUSES))
    default: NameStatus = "admitted" if draft.terms[lang] else "preferred"
    status = _STATUSES[status_name] if status_name else default
    kind = row.get(f"x-type:{lang}", "")
    if kind in get_args(NameStatus):
        status = cast("NameStatus", kind)
    draft.terms[lang].append(
        Term(
            text,
            lang,
            status,
            reading=reading,
            transliteration=row.get(f"x-romanization:{lang}") or None,
            part_of_speech=row.get(f"x-pos:{lang}") or row.get(f"pos:{lang}", ""),
        )
    )

"""Glossaries for OmegaT: three columns separated by tabs (term, translation, comment).

OmegaT reads glossaries from files that end in ``.txt``, ``.utf8`` or ``.tab``; later versions also read
``.tsv``. The encoding of ``.tab`` may be that of the machine, so the other two are safer. The format has no
header and no quotes: a line that begins with ``#`` is a comment, and text after the third column is ignored.
The writer pairs each usable English term with the preferred Japanese term, and each further Japanese term
with the preferred English term; it leaves out deprecated and erroneous terms. The comment is ``【reading】
English definition ‖ Japanese definition [id]``, without the parts that are empty.

A term that begins with ``#`` or a byte order mark gets a space before it, so that OmegaT does not ignore it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.capabilities import NOT_IN_XML
from alliance_ref.exchange.concept_drafts import ConceptDraft
from alliance_ref.exchange.tables.delimited import loads_tsv
from alliance_ref.exchange.tables.headers import has_both_languages
from alliance_ref.exchange.usable_terms import usable_concepts
from alliance_ref.records.glossary import GlossaryConcept, Term
from alliance_ref.records.values import Lang
from alliance_ref.text.scripts import JAPANESE

if TYPE_CHECKING:
    from alliance_ref.records.entries import NameStatus

SUPPORTED_FIELDS = frozenset({"id", "reading", "definition", NOT_IN_XML})

_TITLE = "OmegaT glossary"
_COMMENT = re.compile(r"(?:【(?P<reading>[^】]*)】 ?)?(?P<rest>.*?)(?: ?\[(?P<id>[^\[\]\s]+)\])?", re.DOTALL)
_JA_FIRST = "# ja-en"
_OWN_ID = re.compile(r"\t.*\t.*\[[^\[\]\s]+\]\s*$")
_JAPANESE = re.compile(f"[{JAPANESE}]")
_SEPARATOR = " ‖ "  # between the two definitions


def dumps(concepts: Iterable[GlossaryConcept], *, ja_first: bool = False) -> str:
    """Return *concepts* as lines, one for each pair; with *ja_first*, Japanese is in the first column."""
    rows = (
        (en.text, ja.text, _comment(concept, ja))
        for concept in usable_concepts(concepts)
        for en, ja in _pairs(concept)
    )
    if ja_first:
        rows = ((ja, en, comment) for en, ja, comment in rows)
    head = f"{_JA_FIRST}\n" if ja_first else ""
    return head + "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def loads(text: str, *, notices: list[FileProblem] | None = None) -> tuple[GlossaryConcept, ...]:
    r"""Return the concepts in an OmegaT glossary from any program.

    Lines with the same id, or, without ids, with the same English term, are one concept. A comment in another
    form becomes the note of the concept. If the first line names columns for English and Japanese, the file
    is read as TSV.

    Args:
        text: The content.
        notices: Receives a notice about lines without a tab, which are left out.

    Raises:
        UnreadableFile: No line has a tab.

    >>> [concept] = loads("alliance\t同盟\t【どうめい】")
    >>> concept.en[0].text, concept.ja[0].reading
    ('alliance', 'どうめい')
    """
    if has_both_languages(text.removeprefix("\ufeff").partition("\n")[0].split("\t")):
        return loads_tsv(text, notices=notices)
    drafts: dict[str, ConceptDraft] = {}
    problems = []
    is_reversed = _is_reversed(text)
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.startswith("#") or not line.strip():
            continue
        en, tab, rest = line.rstrip("\r").partition("\t")
        if not tab or not en.strip():
            problems.append(FileProblem("no-tab", line=number))
            continue
        ja, _, comment = rest.partition("\t")
        if is_reversed:
            en, ja = ja, en
        found = _COMMENT.fullmatch(comment.partition("\t")[0].strip())
        assert found is not None
        key = found["id"] or f"\t{en.strip()}"
        draft = drafts.setdefault(key, ConceptDraft(found["id"] or ""))
        _add_line(draft, en.strip(), ja.strip(), found["reading"], found["rest"])
    if problems and not drafts:
        raise unreadable(_TITLE, *problems)
    if problems and notices is not None:
        notices.append(FileProblem("lines-without-tab", {"count": len(problems)}, line=problems[0].line))
    taken = {draft.id for draft in drafts.values()}
    return tuple(draft.build(taken) for draft in drafts.values())


def _is_reversed(text: str) -> bool:
    """Return whether Japanese is the first column: by the mark of `dumps`, otherwise by most lines.

    A file with ids is our own, and without the mark, its first column is English.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    if lines[0].rstrip("\r") == _JA_FIRST:
        return True
    balance = 0
    for line in lines:
        if _OWN_ID.search(line):
            return False
        first, _, rest = line.partition("\t")
        second = rest.partition("\t")[0]
        balance += bool(_JAPANESE.search(first)) - bool(_JAPANESE.search(second))
    return balance > 0


def _add_line(draft: ConceptDraft, en: str, ja: str, reading: str | None, rest: str) -> None:
    _add_term(draft, "en", en, None)
    if not _add_term(draft, "ja", ja, reading or None):
        rest = f"【{reading}】 {rest}".strip()
    if not draft.id:
        draft.notes = draft.notes if any(draft.notes) else [rest]
    elif rest and not any(map(any, draft.definitions.values())):
        before, _, after = f" {rest} ".partition(_SEPARATOR)
        draft.definitions = {
            "en": [before.strip().replace("‖‖", "‖")],
            "ja": [after.strip().replace("‖‖", "‖")],
        }


def _add_term(draft: ConceptDraft, lang: Lang, text: str, reading: str | None) -> bool:
    """Add a term unless it is there; return whether the reading is valid."""
    if not text or draft.has_term(lang, text):
        return True
    terms = draft.terms[lang]
    status: NameStatus = "admitted" if terms else "preferred"
    try:
        terms.append(Term(text, lang, status, reading=reading))
    except ValueError:
        terms.append(Term(text, lang, status))
        return False
    return True


def _pairs(concept: GlossaryConcept) -> Iterator[tuple[Term, Term]]:
    en, ja = concept.en.preferred, concept.ja.preferred
    if en is None or ja is None:
        return
    yield en, ja
    yield from ((term, ja) for term in concept.en if term is not en)
    yield from ((en, term) for term in concept.ja if term is not ja)


def _comment(concept: GlossaryConcept, ja: Term) -> str:
    definitions = [section.definition.replace("‖", "‖‖") for section in (concept.en, concept.ja)]
    defined = _SEPARATOR.join(definitions).strip() if any(definitions) else ""
    # Empty brackets show that brackets at the start of the definition are not a reading.
    reading = f"【{ja.reading or ''}】" if ja.reading or defined.startswith("【") else ""
    parts = [reading, defined, f"[{concept.id}]"]
    return " ".join(filter(None, parts))


def _cell(text: str) -> str:
    line = " ".join(text.split())
    return f" {line}" if line.startswith(("#", "\ufeff")) else line

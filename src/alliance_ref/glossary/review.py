"""Reviews of a glossary: a page or a table on which a person decides about each pair, with its evidence.

A page is one HTML file that works without a server. It keeps the decisions in the browser and saves them as a
table (see `review_table`). A workbook or CSV file is such a table itself. `build_glossary` reads the
decisions of both with ``approved=`` and ``rejected=``.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import attrs

from alliance_ref.errors import UnknownFormat
from alliance_ref.exchange.tables.review_table import ReviewRow, dumps_csv, dumps_xlsx
from alliance_ref.glossary.concepts import term_pairs
from alliance_ref.glossary.evidence import EvidenceLine, Texts, evidence_of
from alliance_ref.glossary.write import replace_file
from alliance_ref.html import highlight, review_page, review_place, review_row
from alliance_ref.records.glossary import UNUSABLE, GlossaryConcept, Occurrence, Rendering, Term
from alliance_ref.records.values import Bilingual, Lang

SUFFIXES = (".html", ".htm", ".xlsx", ".csv")
"""The suffixes of reviews."""

_CONTEXT = 160
"""Number of characters on each side of a term that a review shows of a sentence."""

_MAX_TABLE_PLACES = 3
"""Number of places of a pair in a table."""

_WORDS = {
    "title": Bilingual("Review of {name}", "{name} の確認"),
    "help": Bilingual(
        "Select a pair with J and K or the arrow keys, then accept (A), reject (R) or correct (C) it. Save"
        " the decisions and build again with --approved decisions.csv.",
        "J・K または矢印キーで組を選び、採用（A）、不採用（R）、修正（C）を決める。判定を保存し、"
        "--approved decisions.csv を付けて作り直す。",
    ),
    "save": Bilingual("Save decisions", "判定を保存"),
    "saved": Bilingual("saved as decisions.csv", "decisions.csv に保存した"),
    "filter": Bilingual("Show", "表示"),
    "search": Bilingual("Search", "検索"),
    "all": Bilingual("all", "すべて"),
    "undecided": Bilingual("undecided", "未定"),
    "accept": Bilingual("accepted", "採用"),
    "reject": Bilingual("rejected", "不採用"),
    "correct": Bilingual("corrected", "修正"),
    "do_accept": Bilingual("Accept", "採用"),
    "do_reject": Bilingual("Reject", "不採用"),
    "do_correct": Bilingual("Correct", "修正"),
    "do_undo": Bilingual("Undo", "取り消す"),
    "apply": Bilingual("Apply", "決定"),
    "cancel": Bilingual("Cancel", "中止"),
    "english": Bilingual("English", "英語"),
    "japanese": Bilingual("Japanese", "日本語"),
    "reading": Bilingual("Reading", "読み"),
    "not_kept": Bilingual(
        "This browser does not keep the decisions: save them before you close the page.",
        "このブラウザーは判定を保持しない。ページを閉じる前に保存すること。",
    ),
    "score": Bilingual("score {value:.2f}", "確度 {value:.2f}"),
    "count": Bilingual("{count} units", "{count} 単位"),
    "approved": Bilingual("approved before", "承認済み"),
    "deprecated": Bilingual("deprecated", "非推奨"),
    "no-place": Bilingual("no place in the memory", "メモリーに例がない"),
}


@attrs.frozen
class _Pair:
    """A pair to decide about, with its evidence."""

    concept: GlossaryConcept
    en: str
    ja: str
    rendering: Rendering | None
    evidence: tuple[EvidenceLine, ...]

    def term(self, lang: Lang) -> Term | None:
        text = self.en if lang == "en" else self.ja
        return next((term for term in self.concept.section(lang) if term.text == text), None)

    @property
    def reading(self) -> str:
        term = self.term("ja")
        return (term.reading if term else None) or ""

    @property
    def status(self) -> str:
        terms = [term for lang in ("en", "ja") if (term := self.term(lang))]
        if any(term.status in UNUSABLE for term in terms):
            return "deprecated"
        return "approved" if self.rendering is not None and self.rendering.score is None else ""


def write_review(
    concepts: Sequence[GlossaryConcept],
    path: str | os.PathLike[str],
    texts: Texts,
    *,
    name: str = "",
    lang: Lang = "en",
) -> None:
    """Write a review of *concepts* to *path*; see `Glossary.to_review`."""
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnknownFormat(target.suffix, SUFFIXES)
    pairs = list(_pairs(concepts, texts))
    words = {key: text.ja if lang == "ja" else text.en for key, text in _WORDS.items()}
    if suffix in (".html", ".htm"):
        key = sha256(str(target.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        content = _page(pairs, words, name or target.name, lang, key).encode("utf-8")
    else:
        rows = [_table_row(pair) for pair in pairs]
        content = dumps_xlsx(rows, lang=lang) if suffix == ".xlsx" else dumps_csv(rows).encode("utf-8-sig")
    replace_file(target, content)


def _pairs(concepts: Sequence[GlossaryConcept], texts: Texts) -> Iterator[_Pair]:
    for concept, found in zip(concepts, evidence_of(concepts, texts), strict=True):
        renderings = {(item.en, item.ja): item for item in concept.renderings}
        for en, ja in term_pairs(concept):
            lines = tuple(line for line in found if (line.en, line.ja) == (en, ja))
            yield _Pair(concept, en, ja, renderings.get((en, ja)), lines)


# Pages


def _page(pairs: Sequence[_Pair], words: Mapping[str, str], name: str, lang: Lang, key: str) -> str:
    folder = files("alliance_ref.glossary")
    css, js = ((folder / f"review.{suffix}").read_text(encoding="utf-8") for suffix in ("css", "js"))
    title = words["title"].format(name=name)
    rows = (_page_row(pair, words) for pair in pairs)
    return review_page(title, rows, words, lang=lang, key=key, css=css, js=js)


def _page_row(pair: _Pair, words: Mapping[str, str]) -> str:
    facts = []
    if pair.rendering is not None:
        facts.append(words["count"].format(count=pair.rendering.count))
        if pair.rendering.score is not None:
            facts.append(words["score"].format(value=pair.rendering.score))
    facts += [] if pair.evidence else [words["no-place"]]
    values = {
        "en": pair.en,
        "ja": pair.ja,
        "reading": pair.reading,
        "id": pair.concept.id,
        "status": words.get(pair.status, ""),
    }
    return review_row(values, facts, [_page_place(line) for line in pair.evidence], words)


def _page_place(line: EvidenceLine) -> str:
    place = f"{line.attestation.passage} {line.attestation.unit}"
    if line.sentences is None:
        return review_place(place)
    en, ja = (
        highlight(*_clipped(text, at))
        for text, at in (
            (line.sentences.en, line.attestation.en),
            (line.sentences.ja, line.attestation.ja),
        )
    )
    return review_place(place, en, ja)


def _clipped(text: str, at: Occurrence) -> tuple[str, list[tuple[int, int]]]:
    """Return the part of a sentence around a term, and where the term is in it."""
    first, last = max(0, at.start - _CONTEXT), min(len(text), at.end + _CONTEXT)
    before = "…" if first else ""
    shown = before + text[first:last] + ("…" if last < len(text) else "")
    shift = len(before) - first
    return shown, [(at.start + shift, at.end + shift)]


# Tables


def _table_row(pair: _Pair) -> ReviewRow:
    rendering = pair.rendering
    return ReviewRow(
        en=pair.en,
        ja=pair.ja,
        reading=pair.reading,
        count="" if rendering is None else str(rendering.count),
        score="" if rendering is None or rendering.score is None else f"{rendering.score:.2f}",
        evidence_en=_table_places(pair, "en"),
        evidence_ja=_table_places(pair, "ja"),
        place="\n".join(
            f"{line.attestation.passage} {line.attestation.unit}"
            for line in pair.evidence[:_MAX_TABLE_PLACES]
        ),
        id=pair.concept.id,
    )


def _table_places(pair: _Pair, lang: Lang) -> str:
    shown = []
    for line in pair.evidence[:_MAX_TABLE_PLACES]:
        if line.sentences is not None:
            at = line.attestation.en if lang == "en" else line.attestation.ja
            text, [(start, end)] = _clipped(getattr(line.sentences, lang), at)
            shown.append(f"{text[:start]}[{text[start:end]}]{text[end:]}")
    return "\n".join(" ".join(text.split()) for text in shown)

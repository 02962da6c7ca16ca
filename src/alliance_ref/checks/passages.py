"""Check that passages are complete bitexts in their own words, with all their mentions listed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from alliance_ref.checks.codes import CODES
from alliance_ref.matcher.phrase_matcher import PhraseMatcher
from alliance_ref.records import Document, Finding, Gap, Lang, Passage
from alliance_ref.reference import Reference

_OTHER: tuple[tuple[Lang, Lang], ...] = (("en", "ja"), ("ja", "en"))
_RUN: dict[Lang, int] = {"en": 9, "ja": 25}
"""How many consecutive English words, or Japanese characters, count as a quotation."""
_CUT = "\0"


def check_passages(reference: Reference) -> Iterator[Finding]:
    """Yield the findings on missing sides, terminology and mentions."""
    entries = {entry.id: entry for entry in reference.entries()}
    matcher = PhraseMatcher.from_names(
        (name.text, name.lang, entry.id) for entry in entries.values() for name in entry.names
    )
    for document in reference.documents():
        for passage in document.passages:
            yield from _sides(passage)
            yield from _terms(passage, matcher, {key: entry.kind for key, entry in entries.items()}, document)


def _sides(passage: Passage) -> Iterator[Finding]:
    for number, unit in enumerate(passage.units):
        for lang, side in (("en", unit.en), ("ja", unit.ja)):
            if isinstance(side, Gap):
                yield CODES["E501"].finding(passage.id, lang, number=number)


def _terms(
    passage: Passage, matcher: PhraseMatcher[str], kinds: dict[str, str], document: Document
) -> Iterator[Finding]:
    texts: dict[Lang, str] = {lang: passage.text(lang) for lang, _ in _OTHER}
    anywhere = {
        lang: {called for span in matcher.spans(text, lang=lang, overlap="all") for called in span.values}
        for lang, text in texts.items()
    }
    missing: dict[str, str] = {}
    for lang, other in _OTHER:
        for span in matcher.spans(texts[lang], lang=lang):
            shown = texts[lang][span.start : span.end]
            called = [entry_id for entry_id in span.values if entry_id not in passage.homographs]
            if any(entry_id in anywhere[other] for entry_id in called):
                if not any(entry_id in passage.mentions or entry_id == document.id for entry_id in called):
                    missing.setdefault("/".join(called), shown)
            elif called and all(kinds[entry_id] == "concept" for entry_id in called):
                yield CODES["E502"].finding(passage.id, other, name=shown, id="/".join(called))
    for names, shown in missing.items():
        yield CODES["E503"].finding(passage.id, id=names, name=shown)
    for mention in passage.mentions:
        if kinds.get(mention) == "concept" and mention not in anywhere["en"] | anywhere["ja"]:
            yield CODES["W504"].finding(passage.id, id=mention)


def check_own_words(reference: Reference, works: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Yield the runs of words that passages share with *works*, given as (name, text).

    Titles of documents are facts and are not compared.
    """
    seen: dict[tuple[Lang, str], str] = {}
    for work, text in works:
        for lang, _ in _OTHER:
            seen |= {(lang, run): work for run in _runs(_letters(text, lang), lang)}
    if not seen:
        return
    titles: dict[Lang, list[str]] = {
        lang: [_letters(name.text, lang) for entry in reference.documents() for name in entry.names_in(lang)]
        for lang, _ in _OTHER
    }
    for document in reference.documents():
        for passage in document.passages:
            for lang, _ in _OTHER:
                text = _letters(passage.text(lang), lang)
                for title in sorted(titles[lang], key=len, reverse=True):
                    text = text.replace(title, _CUT)
                for part in text.split(_CUT):
                    for run in _runs(part.strip(), lang):
                        if (lang, run) in seen:
                            yield CODES["E505"].finding(passage.id, words=run, work=seen[lang, run])


def _letters(text: str, lang: Lang) -> str:
    """Return English words separated by spaces, or Japanese letters without anything else."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", text)) if lang == "en" else re.sub(r"\W", "", text)


def _runs(text: str, lang: Lang) -> Iterator[str]:
    """Yield every run of `_RUN` words or characters."""
    size = _RUN[lang]
    if lang == "ja":
        yield from (text[at : at + size] for at in range(len(text) - size + 1))
    else:
        words = text.split()
        yield from (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))

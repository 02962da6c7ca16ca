"""Is a glossary in order? One function for each thing that can be wrong with it, each with a code.

An error is what makes a glossary lie or break a reader: an id for two concepts, a reading that the kana of
the term contradict, a character that XML cannot hold. A warning is what somebody should look at: a term that
two concepts share may be a homonym, a concept in one language may be work in progress.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from alliance_ref.glossary.concept_matching import term_key
from alliance_ref.glossary.term_search import terms_of
from alliance_ref.glossary.term_status import meet
from alliance_ref.messages import message_text
from alliance_ref.records.findings import Finding, Level
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term
from alliance_ref.records.values import Bilingual, Lang
from alliance_ref.text.keys import reading_key
from alliance_ref.text.romanization import may_be_written, romanize

CODES: dict[str, tuple[Level, Bilingual]] = {
    "G101": ("error", Bilingual("two concepts have the same id", "二つの概念が同じ識別子をもつ")),
    "G102": (
        "warning",
        Bilingual("a pair of terms stands under two concepts", "同じ用語と訳語の組が二つの概念に属する"),
    ),
    "G103": ("warning", Bilingual("a term stands under two concepts", "同じ用語が二つの概念に属する")),
    "G104": ("warning", Bilingual("a term stands twice in its section", "同じ用語が言語欄に二度ある")),
    "G201": ("warning", Bilingual("a concept has terms in one language only", "一方の言語の用語がない")),
    "G202": ("warning", Bilingual("no term of a section is preferred", "優先用語がない")),
    "G203": (
        "warning",
        Bilingual("several terms are preferred at the same time", "同じ時期の優先用語が二つ以上ある"),
    ),
    "G204": (
        "warning",
        Bilingual("a term is the same in both languages", "両言語の用語が同じ文字列である"),
    ),
    "G205": (
        "error",
        Bilingual("an English term is written in kana or kanji", "英語の用語が仮名や漢字で書かれている"),
    ),
    "G301": ("warning", Bilingual("a term with kanji has no reading", "漢字を含む用語に読みがない")),
    "G302": (
        "error",
        Bilingual("a reading disagrees with the kana of the term", "読みが用語の仮名と合わない"),
    ),
    "G303": (
        "warning",
        Bilingual("a transliteration is not that of the reading", "ローマ字表記が読みと合わない"),
    ),
    "G401": (
        "error",
        Bilingual("a character that is no text: a control or half a surrogate pair", "制御文字などがある"),
    ),
    "G402": (
        "warning",
        Bilingual(
            "white space round a term, or a line break in it",
            "用語の前後に空白がある、または用語が改行を含む",
        ),
    ),
}
"""For each code how grave it is, and what it means."""

_LANGS: tuple[Lang, Lang] = ("en", "ja")
_NO_TERM = {"en": "it has no English term", "ja": "it has no Japanese term"}
_NO_PREFERRED = {
    "en": "none of its English terms is preferred",
    "ja": "none of its Japanese terms is preferred",
}
_JAPANESE = re.compile("[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_KANJI = re.compile("[\u3005\u3400-\u9fff]")
_BRACKETED = re.compile(r"[（(\[［〔【][^）)\]］〕】]*[）)\]］〕】]")
_KANA_RUN = re.compile("([\u3041-\u3094ー]+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SHORT = re.compile(r"[0-9A-Z&+./\-]+")


def _finding(code: str, concept: GlossaryConcept, template: str, **values: object) -> Finding:
    return Finding(code, CODES[code][0], concept.id, message_text(template, **values))


def check_glossary(glossary: Iterable[GlossaryConcept]) -> tuple[Finding, ...]:
    """What is wrong with a glossary, or should be looked at, in its order.

    Args:
        glossary: A glossary, or concepts that are none because two of them have one id.

    >>> import alliance_ref as ar
    >>> en, ja = ar.records.Term("Defense Agency", "en"), ar.records.Term("引き渡し", "ja", reading="ひきわたす")
    >>> concept = ar.GlossaryConcept("c1", ar.records.LanguageSection("en", (en,)), ar.records.LanguageSection("ja", (ja,)))
    >>> for finding in ar.check_glossary([concept]):
    ...     print(finding)
    G302 c1: 引き渡し is read ひきわたす, which lacks its kana
    """
    concepts = tuple(glossary)
    found = [*_shared(concepts)]
    for concept in concepts:
        found += _sections(concept)
        for term in terms_of(concept):
            found += _term(concept, term)
        found += _characters(concept)
    return tuple(found)


def _shared(concepts: tuple[GlossaryConcept, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for concept in concepts:
        if concept.id in seen:
            yield _finding("G101", concept, "an earlier concept has the same id")
        seen.add(concept.id)
    having: dict[tuple[Lang, str], dict[int, str]] = defaultdict(dict)
    for number, concept in enumerate(concepts):
        for term in terms_of(concept):
            if term.status != "erroneous":
                having[term.lang, term_key(term.text, term.lang)].setdefault(number, term.text)
    pairs: dict[tuple[int, int], dict[Lang, str]] = defaultdict(dict)
    for (lang, _), places in having.items():
        first, *others = places
        for other in others:
            pairs[first, other].setdefault(lang, places[other])
    for (first, other), texts in sorted(pairs.items()):
        shown, named = " = ".join(texts.values()), concepts[first].id
        code = "G102" if len(texts) > 1 else "G103"
        yield _finding(code, concepts[other], "{name} is also a term of {id}", name=shown, id=named)


def _sections(concept: GlossaryConcept) -> Iterator[Finding]:
    for lang in _LANGS:
        section = concept.section(lang)
        if not section.terms:
            yield _finding("G201", concept, _NO_TERM[lang])
            continue
        preferred = [term for term in section if term.status == "preferred"]
        if not preferred:
            yield _finding("G202", concept, _NO_PREFERRED[lang])
        rivals = [
            other.text
            for number, term in enumerate(preferred)
            for other in preferred[number + 1 :]
            if other.text != term.text and meet(term.valid, other.valid)
        ]
        if rivals:
            texts = tuple(dict.fromkeys(term.text for term in preferred))
            yield _finding("G203", concept, "preferred are {items}", items=texts)
        yield from _repeated(concept, section)
    japanese = {term.text.casefold() for term in concept.ja if term.status != "abbreviation"}
    for term in concept.en:
        if (
            term.status != "abbreviation"
            and term.text.casefold() in japanese
            and not _SHORT.fullmatch(term.text)
        ):
            yield _finding("G204", concept, "{name} is a term in both languages", name=term.text)


def _repeated(concept: GlossaryConcept, section: LanguageSection) -> Iterator[Finding]:
    terms = section.terms
    for number, term in enumerate(terms):
        for other in terms[:number]:
            if (
                (other.text, reading_key(other.reading or "")) == (term.text, reading_key(term.reading or ""))
                and meet(other.valid, term.valid)
            ):  # fmt: skip
                yield _finding("G104", concept, "{name} is listed twice", name=term.text)
                break


def _term(concept: GlossaryConcept, term: Term) -> Iterator[Finding]:
    if term.text != term.text.strip() or "\n" in term.text or "\r" in term.text:
        yield _finding("G402", concept, "{name!r}", name=term.text)
    if term.lang == "en":
        if _JAPANESE.search(term.text):
            template = "{name} is given as English: are the columns swapped?"
            yield _finding("G205", concept, template, name=term.text)
        return
    if not term.reading:
        if _KANJI.search(term.text):
            yield _finding("G301", concept, "{name} has no reading", name=term.text)
        return
    if not agrees(term.text, term.reading):
        template = "{name} is read {reading}, which lacks its kana"
        yield _finding("G302", concept, template, name=term.text, reading=term.reading)
    if term.transliteration and not may_be_written(
        "".join(term.reading.split()), "".join(term.transliteration.split())
    ):
        yield _finding(
            "G303",
            concept,
            "{reading} is written {romanization}; by rule {rule}",
            reading=term.reading,
            romanization=term.transliteration,
            rule=romanize(term.reading),
        )


def agrees(text: str, reading: str) -> bool:
    """Whether the kana of *text* stand in *reading* in their order; what is in brackets may be left out.

    >>> agrees("引き渡し", "ひきわたし"), agrees("ミサイル防衛", "みさいる ぼうえい")
    (True, True)
    >>> agrees("取り決め", "とりきめる")
    False
    """
    # What stands between kanji for a small ke is a folded ヶ now, and read か or が.
    wanted = reading_key(reading)
    for written in (text, _BRACKETED.sub("", text)):
        parts = _KANA_RUN.split(reading_key(unicodedata.normalize("NFKC", written)))
        pattern = "".join(
            re.escape(part) if number % 2 else ".+" if part else "" for number, part in enumerate(parts)
        )
        if re.fullmatch(pattern, wanted, re.DOTALL):
            return True
    return False


def _characters(concept: GlossaryConcept) -> Iterator[Finding]:
    texts = [concept.id, concept.subject, concept.note, *concept.passages]
    texts += [concept.en.definition, concept.ja.definition]
    for term in terms_of(concept):
        texts += [term.text, term.context, term.note, term.source, term.transliteration or ""]
    for text in texts:
        if wrong := _CONTROL.search(text):
            shown = text[max(0, wrong.start() - 10) : wrong.end() + 10]
            character = f"U+{ord(wrong.group()):04X}"
            yield _finding("G401", concept, "{character} in {text}", character=character, text=ascii(shown))

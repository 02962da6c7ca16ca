"""Checks of glossaries: each problem has a code.

Errors make a glossary wrong or unreadable: the same id for two concepts, a reading that contradicts the kana
of the term, a character that XML cannot represent. Warnings need a person's judgment: a term that two
concepts share may be a homonym, and a concept in one language may be unfinished.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from alliance_ref.glossary.concepts import is_deprecated, periods_overlap, term_key
from alliance_ref.glossary.splitting import terms_in_cell
from alliance_ref.records.findings import Finding
from alliance_ref.records.glossary import GlossaryConcept, LanguageSection, Term
from alliance_ref.records.results import Results
from alliance_ref.records.values import Bilingual, Lang
from alliance_ref.rules import Rule, rule_table
from alliance_ref.text.keys import reading_key
from alliance_ref.text.romanization import may_be_written, romanize
from alliance_ref.text.scripts import JAPANESE, KANJI

CODES = rule_table(
    Rule(
        "G101",
        "error",
        "duplicate-concept-id",
        Bilingual("two concepts have the same id", "二つの概念が同じ識別子をもつ"),
        Bilingual("an earlier concept has the same id", "この識別子は前の概念で使われている"),
    ),
    Rule(
        "G102",
        "warning",
        "shared-pair",
        Bilingual("two concepts have the same pair of terms", "同じ用語と訳語の組が二つの概念に属する"),
        Bilingual("{terms} is also in concept {id}", "{terms} は {id} にも属する"),
    ),
    Rule(
        "G103",
        "warning",
        "shared-term",
        Bilingual("two concepts have the same term", "同じ用語が二つの概念に属する"),
        Bilingual("{terms} is also in concept {id}", "{terms} は {id} にも属する"),
    ),
    Rule(
        "G104",
        "warning",
        "repeated-term",
        Bilingual("a language section has the same term twice", "同じ用語が言語欄に二度ある"),
        Bilingual("{term} is listed twice", "{term} が二度ある"),
    ),
    Rule(
        "G201",
        "warning",
        "one-language",
        Bilingual("a concept has terms in one language only", "一方の言語の用語がない"),
        {
            "en": Bilingual("it has no English term", "英語の用語がない"),
            "ja": Bilingual("it has no Japanese term", "日本語の用語がない"),
        },
    ),
    Rule(
        "G202",
        "warning",
        "no-preferred-term",
        Bilingual("no term of a section is preferred", "優先用語がない"),
        {
            "en": Bilingual("none of its English terms is preferred", "英語の優先用語がない"),
            "ja": Bilingual("none of its Japanese terms is preferred", "日本語の優先用語がない"),
        },
    ),
    Rule(
        "G203",
        "warning",
        "several-preferred-terms",
        Bilingual("several terms are preferred at the same time", "同じ時期の優先用語が二つ以上ある"),
        Bilingual("several terms are preferred: {terms}", "優先用語が二つ以上ある：{terms}"),
    ),
    Rule(
        "G204",
        "warning",
        "same-in-both-languages",
        Bilingual("a term is the same in both languages", "両言語の用語が同じ文字列である"),
        Bilingual("{term} is in both languages", "{term} が両言語にある"),
    ),
    Rule(
        "G205",
        "error",
        "japanese-in-english",
        Bilingual("an English term is written in kana or kanji", "英語の用語が仮名や漢字で書かれている"),
        Bilingual(
            "{term} is given as English: are the columns swapped?",
            "{term} が英語の欄にある。列が入れ替わっていないか",
        ),
    ),
    Rule(
        "G105",
        "warning",
        "repeated-pair",
        Bilingual("a concept has the same pair of terms twice", "同じ用語と訳語の組が一つの概念に二度ある"),
        Bilingual("the pair {terms} is listed twice", "{terms} の組が二度ある"),
    ),
    Rule(
        "G206",
        "warning",
        "several-terms-in-one",
        Bilingual("several terms are in one cell", "一つの欄に複数の用語がある"),
        Bilingual(
            "{term} contains several terms: {parts}; split them (glossary check --fix)",
            "{term} に複数の用語がある：{parts}。分けること（glossary check --fix）",
        ),
    ),
    Rule(
        "G207",
        "warning",
        "placeholder",
        Bilingual("a term contains a placeholder", "用語に「～」がある"),
        Bilingual(
            "{term} contains a placeholder, so no text contains the term; write it without",
            "{term} に「～」があり、どの文章にも一致しない。除くこと",
        ),
    ),
    Rule(
        "G208",
        "warning",
        "all-deprecated",
        Bilingual("all terms of a concept are deprecated", "概念の用語がすべて非推奨である"),
        Bilingual(
            "no term may be used, so the check asks for nothing; delete the concept, or add a usable term",
            "使える用語がなく、検査の対象にならない。概念を削除するか、使える用語を加えること",
        ),
    ),
    Rule(
        "G301",
        "warning",
        "no-reading",
        Bilingual("a term with kanji has no reading", "漢字を含む用語に読みがない"),
        Bilingual("{term} has no reading", "{term} に読みがない"),
    ),
    Rule(
        "G302",
        "error",
        "reading-mismatch",
        Bilingual("a reading disagrees with the kana of the term", "読みが用語の仮名と合わない"),
        Bilingual(
            "{term} is read {reading}, which lacks its kana",
            "{term} の読み {reading} に用語の仮名が含まれない",
        ),
    ),
    Rule(
        "G303",
        "warning",
        "transliteration-mismatch",
        Bilingual("a transliteration does not match the reading", "ローマ字表記が読みと合わない"),
        Bilingual(
            "{reading} is written {transliteration}; by rule {rule}",
            "{reading} の表記は {transliteration}、規則では {rule}",
        ),
    ),
    Rule(
        "G401",
        "error",
        "invalid-character",
        Bilingual("a control character or half of a surrogate pair", "制御文字などがある"),
        Bilingual("{character} in {text}", "{text} に {character}"),
    ),
    Rule(
        "G402",
        "warning",
        "white-space",
        Bilingual(
            "white space around a term, or a line break in it",
            "用語の前後に空白がある、または用語が改行を含む",
        ),
        Bilingual("{term!r}", "{term!r}"),
    ),
)
"""The rules of the glossary checks, by code."""

_JAPANESE = re.compile(f"[{JAPANESE}]")
_KANJI = re.compile(f"[{KANJI}]")
_BRACKETED = re.compile(r"[（(\[［〔【][^）)\]］〕】]*[）)\]］〕】]")
_KANA_RUN = re.compile("([\u3041-\u3094ー]+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SHORT = re.compile(r"[0-9A-Z&+./\-]+")  # abbreviations and numbers, which are the same in both languages
_PLACEHOLDER = re.compile(r"^[~～〜]|[~～〜]$|(?<![0-9０-９年月日度時])[～〜](?![0-9０-９平昭令])")
_CONTEXT = 10
"""Number of characters on each side of an invalid character that a finding quotes."""


def check_glossary(glossary: Iterable[GlossaryConcept]) -> tuple[Finding, ...]:
    """Return the errors and warnings for a glossary, in its order.

    Args:
        glossary: A glossary, or concepts that cannot form one because two of them have the same id.

    >>> import alliance_ref as ar
    >>> term = ar.records.Term("引き渡し", "ja", reading="ひきわたす")
    >>> en = ar.records.LanguageSection("en", (ar.records.Term("extradition", "en"),))
    >>> concept = ar.GlossaryConcept("c1", en, ar.records.LanguageSection("ja", (term,)))
    >>> for finding in ar.check_glossary([concept]):
    ...     print(finding)
    G302 c1: 引き渡し is read ひきわたす, which lacks its kana
    """
    concepts = tuple(glossary)
    found = [*_shared(concepts)]
    for concept in concepts:
        found += _sections(concept)
        for term in concept.terms:
            found += _term(concept, term)
        found += _characters(concept)
    return Results(found)


def _shared(concepts: tuple[GlossaryConcept, ...]) -> Iterator[Finding]:
    """Yield the findings about ids and terms that several concepts have."""
    seen: set[str] = set()
    for concept in concepts:
        if concept.id in seen:
            yield CODES["G101"].finding(concept.id)
        seen.add(concept.id)
    concepts_by_key: dict[tuple[Lang, str], dict[int, str]] = defaultdict(dict)
    for number, concept in enumerate(concepts):
        for term in concept.terms:
            if term.status != "erroneous":
                key = term.lang, term_key(term.text, term.lang)
                concepts_by_key[key].setdefault(number, term.text)
    pairs: dict[tuple[int, int], dict[Lang, str]] = defaultdict(dict)
    for (lang, _), places in concepts_by_key.items():
        first, *others = places
        for other in others:
            pairs[first, other].setdefault(lang, places[other])
    for (first, other), texts in sorted(pairs.items()):
        rule = CODES["G102" if len(texts) > 1 else "G103"]
        yield rule.finding(concepts[other].id, terms=" = ".join(texts.values()), id=concepts[first].id)


def _sections(concept: GlossaryConcept) -> Iterator[Finding]:
    for section in (concept.en, concept.ja):
        if not section.terms:
            yield CODES["G201"].finding(concept.id, section.lang)
            continue
        preferred = [term for term in section if term.status == "preferred"]
        if not preferred and not is_deprecated(concept):
            yield CODES["G202"].finding(concept.id, section.lang)
        rivals = [
            other.text
            for number, term in enumerate(preferred)
            for other in preferred[number + 1 :]
            if other.text != term.text and periods_overlap(term.valid, other.valid)
        ]
        if rivals:
            texts = tuple(dict.fromkeys(term.text for term in preferred))
            yield CODES["G203"].finding(concept.id, terms=texts)
        yield from _repeated(concept, section)
    if is_deprecated(concept):
        yield CODES["G208"].finding(concept.id)
    pairs = Counter((rendering.en, rendering.ja) for rendering in concept.renderings)
    for (en, ja), count in pairs.items():
        if count > 1:
            yield CODES["G105"].finding(concept.id, terms=f"{en} = {ja}")
    yield from _same_in_both(concept)


def _same_in_both(concept: GlossaryConcept) -> Iterator[Finding]:
    japanese = {term.text.casefold() for term in concept.ja if term.status != "abbreviation"}
    for term in concept.en:
        if (
            term.status != "abbreviation"
            and term.text.casefold() in japanese
            and not _SHORT.fullmatch(term.text)
        ):
            yield CODES["G204"].finding(concept.id, term=term.text)


def _repeated(concept: GlossaryConcept, section: LanguageSection) -> Iterator[Finding]:
    terms = section.terms
    for number, term in enumerate(terms):
        for other in terms[:number]:
            if (
                (other.text, reading_key(other.reading or "")) == (term.text, reading_key(term.reading or ""))
                and periods_overlap(other.valid, term.valid)
            ):  # fmt: skip
                yield CODES["G104"].finding(concept.id, term=term.text)
                break


def _term(concept: GlossaryConcept, term: Term) -> Iterator[Finding]:
    if term.text != term.text.strip() or "\n" in term.text or "\r" in term.text:
        yield CODES["G402"].finding(concept.id, term=term.text)
    if parts := terms_in_cell(term, concept):
        yield CODES["G206"].finding(concept.id, term=term.text, parts=parts)
    if _PLACEHOLDER.search(term.text):
        yield CODES["G207"].finding(concept.id, term=term.text)
    if term.lang == "en":
        if _JAPANESE.search(term.text):
            yield CODES["G205"].finding(concept.id, term=term.text)
        return
    if not term.reading:
        if _KANJI.search(term.text):
            yield CODES["G301"].finding(concept.id, term=term.text)
        return
    if not agrees(term.text, term.reading):
        yield CODES["G302"].finding(concept.id, term=term.text, reading=term.reading)
    if term.transliteration and not may_be_written(
        "".join(term.reading.split()), "".join(term.transliteration.split())
    ):
        yield CODES["G303"].finding(
            concept.id,
            reading=term.reading,
            transliteration=term.transliteration,
            rule=romanize(term.reading),
        )


def agrees(text: str, reading: str) -> bool:
    """Return whether *reading* contains the kana of *text* in order; text in brackets is optional.

    >>> agrees("引き渡し", "ひきわたし"), agrees("ミサイル防衛", "みさいる ぼうえい")
    (True, True)
    >>> agrees("取り決め", "とりきめる")
    False
    """
    # A small ke between kanji has been folded to ヶ, which is read か or が.
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
    for term in concept.terms:
        texts += [term.text, term.context, term.note, term.source, term.transliteration or ""]
    for text in texts:
        if wrong := _CONTROL.search(text):
            shown = text[max(0, wrong.start() - _CONTEXT) : wrong.end() + _CONTEXT]
            yield CODES["G401"].finding(
                concept.id, character=f"U+{ord(wrong.group()):04X}", text=ascii(shown)
            )

"""Findings: what a check has to say, by code."""

from typing import Literal

import attrs

from alliance_ref.records.values import Lang, one_of

Level = Literal["error", "warning"]


@attrs.frozen
class Finding:
    """One thing a check found: its code, how grave it is, where, and what.

    `where` is the id of an entry, passage or topic, or a file and a place in it.

    >>> import alliance_ref as ar
    >>> section = ar.records.LanguageSection("ja", (ar.records.Term("引き渡し", "ja", reading="ひきわたす"),))
    >>> for found in ar.check_glossary([ar.GlossaryConcept("handover", ja=section)]):
    ...     print(found.code, found.level, found.where)
    G201 warning handover
    G302 error handover
    """

    code: str
    level: Level = attrs.field(validator=one_of(Level))
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.code} {self.where}: {self.message}"


@attrs.frozen(kw_only=True)
class TranslationFinding(Finding):
    """One thing wrong with a translation, or worth a look.

    `unit` is the number of the aligned unit, from 0, and `lang` the language of the side that the finding
    stands in: `text` is what stands there, from `start` to `end`, counted in code points. Where whole texts
    were checked the offsets are those of the text given, else those of the side of the unit. `concept` is
    the id of the concept concerned, empty if there is none; `expected` is what should stand in the
    translation, the best first; `found` what stands elsewhere instead. `reason` says why, in a word.

    >>> import alliance_ref as ar
    >>> glossary = ar.reference_glossary(evidence=False).subset(["futenma"])
    >>> en, ja = "Futenma was to be returned by 2003.", "嘉手納飛行場は2003年までに返還される予定だった。"
    >>> for found in ar.check_translation(en, ja, glossary):
    ...     print(found.code, found.lang, found.text, found.expected)
    T101 en Futenma ('普天間飛行場', '普天間基地', '普天間')
    """

    unit: int
    lang: Lang = attrs.field(validator=one_of(Lang))
    start: int
    end: int
    text: str
    concept: str = ""
    expected: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.where} [{self.lang} {self.start}:{self.end}]: {self.message}"

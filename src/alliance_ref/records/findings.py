"""Findings: the results of checks, each with a code."""

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from alliance_ref.arguments import check_lang
from alliance_ref.records.results import Shown
from alliance_ref.records.validation import typed
from alliance_ref.records.values import Bilingual, Lang, one_of

Level = Literal["error", "warning"]


@attrs.frozen(field_transformer=typed)
class Finding(Shown):
    """A problem found by a check.

    `code` identifies the rule and `level` its severity. `where` is the id of an entry, passage or topic, or
    a file and a place in it. `messages` describe the problem in English and Japanese. For programs, `reason`
    names the kind of problem and `values` has the data that the messages contain.

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
    messages: Bilingual
    reason: str = ""
    values: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)

    @property
    def message(self) -> str:
        """The message in English."""
        return self.messages.en

    def message_in(self, lang: Lang) -> str:
        """Return the message in *lang*, ``"en"`` or ``"ja"``.

        >>> import alliance_ref as ar
        >>> section = ar.records.LanguageSection("en", (ar.records.Term("alliance", "en"),))
        >>> concept = ar.GlossaryConcept("alliance", section)
        >>> [found.message_in("ja") for found in ar.check_glossary([concept])]
        ['日本語の用語がない']
        """
        check_lang(lang)
        return self.messages.ja if lang == "ja" else self.messages.en

    def __str__(self) -> str:
        return f"{self.code} {self.where}: {self.message}"


@attrs.frozen(kw_only=True, field_transformer=typed)
class TranslationFinding(Finding):
    """A problem in a translation, or a place worth a look.

    `unit` is the number of the aligned unit, from 0. `lang` is the language of the side concerned, and
    `text` the text there from `start` to `end`, counted in code points: offsets into the text that was
    given if whole texts were checked, otherwise into the side of the unit. `concept` is the id of the
    concept concerned, or empty. `expected` are the terms that the translation should contain, best first;
    `found` is the text on the other side, or earlier in the translation, that `text` disagrees with.
    `other_start` and `other_end` are the offsets of the place on the other side: of the text in `found`, or
    of the whole side of the unit. Both are 0 if the other side is empty.

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
    other_start: int = 0
    other_end: int = 0

    def __str__(self) -> str:
        return f"{self.code} {self.where} [{self.lang} {self.start}:{self.end}]: {self.message}"

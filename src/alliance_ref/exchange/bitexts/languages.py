"""Find out which side of a bitext is English and which is Japanese, and reject other languages.

A file may name the languages of its source and target, or only one of them. Where one is missing, the script
of each pair decides, and a pair without Japanese characters is left out, since it could be in any language.
"""

import re
from collections import Counter

import attrs

from alliance_ref.errors import FileProblem, UnreadableFile, unreadable
from alliance_ref.text.scripts import KANA, KANJI, language_of

UNKNOWN = "unknown language"
OTHER = "other language"
"""The reasons for which pairs are left out, as keys of the counter of a reader."""

_JAPANESE = re.compile(f"[{KANA}{KANJI}]")


@attrs.define
class Sides:
    """Assigns the source and target of pairs to English and Japanese, and counts what is in other languages.

    Attributes:
        title: The name of the format, for errors.
        skipped: The counter of the reader.
        found: The number of pairs in English and Japanese.
        others: The language tags of pairs that were left out.

    >>> sides = Sides("PO", Counter())
    >>> sides.assign("同盟", "alliance", "ja", "en-US")
    ('alliance', '同盟')
    >>> sides.assign("alliance", "Allianz", "en", "de") is None
    True
    """

    title: str
    skipped: Counter[str]
    found: int = 0
    unknown: int = 0
    others: set[str] = attrs.Factory(set)

    def assign(self, source: str, target: str, source_tag: str, target_tag: str) -> tuple[str, str] | None:
        """Return the English and the Japanese text of a pair, or ``None`` if it is in other languages."""
        langs = [language_of(tag) if tag.strip() else "" for tag in (source_tag, target_tag)]
        if None in langs or (langs[0] and langs[0] == langs[1]):
            self.skipped[OTHER] += 1
            self.others |= {source_tag, target_tag}
            return None
        if all(langs):
            swapped = langs[0] == "ja"
        elif _JAPANESE.search(target) and langs != ["ja", ""] and langs != ["", "en"]:
            swapped = False
        elif _JAPANESE.search(source) and langs != ["en", ""] and langs != ["", "ja"]:
            swapped = True
        else:
            self.skipped[UNKNOWN] += 1
            self.unknown += 1
            return None
        self.found += 1
        return (target, source) if swapped else (source, target)

    def check(self) -> None:
        """Check at the end of a file that it had pairs in English and Japanese, if it had pairs.

        Raises:
            UnreadableFile: All pairs were in other languages.
        """
        if not self.found and self.others:
            raise other_languages(self.title, *sorted(self.others))
        if not self.found and self.unknown:
            raise unreadable(self.title, FileProblem("no-japanese"))


def other_languages(title: str, *tags: str) -> UnreadableFile:
    """Return the error for a file that is not in English and Japanese."""
    return unreadable(title, FileProblem("other-languages", {"languages": tuple(filter(None, tags))}))


def is_other(tag: str) -> bool:
    """Return whether a language tag names a third language.

    >>> is_other("fr"), is_other(""), is_other("ja_JP")
    (True, False, False)
    """
    return bool(tag.strip()) and language_of(tag) is None

"""Bring Japanese text into the form that the dictionary has, with the offsets of the text as given.

Half-width kana become full-width kana, and separate voicing marks join their kana. Radicals (⽇),
compatibility ideographs and old forms of kanji become the current kanji. Invisible characters, such as the
selectors of variants, are left out. Keys of names (`alliance_ref.text.folding`) use the same tables.
"""

import re
import unicodedata

from alliance_ref.text.folding import INVISIBLE
from alliance_ref.text.kanji_variants import CURRENT_FORMS, current_kanji

_KEPT = frozenset("龍彎淵檜曾蹟蘆濾攪枡藪凛兎皐侫裡豎鶯癡瀆")
"""Variants that are not replaced: UniDic reads more words of JMdict correctly with them than without."""

_REPLACED = "".join(chr(code) for code in CURRENT_FORMS if code < 0x10000 and chr(code) not in _KEPT)
_KANA_PARTS = "\uff66-\uff9f\u3099\u309a\ud800-\udfff"
_MAY_CHANGE = re.compile(
    f"[{_KANA_PARTS}{_REPLACED}\u2e81-\u2fd5\uf900-\ufaff{INVISIBLE}\U00010000-\U0010ffff]"
)
_CLUSTERED = re.compile(rf"[\uff66-\uff9f]|.[\u3099\u309a]|[\ud800-\udfff]|[{INVISIBLE}]", re.DOTALL)
_CLUSTER = re.compile(
    rf"[{INVISIBLE}]*(?:[\uff66-\uff9f][\uff9e\uff9f]?|[^{INVISIBLE}][\u3099\u309a]?)[{INVISIBLE}]*|[{INVISIBLE}]+"
)
_KANA = re.compile(r"[\uff66-\uff9f][\uff9e\uff9f]?|.[\u3099\u309a]?", re.DOTALL)
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")


def dictionary_form(text: str) -> tuple[str, list[int] | None]:
    """Return *text* in the form of the dictionary, and the original offset of each of its code points.

    The list of offsets also has the end of the text; it is ``None`` if the offsets are the same.

    >>> dictionary_form("ｶﾞｽ"), dictionary_form("⽇⽶"), dictionary_form("防衞")
    (('ガス', [0, 2, 3]), ('日米', None), ('防衛', None))
    """
    composed, places = composed_text(text)
    return with_current_kanji(composed), places


def composed_text(text: str) -> tuple[str, list[int] | None]:
    """Return *text* with composed kana, without invisible characters, and offsets as `dictionary_form`.

    >>> composed_text("ｶﾞｽ"), composed_text("防衞")
    (('ガス', [0, 2, 3]), ('防衞', None))
    """
    if not _MAY_CHANGE.search(text) or not _CLUSTERED.search(text):
        return text, None
    parts: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        given = cluster.group()
        part = _cluster(_INVISIBLE.sub("", given) or given)
        parts.append(part)
        # All code points of a cluster start where it does, so no token divides a cluster.
        places += [cluster.start() + min(i, len(given) - 1) for i in range(len(part))]
    places.append(len(text))
    return "".join(parts), places


def with_current_kanji(text: str) -> str:
    """Return *text* with current kanji, except those that the dictionary has in another form.

    >>> with_current_kanji("眞珠湾"), with_current_kanji("小淵")
    ('真珠湾', '小淵')
    """
    if not _MAY_CHANGE.search(text):
        return text
    current = current_kanji(text)
    if _KEPT.isdisjoint(text):
        return current
    return "".join(old if old in _KEPT else new for old, new in zip(text, current, strict=True))


def composed_kana(text: str) -> str:
    """Return *text* with half-width kana as full-width ones and separate voicing marks combined.

    Lone surrogates, which no encoder accepts, become U+FFFD.
    """
    return _KANA.sub(lambda found: _cluster(found.group()), text) if _CLUSTERED.search(text) else text


def _cluster(given: str) -> str:
    if "\ud800" <= given[0] <= "\udfff":
        return "\ufffd" + given[1:]
    if "\uff66" <= given[0] <= "\uff9f":
        return unicodedata.normalize("NFKC", given)
    return unicodedata.normalize("NFC", given) if len(given) > 1 else given

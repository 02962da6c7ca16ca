"""Read the status of a term in the words of any program.

The same words are recognized in TBX, MultiTerm, CSV and Excel, in English and Japanese. A word in no list has
no meaning here: a reader reports it and reads the term as admitted, never as preferred.
"""

import re

from alliance_ref.records.entries import NameStatus

_WORDS: dict[NameStatus, str] = {
    "preferred": "preferred approved recommended standard standardized official mandatory legal regulated"
    " validated use 推奨 優先 優先語 承認 承認済 承認済み 標準",
    "admitted": "admitted accepted acceptable allowed permitted alternative synonym variant proposed"
    " provisional provisionallyapproved new draft pending unapproved notapproved tobeapproved"
    " inreview underreview 許容 可 候補 提案 新規 未承認 同義語",
    "abbreviation": "abbreviation 略語 略称",
    "deprecated": "deprecated superseded obsolete outdated archaic notrecommended notpreferred nonpreferred"
    " nonstandard forbidden prohibited banned disallowed rejected unacceptable nonstandardized donotuse"
    " dontuse avoid retired 非推奨 禁止 使用禁止 使用不可 不可 廃止 却下 非標準",
    "erroneous": "erroneous error incorrect wrong 誤り 誤記 誤訳",
}
_STATUSES: dict[str, NameStatus] = {
    word: status for status, words in _WORDS.items() for word in words.split()
}
_NOT_IN_WORDS = re.compile(r"[\W_]+")
_TBX_ENDING = re.compile(r"(?:term)?(?:admnsts)?$")
_YES = frozenset({"1", "true", "yes", "y", "x", "はい", "○", "✓", "✔"})


def parse_status(text: str) -> NameStatus | None:
    """Return the status that *text* denotes, or ``None`` if it is unknown.

    >>> parse_status("Not recommended"), parse_status("preferredTerm-admn-sts"), parse_status("使用禁止")
    ('deprecated', 'preferred', 'deprecated')
    >>> parse_status("green") is None
    True
    """
    word = _NOT_IN_WORDS.sub("", text.casefold())
    return _STATUSES.get(word) or _STATUSES.get(_TBX_ENDING.sub("", word))


def is_yes(text: str) -> bool:
    """Return whether the cell of a column such as "Forbidden" is set.

    >>> is_yes("TRUE"), is_yes("no"), is_yes("")
    (True, False, False)
    """
    return text.strip().casefold() in _YES

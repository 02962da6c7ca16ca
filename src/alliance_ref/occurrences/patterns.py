"""Queries that are regular expressions, or look like one."""

import re
import warnings
from typing import Literal

from alliance_ref.errors import InvalidValue, LooksLikePattern

MatchKind = Literal["lemma", "exact", "regex"]

_LOOKS_LIKE_PATTERN = re.compile(
    r"\.[*+?]|\[[^\]]+\][*+?]?|\\[bdsw.]|\([^)]*\|[^)]*\)|^\^|\$$|\w\|\w|\w\*|\*\w"
)


def compiled(query: str) -> re.Pattern[str]:
    """Return a regular expression.

    Raises:
        InvalidValue: if *query* is not one.
    """
    try:
        return re.compile(query)
    except (re.error, OverflowError, RecursionError) as error:
        raise InvalidValue("regex", value=query, detail=str(error)) from None


def warn_of_pattern(query: str) -> None:
    """Warn of a query that looks like a regular expression and is looked up as text.

    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     warn_of_pattern("防衛.*庁")
    >>> print(caught[0].message)
    '防衛.*庁' is looked up as text; for a regular expression, use match="regex"
    """
    if _LOOKS_LIKE_PATTERN.search(query):
        warnings.warn(LooksLikePattern(query), stacklevel=4)

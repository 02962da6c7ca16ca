"""Where a name in Japanese text may begin and end: at a token, and not inside the name of an organization.

UniDic divides compounds into short words, so a token boundary is not always a name boundary: 防衛 ends at a
token in 防衛大学校, but that text is not about defense. A match is rejected if the nouns that directly follow
it lead to a word that forms the name of an organization (校, 庁, 委員会), unless

* the match itself ends with such a word (在日米軍 in 在日米軍司令部), or
* the text after it up to there is a known name (日本 in 日本外務省).

A match is also rejected if it is a family name followed by a given name: 横田 in 横田めぐみ is a person.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping

import attrs

_ORGANIZATION_WORDS = frozenset(
    "省 庁 局 部 課 室 署 院 会 党 団 隊 軍 校 社 館 大学 学校 学院 学会 大学校 研究所 研究会 協会 委員会"
    " 審議会 理事会 評議会 協議会 会議 連合 連盟 同盟会 機構 機関 公社 公団 銀行 新聞 財団 基金 部隊 司令部"
    " 本部 支部 部局 艦隊 師団 旅団 連隊 事務所 裁判所 検察庁 警察 組合".split()
)
"""Words that, at the end of a compound, form the name of an organization."""

_ORGANIZATION_ENDINGS = tuple(_ORGANIZATION_WORDS)
_ALWAYS_ORGANIZATIONS = ("軍", "隊", "省", "庁", "党")
"""Endings that form the name of an organization within one token, too: 米軍, but not 社会."""

_NOUNS = frozenset(("名詞", "接尾辞", "接頭辞"))


@attrs.frozen
class LineTokens:
    """The tokens of one line of a text.

    Attributes:
        tokens: The end, surface and "is a noun" of each token, by its start.
        starts: The start of each token, by its end.
        given_names: Where given names begin that follow a family name.
        organization_ends: A cache for `organization_end`.
    """

    tokens: Mapping[int, tuple[int, str, bool]]
    starts: Mapping[int, int]
    given_names: frozenset[int] = frozenset()
    organization_ends: dict[int, int] = attrs.field(factory=dict)

    def organization_end(self, at: int) -> int:
        """Return where the nouns from *at* on first form the name of an organization; 0 if they do not.

        Each token is visited once, no matter how many matches come before it.
        """
        visited = []
        end = 0
        while at not in self.organization_ends and (token := self.tokens.get(at)):
            visited.append(at)
            token_end, surface, is_noun = token
            if not is_noun or surface in _ORGANIZATION_WORDS:
                end = token_end if is_noun else 0
                break
            at = token_end
        else:
            end = self.organization_ends.get(at, 0)
        self.organization_ends.update(dict.fromkeys(visited, end))
        return end


class TokenBoundaries:
    """The token boundaries of one text; each line is tokenized when it is first needed."""

    def __init__(self, text: str, ends_of_names: Callable[[int], frozenset[int]] | None) -> None:
        """Create the boundaries of *text*.

        Args:
            text: The text.
            ends_of_names: Returns where the names end that begin at an offset; ``None`` to accept names that
                are part of the name of an organization.
        """
        self._text = text
        self._ends_of_names = ends_of_names
        self._line_starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
        self._lines: dict[int, LineTokens] = {}

    def allow(self, start: int, end: int, *, latin_start: bool, latin_end: bool) -> bool:
        """Return whether a name may be at ``text[start:end]``.

        Args:
            start: Where the name begins.
            end: Where it ends.
            latin_start: Whether it begins with a Latin word, which is its own boundary.
            latin_end: Whether it ends with one.
        """
        if not latin_start and start not in self._line(start).tokens:
            return False
        if latin_end:
            return True
        line = self._line(end - 1)
        if end not in line.starts:
            return False
        if self._ends_of_names is None:
            return True
        return end not in line.given_names and not self._is_in_organization(line, start, end)

    def _is_in_organization(self, line: LineTokens, start: int, end: int) -> bool:
        last = line.starts[end]
        surface = line.tokens[last][1]
        if (
            surface in _ORGANIZATION_WORDS
            or surface.endswith(_ALWAYS_ORGANIZATIONS)
            or (last > start and surface.endswith(_ORGANIZATION_ENDINGS))
        ):
            return False
        assert self._ends_of_names is not None
        organization_end = line.organization_end(end)
        return bool(organization_end) and not any(
            name_end >= organization_end for name_end in self._ends_of_names(end)
        )

    def _line(self, at: int) -> LineTokens:
        start = self._line_starts[bisect_right(self._line_starts, at) - 1]
        line = self._lines.get(start)
        if line is None:
            end = self._text.find("\n", at)
            line = self._lines[start] = _tokenize_line(self._text[start : end if end >= 0 else None], start)
        return line


def _tokenize_line(text: str, offset: int) -> LineTokens:
    tokens: dict[int, tuple[int, str, bool]] = {}
    given_names: list[int] = []
    family_name_end = -1
    for start, end, surface, pos in _words_with_offsets(text):
        if pos[-2:] == ("人名", "名") and family_name_end == start:
            given_names.append(offset + start)
        family_name_end = end if pos[-2:] == ("人名", "姓") else -1
        tokens[offset + start] = (offset + end, surface, _is_noun(pos))
    return LineTokens(tokens, {end: start for start, (end, _, _) in tokens.items()}, frozenset(given_names))


def _words_with_offsets(text: str) -> list[tuple[int, int, str, tuple[str, ...]]]:
    """Return the start, end, surface and part of speech of each word."""
    from alliance_ref.text.japanese.tagging import tokenize, words  # English text needs no tagger

    found = []
    at = 0
    for surface, word in words(text):
        start = text.find(surface, at)
        if start < 0:  # the tagger saw another form than is written: half-width kana, separate voicing marks
            return [(token.start, token.end, token.surface, token.pos) for token in tokenize(text)]
        at = start + len(surface)
        found.append((start, at, surface, word.pos))
    return found


def _is_noun(pos: tuple[str, ...]) -> bool:
    return bool(pos) and pos[0] in _NOUNS and "数詞" not in pos

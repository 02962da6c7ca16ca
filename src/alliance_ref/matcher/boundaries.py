"""Boundaries of names in Japanese text: at tokens, and not inside the name of an organization.

UniDic divides compounds into short words, so a token boundary is not always a name boundary: 防衛 ends with a
token in 防衛大学校, which is not about defense. A match is rejected if the nouns that follow it directly lead
to a word that forms the name of an organization (校, 庁, 委員会), unless the match itself ends with such a
word (在日米軍 in 在日米軍司令部), or the text up to there is a known name (日本 in 日本外務省). A family name
followed by a given name is rejected too: 横田 in 横田めぐみ is not the air base.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping

import attrs

from alliance_ref.matcher.folding import LATIN, TAIL
from alliance_ref.text.japanese import tokenize, words

_BODIES = frozenset(
    "省 庁 局 部 課 室 署 院 会 党 団 隊 軍 校 社 館 大学 学校 学院 学会 大学校 研究所 研究会 協会 委員会"
    " 審議会 理事会 評議会 協議会 会議 連合 連盟 同盟会 機構 機関 公社 公団 銀行 新聞 財団 基金 部隊 司令部"
    " 本部 支部 部局 艦隊 師団 旅団 連隊 事務所 裁判所 検察庁 警察 組合".split()
)
"""Words that, at the end of a compound, form the name of an organization."""

_ENDINGS = tuple(_BODIES)
_ALWAYS = (
    "軍",
    "隊",
    "省",
    "庁",
    "党",
)  # these endings form such a name even within one token: 米軍, but not 社会

_NOUNS = frozenset(("名詞", "接尾辞", "接頭辞"))


@attrs.frozen
class Line:
    """The tokens of one line by start: the end, the surface, and whether the token is a noun."""

    tokens: Mapping[int, tuple[int, str, bool]]
    last: Mapping[int, int]  # the start of the token that ends there
    named: frozenset[int] = frozenset()  # the starts of given names after family names
    bodies: dict[int, int] = attrs.field(factory=dict)
    """For the start of a token, the end of the organization name that the nouns from there form, or 0."""

    def body_end(self, at: int) -> int:
        """Return the end of the organization name that the nouns from *at* form, or 0.

        Each token is examined once, regardless of the number of matches before it.
        """
        passed = []
        end = 0
        while at not in self.bodies and (token := self.tokens.get(at)):
            passed.append(at)
            after, surface, noun = token
            if not noun or surface in _BODIES:
                end = after if noun else 0
                break
            at = after
        else:
            end = self.bodies.get(at, 0)
        self.bodies.update(dict.fromkeys(passed, end))
        return end


class Edges:
    """The token boundaries of a text, computed line by line on demand."""

    def __init__(self, text: str, folded: str, names: Callable[[int], frozenset[int]] | None) -> None:
        """Create the boundaries of *text*.

        Args:
            text: The text.
            folded: The folded text, from `alliance_ref.matcher.folding.level`.
            names: Returns the ends of the names that begin at a position; ``None`` to ignore compounds.
        """
        self._text = text
        self._folded = folded
        self._names = names
        self._starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
        self._lines: dict[int, Line] = {}

    def allow(self, start: int, end: int) -> bool:
        """Return whether *start* and *end* are boundaries; a word of Latin letters always has them."""
        folded = self._folded
        if not LATIN.match(folded, start) and start not in self._line(start).tokens:
            return False
        at = end - 1
        while folded[at] == TAIL:
            at -= 1
        if LATIN.match(folded, at):
            return True
        line = self._line(at)
        if end not in line.last:
            return False
        if self._names is None:
            return True
        return end not in line.named and not self._in_name_of_body(line, start, end)

    def _in_name_of_body(self, line: Line, start: int, end: int) -> bool:
        last = line.last[end]
        surface = line.tokens[last][1]
        if surface in _BODIES or surface.endswith(_ALWAYS) or (last > start and surface.endswith(_ENDINGS)):
            return False
        assert self._names is not None
        body = line.body_end(end)
        return bool(body) and not any(known >= body for known in self._names(end))

    def _line(self, at: int) -> Line:
        start = self._starts[bisect_right(self._starts, at) - 1]
        line = self._lines.get(start)
        if line is None:
            end = self._text.find("\n", at)
            line = self._lines[start] = _tokens(self._text[start : end if end >= 0 else None], start)
        return line


def _tokens(text: str, offset: int) -> Line:
    tokens: dict[int, tuple[int, str, bool]] = {}
    named: list[int] = []
    family = -1  # the end of the last family name
    for start, end, surface, pos in _placed(text):
        if pos[-2:] == ("人名", "名") and family == start:
            named.append(offset + start)
        family = end if pos[-2:] == ("人名", "姓") else -1
        tokens[offset + start] = (offset + end, surface, _is_noun(pos))
    return Line(tokens, {end: start for start, (end, _, _) in tokens.items()}, frozenset(named))


def _placed(text: str) -> list[tuple[int, int, str, tuple[str, ...]]]:
    """Return the start, end, surface and part of speech of the words of *text*."""
    placed = []
    at = 0
    for surface, word in words(text):
        found = text.find(surface, at)
        if found < 0:  # the surface is normalized: half-width kana, separate voicing marks
            return [(token.start, token.end, token.surface, token.pos) for token in tokenize(text)]
        at = found + len(surface)
        placed.append((found, at, surface, word.pos))
    return placed


def _is_noun(pos: tuple[str, ...]) -> bool:
    return bool(pos) and pos[0] in _NOUNS and "数詞" not in pos

"""Where a name in Japanese text may begin and end: with a token, and not inside the name of a body.

UniDic cuts a compound into short words, so that an edge of a token is not yet an edge of a name: 防衛 ends
with a token in 防衛大学校, and yet nobody speaks of defense there. The rule: a hit is not taken if the nouns
that follow it without a break come to a word that makes the name of a body (校, 庁, 委員会), unless the hit
ends with such a word itself (在日米軍 in 在日米軍司令部) or what follows it up to there is a name that is
known (日本 in 日本外務省). Nor is one taken that is the family name of somebody whose given
name follows: 横田 in 横田めぐみ is no air base.
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
"""Words that, at the end of a compound, make the name of a body of it."""

_ENDINGS = tuple(_BODIES)
_ALWAYS = ("軍", "隊", "省", "庁", "党")  # what ends so is a body even in one word: 米軍, but not 社会

_NOUNS = frozenset(("名詞", "接尾辞", "接頭辞"))


@attrs.frozen
class Line:
    """The tokens of one line: their ends, surfaces and whether they are nouns, by where they start."""

    tokens: Mapping[int, tuple[int, str, bool]]
    last: Mapping[int, int]  # where the token starts that ends there
    named: frozenset[int] = frozenset()  # where given names begin, family names before them
    bodies: dict[int, int] = attrs.field(factory=dict)
    """By where a token starts, where the name of a body ends that the nouns from there make; 0 for none."""

    def body_end(self, at: int) -> int:
        """Where the first word ends that makes the name of a body of the nouns from *at* on; 0 for none.

        Each token is looked at once, however many hits there are before it.
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
    """The edges of tokens in one text, found line by line as they are asked for."""

    def __init__(self, text: str, folded: str, names: Callable[[int], frozenset[int]] | None) -> None:
        """The edges of *text*.

        Args:
            text: The text.
            folded: Its key in place, from :func:`alliance_ref.matcher.folding.level`.
            names: Where the names end that begin at a place; ``None`` if compounds do not matter.
        """
        self._text = text
        self._folded = folded
        self._names = names
        self._starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
        self._lines: dict[int, Line] = {}

    def allow(self, start: int, end: int) -> bool:
        """Whether a name may stand from *start* to *end*; a word of Latin letters is its own edge."""
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
    family = -1  # where a family name ended
    for start, end, surface, pos in _placed(text):
        if pos[-2:] == ("人名", "名") and family == start:
            named.append(offset + start)
        family = end if pos[-2:] == ("人名", "姓") else -1
        tokens[offset + start] = (offset + end, surface, _is_noun(pos))
    return Line(tokens, {end: start for start, (end, _, _) in tokens.items()}, frozenset(named))


def _placed(text: str) -> list[tuple[int, int, str, tuple[str, ...]]]:
    """The words of *text*: start, end, surface and part of speech."""
    placed = []
    at = 0
    for surface, word in words(text):
        found = text.find(surface, at)
        if found < 0:  # read as something else than written: half-width kana, separate voicing marks
            return [(token.start, token.end, token.surface, token.pos) for token in tokenize(text)]
        at = found + len(surface)
        placed.append((found, at, surface, word.pos))
    return placed


def _is_noun(pos: tuple[str, ...]) -> bool:
    return bool(pos) and pos[0] in _NOUNS and "数詞" not in pos

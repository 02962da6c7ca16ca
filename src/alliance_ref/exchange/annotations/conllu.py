r"""Tokens of Japanese text as CoNLL-U, the format of Universal Dependencies, a word a line.

What the dictionary does not say stays open (``_``): heads and relations. Readings stand in MISC (``Reading``,
``Pronunciation``), UniDic's part of speech in XPOS, levels parted by hyphens. White space is kept as UD has
it: ``SpaceAfter=No`` where none follows, nothing where one space does, and ``SpacesAfter`` with ``\s``,
``\t``, ``\n`` and ``\p`` (a bar) otherwise, ``SpacesBefore`` at the beginning of a text; so a text can be
had again from its words (see :meth:`ConlluSentence.text`). UniDic's tokens of white space are white space
here.
"""

import re
from collections.abc import Iterable, Iterator

import attrs

from alliance_ref.errors import unreadable
from alliance_ref.records.tokens import Token
from alliance_ref.text.japanese import japanese_sentences, tokenize

_TITLE = "CoNLL-U"
_COLUMNS = 10
_COMMENT = re.compile(r"#\s*(\w+)\s*=\s?(.*)")
_SPACES = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\"}
_SPACE_CODE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))")


@attrs.frozen
class ConlluRow:
    """A line of CoNLL-U: the ten columns, those with several values as pairs of name and value.

    A column that is left open (``_``) is empty here.
    """

    id: str
    form: str
    lemma: str = ""
    upos: str = ""
    xpos: str = ""
    feats: tuple[tuple[str, str], ...] = ()
    head: str = ""
    deprel: str = ""
    deps: str = ""
    misc: tuple[tuple[str, str], ...] = ()

    @property
    def space_after(self) -> str:
        """The white space that follows the word."""
        misc = dict(self.misc)
        if "SpacesAfter" in misc:
            return _SPACE_CODE.sub(_space, misc["SpacesAfter"])
        return "" if misc.get("SpaceAfter") == "No" else " "

    @property
    def space_before(self) -> str:
        """The white space in front of the word, where a text begins with some."""
        return _SPACE_CODE.sub(_space, dict(self.misc).get("SpacesBefore", ""))

    def __str__(self) -> str:
        pairs = ("|".join(f"{name}={value}" for name, value in field) for field in (self.feats, self.misc))
        feats, misc = pairs
        cells = (
            self.id, self.form, self.lemma, self.upos, self.xpos, feats, self.head, self.deprel, self.deps,
            misc,
        )  # fmt: skip
        return "\t".join(cell or "_" for cell in cells)


@attrs.frozen
class ConlluSentence:
    """A sentence: its comments by name (``sent_id``, ``text`` …) and its words."""

    comments: tuple[tuple[str, str], ...]
    rows: tuple[ConlluRow, ...]

    def text(self) -> str:
        """The sentence with the white space between its words, and around it.

        Words that stand within others (``2-3``) or are not written (``8.1``) are no part of it.
        """
        words = (row for row in self.rows if row.id.isdigit())
        return "".join(row.space_before + row.form + row.space_after for row in words)


def dumps(text: str, *, name: str = "") -> str:
    """The sentences of a Japanese *text* with their words.

    Args:
        text: Any Japanese text.
        name: What the document is called: sentences are numbered ``name-1`` and so on.

    >>> print(dumps("協議した。").splitlines()[3])
    2	し	為る	AUX	動詞-非自立可能	_	_	_	_	SpaceAfter=No|Reading=シ|Pronunciation=シ
    """
    blocks: list[str] = []
    tokens = [token for token in tokenize(text) if token.text.strip()]
    if not tokens:
        return ""
    ends = [token.start for token in tokens[1:]] + [len(text)]
    spaces = [text[token.end : end] for token, end in zip(tokens, ends, strict=True)]
    at = 0
    for number, sentence in enumerate(japanese_sentences(text), 1):
        rows: list[str] = []
        while at < len(tokens) and tokens[at].start < sentence.end:
            before = "" if at else text[: tokens[0].start]
            rows.append(str(_row(len(rows) + 1, tokens[at], before, spaces[at])))
            at += 1
        if rows:
            comments = [f"# sent_id = {name}-{number}" if name else f"# sent_id = {number}"]
            comments.append(f"# text = {' '.join(sentence.text.split())}")
            blocks.append("\n".join((*comments, *rows)))
    return "".join(f"{block}\n\n" for block in blocks)


def _row(number: int, token: Token, before: str, space: str) -> ConlluRow:
    misc = [("SpacesBefore", "".join(map(_coded, before)))] if before else []
    if space != " ":
        after = "".join(map(_coded, space))
        misc.append(("SpacesAfter", after) if space else ("SpaceAfter", "No"))
    misc += [("Reading", token.reading)] if token.reading else []
    misc += [("Pronunciation", token.pronunciation)] if token.pronunciation else []
    return ConlluRow(
        str(number),
        token.text,
        token.lemma,
        token.upos,
        "-".join(token.pos),
        misc=tuple((name, value.replace("|", "\\p")) for name, value in misc),
    )


def _coded(character: str) -> str:
    return _SPACES.get(character, character if character.isprintable() else f"\\u{ord(character):04x}")


def _space(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return next((space for space, code in _SPACES.items() if code == found[0]), found[2])


def loads(text: str) -> tuple[ConlluSentence, ...]:
    """The sentences of a CoNLL-U file, this library's or another's.

    Raises:
        UnreadableFile: with every line that has not ten columns or no number in front.

    >>> sentence = loads(dumps("同盟は 変わった。"))[0]
    >>> sentence.text(), sentence.rows[0].upos
    ('同盟は 変わった。', 'NOUN')
    """
    sentences: list[ConlluSentence] = []
    problems: list[tuple[str, str]] = []
    for block in _blocks(text.removeprefix("\ufeff").split("\n")):
        comments: list[tuple[str, str]] = []
        rows: list[ConlluRow] = []
        for number, line in block:
            if line.startswith("#"):
                comment = _COMMENT.fullmatch(line)
                comments.append((comment[1], comment[2]) if comment else ("", line[1:].strip()))
                continue
            cells = line.split("\t")
            if len(cells) != _COLUMNS or not re.fullmatch(r"\d+(?:[-.]\d+)?", cells[0]):
                problems.append(
                    (f"line {number}", "must have ten columns parted by tabs, a number in the first")
                )
                continue
            rows.append(_read_row(cells))
        if rows:
            sentences.append(ConlluSentence(tuple(comments), tuple(rows)))
    if problems:
        raise unreadable(_TITLE, *problems)
    return tuple(sentences)


def _blocks(lines: Iterable[str]) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for number, given in enumerate(lines, 1):
        line = given.rstrip("\r")
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _read_row(cells: list[str]) -> ConlluRow:
    plain = [cell if cell != "_" else "" for cell in cells]
    feats, misc = (
        tuple(
            (name, value) for name, _, value in (part.partition("=") for part in plain[at].split("|") if part)
        )
        for at in (5, 9)
    )
    # A word may be an underscore itself; its form and lemma are never left open.
    lemma, upos, xpos = plain[2:5]
    head, deprel, deps = plain[6:9]
    return ConlluRow(cells[0], cells[1], lemma, upos, xpos, feats, head, deprel, deps, misc)

r"""Tokens of Japanese text as CoNLL-U, the format of Universal Dependencies, with one word on each line.

Heads and relations are open (``_``), since there is no parser. Readings are in MISC (``Reading``,
``Pronunciation``) and UniDic's part of speech is in XPOS, with hyphens between its levels. White space
follows the rules of UD: ``SpaceAfter=No`` if none follows, nothing if one space does, and otherwise
``SpacesAfter`` with ``\s``, ``\t``, ``\n`` and ``\p`` (a bar); ``SpacesBefore`` is for white space at the
beginning of a text. `ConlluSentence.text` restores the text from these values. White-space tokens of UniDic
become white space.
"""

import re
from collections.abc import Iterable, Iterator

import attrs

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.records.tokens import Token
from alliance_ref.text.japanese.tagging import tokenize
from alliance_ref.text.sentence_splitting import japanese_sentences

_TITLE = "CoNLL-U"
_COLUMNS = 10
_COMMENT = re.compile(r"#\s*(\w+)\s*=\s?(.*)")
_SPACES = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\"}
_SPACE_CODE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))")


@attrs.frozen
class ConlluRow:
    """A line of CoNLL-U: ten columns; `feats` and `misc` are pairs of name and value.

    An open column (``_``) is an empty string.
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
        """The white space after the word."""
        misc = dict(self.misc)
        if "SpacesAfter" in misc:
            return _SPACE_CODE.sub(_space, misc["SpacesAfter"])
        return "" if misc.get("SpaceAfter") == "No" else " "

    @property
    def space_before(self) -> str:
        """The white space before the word, at the beginning of a text."""
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
    """A sentence: its comments (``sent_id``, ``text`` …) as pairs of name and value, and its words."""

    comments: tuple[tuple[str, str], ...]
    rows: tuple[ConlluRow, ...]

    def text(self) -> str:
        """Return the text of the sentence, with the white space between and around its words.

        Multiword tokens (``2-3``) and empty nodes (``8.1``) are not part of it.
        """
        words = (row for row in self.rows if row.id.isdigit())
        return "".join(row.space_before + row.form + row.space_after for row in words)


def dumps(text: str, *, name: str = "") -> str:
    """Return the sentences and words of a Japanese text as CoNLL-U.

    Args:
        text: Any Japanese text.
        name: The name of the document; the ids of its sentences are ``name-1``, ``name-2`` and so on.

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
    """Return the sentences of a CoNLL-U file from any program.

    Raises:
        UnreadableFile: Lines do not have ten columns with a number in the first; the error lists all of them.

    >>> sentence = loads(dumps("同盟は 変わった。"))[0]
    >>> sentence.text(), sentence.rows[0].upos
    ('同盟は 変わった。', 'NOUN')
    """
    sentences: list[ConlluSentence] = []
    problems: list[FileProblem] = []
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
                problems.append(FileProblem("not-conllu", line=number))
                continue
            rows.append(_read_row(cells))
        if rows:
            sentences.append(ConlluSentence(tuple(comments), tuple(rows)))
    if problems:
        raise unreadable(_TITLE, *problems)
    return tuple(sentences)


def _blocks(lines: Iterable[str]) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r")
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
    # A word may be an underscore itself, so the form is taken as it is.
    lemma, upos, xpos = plain[2:5]
    head, deprel, deps = plain[6:9]
    return ConlluRow(cells[0], cells[1], lemma, upos, xpos, feats, head, deprel, deps, misc)

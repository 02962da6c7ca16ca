r"""Read subtitles in SubRip (.srt) and WebVTT (.vtt): each cue is a block, with the line of its text.

Formatting and the names of speakers in WebVTT tags are removed; times, notes and styles are set aside.

>>> edition = read_srt("1\n00:00:01,000 --> 00:00:02,500\n<i>協議は\n続く。</i>\n".encode(), "talk.srt")
>>> edition.blocks[0].text, edition.set_aside[0].text
('協議は続く。', '00:00:01,000 --> 00:00:02,500')
"""

import re
from html import unescape

from alliance_ref.errors import FileProblem, unreadable
from alliance_ref.exchange.documents.blocks import BlockList, InlineText
from alliance_ref.exchange.documents.plain import decoded
from alliance_ref.records.files import FileEdition

_LINE_END = re.compile(r"\r\n|[\n\r]")
_TIMING = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}")
_RUBY = re.compile(r"<ruby>(.*?)<rt>(.*?)(?:</rt>)?(?:</ruby>|$)", re.DOTALL | re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")


def read_srt(data: bytes, file: str) -> FileEdition:
    """Return the edition of a SubRip file.

    Raises:
        UnreadableCopy: The file is not text.
        UnreadableFile: The file has no cue.
    """
    return _edition(data, file, "srt", "SubRip subtitles")


def read_vtt(data: bytes, file: str) -> FileEdition:
    """Return the edition of a WebVTT file.

    Raises:
        UnreadableCopy: The file is not text.
        UnreadableFile: The file has no cue.
    """
    return _edition(data, file, "vtt", "WebVTT subtitles")


def _edition(data: bytes, file: str, format_id: str, title: str) -> FileEdition:
    blocks = BlockList()
    text, encoding = decoded(data, file, blocks)
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    place, cues = 0, 0
    while place < len(lines):
        start = place
        while place < len(lines) and lines[place].strip():
            place += 1
        cues += _cue(lines[start:place], start + 1, blocks)
        place += 1
    if not cues:
        raise unreadable(title, FileProblem("no-cue"))
    return blocks.edition(file, format_id, encoding=encoding)


def _cue(lines: list[str], first: int, blocks: BlockList) -> bool:
    """Add the text of a cue; set aside what is not one. Return whether it is a cue."""
    at = next((place for place, line in enumerate(lines[:2]) if _TIMING.match(line)), None)
    if at is None:
        if lines and not lines[0].startswith("WEBVTT"):
            blocks.set_aside("metadata", "\n".join(lines), line=first)
        return False
    blocks.set_aside("timing", lines[at].strip(), line=first + at)
    text = "\n".join(lines[at + 1 :])
    for voice in _VOICE.findall(text):
        blocks.set_aside("metadata", voice, line=first + at + 1)
    inline = InlineText()
    done = 0
    for ruby in _RUBY.finditer(text):
        inline.add(_plain(text[done : ruby.start()]))
        inline.add(_plain(ruby[1]), reading=_plain(ruby[2]))
        done = ruby.end()
    inline.add(_plain(text[done:]))
    blocks.add(inline, line=first + at + 1)
    return True


def _plain(text: str) -> str:
    return unescape(_TAG.sub("", text))

"""What the library says itself (errors, findings, reasons), in the language spoken.

The library speaks English: an error is the same wherever it is caught. Only the command line knows which
language is wanted. It has the library's sentences here, with blanks where something is filled in, and says
each again by its translation in the catalogue. A sentence it does not know stays English.
"""

import re
from functools import cache

from alliance_ref.cli.i18n import spoken
from alliance_ref.text.localization import translator

_BLANK = re.compile(r"\{(\w+)\}")
_SENTENCE = "problem"
"""The blank for a sentence of its own, which must be known too."""

_LIST = ("choices", "names", "items")
"""Blanks for several things, one behind the other."""


def saying(template: str) -> str:
    """Marks a sentence of the library's for the catalogue."""
    return template


SAYINGS = (
    saying("argument {name}: {problem}"),
    saying("no such file"),
    saying("no such folder"),
    saying("is no folder"),
    saying("is empty"),
    saying("is an empty name"),
    saying("is a folder; name the file to read"),
    saying("is no text in an encoding known here"),
    saying("is no text: {count} control characters in {total}"),
    saying("is too long: {size} characters, at most {most} characters are read as a copy"),
    saying("is too long: more than {size} bytes, at most {most} characters are read as a copy"),
    saying("cannot be read: {problem}"),
    saying("cannot be read"),
    saying("standard input is closed"),
    saying("No such file or directory"),
    saying("Permission denied"),
    saying("Is a directory"),
    saying("Not a directory"),
    saying("No space left on device"),
    saying("File name too long"),
    saying("Read-only file system"),
    saying("embedded null byte"),
    saying("no paragraph of this text belongs to a document of the reference"),
    saying(
        "not a copy of a document of the reference; nearest is {id}, whose best paragraph is {share} alike"
        " ({needed} needed)"
    ),
    saying("no entry {id} in this reference; did you mean {choices}?"),
    saying("no entry {id} in this reference"),
    saying("no document {id} in this reference; did you mean {choices}?"),
    saying("no document {id} in this reference"),
    saying("no topic {id} in this reference; did you mean {choices}?"),
    saying("no topic {id} in this reference"),
    saying("no passage {id}: its document has no passages here"),
    saying("no passage {id}; its document has {first} to {last}"),
    saying("no format for the suffix {suffix}; known are {choices}"),
    saying("{package} is not installed; pip install 'alliance-ref[{extra}]' brings it"),
    saying("the two sides are swapped: English comes first, align(en, ja)"),
    saying("the side 'en' looks Japanese, not English; both sides are in one language"),
    saying("the side 'ja' looks English, not Japanese; both sides are in one language"),
    saying("the query is empty"),
    saying("end ({end}) lies before start ({start})"),
    saying("the following arguments are required: {names}"),
    saying("unrecognized arguments: {names}"),
    saying("invalid choice: {value} (choose from {choices})"),
    saying("expected one argument"),
    saying("{given} is no day such as 2005-04-14"),
    saying("{given} is no whole number from {least} on"),
    saying("ignored explicit argument {value}"),
    saying("ambiguous option: {option} could match {choices}"),
    saying("nothing is called {query} here; did you mean {name}?"),
    saying("nothing is called {query} here"),
    saying("{name} was not in use on {day}, but in {period}"),
    saying("{id} has no name in this language"),
    saying("no name of {id} was in use on {day}"),
    saying("a data file cannot be read, or a record in it cannot be built"),
    saying("an id is used twice"),
    saying("an id points at nothing, or at an entry of the wrong kind"),
    saying("an entry that nothing points at and that points at nothing"),
    saying("a document cites, follows, implements or replaces one that is later"),
    saying("a document is in force before it is issued"),
    saying("an office is held outside the holder's life"),
    saying("two persons hold one office for longer than a change takes"),
    saying("a Japanese name without reading or romanization"),
    saying("a reading that the dictionary does not give and nobody decided"),
    saying("a romanization that is not that of the reading, and not marked as borne"),
    saying("entries that share the key of a name"),
    saying("an entry without a name, or without a text, in one of the languages"),
    saying("a fact nobody read in a source is marked as verified"),
    saying("a unit without one of its sides"),
    saying("a passage names a concept in one language only"),
    saying("a passage names an entry in both languages and does not mention it"),
    saying("a passage mentions an entry and names it in neither language"),
    saying("a passage has a run of words of a work it must not quote"),
    saying("nothing points at it and it points at nothing"),
    saying("has no English name"),
    saying("has no Japanese name"),
    saying("has no summary"),
    saying("cites the notes as verified, without a word on where it was read"),
    saying("{relation} {id}, which was issued later ({date})"),
    saying("in force from {start}, issued {date}"),
    saying("{office} from {start}, born {birth}"),
    saying("{office} until {end}, died {death}"),
    saying("{office} until {end}, {id} from {start}"),
    saying("one key: {items}"),
    saying("{name} has no reading"),
    saying("{name} has no romanization"),
    saying("{name} is read {reading}; the dictionary has {known}"),
    saying("{reading} is written {romanization}; by rule {rule}"),
    saying("unit {number} has no English"),
    saying("unit {number} has no Japanese"),
    saying("“{name}” ({id}) has no counterpart in English"),
    saying("“{name}” ({id}) has no counterpart in Japanese"),
    saying("speaks of {id} (“{name}”), which is not among its mentions"),
    saying("mentions {id} and names it in neither language"),
    saying("“{words}” stands in {work}"),
    saying("required field missing"),
    saying("unknown key; did you mean {name}?"),
    saying("unknown key; this file holds [[{name}]]"),
    saying("unknown key"),
    saying("id {id} is used more than once"),
    saying("no entry {id}; did you mean {choices}?"),
    saying("no entry {id}"),
    saying("no passage {id}"),
    saying("{id} is of the kind {kind}, not {wanted}"),
    saying("no source {id} in sources.toml; did you mean {choices}?"),
    saying("no source {id} in sources.toml"),
    saying("not UTF-8 at byte {place}"),
    saying("not TOML: {reason}"),
    saying("must be {wanted}, not {given}"),
    saying("must be {wanted}"),
    saying("no data file is called so; known are {choices}"),
    saying("required: the edition of the data, as text"),
    saying("required: at least one unit with 'en' and 'ja'"),
    saying("is {given}; this library reads {wanted}"),
    saying("a name has its text under 'en' or under 'ja', one of the two"),
    saying("{name} is {given}, must be one of {choices}"),
    saying("{name} {given} is no lower-case slug such as 'camp-zama'"),
    saying("{name} {given} is not kana"),
    saying("{given} is no date: write 2005, 2005-10 or 2005-10-29"),
    saying("ends ({end}) before it starts ({start})"),
    saying("an English name has no reading"),
    saying("two passages have the same number"),
    saying("no concept {id} in this glossary; did you mean {choices}?"),
    saying("no concept {id} in this glossary"),
    saying("every concept of a glossary needs an id of its own; used twice: {items}"),
    saying("this id stands for a concept before already"),
    saying("{name} stands under {id} too"),
    saying("it has no English term"),
    saying("it has no Japanese term"),
    saying("none of its English terms is preferred"),
    saying("none of its Japanese terms is preferred"),
    saying("preferred are {items}"),
    saying("{name} stands in both languages"),
    saying("{name} stands there twice"),
    saying("{name} is given as English: are the columns swapped?"),
    saying("{name} is read {reading}, which lacks its kana"),
    saying("{where}: {problem}"),
)
"""The sentences, each behind those that say more."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    made = []
    for template in SAYINGS:
        parts = _BLANK.split(template)
        parts[::2] = map(re.escape, parts[::2])
        parts[1::2] = [f"(?P<{name}>.+?)" for name in parts[1::2]]
        made.append((template, re.compile("".join(parts), re.DOTALL)))
    return tuple(made)


def in_language(sentence: str) -> str:
    """A sentence of the library's in the language spoken; as it is if it is not known.

    >>> in_language("the query is empty")
    'the query is empty'
    """
    return sentence if spoken() == "en" else _translated(sentence) or sentence


def _translated(sentence: str) -> str | None:
    for template, pattern in _patterns():
        found = pattern.fullmatch(sentence)
        if found is None:
            continue
        blanks: dict[str, str | None] = found.groupdict()
        if _SENTENCE in blanks:
            blanks[_SENTENCE] = _translated(found[_SENTENCE])
            if blanks[_SENTENCE] is None:
                continue
        for name in _LIST:
            if name in blanks:
                blanks[name] = re.sub(", | or ", "、", found[name])
        return translator(spoken()).gettext(template).format(**blanks)
    return None

"""English surnames without a given name: distinguish the person from others and from common words.

"Rice" is Condoleezza Rice in "Secretary Rice", but not in "Susan Rice", "Mount Rice" or "Rice farmers". The
capitalized words before a surname are read backward to the first that cannot be a given name, such as a
title, a function word or a country. If a given name is among them that the person does not have, the surname
is another person's.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from alliance_ref.text.folding import without_latin_marks

_WORD_BEFORE = re.compile(r"([^\W\d_][\w.'’-]*)[ \u00a0]+$")
_WORD_AFTER = re.compile(r"([ \u00a0]+|-)([^\W\d_][\w'’]*)")
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,3}")
_WINDOW = 40
"""Number of characters before a surname in which a given name is searched."""

_TITLES = frozenset(
    "secretary undersecretary under assistant deputy vice acting president minister premier chancellor mr"
    " ms messrs miss dr sir senator sen sens congressman congresswoman representative rep reps governor"
    " gov mayor ambassador amb envoy adviser advisor director director-general chief chairman chairwoman"
    " chair commissioner general gen lieutenant lt major maj brigadier brig colonel col captain capt"
    " admiral adm commander cmdr vadm radm marshal justice judge professor prof speaker spokesman"
    " spokeswoman counselor consul pm fm sec pres hon leader candidate colleague ally successor"
    " predecessor boss nominee incumbent state defense defence treasury cabinet army navy force marine"
    " pentagon democrat democratic republican liberal labor former ex then current late new author writer"
    " governor-general parliamentarian lawmaker defense-minister officer administration".split()
)
"""Titles and words in titles, which do not make a surname another person's."""

_SENTENCE_WORDS = frozenset(
    "a an the this that these those and but or nor yet so for if when while whereas as because since"
    " until till unless although though before after once whether with without within by from to of in on"
    " at into onto upon about above across against along among amid around behind below beneath between"
    " beyond despite during except inside like near off out outside over past per regarding through"
    " throughout toward towards under unlike up via versus vs is are was were be been has have had do does"
    " did can could may might must shall should will would not no only even both either neither also too"
    " then than there here today yesterday tomorrow tonight now later earlier soon still already again"
    " meanwhile however moreover thus hence therefore instead indeed perhaps maybe what who whom whose"
    " which why how where it he she they we you i his her their our your its my all some many most few"
    " several each every another other such next last first second third finally recently currently q re"
    " cc dear see ask tell let meet says said told asked met yes".split()
)
_CALENDAR = frozenset(
    "january february march april may june july august september october november december jan feb mar"
    " apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
_NATIONS = frozenset(
    "japan japanese american america u.s us usa u.k uk british russian soviet chinese korean german"
    " french australian canadian okinawan texan western asian european north south washington tokyo".split()
)
_NOT_GIVEN_NAMES = _TITLES | _SENTENCE_WORDS | _CALENDAR | _NATIONS
_OTHER_BEFORE = frozenset(
    "commodore mrs mdm madame lady lord king queen prince princess emperor empress saint st pope father"
    " brother sister uncle aunt mount mt lake cape river fort ft port camp point bay elder"
    " senior young".split()
)
"""Words before a surname that make it another person's, or the name of a place."""

_OTHER_AFTER = frozenset(
    "university college institute school hall street avenue road park hill mountain volcano mount lake"
    " river bay island islands peninsula city town county village airport bank corporation corp company co"
    " inc ltd foundation expedition sr senior jr junior clan province prefecture district ward".split()
)
"""Capitalized words after a surname that make it the name of something else."""

_COMMON_WORDS = frozenset(
    ("rice", "bush", "gates", "bridges", "baker", "parsons", "fallon", "powell", "perry")
)
_NOUNS_AFTER = frozenset(
    "farm farms farmer farmers farming farmland field fields paddy paddies import imports importer"
    " importers export exports price prices production producer producers market markets crop crops"
    " harvest harvests grower growers growing cultivation cake cakes cooker cookers ball balls bowl bowls"
    " wine vinegar flour husk husks straw bran plant plants planting seed seeds seedling seedlings subsidy"
    " subsidies tariff tariffs ration rations shortage shortages stock stocks stockpile trade"
    " liberalization consumption consumer consumers yield yields terrace terraces eater dish dishes grain"
    " grains variety varieties dealer dealers shop shops mill mills aid fire fires firefighter"
    " firefighters plane planes pilot pilots meat country land track tracks walk clover warbler producing"
    " importing exporting eating based".split()
)
"""Words after a surname that is also a common word, if the common word is meant."""

_NICKNAMES = dict(
    pair.split(":")
    for pair in (
        "bill:william will:william bob:robert rob:robert don:donald condi:condoleezza dick:richard"
        " rich:richard rick:richard joe:joseph tom:thomas jim:james mike:michael dan:daniel"
        " chris:christopher dave:david ron:ronald jack:john walt:walter fritz:walter ed:edwin tim:timothy"
        " doug:douglas cap:caspar ike:dwight chuck:charles"
    ).split()
)
_ROMAJI = re.compile(r"(?:(?:[kgsztdnhbpmr]y?|sh|ch|ts|j|f|w|y)?[aeiou]+n?(?:(?=[ksptc])[ksptc])?){2,}")
_NOT_ROMAJI = frozenset("june are use base made take same sure make one some more home June".split())
_THIRD_PERSON = re.compile(r"[a-z]{2,}(?<![sui])s")
_NAMES_IN_S = frozenset("james charles thomas nicholas frances hans lukas jonas andreas agnes anders".split())


def is_other_than(text: str, start: int, end: int, names: Collection[str]) -> bool:
    """Return whether the surname ``text[start:end]`` is not the person with the English *names*.

    >>> names = ("Condoleezza Rice", "Rice")
    >>> is_other_than("Susan Rice", 6, 10, names), is_other_than("Secretary Rice", 10, 14, names)
    (True, False)
    """
    own = _words_of(tuple(names))
    return _follows_other_name(text, start, end, own) or _precedes_other_word(text, start, end, own)


@lru_cache(maxsize=1024)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        _plain(word).rstrip(".") for name in names for word in re.findall(r"[^\W\d_][\w'’.-]*", name)
    )


def _plain(word: str) -> str:
    return without_latin_marks(word).casefold().replace("’", "'")


def _follows_other_name(text: str, start: int, end: int, own: frozenset[str]) -> bool:
    given: list[str] = []
    initials = ""
    at = start
    capitals = text[start:end].isupper()
    while found := _WORD_BEFORE.search(text, max(0, at - _WINDOW), at):
        word = found[1]
        plain = _plain(word).rstrip(".")
        if plain in _OTHER_BEFORE:
            return True
        if _INITIALS.fullmatch(word) and len(word) <= 4 and "." in word and plain not in _NATIONS:
            initials += re.sub("[^a-z]", "", plain)
        elif _may_be_given_name(word, plain, capitals=capitals):
            given.append(plain)
        else:
            break
        at = found.start()
    if not given:
        return bool(initials) and not any(word.startswith(initials[-1]) for word in own)
    if not any(word in own or _NICKNAMES.get(word) in own for word in given):
        return True
    own_initials = {word for word in own if len(word) == 1}
    return bool(own_initials) and not set(initials) <= own_initials


def _may_be_given_name(word: str, plain: str, *, capitals: bool) -> bool:
    if not word[0].isupper() or word[-1] == "." or plain.endswith(("'s", "s'", "ing", "ly")):
        return False
    if len(plain) > 4 and plain.endswith("ed") and plain not in ("alfred", "wilfred", "winifred"):
        return False
    if word.isupper() and len(word) > 1 and not capitals:
        return False
    if _THIRD_PERSON.fullmatch(plain) and plain not in _NAMES_IN_S:
        return False
    parts = (plain, *plain.split("-"))
    return not any(part in _NOT_GIVEN_NAMES for part in parts)


def _precedes_other_word(text: str, start: int, end: int, own: frozenset[str]) -> bool:
    found = _WORD_AFTER.match(text, end)
    if found is None:
        return False
    word = found[2]
    plain = _plain(word)
    if text[start:end].casefold() in _COMMON_WORDS and plain in _NOUNS_AFTER:
        return True
    if not word[0].isupper() or found[1] == "-":
        return False
    if plain in _OTHER_AFTER:
        return True
    # The surname comes first in "Koizumi Shinjiro"; only Japanese names have the form of romaji.
    is_romaji = _ROMAJI.fullmatch(plain) is not None and plain not in _NOT_ROMAJI | _NOT_GIVEN_NAMES
    return is_romaji and _ROMAJI.fullmatch(_plain(text[start:end])) is not None and plain not in own

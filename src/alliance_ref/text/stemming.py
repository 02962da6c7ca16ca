"""Reduce English words to keys that their forms share.

Dictionaries and texts pass through the same rules, so a key need not be a word; it only has to be the same
for *move*, *moves*, *moved* and *moving*. Suffix rules cover regular words, a table covers irregular forms.
Parts of speech and derivation would cost more time than the aligner has for a segment and gain little, since
a missed form is only one feature of many.
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWEL = re.compile(r"[aeiouy]")

_IRREGULAR_FORMS = """
be am is are was were been being 'm 're|have has had having 've|do does did done doing|go goes went gone
say said|make made|get got gotten|take took taken|come came|see saw seen|know knew known|give gave given
find found|think thought|tell told|become became|leave left|feel felt|bring brought|begin began begun
keep kept|hold held|write wrote written|stand stood|hear heard|let|mean meant|meet met|run ran|pay paid
sit sat|speak spoke spoken|lie lay lain|lead led|grow grew grown|lose lost|fall fell fallen|send sent
build built|understand understood|draw drew drawn|break broke broken|spend spent|rise rose risen
drive drove driven|buy bought|wear wore worn|choose chose chosen|seek sought|throw threw thrown|catch caught
deal dealt|win won|forget forgot forgotten|fight fought|teach taught|sell sold|eat ate eaten
sing sang sung|swim swam swum|fly flew flown|forgive forgave|hide hid hidden|ride rode ridden|ring rang rung
shake shook shaken|shoot shot|sink sank sunk|sleep slept|steal stole stolen|strike struck|swear swore sworn
tear tore torn|wake woke woken|bear bore born borne|bite bit bitten|blow blew blown|drink drank drunk
feed fed|freeze froze frozen|hang hung|lend lent|light lit|shine shone|show shown|shrink shrank|slide slid
bend bent|bind bound|dig dug|flee fled|overcome overcame|undertake undertook undertaken|withdraw withdrew
withdrawn|arise arose arisen|forbid forbade forbidden|will 'll would wo|can could ca|may might|shall should
not n't|man men|woman women|child children|foot feet|tooth teeth|person people|mouse mice|life lives
wife wives|leaf leaves|half halves|crisis crises|analysis analyses|basis bases|datum data|i me my mine myself
you your yours yourself yourselves|he him his himself|she her hers herself|it its itself
we us our ours ourselves 's|they them their theirs themselves|this these|that those|good better best well
bad worse worst|much more most many|little less least few fewer|far farther further
"""

_IRREGULAR = {
    form: forms[0]
    for forms in (line.split() for line in _IRREGULAR_FORMS.replace("\n", "|").split("|"))
    for form in forms
}


def fold_latin(text: str) -> str:
    """Return Latin *text* in lower case without diacritics.

    >>> fold_latin("Café")
    'cafe'
    """
    text = text.lower()
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """Return the key that all forms of an English *word* share.

    >>> [word_key(w) for w in ("moved", "Moving", "moves", "move")]
    ['mov', 'mov', 'mov', 'mov']
    >>> word_key("children's") == word_key("child")
    True
    """
    word = fold_latin(word).replace("’", "'")
    if word.endswith("'s") and len(word) > 2:
        word = word[:-2]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return _without_suffixes(word.replace("'", ""))


def _without_suffixes(word: str) -> str:
    size = len(word)
    if size > 4 and word.endswith(("ies", "ied", "sses", "xes", "ches", "shes")):
        word = word[:-2]
    elif size > 3 and word[-1] == "s" and word[-2] not in "sui":
        word = word[:-1]
    elif size > 4 and word.endswith("ed") and _VOWEL.search(word[:-2]):
        word = _undoubled(word[:-2])
    elif size > 5 and word.endswith("ing") and _VOWEL.search(word[:-3]):
        word = _undoubled(word[:-3])
    if len(word) > 5 and word.endswith("ly"):
        word = word[:-2]
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 2 and word[-1] == "y" else word


def _undoubled(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def english_words(text: str) -> list[str]:
    """Return the words of *text*, with contractions split before *n't* or the apostrophe.

    >>> english_words("They don't say: no.")
    ['They', 'do', "n't", 'say', 'no']
    """
    words = []
    for word in _WORD.findall(text):
        if "'" in word or "’" in word:
            stem, _, tail = word.replace("’", "'").partition("'")
            if tail == "t" and stem.lower().endswith("n"):
                words += [stem[:-1] or stem, "n't"]
            elif tail in ("s", "ll", "re", "ve", "d", "m"):
                words.append(stem)
            else:
                words.append(word)
        else:
            words.append(word)
    return words

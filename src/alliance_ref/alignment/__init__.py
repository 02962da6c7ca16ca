"""Alignment: which sentences of an English and a Japanese text say the same.

Three things are wanted of an aligner that real copies meet: it must know a little of what the words mean
(or it is lost where half of a text is), it must weigh merges against gaps with one measure, and it must
say how sure it is. Here every clue, from a shared number to the length of a sentence, is a log-likelihood
ratio; all tilings of the two texts are summed over, and what is returned is the tiling with the most
segments expected to be right, with its probabilities. See docs/benchmarks/alignment.md for figures.
"""

from alliance_ref.alignment.aligner import align as align
from alliance_ref.alignment.documents import align_documents as align_documents
from alliance_ref.alignment.jmdict_lexicon import jmdict as jmdict
from alliance_ref.alignment.lexicon import Lexicon as Lexicon
from alliance_ref.alignment.lexicon import Lexicons as Lexicons
from alliance_ref.alignment.lexicon import WordList as WordList
from alliance_ref.alignment.result import Alignment as Alignment
from alliance_ref.alignment.result import Crossing as Crossing
from alliance_ref.alignment.sentence_vectors import Fits as Fits
from alliance_ref.alignment.sentence_vectors import NeuralScorer as NeuralScorer
from alliance_ref.alignment.sentence_vectors import Scorer as Scorer
from alliance_ref.alignment.sentence_vectors import neural as neural
from alliance_ref.errors import InvalidSegments as InvalidSegments
from alliance_ref.errors import MissingExtra as MissingExtra
from alliance_ref.errors import WrongLanguage as WrongLanguage

"""Sentence alignment of English and Japanese texts.

Every piece of evidence, from a shared number to the length of a sentence, is a log-likelihood ratio. The
aligner sums over all tilings of the two texts and returns the tiling with the highest expected number of
correct segments, with the probability of each unit. Merged segments and gaps are therefore compared on one
scale, and the reported confidence is the probability that decided. docs/benchmarks/alignment.md has figures.
"""

from alliance_ref.alignment.aligner import align as align
from alliance_ref.alignment.decisions import Decisions as Decisions
from alliance_ref.alignment.decisions import read_decisions as read_decisions
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

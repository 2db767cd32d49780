"""Names that the gazetteer lacks, proposed for it: words with capitals, and what the words around them say."""

from app.analysis.proposals.candidates import CANDIDATE, Candidate, find_candidates, strength
from app.analysis.proposals.lexicon import load_lexicon
from app.analysis.proposals.proposing import PROPOSED, Texts, propose

__all__ = ["CANDIDATE", "PROPOSED", "Candidate", "Texts", "find_candidates", "load_lexicon", "propose", "strength"]

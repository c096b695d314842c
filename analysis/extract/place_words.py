"""Words around names of places, from `lexicons/place_words.yml`."""

from pathlib import Path

from analysis.extract.word_index import load_yaml

_PATH = Path(__file__).parent / "lexicons" / "place_words.yml"
WORDS: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in load_yaml(_PATH).items()}
CUES, STRONG_CUES, HEADS, TITLES = WORDS["cues"], WORDS["strong_cues"], WORDS["heads"], WORDS["titles"]
LINKS, ARTICLES, ROADS, NUMBERED = WORDS["links"], WORDS["articles"], WORDS["roads"], WORDS["numbered"]
LOCATIVE, COUNTERS, GENERIC = WORDS["locative"], WORDS["counters"], WORDS["generic"]
DIVISIONS = WORDS["divisions"]
SETTLED_PLURAL, DIRECTED = WORDS["settled_plural"], WORDS["directed"]
ARMS, DISTANCES, KINDS_OF_KINDS = WORDS["arms"], WORDS["distances"], WORDS["kinds_of_kinds"]
SETTLED = WORDS["settled"] | SETTLED_PLURAL
HOLDING = WORDS["holding"] | SETTLED | WORDS["divisions"]
OWNED = WORDS["owned"] | GENERIC

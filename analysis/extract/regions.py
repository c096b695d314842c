"""What a verb takes, as a run of words: from its first object to the last, enumerations whole."""

from spacy.tokens import Token

from analysis.extract.segments import Segment, trim


def region_after(verb: Token) -> Segment | None:
    """What a verb takes: from its first object to the end of the last, stopping before clauses of purpose."""
    takers = [c for c in verb.rights if c.dep_ not in _OUTSIDE and not (c.dep_ == "prep" and c.lower_ in _SETTING)]
    if not takers:
        return None
    first = takers[0]
    if first.dep_ == "prt":
        return region_from(takers[1:], verb)
    return region_from(takers, verb)


def with_list(region: Segment) -> Segment:
    """On over the rest of an enumeration that the parser cut off: "a halt to shelling, the opening of roads and aid"."""
    doc, end = region.doc, region.doc[region.last].sent.end
    rest = list(doc[region.last + 1 : end])
    if not rest or rest[0].text != "," or region.doc[region.last].sent.start > region.first:
        return region
    stop = next((t.i for t in rest if t.tag_ in _FINITE or t.lower_ in _LIST_ENDS or t.text in (";", ":", '"')), end)
    commas = [t.i for t in doc[region.last + 1 : stop] if t.text == ","]
    last = (stop if stop == end else commas[-1]) - 1
    joined = any(t.lower_ == "and" and t.i <= last for t in rest)
    return trim(Segment(doc, region.first, last)) if joined and last > region.last else region


def region_from(takers: list[Token], verb: Token) -> Segment | None:
    """From the first of some dependents of a verb to the last, while nothing else stands between."""
    if not takers:
        return None
    first = takers[0].left_edge.i
    last = takers[0].right_edge.i
    stops = [c.left_edge.i for c in verb.rights if c.dep_ in ("advcl", "xcomp", "parataxis") and c.i > takers[0].i]
    for taker in takers[1:]:
        if taker.dep_ in ("dobj", "conj", "prep", "dative", "ccomp", "npadvmod", "dep", "appos"):
            last = max(last, taker.right_edge.i)
    if takers[0].dep_ in ("prep", "dative") and takers[0].i == first:
        first += 1
    return trim(Segment(verb.doc, first, min([last, *(stop - 1 for stop in stops if stop > first)])))


_SETTING = {"according", "amid", "after", "during", "before", "despite", "since", "under", "because", "when"}


# Clauses that hang on what holds a provision, but are none of its words.
_OUTSIDE = {
    "advcl",
    "xcomp",
    "parataxis",
    "punct",
    "mark",
    "aux",
    "nsubj",
    "nsubjpass",
    "advmod",
    "neg",
    "cc",
    "auxpass",
    "expl",
}


# Where a list of nouns has ended.
_FINITE = {"VBD", "VBZ", "VBP", "MD"}


_LIST_ENDS = {"according", "after", "while", "but", "which", "who", "what", "as", "when", "because"}

"""The cells of the term matrix, for all documents at once: one row a position, with its words and facts.

They come from a term's own fields (who demands it, who proposes it, how far it has got) and from statements, by the terms that
stand inside them or, where none does, by the provisions that they name.
"""

import numpy as np
import pandas as pd

from analysis.topics.holders import Resolve, resolver
from analysis.topics.matters import DEFAULT, ON_DEAL, matter_of
from analysis.topics.positions import OF_STANCE, ON_THE_TABLE, provisions_in, words_with_quantity
from analysis.topics.register import SETTLED, is_one_sided
from analysis.topics.selection import column, originators, single_ids, table_of, term_statuses
from analysis.topics.tracks import Track, read_talks

COLUMNS = (
    "track", "term_type", "party", "position", "words", "condition", "quantity", "obligor", "legal_ref", "geography",
    "term_status", "according_to", "date", "publisher", "doc_id", "start", "facts",
)  # fmt: skip
# Of what `select` gives, what a cell is made from.
READ = (
    "fact_id", "kind", "doc_id", "start", "end", "text", "track", "term_type", "status", "term_status", "demanded_by",
    "proposed_by", "asserted_by", "speaker", "holder", "stance", "condition", "quantity", "obligor", "legal_ref",
    "geography", "publisher", "syndicated_from", "day",
)  # fmt: skip
BILATERAL = 2
HALTING = ("cessation", "duration")  # terms on the halt itself
# Of the positions of one term: demanded, offered, then accepted by each party in turn, opposed last.
DEMANDED, OFFERED, ACCEPTED, OPPOSED = 0, 1, 2, 1000


def cells(facts: pd.DataFrame, tracks: dict[str, Track] | None = None) -> pd.DataFrame:
    """One row a position (or a term that nobody is named for: `party` null, `position` reported), by track, day and offset."""
    rows, known = read_talks(facts, tracks)
    return cells_of(rows, known, facts) if len(rows) else table_of([], COLUMNS)


def cells_of(rows: pd.DataFrame, known: dict[str, Track], facts: pd.DataFrame, only: str | None = None) -> pd.DataFrame:
    """The same from the rows of `with_tracks` and the tracks that they speak of; with `only`, the cells of one track."""
    resolve = resolver(facts, known)
    own = rows["track"].notna() if only is None else rows["track"] == only
    is_term = rows["kind"].isin(["term"])
    sided = (rows["kind"].isin(["statement"])) & column(rows, "stance").isin(list(OF_STANCE))
    fields = [name for name in READ if name in rows.columns]
    terms, said = rows.loc[is_term & own, fields], rows.loc[sided & own, fields]
    inner = rows.loc[is_term & rows["track"].notna(), ["fact_id", "doc_id", "start", "end", "term_type"]]
    parts = [
        part
        for part in (
            _cells_of_terms(terms, known, resolve, _signings(facts)),
            _cells_of_statements(said, inner, resolve),
        )
        if len(part)
    ]
    if not parts:
        return table_of([], COLUMNS)
    found = pd.concat([part.reindex(columns=list(COLUMNS)).astype(object) for part in parts], ignore_index=True)
    found = found.where(found.notna(), None)
    return found.drop_duplicates(["track", "term_type", "party", "position", "facts"], ignore_index=True)


def _holders(rows: pd.DataFrame, name: str, resolve: Resolve) -> pd.Series:
    found = [resolve(slug, holder) for slug, holder in zip(rows["track"], column(rows, name), strict=True)]
    return pd.Series(found, rows.index, dtype=object)


def _cells_of_terms(
    terms: pd.DataFrame, known: dict[str, Track], resolve: Resolve, signings: pd.DataFrame
) -> pd.DataFrame:
    """Each term's own positions: who demands it, who proposes it, and, once agreed, who accepts it."""
    terms = terms.assign(
        row=np.arange(len(terms)), term_status=term_statuses(terms), date=terms["day"],
        according_to=originators(terms), words=_term_words(terms),
    )  # fmt: skip
    rejected = terms[terms["term_status"] == "rejected"]
    settled = terms["term_status"].isin(SETTLED)
    declared = terms[settled & is_one_sided(terms)]
    parts = [
        terms.assign(party=_holders(terms, "demanded_by", resolve), position="demanded", rank=DEMANDED),
        terms.assign(party=_holders(terms, "proposed_by", resolve), position="offered", rank=OFFERED),
        declared.assign(party=_holders(declared, "asserted_by", resolve), position="offered", rank=OFFERED),
        *_accepted(terms[settled & ~is_one_sided(terms)], known, resolve, signings),
        rejected.assign(party=_holders(rejected, "asserted_by", resolve), position="opposed", rank=OPPOSED),
    ]
    named = pd.concat([part[part["party"].notna()] for part in parts])
    unclaimed = terms[~terms["row"].isin(named["row"])].assign(party=None, position=ON_THE_TABLE, rank=DEMANDED)
    found = pd.concat([part for part in (named, unclaimed) if len(part)]) if len(terms) else named
    found = found.take(np.lexsort((found["rank"], found["row"])))
    return found.assign(facts=single_ids(found))


def _term_words(terms: pd.DataFrame) -> list[str]:
    pairs = zip(terms["text"], column(terms, "quantity"), strict=True)
    return [words_with_quantity(words, quantity) if quantity else words for words, quantity in pairs]


def _signings(facts: pd.DataFrame) -> pd.DataFrame:
    """Who is named as agreeing to something, by document: `doc_id`, `name`."""
    found = facts[facts["kind"].isin(["event"]) & column(facts, "event_type").isin(["agreement"])]
    names = [found[["doc_id"]].assign(name=column(found, role)) for role in ("actor", "target")]
    return pd.concat(names).dropna().drop_duplicates()


def _accepted(
    agreed: pd.DataFrame, known: dict[str, Track], resolve: Resolve, signings: pd.DataFrame
) -> list[pd.DataFrame]:
    """What is agreed is accepted by both parties of a track of two; what one "agreed to do", by that one alone.

    On a track of more a pact may bind some only: it is accepted by those who are obliged, or whom its document names as agreeing.
    """
    parts = []
    promised = agreed["text"].astype(str).str.startswith("to ") & agreed["obligor"].notna()
    for slug, track in known.items():
        here = agreed["track"] == slug
        own, alone = agreed[here & ~promised], agreed[here & promised]
        promising = _holders(alone, "obligor", resolve)
        by_one = alone.assign(party=promising, position="accepted", rank=ACCEPTED)
        parts.append(by_one[promising.isin(track.parties)])
        bound = None if len(track.parties) <= BILATERAL else _bound(own, slug, resolve, signings)
        for number, party in enumerate(track.parties):
            accepting = own if bound is None else own[[party in parties for parties in bound]]
            parts.append(accepting.assign(party=party, position="accepted", rank=ACCEPTED + number))
    return parts


def _bound(own: pd.DataFrame, slug: str, resolve: Resolve, signings: pd.DataFrame) -> list[set[str | None]]:
    """For each agreed term who is obliged by it or named as agreeing in its document."""
    here = signings[signings["doc_id"].isin(own["doc_id"])]
    parties = [resolve(slug, name) for name in here["name"]]
    by_document: dict[str, set[str | None]] = {}
    for document, party in zip(here["doc_id"], parties, strict=True):
        by_document.setdefault(document, set()).add(party)
    obliged = _holders(own, "obligor", resolve)
    return [by_document.get(doc, set()) | {party} for doc, party in zip(own["doc_id"], obliged, strict=True)]


def _cells_of_statements(said: pd.DataFrame, terms: pd.DataFrame, resolve: Resolve) -> pd.DataFrame:
    """A position on each term inside a statement, else on each provision that it names, else on the halt itself."""
    holders = _holders(said, "holder", resolve)
    said = said.assign(
        party=holders.where(holders.notna(), _holders(said, "speaker", resolve)),
        position=said["stance"].map(OF_STANCE), words=said["text"], date=said["day"], according_to=originators(said),
    )  # fmt: skip
    said = said[said["party"].notna()]
    said = said.assign(row=np.arange(len(said)), matter=_matters(said))
    inside = _of_their_matter(terms_inside(said, terms[terms["term_type"] != "condition"]), said)
    named = said.drop(columns="term_type", errors="ignore").merge(inside, on="row", how="inner")
    named = named.assign(facts=list(zip(named["fact_id"], named["term_id"], strict=True)))
    alone = said[~said["row"].isin(inside["row"])]
    alone = alone.assign(term_type=_provisions_of(alone), facts=single_ids(alone)).explode("term_type")
    found = pd.concat([part for part in (named, alone[alone["term_type"].notna()]) if len(part)] or [named])
    return found.take(np.argsort(found["row"].to_numpy(), kind="stable"))


def _matters(said: pd.DataFrame) -> list[str]:
    """What each statement is about; where its words name nothing, a deal."""
    return [matter_of(*words) or DEFAULT for words in zip(said["text"], column(said, "condition"), strict=True)]


def _of_their_matter(inside: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """The terms inside statements, without what a refused deal lacks: "no to a truce that leaves out a withdrawal" refuses none."""
    about = said.set_index("row").loc[inside["row"], ["stance", "matter"]]
    halting = about["matter"].isin(ON_DEAL).to_numpy() & inside["term_type"].isin(HALTING).to_numpy()
    refused = about["stance"].eq("rejects").to_numpy()
    return inside[~refused | halting | (about["matter"].to_numpy() == inside["term_type"].to_numpy())]


def _provisions_of(said: pd.DataFrame) -> pd.Series:
    """The provisions that each statement takes a position on: those that it names; who names none speaks of the halt.

    A demand may be about anything; who refuses takes a position on what is refused alone, and who refuses to talk on none.
    """
    columns = (said["text"], said["stance"], said["matter"])
    return pd.Series([_provisions(*row) for row in zip(*columns, strict=True)], said.index, dtype=object)


def _provisions(text: str, stance: str, matter: str) -> list[str]:
    if stance == "rejects":
        return [] if matter == "talks" else ["cessation"] if matter in ON_DEAL else [matter]
    return provisions_in(text) or ([] if stance == "demands" else ["cessation"])


def terms_inside(said: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """The terms within each statement's offsets, one a provision: `row` (of `said`), `term_type`, `term_id`; in order.

    Where a provision stands twice in a statement, its last term counts, in the place of the first.
    """
    document = pd.factorize(pd.concat([terms["doc_id"], said["doc_id"]]))[0]
    span = int(max(terms["end"].max(), said["end"].max())) + 1 if len(terms) and len(said) else 1
    term_keys = document[: len(terms)] * span + terms["start"].to_numpy(dtype="int64")
    base = document[len(terms) :] * span
    order = np.argsort(term_keys, kind="stable")
    first = np.searchsorted(term_keys[order], base + said["start"].to_numpy(dtype="int64"))
    last = np.searchsorted(term_keys[order], base + said["end"].to_numpy(dtype="int64"), side="right")
    counts = last - first
    statement = np.repeat(np.arange(len(said)), counts)
    nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    inner = terms.take(order[np.repeat(first, counts) + nth])
    pairs = pd.DataFrame({
        "row": said["row"].to_numpy()[statement], "term_type": inner["term_type"].to_numpy(),
        "term_id": inner["fact_id"].to_numpy(), "place": np.arange(len(inner)),
    })[inner["end"].to_numpy() <= said["end"].to_numpy()[statement]]  # fmt: skip
    pairs = pairs.assign(place=pairs.groupby(["row", "term_type"])["place"].transform("min"))
    kept = pairs.drop_duplicates(["row", "term_type"], keep="last")
    return kept.sort_values("place", kind="stable").drop(columns="place")

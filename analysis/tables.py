"""Frames of the topics as tables for the page: which columns, in which order, under which names, in which words.

Every function takes a frame of `analysis.topics` and gives one that `show.table` prints as it is: the last column, `facts`, holds
the ids of each row's facts.
"""

from collections.abc import Iterable

import pandas as pd

POSITION_MARKS = {
    "accepted": "✓ accepts", "offered": "▸ offers", "demanded": "● demands", "conditional": "◐ on conditions",
    "opposed": "✗ opposes", "reported": "○ reported", "silent": "–",
}  # fmt: skip
SEVERITIES = {"warn": "Warning", "error": "Error"}
MOST_PASSAGES = 2  # quoted with a finding; all of them stand in the evidence
INNER_QUOTES = str.maketrans({"“": "‘", "”": "’"})
LONGEST_QUOTE = 160  # characters in a cell: the whole words stand in the evidence


def quote(words: str | None) -> str:
    """Words in quotation marks, cut at a word where a cell could not hold them.

    >>> quote("a 60-day truce,")
    '“a 60-day truce”'
    """
    plain = (words or "").removeprefix("that ").replace(" · that ", " · ").strip(' ,;.“”"').translate(INNER_QUOTES)
    if not plain:
        return ""
    cut = plain if len(plain) <= LONGEST_QUOTE else plain[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return f"“{cut}”"


def join(values: Iterable[str] | None) -> str:
    """Names with commas; nothing for none."""
    return ", ".join(values) if values is not None else ""


def capitalise(word: str | None) -> str:
    """A slug or lemma as the first word of a cell: "air_strike" is "Air strike", "un_body" is "UN body"."""
    plain = (word or "").replace("_", " ").replace("un body", "UN body")
    return plain[:1].upper() + plain[1:]


def claims(table: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Of `casualties.tabulate_claims`: who says how many, of whom, where, since when, with the caveat as printed."""
    rows = table[table["standing"] == "standing"] if "standing" in table else table
    rows = rows if most is None else rows.head(most)
    return pd.DataFrame({
        "Claim": rows["measure"] + ": " + rows["claim"], "Place": rows["place"], "According to": rows["source"],
        "Counts": rows["window"], "As of": rows["as_of"], "Caveat": rows["caveat"].map(quote),
        "facts": rows["facts"],
    })  # fmt: skip


def ranges(table: pd.DataFrame) -> pd.DataFrame:
    """Of `casualties.build_ranges`: the range, how many claims and sources stand behind it."""
    return pd.DataFrame({
        "Counted": table["measure"].map(capitalise), "Who": table["population"].map(capitalise), "Place": table["place"],
        "Range": table["says"], "Window": table["window"], "Claims": table["claims"], "Sources": table["sources"],
        "facts": table["facts"],
    })  # fmt: skip


def term_matrix(long: pd.DataFrame) -> pd.DataFrame:
    """Of `negotiations.matrix`: provisions down, parties across; each cell a mark, a word and the words of the document."""
    if long.empty:
        return pd.DataFrame()
    cells = long.assign(cell=[_position_cell(row) for row in long.to_dict("records")])
    parties, terms = list(dict.fromkeys(long["party"])), list(dict.fromkeys(long["term"]))
    wide = cells.pivot(index="term", columns="party", values="cell").reindex(index=terms, columns=parties).fillna("–")
    silent = [party for party in parties if (wide[party] == POSITION_MARKS["silent"]).all()]
    ids = cells.groupby("term")["facts"].agg(lambda lists: list(dict.fromkeys(i for ids in lists for i in ids)))
    wide = wide.drop(columns=silent).rename(columns=capitalise)
    return wide.rename_axis(index="Provision", columns=None).reset_index().assign(facts=ids.reindex(terms).tolist())


def _position_cell(row: dict) -> str:
    mark = POSITION_MARKS.get(row["position"], row["position"])
    return f"{mark}: {quote(row['words'])}" if row["words"] else mark


def statements(table: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Of `statements.statements`: speaker, what was said in its words, stance, condition."""
    rows = table if most is None else table.head(most)
    return pd.DataFrame({
        "Speaker": rows["speaker"].fillna("not named"), "For": rows["holder"], "Stance": rows["stance"].map(capitalise),
        "Words": rows["words"].map(quote), "Condition": rows["condition"].map(quote), "facts": rows["facts"],
    })  # fmt: skip


def stances(table: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Of `negotiations.stances`: party, stance, condition, by day and track; at most `most`, the newest."""
    rows = table if most is None else table.sort_values("date", kind="stable").tail(most)
    return pd.DataFrame({
        "Date": rows["date"], "Track": rows["track"].map(capitalise), "Party": rows["party"],
        "Stance": rows["stance"].map(capitalise), "Words": rows["words"].map(quote),
        "Condition": rows["condition"].map(quote), "facts": rows["facts"],
    })  # fmt: skip


def actors(table: pd.DataFrame) -> pd.DataFrame:
    """Of `actors.actors`: persons with role and affiliation as stated, and what changed."""
    return pd.DataFrame({
        "Name": table["name"], "Role": table["role"], "Affiliation": table["affiliation"],
        "Kind": table["actor_type"].map(capitalise), "Changes": table["changes"].map(join),
        "facts": table["facts"].map(lambda ids: list(ids)[:3]),
    })  # fmt: skip


def events(table: pd.DataFrame) -> pd.DataFrame:
    """Of `chronology.chronology`: when, how precisely, what, where, by whom, according to whom."""
    return pd.DataFrame({
        "Date": [_span(row) for row in table.to_dict("records")], "Precision": table["precision"],
        "Event": table["event_type"].map(capitalise), "Words": table["text"].map(quote), "Place": table["place"],
        "Actor": table["actor"], "Status": [_status(row) for row in table.to_dict("records")], "facts": table["facts"],
    })  # fmt: skip


def _span(row: dict) -> str | None:
    first, last = row["date_start"], row["date_end"]
    return f"{first} to {last}" if first and last and first != last else first


def _status(row: dict) -> str:
    return capitalise(row["modality"]) if row["modality"] != "asserted" else "Reported"


def findings(table: pd.DataFrame) -> pd.DataFrame:
    """Of the audit: what was found, how grave it is, and the passages on which it stands."""
    return pd.DataFrame({
        "Check": table["check"].map(capitalise), "Severity": table["severity"].map(SEVERITIES.get), "Finding": table["text"],
        "Passages": table["passages"].map(lambda quotes: " · ".join(quotes[:MOST_PASSAGES])), "facts": table["facts"],
    })  # fmt: skip


def register(table: pd.DataFrame) -> pd.DataFrame:
    """Of `negotiations.register`: parties, mediators, stage, status, contacts."""
    return pd.DataFrame({
        "Track": table["title"], "Parties": table["parties"].map(join), "Mediators": table["mediators"].map(join),
        "Status": table["status"].map(capitalise), "Last contact": _contacts(table, "last"),
        "Next contact": _contacts(table, "next"), "facts": table["facts"].map(list),
    })  # fmt: skip


def _contacts(table: pd.DataFrame, which: str) -> list[str | None]:
    pairs = zip(table[f"{which}_contact"], table[f"{which}_contact_date"], strict=True)
    return [f"{words} ({day})" if isinstance(day, str) else words for words, day in pairs]


def compared_tracks(matrices: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Provisions down, tracks across: the words on each, whoever holds them. `matrices` by track's title; empty for one track."""
    spoken = {name: long[long["words"].notna()] for name, long in matrices.items() if len(long)}
    if len(spoken) < 2:
        return pd.DataFrame()
    terms = list(dict.fromkeys(term for long in spoken.values() for term in long["term"]))
    columns = {name: [_words_on(long, term) for term in terms] for name, long in spoken.items()}
    ids = [
        [i for long in spoken.values() for ids in long.loc[long["term"] == term, "facts"] for i in ids]
        for term in terms
    ]
    return pd.DataFrame({"Provision": terms, **columns, "facts": [list(dict.fromkeys(row)) for row in ids]})


def _words_on(long: pd.DataFrame, term: str) -> str:
    rows = long[long["term"] == term]
    return "; ".join(dict.fromkeys(quote(words) for words in rows["words"])) or "–"


def drafts(table: pd.DataFrame) -> pd.DataFrame:
    """Of `negotiations.compare_drafts`: a provision in the earlier and the later text, and the difference."""
    pairs = zip(table["first_facts"], table["second_facts"], strict=True)
    return pd.DataFrame({
        "Provision": table["term"], "Who is bound": table["obligor"], "Earlier": table["first"].map(quote),
        "Later": table["second"].map(quote), "Change": table["difference"].fillna(table["change"]).map(capitalise),
        "facts": [[*first, *second] for first, second in pairs],
    })  # fmt: skip


def indicators(table: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Of `humanitarian.tabulate_indicators`: claim, share of what, place, source, date; at most `most`."""
    table = table if most is None else table[table["standing"] == "standing"].head(most)
    return pd.DataFrame({
        "Indicator": table["indicator"], "Claim": table["claim"], "Of": table["of"], "Place": table["place"],
        "According to": table["source"], "As of": table["as_of"], "Caveat": table["caveat"].map(quote),
        "facts": table["facts"],
    })  # fmt: skip


def publishers(table: pd.DataFrame) -> pd.DataFrame:
    """Of `sources.sources`."""
    return pd.DataFrame({
        "Publisher": table["publisher"], "Reliability": table["reliability"], "Documents": table["documents"],
        "First": table["first"], "Last": table["last"], "Facts": table["facts_count"], "Copies": table["copies"],
        "facts": table["facts"].map(lambda ids: list(ids)[:3]),
    })  # fmt: skip


def originators(table: pd.DataFrame, most: int = 25) -> pd.DataFrame:
    """Of `sources.originator_table`."""
    rows = table.head(most)
    return pd.DataFrame({
        "Originator": rows["originator"], "Reliability": rows["reliability"], "Claims": rows["claims"],
        "Figures": rows["figures"], "Printed by": rows["publishers"].map(join),
        "facts": rows["facts"].map(lambda ids: list(ids)[:3]),
    })  # fmt: skip


def single_source(table: pd.DataFrame, most: int = 25) -> pd.DataFrame:
    """Of `sources.single_source`: figures first, then events."""
    rows = table.sort_values("kind", ascending=False, kind="stable").head(most)
    return pd.DataFrame({
        "Kind": rows["kind"].map(capitalise), "Words": rows["text"].map(quote), "Place": rows["place"],
        "Originator": rows["originator"], "Credibility": rows["credibility"], "facts": [[i] for i in rows["fact_id"]],
    })  # fmt: skip


def role_changes(table: pd.DataFrame) -> pd.DataFrame:
    """Of `actors.actor_changes`."""
    return pd.DataFrame({
        "Name": table["name"], "Date": table["date"], "Change": table["change"].map(capitalise),
        "Before": table["before"], "After": table["after"], "facts": table["facts"].map(list),
    })  # fmt: skip


def changes(table: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Of `editions.compare`: what changed, in words, with the reason."""
    rows = table if most is None else table.head(most)
    return pd.DataFrame({"What": rows["text"], "Why": rows.get("why"), "facts": rows["facts"].map(list)})


def implied_totals(table: pd.DataFrame) -> pd.DataFrame:
    """Of `humanitarian.find_implied_totals`: count and share, the whole that both imply, the population on record."""
    return pd.DataFrame({
        "Place": table["place"], "According to": table["source"], "Finding": table["text"].map(capitalise),
        "facts": table["facts"],
    })  # fmt: skip

"""Tables of the talks: who holds what on which provision, in which words."""

from collections.abc import Mapping

import pandas as pd

from analysis.claims.words import say_day
from analysis.tables.words import capitalise, join, quote
from analysis.topics.matters import DEFAULT, about_words
from analysis.topics.negotiations import SILENT

POSITION_MARKS = {
    "accepted": "✓\u00a0accepts", "offered": "▸\u00a0offers", "demanded": "●\u00a0demands", "conditional": "◐\u00a0on conditions",
    "opposed": "✗\u00a0opposes", "silent": "–",
}  # fmt: skip
MOST_PARTIES = 4  # columns: with more of them no column could hold words
NOBODY = "on the table"  # the matrix's column for terms that no party is named for


def term_matrix(long: pd.DataFrame, most: int | None = None, quotes: int | None = None) -> pd.DataFrame:
    """Of `negotiations.matrix`: provisions down, parties across, in each cell a mark and a word; then the words of the documents,
    which parties that hold the same share. At most `most` provisions, those first on which a party has spoken, and of each at
    most so many `quotes`.
    """
    if long.empty:
        return pd.DataFrame()
    long = long if most is None else long[long["term"].isin(_foremost(long, most))]
    cells = long.assign(cell=long["position"].map(lambda position: POSITION_MARKS.get(position, position)))
    parties, terms = list(dict.fromkeys(long["party"])), list(dict.fromkeys(long["term"]))
    wide = cells.pivot(index="term", columns="party", values="cell").reindex(index=terms, columns=parties).fillna("–")
    spoken = [party for party in parties if party != NOBODY and (wide[party] != POSITION_MARKS["silent"]).any()]
    columns = spoken[:MOST_PARTIES]
    by_term = cells.groupby("term")
    ids = by_term["facts"].agg(lambda lists: list(dict.fromkeys(i for ids in lists for i in ids)))
    words = pd.Series({term: _words_of(rows, columns, quotes) for term, rows in by_term})
    wide = wide[columns].rename(columns=capitalise).rename_axis(index="Provision", columns=None)
    return wide.assign(**{"Words of the documents": words, "facts": ids}).reset_index()


def _foremost(long: pd.DataFrame, most: int) -> list[str]:
    """The provisions on which parties have spoken, then the others, as many as there is room for."""
    held = (long["party"] != NOBODY) & (long["position"] != SILENT)
    spoken = long.assign(held=held).groupby("term", sort=False)["held"].any()
    return spoken.sort_values(ascending=False, kind="stable").index[:most].tolist()


def _words_of(rows: pd.DataFrame, columns: list[str], most: int | None) -> str:
    """The words on one provision, each once: whose they are where several parties have a column, nothing where nobody is named;
    a party without a column stands here with its position.
    """
    spoken = rows[rows["words"].notna()]
    spoken = spoken.assign(words=spoken["words"].map(lambda words: words.split(" · ")[0] if most else words))
    said = [
        (quote(words), [_holder(row, columns) for row in group.to_dict("records") if row["party"] != NOBODY])
        for words, group in spoken.groupby("words", sort=False)
    ]
    told = [f"{join(names)}: {words}" if names else words for words, names in said[:most]]
    return "; ".join([*told, *([f"{len(said) - len(told)} more"] if len(said) > len(told) else [])])


def stances(table: pd.DataFrame, names: Mapping[str, str], most: int | None = None) -> pd.DataFrame:
    """Of `negotiations.stances`: party, stance, condition, by day and track (`names` by slug); at most `most`, the newest."""
    rows = table if most is None else table.sort_values("date", kind="stable").tail(most)
    return pd.DataFrame({
        "Date": rows["date"], "Track": rows["track"].map(lambda slug: names.get(slug, slug)), "Party": rows["party"],
        "Stance": [_stance(*row) for row in zip(rows["stance"], rows["about"], strict=True)],
        "Words": rows["words"].map(quote),
        "Condition": rows["condition"].map(quote), "facts": rows["facts"],
    })  # fmt: skip


def _stance(stance: str, about: str | None) -> str:
    """A stance with what it is about, which a threat leaves open."""
    return capitalise(stance) if stance == "threatens" else f"{capitalise(stance)}: {about_words(about or DEFAULT)}"


def _holder(row: dict, columns: list[str]) -> str:
    return row["party"] if row["party"] in columns else f"{row['party']} ({row['cell']})"


def statements(table: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Of `statements.statements`: speaker, what was said in its words, stance, condition."""
    rows = table if most is None else table.head(most)
    return pd.DataFrame({
        "Speaker": rows["speaker"].fillna("not named"), "For": rows["holder"], "Stance": rows["stance"].map(capitalise),
        "Words": rows["words"].map(quote) + rows["condition"].map(_on_condition), "facts": rows["facts"],
    })  # fmt: skip


def _on_condition(words: str | None) -> str:
    """A condition after the words: few statements have one, so that a column of its own would stand empty."""
    return f"; condition: {quote(words)}" if words else ""


def register(table: pd.DataFrame) -> pd.DataFrame:
    """Of `negotiations.register`: parties, mediators, stage, status, contacts."""
    return pd.DataFrame({
        "Track": table["title"], "Parties": table["parties"].map(join), "Mediators": table["mediators"].map(join),
        "Status": table["status"].map(capitalise), "Last contact": _contacts(table, "last"),
        "Next contact": _contacts(table, "next"), "facts": table["facts"].map(list),
    })  # fmt: skip


def _contacts(table: pd.DataFrame, which: str) -> list[str | None]:
    pairs = zip(table[f"{which}_contact"], table[f"{which}_contact_date"], strict=True)
    return [f"{words} ({say_day(day)})" if isinstance(day, str) else words for words, day in pairs]


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

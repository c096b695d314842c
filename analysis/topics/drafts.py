"""Drafts compared term by term.

A **version** of a deal is what documents of one day report of it on one track, as a draft (proposed, under discussion, reported,
rejected) or as a text (agreed, in force). A provision that a version lacks was **not seen** there; nobody says that it was dropped.
"""

import pandas as pd

from analysis.topics.positions import PROVISIONS, label_of
from analysis.topics.register import SETTLED
from analysis.topics.selection import column, groups, joined_ids, table_of, term_statuses
from analysis.topics.tracks import Track, read_talks

VERSION_COLUMNS = ("track", "version", "form", "date", "terms", "provisions", "publishers", "facts")
COMPARISON_COLUMNS = (
    "track", "term_type", "term", "obligor", "first", "second", "change", "difference", "first_version", "second_version",
    "first_facts", "second_facts",
)  # fmt: skip
COMPARED = ("quantity", "obligor", "geography", "legal_ref")
# Fewer provisions than this are a mention of a deal, not a version of it, as long as fuller ones exist.
ENOUGH = 3


def versions(facts: pd.DataFrame, track: str, tracks: dict[str, Track] | None = None) -> pd.DataFrame:
    """One row a version of a track's deal, oldest first: form (`draft` or `text`), day, number of terms, who printed it."""
    terms = _version_terms(facts, track, tracks)
    if terms.empty:
        return table_of([], VERSION_COLUMNS)
    found = [_version_row(track, day, form, group) for (day, form), group in groups(terms, "day", "form")]
    return table_of(found, VERSION_COLUMNS)


def _version_terms(facts: pd.DataFrame, track: str, tracks: dict[str, Track] | None) -> pd.DataFrame:
    """The provisions of a track, each with the `form` that it belongs to; a party's own demands and conditions are no draft."""
    rows, _ = read_talks(facts, tracks)
    terms = rows[(rows["kind"].isin(["term"])) & (rows["track"] == track) & (rows["term_type"] != "condition")]
    terms = terms[column(terms, "demanded_by").isna()]
    status = term_statuses(terms)
    settled = status.isin(SETTLED)
    since = min(terms.loc[settled, "day"].dropna(), default=None)
    # Once a text is agreed, what is reported without another status is its content.
    later = ~status.isin(["proposed", "rejected"]) & (terms["day"] >= since) if since else settled
    return terms.assign(form=(settled | later).map({True: "text", False: "draft"}))


def _version_row(track: str, day: str | None, form: str, group: pd.DataFrame) -> dict:
    return {
        "track": track, "version": f"{form} reported {day or 'on a day not known'}", "form": form, "date": day,
        "terms": len(group), "provisions": list(dict.fromkeys(group["term_type"])),
        "publishers": sorted(set(group["publisher"].dropna())) if "publisher" in group else [],
        "facts": tuple(group["fact_id"]),
    }  # fmt: skip


def compare_drafts(
    facts: pd.DataFrame,
    track: str,
    tracks: dict[str, Track] | None = None,
    first: str | None = None,
    second: str | None = None,
) -> pd.DataFrame:
    """Two versions of a track's deal, provision by provision; no rows while only one is known.

    `first` and `second` are `version` names of `versions()`; by default the first full draft and the last full text (or draft).
    `change` is `same`, `changed` (with the `difference`), `worded differently`, `only in the first`, `only in the second`.
    """
    listed = versions(facts, track, tracks)
    pair = _chosen(listed, first, second)
    if pair is None:
        return table_of([], COMPARISON_COLUMNS)
    told = {name for version in pair for name in version["facts"]}
    by_id = facts[facts["fact_id"].isin(told)].set_index("fact_id", drop=False)
    sides = [by_id.loc[list(version["facts"])].to_dict("records") for version in pair]
    names = {"track": track, "first_version": pair[0]["version"], "second_version": pair[1]["version"]}
    rows = [{**names, **_compared(a, b)} for a, b in _aligned(*sides)]
    order = {name: number for number, name in enumerate(PROVISIONS)}
    return table_of(sorted(rows, key=lambda row: order.get(row["term_type"], len(order))), COMPARISON_COLUMNS)


def _chosen(listed: pd.DataFrame, first: str | None, second: str | None) -> tuple[dict, dict] | None:
    rows = listed.to_dict("records")
    named = {row["version"]: row for row in rows}
    full = [row for row in rows if len(row["provisions"]) >= ENOUGH] or rows
    if len(rows) < 2:
        return None
    drafts = [row for row in full if row["form"] == "draft"] or full
    texts = [row for row in full if row["form"] == "text"] or full
    one, other = named.get(first or "", drafts[0]), named.get(second or "", texts[-1])
    return (one, other) if one is not other else None


def _aligned(first: list[dict], second: list[dict]) -> list[tuple[list[dict], list[dict]]]:
    """Terms of two versions put side by side: by provision and who is bound, then what is left by provision alone."""
    pairs: list[tuple[list[dict], list[dict]]] = []
    keys = dict.fromkeys((row["term_type"], _text(row, "obligor")) for row in (*first, *second))
    groups = {key: ([r for r in first if _key(r) == key], [r for r in second if _key(r) == key]) for key in keys}
    loose: dict[str, tuple[list[dict], list[dict]]] = {}
    for (term_type, _), (a, b) in groups.items():
        if a and b:
            pairs.append((a, b))
        else:
            left, right = loose.setdefault(term_type, ([], []))
            left.extend(a)
            right.extend(b)
    return pairs + list(loose.values())


def _key(row: dict) -> tuple[str, str | None]:
    return row["term_type"], _text(row, "obligor")


def _text(row: dict, name: str) -> str | None:
    return row.get(name) if isinstance(row.get(name), str) else None


def _compared(first: list[dict], second: list[dict]) -> dict:
    term_type = (first or second)[0]["term_type"]
    change, difference = _change(first, second)
    bound = dict.fromkeys(name for row in (*first, *second) if (name := _text(row, "obligor")))
    return {
        "term_type": term_type, "term": label_of(term_type), "obligor": ", ".join(bound) or None,
        "first": _words(first), "second": _words(second), "change": change, "difference": difference,
        "first_facts": joined_ids(r["fact_id"] for r in first), "second_facts": joined_ids(r["fact_id"] for r in second),
    }  # fmt: skip


def _words(rows: list[dict]) -> str | None:
    return " · ".join(dict.fromkeys(row["text"] for row in rows)) or None


def _change(first: list[dict], second: list[dict]) -> tuple[str, str | None]:
    if not first or not second:
        return ("only in the first" if first else "only in the second"), None
    differences = [text for name in COMPARED if (text := _difference(first, second, name))]
    if differences:
        return "changed", "; ".join(differences)
    return ("same" if (_words(first) or "").lower() == (_words(second) or "").lower() else "worded differently"), None


def _difference(first: list[dict], second: list[dict], name: str) -> str | None:
    """ "quantity: 7 days, then 60 days"; None where both say the same or one of them says nothing."""
    one, other = ({value for row in rows if (value := _text(row, name))} for rows in (first, second))
    if not one or not other or one == other or _contains(one, other):
        return None
    return f"{name.replace('_', ' ')}: {', '.join(sorted(one))}, then {', '.join(sorted(other))}"


def _contains(one: set[str], other: set[str]) -> bool:
    """Whether a single value on either side is the other one in more words ("mechanism", "an international mechanism")."""
    if len(one) != 1 or len(other) != 1:
        return False
    (a,), (b,) = one, other
    return a.lower() in b.lower() or b.lower() in a.lower()

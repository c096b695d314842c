"""Comparing two editions only where something changed tells the same as building every range of both."""

import random

import numpy as np
import pandas as pd
from builders import actor, event, figure, frame, statement

from analysis import corrections, moves
from analysis.claims import groups
from analysis.claims.changed import select_changed
from analysis.claims.figures import prepare_figures
from analysis.pairs import pair_facts
from analysis.topics import casualties

DAYS = [f"2024-03-{day:02}" for day in range(1, 12)]
PLACES = ["Kosti", "Rabak", "Sennar", None]


def draw_figure(dice: random.Random, number: int) -> dict:
    """A count of anything that may be compared, often like another one."""
    day, value = dice.choice(DAYS), float(dice.randint(1, 6) * 10)
    return figure(
        dice.choice(["killed", "injured", "killed_or_missing"]), value, doc=f"report-{number % 17}.txt", start=number * 20,
        published=day, as_of=dice.choice([day, day, None]), place=dice.choice(PLACES),
        where_prec=dice.choice([1.0, 4.0]), scope=dice.choice(["incident", "cumulative", "cumulative", "new_in_period", None]),
        asserted_by=dice.choice(["Health ministry", "Governor", "Amal Idris", "residents", None]),
        operator=dice.choice(["eq", "eq", "at_least"]), modality=dice.choice(["asserted"] * 9 + ["denied"]),
        period_start=dice.choice([None, None, "2024-02-01", "2024-02-04"]), publisher=dice.choice(["Courier", "Herald"]),
        count_basis=dice.choice([None, None, None, "identified"]), victim_status=dice.choice([None, None, "civilian"]),
    )  # fmt: skip


def draw_editions(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What was known up to a day and later on, with facts withdrawn, read again and learnt of people in between."""
    dice = random.Random(seed)
    rows = [draw_figure(dice, number) for number in range(120)]
    rows += [event("attack", "an attack", place=place, date=day, where_prec=1.0, doc=f"{place}{day}", published=day)
             for place in PLACES[:3] for day in dice.sample(DAYS, 4)]  # fmt: skip
    rows.sort(key=lambda row: row["published"])
    known = [row for row in rows if row["published"] <= DAYS[5] and dice.random() < 0.95]
    later = [dict(row) for row in rows if dice.random() < 0.95]
    for row in dice.sample(later, len(later) // 10):
        row["fact_id"] += "-again"
    if dice.random() < 0.5:
        later.append(actor("Amal Idris", affiliation="Health ministry", doc="register.txt"))
    return corrections.settle_facts(frame(known)), corrections.settle_facts(frame(later))


def all_moves(earlier: pd.DataFrame, later: pd.DataFrame) -> set[tuple]:
    """The moved ranges, found by building all of both editions."""
    sides = [
        {moves._key(row): row for row in casualties.build_ranges(facts).to_dict("records")}
        for facts in (earlier, later)
    ]
    told = {key for key in sides[0] if key in sides[1] and (key[0] or key[1])}  # of an event or a place
    pairs = [(sides[0][key], sides[1][key]) for key in told]
    moved = [(a, b) for a, b in pairs if moves._moved_by(a, b) >= moves.THRESHOLD]
    return {(a["low"], a["high"], b["low"], b["high"], *a["facts"], *b["facts"]) for a, b in moved}


def test_moves_are_those_of_all_ranges():
    told = 0
    for seed in range(5):
        earlier, later = draw_editions(seed)
        found = {
            (a["low"], a["high"], b["low"], b["high"], *a["facts"], *b["facts"])
            for a, b in moves._paired_ranges(earlier, later)
            if moves._moved_by(a, b) >= moves.THRESHOLD
        }
        assert found == all_moves(earlier, later)
        told += len(found)
    assert told > 5


def test_what_is_the_same_in_both_editions_is_not_built_again():
    told = {"scope": "cumulative", "asserted_by": "Governor", "as_of": "2024-03-01"}
    rows = [figure("killed", 10, place="Kosti", **told), figure("killed", 20, place="Rabak", start=90, **told)]
    more = figure("killed", 30, place="Rabak", start=180, **told | {"asserted_by": "Herald"})
    earlier, later = (prepare_figures(frame(known)) for known in (rows, [*rows, more]))
    before, after = select_changed(earlier, later)
    assert before["place"].tolist() == ["Rabak"]
    assert after["value_low"].tolist() == [20, 30]
    assert not len(select_changed(later, later)[0])


def test_a_range_that_stayed_is_not_told_at_any_threshold():
    facts = corrections.settle_facts(frame([figure("killed", 10, place="Kosti", scope="cumulative", asserted_by="G")]))
    assert moves.find_moves(facts, facts, threshold=0) == []


def test_facts_are_paired_by_id_else_by_their_words_place():
    old = [statement("RSF", "we sign"), statement("SAF", "we refuse", start=40), statement("RSF", "we left", start=80)]
    again = {**old[1], "fact_id": "statement-other"}
    new = statement("SAF", "we wait", start=120)
    pairs = pair_facts(frame(old), frame([new, again, old[0]]))
    assert sorted(zip(pairs.before.tolist(), pairs.after.tolist(), strict=True)) == [(0, 2), (1, 1)]
    assert (pairs.gone.tolist(), pairs.fresh.tolist()) == ([2], [0])


def test_of_facts_with_one_id_the_first_counts():
    one, other = statement("RSF", "we sign"), statement("SAF", "we refuse", start=40)
    twice = {**one, "start": 90}
    pairs = pair_facts(frame([one, twice]), frame([one, twice, other, {**other, "start": 70}]))
    assert [part.tolist() for part in pairs] == [[0], [0], [], [2]]


def test_groups_are_numbered_in_order_of_appearance_however_many_keys_there_are():
    values = np.arange(3000)[::-1]
    wide = pd.DataFrame({f"key{number}": values for number in range(12)} | {"last": np.where(values % 2, "a", None)})
    doubled = pd.concat([wide, wide], ignore_index=True)
    assert groups.group_codes(doubled, wide.columns).tolist() == [*range(3000), *range(3000)]


def test_lists_of_groups_hold_each_value_once_and_none_missing():
    values, codes = pd.Series(["b", None, "a", "b", "b", "c"], dtype=object), np.array([1, 1, 1, 1, 0, 3])
    assert groups.collect_lists(values, codes) == [["b"], ["b", "a"], [], ["c"]]
    assert groups.count_distinct(values, codes).tolist() == [1, 2, 0, 1]
    assert groups.first_rows(codes, values.notna().to_numpy(), 4).tolist() == [4, 0, -1, 5]
    lists = pd.Series([["x", "y"], [], ["y", "z"]], dtype=object)
    assert groups.flatten_lists(lists, np.array([0, 1, 0])) == [["x", "y", "z"], []]
    assert groups.spread_lists(lists, np.array([0, 1, 0]))[1].tolist() == [0, 0, 0, 0]

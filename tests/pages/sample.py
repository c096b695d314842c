"""A briefing to look at and to test with: an invented war, four invented articles, every kind of block.

`build()` gives an executed notebook as the runner would hand it to the exporters, without starting a kernel.
"""

# ruff: noqa: E501 - the articles and sentences are prose

import copy
import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

import matplotlib
import nbformat
import pandas as pd
from matplotlib.figure import Figure

from analysis import show
from analysis.charts.chart import Chart
from analysis.prose import Phrase, Sentence
from analysis.publish.fonts import register_fonts

matplotlib.use("agg")
register_fonts()

HERALD = """Government and Front trade blame as truce talks resume in Muscat

MUSCAT, 12 May (Herald Wire) - Delegates of Tervania's government and of the Northern Front returned to the table on Sunday, a day after shelling in Orsk killed at least 31 people, according to the regional health office. The office said 19 of the dead were women and children.

"We accept a pause of 45 days, but only if the road to Orsk is opened first," said Selim Haddad (سليم حداد), the Front's negotiator. Foreign minister Anna Weiss said that the government would not discuss roads before the guns had fallen silent.

Oman's mediator, Yusuf al-Rashdi, said a draft of nine points was on the table and that the parties would meet again on 15 May."""
DAILY = """Orsk counts its dead

ORSK, 12 May (Tervania Daily) - The mayor of Orsk, Miriam Adler (מרים אדלר), said 34 people had been killed on Saturday and more than 60 were hurt. Rescue workers were still searching two collapsed buildings, she said, and at least 12 people were missing.

The army denied that it had fired into the town. A spokesman said that its guns had "answered fire from the ridge and nothing else"."""
RELIEF = """Situation report no. 17

The Relief Coordination Office estimates that 412,000 people, or 38 per cent of the population of the three northern provinces, need food assistance as of 10 May. Two of the eleven hospitals in Orsk province are fully working. Since 2 March, 96,000 people have been displaced.

The figures are likely conservative: teams have not reached the districts east of the Sel."""
WEEKLY = """The war after ten weeks

Since fighting began on 2 March, 1,480 people have been killed, the Ministry of Health in Tervania said on 9 May; the Northern Front's own medical service puts the toll at more than 2,100. Neither figure separates civilians from fighters. <b>Independent</b> monitors of the Casualty Desk have identified 1,162 of the dead by name."""
TEXTS = {
    "herald": (
        HERALD,
        "Herald Wire",
        "Government and Front trade blame as truce talks resume in Muscat",
        "2025-05-12",
        "stated",
        "B",
    ),
    "daily": (DAILY, "Tervania Daily", "Orsk counts its dead", "2025-05-12", "stated", "C"),
    "relief": (RELIEF, "Relief Coordination Office", "Situation report no. 17", "2025-05-11", "given", "A"),
    "weekly": (WEEKLY, "The Weekly Review", "The war after ten weeks", "2025-05-10", "inferred", None),
}
CLAIMS = [
    ("f-orsk-31", "herald", "at least 31 people", "Orsk regional health office", "2025-05-11", None),
    (
        "f-orsk-19",
        "herald",
        "19 of the dead were women and children",
        "Orsk regional health office",
        "2025-05-11",
        None,
    ),
    (
        "s-haddad",
        "herald",
        "We accept a pause of 45 days, but only if the road to Orsk is opened first",
        "Selim Haddad",
        None,
        None,
    ),
    (
        "s-weiss",
        "herald",
        "the government would not discuss roads before the guns had fallen silent",
        "Anna Weiss",
        None,
        None,
    ),
    ("t-nine", "herald", "a draft of nine points", "Yusuf al-Rashdi", None, None),
    ("e-meet", "herald", "meet again on 15 May", "Yusuf al-Rashdi", None, None),
    ("f-orsk-34", "daily", "34 people", "Miriam Adler", "2025-05-10", None),
    ("f-orsk-60", "daily", "more than 60", "Miriam Adler", "2025-05-10", None),
    ("f-orsk-12", "daily", "at least 12 people were missing", "Miriam Adler", "2025-05-12", None),
    ("s-army", "daily", "answered fire from the ridge and nothing else", "Tervania army", None, None),
    (
        "f-food",
        "relief",
        "412,000 people",
        "Relief Coordination Office",
        "2025-05-10",
        "The figures are likely conservative",
    ),
    ("f-share", "relief", "38 per cent of the population", "Relief Coordination Office", "2025-05-10", None),
    ("f-hospitals", "relief", "Two of the eleven hospitals", "Relief Coordination Office", "2025-05-10", None),
    ("f-displaced", "relief", "96,000 people", "Relief Coordination Office", "2025-05-10", None),
    ("f-total-1480", "weekly", "1,480 people", "Ministry of Health in Tervania", "2025-05-09", None),
    ("f-total-2100", "weekly", "more than 2,100", "Northern Front medical service", None, None),
    ("f-total-1162", "weekly", "1,162 of the dead", "Casualty Desk", None, None),
]


def documents() -> pd.DataFrame:
    """The articles, with columns as `load_documents` gives them."""
    rows = [
        {"doc_id": _doc_id(key), "doc": f"{key}.txt", "title": title, "publisher": publisher, "published": day,
         "published_basis": basis, "url": f"https://example.org/{key}", "text": text}
        for key, (text, publisher, title, day, basis, _) in TEXTS.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def facts() -> pd.DataFrame:
    """The claims, with the columns that pages need."""
    return pd.DataFrame([_fact(*claim) for claim in CLAIMS])


def _doc_id(key: str) -> str:
    return hashlib.sha256(TEXTS[key][0].encode()).hexdigest()


def _fact(name: str, key: str, words: str, said: str, as_of: str | None, caveat: str | None) -> dict[str, Any]:
    text, publisher, title, day, basis, reliability = TEXTS[key]
    start = text.index(words)
    return {"fact_id": name, "kind": "figure", "start": start, "end": start + len(words), "text": words, "asserted_by": said,
            "relayed_by": [], "corroborated_by": [], "as_of": as_of, "caveat": caveat, "modality": "asserted", "published": day,
            "published_basis": basis, "publisher": publisher, "title": title, "url": f"https://example.org/{key}",
            "reliability": reliability, "doc_id": _doc_id(key), "status": "active"}  # fmt: skip


@cache
def range_chart() -> Chart:
    """Three claims of one toll, bounds drawn as bounds."""
    with matplotlib.rc_context({"font.family": "Source Sans Pro", "font.size": 9}):
        figure = Figure(figsize=(6.5, 2.1), layout="constrained")
        axes = figure.subplots()
        names = ["Casualty Desk (identified)", "Ministry of Health", "Northern Front"]
        values = [1162, 1480, 2100]
        axes.scatter(values, range(3), color="#12436D", zorder=3)
        axes.annotate("", (2290, 2), (2110, 2), arrowprops={"arrowstyle": "->", "color": "#12436D"})
        for position, value in enumerate(values):
            axes.annotate(f"{value:,}", (value, position), (0, 7), textcoords="offset points", ha="center")
        axes.set(yticks=range(3), yticklabels=names, xlim=(0, 2500), ylim=(-0.5, 2.8))
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(left=False)
    return Chart(
        figure, "chart-toll", "Three counts of the dead differ by almost a thousand",
        "People killed in Tervania since 2 March 2025, by who counts",
        "Dot plot of three counts of people killed where the lowest is 1,162 identified by name and the highest more than 2,100",
        "Source: The Weekly Review, published 10 May 2025 (inferred). Data to 9 May 2025.",
        ["f-total-1480", "f-total-2100", "f-total-1162"],
    )  # fmt: skip


def claims_table() -> pd.DataFrame:
    """Who says what about one event."""
    return pd.DataFrame(
        {
            "claimant": ["Orsk regional health office", "Mayor of Orsk", "Mayor of Orsk", "Mayor of Orsk"],
            "counts": ["killed", "killed", "injured", "missing"],
            "bound": ["at least", "exactly", "more than", "at least"],
            "number": [31, 34, 60, 12],
            "as_of": ["2025-05-11", "2025-05-10", "2025-05-10", None],
            "facts": [["f-orsk-31", "f-orsk-19"], ["f-orsk-34"], ["f-orsk-60"], ["f-orsk-12"]],
        }
    )


def matrix() -> pd.DataFrame:
    """Terms by party, each cell with its words."""
    return pd.DataFrame(
        {
            "term": ["Pause of 45 days", "Opening of the road to Orsk", "Draft of nine points"],
            "Northern Front": [
                Phrase("● accepts, on a condition", ("s-haddad",)),
                Phrase("● demands it first", ("s-haddad",)),
                None,
            ],
            "Government": [None, Phrase("○ not before the guns fall silent", ("s-weiss",)), None],
            "Mediator": [None, None, Phrase("◇ on the table", ("t-nine",))],
        }
    )


def _opening() -> None:
    show.open_briefing(facts(), documents())
    show.masthead("Tervania: Orsk and the northern provinces", as_of="2025-05-12", period=("2025-03-02", "2025-05-12"))


def _lead() -> None:
    show.lead(
        Sentence((Phrase("The Northern Front said it accepts a 45-day pause if the road to Orsk opens first", ("s-haddad",)), Phrase("; the government "),
                  Phrase("refuses to discuss roads before the guns fall silent", ("s-weiss",)), Phrase(". Talks resume in Muscat on "),
                  Phrase("15 May", ("e-meet",)), Phrase(".")), "reported")
    )  # fmt: skip


def _judgements() -> None:
    show.judgements([
        [Sentence((Phrase("We assess that a signed pause before 15 May is unlikely"), Phrase(".")), "assessed"),
         Sentence((Phrase("Confidence is moderate: two officials on the record contradict each other, and one draft is known to exist", ("t-nine",)), Phrase(".")))],
        [Sentence((Phrase("Shelling in Orsk killed "), Phrase("at least 31", ("f-orsk-31",)), Phrase(" people by the health office’s count and "),
                   Phrase("34", ("f-orsk-34",)), Phrase(" by the mayor’s; "), Phrase("at least 12", ("f-orsk-12",)), Phrase(" are missing.")), "established")],
        [Sentence((Phrase("The Relief Coordination Office estimates that "), Phrase("412,000 people", ("f-food",)), Phrase(", "), Phrase("38 per cent", ("f-share",)),
                   Phrase(" of the northern population, need food assistance.")), "reported")],
    ])  # fmt: skip


def _key_figures() -> None:
    show.key_figures([
        {"label": "Killed in Orsk, 10 May", "value": "31 to 34", "attribution": "health office; mayor", "as_of": "2025-05-11", "facts": ["f-orsk-31", "f-orsk-34"]},
        {"label": "Killed since 2 March", "value": "1,162 to 2,100+", "attribution": "three counts, see Figure 1", "as_of": "2025-05-09",
         "facts": ["f-total-1162", "f-total-2100"]},
        {"label": "Missing in Orsk", "value": "at least 12", "attribution": "mayor of Orsk", "as_of": "2025-05-12", "facts": ["f-orsk-12"]},
        {"label": "Need food assistance", "value": "412,000", "attribution": "Relief Coordination Office", "as_of": "2025-05-10", "facts": ["f-food", "f-share"]},
        {"label": "Displaced since 2 March", "value": "96,000", "attribution": "Relief Coordination Office", "as_of": "2025-05-10", "facts": ["f-displaced"]},
        {"label": "Hospitals fully working", "value": "2 of 11", "attribution": "Relief Coordination Office", "as_of": "2025-05-10", "facts": ["f-hospitals"]},
    ])  # fmt: skip


def _casualties() -> None:
    show.heading(Sentence((Phrase("Counts of the dead run from 1,162 to more than 2,100"),)))
    show.prose(
        Sentence(
            (
                Phrase("The Ministry of Health said that "),
                Phrase("1,480 people", ("f-total-1480",)),
                Phrase(" had been killed by 9 May."),
            ),
            "reported",
        ),
        Sentence(
            (
                Phrase("The Northern Front’s medical service puts it at "),
                Phrase("more than 2,100", ("f-total-2100",)),
                Phrase("."),
            ),
            "reported",
        ),
    )
    show.chart(range_chart())
    show.table(claims_table(), "table-orsk", "Four claims about the shelling of Orsk on 10 May", facts="facts",
               note="A range is printed where sources differ; the rule is “range only”.")  # fmt: skip


def _talks() -> None:
    show.table(
        matrix(),
        "table-terms",
        "The parties meet on the pause, not on the order of steps",
        note="● stated · ○ refused · ◇ offered · – silent",
    )
    show.prose(Sentence((Phrase("The army denied firing into the town: its guns “"), Phrase("answered fire from the ridge and nothing else", ("s-army",)), Phrase("”.")), "reported"))  # fmt: skip
    show.table(claims_table().head(0), "table-none", "Violations of the truce")
    show.yardstick([("remote chance", 0, 5), ("highly unlikely", 10, 20), ("unlikely", 25, 35), ("realistic possibility", 40, 50),
                    ("likely", 55, 75), ("highly likely", 80, 90), ("almost certain", 95, 100)])  # fmt: skip


CELLS: list[str | Callable[[], None]] = [
    "# Tervania: a pause is offered, on a condition\n\nWill the guns fall silent before the next round of talks?",
    _opening, _lead, "## Key judgements", _judgements, _key_figures, _casualties,
    "## Talks: the order of steps divides the parties\n\nBoth sides were asked the same question on the same day.[^1]\n\n[^1]: By the mediator, in separate rooms.",
    _talks,
    "## What this does not show\n\n- Deaths east of the Sel, which no team has reached.\n- Anything published after the cut-off.\n\n"
    "### How to cite\n\nQuote the title, the edition’s date and the number of the evidence. See [the method](https://example.org/method).",
    show.end,
]  # fmt: skip


def build(cells: list[str | Callable[[], None]] | None = None) -> Any:
    """An executed notebook: a str is a markdown cell, a function a code cell with what it shows as outputs."""
    return nbformat.v4.new_notebook(cells=[_cell(cell) for cell in cells]) if cells else copy.deepcopy(_whole())


@cache
def _whole() -> Any:
    return build(CELLS)


def _cell(content: str | Callable[[], None]) -> Any:
    if isinstance(content, str):
        return nbformat.v4.new_markdown_cell(content, id=_cell_id(content))
    outputs: list[Any] = []

    def keep(data: dict[str, Any], metadata: dict[str, Any]) -> None:
        outputs.append(nbformat.v4.new_output("display_data", data=data, metadata=metadata))

    shown, show.publish_display_data = show.publish_display_data, keep
    try:
        content()
    finally:
        show.publish_display_data = shown
    return nbformat.v4.new_code_cell(
        "secret_code()", outputs=outputs, execution_count=1, id=_cell_id(repr(len(outputs)) + content.__name__)
    )


def _cell_id(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:8]

"""What notebooks call: blocks that exporters can trust, and errors that analysts understand."""

import numpy as np
import pandas as pd
import pytest
from pages import sample

from analysis import show
from analysis.charts.chart import Chart
from analysis.errors import UsageError
from analysis.prose import Phrase, Sentence
from analysis.publish.document import METADATA, NotebookError, left_out, read_notebook
from analysis.publish.words import text_of


@pytest.fixture(autouse=True)
def opened():
    """A briefing over the sample's facts."""
    show.open_briefing(sample.facts(), sample.documents())


def shown(*calls):
    """The outputs of some calls."""

    def cell():
        for call in calls:
            call()

    return sample.build([cell])["cells"][0]["outputs"]


def block_of(call):
    """The one block that a call shows."""
    outputs = [output["metadata"][METADATA] for output in shown(call)]
    (block,) = [block for block in outputs if block["kind"] != "lab"]
    return block


def test_a_fact_that_is_not_in_the_briefing_cannot_be_cited():
    with pytest.raises(UsageError, match="f-nowhere, which is not among the facts"):
        shown(lambda: show.prose(Phrase("12 dead", ("f-nowhere",))))


def test_nothing_can_be_cited_before_the_facts_are_named(monkeypatch):
    monkeypatch.setattr(show, "_open", [])
    with pytest.raises(UsageError, match=r"show\.open_briefing"):
        shown(lambda: show.prose(Phrase("31", ("f-orsk-31",))))


def test_a_lead_has_sixty_words_at_most():
    assert shown(lambda: show.lead("word " * 60))
    with pytest.raises(UsageError, match="61 words"):
        shown(lambda: show.lead("word " * 61))


@pytest.mark.parametrize("missing", ["title", "alt", "source"])
def test_a_drawing_needs_the_words_that_readers_need(missing):
    words = {"label": "chart-a", "title": "A", "alt": "B", "source": "C", missing: " "}
    with pytest.raises(UsageError, match=missing):
        shown(lambda: show.chart(sample.range_chart().figure, **words))


def test_a_chart_without_figure_is_a_sentence():
    block = block_of(lambda: show.chart(Chart(None, "chart-a", "Strikes", empty="No strike was reported.")))
    assert (block["kind"], text_of(block["c"])) == ("prose", "No strike was reported.")


def test_an_empty_frame_is_a_sentence():
    block = block_of(lambda: show.table(pd.DataFrame({"a": []}), "table-a", "Violations of the truce"))
    assert (block["kind"], text_of(block["c"])) == ("prose", "Violations of the truce: nothing was reported.")


def test_table_cells_read_as_people_write():
    frame = pd.DataFrame(
        {"place": ["Orsk", None], "killed": [1480.0, None], "share": [0.5, 0.25], "as_of": ["2025-05-01", None]}
    )
    block = block_of(lambda: show.table(frame, "table-a", "T", formats={"share": "{:.0%}"}))
    assert [column["name"] for column in block["columns"]] == ["Place", "Killed", "Share", "As of"]
    assert [column["align"] for column in block["columns"]] == ["left", "right", "right", "left"]
    rows = [[text_of(cell) for cell in row] for row in block["rows"]]
    assert rows == [["Orsk", "1,480", "50%", "2025-05-01"], ["–", "–", "25%", "–"]]


def test_rows_and_cells_carry_their_facts():
    frame = pd.DataFrame({"a": ["x"], "n": [31], "row": [["f-orsk-31"]], "cell": [["f-orsk-34"]]})
    by_row = block_of(lambda: show.table(frame.drop(columns="cell"), "table-a", "T", facts="row"))
    assert by_row["columns"][-1]["name"] == "Evidence"
    assert by_row["rows"][0][-1][0]["facts"] == ["f-orsk-31"]
    by_cell = block_of(lambda: show.table(frame.drop(columns="row"), "table-a", "T", facts={"n": "cell"}))
    assert [column["name"] for column in by_cell["columns"]] == ["A", "N"]
    assert by_cell["rows"][0][1][-1]["facts"] == ["f-orsk-34"]


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(UsageError, match="no column fatcs; there are: a"):
        shown(lambda: show.table(pd.DataFrame({"a": [1]}), "table-a", "T", facts="fatcs"))


@pytest.mark.parametrize("label", ["", "Table A", "tablé", None])
def test_labels_are_fit_for_anchors(label):
    with pytest.raises(UsageError, match="small letters"):
        shown(lambda: show.table(pd.DataFrame({"a": [1]}), label, "T"))


def test_judgements_come_as_sentences_lists_or_mappings():
    sentence = Sentence((Phrase("We assess so."),), "assessed")
    items = block_of(lambda: show.judgements([sentence, [sentence, "Because."], {"text": "So.", "facts": ["f-food"]}]))[
        "items"
    ]
    assert [text_of(item["c"]) for item in items] == ["We assess so.", "We assess so.", "So."]
    assert text_of(items[1]["reason"]) == "Because."
    assert items[2]["c"][-1]["facts"] == ["f-food"]


def test_equal_drawings_give_equal_bytes():
    first, second = (shown(lambda: show.chart(sample.range_chart.__wrapped__())) for _ in range(2))
    assert first == second


def test_lab_shows_a_drawing_between_its_title_and_its_source():
    head, drawing, foot = (output["data"] for output in shown(lambda: show.chart(sample.range_chart())))
    assert "Three counts of the dead" in head["text/html"]
    assert drawing["image/svg+xml"].startswith("<?xml")
    assert "Source: The Weekly Review" in foot["text/html"]


def test_lab_escapes_article_text():
    (output,) = shown(lambda: show.prose("<img src=x onerror=alert(1)>"))
    assert "<img" not in output["data"]["text/html"]


def test_a_passage_keeps_its_number_wherever_it_is_cited():
    document = read_notebook(sample.build())
    assert set(document.numbers) == {claim[0] for claim in sample.CLAIMS}
    assert document.numbers["f-food"] == document.numbers["f-share"], "one sentence, one note"
    assert document.numbers["f-food"] != document.numbers["f-hospitals"], "two sentences, two notes"
    footnoted = {fact for fact, number in document.numbers.items() if number in document.footnoted}
    assert "f-total-1480" in footnoted, "running text carries footnotes"
    assert not footnoted & {"f-orsk-19", "f-food"}, "what drawings, tables and page 1 cite stands in the list"


def test_a_notebook_without_its_evidence_is_refused():
    with pytest.raises(NotebookError, match=r"show\.end"):
        read_notebook(sample.build([cell for cell in sample.CELLS if cell is not show.end]))


def test_a_failed_notebook_is_refused():
    notebook = sample.build(["# Title"])
    notebook["cells"].append({"cell_type": "code", "source": "", "metadata": {}, "outputs": [
        {"output_type": "error", "ename": "KeyError", "evalue": "'x'", "traceback": []}]})  # fmt: skip
    with pytest.raises(NotebookError, match="cell 2 failed: KeyError"):
        read_notebook(notebook)


def test_outputs_that_are_not_printed_are_told():
    notebook = sample.build(["# Title"])
    notebook["cells"].append({"cell_type": "code", "source": "", "metadata": {}, "outputs": [
        {"output_type": "stream", "name": "stdout", "text": "secret"}]})  # fmt: skip
    assert left_out(notebook) == ["cell 2: stream is not printed; use show.table, show.chart or show.prose"]
    assert read_notebook(notebook).blocks == []


def test_headings_never_skip_a_level():
    document = read_notebook(sample.build(["# Title\n\nAnswer.\n\n### Deep\n\n# Again\n\n#### Deeper"]))
    levels = [block["level"] for block in document.blocks if block["kind"] == "heading"]
    assert (document.title, levels) == ("Title", [2, 2, 3])


def test_reading_a_notebook_leaves_it_as_it_was():
    notebook = sample.build()
    before = repr(notebook)
    read_notebook(notebook)
    assert repr(notebook) == before


def test_a_cell_may_be_kept_from_readers():
    notebook = sample.build(["# Title", "How this notebook loads its facts."])
    notebook["cells"][1]["metadata"]["tags"] = ["noprint"]
    assert read_notebook(notebook).blocks == []


def test_missing_values_and_arrays_of_a_frame_are_taken_as_they_are():
    facts = sample.facts().assign(
        asserted_by=pd.NA, as_of=pd.NaT, relayed_by=[np.array(["Reuters", "AP"])] * len(sample.CLAIMS)
    )

    def cell():
        show.open_briefing(facts, sample.documents())
        show.table(pd.DataFrame({"a": [1], "facts": [np.array(["f-food"])]}), "table-a", "T", facts="facts")
        show.end()

    (record,) = read_notebook(sample.build([cell])).evidence.values()
    assert (record["asserted_by"], record["as_of"], record["relayed_by"]) == (None, None, ["Reuters", "AP"])

"""Where sentences must begin: behind a dateline the report itself begins, and nothing else is cut."""

import pytest

from analysis.extract.boundaries import dateline_ends


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("ADEN, Yemen (Harbour News) - Both sides met.", "Both"),
        ("Talks resume\n\nGOMA/KIGALI, Sept 28 (Lake Wire) - Heavy fighting", "Heavy"),
        ("GENEVA — The parties", "The"),
        ("Juba (Lake Wire) -- Rebels", "Rebels"),
    ],
)
def test_the_report_begins_behind_its_dateline(text, begins):
    assert text[dateline_ends(text)[0] :].startswith(begins)


@pytest.mark.parametrize(
    "text",
    ["UN-led talks on Syria - the first in years - opened.", "UNICEF said - and nobody denied - it.", "A truce.", ""],
)
def test_a_sentence_with_a_dash_is_not_cut(text):
    assert dateline_ends(text) == []

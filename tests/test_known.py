"""What the head of a report says it is about."""

from builders import event, figure, frame

from analysis.known import name_places


def test_a_head_names_areas_before_towns_and_not_the_capital_that_hosts_talks():
    facts = frame(
        [
            figure("killed", 12, place="El Fasher", where_prec=1),
            figure("killed", 30, place="El Fasher", where_prec=1),
            figure("displaced", 9_000, place="Darfur", where_prec=4),
            event("air_strike", "raids", place="Sudan", where_prec=6),
            event("attack", "attacked", place="Sudan", where_prec=6),
            event("meeting", "talks", place="Switzerland", where_prec=6),
            event("meeting", "met", place="Switzerland", where_prec=6),
        ]
    )
    assert name_places(facts) == "Sudan · Darfur"


def test_a_head_names_towns_where_no_area_is_named():
    facts = frame([figure("killed", 3, place="Renk", where_prec=1), figure("killed", 4)])
    assert name_places(facts) == "Renk"


def test_a_head_says_so_when_no_place_is_named():
    assert name_places(frame([figure("killed", 4)])) == "No place named"

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


def test_a_head_names_towns_beside_a_single_country_and_alone_where_nobody_knows_theirs():
    facts = frame([figure("killed", 3, place="Malakal", where_prec=1), figure("killed", 4)])
    assert name_places(facts) == "South Sudan · Malakal"
    assert name_places(frame([figure("killed", 3, place="Qalat-on-Sea", where_prec=1)])) == "Qalat-on-Sea"


def test_towns_count_for_the_country_that_they_lie_in():
    towns = ("Pokrovsk", "Kupiansk", "Belgorod", "Beit Lahia", "Nablus")
    told = [figure("killed", number, place=town, where_prec=1) for number, town in enumerate(towns, 2)]
    assert name_places(frame([*told, figure("killed", 9, place="Ukraine", where_prec=6)]), 5) == (
        "Ukraine · Gaza · Russia · West Bank"
    )


def test_numbers_of_envoys_and_stray_places_do_not_name_the_war():
    told = [figure("killed", n, place="Myanmar", where_prec=6) for n in range(30)]
    stray = [figure("other", 3, place="Norway", where_prec=6), figure("killed", 1, place="Peru", where_prec=6)]
    assert name_places(frame([*told, *stray])) == "Myanmar"


def test_a_head_says_so_when_no_place_is_named():
    assert name_places(frame([figure("killed", 4)])) == "No place named"

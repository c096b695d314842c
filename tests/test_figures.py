"""Figures in composed sentences on several wars: measure, bound, value, and what is no figure."""

import time
from collections.abc import Callable

import pytest

from analysis.documents import Document
from analysis.extract.chains import complete_chain
from analysis.extract.mention import read_mentions
from analysis.extract.pipeline import Extractor
from analysis.facts import Figure

Read = Callable[[str], list[Figure]]


@pytest.fixture(scope="module")
def read() -> Read:
    """Reads the figures of a text published on 12 March 2024."""
    extractor = Extractor()

    def figures(text: str) -> list[Figure]:
        facts, _ = extractor.extract(Document("a.txt", text, "2024-03-12", "given"))
        return [fact for fact in facts if isinstance(fact, Figure)]

    return figures


def brief(figures: list[Figure]) -> list[tuple[str, str, float | None]]:
    """Measure, operator and value, in text order."""
    return [(figure.measure, figure.operator, figure.value_low) for figure in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Shelling in El Fasher killed at least 12 people and wounded 30.",
            [("killed", "at_least", 12), ("injured", "eq", 30)],
        ),
        ("The raid left more than 40 people dead.", [("killed", "more_than", 40)]),
        ("The offensive has claimed the lives of 37 soldiers.", [("killed", "eq", 37)]),
        ("Rescuers recovered the bodies of five miners.", [("killed", "eq", 5)]),
        ("The death toll rose to 55 on Monday.", [("killed", "eq", 55)]),
        ("Sixteen people, among them five children, were shot to death.", [("killed", "eq", 16), ("killed", "eq", 5)]),
        ("The blast killed 12 soldiers and 30 civilians.", [("killed", "eq", 12), ("killed", "eq", 30)]),
        ("About 300,000 people have fled their homes since January.", [("displaced", "about", 300_000)]),
        ("Some 2.3 million people are in need of food aid.", [("people_in_need", "about", 2.3e6)]),
        ("The army arrested nine rebels near Mekelle.", [("detained", "eq", 9)]),
        ("Gunmen abducted 17 students.", [("hostages", "eq", 17)]),
        ("Between five and six people are missing.", [("missing", "between", 5)]),
        ("Twenty people are dead or missing after the strike.", [("killed_or_missing", "eq", 20)]),
        ("Among the injured are two girls.", [("injured", "eq", 2)]),
        ("A policeman was killed and a teacher was wounded.", [("killed", "eq", 1), ("injured", "eq", 1)]),
        ("Dozens of villagers were killed.", [("killed", "unspecified_plural", None)]),
        ("The sides agreed on a 12-day truce.", [("duration", "eq", 12)]),
        ("The pause is to last less than a month.", [("duration", "less_than", 1)]),
        ("Donors pledged $3.5 million for the camp.", [("money", "eq", 3.5e6)]),
        ("Only three hospitals still work in Taiz.", [("facilities", "eq", 3)]),
        ("Monitors counted 14 violations.", [("other", "eq", 14)]),
        ("The 550 megawatt plant went offline.", [("other", "eq", 550)]),
        ("The top three donors paid.", [("other", "eq", 3)]),
        ("The brigade lost five men.", [("killed", "eq", 5)]),
        ('Troops killed "hundreds of mercenaries" there.', [("killed", "unspecified_plural", None)]),
        ("Dozens more were hurt.", [("injured", "unspecified_plural", None)]),
        ("About 40 people are still under the rubble.", [("missing", "about", 40)]),
        ("They killed two guards and injured another.", [("killed", "eq", 2), ("injured", "eq", 1)]),
        ("The mayor was shot to death along with two aides.", [("killed", "eq", 2)]),
        ("More than 400 soldiers and officers were killed or wounded.", [("other", "more_than", 400)]),
        ("The number of people killed when a rocket hit the market rose to 40.", [("killed", "eq", 40)]),
        ("He spoke after the deaths of two nurses who had been abducted.", [("killed", "eq", 2)]),
        (
            "The rebels seized 25 hostages, of whom nine are still held, two of them dead.",
            [("hostages", "eq", 25), ("hostages", "eq", 9), ("killed", "eq", 2)],
        ),
        (
            "The army killed 300 civilians; 1,700 others are behind bars.",
            [("killed", "eq", 300), ("detained", "eq", 1700)],
        ),
        (
            "They reported 12 dead, 30 wounded, and 44 rebels have deserted.",
            [("killed", "eq", 12), ("injured", "eq", 30), ("personnel", "eq", 44)],
        ),
        ("The army repelled 20 rebels, four of whom died.", [("personnel", "eq", 20), ("killed", "eq", 4)]),
        (
            "The clinic took in 38 bodies, including nine women and a boy.",
            [("killed", "eq", 38), ("killed", "eq", 9), ("killed", "eq", 1)],
        ),
        ("Monitors counted 92 deaths in June, up from 27 in May.", [("killed", "eq", 92), ("killed", "eq", 27)]),
        ("The office put the number of kidnapped at 30.", [("hostages", "eq", 30)]),
        ("Of those, 19,675 remain in custody.", [("detained", "eq", 19_675)]),
        ("His hospital said that six had died of their injuries.", [("killed", "eq", 6)]),
        ("Some 9 million across the north depend on food aid.", [("people_in_need", "about", 9e6)]),
        (
            "Some 50,300 people had crossed into Armenia. A day earlier the figure stood at 28,120.",
            [("displaced", "about", 50_300), ("displaced", "eq", 28_120)],
        ),
        (
            "Shelling killed ten, bringing the death toll in five months of war to over 30,000.",
            [("killed", "eq", 10), ("duration", "eq", 5), ("killed", "more_than", 30_000)],
        ),
        ("Donors have pledged less than a tenth.", [("share", "less_than", 10)]),
        (
            "Nine in ten live in poverty and 16.7 million need aid.",
            [("share", "eq", 90), ("people_in_need", "eq", 16.7e6)],
        ),
        ("Between 200 and 300 fighters had crossed the border.", [("personnel", "between", 200)]),
        ("In the district 3,500 civilians were displaced.", [("displaced", "eq", 3500)]),
    ],
)
def test_measures(read: Read, text: str, expected: list[tuple[str, str, float | None]]) -> None:
    """Active, passive, nominal and elliptic ways to count harm and the rest."""
    assert brief(read(text)) == expected


def test_case_does_not_matter(read: Read) -> None:
    """Wire copy in lower case, and in capitals, gives the same figures."""
    text = "The rebels killed seven soldiers and wounded 15 in an ambush. Nine guerrillas died."
    expected = [("killed", "eq", 7), ("injured", "eq", 15), ("killed", "eq", 9)]
    assert brief(read(text)) == brief(read(text.lower())) == brief(read(text.upper())) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The shell hit a five-storey block.",
        "They named a three-point plan.",
        "Schools for children under five reopened.",
        "The council adopted Resolution 2719.",
        "Troops blocked Highway 6 near the river.",
        "The envoy, 47, arrived at 9:30 a.m. on Tuesday.",
        "A 32-year-old driver spoke to reporters.",
        "He has led the group since 2014.",
        "They met on 14 February 2023.",
        "Two F-16 were seen by no one."[4:],
        "There were no casualties.",
        "No one was killed.",
        "The 3rd Division withdrew.",
        "The clash began at 0600.",
        "2. Both sides withdraw.",
        "The house at 12 Baker Street burned.",
        "The team ended in the bottom three.",
        "Five days after the strike, one resident came back.",
        "The two sides met, and the two also agreed to talk again.",
    ],
)
def test_no_figures(read: Read, text: str) -> None:
    """Names, ages, hours, years, ordinals and the absence of harm count nothing."""
    assert read(text) == []


def test_doers_are_not_victims(read: Read) -> None:
    """Those who kill are counted, and not among the killed."""
    figures = read("The priests were killed by some 30 gunmen. Two attackers killed a guard.")
    assert [(f.measure, f.value_low) for f in figures] == [("personnel", 30), ("personnel", 2), ("killed", 1)]


def test_whom_it_counts(read: Read) -> None:
    """Population and status only as the words say."""
    soldiers, civilians, children = read("Four soldiers, three civilians and two children were killed.")
    assert (soldiers.population, soldiers.victim_status) == ("soldiers", "combatant")
    assert (civilians.population, civilians.victim_status) == ("all", "civilian")
    assert (children.population, children.victim_status, children.unit) == ("children", "unknown", "child")


def test_part_of_a_total(read: Read) -> None:
    """A total, its hedge, its part and its scope."""
    text = "The war has led to 8,000 deaths, most of them civilians, although the count is likely conservative."
    total, part = read(text)
    assert (total.measure, total.scope, total.victim_status) == ("killed", "cumulative", "mixed")
    assert total.caveat == "although the count is likely conservative"
    assert (part.measure, part.operator, part.victim_status) == ("killed", "unspecified_plural", "civilian")


def test_shares(read: Read) -> None:
    """A share has its denominator in its words; fractions are percent."""
    percent, fraction = read("Some 80% of the population depends on wells. Four in five households lost income.")
    assert (percent.value_low, percent.denominator, percent.text) == (80, "population", "Some 80% of the population")
    assert (fraction.measure, fraction.value_low, fraction.unit) == ("share", 80, "percent")


def test_trend(read: Read) -> None:
    """A change has a direction, what it led to has none."""
    change, level = read("Bread prices rose by 19% to $4.")
    assert (change.trend, level.trend) == ("up", None)


def test_echo(read: Read) -> None:
    """The same number in other units has the first one's bound."""
    assert [f.operator for f in read("The pipeline runs more than 31 miles (50 km) north.")] == [
        "more_than",
        "more_than",
    ]


def test_harm_among_adjectives(read: Read) -> None:
    """ "abducted children" and "of the dead" say the harm inside the noun phrase."""
    figures = read("Kyiv named 540 abducted children. Officials said 41 of the dead were former combatants.")
    assert [(f.measure, f.value_low) for f in figures] == [("hostages", 540), ("killed", 41)]


def test_rates_are_no_sums(read: Read) -> None:
    """A daily rate is neither an incident nor a total."""
    (rate,) = read("An average of 28 children are killed every day.")
    assert (rate.measure, rate.scope) == ("killed", None)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Some 40 people were feared dead after the flood of shells.", "possible"),
        ("The death toll could rise to 40.", "possible"),
        ("The death toll is expected to rise to 40.", "possible"),
        ("Under the plan, fighting would stop for 60 days.", "proposed"),
        ("The draft envisages the release of 40 hostages.", "proposed"),
        ("The army provided 40 tents for the displaced.", "asserted"),
        ("The spokesman denied that the delay has to do with the murder of six priests.", "asserted"),
        ("The army denied the killing of six priests.", "denied"),
    ],
)
def test_modality(read: Read, text: str, modality: str) -> None:
    """Fears, forecasts and terms of a plan are no assertions; what is taken for granted is one."""
    assert [figure.modality for figure in read(text)] == [modality]


def test_taken_for_granted_by_a_hope(read: Read) -> None:
    """What a party hopes to end is told by the narrator."""
    (figure,) = read("Russia agreed to a truce, hoping to stop a war that has killed dozens of troops.")
    assert (figure.asserted_by, figure.modality) == (None, "asserted")


def test_plans_and_denials(read: Read) -> None:
    """Harm that is threatened is not asserted."""
    (figure,) = read("The militia threatened to kill ten judges.")
    assert figure.modality != "asserted"


def test_time_is_linear() -> None:
    """Ten times the numbers in one endless sentence take about ten times as long, beyond the parse."""
    extractor = Extractor()

    def seconds(repeats: int) -> float:
        text = "killing 12 and wounding 30 in 5 to 6 raids on dozens of homes, rising by 19% since then, " * repeats
        reading = extractor.read(Document("a.txt", text, "2024-03-12", "given"), extractor.language.make_doc(text))
        start = time.perf_counter()
        complete_chain(reading, list(read_mentions(reading)))
        return time.perf_counter() - start

    seconds(5)
    assert seconds(200) < 40 * max(seconds(20), 0.01)


def test_harm_told_by_phrases(read: Read) -> None:
    """People driven out are displaced; those listed as killed are killed; "the dead" near a number."""
    texts = ["About 900 people were driven out in May.", "They listed 40 of their soldiers as killed."]
    assert [figure.measure for text in texts for figure in read(text)] == ["displaced", "killed"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "A glide bomb hit a store in Kharkiv, killing 12 people, the regional governor, Oleh Syniehubov, said on Sunday.",
            ["Oleh Syniehubov"],
        ),
        ("The Observatory, a monitor in London, counted 92 deaths during the calm.", ["Observatory"]),
        (
            "The Yemen Data Project lists air raids. The project estimates that the raids have killed 9,000 civilians.",
            ["Yemen Data Project"],
        ),
        ("The UN relief chief said the camp held 300 families, three of them Somali.", ["UN relief chief"] * 2),
    ],
)
def test_who_says_it(read: Read, text: str, names: list[str]) -> None:
    """Attributions that the parse hides at a sentence's end, and short names of those who count."""
    assert [figure.asserted_by for figure in read(text)] == names


def test_incident_goes_on(read: Read) -> None:
    """The toll, the missing and the bodies are those of the incident told before; its toll is no sum of the war."""
    text = (
        "A strike in Kharkiv killed 12 people on Saturday. Sixteen more are missing.\n\nBy Monday the toll had risen to 18. "
        "At least 900 people had been displaced, she told reporters in Kyiv.\n\nThe toll of the war stands at 31,000."
    )
    figures = read(text)
    assert [figure.place for figure in figures] == ["Kharkiv", "Kharkiv", "Kharkiv", None, None]
    assert [figure.scope for figure in figures] == ["incident", None, "incident", None, "cumulative"]


@pytest.mark.parametrize(
    ("text", "caveat"),
    [
        (
            "The ministry counted 82 dead, and warned that it was likely to rise.",
            "and warned that it was likely to rise",
        ),
        (
            "Kyiv counted 82 dead. Moscow does not comment on such figures, and they could not be independently verified.",
            "Moscow does not comment on such figures, and they could not be independently verified",
        ),
        ("Kyiv counted 82 dead. The toll stood at 40, others said, and was likely to rise.", None),
    ],
)
def test_caveats(read: Read, text: str, caveat: str | None) -> None:
    """Hedges in the sentence and in the next one, unless that has a count of its own."""
    assert read(text)[0].caveat == caveat


def test_denominators(read: Read) -> None:
    """A share of people and a share of an amount."""
    children, amount, _ = read("One in three children is malnourished. Donors paid 16% of the $2.7 billion.")
    assert (children.population, children.denominator) == ("children", "children")
    assert amount.denominator == "$2.7 billion"


def test_place_of_a_part(read: Read) -> None:
    """Where a part is, the whole need not be."""
    whole, part, need = read(
        "The UN says 1.9 million people are displaced, a third of them in Sagaing, "
        "and that 18 million - mostly children - need food aid."
    )
    assert (whole.place, part.place, need.place, need.measure) == (None, "Sagaing", None, "people_in_need")


@pytest.mark.parametrize("words", ["Police put the Goma toll at 30.", "Ministry raises Goma death toll to 30"])
def test_place_before_a_toll(read: Read, words: str) -> None:
    """A place that a toll is named by is where it counts, though it stands before the number."""
    (toll,) = read(words)
    assert (toll.place, toll.value_low) == ("Goma", 30.0)


def test_media_pass_it_on(read: Read) -> None:
    """Local media print, a rescue group says."""
    text = "At least 34 civilians were killed in air strikes in Kachin, local media and a rescue group reported on Tuesday."
    (figure,) = read(text)
    assert (figure.asserted_by, figure.relayed_by) == ("rescue group", ["local media"])


def test_sums_of_a_war(read: Read) -> None:
    """A war, unlike a strike, kills no number in one incident; a campaign's losses are a sum; prisoners are no incident."""
    war, strike, campaign = read(
        "The war killed 600,000 people. The strike killed six people. The army has lost 242 soldiers in the ground campaign."
    )
    assert [figure.scope for figure in (war, strike, campaign)] == ["cumulative", "incident", "cumulative"]
    assert [figure.scope for figure in read("Mediators want 400 prisoners to go free.")] == [None]


def test_number_of(read: Read) -> None:
    """What is counted stands before the number: "the number of militants killed at 1,600"."""
    (killed,) = read("State media put the number of militants killed at 1,600.")
    assert (killed.measure, killed.unit, killed.population, killed.text) == ("killed", "militant", "fighters", "1,600")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twelve of the 31 soldiers were killed in Lashio.", [("killed", 12), ("personnel", 31)]),
        ("Half of the population of 140,000 has been displaced.", [("share", 50), ("other", 140_000)]),
        ("Half of the country's 7.5 million children have been displaced.", [("share", 50), ("other", 7.5e6)]),
        ("Half of the 40 people killed were women.", [("share", 50), ("killed", 40)]),
        ("Two of the nine people who were killed were nurses.", [("killed", 2), ("killed", 9)]),
    ],
)
def test_what_befell_a_part_did_not_befall_the_whole(read: Read, text: str, expected: list[tuple[str, float]]) -> None:
    assert [(figure.measure, figure.value_low) for figure in read(text)] == expected


def test_a_clause_after_a_semicolon_is_no_part_of_the_deaths_before_it(read: Read) -> None:
    dead, held = read("The group has documented 4,363 deaths since the coup; almost 20,000 people remain in detention.")
    assert (dead.measure, held.measure) == ("killed", "detained")


def test_each_side_of_a_comparison_has_its_own_dates(read: Read) -> None:
    now, then = read("The agency said 2.6 million people were displaced in Tigray, up from 2.1 million in January.")
    assert (now.as_of, then.as_of) == (None, "2024-01-31")
    now, then = read(
        "The group recorded 95 civilian deaths in January and February, against 213 in the two months before."
    )
    assert (now.as_of, then.as_of) == ("2024-02-29", None)


def test_rounds_of_talks_are_no_strikes_and_billions_are_whole(read: Read) -> None:
    assert brief(read("Oman hosted three rounds of military talks.")) == [("other", "eq", 3)]
    assert brief(read("Donors were asked for $4.27 billion.")) == [("money", "eq", 4_270_000_000)]

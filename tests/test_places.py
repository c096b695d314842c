"""Places: mentions, coordinates, and which place holds for a clause."""

import time
from pathlib import Path

import pytest
from extracting import extractor

from analysis.documents import Document
from analysis.extract import places, times
from analysis.extract.gazetteer import key_of, load_gazetteer
from analysis.extract.reading import Reading
from analysis.facts import Place


def read(text: str, hand: Path | None = None) -> Reading:
    document, one = Document("a.txt", text, "2024-05-08", "given"), extractor()
    reading = one.read(document, next(one.language.pipe([one._prepare(document)])))
    reading.notes["hand"] = hand
    reading.facts.extend(times.find_facts(reading))
    reading.facts.extend(places.find_facts(reading))
    return reading


def names(text: str) -> dict[str, Place]:
    return {place.text: place for place in read(text).of(Place) if place.extractor == "places.name"}


def test_spelling_variants_are_one_place() -> None:
    for text in ("Strikes hit Beit Lahiya.", "Strikes hit Beit Lahia.", "Strikes hit Bayt Lahiya."):
        (place,) = names(text).values()
        assert (place.name, place.geonames_id) == ("Beit Lahia", 281145)


def test_an_article_of_small_letters_opens_a_name_but_no_persons() -> None:
    found = names(
        "Shells hit the city of al-Fashir in Sudan. General Abdel Fattah al-Burhan spoke, and al-Fashir's market burned."
    )
    assert [place.name for place in found.values()] == ["El Fasher", "Sudan"]


@pytest.mark.parametrize(
    ("text", "words", "lat", "lon"),
    [
        ("Shells fell on El Fasher in Sudan.", "El Fasher", 13.6, 25.4),
        ("Ukrainian troops left Bakhmut in Donetsk region.", "Bakhmut", 48.6, 38.0),
        ("The man drove from Paris, Texas, to Dallas, Texas.", "Paris", 33.7, -95.6),
        ("Fighters entered Lashio in northern Myanmar.", "Lashio", 22.9, 97.8),
        ("The envoys met in Washington.", "Washington", 38.9, -77.0),
        ("Georgian and Abkhaz officials met in Tbilisi, Georgia.", "Georgia", 42.0, 43.5),
        ("The Atlanta mayor and the governor of Georgia spoke in Savannah, Georgia.", "Georgia", 32.8, -83.5),
    ],
)
def test_resolution(text: str, words: str, lat: float, lon: float) -> None:
    place = names(text)[words]
    assert place.lat == pytest.approx(lat, abs=0.6)
    assert place.lon == pytest.approx(lon, abs=0.6)


def test_persons_and_months_are_no_places() -> None:
    found = names("In May, Florence Okello met Mr. Jordan. Chad Kelly spoke to them in August.")
    assert not set(found) & {"May", "Florence", "Jordan", "Chad", "August"}


def test_texts_without_capitals() -> None:
    found = names("guerrillas attacked a salvadoran army post near san miguel and a bridge in usulutan, coprefa said.")
    assert {"san miguel", "usulutan"} <= set(found)


def test_adjectives_are_marked_and_locate_nothing() -> None:
    reading = read("Sudanese officials blamed Chadian fighters for the raid.")
    assert {place.extractor for place in reading.of(Place)} == {"places.adjective"}
    assert places.nearest(reading, 44, 52) == {}


def nearest_to(text: str, words: str) -> dict[str, object]:
    start = text.index(words)
    return places.nearest(read(text), start, start + len(words))


def test_the_place_of_a_clause() -> None:
    text = "Israel said it struck a depot in Nabatieh, while Lebanon reported 12 people killed in Tyre."
    assert nearest_to(text, "struck a depot")["place"] == "Nabatieh"
    assert nearest_to(text, "12 people killed")["place"] == "Tyre"


def test_a_side_is_no_place() -> None:
    assert nearest_to("Israel and Iran accused each other of killing 12 people.", "12 people") == {}


def test_additions_by_hand_win(tmp_path: Path) -> None:
    entry = "- {name: Asira, variants: [Assira], lat: 1.0, lon: 2.0, where_prec: 2, country: LB}\n"
    (tmp_path / "places.yml").write_text(entry, encoding="utf-8")
    (place,) = read("Shells fell in Assira.", tmp_path).of(Place)
    assert (place.name, place.lat, place.lon, place.where_prec) == ("Asira", 1.0, 2.0, 2)


def test_the_table_is_sorted_and_searched_to_its_ends() -> None:
    gazetteer = load_gazetteer()
    lines = gazetteer._table.split(b"\n")[:-1]
    keys = [line.split(b"\t", 1)[0] for line in lines]
    assert keys == sorted(keys)
    for key in (keys[0], keys[-1], keys[len(keys) // 2]):
        assert gazetteer.find(key.decode())
    assert gazetteer.find("no such place anywhere") == ()


def test_keys_fold_accents_and_articles() -> None:
    assert key_of("Deir ez-Zor") == "deir ez zor"
    assert load_gazetteer().find("Al-Qusayr") == load_gazetteer().find("al Qusayr")


def test_time_grows_no_faster_than_the_text() -> None:
    def seconds(count: int) -> float:
        text = "A" + "-a" * count
        document = Document("a.txt", text, "2024-05-08", "given")
        reading = Reading(document, extractor().language.make_doc(text), "2024-05-08", "given")
        began = time.perf_counter()
        reading.facts.extend(times.find_facts(reading))
        list(places.find_facts(reading))
        return time.perf_counter() - began

    seconds(200)
    assert seconds(4000) < 40 * max(seconds(400), 0.001)


def test_a_bare_name_is_the_city_and_beside_a_word_for_divisions_the_division() -> None:
    found = read("Shells fell in Khartoum. Khartoum state has no power. Aleppo fell, and the province of Aleppo too.")
    precision = [(place.text, place.where_prec) for place in found.of(Place)]
    assert precision == [("Khartoum", 1), ("Khartoum", 4), ("Aleppo", 1), ("Aleppo", 4)]


def test_a_figure_two_verbs_below_a_meeting_was_not_counted_where_they_met() -> None:
    text = (
        "Both sides initialled the outline of a pact in Geneva on Friday, a step that U.S. officials hope will end "
        "a rebel offensive which has killed more than 900 people since March."
    )
    reading = read(text)
    start = text.index("900")
    assert places.nearest(reading, start, start + 3) == {}
    held = times.window(reading, start, start + 3)
    assert (held.date_start, held.as_of, held.period_start) == (None, None, "2024-03-01")


def test_a_place_taken_for_a_person_is_one_where_it_is_plainly_named_elsewhere() -> None:
    found = names("Troops entered the city of Lachin. Azerbaijan took Shusha on Sunday. Residents fled Minova.")
    assert {"Lachin", "Shusha", "Minova"} <= set(found)


def test_what_a_country_owns_is_no_place_of_the_clause() -> None:
    text = "The council will meet on Thursday at France's request."
    assert places.nearest(read(text), text.index("meet"), text.index("meet") + 4) == {}


def test_words_inside_the_name_of_a_body_are_no_places() -> None:
    text = "The National Unity Government spoke to Radio Free Asia. The OSCE's Minsk Group met in Vienna."
    assert set(names(text)) == {"Vienna"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Officials from Sudan, Chad and Egypt met on Monday.", None),
        ("Envoys from Qatar met in Doha on Monday.", "Doha"),
    ],
)
def test_where_people_come_from_is_not_where_they_meet(text: str, place: str | None) -> None:
    start = text.index("met")
    assert places.nearest(read(text), start, start + 3).get("place") == place

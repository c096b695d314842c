"""Actors: names, offices, affiliations, and who is meant. The texts are composed for these tests."""

from functools import lru_cache
from pathlib import Path

import pytest

from analysis.documents import Document
from analysis.errors import RecordError
from analysis.extract import actors, places
from analysis.extract.names import name_keys, word_key
from analysis.extract.pipeline import load_language
from analysis.extract.reading import Reading, shadow_text
from analysis.facts import Actor

language = lru_cache(maxsize=1)(load_language)


def read(text: str, hand: Path | None = None) -> Reading:
    """A reading whose actors were found."""
    reading = Reading(Document("test.txt", text), language()(shadow_text(text)))
    reading.notes["hand"] = hand
    reading.facts.extend(places.find_facts(reading))
    reading.facts.extend(actors.find_facts(reading))
    return reading


def persons(text: str) -> dict[str, Actor]:
    """The persons of a text by canonical name."""
    return {actor.name: actor for actor in read(text).of(Actor) if actor.actor_type == "person"}


def resolved(text: str, words: str, occurrence: int = 0) -> str | None:
    """Whom the given words mean at their n-th occurrence."""
    reading, start = read(text), -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return actors.resolve(reading, start, start + len(words))


OFFICES = [
    ("Colombian President Gustavo Petro met the rebels.", "Gustavo Petro", "President", "Colombia"),
    ("MSF Director Anna Keller left Khartoum.", "Anna Keller", "Director", "Doctors Without Borders"),
    ("The deal was praised by Yusuf Haddad, a Hamas official, on Monday.", "Yusuf Haddad", "official", "Hamas"),
    ("Peter Lindqvist, the head of the Norwegian Refugee Council, said roads were cut.", "Peter Lindqvist", "head",
     "Norwegian Refugee Council"),
    ("Ukraine's foreign minister, Andrii Sybiha, arrived in Doha.", "Andrii Sybiha", "foreign minister", "Ukraine"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "role", "affiliation"), OFFICES)
def test_office_and_affiliation_as_stated(text, name, role, affiliation):
    found = persons(text)
    assert name in found, sorted(found)
    assert found[name].role == role
    assert found[name].affiliation == affiliation


def test_a_person_is_one_fact_at_the_first_mention():
    text = "General Abdel Fattah al-Burhan spoke in Port Sudan. Burhan said little. Mr. Burhan then left."
    found = persons(text)
    assert list(found) == ["Abdel Fattah al-Burhan"]
    assert text[found["Abdel Fattah al-Burhan"].start :].startswith("Abdel Fattah al-Burhan")


def test_spellings_of_one_name_have_one_key():
    assert word_key("Qassem") == word_key("Kassem") == word_key("Qassim")
    assert word_key("Zelensky") == word_key("Zelenskyy")
    assert word_key("Burhan") != word_key("Dagalo")
    assert name_keys("Mohammed bin Rashid Al-Amri")[-1] == word_key("Amri")


def test_acronym_and_full_name_are_one_body():
    text = (
        "The United Nations Office for the Coordination of Humanitarian Affairs (UNOCHA) published a report. "
        "OCHA said aid was late."
    )
    bodies = [actor.name for actor in read(text).of(Actor) if actor.actor_type == "un_body"]
    assert bodies == ["UNOCHA"]
    assert resolved(text, "OCHA", 1) == "UNOCHA"


def test_institution_has_one_name_however_written():
    text = "Lebanon's health ministry counted 12 dead. The Lebanese Health Ministry later counted 14."
    names = {m.name for m in actors.mentions(read(text)) if "ealth" in m.name}
    assert names == {"Lebanese Health Ministry"}


def test_country_words_with_common_spellings_need_their_case():
    names = {m.name for m in actors.mentions(read("It told us that those who fled could return."))}
    assert "United States" not in names
    assert "World Health Organization" not in names


def test_pronoun_is_the_subject_and_never_the_dead():
    text = (
        "The new commander, Karim Aziz, spoke on Friday after his rival Omar Daoud was killed in Aleppo. "
        "He said the truce would hold."
    )
    assert resolved(text, "He") == "Karim Aziz"


def test_pronoun_is_the_topic_of_remarks_and_not_their_object():
    text = "Karim Aziz's remarks pleased many. He praised Omar Daoud's plan. He left the door open."
    assert resolved(text, "He", 1) == "Karim Aziz"


def test_pronoun_agrees_in_gender():
    text = "Spokeswoman Maria Zakharova criticised Dmytro Kuleba. She said no talks were planned."
    assert resolved(text, "She") == "Maria Zakharova"


def test_office_stands_for_its_last_holder():
    text = "A Hamas spokesperson welcomed the draft. The official said no reply had come."
    assert resolved(text, "The official") == "Hamas spokesperson"


def test_group_noun_stands_for_the_group():
    text = "The Taliban rejected the offer on Sunday. The group said it wanted talks in Doha."
    assert resolved(text, "The group") == "Taliban"


@pytest.mark.parametrize(
    ("name", "party"),
    [("Israeli military", "Israel"), ("CIA", "United States"), ("Hezbollah", "Hezbollah"), ("Jane Doe", None)],
)
def test_party_of_a_name(name, party):
    assert actors.party(name) == party


def test_party_of_a_person_is_that_of_the_office():
    reading = read("Israeli Energy Minister Dan Peretz resigned.")
    assert actors.party("Dan Peretz", reading) == "Israel"


def test_additions_by_hand_come_first(tmp_path):
    (tmp_path / "actors.yml").write_text(
        "- {name: Nile Front, variants: [Front of the Nile], actor_type: armed_group}\n"
        "- {name: Salim Haroun, variants: [Saleem Harun], actor_type: person, affiliation: Nile Front, role: envoy}\n"
    )
    reading = read("The Front of the Nile sent Saleem Harun to Juba.", tmp_path)
    found = {actor.name: actor for actor in reading.of(Actor)}
    assert found["Nile Front"].actor_type == "armed_group"
    assert found["Salim Haroun"].affiliation == "Nile Front"


def test_additions_that_are_no_actors_are_refused(tmp_path):
    (tmp_path / "actors.yml").write_text("- {name: Nile Front, actor_type: rebels}\n")
    with pytest.raises(RecordError, match="Nile Front"):
        read("Nothing happened.", tmp_path)


BEHIND_RANKS = [
    ("Sudan's army chief, General Omar Saleh, left.", "Omar Saleh", "army chief", "Sudan"),
    ("Presidents Anna Keller and Miguel Suarez met in Cali.", "Miguel Suarez", "President", None),
    ("The UN envoy for Yemen, Karl Lindholm, arrived.", "Karl Lindholm", "envoy", "United Nations"),
    ("The ban was announced by ministry spokeswoman Lena Brandt on Monday.", "Lena Brandt", "spokeswoman", "ministry"),
    ("General Igor Petrenko of the defence ministry spoke.", "Igor Petrenko", "General", "defence ministry"),
]


@pytest.mark.parametrize(("text", "name", "role", "affiliation"), BEHIND_RANKS)
def test_the_office_behind_ranks_plurals_and_phrases(text, name, role, affiliation):
    found = persons(text)
    assert name in found, sorted(found)
    assert found[name].role == role
    assert affiliation is None or found[name].affiliation == affiliation


def test_roads_and_channels_are_no_persons():
    assert persons(
        "Trucks stood on Omar al-Mukhtar Road. Petro told Al-Nahar television that they would move."
    ).keys() <= {"Petro"}


def test_no_person_is_made_of_a_part_of_an_organisations_name() -> None:
    found = read("Doctors Without Borders said its teams had treated 142 wounded.").of(Actor)
    assert [(actor.name, actor.actor_type) for actor in found] == [("Doctors Without Borders", "organisation")]


STATED_ELSEWHERE = [
    ("Brigadier Karim Saleh, the army's spokesman, told Reuters of a raid.", "Karim Saleh", "spokesman", "army"),
    ("Anna Keller, who heads the UN's mission in Mali, warned of famine.", "Anna Keller", "head", "United Nations"),
    ("Anna Keller, who serves as U.S. ambassador to Ankara, left.", "Anna Keller", "ambassador", "United States"),
    ("Anna Keller, who used to be Norway's chief negotiator, was sceptical.", "Anna Keller", "chief negotiator", "Norway"),
    ("U.S. Secretary of State Anna Keller left.", "Anna Keller", "Secretary of State", "United States"),
    ("The chief of the United Nations mission in Colombia, Pavel Novak, spoke.", "Pavel Novak", "chief", "United Nations"),
    ("Jean Kasa, the governor of South Kivu, fled.", "Jean Kasa", "governor", "South Kivu"),
    ("Hamas leader Omar Saleh met the press. Yusuf Izzat, an adviser to Saleh, said little.", "Yusuf Izzat", "adviser",
     "Hamas"),
    ("UNHCR counted 400. Its representative there, Anna Keller, wept.", "Anna Keller", "representative", "UNHCR"),
    ("An official in the territory's health ministry counted 60. The official, Omar Saleh, spoke.", "Omar Saleh",
     "official", "health ministry"),
    ("The ELN freed a soldier. The rebels' commander, Miguel Torres, wrote a letter.", "Miguel Torres", "commander", "ELN"),
    ("The blast shook Kharkiv, mayor Ihor Bondar said.", "Ihor Bondar", "mayor", "Kharkiv"),
    ("Amna Yusuf, a 34-year-old teacher, fled.", "Amna Yusuf", "teacher", None),
    ("Anna Keller of Century International, a think tank, said so.", "Anna Keller", None, "Century International"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "role", "affiliation"), STATED_ELSEWHERE)
def test_offices_told_behind_ranks_in_clauses_and_through_others(text, name, role, affiliation):
    found = persons(text)
    assert name in found, sorted(found)
    assert (found[name].role, found[name].affiliation) == (role, affiliation)


@pytest.mark.parametrize(
    "text",
    [
        "Doubts remain over the truce.",
        "Shells fell on the Sheikh Omar and Salah districts of Aleppo.",
        "Mar Elias, a mostly Christian quarter, was hit.",
        "The rebels gave up Lachin, Kherson and Luhansk.",
    ],
)
def test_districts_towns_and_plurals_are_no_persons(text):
    assert persons(text) == {}


def test_an_actor_has_a_name():
    text = "The office closed. The force withdrew. The Yemen Observer was shut, and Radio Sudan fell silent."
    assert not {"office", "force", "Yemen", "Sudan"} & {actor.name for actor in read(text).of(Actor)}


def test_a_common_noun_behind_a_name_only_says_again_who_it_is():
    names = {actor.name for actor in read("The National Liberation Army guerrilla group freed a soldier.").of(Actor)}
    assert names == {"ELN"}


def test_an_institute_keeps_its_name():
    text = "The International Center for Ukrainian Studies closed."
    assert "International Center for Ukrainian Studies" in {m.name for m in actors.mentions(read(text))}


def test_the_army_is_that_of_the_country_whose_army_is_named():
    reading = read("Sudan's army chief left. Karim Saleh, the army's spokesman, stayed.")
    assert actors.party("Karim Saleh", reading) == "Sudan"


ALIASES = [
    "Mohamed Omar Saleh, better known as Hemdan, left. Hemdan said little.",
    "Mohamed Omar Saleh, known by his alias Karim Aziz, wrote a letter. Aziz said little.",
]


@pytest.mark.parametrize("text", ALIASES)
def test_a_second_name_is_the_same_person(text):
    assert list(persons(text)) == ["Mohamed Omar Saleh"]
    assert resolved(text, "Hemdan" if "Hemdan" in text else "Aziz", 1) == "Mohamed Omar Saleh"


def test_several_groups_in_arms_leave_open_who_the_rebels_are():
    assert resolved("The Taliban met M23 in Doha. The rebels left.", "The rebels") != "M23"


@pytest.mark.parametrize(
    ("text", "name", "role", "affiliation"),
    [
        ("Dmitry Orlov, President Vladimir Putin's spokesman, left.", "Dmitry Orlov", "spokesman", "Russia"),
        ("Bina Diarra, a spokesman for the al-Qaeda-linked JNIM group, left.", "Bina Diarra", "spokesman",
         "Jama'at Nusrat al-Islam wal-Muslimin"),
        ("President Joseph Aoun, a former army chief, left.", "Joseph Aoun", "President", "Lebanon"),
        ("Hezbollah's Omar Saleh, who took over as leader in May, left.", "Omar Saleh", "leader", None),
    ],
)  # fmt: skip
def test_an_office_is_that_of_who_owns_it(text, name, role, affiliation):
    found = persons(text)[name]
    assert found.role == role
    assert affiliation is None or found.affiliation == affiliation


def test_whose_office_speaks():
    text = "Prime Minister Nawaf Salam's office was shut."
    assert resolved(text, "Prime Minister Nawaf Salam's office") == "Nawaf Salam's office"
    assert actors.party("Nawaf Salam's office", read(text)) == "Lebanon"


def test_one_ministry_is_not_another():
    text = "The Lebanese Health Ministry closed. Karim Saleh, a spokesman for the foreign ministry, left."
    assert persons(text)["Karim Saleh"].affiliation == "foreign ministry"


def test_a_lone_name_after_in_is_a_place():
    assert persons("A priest in the town of Sevare prayed. A priest in Debre Markos left.") == {}


def test_a_name_within_a_description_is_an_actor_too_and_its_force_and_commander_are_known_by_it():
    text = "UNIFIL's spokesperson spoke. The force was concerned. Its commander, Major General Diodato Rossi, left."
    assert "UNIFIL" in {actor.name for actor in read(text).of(Actor)}
    assert resolved(text, "The force") == "UNIFIL"
    assert persons(text)["Diodato Rossi"].affiliation == "UNIFIL"


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("A spokesperson for UN Secretary-General Antonio Guterres, Karl Lind, spoke.", "Karl Lind", "spokesperson"),
        ("Their deputy prime ministers, Mher Abovyan and Shahin Aliev, met.", "Shahin Aliev", "deputy prime minister"),
    ],
)
def test_offices_over_hyphens_and_plurals(text, name, role):
    assert persons(text)[name].role == role


def test_a_body_behind_a_person_is_no_person():
    assert list(persons("Thomas de Waal of Carnegie Europe, the author of a book, spoke.")) == ["Thomas de Waal"]


def test_a_spokeswoman_is_not_the_ministry_she_speaks_for():
    text = "Maria Petrova, the foreign ministry spokeswoman, spoke. The defence ministry was silent."
    assert resolved(text, "The defence ministry") != "Maria Petrova"


@pytest.mark.parametrize(
    ("text", "name", "role", "affiliation"),
    [
        ("Thai army spokesman Maj. Gen. Anan Rattana said it rained.", "Anan Rattana", "army spokesman", "Thailand"),
        ("Junta spokesperson Brigadier General Aung Lin Htun confirmed it.", "Aung Lin Htun", "spokesperson", "Junta"),
        ("Attorney General Ada Moore spoke in Monrovia.", "Ada Moore", "Attorney General", None),
        ("A spokesman for the African Union, Nuru Hassan Ali, hailed it.", "Nuru Hassan Ali", "spokesman", "African Union"),
        ("According to Vera Holm, founding director of Delta Watch, it is calm.", "Vera Holm", "founding director", "Delta Watch"),
        ("Omar Bakri, a schoolteacher in Nyala, fled.", "Omar Bakri", "schoolteacher", None),
        ("In Surin, evacuee Malee Chaiyo sat on a mat.", "Malee Chaiyo", "evacuee", None),
        ("Sheikh Anas Farhat, a Druze religious leader, spoke.", "Anas Farhat", "Druze religious leader", None),
        ("Senior adviser Jan Brock flew to Cairo.", "Jan Brock", "Senior adviser", None),
        ("The UN envoy for Yemen came. Lars Bergman, the envoy, said so.", "Lars Bergman", "envoy", "United Nations"),
        ("Egypt's foreign minister, Badr Salem, said so.", "Badr Salem", "foreign minister", "Egypt"),
    ],
)  # fmt: skip
def test_roles_and_whose_they_are_in_the_ways_of_agencies(text, name, role, affiliation):
    person = persons(text)[name]
    assert (person.role, person.affiliation) == (role, affiliation)


@pytest.mark.parametrize(
    "text",
    [
        "They fear the Hutu militia in the hills.",
        "Druze leaders and a Druze cleric met.",
        "It began near the village of Nerin Hand on Tuesday.",
        "The Observatory reported 27 deaths.",
    ],
)
def test_peoples_villages_and_bodies_are_no_persons(text):
    assert not persons(text)


def test_a_country_in_the_name_of_an_institute_stays_in_it():
    text = "Jan Brock, a director at the United States Institute of Peace, spoke."
    assert persons(text)["Jan Brock"].affiliation == "United States Institute of Peace"


def test_papers_and_agencies_are_no_persons_and_a_title_shows_one():
    assert not persons("A summary was seen by Delta Wire.")
    assert persons("“No state shares its force,” Legesse Tulu, the communication minister, told lawmakers.")[
        "Legesse Tulu"
    ].role


def test_it_in_what_a_body_says_is_the_body():
    text = "UNICEF spoke of Hamas on Monday. Later Hezbollah said it had fired rockets."
    assert resolved(text, "it") == "Hezbollah"
    assert resolved("Hamas fired rockets. The Red Crescent said it saw them.", "it") == "Red Crescent"

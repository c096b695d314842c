"""Sentences that state a figure: who says it stands in the same sentence as the number."""

from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.claims.divisions import areas_of_reports
from analysis.claims.figures import PRINTED
from analysis.claims.words import join_words, say_day, say_share, say_start
from analysis.prose import Sentence
from analysis.topics.selection import is_missing
from analysis.wording.agreement import agree
from analysis.wording.phrases import (
    WORDS,
    Part,
    list_of,
    names_words,
    plural_of,
    quoted,
    sentence,
    stated,
    text_of,
    value_words,
)

# A name that begins so has its article.
DETERMINERS = frozenset({"the", "a", "an", "one", "some", "several", "two", "unknown", "its", "their"})
DENIED = "denied"
UNKNOWN = "a document whose publisher is not known"
UNCERTAIN = {"possible": "says it is possible that there are", "conditional": "says that on conditions there will be"}


def figure_sentence(row: dict[str, Any], brief: bool = False) -> Sentence:
    """One claim as a sentence: originator, number with its bound, what is counted, where, over which time.

    `row` is a figure of the facts frame as a dict. Kind `established` where the document names a corroborator, else `reported`.
    A `brief` one leaves out the day of the report and the corroborator.
    """
    facts = (row["fact_id"],)
    subject, verb = _subject(row)
    parts: list[Part] = [subject, verb, stated(counted_words(row), facts), *_where_and_when(row, brief)]
    backers = [] if brief else [with_article(name) for name in list_of(row, "corroborated_by")]
    if backers:
        ending = "s" if len(backers) == 1 else ""
        parts.append(stated(f", a figure that {join_words(backers)} corroborate{ending}", facts))
    return sentence(*parts, kind="established" if backers else "reported")


# Of a claim what its fact may leave to the sentence that it repeats, or to the other totals of its series.
OF_THE_CLAIM = ("asserted_by", "place", "period_start", "as_of", "scope")


def figure_of_claim(facts: pd.DataFrame, claim: dict[str, Any]) -> dict[str, Any]:
    """The first figure of a claim (a row of `casualties.list_claims`) as `figure_sentence` takes it, with what is known of the
    claim: whose it is, where and from when on it counts; `about` is what its report is about where it names no place.
    """
    row = facts.loc[facts["fact_id"] == claim["facts"][0]].iloc[0].to_dict()
    row |= {name: None if is_missing(claim[name]) else claim[name] for name in OF_THE_CLAIM}
    areas = [] if row["place"] else areas_of_reports(facts, [row["doc_id"]])
    return {**row, "about": join_words([with_article(area) for area in areas])}


def _subject(row: dict[str, Any]) -> tuple[str, str]:
    """Who says it and the verb that follows; the publisher's own account is named as such."""
    who = text_of(row, "asserted_by")
    relays = list_of(row, "relayed_by")
    verb = (
        "denies that there were"
        if row.get("modality") == DENIED
        else UNCERTAIN.get(str(row.get("modality")), "reports")
    )
    verb = f" {agree(verb.strip(), who or '')} "
    if who:
        return f"{with_article(who)}{', relayed by ' + names_words(relays) + ',' if relays else ''}", verb
    publisher = text_of(row, "publisher")
    return f"{source_words(publisher or 'unknown')}, naming no originator,", verb


def source_words(name: str) -> str:
    """A source as "according to" takes it; a publisher that is not known is no name.

    >>> source_words("unknown publisher"), source_words("Lebanese Health Ministry")
    ('a document whose publisher is not known', 'the Lebanese Health Ministry')
    """
    return UNKNOWN if name.startswith("unknown") else with_article(name)


def with_article(name: str) -> str:
    """A name as the subject of a sentence: institutions named by common nouns get "the", roles without a name "a".

    >>> with_article("Lebanese Health Ministry"), with_article("Hamas"), with_article("Gaza's civil defense agency")
    ('the Lebanese Health Ministry', 'Hamas', "Gaza's civil defense agency")
    >>> with_article("Israeli official"), with_article("residents"), with_article("Houthis")
    ('an Israeli official', 'residents', 'the Houthis')
    >>> with_article("governor of North Kivu"), with_article("residents of Goma")
    ('the governor of North Kivu', 'residents of Goma')
    >>> with_article("International Organization for Migration"), with_article("Doctors Without Borders")
    ('the International Organization for Migration', 'Doctors Without Borders')
    """
    words = name.split(" ")
    owned = ("'s" in name or "’s" in name) and name[:1].islower() and words[0].lower() not in DETERMINERS
    if name in WORDS["plural_with_article"] or owned:  # "the Houthis", "the enclave's officials"
        return f"the {name}"
    if "'s" in name or "’s" in name or words[0].lower() in DETERMINERS or (len(words) == 1 and name[:1].isupper()):
        return name
    # "Ministry of Health", "Observatory for Human Rights": the noun that describes stands before the preposition.
    noun = next((before for before, after in pairwise(words) if after in ("of", "for")), words[-1])
    office = noun.islower() and noun != words[-1] and not noun.endswith("s")  # "governor of North Kivu": there is one
    if office or noun.lower() in WORDS["described"]:
        return f"the {name}"
    if words[-1].islower() and not words[-1].endswith("s"):
        return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"
    return name


def counted_words(row: dict[str, Any]) -> str:
    """Number, noun and what happened: "at least 1,754 people killed", "no child injured", "80% of the population"."""
    number, measure = value_words(row), str(row.get("measure"))
    if measure == "share":
        return f"{say_share(number)} of {_whole_of(row)}"
    if number.startswith("“"):
        return f"{number} {WORDS['measures'].get(measure, '')}".strip()
    high = row.get("value_low") if is_missing(row.get("value_high")) else row.get("value_high")
    one = high == 1 and row.get("operator") != "between"
    return " ".join(part for part in (number, noun_of(row, one), WORDS["measures"].get(measure, "")) if part)


def _whole_of(row: dict[str, Any]) -> str:
    """What a share is of: "the city's people" where the denominator begins with a common noun's possessive."""
    whole = text_of(row, "denominator") or "a whole that is not named"
    owner = whole.split()[0]
    return f"the {whole}" if owner.endswith(("'s", "’s")) and owner.islower() else whole


def noun_of(row: dict[str, Any], one: bool) -> str:
    """What is counted, in the right number: the population of a count of people, else the unit."""
    population = text_of(row, "population") or "all"
    if row.get("measure") in WORDS["people"]:
        status = text_of(row, "victim_status")
        if population == "all" and status == "civilian":
            population = "civilians"
        pair = WORDS["populations"].get(population) or [population.replace("_", " ")] * 2
        return pair[0] if one else pair[1]
    unit = (text_of(row, "unit") or "item").replace("_", " ")
    return unit if one else plural_of(unit)


def _where_and_when(row: dict[str, Any], brief: bool) -> list[str]:
    place, start, until = (text_of(row, name) for name in ("place", "period_start", "as_of"))
    about = text_of(row, "about")
    parts = [f" in {place}"] if place else [f", in a report on {about}"] if about else []
    if start and until and start != until and row.get("scope") != "cumulative":
        parts.append(f" between {say_day(start)} and {say_day(until)}")
    elif start and row.get("scope") != "incident":
        parts.append(f" since {say_start(start)}")
        parts += [f", as of {say_day(until)}"] if until and until != start else []
    elif row.get("scope") == "incident" and (start or until):
        parts.append(f" on {say_day(start or until)}")
    elif until:
        parts.append(f" as of {say_day(until)}")
    elif not brief:
        day = say_day(text_of(row, "published"))
        parts.append(f", in a report of {day}" if day else ", in an undated report")
    return parts


def caveat_sentence(row: dict[str, Any]) -> Sentence | None:
    """The document's own caveat on a figure, quoted; None where it has none."""
    caveat = text_of(row, "caveat")
    if not caveat:
        return None
    return sentence("of this figure the document says: ", quoted(caveat, (row["fact_id"],)), kind="reported")


def range_sentence(span: dict[str, Any], claims: pd.DataFrame) -> Sentence:
    """A range of several claims: each originator with its number in one sentence, then the rule named.

    `span` is a row of `casualties.build_ranges`; `claims` the rows of `casualties.list_claims` that it was made of.
    """
    rows = claims.drop_duplicates(["source", "value_low", "value_high"]).to_dict("records")
    head = stated(_range_head(span), span["facts"])
    first = {row["source"]: number for number, row in reversed(list(enumerate(rows)))}
    parts: list[Part] = [head, ": "]
    last = ""
    for number, row in enumerate(sorted(rows, key=lambda row: first[row["source"]])):
        joint = "" if not number else " and " if number == len(rows) - 1 else ", "
        verb = "says" if row.get("operator") == "unspecified_plural" else "counts"
        who = "in another report" if row["source"] == last else _counter(str(row["source"]), verb)
        parts += [f"{joint}{who} ", stated(value_words(row), row["facts"])]
        last = row["source"]
    return sentence(*parts, kind="established" if span.get("low") == span.get("high") and len(rows) > 1 else "reported")


def _counter(source: str, verb: str) -> str:
    """ "the Health Ministry counts"; a publisher without an originator reports: "Quick News, naming no originator, reports"."""
    if source.startswith(PRINTED):
        return f"{source_words(source.removeprefix(PRINTED))}, naming no originator, reports"
    return f"{with_article(source)} {agree(verb, source)}"


def _range_head(span: dict[str, Any]) -> str:
    words = WORDS["measures"].get(str(span["measure"]), "")
    pair = WORDS["populations"].get(str(span.get("population") or "all"), ["person", "people"])
    one = span.get("low") == 1 and span.get("high") == 1
    place = f" in {span['place']}" if isinstance(span.get("place"), str) else ""
    return f"{span['says']} {pair[0] if one else pair[1]} reported {words}{place}"

"""Sentences about talks: how far a track has got, where a party stands, what meets and what does not."""

from typing import Any

from analysis.claims.words import join_words, say_day
from analysis.prose import Sentence
from analysis.topics.matters import DEFAULT, ON_DEAL, about_words
from analysis.topics.positions import label_of
from analysis.wording.agreement import agree, pronoun
from analysis.wording.figures import with_article
from analysis.wording.phrases import WORDS, Part, day_words, list_of, names_words, quoted, sentence, stated, text_of

VERDICTS = {
    "meets": "positions meet on",
    "apart": "positions are apart on",
    "own": "each side has terms of its own on",
    "conditional": "agreement depends on conditions on",
    "opposed": "only refusals are reported on",
    "open": "one side has not answered on",
    "unclaimed": "no party is named for a position on",
}


def track_name(row: dict[str, Any]) -> str:
    """A track's title as it stands before "track".

    >>> track_name({"title": "Sudan-Jeddah talks"}), track_name({"title": "Russia and Ukraine"})
    ('Sudan-Jeddah', 'Russia–Ukraine')
    """
    return str(row.get("title") or row.get("track")).removesuffix(" talks").replace(" and ", "–")


def track_sentence(row: dict[str, Any]) -> Sentence:
    """How far a track has got, for a row of `negotiations.register`."""
    status = text_of(row, "status")
    words = WORDS["statuses"].get(status or "")
    facts = list_of(row, "status_facts") or list_of(row, "facts")
    if not words:
        return sentence(f"on the {track_name(row)} track ", stated("no terms are reported", facts), kind="plain")
    day = say_day(text_of(row, "status_date"))
    when = f", as reported on {day}" if day else ""
    broken = setback_parts(row)
    return sentence(
        f"on the {track_name(row)} track ",
        stated(f"terms {words}", facts),
        when,
        *_after_status(row, broken),
        kind="reported",
    )


def _after_status(row: dict[str, Any], broken: list[Part]) -> list[Part]:
    """What broke off before the report of a track's status, since it, or in a report of the same day."""
    if not broken:
        return []
    if (text_of(row, "status_date") or " ")[:10] == (text_of(row, "setback_date") or "")[:10]:
        return ["; on the same day it is reported that ", broken[0]]
    return ["; since then " if is_latest_setback(row) else "; before that ", *broken]


def is_latest_setback(row: dict[str, Any]) -> bool:
    """Whether nothing newer is told of a track's terms than that its talks broke off."""
    told, broken = text_of(row, "status_date"), text_of(row, "setback_date")
    return not (told and broken) or broken[:10] >= told[:10]


def setback_parts(row: dict[str, Any]) -> list[Part]:
    """ "Kenya suspended the talks, as reported on 3 May 2024", for a row of the register; empty where nothing broke off."""
    words = text_of(row, "setback")
    if not words:
        return []
    who, by = text_of(row, "setback_who"), text_of(row, "setback_by")
    told = words.replace("{who}", with_article(who)) if who else words
    source = f" by {with_article(by)}" if by and by != who else ""
    day = say_day(text_of(row, "setback_date"))
    return [stated(told, list_of(row, "setback_facts")), f", as reported{source}{' on ' + day if day else ''}"]


def setback_sentence(row: dict[str, Any]) -> Sentence | None:
    """That a track's talks or its halt broke off; None where none did."""
    broken = setback_parts(row)
    return sentence(f"on the {track_name(row)} track ", *broken, kind="reported") if broken else None


def contact_sentence(row: dict[str, Any]) -> Sentence | None:
    """Last and next contact of a track; None where neither is reported."""
    last, following = text_of(row, "last_contact"), text_of(row, "next_contact")
    if not last and not following:
        return None
    parts: list[Part] = []
    if last:
        day = say_day(text_of(row, "last_contact_date")) or "no date reported"
        parts += ["the last contact reported is ", stated(f"a {last} ({day})", list_of(row, "last_contact_facts"))]
    if following:
        day = say_day(text_of(row, "next_contact_date")) or "no date reported"
        joint = "; the next, announced, is " if last else "the next contact announced is "
        parts += [joint, stated(f"a {following} ({day})", list_of(row, "next_contact_facts"))]
    return sentence(*parts, kind="reported")


def stance_words(stance: str, about: str | None, words: str = "") -> str:
    """A stance after its party's name, with what it is about.

    >>> stance_words("rejects", "monitoring"), stance_words("accepts", None)
    ('rejects terms on monitoring', 'accepts a deal')
    >>> stance_words("demands", "halt", "an immediate ceasefire"), stance_words("demands", "halt", "a truce must free all")
    ('calls for a halt', 'sets demands for a halt')
    """
    if stance == "demands" and about and about not in ON_DEAL:
        return WORDS["demands_on"].format(label=label_of(about).lower())
    asks = stance == "demands" and about in WORDS["called_for"]
    called = asks and not any(begun in f" {words.lower()} " for begun in WORDS["requiring"])
    return (WORDS["calls"] if called else WORDS["stances"][stance]).format(about=about_words(about or DEFAULT))


def stance_sentence(row: dict[str, Any]) -> Sentence:
    """Where a party stands: party, stance, what it is about, speaker, day and words, for a row of `negotiations.stances`.

    A row whose stance takes no side (`informs`) reads as what somebody said.
    """
    party, speaker = text_of(row, "party") or "an unnamed party", text_of(row, "speaker")
    facts = list_of(row, "facts")
    day = say_day(text_of(row, "date")) or "a day not given"
    if row["stance"] not in WORDS["stances"]:
        return sentence(f"according to {with_article(speaker or party)}, as reported on {day}: ",
                        quoted(row["words"], facts), kind="reported")  # fmt: skip
    stance = stated(agree(stance_words(row["stance"], text_of(row, "about"), str(row["words"])), party), facts)
    head: list[Part] = [with_article(party), " ", stance]
    other = with_article(speaker) if speaker and speaker != party else None
    if row.get("mode") == "direct":
        head.append(f": {other or pronoun(party)} said, as reported on {day}, ")
    else:
        head.append(f", as reported{' of ' + other if other else ''} on {day}: ")
    return sentence(*head, quoted(row["words"], facts), kind="reported")


def change_of_stance_sentence(row: dict[str, Any]) -> Sentence:
    """A change of stance with both wordings, for a row of `negotiations.stance_changes`."""
    facts, names = list_of(row, "facts"), WORDS["stance_names"]
    ids = {"before": facts[:1], "after": facts[1:]}
    told = {
        when: stated(names[row[when]].format(about=about_words(text_of(row, f"{when}_about") or DEFAULT)), ids[when])
        for when in ids
    }
    return sentence(
        with_article(str(row["party"])), " moved from ", told["before"], " (", quoted(row["before_words"], ids["before"]),
        ") to ", told["after"], " (", quoted(row["after_words"], ids["after"]), f"), as reported on {day_words(row['date'])}",
        kind="reported",
    )  # fmt: skip


def meeting_sentences(points: list[dict[str, Any]]) -> list[Sentence]:
    """One sentence a verdict: on which provisions positions meet, are apart, depend on conditions, or wait for an answer."""
    found = []
    for verdict, words in VERDICTS.items():
        rows = [row for row in points if row["verdict"] == verdict]
        if rows:
            facts = [name for row in rows for name in list_of(row, "facts")]
            listed = join_words([str(row["term"]).lower() for row in rows])
            found.append(sentence("from the cells of the matrix, ", stated(f"{words} {listed}", facts), kind="plain"))
    return found


def point_sentence(row: dict[str, Any]) -> Sentence:
    """One provision in full: who is for it, against it, conditional, silent."""
    sides = [
        (list_of(row, "for_it"), "for it"), (list_of(row, "against"), "against it"),
        (list_of(row, "conditional"), "open to it on conditions"), (list_of(row, "silent"), "silent"),
    ]  # fmt: skip
    listed = "; ".join(
        f"{names_words(names)} {'are' if len(names) > 1 else 'is'} {words}" for names, words in sides if names
    )
    return sentence(f"{row['term']}: ", stated(listed, list_of(row, "facts")), kind="reported")

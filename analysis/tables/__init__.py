"""Frames of the topics as tables for the page: which columns, in which order, under which names, in which words.

Every function takes a frame of `analysis.topics` and gives one that `show.table` prints as it is: the last column, `facts`, holds
the ids of each row's facts.
"""

from analysis.tables.counts import changes, claims, implied_totals, indicators, ranges
from analysis.tables.sources import actors, events, findings, originators, publishers, role_changes, single_source
from analysis.tables.talks import compared_tracks, drafts, register, stances, statements, term_matrix
from analysis.tables.words import capitalise, join, quote

__all__ = [
    "actors",
    "capitalise",
    "changes",
    "claims",
    "compared_tracks",
    "drafts",
    "events",
    "findings",
    "implied_totals",
    "indicators",
    "join",
    "originators",
    "publishers",
    "quote",
    "ranges",
    "register",
    "role_changes",
    "single_source",
    "stances",
    "statements",
    "term_matrix",
]

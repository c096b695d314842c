"""From figures to claims, from claims to events, from claims to ranges by a named rule.

The way through: `figures.prepare_figures` -> `match.match_events` -> `gather.gather_claims` -> `reconcile.reconcile`.
Every step takes a frame and gives a frame, and every row names the ids of the facts it stands on (`facts`).
"""

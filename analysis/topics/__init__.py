"""What the facts say, topic by topic: frames in, frames out.

Every topic module offers the same first verb, `select(facts)`, the live rows that it reads; the others are named after the
table that they make. No module here writes, draws or prints.
"""

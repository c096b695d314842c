"""Number agreement: which names take a plural verb, and what their verbs and pronouns become."""

from analysis.wording.phrases import WORDS

IRREGULAR = {"is": "are", "was": "were", "has": "have", "does": "do", "denies": "deny", "relies": "rely"}


def is_plural(name: str) -> bool:
    """Whether a name takes a plural verb: described persons, and the names listed in `plural_names`.

    >>> [is_plural(name) for name in ("Houthis", "Rapid Support Forces", "two mediators", "Hamas", "United States")]
    [True, True, True, False, False]
    """
    last = name.split()[-1] if name.split() else ""
    described = last.islower() and last.endswith("s") and not last.endswith(("ss", "us"))
    return described or last.lower() in WORDS["plural_names"]


def agree(words: str, name: str) -> str:
    """A phrase that begins with a verb in the third person, for its subject.

    >>> agree("is open to a deal", "Houthis"), agree("rejects a deal", "Hamas"), agree("denies it", "officials")
    ('are open to a deal', 'rejects a deal', 'deny it')
    """
    if not is_plural(name):
        return words
    verb, _, rest = words.partition(" ")
    return f"{IRREGULAR.get(verb) or verb.removesuffix('s')} {rest}".strip()


def pronoun(name: str) -> str:
    """ "they" or "it"."""
    return "they" if is_plural(name) else "it"

"""Dates that share a month or a year: "May 3 and 4", "3, 4 and 5 May", "between 28 April and 2 May 2023"."""

from analysis.extract.timex_grammar import GRAMMAR, Match, Words

_MONTHS = GRAMMAR.words["MONTH"]
_JOINTS = frozenset({"and", "or", "&"})
_SEPARATORS = _JOINTS | {","}
_TO = frozenset({"and", "or", "to", "until", "till", "through", "-", "–", "—"})
_LONGEST = 10  # words of such a list


def _is_day(form: str) -> bool:
    return form.isdigit() and form.isascii() and len(form) <= 2 and 1 <= int(form) <= 31


def find_list_month(words: Words, index: int) -> int | None:
    """Where the month stands that a bare day takes from the list it belongs to; None where it is in no such list."""
    end = _end_of_list(words, index)
    if end is not None and words.forms[end : end + 1] and words.forms[end] in _MONTHS and end > index + 1:
        return end
    start = _start_of_list(words, index)
    if start is None or end is None or words.forms[start] not in _MONTHS:
        return None
    return start if not _JOINTS.isdisjoint(words.forms[start:end]) else None


def _end_of_list(words: Words, index: int) -> int | None:
    """The word after the last day of a list of days, from one of them on."""
    forms, at = words.forms, index + 1
    while at + 1 < len(forms) and at < index + _LONGEST and forms[at] in _SEPARATORS:
        step = 2 if forms[at] == "," and forms[at + 1] in _JOINTS else 1
        if at + step >= len(forms) or not _is_day(forms[at + step]):
            break
        at += step + 1
    return at


def _start_of_list(words: Words, index: int) -> int | None:
    """The word before the first day of a list of days; None where nothing joins this day to another."""
    forms, at = words.forms, index - 1
    while at > 0 and at > index - _LONGEST and forms[at] in _SEPARATORS:
        at -= 2 if forms[at] in _JOINTS and forms[at - 1] == "," else 1
        if not _is_day(forms[at]):
            return None
        at -= 1
        if forms[at] == "." and forms[at - 1] in _MONTHS:
            at -= 1
    return at if 0 <= at < index - 1 else None


def year_after(words: Words, index: int) -> int | None:
    """A year that closes the list: "May 3 and 4, 2023"."""
    end = _end_of_list(words, index)
    following = [form for form in words.forms[end : (end or 0) + 2] if form != ","]
    return _year(following[0]) if following else None


def _year(form: str) -> int | None:
    return int(form) if len(form) == 4 and form.isdigit() and 1900 <= int(form) <= 2100 else None


def year_of_pair(match: Match, month: int) -> int | None:
    """The year said after the second of two dates, for the first: "28 April to 2 May 2023"."""
    ahead = match.words.forms[match.last : match.last + _LONGEST]
    if not ahead or ahead[0] not in _TO:
        return None
    at = next((i for i, form in enumerate(ahead[1:4], 1) if form in _MONTHS), None)
    if at is None or not all(_is_day(form) or form in ("on", "the", "th", "st", "nd", "rd") for form in ahead[1:at]):
        return None
    rest = [form for form in ahead[at + 1 : at + 5] if form not in (",", ".")]
    years = [_year(form) for form in rest[: 1 + (bool(rest) and _is_day(rest[0]))]]
    year = next((found for found in years if found), None)
    return year - (month > int(_MONTHS[ahead[at]])) if year else None

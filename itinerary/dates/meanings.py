"""What a single word may mean: the lexicon's entry as far as its capitals allow, and the many readings of figures."""

from __future__ import annotations

import re
from functools import lru_cache

from itinerary.dates.lexicon import MEANINGS, MONTHS, words_of
from itinerary.model import days_in_month

# Spelled without a capital these are everyday words or parts of others.
_EVERYDAY = frozenset(("may", "march", "august"))
_DOUBTFUL_MONTHS = frozenset(("may", "march"))  # even with a capital they need a preposition before them when they stand alone
_ERAS = frozenset(("ad", "ce", "bc", "bce"))
_FIRST_YEAR, _LAST_YEAR = 1000, 2100  # four figures outside these are seldom a year unless an era is named
_LONGEST_NUMBER = 9  # figures; longer strings of digits are no counts of anything told in a journey

_DIGITS = re.compile(r"[0-9]+")
_DOTTED_CLOCK = re.compile(r"[0-9]{1,2}\.[0-5][0-9]")
_FORMS = (
    ("ISO", re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T.*)?")),
    ("NUMERIC", re.compile(r"[0-9]{1,4}([/.-])[0-9]{1,2}\1[0-9]{1,4}")),
    ("SLASHED", re.compile(r"[0-9]{1,2}/[0-9]{1,2}")),
    ("CLOCK", re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")),
    ("DECADE", re.compile(r"[1-9][0-9]{2}0['’]?s")),
    ("SHORTDECADE", re.compile(r"['’‘]?[0-9]0['’]?s")),
    ("SHORTYEAR", re.compile(r"['’‘][0-9]{2}")),
)


def meanings(word: str) -> dict[str, object]:
    """The classes a word may belong to and its value in each; empty for words that have nothing to do with time."""
    if word[0] in "0123456789" or (word[0] in "'’‘" and len(word) > 1):
        return _of_figures(word)
    low = word.lower().replace(" ", "")
    found = MEANINGS.get(low)
    if found is None:
        found = _of_abbreviation(low)
    if not found:
        return {}
    return _by_case(word, low, found)


def _of_abbreviation(low: str) -> dict[str, object]:
    plain = low.replace(".", "")
    return MEANINGS.get(plain, {}) if plain in _ERAS or plain in ("am", "pm") else {}


def _by_case(word: str, low: str, found: dict[str, object]) -> dict[str, object]:
    """What is left of the meanings when capitals are looked at."""
    capital = word[0].isupper()
    if "MON" in found:
        return _month(capital, low, found)
    if "WDAYSHORT" in found:
        return {"WDAY": found["WDAYSHORT"]} if capital else {}
    if low in _ERAS and word != word.upper():
        return {}
    return found


def _month(capital: bool, low: str, found: dict[str, object]) -> dict[str, object]:
    """MON is any spelling, CMON one that is a month beside a number, MONTH one that is a month alone, MAYBE "May", "March"."""
    if not (capital or (low in MONTHS and low not in _EVERYDAY)):
        return found
    number = found["MON"]
    known = {**found, "CMON": number}
    if low in _DOUBTFUL_MONTHS:
        return {**known, "MAYBE": number}
    return {**known, "MONTH": number} if low in MONTHS else known


@lru_cache(4096)
def _of_figures(word: str) -> dict[str, object]:
    plain = word.replace(",", "")
    if _DIGITS.fullmatch(plain):
        return _of_number(plain, grouped="," in word)
    if word[-2:].lower() in ("st", "nd", "rd", "th") and len(word) < 5:
        return {"ORD": int(word[:-2])} if 1 <= int(word[:-2]) <= days_in_month(2000, 1) else {}
    for name, form in _FORMS:
        if form.fullmatch(word):
            return {name: word}
    if re.fullmatch(r"[0-9]{1,6}\.[0-9]{1,6}", word):
        found: dict[str, object] = {"NUM": float(word)}
        return {**found, "DOTCLOCK": word} if _DOTTED_CLOCK.fullmatch(word) else found
    return {}


def _of_number(digits: str, grouped: bool) -> dict[str, object]:
    if len(digits) > _LONGEST_NUMBER:
        return {}
    n, size = int(digits), len(digits)
    found: dict[str, object] = {"NUM": n}
    if grouped:
        return found
    if 1 <= n <= 31 and size <= 2:
        found["DAY"] = n
    if n <= 24 and size <= 2:
        found["HOUR"] = n
    if size == 2:
        found["YY"] = n
    if size == 4 and _FIRST_YEAR <= n <= _LAST_YEAR:
        found["YEAR"] = n
    if size == 4 and n // 100 < 24 and n % 100 < 60:
        found["HHMM"] = n
    if size == 3 and n >= 100:
        found["YEARTHREE"] = n
    if size <= 4 and n >= 1:
        found["ANYYEAR"] = n
    return found


# One figure word of each kind, so that every set of classes a number can have is known before a text is read.
SAMPLES = words_of(
    "0 1 12 24 25 31 32 60 99 00 01 012 100 400 999 0001 0530 0099 0000 1000 1030 1090 1959 1960 2099 2100 2101 2459 2460 4500 "
    "12345 1,500 2.5 2.30 3rd 2019-03-02 2019-03-02T10:00 1/2/2019 1.2.2019 7/14 10:30 10:30:00 1840s '40s '17"
)

"""The words of time and what they mean, by class. A new word is an entry here.

`MEANINGS` maps a lower-case word to its classes and their values; `EVERYDAY` holds words that mean a time only when they begin
with a capital ("May", "March").
"""

from __future__ import annotations

import re
from functools import lru_cache

from itinerary.model import days_in_month


def words_of(line: str) -> tuple[str, ...]:
    """The words of a line."""
    return tuple(line.split())


_MONTHS = words_of("january february march april may june july august september october november december")
_MONTH_SHORT = words_of("jan feb mar apr may jun jul aug sep oct nov dec")
_WEEKDAYS = words_of("monday tuesday wednesday thursday friday saturday sunday")
_WEEKDAY_SHORT = dict(mon=1, tue=2, tues=2, wed=3, weds=3, thu=4, thur=4, thurs=4, fri=5, sat=6, sun=7)
_ONES = words_of(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = words_of("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = words_of(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
_UNITS = {"day": "day", "week": "week", "month": "month", "year": "year", "decade": "decade", "century": "century",
          "quarter": "quarter", "hour": "hour", "minute": "minute", "second": "second", "fortnight": "fortnight",
          "night": "night", "weekend": "weekend", "moment": "moment", "season": "season"}  # fmt: skip
_PARTS = {"morning": "TMO", "dawn": "TMO", "daybreak": "TMO", "sunrise": "TMO", "noon": "T12:00", "midday": "T12:00",
          "lunchtime": "TAF", "afternoon": "TAF", "evening": "TEV", "dusk": "TEV", "sunset": "TEV", "nightfall": "TEV",
          "night": "TNI", "midnight": "T24:00", "daytime": "TDT", "nighttime": "TNI", "overnight": "TNI"}  # fmt: skip
_SEASONS = {"spring": "SP", "springtime": "SP", "summer": "SU", "summertime": "SU", "autumn": "FA", "fall": "FA",
            "winter": "WI", "wintertime": "WI"}  # fmt: skip
_FEW = words_of("few several many some numerous countless")
_EARLY = words_of("early earliest beginning start opening outset onset")
_MID = words_of("mid middle")
_LATE = words_of("late later latest end close latter ending closing")


def _entries() -> dict[str, dict[str, object]]:
    table: dict[str, dict[str, object]] = {}

    def add(word: str, name: str, value: object) -> None:
        table.setdefault(word, {})[name] = value

    for n, word in enumerate(_MONTHS, 1):
        add(word, "MON", n)
    for n, word in enumerate(_MONTH_SHORT, 1):
        add(word, "MON", n)
        if word != "may":  # spelled out, so no full stop belongs to it
            add(word, "SHORTMON", n)
    add("sept", "MON", 9)
    add("sept", "SHORTMON", 9)
    for n, word in enumerate(_WEEKDAYS, 1):
        add(word, "WEEKDAY", n)
        add(word, "WDAY", n)
        add(word + "s", "WEEKDAYS", n)
    for word, n in _WEEKDAY_SHORT.items():
        add(word, "WDAYSHORT", n)
    for n, word in enumerate(_ONES, 1):
        add(word, "ONES", n)
    for n, word in enumerate(_TENS, 2):
        add(word, "TENS", 10 * n)
    for n, word in enumerate(_ORDINALS, 1):
        add(word, "ORDW", n)
    add("thirtieth", "ORDW", 30)
    add("hundred", "HUNDRED", 100)
    add("thousand", "HUNDRED", 1000)
    add("dozen", "HUNDRED", 12)
    for word, unit in _UNITS.items():
        add(word, "UNIT", unit)
        add("centuries" if word == "century" else word + "s", "UNITS", unit)
    for word, clock in _PARTS.items():
        add(word, "PART", clock)
    for word in ("mornings", "afternoons", "evenings", "nights"):
        add(word, "PARTS", _PARTS[word[:-1]])
    for word, part in _SEASONS.items():
        add(word, "SEASON", part)
    for word in _FEW:
        add(word, "FEW", None)
    for name, words in (("EARLY", _EARLY), ("MID", _MID), ("LATE", _LATE)):
        for word in words:
            add(word, name, name.lower())
    for word in ("couple", "pair"):
        add(word, "PAIR", 2)
    for word in ("am", "a.m.", "a.m", "pm", "p.m.", "p.m"):
        add(word, "AMPM", word[0])
    for word in ("bc", "bce"):
        add(word, "BC", True)
    for word in ("ad", "ce"):
        add(word, "AD", True)
    add("(", "LPAR", True)
    add(")", "RPAR", True)
    return table


MEANINGS = _entries()
# Lower-case "may", "march", "august" and all short forms are everyday words or parts of others.
EVERYDAY = {"may", "march", "august", "mar", "dec", "jan", "sun", "sat", "mon", "wed", "am", "ad", "ce", "second"}
BARE_MONTHS = frozenset(_MONTHS)  # spelled out, so they may stand alone
DOUBTFUL_MONTHS = {"may", "march"}  # alone they need a preposition before them
FIRST_PLAIN_YEAR, LAST_PLAIN_YEAR = 1000, 2100  # four figures outside these are seldom a year unless an era is named
LONGEST_NUMBER = 9  # figures; longer strings of digits are no counts of anything told in a journey

_DIGITS = re.compile(r"[0-9]+")
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
    first = word[0]
    if (first in "0123456789'’‘" and len(word) > 1) or first in "0123456789":
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
    return MEANINGS.get(plain, {}) if plain in ("bc", "bce", "ad", "ce", "am", "pm") else {}


def _by_case(word: str, low: str, found: dict[str, object]) -> dict[str, object]:
    """What is left of the meanings when capitals are looked at."""
    capital = word[0].isupper()
    if "MON" in found:
        return _month(capital, low, found)
    if "WDAYSHORT" in found:
        return {"WDAY": found["WDAYSHORT"]} if capital else {}
    if low in ("ad", "ce", "bc", "bce") and word != word.upper():
        return {}
    return found


def _month(capital: bool, low: str, found: dict[str, object]) -> dict[str, object]:
    """MON is any spelling, CMON one that can only be a month beside a day, MONTH one that is a month alone, MAYBE "May", "March"."""
    if not (capital or (low in BARE_MONTHS and low not in EVERYDAY)):
        return found
    number = found["MON"]
    known = {**found, "CMON": number}
    if low in DOUBTFUL_MONTHS:
        return {**known, "MAYBE": number}
    return {**known, "MONTH": number} if low in BARE_MONTHS else known


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
        return {"NUM": float(word)}
    return {}


def _of_number(digits: str, grouped: bool) -> dict[str, object]:
    if len(digits) > LONGEST_NUMBER:
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
    if size == 4 and FIRST_PLAIN_YEAR <= n <= LAST_PLAIN_YEAR:
        found["YEAR"] = n
    if size == 4 and n // 100 < 24 and n % 100 < 60:
        found["HHMM"] = n
    if size <= 4 and n >= 1:
        found["ANYYEAR"] = n
    return found


# One figure word of each kind, so that every set of classes a number can have is known before a text is read.
SAMPLES = (
    [
        str(n)
        for n in (0, 1, 12, 24, 25, 31, 32, 60, 99, 100, 400, 999, 1000, 1030, 1090, 1959, 1960, 2099, 2100, 2101, 2459, 2460)
    ]
    + [
        "00",
        "01",
        "012",
        "0001",
        "0530",
        "0099",
        "0000",
        "4500",
        "12345",
        "1,500",
        "2.5",
        "3rd",
        "2019-03-02",
        "2019-03-02T10:00",
    ]
    + ["1/2/2019", "1.2.2019", "7/14", "10:30", "1840s", "'40s", "'17", "10:30:00"]
)

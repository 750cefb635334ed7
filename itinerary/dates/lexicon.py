"""The words of time and what they mean, by class. A new word is an entry here.

`CLASSES` gives each class its words and their values; the names of the classes are what the rows of the grammar are made of.
"""

from __future__ import annotations


def words_of(line: str) -> tuple[str, ...]:
    """The words of a line."""
    return tuple(line.split())


def _numbered(words: tuple[str, ...]) -> dict[str, int]:
    return {word: number for number, word in enumerate(words, 1)}


MONTHS = words_of("january february march april may june july august september october november december")
_SHORT_MONTHS = {**_numbered(words_of("jan feb mar apr may jun jul aug sep oct nov dec")), "sept": 9}
_WEEKDAYS = words_of("monday tuesday wednesday thursday friday saturday sunday")
_ONES = words_of(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = words_of("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = words_of(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
_UNITS = words_of("day week month year decade century quarter hour minute second fortnight night weekend moment season")
_PARTS = {"morning": "TMO", "dawn": "TMO", "daybreak": "TMO", "sunrise": "TMO", "noon": "T12:00", "midday": "T12:00",
          "lunchtime": "TAF", "afternoon": "TAF", "evening": "TEV", "dusk": "TEV", "sunset": "TEV", "nightfall": "TEV",
          "night": "TNI", "midnight": "T24:00", "daytime": "TDT", "nighttime": "TNI", "overnight": "TNI"}  # fmt: skip
_SEASONS = {"spring": "SP", "springtime": "SP", "summer": "SU", "summertime": "SU", "autumn": "FA", "fall": "FA",
            "winter": "WI", "wintertime": "WI"}  # fmt: skip

CLASSES: dict[str, dict[str, object]] = {
    "MON": {**_numbered(MONTHS), **_SHORT_MONTHS},
    "SHORTMON": {
        word: n for word, n in _SHORT_MONTHS.items() if word != "may"
    },  # "may" is spelled out, no full stop belongs to it
    "WEEKDAY": dict(_numbered(_WEEKDAYS)),
    "WEEKDAYS": {word + "s": n for word, n in _numbered(_WEEKDAYS).items()},
    "WDAY": dict(_numbered(_WEEKDAYS)),
    "WDAYSHORT": {
        "mon": 1,
        "tue": 2,
        "tues": 2,
        "wed": 3,
        "weds": 3,
        "thu": 4,
        "thur": 4,
        "thurs": 4,
        "fri": 5,
        "sat": 6,
        "sun": 7,
    },
    "ONES": dict(_numbered(_ONES)),
    "TENS": {word: 10 * n for n, word in enumerate(_TENS, 2)},
    "ORDW": {**_numbered(_ORDINALS), "thirtieth": 30},
    "HUNDRED": {"hundred": 100, "thousand": 1000, "dozen": 12},
    "PAIR": {"couple": 2, "pair": 2},
    "FEW": dict.fromkeys(words_of("few several many some numerous countless")),
    "UNIT": {word: word for word in _UNITS},
    "UNITS": {word[:-1] + "ies" if word == "century" else word + "s": word for word in _UNITS},
    "PART": dict(_PARTS),
    "PARTS": {word + "s": _PARTS[word] for word in ("morning", "afternoon", "evening", "night")},
    "SEASON": dict(_SEASONS),
    "EARLY": dict.fromkeys(words_of("early earliest beginning start opening outset onset"), "early"),
    "MID": dict.fromkeys(words_of("mid middle"), "mid"),
    "LATE": dict.fromkeys(words_of("late later latest end close latter ending closing"), "late"),
    "AMPM": {word: word[0] for word in words_of("am a.m. a.m pm p.m. p.m")},
    "BC": dict.fromkeys(("bc", "bce"), True),
    "AD": dict.fromkeys(("ad", "ce"), True),
}


def _by_word() -> dict[str, dict[str, object]]:
    table: dict[str, dict[str, object]] = {}
    for name, words in CLASSES.items():
        for word, value in words.items():
            table.setdefault(word, {})[name] = value
    return table


MEANINGS = _by_word()

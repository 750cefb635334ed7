"""Rows for what names a place on the calendar: days, months, seasons, years and ranges of them."""

from __future__ import annotations

from itinerary.dates.building import autumn, calendar, century, decade, feast, fraction, iso, month_end, season, stepping
from itinerary.dates.grammar import Row
from itinerary.dates.numeric import numeric, slashed

_PREPOSITION = (
    "(in|by|of|since|until|till|from|to|through|during|before|after|throughout|for|around|about|between|and|or|following|every|"
    "that|this|last|next|early|late|mid|the|-|,)"
)
_BAREDAY = "(on|by|until|till|since|from|to|about|of|before|after|around|the night of|between|and)"

DAYS = (
    Row("last day of a month", "(the)? last day of ANYMON (,? YR)?", month_end),
    Row("day month early year", "DM ,? EARLYYEAR", calendar),
    Row("month day early year", "MD ,? EARLYYEAR", calendar),
    Row("iso date", "ISO", iso),
    Row("numeric date", "(WD)? NUMERIC", numeric),
    Row("slashed date", "(WD)? SLASHED", slashed),
    Row("day month year", "EARLYLATE? DMY", calendar),
    Row("month day year", "EARLYLATE? MDY", calendar),
    Row("day month", "EARLYLATE? DM", calendar),
    Row("day-month", "DAYF (-|/) (SHORTMON|CMON) ((-|/) (YR|TAIL))?", calendar),
    Row("month day", "EARLYLATE? MD", calendar),
    Row("year month day", "YR ,? CMON DAYF", calendar),
    Row("day month of that year", "CAL ,? of (that|this|the) (same)? year", stepping(0)),
    Row("day month next year", "CAL ,? (of)? (the)? NEXT year", stepping(1)),
    Row("day month previous year", "CAL ,? (of)? (the)? (PREV|last) year", stepping(-1)),
    Row("ordinal day", f"{_BAREDAY} {{the ORDDAY}}", calendar),
    Row("ordinal day of the month", "the DAYN (day)? of (the|this|that) (same|current|present)? month", calendar),
    Row("weekday and ordinal", "WDAY ,? (the)? ORDDAY", calendar),
    Row("ordinal day heading", "the ORDDAY", calendar),
)

RANGES = (
    Row("days of a month", "(from|between)? {(WD)? (the)? DAYF MONTHX?} UPTO {(WD)? DM (,? YR)?}", calendar),
    Row("listed days of a month", "{the? DAYF} , {DAYF} ,? and {DAYF MONTHX (,? YR)?}", calendar),
    Row("month and days", "{(WD)? MONTHX DAYF} (-|to|through|until|till) {(WD)? (the)? DAYF (,? YR)?}", calendar),
    Row("month and two numbers", "{(WD)? MONTHX DAYF} (&|and) {DAYF (,? YR)?}", calendar),
    Row("month and two days", "between {MONTHX DAYF} and {DAYF (,? YR)?}", calendar),
    Row("month day to month day", "{MD (,? YR)?} (,)? (UPTO) {MD (,? YR)?}", calendar),
    Row("day month to day month", "{DM (,? YR)?} (,)? (UPTO) {DM (,? YR)?}", calendar),
    Row("months of a year", "{EARLYLATE? CMON} UPTO {EARLYLATE? CMON ,? (of)? YR}", calendar),
    Row("months", "{EARLYLATE? CMON} UPTO {EARLYLATE? CMON (?! DAY)}", calendar),
    Row("years", "(the)? {EARLYLATE? YEAR} (-|to|until|through) {YEAR}", calendar),
    Row("years with short end", "(the)? {EARLYLATE? YEAR} (-|/) {TAIL}", calendar),
    Row("years BC", "{EARLYLATE? PLAINYEAR} UPTO {BCYEAR}", calendar),
    Row("seasons of a year", "{EARLYLATE? (the)? SEASON} UPTO {EARLYLATE? (the)? SEASON (of)? YR}", season()),
    Row(
        "season and month",
        "{EARLYLATE? (the)? SEASON} UPTO {EARLYLATE? CMON (of)? YR}",
        lambda f: (season() if "season" in f else calendar)(f),
    ),
)

MONTHS = (
    Row("month year", "EARLYLATE? ROUGHLY? MONTHX ,? (of|in)? (the)? (year)? YR", calendar),
    Row("month early year", "EARLYLATE? MONTHX ,? (of)? EARLYYEAR", calendar),
    Row("month", "EARLYLATE? MONTH", calendar),
    Row("early month", "EARLYLATE CMON", calendar),
    Row("doubtful month", f"{_PREPOSITION} {{EARLYLATE? MAYBE}}", calendar),
    Row("month of that year", "EARLYLATE? CMON ,? of (that|this|the) (same)? year", stepping(0)),
    Row("that month by name", "EARLYLATE? (that|this|the same) CMON", stepping(0)),
    Row("next month by name", "EARLYLATE? (the)? NEXT CMON", stepping(1)),
    Row("month of the next year", "EARLYLATE? CMON ,? (of)? (the)? NEXT year", stepping(1)),
    Row("previous month by name", "EARLYLATE? (the)? (PREV|last|past) CMON", stepping(-1)),
    Row("month of the previous year", "EARLYLATE? CMON ,? (of)? (the)? (PREV|last) year", stepping(-1)),
)

YEARS = (
    Row("first half", "(the)? (first|early) half of (the)? YR", fraction("H", 1)),
    Row("second half", "(the)? (second|last|latter) half of (the)? YR", fraction("H", 2)),
    Row("year", "(ROUGHLY)? EARLYLATE? (the (year|years)?)? (ROUGHLY)? YR", calendar),
    Row("early year", "(in|since|until) {EARLYYEAR}", calendar),
    Row("rest of the year", "(the)? (rest|remainder|whole|course) of YR", calendar),
    Row("decade", "(the)? EARLYLATE? DECADE (BC)?", decade),
    Row("short decade", "the (EARLYLATE)? SHORTDECADE", decade),
    Row("two decades", "the {EARLYLATE? DECADE} and {EARLYLATE? SHORTDECADE}", decade),
    Row("century", "(the)? EARLYLATE? (the)? ORDINAL -? century (BC|AD)?", century),
    Row("two centuries", "(the)? {ORDINAL -?} (and|to|or|-) {ORDINAL -? (centuries|century) (BC|AD)?}", century),
    Row("quarter", "(the)? ORDINAL -? quarter ((of)? YR)?", fraction("Q")),
)

SEASONS = (
    Row("season of a year", "EARLYLATE? (the)? SEASON (of|,)? (the)? YR ((-|/) TAIL)?", season()),
    Row("year and season", "YEAR SEASON", season()),
    Row("season", "EARLYLATE? (the|mid -?)? (?! fall) SEASON", season()),
    Row("the fall", "(in|during|throughout|since|over|until|for|this|that|last) {EARLYLATE? (the)? fall (?! of)}", autumn),
    Row("season of the next year", "EARLYLATE? (the)? SEASON ,? (of)? (the)? NEXT year", season(1)),
    Row("season of the last year", "EARLYLATE? (the)? SEASON ,? (of)? (the)? (PREV|last) year", season(-1)),
    Row("that season", "EARLYLATE? (that|this|SAME) SEASON (of that year)?", season(0)),
    Row("next season", "EARLYLATE? (the)? NEXT SEASON", season(1)),
    Row("previous season", "EARLYLATE? (the)? (PREV|last|past) SEASON", season(-1)),
)

_FEASTS = (
    ("christmas eve", "christmas eve"), ("christmas", "christmas (day)?"), ("boxing day", "boxing day"),
    ("new year's eve", "new year 's? eve"), ("new year", "new year 's? day"), ("epiphany", "(epiphany|twelfth night)"),
    ("valentine", "valentine 's day"), ("ash wednesday", "ash wednesday"), ("palm sunday", "palm sunday"),
    ("maundy thursday", "maundy thursday"), ("good friday", "good friday"), ("easter eve", "easter eve|holy saturday"),
    ("easter monday", "easter monday"), ("easter", "easter (sunday|day)?"), ("ascension", "ascension day"),
    ("whit monday", "whit monday"), ("pentecost", "pentecost|whit sunday|whitsunday|whitsun|whitsuntide"),
    ("corpus christi", "corpus christi"), ("candlemas", "candlemas"), ("lady day", "lady day"), ("may day", "may day"),
    ("st george", "saint george 's day"), ("midsummer", "midsummer day|midsummer 's day|saint john 's day"),
    ("lammas", "lammas"), ("michaelmas", "michaelmas"),
    ("halloween", "halloween|hallowe ' en"), ("all saints", "all saints ' day|all hallows|all saint 's day"),
    ("all souls", "all souls ' day"), ("guy fawkes", "guy fawkes night|bonfire night"), ("martinmas", "martinmas"),
    ("thanksgiving", "thanksgiving (day)?"), ("memorial day", "memorial day"), ("labor day", "labor day"),
    ("bastille day", "bastille day"), ("st patrick", "saint patrick 's day"), ("presidents day", "presidents ' day"),
    ("mlk day", "martin luther king (jr .?)? day"), ("independence day", "fourth of july|july fourth"),
    ("veterans day", "veterans day"), ("earth day", "earth day"),
)  # fmt: skip
FEASTS = tuple(Row(key, f"({pattern}) (,? (of|in)? YR)?", feast(key)) for key, pattern in _FEASTS) + tuple(
    Row(key + " night", f"({pattern}) PART (,? (of|in)? YR)?", feast(key)) for key, pattern in _FEASTS[:3]
)

ROWS = DAYS + RANGES + MONTHS + YEARS + SEASONS + FEASTS

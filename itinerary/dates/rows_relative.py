"""Rows for what is counted from another time: "three days later", "last month", "that evening", "yesterday"."""

from __future__ import annotations

from itinerary.dates.building import calendar, fixed, fraction, open_part, shift, stepping, that_time
from itinerary.dates.grammar import Row

_LATER = "(later|afterward|afterwards|thereafter|hence|after that|after this|on)"
_EARLIER = "(earlier|before|previously|prior|beforehand|before that|before this)"

SHIFTS = (
    Row(
        "so much later",
        "HEDGE? ONEORMORE (UNIT|UNITS) (later|afterward|afterwards|thereafter|after that|after this)",
        shift(1, "story"),
    ),
    Row("so much after", "HEDGE? ONEORMORE (UNIT|UNITS) (after|following)", shift(1, "event")),
    Row(
        "so much earlier",
        "HEDGE? ONEORMORE (UNIT|UNITS) (earlier|previously|beforehand|before that|before this)",
        shift(-1, "story"),
    ),
    Row(
        "so much before an event",
        "HEDGE? ONEORMORE (UNIT|UNITS) (prior to|ahead of|before (?= (the|a|an|his|her|its|their|this)))",
        shift(-1, "event"),
    ),
    Row("so much before", "HEDGE? ONEORMORE (UNIT|UNITS) before", shift(-1, "story")),
    Row("ago", "HEDGE? ONEORMORE (UNIT|UNITS) (ago|back (?! (to|in|at|from)))", shift(-1, "speech")),
    Row("years ago today", "HEDGE? ONEORMORE (year|years) ago (today|to - day)", shift(-1, "speech", "anniversary")),
    Row("from now", "(in)? HEDGE? ONEORMORE (UNIT|UNITS) (from now|from today|hence)", shift(1, "speech")),
    Row("a week from today", "(a)? week from (today|tomorrow)", shift(1, "speech", "week", 1)),
    Row("units later", "(only|just|many)? UNITS (later|afterward|afterwards)", fixed("FUTURE_REF")),
    Row("units earlier", "(only|just|many)? UNITS (earlier|before|ago)", fixed("PAST_REF")),
    Row("the next unit", "EARLYLATE? (the (very)? NEXT|following|ensuing) UNIT", shift(1, "story", count=1)),
    Row("next day", "next day", shift(1, "story", "day", 1)),
    Row("the unit after", "the UNIT (after|following)", shift(1, "event", count=1)),
    Row("the previous unit", "EARLYLATE? the PREV UNIT", shift(-1, "story", count=1)),
    Row(
        "the unit before an event",
        "the UNIT (prior to|before (?= (the|a|an|his|her|its|their|this)))",
        shift(-1, "event", count=1),
    ),
    Row("the unit before", "the UNIT before", shift(-1, "story", count=1)),
    Row("last unit", "EARLYLATE? last UNIT", shift(-1, "speech", count=1)),
    Row("next unit", "EARLYLATE? next UNIT", shift(1, "near", count=1)),
    Row("this unit", "EARLYLATE? (this|the current|the present) UNIT", shift(1, "near", count=0)),
    Row("that unit", "EARLYLATE? (that|SAME|that very) UNIT", shift(1, "story", count=0)),
    Row("within the unit", "EARLYLATE the UNIT", shift(1, "near", count=0)),
    Row("within that unit", "EARLYLATE (that|this|SAME) UNIT", shift(1, "story", count=0)),
    Row("rest of the unit", "(most of)? the (rest|remainder|course) of (the|that) UNIT", shift(1, "near", count=0)),
    Row("the unit's end", "(the)? UNIT 's (end|start|beginning)", shift(1, "near", count=0)),
    Row("earlier in the unit", "(earlier|later|late|early) (in)? (the|that|this|SAME) UNIT", shift(1, "near", count=0)),
    Row("weekend", "(over|during|for|at|this|on|of) {EARLYLATE? the (past)? weekend}", shift(-1, "near", "weekend", 0)),
    Row("year-end", "(by|at|until|before|the|since) {year - end}", shift(1, "near", "year", 0)),
    Row("yesterday", "yesterday", shift(-1, "speech", "day", 1)),
    Row("today", "(today)", shift(1, "speech", "day", 0)),
    Row("tomorrow", "tomorrow", shift(1, "speech", "day", 1)),
    Row("day before yesterday", "the day before yesterday", shift(-1, "speech", "day", 2)),
    Row("day after tomorrow", "the day after tomorrow", shift(1, "speech", "day", 2)),
    Row("on the morrow", "on {the morrow}", shift(1, "story", "day", 1)),
    Row("quarter of the year", "(the)? ORDINAL quarter (of)? (the|this|that) (same)? year", fraction("Q")),
)

WEEKDAYS = (
    Row("weekday", "(early|late)? WEEKDAY", calendar),
    Row("that weekday", "(that|this|this coming|this past|the same) WEEKDAY", stepping(0)),
    Row("next weekday", "(the)? NEXT WEEKDAY", stepping(1)),
    Row("weekday next week", "WEEKDAY (of)? next week", stepping(2)),
    Row("last weekday", "(the)? (PREV|last|past) WEEKDAY", stepping(-1)),
    Row("weekday last week", "WEEKDAY (of)? last week", stepping(-2)),
    Row("weekday part", "(early|late)? WEEKDAY (at)? PART", calendar),
    Row("part of weekday", "(the)? EARLYLATE? PART (hours)? (of|on) WEEKDAY", calendar),
    Row("last weekday part", "(last|the previous) WEEKDAY PART", stepping(-1)),
    Row("next weekday part", "(next|the following|this) WEEKDAY PART", stepping(1)),
)

TIMES = (
    Row("part of a date", "(the)? EARLYLATE? PART (hours)? (of|on) (the)? CAL", calendar),
    Row("weekday part of a date", "(WEEKDAY)? PART (of|on|,)? (the)? CAL", calendar),
    Row("date and part", "CAL ,? (at|in the)? PART", calendar),
    Row("part of a day", "(the)? EARLYLATE? PART (hours)? of the (ORD|DAYF (?! month))", calendar),
    Row("clock to clock on date", "{CLK} (-|to|until) {CLK} ,? (on|of)? {(the)? CAL}", calendar),
    Row("clock to clock on weekday", "{CLK} (-|to|until) {CLK} ,? (on)? {WEEKDAY}", calendar),
    Row("clock on date", "{CLK} (on|of) {(the)? CAL}", calendar),
    Row("clock and date", "CLK ,? (the)? CAL", calendar),
    Row("date and clock", "CAL (at|,|-)? CLK", calendar),
    Row("clock on weekday", "{CLK} (on) {WEEKDAY}", calendar),
    Row("clock and weekday", "CLK ,? WEEKDAY PART?", calendar),
    Row("weekday and clock", "WEEKDAY (at|,)? CLK", calendar),
    Row("clock yesterday", "CLK yesterday", shift(-1, "speech", "day", 1)),
    Row("clock tomorrow", "CLK tomorrow", shift(1, "speech", "day", 1)),
    Row("clock today", "CLK (today|tonight|this (morning|afternoon|evening))", shift(1, "speech", "day", 0)),
    Row("clock", "CLK", shift(1, "clock", "day", 0)),
    Row("part on weekday", "EARLYLATE? PART (,|on)? WEEKDAY", calendar),
    Row("noon", "(?= (noon|midday|midnight)) PART", shift(1, "clock", "day", 0)),
    Row("that part", "EARLYLATE? (that|SAME) PART", shift(1, "story", "day", 0)),
    Row("this part", "EARLYLATE? this PART", shift(1, "near", "day", 0)),
    Row("next part", "EARLYLATE? (on)? (the)? NEXT PART", shift(1, "story", "day", 1)),
    Row("part of the next day", "(the)? PART of the NEXT day", shift(1, "story", "day", 1)),
    Row("part next day", "(the)? NEXT day (at)? PART", shift(1, "story", "day", 1)),
    Row("previous part", "(the PREV|the) PART (before)", shift(-1, "story", "day", 1)),
    Row("yesterday part", "yesterday PART", shift(-1, "speech", "day", 1)),
    Row("tomorrow part", "tomorrow PART", shift(1, "speech", "day", 1)),
    Row("last night", "last (night|PART)", shift(-1, "speech", "day", 1)),
    Row("tonight", "tonight", lambda f: shift(1, "speech", "day", 0)({**f, "part": "TNI"})),
    Row("at night", "(at|by|during|in) (the)? {(?! (noon|midday|midnight)) PART (?! of)}", open_part),
    Row("night", "(?! (morning|afternoon|evening|noon|dawn|sunset|sunrise|dusk|midday|overnight)) PART", open_part),
    Row("in the morning", "(in|during|by|throughout) {the EARLYLATE? (?! night) PART (?! of)}", shift(1, "clock", "day", 0)),
)

REFERENCES = (
    Row("now", "(right|even|until|till|by|just|as of)? {now}", fixed("PRESENT_REF")),
    Row("at present", "at {present}", fixed("PRESENT_REF")),
    Row(
        "the present",
        "{(the present|the present day|present - day|present day|modern day|modern - day|modern times)}",
        fixed("PRESENT_REF"),
    ),
    Row("nowadays", "(nowadays|these days|the time being|currently|current|right now|at the moment)", fixed("PRESENT_REF")),
    Row("to date", "to {date}", fixed("PRESENT_REF")),
    Row("past", "in {the (recent|distant)? past}", fixed("PAST_REF")),
    Row("former", "former", fixed("PAST_REF")),
    Row("recent units", "(the)? (more)? recent UNITS", fixed("PAST_REF")),
    Row("recently", "(recently|recent|formerly|lately|once upon a time)", fixed("PAST_REF")),
    Row("future", "(the)? (near|foreseeable|distant)? future", fixed("FUTURE_REF")),
    Row("to this day", "to {this day}", fixed("PRESENT_REF")),
    Row(
        "the story's time",
        "(at|by|until|till|during|in|of|around|from|throughout|over|up to) {(the|this) (time|period)}",
        fixed("PRESENT_REF"),
    ),
    Row("that time", "(at|by|until|till|during|around|from|about) {(that|SAME) (time|period)}", that_time),
)

ROWS = SHIFTS + WEEKDAYS + TIMES + REFERENCES

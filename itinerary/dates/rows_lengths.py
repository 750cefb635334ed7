"""Rows for how long and how often: durations, ages and sets. They have no place on the calendar of their own."""

from __future__ import annotations

from itinerary.dates.building import every, fixed, length
from itinerary.dates.grammar import Row

_KIND = (
    "(full|whole|entire|long|more|brutal|bloody|additional|extra|straight|consecutive|solid|short|good|working|calendar|further)"
)

_WHICH = (
    "(next|following|past|last|previous|first|final|preceding|coming|same|early|late|remaining|intervening|succeeding|"
    "opening|closing)"
)

LENGTHS = (
    Row("length", f"HEDGE? ONEORMORE (more)? {_KIND}? (UNIT|UNITS) (long)?", length),
    Row("length with half", "HEDGE? ONEORMORE (and a half)? (UNITS|UNIT) (and a half)?", length),
    Row("hyphened length", "(the|a)? COUNT - (UNIT|UNITS) (- (old|long))?", length),
    Row("unit-long", "(UNIT|UNITS) - long", length),
    Row("stretch", f"(the|its|his|her|their|my|our)? {_WHICH} COUNT? UNITS", length),
    Row("past unit", "the (past|last) (UNIT)", length),
    Row("counted stretch", "the COUNT (previous|following|next|last|first)? UNITS", length),
    Row("bare units", "(for|in|within|over|after|several|of|took|lasted|spent|take|last|spend) {UNITS}", length),
    Row("units of", "{UNITS} of", length),
    Row("age", "(aged|age) {COUNT}", lambda f: length({**f, "unit": "year"})),
    Row("years old", "HEDGE? COUNT UNITS (old|of age)", length),
)  # fmt: skip

SETS = (
    Row("daily", "daily", fixed("P1D", "SET")),
    Row("weekly", "weekly", fixed("P1W", "SET")),
    Row("monthly", "monthly", fixed("P1M", "SET")),
    Row("yearly", "(yearly|annually|annual)", fixed("P1Y", "SET")),
    Row("quarterly", "quarterly", fixed("P1Q", "SET")),
    Row("nightly", "nightly", fixed("XXXX-XX-XXTNI", "SET")),
    Row("per unit", "per UNIT", every),
    Row("every unit", "(every|each) (other)? (UNIT|WEEKDAY|SEASON|PART)", every),
    Row("every so many", "every COUNT UNITS", every),
    Row("weekdays", "(on)? {WEEKDAYS}", every),
    Row("weekends", "(on|at) {(the)? weekends}", fixed("XXXX-WXX-WE", "SET")),
    Row("times a unit", "(once|twice|times|thrice) {(a|an|each|every|per) UNIT}", every),
)

ROWS = LENGTHS + SETS

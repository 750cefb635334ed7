"""Which of the grammar's finds are no times after all: "May said", "1500 troops", "Sunday School", "room 1984"."""

from __future__ import annotations

import re

from itinerary.dates.grammar import Match
from itinerary.dates.lexicon import words_of


def _set(line: str) -> frozenset[str]:
    return frozenset(words_of(line))


_AFTER = 40  # characters looked at behind an expression
_NEXT_WORD = re.compile(r"[ \n]{1,2}([^\W\d_][\w'’-]*)")
_LAST_WORD = re.compile(r"([\w$£€#.'’-]+)[\s\"“‘'(]*$")
_NAME_TAILS = {
    "sunday": _set("school schools times telegraph mirror express post mail best people herald world"),
    "easter": _set("island islands egg eggs bunny rising"),
    "christmas": _set("island tree trees card cards market markets carol carols present presents"),
    "independence": _set("hall"),
    "friday": _set("harbor harbour agreement"),
}
_SAYING = _set("said says told asked replied added and's walked smiled wrote laughed")
_YEAR_BEFORE = _set(
    "in since by until till from to of during before after throughout around about between and or early late mid "
    "the for through circa c. ca. ca summer spring autumn fall winter year years on late- that this pre post than season into"
)
_COUNTED = _set(
    "men people women children troops soldiers km kilometers kilometres miles mile m metres meters feet ft acres hectares kg "
    "tons tonnes pounds dollars euros percent per horse horses cavalry infantry sailors civilians prisoners hp mm yards hours "
    "days years inhabitants residents guests nautical degrees casualties members students vehicles aircraft tanks guns"
)
_PLURAL_BUT_NOT = _set(
    "was is has its as this his us across always thus perhaps towards besides previous various afterwards sees "
    "does goes makes takes comes begins sets gets gives shows finds leaves runs tells says wars series"
)
_NUMBER_BEFORE = re.compile(
    r"(?:[$£€#№]|\b(?:no|nos|number|room|flight|page|pp?|route|highway|box|model|version|bus|train|hull|lot|grid|unit|section|"
    r"chapter|verse|line|km|psalm|usc|apollo|resolution|article|act|order)\b\.?)\s*$",
    re.IGNORECASE,
)
_FIGURES_BEFORE = re.compile(r"(?:^|[^a-z])\.$|[\d:/]$")
_FIGURES_AFTER = re.compile(r"\s?(?:%|°|[A-Za-z]\d|km\b|m\b)|[.,/:]\d")
_SURE_BEFORE = _set("in since until during")
_LIKELY_BEFORE = _set("the by from of its")
_NAMED_MARCH = re.compile(r" (?:of|for) [A-Z]")  # "the March of Dimes"
_MARCHING = _set("on through past towards against")
_NO_SEASON_BEFORE = _set("to a hot would natural mineral will mr mrs miss master captain sir lady lord")
_NO_SEASON_AFTER = _set("up from palace water")
_NO_ADJECTIVE_BEFORE = _set("of and was is in to that which") | {""}
_FIRST_IN_TABLES = 1500  # smaller figures in the cells of a table are more often counts than years
_BARE_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_CLOCK_BEFORE = _set("at by until till from to around about after before since between and approximately exactly precisely")
_STREET = re.compile(
    r"(?: [A-Z][\w.]*){1,3} (?:St|Street|Ave|Avenue|Road|Rd|Boulevard|Blvd|Drive|Lane|Way|Highway|Place|Square)\b"
)
_HEDGED_YEAR = re.compile(r"([^\W\d]+ )?[0-9]{4}")
_ORDINAL_LIST = re.compile(r",? (?:and |or )?[0-9]{1,3}(?:st|nd|rd|th)\b")
_FUNCTION = _set(
    "we i he she they it you the a an and at in to from of with was were had as that this by for on our my his her their after "
    "before when all there about inst instant ult ultimo but or which who while until is are will day were since early late only"
)


def is_time(match: Match, text: str) -> bool:
    """Whether the find stands."""
    check = _CHECKS.get(match.row.name)
    start, end = match.parts[0].start, match.parts[-1].end
    if check and not check(text, start, end):
        return False
    return not _is_name(text, start, end)


def next_word(text: str, end: int) -> str:
    """The word right behind, "" when something else stands there."""
    found = _NEXT_WORD.match(text, end, end + _AFTER)
    return found[1] if found else ""


def last_word(text: str, start: int) -> str:
    """The word right before, lower case, "" at the beginning."""
    found = _LAST_WORD.search(text[max(0, start - _AFTER) : start])
    return found[1].lower() if found else ""


def _is_name(text: str, start: int, end: int) -> bool:
    words = text[start:end].lower().split()
    follower = next_word(text, end)
    return (follower.lower() in _NAME_TAILS.get(words[-1], ()) and follower[:1].isupper()) or text[end : end + 1] == "@"


def _year_stands(text: str, start: int, end: int) -> bool:
    figures = _HEDGED_YEAR.fullmatch(text, start, end)
    if not figures:
        return True
    after = next_word(text, end)
    if figures[1]:
        return after not in _COUNTED
    before = text[max(0, start - _AFTER) : start]
    if before.rstrip().endswith("|") and int(figures[0]) < _FIRST_IN_TABLES:
        return False
    if (
        _STREET.match(text, end)
        or _NUMBER_BEFORE.search(before)
        or _FIGURES_BEFORE.search(before)
        or _FIGURES_AFTER.match(text, end)
    ):
        return False
    last = last_word(text, start)
    if after in _COUNTED:
        return last in _SURE_BEFORE
    plural = after.islower() and after.endswith("s") and after not in _PLURAL_BUT_NOT
    return not plural or last in _SURE_BEFORE or last in _LIKELY_BEFORE


def _month_stands(text: str, start: int, end: int) -> bool:
    """ "April Smith" and "June said" are people."""
    after = next_word(text, end)
    named = after[:1].isupper() and text[end : end + 1] == " "
    return last_word(text, start) in _YEAR_BEFORE or not (named or after in _SAYING)


def _doubtful_stands(text: str, start: int, end: int) -> bool:
    """ "May said"; "the March on Rome"."""
    after = next_word(text, end)
    marching = after in _MARCHING and last_word(text, start) in ("the", "a")
    return not (marching or after in _SAYING or _NAMED_MARCH.match(text, end))


def _ordinal_stands(text: str, start: int, end: int) -> bool:
    """ "the 14th" is a day before a pause or a small word, but not in "the 14th Army" or "the 14th floor"."""
    after = next_word(text, end)
    if _ORDINAL_LIST.match(text, end):
        return False
    if after:
        return after in _FUNCTION
    return not text[end : end + 2].strip().startswith(("-", "–"))


def _season_stands(text: str, start: int, end: int) -> bool:
    """ "to spring up" and "a hot spring" are no seasons."""
    if text[start:end].lower() not in ("spring", "summer", "winter", "autumn", "the spring"):
        return True
    return last_word(text, start) not in _NO_SEASON_BEFORE and next_word(text, end).lower() not in _NO_SEASON_AFTER


def _present_stands(text: str, start: int, end: int) -> bool:
    """ "the current" alone is a stream."""
    return text[start:end].lower() != "current" or next_word(text, end) not in _NO_ADJECTIVE_BEFORE


def _clock_stands(text: str, start: int, end: int) -> bool:
    """ "at 10:30" and a line of a timetable, but not "John 3:16" or "won in 1:23"."""
    if not _BARE_CLOCK.fullmatch(text, start, end):
        return True
    return last_word(text, start) in _CLOCK_BEFORE or text[max(0, start - 2) : start].strip(" \t(|-–") in ("", "\n")


def _early_year_stands(text: str, start: int, end: int) -> bool:
    """ "In 755, he landed"; "September 755" before a pause; but not "in 300 ships" or "on 5 May 300 men"."""
    after = next_word(text, end)
    alone = text[start:end].isdigit()
    if alone and not (text[max(0, start - 3) : start] == "In " and (after in _FUNCTION or text[end : end + 1] == ",")):
        return False
    return after in _FUNCTION if after else text[end : end + 1] not in "-–%/"


def _figure_day_stands(text: str, start: int, end: int) -> bool:
    """ "May 4 and 5 were hot", not "on May 4 and 12 people"."""
    after = next_word(text, end)
    return not after or after in _FUNCTION or after[0].isupper()


def _figurative(text: str, start: int, end: int) -> bool:
    """ "the train of Tomorrow"."""
    return last_word(text, start) != "of" or not text[start].isupper()


_CHECKS = {
    "tomorrow": _figurative,
    "yesterday": _figurative,
    "month and two numbers": _figure_day_stands,
    "day month early year": _early_year_stands,
    "month day early year": _early_year_stands,
    "month early year": _early_year_stands,
    "clock": _clock_stands,
    "early year": _early_year_stands,
    "nowadays": _present_stands,
    "year": _year_stands,
    "month": _month_stands,
    "doubtful month": _doubtful_stands,
    "ordinal day": _ordinal_stands,
    "ordinal day heading": _ordinal_stands,
    "season": _season_stands,
}

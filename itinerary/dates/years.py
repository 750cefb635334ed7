"""Which year is meant when a text does not say."""

from __future__ import annotations

from itinerary.dates.almanac import FIRST_YEAR, LAST_YEAR, Point
from itinerary.dates.counting import weekday_of
from itinerary.dates.readings import Told
from itinerary.model import Day, days_in_month

# A month that lies this many before the one the story has reached is next year's: "in December … in February".
_ROLLOVER = 8
# A day that lies no more months ahead is this year's even in a past tense: "was to have left April 30".
_NEAR = 1
# From here on all the text's authors count weekdays in the Gregorian calendar (Britain and its colonies from September 1752).
_GREGORIAN_FROM = 1753

_MONTHS_OF = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (1, 2), "H1": (1, 6), "H2": (7, 12),
              "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}  # fmt: skip


def story_year(told: Told, story: Point, published: Day | None, tense: int) -> int:
    """The year of the story, or the next when its months have run out; what is told as past was before publication."""
    assert story.year is not None
    month, reached, year = _first_month(told), _last_month(story), story.year
    if month and reached and reached - month >= _ROLLOVER:
        year += 1
    ahead = published is not None and (year, month or 1) > (published.year, published.month)
    return year - 1 if ahead and tense < 0 else year


def news_year(told: Told, published: Day, announced: int | None, tense: int) -> int:
    """The year of publication, the one before for a past that would lie ahead, the one after for a future that would be past."""
    month = _first_month(told)
    if month is None:
        return published.year
    gap = month - published.month
    if gap == 0 and told.day:
        gap = (told.day > published.day) - (told.day < published.day)
    if gap < 0 and tense >= 0 and announced:
        return announced
    near = told.grain == "day" and gap <= _NEAR
    if gap > 0 and not near and (tense < 0 or gap > 9):
        return published.year - 1
    if gap < 0 and tense > 0 and (told.grain != "day" or gap <= -2):
        return published.year + 1
    return published.year


def stepped_year(told: Told, base: int, month: int | None) -> int:
    """ "last May", "next spring": the nearest before or after the base, where its month is known."""
    first, step = _first_month(told), told.step or 0
    if step == 0 or month is None or first is None:
        return base + step
    if step > 0:
        return base if first > month else base + 1
    return base if first < month else base - 1


def full_year(tail: int, base: int | None, decade: bool) -> int | None:
    """The year that "'17" or "the '80s" means near the year `base`; a decade has begun already."""
    if base is None:
        return None
    century = base // 100 * 100
    if decade:
        return century + tail - (100 if tail > base % 100 else 0)
    return min((century - 100 + tail, century + tail, century + 100 + tail), key=lambda year: abs(year - base))


def agreeing_year(told: Told, year: int | None) -> int | None:
    """The year nearest to the one supposed in which the date has the weekday told with it."""
    if year is None or not (told.weekday and told.month and told.day) or not _GREGORIAN_FROM < year < LAST_YEAR - 1:
        return year
    for candidate in (year, year - 1, year + 1):
        if told.day <= days_in_month(candidate, told.month) and weekday_of(Day(candidate, told.month, told.day)) == told.weekday:
            return candidate
    return year


def _first_month(told: Told) -> int | None:
    return told.month or _MONTHS_OF.get(told.part or "", (None, None))[0]


def _last_month(point: Point) -> int | None:
    if point.grain == "year" and point.modifier == "late":
        return 12
    return point.month or _MONTHS_OF.get(point.part or "", (None, None))[1]


def in_range(year: int | None) -> bool:
    """Whether the calendar reaches the year, with a year to spare for counting on."""
    return year is not None and FIRST_YEAR < year < LAST_YEAR

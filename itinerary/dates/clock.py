"""The narrative clock: places what was told on the calendar, from what was told before and from the day of publication."""

from __future__ import annotations

from dataclasses import dataclass, replace

from itinerary.dates.almanac import FIRST_YEAR, LAST_YEAR, Point, of_day, shifted, weekday_of
from itinerary.dates.feasts import day_of
from itinerary.dates.manner import Manner
from itinerary.dates.readings import SHORT, Shift, Told
from itinerary.model import Day, days_in_month

_X_GRAINS = {
    "day": "day",
    "week": "week",
    "weekend": "weekend",
    "month": "month",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "quarter": "part",
}


PUBLICATION = "the day of publication"
# A month that lies this many before the one the story has reached is next year's: "in December … in February".
_ROLLOVER = 8


# A day that lies no more months ahead is this year's even in a past tense: "was to have left April 30".
_NEAR = 1
# A programme that has come so many days past a weekday means the one of the week after.
_PASSED = 4


@dataclass(frozen=True, slots=True)
class Placed:
    """A time on the calendar and what it was counted from (None when the words gave it all)."""

    point: Point
    anchor: str | None = None


class Clock:
    """Knows the day of publication and the time the story has reached.

    A story tells of its own time: yearless dates go on from the last date told. News speaks from its day of publication. A diary
    speaks from the day last told, before the first one from its day of publication.
    """

    def __init__(self, published: Day | None, manner: Manner, start: Point | None = None) -> None:
        self.published = published
        self.manner = manner
        self.story: Point | None = start
        self.entry: Day | None = None  # the day at the head of a diary's entry
        self.announced: int | None = None
        self.glanced: Point | None = None  # a year told in passing, which only "that year" refers to
        self._words: str | None = "the first year told" if start else None

    def tell(self, point: Point, words: str) -> None:
        """Moves the story to a time just told."""
        if point.year is None:
            return
        self.story, self.glanced = point, None
        self._words = words

    def announce(self, year: int) -> None:
        """Notes a year after that of publication: what is yet to come and has no year of its own falls in it."""
        if self.published and self.published.year < year <= self.published.year + 2:
            self.announced = year

    def enter(self, day: Day) -> None:
        """Begins the entry of a day: from here "today" is that day."""
        self.entry = day

    def glance(self, point: Point) -> None:
        """Notes a time that the story does not stay at."""
        self.glanced = point

    @property
    def _tells(self) -> bool:
        """Whether what is open is taken from the story told so far, not from the day of publication."""
        if self.manner is Manner.DIARY:
            return self.published is None or self.story is not None
        return self.manner is Manner.STORY or self.published is None

    @property
    def _today(self) -> tuple[Day | None, str | None]:
        """The day that "today" is, and what tells it."""
        if self.manner is Manner.STORY:
            return None, None
        if self.manner is Manner.DIARY and self.entry:
            return self.entry, "the day of the entry"
        return self.published, PUBLICATION if self.published else None

    # --- dates --------------------------------------------------------------------------------------------------------

    def place(self, told: Told, tense: int) -> Placed:
        """A told date with what is missing taken from the context; open parts stay open."""
        year = told.year
        if year is not None and year < SHORT // 2:
            year = self._century_for(year - SHORT, told)
            told = replace(told, year=year)
        if told.grain in ("decade", "century"):
            return Placed(Point(told.grain, year, modifier=told.modifier))
        if told.feast:
            return self._feast(told, tense)
        if told.weekday and told.day is None and told.month is None:
            return self._weekday(told, tense)
        if told.day and told.month is None:
            return self._day_of_month(told, tense)
        if year is not None:
            return Placed(_point(told))
        year, anchor = self._year_for(told, tense)
        year = _agreeing(told, year)
        ending = told.part == "WI" and self._tells
        return Placed(replace(_point(replace(told, year=year)), ending=ending), anchor)

    def _century_for(self, tail: int, told: Told) -> int | None:
        base = self.story.year if self.story and self.story.year else self.published.year if self.published else None
        if base is None:
            return None
        if told.grain == "decade":
            return base // 100 * 100 + tail - (100 if tail > base % 100 else 0)
        century = base // 100 * 100
        return min((century - 100 + tail, century + tail, century + 100 + tail), key=lambda y: abs(y - base))

    def _year_for(self, told: Told, tense: int) -> tuple[int | None, str | None]:
        """The year of a date told without one."""
        if told.step is not None:
            base, anchor = self._base_year()
            return (None, None) if base is None else (self._stepped(base, told), anchor)
        if self._tells:
            if self.story and self.story.year is not None:
                return self._story_year(told, self.story, tense), self._words
            return None, None
        return self._news_year(told, tense), PUBLICATION

    def _base_year(self) -> tuple[int | None, str | None]:
        if self.glanced:
            return self.glanced.year, "the year just named"
        if self._tells and self.story:
            return self.story.year, self._words
        if self.published:
            return self.published.year, PUBLICATION
        return (self.story.year, self._words) if self.story else (None, None)

    def _stepped(self, base: int, told: Told) -> int:
        """ "last May", "next spring": the nearest before or after where the month of the anchor is known."""
        assert told.step is not None
        anchor = self.story.month if self._tells and self.story else self.published.month if self.published else None
        first = _first_month(told)
        if told.step == 0 or anchor is None or first is None:
            return base + told.step
        if told.step > 0:
            return base if first > anchor else base + 1
        return base if first < anchor else base - 1

    def _story_year(self, told: Told, story: Point, tense: int) -> int:
        assert story.year is not None
        month, reached, year = _first_month(told), _last_month(story), story.year
        if month and reached and reached - month >= _ROLLOVER:
            year += 1
        now = self.published
        ahead = now is not None and (year, month or 1) > (now.year, now.month)
        return year - 1 if ahead and tense < 0 and year > story.year - 1 else year  # what is told as past was before publication

    def _news_year(self, told: Told, tense: int) -> int:
        assert self.published
        here = self.published.year
        month = _first_month(told)
        if month is None:
            return here
        gap = month - self.published.month
        if told.grain == "day" and told.day and gap == 0:
            gap = 1 if told.day > self.published.day else -1 if told.day < self.published.day else 0
        if gap < 0 and tense >= 0 and self.announced and gap > -12:
            return self.announced
        near = told.grain == "day" and gap <= _NEAR
        if gap > 0 and (tense < 0 or gap > 9) and not near:
            return here - 1
        if gap < 0 and tense > 0 and (told.grain != "day" or gap <= -2):
            return here + 1
        return here

    def _feast(self, told: Told, tense: int) -> Placed:
        assert told.feast
        year, anchor = told.year, None
        if year is None:
            probe = day_of(told.feast, 2000)
            year, anchor = self._year_for(
                replace(told, month=probe.month if probe else None, day=probe.day if probe else None), tense
            )
        day = day_of(told.feast, year) if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None
        if day:
            return Placed(of_day(day, told.clock), anchor)
        probe = day_of(told.feast, 2001) if day_of(told.feast, 2000) == day_of(told.feast, 2001) else None
        return Placed(Point("day", year, probe.month if probe else None, probe.day if probe else None, clock=told.clock), anchor)

    def _weekday(self, told: Told, tense: int) -> Placed:
        assert told.weekday
        open_day = Placed(Point("day", weekday=told.weekday, clock=told.clock))
        if self._tells and not (self.manner is Manner.DIARY and self.published and self._is_recent):
            day = self.story.date if self.story else None
            if day is None:
                return open_day
            step = (told.weekday - weekday_of(day)) % 7
            if told.step is not None and told.step < 0:
                step = step - 7
            elif told.step and step == 0:
                step = 7
            elif tense < 0 and self.published and day.number + step > self.published.number:
                step -= 7
            return _moved(day, step, told.clock, self._words) or open_day
        return _moved(self.published, self._news_step(told, tense), told.clock, PUBLICATION) or open_day

    @property
    def _is_recent(self) -> bool:
        """Whether the story, told to no day, is of the year of publication."""
        return bool(self.story and self.published and not self.story.date and self.story.year == self.published.year)

    def _news_step(self, told: Told, tense: int) -> int:
        assert self.published and told.weekday
        ahead = (told.weekday - weekday_of(self.published)) % 7
        if told.step == 2:
            return told.weekday - weekday_of(self.published) + 7
        if told.step == -2:
            return told.weekday - weekday_of(self.published) - 7
        if told.step is not None and told.step < 0:
            return ahead - 7
        if told.step == 1:
            return ahead or 7
        if told.step == 0:
            return ahead if tense >= 0 else (ahead - 7 if ahead else 0)
        if tense > 0:
            return ahead + 7 if self._announced - ahead >= _PASSED else ahead
        return ahead - 7 if ahead else 0

    @property
    def _announced(self) -> int:
        """How many days after publication the last day told lies: a programme goes on from there."""
        day = self.story.date if self.story else None
        return day.number - self.published.number if day and self.published else 0

    def _day_of_month(self, told: Told, tense: int) -> Placed:
        """ "the 14th": the month of the story, the next one when the story has passed that day by far."""
        base = self.story if self._tells else of_day(self.published)
        if not self._tells and self.story and self.story.month:
            base = self.story
        anchor = self._words if base is self.story else PUBLICATION
        if base is None or base.month is None or base.year is None:
            return Placed(Point("day", base.year if base else None, None, told.day, clock=told.clock), anchor if base else None)
        month, year = base.month, base.year
        assert told.day
        if (
            base.grain == "day"
            and base.day
            and told.step is None
            and base.day - told.day >= 14
            and tense <= 0
            and base is self.story
        ):
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        if told.day > days_in_month(year, month):
            return Placed(Point("day", None, None, told.day, clock=told.clock))
        return Placed(Point("day", year, month, told.day, clock=told.clock), anchor)

    # --- counting -----------------------------------------------------------------------------------------------------

    def count(self, shift: Shift, tense: int) -> Placed:
        """A time counted from another; with X where the origin is not known."""
        assert shift.count is not None
        origin, anchor = self._origin(shift)
        steps = shift.count
        if (
            shift.unit == "weekend"
            and steps == 0
            and (tense < 0 or (shift.sign < 0 and tense == 0))
            and origin
            and origin.date
            and weekday_of(origin.date) < 6
        ):
            steps = -1  # "over the weekend", looking back on a working day
        moved = shifted(origin, shift.unit, steps) if origin else None
        if moved is None:
            return Placed(_open(shift))
        if shift.modifier:
            moved = replace(moved, modifier=shift.modifier)
        return Placed(moved.at(shift.clock) if shift.clock else moved, anchor)

    def _origin(self, shift: Shift) -> tuple[Point | None, str | None]:
        if shift.origin == "event":
            return None, None
        if self.glanced and shift.unit == "year" and shift.origin == "story":
            return self.glanced, "the year just named"
        today, anchor = self._today
        if shift.origin == "speech" or (shift.origin == "near" and today):
            return (of_day(today), anchor) if today else (None, None)
        if self.story and not (shift.origin == "clock" and self.manner is Manner.NEWS and not self.story.date):
            return self.story, self._words
        reported = self.manner is Manner.NEWS and (shift.origin == "clock" or shift.sign < 0)
        return (of_day(self.published), PUBLICATION) if self.published and reported else (None, None)


def _agreeing(told: Told, year: int | None) -> int | None:
    """The year nearest to the one supposed in which the date has the weekday told with it."""
    if year is None or not (told.weekday and told.month and told.day) or not FIRST_YEAR + 6 < year < LAST_YEAR - 6:
        return year
    for candidate in (year, year - 1, year + 1):
        if told.day <= days_in_month(candidate, told.month) and weekday_of(Day(candidate, told.month, told.day)) == told.weekday:
            return candidate
    return year


def _point(told: Told) -> Point:
    return Point(
        told.grain, told.year, told.month, told.day, told.part, clock=told.clock, modifier=told.modifier, rough=told.rough
    )  # fmt: skip


def _open(shift: Shift) -> Point:
    return Point(_X_GRAINS.get(shift.unit, "day"), part="QX" if shift.unit == "quarter" else None, clock=shift.clock)


def _moved(day: Day, step: int, clock: str, anchor: str | None) -> Placed | None:
    if not FIRST_YEAR < day.year < LAST_YEAR:
        return None
    return Placed(of_day(day.plus(step), clock), anchor)


def _first_month(told: Told) -> int | None:
    if told.month:
        return told.month
    return _PART_MONTHS[told.part][0] if told.part else None


def _last_month(point: Point) -> int | None:
    if point.month:
        return point.month
    if point.grain == "year" and point.modifier == "late":
        return 12
    return _PART_MONTHS[point.part][1] if point.part in _PART_MONTHS else None


_PART_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (1, 2), "H1": (1, 6), "H2": (7, 12),
                "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}  # fmt: skip

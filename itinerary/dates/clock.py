"""The narrative clock: places what was told on the calendar, from what was told before and from the day of publication."""

from __future__ import annotations

from dataclasses import dataclass, replace

from itinerary.dates import feasts, weekdays, years
from itinerary.dates.almanac import Point
from itinerary.dates.counting import of_day, shifted, weekday_of
from itinerary.dates.manner import Manner
from itinerary.dates.readings import SHORT, Shift, Told
from itinerary.model import Day, days_in_month

PUBLICATION = "the day of publication"
NEARBY = "the date just before"
JUST_NAMED = "the year just named"
# How far back in the month, in days, a bare "the 3rd" must lie to be next month's.
_MONTH_ENDED = 14
_OPEN_GRAINS = ("day", "week", "weekend", "month", "year", "decade", "century")
Anchored = tuple[Point | None, str | None]


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
        self.nearby: Point | None = None  # a date of another year told just before, in the same paragraph
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
        if told.year is not None and told.year < SHORT // 2:
            told = replace(told, year=years.full_year(told.year - SHORT, self._base_year(told)[0], told.grain == "decade"))
        if told.grain in ("decade", "century"):
            return Placed(Point(told.grain, told.year, modifier=told.modifier))
        if told.feast:
            return self._feast(told, tense)
        if told.month is None and told.grain == "day":
            return self._day_of_month(told, tense) if told.day else self._weekday(told, tense)
        if told.year is not None:
            return Placed(_point(told))
        year, anchor = self._year_for(told, tense)
        ending = told.part == "WI" and self._tells
        return Placed(replace(_point(replace(told, year=years.agreeing_year(told, year))), ending=ending), anchor)

    def _year_for(self, told: Told, tense: int) -> tuple[int | None, str | None]:
        """The year of a date told without one."""
        if told.step is not None:
            base, anchor = self._base_year(told)
            month = self.story.month if self._tells and self.story else self.published.month if self.published else None
            return (None if base is None else years.stepped_year(told, base, month)), anchor
        if not self._tells and self.nearby and told.month:
            return years.story_year(told, self.nearby, self.published, tense), NEARBY
        if not self._tells and self.published:
            return years.news_year(told, self.published, self.announced, tense), PUBLICATION
        if self.story and self.story.year is not None:
            return years.story_year(told, self.story, self.published, tense), self._words
        return None, None

    def _base_year(self, told: Told) -> tuple[int | None, str | None]:
        """The year that a step is counted from, or that is near to a year of two figures."""
        if self.glanced and told.step is not None:
            return self.glanced.year, JUST_NAMED
        if self.story and (self._tells or not self.published):
            return self.story.year, self._words
        return (self.published.year, PUBLICATION) if self.published else (None, None)

    def _feast(self, told: Told, tense: int) -> Placed:
        key, year, anchor = told.feast or "", told.year, None
        if year is None:
            month, day = feasts.month_of(key)
            year, anchor = self._year_for(replace(told, month=month, day=day), tense)
        return Placed(feasts.point_of(key, year, told.clock), anchor)

    def _weekday(self, told: Told, tense: int) -> Placed:
        published, day = self.published, self.story.date if self.story else None
        ahead = day.number - published.number if day and published else 0
        placed = None
        if published and (not self._tells or self._is_recent):
            step = weekdays.news_step(told, weekday_of(published), reached=ahead, tense=tense)
            placed = _moved(published, step, told.clock, PUBLICATION)
        elif day and self.story:
            weekday = self.story.weekday or weekday_of(day)  # as told: before 1753 it may be the Julian one
            step = weekdays.story_step(told, weekday, days_left=-ahead if published else None, tense=tense)
            placed = _moved(day, step, told.clock, self._words)
        return placed or Placed(Point("day", weekday=told.weekday, clock=told.clock))

    @property
    def _is_recent(self) -> bool:
        """Whether a diary, told to no day yet, is of the year of publication."""
        if self.manner is not Manner.DIARY or not self.story or not self.published:
            return False
        return not self.story.date and self.story.year == self.published.year

    def _day_of_month(self, told: Told, tense: int) -> Placed:
        """ "the 14th": the month of the story, the next one when the story has passed that day by far."""
        base, anchor = self.story, self._words
        if not self._tells and self.published and not (base and base.month):
            base, anchor = of_day(self.published), PUBLICATION
        if base is None or base.month is None or base.year is None or not told.day:
            return Placed(Point("day", base.year if base else None, None, told.day, clock=told.clock), anchor if base else None)
        month, year = base.month, base.year
        ended = base is self.story and base.day and base.day - told.day >= _MONTH_ENDED
        if ended and told.step is None and tense <= 0:
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        if told.day > days_in_month(year, month):
            return Placed(Point("day", None, None, told.day, clock=told.clock))
        return Placed(Point("day", year, month, told.day, clock=told.clock), anchor)

    # --- counting -----------------------------------------------------------------------------------------------------

    def count(self, shift: Shift, tense: int) -> Placed:
        """A time counted from another; with X where the origin is not known."""
        origin, anchor = self._origin(shift)
        steps = shift.count or 0
        if shift.unit == "weekend" and steps == 0 and origin and _looks_back(shift, origin, tense):
            steps = -1
        moved = shifted(origin, shift.unit, steps) if origin else None
        if moved is None:
            grain = shift.unit if shift.unit in _OPEN_GRAINS else "part" if shift.unit == "quarter" else "day"
            return Placed(Point(grain, part="QX" if grain == "part" else None, clock=shift.clock))
        return Placed(replace(moved, modifier=shift.modifier or moved.modifier, clock=shift.clock or moved.clock), anchor)

    def _origin(self, shift: Shift) -> Anchored:
        if shift.origin == "event":
            return None, None
        if self.glanced and shift.unit == "year" and shift.origin == "story":
            return self.glanced, JUST_NAMED
        today, anchor = self._today
        if shift.origin == "speech" or (shift.origin == "near" and today):
            return (of_day(today), anchor) if today else (None, None)
        news = self.manner is Manner.NEWS
        if self.story and (self.story.date or not news or shift.origin != "clock"):
            return self.story, self._words
        reported = news and (shift.origin == "clock" or shift.sign < 0)
        return (of_day(self.published), PUBLICATION) if self.published and reported else (None, None)


def _looks_back(shift: Shift, origin: Point, tense: int) -> bool:
    """Whether "the weekend" is the last one: told on a working day, in the past."""
    day = origin.date
    return bool(day and weekday_of(day) < 6 and (tense < 0 or (shift.sign < 0 and tense == 0)))


def _point(told: Told) -> Point:
    return Point(
        told.grain, told.year, told.month, told.day, told.part,
        weekday=told.weekday, clock=told.clock, modifier=told.modifier, rough=told.rough,
    )  # fmt: skip


def _moved(day: Day, step: int, clock: str, anchor: str | None) -> Placed | None:
    return Placed(of_day(day.plus(step), clock), anchor) if years.in_range(day.year) else None

"""Times as a reader says them: "3–7 May 1843", "May 1843", "the 1840s"."""

from __future__ import annotations

from itinerary.model import Day, Precision, TimeSpan, Visit

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}  # by their first month, as texts of the north tell them


def stay(visit: Visit) -> str:
    """From arrival to departure as far as it is known, else the words of the text ("Sunday"), else ""."""
    if visit.arrive and visit.depart and visit.arrive != visit.depart:
        return between(visit.arrive, visit.depart)
    if visit.arrive:
        return words(visit.arrive)
    if visit.depart:
        return f"until {words(visit.depart)}"
    return visit.when_told or ""


def bounded(visit: Visit, bounds: TimeSpan | None) -> str:
    """As `stay`; where the text tells no time at all, the days that the dated stops around it leave."""
    return stay(visit) or (_within(bounds.earliest, bounds.latest) if bounds else "")


def _within(first: Day, last: Day) -> str:
    """The days between two, what they share said once.

    >>> _within(Day(1843, 5, 3), Day(1843, 5, 9)), _within(Day(1843, 5, 3), Day(1843, 6, 1))
    ('between 3 and 9 May 1843', 'between 3 May and 1 June 1843')
    """
    if first == last:
        return _day(first)
    start = _day(first)
    if first.year == last.year:
        start = f"{first.day}" if first.month == last.month else f"{first.day} {_MONTHS[first.month - 1]}"
    return f"between {start} and {_day(last)}"


def words(time: TimeSpan) -> str:
    """One time.

    >>> words(TimeSpan(Day(1843, 5, 1), Day(1843, 5, 31), Precision.MONTH)), words(TimeSpan.of_day(Day(-43, 3, 15)))
    ('May 1843', '15 March 44 BC')
    >>> words(TimeSpan(Day(1846, 12, 1), Day(1847, 2, 28), Precision.SEASON))
    'winter 1846–1847'
    """
    first = time.earliest
    if time.precision is Precision.MONTH:
        return f"{_MONTHS[first.month - 1]} {_year(first)}"
    if time.precision is Precision.YEAR:
        return _year(first)
    if time.precision is Precision.SEASON and first.day == 1 and first.month in _SEASONS:
        over_new_year = f"–{_year(time.latest)}" if time.latest.year != first.year else ""
        return f"{_SEASONS[first.month]} {_year(first)}{over_new_year}"
    if time.precision is Precision.DECADE and first.year % 10 == 0 and first.year > 0:
        return f"the {first.year}s"
    return _range(first, time.latest)


def between(arrive: TimeSpan, depart: TimeSpan) -> str:
    """The time from one to the other.

    >>> between(TimeSpan.of_day(Day(1843, 5, 3)), TimeSpan.of_day(Day(1843, 5, 7)))
    '3–7 May 1843'
    """
    if arrive.precision is Precision.DAY and depart.precision is Precision.DAY:
        return _range(arrive.earliest, depart.latest)
    return f"{words(arrive)} – {words(depart)}"


def _range(first: Day, last: Day) -> str:
    if first == last or last < first:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _day(day: Day) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {_year(day)}"


def _year(day: Day) -> str:
    return str(day.year) if day.year > 0 else f"{1 - day.year} BC"

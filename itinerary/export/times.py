"""Times as other programs read them: ISO 8601 at the precision told, EDTF where that can't say it, and the exact days."""

from __future__ import annotations

from itinerary.model import Day, Precision, TimeSpan, Visit


def iso(when: TimeSpan | None) -> str | None:
    """The date at the precision told, None when there is none that ISO 8601 can say."""
    return when.isoformat() if when else None


def edtf(when: TimeSpan | None) -> str | None:
    """Extended Date/Time Format, level 2: what is one day among several is written as a set of days.

    >>> edtf(TimeSpan(Day(1840, 1, 1), Day(1849, 12, 31), Precision.DECADE))
    '184X'
    >>> edtf(TimeSpan(Day(2023, 9, 11), Day(2023, 9, 17), Precision.WEEK))
    '[2023-09-11..2023-09-17]'
    """
    if when is None:
        return None
    if when.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return when.isoformat()
    return _rounded(when) or f"[{when.earliest.isoformat()}..{when.latest.isoformat()}]"


def _rounded(when: TimeSpan) -> str | None:
    """A whole decade or century of our era: "184X", "18XX"."""
    for years, figures in ((10, 1), (100, 2)):
        first = when.earliest.year
        whole = Day(first, 1, 1), Day(min(first + years - 1, 9999), 12, 31)
        if first >= 1000 and first % years == 0 and (when.earliest, when.latest) == whole:
            return str(first)[:-figures] + "X" * figures
    return None


def exact(when: TimeSpan | None) -> list[str] | None:
    """First day, last day and precision, from which the time can be made again."""
    return [when.earliest.isoformat(), when.latest.isoformat(), str(when.precision)] if when else None


def partial(when: TimeSpan | None, *, latest: bool) -> str | None:
    """One date as exact as it is known ("1843", "1843-05-03"), of a longer time its last day or its first.

    None before the year 1, which XML's dates can't say in a way that all programs agree on.
    """
    if when is None or when.earliest.year < 1:
        return None
    return when.isoformat() or (when.latest if latest else when.earliest).isoformat()


def bounds(visit: Visit) -> tuple[TimeSpan | None, TimeSpan | None]:
    """When the stay began and ended as far as the text tells; the one stands for the other where only one is told."""
    return visit.arrive or visit.depart, visit.depart or visit.arrive

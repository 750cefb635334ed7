"""What a grammar row reads out of the words, before the clock places it on the calendar."""

from __future__ import annotations

from dataclasses import dataclass

# Added to a year told by its last two figures only, whose century the context must tell.
SHORT = -100_000


@dataclass(frozen=True, slots=True)
class Told:
    """Parts of a calendar date as told. `grain` is the finest unit; what is None must come from the context.

    `part` is a season, half or quarter, `clock` a TIMEX3 time of day, `feast` the key of a holiday. `step` moves the year or
    the week away from the context: "next spring" +1, "that May" 0; None when the words do not say.
    """

    grain: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    clock: str = ""
    modifier: str | None = None
    rough: bool = False
    feast: str | None = None
    step: int | None = None
    others: tuple[tuple[int, int, int], ...] = ()  # the other readings (year, month, day) of an all-figure date


@dataclass(frozen=True, slots=True)
class Shift:
    """`count` units after (before if negative) an origin: "speech" (ago, yesterday), "story" (later) or "event" (after X).

    `count` None: not told ("days later"), `sign` then gives the direction.
    """

    unit: str
    count: int | None
    origin: str
    sign: int = 1
    clock: str = ""
    modifier: str | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that needs no calendar: PRESENT_REF, P3D, every Sunday."""

    value: str
    type: str


Reading = Told | Shift | Fixed

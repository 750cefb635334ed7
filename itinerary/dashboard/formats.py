"""Numbers, distances and dates as the reader is used to them: grouping, kilometres or miles, the order of a date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self

from itinerary.drawing import times
from itinerary.model import TimeSpan, Visit

_MILE_KM = 1.609344  # the international mile
_MILE_REGIONS = frozenset({"US", "GB", "LR", "MM"})  # where roads are measured in miles
_MONTH_FIRST = frozenset({"US", "PH", "FM", "PW", "MH"})  # where English dates are written "May 3, 1843"
# Languages by the sign between thousands, as CLDR has them; all others take a comma. U+202F is the narrow no-break space.
_GROUPING = {
    ".": frozenset({"de", "nl", "it", "es", "pt", "da", "el", "id", "tr", "ro", "sl", "hr", "sr", "vi", "is"}),
    "\u202f": frozenset({"fr", "ru", "uk", "pl", "cs", "sk", "sv", "nb", "no", "nn", "fi", "hu", "bg", "lt", "lv", "et"}),
}
_APOSTROPHE = frozenset({"CH", "LI"})
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY_MONTH = re.compile(rf"(\d{{1,2}}(?:(?:–| and )\d{{1,2}})?) ({_MONTHS})(?: (\d+(?: BC)?))?")


@dataclass(frozen=True, slots=True)
class Manner:
    """How numbers and dates are written: unit "km" or "mi", the sign between thousands, whether the month comes first."""

    units: str = "km"
    grouping: str = ","
    month_first: bool = False

    @classmethod
    def of(cls, locale: str | None) -> Self:
        """What a browser's locale ("de-CH", "en-US") asks for; the default for None.

        >>> Manner.of("en-US"), Manner.of("de")
        (Manner(units='mi', grouping=',', month_first=True), Manner(units='km', grouping='.', month_first=False))
        """
        language, *rest = re.split(r"[-_]", locale or "")
        region = next((part.upper() for part in rest if re.fullmatch(r"[A-Za-z]{2}", part)), "")
        sign = next((sign for sign, languages in _GROUPING.items() if language.lower() in languages), ",")
        return cls("mi" if region in _MILE_REGIONS else "km", "’" if region in _APOSTROPHE else sign, region in _MONTH_FIRST)

    def measuring(self, units: str) -> Manner:
        """The same manner in "km" or "mi"."""
        return replace(self, units=units)

    def number(self, value: float) -> str:
        """A whole number with its thousands apart."""
        return f"{value:,.0f}".replace(",", self.grouping)

    def length(self, km: float) -> float:
        """A distance in the reader's unit."""
        return km / _MILE_KM if self.units == "mi" else km

    def distance(self, km: float) -> str:
        """A distance with its unit.

        >>> Manner("mi").distance(1609.344).split()
        ['1,000', 'mi']
        """
        return f"{self.number(self.length(km))}\u00a0{self.units}"

    def dates(self, words: str) -> str:
        """A time in words, its months put first where the reader's region does.

        >>> Manner(month_first=True).dates("30 April – 3 May 1843")
        'April 30 – May 3, 1843'
        """
        return _DAY_MONTH.sub(_month_first, words) if self.month_first else words

    def time(self, time: TimeSpan) -> str:
        """A time on the calendar in words."""
        return self.dates(times.words(time))

    def stay(self, visit: Visit) -> str:
        """From arrival to departure as far as it is known; "" when the text tells nothing."""
        return self.dates(times.stay(visit))

    def bounded(self, visit: Visit, bounds: TimeSpan | None) -> str:
        """As `stay`; where the text tells nothing, the days that the dated stops around it leave."""
        return self.dates(times.bounded(visit, bounds))


def _month_first(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    return f"{month} {day}" + (f", {year}" if year else "")

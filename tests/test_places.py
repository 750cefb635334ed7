"""Claims about our own lists of places: no doubles, known kinds, and every point in the country or sea it names."""

import math
from collections import defaultdict
from functools import cache

import pytest

from itinerary.gazetteer import natural_earth, ours
from itinerary.gazetteer.entry import near_km
from itinerary.model import Kind
from itinerary.names import fold

FILES = sorted((ours.DATA / "places").glob("*.csv"))
ROWS = {path.stem: list(ours.rows(path)) for path in FILES}
each_file = pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
WATER = {Kind.OCEAN, Kind.SEA, Kind.BAY, Kind.STRAIT}
# May lie in no country, or in so many that none is named.
STATELESS = WATER | {
    Kind.REGION, Kind.HISTORICAL, Kind.RIVER, Kind.RANGE, Kind.DESERT, Kind.ISLAND, Kind.ARCHIPELAGO, Kind.PENINSULA, Kind.CAPE,
    Kind.GLACIER, Kind.MOUNTAIN, Kind.LANDMARK, Kind.BASE, Kind.STATION, Kind.CONTINENT, Kind.VALLEY, Kind.LAKE,
}  # fmt: skip
# Natural Earth leaves out small islands, and lists round to a tenth of a degree: a point may lie this far (km) outside.
TOLERANCE_KM = 75.0
# Natural Earth draws these as parts of another country.
PART_OF = {"GF": "FR", "GP": "FR", "MQ": "FR", "RE": "FR", "YT": "FR", "SJ": "NO", "BQ": "NL", "TW": "CN-TW", "BV": "NO"}
# Natural Earth draws lands by who holds them, and no ice shelves; these boxes (south, north, west, east) count as well.
BOXES = {
    "UA": (44.3, 46.3, 32.4, 36.7),  # Crimea
    "EH": (20.7, 27.7, -17.2, -8.6),
    "CY": (34.5, 35.8, 32.2, 34.7),
    "TW": (25.9, 26.5, 119.8, 120.6),  # Matsu
    "SO": (8.0, 11.6, 42.6, 49.1),  # Somaliland
    "AQ": (-90.0, -60.0, -180.0, 180.0),
}
# Islands too small to be drawn, far from any that is.
LONELY = {"Dry Tortugas", "Enewetak", "Kastellorizo", "Palmerston Island", "Ulithi"}
# Too small for the polygons.
UNDRAWN = {"TK", "CC", "CX"}


@cache
def lands():
    """ISO code -> rings."""
    rings = defaultdict(list)
    for _, _, code, _, _, parts in natural_earth.polygons()["countries"]:
        rings[code] += parts
    return rings


def point(row):
    return float(row["latitude"]), float(row["longitude"])


def countries(row):
    return [code for code in row["country"].split("|") if code and code not in UNDRAWN]


def km_outside(code, where):
    """Kilometres from a point to a country; 0 inside."""
    south, north, west, east = BOXES.get(code, (99, 99, 0, 0))
    code = PART_OF.get(code, code)
    if natural_earth.contains(lands()[code], *where) or (south <= where[0] <= north and west <= where[1] <= east):
        return 0.0
    return km_to_border(lands()[code], where)


def km_to_border(rings, where):
    """Kilometres to the nearest side of any ring that may be within 300 km."""
    tall, wide = 2.7, 2.7 / max(0.05, math.cos(math.radians(where[0])))
    best = math.inf
    for (west, south, east, north), ring in rings:
        if west - wide <= where[1] <= east + wide and south - tall <= where[0] <= north + tall:
            best = min(best, *(to_side(where, a, b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)))
    return best


def to_side(where, a, b):
    """Distance from a point to the side a-b (longitude, latitude pairs), on a flat map."""
    shrink = math.cos(math.radians(where[0]))
    ax, ay = (a[0] - where[1]) * shrink, a[1] - where[0]
    dx, dy = (b[0] - a[0]) * shrink, b[1] - a[1]
    length = dx * dx + dy * dy
    share = min(1.0, max(0.0, -(ax * dx + ay * dy) / length)) if length else 0.0
    return 111.2 * math.hypot(ax + share * dx, ay + share * dy)


def complaints(rows, judge):
    """What `judge` says of the rows it does not like, each with the name of the row."""
    return [f"{row['name']}: {said}" for row in rows for said in judge(row)]


def bad_form(row):
    """What is wrong with a row taken by itself."""
    latitude, longitude = point(row)
    if not fold(row["name"]) or not all(fold(a) for a in row["alternates"].split("|") if a):
        yield "a name without letters"
    if row["kind"] not in set(Kind):
        yield f"unknown kind {row['kind']}"
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or (latitude, longitude) == (0, 0):
        yield f"impossible point {latitude}, {longitude}"
    if not 0 <= float(row["radius_km"]) <= 12_000:
        yield f"radius {row['radius_km']} km"
    if not all(len(code) == 2 and code.isupper() for code in row["country"].split("|") if code):
        yield f"country {row['country']}"
    if not row["country"] and row["kind"] not in STATELESS:
        yield "no country"


def bad_point(row):
    """Whether the point lies outside of the country or sea that the row claims."""
    where, reach = point(row), max(TOLERANCE_KM, float(row["radius_km"]))
    codes = countries(row)
    if unknown := [code for code in codes if not lands().get(PART_OF.get(code, code))]:
        yield f"unknown country {unknown}"
    elif row["name"] in LONELY:
        return
    elif codes and (away := min(km_outside(code, where) for code in codes)) > reach:
        yield f"{away:.0f} km outside of {row['country']}"
    elif not codes and row["kind"] in WATER:
        inland = [km_to_border(rings, where) for rings in lands().values() if natural_earth.contains(rings, *where)]
        if any(km > reach for km in inland):
            yield f"{min(inland):.0f} km inland"


def test_there_are_enough_places():
    assert sum(map(len, ROWS.values())) >= 1500


@each_file
def test_the_columns_are_those_of_the_readme(rows):
    assert {tuple(row) for row in rows} == {ours.PLACE_COLUMNS}


@each_file
def test_every_row_is_well_formed(rows):
    assert complaints(rows, bad_form) == []


@each_file
def test_every_point_lies_in_the_country_or_sea_it_claims(rows):
    assert complaints(rows, bad_point) == []


@pytest.mark.parametrize(
    ("country", "latitude", "longitude", "said"),
    [("FR", "52.5", "13.4", "km outside of FR"), ("QQ", "1", "1", "unknown country"), ("UA", "55.7", "37.6", "km outside of UA")],
)
def test_a_point_in_the_wrong_country_is_found(country, latitude, longitude, said):
    row = {"name": "X", "kind": "mountain", "country": country, "latitude": latitude, "longitude": longitude, "radius_km": "0"}
    assert said in complaints([row], bad_point)[0]


def test_a_sea_on_land_is_found():
    row = {"name": "X", "kind": "sea", "country": "", "latitude": "60", "longitude": "100", "radius_km": "10"}
    assert "inland" in complaints([row], bad_point)[0]


def test_no_place_is_listed_twice():
    seen, doubles = defaultdict(list), []
    for file, rows in ROWS.items():
        for row in rows:
            key = (fold(row["name"]), row["kind"])
            doubles += [f"{row['name']} ({file}, {other})" for other, at in seen[key] if near_km(at, point(row)) <= 30]
            seen[key].append((file, point(row)))
    assert doubles == []


def test_the_readme_names_every_file():
    told = (ours.DATA / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in FILES if f"`{path.name}`" not in told] == []

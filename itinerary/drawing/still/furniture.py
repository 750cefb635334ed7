"""What stands around the map: title, legend, scale bar, attribution, and the small map that tells where a small frame lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import floor, log10

import numpy as np

from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.fonts import Typesetter, clean
from itinerary.drawing.still.legs import DrawnLeg, leg_pen
from itinerary.drawing.still.marks import Box, Mark, Pen, Pill, Shape
from itinerary.drawing.still.projections import Azimuthal, EqualEarth
from itinerary.drawing.still.stops import Stop, Style
from itinerary.drawing.still.terrain import terrain
from itinerary.drawing.still.view import View
from itinerary.drawing.times import between, words
from itinerary.model import Itinerary, Status
from itinerary.wording import count

ATTRIBUTION = "Base map: Natural Earth. Town names: GeoNames, CC BY 4.0. Legs are drawn as the shortest lines between stops."
NO_TITLE = "A journey"

_KM_A_MILE = 1.609344
_WIDE_KM = 3000.0  # a map wider than this has no one scale
_LOCATED_KM = 900.0  # a frame lower than this needs a small map that tells where it lies
_LOCATOR_DEGREES = 13.0  # from the middle of that small map to its edge


# --- words -------------------------------------------------------------------------------------------------------------


def title_of(trip: Itinerary) -> str:
    """The title of the text, cleaned."""
    return clean(trip.title or "", 180) or NO_TITLE


def subtitle_of(trip: Itinerary) -> str:
    """Who, when, and how far, as far as it is known."""
    if not trip.visits:
        return "The text tells of no place that its traveller visited."
    facts = [clean(trip.traveller or "", 60), _dates(trip), count(len(trip.visits), "stop")]
    if trip.legs and trip.distance_km >= 1:
        facts.append(f"{trip.distance_km:,.0f} km ({trip.distance_km / _KM_A_MILE:,.0f} miles)")
    return " · ".join(fact for fact in facts if fact)


def _dates(trip: Itinerary) -> str:
    """From the first time told to the last."""
    times = [time for visit in trip.visits for time in (visit.arrive, visit.depart) if time]
    if not times:
        return ""
    first, last = min(times, key=lambda t: t.earliest), max(times, key=lambda t: t.latest)
    return words(first) if first == last else between(first, last)


def wrapped(text: str, width: float, size: float, setter: Typesetter, *, most: int, face: str = "regular") -> list[str]:
    """At most so many lines of the text; the last is shortened if need be."""
    lines: list[str] = []
    rest = text.split(" ")
    while rest and len(lines) < most - 1:
        taken = 1
        while taken < len(rest) and setter.width(" ".join(rest[: taken + 1]), size, face) <= width:
            taken += 1
        lines.append(setter.shortened(" ".join(rest[:taken]), width, size, face))
        rest = rest[taken:]
    return [line for line in [*lines, setter.shortened(" ".join(rest), width, size, face)] if line]


def header(trip: Itinerary, box: Box, size: float, setter: Typesetter) -> tuple[list[Mark], float]:
    """Title and subtitle, and the height they take."""
    marks: list[Mark] = []
    large, y = 2.1 * size, box.y
    for line in wrapped(title_of(trip), box.width, large, setter, most=2, face="semibold"):
        marks.append(setter.set(line, (box.x, y + 0.86 * large), large, colours()["ink"], face="semibold"))
        y += 1.14 * large
    middle = 1.12 * size
    for line in wrapped(subtitle_of(trip), box.width, middle, setter, most=2):
        marks.append(setter.set(line, (box.x, y + 1.1 * middle), middle, colours()["quiet"]))
        y += 1.3 * middle
    return marks, y - box.y + 0.9 * size


# --- scale bar ---------------------------------------------------------------------------------------------------------


def nice(length: float) -> float:
    """The largest of 1, 2, 5, 10, 20, 50, … that is not above the length.

    >>> nice(730), nice(0.34)
    (500.0, 0.2)
    """
    power = 10.0 ** floor(log10(length))
    return round(next(step for step in (5, 2, 1) if step * power <= length * 1.0001) * power, 6)


def scale_bar(view: View, at: tuple[float, float], size: float, setter: Typesetter) -> tuple[list[Mark], float]:
    """Kilometres above the bar and miles below it, and the width of it all."""
    x, y = at
    longest = 11 * size * view.km_a_point
    km, miles = nice(longest), nice(longest / _KM_A_MILE)
    long_km, long_mi = km / view.km_a_point, miles * _KM_A_MILE / view.km_a_point
    ink, tick, middle = colours()["quiet"], 0.45 * size, y + 1.35 * size
    lines = (
        np.array([[x, middle], [x + max(long_km, long_mi), middle]]),
        np.array([[x, middle - tick], [x, middle + tick]]),
        np.array([[x + long_km, middle - tick], [x + long_km, middle]]),
        np.array([[x + long_mi, middle], [x + long_mi, middle + tick]]),
    )
    small = 0.86 * size
    first = setter.set(f"{km:,g} km", (x + 0.35 * size, middle - 0.35 * size), small, ink)
    second = setter.set(f"{miles:,g} miles", (x + 0.35 * size, middle + 1.02 * size), small, ink)
    end = x + max(long_km, long_mi) + 0.5 * size
    third = setter.set(_where_true(view), (end, middle + 0.3 * small), small, ink)
    marks: list[Mark] = [Shape(lines, pen=Pen(ink, 0.8), clip=None), first, second, third]
    return marks, end - x + setter.width(third.text, small)


def _where_true(view: View) -> str:
    if isinstance(view.projection, EqualEarth):
        return "at the equator"
    return "at the centre" if view.km_a_point * view.box.width > _WIDE_KM else ""


# --- legend ------------------------------------------------------------------------------------------------------------


def legend(stops: Sequence[Stop], legs: Sequence[DrawnLeg], style: Style, *, areas: bool) -> list[tuple[str, list[Mark]]]:
    """Words and a sample, drawn around (0, 0) and 20 points wide, for all kinds of things that are on the map."""
    found: list[tuple[str, list[Mark]]] = []
    plain = [leg for leg in legs if not leg.doubtful]
    if any(not leg.planned for leg in plain):
        found.append(("travelled", _line_sample(style, planned=False, doubtful=False)))
    if any(leg.planned for leg in plain):
        found.append(("planned", _line_sample(style, planned=True, doubtful=False)))
    if any(leg.doubtful for leg in legs):
        found.append(("doubtful", _line_sample(style, planned=False, doubtful=True)))
    paint = colours()
    if any(stop.doubtful for stop in stops):
        found.append(("doubtful stop", _dot_sample(8.0, Pen(paint["warning"], 1.0))))
    if any(stop.visit.status is Status.PLANNED and not stop.doubtful for stop in stops):
        found.append(("planned stop", _dot_sample(8.0, Pen(paint["accent"], 1.0, (2.4, 1.5)))))
    if any(stop.visit.status is Status.PASSED for stop in stops):
        found.append(("passed through", _dot_sample(6.5, Pen(paint["accent"], 1.0))))
    if areas:
        found.append(("somewhere in this area", _area_sample()))
    return found


def _line_sample(style: Style, *, planned: bool, doubtful: bool) -> list[Mark]:
    line = np.array([[0.0, 0.0], [20.0, 0.0]])
    return [Shape((line,), pen=leg_pen(style, planned=planned, doubtful=doubtful), clip=None)]


def _dot_sample(width: float, pen: Pen) -> list[Mark]:
    return [Pill(Box(10 - width / 2, -width / 2, width, width), colours()["paper"], pen)]


def _area_sample() -> list[Mark]:
    turn = np.linspace(0, 2 * np.pi, 25)
    ring = np.column_stack([10 + 5 * np.cos(turn), 5 * np.sin(turn)])
    accent = colours()["accent"]
    fill = Shape((ring,), fill=accent, fill_opacity=0.1, closed=True, clip=None)
    return [fill, Shape((ring,), pen=Pen(accent, 0.8, (2.0, 2.0)), clip=None)]


def legend_marks(entries: Sequence[tuple[str, list[Mark]]], box: Box, size: float, setter: Typesetter) -> Iterator[Mark]:
    """The legend in lines that end at the right edge of the box."""
    rows: list[list[tuple[str, list[Mark], float]]] = [[]]
    for text, sample in entries:
        width = 24 + setter.width(text, size) + 14
        if rows[-1] and sum(entry[2] for entry in rows[-1]) + width > box.width:
            rows.append([])
        rows[-1].append((text, sample, width))
    for at, row in enumerate(rows):
        x, y = box.right - sum(entry[2] for entry in row) + 14, box.y + (at + 0.75) * 1.35 * size
        for text, sample, width in row:
            yield from (_moved(mark, x, y) for mark in sample)
            yield setter.set(text, (x + 24, y + 0.34 * size), size, colours()["ink"])
            x += width


def _moved(mark: Mark, x: float, y: float) -> Mark:
    if isinstance(mark, Shape):
        return replace(mark, lines=tuple(line + np.array([x, y]) for line in mark.lines))
    if isinstance(mark, Pill):
        return replace(mark, box=Box(mark.box.x + x, mark.box.y + y, mark.box.width, mark.box.height))
    return replace(mark, x=mark.x + x, y=mark.y + y)


# --- the small map ---------------------------------------------------------------------------------------------------


def locator(view: View, room: float) -> View | None:
    """A round map of the lands around a small frame, at the upper left corner of the sheet; None when the frame is not small."""
    if not isinstance(view.projection, Azimuthal) or view.km_a_point * view.box.height > _LOCATED_KM:
        return None
    around = Azimuthal(view.projection.latitude, view.projection.longitude, 60.0)
    radius = room / 2
    disc = around.disc(_LOCATOR_DEGREES)
    scale = radius / float(disc[:, 0].max())
    outline = disc * scale * np.array([1, -1]) + radius
    return View(around, scale, (radius, radius), Box(0, 0, room, room), outline, framed=False)


def moved_view(view: View, box: Box) -> View:
    """The same view with its box moved."""
    dx, dy = box.x - view.box.x, box.y - view.box.y
    origin = (view.origin[0] + dx, view.origin[1] + dy)
    return replace(view, box=box, origin=origin, outline=view.outline + np.array([dx, dy]))


def locator_marks(small: View, view: View) -> Iterator[Mark]:
    """The small map with the frame of the large one."""
    paint = colours()
    ring = np.concatenate([small.outline, small.outline[:1]])
    yield Shape((ring,), fill=paint["paper"], pen=Pen(paint["paper"], 5.0), closed=True, clip=None)
    yield from (replace(shape, clip="locator") for shape in terrain(small))
    yield Shape((ring,), pen=Pen(paint["coast"], 0.9), clip=None)
    width = max(3.2, view.box.width * view.km_a_point / small.km_a_point)
    height = max(3.2, view.box.height * view.km_a_point / small.km_a_point)
    x, y = small.box.centre
    frame = Box(x - width / 2, y - height / 2, width, height)
    yield Shape(
        (frame.outline(),), fill=paint["accent"], fill_opacity=0.35, pen=Pen(paint["accent"], 1.1), closed=True, clip="locator"
    )

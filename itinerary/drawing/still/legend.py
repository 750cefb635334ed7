"""What explains the map below it: the scale bar and the legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import floor, log10

import numpy as np

from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.fonts import Typesetter
from itinerary.drawing.still.legs import DrawnLeg, leg_pen
from itinerary.drawing.still.marks import Box, Mark, Pen, Pill, Shape
from itinerary.drawing.still.projections import EqualEarth
from itinerary.drawing.still.stops import Stop, Style
from itinerary.drawing.still.view import View
from itinerary.model import Status

_KM_A_MILE = 1.609344
_WIDE_KM = 3000.0  # a map wider than this has no one scale


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
    if any(stop.doubtful for stop in stops) and not any(leg.doubtful for leg in legs):
        found.append(("doubtful stop", _dot_sample(8.0, Pen(paint["warning"], 1.0))))
    if any(stop.visit.status is Status.PLANNED and not stop.doubtful for stop in stops) and not any(leg.planned for leg in plain):
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
    return [Pill(Box(16 - width / 2, -width / 2, width, width), colours()["paper"], pen)]


def _area_sample() -> list[Mark]:
    turn = np.linspace(0, 2 * np.pi, 25)
    ring = np.column_stack([15 + 5 * np.cos(turn), 5 * np.sin(turn)])
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

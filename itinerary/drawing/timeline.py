"""The journey in time, drawn for a page: stays as bars, kilometres over time, the order told against the order travelled.

Each function gives an HTML figure as a string, "" where there is nothing to see. All places across are per cents, so a figure is
as wide as its page allows while its words keep their size; no element has a style attribute, so a strict Content-Security-Policy
is no hindrance. `style()` belongs once into the page. Groups carry `data-order` (from 1), by which a page knows the stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from itinerary.drawing.assets import script
from itinerary.drawing.axis import Axis, Stay, axis_of, out_of_order
from itinerary.drawing.scene import clean, doubtful
from itinerary.drawing.times import stay
from itinerary.model import Itinerary, Leg, Status, Visit

_ROW, _BAR = 36.0, 12.0  # pixels of a stop's row and of its bar
_TALLEST = 2400.0  # pixels of a chart; a longer journey has thinner rows, without words
_NAMED_ROW = 20.0  # pixels a row must have for its words
_LEFT, _RIGHT = 2.0, 98.0  # per cent of the width that the axis covers
_MIDDLE = 50.0  # per cent: words stand to the right of their mark on the left of a figure, to the left of it on the right
_ROOM = 12.0  # pixels below the last row for words under its bar
_CHART = 220.0  # pixels of the height of the distance chart
_LONGEST_NAME = 24  # letters of a name beside a line
_MILES = 0.621371
_MOST_TOLD = 120  # stops in the chart of orders; more lines than that show nothing


def style() -> str:
    """The style sheet of the figures: light or dark by `color-scheme`, colours told apart by lightness and dash as well."""
    return script("timeline.css")


# --- stays ------------------------------------------------------------------------------------------------------------


def stays(trip: Itinerary) -> str:
    """A row per stop with a bar from arrival to departure, legs between them; stops without a day hollow, where they may lie."""
    if not trip.visits:
        return ""
    axis = axis_of(trip)
    row = min(_ROW, max(2.0, _TALLEST / len(trip.visits)))
    bottom = row * len(trip.visits) + (_ROOM if row >= _NAMED_ROW else 0)
    rows = [_row(order, visit, here, row) for order, (visit, here) in enumerate(zip(trip.visits, axis.stays, strict=True), 1)]
    ways = [_way(leg, a, b, (row, i)) for i, (leg, (a, b)) in enumerate(zip(trip.legs, pairwise(axis.stays), strict=True))]
    parts = [*_grid(axis, bottom), *ways, *rows]
    by = "by the calendar" if axis.dated else "in their order"
    return _figure("Stays", f"{len(trip.visits)} stops {by}", parts, bottom + (20 if axis.ticks else 2))


def _row(order: int, visit: Visit, here: Stay, row: float) -> str:
    top, thick = (order - 1) * row, min(_BAR, row * 0.7)
    y = top + row - thick - row * 0.1
    left, right = _x(here.start), _x(here.end)
    kind = " ".join(name for name, so in _kinds(visit, here).items() if so)
    bar = f'<rect class="{kind}" x="{left:.2f}%" y="{y:.1f}" width="{max(0.0, right - left):.2f}%" height="{thick:.1f}" rx="3"/>'
    dot = f'<circle class="{kind}" cx="{left:.2f}%" cy="{y + thick / 2:.1f}" r="{thick / 2:.1f}"/>'
    words = _beside(left, (y - 5, y + thick + 13), _words(order, visit)) if row >= _NAMED_ROW else ""
    return f'<g data-order="{order}"><title>{escape(_words(order, visit))}</title>{bar if right > left else ""}{dot}{words}</g>'


def _kinds(visit: Visit, here: Stay) -> dict[str, bool]:
    vague = here.told and not here.exact
    return {"bar": True, str(visit.status): True, "untold": not here.told, "vague": vague, "doubt": doubtful(visit)}


def _way(leg: Leg, a: Stay, b: Stay, at: tuple[float, int]) -> str:
    """From the end of a bar down to the start of the next."""
    row, i = at
    thick = min(_BAR, row * 0.7)
    middle = (i + 1) * row - thick / 2 - row * 0.1
    kind = "way planned" if leg.destination.status is Status.PLANNED else "way"
    start, end = max(_x(a.start), min(_x(a.end), _x(b.start))), _x(b.start)
    return _line(kind, (start, middle + thick / 2), (end, middle + row - thick / 2))


# --- distance ---------------------------------------------------------------------------------------------------------


def distance(trip: Itinerary, *, miles: bool = False) -> str:
    """The length of the way so far over time, level during stays; "" for a journey without a leg."""
    if not trip.legs:
        return ""
    axis, unit = axis_of(trip), "mi" if miles else "km"
    sums = [0.0]
    for leg in trip.legs:
        sums.append(sums[-1] + leg.distance_km * (_MILES if miles else 1.0))
    highest = sums[-1] or 1.0
    heights = [18 + (_CHART - 18) * (1 - value / highest) for value in sums]
    half = next(_x(here.start) for here, so_far in zip(axis.stays, sums, strict=True) if 2 * so_far >= sums[-1])
    parts = [*_grid(axis, _CHART), *_levels(highest, unit, early=half < _MIDDLE), *_climb(trip, axis, heights)]
    parts += _points(trip, axis, list(zip(heights, sums, strict=True)), unit)
    return _figure("Distance", f"{highest:,.0f} {unit} in {len(trip.legs)} legs", parts, _CHART + (24 if axis.ticks else 8))


def _levels(highest: float, unit: str, *, early: bool) -> Iterator[str]:
    """Half of the way and all of it; named on the right where half of it was gone `early`, for the line is on the left there."""
    x, dx, anchor = (_RIGHT, -9, "end") if early else (_LEFT, 0, "start")
    for share in (0.5, 1.0):
        y = 18 + (_CHART - 18) * (1 - share)
        yield _line("grid", (_LEFT, y), (_RIGHT, y))
        yield f'<text class="axis" x="{x}%" y="{y - 4:.1f}" dx="{dx}" text-anchor="{anchor}">{highest * share:,.0f} {unit}</text>'


def _climb(trip: Itinerary, axis: Axis, heights: Sequence[float]) -> Iterator[str]:
    for i, (leg, (a, b)) in enumerate(zip(trip.legs, pairwise(axis.stays), strict=True)):
        kind = "climb planned" if leg.destination.status is Status.PLANNED else "climb"
        left = max(_x(a.start), min(_x(a.end), _x(b.start)))
        yield _line("climb", (_x(a.start), heights[i]), (left, heights[i]))
        yield _line(kind, (left, heights[i]), (_x(b.start), heights[i + 1]))


def _points(trip: Itinerary, axis: Axis, at: Sequence[tuple[float, float]], unit: str) -> Iterator[str]:
    for order, (visit, here, (y, so_far)) in enumerate(zip(trip.visits, axis.stays, at, strict=True), 1):
        title = escape(f"{_words(order, visit)} · {so_far:,.0f} {unit}")
        dot = f'<circle class="bar {visit.status}" cx="{_x(here.start):.2f}%" cy="{y:.1f}" r="4"/>'
        yield f'<g data-order="{order}"><title>{title}</title>{dot}</g>'


# --- order ------------------------------------------------------------------------------------------------------------


def order(trip: Itinerary) -> str:
    """Two columns, the stops as first told and as travelled, and a line for each; those told out of order stand out.

    "" where fewer than two stops are in the text, or more than the eye can follow.
    """
    told = sorted((visit.mentions[0].start, i) for i, visit in enumerate(trip.visits) if visit.mentions)
    if not 2 <= len(told) <= _MOST_TOLD:
        return ""
    travelled = sorted(i for _, i in told)
    row = 26.0
    moved = out_of_order([i for _, i in told])
    lines = [
        _slope(trip, i, (position, travelled.index(i)), moved=position in moved, row=row) for position, (_, i) in enumerate(told)
    ]
    heads = '<text class="axis" x="38%" y="12" text-anchor="end">told</text><text class="axis" x="62%" y="12">travelled</text>'
    count = f"{len(moved)} of {len(told)} stops told out of order" if moved else "told in the order travelled"
    return _figure("Order", count, [heads, *lines], row * len(told) + 24)


def _slope(trip: Itinerary, i: int, ends: tuple[int, int], *, moved: bool, row: float) -> str:
    (left, right), name = (24 + row * (end + 0.5) for end in ends), clean(trip.visits[i].place.name)
    short = escape(name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…")
    kind = "slope moved" if moved else "slope"
    dots = "".join(f'<circle class="{kind}" cx="{x}%" cy="{y:.1f}" r="3.5"/>' for x, y in ((40, left), (60, right)))
    words = f'<text x="38%" y="{left + 4:.1f}" text-anchor="end">{short}</text>'
    words += f'<text x="62%" y="{right + 4:.1f}">{i + 1}. {short}</text>'
    title = f"<title>{escape(name)}: told as no. {ends[0] + 1}, travelled as no. {ends[1] + 1}</title>"
    return f'<g data-order="{i + 1}">{title}{_line(kind, (40.0, left), (60.0, right))}{dots}{words}</g>'


# --- parts ------------------------------------------------------------------------------------------------------------


def _figure(name: str, about: str, parts: Iterable[str], height: float) -> str:
    label = escape(f"{name}: {about}")
    return (
        f'<figure class="tl tl-{name.lower()}"><figcaption><b>{name}</b> {escape(about)}</figcaption>'
        f'<svg width="100%" height="{height:.0f}" role="img" aria-label="{label}">{"".join(parts)}</svg></figure>'
    )


def _grid(axis: Axis, bottom: float) -> Iterator[str]:
    for share, words in axis.ticks:
        x = _x(share)
        anchor = "start" if share < 0.08 else "end" if share > 0.92 else "middle"
        yield _line("grid", (x, 0.0), (x, bottom))
        yield f'<text class="axis" x="{x:.2f}%" y="{bottom + 16:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _line(kind: str, a: tuple[float, float], b: tuple[float, float]) -> str:
    return f'<line class="{kind}" x1="{a[0]:.2f}%" y1="{a[1]:.1f}" x2="{b[0]:.2f}%" y2="{b[1]:.1f}"/>'


def _beside(x: float, above_below: tuple[float, float], words: str) -> str:
    """Words where no line goes: lines come from the upper left and leave to the lower right."""
    (above, below), right = above_below, x < _MIDDLE
    y, dx, anchor = (above, 7, "start") if right else (below, -7, "end")
    return f'<text x="{x:.2f}%" y="{y:.1f}" dx="{dx}" text-anchor="{anchor}">{escape(words)}</text>'


def _words(order: int, visit: Visit) -> str:
    return " · ".join(part for part in (f"{order}. {clean(visit.place.name)}", clean(stay(visit))) if part)


def _x(share: float) -> float:
    return _LEFT + share * (_RIGHT - _LEFT)

"""Who goes from where to where, on one map: flows between countries, closer by between regions, closer still between places.

The legs are added up here, at three grains; the page draws those that matter in what it shows. So it stays quick however many
legs there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from itinerary.corpus import asking
from itinerary.corpus.paper import page_of
from itinerary.wording import count, country_name

# Degrees of the cells that stand for regions, and the most flows of a grain that a page carries, the strongest first.
_CELL = 2.0
_MOST_FLOWS = 100_000

_GRAINS = {
    "country": "coalesce({end}_country, {end}_id)",
    "region": f"concat_ws(':', floor({{end}}_latitude / {_CELL}), floor({{end}}_longitude / {_CELL}))",
    "place": "{end}_id",
}
_NODES = """
SELECT node, arg_max(place, stays) AS name, arg_max(country, stays) AS country,
       sum(latitude * stays) / sum(stays) AS latitude, sum(longitude * stays) / sum(stays) AS longitude
FROM (
    SELECT {node} AS node, end_place AS place, end_country AS country, avg(end_latitude) AS latitude,
           avg(end_longitude) AS longitude, count(*) AS stays
    FROM (
        SELECT COLUMNS('origin_(.*)') AS 'end_\\1' FROM legs UNION ALL SELECT COLUMNS('destination_(.*)') AS 'end_\\1' FROM legs
    ) GROUP BY ALL
) GROUP BY node ORDER BY node
"""
_FLOWS = """
SELECT {origin} AS origin, {destination} AS destination, count(*) AS legs FROM legs
WHERE {origin} <> {destination} GROUP BY ALL ORDER BY legs DESC, origin, destination
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A country, a region or a place, at the middle of its stays."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Flow:
    """So many legs from one node to another, by their numbers."""

    origin: int
    destination: int
    legs: int


@dataclass(frozen=True, slots=True)
class Grain:
    """The flows at one grain, strongest first; `left_out` legs are of flows that the page has no room for."""

    name: str
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    left_out: int = 0


def flows_of(folder: Path) -> tuple[Grain, ...]:
    """The flows of a dataset between countries, regions and places. Raises InputError when there is no dataset."""
    with asking.connected(folder) as questions:
        return tuple(_grain(questions, name, key) for name, key in _GRAINS.items())


def _grain(questions: asking.Questions, name: str, key: str) -> Grain:
    found = questions.sql(_NODES.format(node=key.format(end="end"))).rows
    ends = {"origin": key.format(end="origin"), "destination": key.format(end="destination")}
    flows = questions.sql(_FLOWS.format(**ends)).rows
    numbers = {row[0]: number for number, row in enumerate(found)}
    nodes = tuple(Node(_named(name, *row[:3]), *row[3:]) for row in found)
    kept = tuple(Flow(numbers[origin], numbers[end], legs) for origin, end, legs in flows[:_MOST_FLOWS])
    return Grain(name, nodes, kept, sum(row[2] for row in flows[_MOST_FLOWS:]))


def _named(grain: str, key: str, place: str, country: str | None) -> str:
    """Countries by their own name, regions by the place with most stays in them."""
    if grain == "country":
        return country_name(key) if country else place
    return f"around {place}" if grain == "region" else place


def page(grains: tuple[Grain, ...]) -> str:
    """The map as one HTML document that needs no network, with the strongest flows as a list beside it."""
    countries = grains[0]
    names = [node.name for node in countries.nodes]
    items = (
        f"<li>{escape(names[f.origin])} → {escape(names[f.destination])} <small>{f.legs:,}</small></li>"
        for f in countries.flows[:50]
    )
    legs = sum(flow.legs for flow in countries.flows) + countries.left_out
    body = Template(_static("flows.html")).substitute(
        legs=count(legs, "leg"), pairs=count(len(countries.flows), "pair"), items="".join(items)
    )
    return page_of("Flows between countries", body, [_packed(grain) for grain in grains], "flows")


def _static(name: str) -> str:
    return (files("itinerary.corpus") / "static" / name).read_text(encoding="utf-8")


def _packed(grain: Grain) -> dict[str, Any]:
    """The grain as flat lists, which a browser reads fast; degrees to the third place, about 100 m."""
    return {
        "grain": grain.name,
        "names": [node.name for node in grain.nodes],
        "points": [round(value, 3) for node in grain.nodes for value in (node.latitude, node.longitude)],
        "flows": [value for flow in grain.flows for value in (flow.origin, flow.destination, flow.legs)],
        "left": grain.left_out,
    }

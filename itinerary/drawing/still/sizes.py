"""The sizes that a still picture comes in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from itinerary.errors import InputError


class ListAt(StrEnum):
    """Where the list of stops stands."""

    SIDE = "side"
    BELOW = "below"
    REST = "rest"  # below, and only the stops whose names find no room on the map


@dataclass(frozen=True, slots=True)
class Size:
    """A sheet in points of 1/72 inch, its margin, the size of its body text, and how finely a bitmap of it is drawn."""

    width: float
    height: float
    margin: float
    text: float
    list_at: ListAt
    dots_per_inch: int


# A slide of 16:9 with 1,920 × 1,080 dots, a sheet of A4, and a picture of two columns of an article.
SIZES = MappingProxyType(
    {
        "slide": Size(960.0, 540.0, 28.0, 11.5, ListAt.SIDE, 144),
        "page": Size(595.0, 842.0, 34.0, 9.0, ListAt.BELOW, 300),
        "small": Size(432.0, 342.0, 14.0, 8.0, ListAt.REST, 200),
    }
)


def size_named(name: str) -> Size:
    """The size of that name. Raises InputError, which lists the names."""
    if name not in SIZES:
        raise InputError(f"There is no size {name!r}; use one of {', '.join(SIZES)}.")
    return SIZES[name]

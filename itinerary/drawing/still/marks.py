"""What a sheet is made of: shapes, pills and words, in points from its upper left corner, the first drawn first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Line = NDArray[np.float64]  # n × 2: x to the right, y downwards


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `x`, `y` is its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        """The point in its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, by: float) -> Box:
        """The box with `by` more on every side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def holds(self, other: Box) -> bool:
        """Whether the other lies in this one."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def touches(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def outline(self) -> Line:
        """Its corners, clockwise."""
        return np.array([[self.x, self.y], [self.right, self.y], [self.right, self.bottom], [self.x, self.bottom]])


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn; `dash` holds lengths of strokes and gaps."""

    colour: str
    width: float
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Lines drawn as one; rings that turn the other way cut holes. `clip` names the outline of the sheet that cuts it."""

    lines: tuple[Line, ...]
    fill: str | None = None
    pen: Pen | None = None
    closed: bool = False
    clip: str | None = "map"
    fill_opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Pill:
    """A box with round ends: the badge of a stop."""

    box: Box
    fill: str
    pen: Pen | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one font file, at `x` from the start of the words."""

    text: str
    font: str
    x: float


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text from `x` rightwards on the base line `y`; `halo` is the colour around its letters."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    runs: tuple[Run, ...]
    width: float
    face: str = "regular"  # regular, semibold, italic
    halo: str | None = None
    clip: str | None = None


Mark = Shape | Pill | Words


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A finished picture. `clips` are outlines by their names; `labels` and `badges` are kept for those who check the layout."""

    width: float
    height: float
    title: str
    description: str
    clips: Mapping[str, Line]
    marks: tuple[Mark, ...]
    map_box: Box
    labels: tuple[Box, ...] = ()
    badges: tuple[Box, ...] = ()

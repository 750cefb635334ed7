"""What a user can correct. Each says what it is about by an anchor, and what is to hold, never how it was before."""

from __future__ import annotations

from dataclasses import dataclass

from itinerary.errors import InputError
from itinerary.model import Place, Status, TimeSpan
from itinerary.workspace.anchors import Anchor


@dataclass(frozen=True, slots=True)
class SetStatus:
    """The traveller visited, will visit or passed the place; None: it is no stop, only mentioned.

    The status that a stop has already confirms it. `everywhere` means all mentions of that name.
    """

    target: Anchor
    status: Status | None
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class SetPlace:
    """The name means this place; `everywhere`: wherever the text has the name. The place it has already is confirmed."""

    target: Anchor
    place: Place
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class SetDates:
    """The stay began and ended then; None leaves that end open. Raises InputError for an end before the beginning."""

    target: Anchor
    arrive: TimeSpan | None
    depart: TimeSpan | None

    def __post_init__(self) -> None:
        if self.arrive and self.depart and self.depart.latest < self.arrive.earliest:
            begin, end = self.arrive.earliest.isoformat(), self.depart.latest.isoformat()
            raise InputError(f"A stay that begins on {begin} can't end on {end}; exchange the two or leave one open.")


@dataclass(frozen=True, slots=True)
class Move:
    """The stop comes right after another one; None: it comes first."""

    target: Anchor
    after: Anchor | None


@dataclass(frozen=True, slots=True)
class Merge:
    """The others are one stay with the target, at its place."""

    target: Anchor
    others: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A second stay begins with the mention that is the target: it and the mentions told after it leave the stop they were in."""

    target: Anchor


@dataclass(frozen=True, slots=True)
class Add:
    """A stop that was not read out of the text, right after another one or first; `mention` gives it words of the text."""

    key: str
    place: Place
    name: str
    status: Status = Status.VISITED
    after: Anchor | None = None
    mention: Anchor | None = None
    arrive: TimeSpan | None = None
    depart: TimeSpan | None = None

    @property
    def target(self) -> Anchor:
        """The stop itself."""
        return self.mention or Anchor(key=self.key)


@dataclass(frozen=True, slots=True)
class Delete:
    """What was read here is no place: it is neither a stop nor mentioned."""

    target: Anchor


@dataclass(frozen=True, slots=True)
class SetTitle:
    """The journey is called so; None: it has no name."""

    title: str | None


@dataclass(frozen=True, slots=True)
class SetTraveller:
    """The traveller is called so. This names; the journey of somebody else must be read out of the text anew."""

    name: str


@dataclass(frozen=True, slots=True)
class Accept:
    """The doubt of this kind about the target is none: it is right as it stands."""

    target: Anchor
    doubt: str


Correction = SetStatus | SetPlace | SetDates | Move | Merge | Split | Add | Delete | SetTitle | SetTraveller | Accept
Step = tuple[Correction, ...]  # what is undone together


def anchors_of(correction: Correction) -> tuple[Anchor, ...]:
    """Every anchor of a correction, its target first."""
    if isinstance(correction, SetTitle | SetTraveller):
        return ()
    others: tuple[Anchor | None, ...] = ()
    if isinstance(correction, Merge):
        others = correction.others
    elif isinstance(correction, Move | Add):
        others = (correction.after,)
    return tuple(anchor for anchor in (correction.target, *others) if anchor is not None)

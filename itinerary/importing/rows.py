"""A row of stops made elsewhere, and the ones that could not be used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from itinerary.errors import InputError
from itinerary.model import Place, Status, TimeSpan

# Finds the best known place of a name, in a country where its code is given; None when there is none.
LookUp = Callable[[str, str | None], Place | None]

# A journey has fewer stops; more of them can neither be drawn nor edited.
MOST_ROWS = 20_000
_MOST_TOLD = 20  # notes on single rows


@dataclass(frozen=True, slots=True)
class Row:
    """A stop as a file tells it. `where` names the row ("line 4"); without a coordinate the place must be looked up."""

    where: str
    name: str
    at: tuple[float, float] | None = None  # latitude, longitude
    arrive: TimeSpan | None = None
    depart: TimeSpan | None = None
    when_told: str | None = None  # the words of a time that could not be read
    description: str = ""
    status: Status = Status.VISITED
    traveller: str = ""
    mode: str | None = None
    country: str | None = None
    place_id: str | None = None


@dataclass(slots=True)
class Harvest:
    """What a file gave: the rows that can be used, and a sentence for each that can't."""

    rows: list[Row] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    title: str | None = None

    def keep(self, row: Row) -> None:
        """Add a row. Raises InputError when there are more than any journey has."""
        if len(self.rows) >= MOST_ROWS:
            raise InputError(f"The file has more than {MOST_ROWS:,} stops; give a part of it at a time.")
        self.rows.append(row)

    def refuse(self, where: str, why: object) -> None:
        """Remember that a row can't be used, and why."""
        self.refused.append(f"{where[:1].upper()}{where[1:]} was left out: {why}.")

    def told(self) -> tuple[str, ...]:
        """The notes, those on single rows up to a bearable number."""
        more = len(self.refused) - _MOST_TOLD
        rest = [f"{more:,} more rows were left out."] if more > 0 else []
        return (*self.notes, *self.refused[:_MOST_TOLD], *rest)


def harvested(harvest: Harvest, name: str) -> Harvest:
    """The harvest itself. Raises InputError, with the first refusal, when it is empty."""
    if not harvest.rows:
        raise empty(harvest, name)
    return harvest


def empty(harvest: Harvest, name: str) -> InputError:
    """What to raise for a file that gave no stop."""
    why = next(iter(harvest.refused), "it has no rows.")
    return InputError(f"No stop could be read out of {name!r}: {why[:1].lower()}{why[1:]}")


def title_of(*candidates: str | None) -> str | None:
    """The first that says anything, in one line."""
    lines = (" ".join(candidate.split()) for candidate in candidates if candidate)
    return next((line for line in lines if line), None)

"""The workspace: a trip as read, the user's corrections, and the trip that comes of both."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from itinerary.errors import InputError
from itinerary.model import Itinerary, Place, Span, Status, TimeSpan
from itinerary.workspace.anchors import Anchor, Quote
from itinerary.workspace.assembling import Lost, corrected
from itinerary.workspace.choosing import Choice, Table
from itinerary.workspace.corrections import Accept, Add, Correction, Move, Step
from itinerary.workspace.doubting import Doubt, Kind, doubts
from itinerary.workspace.readings import SideBySide

_BY_HAND = re.compile(r"hand:([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the text was read with, and what the user calls the journey. `source` is the file or address that it came from."""

    name: str | None = None
    source: str | None = None
    published: dt.date | None = None
    traveller: str | None = None
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Workspace:
    """A trip under correction; immutable: each change gives a new workspace, and the old ones stay as they are.

    `trip` holds every correction of `done`; without any it is `read` itself. `undone` are the steps that `redo` brings back.
    `lost` are corrections that have nothing to hold on to in this reading; they are kept for the next. `beside` has what another
    reader made of the same text (its `first`) beside what was `read`: what they differ in is a doubt until the user chooses.
    """

    read: Itinerary
    settings: Settings = Settings()
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    beside: SideBySide | None = None
    trip: Itinerary = field(init=False, compare=False, repr=False)
    lost: tuple[Lost, ...] = field(init=False, compare=False, repr=False)
    stops: tuple[Anchor, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        outcome = corrected(self.read, tuple(self.corrections()))
        for name in ("trip", "lost", "stops"):
            object.__setattr__(self, name, getattr(outcome, name))

    # --- history ------------------------------------------------------------------------------------------------------

    def do(self, *corrections: Correction) -> Workspace:
        """With these corrections made, as one step to undo. What was undone before can't be redone any more."""
        return replace(self, done=(*self.done, corrections), undone=()) if corrections else self

    def undo(self) -> Workspace:
        """Without the last step; the same workspace when there is none."""
        return replace(self, done=self.done[:-1], undone=(*self.undone, self.done[-1])) if self.done else self

    def redo(self) -> Workspace:
        """With the step undone last; the same workspace when there is none."""
        return replace(self, done=(*self.done, self.undone[-1]), undone=self.undone[:-1]) if self.undone else self

    @property
    def can_undo(self) -> bool:
        """Whether a step was done."""
        return bool(self.done)

    @property
    def can_redo(self) -> bool:
        """Whether a step was undone and nothing else done since."""
        return bool(self.undone)

    def corrections(self) -> Iterator[Correction]:
        """Everything done, in order."""
        return (correction for step in self.done for correction in step)

    def reread(self, trip: Itinerary, settings: Settings | None = None, beside: SideBySide | None = None) -> Workspace:
        """The same corrections on another reading: of a text changed a little, for another traveller, or by another reader."""
        return replace(self, read=trip, settings=settings or self.settings, beside=beside)

    # --- what a correction can be about -------------------------------------------------------------------------------

    def stop(self, index: int) -> Anchor:
        """The anchor of a stop by its place in `trip.visits`, counted from 0. Raises InputError where there is none."""
        if not 0 <= index < len(self.stops):
            raise InputError(f"There is no stop {index + 1} in a trip of {len(self.stops)}.")
        return self.stops[index]

    def mention(self, span: Span) -> Anchor:
        """The anchor of one mention alone, or of any words that are to be one. Raises InputError outside the text."""
        return Anchor(Quote.of(self.read.text, span), whole=False)

    # --- changes that need the order of the stops ---------------------------------------------------------------------

    def move(self, index: int, to: int) -> Workspace:
        """With the stop at `index` at the place `to`, both counted from 0. Raises InputError where there is no such place."""
        target, aim = self.stop(index), self.stop(to)
        if index == to:
            return self
        before = to - 1 if to < index else to
        return self.do(Move(target, aim if before == to else self._at(before)))

    def add(
        self,
        place: Place,
        name: str | None = None,
        *,
        at: int | None = None,
        span: Span | None = None,
        status: Status = Status.VISITED,
        dates: tuple[TimeSpan | None, TimeSpan | None] = (None, None),
    ) -> Workspace:
        """With a stop put in at place `at`, counted from 0 (None: last), named by the words of `span` if there are any.

        `dates` are arrival and departure. Raises InputError for a place in the order, or words, that are not there.
        """
        at = len(self.stops) if at is None else at
        after = self._at(at - 1)
        mention = self.mention(span) if span else None
        called = name or (mention.quote.exact if mention and mention.quote else place.name)
        return self.do(Add(self._new_key(), place, called, status, after, mention, *dates))

    def _at(self, index: int) -> Anchor | None:
        return None if index == -1 else self.stop(index)

    def _new_key(self) -> str:
        steps = (*self.done, *self.undone)
        keys = [correction.key for step in steps for correction in step if isinstance(correction, Add)]
        return f"hand:{1 + max((int(found[1]) for key in keys if (found := _BY_HAND.fullmatch(key))), default=0)}"

    # --- two readings -------------------------------------------------------------------------------------------------

    @property
    def table(self) -> Table | None:
        """The two readings as they stand under the corrections; None where there is but one."""
        return Table(self.beside, self.trip, self.stops, tuple(self.corrections())) if self.beside else None

    def choose(self, choices: Mapping[int, Choice]) -> Workspace:
        """With these versions taken, for pairs of `beside` by their index; one step to undo."""
        return self.do(*self.table.corrections(choices)) if self.table else self

    # --- doubts -------------------------------------------------------------------------------------------------------

    def doubts(self) -> tuple[Doubt, ...]:
        """What is worth a look, the worst first, without what the user has accepted."""
        accepted = {(self._spot(c.target), c.doubt) for c in self.corrections() if isinstance(c, Accept)}
        return tuple(d for d in self._doubts() if (self._spot(self.target(d)), d.kind.value) not in accepted)

    def _doubts(self) -> list[Doubt]:
        """All of them; a stop that the readers differ about is not called unsure besides."""
        differing = list(self.table.doubts()) if self.table else []
        asked = {doubt.stop for doubt in differing}
        found = [doubt for doubt in doubts(self.trip) if doubt.kind is not Kind.STOP or doubt.stop not in asked]
        return sorted([*differing, *found], key=lambda doubt: -doubt.severity)

    def target(self, doubt: Doubt) -> Anchor:
        """What a doubt is about, for the correction that mends it."""
        if doubt.stop is not None:
            return self.stop(doubt.stop)
        assert doubt.span is not None  # a doubt has one of the two
        return self.mention(doubt.span)

    def accept(self, doubt: Doubt) -> Workspace:
        """With the doubt settled: it is right as it stands."""
        return self.do(Accept(self.target(doubt), doubt.kind.value))

    def _spot(self, anchor: Anchor) -> Span | str | None:
        return anchor.quote.find(self.read.text) if anchor.quote else anchor.key

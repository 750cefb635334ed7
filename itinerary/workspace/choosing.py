"""Where two readers differ, the user chooses stop by stop: a choice becomes ordinary corrections, what is open is a doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from itinerary.model import Itinerary, Span, Visit
from itinerary.workspace.anchors import Anchor, Quote
from itinerary.workspace.assembling import corrected
from itinerary.workspace.corrections import Accept, Add, Correction, Move, SetDates, SetPlace, SetStatus, anchors_of
from itinerary.workspace.doubting import Doubt, Kind, Mend
from itinerary.workspace.readings import Difference, Pair, SideBySide

# How grave a difference is, and what settles it; a stop that only one of them has stands under None.
_GRAVE: Mapping[Difference | None, tuple[float, Mend]] = {
    Difference.PLACE: (0.75, Mend.PLACE),
    None: (0.6, Mend.STATUS),
    Difference.STATUS: (0.5, Mend.STATUS),
    Difference.DATES: (0.45, Mend.DATES),
    Difference.ORDER: (0.4, Mend.ORDER),
}


class Choice(StrEnum):
    """Whose version of a pair is taken."""

    FIRST = "first"
    SECOND = "second"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Table:
    """Two readings under correction: `trip` is the second one corrected by `done`, `stops` are the anchors of its stops."""

    side: SideBySide
    trip: Itinerary
    stops: tuple[Anchor, ...]
    done: tuple[Correction, ...]
    anchors: tuple[Anchor, ...] = field(init=False)  # of each pair, whether it is a stop of the trip or not
    places: Mapping[Quote | str, int] = field(init=False)  # of the stops in the trip, from 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "anchors", tuple(_anchors(self.side)))
        object.__setattr__(self, "places", {_spot(stop): at for at, stop in enumerate(self.stops)})

    # --- how it stands ------------------------------------------------------------------------------------------------

    @property
    def open(self) -> tuple[int, ...]:
        """The pairs that differ and about which the user has said nothing yet."""
        told = {_spot(anchor) for anchor in map(_about, self.done) if anchor}
        return tuple(i for i in self.differing if _spot(self.anchors[i]) not in told and self._words(i) not in told)

    @property
    def differing(self) -> tuple[int, ...]:
        """The pairs that the readers do not agree on."""
        return tuple(i for i, pair in enumerate(self.side.pairs) if not pair.agree)

    def index(self, i: int) -> int | None:
        """Which stop of the trip (from 0) a pair is; None where it is none."""
        return self.places.get(_spot(self.anchors[i]))

    def choice(self, i: int) -> Choice | None:
        """Whose version of a pair the trip has; None while that is open, and where it is the user's own."""
        pair, at = self.side.pairs[i], self.index(i)
        if i in self.open:
            return None
        if at is None:
            return Choice.SECOND if pair.second is None else Choice.FIRST if pair.first is None else Choice.NEITHER
        versions = {Choice.SECOND: self._version(pair, Choice.SECOND), Choice.FIRST: self._version(pair, Choice.FIRST)}
        return next((c for c, told in versions.items() if told and self._is(i, at, told, c)), None)

    def _is(self, i: int, at: int, told: Visit, choice: Choice) -> bool:
        """Whether a stop of the trip is as one reader has it."""
        pair, now = self.side.pairs[i], self.trip.visits[at]
        if (now.place.id, now.status) != (told.place.id, told.status):
            return False
        if Difference.DATES in pair.differences and (now.arrive, now.depart) != (told.arrive, told.depart):
            return False
        before = self._before(i, choice, set(self.places))
        follows = _spot(self.stops[at - 1]) if at else None
        return Difference.ORDER not in pair.differences or follows == (_spot(before) if before else None)

    # --- choices ------------------------------------------------------------------------------------------------------

    def corrections(self, choices: Mapping[int, Choice]) -> tuple[Correction, ...]:
        """What makes the trip as chosen, for pairs by their index; the pairs chosen are doubted no more."""
        shown, made = set(self.places), list[Correction]()
        for i, choice in sorted(choices.items()):
            told = self._version(self.side.pairs[i], choice)
            made += self._made(i, choice, told, shown)
            made.append(Accept(self.anchors[i], Kind.READERS.value))
            (shown.add if told else shown.discard)(_spot(self.anchors[i]))
        return tuple(made)

    def _made(self, i: int, choice: Choice, told: Visit | None, shown: set[Quote | str]) -> Iterator[Correction]:
        pair, anchor = self.side.pairs[i], self.anchors[i]
        if told is None:
            if pair.second is not None or _spot(anchor) in shown:
                yield SetStatus(anchor, None)
            return
        alone, after = pair.second is None, self._before(i, choice, shown)
        if anchor.key and alone and not any(isinstance(done, Add) and done.key == anchor.key for done in self.done):
            yield Add(anchor.key, told.place, told.name, told.status, after, None, told.arrive, told.depart)
            return
        if alone or Difference.PLACE in pair.differences:
            yield SetPlace(anchor, told.place)
        yield SetStatus(anchor, told.status)
        if Difference.DATES in pair.differences or (alone and (told.arrive or told.depart)):
            yield SetDates(anchor, told.arrive, told.depart)
        if alone or Difference.ORDER in pair.differences:
            yield Move(anchor, after)

    def _version(self, pair: Pair, choice: Choice) -> Visit | None:
        """The stop as the chosen reader has it; None where there is to be none."""
        index, trip = (pair.first, self.side.first) if choice is Choice.FIRST else (pair.second, self.side.second)
        return None if index is None or choice is Choice.NEITHER else trip.visits[index]

    def _before(self, i: int, choice: Choice, shown: set[Quote | str]) -> Anchor | None:
        """The stop shown that comes last before a pair in the order of the chosen reader; None: the pair is first."""
        places = [pair.first if choice is Choice.FIRST else pair.second for pair in self.side.pairs]
        own = places[i]
        earlier = [(at, n) for n, at in enumerate(places) if at is not None and own is not None and at < own]
        return next((self.anchors[n] for _, n in sorted(earlier, reverse=True) if _spot(self.anchors[n]) in shown), None)

    # --- doubts -------------------------------------------------------------------------------------------------------

    def doubts(self) -> Iterator[Doubt]:
        """What the readers differ in, as far as it is open."""
        for i in self.open:
            pair, stop = self.side.pairs[i], self.index(i)
            both = pair.first is not None and pair.second is not None
            severity, mend = max(_GRAVE[difference] for difference in (pair.differences if both else (None,)))
            span = _first_words(self.side, pair) if stop is None else None
            yield Doubt(Kind.READERS, pair.sentence, severity, mend, stop, span)

    def _words(self, i: int) -> Quote | None:
        """For a stop that no words of its own lead to, those that it shares with another."""
        pair = self.side.pairs[i]
        return Quote.of(self.trip.text, _first_words(self.side, pair)) if pair.second is None else None


def _anchors(side: SideBySide) -> Iterator[Anchor]:
    """What leads to each pair in the second journey, where one that only the first has is no stop yet."""
    own = corrected(side.second, ()).stops
    taken = {visit.mentions[0].toponym.span for visit in side.second.visits if visit.mentions}
    for pair in side.pairs:
        if pair.second is not None:
            yield own[pair.second]
            continue
        span = _first_words(side, pair)
        alone = span not in taken
        yield Anchor(Quote.of(side.second.text, span), whole=False) if alone else Anchor(key=f"other:{pair.first}")
        taken.add(span)


def _first_words(side: SideBySide, pair: Pair) -> Span:
    """The first words of a stop, as the reader tells it who has it."""
    visit = side.first.visits[pair.first] if pair.first is not None else side.second.visits[pair.second or 0]
    return visit.mentions[0].toponym.span


def _about(correction: Correction) -> Anchor | None:
    """What a correction settles; a doubt of another kind that was accepted settles no difference."""
    if isinstance(correction, Accept) and correction.doubt != Kind.READERS.value:
        return None
    found: Sequence[Anchor] = anchors_of(correction)
    return found[0] if found else None


def _spot(anchor: Anchor) -> Quote | str:
    """What an anchor holds on to, of whatever kind it is."""
    return anchor.quote or anchor.key or ""

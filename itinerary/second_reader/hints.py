"""The country or region that an answer adds to a name: believed as far as it chooses between places that bear the name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from itinerary.model import Candidate, Kind, Match, Place, Resolution, Toponym
from itinerary.names import fold
from itinerary.second_reader.answer import Told

Candidates = Callable[[Iterable[str]], Mapping[str, tuple[Match, ...]]]
# A place that the gazetteer and the answer agree on is not looked at again by the legs; not calibrated.
_AGREED = 0.9
# One that only the hint chose, and one of which only a part of the name is known.
_CHOSEN, _IN_PART = 0.8, 0.5
_AREAS = frozenset({Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2, Kind.REGION, Kind.HISTORICAL, Kind.ISLAND, Kind.ARCHIPELAGO})
_LONGEST_NAME = 6  # words of a name whose parts are looked up


@dataclass(frozen=True, slots=True)
class Hints:
    """What the gazetteer has under the names and hints of an answer."""

    known: Mapping[str, tuple[Match, ...]]

    @classmethod
    def of(cls, candidates: Candidates, stops: Sequence[Told], toponyms: Sequence[Toponym]) -> Hints:
        """One look-up for all of an answer."""
        hints = {hint for told in stops for hint in (told.country, told.region) if hint}
        names = {name for toponym in toponyms for name in (*toponym.lookups, *_parts(toponym.surface))}
        return cls(candidates(hints | names))

    def settle(self, resolution: Resolution, told: Told) -> tuple[Resolution, bool]:
        """The resolution, at the namesake that the hint points to; and whether no place of the name lies there."""
        country, regions = self._country(told.country), self._areas(told.region)
        if country is None and not regions:
            return resolution, False
        options = list(self._options(resolution))
        fitting = [p for p in options if _lies(p, country, regions)] or [p for p in options if regions and _lies(p, country, ())]
        if resolution.place in fitting:
            return replace(resolution, score=max(resolution.score, _AGREED)), False
        if fitting:
            return _moved(resolution, fitting[0]), False
        if resolution.place is None:
            return self._by_part(resolution, country, regions), False
        return resolution, True

    # --- what the hints mean ----------------------------------------------------------------------------------------

    def _country(self, hint: str | None) -> str | None:
        """The code of a country given by code or by name."""
        if hint is None:
            return None
        if len(hint) == 2 and hint.isalpha() and hint.isupper() and hint != "UK":
            return hint
        return next((match.place.country for match in self.known.get(hint, ()) if match.place.kind in _AREAS), None)

    def _areas(self, hint: str | None) -> tuple[Place, ...]:
        """What a region's name may mean."""
        return tuple(match.place for match in self.known.get(hint or "", ()) if match.place.kind in _AREAS)

    def _options(self, resolution: Resolution) -> Iterable[Place]:
        """Every place that bears the name, the likeliest first."""
        if resolution.place is not None:
            yield resolution.place
        yield from (candidate.place for candidate in resolution.runners_up)
        for name in resolution.toponym.lookups:
            yield from (match.place for match in self.known.get(name, ()))

    def _by_part(self, resolution: Resolution, country: str | None, regions: Sequence[Place]) -> Resolution:
        """A name that nobody has, at the place that a part of it names in the country told: "Hotel Astana" in Astana."""
        for part in _parts(resolution.toponym.surface):
            usual = (match.place for match in self.known.get(part, ()) if match.how != "alternate")
            place = next((p for p in usual if _lies(p, country, regions)), None)
            if place is not None:
                reason = f"only {part} is in the gazetteer, in the country that the answer names"
                return replace(resolution, place=place, score=_IN_PART, reason=reason, matched=part)
        return resolution


def _lies(place: Place, country: str | None, regions: Sequence[Place]) -> bool:
    """Whether a place agrees with a hint; seas and other places of no country agree with every country."""
    if country is not None and place.country not in (country, None):
        return False
    return not regions or any(region.id in (place.id, *place.parents) for region in regions)


def _moved(resolution: Resolution, place: Place) -> Resolution:
    """The resolution at another place of its name; the former one is the first runner-up."""
    former = (Candidate(resolution.place, min(resolution.score, 1 - _CHOSEN)),) if resolution.place else ()
    others = tuple(c for c in resolution.runners_up if c.place.id != place.id)
    reason = f"{place.name} as the answer has it by country or region, among places of that name"
    return replace(resolution, place=place, score=_CHOSEN, reason=reason, runners_up=(*former, *others))


def _parts(name: str) -> list[str]:
    """Pieces of a longer name that might be known, the longest first, the last ones of a length first; capitals only."""
    words = name.replace("-", " ").split()[:_LONGEST_NAME]
    pieces = sorted(combinations(range(len(words) + 1), 2), key=lambda piece: (piece[0] - piece[1], -piece[0]))
    found = (words[low:high] for low, high in pieces if high - low < len(words))
    return [" ".join(piece) for piece in found if piece[0][:1].isupper() and fold(" ".join(piece)) and len("".join(piece)) > 3]

"""What a name may mean to an answer: our gazetteer's places of that name, those in the country or region that it adds.

A hint chooses between namesakes. Only where no place of the name is known at all does it allow a spelling one letter off, or a
part of the name, in the country told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from itinerary.model import Kind, Match, Place, Resolution, Toponym
from itinerary.names import fold
from itinerary.second_reader.answer import Told

Candidates = Callable[[Iterable[str]], Mapping[str, tuple[Match, ...]]]
_AREAS = frozenset({Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2, Kind.REGION, Kind.HISTORICAL, Kind.ISLAND, Kind.ARCHIPELAGO})
_MOST_OPTIONS = 40  # places considered for one name
_LEAST = 0.003  # chance of a namesake that the geocoder ranks below its runners-up
_LONGEST_NAME = 6  # words of a name whose parts are looked up
_SHORTEST_PART = 4  # letters of such a part
_SHORTEST, _LONGEST = 5, 25  # letters of a name that other spellings are tried of
_MOST_RESPELT = 60  # names of an answer that are tried
_LETTERS = "abcdefghijklmnopqrstuvwxyz "


@dataclass(frozen=True, slots=True)
class Option:
    """A place that a name may mean, how likely it is (0..1) by itself, and if it is no plain namesake, how it was found."""

    place: Place
    chance: float
    matched: str | None = None
    how: str | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """The places that the name of a stop may mean; `hinted`: they lie where the answer says, `disputed`: none does."""

    places: tuple[Option, ...]
    hinted: bool = False
    disputed: bool = False


class Hints:
    """What the gazetteer has under the names and hints of an answer."""

    def __init__(self, candidates: Candidates, stops: Sequence[tuple[Told, Resolution]]) -> None:
        hints = {hint for told, _ in stops for hint in (told.country, told.region) if hint}
        names = {name for _, r in stops for name in r.toponym.lookups}
        lost = [r.toponym for _, r in stops if r.place is None]
        parts = {part for toponym in lost for part in _parts(toponym.surface)}
        self.spellings = {t.surface: tuple(_one_step(fold(t.surface))) for t in lost[:_MOST_RESPELT]}
        spelt = {name for names in self.spellings.values() for name in names}
        self.known = candidates(hints | names | parts | spelt)

    def options(self, resolution: Resolution, told: Told) -> Options:
        """What a stop's name may mean, the likeliest first."""
        country, regions = self._country(told.country), self._areas(told.region)
        options = list(_once(self._namesakes(resolution)))[:_MOST_OPTIONS]
        if country is None and not regions:
            return Options(tuple(options))
        there = [o for o in options if _lies(o.place, country, regions)] or [o for o in options if _lies(o.place, country, ())]
        if there:
            return Options(tuple(there), hinted=True)
        if resolution.place is None:
            likely = (o for o in self._unlike(resolution.toponym) if country and o.place.country == country)
            return Options(tuple(_once(likely))[:_MOST_OPTIONS], hinted=True)
        return Options(tuple(options), disputed=True)

    # --- what hints mean ------------------------------------------------------------------------------------------------

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

    # --- what names mean ------------------------------------------------------------------------------------------------

    def _namesakes(self, resolution: Resolution) -> Iterator[Option]:
        """Every place that bears the name, as likely as the geocoder holds it."""
        if resolution.place is not None:
            sure = min(1.0, resolution.score / max(resolution.toponym.score, 0.01))
            yield Option(resolution.place, max(sure, _LEAST), resolution.matched)
        yield from (Option(c.place, max(c.score, _LEAST)) for c in resolution.runners_up)
        for name in resolution.toponym.lookups:
            found = self.known.get(name, ())
            yield from (Option(match.place, _LEAST, name) for match in found)
            if any(match.how != "alternate" for match in found):
                break  # the other look-ups are parts of the name

    def _unlike(self, toponym: Toponym) -> Iterator[Option]:
        """Places of a similar spelling, and those that a part of the name names."""
        for name in self.spellings.get(toponym.surface, ()):
            yield from (Option(m.place, _LEAST, name, "is spelt almost the same") for m in self.known.get(name, ()))
        for part in _parts(toponym.surface):
            usual = (match.place for match in self.known.get(part, ()) if match.how != "alternate")
            yield from (Option(place, _LEAST / 10, part, "is a part of the name") for place in usual)


def _once(options: Iterable[Option]) -> Iterator[Option]:
    seen = set[str]()
    for option in options:
        if option.place.id not in seen:
            seen.add(option.place.id)
            yield option


def _lies(place: Place, country: str | None, regions: Sequence[Place]) -> bool:
    """Whether a place agrees with a hint; seas and other places of no country agree with every country."""
    if country is not None and place.country not in (country, None):
        return False
    return not regions or any(region.id in (place.id, *place.parents) for region in regions)


def _parts(name: str) -> list[str]:
    """Pieces of a longer name that might be known, the longest first, the last of a length first; with a capital."""
    words = name.replace("-", " ").split()[:_LONGEST_NAME]
    pieces = sorted(combinations(range(len(words) + 1), 2), key=lambda piece: (piece[0] - piece[1], -piece[0]))
    found = (" ".join(words[low:high]) for low, high in pieces if high - low < len(words) and words[low][:1].isupper())
    return [part for part in found if len(fold(part)) >= _SHORTEST_PART]


def _one_step(key: str) -> Iterator[str]:
    """Every spelling that one letter or space more, less, changed or swapped makes."""
    if not (_SHORTEST <= len(key) <= _LONGEST and key.isascii()):
        return
    for i in range(len(key) + 1):
        head, tail = key[:i], key[i:]
        yield from (head + letter + tail for letter in _LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]

"""How well the journeys of the annotated stories are read: `python -m tests.stories_score`.

Prints a line per story, the means per genre and over all, and how far the scores of visits can be trusted as probabilities.
`--raise` rewrites the floors of the quality gate (stories/floors.json), each only towards better; when the corpus itself has
changed, old floors say nothing about it, and all are measured anew.

Definitions, with "fits" for a predicted stop that lies within the tolerance of an annotated one:

route_f1  F1 of the longest sequence of fitting pairs that runs the same way in both; annotated stops of one group (the text does
          not tell which came first) may come in any order. Mean over stories.
stop_f1   F1 of the fitting pairs regardless of order, each stop in at most one pair; precision and recall are pooled.
dates     of the paired stops whose arrival the text tells, the share that have it, at the precision annotated.
invented  of the paired stops whose arrival the text does not tell, the share that have one all the same.
false     predicted stops without a pair, per story.

Places only passed on the way (`en_route`) are right when drawn and no loss when left out.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from itinerary.geodesy import distance_km
from itinerary.model import Coordinate, Itinerary

STORIES = Path(__file__).resolve().parent / "stories"
FLOORS = STORIES / "floors.json"

GENRES = frozenset({"news", "plan", "diary", "letter", "biography", "expedition", "history", "blog", "mixed"})
# What a floor leaves below the measured figure, so that a change of no matter does not fail: a share, and stops per story.
MARGINS = {"route_f1": 0.02, "stop_f1": 0.02, "dates": 0.02, "invented": 0.02, "false": 0.1}
LOW_IS_GOOD = frozenset({"invented", "false"})


# --- the annotated stories --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gold:
    """A stop as annotated: where, how near a right answer must be (km), when if told, and whether it may be left out."""

    name: str
    where: Coordinate
    tolerance_km: float
    arrive: str | None
    group: int
    optional: bool


@dataclass(frozen=True, slots=True)
class Story:
    """A text with its annotation, `stops` in true order."""

    id: str
    text: str
    published: str | None
    stops: tuple[Gold, ...]
    annotation: dict[str, Any]

    @property
    def genre(self) -> str:
        """The first word of the id."""
        return self.id.split("-")[0]


def stories(folder: Path = STORIES) -> list[Story]:
    """All stories of a folder, by id."""
    return [_story(file) for file in sorted(folder.glob("*.txt"))]


def _story(file: Path) -> Story:
    told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    return Story(file.stem, file.read_text(encoding="utf-8"), told["published"], tuple(map(_gold, told["stops"])), told)


def _gold(row: dict[str, Any]) -> Gold:
    where = Coordinate(row["lat"], row["lon"])
    return Gold(row["name"], where, row["tolerance_km"], row["arrive"], row["group"], row["status"] == "en_route")


def digest(folder: Path = STORIES) -> str:
    """SHA-256 of every text and annotation with its name: the same corpus, the same digest."""
    total = hashlib.sha256()
    for file in sorted([*folder.glob("*.txt"), *folder.glob("*-*.json")]):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{file.name} {len(content)}\n".encode() + content)
    return total.hexdigest()


# --- one story --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop as predicted; `score` is how probable the program holds it (0..1)."""

    name: str
    where: Coordinate
    arrive: str | None = None
    score: float = 1.0

    def fits(self, gold: Gold) -> bool:
        """Whether it lies within the tolerance."""
        return distance_km(self.where, gold.where) <= gold.tolerance_km


@dataclass(frozen=True, slots=True)
class Score:
    """What came of one story. `pairs` are (predicted, annotated) positions; `error` is what the program raised, or ""."""

    story: Story
    stops: tuple[Stop, ...]
    on_route: tuple[tuple[int, int], ...]
    pairs: tuple[tuple[int, int], ...]
    error: str = ""

    @property
    def route_f1(self) -> float:
        """F1 of the stops found in the right order; 1.0 where there was no journey and none was drawn."""
        return f1(len(self.on_route), len(self.stops), self._needed(self.on_route))

    @property
    def stop_f1(self) -> float:
        """F1 of the stops found."""
        return f1(len(self.pairs), len(self.stops), self.needed)

    @property
    def needed(self) -> int:
        """Annotated stops that count: all but the optional ones left out."""
        return self._needed(self.pairs)

    @property
    def dated(self) -> list[bool]:
        """For each paired stop whose arrival the text tells: whether the prediction has it."""
        told = [(self.stops[i].arrive, self.story.stops[j].arrive) for i, j in self.pairs]
        return [(said or "").startswith(gold) for said, gold in told if gold]

    @property
    def invented(self) -> list[bool]:
        """For each paired stop whose arrival the text does not tell: whether the prediction has one."""
        return [bool(self.stops[i].arrive) for i, j in self.pairs if not self.story.stops[j].arrive]

    @property
    def false(self) -> list[str]:
        """Names of the predicted stops that are none."""
        found = {i for i, _ in self.pairs}
        return [stop.name for i, stop in enumerate(self.stops) if i not in found]

    @property
    def missed(self) -> list[str]:
        """Names of the stops that were not found, optional ones left out."""
        found = {j for _, j in self.pairs}
        return [gold.name for j, gold in enumerate(self.story.stops) if j not in found and not gold.optional]

    def _needed(self, pairs: Iterable[tuple[int, int]]) -> int:
        found = {j for _, j in pairs}
        return sum(not gold.optional or j in found for j, gold in enumerate(self.story.stops))


def f1(hits: int, predicted: int, annotated: int) -> float:
    """Harmonic mean of precision and recall; 1.0 when nothing was to be found and nothing was.

    >>> f1(1, 1, 3), f1(0, 0, 0), f1(0, 2, 0)
    (0.5, 1.0, 0.0)
    """
    return 2 * hits / (predicted + annotated) if predicted + annotated else 1.0


def score(story: Story, stops: Sequence[Stop], error: str = "") -> Score:
    """How well predicted stops, in order, tell the story's journey."""
    fits = [[stop.fits(gold) for gold in story.stops] for stop in stops]
    route = _longest(fits, _order(story.stops, fits), story.stops)
    return Score(story, tuple(stops), route, _paired(fits, dict(route)), error)


def _order(golds: Sequence[Gold], fits: list[list[bool]]) -> list[int]:
    """Positions of the annotated stops; those of one group as the prediction first has them, since any order is right."""

    def first(j: int) -> int:
        return next((i for i, row in enumerate(fits) if row[j]), len(fits))

    groups = groupby(range(len(golds)), key=lambda j: golds[j].group)
    return [j for _, members in groups for j in sorted(members, key=first)]


def _longest(fits: list[list[bool]], order: list[int], golds: Sequence[Gold]) -> tuple[tuple[int, int], ...]:
    """The longest common subsequence; of equally long ones, one with few optional stops, so that none has to be found in vain."""

    def worth(pairs: tuple[tuple[int, int], ...]) -> tuple[int, int]:
        return len(pairs), sum(not golds[j].optional for _, j in pairs)

    above: list[tuple[tuple[int, int], ...]] = [()] * (len(order) + 1)
    for i, row in enumerate(fits):
        best: list[tuple[tuple[int, int], ...]] = [()]
        for column, j in enumerate(order):
            options = [above[column + 1], best[column]]
            if row[j]:
                options.append((*above[column], (i, j)))
            best.append(max(options, key=worth))
        above = best
    return above[-1]


def _paired(fits: list[list[bool]], route: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """As many pairs as there can be, grown from those in order by augmenting paths (Kuhn's algorithm)."""
    owner = {j: i for i, j in route.items()}

    def place(i: int, seen: set[int]) -> bool:
        for j, fit in enumerate(fits[i]):
            if fit and j not in seen:
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in range(len(fits)):
        if i not in route:
            place(i, set())
    return tuple(sorted((i, j) for j, i in owner.items()))


# --- all stories ------------------------------------------------------------------------------------------------------


def measure(build: Callable[..., Itinerary], of: Iterable[Story]) -> list[Score]:
    """The scores of what `build` makes of each story; an exception counts as an empty journey and is named."""
    return [_measured(build, story) for story in of]


def _measured(build: Callable[..., Itinerary], story: Story) -> Score:
    try:
        trip = build(story.text, published=story.published)
    except Exception as error:  # whatever it is, it costs this story its points and must not hide the others
        return score(story, (), f"{type(error).__name__}: {error}")
    return score(story, [_stop(visit) for visit in trip.visits])


def _stop(visit: Any) -> Stop:
    arrive = visit.arrive.isoformat() if visit.arrive else None
    return Stop(visit.name, visit.place.coordinate, arrive, visit.score)


def figures(scores: Sequence[Score]) -> dict[str, float]:
    """The figures that have floors, by name."""
    return {
        "route_f1": _share([s.route_f1 for s in scores]),
        "stop_f1": _share([s.stop_f1 for s in scores]),
        "dates": _share([right for s in scores for right in s.dated]),
        "invented": _share([made_up for s in scores for made_up in s.invented], of_none=0.0),
        "false": _share([len(s.false) for s in scores], of_none=0.0),
    }


def _share(values: Sequence[float], of_none: float = 1.0) -> float:
    return sum(values) / len(values) if values else of_none


def reliability(scores: Sequence[Score], bins: int = 5) -> list[tuple[float, float, int, float, float]]:
    """Per bin of `Visit.score`: its bounds, how many stops, their mean score and the share of them that are right."""
    found = [(stop.score, any(i == k for k, _ in s.pairs)) for s in scores for i, stop in enumerate(s.stops)]
    rows = []
    for b in range(bins):
        inside = [(p, right) for p, right in found if min(int(p * bins), bins - 1) == b]
        if inside:
            mean, right = _share([p for p, _ in inside]), _share([r for _, r in inside])
            rows.append((b / bins, (b + 1) / bins, len(inside), mean, right))
    return rows


# --- floors -----------------------------------------------------------------------------------------------------------


def floors(file: Path = FLOORS) -> dict[str, Any]:
    """What no figure may fall below (or, where low is good, rise above), with the digest of the corpus it was measured on."""
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def broken(measured: dict[str, float], limits: dict[str, Any]) -> list[str]:
    """A sentence for each figure on the wrong side of its floor or ceiling."""
    return [
        f"{name} is {value:.3f}, {'above its ceiling' if name in LOW_IS_GOOD else 'below its floor'} of {limits[name]:.3f}"
        for name, value in measured.items()
        if name in limits and (value > limits[name] if name in LOW_IS_GOOD else value < limits[name])
    ]


def raised(measured: dict[str, float], old: dict[str, Any], corpus: str) -> dict[str, Any]:
    """New floors, a margin off the measured figures; none is weaker than the old one if the corpus is the same."""
    new: dict[str, Any] = {"corpus": corpus}
    for name, value in measured.items():
        low = name in LOW_IS_GOOD
        limit = round(value + MARGINS[name] if low else value - MARGINS[name], 3)
        before = old.get(name) if old.get("corpus") == corpus else None
        new[name] = limit if before is None else min(limit, before) if low else max(limit, before)
    return new


def worst(scores: Sequence[Score], count: int = 6) -> str:
    """The stories that cost most, with what was missed and what was false."""
    low = sorted(scores, key=lambda s: (s.route_f1, s.story.id))[:count]
    return "\n".join(f"  {s.story.id}: route {s.route_f1:.2f}; {_why(s)}" for s in low)


def _why(s: Score) -> str:
    return s.error or f"missed {', '.join(s.missed) or 'none'}; false {', '.join(s.false) or 'none'}"


# --- the command ------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str]) -> int:
    """Print the tables; with --raise rewrite the floors. 1 when a figure is on the wrong side of its floor, 2 for bad options."""
    from itinerary.pipeline import build

    if unknown := set(arguments) - {"--raise"}:
        print(f"unknown: {' '.join(sorted(unknown))}; the only option is --raise", file=sys.stderr)
        return 2
    scores = measure(build, stories())
    print(_table(scores), _reliability_table(scores), sep="\n\n")
    faults = _rewrite(figures(scores)) if arguments else broken(figures(scores), floors())
    print("\n".join(faults) or "every figure holds its floor")
    return 1 if faults else 0


def _rewrite(measured: dict[str, float]) -> list[str]:
    """Write the floors, whole or not at all; what could not be raised because it fell."""
    old, corpus = floors(), digest()
    if old and old["corpus"] != corpus:
        print("The stories have changed since the floors were set: all floors are measured anew.")
    new = raised(measured, old, corpus)
    draft = FLOORS.with_suffix(".new")
    draft.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    draft.replace(FLOORS)
    changed = [f"{name} {old.get(name, 'none')} -> {new[name]}" for name in measured if new[name] != old.get(name)]
    print("floors:", "; ".join(changed) or "nothing to raise")
    return [f"{fault}; a floor is not lowered" for fault in broken(measured, new)]


def _table(scores: Sequence[Score]) -> str:
    lines = [f"{'story':<32} route  stops        false  dates     made up"]
    for s in sorted(scores, key=lambda s: (s.route_f1, s.story.id)):
        stops, dates = f"{len(s.pairs):>2} of {s.needed:<2}", f"{sum(s.dated):>2} of {len(s.dated):<2}"
        lines.append(f"{s.story.id:<32} {s.route_f1:.2f}   {stops}     +{len(s.false):<2}    {dates}  {sum(s.invented)}")
        lines += [f"    {_why(s)}"] if s.route_f1 < 1 else []
    lines += ["", f"{'means':<16} stories  route_f1 stop_f1 precision recall dates invented false"]
    for genre in (*sorted({s.story.genre for s in scores}), "all"):
        lines.append(_means(genre, [s for s in scores if genre in (s.story.genre, "all")]))
    return "\n".join(lines)


def _means(genre: str, scores: Sequence[Score]) -> str:
    of, hits = figures(scores), sum(len(s.pairs) for s in scores)
    precision, recall = (hits / max(1, n) for n in (sum(len(s.stops) for s in scores), sum(s.needed for s in scores)))
    shares = (
        f"{of['route_f1']:.3f}    {of['stop_f1']:.3f}   {precision:.3f}     {recall:.3f}  {of['dates']:.3f} {of['invented']:.3f}"
    )
    return f"{genre:<16} {len(scores):>7}  {shares}    {of['false']:.2f}"


def _reliability_table(scores: Sequence[Score]) -> str:
    rows = [f"{low:.1f}-{high:.1f}  {n:>6} {mean:>11.2f} {right:>6.2f}" for low, high, n, mean, right in reliability(scores)]
    return "\n".join(["score     stops  mean score  right", *rows])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Learn to judge visits: annotated journeys in, five files of weights in `data/weights/` out.

    python data/train_visits.py journeys/ …

A folder holds texts whose stops are marked in the text itself (`data/journeys/README.md` tells how), or pairs ID.txt and ID.json;
the latter tells the text's "published" date, its "stops" in order of travel (each with "name", "modern", "lat", "lon",
"tolerance_km", "level", "arrive", "depart" and the "evidence" quoted from the text) and the names "not_visited".

Learnt are, one after the other: presence (does this mention speak of being there), place (was the traveller there at all), stay
(does this mention open a stay), arrive and depart (does this time tell the beginning or the end of it). Later judges see what
earlier ones say of texts that those were not trained on. Prints cross-validated (by text) figures.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from itinerary import dates, geocoding, judging, reading, toponyms
from itinerary.gazetteer import Gazetteer
from itinerary.geodesy import distance_km
from itinerary.model import Coordinate, Place
from itinerary.names import fold
from itinerary.visits import scene_for
from itinerary.visits.presence import place_features, stay_features
from itinerary.visits.scene import Scene
from itinerary.visits.signals import signals_of
from itinerary.visits.when import features as time_features
from itinerary.visits.when import proposed, spells_of

# Inverse strength of the L2 penalty for each judge, the best in cross-validation of 0.01 to 1.
PENALTY = {"presence": 0.03, "place": 0.1, "stay": 0.1, "arrive": 0.1, "depart": 0.1}
# Weight of a text with marks beside one with an annotation of its own. Written to teach, they hold more traps than published
# texts do: with full weight the judges see traps everywhere (cross-validated on published texts; 0.1 to 1 were tried).
MARKED_WEIGHT = 0.25
FEWEST_TEXTS = 4  # a feature seen in fewer texts is a name in disguise
FOLDS = 5
# Evidence may tell of a place named shortly before or after it (characters).
BEFORE, AFTER = 1200, 600

MARK = re.compile(r"\[(?P<name>[^\]\n]+)\]\((?P<order>\d+)(?: (?:planned|passed))?(?: (?P<when>[\d/-]+))?\)")

Features = dict[str, float]


@dataclass
class Text:
    """A journey with its annotation, and what the judges learn from it."""

    scene: Scene
    gold: dict[str, Any]
    stops_of: list[list[int]]  # for each mention the stops it may stand for
    opens: list[int | None]  # for each mention the stop whose beginning it tells
    visited: dict[str, bool] = field(default_factory=dict)  # by place id
    learned: dict[str, list[tuple[Features, bool]]] = field(default_factory=dict)  # examples of each judge

    @property
    def weight(self) -> float:
        """How much its examples count."""
        return MARKED_WEIGHT if self.gold.get("marked") else 1.0


# --- reading the annotation -------------------------------------------------------------------------------------------


def texts(folders: Sequence[Path]) -> Iterator[Text]:
    """Every annotated text, read by the program itself and aligned with its stops."""
    gazetteer = Gazetteer.open()
    for text, gold in (pair for folder in folders for pair in (*pairs(folder), *marked(folder))):
        document = reading.read(text)
        resolved = geocoding.resolve(document, toponyms.find(document, gazetteer), gazetteer)
        published = dt.date.fromisoformat(gold["published"]) if len(gold["published"] or "") == 10 else None
        scene = scene_for(document, resolved, dates.find(document.text, published, parse=document.parse))
        stops = list(stops_named(scene, gold))
        journey = Text(scene, gold, stops, openings(scene, gold, stops))
        for mention, found in zip(scene.mentioned, stops, strict=True):
            journey.visited[mention.place.id] = journey.visited.get(mention.place.id, False) or bool(found)
        yield journey


def pairs(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The texts of a folder with their annotation beside them."""
    for path in sorted(folder.glob("*.json")):
        yield path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))


def marked(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The texts of a folder with their stops marked in them, several to a file."""
    for path in sorted(folder.glob("*.marked.txt")):
        for part in re.split(r"^====+\n", path.read_text(encoding="utf-8"), flags=re.M):
            if part.strip():
                yield unmarked(part.strip())


def unmarked(part: str) -> tuple[str, dict[str, Any]]:
    """A text without its marks, and what they say."""
    head = re.match(r"(?:(?:published|traveller): .*\n)*", part)
    facts = dict(line.split(": ", 1) for line in head.group().splitlines()) if head else {}
    pieces, stops, length, at = [], [], 0, head.end() if head else 0
    body = part[at:].lstrip("\n")
    at = 0
    for mark in MARK.finditer(body):
        pieces += [body[at : mark.start()], mark["name"]]
        length += len(pieces[-2])
        arrive, _, depart = (mark["when"] or "").partition("/")
        where = (length, length + len(mark["name"]))
        stops.append({"name": mark["name"], "modern": mark["name"], "order": int(mark["order"]), "lat": None, "at": where,
                      "arrive": arrive or None, "depart": depart or None})  # fmt: skip
        length, at = length + len(mark["name"]), mark.end()
    stops.sort(key=lambda stop: stop["order"])
    return "".join([*pieces, body[at:]]), {"published": facts.get("published"), "stops": stops, "not_visited": [], "marked": True}


def stops_named(scene: Scene, gold: dict[str, Any]) -> Iterator[list[int]]:
    """For each mention the numbers of the stops it may name: by name, else by where it lies."""
    names = [{fold(stop["name"]), fold(stop["modern"])} for stop in gold["stops"]]
    others = {fold(other["name"]) for other in gold["not_visited"]}
    for mention in scene.mentioned:
        name = fold(mention.resolution.name)
        by_name = [i for i, known in enumerate(names) if name in known]
        near = [i for i, stop in enumerate(gold["stops"]) if lies_at(mention.place, stop)]
        yield by_name or ([] if name in others else near)


def lies_at(place: Place, stop: dict[str, Any]) -> bool:
    """Whether a place answers for a stop; a country only for a stop that is one."""
    if stop["lat"] is None:
        return False
    if place.kind.level == "country" and stop["level"] != "country":
        return False
    return distance_km(place.coordinate, Coordinate(stop["lat"], stop["lon"])) <= stop["tolerance_km"]


def openings(scene: Scene, gold: dict[str, Any], stops_of: Sequence[Sequence[int]]) -> list[int | None]:
    """For each mention the stop that it opens: the one inside the stop's evidence, else the nearest."""
    opens: list[int | None] = [None] * len(stops_of)
    for number, stop in enumerate(gold["stops"]):
        start, end = stop["at"] if "at" in stop else proved(scene.document.text, stop["evidence"])
        free = [i for i, stops in enumerate(stops_of) if number in stops and opens[i] is None]
        spans = [(scene.mentioned[i].span, i) for i in free]
        inside = [i for span, i in spans if start <= span.start and span.end <= end]
        before = [i for span, i in spans if 0 <= start - span.end < BEFORE]
        after = [i for span, i in spans if 0 <= span.start - end < AFTER]
        chosen = inside[:1] or before[-1:] or after[:1]
        if start >= 0 and chosen:
            opens[chosen[0]] = number
    return opens


def proved(text: str, evidence: str) -> tuple[int, int]:
    """Where the evidence stands; (-1, …) when it does not."""
    start = text.find(evidence)
    return start, start + len(evidence)


# --- learning ---------------------------------------------------------------------------------------------------------


class Learner:
    """A logistic regression over named features."""

    def __init__(self, name: str, journeys: Sequence[Text]) -> None:
        """Fit on the examples of each text; a text weighs as the root of its length, so that long ones don't rule."""
        examples = [text.learned[name] for text in journeys]
        seen: dict[str, set[int]] = {}
        for number, own in enumerate(examples):
            for feature in (f for given, _ in own for f in given):
                seen.setdefault(feature, set()).add(number)
        self.kept = {feature for feature, found in seen.items() if len(found) >= FEWEST_TEXTS}
        rows = [self._kept(given) for own in examples for given, _ in own]
        truth = [holds for own in examples for _, holds in own]
        weights = np.array([text.weight / len(own) ** 0.5 for text, own in zip(journeys, examples, strict=True) for _ in own])
        self.vectorizer = DictVectorizer()
        matrix = self.vectorizer.fit_transform(rows)
        self.model = LogisticRegression(C=PENALTY[name], max_iter=3000).fit(matrix, truth, weights / weights.mean())

    def _kept(self, given: Features) -> Features:
        return {feature: value for feature, value in given.items() if feature in self.kept}

    def probabilities(self, rows: Sequence[Features]) -> list[float]:
        """The probability of each row."""
        return self.model.predict_proba(self.vectorizer.transform(rows))[:, 1].tolist() if rows else []

    def store(self, name: str, told: str) -> None:
        """Write the weights that matter."""
        learned = dict(zip(self.vectorizer.get_feature_names_out(), self.model.coef_[0], strict=True))
        stored = {"trained_on": told, "bias": round(float(self.model.intercept_[0]), 4)}
        stored["weights"] = {n: round(float(w), 4) for n, w in sorted(learned.items()) if abs(w) >= 0.005}
        judging.WEIGHTS.mkdir(exist_ok=True)
        (judging.WEIGHTS / f"{name}.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def learn(name: str, journeys: Sequence[Text], rows: Callable[[Text], list[Features]]) -> list[list[float]]:
    """Learn one judge, store it, and give for each text what a judge trained without that text says of `rows`."""
    unseen: list[list[float]] = [[] for _ in journeys]
    for train, test in KFold(FOLDS, shuffle=True, random_state=3).split(journeys):
        learner = Learner(name, [journeys[i] for i in train])
        for i in test:
            unseen[i] = learner.probabilities(rows(journeys[i]))
    examples = [text.learned[name] for text in journeys]
    told = (
        f"{len(journeys)} annotated journeys, {sum(map(len, examples))} examples, {sum(y for e in examples for _, y in e)} true"
    )
    Learner(name, journeys).store(name, told)
    print(f"{name}: {told}")
    return unseen


def learn_all(journeys: Sequence[Text]) -> None:
    """The five judges, each on what the ones before say."""
    signals = [signals_of(text.scene) for text in journeys]
    own = {id(text): rows for text, rows in zip(journeys, signals, strict=True)}
    for text in journeys:
        text.learned["presence"] = [(f, o is not None) for f, o in zip(own[id(text)], text.opens, strict=True)]
    presence = learn("presence", journeys, lambda text: own[id(text)])

    by_place = {id(t): place_features(t.scene, own[id(t)], p) for t, p in zip(journeys, presence, strict=True)}
    for text in journeys:
        text.learned["place"] = [(f, text.visited[place]) for place, f in by_place[id(text)].items()]
    places = learn("place", journeys, lambda text: list(by_place[id(text)].values()))
    report(journeys, places, by_place)

    stays: dict[int, list[Features]] = {}
    for text, told, judged in zip(journeys, presence, places, strict=True):
        of_place = dict(zip(by_place[id(text)], judged, strict=True))
        of_mention = [of_place[m.place.id] for m in text.scene.mentioned]
        stays[id(text)] = stay_features(text.scene, own[id(text)], told, of_mention)
        truth = [o is not None for o in text.opens]
        there = [text.visited[m.place.id] for m in text.scene.mentioned]
        text.learned["stay"] = [row for row, kept in zip(zip(stays[id(text)], truth, strict=True), there, strict=True) if kept]
    learn("stay", journeys, lambda text: stays[id(text)])
    learn_times(journeys)


def learn_times(journeys: Sequence[Text]) -> None:
    """The judges of arrival and departure, on the times near the mention that opens each stop."""
    for text in journeys:
        text.learned["arrive"], text.learned["depart"] = [], []
        spells = spells_of(text.scene)
        for mention, number in zip(text.scene.mentioned, text.opens, strict=True):
            for spell in proposed(text.scene, mention, spells) if number is not None else ():
                stop, given = text.gold["stops"][number], dict(time_features(text.scene, mention, spell))
                text.learned["arrive"].append((given, same_time(spell.begins, stop["arrive"])))
                text.learned["depart"].append((given, same_time(spell.ends or spell.begins, stop["depart"])))
    for name in ("arrive", "depart"):
        learn(name, journeys, lambda text, name=name: [f for f, _ in text.learned[name]])


def same_time(told: Any, gold: str | None) -> bool:
    """Whether a time told is the annotated one, at the annotation's precision."""
    return bool(gold) and told is not None and (told.isoformat() or "")[: len(gold)] == gold


def report(journeys: Sequence[Text], places: Sequence[Sequence[float]], by_place: dict[int, dict[str, Features]]) -> None:
    """Print how well unseen places are judged: F1 by text, and how far the probabilities can be believed."""
    print("threshold  F1 of places (mean over texts)")
    for threshold in np.arange(0.25, 0.61, 0.05):
        scores = []
        for text, judged in zip(journeys, places, strict=True):
            kept = {place for place, p in zip(by_place[id(text)], judged, strict=True) if p >= threshold}
            there = {place for place, visited in text.visited.items() if visited}
            scores.append(2 * len(kept & there) / (len(kept) + len(there)) if kept or there else 1.0)
        print(f"{threshold:9.2f}  {np.mean(scores):.3f}")
    print("probability  places  visited")
    pairs = [(p, t.visited[x]) for t, j in zip(journeys, places, strict=True) for x, p in zip(by_place[id(t)], j, strict=True)]
    for low in np.arange(0, 1, 0.1):
        inside = [visited for p, visited in pairs if low <= p < low + 0.1]
        if inside:
            print(f"{low:.1f} – {low + 0.1:.1f}  {len(inside):8d}  {np.mean(inside):7.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+", help="a folder of .txt and .json pairs")
    learn_all(list(texts(parser.parse_args().folder)))


if __name__ == "__main__":
    main()

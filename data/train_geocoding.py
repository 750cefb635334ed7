"""Learn to tell namesakes apart: annotated texts in, `data/weights/geocoding.json` and `geocoding_alone.json` out.

    python data/train_geocoding.py news.jsonl journeys/ …

A .jsonl file holds a text a line: {"text", "toponyms": [{"start", "end", "lat", "lon"}]}. A folder holds pairs ID.txt and
ID.json, the latter with "stops": [{"name", "lat", "lon", "tolerance_km"}]. Each file weighs the same, a folder a third more.
An option is right within 161 km (100 miles, as published evaluations count) or within the stop's own tolerance. Prints a
cross-validated table (by text) of score, share kept and share right, then learns from everything.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from scipy.optimize import minimize

from itinerary import geocoding, judging, reading, toponyms
from itinerary.gazetteer import Gazetteer
from itinerary.geocoding.choosing import weigh
from itinerary.geocoding.grouping import Group, groups
from itinerary.judging import Judge
from itinerary.model import Coordinate, Document, Span, Toponym

RIGHT_KM = 161.0
# Strength of the L2 penalty on the mean loss; of 8e-5, 1.5e-4 and 3e-4 the best in cross-validation.
PENALTY = 8e-5
FEWEST_TEXTS = 4
# Weight of a folder of journeys against a file of news: news corpora are chosen for their namesakes, journeys are the purpose.
JOURNEYS_WEIGH = 1.3
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Truth:
    """Where a mention really is."""

    span: Span
    coordinate: Coordinate
    within_km: float


@dataclass(slots=True)
class Case:
    """A text: its toponyms in groups, and for each group with a known truth which options are right."""

    source: int
    weight: float
    document: Document
    toponyms: tuple[Toponym, ...]
    groups: list[Group]
    right: dict[int, list[bool]]
    mentions: dict[int, int]


def texts(source: Path) -> Iterator[tuple[str, list[Truth]]]:
    """Each text of a source with the truths it tells."""
    if source.is_dir():
        for path in sorted(source.glob("*.json")):
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            yield text, stops(text, json.loads(path.read_text(encoding="utf-8")))
    else:
        for line in filter(None, source.read_text(encoding="utf-8").split("\n")):  # other line separators may stand in a text
            told = json.loads(line)
            yield told["text"], mentions(told)


def stops(text: str, told: dict) -> list[Truth]:
    """Every mention of a stop's name; names with stops far apart are left out."""
    by_name: dict[str, list[dict]] = {}
    for stop in told["stops"]:
        by_name.setdefault(stop["name"], []).append(stop)
    out = []
    for name, same in by_name.items():
        if len({(round(s["lat"]), round(s["lon"])) for s in same}) == 1:
            at = Coordinate(same[0]["lat"], same[0]["lon"])
            found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
            out += [Truth(Span(m.start(), m.end()), at, same[0]["tolerance_km"]) for m in found]
    return out


def mentions(told: dict) -> list[Truth]:
    """The annotated mentions that have coordinates."""
    known = [t for t in told["toponyms"] if t.get("lat") is not None]
    return [Truth(Span(t["start"], t["end"]), Coordinate(t["lat"], t["lon"]), RIGHT_KM) for t in known]


def case(document: Document, truths: Sequence[Truth], gazetteer: Gazetteer, *, source: int, weight: float = 1.0) -> Case:
    """What the package finds in a text, and which of the options are right."""
    found = toponyms.find(document, gazetteer)
    grouped = groups(document, found, gazetteer)
    right, count = {}, {}
    for number, group in enumerate(grouped):
        meant = [t for i in group.toponyms for t in truths if t.span.overlaps(found[i].span)]
        if meant:
            commonest = max(meant, key=lambda t: sum(t.coordinate == o.coordinate for o in meant))
            right[number] = [_km(o.place.coordinate, commonest.coordinate) <= commonest.within_km for o in group.options]
            count[number] = len(meant)
    return Case(source, weight, document, found, grouped, right, count)


def _km(a: Coordinate, b: Coordinate) -> float:
    la, lb = np.radians(a.latitude), np.radians(b.latitude)
    h = np.sin((lb - la) / 2) ** 2 + np.cos(la) * np.cos(lb) * np.sin(np.radians(b.longitude - a.longitude) / 2) ** 2
    return float(2 * 6371 * np.arcsin(min(1.0, np.sqrt(h))))


# --- learning ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Rows:
    """Options of all groups as a matrix; `group` numbers the group of each row, the others say something of each group."""

    matrix: np.ndarray
    names: list[str]
    group: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    text: np.ndarray
    source: np.ndarray
    mentions: np.ndarray


def rows(cases: Sequence[Case], judges: tuple[Judge, ...], *, company: bool) -> Rows:
    """The features of every option of every group with a truth, in the company that `judges` find."""
    blank = Judge({}, 0.0, "")
    found = []
    for number, one in enumerate(cases):
        weighed = weigh(one.document, one.toponyms, one.groups, (*judges, blank) if company else (blank,))
        for index, right in one.right.items():
            found.append((number, weighed[index].features, right, one.mentions[index]))
    wide: dict[str, set[int]] = {}
    for number, features, _, _ in found:
        for row in features:
            for name in row:
                wide.setdefault(name, set()).add(number)
    names = sorted(n for n, seen in wide.items() if len(seen) >= FEWEST_TEXTS)
    column = {name: i for i, name in enumerate(names)}
    flat = [(g, row, ok) for g, (_, features, right, _) in enumerate(found) for row, ok in zip(features, right, strict=True)]
    matrix = np.zeros((len(flat), len(names) + 1))
    matrix[:, -1] = 1.0
    for i, (_, row, _) in enumerate(flat):
        for name, value in row.items():
            if name in column:
                matrix[i, column[name]] = value
    source = np.array([cases[number].source for number, *_ in found])
    count = np.array([m for *_, m in found])
    weight = np.sqrt(count)
    weight = weight / np.bincount(source, weight)[source] * np.array([cases[number].weight for number, *_ in found])
    text = np.array([number for number, *_ in found])
    group = np.array([g for g, _, _ in flat])
    return Rows(matrix, names, group, np.array([ok for *_, ok in flat]), weight / weight.sum(), text, source, count)


def _sums(values: np.ndarray, group: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """For each group the log of 1 + the sum of exp(values), and exp(values) scaled by it."""
    top = np.zeros(count)
    np.maximum.at(top, group, values)
    scaled = np.exp(values - top[group])
    total = np.exp(-top) + np.bincount(group, scaled, count)
    return top + np.log(total), scaled / total[group]


def fit(data: Rows, chosen: np.ndarray) -> np.ndarray:
    """Weights (bias last) that make the right options of the `chosen` groups likeliest, or none of them where none is right."""
    count = len(data.weight)
    mask = chosen[data.group]
    x, group, right = data.matrix[mask], data.group[mask], data.right[mask]
    any_right = np.bincount(group, right, count) > 0
    weight = data.weight * chosen
    weight = weight / weight.sum()

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ w
        total, p = _sums(odds, group, count)
        best = np.full(count, -np.inf)
        np.maximum.at(best, group[right], odds[right])
        safe = np.where(any_right, best, 0.0)
        within = np.where(right, np.exp(odds - safe[group]), 0.0)
        mass = np.bincount(group, within, count)
        gold = np.where(any_right, safe + np.log(np.where(any_right, mass, 1.0)), 0.0)
        q = within / np.where(any_right, mass, 1.0)[group]
        gradient = x.T @ (weight[group] * (p - q)) + 2 * PENALTY * np.append(w[:-1], 0.0)
        return float((weight * (total - gold)).sum() + PENALTY * (w[:-1] ** 2).sum()), gradient

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def judge_of(data: Rows, w: np.ndarray, told: str) -> Judge:
    """The weights as the package reads them."""
    return Judge(
        {n: round(float(v), 4) for n, v in zip(data.names, w[:-1], strict=True) if abs(v) >= 0.005}, round(float(w[-1]), 4), told
    )


def scored(data: Rows, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each group the probability of the best option and whether it is right."""
    count = len(data.weight)
    _, p = _sums(data.matrix @ w, data.group, count)
    best, right = np.zeros(count), np.zeros(count, dtype=bool)
    for row in np.argsort(p):
        best[data.group[row]], right[data.group[row]] = p[row], data.right[row]
    return best, right


def validate(data: Rows, names: Sequence[str]) -> None:
    """Print how often the best option is right in texts not learnt from, and the table of scores."""
    best, right = np.zeros(len(data.weight)), np.zeros(len(data.weight), dtype=bool)
    for fold in range(FOLDS):
        test = data.text % FOLDS == fold
        s, r = scored(data, fit(data, ~test))
        best[test], right[test] = s[test], r[test]
    for number, name in enumerate(names):
        mine = data.source == number
        m = data.mentions[mine]
        possible = np.bincount(data.group, data.right, len(data.weight))[mine] > 0
        print(
            f"{name}: {m.sum()} mentions of {mine.sum()} names; right {(m * right[mine]).sum() / m.sum():.3f} of mentions, "
            f"{right[mine].mean():.3f} of names; the right place was among the options of {possible.mean():.3f}"
        )
    print("score at least   kept  right")
    for threshold in (0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        kept = best >= threshold
        w = data.weight
        print(f"{threshold:14.2f}  {w[kept].sum():5.3f}  {(w * right)[kept].sum() / w[kept].sum():.3f}")


def learn(cases: Sequence[Case], names: Sequence[str], *, folder: Path = judging.WEIGHTS) -> None:
    """Learn both judges from all cases, printing how well they do on texts they have not seen."""
    told = f"{len(cases)} texts of {len(names)} sources, {sum(len(c.right) for c in cases)} names with known places"
    data = rows(cases, (), company=False)
    print("each name by itself")
    validate(data, names)
    alone = judge_of(data, fit(data, np.ones(len(data.weight), dtype=bool)), told)
    judges: tuple[Judge, ...] = (alone,)
    for step in range(geocoding.ROUNDS):
        data = rows(cases, judges, company=True)
        if step == geocoding.ROUNDS - 1:
            print("in the company of the others")
            validate(data, names)
        judges = (alone, judge_of(data, fit(data, np.ones(len(data.weight), dtype=bool)), told))
    for name, judge in (("geocoding_alone", alone), ("geocoding", judges[1])):
        stored = {"trained_on": told, "bias": judge.bias, "weights": dict(judge.weights)}
        (folder / f"{name}.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, nargs="+", help="a .jsonl file or a folder of .txt and .json pairs")
    parser.add_argument("--to", type=Path, default=judging.WEIGHTS, help="folder for the weights (default: where they are read)")
    args = parser.parse_args()
    gazetteer = Gazetteer.open()
    cases = []
    for number, path in enumerate(args.source):
        weight = JOURNEYS_WEIGH if path.is_dir() else 1.0
        cases += [case(reading.read(text), truths, gazetteer, source=number, weight=weight) for text, truths in texts(path)]
    learn(cases, [path.stem for path in args.source], folder=args.to)


if __name__ == "__main__":
    main()

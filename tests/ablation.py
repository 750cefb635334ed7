"""What learning adds: the same annotated journeys scored with the learned judges, and with rules written by hand in their place.

    python -m tests.ablation [FOLDER]     (without a folder: the project's own stories)

Prints a table for the README. Everything but the judges is the same in each row: names, places, dates, merging, order.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from itinerary import judging, pipeline
from tests.stories_score import STORIES, Score, figures, measure, stories

Judges = Mapping[str, judging.Judge]

# Rules by hand, as log-odds of named signals: what one would write down after reading a few dozen journeys.
PRESENCE = judging.Judge(
    {
        "verb=arrive": 3.0, "verb=leave": 2.5, "verb=motion": 2.5, "verb=stay": 2.5, "verb=carry": 1.5, "verb=presence": 1.5,
        "noun=trip": 1.5, "preposition=in": 0.5, "preposition=to": 0.5, "preposition=from": 0.5, "preposition=at": 0.5,
        "actor=traveller": 1.0, "actor=narrator": 1.0, "actor=person": -1.0, "actor=place": -1.5, "role=nsubj": -1.5,
        "form=demonym": -5.0, "dateline": -4.0, "possessive": -1.0, "verb=say": -2.0, "mood=negated": -3.0, "mood=would": -1.5,
        "mood=conditional": -2.0, "holds another": -1.5, "level=country": -0.5, "day block": 2.0, "in schedule": 1.5,
        "comparing": -2.0, "quoted": -1.0, "crowded sentence": -0.5,
    },
    -1.5,
    "rules by hand",
)  # fmt: skip
PLACE = judging.Judge({"best": 1.0}, 0.0, "rules by hand: a place was visited where one of its mentions says so")
STAY = judging.Judge({"presence": 1.0, "first": 2.0, "return & again": 1.5}, -1.0, "rules by hand: the first mention opens")
ARRIVE = judging.Judge(
    {"same verb": 2.5, "vague": -4.0, "leaving": -2.0, "beside after": 1.0, "beside before": 1.0, "earlier": -3.0,
     "heads block 0": 4.5, "heads block 1": 4.0},
    -1.0,
    "rules by hand",
)  # fmt: skip
DEPART = judging.Judge({"same verb": 2.5, "leaving": 2.5, "vague": -4.0, "earlier": -4.0}, -3.0, "rules by hand")
BY_HAND = {"presence": PRESENCE, "place": PLACE, "stay": STAY, "arrive": ARRIVE, "depart": DEPART}
EVERYTHING = judging.Judge({}, 5.0, "whatever is named")
STEPS = (
    ("every place named, at its first mention", {**BY_HAND, "presence": EVERYTHING, "place": EVERYTHING}),
    ("rules by hand", BY_HAND),
    ("presence learnt", {name: BY_HAND[name] for name in ("stay", "arrive", "depart")}),
    ("presence and stays learnt", {name: BY_HAND[name] for name in ("arrive", "depart")}),
    ("all learnt", {}),
)


@contextmanager
def instead(judges: Judges) -> Iterator[None]:
    """The judges of these names replaced while the block runs."""
    learned = judging.load
    judging.load = lambda name: judges.get(name) or learned(name)  # type: ignore[assignment]  # a stand-in for this run
    try:
        yield
    finally:
        judging.load = learned  # type: ignore[assignment]


def table(folder: Path) -> Iterator[str]:
    """A line per step, as Markdown."""
    yield "| judges | route F1 | stop precision | recall | dates right | dates made up | false stops |"
    yield "|---|---|---|---|---|---|---|"
    for name, judges in STEPS:
        with instead(judges):
            scores = measure(pipeline.build, stories(folder))
        found, precision, recall = figures(scores), *shares(scores)
        told = (found["route_f1"], precision, recall, found["dates"], found["invented"], found["false"])
        yield f"| {name} | " + " | ".join(f"{figure:.2f}" for figure in told) + " |"


def shares(scores: Sequence[Score]) -> tuple[float, float]:
    """Precision and recall of the stops of all journeys together."""
    hits = sum(len(score.pairs) for score in scores)
    return hits / max(1, sum(len(score.stops) for score in scores)), hits / max(1, sum(score.needed for score in scores))


if __name__ == "__main__":
    for line in table(Path(sys.argv[1]) if len(sys.argv) > 1 else STORIES):
        print(line, flush=True)

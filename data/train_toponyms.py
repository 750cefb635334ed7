"""Learn to tell place names from other names: annotated texts in, `data/weights/toponyms.json` out.

    python data/train_toponyms.py news.jsonl journeys/ …

A .jsonl file holds a text a line with every place name marked: {"text", "toponyms": [{"start", "end"}]}. A folder holds pairs
ID.txt and ID.json, the latter with all place names as "stops" and "not_visited": [{"name"}]. Each source weighs the same,
however long it is. Prints a cross-validated table (by text) of threshold, precision and recall, then learns from everything.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from itinerary import judging, reading, toponyms
from itinerary.gazetteer import Gazetteer
from itinerary.model import Document, Span

# Inverse strength of the L2 penalty; of 0.03, 0.1, 0.3, 1 and 3 the best in cross-validation.
PENALTY = 0.3
# A feature seen in fewer texts than this is a name in disguise.
FEWEST_TEXTS = 4


def texts(source: Path) -> Iterator[tuple[str, list[Span]]]:
    """Each text of a source with the spans of its place names."""
    if source.is_dir():
        for path in sorted(source.glob("*.json")):
            told = json.loads(path.read_text(encoding="utf-8"))
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            yield text, _mentions(text, {p["name"] for p in (*told["stops"], *told["not_visited"])})
    else:
        for line in filter(None, source.read_text(encoding="utf-8").split("\n")):  # other line separators may stand in a text
            told = json.loads(line)
            yield told["text"], [Span(t["start"], t["end"]) for t in told["toponyms"]]


def _mentions(text: str, names: set[str]) -> list[Span]:
    found = (m for name in names for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    return [Span(m.start(), m.end()) for m in found]


def examples(
    document: Document, gold: list[Span], gazetteer: Gazetteer, *, roads: bool
) -> Iterator[tuple[dict[str, float], bool]]:
    """Features and truth of each proposal; `roads`: whether the source marks streets at all."""
    for proposal, seen in toponyms.examined(document, gazetteer):
        tokens = document.parse[proposal.start : proposal.end]
        span = Span(tokens.start_char, tokens.end_char)
        if roads or not proposal.road:
            yield seen, any(span.overlaps(other) for other in gold)


def weighted(sources: np.ndarray) -> np.ndarray:
    """A weight for each example, so that all sources weigh the same."""
    counts = np.bincount(sources)
    return np.array([len(sources) / len(counts) / counts[s] for s in sources])


def table(truth: np.ndarray, scores: np.ndarray, weights: np.ndarray) -> None:
    """Print precision and recall at thresholds."""
    print("threshold  precision  recall  F1")
    for threshold in np.arange(0.2, 0.81, 0.05):
        kept = scores >= threshold
        right = (weights * (kept & truth)).sum()
        p, r = right / (weights * kept).sum(), right / (weights * truth).sum()
        print(f"{threshold:9.2f}  {p:9.3f}  {r:6.3f}  {2 * p * r / (p + r):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, nargs="+", help="a .jsonl file or a folder of .txt and .json pairs")
    parser.add_argument("--to", type=Path, default=judging.WEIGHTS, help="folder for the weights (default: where they are read)")
    args = parser.parse_args()
    gazetteer, seen, known, text_of = Gazetteer.open(), [], [], 0
    for number, path in enumerate(args.source):
        for text, gold in texts(path):
            text_of += 1
            for features, holds in examples(reading.read(text), gold, gazetteer, roads=not path.is_dir()):
                seen.append(features)
                known.append((holds, number, text_of))
    truth, source, texts_of = (np.array(column) for column in zip(*known, strict=True))
    judge = learn(seen, truth, source, texts_of, names=[p.stem for p in args.source])
    (args.to / "toponyms.json").write_text(json.dumps(judge, indent=1) + "\n", encoding="utf-8")


def common(seen: list[dict[str, float]], text_of: np.ndarray) -> list[dict[str, float]]:
    """The same features without those of too few texts."""
    wide: dict[str, set[int]] = {}
    for features, text in zip(seen, text_of, strict=True):
        for name in features:
            wide.setdefault(name, set()).add(text)
    return [{name: v for name, v in features.items() if len(wide[name]) >= FEWEST_TEXTS} for features in seen]


def learn(seen: list[dict[str, float]], truth: np.ndarray, source: np.ndarray, text_of: np.ndarray, *, names: list[str]) -> dict:
    """Cross-validate, print the tables, and return what was learnt from everything, as the package reads it."""
    vectorizer, weights = DictVectorizer(), weighted(source)
    matrix = vectorizer.fit_transform(common(seen, text_of))
    scores = np.zeros(len(truth))
    for train, test in GroupKFold(5).split(matrix, truth, text_of):
        model = LogisticRegression(C=PENALTY, max_iter=2000).fit(matrix[train], truth[train], weights[train])
        scores[test] = model.predict_proba(matrix[test])[:, 1]
    for number, name in enumerate(names):
        mine = source == number
        print(f"\n{name}: {mine.sum()} proposals, {truth[mine].sum()} of them places")
        table(truth[mine], scores[mine], weights[mine])
    print("\nall, each source weighing the same")
    table(truth, scores, weights)
    model = LogisticRegression(C=PENALTY, max_iter=2000).fit(matrix, truth, weights)
    told = (
        f"{len(set(text_of.tolist()))} texts of {len(names)} sources, {len(truth)} proposals, {int(truth.sum())} of them places"
    )
    learned = sorted(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    kept = {name: round(float(w), 4) for name, w in learned if abs(w) >= 0.005}
    return {"trained_on": told, "bias": round(float(model.intercept_[0]), 4), "weights": kept}


if __name__ == "__main__":
    main()

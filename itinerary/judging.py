"""A learned judge: named features in, a probability and its reasons out.

The judge is a logistic regression. Its weights are a JSON file that says what it was trained on, so that every number can be
looked up and every decision taken apart into the features that made it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).parents[1] / "data" / "weights"

Features = Mapping[str, float]  # a feature that is absent is 0


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights by feature name (log-odds), the bias, and what they were trained on."""

    weights: Mapping[str, float]
    bias: float
    trained_on: str

    def probability(self, features: Features) -> float:
        """How likely (0..1) the thing with these features is what the judge was trained to find."""
        odds = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

    def reasons(self, features: Features, count: int = 3) -> tuple[tuple[str, float], ...]:
        """The features that moved the decision most, with their log-odds, strongest first."""
        shares = ((name, self.weights.get(name, 0.0) * value) for name, value in features.items())
        return tuple(sorted((s for s in shares if s[1]), key=lambda s: (-abs(s[1]), s[0]))[:count])


@cache
def load(name: str) -> Judge:
    """The shipped judge of that name ("toponyms", "visits")."""
    stored = json.loads((WEIGHTS / f"{name}.json").read_text(encoding="utf-8"))
    return Judge(stored["weights"], stored["bias"], stored["trained_on"])

"""Claims about the learned judges: probabilities, reasons, and that every weight shipped can be accounted for."""

import json
import math

import pytest

from itinerary import judging
from itinerary.judging import WEIGHTS, Judge

JUDGE = Judge({"warm": 2.0, "cold": -3.0, "dull": 0.0}, -0.5, "four examples")
SHIPPED = sorted(file.stem for file in WEIGHTS.glob("*.json"))


def test_without_features_only_the_bias_speaks():
    assert JUDGE.probability({}) == pytest.approx(1 / (1 + math.exp(0.5)))


def test_features_move_the_probability_by_their_weight():
    assert JUDGE.probability({"warm": 1}) == pytest.approx(1 / (1 + math.exp(-1.5)))
    assert JUDGE.probability({"cold": 1}) < JUDGE.probability({}) < JUDGE.probability({"warm": 1})
    assert JUDGE.probability({"warm": 0.5, "cold": 0.5}) == pytest.approx(1 / (1 + math.exp(1.0)))


def test_a_feature_never_seen_in_training_counts_for_nothing():
    assert JUDGE.probability({"blue": 99}) == JUDGE.probability({})


@pytest.mark.parametrize("much", [1e9, -1e9])
def test_the_surest_judgement_is_still_a_probability(much):
    assert 0 < JUDGE.probability({"warm": much}) < 1


def test_reasons_come_strongest_first_and_without_those_that_moved_nothing():
    assert JUDGE.reasons({"warm": 1, "cold": 1, "dull": 5, "blue": 2}) == (("cold", -3.0), ("warm", 2.0))
    assert JUDGE.reasons({"warm": 2, "cold": 1}, count=1) == (("warm", 4.0),)
    assert JUDGE.reasons({}) == ()


def test_equal_reasons_come_in_the_order_of_their_names():
    assert Judge({"b": 1.0, "a": -1.0}, 0, "").reasons({"b": 1, "a": 1}) == (("a", -1.0), ("b", 1.0))


def test_weights_are_shipped_for_every_question():
    assert {"toponyms", "geocoding", "presence", "place", "stay", "arrive", "depart"} <= set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_weights_load_and_say_what_they_were_trained_on(name):
    judge = judging.load(name)
    stored = json.loads((WEIGHTS / f"{name}.json").read_text(encoding="utf-8"))
    assert any(character.isdigit() for character in judge.trained_on), f"{name} does not say on how many examples"
    assert judge.weights == stored["weights"]
    assert all(math.isfinite(weight) for weight in judge.weights.values())
    assert any(judge.weights.values())
    assert 0 < judge.probability({}) < 1


def test_an_unknown_judge_is_an_error_and_not_an_empty_one():
    with pytest.raises(FileNotFoundError, match="weather"):
        judging.load("weather")

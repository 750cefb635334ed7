"""Judge each mention in three steps, each a learned judge of its own.

1. *presence*: do the mention and its clause speak of the traveller being there?
2. *place*: with all mentions of the place, the places it holds and the company it keeps: was the traveller there at all?
3. *stay*: does this mention open a stay, or does it look back, ahead, or go on about one?
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from itinerary import judging
from itinerary.clauses import is_unreal
from itinerary.model import Form
from itinerary.visits.scene import Mentioned, Scene
from itinerary.visits.signals import ASIDE_OF_SCHEDULE, BY_TERMINAL, STOP_OF_SCHEDULE, signals_of, teller

if TYPE_CHECKING:
    from spacy.tokens import Token

_BACK = frozenset({"back", "again", "return", "returned", "returning", "returns", "home", "rejoin", "rejoined", "re"})
# Least probability of a place with this signal. The station, airport or port where a traveller is told to set out or to arrive is
# a stop, however little else is said of it; of the places that stand where a schedule has its stops 19 in 20 are.
_CERTAIN = {BY_TERMINAL: 0.6, STOP_OF_SCHEDULE: 0.9}
_REACHING = frozenset({"motion", "arrive", "stay", "carry"})
_WINDOW = 6  # words before a name in which "back" or "return" makes a return
_KEPT = ("verb=", "noun=", "preposition=", "block=", "opens", "mood=", "actor=", "day block", "in title", "dateline", "clause=",
         "teller=", "sequence", "date", "role=", "opening", "closing", "level=", "in schedule", "beside schedule",
         "places in entry", "near another", "resumed", "share resumed", "position", "quoted")  # fmt: skip

Named = Iterator[tuple[str, float]]


@dataclass(frozen=True)
class Judged:
    """A mention with three probabilities (0..1) and the signals that made the first."""

    mention: Mentioned
    presence: float
    place: float
    stay: float
    signals: Mapping[str, float]


def judge(scene: Scene) -> tuple[Judged, ...]:
    """Every mention of the scene with its probabilities, in text order."""
    signals = signals_of(scene)
    presence = [judging.load("presence").probability(s) for s in signals]
    by_place = {id: judging.load("place").probability(f) for id, f in place_features(scene, signals, presence).items()}
    for m in scene.mentioned:
        for signal, least in _CERTAIN.items():
            if signal in signals[m.index]:
                by_place[m.place.id] = max(by_place[m.place.id], least)
    places = [by_place[m.place.id] for m in scene.mentioned]
    stays = [judging.load("stay").probability(f) for f in stay_features(scene, signals, presence, places)]
    return tuple(Judged(*row) for row in zip(scene.mentioned, presence, places, stays, signals, strict=True))


def can_open(mention: Mentioned, signals: Mapping[str, float]) -> bool:
    """Whether a mention can tell of a stay at all.

    Demonyms name no place to be at; the dateline of a report is where its writer was, not the one it tells of; a place that says
    or wants something stands for its government; "Mr. Kunz from Vienna" tells where he comes from; a war or a crisis "in" a place
    is background; what did not happen, or would if something else did, is no stay.
    """
    clause = mention.clause
    if STOP_OF_SCHEDULE in signals:
        return True
    if mention.resolution.toponym.form is Form.DEMONYM or ASIDE_OF_SCHEDULE in signals:
        return False
    if clause.role in ("nsubj", "nsubjpass") and not clause.coordinated and clause.verb_class in ("say", "plan"):
        return False
    if clause.verb_class in _REACHING and is_unreal(clause.verb):
        return False
    if clause.preposition in ("from", "of") and clause.noun is not None and clause.noun.ent_type_ == "PERSON":
        return False
    if clause.noun_class == "background" and clause.preposition in ("in", "on", "against", "with", "over"):
        return False
    return "dateline" not in signals or "teller=narrator" in signals


def odds(probability: float) -> float:
    """Log-odds, bounded so that a sure thing does not drown the rest."""
    bounded = min(0.99, max(0.01, probability))
    return math.log(bounded / (1 - bounded))


# --- the place as a whole ---------------------------------------------------------------------------------------------


def place_features(
    scene: Scene, signals: Sequence[Mapping[str, float]], presence: Sequence[float]
) -> dict[str, dict[str, float]]:
    """Features of each place named, by its id, from the presence of its mentions and of its neighbours."""
    mentions: dict[str, list[int]] = {}
    for m in sorted(scene.mentioned, key=lambda m: not can_open(m, signals[m.index])):
        if m.place.id not in mentions or can_open(m, signals[m.index]):
            mentions.setdefault(m.place.id, []).append(m.index)
    best = {id: max(presence[i] for i in indexes) for id, indexes in mentions.items()}
    usual = sum(best.values()) / max(1, len(best))
    return {id: dict(_place(scene, presence, indexes, best, usual)) for id, indexes in mentions.items()}


def _place(scene: Scene, presence: Sequence[float], indexes: Sequence[int], best: Mapping[str, float], usual: float) -> Named:
    first = scene.mentioned[indexes[0]]
    ranked = sorted((presence[i] for i in indexes), reverse=True)
    level = first.place.kind.level
    yield "best", odds(ranked[0])
    yield "mean", odds(sum(ranked) / len(ranked))
    yield "second", odds(ranked[1]) if len(ranked) > 1 else 0.0
    yield "first", odds(presence[indexes[0]])
    yield "none of them", odds(1 - math.prod(1 - p for p in ranked))
    yield "mentions", math.log2(len(indexes))
    yield "usual", odds(usual)
    yield "places", math.log2(len(best))
    yield f"level={level}", 1
    yield f"level={level} & best", odds(ranked[0])
    yield f"teller={teller(scene)}", 1
    yield from _held(scene, first, best, level)
    yield from _neighbours(scene, presence, indexes)


def _held(scene: Scene, mention: Mentioned, best: Mapping[str, float], level: str) -> Named:
    held = [best[id] for id in scene.holders.get(mention.place.id, ())]
    if held:
        yield "holds", odds(max(held))
        yield f"holds & level={level}", odds(max(held))
        yield "holds many", math.log2(1 + len(held))
    holders = [best[id] for id in mention.place.parents if id in best]
    if holders:
        yield "held by", odds(max(holders))
    country = [
        best[m.place.id] for m in scene.around(mention) if m.place.country == mention.place.country and m.place != mention.place
    ]
    if country and mention.place.country:
        yield "same country", odds(sum(country) / len(country))


def _neighbours(scene: Scene, presence: Sequence[float], indexes: Sequence[int]) -> Named:
    own = frozenset(indexes)
    around = [presence[j] for i in indexes for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(presence) and j not in own]
    if around:
        yield "neighbours", odds(sum(around) / len(around))
    total, count = 0.0, 0  # each sentence counts once for each of its own mentions
    by_sentence = {scene.mentioned[i].sentence: scene.mentioned[i] for i in indexes}
    for sentence, times in Counter(scene.mentioned[i].sentence for i in indexes).items():
        peers = [presence[m.index] for m in scene.in_sentence(by_sentence[sentence]) if m.index not in own]
        total, count = total + times * sum(peers), count + times * len(peers)
    if count:
        yield "same sentence", odds(total / count)


# --- the stay ---------------------------------------------------------------------------------------------------------


def stay_features(
    scene: Scene, signals: Sequence[Mapping[str, float]], presence: Sequence[float], places: Sequence[float]
) -> list[dict[str, float]]:
    """Features of each mention as the opening of a stay."""
    best: dict[str, float] = {}
    for m in scene.mentioned:
        best[m.place.id] = max(best.get(m.place.id, 0.0), presence[m.index])
    # How many likely visits stand before each mention: tells how much journey lies between two mentions of one place.
    passed = [0, *accumulate(int(p >= 0.5 and q >= 0.4) for p, q in zip(places, presence, strict=True))]
    last: dict[str, int] = {}
    found = []
    for m in scene.mentioned:
        row = {name: value for name, value in signals[m.index].items() if name.startswith(_KEPT)}
        row.update(_stay(scene, m, presence, best))
        row["place"] = odds(places[m.index])
        row.update(_since(m, last, passed, scene))
        last[m.place.id] = m.index
        found.append(row)
    return found


def _stay(scene: Scene, mention: Mentioned, presence: Sequence[float], best: Mapping[str, float]) -> Named:
    own = presence[mention.index]
    yield "presence", odds(own)
    yield "short of the best", odds(best[mention.place.id]) - odds(own)
    if own == best[mention.place.id]:
        yield "the best", 1
    words = {t.lower_ for t in _before(scene, mention)}
    if words & _BACK:
        yield "return", 1
        yield "return & again", float(scene.firsts[mention.place.id] != mention.index)


def _before(scene: Scene, mention: Mentioned) -> Sequence[Token]:
    """The few words of the sentence before the name."""
    tokens = scene.document.tokens(mention.span)
    return list(scene.document.parse[max(tokens.sent.start, tokens.start - _WINDOW) : tokens.start])


def _since(mention: Mentioned, last: Mapping[str, int], passed: Sequence[int], scene: Scene) -> Named:
    """What lies between this mention and the last one of the same place."""
    if mention.place.id not in last:
        yield "first", 1
        yield f"first & count={min(3, scene.counts[mention.place.id])}", 1
        return
    before = scene.mentioned[last[mention.place.id]]
    visits = passed[mention.index] - passed[before.index + 1]
    yield "visits since", math.log2(1 + visits)
    yield f"visits since={min(3, visits)}", 1
    if before.sentence == mention.sentence:
        yield "same sentence again", 1
    if before.block == mention.block:
        yield "same block again", 1

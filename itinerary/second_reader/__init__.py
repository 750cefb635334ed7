"""A second reader: the user's own language model asked for the journey, and believed only where the text proves it.

::

    text ── parts ─► question ─► model, or a chat window ─► answer ─┬─ proving ─► Proven… ─┬─ placing, hints ─► visits ─► Account
                        ▲            memory                         └─► Dropped…           └─ dating
                        └──────────── the last stops proved ◄───────────────────┘

`Asked` asks a model, `Pasted` takes answers that the user brings; both read as `account.Reader`, for `pipeline.build`. An answer
is a list of stops: names and quotes that stand in the text, words that tell a time; which place and which day they mean is ours
to say. `side_by_side` sets two journeys beside each other. Nothing here knows the network: a `Model` is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from itinerary.account import Account, Case, NoAccount
from itinerary.second_reader.answer import Answer, read_answer
from itinerary.second_reader.asking import CONTEXT, Asked, Estimate, Model, estimate
from itinerary.second_reader.memory import Memory
from itinerary.second_reader.question import questions
from itinerary.second_reader.side_by_side import Choice, Difference, Pair, SideBySide, side_by_side
from itinerary.second_reader.telling import account

__all__ = [
    "CONTEXT",
    "Asked",
    "Choice",
    "Difference",
    "Estimate",
    "Memory",
    "Model",
    "Pair",
    "Pasted",
    "SideBySide",
    "estimate",
    "questions",
    "side_by_side",
]


@dataclass(frozen=True, slots=True)
class Pasted:
    """The reader of answers that the user brought: one for the whole text, or one for each of its parts in order."""

    answers: tuple[str, ...]

    def read(self, case: Case) -> Account:
        """What the text proves of the answers. Raises NoAccount when they hold no stop with a proof."""
        told = [answer for written in self.answers if (answer := _read(written))]
        if not told:
            raise NoAccount("The answer holds no list of stops in JSON; the built-in reader's journey is shown instead.")
        traveller = next((answer.traveller for answer in told if answer.traveller), None)
        whole = len(told) == len(self.answers) and all(answer.whole for answer in told)
        return account(case, Answer(tuple(stop for answer in told for stop in answer.stops), traveller, whole))


def _read(written: str) -> Answer | None:
    try:
        return read_answer(written)
    except NoAccount:
        return None

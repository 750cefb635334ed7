"""The user's own language model asked for the journey, and believed only where the text proves what it says."""

from __future__ import annotations

from dataclasses import dataclass

from itinerary.account import Account, Case
from itinerary.second_reader.answer import Answer, read_answer
from itinerary.second_reader.telling import account


@dataclass(frozen=True, slots=True)
class Pasted:
    """The reader of answers that the user brought: one for the whole text, or one for each of its parts in order."""

    answers: tuple[str, ...]

    def read(self, case: Case) -> Account:
        """What the text proves of the answers. Raises NoAccount when they hold no stop with a proof."""
        told = [read_answer(written) for written in self.answers]
        traveller = next((answer.traveller for answer in told if answer.traveller), None)
        return account(case, Answer(tuple(stop for answer in told for stop in answer.stops), traveller))

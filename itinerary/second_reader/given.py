"""Answers that need no asking: pasted by the user, or given before."""

from __future__ import annotations

from dataclasses import dataclass

from itinerary.account import Account, Case, NoAccount
from itinerary.second_reader.answer import Answer, read_answer
from itinerary.second_reader.telling import account


@dataclass(frozen=True, slots=True)
class Answered:
    """The reader of an answer that is there already."""

    answer: Answer

    def read(self, case: Case) -> Account:
        """What the text proves of the answer. Raises NoAccount when it tells stops and none of them has a proof."""
        return account(case, self.answer)


@dataclass(frozen=True, slots=True)
class Pasted:
    """The reader of answers that the user brought: one for the whole text, or one for each of its parts in order."""

    answers: tuple[str, ...]

    def read(self, case: Case) -> Account:
        """What the text proves of the answers. Raises NoAccount when they hold no stop with a proof."""
        return account(case, self.answer())

    def answer(self) -> Answer:
        """All answers as one; what the parts of a text tell twice is told once. Raises NoAccount when none can be read."""
        told = [answer for written in self.answers if (answer := _read(written))]
        if not told:
            raise NoAccount("The answer holds no list of stops in JSON; the built-in reader's journey is shown instead.")
        traveller = next((answer.traveller for answer in told if answer.traveller), None)
        whole = len(told) == len(self.answers) and all(answer.whole for answer in told)
        return Answer(tuple(stop for answer in told for stop in answer.stops), traveller, whole)


def _read(written: str) -> Answer | None:
    try:
        return read_answer(written)
    except NoAccount:
        return None

"""A language model asked about a text, part by part: each question tells where the traveller is, each answer is kept."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from typing import Any, Protocol

from itinerary.account import Account, Case, NoAccount
from itinerary.model import Span
from itinerary.second_reader.answer import Answer, Told, read_answer
from itinerary.second_reader.memory import Memory
from itinerary.second_reader.parts import OVERLAP, parts
from itinerary.second_reader.proving import Proven, proved
from itinerary.second_reader.question import CHARACTERS_A_TOKEN, Part, Question, instructions, question, schema, tokens
from itinerary.second_reader.searching import Searchable
from itinerary.second_reader.telling import account

CONTEXT = 8_192  # tokens of question and answer together that any model of today takes
_SHORTEST_CONTEXT = 3_000
_AROUND = 300  # tokens of a question besides its instructions and its text
_ANSWER = 0.5  # tokens of an answer for each token of a text full of stops; prose has fewer
_SHORTEST_ANSWER = 400  # tokens that half a dozen stops take, as short a text may tell
_SHOWN = 60  # characters of a name or of words of time in what is told so far


class Model(Protocol):
    """A language model that answers. `name` tells it from others, in the memory too."""

    @property
    def name(self) -> str:
        """Which model, and where."""

    def complete(
        self, instructions: str, about: str, schema: dict[str, Any], *, cancelled: Callable[[], bool] | None = None
    ) -> str:
        """What the model writes. Raises NoAccount with a sentence when there is no answer to be had."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """About what a text asks of a model: how many questions, and tokens sent and answered."""

    questions: int
    tokens_sent: int
    tokens_answered: int


def estimate(text: str, context: int = CONTEXT) -> Estimate:
    """What it will take to ask about a text, before anything is asked."""
    longest = _longest(context)
    step = longest * (1 - OVERLAP)
    count = 1 if len(text) <= longest else 1 + math.ceil((len(text) - longest) / step)
    sent = tokens(text) + round((count - 1) * longest * OVERLAP / CHARACTERS_A_TOKEN) + count * (tokens(instructions()) + _AROUND)
    return Estimate(count, sent, max(_SHORTEST_ANSWER, round(tokens(text) * _ANSWER)))


def _longest(context: int) -> int:
    """Characters of a part, so that instructions, part and answer fit into the context of a model together."""
    left = max(context, _SHORTEST_CONTEXT) - tokens(instructions()) - _AROUND
    return int(left / (1 + _ANSWER) * CHARACTERS_A_TOKEN)


@dataclass(frozen=True, slots=True)
class Asked:
    """The reader that asks a model.

    `context` is in tokens; `progress` hears what is being done and the share done (0..1); `cancelled` is asked again and again
    whether to stop. With `memory` None nothing is kept.
    """

    model: Model
    memory: Memory | None = field(default_factory=Memory.at)
    context: int = CONTEXT
    progress: Callable[[str, float], None] | None = None
    cancelled: Callable[[], bool] | None = None

    def read(self, case: Case) -> Account:
        """What the text proves of the model's answers. Raises NoAccount when it gives none, or the user stops it."""
        return account(case, self.answer(case.document.text, case.published, case.traveller))

    def answer(self, text: str, published: dt.date | None = None, traveller: str | None = None) -> Answer:
        """What the model tells of a text, part by part. Raises NoAccount as `read` does."""
        return _Reading(self, text, published, traveller).answer()


class _Reading:
    """One text being asked about: the answers so far, and what they prove."""

    def __init__(self, reader: Asked, text: str, published: dt.date | None, traveller: str | None) -> None:
        self.reader, self.written, self.text = reader, text, Searchable.of(text)
        self.published, self.wanted = published, traveller
        self.spans = parts(text, _longest(reader.context))
        self.told: list[Told] = []
        self.proven: list[Proven] = []
        self.traveller: str | None = None
        self.notes: list[str] = []

    def answer(self) -> Answer:
        """Ask about each part in turn and tell what came of it."""
        unread = 0
        for index in range(len(self.spans)):
            answer = self._part_answer(index)
            unread += answer is None
            self._take(answer, index)
        if unread == len(self.spans):
            raise NoAccount(f"{self.reader.model.name} gave no list of stops; the built-in reader's journey is shown instead.")
        return Answer(tuple(self.told), self.traveller, notes=tuple(self.notes))

    def _part_answer(self, index: int) -> Answer | None:
        """The answer on a part, asked for twice if need be; None where it can't be read."""
        asked = self._question(index)
        for again in (False, True):
            try:
                return self._read(asked, index, again=again)
            except _Unread:
                continue
        self.notes.append(f"The answer on {self._part(index)} could not be read; stops told there are missing.")
        return None

    def _question(self, index: int) -> Question:
        so_far = tuple(map(self._stop, self.proven[-20:]))
        part = Part(self.spans[index].of(self.written), index + 1, len(self.spans), so_far)
        return question(part, self.published, self.wanted)

    def _read(self, asked: Question, index: int, *, again: bool) -> Answer:
        reader, name = self.reader, self.reader.model.name
        self._go_on(index)
        kept = reader.memory.recall(name, asked) if reader.memory and not again else None
        written = kept if kept is not None else self._written(asked, index, again=again)
        try:
            answer = read_answer(written)
        except NoAccount as error:
            raise _Unread from error
        if kept is None and reader.memory:
            reader.memory.keep(name, asked, written)
        return answer

    def _written(self, asked: Question, index: int, *, again: bool) -> str:
        """What the model writes; a second time it is reminded of the form."""
        about = f"{asked.about}\nAnswer with the JSON object alone." if again else asked.about
        try:
            return self.reader.model.complete(asked.instructions, about, schema(), cancelled=self.reader.cancelled)
        except NoAccount as error:
            done = f" {index} of {len(self.spans)} parts are read and kept; asked again, it goes on there." if index else ""
            raise NoAccount(f"{error}{done}") from error

    def _go_on(self, index: int) -> None:
        if self.reader.cancelled and self.reader.cancelled():
            raise NoAccount("The model was not asked any further, as you wished; the built-in reader's journey is shown.")
        if self.reader.progress:
            self.reader.progress(f"asking {self.reader.model.name} about {self._part(index)}", index / len(self.spans))

    def _part(self, index: int) -> str:
        return "the text" if len(self.spans) == 1 else f"part {index + 1} of {len(self.spans)}"

    # --- what is told so far ------------------------------------------------------------------------------------------

    def _take(self, answer: Answer | None, index: int) -> None:
        """Add the stops of a part; those that the part before it told already, in what both hold, are told once."""
        if answer is None:
            return
        if not answer.whole:
            self.notes.append(f"The answer on {self._part(index)} was cut off; its last stops may be missing.")
        known = {stop.name for stop in self.proven}
        fresh = [stop for stop in answer.stops if not self._is_told(stop, known)]
        self.told += fresh
        self.proven += proved(self.text, fresh)[0]
        self.traveller = self.traveller or answer.traveller

    def _is_told(self, stop: Told, known: Set[Span]) -> bool:
        return any(proven.name in known for proven in proved(self.text, [stop])[0])

    def _stop(self, stop: Proven) -> str:
        """A stop in words of the text alone: nothing that a model wrote comes into the next question."""
        name = " ".join(stop.name.of(self.written).split())[:_SHOWN]
        words = stop.told.arrive
        time = self.text.nearest(words, stop.quote) if words else None
        return f"{name} ({' '.join(time.of(self.written).split())[:_SHOWN]})" if time else name


class _Unread(Exception):
    """An answer without a list of stops."""

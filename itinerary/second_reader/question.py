"""The question that is put to a language model: the words in `data/questions`, then what is known, then the text."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from itinerary.second_reader.parts import parts

_FILE = Path(__file__).parents[2] / "data" / "questions" / "journey.md"
_SCHEMA = re.compile(r"```json\n(.*?)\n```", re.DOTALL)
# Characters for a token of English prose, as tokenisers of language models cut it; a little low, so that estimates are high.
CHARACTERS_A_TOKEN = 3.5
LONGEST_PASTED = 100_000  # characters of text that any chat window of today takes
_STOPS_TOLD = 8  # of those before a part that its question tells


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about one part of a text: `instructions` are the same for all of them."""

    instructions: str
    about: str

    @property
    def whole(self) -> str:
        """All of it in one, for a chat window."""
        return f"{self.instructions}\n{self.about}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text, its number from 1 on, how many there are, and the last stops told before it, the latest last."""

    text: str
    number: int = 1
    count: int = 1
    before: Sequence[str] = ()


@cache
def instructions() -> str:
    """What is asked, the schema and the examples."""
    return _FILE.read_text(encoding="utf-8")


@cache
def schema() -> dict[str, Any]:
    """The JSON schema of an answer, as it stands in the question."""
    found = _SCHEMA.search(instructions())
    assert found is not None, f"{_FILE} holds no schema"
    return dict(json.loads(found[1]))


def tokens(text: str) -> int:
    """About how many tokens a text has."""
    return round(len(text) / CHARACTERS_A_TOKEN)


def question(part: Part, published: dt.date | None = None, traveller: str | None = None) -> Question:
    """The question about a part of a text, with the day it was published and whose journey is wanted, where that is known."""
    # A mark that the text can't hold, so that nothing in it can pass for its end.
    mark = f"TEXT-{hashlib.sha256(part.text.encode('utf-8', 'replace')).hexdigest()[:8]}"
    known = " ".join([f"Now your text, between two lines {mark}.", *_known(published, traveller), *_so_far(part)])
    return Question(instructions(), f"{known}\n\n{mark}\n{part.text}\n{mark}\n")


def _known(published: dt.date | None, traveller: str | None) -> list[str]:
    day = [f"Published: {published.isoformat()}."] if published else []
    return [*day, *([f"Report the journey of {traveller}."] if traveller else [])]


def _so_far(part: Part) -> list[str]:
    """Where the traveller is when a part of a longer text begins."""
    if part.count == 1:
        return []
    place = f"This is part {part.number} of {part.count} of a longer text; report the stops that this part tells."
    told = "; ".join(part.before[-_STOPS_TOLD:])
    return [place, f"The last stops told before it, the latest last: {told}."] if told else [place]


def questions(text: str, published: dt.date | None = None, traveller: str | None = None) -> tuple[str, ...]:
    """The question about a text for a chat window; a text longer than those take is asked about in several."""
    pieces = parts(text, LONGEST_PASTED)
    asked = (Part(piece.of(text), i + 1, len(pieces)) for i, piece in enumerate(pieces))
    return tuple(question(part, published, traveller).whole for part in asked)

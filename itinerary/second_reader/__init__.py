"""A second reader: the user's own language model asked for the journey, and believed only where the text proves it.

::

    text ── parts ─► question ─► model, or a chat window ─► answer ─┬─ proving ─► Proven… ─┬─ placing, hints ─► visits ─► Account
                        ▲            memory                         └─► Dropped…           └─ dating
                        └──────────── the last stops proved ◄───────────────────┘

`Asked` asks a model, `Pasted` takes answers that the user brings, `Answered` one that is there already; all read as
`account.Reader`, for `pipeline.build`. An answer is a list of stops: names and quotes that stand in the text, words that tell a
time; which place and which day they mean is ours to say. `Asking` asks in the background; `Beside` keeps what the built-in
reader makes of the same text, to set the two beside each other. Nothing here knows the network: a `Model` is handed in.
"""

from __future__ import annotations

from itinerary.second_reader.answer import Answer
from itinerary.second_reader.asking import CONTEXT, Asked, Estimate, Model, estimate
from itinerary.second_reader.background import Asker, Asking
from itinerary.second_reader.beside import Beside
from itinerary.second_reader.given import Answered, Pasted
from itinerary.second_reader.memory import Memory
from itinerary.second_reader.question import questions

__all__ = [
    "CONTEXT",
    "Answer",
    "Answered",
    "Asked",
    "Asker",
    "Asking",
    "Beside",
    "Estimate",
    "Memory",
    "Model",
    "Pasted",
    "estimate",
    "questions",
]

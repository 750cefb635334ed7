"""What goes through a corpus run: a text with its name, and the batches that texts travel in."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Long enough that handing it over costs nothing beside reading it (2 to 3 s of work), short enough that little is lost with a
# worker and that the workers end together.
_BATCH_CHARACTERS = 40_000
_BATCH_TEXTS = 100  # of tweets


@dataclass(frozen=True, slots=True)
class Text:
    """A document of the corpus. `content` is bytes as they lie in a file; `fault` says why there is nothing to read.

    `occurrence` counts the documents of the same id, from 1. `share` of the input (0..1) ends with this document.
    """

    id: str
    content: str | bytes = ""
    published: dt.date | str | None = None
    share: float = 0.0
    occurrence: int = 1
    fault: str | None = None

    @property
    def key(self) -> bytes:
        """Twelve bytes that tell this document from every other of the corpus."""
        name = f"{self.occurrence}\0{self.id}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(name, digest_size=12).digest()


Batch = tuple[Text, ...]


def batches(texts: Iterable[Text]) -> Iterator[Batch]:
    """The texts in their order, in batches of about the same work; a long text is a batch of its own.

    >>> [len(batch) for batch in batches([Text("a", "x" * 30_000), Text("b", "x" * 30_000), Text("c", "short")])]
    [1, 2]
    """
    waiting: list[Text] = []
    size = 0
    for text in texts:
        if waiting and (size + len(text.content) > _BATCH_CHARACTERS or len(waiting) >= _BATCH_TEXTS):
            yield tuple(waiting)
            waiting, size = [], 0
        waiting.append(text)
        size += len(text.content)
    if waiting:
        yield tuple(waiting)

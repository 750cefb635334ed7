"""Where a desk waits while its browser reloads the page: in this process, behind a name that nobody can guess, and bounded."""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict

from itinerary.dashboard.desk import Desk

MOST_DESKS = 64  # more readers than one machine's dashboard serves at a time
MOST_LETTERS = 12_000_000  # of all their texts: a dozen books; a desk at work lives on in its own session
_TOKEN = re.compile(r"[\w-]{22}")


class Store:
    """Desks by token, the longest unused ones let go first."""

    def __init__(self, most_desks: int = MOST_DESKS, most_letters: int = MOST_LETTERS) -> None:
        self._desks: OrderedDict[str, Desk] = OrderedDict()
        self._lock = threading.Lock()
        self._most = most_desks, most_letters

    def __len__(self) -> int:
        return len(self._desks)

    def find(self, token: str | None) -> Desk | None:
        """The desk put away under `token`, None when there is none (any more)."""
        with self._lock:
            return self._desks.get(token) if token else None

    def keep(self, token: str, desk: Desk) -> None:
        """Put the desk away as the one used last; others go when there are too many or too long ones."""
        with self._lock:
            self._desks[token] = desk
            self._desks.move_to_end(token)
            letters = sum(each.letters for each in self._desks.values())
            while len(self._desks) > 1 and (len(self._desks) > self._most[0] or letters > self._most[1]):
                letters -= self._desks.popitem(last=False)[1].letters


def new_token() -> str:
    """A name for a desk that cannot be guessed."""
    return secrets.token_urlsafe(16)


def is_token(value: str | None) -> bool:
    """Whether a value can have come from `new_token`."""
    return bool(value and _TOKEN.fullmatch(value))

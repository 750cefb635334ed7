"""Values out of a file that nobody vouches for: of the type they should have, or refused with a sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

# Characters. No name is longer, and a note that quotes a cell should not be as long as the cell.
_LONGEST_QUOTE = 40


class Unfit(ValueError):
    """A value that can't be used; its text completes "Line 4 was left out: ..."."""


def quoted(value: Any) -> str:
    """The value as a sentence can hold it."""
    text = " ".join(str(value).split())
    return f"“{text[:_LONGEST_QUOTE]}{'…' if len(text) > _LONGEST_QUOTE else ''}”"


class Fields:
    """The members of a JSON object, each asked for by its type; null and absent are None."""

    def __init__(self, values: Any) -> None:
        if not isinstance(values, Mapping):
            raise Unfit(f"{quoted(values)} is no object")
        self._values = values

    def words(self, name: str) -> str | None:
        """A text."""
        value = self._values.get(name)
        if value is not None and not isinstance(value, str):
            raise Unfit(f"{name} {quoted(value)} is no text")
        return value

    def number(self, name: str) -> float | None:
        """A finite number."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise Unfit(f"{name} {quoted(value)} is no number")
        return value

    def whole(self, name: str) -> int | None:
        """A whole number."""
        value = self.number(name)
        if isinstance(value, float):
            raise Unfit(f"{name} {quoted(value)} is no whole number")
        return value

    def yes(self, name: str) -> bool:
        """A truth value; absent is no."""
        value = self._values.get(name)
        if value is not None and not isinstance(value, bool):
            raise Unfit(f"{name} {quoted(value)} is neither true nor false")
        return bool(value)

    def list_of_words(self, name: str) -> tuple[str, ...]:
        """Texts; absent is none."""
        value = self._values.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Unfit(f"{name} {quoted(value)} is no list of texts")
        return tuple(value)

    def inner(self, name: str) -> Fields:
        """An object within; absent is an empty one."""
        return Fields(self._values.get(name) or {})

    def raw(self, name: str) -> Any:
        """The value, whatever it is."""
        return self._values.get(name)

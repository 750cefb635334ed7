"""The one way an invariant refuses a value."""

from __future__ import annotations


def require(holds: bool, message: str) -> None:
    """Raise ValueError with the message, which names the bad value, unless `holds`."""
    if not holds:
        raise ValueError(message)

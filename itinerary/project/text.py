"""JSON that people can read and programs compare: what fits on a line stands on one, the same content gives the same bytes."""

from __future__ import annotations

import json
import re
from typing import Any

from itinerary.errors import InputError, OutputError

_LINE = 130  # characters
# Bytes. A book of 150,000 words makes a file of about 5 MB.
LARGEST = 100_000_000
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Two halves that stand side by side and yet are two characters: JSON can only say the one character that they would make.
_SECOND_HALF = re.compile(r"(?<=[\ud800-\udbff])[\udc00-\udfff]")


def dump(content: dict[str, Any]) -> bytes:
    """The content as UTF-8, where a half that would make a pair is a replacement character, so that no offset moves.

    Raises OutputError for what JSON can't hold.
    """
    try:
        written = _laid_out(content, 0)
    except (TypeError, ValueError) as error:
        raise OutputError(f"The trip can't be written down: {error}.") from error
    # Half a surrogate pair can't be written in UTF-8, but its escape can.
    written = _SECOND_HALF.sub("\ufffd", written)
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", written).encode() + b"\n"


def _laid_out(value: Any, depth: int) -> str:
    """From the leaves up: what holds short lines alone, and is short itself, becomes one."""
    if not value or not isinstance(value, dict | list):
        return _encode(value)
    if isinstance(value, dict):
        opening, parts, closing = "{", [f"{_encode(key)}: {_laid_out(item, depth + 1)}" for key, item in value.items()], "}"
    else:
        opening, parts, closing = "[", [_laid_out(item, depth + 1) for item in value], "]"
    length = depth + sum(map(len, parts)) + 2 * len(parts)
    if depth and length <= _LINE and not any("\n" in part for part in parts):
        return f"{opening}{', '.join(parts)}{closing}"
    margin = "\n" + " " * (depth + 1)
    return f"{opening}{margin}{f',{margin}'.join(parts)}{margin[:-1]}{closing}"


def parse(data: bytes) -> Any:
    """What the bytes hold. Raises InputError when they are not JSON, or too much of it."""
    if len(data) > LARGEST:
        raise InputError(f"This file can't be opened: it has {len(data):,} bytes, and no project has over {LARGEST:,}.")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except RecursionError:
        raise InputError("This file can't be opened: it is nested deeper than any project.") from None
    except ValueError as error:
        raise InputError(f"This file can't be opened: it is not JSON ({error}); take one that this program has saved.") from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")

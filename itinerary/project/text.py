"""JSON that people can read and programs compare: what fits on a line stands on one, the same content gives the same bytes."""

from __future__ import annotations

import json
import re
from typing import Any

from itinerary.errors import InputError, OutputError

_LINE = 130  # characters
# Bytes. A book of 150,000 words makes a file of about 5 MB.
LARGEST = 100_000_000
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def dump(content: dict[str, Any]) -> bytes:
    """The content as UTF-8. Raises OutputError for what JSON can't hold."""
    try:
        written = _laid_out(content, 0)
    except (TypeError, ValueError) as error:
        raise OutputError(f"The trip can't be written down: {error}.") from error
    # Half a surrogate pair can't be written in UTF-8, but its escape can.
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", written).encode() + b"\n"


def _laid_out(value: Any, depth: int) -> str:
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if not value or not isinstance(value, dict | list) or (depth and len(line) + depth <= _LINE):
        return line
    if isinstance(value, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {_laid_out(item, depth + 1)}" for key, item in value.items()]
    else:
        parts = [_laid_out(item, depth + 1) for item in value]
    margin, (opening, closing) = "\n" + " " * (depth + 1), "{}" if isinstance(value, dict) else "[]"
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

"""Frozen dataclasses as JSON and back, led by their own type hints: a new field with a default needs nothing here.

A field that holds its default is left out. Reading trusts nothing: every value is held to its hint, unknown fields are
refused (a field that is skipped today is a field that is lost at the next saving), and the classes' own invariants apply.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from itinerary.errors import InputError

Json = Any  # what json.loads gives
_LARGEST_NUMBER = 2**53  # beyond, other programs that read JSON round a whole number
_SHOWN = 40  # characters of a wrong value in a message


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one class is written other than by its fields; `read` raises ValueError for what it can't read."""

    write: Callable[[Any], Json]
    read: Callable[[Json], Any]


class Codec:
    """Writes and reads dataclasses of numbers, strings, enums, tuples, optionals and each other."""

    def __init__(self, spellings: Mapping[type, Spelling]) -> None:
        """`spellings` go before the fields."""
        self._spellings = spellings

    def write(self, value: Any) -> Json:
        """The value as JSON."""
        if type(value) in self._spellings:
            return self._spellings[type(value)].write(value)
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, tuple):
            return [self.write(item) for item in value]
        return self.write_fields(value) if is_dataclass(value) else value

    def write_fields(self, value: Any, leave_out: Collection[str] = ()) -> dict[str, Json]:
        """The fields that differ from their defaults, by name, in the order of the class."""
        own = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in leave_out and not _is_default(value, f)}
        return {name: self.write(content) for name, content in own.items()}

    def read(self, hint: Any, value: Json, where: str) -> Any:
        """The value that `hint` promises. Raises InputError, which says `where` the file holds something else."""
        if hint in self._spellings:
            return _built(self._spellings[hint].read, where, value)
        if get_origin(hint) in (Union, UnionType):
            return None if value is None else self.read(get_args(hint)[0], value, where)
        if get_origin(hint) is tuple:
            return self._read_tuple(get_args(hint)[0], value, where)
        if is_dataclass(hint):
            return self.read_fields(hint, value, where)
        if issubclass(hint, Enum):
            expect(value in [member.value for member in hint], where, f"one of {', '.join(m.value for m in hint)}", value)
            return hint(value)
        return _plain(hint, value, where)

    def read_fields(self, cls: Any, value: Json, where: str, given: Mapping[str, Any] | None = None) -> Any:
        """An object of the class from its fields by name; those `given` are not looked for in the file."""
        expect(isinstance(value, dict), where, "fields by name", value)
        given, hints = given or {}, _hints(cls)
        _refuse_unknown(value, {name for name in hints if name not in given}, where)
        own = dict(given)
        for field in fields(cls):
            if field.name in value:
                own[field.name] = self.read(hints[field.name], value[field.name], f"{where}.{field.name}")
            elif field.name not in given and not _has_default(field):
                raise InputError(f"This file can't be opened: {where} lacks {field.name!r}.")
        return _built(lambda fields: cls(**fields), where, own)

    def _read_tuple(self, hint: Any, value: Json, where: str) -> tuple[Any, ...]:
        expect(isinstance(value, list), where, "a list", value)
        return tuple(self.read(hint, item, f"{where}[{i}]") for i, item in enumerate(value))


def expect(holds: bool, where: str, expected: str, value: Json) -> None:
    """Raise InputError, which says what was expected where and what stands there, unless `holds`."""
    if not holds:
        raise InputError(f"This file can't be opened: {where} should be {expected}, not {shown(value)}.")


def shown(value: Json) -> str:
    """A value of the file, short enough for a message."""
    if isinstance(value, dict | list):
        return "fields by name" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and abs(value) > _LARGEST_NUMBER:
        return "a number that large"
    written = repr(value)
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"


def _plain(hint: Any, value: Json, where: str) -> Any:
    if hint is float:
        expect(type(value) in (int, float) and abs(value) <= _LARGEST_NUMBER, where, "a number", value)  # not NaN, not infinite
        return float(value)
    if hint is int:
        expect(type(value) is int and abs(value) <= _LARGEST_NUMBER, where, "a whole number", value)
        return value
    expect(type(value) is hint, where, {str: "words", bool: "true or false"}[hint], value)
    return value


def _built(make: Callable[[Any], Any], where: str, value: Any) -> Any:
    try:
        return make(value)
    except (ValueError, InputError) as error:
        raise InputError(f"This file can't be opened: {where} is wrong: {str(error).rstrip('.')}.") from error


def _refuse_unknown(value: dict[str, Json], known: set[str], where: str) -> None:
    strange = next((name for name in value if name not in known), None)
    if strange is not None:
        raise InputError(
            f"This file can't be opened: {where} has a field {shown(strange)} that this version does not know; "
            "update the program or mend the name."
        )


@cache
def _hints(cls: type) -> dict[str, Any]:
    return {name: hint for name, hint in get_type_hints(cls).items() if name in {f.name for f in fields(cls)}}


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _is_default(value: Any, field: Field[Any]) -> bool:
    """Whether the field holds its default, to the sign of a zero."""
    default = field.default if field.default_factory is MISSING else field.default_factory()
    held = getattr(value, field.name)
    if isinstance(held, float) and held == 0 and math.copysign(1, held) < 0:
        return False
    return type(held) is type(default) and bool(held == default)

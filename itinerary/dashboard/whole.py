"""What a reader does is done wholly, however quickly the next thing follows.

Streamlit ends a run of the app for the next one wherever the app looks into the session's memory, within a callback too. A click
that follows another one closely would so cut the first one off in the middle: an event noted as heard whose correction was never
made, a correction made whose stop is no longer the one that the panel corrects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")
_YIELD = "_yield_callback"  # the memory's own name, Streamlit 1.67, for what may end the run; it offers no other way


@contextmanager
def undivided() -> Iterator[None]:
    """Within, the next run of the app waits until this is done."""
    context = get_script_run_ctx(suppress_warning=True)
    memory = context.session_state if context else None
    held = getattr(memory, _YIELD, None)
    if held is None:
        yield
        return
    object.__setattr__(memory, _YIELD, lambda: None)  # the memory's own way to set would put it among what it remembers
    try:
        yield
    finally:
        object.__setattr__(memory, _YIELD, held)


def whole(callback: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """The callback, never cut off in the middle."""

    @wraps(callback)
    def done(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        with undivided():
            return callback(*args, **kwargs)

    return done

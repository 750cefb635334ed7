"""What a reader does in the dashboard is done wholly, however quickly the next thing follows."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.runtime.state import SafeSessionState, SessionState

from itinerary.dashboard import whole
from tests.conftest import ROOT

DASHBOARD = ROOT / "itinerary" / "dashboard"
STREAMLIT_S_OWN = ("ignore", "rerun")
TOUCH_NO_MEMORY = ("clear",)  # a method of a list


class NextRun(BaseException):
    """What ends a run of the app when the next one is asked for."""


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> SafeSessionState:
    """A session's memory while the next run of the app waits."""

    def end() -> None:
        raise NextRun

    memory = SafeSessionState(SessionState(), end)
    monkeypatch.setattr(whole, "get_script_run_ctx", lambda **_: SimpleNamespace(session_state=memory))
    return memory


def test_a_callback_is_not_cut_off_by_the_next_run_and_what_follows_it_is(memory: SafeSessionState) -> None:
    def act() -> None:
        memory["heard"] = 1
        memory["done"] = memory["heard"] + 1

    with pytest.raises(NextRun):
        act()
    whole.whole(act)()
    with pytest.raises(NextRun):
        memory["done"]
    assert memory.filtered_state == {"heard": 1, "done": 2}


def test_a_callback_that_fails_lets_the_next_run_come(memory: SafeSessionState) -> None:
    with pytest.raises(ZeroDivisionError), whole.undivided():
        memory["share"] = 1 // 0
    with pytest.raises(NextRun):
        memory["share"] = 1


def test_a_session_has_one_run_at_a_time() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["fastReruns"] is False  # else two callbacks at once build on the same journey, and one is lost


def callbacks(tree: ast.AST) -> Iterator[str]:
    """What the widgets of a module call, by its last name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("on_click", "on_change"):
            yield str(getattr(node.value, "value" if isinstance(node.value, ast.Constant) else "attr", None) or node.value.id)  # type: ignore[attr-defined]


@pytest.mark.parametrize("file", sorted(DASHBOARD.glob("*.py")), ids=lambda file: file.stem)
def test_every_callback_is_whole(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    done = {function.name for function in functions if "whole" in map(ast.unparse, function.decorator_list)}
    others = {*STREAMLIT_S_OWN, *TOUCH_NO_MEMORY, "choose"}  # `choose` of state.py, which is whole there
    assert set(callbacks(tree)) - done - others == set()

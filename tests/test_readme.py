"""The README keeps its word: commands are understood, and run where they need no network; snippets give what they show."""

from __future__ import annotations

import ast
import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from itinerary import commands
from itinerary.__main__ import main
from tests.documents import docx, paragraph

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHOWN = "  # -> "
# What asks the network, a model or a browser, needs a file of many gigabytes, removes what the tests need, or is this very
# command.
_NOT_RUN = ("dashboard", "forget", "--fetch", "--online", "--import", "--reader", "--answer")


def blocks(language: str) -> list[str]:
    return [text for kind, text in _BLOCK.findall(README) if kind == language]


def stages(line: str) -> list[list[str]]:
    """The programs of a line of the shell, joined by pipes, with their arguments; comments left out."""
    found: list[list[str]] = [[]]
    for word in shlex.split(line.removeprefix("$ "), comments=True):
        if word == "|":
            found.append([])
        else:
            found[-1].append(word)
    return found


def programs() -> Iterator[list[str]]:
    """Every call of a module in the blocks of the shell: the module and its arguments."""
    for line in (line for block in blocks("") for line in block.splitlines()):
        if re.match(r"(\$ )?(?:cat |python3 )", line):
            yield from (stage[2:] for stage in stages(line) if stage[:2] == ["python3", "-m"])


CALLS = list(programs())
OURS = [call[1:] for call in CALLS if call[0] == "itinerary"]
RUN = [call for call in OURS if not set(call) & set(_NOT_RUN)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the commands name."""
    folder = tmp_path_factory.mktemp("reader")
    samples = ROOT / "data" / "samples"
    shutil.copytree(samples, folder / "data" / "samples")
    shutil.copy(samples / "nordic-diary.txt", folder / "diary.txt")
    (folder / "letter.docx").write_bytes(docx(paragraph("We left Bergen on 02/03/2019 and came to Oslo two days later.")))
    (folder / "answer.txt").write_text('{"stops": []}', encoding="utf-8")
    (folder / "trip.itinerary.json").touch()
    (folder / "texts").mkdir()
    for name in ("kim-russia.txt", "nordic-diary.txt"):
        shutil.copy(samples / name, folder / "texts" / name)
    return folder


@pytest.fixture(autouse=True)
def _there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


def test_the_readme_names_commands_and_snippets() -> None:
    assert len(OURS) > 15 and len(RUN) > 8 and len(blocks("python")) >= 2


def test_two_commands_set_everything_up() -> None:
    first = blocks("")[0].splitlines()
    assert [stages(line)[0] for line in first] == [["python3", "-m", "itinerary", "dashboard"], ["python3", "-m", "tests"]]


@pytest.mark.parametrize("call", OURS, ids=" ".join)
def test_a_command_is_understood(call: list[str]) -> None:
    command, rest = commands.chosen(call)
    assert vars(command.parse(rest)) is not None


def test_modules_that_the_readme_names_are_there() -> None:
    named = {*re.findall(r"`python3? -m ([\w.]+)", README), *(call[0] for call in CALLS)}
    assert len(named) >= 6
    assert [module for module in named if importlib.util.find_spec(module) is None] == []


def test_the_sample_gives_the_table_shown(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = [block for block in blocks("") if block.startswith("$ ")]
    command, shown = block.split("\n", 1)
    assert main(stages(command)[0][3:]) == 0
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == shown.splitlines()


def test_commands_do_what_they_say(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for call in (call for call in RUN if call[0] not in ("corpus", "query")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO((folder / "diary.txt").read_bytes())))
        assert main(call) == 0, shlex.join(call)
        out = capsys.readouterr().out
        if "geojson" in call:
            assert json.loads(out)["type"] == "FeatureCollection"
    written = {path.name for path in folder.iterdir() if path.stat().st_size > 500}
    assert {"trip.html", "trip.png", "trip.itinerary.json", "trip.gpx", "trip.kml", "question.txt"} <= written
    assert "James slept" not in (folder / "trip.html").read_text(encoding="utf-8")  # written last, without sentences


@pytest.mark.slow
def test_many_texts_become_a_dataset_that_answers(folder: Path) -> None:
    told = []
    for call in (call for call in RUN if call[0] in ("corpus", "query")):
        command = [sys.executable, "-W", "ignore", "-m", "itinerary", *call]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
        assert done.returncode == 0, done.stderr
        told.append(done.stdout)
    assert "2 documents" in told[0] and "nordic-diary.txt" in told[1]
    assert "<svg" in (folder / "flows.html").read_text(encoding="utf-8")
    assert (folder / "journeys" / "index.html").exists()


def test_snippets_give_what_they_show(sample: tuple[str, object]) -> None:
    names: dict[str, object] = {"text": sample[0]}
    shown = [pair for block in blocks("python") for pair in run(block, names)]
    assert len(shown) > 9
    assert [(got, told) for got, told in shown if got != told] == []


def run(block: str, names: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Run a block; for each line that shows its value, what it gave and what is shown."""
    for statement in ast.parse(block).body:
        line = block.splitlines()[(statement.end_lineno or 1) - 1]
        code = ast.get_source_segment(block, statement) or ""
        if isinstance(statement, ast.Expr):
            value = eval(code, names)  # our own README
            if _SHOWN in line:
                yield repr(value), line.split(_SHOWN)[1].strip()
        else:
            exec(code, names)


def test_a_snippet_that_shows_something_else_is_caught() -> None:
    assert list(run("x = 1\nx + 1  # -> 3\n", {})) == [("2", "3")]

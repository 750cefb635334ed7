"""Claims about what is kept on this machine: all of it is removed by one command, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from itinerary import cache, environment, online
from itinerary.__main__ import main
from itinerary.dashboard import component
from itinerary.gazetteer import building, dump, store
from itinerary.gazetteer.entry import Entry
from itinerary.model import Kind
from itinerary.online.memory import Memory
from itinerary.second_reader.memory import Memory as Answers
from itinerary.second_reader.question import Question
from tests.conftest import ROOT
from tests.nearby import says

PLACES = {"x:1": Entry("x:1", "Town", 1, 1, Kind.CITY).named("Town")}


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache folder; temporary files and the packages lie elsewhere, and nothing is there."""
    for name, value in (("ITINERARY_CACHE", tmp_path / "cache"), ("TMPDIR", tmp_path / "tmp")):
        monkeypatch.setenv(name, str(value))
        value.mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delenv("ITINERARY_GAZETTEER", raising=False)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    return tmp_path / "cache"


@pytest.fixture
def filled(folder: Path, service, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder in which everything that is ever kept lies, written by those who keep it."""
    monkeypatch.setattr(building, "gather", lambda say: PLACES)
    building.build()
    (folder / dump.LARGE_NAME).touch()
    with store.whole_or_absent(store.default_path()) as part:
        part.write_bytes(store.default_path().read_bytes())
        part.with_name(part.name.replace(f".{os.getpid()}.", ".1.")).touch()  # as a kill would leave it
    Memory.at().keep("server", "name", [], 0.0)
    Answers.at().keep("model", Question("Say", "what"), "Oslo")
    service.replies = [says(b"1\tOslo")]
    online.fetched(service.address + "/cities500.txt")
    return folder


def test_all_that_is_kept_is_known_by_name_and_removed(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {each.what for each in cache.found(filled)} == {kept.what for kept in cache.KEPT}
    assert main(["forget"]) == 0
    out = capsys.readouterr().out
    assert str(filled) in out and out.count("removed ") == len(cache.KEPT) and "not ours" not in out
    assert not filled.exists()


def test_a_dry_run_removes_nothing(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(filled.rglob("*"))
    assert main(["forget", "--dry-run"]) == 0
    assert capsys.readouterr().out.count("would remove ") == len(cache.KEPT)
    assert sorted(filled.rglob("*")) == before


def test_what_is_not_ours_stays_and_is_named(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    diary = tmp_path / "diary.sqlite"
    diary.write_text("mine", encoding="utf-8")
    (filled / "online.sqlite").unlink()
    (filled / "online.sqlite").symlink_to(diary)
    (filled / "notes.txt").touch()
    (filled / "answers" / "letter.json").touch()
    (filled / "gazetteer.sqlite.d").mkdir()
    assert main(["forget"]) == 0
    assert "not ours: answers, gazetteer.sqlite.d, notes.txt" in capsys.readouterr().out
    left = {str(path.relative_to(filled)) for path in filled.rglob("*")}
    assert left == {"answers", "answers/letter.json", "gazetteer.sqlite.d", "notes.txt"}
    assert diary.read_text(encoding="utf-8") == "mine"


def test_a_link_in_the_place_of_a_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    others = tmp_path / "others"
    others.mkdir()
    (others / f"{'0' * 64}.json").touch()
    (folder / "answers").symlink_to(others)
    assert main(["forget"]) == 0
    assert [path.name for path in others.iterdir()] == [f"{'0' * 64}.json"]


def test_where_nothing_was_kept_that_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forget"]) == 0
    assert folder.exists()
    folder.rmdir()
    assert main(["forget"]) == 0
    assert "removed nothing" in capsys.readouterr().out


def test_the_place_index_that_the_user_named_stays(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys) -> None:
    own = tmp_path / "own.sqlite"
    own.touch()
    monkeypatch.setenv("ITINERARY_GAZETTEER", str(own))
    assert main(["forget"]) == 0
    assert own.exists() and str(own) in capsys.readouterr().out


def test_pages_go_with_a_dashboard_that_was_killed_and_stay_with_one_that_runs(folder: Path, tmp_path: Path) -> None:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    dead, alive = (tmp_path / "tmp" / f"{cache.PAGES}{pid}-abc" for pid in (done.pid, os.getpid()))
    for page in (dead, alive):
        page.mkdir()
        (page / "index.html").touch()
    assert main(["forget"]) == 0
    assert (dead.exists(), alive.exists()) == (False, True)


def test_a_page_of_the_dashboard_lies_where_it_is_looked_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(component, "declare_component", lambda name, path: path)
    made = component._component.__wrapped__("figures")
    assert made.parent == folder.parent / "tmp" and made.name.startswith(f"{cache.PAGES}{os.getpid()}-")


def test_the_packages_go_only_when_asked_for_and_only_if_we_put_them_there(folder: Path) -> None:
    environment.VENV.mkdir()
    assert main(["forget", "--environment"]) == 0
    assert environment.VENV.exists()  # not stamped: somebody else's
    (environment.VENV / "requirements.json").write_text("{}", encoding="utf-8")
    assert main(["forget"]) == 0
    assert environment.VENV.exists()
    assert main(["forget", "--environment"]) == 0
    assert not environment.VENV.exists()


def test_what_cannot_be_removed_is_told_in_one_line(
    filled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(cache, "remove", refuse)
    assert main(["forget"]) == 2
    out, err = capsys.readouterr()
    assert "Permission denied" in err and err.count("\n") == 1
    assert "removed nothing" in out


def test_who_wants_to_be_rid_of_it_need_not_install_anything(folder: Path) -> None:
    (folder / "online.sqlite").touch()
    bare = [sys.executable, "-S", "-m", "itinerary", "forget"]
    done = subprocess.run(bare, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr, folder.exists()) == (0, "", False)

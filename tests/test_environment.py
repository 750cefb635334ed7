"""The one-command set-up: made once, used at once, mended when broken, refused in one sentence."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from itinerary import environment
from itinerary.errors import SetupError


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    """A file that pins nothing: pip needs no registry for it."""
    file = tmp_path / "requirements.txt"
    file.write_text("# nothing\n", encoding="utf-8")
    return file


def silent(message: str) -> None:
    pass


def answering(output: str | None) -> Callable[[list[str]], str | None]:
    return lambda command: output


@pytest.fixture
def fake_venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment that seems sound, so that no test waits for a real one; pip succeeds without doing anything."""
    venv = tmp_path / "venv"
    python = environment.interpreter(venv)
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(environment, "_sound", lambda venv: True)
    monkeypatch.setattr(environment, "_followed", answering(None))
    return venv


def test_this_project_pins_every_package_it_needs() -> None:
    lines = environment.REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(environment.pins(environment.REQUIREMENTS)) == len(wanted) > 5


def test_the_tests_run_where_the_pins_are_satisfied() -> None:
    assert environment.satisfied(environment.REQUIREMENTS)


def test_another_version_does_not_satisfy(tmp_path: Path) -> None:
    file = tmp_path / "r.txt"
    file.write_text("pytest==0.0.1  # long gone\n", encoding="utf-8")
    assert environment.pins(file) == {"pytest": "0.0.1"}
    assert not environment.satisfied(file)


def test_a_real_environment_is_made_and_the_second_time_found(tmp_path: Path, requirements: Path) -> None:
    venv, told = tmp_path / "venv", list[str]()
    python = environment.prepared(requirements, venv=venv, tell=told.append)
    assert python.exists() and told
    told.clear()
    assert environment.prepared(requirements, venv=venv, tell=told.append) == python
    assert told == []


def test_changed_requirements_are_installed(fake_venv: Path, requirements: Path) -> None:
    told = list[str]()
    environment.prepared(requirements, venv=fake_venv, tell=silent)
    requirements.write_text("# something else\n", encoding="utf-8")
    environment.prepared(requirements, venv=fake_venv, tell=told.append)
    assert len(told) == 1


def test_an_interrupted_set_up_is_begun_afresh(fake_venv: Path, requirements: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(command: list[str]) -> str | None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_followed", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.prepared(requirements, venv=fake_venv, tell=silent)
    half_done = fake_venv / "half-unpacked"
    half_done.touch()
    environment.prepared(requirements, venv=fake_venv, tell=silent)
    assert not half_done.exists()
    assert environment.interpreter(fake_venv).exists()


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("ERROR: NewConnectionError: Temporary failure in name resolution", "connect to the network"),
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "is not the one whose checksum"),
        ("Looking\nERROR: No matching distribution found for folium==99\n", "No matching distribution found for folium==99"),
    ],
)
def test_a_failed_installation_is_told_in_one_sentence_and_leaves_no_stamp(
    fake_venv: Path, requirements: Path, monkeypatch: pytest.MonkeyPatch, output: str, said: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(environment, "_followed", answering(output))
        with pytest.raises(SetupError, match=said) as caught:
            environment.prepared(requirements, venv=fake_venv, tell=silent)
    assert "\n" not in str(caught.value)
    told = list[str]()
    environment.prepared(requirements, venv=fake_venv, tell=told.append)
    assert told, "the next run must install again"


@pytest.fixture
def lock(requirements: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a pin, its lock, and a machine that locks are made for."""
    monkeypatch.setattr(environment.sys, "platform", "linux")
    requirements.write_text("Some_Package==1.0\n", encoding="utf-8")
    lock = requirements.with_suffix(".lock")
    lock.write_text("some-package==1.0 \\\n    --hash=sha256:0\nother==2.0 \\\n    --hash=sha256:1\n", encoding="utf-8")
    return lock


def commands_of(monkeypatch: pytest.MonkeyPatch, *outputs: str | None) -> list[list[str]]:
    """What pip is asked to do, one after the other, where it answers so."""
    asked, answers = list[list[str]](), iter(outputs)
    monkeypatch.setattr(environment, "_followed", lambda command: asked.append(command) or next(answers))
    return asked


def test_a_lock_that_fits_is_installed_with_its_checksums(
    fake_venv: Path, requirements: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = commands_of(monkeypatch, None)
    environment.prepared(requirements, venv=fake_venv, tell=silent)
    assert [command[-3:] for command in asked] == [["--require-hashes", "-r", str(lock)]]


def test_a_lock_that_does_not_fit_gives_way_to_the_pins(
    fake_venv: Path, requirements: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[str]()
    asked = commands_of(monkeypatch, "ERROR: In --require-hashes mode, all requirements must have a hash", None)
    environment.prepared(requirements, venv=fake_venv, tell=told.append)
    assert [command[-1] for command in asked] == [str(lock), str(requirements)]
    assert "without checksums" in told[-1]


def test_a_changed_file_is_never_installed_in_silence(
    fake_venv: Path, requirements: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = commands_of(monkeypatch, "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.")
    with pytest.raises(SetupError, match="checksum"):
        environment.prepared(requirements, venv=fake_venv, tell=silent)
    assert len(asked) == 1


def test_a_lock_older_than_its_requirements_is_passed_over(requirements: Path, lock: Path) -> None:
    assert environment.locked(requirements) == lock
    requirements.write_text("Some_Package==1.1\n", encoding="utf-8")
    assert environment.locked(requirements) is None


def test_another_system_is_not_offered_the_lock(requirements: Path, lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.sys, "platform", "darwin")
    assert environment.locked(requirements) is None


def test_the_lock_of_this_project_holds_every_pin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.sys, "platform", "linux")
    lock = environment.locked(environment.REQUIREMENTS)
    assert lock and len(environment.pins(lock)) > len(environment.pins(environment.REQUIREMENTS))
    packages = re.split(r"\n(?=\w)", lock.read_text(encoding="utf-8"))[1:]
    assert [package for package in packages if "==" not in package or "--hash=sha256:" not in package] == []


def test_python_without_venv_is_told_what_to_install(tmp_path: Path, requirements: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SetupError, match="apt-get install python3-venv"):
        environment.prepared(requirements, venv=tmp_path / "venv", tell=silent)


def test_an_old_python_is_told_its_version(tmp_path: Path, requirements: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST_PYTHON", (99, 0))
    with pytest.raises(SetupError, match=rf"99\.0 or newer, this is {sys.version_info.major}\."):
        environment.prepared(requirements, venv=tmp_path / "venv", tell=silent)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, requirements: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    with pytest.raises(SetupError, match="can't be written"):
        environment.prepared(requirements, venv=in_the_way / "venv", tell=silent)


def test_a_broken_environment_does_not_start_itself_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "r.txt"
    file.write_text("no-such-package==1\n", encoding="utf-8")
    monkeypatch.setenv("ITINERARY_ENTERED", "1")
    with pytest.raises(SetupError, match="delete that folder"):
        environment.enter("itinerary", [], file)

"""Claims about what comes from others: each package is pinned, locked by checksum, and under a licence that allows its use."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from itinerary import environment
from tests import supply
from tests.test_architecture import files, imports

PACKAGES = {package.name: package for package in supply.locked()}


def test_every_package_that_is_locked_has_its_checksums() -> None:
    pins = environment.pins(supply.LOCK)
    assert len(pins) > 100
    assert set(pins) - set(PACKAGES) == set(), "locked without a checksum, or not installed"
    assert all(package.checksums > 0 for package in PACKAGES.values())


def test_every_package_that_is_asked_for_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")  # the lock is for there
    assert environment.locked(environment.REQUIREMENTS) == supply.LOCK


def test_nothing_that_a_package_needs_is_left_unlocked() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    lacking = [line for line in done.stdout.splitlines() if line.split()[0].lower() in PACKAGES]
    assert lacking == []


@pytest.mark.parametrize("package", PACKAGES.values(), ids=PACKAGES)
def test_the_licence_of_a_package_is_accepted(package: supply.Package) -> None:
    assert package.accepted, f"{package.licence!r}: put it into ACCEPTED if it allows use beside a program under MIT"


def test_no_exception_is_stated_for_nothing() -> None:
    assert {name: PACKAGES[name].licence for name in supply.EXCEPTIONS} == {n: told[0] for n, told in supply.EXCEPTIONS.items()}
    assert not any(supply.allowed(told[0]) for told in supply.EXCEPTIONS.values())


@pytest.mark.parametrize(
    ("expression", "good"),
    [("MIT", True), ("MIT AND Zlib", True), ("MPL-1.1 OR GPL-2.0-only", True), ("GPL-2.0-only", False),
     ("MIT AND GPL-3.0-only", False), ("", False), ("Proprietary", False)],
)  # fmt: skip
def test_of_several_licences_all_or_one_must_be_accepted(expression: str, good: bool) -> None:
    assert supply.allowed(expression) is good


def test_what_is_under_another_licence_is_never_loaded() -> None:
    brings = {name: {name, why.split("installed with ")[1].split(",")[0]} for name, (_, why) in supply.EXCEPTIONS.items()}
    loaded = {name.split(".")[0] for file in files() for name, _ in imports(file)}
    assert {name for name, others in brings.items() if others & loaded} == set()


def test_a_file_that_was_changed_after_it_was_installed_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    about = tmp_path / "toy-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: toy\nVersion: 1.0\n", encoding="utf-8")
    sums = {name: base64.urlsafe_b64encode(hashlib.sha256(b"as it was").digest()).rstrip(b"=").decode() for name in "abc"}
    (about / "RECORD").write_text("".join(f"{n}.py,sha256={s},9\n" for n, s in sums.items()), encoding="utf-8")
    (tmp_path / "a.py").write_bytes(b"as it was")
    (tmp_path / "b.py").write_bytes(b"otherwise")
    monkeypatch.syspath_prepend(tmp_path)
    assert list(supply.changed_files("toy")) == ["b.py was changed", "c.py is gone"]


def test_the_command_lists_every_package_and_ends_with_what_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supply, "changed_files", lambda name: ["x.py was changed"] if name == "spacy" else [])
    monkeypatch.setattr(supply, "other_versions", list)
    assert supply.main() == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[: len(PACKAGES)]] == list(PACKAGES)
    assert lines[-2:] == [f"{len(PACKAGES)} packages", "x.py was changed"]
    monkeypatch.setattr(supply, "changed_files", lambda name: [])
    assert supply.main() == 0

"""The README's two commands on a machine that has never seen this project: `python -m tests.fresh_machine [PYTHON …]`.

Copies the tracked files, and nothing else, to an empty folder; runs the two commands literally as the README gives them, with an
empty home and an environment of PATH, HOME and LANG; looks at the dashboard's first page with the Chromium of this machine; and
tells how the tests ended. With every Python named, else with this one and each newer python3.x that is found. Takes a quarter of
an hour for each, and the network for the packages. `--quick` runs the quick tests. Ends with status 1 when anything failed; the
folder of a failed run stays for a look.
"""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEWER = ("python3.12", "python3.13", "python3.14")
SET_UP, TESTS, PAGE = 1800, 3600, 120  # seconds that each may take
STOPS = ("Komsomolsk-on-Amur", "Vladivostok", "Artyom")


def main(arguments: Sequence[str]) -> int:
    """Run on every Python; 1 when it failed with any."""
    quick = "--quick" in arguments
    named = [argument for argument in arguments if argument != "--quick"]
    pythons = named or [sys.executable, *filter(None, map(shutil.which, NEWER))]
    failed = [python for python in pythons if not holds(Path(os.path.realpath(python)), quick=quick)]
    return 1 if failed else 0


def holds(python: Path, *, quick: bool) -> bool:
    """Whether both commands do what they should with that Python, said line by line."""
    folder = Path(tempfile.mkdtemp(prefix="itinerary-fresh-"))
    version = subprocess.run([python, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    tell(f"{version} in {folder}")
    dashboard, tests = two_commands()
    copy = copied(folder / "itinerary")
    surroundings = empty(folder, python)
    good = dashboard_opens(dashboard, copy, surroundings) and tests_hold(tests + " --quick" * quick, copy, surroundings)
    good = good and not left_behind(copy)
    tell(f"{version}: {'both commands hold' if good else 'FAILED, see ' + str(folder)}")
    if good:
        shutil.rmtree(folder, ignore_errors=True)
    return good


def two_commands() -> list[str]:
    """The first block of the README, without its comments."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^```\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert block, "the README has no block of commands"
    first, second = (line.split("#")[0].strip() for line in block[1].splitlines())
    return [first, second]


def copied(target: Path) -> Path:
    """The tracked files as they stand in the working tree."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def empty(folder: Path, python: Path) -> dict[str, str]:
    """An environment with nothing in it; `python3` is the Python to try."""
    for name in ("home", "bin"):
        (folder / name).mkdir()
    (folder / "bin" / "python3").symlink_to(python)
    path = os.pathsep.join([str(folder / "bin"), "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"])
    return {"PATH": path, "HOME": str(folder / "home"), "LANG": "C.UTF-8"}


def left_behind(copy: Path) -> bool:
    """Whether the commands left anything in the folder beside what .gitignore names."""
    known = {path.name for path in ROOT.iterdir()}
    ignored = {line.strip("/") for line in (copy / ".gitignore").read_text(encoding="utf-8").split()}
    extra = sorted(path.name for path in copy.iterdir() if path.name not in known | ignored)
    if extra:
        tell(f"left behind: {', '.join(extra)}")
    return bool(extra)


# --- the two commands -------------------------------------------------------------------------------------------------


def dashboard_opens(command: str, copy: Path, surroundings: dict[str, str]) -> bool:
    """Whether the dashboard says where it is, and shows the sample's stops there; also at once the second time."""
    for times, patience in (("the first time", SET_UP), ("the second time", PAGE)):
        began = time.monotonic()
        with started(command, copy, surroundings) as lines:
            address = awaited(lines, patience)
            if address is None:
                tell(f"`{command}` did not say where the dashboard is")
                return False
            tell(f"{times}: {address} after {time.monotonic() - began:.0f} s")
            if missing := missing_on(address):
                tell(f"the first page lacks {', '.join(missing)}")
                return False
    return True


def missing_on(address: str) -> list[str]:
    """Which of the sample's stops the page does not show."""
    from playwright.sync_api import Error

    from tests.browsing import chromium

    with chromium() as browser:
        page = browser.new_page()
        page.goto(address)
        try:
            page.frame_locator("iframe").get_by_text(STOPS[-1]).first.wait_for(timeout=1000 * PAGE)
        except Error as error:
            return [str(error).splitlines()[0]]
        written = " ".join(frame.locator("body").inner_text() for frame in page.frames)
        return [stop for stop in STOPS if stop not in written]


def tests_hold(command: str, copy: Path, surroundings: dict[str, str]) -> bool:
    """Whether the command of the tests ends well; its last lines otherwise."""
    began = time.monotonic()
    done = subprocess.run(
        command.split(), cwd=copy, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=TESTS,
        errors="replace", check=False,
    )  # fmt: skip
    (copy.parent / "tests.log").write_text(done.stdout, encoding="utf-8")
    lines = done.stdout.strip().splitlines()
    tell(f"`{command}`: status {done.returncode} after {time.monotonic() - began:.0f} s: {lines[-1] if lines else ''}")
    if done.returncode:
        tell("\n".join(line for line in lines[-60:] if line.startswith(("FAILED", "ERROR", "format:", "lint:", "types:"))))
    return done.returncode == 0


@contextmanager
def started(command: str, copy: Path, surroundings: dict[str, str]) -> Iterator[queue.Queue[str]]:
    """A program with what it writes, stopped in the end with all that it started."""
    process = subprocess.Popen(
        command.split(), cwd=copy, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_copied_lines, args=(process, lines), daemon=True).start()
    try:
        yield lines
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _copied_lines(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    for line in process.stdout or ():
        lines.put(line)
    lines.put("")  # it has ended


def awaited(lines: queue.Queue[str], patience: float) -> str | None:
    """The first address that is written; None when the program ends or is silent for too long."""
    end, written = time.monotonic() + patience, []
    while time.monotonic() < end:
        try:
            line = lines.get(timeout=1)
        except queue.Empty:
            continue
        written.append(line)
        if not line:
            break
        if found := re.search(r"http://\S+", line):
            return found.group()
    tell("".join(written[-20:]))
    return None


def tell(line: str) -> None:
    """A line of the report, at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Everything that must hold, with one command: `python3 -m tests`.

Makes the environment, the gazetteer and (where it may) a browser, then runs format check, lint, types, doctests and tests; exits
with the worst status. `--quick` leaves out the browser and what takes long; `--coverage` measures which branches of the package
the tests take, and fails below the share that pyproject.toml asks for; whatever else is given goes to pytest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from itinerary import environment
from itinerary.environment import ROOT, say
from itinerary.errors import ItineraryError

NEEDED = (environment.REQUIREMENTS, ROOT / "tests" / "requirements.txt")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = ("apt-get", "install", "-y", "--no-install-recommends", "chromium")
OWN = ("--quick", "--coverage")
CHECKS = {
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "lint": ("ruff", "check", "--quiet", "."),
    "types": ("mypy",),
}


def main(arguments: Sequence[str]) -> int:
    """Set up, check, test; the worst exit status of all."""
    quick, coverage = "--quick" in arguments, "--coverage" in arguments
    environment.enter("tests", arguments, *NEEDED)
    os.chdir(ROOT)
    browser = not quick and _browser()
    failed = [name for name, command in CHECKS.items() if not _holds(name, command)]
    if _run("itinerary", "gazetteer"):  # built before the tests, so that none of them waits for it
        return 1
    left_out = " and ".join(["not browser"] * (not browser) + ["not slow"] * quick)
    chosen = ["-m", left_out] if left_out else []
    rest = [argument for argument in arguments if argument not in OWN]
    chosen += ["-n", "2", "--dist", "loadfile"] if quick and not coverage else []  # files side by side: half the time
    status = _run(*(("coverage", "run", "-m") if coverage else ()), "pytest", *chosen, *rest)
    if coverage:
        status = max(status, _run("coverage", "report"))
    if failed:
        say(f"Besides the tests, these did not hold (see above): {', '.join(failed)}")
    if not quick and not browser:
        say(f"The browser tests did not run: type `{' '.join(INSTALL)}` as root, and start again.")
    return max(status, 1 if failed or (not quick and not browser) else 0)


def _holds(name: str, command: Sequence[str]) -> bool:
    holds = not _run(*command)
    print(f"{name}: {'ok' if holds else 'NOT OK'}", flush=True)
    return holds


def _run(*module_and_arguments: str) -> int:
    return subprocess.call([sys.executable, "-m", *module_and_arguments])


def _browser() -> bool:
    """Whether a Chromium is there, after installing Debian's where this user may."""
    if any(map(shutil.which, BROWSERS)):
        return True
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say("Installing Debian's chromium for the browser tests (once) ...")
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(("apt-get", "update"), check=False, **quiet)
        subprocess.run(INSTALL, check=False, **quiet)
    return any(map(shutil.which, BROWSERS))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ItineraryError as error:
        sys.exit(f"tests: {error}")

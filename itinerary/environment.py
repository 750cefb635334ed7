"""The set-up behind the two commands of the README: a `.venv` with the pinned requirements, made once, mended when broken.

Where a lock lies beside the requirements and fits, pip takes only files with the checksums that it holds.

Standard library only, because it runs before anything is installed. A program that needs the requirements calls `enter`:
it returns at once where they are importable (the project's `.venv`, or an environment of the user's own), and otherwise makes
`.venv` and starts the program again inside it. A stamp with the fingerprint of each requirements file tells a finished set-up
from none; a mark left by an interrupted one makes the next run start afresh.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

from itinerary.errors import SetupError

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements.txt"
OLDEST_PYTHON = (3, 11)

_ENTERED = "ITINERARY_ENTERED"  # set for the program started inside .venv, so that a broken one cannot start itself for ever
_PIN = re.compile(r"^\s*([A-Za-z0-9][\w.-]*)\s*==\s*([^\s;#]+)", re.MULTILINE)
# What pip writes when no registry answers, as against a version that does not exist.
_OFFLINE = re.compile(
    r"name resolution|Name or service not known|nodename nor servname|NewConnectionError|Connection refused|ConnectTimeout"
    r"|Network is unreachable|Read timed out|ProxyError|Max retries exceeded",
    re.IGNORECASE,
)
# What pip writes when a file is not the one whose checksum is locked.
_MISMATCH = "DO NOT MATCH THE HASHES"
_FULL = re.compile(r"No space left on device|Disk quota exceeded", re.IGNORECASE)


def say(message: str) -> None:
    """Write a line about the set-up to standard error, so that standard output stays the program's own."""
    print(message, file=sys.stderr, flush=True)


def note(message: str) -> None:
    """Show what is being done on the last line of a terminal, over what stood there; nothing where nobody watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{message}")
        sys.stderr.flush()


def enter(module: str, arguments: Sequence[str], *requirements: Path) -> None:
    """Return if every pinned requirement is importable here; otherwise run `python -m module arguments` inside `.venv`.

    Makes or mends `.venv` first where that is needed. Does not return in the second case. Raises SetupError with one sentence
    when the environment can't be made.
    """
    wanted = [file for file in requirements if file.exists()]
    if satisfied(*wanted):
        return
    if os.environ.get(_ENTERED):
        raise SetupError(f"The environment {VENV} lacks what it should hold; delete that folder and start again.")
    if Path(sys.prefix).resolve() == VENV.resolve():
        _stamp_file(VENV).unlink(missing_ok=True)  # someone took a package away: install what is missing
    command = [str(prepared(*wanted)), "-m", module, *arguments]
    os.environ[_ENTERED] = "1"
    if os.name == "posix":
        os.execv(command[0], command)
    sys.exit(subprocess.call(command))


def satisfied(*requirements: Path) -> bool:
    """Whether this interpreter has every package of the files at the very version they pin."""
    return all(_installed(name) == version for file in requirements for name, version in pins(file).items())


def pins(requirements: Path) -> dict[str, str]:
    """Package name -> version, for each `name==version` line of a requirements file."""
    return dict(_PIN.findall(requirements.read_text(encoding="utf-8")))


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def prepared(*requirements: Path, venv: Path = VENV, tell: Callable[[str], None] = say) -> Path:
    """The interpreter of a virtual environment (`.venv` unless told) that holds what the requirements files pin.

    At once when the stamp matches; otherwise packages are installed, into a fresh environment if the last set-up was
    interrupted. Raises SetupError.
    """
    python = interpreter(venv)
    missing = [file for file in requirements if not _stamped(venv, file)]
    if python.exists() and not missing:
        return python
    _require_python()
    try:
        _create(venv, tell)
        for file in missing or requirements:
            _install(venv, file, tell)
    except OSError as error:
        why = error.strerror or error
        raise SetupError(
            f"The environment {venv} can't be written ({why}); make room or get the right to, and start again."
        ) from error
    return python


def made_here(venv: Path = VENV) -> bool:
    """Whether there is an environment that was set up here, finished or not; one that somebody else made is none."""
    return not venv.is_symlink() and (_stamp_file(venv).exists() or _mark(venv).exists())


def interpreter(venv: Path) -> Path:
    """Where a virtual environment keeps its Python."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


# --- making it --------------------------------------------------------------------------------------------------------


def _require_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        raise SetupError(
            f"Itinerary needs Python {oldest} or newer, this is {sys.version.split()[0]}; start it with a newer one."
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise SetupError("Python's venv module is missing; install it (Debian: apt-get install python3-venv) and start again.")


def _create(venv: Path, tell: Callable[[str], None]) -> None:
    """Make the environment unless a sound one is there; one whose set-up was interrupted is thrown away."""
    if _mark(venv).exists() or not _sound(venv):
        shutil.rmtree(venv, ignore_errors=True)
    if venv.exists():
        return
    tell(f"Making the environment {venv} (once) ...")
    venv.mkdir(parents=True)
    _mark(venv).touch()
    done = subprocess.run([sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(f"The environment {venv} can't be made: {_last_line(done.stdout + done.stderr)}")


def _sound(venv: Path) -> bool:
    """Whether the environment's own Python starts and has pip."""
    try:
        return not subprocess.run([interpreter(venv), "-c", "import pip"], capture_output=True, check=False).returncode
    except OSError:
        return False


def _install(venv: Path, requirements: Path, tell: Callable[[str], None]) -> None:
    """Install one requirements file and stamp it; the mark of an unfinished set-up stands while pip works."""
    tell(f"Installing the packages of {_short(requirements)} (once) ...")
    _mark(venv).touch()
    output = _installed_by_pip(venv, requirements, tell)
    if output is not None:
        _mark(venv).unlink()  # pip has cleaned up after itself: what is there is sound, only not complete
        raise SetupError(_failure(requirements, output))
    stamps = {**_stamps(venv), str(requirements): _fingerprint(requirements)}
    _stamp_file(venv).write_text(json.dumps(stamps), encoding="utf-8")
    _mark(venv).unlink()


def _installed_by_pip(venv: Path, requirements: Path, tell: Callable[[str], None]) -> str | None:
    """Let pip install what the file pins, by its lock where that fits; None when it succeeded, else all that it wrote."""
    pip = [str(interpreter(venv)), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    if lock := locked(requirements):
        output = _followed([*pip, "--require-hashes", "-r", str(lock)])
        if output is None or _MISMATCH in output or _OFFLINE.search(output) or _FULL.search(output):
            return output
        tell(f"{lock.name} does not fit this machine; installing without checksums ...")
    return _followed([*pip, "-r", str(requirements)])


def locked(requirements: Path) -> Path | None:
    """The lock beside a requirements file, with a checksum for each package, where it was made for a machine like this.

    None without a lock, off Linux, and when the requirements have changed since it was made.
    """
    lock = requirements.with_suffix(".lock")
    if not sys.platform.startswith("linux") or not lock.exists():
        return None
    held = {_plain(name): version for name, version in pins(lock).items()}
    return lock if all(held.get(_plain(name)) == version for name, version in pins(requirements).items()) else None


def _plain(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _followed(command: list[str]) -> str | None:
    """Run pip and note each package as it comes; None when it succeeded, else all that it wrote."""
    lines, packages = [], 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as process:
        for line in process.stdout or ():
            lines.append(line)
            if line.startswith("Collecting "):
                packages += 1
                note(f"  {packages} packages, now {line.split()[1]}")
            elif line.startswith("Installing collected"):
                note(f"  unpacking {packages} packages ...")
    note("")
    return "".join(lines) if process.returncode else None


def _short(file: Path) -> Path:
    return file.relative_to(ROOT) if file.is_relative_to(ROOT) else file


def _failure(requirements: Path, output: str) -> str:
    if _MISMATCH in output:
        return (
            "A package is not the one whose checksum requirements.lock holds; if you trust the registry all the same, delete "
            "that file and start again."
        )
    if _OFFLINE.search(output):
        return (
            "The packages can't be fetched because the package registry does not answer; connect to the network and start again."
        )
    if _FULL.search(output):
        return "The packages can't be installed because the disk is full; free about 1 GB and start again."
    return f"The packages of {_short(requirements)} can't be installed: {_last_line(output)}"


def _last_line(output: str) -> str:
    errors = [line for line in output.splitlines() if line.strip()]
    return next((line for line in reversed(errors) if "ERROR" in line), errors[-1] if errors else "no reason given").strip()


# --- knowing that it is done ------------------------------------------------------------------------------------------


def _mark(venv: Path) -> Path:
    return venv / "unfinished"


def _stamp_file(venv: Path) -> Path:
    return venv / "requirements.json"


def _stamps(venv: Path) -> dict[str, str]:
    try:
        stamps = json.loads(_stamp_file(venv).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def _stamped(venv: Path, requirements: Path) -> bool:
    return not _mark(venv).exists() and _stamps(venv).get(str(requirements)) == _fingerprint(requirements)


def _fingerprint(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()

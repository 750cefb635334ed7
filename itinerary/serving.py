"""Start the dashboard: one Streamlit server on this machine only, and a browser on it where there is one."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import webbrowser
from types import FrameType

from itinerary.environment import ROOT
from itinerary.errors import InputError, SetupError

APP = ROOT / "app.py"
_PATIENCE = 2.0  # seconds that the server gets to stop by itself
_ADDRESS = re.compile(r"https?://\S+")


def serve(port: int | None = None, *, browser: bool = True) -> int:
    """Run the dashboard until it is stopped (Ctrl+C), print its address, and return the server's exit status.

    Without `port` the first free one from 8501 on is taken. Raises InputError for a port that can't be used.
    """
    if not APP.is_file():
        raise SetupError(f"The dashboard {APP} is missing; start it from a complete copy of the project.")
    if port is not None and not 1 <= port <= 65_535:
        raise InputError(f"--port {port} is no port; give a number from 1 to 65535.")
    signal.signal(signal.SIGTERM, _stop)
    with subprocess.Popen(
        _command(port), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_surroundings()
    ) as server:
        try:
            return _followed(server, port, browser=browser)
        except KeyboardInterrupt:
            return 0
        finally:
            _end(server)


def _end(server: subprocess.Popen[str]) -> None:
    """Stop the server: politely, and by force where a browser that is still connected holds it back."""
    server.terminate()
    try:
        server.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()


def _followed(server: subprocess.Popen[str], port: int | None, *, browser: bool) -> int:
    """Pass on what the server says, except for its greeting, of which only the address is kept."""
    greeted = False
    for line in server.stdout or ():
        address = _ADDRESS.search(line)
        if re.search(r"Port \S+ is not available", line):
            raise InputError(f"Port {port} is in use; choose another with --port, or leave the option out.")
        if not greeted and address and "URL" in line:
            greeted = True
            _welcome(address.group(), browser=browser)
        elif greeted and line.strip():
            print(line, end="", file=sys.stderr, flush=True)
    return server.wait()


def _welcome(address: str, *, browser: bool) -> None:
    print(f"Itinerary is at {address} (stop it with Ctrl+C)", flush=True)
    if browser and _has_screen():
        webbrowser.open(address)


def _has_screen() -> bool:
    """Whether a browser window could be seen: on Linux and BSD only where a display is set."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _command(port: int | None) -> list[str]:
    chosen = [] if port is None else [f"--server.port={port}"]
    return [sys.executable, "-m", "streamlit", "run", str(APP), "--server.headless=true", *chosen]


def _surroundings() -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
    }


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt

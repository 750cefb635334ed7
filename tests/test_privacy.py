"""Claims about what stays on this machine: nobody is spoken to, and no text is written anywhere but where it was sent."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from itinerary.cache import cache_folder
from tests.alone import Outcome, alone
from tests.conftest import SAMPLES
from tests.session import DISCREET, SECRET, UPLOADED

SPEAKS = "import socket; socket.socket(socket.AF_INET{}, socket.SOCK_{}).connect(({!r}, 53))"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The server's home and its folder for temporary files, and the reader's own folder."""
    return {name: tmp_path_factory.mktemp(name) for name in ("home", "tmp", "reader")}


@pytest.fixture(scope="module")
def session(folders: dict[str, Path]) -> Outcome:
    """A session at the dashboard, in a browser, on a network that leads nowhere."""
    surroundings = {
        "HOME": str(folders["home"]), "XDG_CACHE_HOME": str(folders["home"] / "cache"), "TMPDIR": str(folders["tmp"]),
        "ITINERARY_CACHE": str(cache_folder()),
    }  # fmt: skip
    return alone([sys.executable, "-m", "tests.session", str(folders["reader"])], **surroundings)


@pytest.mark.browser
def test_neither_the_dashboard_nor_the_browser_on_it_speaks_to_anybody(session: Outcome) -> None:
    assert (session.status, session.tried) == (0, 0), session.said


@pytest.mark.browser
def test_of_a_session_no_word_is_written_but_what_the_reader_took_along(session: Outcome, folders: dict[str, Path]) -> None:
    assert session.status == 0, session.said
    taken = {path.name for path in holding(folders["reader"])}
    assert any(name.endswith(".html") for name in taken) and any(name.endswith(".itinerary.json") for name in taken)
    assert (folders["reader"] / DISCREET).stat().st_size > 20 and DISCREET not in taken
    assert [*holding(folders["home"]), *holding(folders["tmp"]), *holding(cache_folder())] == []


def holding(folder: Path) -> Iterator[Path]:
    """The files in which one of the secrets stands."""
    secrets = [word.encode() for word in (*SECRET.split(), *UPLOADED.split())]
    for path in folder.rglob("*"):
        if path.is_file() and any(word in path.read_bytes() for word in secrets):
            yield path


@pytest.mark.slow
def test_the_command_line_speaks_to_nobody(tmp_path: Path) -> None:
    files = [str(tmp_path / f"trip.{ending}") for ending in ("html", "png", "xlsx", "parquet", "tei.xml")]
    outputs = [word for file in files for word in ("-o", file)]
    done = alone([sys.executable, "-W", "ignore", "-m", "itinerary", str(SAMPLES / "kim-russia.txt"), *outputs])
    assert (done.status, done.tried) == (0, 0), done.said
    assert len(list(tmp_path.iterdir())) == 5


@pytest.mark.parametrize(
    ("family", "kind", "address"),
    [("", "STREAM", "192.0.2.1"), ("", "DGRAM", "192.0.2.1"), ("6", "STREAM", "2001:db8::1"), ("6", "DGRAM", "2001:db8::1")],
)
def test_who_speaks_to_somebody_is_counted(family: str, kind: str, address: str) -> None:
    assert alone([sys.executable, "-c", SPEAKS.format(family, kind, address)]).tried == 1


def test_who_asks_a_name_server_is_counted() -> None:
    servers = [line.split()[1] for line in Path("/etc/resolv.conf").read_text().splitlines() if line.startswith("nameserver")]
    if not servers or servers[0].startswith("127."):
        pytest.skip("this machine is its own name server")
    assert alone([sys.executable, "-c", "import socket; socket.getaddrinfo('example.org', 80)"]).tried > 0


def test_who_speaks_with_this_machine_alone_is_not() -> None:
    talk = "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname())"
    assert alone([sys.executable, "-c", talk]) == Outcome(0, "", 0)

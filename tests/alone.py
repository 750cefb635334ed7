"""A program on a network of its own, which leads nowhere: `python -m tests.alone PROGRAM …` says how often it tried to leave.

The kernel gives a new network no way out. Whatever the program, and all that it starts, sends to any machine but this one (a
connection, a question to a name server, a single packet) finds no route, and the kernel counts that. So nothing escapes the
count, whoever sends it and in whatever language: a server, its libraries in C, a browser. Linux only.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Calls of Linux that look at an interface, switch it on, and give it an address.
_READ_FLAGS, _SET_FLAGS, _SET_ADDRESS, _UP = 0x8913, 0x8914, 0x8916, 1
# Every Chromium asks its kernel whether a way leads there, to learn whether it has IPv6; it sends nothing. Here it is at home.
PROBED = "2001:4860:4860::8888"
_LAST = "tried to leave: "


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended, what it said, and how often it tried to reach another machine."""

    status: int
    said: str
    tried: int


def alone(program: Sequence[str], **surroundings: str) -> Outcome:
    """Run a program so; the test is left out where the system lets nobody make a network."""
    apart = ["unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",))]
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("a network of its own can't be made here")
    command = [*apart, sys.executable, "-m", "tests.alone", *program]
    env = {**os.environ, **surroundings}
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env, check=False)
    said, found, count = done.stdout.rpartition(_LAST)
    assert found, done.stdout
    return Outcome(done.returncode, said, json.loads(count))


def main(program: Sequence[str]) -> int:
    """Run the program here, where this machine is all there is, and count."""
    _loopback_up()
    before = _no_routes()
    status = subprocess.call(program)
    print(f"{_LAST}{_no_routes() - before}", flush=True)
    return status


def _loopback_up() -> None:
    """Let the machine speak with itself, which a new network does not allow yet."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        name = b"lo".ljust(16, b"\0")
        (flags,) = struct.unpack("16xh", fcntl.ioctl(any_socket, _READ_FLAGS, name + bytes(2)))
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh", name, flags | _UP))
    with suppress(OSError), socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as any_socket:  # where there is IPv6 at all
        address = struct.pack("16sIi", socket.inet_pton(socket.AF_INET6, PROBED), 128, socket.if_nametoindex("lo"))
        fcntl.ioctl(any_socket, _SET_ADDRESS, address)


def _no_routes() -> int:
    """Packets and connections in this network that found no way out, by the old protocol and the new."""
    heads, values = (line.split() for line in Path("/proc/self/net/snmp").read_text().splitlines() if line.startswith("Ip:"))
    newer = dict(line.split() for line in Path("/proc/self/net/snmp6").read_text().splitlines())
    return int(values[heads.index("OutNoRoutes")]) + int(newer["Ip6OutNoRoutes"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Server processes on loopback: started, killed, started again, and never left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_PATIENCE = 40.0  # seconds for a server to come up
Command = Sequence[str | Path]


@dataclass
class Process:
    """A server process in a group of its own; its words go to server.log in its folder."""

    command: Command
    folder: Path
    answers: Callable[[], bool]
    env: Mapping[str, str] = field(default_factory=dict)
    _running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "server.log").open("ab") as log:
            self._running = subprocess.Popen(
                [str(word) for word in self.command],
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
                env={**os.environ, **self.env},
            )
        until = time.monotonic() + _PATIENCE
        while not self.answers():
            text = (self.folder / "server.log").read_text(errors="replace")[-2000:]
            assert self._running.poll() is None, f"{self.command[0]} ended: {text}"
            assert time.monotonic() < until, f"{self.command[0]} does not answer: {text}"
            time.sleep(0.05)

    def kill(self) -> None:
        """As when the plug is pulled: nothing is finished, nothing is said."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, then end it."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if (process := self._running) is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        try:
            process.wait(1)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)
        self._running = None
        until = time.monotonic() + 1.0
        while _is_alive(process.pid) and time.monotonic() < until:  # children keep its port
            time.sleep(0.01)


def _is_alive(group: int) -> bool:
    with suppress(ProcessLookupError):
        os.killpg(group, 0)
        return True
    return False


@contextmanager
def running(
    command: Command,
    folder: Path,
    answers: Callable[[], bool],
    env: Mapping[str, str] | None = None,
) -> Iterator[Process]:
    """A server process until the end of the block."""
    process = Process(command, folder, answers, env or {})
    try:
        process.start()
        yield process
    finally:
        process.stop()


def _die_with_parent() -> None:
    """A test run that is killed must not leave servers behind (prctl, PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on; all asked for at once, so that they differ."""
    with_sockets = [socket.socket() for _ in range(count)]
    try:
        for one in with_sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in with_sockets]
    finally:
        for one in with_sockets:
            one.close()


def listens(port: int) -> bool:
    """Whether somebody accepts connections there."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False

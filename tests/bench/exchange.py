"""Exchange beside httpx, webdav4 and boto3 on the same bad lines, in one run.

`python -m tests.bench.exchange PYTHON_OF_THE_PEERS [trial…]`. Bytes are those that the line took
from the client, headers and repetitions included. Fails when ours missed anything that was asked.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

from taza_desktop.errors import Refusal
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.layout import Item, Lane
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.place import open_place
from taza_desktop.exchange.upload import upload
from tests.exchange import servers
from tests.exchange.lines import RemoteLine, remote_line
from tests.exchange.servers import Server

KB, MB = 1024, 1024 * 1024
NUMBERS = count(1)
PEERS = Path(__file__).with_name("exchange_peers.py")
# The others send a file in one request, which the guide allows for no more than 4 MB.
ANY_SIZE = "<Location /taza>\nLimitRequestBody 0\n</Location>\n"
SERVERS = {"apache": partial(servers.apache, more=ANY_SIZE), "seaweedfs": servers.seaweed}
THEIRS = {"apache": ("httpx", "webdav4"), "seaweedfs": ("boto3",)}
SESSIONS = 30


@dataclass(frozen=True)
class Trial:
    """A line, a size, and what is asked of us: at most so many times the size, or the time."""

    name: str
    size: int
    does: dict[str, object] = field(default_factory=dict)
    bytes_limit: float = 0.0  # bytes sent ÷ size
    time_limit: float = 0.0  # seconds ÷ those of `beside`
    beside: Callable[[Trial, Server, str], float] | None = None
    kill: bool = False
    seconds: float = 60.0  # for each of the others
    clients: tuple[str, ...] = ("ours", "ours, Qt", "theirs")


@dataclass
class Result:
    """What one client did."""

    done: bool
    ratio: float
    seconds: float
    said: str = ""


class Killed(Exception):
    """The PC was switched off."""


def plain_put(trial: Trial, server: Server, python: str) -> float:
    """Seconds of one PUT of the same size on the same line, by the first of the others."""
    with remote_line(server.port, **trial.does) as line:
        return theirs(THEIRS[server.name][0], trial, server, line, python).seconds


def best_of_line(trial: Trial, server: Server, python: str) -> float:
    """Seconds that the bytes alone take."""
    return trial.size / int(str(trial.does["rate"]))


TRIALS = (
    Trial("breaks every 1 MB", 5 * MB, {"drop_every": MB}, 1.1),
    Trial("breaks every 1 MB, all at once", 5 * MB, {"drop_every": MB, "together": True}, 1.1),
    Trial("breaks every 100 KB", 5 * MB, {"drop_every": 100 * KB}, 1.3),
    Trial("breaks every 30 KB", MB, {"drop_every": 30 * KB}, 100.0),
    Trial("answers lost, 5 times", 5 * MB, {"swallow": 5}, 1.0149),
    Trial("killed at half", 5 * MB, {}, 1.02, kill=True, clients=("ours", "ours, Qt")),
    Trial(
        "300 ms there and back, 20 Mbit/s", 5 * MB, {"trip": 0.3, "rate": 2_500_000},
        time_limit=1.5, beside=plain_put, clients=("ours", "ours, Qt"),
    ),
    Trial(
        "64 kbit/s", 600 * KB, {"rate": 8_000}, time_limit=1.1, beside=best_of_line,
        seconds=150.0,
    ),
)  # fmt: skip


def ours(trial: Trial, server: Server, line: RemoteLine, run: Callable[..., object]) -> Result:
    """Session after session as the outbox would, what was learned of the line kept in between."""
    number = next(NUMBERS)
    data = random.Random(number).randbytes(trial.size)
    sha256, begun, killed = hashlib.sha256(data).hexdigest(), time.monotonic(), False
    item = Item(Lane("100000000", "103200000", "up"), "2024", number, sha256[:16], parted=False)

    def tell(arrived: int) -> None:
        nonlocal killed
        if trial.kill and not killed and arrived >= trial.size / 2:
            killed = True
            raise Killed

    reach, said = 0, ""
    for _session in range(SESSIONS):
        known = Line(reach) if reach else Line()
        place = open_place(server.at(line.port), server.credential, known)
        try:
            run(upload(place, known, item, data, sha256, tell))
        except (Refusal, Killed) as fault:
            said, reach = str(fault), known.reach
        else:
            seconds = time.monotonic() - begun
            return Result(True, line.up / trial.size, seconds)
    return Result(False, line.up / trial.size, time.monotonic() - begun, said)


def make_folders(server: Server) -> None:
    """What the first package of a district has to make, and no other one ever again."""
    with remote_line(server.port) as line, HttpDriver() as driver:
        ours(Trial("the first", 100 * KB), server, line, driver.run)


def theirs(name: str, trial: Trial, server: Server, line: RemoteLine, python: str) -> Result:
    """Another client, in its own process."""
    where, who = server.at(line.port), server.credential
    address = f"{where.address}/{where.bucket}".rstrip("/")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"peer{next(NUMBERS)}"
        file.write_bytes(os.urandom(trial.size))
        words = [name, address, who.user, who.secret, str(file), str(trial.seconds)]
        done = {"done": False, "seconds": trial.seconds, "said": "no end"}
        with suppress(subprocess.TimeoutExpired):
            ran = subprocess.run(
                [python, str(PEERS), *words], capture_output=True, text=True,
                timeout=trial.seconds + 20, check=False,
            )  # fmt: skip
            done = json.loads(ran.stdout) if ran.stdout else {**done, "said": ran.stderr[-200:]}
    return Result(done["done"], line.up / trial.size, done["seconds"], done["said"])


@contextmanager
def http_runner() -> Iterator[Callable[..., object]]:
    with HttpDriver() as driver:
        yield driver.run


@contextmanager
def qt_runner() -> Iterator[Callable[..., object]]:
    from tests.exchange.drivers import QtRunner

    runner = QtRunner()
    try:
        yield runner.run
    finally:
        runner.close()


RUNNERS = {"ours": http_runner, "ours, Qt": qt_runner}


def measure(
    trial: Trial, server: Server, python: str
) -> Iterator[tuple[str, Result, tuple[str, bool]]]:
    """Every client on that line; with what was asked of ours and whether it was kept."""
    beside = trial.beside(trial, server, python) if trial.beside else 0.0
    names = [name for name in trial.clients if name in RUNNERS]
    names += THEIRS[server.name] if "theirs" in trial.clients else ()
    for name in names:
        with remote_line(server.port, **trial.does) as line:
            if name in RUNNERS:
                with RUNNERS[name]() as run:
                    result = ours(trial, server, line, run)
            else:
                result = theirs(name, trial, server, line, python)
        yield name, result, _verdict(trial, name, result, beside)


def _verdict(trial: Trial, name: str, result: Result, beside: float) -> tuple[str, bool]:
    """In words; whether nothing that was asked was missed. Nothing is asked of the others."""
    if name not in RUNNERS:
        return result.said[:60] if not result.done else "", True
    if trial.time_limit:
        share = result.seconds / beside
        kept = result.done and share <= trial.time_limit
        asked = f"{share:.2f} of {beside:.1f} s, asked {trial.time_limit}"
    else:
        kept = result.done and result.ratio <= trial.bytes_limit
        asked = f"asked {trial.bytes_limit}" if trial.bytes_limit < 100 else "asked to arrive"
    says = "kept" if kept else f"NOT KEPT {result.said[:60]}".rstrip()
    return f"{asked}: {says}", kept


def main() -> int:
    """Measure what was named, or everything, and print a table; 1 when we missed anything asked."""
    from PySide6.QtCore import QCoreApplication

    _app = QCoreApplication(sys.argv[:1])
    python, *wanted = sys.argv[1:]
    print("| line | server | client | arrived | bytes ÷ size | seconds | |\n|" + "---|" * 7)
    missed = 0
    with ExitStack() as stack:
        for name, start in SERVERS.items():
            folder = stack.enter_context(servers.public_folder())
            server = stack.enter_context(start(folder))
            make_folders(server)
            for trial in TRIALS:
                if wanted and not any(word in trial.name for word in wanted):
                    continue
                for client, result, (verdict, kept) in measure(trial, server, python):
                    missed += not kept
                    cells = (
                        trial.name, name, client, "yes" if result.done else "no",
                        f"{result.ratio:.3f}", f"{result.seconds:.1f}", verdict,
                    )  # fmt: skip
                    print("| " + " | ".join(cells) + " |", flush=True)
    print(f"asked of ours and missed: {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

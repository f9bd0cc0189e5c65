"""One package over one bad line to one server: what is lost, what is doubled, what it costs."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from taza_desktop.errors import Refusal
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.faults import LineFault
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.parts import Part
from taza_desktop.exchange.requests import Steps
from tests.exchange.clusters import Cluster
from tests.exchange.kit import KB, MB, Goods, Post, goods
from tests.exchange.lines import BadLine, bad_line
from tests.exchange.servers import Server

_LONGEST = 900.0  # seconds that the outbox would go on, before the trial counts as a loss
_NUMBERS = count(1)
_SLOW = {"nextcloud": 3.0}  # seconds of patience, where 0.9 would be less than an answer takes
Event = Literal["", "kill", "hole", "half-open", "restart", "lose a store"]


class _Killed(Exception):
    """The PC was switched off."""


@dataclass(frozen=True)
class Trial:
    """What happens on the way.

    Attributes:
        does: what the line does, see `lines.BadLine`.
        halfway: what happens once, when half of the package has arrived.
        twice: two PCs send the same package at the same time.
        cut_short: a server had shown the beginning of it under its name.
        patient: whether the program waits as it is shipped, and not less, for quick tests.
    """

    name: str
    does: dict[str, object] = field(default_factory=dict)
    size: int = 400 * KB
    halfway: Event = ""
    twice: bool = False
    cut_short: bool = False
    patient: bool = False


@dataclass(frozen=True)
class Outcome:
    """How it ended."""

    lost: int
    doubled: int
    ratio: float  # bytes sent ÷ size
    seconds: float


TRIALS = (
    Trial("nothing, 3 KB", size=3 * KB),
    Trial("nothing, 400 KB"),
    Trial("breaks every 100 KB", {"drop_every": 100 * KB}),
    Trial("breaks every 50 KB", {"drop_every": 50 * KB}),
    Trial("breaks every 30 KB, all connections", {"drop_every": 30 * KB, "together": True}),
    Trial("breaks by chance, 1 of 40 packets", {"chance": 0.025, "seed": 5}),
    Trial("breaks every 100 KB downwards", {"drop_down": 100 * KB}),
    Trial("answers are lost, 5 times", {"swallow": 5}),
    Trial("answers never come, twice", {"stall": 2}),
    Trial("black hole for two seconds", halfway="hole"),
    Trial("connections half open", halfway="half-open"),
    Trial("killed at half", halfway="kill"),
    Trial("killed at half, breaks every 100 KB", {"drop_every": 100 * KB}, halfway="kill"),
    Trial("two PCs at once, breaks every 100 KB", {"drop_every": 100 * KB}, twice=True),
    Trial("cut short by another, 20 KB", size=20 * KB, cut_short=True),
    Trial("server killed at half and started again", {"rate": 200 * KB}, halfway="restart"),
)
LONG = (
    Trial("nothing, 5 MB", size=5 * MB),
    Trial("breaks every 1 MB, 5 MB", {"drop_every": 1 * MB}, size=5 * MB),
    Trial("breaks every 100 KB, 5 MB", {"drop_every": 100 * KB}, size=5 * MB),
    Trial("killed at half, breaks every 1 MB, 5 MB", {"drop_every": 1 * MB}, 5 * MB, "kill"),
    Trial("300 ms there and back", {"trip": 0.3}, patient=True),
    Trial("64 kbit/s, 60 KB", {"rate": 8000}, size=60 * KB, patient=True),
)
_BREAKS: dict[str, object] = {"rate": 200 * KB, "drop_every": 100 * KB}
STORES = (
    Trial("two stores killed in turn, 5 MB", {"rate": MB}, 5 * MB, "lose a store"),
    Trial("two stores killed in turn, breaks every 100 KB", _BREAKS, halfway="lose a store"),
)


def trials_of(server: Server) -> tuple[Trial, ...]:
    """All that can happen to that server."""
    return TRIALS + LONG + (STORES if isinstance(server, Cluster) else ())


def run_trial(server: Server, trial: Trial) -> Outcome:
    """Send one package as the trial says, then read it back over the same line."""
    what = goods(trial.size, next(_NUMBERS))
    if trial.cut_short:
        with HttpDriver() as driver:
            place = Post.at(server.where, server.credential).place
            driver.run(place.publish(what.item.path, what.data[: trial.size // 2]))
    happens: queue.SimpleQueue[Event] = queue.SimpleQueue()
    begun = time.monotonic()
    with bad_line(server.port, **trial.does) as line:
        senders = [
            threading.Thread(target=_send_until_there, args=(server, line, trial, what, happens))
            for _ in range(2 if trial.twice else 1)
        ]
        for one in senders:
            one.start()
        while any(one.is_alive() for one in senders):
            with suppress(queue.Empty):
                _EVENTS[happens.get(timeout=0.02)](server, line)
        seconds, ratio = time.monotonic() - begun, line.up / trial.size
        if trial.halfway == "restart":
            server.later()
        lost, doubled = _judge(server, line, trial, what)
    return Outcome(lost, doubled, ratio, seconds)


def _post(server: Server, line: BadLine, trial: Trial) -> Post:
    patience = _SLOW.get(server.name, 0.9)
    known = Line() if trial.patient else Line(patience=patience, slowest=200 * KB, pause=0.05)
    return Post.at(server.at(line.port), server.credential, known)


def _send_until_there(
    server: Server, line: BadLine, trial: Trial, what: Goods, happens: queue.SimpleQueue[Event]
) -> None:
    """Session after session, each beginning with no memory of the one before."""
    told = _Told(what, trial.halfway, happens)
    _until(lambda driver: driver.run(_post(server, line, trial).sending(what, told)))


def _until(act: Callable[[HttpDriver], object]) -> None:
    """Begin anew, a little later each time, until it was done or the time is over."""
    until, rest = time.monotonic() + _LONGEST, 0.0
    while time.monotonic() < until:
        with HttpDriver() as driver, suppress(_Killed, LineFault):
            act(driver)
            return
        time.sleep(rest := min(1.0, rest + 0.02))


class _Told(list[int]):
    """Is told the progress, and lets one thing happen at its time."""

    def __init__(self, what: Goods, event: Event, happens: queue.SimpleQueue[Event]) -> None:
        super().__init__()
        self._half, self._happens = len(what.data) / 2, happens
        self._event: Event = event

    def append(self, arrived: int) -> None:
        if not self._event or arrived < self._half:
            return
        event: Event = self._event
        self._event = ""
        if event == "kill":
            raise _Killed
        self._happens.put(event)


def _hole(_server: Server, line: BadLine) -> None:
    line.hole = True
    time.sleep(2.0)
    line.hole = False


def _restart(server: Server, _line: BadLine) -> None:
    server.process.kill()
    server.process.start()


def _lose_a_store(server: Server, _line: BadLine) -> None:
    """One of the two that have copies is away for two seconds, then it is another's turn."""
    assert isinstance(server, Cluster)
    for store in server.stores[:2]:
        store.kill()
        time.sleep(2.0)
        store.start()


_EVENTS: dict[Event, Callable[[Server, BadLine], None]] = {
    "hole": _hole,
    "half-open": lambda _server, line: line.forget_all(),
    "restart": _restart,
    "lose a store": _lose_a_store,
}


def _judge(server: Server, line: BadLine, trial: Trial, what: Goods) -> tuple[int, int]:
    """Packages that a reader misses, and packages that he sees more than once."""
    shelf, seen = _Memory(), list[bool]()

    def read(driver: HttpDriver) -> None:
        post = _post(server, line, trial)
        listed = driver.run(post.listing(what.item.lane))
        ours = [item for item in listed if item.sha16 == what.item.sha16]
        seen[:] = [_whole(driver, post.fetching(item, listed[item], shelf), what) for item in ours]

    _until(read)
    return int(not any(seen)), max(0, len(seen) - 1)


def _whole(driver: HttpDriver, fetching: Steps[bytes], what: Goods) -> bool:
    try:
        return driver.run(fetching) == what.data
    except LineFault:
        raise
    except Refusal:
        return False


class _Memory(dict[Part, bytes]):
    """The pieces that a reader has already."""

    def load(self, part: Part) -> bytes | None:
        return self.get(part)

    def keep(self, part: Part, data: bytes) -> None:
        self[part] = data

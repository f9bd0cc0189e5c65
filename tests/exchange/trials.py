"""One package over one bad line to one server: what is lost, what is doubled, what it costs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from taza_desktop.errors import Refusal
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.faults import LineFault
from taza_desktop.exchange.line import Line
from tests.exchange.kit import KB, Goods, Post, goods
from tests.exchange.lines import BadLine, bad_line
from tests.exchange.servers import Server

_SESSIONS = 30  # that the outbox would begin, before the trial counts as a loss
_NUMBERS = count(1)


class _Killed(Exception):
    """The PC was switched off."""


@dataclass(frozen=True)
class Trial:
    """What happens on the way.

    Attributes:
        does: what the line does, see `lines.BadLine`.
        kill_at: share of the package after which the program is killed, once.
        hole_at: share after which everything is swallowed for two seconds, once.
        twice: two PCs send the same package at the same time.
    """

    name: str
    does: dict[str, object] = field(default_factory=dict)
    size: int = 400 * KB
    kill_at: float = 0.0
    hole_at: float = 0.0
    twice: bool = False


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
    Trial("breaks every 30 KB, all connections", {"drop_every": 30 * KB, "together": True}),
    Trial("breaks by chance, 1 of 40 packets", {"chance": 0.025, "seed": 5}),
    Trial("answers are lost, 5 times", {"swallow": 5}),
    Trial("answers never come, twice", {"stall": 2}),
    Trial("black hole for two seconds", hole_at=0.4),
    Trial("killed at half", kill_at=0.5),
    Trial("killed at half, breaks every 100 KB", {"drop_every": 100 * KB}, kill_at=0.5),
    Trial("two PCs at once, breaks every 100 KB", {"drop_every": 100 * KB}, twice=True),
)


def run_trial(server: Server, trial: Trial) -> Outcome:
    """Send one package as the trial says, then read it back over a good line."""
    what = goods(trial.size, next(_NUMBERS))
    begun = time.monotonic()
    with bad_line(server.port, **trial.does) as line:
        senders = [
            threading.Thread(target=_send_until_there, args=(server, line, trial, what))
            for _ in range(2 if trial.twice else 1)
        ]
        for one in senders:
            one.start()
        for one in senders:
            one.join()
        seconds, ratio = time.monotonic() - begun, line.up / trial.size
    lost, doubled = _judge(server, what)
    return Outcome(lost, doubled, ratio, seconds)


def _send_until_there(server: Server, line: BadLine, trial: Trial, what: Goods) -> None:
    """Session after session, each beginning with no memory of the one before."""
    events = _events(line, trial, what)
    for session in range(_SESSIONS):
        known = Line(patience=0.9, slowest=200 * KB, pause=0.05)
        post = Post.at(server.at(line.port), server.credential, known)
        with HttpDriver() as driver, suppress(_Killed, LineFault):
            steps = post.sending(what, events)
            driver.run(steps)
            return
        time.sleep(0.02 * session)


def _events(line: BadLine, trial: Trial, what: Goods) -> list[int]:
    """A list that is told the progress, and lets things happen at their time."""
    left: list[Callable[[int], None]] = []

    def at(share: float, act: Callable[[], None]) -> None:
        def look(arrived: int) -> None:
            if arrived >= share * len(what.data):
                left.remove(look)
                act()

        left.append(look)

    def kill() -> None:
        raise _Killed

    def hole() -> None:
        line.hole = True
        threading.Timer(2.0, lambda: setattr(line, "hole", False)).start()

    if trial.kill_at:
        at(trial.kill_at, kill)
    if trial.hole_at:
        at(trial.hole_at, hole)

    class Told(list[int]):
        def append(self, arrived: int) -> None:
            for look in left.copy():
                look(arrived)

    return Told()


def _judge(server: Server, what: Goods) -> tuple[int, int]:
    """Packages that a reader misses, and packages that he sees more than once."""
    post = Post.at(server.where, server.credential)
    with HttpDriver() as driver:
        listed = driver.run(post.listing(what.item.lane))
        ours = [item for item in listed if item.sha16 == what.item.sha16]
        whole = 0
        for item in ours:
            with suppress(Refusal):
                whole += driver.run(post.fetching(item, listed[item])) == what.data
    return int(whole == 0), max(0, len(ours) - 1)

"""How long the window's loop is held while packages go: its gaps beside those of an idle loop.

A timer of one millisecond ticks in Qt's loop. On a busy machine an idle loop has gaps too, so both
are shown, and how long our own code was on the processor in one go, which no neighbour changes.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

from taza_desktop.exchange.layout import Item, Lane
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.place import open_place
from taza_desktop.exchange.run import Run
from taza_desktop.exchange.upload import upload
from taza_desktop.ui.exchange_driver import QtDriver
from taza_desktop.ui.exchange_talk import Once, Talk
from tests.exchange import servers
from tests.exchange.lines import remote_line
from tests.exchange.servers import Server

KB, MB = 1024, 1024 * 1024
NUMBERS = count(1)
LINES: dict[str, dict[str, object]] = {
    "a good line": {},
    "breaks every 100 KB": {"drop_every": 100 * KB},
    "20 Mbit/s, 300 ms": {"rate": 2_500_000, "trip": 0.3},
}


@dataclass
class Watch:
    """What the loop went through, milliseconds."""

    gaps: list[float] = field(default_factory=list)
    slots: list[float] = field(default_factory=list)

    def line(self, name: str) -> str:
        gaps, slots = sorted(self.gaps), sorted(self.slots) or [0.0]
        ninth = gaps[int(len(gaps) * 0.999)]
        return (
            f"| {name} | {gaps[len(gaps) // 2]:.1f} | {ninth:.1f} | {gaps[-1]:.1f} |"
            f" {slots[int(len(slots) * 0.99)]:.2f} | {slots[-1]:.2f} |"
        )


def timed(watch: Watch, of: type, name: str) -> Callable[[], None]:
    """Note how long each call is on the processor; returns what takes that back."""
    before = getattr(of, name)

    def wrapped(*given: Any) -> Any:
        begun = time.thread_time()
        try:
            return before(*given)
        finally:
            watch.slots.append((time.thread_time() - begun) * 1000)

    setattr(of, name, wrapped)
    return lambda: setattr(of, name, before)


def spin(watch: Watch, begin: Callable[[Callable[[], None]], None]) -> None:
    """Run the loop until `begin`'s work calls its end."""
    loop, timer = QEventLoop(), QTimer()
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        watch.gaps.append((now - last[0]) * 1000)
        last[0] = now

    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(1)
    QTimer.singleShot(0, lambda: begin(loop.quit))
    loop.exec()
    timer.stop()


def idle(seconds: float) -> Watch:
    watch = Watch()
    spin(watch, lambda end: QTimer.singleShot(round(seconds * 1000), end))
    return watch


def sending(server: Server, does: dict[str, object]) -> Watch:
    """A package of 5 MB goes; the line lives in another process."""
    watch, number, driver = Watch(), next(NUMBERS), QtDriver()
    data = random.Random(number).randbytes(5 * MB)
    sha256 = hashlib.sha256(data).hexdigest()
    item = Item(Lane("100000000", "103200000", "up"), "2025", number, sha256[:16], parted=False)
    undo = [
        timed(watch, Run, "_pump"),
        timed(watch, Talk, "_finished"),
        timed(watch, Once, "readData"),
    ]
    with remote_line(server.port, **does) as line:
        known = Line()
        place = open_place(server.at(line.port), server.credential, known)

        def begin(end: Callable[[], None]) -> None:
            steps = upload(place, known, item, data, sha256, lambda _: None)
            run = Run(steps, driver, lambda _: end(), lambda fault: print(fault) or end())
            run.start()

        spin(watch, begin)
    for back in undo:
        back()
    driver.deleteLater()
    return watch


def main() -> None:
    """A table; the last column is what the 16 ms are asked of."""
    import lxml.etree  # the postman has its worker load it

    _app, _ = QCoreApplication(sys.argv[:1]), lxml.etree
    print("| loop | gap, median | 99.9 % | largest | own code in one go, 99 % | largest |")
    print("|---|---|---|---|---|---|")
    print(idle(5.0).line("idle"))
    for name, start in (("WebDAV", servers.apache), ("S3", servers.seaweed)):
        with servers.public_folder() as folder, start(folder) as server:
            for said, does in LINES.items():
                print(sending(server, does).line(f"{name}, {said}"), flush=True)
            print(idle(3.0).line("idle"))


if __name__ == "__main__":
    main()

"""How long each step of a window's loop takes: by the clock, and of the processor's time.

A timer of one millisecond ticks in the loop. On a busy machine an idle loop has gaps too; the time
on the processor is what the window's own thread did, which no neighbour changes.
"""

from __future__ import annotations

import faulthandler
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

from PySide6.QtCore import QEventLoop, Qt, QTimer


@dataclass
class Watch:
    """What a loop went through, milliseconds a step.

    Attributes:
        gaps: by the clock; works: on the processor.
        slow: where to write what every thread is doing when a step takes longer than `bearable`.
    """

    gaps: list[float] = field(default_factory=list)
    works: list[float] = field(default_factory=list)
    slow: TextIO | None = None
    bearable: float = 8.0

    def until(self, is_over: Callable[[], bool], seconds: float) -> bool:
        """Run the loop until it is over; False when that took longer than the seconds."""
        loop, timer, end = QEventLoop(), QTimer(), time.perf_counter() + seconds
        clock, worked = time.perf_counter(), time.thread_time()

        def tick() -> None:
            nonlocal clock, worked
            now, work = time.perf_counter(), time.thread_time()
            self._note((now - clock) * 1000, (work - worked) * 1000)
            if is_over() or now > end:
                loop.quit()
            clock, worked = time.perf_counter(), time.thread_time()

        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        timer.start(1)
        loop.exec()
        timer.stop()
        faulthandler.cancel_dump_traceback_later()
        return is_over()

    def _note(self, gap: float, work: float) -> None:
        self.gaps.append(gap)
        self.works.append(work)
        if self.slow is not None:
            if gap > self.bearable:
                print(f"^^ {gap:.1f} ms, {work:.1f} of them on the processor", file=self.slow)
                self.slow.flush()
            faulthandler.dump_traceback_later(self.bearable / 1000, file=self.slow)


def share(values: list[float], of: float) -> float:
    """The value that this share of them does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * of))]

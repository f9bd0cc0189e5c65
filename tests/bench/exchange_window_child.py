"""The program's window on a register, watched in a process of its own while packages go and come.

`python -m tests.bench.exchange_window_child REGISTER PAGE OFFICE PLACE CAME [TRACE]`: at rest,
without a place of exchange; then it is told the place, and does by itself what there is to do,
until nothing waits and CAME packages are there. Prints both as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from taza_desktop.exchange.place import Where
from taza_desktop.exchange.places import put_place
from taza_desktop.settings import Settings
from taza_desktop.ui.app import make_app, make_desk
from taza_desktop.ui.desk import Desk
from taza_desktop.ui.page import Context
from tests.bench.loop_watch import Watch

_REST = 4.0  # seconds of rest that are watched
_SETTLED = 2.0  # seconds after which a window that was opened has painted and read everything
_LONGEST = 180.0


def opened(desk: Desk, register: Path, page: str) -> Context:
    """The window with that page in front."""
    desk.window.resize(1366, 728)
    assert desk.start(register)
    Watch().until(lambda: bool(desk.window.current()), _LONGEST)
    desk.window.go(page)
    Watch().until(lambda: False, _SETTLED)
    return desk.window.context


def begin(context: Context, office: str, where: Where) -> None:
    """Tell the place, as the settings do."""
    context.worker.run(
        lambda register: put_place(register, office, where),
        lambda _: context.exchange.refresh(),
        owner=context.exchange,
    )


def is_over(context: Context, came: int) -> bool:
    """Whether all was sent and fetched."""
    now = context.exchange.standing
    rests = bool(now.at) and not now.busy and not now.known.waits
    return rests and now.known.came >= came


def main() -> None:
    register, page, office, place, came, *trace = sys.argv[1:]
    settings = Settings.load()
    settings.language, settings.round = "ru", "2024"
    app = make_app(sys.argv[:1])
    desk = make_desk(app, settings)
    faults: list[str] = []
    sys.excepthook = lambda *fault: faults.append(repr(fault[1]))
    context = opened(desk, Path(register), page)
    with open(trace[0] if trace else "/dev/null", "w", encoding="utf-8") as slow:
        rest, busy = Watch(), Watch(slow=slow if trace else None)
        rest.until(lambda: False, _REST)
        begin(context, office, Where.parse(json.loads(place)))
        done = busy.until(lambda: is_over(context, int(came)), _LONGEST)
    if fault := context.exchange.standing.fault:
        faults.append(fault.text())
    told = {
        "rest": [rest.gaps, rest.works],
        "busy": [busy.gaps, busy.works],
        "faults": faults if done or faults else ["no end"],
    }
    print(json.dumps(told))
    desk.window.close()


if __name__ == "__main__":
    main()

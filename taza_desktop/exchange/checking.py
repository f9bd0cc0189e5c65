"""Trying a place step by step, and saying which step works."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from taza_desktop.errors import Refusal
from taza_desktop.exchange.download import NOT_WHOLE, SPOILT, read_file
from taza_desktop.exchange.faults import host_of, odd_answer, reached
from taza_desktop.exchange.layout import ROOT, Lane
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.place import Place, Where
from taza_desktop.exchange.requests import KB, Steps
from taza_desktop.i18n import N_, gettext

StepName = Literal[
    "name", "connection", "protection", "listing", "folder", "write", "read", "delete"
]
SAYS: dict[StepName, str] = {
    "name": N_("The name of the server is found"),
    "connection": N_("It accepts a connection"),
    "protection": N_("The line is protected and the server is the right one"),
    "listing": N_("User and password are accepted; the folder can be listed"),
    "folder": N_("The folder is there and can be listed"),
    "write": N_("A file can be put there"),
    "read": N_("It comes back unchanged"),
    "delete": N_("It can be taken away again"),
}
_ON_THE_WAY: tuple[StepName, ...] = ("name", "connection", "protection")
_WITH_FILES: tuple[StepName, ...] = ("write", "read", "delete")
_PROBE = 8 * KB
_OTHER_BYTES = (NOT_WHOLE, *SPOILT)
_CHANGED = N_("a file came back changed")


@dataclass(frozen=True, slots=True)
class Check:
    """One step; `works` is None when it was not reached."""

    step: StepName
    works: bool | None
    refusal: Refusal | None = None

    def text(self) -> str:
        """What was tried, in the language in force."""
        return gettext(SAYS[self.step])


@dataclass
class Report:
    """What was found out.

    Attributes:
        trip: seconds of the shortest answer.
        skew: seconds that the server's clock is ahead, when that is worth saying.
    """

    place: str
    checks: list[Check] = field(default_factory=list[Check])
    trip: float = 0.0
    skew: float = 0.0

    @property
    def works(self) -> bool:
        """Whether every step did."""
        return all(check.works for check in self.checks)

    @property
    def failed(self) -> Refusal | None:
        """Why the first step that does not work does not; None when all do."""
        return next((check.refusal for check in self.checks if check.refusal), None)


def check(
    place: Place,
    where: Where,
    line: Line,
    lane: Lane,
    tell: Callable[[Report], None] = lambda _: None,
) -> Steps[Report]:
    """Try everything that exchange needs, in a lane that this user may write to.

    `tell` is called with the report after each step.
    """
    report = Report(host_of(where.address))
    name = f"{ROOT}/{lane.above}/{lane.below}/parts/probe-{os.urandom(8).hex()}"
    data = os.urandom(_PROBE)
    works: dict[StepName, Callable[[], Steps[object]]] = {
        "listing": lambda: place.names(lane.folder),
        "folder": lambda: place.names(lane.folder),
        "write": lambda: place.publish(name, data),
        "read": lambda: _read_back(place, where, line, name, data),
        "delete": lambda: place.remove(name),
    }
    steps, at_the_place = on_the_way(where), _at_the_place(where)
    for step in at_the_place:
        try:
            yield from works[step]()
        except Refusal as refusal:
            _note_failure(report, steps, step, refusal)
            if step == "read":
                yield from _take_away(place, name)
            break
        if step == "listing":
            report.checks += [Check(one, True) for one in steps]
        report.checks.append(Check(step, True))
        tell(report)
    tried = {one.step for one in report.checks}
    report.checks += [Check(one, None) for one in (*steps, *at_the_place) if one not in tried]
    report.trip, report.skew = line.trip, line.skew
    return report


def steps_of(where: Where) -> tuple[StepName, ...]:
    """All that is tried at such a place, in order."""
    return (*on_the_way(where), *_at_the_place(where))


def on_the_way(where: Where) -> tuple[StepName, ...]:
    """What has to work before the place itself is asked anything."""
    if where.kind == "folder":
        return ()
    return _ON_THE_WAY if where.address.startswith("https:") else _ON_THE_WAY[:2]


def _at_the_place(where: Where) -> tuple[StepName, ...]:
    return ("folder" if where.kind == "folder" else "listing", *_WITH_FILES)


def _note_failure(
    report: Report, steps: tuple[StepName, ...], step: StepName, refusal: Refusal
) -> None:
    """How far the first request got tells which step it was that failed."""
    if step in _WITH_FILES:
        report.checks.append(Check(step, False, refusal))
        return
    far = reached(refusal)
    report.checks += [Check(one, True) for one in steps[:far]]
    failed = steps[far] if far < len(steps) else step
    report.checks.append(Check(failed, False, refusal))


def _read_back(place: Place, where: Where, line: Line, name: str, data: bytes) -> Steps[None]:
    try:
        came = yield from read_file(place, line, name, len(data))
    except Refusal as refusal:
        if refusal.code not in _OTHER_BYTES:
            raise
        came = b""
    if came != data:
        raise odd_answer(where.address, gettext(_CHANGED))


def _take_away(place: Place, name: str) -> Steps[None]:
    """What was tried leaves nothing behind, if that can be helped."""
    with suppress(Refusal):
        yield from place.remove(name)

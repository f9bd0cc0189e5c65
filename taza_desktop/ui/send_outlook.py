"""What a package of this round would hold, what stays behind, who would sign it. No Qt."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.plan.sheet import Sheet, SheetKey
from taza_desktop.ui.send_enrolment import Enrolment, enrolment

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.problems import Problem
    from taza_desktop.plan.rounds import Round
    from taza_desktop.register.register import Register

OVERHEAD = 5_000  # bytes of envelope, manifest, certificate, signature
SHRINKS_TO = 0.2  # share of the sheets' JSON that is left of it in a package


class Finding(NamedTuple):
    """A problem and the sheet it is in."""

    sheet: SheetKey
    problem: Problem


class Signatory(NamedTuple):
    """Whose certificate signs, until when it may, and to which office the packages go (КАТО)."""

    name: str
    until: date
    audience: str


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of the package: how many sheets, cells and rows of tables."""

    measure: int
    sheets: int
    cells: int
    entries: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What sending now would mean.

    Attributes:
        lines: what goes; size: about how large that is, in bytes.
        stops: why sheets stay behind; explains: what wants a remark but may go.
        signatory: None while there is no certificate.
        enrolment: how far the way to it is.
    """

    lines: tuple[Line, ...]
    size: int
    stops: tuple[Finding, ...]
    explains: tuple[Finding, ...]
    signatory: Signatory | None
    enrolment: Enrolment


def look_ahead(register: Register, plan: Plan, round_: Round) -> Outlook:
    """Judge the sheets of a round as exporting them would."""
    from taza_desktop.packages.write import judge

    judged = judge(register, plan, round_)
    going = [one.sheet for one in judged if not one.stops]
    return Outlook(
        lines=_lines(going),
        size=_size(going),
        stops=tuple(Finding(one.sheet.key, each) for one in judged for each in one.stops),
        explains=tuple(
            Finding(one.sheet.key, each)
            for one in judged
            for each in one.problems
            if each.level == "explain" and not each.answered
        ),
        signatory=_signatory(register),
        enrolment=enrolment(register),
    )


def _lines(sheets: Iterable[Sheet]) -> tuple[Line, ...]:
    by_measure: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        by_measure.setdefault(sheet.key.measure, []).append(sheet)
    return tuple(
        Line(
            measure,
            len(group),
            sum(len(sheet.figures()) for sheet in group),
            sum(len(entries) for sheet in group for entries in sheet.entries.values()),
        )
        for measure, group in sorted(by_measure.items())
    )


def _size(sheets: Iterable[Sheet]) -> int:
    """About so many bytes; pictures count in full, the rest shrinks."""
    size = OVERHEAD
    for sheet in sheets:
        records = [sheet.cells, *(e.cells for entries in sheet.entries.values() for e in entries)]
        for cells in records:
            size += round(len(json.dumps(cells, ensure_ascii=False).encode()) * SHRINKS_TO)
            size += sum(_attached(value) for value in cells.values())
    return size


def _attached(value: object) -> int:
    size = value.get("size") if isinstance(value, dict) else 0
    return size if isinstance(size, int) else 0


def _signatory(register: Register) -> Signatory | None:
    from taza_desktop.packages import certificates, credentials

    if not register.credential("person"):
        return None
    person = credentials.person(register)
    until = person.certificate.not_valid_after_utc.date()
    return Signatory(certificates.name_of(person.certificate), until, person.audience)

"""What an office above others says on its own sheet: for whom it speaks, what a total should be.

A region that enters for a city names it in `stands_for:`; the city's own sheet is then left out of
totals, so nothing counts twice. `override:planted` with its remark stands beside the computed
total and never replaces it, neither here nor further up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from taza_desktop.i18n import in_all
from taza_desktop.plan.form import Form
from taza_desktop.plan.problems import BUILT_IN, Problem
from taza_desktop.plan.sheet import OVERRIDE, STANDS_FOR, Sheet, SheetKey, Value

# Zeros at the end of the KATO code of an office, and the digits that what lies in it shares.
_ALL = ((9, 0), (7, 2), (5, 4))


class Override(NamedTuple):
    """What the office of that sheet puts beside a computed total, and why."""

    sheet: SheetKey
    value: Value
    remark: str


class LeftOut(NamedTuple):
    """A sheet that a total does not count, and the one that speaks for its territory."""

    sheet: SheetKey
    by: SheetKey


def lies_in(kato: str, office: str) -> bool:
    """Whether a territory is that office's or below it, by the zeros of its KATO code alone."""
    return kato == office or any(
        office.endswith("0" * zeros) and office[:digits] == kato[:digits] for zeros, digits in _ALL
    )


def speaks_for(sheet: Sheet, kato: str) -> bool:
    """Whether a sheet stands for a territory: it names it, or what it lies in, below its own."""
    own = sheet.key.territory
    return any(_is_below(named, own) and lies_in(kato, named) for named in _stands_for(sheet))


def left_out(sheets: Iterable[Sheet]) -> list[LeftOut]:
    """The sheets of one form and round that another one stands for; the highest office decides."""
    ordered = sorted(sheets, key=lambda sheet: (_depth(sheet.key.territory), sheet.key))
    found: dict[SheetKey, LeftOut] = {}
    for sheet in ordered:
        if sheet.key in found or not _stands_for(sheet):
            continue
        for other in ordered:
            if other.key not in found and speaks_for(sheet, other.key.territory):
                found[other.key] = LeftOut(other.key, sheet.key)
    return sorted(found.values())


def overrides(sheets: Iterable[Sheet]) -> dict[str, list[Override]]:
    """What offices put beside totals, by figure; higher offices first."""
    found: dict[str, list[Override]] = {}
    for sheet in sorted(sheets, key=lambda sheet: (_depth(sheet.key.territory), sheet.key)):
        for cell, value in sheet.cells.items():
            if cell.startswith(OVERRIDE) and value is not None:
                why = str(sheet.cells.get(f"remark:{cell}", ""))
                found.setdefault(cell.removeprefix(OVERRIDE), []).append(
                    Override(sheet.key, value, why)
                )
    return found


def office_problems(form: Form, sheet: Sheet) -> Iterator[Problem]:
    """An override that says not why, and a territory that an office cannot speak for."""
    for figure in form.figures:
        cell = f"{OVERRIDE}{figure.name}"
        if sheet.cells.get(cell) is not None and not sheet.cells.get(f"remark:{cell}"):
            yield Problem(
                "stop", "override", cell, in_all(BUILT_IN["override"], label=figure.label)
            )
    strangers = [kato for kato in _stands_for(sheet) if not _is_below(kato, sheet.key.territory)]
    if strangers:
        says = in_all(BUILT_IN["stands_for"], territories=", ".join(strangers))
        yield Problem("stop", "stands_for", STANDS_FOR, says)


def _is_below(kato: str, office: str) -> bool:
    return kato != office and lies_in(kato, office)


def _stands_for(sheet: Sheet) -> Sequence[str]:
    named = sheet.cells.get(STANDS_FOR)
    return named if isinstance(named, list) else ()


def _depth(kato: str) -> int:
    """How far down the tree, as far as sorting goes; KATO codes end in zeros below their level."""
    return len(kato.rstrip("0"))

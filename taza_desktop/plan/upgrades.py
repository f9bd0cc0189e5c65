"""Older versions of the plan: what became of their cells, so that nothing sent or entered is lost.

A plan gets a new version when a name in a form changes what it says. A cell that was written by an
older version is lifted to the newest one wherever it is met – in a package that is read, in a
register that is opened. Lifting is pure and keeps all ids, so every register comes to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from taza_desktop.plan.sheet import RETIRED, Cells, Value


class Change(NamedTuple):
    """What one cell of a form became.

    Attributes:
        measure, table, cell: the cell as it was called; `table` is empty for the sheet's figures.
        into: its new name (two cells with one new name are merged: the value of the first that is
            filled in stays), empty when the form has it no more (it is kept as `retired:<cell>`),
            or, for a cell that was split, what its value says in the new ones.
    """

    measure: int
    table: str
    cell: str
    into: str | Callable[[Value], Cells] = ""


class Upgrade(NamedTuple):
    """From one version of the plan to the next."""

    version: str
    changes: Sequence[Change]


# By the version that is left behind; each leads to the next, the last to `plan.toml`'s.
UPGRADES: Final[Mapping[str, Upgrade]] = {
    # Everywhere else `applications` are all of them, and what was used ends in `_used`.
    "2024.1": Upgrade(
        "2024.2",
        (
            Change(22, "", "applications", "ecology_applications"),
            Change(22, "", "applications_all", "applications"),
            Change(59, "", "energy", "energy_used"),
            Change(59, "", "water", "water_used"),
        ),
    ),
}


FIRST: Final = next(iter(UPGRADES))


def newest() -> str:
    """The version of the plan that everything is lifted to."""
    return list(UPGRADES.values())[-1].version


def is_known(version: str, current: str, upgrades: Mapping[str, Upgrade] = UPGRADES) -> bool:
    """Whether cells of that version of the plan can be lifted to the current one, or are of it."""
    while version != current and version in upgrades:
        version = upgrades[version].version
    return version == current


def lift(
    measure: int,
    table: str,
    cells: Cells,
    since: str,
    upgrades: Mapping[str, Upgrade] = UPGRADES,
) -> Cells:
    """The cells that a revision wrote, as the newest version of the plan calls them.

    `table` is that of the record, also `review:`, whose remarks point at cells; `since` is the
    version that they were written by. Those of the newest version come back as they are.
    """
    while upgrade := upgrades.get(since):
        changes = [change for change in upgrade.changes if change.measure == measure]
        if changes:
            cells = _lifted(table, cells, changes)
        since = upgrade.version
    return cells


def _lifted(table: str, cells: Cells, changes: Sequence[Change]) -> Cells:
    """One step. Of two cells that are merged the one whose change comes first stays."""
    changed = {(change.table, change.cell) for change in changes}
    places = {name: _place(table, name) for name in cells}
    lifted = {name: value for name, value in cells.items() if places[name] not in changed}
    for change in changes:
        for name in [one for one in cells if places[one] == (change.table, change.cell)]:
            for new, value in _moved(name, cells[name], change):
                taken = lifted.get(new) is not None
                lifted[f"{RETIRED}{name}" if taken else new] = value
    return lifted


def _place(table: str, name: str) -> tuple[str, str]:
    """The table and the cell that a cell is of or a mark points at.

    What is said about a sheet (its table ends in a colon) points at `planted` or at
    `winners/<entry id>/place`.
    """
    if name.startswith(RETIRED):
        return "", ""
    cell = name.rpartition(":")[2]
    if not table.endswith(":"):
        return table, cell
    of, _, rest = cell.partition("/")
    return (of, rest.rpartition("/")[2]) if rest else ("", cell)


def _moved(name: str, value: Value, change: Change) -> Iterator[tuple[str, Value]]:
    """Where a cell or a mark on it went; marks on a split cell go to the first of the new ones."""
    mark = name.removesuffix(change.cell)
    if callable(change.into):
        parts = change.into(None if mark else value)
        yield from [(mark + next(iter(parts)), value)] if mark else parts.items()
    else:
        yield (mark + change.into, value) if change.into else (f"{RETIRED}{name}", value)

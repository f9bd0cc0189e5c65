"""Adds up sheets over territories or rounds, each figure by its own rule, and keeps the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from taza_desktop.plan.form import Adding, Figure, Form, Rule, Table
from taza_desktop.plan.kind_numbers import exact, rounded, stored
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.overrides import LeftOut, Override, left_out, lies_in, overrides
from taza_desktop.plan.programme import programme_of
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey, Value
from taza_desktop.plan.sql import Read

_EMPTY = SheetKey(0, "", "")


@dataclass(slots=True)
class PlacedEntry(Entry):
    """An entry among those of many sheets; `origin` is the sheet it stands in."""

    origin: SheetKey = _EMPTY


@dataclass(slots=True)
class Total:
    """What many sheets give together.

    Attributes:
        cells: the figures that are not blank, the computed ones worked out on the totals; a text
            that adds up as a list is a list of the different texts.
        entries: the entries of all sheets, one sheet after the other.
        sources: by figure the sheets that its total is made of.
        overrides: by figure what offices put beside its total; the total itself is as computed.
        left_out: sheets that count nothing here, as an office above speaks for their territory.
    """

    cells: Cells = field(default_factory=dict[str, "Value"])
    entries: dict[str, list[PlacedEntry]] = field(default_factory=dict[str, "list[PlacedEntry]"])
    sources: dict[str, list[SheetKey]] = field(default_factory=dict[str, "list[SheetKey]"])
    overrides: dict[str, list[Override]] = field(default_factory=dict[str, "list[Override]"])
    left_out: list[LeftOut] = field(default_factory=list["LeftOut"])


class _Part(NamedTuple):
    """What one sheet gives to a figure's total."""

    sheet: SheetKey
    value: Value
    weight: Value = None


_Given = Sequence[_Part]


def add_up(form: Form, sheets: Iterable[Sheet]) -> Total:
    """The total over territories, of sheets of one round; their order does not matter.

    A sheet whose territory another one stands for is left out.
    """
    given = sorted(sheets, key=lambda sheet: sheet.key)
    spoken_for = left_out(given)
    silent = {one.sheet for one in spoken_for}
    ordered = [sheet for sheet in given if sheet.key not in silent]
    total = _figures(form, ordered, lambda figure: figure.over_territories)
    total.left_out, total.overrides = spoken_for, overrides(given)
    for table in form.tables:
        total.entries[table.name] = list(_entries(table, ordered))
    return _with_computed(form, total)


def over_rounds(form: Form, sheets: Iterable[Sheet]) -> Total:
    """The total over rounds, of sheets of one territory; their order does not matter."""
    ordered = sorted(sheets, key=lambda sheet: _when(sheet.key.round))
    total = _figures(form, ordered, lambda figure: figure.over_rounds)
    for table in form.tables:
        latest = [sheet for sheet in ordered if sheet.entries.get(table.name)][-1:]
        from_sheets = latest if table.over_rounds == "last" else ordered
        total.entries[table.name] = list(_entries(table, from_sheets))
    return _with_computed(form, total)


def _figures(form: Form, sheets: Sequence[Sheet], adding: Callable[[Figure], Adding]) -> Total:
    total = Total()
    for figure in form.figures:
        if figure.computed is not None:
            continue
        rule, weight = adding(figure).rule, adding(figure).weight
        parts = list(_parts(form, figure, weight, sheets))
        used: _Given = _USED[rule](figure, parts) if parts else ()
        if used:
            total.cells[figure.name] = _ADD[rule](figure, used)
            total.sources[figure.name] = [part.sheet for part in used]
    return total


def _parts(
    form: Form, figure: Figure, weight: str | None, sheets: Sequence[Sheet]
) -> Iterator[_Part]:
    """The values that are there and of the right kind; by a weight only those that have one."""
    for sheet in sheets:
        value = _value(figure, sheet)
        weighs = _value(form.figure(weight), sheet) if weight else 1
        if value is not None and weighs is not None:
            yield _Part(sheet.key, value, weighs)


def _value(figure: Figure, sheet: Sheet) -> Value:
    value = sheet.cells.get(figure.name)
    return None if value is None or KINDS[figure.kind].fault(figure, value) else value


def _entries(table: Table, sheets: Iterable[Sheet]) -> Iterator[PlacedEntry]:
    for sheet in sheets:
        for entry in sheet.entries.get(table.name, ()):
            yield PlacedEntry(entry.cells, entry.id, sheet.key)


def _with_computed(form: Form, total: Total) -> Total:
    programme = programme_of(form)
    total.cells |= programme.computed(programme.given(total.cells, total.entries))
    for name, reads in programme.reads.items():
        if name not in total.cells:
            continue
        if form.figure(name).kind == "percent" and not _all_planned(form, total, reads):
            del total.cells[name]
            continue
        found = {key for read in reads for key in _behind(total, read)}
        total.sources[name] = sorted(found)
    return total


def _all_planned(form: Form, total: Total, reads: Iterable[Read]) -> bool:
    """Whether whoever gave a fact had a plan, or an office above had one for all of them.

    Otherwise a percent would set what some planned against what others did as well.
    """
    for read in reads:
        plan = form.figure(read.column).of if read.relation == "sheet" else None
        if plan is not None:
            planned = {key.territory for key in total.sources.get(plan, ())}
            facts = {key.territory for key in total.sources.get(read.column, ())}
            if not all(any(lies_in(it, office) for office in planned) for it in facts - planned):
                return False
    return True


def _behind(total: Total, read: Read) -> Iterable[SheetKey]:
    """The sheets behind what a computed figure reads."""
    if read.relation == "sheet":
        return total.sources.get(read.column, ())
    return (entry.origin for entry in total.entries.get(read.relation, ()))


def _when(code: str) -> tuple[int, int]:
    """Orders rounds by their last day; among those that end together the longest comes last."""
    found = Round.parse(code)
    return found.end.toordinal(), -found.start.toordinal()


def _sum(_figure: Figure, parts: _Given) -> Value:
    return stored(sum((exact(part.value) for part in parts), Decimal(0)))


def _mean(figure: Figure, parts: _Given) -> Value:
    weight = sum((exact(part.weight) for part in parts), Decimal(0))
    weighed = sum((exact(part.value) * exact(part.weight) for part in parts), Decimal(0))
    return rounded(figure, weighed / weight)


def _first(_figure: Figure, parts: _Given) -> Value:
    return parts[0].value


def _list(_figure: Figure, parts: _Given) -> Value:
    """The different values in the order in which they come first."""
    values = (part.value if isinstance(part.value, list) else [part.value] for part in parts)
    return list(dict.fromkeys(str(item) for items in values for item in items))


def _most(sign: int) -> Callable[[Figure, _Given], _Given]:
    def used(figure: Figure, parts: _Given) -> _Given:
        best = max(sign * _order(figure, part) for part in parts)
        return [part for part in parts if sign * _order(figure, part) == best]

    return used


def _order(figure: Figure, part: _Part) -> Decimal:
    """A number or a day as something to compare."""
    return exact(str(part.value).replace("-", "") if figure.kind == "date" else part.value)


# Which of the values given a rule takes, and what it makes of them.
_USED: dict[Rule, Callable[[Figure, _Given], _Given]] = {
    "sum": lambda _, parts: parts,
    "last": lambda _, parts: parts[-1:],
    "max": _most(1),
    "min": _most(-1),
    "mean": lambda _, parts: [part for part in parts if exact(part.weight)],
    "list": lambda _, parts: parts,
    "none": lambda _, __: [],
}
_ADD: dict[Rule, Callable[[Figure, _Given], Value]] = {
    "sum": _sum,
    "last": _first,
    "max": _first,
    "min": _first,
    "mean": _mean,
    "list": _list,
}

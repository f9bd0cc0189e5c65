"""Values of a cell's kind, the likely ones first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from taza_desktop.plan.form import Figure
from taza_desktop.plan.kind_numbers import exact, stored
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Sheet, Value
from tests.plan.examples import PLAN, SCAN

_NUMBERS = (1, 2, 3, 4, 5, 8, 12, 20, 40, 60, 100, 250, 600, 1000, 5000, 20000, 100000, 0)
_SUMS = (40_000_000, 2_500_000, 600_000, 150_000, 900, 500, 3_000_000_000, 10**12, 0)
_SHARES = (85, 60, 90, 100, 10, 1, 0)


def values(figure: Figure, sheet: Sheet, row: int = 0) -> Iterator[Value]:
    """Values of a figure's kind, the likely ones first; numbers also like those already there."""
    if KINDS[figure.kind].numeric:
        yield from _within(figure, _numbers(figure, sheet))
    elif figure.kind == "date":
        yield from _days(Round.parse(sheet.key.round), row)
    elif figure.kind == "choice":
        keys = [choice.key for choice in figure.choices]
        yield from keys[row:] + keys[:row]
    elif figure.kind == "choices":
        keys = [choice.key for choice in figure.choices]
        yield from (keys[:2], keys[:1], keys)
    elif figure.kind == "place":
        places = _places(sheet.key.territory)
        yield from places[row:] + places[:row]
    elif figure.kind == "attachment":
        yield SCAN
    else:
        yield from _words(figure, row)


def _words(figure: Figure, row: int) -> Iterator[str]:
    for number in itertools.chain(range(row, 3), range(row)):
        if figure.kind == "link":
            yield f"https://www.gov.kz/{figure.name}/{number + 1}"
        elif figure.kind == "person":
            yield ("Айгүл Сәрсенбаева", "Ерлан Оспанов", "Мақсат Жүнісов")[number]
        else:
            yield f"{figure.label.kk} {number + 1}{'.' * (figure.kind == 'long_text')}"


def _numbers(figure: Figure, sheet: Sheet) -> Iterator[Value]:
    if figure.minimum is not None:
        yield from (stored(exact(figure.minimum) + more) for more in (0, 1, 2))
    yield from {"money": _SUMS, "percent": _SHARES}.get(figure.kind, _NUMBERS)
    there = {exact(value) for value in _numbers_there(sheet)}
    for number in sorted(there):
        for factor in ("1", "0.5", "0.2", "2", "6", "11", "100"):
            near = number * exact(factor)
            yield from (stored(near), stored(near + 1), stored(max(near - 1, exact(0))))
    for one, two in itertools.islice(itertools.product(sorted(there), repeat=2), 400):
        yield stored(one + two)
        yield stored(abs(one - two))


def _numbers_there(sheet: Sheet) -> Iterator[Value]:
    form = PLAN.form(sheet.key.measure)
    names = [figure.name for figure in form.figures if KINDS[figure.kind].numeric]
    yield from (sheet.cells[name] for name in names if name in sheet.cells)
    for table in form.tables:
        rows = sheet.entries.get(table.name, [])
        yield len(rows)
        for column in table.columns:
            if KINDS[column.kind].numeric:
                there = [row.cells[column.name] for row in rows if column.name in row.cells]
                yield from there
                if there:
                    yield stored(sum((exact(value) for value in there), exact(0)))


def _within(figure: Figure, numbers: Iterator[Value]) -> Iterator[Value]:
    """Those that the figure's limits and its kind allow."""
    for number in numbers:
        whole = exact(number)
        if figure.kind == "count" and whole != int(whole):
            continue
        if figure.minimum is not None and whole < exact(figure.minimum):
            continue
        if figure.maximum is None or whole <= exact(figure.maximum):
            yield number


def _days(round_: Round, row: int) -> Iterator[str]:
    middle = round_.start + timedelta(days=40 + 3 * row)
    near = (0, 60, 180, 200, -40, 120)
    for day in (*(middle + timedelta(days=it) for it in near), round_.start, round_.end):
        yield day.isoformat()
    yield from (date(year, 9, 21 - row).isoformat() for year in (2024, 2022, 2023, 2019, 2031))


@cache
def _places(territory: str) -> list[str]:
    below = [it.kato for it in PLAN.territories.children(territory)]
    return [*below[:3], territory]

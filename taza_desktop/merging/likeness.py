"""How alike two entries of a table are, cell by cell; spelling and slips count little.

RapidFuzz compares the texts after `plan.kazakh.fold`, so «Көкжиек» typed with Russian letters is
the same word. Numbers inside a text (a house, a route, a class) must be the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form import Figure, KindName, Table
from taza_desktop.plan.kazakh import fold
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.sheet import Cells, Value

_NUMBER = re.compile(r"\d+")
_OTHER_NUMBER = 0.5  # what is left of two texts that name different numbers
_NAMED_ALIKE = 0.75  # or likeness of figures alone would make one of two schools
_NEAR_DAYS = (1.0, 0.8, 0.5, 0.2)  # by days between; a week later it is another event
_ONE_SIDED = 0.3  # what a cell weighs that only one of the two has
_CONTAINED = 0.7  # a district against one of its villages


class Words(NamedTuple):
    """A text as it is compared: its folded words in order, and the numbers among them."""

    words: str
    numbers: tuple[str, ...]


Prepared = Value | Words


def prepare(table: Table, cells: Cells) -> tuple[Prepared, ...]:
    """The cells of an entry in the order of the columns, texts folded once."""
    return tuple(_prepared(column, cells.get(column.name)) for column in table.columns)


def likeness(
    table: Table, one: Sequence[Prepared], other: Sequence[Prepared]
) -> tuple[float, Mapping[str, float]]:
    """How alike two entries are, 0 to 1, and each column that both have filled in."""
    weighed = against = 0.0
    why: dict[str, float] = {}
    for column, left, right in zip(table.columns, one, other, strict=True):
        weight, alike = _WEIGHTS[column.kind], _LIKE[column.kind]
        if left is not None and right is not None:
            why[column.name] = found = alike(left, right)
            weighed += weight * found
            against += weight
        elif left is not None or right is not None:
            against += weight * _ONE_SIDED
    return (weighed / against if against else 0.0), why


def named_alike(table: Table, one: Sequence[Prepared], other: Sequence[Prepared]) -> bool:
    """Whether the texts that name both entries are alike, or there are none to tell by."""
    return all(
        _texts(one[at], other[at]) >= _NAMED_ALIKE
        for at, column in enumerate(table.columns)
        if column.kind in ("text", "person") and one[at] is not None and other[at] is not None
    )


def _prepared(column: Figure, value: Value) -> Prepared:
    """The value as it is compared; one of the wrong kind is as good as none."""
    if value is None or KINDS[column.kind].fault(column, value):
        return None
    if column.kind not in _TEXTS or not isinstance(value, str):
        return value
    folded = fold(value)
    return Words(" ".join(sorted(folded.split())), tuple(sorted(_NUMBER.findall(folded))))


def _texts(one: Prepared, other: Prepared) -> float:
    from rapidfuzz.fuzz import ratio

    left, right = cast("Words", one), cast("Words", other)
    alike = ratio(left.words, right.words) / 100
    return alike if left.numbers == right.numbers else alike * _OTHER_NUMBER


def _numbers(one: Prepared, other: Prepared) -> float:
    left, right = float(str(one)), float(str(other))
    return 1.0 if left == right else 1 - abs(left - right) / max(abs(left), abs(right))


def _days(one: Prepared, other: Prepared) -> float:
    apart = abs((date.fromisoformat(str(one)) - date.fromisoformat(str(other))).days)
    return _NEAR_DAYS[apart] if apart < len(_NEAR_DAYS) else 0.0


def _places(one: Prepared, other: Prepared) -> float:
    covers, left, right = load_plan().territories.covers, str(one), str(other)
    if left == right:
        return 1.0
    return _CONTAINED if covers(left, right) or covers(right, left) else 0.0


def _same(one: Prepared, other: Prepared) -> float:
    return float(one == other)


def _choices(one: Prepared, other: Prepared) -> float:
    left, right = set(cast("list[str]", one)), set(cast("list[str]", other))
    return len(left & right) / len(left | right) if left | right else 1.0


_TEXTS = ("text", "long_text", "person")
_LIKE: dict[KindName, Callable[[Prepared, Prepared], float]] = {
    "count": _numbers,
    "decimal": _numbers,
    "money": _numbers,
    "percent": _numbers,
    "date": _days,
    "text": _texts,
    "long_text": _texts,
    "person": _texts,
    "choice": _same,
    "choices": _choices,
    "place": _places,
    "link": _same,
    "attachment": _same,
}
# How much a cell tells. Two photographs of one tree differ, a shared one is seldom an accident.
_WEIGHTS: dict[KindName, float] = {
    "count": 2.0,
    "decimal": 2.0,
    "money": 2.0,
    "percent": 1.0,
    "date": 2.0,
    "text": 3.0,
    "long_text": 1.0,
    "person": 3.0,
    "choice": 0.5,
    "choices": 0.5,
    "place": 1.0,
    "link": 0.5,
    "attachment": 0.25,
}

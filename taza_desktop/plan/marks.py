"""Marks: the cells of a record beside its figures, what each points at and what may stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import Final, NamedTuple

from taza_desktop.i18n import LANGUAGES, N_, Text
from taza_desktop.plan.form import Figure
from taza_desktop.plan.kinds import KINDS
from taza_desktop.plan.sheet import APART, OVERRIDE, SAME, STANDS_FOR, Value

WORDS = Figure("remark", "long_text", Text("Ескертпе", "Примечание", "Remark"))
_ENTRY = re.compile(r"[0-9a-f]{32}")
_KATO = re.compile(r"[0-9]{9}")


class Mark(NamedTuple):
    """What a mark may point at, of the cells that its record has, and what may stand in it.

    `fault` is a message of the catalogue that says why not, None when the value is as it must be.
    """

    points_at: Callable[[str, Container[str]], bool]
    fault: Callable[[Value], str | None]


def words_fault(value: Value) -> str | None:
    """Why this is not a remark or a reason; None when it is one."""
    return KINDS["long_text"].fault(WORDS, value)


def _entry_fault(value: Value) -> str | None:
    known = isinstance(value, str) and _ENTRY.fullmatch(value)
    return None if known else N_("not a row of a table")


def _places_fault(value: Value) -> str | None:
    known = isinstance(value, list) and all(map(_KATO.fullmatch, value))
    return None if known else N_("not a list of territories")


def _cell(name: str, cells: Container[str]) -> bool:
    return name in cells


def _language(name: str, _: Container[str]) -> bool:
    return name in LANGUAGES


def _nothing(name: str, _: Container[str]) -> bool:
    return not name


def _entry(name: str, _: Container[str]) -> bool:
    return _ENTRY.fullmatch(name) is not None


MARKS: Final[dict[str, Mark]] = {
    "remark:": Mark(_cell, words_fault),
    "na:": Mark(_cell, words_fault),
    f"remark:{OVERRIDE}": Mark(_cell, words_fault),
    "sentence:": Mark(_language, words_fault),
    STANDS_FOR: Mark(_nothing, _places_fault),
    SAME: Mark(_nothing, _entry_fault),
    APART: Mark(_entry, words_fault),
}


def mark_of(name: str) -> tuple[Mark | None, str]:
    """The mark that a cell is, if any, and what it points at."""
    mark, colon, cell = name.rpartition(":")
    return MARKS.get(mark + colon), cell

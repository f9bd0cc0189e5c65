"""Whom to ask for what is missing: a text to send them, a note of how to reach them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from taza_desktop.i18n import _, language
from taza_desktop.paths import user_path
from taza_desktop.plan.kazakh import sort_key
from taza_desktop.reports.board import Board, owed
from taza_desktop.ui.wording import day

if TYPE_CHECKING:
    from taza_desktop.register.completeness import SheetStatus
    from taza_desktop.ui.page import Context


class Contacts:
    """Notes of this user by КАТО code; they stay on this PC, no register or package has them."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or user_path("contacts.json")
        try:
            read = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            read = None  # no note was made yet, or nobody can read it any more
        held = cast("dict[str, object]", read if isinstance(read, dict) else {})
        self._notes = {kato: note for kato, note in held.items() if isinstance(note, str)}

    def note(self, kato: str) -> str:
        """What was noted of a territory."""
        return self._notes.get(kato, "")

    def keep(self, kato: str, note: str) -> None:
        """Note it. Raises OSError when the disk refuses."""
        self._notes = {**self._notes, kato: note}
        self._file.write_text(json.dumps(self._notes, ensure_ascii=False, indent=1), "utf-8")


def senders(board: Board, kato: str) -> list[str]:
    """Who signed the packages that this round's sheets of a territory came with."""
    rows = (row for row in board.rows if row.territory.kato == kato)
    found = (board.source(sheet) for row in rows for sheet in row.sheets.values())
    return sorted({source.name for source in found if source}, key=sort_key)


def reminder(sheets: Iterable[SheetStatus], board: Board, context: Context) -> str:
    """A text to send or to read out: what each territory still has to send; blank when nothing."""
    by_place: dict[str, list[SheetStatus]] = {}
    for sheet in filter(owed, sheets):
        by_place.setdefault(sheet.territory, []).append(sheet)
    return "\n\n".join(_letter(kato, lacks, context) for kato, lacks in by_place.items())


def _letter(kato: str, sheets: Iterable[SheetStatus], context: Context) -> str:
    plan, round_ = context.plan, context.round.name(language())
    head = _("{territory}. Still to be sent for {round}:").format(
        territory=plan.territories[kato].name, round=round_
    )
    return "\n".join((head, *(f"– {_asked(sheet, context)}" for sheet in sheets)))


def _asked(sheet: SheetStatus, context: Context) -> str:
    measure = f"{sheet.measure}. {context.plan.measures[sheet.measure].title}"
    if sheet.due is None:
        return measure
    return _("{measure} (due on {day})").format(measure=measure, day=day(sheet.due))

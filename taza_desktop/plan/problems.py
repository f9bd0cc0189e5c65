"""What a check finds in a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from taza_desktop.i18n import N_, Text
from taza_desktop.plan.form import Level

# The checks that every form has of itself, and what they say.
BUILT_IN: Final = {
    "unknown": N_("This form has no cell “{cell}”. Take it out."),
    "computed": N_("“{label}” is computed and cannot be entered. Take it out."),
    "value": N_("“{label}”: {reason}."),
    "minimum": N_("“{label}” cannot be below {limit}."),
    "maximum": N_("“{label}” cannot be above {limit}."),
    "required": N_("“{label}” must be filled in."),
    "elsewhere": N_("“{label}” lies outside this territory: {territory}. Explain it in a remark."),
    "override": N_("Another total of “{label}” is given: say why in a remark."),
    "stands_for": N_(
        "A sheet can only stand for territories below its own: not for {territories}."
    ),
    "unfinished": N_("“{label}” cannot be checked: the numbers are too large."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a sheet.

    Attributes:
        level: "stop" must be mended, "explain" wants a remark.
        check: name of the form's check, or of one in `BUILT_IN`.
        cell: "planted", "winners" (the table), "winners/<entry id or row number from 1>/place",
            "winners/<…>" (the entry); empty when it is the sheet as a whole.
        answered: a remark on the cell, its entry or the whole sheet explains it; not with "stop".
    """

    level: Level
    check: str
    cell: str
    message: Text
    answered: bool = False

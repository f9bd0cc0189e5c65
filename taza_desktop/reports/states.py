"""The states of a sheet in words and letters, the same on the screen and on paper."""

from __future__ import annotations

from typing import NamedTuple

from taza_desktop.i18n import N_, gettext


class StateWords(NamedTuple):
    """`says` is "letter · name": the letter stands in the cell, both stand in the legend."""

    says: str

    @property
    def letter(self) -> str:
        """What stands in the cell, in the language in force; no two states share one."""
        return gettext(self.says).partition(" · ")[0]

    @property
    def name(self) -> str:
        """The state in words, in the language in force."""
        return gettext(self.says).partition(" · ")[2]


# In the order in which a sheet goes through them.
STATES = {
    "not_started": StateWords(N_("– · not started")),
    "draft": StateWords(N_("D · draft")),
    "ready": StateWords(N_("R · ready")),
    "sent": StateWords(N_("S · sent")),
    "received": StateWords(N_("I · received")),
    "returned": StateWords(N_("B · sent back")),
    "answered": StateWords(N_("W · answered")),
    "changed": StateWords(N_("C · changed since accepted")),
    "accepted": StateWords(N_("✓ · accepted")),
}

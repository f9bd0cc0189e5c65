"""How the state of a sheet looks on the board: a letter, a name, a colour; never colour alone."""

from __future__ import annotations

from typing import NamedTuple

from taza_desktop.i18n import N_, gettext


class StateLook(NamedTuple):
    """`says` is "letter · name": the letter stands in the cell, both stand in the legend."""

    says: str
    token: str

    @property
    def letter(self) -> str:
        """What stands in the cell, in the language in force."""
        return gettext(self.says).partition(" · ")[0]

    @property
    def name(self) -> str:
        """The state in words, in the language in force."""
        return gettext(self.says).partition(" · ")[2]


LOOKS = {
    "not_started": StateLook(N_("– · not started"), "idle"),
    "draft": StateLook(N_("D · draft"), "warn"),
    "ready": StateLook(N_("R · ready"), "info"),
    "sent": StateLook(N_("S · sent"), "info"),
    "received": StateLook(N_("I · received"), "ok"),
}

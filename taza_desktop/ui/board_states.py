"""The colour of a state on the board; letter and name stand in `reports.states`."""

from __future__ import annotations

from typing import NamedTuple

from taza_desktop.reports.states import STATES, StateWords


class StateLook(NamedTuple):
    """A letter on a colour, never the colour alone; what is `solid` needs nobody any more."""

    words: StateWords
    token: str
    solid: bool = False

    @property
    def letter(self) -> str:
        """What stands in the cell, in the language in force."""
        return self.words.letter

    @property
    def name(self) -> str:
        """The state in words, in the language in force."""
        return self.words.name

    @property
    def ground(self) -> str:
        """The token of the colour behind the letter."""
        return self.token if self.solid else f"{self.token}_soft"

    @property
    def ink(self) -> str:
        """The token of the letter's colour."""
        return "surface" if self.solid else self.token


_TOKENS = {
    "not_started": "idle",
    "draft": "warn",
    "ready": "info",
    "sent": "info",
    "received": "ok",
    "returned": "warn",
    "answered": "info",
    "changed": "stop",
}
LOOKS = {
    state: StateLook(words, _TOKENS.get(state, "ok"), solid=state == "accepted")
    for state, words in STATES.items()
}

"""A place: a few letters find it in the classifier; what is stored is its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from taza_desktop.i18n import language
from taza_desktop.plan.kinds import show
from taza_desktop.ui.editor import LineEditor

if TYPE_CHECKING:
    from taza_desktop.plan.form import Figure
    from taza_desktop.plan.sheet import Value
    from taza_desktop.plan.territories import Territories

_SHOWN = 12
_FEWEST_LETTERS = 2


class PlaceCompleter(QCompleter):
    """Offers places of one territory first, then all others, while one types.

    Signals:
        chosen: the code of a place.
    """

    chosen = Signal(str)

    def __init__(
        self, line: QLineEdit, figure: Figure, territories: Territories, within: str
    ) -> None:
        self._model = QStringListModel()
        super().__init__(self._model, line)
        self._figure = figure
        self._territories = territories
        self._within = within
        self._codes: list[str] = []
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(_SHOWN)
        line.setCompleter(self)
        line.textEdited.connect(self._search)
        self.activated.connect(self._activated)

    def _search(self, typed: str) -> None:
        self._codes = _codes(self._territories, typed, self._within)
        names = [
            place_name(self._figure, code, self._territories, self._within) for code in self._codes
        ]
        self._model.setStringList(names)

    def _activated(self, name: str) -> None:
        names = self._model.stringList()
        if name in names:
            self.chosen.emit(self._codes[names.index(name)])


class PlaceEditor(LineEditor):
    """A line that completes to places."""

    def __init__(
        self,
        figure: Figure,
        territories: Territories,
        within: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(figure, parent)
        self._territories = territories
        self._within = within
        completer = PlaceCompleter(self.line, figure, territories, within)
        completer.chosen.connect(self._chosen)

    def put(self, value: Value) -> None:
        """Show the name of the place."""
        if not self.line.isModified():
            self.line.setText(place_name(self.figure, value, self._territories, self._within))

    def _chosen(self, code: str) -> None:
        self.line.setModified(False)
        self.decided.emit(code)


def place_name(figure: Figure, value: Value, territories: Territories, within: str) -> str:
    """A place as a cell shows it; the district is left out where it is the sheet's own."""
    code = str(value) if isinstance(value, str) else ""
    place = territories.get(code)
    if place is not None and territories.covers(within, code):
        return place.name.to(language())
    return show(figure, value, language())


def _codes(territories: Territories, typed: str, within: str) -> list[str]:
    """Places that fit, those of the own territory before the others."""
    if len(typed.strip()) < _FEWEST_LETTERS:
        return []
    near = [place.kato for place in territories.search(typed, within, _SHOWN)]
    far = [place.kato for place in territories.search(typed, limit=_SHOWN)]
    return list(dict.fromkeys(near + far))[:_SHOWN]

"""Who is confirmed, for which territory: out of the coordinator's own list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from taza_desktop.i18n import _
from taza_desktop.plan.kazakh import sort_key
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.ui.board_contact import Contacts
from taza_desktop.ui.step import Step
from taza_desktop.ui.widgets import column, describe, label, show_text

if TYPE_CHECKING:
    from taza_desktop.plan.territories import Territories, Territory
    from taza_desktop.ui.page import Context


class Chosen(NamedTuple):
    """The coordinator's words: КАТО code and name."""

    territory: str
    name: str


class WhoStep(Step):
    """Territory and name; what was noted of the territory on the board is shown, e.g. a number.

    Signals:
        edited: something else is chosen.
    """

    edited = Signal()

    def __init__(self, number: int) -> None:
        self._context: Context | None = None
        self._contacts = Contacts()
        self._territory, self._name = QComboBox(), QLineEdit()
        self._territory_label, self._name_label = label(role="caption"), label(role="caption")
        self._note = label(role="small", wrap=True)
        self._territory_label.setBuddy(self._territory)
        self._name_label.setBuddy(self._name)
        search_in_list(self._territory)
        super().__init__(
            number,
            column(self._territory_label, self._territory, gap=1),
            column(self._name_label, self._name, gap=1),
            self._note,
        )
        self._territory.currentIndexChanged.connect(self._chosen)
        self._name.textEdited.connect(lambda: self.edited.emit())
        self.retranslate()

    def use(self, context: Context) -> None:
        """The territories of this register's office."""
        self._context, self._contacts = context, Contacts()
        self.retranslate()

    def clear(self) -> None:
        """Nobody is chosen."""
        self._territory.setCurrentIndex(-1)
        self._name.clear()

    def chosen(self) -> Chosen:
        """Who it is."""
        return Chosen(str(self._territory.currentData() or ""), " ".join(self._name.text().split()))

    def is_complete(self) -> bool:
        """Whether territory and name are there."""
        return all(self.chosen())

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.say(
            _("Who is it?"),
            _("As your own list has it, not as the file says."),
        )
        self._territory_label.setText(_("Signs for"))
        describe(self._territory, _("Signs for"))
        self._name_label.setText(_("Surname, name, patronymic"))
        describe(self._name, _("Surname, name, patronymic"))
        self._fill()

    def _fill(self) -> None:
        """The office's own list, in the order of the Kazakh alphabet, keeping the choice."""
        chosen = self._territory.currentData()
        self._territory.clear()
        if self._context is not None:
            office = self._context.office.territory
            for each in below(self._context.plan.territories, office):
                self._territory.addItem(str(each.name), each.kato)
        self._territory.setCurrentIndex(self._territory.findData(chosen) if chosen else -1)

    def _chosen(self) -> None:
        kato = self.chosen().territory
        noted = self._contacts.note(kato) if kato else ""
        show_text(self._note, _("Your note: {note}").format(note=noted) if noted else "")
        self.edited.emit()


def search_in_list(box: QComboBox) -> None:
    """Let some letters of a name be typed, from anywhere in it."""
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer = QCompleter(box.model(), box)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    box.setCompleter(completer)


def below(territories: Territories, office: str) -> list[Territory]:
    """For whom an office confirms persons: the Ministry for regions, a region for all within it."""
    if office == REPUBLIC:
        found = territories.children(REPUBLIC, offices_only=True)
    else:
        found = [each for each in territories.offices() if territories.covers(office, each.kato)]
    return sorted(found, key=lambda each: sort_key(each.name.kk))

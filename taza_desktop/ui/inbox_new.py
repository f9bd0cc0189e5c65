"""New packages: dropped or opened, checked one by one, merged one by one or all together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from taza_desktop.i18n import _, ngettext
from taza_desktop.ui import choosing
from taza_desktop.ui.icons import icon
from taza_desktop.ui.inbox_arrival_card import ArrivalCard
from taza_desktop.ui.inbox_arrivals import COLUMNS, PACKAGES, Arrival, Read, Verdict, find, read
from taza_desktop.ui.listing import Listing, ListingModel
from taza_desktop.ui.widgets import button, column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.merging.preview import Preview
    from taza_desktop.plan.sheet import SheetKey
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context


LIST = 200
_LINES = 14  # of the chosen package; where the window is lower, the page scrolls


class NewPackages(QWidget):
    """The list of what came, and the chosen package beside it.

    Signals:
        merged: (number of packages) the register's content is another one now.
        opened: ({path: Opened}) files could be read, or were merged.
        refused: a Refusal for the message bar.
    """

    merged = Signal(int)
    opened = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._open, self._folder, self._merge_all = button(), button(), button(role="primary")
        self._hint = label(role="muted", wrap=True)
        self._model = ListingModel(COLUMNS, self)
        self._list = Listing(self._model, "arrivals")
        self._card = ArrivalCard()
        self._card.setMinimumHeight(self.fontMetrics().height() * _LINES)
        self._connect()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(self._list)
        split.addWidget(self._card)
        split.setStretchFactor(1, 1)
        split.setSizes([2 * LIST, 3 * LIST])
        tools = row(self._open, self._folder, self._hint, self._merge_all, gap=3)
        tools.setStretch(2, 1)
        whole = column(tools, split, gap=3)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.retranslate()

    def use(self, context: Context) -> None:
        """Work on this register; what came for another one is forgotten."""
        if self._context is None or self._context.session is not context.session:
            self._model.show([])
            context.session.changed.connect(self._unlocked)
        self._context = context
        self._card.use(context.session)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._open.setText(_("Open packages…"))
        self._folder.setText(_("Open a folder…"))
        self._hint.setText(_("or drop files and folders here"))
        describe(self._list, _("New packages"))
        self._list.say_when_empty(
            _("Drop packages from the districts here: from a stick, a folder or a letter.")
        )
        self._open.setIcon(icon("inbox"))
        self._folder.setIcon(icon("folder"))
        self._card.retranslate()
        self._show_merge_all()

    def take(self, paths: list[Path]) -> None:
        """Check the packages among these files and in these folders."""
        if self._context is not None:
            self._context.worker.run(lambda _register: find(paths), self._found)

    def merge_all(self) -> None:
        """Merge every package that can be merged."""
        self._merge(self._with("good"))

    def read_again(self) -> None:
        """The register changed: what is not merged yet is previewed anew."""
        for arrival in self._with("good"):
            self._read(arrival)

    def _connect(self) -> None:
        self._open.clicked.connect(self._ask_files)
        self._folder.clicked.connect(self._ask_folder)
        self._merge_all.clicked.connect(self.merge_all)
        self._list.chosen.connect(self._card.show_arrival)
        self._card.merge_wanted.connect(self._merge_chosen)
        self._card.sheet_wanted.connect(self._open_sheet)

    def _ask_files(self) -> None:
        if self._context is not None:
            kinds = _("Packages ({patterns})").format(patterns=" ".join(PACKAGES))
            self.take(
                choosing.ask_open_many(self, _("Open packages"), kinds, self._context.settings)
            )

    def _ask_folder(self) -> None:
        if self._context is not None:
            title = _("Open all packages of a folder")
            folder = choosing.ask_folder(self, title, self._context.settings)
            self.take([folder] if folder else [])

    def _found(self, paths: list[Path]) -> None:
        if self._context is None:
            return
        known = {arrival.path for arrival in self._model.items()}
        for path in paths:
            if path not in known:
                arrival = Arrival(path, self._context.plan)
                self._model.add(arrival)
                self._read(arrival)
        if self._list.current() is None:
            self._list.choose(0)

    def _read(self, arrival: Arrival) -> None:
        """Look at a package in the worker."""
        if self._context is None:
            return
        plan, path, keys = self._context.plan, arrival.path, self._context.session.keyring

        def job(register: Register) -> Read:
            return read(register, plan, path, keys)

        def done(found: Read) -> None:
            arrival.read, arrival.refusal = found, None
            arrival.verdict = "merged" if found.preview.already else "good"
            self._show(arrival)
            self.opened.emit({path: found.opened})

        def failed(refusal: Refusal) -> None:
            arrival.read, arrival.refusal, arrival.verdict = None, refusal, "refused"
            if refusal.code == "CRED-LOCKED":
                arrival.refusal, arrival.verdict = None, "sealed"
            self._show(arrival)

        self._context.worker.run(job, done, failed, owner=self)

    def _merge_chosen(self) -> None:
        arrival = self._list.current()
        if arrival is not None:
            self._merge([arrival])

    def _merge(self, arrivals: list[Arrival]) -> None:
        """Merge packages one after another, each in its own transaction."""
        if self._context is None or not arrivals:
            return
        self._merge_all.setEnabled(False)
        for place, arrival in enumerate(arrivals, start=1):
            self._merge_one(arrival, len(arrivals) if place == len(arrivals) else 0)

    def _merge_one(self, arrival: Arrival, tell: int) -> None:
        """Merge one package; after the last of `tell` packages the rest is read again."""
        found, context = arrival.read, self._context
        if found is None or context is None:
            return

        def job(register: Register) -> Preview:
            from taza_desktop.merging.apply import apply

            return apply(register, found.opened)

        def done(preview: Preview) -> None:
            arrival.read = Read(found.opened, preview)
            arrival.verdict = "merged"
            self.opened.emit({arrival.path: found.opened})
            self._end(arrival, tell)

        def failed(refusal: Refusal) -> None:
            arrival.refusal, arrival.verdict = refusal, "refused"
            self.refused.emit(refusal)
            self._end(arrival, tell)

        context.worker.run(job, done, failed, owner=self)

    def _end(self, arrival: Arrival, tell: int) -> None:
        self._show(arrival)
        if tell:
            self.merged.emit(tell)

    def _show(self, arrival: Arrival) -> None:
        if arrival in self._model.items():
            self._model.refresh(arrival)
        self._card.count_sealed(len(self._with("sealed")))
        if self._list.current() is arrival:
            self._card.show_arrival(arrival)
        self._show_merge_all()

    def _show_merge_all(self) -> None:
        count = len(self._with("good"))
        says = ngettext("Merge {count} package", "Merge all {count} packages", count)
        self._merge_all.setText(says.format(count=count))
        self._merge_all.setVisible(count > 1)
        self._merge_all.setEnabled(True)

    def _with(self, verdict: Verdict) -> list[Arrival]:
        return [arrival for arrival in self._model.items() if arrival.verdict == verdict]

    def _unlocked(self) -> None:
        """The keys are open: what could not be read is read."""
        if self._context is not None and self._context.session.name:
            for arrival in self._with("sealed"):
                arrival.verdict = "reading"
                self._show(arrival)
                self._read(arrival)

    def _open_sheet(self, key: SheetKey) -> None:
        if self._context is not None:
            self._context.open_sheet(key, "")

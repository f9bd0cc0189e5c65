"""The inbox: packages come in, are looked at, merged, taken back; conflicts are settled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QScrollArea, QTabWidget, QWidget

from taza_desktop.i18n import _, ngettext
from taza_desktop.ui.exchange_fetched import Fetched
from taza_desktop.ui.inbox_conflicts import Conflicts
from taza_desktop.ui.inbox_duplicates import Duplicates
from taza_desktop.ui.inbox_journal import Journal
from taza_desktop.ui.inbox_merged import MergedPackages
from taza_desktop.ui.inbox_new import NewPackages
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.widgets import column, label

if TYPE_CHECKING:
    from taza_desktop.plan.sheet import SheetKey


class InboxPage(Page):
    """New and merged packages, conflicts, duplicates, journal; files are dropped anywhere on it.

    Attributes:
        tabs: the five, in this order.
    """

    NAME = "inbox"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._open_conflicts = self._alike = 0
        self._title = label(role="title")
        self.new, self.merged, self.conflicts = NewPackages(), MergedPackages(), Conflicts()
        self.duplicates, self.journal = Duplicates(), Journal()
        self.fetched = Fetched()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for tab in self._parts():
            holder = QWidget()
            first = tab is self.new
            holder.setLayout(column(3, self.fetched, tab) if first else column(3, tab, gap=0))
            self.tabs.addTab(_scrolling(holder) if first else holder, "")
        self.new.merged.connect(self._on_merged)
        self.fetched.found.connect(self.new.take)
        self.new.opened.connect(self.fetched.note_opened)
        self.new.refused.connect(self.refused)
        self.merged.undone.connect(self._on_decided)
        self.conflicts.settled.connect(self._on_settled)
        self.conflicts.counted.connect(self._count)
        self.duplicates.decided.connect(self._on_decided)
        self.duplicates.counted.connect(self._count_alike)
        self.journal.sheet_wanted.connect(self._open_sheet)
        self.setAcceptDrops(True)
        whole = column(self._title, self.tabs, gap=2, margin=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.retranslate()

    def shown(self, context: Context) -> None:
        """Show what is merged and in conflict in this register."""
        self._context = context
        self.new.use(context)
        self.fetched.use(context)
        self._refresh()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._title.setText(_("Inbox"))
        self.tabs.setTabText(0, _("New"))
        self.tabs.setTabText(1, _("Merged packages"))
        self._count(self._open_conflicts)
        self._count_alike(self._alike)
        self.tabs.setTabText(4, _("Journal"))
        self.fetched.retranslate()
        for tab in self._parts():
            tab.retranslate()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.tabs.setCurrentIndex(0)
        self.new.take(paths)
        event.acceptProposedAction()

    def _refresh(self) -> None:
        if self._context is not None:
            self.merged.use(self._context)
            self.conflicts.use(self._context)
            self.duplicates.use(self._context)
            self.journal.use(self._context)

    def _on_merged(self, count: int) -> None:
        says = ngettext("{count} package merged.", "{count} packages merged.", count)
        self.said.emit(says.format(count=count), "done")
        self._changed()

    def _on_decided(self, sentence: str) -> None:
        self.said.emit(sentence, "done")
        self._changed()

    def _on_settled(self) -> None:
        self.said.emit(_("The conflict is settled."), "done")
        self._changed()

    def _changed(self) -> None:
        """The register's content is another one: previews, lists and the header follow."""
        self.new.read_again()
        self._refresh()
        self.changed.emit()

    def _count(self, conflicts: int) -> None:
        self._open_conflicts = conflicts
        text = _("Conflicts ({count})").format(count=conflicts) if conflicts else _("Conflicts")
        self.tabs.setTabText(2, text)

    def _count_alike(self, pairs: int) -> None:
        self._alike = pairs
        text = _("Possible duplicates")
        self.tabs.setTabText(3, f"{text} ({pairs})" if pairs else text)

    def _open_sheet(self, key: SheetKey) -> None:
        if self._context is not None:
            self._context.open_sheet(key, "")

    def _parts(self) -> tuple[NewPackages, MergedPackages, Conflicts, Duplicates, Journal]:
        """What the tabs hold, in their order."""
        return self.new, self.merged, self.conflicts, self.duplicates, self.journal


def _scrolling(content: QWidget) -> QScrollArea:
    """A part that scrolls when notices and large text leave it too little room."""
    area = QScrollArea(widgetResizable=True)
    area.setWidget(content)
    return area

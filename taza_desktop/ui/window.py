"""The main window: it places the pages, and knows nothing of what is on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QIcon,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow

from taza_desktop.paths import data_path
from taza_desktop.ui.exchange_pill import ExchangePill
from taza_desktop.ui.generated.ui_window import Ui_Window
from taza_desktop.ui.header import Header
from taza_desktop.ui.menus import LookMenu, RegisterMenu
from taza_desktop.ui.pages import FORM, PageEntry, pages_of
from taza_desktop.ui.rail import Rail
from taza_desktop.ui.theme import Look

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.plan.rounds import Round
    from taza_desktop.plan.sheet import SheetKey
    from taza_desktop.ui.form_page import FormPage
    from taza_desktop.ui.page import Context, Page

_ROOMY = 150  # letters in a line of the window, from which the rail shows its titles
_COUNT_AFTER = 400  # ms without a change before the header counts anew


class Window(QMainWindow):
    """Header, rail and the page in front.

    Signals:
        closed: the window is about to go; what was being typed is with the worker by now.
    """

    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._context: Context | None = None
        self._built: dict[str, Page] = {}
        self._back_to = ""
        self.ui = Ui_Window()
        self.ui.setupUi(self)
        self.setWindowIcon(QIcon(str(data_path("resources", "icons", "app.svg"))))
        self.rail = Rail(self.ui, look, self)
        self.header = Header(self.ui, self)
        self.pill = ExchangePill(self.ui.line, self)
        self.look_menu = LookMenu(self.ui.look, look)
        self.register_menu = RegisterMenu(self.ui.registerMenu, look)
        self.rail.chosen.connect(self.go)
        self._recount = QTimer(self, singleShot=True, interval=_COUNT_AFTER)
        self._recount.timeout.connect(self._count)
        back = QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Left), self)
        back.activated.connect(self.go_back)
        self._show_title()

    def open(self, context: Context, rounds: list[Round]) -> None:
        """Show a register: the rail of its role, the header of its office, the first page."""
        self._drop_pages()
        self._context = context
        self._watch()
        entries = pages_of(context.office.role)
        self.rail.fill(entries)
        self.header.show_register(context, rounds)
        self._show_title()
        self.go(entries[0].name)
        self._recount.start()

    def use(self, context: Context) -> None:
        """Go on in the same register with another round."""
        self._context = context
        self.header.show_round(context.round)
        self.go(self._back_to or self.current())
        self._recount.start()

    def go(self, name: str) -> None:
        """Bring a page to the front; it is built when it is wanted for the first time."""
        if self._context is None:
            return
        page = self._bring(self.rail.entry(name))
        self._back_to = ""
        self.rail.mark(name)
        page.shown(self._context)
        if not page.isAncestorOf(QApplication.focusWidget() or self):
            page.setFocus()  # else the keyboard would stand on whatever the rail has last

    def go_back(self) -> None:
        """From a form back to the page it was opened from."""
        if self._back_to:
            self.go(self._back_to)

    def open_sheet(self, key: SheetKey, cell: str = "") -> None:
        """Open the form of a sheet, at a cell; going back leads to the page in front now."""
        if self._context is None:
            return
        back_to = self._back_to or self.current()
        page = cast("FormPage", self._bring(FORM))
        self._back_to = back_to
        page.open_sheet(self._context, key, cell)

    def leave(self) -> None:
        """Keep what is being typed on the page in front."""
        if page := self._built.get(self.current()):
            page.leave()

    def current(self) -> str:
        """The name of the page in front; "" while no register is open."""
        page = self.ui.pages.currentWidget()
        return page.objectName() if page else ""

    @property
    def context(self) -> Context:
        """What the pages were handed; ValueError while no register is open."""
        if self._context is None:
            raise ValueError("no register is open")
        return self._context

    def page(self, name: str) -> Page:
        """A page that was opened before; KeyError when it was not."""
        return self._built[name]

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal in the message bar."""
        self.ui.messages.refuse(refusal)

    def say(self, text: str, level: str = "info") -> None:
        """Show a sentence in the message bar."""
        self.ui.messages.say(text, level)

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts anew when the language changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "register_menu"):
            self.ui.retranslateUi(self)
            parts = (self.rail, self.header, self.pill, self.look_menu, self.register_menu)
            for part in parts:
                part.retranslate()
            self._show_title()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small screen, or large text, leaves the rail its icons only."""
        super().resizeEvent(event)
        self.rail.set_compact(self.width() < _ROOMY * self.fontMetrics().averageCharWidth())

    def showEvent(self, event: QShowEvent) -> None:
        """From now on there is a window of the system, and work in it can be seen."""
        super().showEvent(event)
        self._watch()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being typed; nothing is asked, as nothing can be lost."""
        self.leave()
        self.closed.emit()
        super().closeEvent(event)

    def _watch(self) -> None:
        """Let the session see keys and clicks: of the system's window, which are few."""
        handle = self.windowHandle()
        if self._context is not None and handle is not None:
            handle.installEventFilter(self._context.session)

    def _bring(self, entry: PageEntry) -> Page:
        self.leave()
        page = self._built.get(entry.name) or self._build(entry)
        self.ui.pages.setCurrentWidget(page)
        return page

    def _build(self, entry: PageEntry) -> Page:
        page = entry.build(self.ui.pages)
        page.refused.connect(self.refuse)
        page.said.connect(self.say)
        page.saved.connect(self.header.saved_now)
        page.saved.connect(self._recount.start)
        page.changed.connect(self._recount.start)
        page.changed.connect(self._register_changed)
        page.left.connect(self.go_back)
        self._built[entry.name] = page
        self.ui.pages.addWidget(page)
        return page

    def _drop_pages(self) -> None:
        self.leave()
        for page in self._built.values():
            self.ui.pages.removeWidget(page)
            page.deleteLater()
        self._built.clear()
        self._back_to = ""

    def _count(self) -> None:
        if self._context is not None:
            from taza_desktop.ui.due_list import count

            context = self._context
            context.worker.run(lambda register: count(register, context), self.header.show_progress)

    def _register_changed(self) -> None:
        """Something was signed, merged or opened: packages may wait, a card may name a place."""
        if self._context is not None:
            self._context.exchange.refresh()

    def _show_title(self) -> None:
        name = "Таза Қазақстан"
        if self._context is None:
            self.setWindowTitle(name)
        else:
            self.setWindowTitle(f"{self._context.path.stem} – {name}")

"""Sending: what goes, what stays behind, the signature, the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QWidget

from taza_desktop.i18n import _, language
from taza_desktop.ui.exchange_offer import PlaceOffer
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.send_contents import SendContents
from taza_desktop.ui.send_key import KeyCard
from taza_desktop.ui.send_outlook import Outlook, look_ahead
from taza_desktop.ui.send_sign import ResultCard, SignCard
from taza_desktop.ui.side import Side
from taza_desktop.ui.widgets import column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.packages.write import Exported
    from taza_desktop.plan.sheet import SheetKey
    from taza_desktop.register.register import Register


class SendPage(Page):
    """Contents at the left; at the right the key, then the signature, then the result."""

    NAME = "send"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._outlook: Outlook | None = None
        self._title, self._round = label(role="title"), label(role="muted")
        self._contents = SendContents()
        self._key, self._sign, self._result = KeyCard(), SignCard(), ResultCard()
        self._offer = PlaceOffer()
        self._contents.opened.connect(self._open)
        self._sign.refused.connect(self.refused)
        self._sign.hide()
        self._key.hide()
        self._key.said.connect(lambda sentence: self.said.emit(sentence, "done"))
        self._key.changed.connect(self._key_changed)
        self._sign.exported.connect(self._exported)
        self._sign.queued.connect(self._queued)
        self._left = _scrolling(self._contents)
        self._right = Side(self._offer, self._result, self._sign, self._key)
        body = row(self._left, self._right, gap=5)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        whole = column(column(self._title, self._round, gap=1), body, gap=4, margin=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.retranslate()

    def shown(self, context: Context) -> None:
        """Judge what would go now."""
        if self._context is None or self._context.path != context.path:
            self._result.show_result(None)
        self._context = context
        self._offer.use(context)
        self._look()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._title.setText(_("Send"))
        describe(self._left, _("What goes"))
        describe(self._right, _("Sign and hand over"))
        if self._context is not None:
            self._round.setText(self._context.round.name(language()))
        for part in (self._contents, self._offer, self._key, self._sign, self._result):
            part.retranslate()

    def _key_changed(self) -> None:
        """A card may bring a place of exchange along."""
        if self._context is not None:
            self._context.exchange.refresh()
        self._look()

    def _look(self) -> None:
        context = self._context
        if context is None:
            return

        def job(register: Register) -> Outlook:
            return look_ahead(register, context.plan, context.round)

        context.worker.run(job, self._show)

    def _show(self, outlook: Outlook) -> None:
        if self._context is None:
            return
        self._contents.show_outlook(outlook, self._context.plan)
        can_sign = outlook.signatory is not None
        self._sign.use(self._context, outlook)
        self._sign.setVisible(can_sign)
        self._key.use(self._context, outlook.enrolment)
        self.retranslate()

    def _open(self, key: SheetKey, cell: str) -> None:
        if self._context is not None:
            self._context.open_sheet(key, cell)

    def _queued(self, exported: Exported) -> None:
        self._result.show_result(exported, by_line=True)
        self.changed.emit()
        self._look()

    def _exported(self, exported: Exported) -> None:
        self._result.show_result(exported)
        self.changed.emit()
        self._look()


def _scrolling(content: QWidget) -> QScrollArea:
    """A part that scrolls when the window is low."""
    area = QScrollArea(widgetResizable=True)
    area.setWidget(content)
    return area

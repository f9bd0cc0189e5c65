"""The place that the card of the office above names: taken into use, or left, with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.widgets import button, row

if TYPE_CHECKING:
    from taza_desktop.exchange.place import Where
    from taza_desktop.register.register import Register
    from taza_desktop.ui.exchange_standing import Standing
    from taza_desktop.ui.page import Context


class PlaceOffer(Notice):
    """Shown while the card names a place about which nobody has decided here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("info", parent)
        self._context: Context | None = None
        self._office, self._where = "", None
        self._use, self._leave = button(role="primary"), button()
        self._use.clicked.connect(self._open)
        self._leave.clicked.connect(self._decline)
        self.below.addLayout(row(self._use, self._leave, 0))

    def use(self, context: Context) -> None:
        """Offer what the card of this register's office above names."""
        if self._context is None or self._context.exchange is not context.exchange:
            context.exchange.stood.connect(self._stand)
        self._context = context
        self._stand(context.exchange.standing)

    def retranslate(self) -> None:
        """Set the texts anew."""
        if self._context is not None:
            self._stand(self._context.exchange.standing)

    def _stand(self, standing: Standing) -> None:
        offered = next(iter(standing.known.offered.items()), None)
        if offered is None:
            self.hide()
            return
        self._office, where = offered
        used = standing.known.places.get(self._office)
        if used is None:
            self._ask(where)
        else:
            self._ask_to_move(used, where)

    def _ask(self, where: Where) -> None:
        says = _("Packages can go there by themselves. The coordinator tells you the password.")
        self.say(_("The card names a place of exchange"), f"{where.label}\n{says}")
        self._use.setText(_("Use this place…"))
        self._leave.setText(_("Not now"))

    def _ask_to_move(self, used: Where, where: Where) -> None:
        lines = (
            _("On the card: {place}").format(place=where.label),
            _("In use: {place}").format(place=used.label),
        )
        self.say(_("The card names another place of exchange than yours"), "\n".join(lines))
        self._use.setText(_("Use the one on the card…"))
        self._leave.setText(_("Keep mine"))

    def _open(self) -> None:
        if self._context is not None:
            from taza_desktop.ui.exchange_settings import ExchangeSettings

            dialog = ExchangeSettings(self._context, self.window(), use_card=True)
            dialog.exec()
            dialog.deleteLater()

    def _decline(self) -> None:
        context, office = self._context, self._office
        if context is None:
            return

        def job(register: Register) -> None:
            from taza_desktop.exchange.card_place import note_decided

            note_decided(register, office)

        context.worker.run(job, lambda _: context.exchange.refresh(), owner=self)

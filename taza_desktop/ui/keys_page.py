"""Keys: lock and unlock, renew, another passphrase, backup and restore, the key store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from taza_desktop.i18n import _, ngettext
from taza_desktop.ui.backup_step import BackupStep
from taza_desktop.ui.key_restore import RestoreCard
from taza_desktop.ui.keys_passphrase import PassphraseCard
from taza_desktop.ui.keys_renew import Held, RenewCard, held
from taza_desktop.ui.keys_store import StoreCard
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.send_card_step import CardStep
from taza_desktop.ui.send_enrolment import Enrolment, enrolment
from taza_desktop.ui.unlock_field import UnlockField
from taza_desktop.ui.widgets import card, column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.register.register import Register


class Found(NamedTuple):
    """What a register holds: its certificate, whether it has any key, how far it is."""

    held: Held | None
    keys: bool
    enrolment: Enrolment


def gather(register: Register) -> Found:
    """Look it up."""
    has = any(map(register.credential, ("authority", "operator", "person", "request")))
    return Found(held(register), has, enrolment(register))


class KeysPage(Page):
    """Everything about the keys of the open register once they are there."""

    NAME = "keys"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._title, self._hint = label(role="title"), label(role="muted", wrap=True)
        self._none, self._unlock = Notice("info"), UnlockField()
        self._keys = card(column(self._unlock, margin=4))
        self._renew, self._passphrase = RenewCard(self._unlock), PassphraseCard(self._unlock)
        self._store, self._restore = StoreCard(self._unlock), RestoreCard()
        self._backup, self._card = BackupStep(0, always=True), CardStep(0)
        self._safe = card(column(self._backup, margin=4))
        self._newer: QFrame = card(column(self._card, margin=4))
        left = column(self._none, self._keys, self._renew, self._safe, self._newer, 0, gap=4)
        right = column(self._passphrase, self._store, self._restore, 0, gap=4)
        body = row(left, right, gap=5)
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(body)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setWidget(holder)
        whole = column(column(self._title, self._hint, gap=1), self._area, gap=4, margin=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._connect()
        self.retranslate()

    def shown(self, context: Context) -> None:
        """Look at the keys of this register."""
        self._context = context
        self._unlock.use(context.session)
        for part in (self._passphrase, self._store, self._restore, self._backup):
            part.use(context)
        context.worker.run(gather, self._show)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._title.setText(_("Keys"))
        self._hint.setText(_("They lie in the register, locked; no file holds the passphrase."))
        describe(self._area, _("Keys"))
        self._none.say(_("No keys yet"), _("“Send” leads to them step by step."))
        for part in (self._renew, self._passphrase, self._store, self._restore, self._backup):
            part.retranslate()
        self._unlock.retranslate()
        self._card.retranslate()

    def _connect(self) -> None:
        self._renew.said.connect(self._say)
        self._renew.changed.connect(self._look)
        self._passphrase.changed.connect(self._changed)
        self._restore.restored.connect(self._restored)
        self._backup.saved.connect(self._saved)
        self._card.taken.connect(self._taken)

    def _show(self, found: Found) -> None:
        context = self._context
        if context is None:
            return
        self._none.setVisible(not found.keys)
        for part in (self._keys, self._passphrase, self._store, self._safe):
            part.setVisible(found.keys)
        self._renew.use(context, found.held)
        self._backup.show_state("now")
        self._newer.setVisible(found.enrolment.above)
        self._card.use(context, "now", may_skip=False)

    def _say(self, sentence: str) -> None:
        self.said.emit(sentence, "done")

    def _look(self) -> None:
        if self._context is not None:
            self.shown(self._context)

    def _changed(self, others: int) -> None:
        says = _("The passphrase is changed. Make a new backup.")
        if others:
            more = ngettext(
                "{count} key keeps a passphrase of its own.",
                "{count} keys keep a passphrase of their own.",
                others,
            )
            says = f"{says} {more.format(count=others)}"
        self._say(says)

    def _restored(self) -> None:
        self._say(_("The keys are restored."))
        self._look()

    def _saved(self, path: Path) -> None:
        self._say(_("The backup lies here: {path}.").format(path=path))

    def _taken(self) -> None:
        self._say(_("The card is open: from now on packages are encrypted."))
        self._look()

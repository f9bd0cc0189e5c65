"""Asking whether a certificate is really to be taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.passphrase_field import PassphraseField
from taza_desktop.ui.widgets import button, column, label

WIDTH = 420


def ask_revocation(parent: QWidget, name: str) -> str | None:
    """The authority's passphrase when `name` is to be revoked; None when it is not."""
    dialog = RevokeDialog(name, parent)
    secret = dialog.passphrase.text() if dialog.exec() else None
    dialog.deleteLater()
    return secret


class RevokeDialog(QDialog):
    """What revoking means, and the passphrase.

    Attributes:
        passphrase: of the authority.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Revoke"))
        self.setMinimumWidth(WIDTH)
        heading = label(
            _("Revoke the certificate of {name}?").format(name=name), "heading", wrap=True
        )
        hint = label(
            _("Packages signed from now on are refused. What was merged before stays."), wrap=True
        )
        self.passphrase = PassphraseField()
        self.passphrase.name(_("Passphrase of the authority"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        revoke = button(_("Revoke"), "danger")
        revoke.setEnabled(False)
        buttons.addButton(revoke, QDialogButtonBox.ButtonRole.AcceptRole)
        self.passphrase.edited.connect(lambda: revoke.setEnabled(bool(self.passphrase.text())))
        self.passphrase.finished.connect(revoke.click)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(heading, hint, self.passphrase, buttons, gap=4, margin=5))

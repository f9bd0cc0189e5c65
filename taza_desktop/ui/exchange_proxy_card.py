"""The one question about a proxy: who may use it. Shown only while a proxy asks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QLineEdit

from taza_desktop.exchange.place import Credential
from taza_desktop.i18n import _
from taza_desktop.ui.exchange_proxy import ProxyLogins
from taza_desktop.ui.widgets import column, describe, label, show_text


class ProxyCard(QFrame):
    """User name and password for the proxy of this network.

    Signals:
        edited: something was typed.
    """

    edited = Signal()

    def __init__(self, proxies: ProxyLogins) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._proxies = proxies
        self._says, self._refused = label(role="strong", wrap=True), label(role="error", wrap=True)
        self._user, self._secret = QLineEdit(), QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._lasting = QCheckBox(_("Remember it in the key store of this PC"))
        self._lasting.setChecked(True)
        fields = QFormLayout()
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(8)
        for line, title in ((self._user, _("User of the proxy")),
                            (self._secret, _("Password of the proxy"))):  # fmt: skip
            said = label(title, "field")
            said.setMinimumHeight(line.sizeHint().height())  # in the middle of it
            fields.addRow(said, line)  # pyright: ignore[reportCallIssue, reportArgumentType]
            describe(line, title)
            line.textEdited.connect(self.edited)
        hint = label(
            _("It is not the password of the place of exchange. The administrator knows it."),
            "small", wrap=True,
        )  # fmt: skip
        parts = (self._says, hint, self._refused, fields, self._lasting)
        self.setLayout(column(*parts, gap=3, margin=4))
        proxies.wanted.connect(self.show_question)
        self.show_question()

    def show_question(self) -> None:
        """Ask while a proxy does, and say why what was typed before is of no use."""
        name, refusal = self._proxies.asking, self._proxies.refusal
        says = _("The proxy {proxy} lets nobody through without a user name and a password.")
        self._says.setText(says.format(proxy=name))
        show_text(self._refused, refusal.text() if refusal else "")
        self.setVisible(bool(name))

    def use_typed(self) -> bool:
        """Hand over what was typed; whether it was anything."""
        user, secret = self._user.text().strip(), self._secret.text()
        if not self._proxies.asking or not user:
            return False
        self._proxies.remember(Credential(user, secret), lasting=self._lasting.isChecked())
        self._secret.clear()
        return True

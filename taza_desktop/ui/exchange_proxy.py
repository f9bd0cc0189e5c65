"""Who may use the proxy of this network: known here, else in the key store, else a person is asked.

Nothing opens by itself: what wanted to go through ends with a refusal, the header says that a
person is needed, and the settings of exchange ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from taza_desktop.errors import Refusal
from taza_desktop.exchange import keystore
from taza_desktop.exchange.place import Credential
from taza_desktop.i18n import N_

if TYPE_CHECKING:
    from taza_desktop.register.register import Register
    from taza_desktop.ui.worker import Worker

_SAYS = N_(
    "The proxy {proxy} does not accept the user name or the password. Type them again, or ask the"
    " administrator."
)


class ProxyLogins(QObject):
    """Logins by the name of the proxy; a driver calls it when a proxy asks.

    Signals:
        known: a login was found; whatever could not go through may try again.
        wanted: a person has to type one.

    Attributes:
        asking: the proxy whose login is not known; empty when none is wanted.
        refusal: why the last login typed for it is of no use; None when none was typed.
    """

    known = Signal()
    wanted = Signal()

    def __init__(self, worker: Worker[Register], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._held: dict[str, Credential] = {}
        self._refused: set[tuple[str, Credential]] = set()
        self._looked_up: set[str] = set()
        self.asking = ""
        self.refusal: Refusal | None = None

    def __call__(self, name: str, refused: Credential | None) -> Credential | None:
        """Who may use that proxy, as far as is known at once; `refused` is not given again."""
        if refused is not None:
            self._refused.add((name, refused))
            if self._held.get(name) == refused:
                del self._held[name]
                self.refusal = Refusal("EXC-PROXY-DENIED", _SAYS, proxy=name)
        held = self._held.get(name)
        if held is None:
            QTimer.singleShot(0, self, lambda: self._look_up(name))  # out of the slot of Qt
        return held

    def remember(self, credential: Credential, *, lasting: bool) -> None:
        """Use that login for the proxy that asks; `lasting`: on other days too."""
        name, self.asking, self.refusal = self.asking, "", None
        self._held[name] = credential
        self._refused.discard((name, credential))
        key = _key(name)

        def keep(_: Register) -> None:
            if lasting:
                keystore.write(key, credential)  # without a store it lasts until the window closes

        self._worker.run(keep, lambda _: None, owner=self)

    def _look_up(self, name: str) -> None:
        """Ask the key store once, where waiting for it holds nobody up."""
        if name in self._looked_up:
            self._want(name)
            return
        self._looked_up.add(name)

        def found(credential: Credential | None) -> None:
            if credential is None or (name, credential) in self._refused:
                self._want(name)
            else:
                self._held[name] = credential
                self.known.emit()

        self._worker.run(lambda _: keystore.read(_key(name)), found, owner=self)

    def _want(self, name: str) -> None:
        self.asking = name
        self.wanted.emit()


def _key(name: str) -> str:
    return f"proxy {name}"

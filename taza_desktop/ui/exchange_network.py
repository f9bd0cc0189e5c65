"""What the system says about the network of this PC; nothing where it says nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class Network(QObject):
    """Reachability and cost, as far as the system tells them.

    Signals:
        back: there is a network again.
        changed: anything is another way now.
    """

    back = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        features = QNetworkInformation.Feature.Reachability | QNetworkInformation.Feature.Metered
        known = QNetworkInformation.loadBackendByFeatures(features)
        self._told = QNetworkInformation.instance() if known else None
        if self._told is not None:
            self._told.reachabilityChanged.connect(self._reachable)
            self._told.isMeteredChanged.connect(self.changed)

    @property
    def offline(self) -> bool:
        """Whether this PC surely has no network."""
        nothing = QNetworkInformation.Reachability.Disconnected
        return self._told is not None and self._told.reachability() == nothing

    @property
    def metered(self) -> bool:
        """Whether what is sent costs by its size."""
        return self._told is not None and self._told.isMetered()

    def _reachable(self, how: QNetworkInformation.Reachability) -> None:
        if how == QNetworkInformation.Reachability.Online:
            self.back.emit()
        self.changed.emit()

"""What the system says about the network of this PC; nothing where it says nothing."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation

_Feature = QNetworkInformation.Feature
_Reach = QNetworkInformation.Reachability
# The first that a backend of this system offers.
_WANTED = (_Feature.Reachability | _Feature.Metered, _Feature.Reachability)
_BEAT = 20.0  # seconds; timers of Qt may stand still while the PC sleeps
_SLEPT = 60.0  # seconds that a beat is late after a sleep


class Network(QObject):
    """Reachability and cost, as far as the system tells them; and whether this PC slept.

    Signals:
        back: there is a network again, or a better one, or the PC woke.
        changed: anything is another way now.
    """

    back = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        known = any(QNetworkInformation.loadBackendByFeatures(each) for each in _WANTED)
        self._told = QNetworkInformation.instance() if known else None
        self._reach = _Reach.Unknown
        if self._told is not None:
            self._reach = self._told.reachability()
            self._told.reachabilityChanged.connect(self._reachable)
            self._told.isMeteredChanged.connect(self.changed)
        self._beaten = time.time()
        self._heart = QTimer(self)
        self._heart.setInterval(round(_BEAT * 1000))
        self._heart.timeout.connect(self._beat)
        self._heart.start()

    @property
    def offline(self) -> bool:
        """Whether this PC surely has no network."""
        return self._told is not None and self._reach == _Reach.Disconnected

    @property
    def metered(self) -> bool:
        """Whether what is sent costs by its size."""
        return self._told is not None and self._told.isMetered()

    @property
    def tells_cost(self) -> bool:
        """Whether the system knows that at all."""
        return self._told is not None and self._told.supports(_Feature.Metered)

    def _reachable(self, how: QNetworkInformation.Reachability) -> None:
        """An office may have a network of its own and no Internet; that is a way too."""
        before, self._reach = self._reach, how
        if how != _Reach.Disconnected and how.value > before.value:
            self.back.emit()
        self.changed.emit()

    def _beat(self) -> None:
        """The clock of the wall goes on in a sleep, and what was due in it is due now."""
        now = time.time()
        late, self._beaten = now - self._beaten - _BEAT, now
        if late > _SLEPT:
            self.back.emit()

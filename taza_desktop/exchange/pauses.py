"""How long to wait before something is tried again."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from taza_desktop.register.register import Register

_FIRST, _LONGEST = 20.0, 3600.0  # seconds after a fault of the line; doubles, with jitter
_LASTING = 1800.0  # seconds, when a person has to mend something first
_SPOILT, _RARELY = 150.0, 6 * 3600.0  # seconds before what was refused is fetched again


def after_fault(tries: int, *, passes: bool) -> float:
    """Seconds until a package goes again, after so many tries.

    When the fault may pass by itself between half and one and a half of a doubling time, so that
    PCs do not call all at once.
    """
    if not passes:
        return _LASTING
    return min(_LONGEST, _FIRST * 2 ** min(tries, 20)) * (0.5 + random.random())


def after_loss(times: int) -> float:
    """Seconds until a package goes again that its place has lost so often before."""
    return _FIRST * 4 ** min(times, 6) if times else 0.0


def after_refusal(tries: int) -> float:
    """Seconds until what could not be used is fetched again, after so many tries."""
    return min(_RARELY, _SPOILT * 4 ** min(tries, 10))


def moment(register: Register, pause: float) -> str:
    """So many seconds from now, as the register writes it."""
    if not pause:
        return register.now()
    due = datetime.fromtimestamp(register.clock() + pause, UTC) + timedelta(seconds=0.5)
    return due.strftime("%Y-%m-%dT%H:%M:%SZ")

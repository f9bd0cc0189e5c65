"""Ids: UUIDv8 that begin with the site and then the time: what was made together lies together.

Layout: 48 bits site · version 8 · 12 + 32 bits milliseconds · 14 bits counter · 16 random bits.
Random ids would scatter each merged package over the whole index; this order merges several
times faster.
"""

from __future__ import annotations

import os
from functools import lru_cache

from taza_desktop.plan.sheet import SheetKey

SITE_BYTES = 6
MOST_TERRITORIES = 16  # with whose codes the random ids of one package may begin by chance
_TIME_LOW_BITS = 32
_COUNTER_BITS = 14
_TAIL_BITS = 16
_RANDOM_LOW = (1 << _TIME_LOW_BITS + _COUNTER_BITS + _TAIL_BITS) - 1


class Ids:
    """The ids of one register, ever greater, also after a restart or when the clock is set back."""

    def __init__(self, site: bytes, last: bytes | None = None) -> None:
        """`site` is the register's own six bytes; `last` the greatest id that it made so far."""
        self._site = int.from_bytes(site, "big")
        self._time, self._counter = _moment(last) if last else (0, 0)

    def next(self, milliseconds: int) -> bytes:
        """A new id of 16 bytes for that moment (milliseconds since 1970)."""
        if milliseconds > self._time:
            self._time, self._counter = milliseconds, 0
        else:
            self._counter += 1
            if self._counter >> _COUNTER_BITS:
                self._time, self._counter = self._time + 1, 0
        high, low = divmod(self._time, 1 << _TIME_LOW_BITS)
        tail = (low << _COUNTER_BITS | self._counter) << _TAIL_BITS | _random_tail()
        return _uuid8(self._site, high, tail)


def sheet_record(key: SheetKey) -> bytes:
    """The id of the record of a sheet's figures: it follows from the key, the same for everyone."""
    return derived(key.territory, "sheet", *key)


def review_record(key: SheetKey) -> bytes:
    """The id of the record of what is said about a sheet."""
    return derived(key.territory, "review", *key)


def package_record(package_id: str, territory: str) -> bytes:
    """The id of the record of what is said about a package that `territory` sent."""
    return derived(territory, "package", package_id)


def derived(territory: str, *name: object) -> bytes:
    """An id that follows from a name, for everyone the same; ids of one territory lie together."""
    import hashlib  # brings OpenSSL; opening a register needs no id

    digest = hashlib.sha256("\n".join(map(str, name)).encode()).digest()
    place = int(territory) << 16 | int.from_bytes(digest[:2], "big")
    return _uuid8(place, int.from_bytes(digest[2:4], "big"), int.from_bytes(digest[4:12], "big"))


def derived_for(made: bytes) -> str:
    """The territory (KATO) whose code an id begins with, as one in hundred thousands of random
    ones does; empty when there is none."""
    from taza_desktop.plan.catalogue import load_plan

    territory = f"{int.from_bytes(made[:SITE_BYTES], 'big') >> 16:09d}"
    return territory if territory in load_plan().territories else ""


@lru_cache(maxsize=MOST_TERRITORIES)
def ids_of_sheets(territory: str) -> frozenset[bytes]:
    """The ids of all sheets of a territory and of what is said about them; takes 20 ms."""
    from taza_desktop.plan.catalogue import load_plan
    from taza_desktop.plan.rounds import codes_of

    plan = load_plan()
    keys = [
        SheetKey(measure, territory, code)
        for code in codes_of(plan.years)
        for measure in plan.measures
    ]
    return frozenset(name(key) for key in keys for name in (sheet_record, review_record))


def _random_tail() -> int:
    return int.from_bytes(os.urandom(_TAIL_BITS // 8), "big")


def _uuid8(first: int, middle: int, last: int) -> bytes:
    """RFC 9562, version 8: 48, 12 and 62 bits of our own."""
    number = (first & (1 << 48) - 1) << 80 | 8 << 76 | (middle & 0xFFF) << 64
    return (number | 0b10 << 62 | last & _RANDOM_LOW).to_bytes(16, "big")


def _moment(made: bytes) -> tuple[int, int]:
    """The milliseconds and the counter inside an id of `Ids`."""
    number = int.from_bytes(made, "big")
    high, low = number >> 64 & 0xFFF, (number & _RANDOM_LOW) >> _TAIL_BITS
    time_low, counter = divmod(low, 1 << _COUNTER_BITS)
    return high << _TIME_LOW_BITS | time_low, counter

"""What running a command in a test leaves behind, and keys that cost nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed."""
        return json.loads(self.out)

    @property
    def refused(self) -> str:
        """The code of the refusal on the standard error; empty when there is none."""
        return self.err.split(":")[0] if self.code == 1 else ""


Taza = Callable[..., Outcome]


class NoScrypt:
    """Keys that open in no time, for tests; the passphrase is still needed."""

    def lock(self, plain: bytes, passphrase: str) -> bytes:
        """The passphrase and the key, for everybody to read."""
        return passphrase.encode() + b"\0" + plain

    def unlock(self, locked: bytes, passphrase: str) -> bytes:
        """The key; ValueError for another passphrase."""
        said, _, plain = locked.partition(b"\0")
        if said != passphrase.encode():
            raise ValueError("wrong passphrase")
        return plain

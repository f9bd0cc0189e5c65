"""A key store for programs that are measured: in memory, so that nobody's own is asked."""

from __future__ import annotations

import os

from keyring.backend import KeyringBackend

SAID = "TAZA_BENCH_CREDENTIAL"  # the variable with what any place is opened with


class Store(KeyringBackend):
    """Gives everybody what the variable holds."""

    priority = 5  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]

    def get_password(self, service: str, username: str) -> str | None:
        return os.environ.get(SAID)

    def set_password(self, service: str, username: str, password: str) -> None:
        os.environ[SAID] = password

    def delete_password(self, service: str, username: str) -> None:
        os.environ.pop(SAID, None)

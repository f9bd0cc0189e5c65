"""Refusals a person can act on: a stable code, what is wrong and where, what to do next."""

from __future__ import annotations

import errno
import sqlite3
import unicodedata
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from taza_desktop.i18n import N_, gettext

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # of Unicode: control, format, half characters, line ends


class Refusal(Exception):
    """Something asked of the program that it will not do; nothing has been changed.

    Attributes:
        code: stable, upper case, prefixed by its layer (`FORM-`, `REG-`, `PKG-`, `MERGE-`, …).
        fields: what the sentence names (`{file}`, `{line}`, …).
    """

    def __init__(self, code: str, says: str, **fields: object) -> None:
        """`says`: an English sentence marked with `N_`, translated only when it is shown."""
        super().__init__(code)
        self.code = code
        self.fields = fields
        self._says = says

    def text(self) -> str:
        """The sentence in the language in force, with its fields filled in."""
        fields = {name: _visible(value) for name, value in self.fields.items()}
        return gettext(self._says).format(**fields)

    def __str__(self) -> str:
        return f"{self.code}: {self.text()}"


def _visible(value: object) -> object:
    """A text or path without signs that command a terminal or turn the direction of writing.

    Names of files and of strangers stand in refusals; in their sentence they are shown, not obeyed.
    """
    if not isinstance(value, str | Path):
        return value
    return "".join(
        "\ufffd" if unicodedata.category(sign) in _UNSEEN and sign != "\n" else sign
        for sign in str(value)
    )


class EnvironmentFault(Refusal):
    """A fault of the machine (disk full, file locked), not of the data or of the program."""


_OS_SAYS = {
    errno.ENOSPC: (
        "ENV-DISK-FULL",
        N_("The disk is full: {path}. Free some space, then try again. Nothing was lost."),
    ),
    errno.EACCES: (
        "ENV-NO-ACCESS",
        N_("No right to use {path}. Choose another folder, or ask for access to this one."),
    ),
    errno.EPERM: (
        "ENV-NO-ACCESS",
        N_("No right to use {path}. Choose another folder, or ask for access to this one."),
    ),
    errno.ENOENT: (
        "ENV-NOT-FOUND",
        N_("{path} is not there. Check the name, or whether the stick is plugged in."),
    ),
    errno.EROFS: (
        "ENV-READ-ONLY",
        N_("{path} cannot be written to. Choose another folder or another stick."),
    ),
}
_OS_ELSE = ("ENV-FILE", N_("The file {path} could not be used: {reason}."))
_SQLITE_SAYS = {
    sqlite3.SQLITE_BUSY: (
        "ENV-LOCKED",
        N_("{path} is in use by another program. Close the other window, then try again."),
    ),
    sqlite3.SQLITE_FULL: _OS_SAYS[errno.ENOSPC],
    sqlite3.SQLITE_READONLY: _OS_SAYS[errno.EROFS],
    sqlite3.SQLITE_CANTOPEN: _OS_SAYS[errno.ENOENT],
    sqlite3.SQLITE_IOERR: (
        "ENV-DISK",
        N_("The disk does not answer: {path}. Check the stick or the network, then try again."),
    ),
}


@contextmanager
def environment_faults(path: Path) -> Generator[None]:
    """Turn the system's and SQLite's complaints about `path` into `EnvironmentFault`."""
    try:
        yield
    except BrokenPipeError:  # whoever read our output has gone; no file is at fault
        raise
    except OSError as fault:
        code, says = _OS_SAYS.get(fault.errno or 0, _OS_ELSE)
        raise EnvironmentFault(
            code, says, path=fault.filename or path, reason=fault.strerror
        ) from fault
    except sqlite3.OperationalError as fault:
        known = _SQLITE_SAYS.get(getattr(fault, "sqlite_errorcode", 0) & 0xFF)
        if known is None:
            raise
        raise EnvironmentFault(*known, path=path) from fault

"""Making and opening the file: what is refused before anything in it is touched."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_
from taza_desktop.register.ids import SITE_BYTES
from taza_desktop.register.model import Office
from taza_desktop.register.schema import APPLICATION_ID, FORMAT, migrate

_PATIENCE = 5.0  # seconds to wait for another program that holds the file


def make_file(path: Path, office: Office) -> None:
    """Make an empty register that only its user may read.

    Raises Refusal REG-EXISTS when there is such a file, EnvironmentFault when it cannot be written.
    """
    if path.exists():
        raise Refusal(
            "REG-EXISTS",
            N_("{file} is there already. Open it, or choose another name."),
            file=path.name,
        )
    with environment_faults(path):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            _fill(path, office)
        except BaseException:
            path.unlink()
            raise


def connect(path: Path) -> sqlite3.Connection:
    """A connection to a register, its tables brought up to date.

    Raises Refusal REG-NOT-ONE or REG-NEWER, EnvironmentFault when the file is missing or in use.
    """
    with environment_faults(path):
        db = _plain_connection(path)
        try:
            _check(db, path)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            if _pragma(db, "user_version") < FORMAT:
                migrate(db)
        except BaseException:
            db.close()
            raise
    return db


def _fill(path: Path, office: Office) -> None:
    """The tables and whose register it is; no write-ahead log yet, so one file is all."""
    db = _plain_connection(path)
    try:
        migrate(db)
        site = os.urandom(SITE_BYTES).hex()
        meta = {**office._asdict(), "site": site}
        db.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", meta.items())
    finally:
        db.close()


def _plain_connection(path: Path) -> sqlite3.Connection:
    """Without making a file that is missing; the thread is the worker's, whoever opened it."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, _PATIENCE, isolation_level=None, check_same_thread=False, uri=True)


def _check(db: sqlite3.Connection, path: Path) -> None:
    """Refuse what is not a register and what a newer program wrote; reads only."""
    try:
        ours = _pragma(db, "application_id") == APPLICATION_ID
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        ours = False
    if not ours:
        raise Refusal(
            "REG-NOT-ONE",
            N_("{file} is not a register of this program. Choose a file that this program made."),
            file=path.name,
        )
    if _pragma(db, "user_version") > FORMAT:
        raise Refusal(
            "REG-NEWER",
            N_("{file} was written by a newer version. Update the program, then open it again."),
            file=path.name,
        )


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return db.execute(f"PRAGMA {name}").fetchone()[0]

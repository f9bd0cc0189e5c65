"""The tables of a register and the steps that bring an older file up to date.

Only revisions, packages, attachments and the journal of edits say something. `cells`, `conflicts`
and `live` of a record and `active` of a revision follow from them and are kept for reading fast.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.db import Table

APPLICATION_ID = 0x54415A41  # "TAZA", at offset 68 of the file
MIGRATION_SET = "register"


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the steps still to be done, each in its own transaction, then note the format."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations(MIGRATION_SET)
    for step in STEPS:
        migrations()(step)
    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def first_tables(db: Database) -> None:
    """Format 1."""
    _create(db, "meta", {"key": str, "value": str}, "key")
    records = {
        "id": bytes, "measure": int, "territory": str, "round": str, "entry_of": str,
        "cells": str, "conflicts": str, "live": int,
    }  # fmt: skip
    _create(db, "records", records, "id").create_index(["round", "measure", "territory"])
    db.conn.execute("CREATE INDEX records_in_conflict ON records(id) WHERE conflicts IS NOT NULL")
    revisions = {
        "number": int, "id": bytes, "record": bytes, "parents": bytes, "changes": str,
        "author": str, "office": str, "made": str, "own": int, "draft": int, "active": int,
    }  # fmt: skip
    table = _create(db, "revisions", revisions, "number", [("record", "records")])
    table.create_index(["record", "id"], unique=True)
    db.conn.execute("CREATE INDEX own_revisions ON revisions(id) WHERE own")
    edits = {"id": int, "record": bytes, "cell": str, "value": str, "author": str, "made": str}
    _create(db, "edits", edits, "id").create_index(["record", "cell"])
    packages = {
        "id": int, "package_id": str, "manifest": str, "direction": str, "envelope": str,
        "signer_name": str, "signer_territory": str, "signer_serial": str,
        "at": str, "active": int, "size": int, "container": bytes,
    }  # fmt: skip
    table = _create(db, "packages", packages, "id")
    table.create_index(["package_id"], unique=True).create_index(["signer_serial"])
    db.conn.execute(
        "CREATE TABLE carried (revision INTEGER NOT NULL REFERENCES revisions,"
        " package INTEGER NOT NULL REFERENCES packages,"
        " PRIMARY KEY (revision, package)) WITHOUT ROWID"
    )
    _create(db, "attachments", {"sha256": str, "type": str, "data": bytes}, "sha256")
    credentials = {"name": str, "part": str, "value": bytes}
    _create(db, "credentials", credentials, ("name", "part"))


def exchange_tables(db: Database) -> None:
    """What exchange knows: places, packages on their way out, files seen there, every attempt.

    All of it is local and nothing of it is believed before the place was asked.
    """
    _create(db, "places", {"office": str, "place": str, "reach": int, "looked": str}, "office")
    outbox = {
        "package": str, "state": str, "path": str, "sha256": str, "data": bytes,
        "arrived": int, "tries": int, "due": str, "code": str, "text": str,
    }  # fmt: skip
    _create(db, "outbox", outbox, "package")
    arrivals = {
        "path": str, "size": int, "state": str, "package": str, "signer": str,
        "serial": str, "seq": int, "at": str, "code": str, "text": str, "data": bytes,
    }  # fmt: skip
    _create(db, "arrivals", arrivals, "path")
    attempts = {
        "id": int, "at": str, "way": str, "about": str, "place": str, "seconds": float,
        "bytes": int, "code": str, "text": str,
    }  # fmt: skip
    _create(db, "attempts", attempts, "id").create_index(["about"])


def _create(
    db: Database,
    name: str,
    columns: dict[str, type],
    key: str | tuple[str, ...],
    foreign: Sequence[tuple[str, str]] = (),
) -> Table:
    """A table whose columns are all required, but for the conflicts of a record."""
    required = columns.keys() - {"conflicts"}
    return db.table(name).create(columns, pk=key, not_null=required, foreign_keys=foreign)


STEPS: tuple[Callable[[Database], None], ...] = (first_tables, exchange_tables)
FORMAT = len(STEPS)

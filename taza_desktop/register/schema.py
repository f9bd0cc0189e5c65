"""The tables of a register and the steps that bring an older file up to date.

Only revisions, packages, ways, attachments and the journal of edits say something. `cells`,
`conflicts` and `live` of a record, `active` of a revision and of a package follow from them and are
kept for reading fast.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from taza_desktop.register.ids import derived, package_record

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


def ways(db: Database) -> None:
    """Format 2: by which ways revisions came, so whose word they are (docs/decisions/0004).

    A way is the packages that a revision came through, the one that was opened here first; `path`
    has their numbers. `speaks`: all its packages may speak for the author's office. Packages known
    only from others have the direction `via`; `record` is that of what is said about a package.
    """
    for statement in _WAYS:
        db.conn.execute(statement)
    packages = db.conn.execute("SELECT id, package_id, envelope FROM packages").fetchall()
    for number, package_id, envelope in packages:
        record = package_record(package_id, json.loads(envelope)["territory"])
        db.conn.execute("UPDATE packages SET record = ? WHERE id = ?", (record, number))
    db.conn.execute("CREATE UNIQUE INDEX packages_by_record ON packages(record, manifest)")
    _say_what_was_undone(db.conn)


_WAYS = (
    "CREATE TABLE ways (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE)",
    "CREATE TABLE steps (way INTEGER NOT NULL REFERENCES ways,"
    " package INTEGER NOT NULL REFERENCES packages, PRIMARY KEY (way, package)) WITHOUT ROWID",
    "CREATE TABLE links (revision INTEGER NOT NULL REFERENCES revisions,"
    " way INTEGER NOT NULL REFERENCES ways, speaks INTEGER NOT NULL,"
    " PRIMARY KEY (revision, way)) WITHOUT ROWID",
    "INSERT INTO ways SELECT id, id FROM packages",
    "INSERT INTO steps SELECT id, id FROM packages",
    "INSERT INTO links SELECT revision, package, direction = 'in'"
    " FROM carried JOIN packages ON packages.id = package",
    "DROP TABLE carried",
    "CREATE VIEW carried AS SELECT revision, package FROM links JOIN steps USING (way)",
    "CREATE INDEX steps_of_package ON steps(package)",
    "ALTER TABLE packages ADD COLUMN record BLOB NOT NULL DEFAULT x''",
    "DROP INDEX idx_packages_package_id",
    "CREATE INDEX packages_by_id ON packages(package_id)",
)


def _say_what_was_undone(db: sqlite3.Connection) -> None:
    """What was taken back in format 1 becomes a word of this office, not sent yet."""
    meta = dict(db.execute("SELECT key, value FROM meta").fetchall())
    undone = db.execute(
        "SELECT record, package_id, json_extract(envelope, '$.territory'),"
        " json_extract(envelope, '$.round'), at FROM packages WHERE NOT active"
    ).fetchall()
    withdrawn = '{"withdrawn":true}'
    for record, package_id, territory, round, at in undone:
        db.execute(
            "INSERT INTO records VALUES (?, 0, ?, ?, 'package:', ?, NULL, 1)",
            (record, territory, round, withdrawn),
        )
        word = derived(territory, "withdrawn", meta["site"], package_id)
        db.execute(
            "INSERT INTO revisions (id, record, parents, changes, author, office, made,"
            " own, draft, active) VALUES (?, ?, x'', ?, ?, ?, ?, 1, 1, 1)",
            (word, record, withdrawn, meta["name"], meta["territory"], at),
        )
        db.execute(
            "INSERT INTO edits (record, cell, value, author, made)"
            " VALUES (?, 'withdrawn', 'true', ?, ?)",
            (record, meta["name"], at),
        )


STEPS: tuple[Callable[[Database], None], ...] = (first_tables, ways, exchange_tables)
FORMAT = len(STEPS)

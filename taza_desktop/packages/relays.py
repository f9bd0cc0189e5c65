"""`data/packages.jsonl`: the packages that brought what the sender passes on, by its word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from taza_desktop.packages import patterns, rows
from taza_desktop.packages.envelope import MINOR
from taza_desktop.packages.patterns import text, whole
from taza_desktop.packages.payload import Via, Ways
from taza_desktop.packages.rows import Column
from taza_desktop.register.parcel import PackageKind, Relayed, Signer, Way

COLUMNS = (
    Column("package", "string", text(patterns.PACKAGE), "identity of the package"),
    Column("manifest", "string", text(patterns.DIGEST), "SHA-256 of its manifest"),
    Column("kind", "string", text(patterns.KIND), "kind of the package"),
    Column("territory", "string", text(patterns.KATO), "KATO code of the office that sent it"),
    Column("round", "string", text(patterns.ROUND), "code of the reporting round"),
    Column("seq", "integer", whole(1), "number among the packages of that certificate"),
    Column("signer", "string", text(patterns.LINE), "name of the person who signed"),
    Column("covers", "string", text(patterns.KATO), "KATO code that the certificate covers"),
    Column("serial", "string", text(patterns.SERIAL), "number of the certificate"),
    Column("made", "datetime", text(patterns.MADE), "when, UTC"),
)


def write(relayed: Iterable[Relayed]) -> bytes:
    """The table, in that order; a way names its rows counted from 1."""
    return rows.write(COLUMNS, map(_row, relayed))


def _row(one: Relayed) -> list[object]:
    return [
        one.package_id, one.manifest_sha256, one.kind, one.territory, one.round, one.seq,
        one.signer.name, one.signer.territory, one.signer.serial, one.created,
    ]  # fmt: skip


def read(data: bytes, file: str, minor: int = MINOR) -> list[Relayed]:
    """The packages in the order of the lines. Refuses PKG-ROW."""
    found: dict[str, Relayed] = {}
    for number, row in rows.read(data, COLUMNS, minor, file):
        one = _relayed(row)
        if one.package_id in found:
            raise rows.bad_row(file, number, "package")
        found[one.package_id] = one
    return list(found.values())


def _relayed(row: Mapping[str, object]) -> Relayed:
    """A row whose every cell was checked."""
    said = cast("Mapping[str, str]", row)
    return Relayed(
        package_id=said["package"],
        manifest_sha256=said["manifest"],
        kind=cast("PackageKind", said["kind"]),
        territory=said["territory"],
        round=said["round"],
        seq=cast("int", row["seq"]),
        signer=Signer(said["signer"], said["covers"], said["serial"]),
        created=said["made"],
    )


def numbered(via: Mapping[bytes, Iterable[Way]], relayed: Iterable[Relayed]) -> Via:
    """The ways with the numbers of the rows in place of the ids."""
    numbers = {one.package_id: number for number, one in enumerate(relayed, 1)}
    return {
        revision: tuple(tuple(numbers[package] for package in way) for way in ways)
        for revision, ways in via.items()
    }


def named(via: Mapping[bytes, Ways], relayed: list[Relayed]) -> dict[bytes, tuple[Way, ...]]:
    """The ways with the ids of the packages in place of their rows."""
    ids = [one.package_id for one in relayed]
    return {
        revision: tuple(tuple(ids[number - 1] for number in way) for way in ways)
        for revision, ways in via.items()
    }

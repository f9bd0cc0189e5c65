"""Records and cells that say what they may not, well signed: steps 7 and 9."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from taza_desktop.packages import payload
from taza_desktop.register.model import Record
from tests.attacks.kit import Attack, Table
from tests.packages.kit import NEIGHBOUR, REGION, Sample

FILE = {"sha256": "0" * 64, "name": "x", "type": "image/png", "size": 1}


def wrote(record: int = 0, **changes: Any) -> Attack:
    """The last revision of a record wrote these cells."""
    return lambda sample: sample.with_changes(record, **changes)


def elsewhere(**changes: Any) -> Attack:
    """Every entry is one of another sheet."""

    def attack(sample: Sample) -> bytes:
        key = sample.lineages[0][0].sheet._replace(**changes)
        moved: payload.Payload = []
        for record, revisions in sample.lineages[1:]:
            made = replace(record, sheet=key)
            moved.append((made, [replace(one, record=made.id) for one in revisions]))
        return sample.with_lineages(moved, {})

    return attack


def by_office(office: str) -> Attack:
    """A revision that says it was made by another office."""

    def attack(sample: Sample) -> bytes:
        record, (one,) = sample.lineages[1]
        return sample.with_lineages([(record, [replace(one, office=office)])], {})

    return attack


def in_table(name: str) -> Attack:
    return lambda sample: sample.with_lineages(
        [(replace(record, table=name), revisions) for record, revisions in sample.lineages[1:]], {}
    )


def misnamed(sample: Sample) -> bytes:
    """The figures of a sheet under the id of an entry."""
    (_, _), (entry, revisions), *_ = sample.lineages
    return sample.with_lineages([(Record(entry.id, sample.lineages[0][0].sheet), revisions)], {})


REFUSED: Table = {
    "PKG-TERRITORY": {
        "a record of a neighbour": elsewhere(territory=NEIGHBOUR),
        "a record of the region": elsewhere(territory=REGION),
        "a record of no territory": elsewhere(territory="999999999"),
        "words put into a neighbour's mouth": by_office(NEIGHBOUR),
    },
    "PKG-ROUND": {
        "a record of another round": elsewhere(round="2025"),
    },
    "PKG-FORM": {
        "a measure without a form": elsewhere(measure=7),
        "a table that the form has not": in_table("winners"),
        "figures under an id of their own": misnamed,
    },
    "PKG-CELL": {
        "a cell that the form has not": wrote(colour="green"),
        "a computed figure": wrote(share="88.0"),
        "a text for a number": wrote(planned="many"),
        "a number for a text": wrote(note=5),
        "a list for a number": wrote(planned=["5"]),
        "a picture for a text": wrote(note=FILE),
        "true for a figure": wrote(planned=True),
        "digits of another script": wrote(planned="١٢"),
        "writing that runs backwards": wrote(note="abc\u202efdp.exe"),
        "writing that hides": wrote(note="Тал\u200bдық"),
        "a separator of lines": wrote(note="бір\u2028екі"),
        "a sign that clears the screen": wrote(note="\x1b[2J"),
        "a remark on nothing": wrote(**{"remark:colour": "green"}),
        "the figures deleted": wrote(**{"deleted:": True}),
        "deleted halfway": wrote(1, **{"deleted:": False}),
        "deleted by a word": wrote(1, **{"deleted:": "yes"}),
        "an attachment with a path": wrote(photo={**FILE, "name": "../x"}),
        "an attachment with a path of Windows": wrote(photo={**FILE, "name": "C:\\x"}),
        "an attachment of another type": wrote(photo={**FILE, "type": "text/html"}),
        "an attachment of no size": wrote(photo={**FILE, "size": -1}),
    },
}

GOOD: dict[str, Attack] = {
    # kept as context, and silent until the region itself says so
    "words put into the region's mouth": by_office(REGION),
    "blanks": wrote(planned=None, note=None),
    "an entry put back": wrote(1, **{"deleted:": None}),
    "a line break in a text": wrote(note="бір\nекі"),
    "a formula of Excel, which stays a text": wrote(note="=cmd|' /C calc'!A1"),
    "a page of the web, which stays a text": wrote(note="<img src=x onerror=alert(1)>"),
}

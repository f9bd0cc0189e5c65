"""The places that a register knows: that of the office above, and the own one for those below."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import cast

from taza_desktop.errors import Refusal
from taza_desktop.exchange.place import Where
from taza_desktop.i18n import N_
from taza_desktop.packages import credentials
from taza_desktop.plan.territories import REPUBLIC, Territories
from taza_desktop.register.register import Register

_NO_PLACE = N_(
    "No place of exchange is known for {office} yet. Open the card of that office, or type the"
    " place."
)


def office_above(register: Register, territories: Territories) -> str:
    """The office that this one sends to: who certified its person, else the one above by КАТО."""
    try:
        return credentials.person(register).audience
    except Refusal:
        above = territories.region_of(register.office.territory)
        own = register.office.territory
        return above.kato if above and above.kato != own else REPUBLIC


def put_place(register: Register, office: str, where: Where | None) -> None:
    """Keep where packages to and from `office` meet, without any secret; None forgets it."""
    with register.transaction():
        register.db.execute("DELETE FROM places WHERE office = ?", (office,))
        if where is not None:
            register.db.execute(
                "INSERT INTO places (office, place, reach, looked) VALUES (?, ?, 0, '')",
                (office, where.to_json()),
            )


def places(register: Register) -> dict[str, Where]:
    """Every place by the KATO code of the office whose it is."""
    rows = register.db.execute("SELECT office, place FROM places ORDER BY office")
    return {
        office: Where.parse(cast("Mapping[str, object]", json.loads(said)))
        for office, said in cast("Iterable[tuple[str, str]]", rows)
    }


def place_of(register: Register, office: str) -> Where:
    """The place of that office. Refuses EXC-NO-PLACE."""
    known = places(register)
    if office not in known:
        raise Refusal("EXC-NO-PLACE", _NO_PLACE, office=office)
    return known[office]


def reach_of(register: Register, office: str) -> int:
    """What the line to that place was last seen to carry between two breaks; 0: unknown."""
    row = register.db.execute("SELECT reach FROM places WHERE office = ?", (office,)).fetchone()
    return cast("int", row[0]) if row else 0


def note_reach(register: Register, office: str, reach: int) -> None:
    """Remember it, so that the next session need not learn it anew."""
    with register.transaction():
        register.db.execute("UPDATE places SET reach = ? WHERE office = ?", (reach, office))

"""What the register and the key store know of a place of exchange, for the settings. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.exchange.place import Credential, Where

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.register import Register


class Told(NamedTuple):
    """What is known about the place of one office."""

    office: str
    where: Where | None
    credential: Credential | None
    brought: tuple[Where, Credential | None] | None  # by the card, when it is another one


def told(register: Register, plan: Plan) -> list[Told]:
    """What is known: of the own place first when there are offices below, then of the one above."""
    from taza_desktop.exchange.places import office_above

    own, above = register.office.territory, office_above(register, plan.territories)
    offices = [own] if register.office.role != "clerk" else []
    offices += [above] if above != own else []
    return [_told(register, office) for office in offices]


def keep(
    register: Register, office: str, where: Where, credential: Credential | None
) -> Refusal | None:
    """Save the place; returns what to tell when only memory has the password."""
    from taza_desktop.exchange import card_place, keystore
    from taza_desktop.exchange.places import put_place

    put_place(register, office, where)
    card_place.note_decided(register, office)
    if credential is None or where.kind == "folder":
        return None
    return keystore.remember(where, credential)


def forget(register: Register, office: str) -> None:
    """Forget the place, and the password with it. Refuses EXC-STORE, the place being forgotten."""
    from taza_desktop.exchange import keystore
    from taza_desktop.exchange.places import place_of, put_place

    where = place_of(register, office)
    put_place(register, office, None)
    keystore.forget(where)


def note_test(register: Register, place: str, failed: Refusal | None) -> None:
    """Write down that a place was tried."""
    from taza_desktop.exchange import journal

    journal.write(register, "test", place, refusal=failed)


def _told(register: Register, office: str) -> Told:
    from taza_desktop.exchange import keystore
    from taza_desktop.exchange.card_place import brought
    from taza_desktop.exchange.places import places

    where, on_card = places(register).get(office), None
    if office != register.office.territory:
        on_card = brought(register, office)
    if on_card is not None and on_card[0] == where:
        on_card = None
    return Told(office, where, keystore.recall(where) if where else None, on_card)

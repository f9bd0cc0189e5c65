"""The place of exchange on a card: what an office puts there, what those below find on theirs."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import cast

from taza_desktop.errors import Refusal
from taza_desktop.exchange.place import Credential, Where, parse_card
from taza_desktop.exchange.places import places
from taza_desktop.packages import card
from taza_desktop.register.register import Register

_DECIDED = "exchange.card"  # the card about whose place a person has decided


def to_hand_out(register: Register) -> Mapping[str, object] | None:
    """The office's own place for its card, without any secret; None when it has none to tell.

    A folder of this PC is of use to nobody else, unless it is a share with a name of its own.
    """
    where = places(register).get(register.office.territory)
    if where is None or (where.kind == "folder" and not where.address.startswith("\\\\")):
        return None
    return cast("Mapping[str, object]", json.loads(where.to_json()))


def is_handed_out(register: Register) -> bool:
    """Whether the office's last card names the place that is in use now."""
    own, last = to_hand_out(register), card.stored(register, register.office.territory)
    return last is None or own is None or dict(last.place) == dict(own)


def brought(register: Register, office: str) -> tuple[Where, Credential | None] | None:
    """The place on the card of an office; None when it names none that this version knows."""
    known = card.stored(register, office) if register.credential(f"card:{office}") else None
    if known is None or not known.place:
        return None
    try:
        return parse_card(known.place)
    except Refusal:
        return None


def offered(register: Register, office: str) -> Where | None:
    """The place on the card while it is not in use and nobody has decided about it."""
    if register.setting(_DECIDED) == _mark(register, office):
        return None  # reading a card checks its signature; this is asked for often
    found = brought(register, office)
    if found is not None and places(register).get(office) != found[0]:
        return found[0]
    note_decided(register, office)
    return None


def note_decided(register: Register, office: str) -> None:
    """What the card of that office names is not offered again; what a newer one names is."""
    if mark := _mark(register, office):
        register.put_setting(_DECIDED, mark)


def _mark(register: Register, office: str) -> str:
    """Tells cards apart, without any cryptography; empty while there is none."""
    there = register.credential(f"card:{office}")
    return f"{office} {zlib.crc32(there['file']):08x}" if there else ""

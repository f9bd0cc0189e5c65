"""The card: what an office hands once to everybody below it, and again whenever something changes.

The thirty digits of the authority's key come by another way (a letter, the phone), so the card
itself may travel by any. Kept as the credential `card:<KATO>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import card_file, certificates, code, encoding, issuing
from taza_desktop.packages.authority import authority_of, moment, unlocked
from taza_desktop.packages.card_file import Card
from taza_desktop.packages.certificates import Trust, to_pem
from taza_desktop.packages.keys import Secret
from taza_desktop.plan.catalogue import load_plan

if TYPE_CHECKING:
    from cryptography import x509

    from taza_desktop.register.register import Register

SUFFIX = ".taza-card"
_SAYS = {
    "CRED-CARD-ELSEWHERE": N_(
        "This card is of an office that is not above yours ({territory})."
        " Ask your own coordinator for a card."
    ),
    "CRED-CARD-OLDER": N_("This card is older than the one you have. Ask for the newest one."),
    "CRED-CODE-NEEDED": N_(
        "This card is of an authority that you do not know yet. Type the code from the letter."
    ),
}


def file_name(territory: str) -> str:
    """What the file of a card is called."""
    return territory + SUFFIX


def digits(register: Register) -> tuple[str, ...]:
    """The six groups that stand in the letter to the clerks. Refuses CRED-NO-AUTHORITY."""
    return code.code_of(authority_of(register)[0].authority)


def make(register: Register, secret: Secret, place: Mapping[str, object] | None = None) -> bytes:
    """The card of this office as it is now, with a fresh list; kept here too.

    `place` stays what it was on the last card when it is None. Refuses CRED-NO-AUTHORITY,
    CRED-PASSPHRASE, CRED-PLACE.
    """
    before = stored(register, register.office.territory)
    held = unlocked(register, secret)
    with register.transaction():
        held = held.renew_crl()
        known = before.place if before and place is None else place or {}
        made = card_file.write(held, known)
        register.put_credential(_name(held.trust.territory), file=made)
    return made


def take(register: Register, data: bytes, typed: str = "") -> Card:
    """Open a card and keep it; from then on packages to that office are encrypted.

    `typed` is the code from the letter, needed for an authority that is not known yet. Refuses
    CRED-CARD…, CRED-CODE-NEEDED, CRED-CODE-SHAPE, CRED-CODE; then nothing is changed.
    """
    card = card_file.read(data)
    if not load_plan().territories.covers(card.territory, register.office.territory):
        raise _refusal("CRED-CARD-ELSEWHERE", territory=card.territory)
    known = known_authority(register, card.territory)
    same = known is not None and _same_key(known, card.trust.authority)
    if typed:
        code.check(typed, card.trust.authority)
    elif not same:
        raise _refusal("CRED-CODE-NEEDED")
    before = stored(register, card.territory)
    if same and before is not None and card.number < before.number:
        raise _refusal("CRED-CARD-OLDER")
    with register.transaction():
        register.put_credential(_name(card.territory), file=data)
        take_list(register, card.trust)
    return card


def stored(register: Register, territory: str) -> Card | None:
    """The newest card of that office that was opened or made here."""
    there = register.credential(_name(territory))
    return card_file.read(there["file"]) if there else None


def is_current(register: Register) -> bool | None:
    """Whether the own office's card says who is believed now; None when none was made yet.

    A card without everybody who was taken back, or with another operator, must be handed out anew.
    """
    handed, authority = stored(register, register.office.territory), authority_of(register)
    if handed is None:
        return None
    trust, kept = authority
    now = moment(register)
    operators = {
        one.serial_number
        for one in issuing.given(kept)
        if certificates.territory_of(one) == trust.territory and issuing.good(one, trust, now)
    }
    return (
        _same_key(handed.trust.authority, trust.authority)
        and _taken_back(handed.trust) == _taken_back(trust)
        and {one.serial_number for one in handed.operators} == operators
    )


def known_authority(register: Register, territory: str) -> x509.Certificate | None:
    """The authority of that office: the own one, or the one whose card was opened by its code."""
    if territory == register.office.territory and (own := register.credential("authority")):
        return encoding.load(own["certificate"])
    card = stored(register, territory)
    return card.trust.authority if card else None


def take_list(register: Register, trust: Trust) -> bool:
    """Keep a newer list of an authority that is known here; whether it was one.

    A receipt carries the current list, so clerks hear of it without a new card.
    """
    taken = False
    with register.transaction():
        for name in ("authority", "operator", "person"):
            there = register.credential(name)
            if not there or not (renewed := _renewed(name, there, trust)):
                continue
            register.put_credential(name, **{**there, **renewed})
            taken = True
    return taken


def _renewed(name: str, there: dict[str, bytes], trust: Trust) -> dict[str, bytes]:
    """The parts of a credential that a newer list changes."""
    own = name == "authority"
    pem = there["certificate"] + there["crl"] if own else there.get("trust", b"")
    if not pem:
        return {}
    known = certificates.read_trust(pem)
    newer = certificates.number_of(trust.crl) > certificates.number_of(known.crl)
    if not newer or not _same_key(known.authority, trust.authority):
        return {}
    if own:
        return {"crl": to_pem(trust.crl)}
    return {"trust": Trust(known.authority, trust.crl).pem()}


def _taken_back(trust: Trust) -> set[int]:
    return {one.serial_number for one in trust.crl}


def _same_key(one: x509.Certificate, other: x509.Certificate) -> bool:
    return encoding.public_key(one) == encoding.public_key(other)


def _name(territory: str) -> str:
    return f"card:{territory}"


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

"""The card: what an office hands once to everybody below it, and again whenever something changes.

A text file of two parts in PEM: `TAZA CARD`, JSON with the authority's certificate, its list, the
certificates of the operators, the age recipients, the version of the plan and perhaps the place of
exchange; `SIGNATURE`, ECDSA with SHA-256 over that JSON by the authority's key. The thirty digits
of that key come by another way (a letter, the phone), so a card may travel by any.
Kept as the credential `card:<KATO>`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import armour, certificates, code, encoding, issuing, limits, strict_json
from taza_desktop.packages.authority import Held, unlocked
from taza_desktop.packages.certificates import Trust, to_pem
from taza_desktop.packages.keys import Secret
from taza_desktop.plan.catalogue import load_plan

if TYPE_CHECKING:
    from cryptography import x509

    from taza_desktop.register.register import Register

FORMAT, MAJOR, MINOR = "taza-card", 1, 0
SUFFIX = ".taza-card"
_SAID, _SIGNED = "TAZA CARD", "SIGNATURE"
_SAYS = {
    "CRED-CARD": N_(
        "This is not the card of an office, or it was changed ({what})."
        " Ask the coordinator for it again."
    ),
    "CRED-CARD-NEWER": N_(
        "This card was made by a newer version of the program ({version}). Update the program."
    ),
    "CRED-CARD-ELSEWHERE": N_(
        "This card is of an office that is not above yours ({territory})."
        " Ask your own coordinator for a card."
    ),
    "CRED-CARD-OLDER": N_("This card is older than the one you have. Ask for the newest one."),
    "CRED-CODE-NEEDED": N_(
        "This card is of an authority that you do not know yet. Type the code from the letter."
    ),
    "CRED-PLACE": N_(
        "The description of the place of exchange is too long for a card. Make it shorter."
    ),
}


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says; its signature fits its authority."""

    trust: Trust
    operators: tuple[x509.Certificate, ...]
    recipients: tuple[str, ...]  # age; two or more
    plan: str  # version
    place: Mapping[str, object]  # how packages can be exchanged, for `exchange`; often empty
    made: str  # UTC

    @property
    def territory(self) -> str:
        """KATO code of the office."""
        return self.trust.territory

    @property
    def number(self) -> int:
        """Which card it is; a greater number is a newer card."""
        return certificates.number_of(self.trust.crl)


def file_name(territory: str) -> str:
    """What the file of a card is called."""
    return territory + SUFFIX


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
        said = json.dumps(_said(held, known), ensure_ascii=False, indent=1).encode("utf-8")
        if len(said) > limits.CARD:
            raise _refusal("CRED-PLACE")
        made = armour.write((_SAID, said), (_SIGNED, _sign(held, said)))
        register.put_credential(_name(held.trust.territory), file=made)
    return made


def read(data: bytes) -> Card:
    """The card, signed by the authority that it names. Refuses CRED-CARD, CRED-CARD-NEWER."""
    try:
        with certificates.as_value_errors():
            said, signed = armour.read(data, _SAID, _SIGNED)
            values = strict_json.load(said)
            if not isinstance(values, dict):
                raise ValueError("JSON")
            _check_version(cast("dict[str, Any]", values))
            card = _parse(cast("dict[str, Any]", values))
            _verify(card.trust.authority, said, signed)
    except ValueError as fault:
        raise _refusal("CRED-CARD", what=str(fault)[:80]) from fault
    return card


def take(register: Register, data: bytes, typed: str = "") -> Card:
    """Open a card and keep it; from then on packages to that office are encrypted.

    `typed` is the code from the letter, needed for an authority that is not known yet. Refuses
    CRED-CARD…, CRED-CODE-NEEDED, CRED-CODE-SHAPE, CRED-CODE; then nothing is changed.
    """
    card = read(data)
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
    return read(there["file"]) if there else None


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


def _said(held: Held, place: Mapping[str, object]) -> dict[str, object]:
    """What stands on the card."""
    trust = held.trust
    operators = [
        one
        for one in issuing.given(held.stored)
        if issuing.good(one, trust, held.now) and certificates.territory_of(one) == trust.territory
    ]
    named = [certificates.recipient_of(one) for one in operators]
    recipients = [*named, held.stored["deputy"].decode("ascii")]
    return {
        "format": FORMAT,
        "version": f"{MAJOR}.{MINOR}",
        "critical": [],
        "territory": trust.territory,
        "made": held.register.now(),
        "authority": to_pem(trust.authority).decode("ascii"),
        "list": to_pem(trust.crl).decode("ascii"),
        "operators": [to_pem(one).decode("ascii") for one in operators],
        "recipients": sorted({one for one in recipients if one}),
        "plan": load_plan().version,
        "place": dict(place),
    }


def _parse(values: Mapping[str, Any]) -> Card:
    """The card of a newer minor version may say more; ValueError, KeyError for less."""
    import pyrage

    trust = certificates.read_trust(_pem(values["authority"]) + _pem(values["list"]))
    operators = tuple(encoding.load(_pem(one)) for one in values["operators"])
    if values["territory"] != trust.territory or not all(map(trust.gave, operators)):
        raise ValueError("operators")
    recipients = tuple(map(str, values["recipients"]))
    try:
        for one in recipients:
            pyrage.x25519.Recipient.from_str(one)
    except pyrage.RecipientError as fault:
        raise ValueError("recipients") from fault
    if len(recipients) < 2:
        raise ValueError("recipients")
    place: object = values["place"]
    if not isinstance(place, dict):
        raise ValueError("place")
    said = cast("dict[str, object]", place)
    return Card(trust, operators, recipients, str(values["plan"]), said, str(values["made"]))


def _check_version(values: Mapping[str, Any]) -> None:
    if values.get("format") != FORMAT:
        raise ValueError("format")
    version = str(values["version"])
    major, minor = version.split(".")
    if int(major) > MAJOR or values["critical"]:
        raise _refusal("CRED-CARD-NEWER", version=f"{int(major)}.{int(minor)}")


def _sign(held: Held, said: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256

    return held.key.sign(said, ec.ECDSA(SHA256()))


def _verify(authority: x509.Certificate, said: bytes, signed: bytes) -> None:
    """ValueError when the authority's key did not sign this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256

    key = authority.public_key()
    try:
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise ValueError("signature")
        key.verify(signed, said, ec.ECDSA(SHA256()))
    except InvalidSignature as fault:
        raise ValueError("signature") from fault


def _same_key(one: x509.Certificate, other: x509.Certificate) -> bool:
    return encoding.public_key(one) == encoding.public_key(other)


def _name(territory: str) -> str:
    return f"card:{territory}"


def _pem(text: Any) -> bytes:
    return str(text).encode("ascii")


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

"""The file of a card: text of two parts in PEM.

`TAZA CARD` is JSON with the authority's certificate, its list, the certificates of the operators,
the age recipients, the version of the plan and perhaps the place of exchange. `SIGNATURE` is ECDSA
with SHA-256 over that JSON by the authority's key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import armour, certificates, encoding, issuing, limits, strict_json
from taza_desktop.packages.certificates import Trust, to_pem
from taza_desktop.plan.catalogue import load_plan

if TYPE_CHECKING:
    from cryptography import x509

    from taza_desktop.packages.authority import Held

FORMAT, MAJOR, MINOR = "taza-card", 1, 0
_SAID, _SIGNED = "TAZA CARD", "SIGNATURE"
_SAYS = {
    "CRED-CARD": N_(
        "This is not the card of an office, or it was changed ({what})."
        " Ask the coordinator for it again."
    ),
    "CRED-CARD-NEWER": N_(
        "This card was made by a newer version of the program ({version}). Update the program."
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


def write(held: Held, place: Mapping[str, object]) -> bytes:
    """The card of an authority as it is now. Refuses CRED-PLACE."""
    said = json.dumps(_said(held, place), ensure_ascii=False, indent=1).encode("utf-8")
    if len(said) > limits.CARD:
        raise _refusal("CRED-PLACE")
    return armour.write((_SAID, said), (_SIGNED, sign(held, said)))


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


def sign(held: Held, said: bytes) -> bytes:
    """The authority's signature over the JSON of a card."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256

    return held.key.sign(said, ec.ECDSA(SHA256()))


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


def _pem(text: Any) -> bytes:
    return str(text).encode("ascii")


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

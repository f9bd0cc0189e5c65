"""Backups of keys: what a register holds to sign and to decrypt, as one file for a stick.

JSON with the credentials as the register keeps them: keys stay locked, so the passphrase of the day
opens a backup for ever, and a backup without it is worth nothing. The deputy's has the authority
alone, so that whoever restores it signs under the own name.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import certificates, encoding, issuing, limits, strict_json
from taza_desktop.packages.authority import unlocked
from taza_desktop.packages.certificates import to_pem
from taza_desktop.packages.keys import Keyring, Secret, keyring, no_keys

if TYPE_CHECKING:
    from taza_desktop.register.register import Register

FORMAT, MAJOR, MINOR = "taza-backup", 1, 0
SUFFIX = ".taza-backup"
_KEYS = ("authority", "operator", "person")  # a key that must fit its certificate
_OTHERS = ("request", "former")
_PARTS = {  # of each credential: those it must have, those it may have
    "authority": ({"key", "certificate", "crl", "issued"}, {"deputy"}),
    "operator": ({"key", "certificate"}, {"trust"}),
    "person": ({"key", "certificate", "trust"}, set[str]()),
    "request": ({"key", "request"}, set[str]()),
    "former": ({"key", "certificate"}, {"trust"}),
}
_SAYS = {
    "CRED-BACKUP": N_(
        "This is not a backup of keys, or it was damaged ({what}). Use the other copy."
    ),
    "CRED-BACKUP-NEWER": N_(
        "This backup was made by a newer version of the program. Update the program."
    ),
    "CRED-BACKUP-ELSEWHERE": N_(
        "This backup is of another office ({territory}). Restore it into a register of that office."
    ),
    "CRED-BACKUP-OTHER": N_(
        "This register has other keys already, and they would be lost."
        " Restore the backup into a new register of the office."
    ),
}
Credentials = dict[str, dict[str, bytes]]


def file_name(territory: str, deputy: bool = False) -> str:
    """What the file of a backup is called."""
    return f"{territory}-{'deputy' if deputy else 'keys'}{SUFFIX}"


def backup(register: Register, deputy: bool = False) -> bytes:
    """Everything the office signs and decrypts with, or what the deputy is given.

    Refuses CRED-NO-KEYS.
    """
    names = ("authority",) if deputy else (*_KEYS, *_OTHERS)
    kept = {name: parts for name in names if (parts := register.credential(name))}
    if not kept:
        raise no_keys()
    credentials = {
        name: {part: b64encode(value).decode("ascii") for part, value in parts.items()}
        for name, parts in kept.items()
    }
    said: dict[str, object] = {
        "format": FORMAT,
        "version": f"{MAJOR}.{MINOR}",
        "critical": [],
        "territory": register.office.territory,
        "made": register.now(),
        "sha256": digest(credentials),
        "credentials": credentials,
    }
    return (json.dumps(said, indent=1) + "\n").encode("ascii")


def digest(credentials: object) -> str:
    """What shows that a backup was damaged; against forging it protects nothing."""
    return sha256(json.dumps(credentials, sort_keys=True).encode("utf-8")).hexdigest()


def restore(register: Register, data: bytes, secret: Secret) -> list[str]:
    """Put the keys of a backup into this register; the names of the credentials put back.

    What was issued or revoked since stays; a certificate that is newer here stays too. `secret` is
    the passphrase of the day of the backup, and an authority that had none then gets its operator.
    Refuses CRED-BACKUP…, CRED-PASSPHRASE; then nothing is changed.
    """
    kept = _read(data, register.office.territory)
    ring = keyring(secret)
    put: list[str] = []
    with register.transaction():
        for name, parts in kept.items():
            if name in _KEYS:
                _check_key(parts, ring)
            merged = _merge(register, name, parts)
            if merged is not None:
                register.put_credential(name, **merged)
                put.append(name)
        if "authority" in put:
            unlocked(register, ring)
    return put


def _read(data: bytes, territory: str) -> Credentials:
    """The credentials of a backup of that office, every part of which can be read."""
    try:
        if len(data) > limits.BACKUP:
            raise ValueError("size")
        values = strict_json.load(data)
        if not isinstance(values, dict):
            raise ValueError("JSON")
        with certificates.as_value_errors():
            of, kept = _parse(cast("dict[str, Any]", values))
    except ValueError as fault:
        raise _refusal("CRED-BACKUP", what=str(fault)[:80]) from fault
    if of != territory:
        raise _refusal("CRED-BACKUP-ELSEWHERE", territory=of)
    return kept


def _parse(said: Mapping[str, Any]) -> tuple[object, Credentials]:
    """Of which office it is, and its credentials; some error of the libraries for anything else."""
    if said.get("format") != FORMAT:
        raise ValueError("format")
    if int(str(said["version"]).partition(".")[0]) > MAJOR or said["critical"]:
        raise _refusal("CRED-BACKUP-NEWER")
    credentials = said["credentials"]
    if not isinstance(credentials, dict) or not credentials:
        raise ValueError("credentials")
    named = cast("dict[str, Any]", credentials)
    if said["sha256"] != digest(named):
        raise ValueError("sha256")
    return said["territory"], {name: _parts(name, named[name]) for name in named}


def _parts(name: str, said: Mapping[str, str]) -> dict[str, bytes]:
    required, optional = _PARTS[name]
    if not required <= said.keys() <= required | optional:
        raise ValueError(name)
    parts = {part: b64decode(value, validate=True) for part, value in said.items()}
    if "certificate" in parts:
        encoding.load(parts["certificate"])
    if "trust" in parts:
        certificates.read_trust(parts["trust"])
    if "request" in parts:
        certificates.read_request(parts["request"])
    if name == "authority":
        certificates.read_trust(parts["certificate"] + parts["crl"])
        issuing.given(parts)
    return parts


def _check_key(parts: Mapping[str, bytes], ring: Keyring) -> None:
    """The key is that of the certificate."""
    try:
        with certificates.as_value_errors():
            certified = encoding.public_key(encoding.load(parts["certificate"]))
            if encoding.public_key(ring.unlock(parts["key"])) != certified:
                raise ValueError("key")
    except ValueError as fault:
        raise _refusal("CRED-BACKUP", what=str(fault)[:80]) from fault


def _merge(register: Register, name: str, parts: dict[str, bytes]) -> dict[str, bytes] | None:
    """What is to be put for a credential that may be here already; None: nothing."""
    there = register.credential(name)
    if not there:
        return parts
    if name in _OTHERS:
        return None
    ours, theirs = (encoding.load(one["certificate"]) for one in (there, parts))
    same = encoding.public_key(ours) == encoding.public_key(theirs)
    if name == "authority":
        if not same:
            raise _refusal("CRED-BACKUP-OTHER")
        return _newest(there, parts)
    newer = ours.not_valid_before_utc > theirs.not_valid_before_utc
    return None if newer else {**there, **parts}


def _newest(there: dict[str, bytes], parts: dict[str, bytes]) -> dict[str, bytes]:
    """The backup's key with every certificate of both, and the list that is newer."""
    listed = max(
        (certificates.read_trust(one["certificate"] + one["crl"]) for one in (there, parts)),
        key=lambda trust: certificates.number_of(trust.crl),
    )
    given = {to_pem(one): None for stored in (parts, there) for one in issuing.given(stored)}
    return {**parts, "crl": to_pem(listed.crl), "issued": b"".join(given)}


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

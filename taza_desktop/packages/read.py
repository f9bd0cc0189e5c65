"""Reading a package: step by step, each refused with a code of its own, nothing written anywhere.

0 what is encrypted is decrypted, in memory · 1 size, and the file ends where the container ends ·
2 its directory · 3 manifest and signature, bounded · 4 the signature, its chain, revocation · 5 the
manifest · 6 exactly the signed files · 7 envelope and territory · 8 replay: for `merging`, which
knows what came before · 9 records against the forms · 10 attachments · 11 a second signature.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from taza_desktop.errors import Refusal
from taza_desktop.packages import (
    certificates,
    container,
    contents,
    credentials,
    ecp,
    revocations,
    sealing,
    signature,
)
from taza_desktop.packages.container import Container
from taza_desktop.plan.catalogue import Plan, load_plan
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register


def verify(
    path: Path,
    trust: bytes,
    plan: Plan | None = None,
    moment: datetime | None = None,
    audience: str | None = None,
    identities: Iterable[str] | None = None,
) -> Opened:
    """The package at `path`, believed as far as `trust` (PEM: authority and its list) goes.

    `moment` is the time of receipt, now unless told otherwise; `audience` the KATO code of the
    office that reads, that of the authority unless told otherwise. An encrypted file is decrypted
    in memory; `identities` (`sealing.Identities` of the register) open it. Refuses PKG-… with what
    is wrong, CRED-TRUST when `trust` is not one, EnvironmentFault when the file cannot be read.
    """
    believed = certificates.read_trust(trust)
    return _believe(_opened(path, identities), believed, plan, moment, audience)


def verify_for(
    register: Register,
    path: Path,
    plan: Plan | None = None,
    moment: datetime | None = None,
    identities: Iterable[str] | None = None,
) -> Opened:
    """The package at `path` as the office of a register reads it, whichever way it came.

    Believed is who was certified by the own office (from below, from colleagues) or by the office
    that certified this one (from above). Refuses what `verify` does; CRED-NO-PERSON when the
    register has no certificate of any kind yet.
    """
    trusted = [certificates.read_trust(pem) for pem in credentials.trusted(register)]
    box = _opened(path, identities)
    strangers: list[Refusal] = []
    for trust in trusted:
        try:
            return _believe(box, trust, plan, moment, register.office.territory)
        except Refusal as fault:
            if fault.code not in ("PKG-STRANGER", "PKG-TRUST"):
                raise
            strangers.append(fault)
    raise strangers[0]


def _opened(path: Path, identities: Iterable[str] | None) -> Container:
    """Steps 0 to 2."""
    data = sealing.unseal(container.load(path), identities, path.name)
    return Container(data, path.name)


def _believe(
    box: Container,
    held: certificates.Trust,
    plan: Plan | None,
    moment: datetime | None,
    audience: str | None,
) -> Opened:
    """Steps 3 to 11, by the newer of the list that is held and the one that came along."""
    believed = held
    if container.TRUST in box.entries:
        believed = revocations.newest(held, box.read(container.TRUST), box.file)
    listed, signed = box.read(container.MANIFEST), box.read(container.SIGNATURE)
    signer = signature.verify(listed, signed, believed, moment, box.file)
    territory = believed.territory
    opened = contents.read(box, signer, territory, audience or territory, plan or load_plan())
    trust = b"" if believed is held else believed.pem()
    return replace(opened, trust=trust, second=ecp.read(box))

"""Reading a package: ten steps, each refused with a code of its own, nothing written anywhere.

1 size, and the file ends where the container ends · 2 its directory · 3 manifest and signature,
bounded · 4 the signature, its chain, revocation · 5 the manifest · 6 exactly the signed files ·
7 envelope and territory · 8 replay: for `merging`, which knows what came before · 9 records against
the forms · 10 attachments.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from taza_desktop.errors import Refusal
from taza_desktop.packages import (
    certificates,
    container,
    contents,
    credentials,
    revocations,
    signature,
)
from taza_desktop.plan.catalogue import Plan, load_plan
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register


def verify(
    path: Path,
    trust: bytes,
    plan: Plan | None = None,
    moment: datetime | None = None,
    audience: str | None = None,
) -> Opened:
    """The package at `path`, believed as far as `trust` (PEM: authority and its list) goes.

    `moment` is the time of receipt, now unless told otherwise; `audience` the KATO code of the
    office that reads, that of the authority unless told otherwise. Refuses PKG-… with what is
    wrong, CRED-TRUST when `trust` is not one, EnvironmentFault when the file cannot be read.
    """
    believed = held = certificates.read_trust(trust)
    box = container.Container(container.load(path), path.name)
    if container.TRUST in box.entries:
        believed = revocations.newest(held, box.read(container.TRUST), path.name)
    listed, signed = box.read(container.MANIFEST), box.read(container.SIGNATURE)
    when = moment or certificates.now()
    signer = signature.verify(listed, signed, believed, when, path.name)
    territory = believed.territory
    opened = contents.read(box, signer, territory, audience or territory, plan or load_plan())
    return replace(opened, trust=b"" if believed is held else believed.pem())


def verify_for(
    register: Register, path: Path, plan: Plan | None = None, moment: datetime | None = None
) -> Opened:
    """The package at `path` as the office of a register reads it, whichever way it came.

    Believed is who was certified by the own office (from below, from colleagues) or by the office
    that certified this one (from above). Refuses what `verify` does; CRED-NO-PERSON when the
    register has no certificate of any kind yet.
    """
    trusted = credentials.trusted(register)
    strangers: list[Refusal] = []
    for trust in trusted:
        try:
            return verify(path, trust, plan, moment, register.office.territory)
        except Refusal as fault:
            if fault.code not in ("PKG-STRANGER", "PKG-TRUST"):
                raise
            strangers.append(fault)
    raise strangers[0]

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

from taza_desktop.packages import certificates, container, contents, ecp, sealing, signature
from taza_desktop.plan.catalogue import Plan, load_plan
from taza_desktop.register.parcel import Opened


def verify(
    path: Path,
    trust: bytes,
    plan: Plan | None = None,
    moment: datetime | None = None,
    identities: Iterable[str] | None = None,
) -> Opened:
    """The package at `path`, believed as far as `trust` (PEM: authority and its list) goes.

    `moment` is the time of receipt, now unless told otherwise. An encrypted file is decrypted in
    memory; `identities` (`sealing.Identities` of the register) open it. Refuses PKG-… with what
    is wrong, CRED-TRUST when `trust` is not one, EnvironmentFault when the file cannot be read.
    """
    believed = certificates.read_trust(trust)
    data = sealing.unseal(container.load(path), identities, path.name)
    box = container.Container(data, path.name)
    listed, signed = box.read(container.MANIFEST), box.read(container.SIGNATURE)
    signer = signature.verify(listed, signed, believed, moment, path.name)
    opened = contents.read(box, signer, believed.territory, plan or load_plan())
    return replace(opened, second=ecp.read(box))

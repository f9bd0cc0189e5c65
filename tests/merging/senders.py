"""Packages without cryptography: what reading a signed package would hand to merging."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.model import Record, Revision
from taza_desktop.register.parcel import Envelope, Opened, Signer
from taza_desktop.register.register import Register


def send(register: Register, keys: Iterable[SheetKey] | None = None) -> Opened:
    """Seal these sheets (by default all) and make the sender's next package of them."""
    sheets = list(register.sheet_keys(said=True) if keys is None else keys)
    serial = register.path.stem
    sent = register.packages("out", serial)
    with register.transaction():
        register.seal(sheets)
        load = register.load([*sheets, *register.package_keys("2024")])
        lineages = load.lineages
        package_id = str(uuid.uuid4())
        opened = Opened(
            envelope=Envelope(
                package_id=package_id,
                kind="submission",
                territory=register.office.territory,
                round="2024",
                plan=load_plan().version,
                audience="100000000",
                seq=len(sent) + 1,
                prev=sent[-1].manifest_sha256 if sent else "",
                created=register.now(),
            ),
            signer=Signer(register.office.name, register.office.territory, serial),
            manifest_sha256=hashlib.sha256(package_id.encode()).hexdigest(),
            records=[record for record, _ in lineages],
            revisions=[revision for _, made in lineages for revision in made],
            attachments=_attached(register, lineages),
            container=b"PK" + package_id.encode(),
            relayed=load.relayed,
            via=load.via,
        )
        register.store_package(opened)
    return opened


def _attached(
    register: Register, lineages: list[tuple[Record, list[Revision]]]
) -> dict[str, bytes]:
    """The attachments that the revisions name."""
    values = [value for _, made in lineages for one in made for value in one.changes.values()]
    digests = {str(value["sha256"]) for value in values if isinstance(value, dict)}
    return {digest: register.attachment(digest) for digest in digests}

"""Building a package of any kind: numbered, described, signed, kept, and put into a folder."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_
from taza_desktop.packages import (
    certificates,
    container,
    contents,
    descriptor,
    envelope,
    limits,
    manifest,
    payload,
    relays,
    signature,
)
from taza_desktop.packages.credentials import Person
from taza_desktop.packages.keys import Secret, keyring
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.parcel import Envelope, Load, Opened, PackageKind, Relayed, Signer
from taza_desktop.register.register import Register

_SAYS = {
    "PKG-OWN-EXPIRED": N_(
        "Your certificate is not valid today ({day}). Check the date of this PC;"
        " if it is right, send the coordinator a new request."
    ),
    "PKG-TOO-MUCH": N_(
        "The package would be of {size} MB; at most {limit} MB and {files} attachments can be sent."
        " Take out attachments or make them smaller."
    ),
    "PKG-FILE-EXISTS": N_("{path} is there already and is not overwritten. Choose another folder."),
}


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A sheet that is not sent, and the problems that must be mended first."""

    sheet: SheetKey
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Exported:
    """A package that was written."""

    path: Path
    package_id: str
    seq: int
    size: int  # bytes
    counts: dict[str, int]  # records, revisions, attachments, awaited, packages
    held_back: list[HeldBack] = field(default_factory=list[HeldBack])
    kind: PackageKind = "submission"


_NOTHING = Load([], {}, {})


class Cargo(NamedTuple):
    """What goes into a package: revisions, attachments by their names in it, a list for trust."""

    load: Load = _NOTHING
    attachments: Mapping[str, bytes] = MappingProxyType({})
    trust: bytes = b""

    @property
    def relayed(self) -> list[Relayed]:
        """The packages that brought some of it, in the order of `packages.jsonl`."""
        return sorted(self.load.relayed.values(), key=lambda one: one.package_id)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who signs which kind of package for whom; every package begins here."""

    register: Register
    plan: Plan
    round: str
    signs: Person
    kind: PackageKind
    audience: str  # KATO code

    def send(self, pack: Callable[[], Cargo], folder: Path, secret: Secret) -> Exported:
        """Sign what `pack` brings and put it into `folder`, all in one transaction or not at all.

        Refuses CRED-PASSPHRASE, PKG-OWN-EXPIRED, PKG-FILE-EXISTS, PKG-TOO-MUCH and what reading
        and `pack` refuse, EnvironmentFault.
        """
        now = datetime.fromtimestamp(int(self.register.clock()), UTC)
        self._check_valid(now)
        key = keyring(secret).unlock_der(self.signs.key)
        with ExitStack() as on_failure:
            with self.register.transaction():
                opened, name = self._package(pack(), key, now)
                self.register.store_package(opened)
                _put(folder / name, opened.container)
                on_failure.callback((folder / name).unlink, missing_ok=True)
            on_failure.pop_all()
        said, size = opened.envelope, len(opened.container)
        counted = dict(said.counts)
        return Exported(folder / name, said.package_id, said.seq, size, counted, kind=self.kind)

    def _check_valid(self, now: datetime) -> None:
        """A package that nobody will accept is not worth sending."""
        certificate = self.signs.certificate
        if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            raise _refusal("PKG-OWN-EXPIRED", day=now.date().isoformat())

    def _package(self, cargo: Cargo, key: bytes, now: datetime) -> tuple[Opened, str]:
        """The package as its receiver will read it, and its file name."""
        said = self._envelope(cargo)
        name = file_name(said)
        data = container.write(self._files(said, cargo, key, now))
        certificate = self.signs.certificate
        signer = Signer(
            certificates.name_of(certificate),
            certificates.territory_of(certificate),
            self.signs.serial,
        )
        try:
            box = container.Container(data, name)
        except Refusal as fault:
            if fault.code == "PKG-TOO-BIG":
                size, limit = len(data) // limits.MB, limits.FILE // limits.MB
                most = {"limit": limit, "files": limits.ENTRIES}
                raise _refusal("PKG-TOO-MUCH", size=size, **most) from fault
            raise
        return contents.read(box, signer, self.signs.audience, self.audience, self.plan), name

    def _envelope(self, cargo: Cargo) -> Envelope:
        sent = self.register.packages("out", self.signs.serial)
        return Envelope(
            package_id=str(uuid.uuid4()),
            kind=self.kind,
            territory=self.register.office.territory,
            round=self.round,
            plan=self.plan.version,
            audience=self.audience,
            seq=sent[-1].envelope.seq + 1 if sent else 1,
            prev=sent[-1].manifest_sha256 if sent else "",
            created=self.register.now(),
            counts=contents.counts(cargo.load.lineages, cargo.relayed, cargo.attachments),
        )

    def _files(self, said: Envelope, cargo: Cargo, key: bytes, now: datetime) -> dict[str, bytes]:
        """Everything in the container, the signature last."""
        from cryptography.hazmat.primitives.serialization import Encoding

        via = relays.numbered(cargo.load.via, cargo.relayed)
        files = {**cargo.attachments, container.ENVELOPE: envelope.write(said)}
        files[container.RECORDS] = payload.write(cargo.load.lineages, via)
        if cargo.relayed:
            files[container.PACKAGES] = relays.write(cargo.relayed)
        if cargo.trust:
            files[container.TRUST] = cargo.trust
        files[container.DESCRIPTOR] = descriptor.write(said, files)
        listed = manifest.write(files)
        certificate = self.signs.certificate.public_bytes(Encoding.DER)
        signed = signature.sign(listed, certificate, key, now)
        return {**files, container.MANIFEST: listed, container.SIGNATURE: signed}


def file_name(said: Envelope) -> str:
    """What the file of a package is called: by its sender, or by the district that it answers."""
    if said.kind == "submission":
        return f"{said.territory}-{said.round}-{said.seq}.taza"
    return f"{said.audience}-{said.round}-{said.kind}-{said.seq}.taza"


def _put(path: Path, data: bytes) -> None:
    """Write the file whole or not at all, and wait until it is on the stick."""
    part = path.with_name(f".{path.name}.part")
    with environment_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise _refusal("PKG-FILE-EXISTS", path=path)
        try:
            with part.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

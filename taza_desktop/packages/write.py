"""Writing a package: everything that an office has for one round, signed and put into a folder."""

from __future__ import annotations

import os
import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_
from taza_desktop.packages import (
    attachments,
    certificates,
    container,
    contents,
    credentials,
    descriptor,
    ecp,
    envelope,
    limits,
    manifest,
    payload,
    recipients,
    signature,
)
from taza_desktop.packages.credentials import Person
from taza_desktop.packages.keys import Secret, keyring
from taza_desktop.packages.payload import Payload
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.checks import others_of, problems
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Sheet, SheetKey
from taza_desktop.register.parcel import Envelope, Opened, Signer
from taza_desktop.register.register import Register

_SAYS = {
    "PKG-NOTHING": N_(
        "There is nothing to send for the round {round}. Fill in a sheet of this round first."
    ),
    "PKG-ALL-HELD-BACK": N_(
        "No sheet of the round {round} can be sent: each has a mistake that must be mended."
    ),
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
    counts: dict[str, int]  # records, revisions, attachments
    held_back: list[HeldBack]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sheet that this office sends, and what is wrong with it."""

    sheet: Sheet
    problems: list[Problem]

    @property
    def stops(self) -> list[Problem]:
        """The problems that keep it back."""
        return [problem for problem in self.problems if problem.level == "stop"]


def judge(register: Register, plan: Plan, round: Round) -> list[Judged]:
    """Every sheet of the round that this office and those below it have, as `export` sees it."""
    sheets = {sheet.key: sheet for sheet in register.sheets(round.code)}
    last = register.sheets_before(round.code)
    office, covers = register.office.territory, plan.territories.covers
    judged: list[Judged] = []
    for key in register.sheet_keys(round.code):
        if covers(office, key.territory) and plan.has_form(key.measure):
            sheet = sheets.get(key, Sheet(key))
            form = plan.form(key.measure)
            others = others_of(form, key, sheets.get)
            judged.append(Judged(sheet, problems(form, sheet, last.get(key), others)))
    return judged


def file_name(said: Envelope) -> str:
    """What the file of a package is called."""
    return f"{said.territory}-{said.round}-{said.seq}.taza"


def export(
    register: Register,
    plan: Plan,
    round: Round,
    folder: Path,
    secret: Secret,
    second: ecp.Signing | None = None,
) -> Exported:
    """Sign everything of that round and put it into `folder` as `<kato>-<round>-<seq>.taza`.

    With the card of the office that it is for, it is encrypted to that office and ends in `.age`.
    `second` adds a person's ЭЦП.

    The package holds the whole history of each sheet, so no other one is needed to understand it.
    Sheets with a problem that must be mended stay behind. Nothing is changed when this refuses:
    CRED-NO-PERSON, CRED-PASSPHRASE, PKG-OWN-EXPIRED, PKG-NOTHING, PKG-ALL-HELD-BACK,
    PKG-FILE-EXISTS, PKG-TOO-MUCH and what reading refuses, EnvironmentFault.
    """
    now = datetime.fromtimestamp(int(register.clock()), UTC)
    desk = _Desk(register, plan, round, credentials.person(register), now, second)
    desk.check_valid()
    key = keyring(secret).unlock_der(desk.signs.key)
    keys, held_back = desk.sort_out()
    with ExitStack() as on_failure:
        with register.transaction():
            register.seal(keys)
            opened, name = desk.package(keys, key)
            register.store_package(opened)
            name, data = recipients.wrap(register, desk.signs.audience, name, opened.container)
            _put(folder / name, data)
            on_failure.callback((folder / name).unlink, missing_ok=True)
        on_failure.pop_all()
    said = opened.envelope
    return Exported(
        folder / name, said.package_id, said.seq, len(data), dict(said.counts), held_back
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every step of writing one package needs to know."""

    register: Register
    plan: Plan
    round: Round
    signs: Person
    now: datetime
    second: ecp.Signing | None

    def check_valid(self) -> None:
        """A package that nobody will accept is not worth sending."""
        certificate = self.signs.certificate
        if not certificate.not_valid_before_utc <= self.now <= certificate.not_valid_after_utc:
            raise _refusal("PKG-OWN-EXPIRED", day=self.now.date().isoformat())

    def sort_out(self) -> tuple[list[SheetKey], list[HeldBack]]:
        """The sheets of the round that go, and those that stay behind."""
        judged = judge(self.register, self.plan, self.round)
        going = [one.sheet.key for one in judged if not one.stops]
        held_back = [HeldBack(one.sheet.key, one.stops) for one in judged if one.stops]
        if not going:
            code = "PKG-ALL-HELD-BACK" if held_back else "PKG-NOTHING"
            raise _refusal(code, round=self.round.code)
        return going, held_back

    def package(self, keys: list[SheetKey], key: bytes) -> tuple[Opened, str]:
        """The package of these sheets as its receiver will read it, and its file name."""
        lineages = list(self.register.lineages(keys))
        said = self._envelope(lineages)
        name = file_name(said)
        data = container.write(self._files(said, lineages, key))
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
        return contents.read(box, signer, self.signs.audience, self.plan), name

    def _envelope(self, lineages: Payload) -> Envelope:
        sent = self.register.packages("out", self.signs.serial)
        return Envelope(
            package_id=str(uuid.uuid4()),
            kind="submission",
            territory=self.register.office.territory,
            round=self.round.code,
            plan=self.plan.version,
            audience=self.signs.audience,
            seq=sent[-1].envelope.seq + 1 if sent else 1,
            prev=sent[-1].manifest_sha256 if sent else "",
            created=self.register.now(),
            counts=contents.counts(lineages),
        )

    def _files(self, said: Envelope, lineages: Payload, key: bytes) -> dict[str, bytes]:
        """Everything in the container, the signatures last."""
        from cryptography.hazmat.primitives.serialization import Encoding

        files = {
            attachments.entry_name(named): self.register.attachment(str(named["sha256"]))
            for named in payload.attachments(lineages)
        }
        files[container.ENVELOPE] = envelope.write(said)
        files[container.RECORDS] = payload.write(lineages)
        files[container.DESCRIPTOR] = descriptor.write(said, files)
        listed = manifest.write(files)
        certificate = self.signs.certificate.public_bytes(Encoding.DER)
        signed = signature.sign(listed, certificate, key, self.now)
        again = ecp.files(files, self.second) if self.second else {}
        return {**files, container.MANIFEST: listed, container.SIGNATURE: signed, **again}


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

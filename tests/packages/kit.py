"""What the tests of packages need: a small form, cheap keys, a package in its parts."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from PIL import Image

from taza_desktop.i18n import Text
from taza_desktop.packages import (
    certificates,
    container,
    contents,
    credentials,
    descriptor,
    envelope,
    manifest,
    payload,
    read,
    relays,
    signature,
)
from taza_desktop.packages.keys import Keyring
from taza_desktop.plan.catalogue import Plan, load_plan
from taza_desktop.plan.form import Check, Figure, Form, Table
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.ids import package_record, review_record, sheet_record
from taza_desktop.register.model import PACKAGE, REVIEW, Office, Record, Revision
from taza_desktop.register.parcel import Envelope, Opened, PackageKind, Relayed, Signer
from taza_desktop.register.register import Register

DISTRICT, NEIGHBOUR, REGION = "103200000", "103400000", "100000000"
CLERK = Office("clerk", DISTRICT, "Айгүл Сейітқызы")
COORDINATOR = Office("region", REGION, "Ерлан Қасымұлы")
KEY = SheetKey(6, DISTRICT, "2024")
PASSPHRASE = "жасыл желек"


def _text(word: str) -> Text:
    return Text(word, word, word)


FORM = Form(
    measure=6,
    version=1,
    filled_by=("district",),
    rounds=("year",),
    figures=(
        Figure("planned", "count", _text("planned")),
        Figure("planted", "count", _text("planted")),
        Figure("share", "percent", _text("share"), computed="planted * 100.0 / planned"),
        Figure("note", "long_text", _text("note")),
        Figure("photo", "attachment", _text("photo")),
    ),
    tables=(
        Table(
            "plantings",
            _text("plantings"),
            (Figure("species", "text", _text("species")), Figure("trees", "count", _text("trees"))),
        ),
    ),
    checks=(Check("enough", "stop", "planted <= planned * 10", _text("too many")),),
)


class OneForm(Plan):
    """The real plan with one small form, so that these tests do not follow the real forms."""

    def form(self, number: int) -> Form:
        assert number == FORM.measure
        return FORM

    def has_form(self, number: int) -> bool:
        return number == FORM.measure


def one_form() -> Plan:
    plan = load_plan()
    return OneForm(**{one.name: getattr(plan, one.name) for one in fields(Plan)})


class Plain:
    """Locks a key with nothing but a check of the passphrase: scrypt is too slow for tests."""

    def lock(self, plain: bytes, passphrase: str) -> bytes:
        return sha256(passphrase.encode()).digest() + plain

    def unlock(self, locked: bytes, passphrase: str) -> bytes:
        if locked[:32] != sha256(passphrase.encode()).digest():
            raise ValueError("wrong passphrase")
        return locked[32:]


def cheap(passphrase: str = PASSPHRASE) -> Keyring:
    return Keyring(passphrase, Plain())


def new_register(folder: Path, name: str, office: Office) -> Register:
    register = Register.create(folder / f"{name}.taza-register", office)
    register.db.execute("PRAGMA synchronous = OFF")
    return register


def enrolled(below: Register, above: Register, secret: Keyring) -> None:
    """`above` certifies the person of `below`."""
    office = below.office
    asked = credentials.request(below, secret)
    given = credentials.certify(above, asked, office.territory, office.name, secret)
    credentials.enrol(below, given)


def dumped(register: Register) -> bytes:
    out = io.BytesIO()
    register.dump(out)
    return out.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (20, 120, 60)).save(out, kind)
    return out.getvalue()


def der(thing: Any) -> bytes:
    return thing.public_bytes(Encoding.DER)


def pkcs8(key: EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


@dataclass(frozen=True)
class Authority:
    """An authority outside of any register."""

    key: EllipticCurvePrivateKey
    certificate: x509.Certificate
    crl: x509.CertificateRevocationList

    @property
    def trust(self) -> bytes:
        return certificates.Trust(self.certificate, self.crl).pem()

    def certify(
        self, key: EllipticCurvePrivateKey, territory: str, now: datetime, name: str = CLERK.name
    ) -> x509.Certificate:
        asked = certificates.read_request(certificates.new_request(key, territory, name))
        return certificates.certify(self.key, self.certificate, asked, territory, name, now)

    def revoking(self, certificate: x509.Certificate, since: datetime) -> Authority:
        serial = (certificate.serial_number, since)
        crl = certificates.new_crl(self.key, self.certificate, self.crl, since, serial)
        return replace(self, crl=crl)


def new_authority(
    now: datetime, territory: str = REGION, name: str = "Абай облысы", age: int = 0
) -> Authority:
    key = certificates.new_key()
    made = now - timedelta(days=age)
    certificate = certificates.new_authority(key, territory, name, made)
    return Authority(key, certificate, certificates.new_crl(key, certificate, None, made))


@dataclass(frozen=True)
class Sample:
    """A good package, its parts and all the keys, so that a test can make a bad one of it."""

    now: datetime
    plan: Plan
    authority: Authority
    key: EllipticCurvePrivateKey
    certificate: x509.Certificate
    said: Envelope
    lineages: payload.Payload
    attachments: Mapping[str, bytes]  # by their names in the container
    relayed: Sequence[Relayed] = ()
    via: Mapping[bytes, payload.Ways] = field(default_factory=dict[bytes, payload.Ways])
    trust: bytes = b""

    def files(
        self,
        said: Envelope | None = None,
        records: bytes | None = None,
        attachments: Mapping[str, bytes] | None = None,
        head: bytes | None = None,
    ) -> dict[str, bytes]:
        """Everything that is signed; `head` replaces the bytes of the envelope."""
        attached = self.attachments if attachments is None else attachments
        found = {**attached, container.RECORDS: records or payload.write(self.lineages, self.via)}
        if self.relayed:
            found[container.PACKAGES] = relays.write(self.relayed)
        if self.trust:
            found[container.TRUST] = self.trust
        found[container.ENVELOPE] = head or envelope.write(said or self.said)
        found[container.DESCRIPTOR] = descriptor.write(said or self.said, found)
        return found

    def signed(self, files: Mapping[str, bytes], listed: bytes | None = None) -> dict[str, bytes]:
        """The same with a manifest (or this one) and a signature over it."""
        listed = manifest.write(files) if listed is None else listed
        made = signature.sign(listed, der(self.certificate), pkcs8(self.key), self.now)
        return {**files, container.MANIFEST: listed, container.SIGNATURE: made}

    def with_records(self, records: bytes, **counted: int) -> bytes:
        """A container with other records, the envelope's counts being what `counted` says."""
        said = replace(self.said, counts={**self.said.counts, **counted})
        return container.write(self.signed(self.files(said, records)))

    def with_lineages(
        self, lineages: payload.Payload, attachments: Mapping[str, bytes] | None = None
    ) -> bytes:
        """A container with these records, all else fitting them."""
        there = self.attachments if attachments is None else attachments
        said = replace(self.said, counts=contents.counts(lineages, self.relayed, there))
        records = payload.write(lineages, self.via)
        return container.write(self.signed(self.files(said, records, attachments)))

    def with_changes(self, record: int = 0, **changes: Any) -> bytes:
        """A container in which the last revision of a record wrote these cells."""
        lineages = [(one, list(revisions)) for one, revisions in self.lineages]
        of, revisions = lineages[record]
        revisions[-1] = replace(revisions[-1], changes=changes)
        lineages[record] = (of, revisions)
        return self.with_lineages(lineages)

    def good(self) -> bytes:
        return container.write(self.signed(self.files()))

    def verify(self, data: bytes, folder: Path, trust: bytes | None = None) -> Opened:
        path = folder / "sample.taza"
        path.write_bytes(data)
        believed = trust or self.authority.trust
        return read.verify(path, believed, self.plan, self.now, self.said.audience)

    def counted(self) -> Sample:
        """The same, announcing what it holds."""
        counts = contents.counts(self.lineages, self.relayed, self.attachments)
        return replace(self, said=replace(self.said, counts=counts))

    def of_kind(self, kind: PackageKind) -> Sample:
        """A good package of that kind, about the same sheet, with what was said about it."""
        return _KINDS[kind](self).counted()


Attack = Callable[[Sample], bytes]


def new_sample() -> Sample:
    """A sheet with a history of two revisions, two entries, one picture."""
    now = certificates.now()
    authority, key = new_authority(now), certificates.new_key()
    shot = picture()
    digest = sha256(shot).hexdigest()
    named = {"sha256": digest, "name": "көшет.png", "type": "image/png", "size": len(shot)}
    figures = Record(sheet_record(KEY), KEY)
    first = _revision(1, figures, (), {"planned": 200, "planted": 150, "photo": named})
    second = _revision(
        2, figures, (first.id,), {"planted": 176, "remark:planted": "себебі — жаңбыр"}
    )
    entries = [Record(bytes([0, number] * 8), KEY, "plantings") for number in (3, 4)]
    lineages: payload.Payload = [
        (figures, [first, second]),
        (entries[0], [_revision(3, entries[0], (), {"species": "терек", "trees": 100})]),
        (entries[1], [_revision(4, entries[1], (), {"deleted:": True})]),
    ]
    attached = {f"attachments/{digest[:32]}.png": shot}
    said = Envelope(
        package_id="8c5c1a1e-0d36-4b8e-9a55-0b7d4f0f8a01", kind="submission", territory=DISTRICT,
        round="2024", plan=load_plan().version, audience=REGION, seq=3, prev="ab" * 32,
        created="2025-01-20T10:00:00Z", counts=contents.counts(lineages, [], attached),
    )  # fmt: skip
    return Sample(
        now, one_form(), authority, key, authority.certify(key, DISTRICT, now), said, lineages,
        attached,
    )  # fmt: skip


def review(sheet: SheetKey, *made: Revision) -> tuple[Record, list[Revision]]:
    """What was said about a sheet."""
    record = Record(review_record(sheet), sheet, REVIEW)
    return record, [replace(one, record=record.id) for one in made]


def wrote(number: int, office: str, *parents: int, **changes: Any) -> Revision:
    """A revision of that office, of a record to be said."""
    made = f"2025-02-{number:02}T09:00:00Z"
    seen = tuple(bytes([parent] * 16) for parent in parents)
    author = CLERK.name if office == DISTRICT else COORDINATOR.name
    return Revision(bytes([number] * 16), b"", seen, changes, author, office, made)


RETURNED = {"verdict": "returned", "of": "ab" * 16, "remark:planted": "Актіні қоса беріңіз"}
ANSWERED = {"answer:planted": "Қостық", "opened": "2025-02-02T09:00:00Z"}


def _upwards(sample: Sample) -> Sample:
    """A clerk's, with the return that it answers: the words of the office above are context."""
    said = review(KEY, wrote(11, REGION, **RETURNED), wrote(12, DISTRICT, 11, **ANSWERED))
    return replace(sample, lineages=[*sample.lineages, said])


def _downwards(kind: PackageKind) -> Callable[[Sample], Sample]:
    def made(sample: Sample) -> Sample:
        verdict = RETURNED if kind == "return" else {"verdict": "accepted", "of": "ab" * 16}
        said = replace(sample.said, kind=kind, territory=REGION, audience=DISTRICT)
        received = {"manifest": "cd" * 32, "received:1f": "2025-02-01T10:00:00Z"}
        return _by_region(sample, said, verdict, received)

    return made


def _sideways(sample: Sample) -> Sample:
    said = replace(sample.said, kind="office", territory=REGION)
    return _by_region(sample, said, RETURNED, {"withdrawn": True, "reason": "Қате"})


def _by_region(sample: Sample, said: Envelope, verdict: Any, told: Any) -> Sample:
    """The district's sheet as the region passes it on, and what the region says about it."""
    earlier = Relayed(
        "1d2c3b4a-0d36-4b8e-9a55-0b7d4f0f8a01", "ef" * 32, "submission", DISTRICT, "2024", 1,
        Signer(CLERK.name, DISTRICT, "1e"), "2025-01-19T10:00:00Z",
    )  # fmt: skip
    package = SheetKey(0, DISTRICT, "2024")
    record = Record(package_record(earlier.package_id, DISTRICT), package, PACKAGE)
    lineages = [
        *sample.lineages,
        review(KEY, wrote(11, REGION, **verdict)),
        (record, [replace(wrote(13, REGION, **told), record=record.id)]),
    ]
    return replace(
        sample,
        certificate=sample.authority.certify(sample.key, REGION, sample.now, COORDINATOR.name),
        said=said,
        lineages=lineages,
        relayed=[earlier],
        via={one.id: ((1,),) for _, revisions in sample.lineages for one in revisions},
        trust=sample.authority.trust,
    )


def _attachments_alone(sample: Sample) -> Sample:
    return replace(sample, said=replace(sample.said, kind="attachments"), lineages=[])


_KINDS: dict[PackageKind, Callable[[Sample], Sample]] = {
    "submission": _upwards,
    "return": _downwards("return"),
    "receipt": _downwards("receipt"),
    "office": _sideways,
    "attachments": _attachments_alone,
}


def _revision(number: int, of: Record, parents: tuple[bytes, ...], changes: Any) -> Revision:
    made = f"2025-01-{number:02}T09:00:00Z"
    return Revision(bytes([number] * 16), of.id, parents, changes, CLERK.name, DISTRICT, made)

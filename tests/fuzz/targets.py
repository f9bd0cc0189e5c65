"""What a stranger's bytes can reach: each target takes any bytes and raises nothing but a refusal.

A target returns quietly for bytes that are good and raises `Refusal` for all others. Anything else
that escapes is a finding, and so is an assertion: each target also says what must hold of bytes
that were believed.
"""

from __future__ import annotations

import atexit
import io
import json
import shutil
import tempfile
import tomllib
import unicodedata
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from taza_desktop.cli.sheet_json import read_sheets
from taza_desktop.errors import Refusal
from taza_desktop.packages import (
    armour,
    attachments,
    backup,
    card,
    card_file,
    certificates,
    container,
    contents,
    ecp,
    envelope,
    manifest,
    payload,
    renewal,
    sealing,
    signature,
    strict_json,
)
from taza_desktop.packages.authority import create_authority
from taza_desktop.paths import data_path
from taza_desktop.plan import kinds
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.checks import problems
from taza_desktop.plan.form_file import read_form
from taza_desktop.register.parcel import Signer
from taza_desktop.register.register import Register
from tests.packages.kit import (
    CLERK,
    COORDINATOR,
    REGION,
    Sample,
    cheap,
    der,
    new_register,
    new_sample,
    picture,
    pkcs8,
)

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = ("kk", "ru", "en")
EXTENSIONS = (("jpg", "image/jpeg"), ("png", "image/png"), ("pdf", "application/pdf"))
MEASURES = (6, 34, 40)


@dataclass(frozen=True)
class Target:
    """`run` takes the bytes; `seeds` are good ones to begin with."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]


@cache
def sample() -> Sample:
    """One good package; its keys are new in each process."""
    return new_sample()


@cache
def good() -> dict[str, bytes]:
    """The files of that package, with manifest and signature."""
    return sample().signed(sample().files())


@cache
def register() -> Register:
    """A coordinator's register with an authority."""
    made = new_register(folder(), "region", COORDINATOR)
    create_authority(made, cheap())
    return made


@cache
def identity() -> str:
    """An age identity."""
    return sealing.new_identity()


@cache
def folder() -> Path:
    """A folder for targets that read a file; in memory where the system has such a place."""
    memory = Path("/dev/shm")
    made = tempfile.mkdtemp(prefix="taza-fuzz-", dir=memory if memory.is_dir() else None)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def run_container(data: bytes) -> None:
    """What opens here is the same to the zip library that most other programs have."""
    box = container.Container(data, "x")
    read = {name: box.read(name) for name in box.entries}
    with zipfile.ZipFile(io.BytesIO(data)) as theirs:
        assert {one.filename: theirs.read(one) for one in theirs.infolist()} == read


def run_manifest(data: bytes) -> None:
    """Digests of files that are named once."""
    for name, digest in manifest.read(data, "x").items():
        assert isinstance(name, str)
        assert len(digest) == 32


def run_signature(data: bytes) -> None:
    """Whoever is believed is the one who signed."""
    made, trust = sample(), certificates.read_trust(sample().authority.trust)
    signer = signature.verify(good()[container.MANIFEST], data, trust, made.now, "x")
    serial = f"{made.certificate.serial_number:x}"
    assert signer == Signer(CLERK.name, made.said.territory, serial)


def run_envelope(data: bytes) -> None:
    """What was read can be written and read again."""
    said = envelope.read(data, "x").envelope
    assert envelope.read(envelope.write(said), "x").envelope == said


def run_records(data: bytes) -> None:
    """What was read can be written and read again."""
    read, via = payload.read(data, "x")
    again, _ = payload.read(payload.write(read, via), "x")
    assert {one.id for _, of in again for one in of} == {one.id for _, of in read for one in of}


def run_contents(data: bytes) -> None:
    """Steps 5 to 10 of a package whose records are these, as if its signature were good."""
    made = sample()
    files = {**made.files(records=data)}
    box = container.Container(
        container.write(
            {**files, container.MANIFEST: manifest.write(files), container.SIGNATURE: b""}
        ),
        "x",
    )
    contents.read(box, Signer("x", made.said.territory, "1"), REGION, REGION, made.plan)


def run_json(data: bytes) -> None:
    """Only what can be written is read."""
    with suppress(ValueError):
        value = strict_json.load(data)
        assert strict_json.load(strict_json.dump(value)) == value


def run_attachment(data: bytes) -> None:
    """The last byte says what it claims to be."""
    extension, kind = EXTENSIONS[data[-1] % 3 if data else 0]
    digest = sha256(data).hexdigest()
    named = {"sha256": digest, "name": "x", "type": kind, "size": len(data)}
    attachments.check([named], {f"attachments/{digest[:32]}.{extension}": data}, "x")


def run_trust(data: bytes) -> None:
    """Cards, bundles and requests come from outside too."""
    for read in (certificates.read_trust, certificates.read_bundle, certificates.read_request):
        with suppress(Refusal):
            read(data)


def run_card(data: bytes) -> None:
    """What stands on a card was signed by the authority on it."""
    read = card_file.read(data)
    assert read.territory == read.trust.territory


def run_renewal(data: bytes) -> None:
    """A request that is signed with the certificate to be renewed."""
    made = sample()
    renewal.read(data, certificates.read_trust(made.authority.trust), made.now)


def run_backup(data: bytes) -> None:
    """Keys that somebody says are ours, their checksum set right."""
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        said = json.loads(data)
        data = json.dumps({**said, "sha256": backup.digest(said["credentials"])}).encode()
    with register().transaction():
        backup.restore(register(), data, cheap())


def run_second(data: bytes) -> None:
    """A second signature of these bytes beside a good first one."""
    files = sample().files()
    listed = manifest.write(files, container.SECOND_SIGNATURE)
    again = {container.SECOND_MANIFEST: listed, container.SECOND_SIGNATURE: data}
    ecp.read(container.Container(container.write({**good(), **again}), "x"))


def run_sealed(data: bytes) -> None:
    """An age file for us, for others, or damaged."""
    sealing.unseal(data, [identity()], "x")


def run_form(data: bytes) -> None:
    """A form's definition, whatever stands in it."""
    path = folder() / "measure06.toml"
    path.write_bytes(data)
    read_form(path)


def run_sheets(data: bytes) -> None:
    """Sheets as JSON, and what the checks say of them."""
    path = folder() / "sheets.json"
    path.write_bytes(data)
    plan = load_plan()
    for sheet in read_sheets(path, plan):
        for one in problems(plan.form(sheet.key.measure), sheet):
            str(one.message)


def run_kinds(data: bytes) -> None:
    """The first byte chooses a figure and a language, the rest is typed into its cell."""
    if not data:
        return
    figures = [one for number in MEASURES for one in load_plan().form(number).figures]
    figure, language = figures[data[0] % len(figures)], LANGUAGES[data[0] % 3]
    typed = data[1:].decode("utf-8", "surrogateescape")
    value = kinds.parse(figure, typed, language)
    kinds.check_value(figure, value)
    assert isinstance(kinds.show(figure, value, language), str)
    assert isinstance(kinds.say(figure, value, language), str)
    if isinstance(value, str):
        assert unicodedata.is_normalized("NFC", value)


def _seeds_of_certificates() -> Iterator[bytes]:
    made = sample()
    yield made.authority.trust
    yield certificates.to_pem(made.certificate) + made.authority.trust
    yield certificates.new_request(made.key, made.said.territory, "Айгүл")


def _backups() -> Iterator[bytes]:
    yield backup.backup(register())
    yield backup.backup(register(), deputy=True)


def _renewals() -> Iterator[bytes]:
    made = sample()
    asked = certificates.new_request(made.key, made.said.territory, "Айгүл")
    content = der(certificates.read_request(asked))
    signed = signature.sign(content, der(made.certificate), pkcs8(made.key), made.now)
    yield armour.write((renewal._ASKED, content), (renewal._SIGNED, signed))


def _sheets() -> Iterator[bytes]:
    for number in MEASURES:
        form = load_plan().form(number)
        figures = {one.name: 5 for one in form.figures if one.kind == "count"}
        one = {"measure": number, "territory": "103200000", "round": "2024", "figures": figures}
        yield json.dumps([one]).encode()


def _forms() -> Iterator[bytes]:
    for number in MEASURES:
        data = data_path("resources", "forms", f"measure{number:02}.toml").read_bytes()
        tomllib.loads(data.decode())
        yield data


def _pictures() -> Iterator[bytes]:
    yield picture("JPEG") + b"\0"
    yield picture("PNG") + b"\1"
    yield b"%PDF-1.7\n%%EOF\n\2"


def _typed() -> Iterator[bytes]:
    for number, typed in enumerate(
        ("1 млн 389 тыс.", "374,6", "31.10.2024", "әіңғ", "https://x.kz")
    ):
        yield bytes([number]) + typed.encode()


def _of(name: str) -> Callable[[], Iterable[bytes]]:
    return lambda: [good()[name]]


TARGETS = {
    "container": Target(run_container, lambda: [container.write(good())]),
    "manifest": Target(run_manifest, _of(container.MANIFEST)),
    "signature": Target(run_signature, _of(container.SIGNATURE)),
    "envelope": Target(run_envelope, _of(container.ENVELOPE)),
    "records": Target(run_records, _of(container.RECORDS)),
    "contents": Target(run_contents, _of(container.RECORDS)),
    "json": Target(run_json, lambda: [b'{"a":[1,"x",null,true]}']),
    "attachment": Target(run_attachment, _pictures),
    "trust": Target(run_trust, _seeds_of_certificates),
    "card": Target(run_card, lambda: [card.make(register(), cheap())]),
    "renewal": Target(run_renewal, _renewals),
    "backup": Target(run_backup, _backups),
    "second": Target(run_second, _of(container.SIGNATURE)),
    "sealed": Target(
        run_sealed, lambda: [sealing.seal(b"x" * 99, [sealing.recipient_of(identity())])]
    ),
    "form": Target(run_form, _forms),
    "sheets": Target(run_sheets, _sheets),
    "kinds": Target(run_kinds, _typed),
}


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """Good bytes for a target; the same ones in one process."""
    return tuple(TARGETS[name].seeds())


def kept(name: str) -> list[bytes]:
    """Inputs that reached new code once (`tests.fuzz.run --keep`), and what was found."""
    lines = CORPUS / f"{name}.b64"
    texts = lines.read_text(encoding="ascii").split() if lines.is_file() else []
    found = sorted((CORPUS / name).glob("*"))
    return [b64decode(text) for text in texts] + [path.read_bytes() for path in found]


def run(name: str, data: bytes) -> None:
    """Hand the bytes to a target; a refusal that can be said aloud is as good as an answer."""
    try:
        TARGETS[name].run(data)
    except Refusal as refused:
        refused.text()

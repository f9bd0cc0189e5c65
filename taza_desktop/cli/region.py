"""Commands of an office that certifies the people below it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click

from taza_desktop.cli.call import (
    FILE,
    FOLDER,
    Call,
    json_option,
    out_option,
    pass_call,
    passphrase,
    passphrase_option,
    read_file,
    write_file,
)
from taza_desktop.cli.region_keys import (
    backup,
    keeping,
    replace,
    restore,
    write_backups,
    write_letter,
)
from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_, _
from taza_desktop.packages import card as cards
from taza_desktop.packages import code, credentials
from taza_desktop.register.register import Register


@click.group()
def region() -> None:
    """The authority of a region or of the Ministry: whom it trusts, whom it certifies."""


for command in (backup, restore, replace):
    region.add_command(command)


@region.command()
@click.argument("file", type=FILE)
@click.option("--out", type=FOLDER, help="Folder for backups and code; else that of the register.")
@passphrase_option
@json_option
@pass_call
def create(call: Call, file: Path, out: Path | None, passphrase_file: Path | None) -> None:
    """Make the authority of the office, once, with two backups and the sheet with its code."""
    secret = passphrase(passphrase_file)
    folder = out or file.parent
    with Register.open(file) as register:
        credentials.create_authority(register, secret)
        territory, said = register.office.territory, code.say(cards.digits(register))
        written = [*write_backups(register, folder), write_letter(register, folder)]
    outcome: dict[str, object] = {"territory": territory, "code": said, "files": written}
    call.done(outcome, _("The authority is ready."), said, *written, keeping())


@region.command()
@click.argument("file", type=FILE)
@click.option("--place", type=FILE, help="JSON about the place of exchange; else as before.")
@out_option
@passphrase_option
@json_option
@pass_call
def card(
    call: Call, file: Path, place: Path | None, out: Path, passphrase_file: Path | None
) -> None:
    """Write the card for everybody below, with a fresh list; again after each revocation."""
    where = None if place is None else _place(read_file(place))
    secret = passphrase(passphrase_file)
    with Register.open(file) as register:
        made = cards.make(register, secret, where)
        said = code.say(cards.digits(register))
    write_file(out, made)
    call.done({"path": str(out), "code": said}, str(out), said)


@region.command()
@click.argument("file", type=FILE)
@out_option
@json_option
@pass_call
def trust(call: Call, file: Path, out: Path) -> None:
    """Write the authority's certificate and its revocation list, for `verify` and for openssl."""
    with Register.open(file) as register:
        pem = credentials.trust_pem(register)
    write_file(out, pem)
    call.done({"path": str(out)}, str(out))


@region.command()
@click.argument("file", type=FILE)
@click.argument("request", type=FILE)
@click.option("--territory", metavar="KATO", required=True)
@click.option("--name", required=True, help="The person, as you know them; not as they wrote it.")
@click.option(
    "--code",
    "heard",
    help="The six groups that the person read by phone; leave out only what was handed over.",
)
@out_option
@passphrase_option
@json_option
@pass_call
def certify(
    call: Call,
    file: Path,
    request: Path,
    territory: str,
    name: str,
    heard: str | None,
    out: Path,
    passphrase_file: Path | None,
) -> None:
    """Answer a request with a certificate."""
    secret = passphrase(passphrase_file)
    asked = read_file(request)
    with Register.open(file) as register:
        bundle = credentials.certify(register, asked, territory, name, secret, heard)
        given = credentials.issued(register)[-1]
    _answered(call, out, bundle, given)


@region.command()
@click.argument("file", type=FILE)
@click.argument("request", type=FILE)
@out_option
@passphrase_option
@json_option
@pass_call
def renew(call: Call, file: Path, request: Path, out: Path, passphrase_file: Path | None) -> None:
    """Answer a request that was signed with the key in use (`request --renew`); no call needed."""
    secret = passphrase(passphrase_file)
    asked = read_file(request)
    with Register.open(file) as register:
        bundle = credentials.renew(register, asked, secret)
        given = credentials.issued(register)[-1]
    _answered(call, out, bundle, given)


@region.command()
@click.argument("file", type=FILE)
@json_option
@pass_call
def issued(call: Call, file: Path) -> None:
    """The certificates that the office gave."""
    with Register.open(file) as register:
        given = credentials.issued(register)
    rows: list[dict[str, object]] = [
        {
            "serial": one.serial,
            "name": one.name,
            "territory": one.territory,
            "until": one.until.date().isoformat(),
            "revoked": one.revoked,
        }
        for one in given
    ]
    call.listed(rows, lambda row: " ".join(map(str, row.values())))


@region.command()
@click.argument("file", type=FILE)
@click.argument("serial")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="2025-01-31",
    help="First day on which it was no longer good; today unless told otherwise.",
)
@passphrase_option
@json_option
@pass_call
def revoke(
    call: Call, file: Path, serial: str, since: datetime | None, passphrase_file: Path | None
) -> None:
    """Take the certificate with that number back; hand out the card again afterwards."""
    secret = passphrase(passphrase_file)
    moment = since.replace(tzinfo=UTC) if since else datetime.now(UTC).replace(microsecond=0)
    with Register.open(file) as register:
        credentials.revoke(register, serial, moment, secret)
    said = _("The certificate {serial} is taken back.")
    call.done({"serial": serial}, said.format(serial=serial))


def _answered(call: Call, out: Path, bundle: bytes, given: credentials.Issued) -> None:
    write_file(out, bundle)
    said = _("{name} is certified; the number is {serial}: {path}")
    outcome: dict[str, object] = {"path": str(out), "name": given.name, "serial": given.serial}
    call.done(outcome, said.format(name=given.name, serial=given.serial, path=out))


def _place(data: bytes) -> dict[str, object]:
    try:
        place: object = json.loads(data)
        if not isinstance(place, dict):
            raise ValueError("no object")
    except ValueError as fault:
        raise Refusal(
            "CLI-PLACE", N_("The place of exchange is described by one JSON object. Mend the file.")
        ) from fault
    return cast("dict[str, object]", place)

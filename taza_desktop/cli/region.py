"""Commands of an office that certifies the people below it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from taza_desktop.cli.call import (
    FILE,
    Call,
    json_option,
    pass_call,
    passphrase,
    passphrase_option,
    read_file,
    write_file,
)
from taza_desktop.i18n import _
from taza_desktop.packages import credentials
from taza_desktop.register.register import Register

out_option = click.option("--out", type=FILE, required=True, help="File to write.")


@click.group()
def region() -> None:
    """The authority of a region or of the Ministry: whom it trusts, whom it certifies."""


@region.command()
@click.argument("file", type=FILE)
@passphrase_option
@json_option
@pass_call
def create(call: Call, file: Path, passphrase_file: Path | None) -> None:
    """Make the authority of the office, once."""
    secret = passphrase(passphrase_file)
    with Register.open(file) as register:
        credentials.create_authority(register, secret)
        territory = register.office.territory
    call.done({"territory": territory}, _("The authority is ready."))


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
    out: Path,
    passphrase_file: Path | None,
) -> None:
    """Answer a request with a certificate."""
    secret = passphrase(passphrase_file)
    asked = read_file(request)
    with Register.open(file) as register:
        bundle = credentials.certify(register, asked, territory, name, secret)
        given = credentials.issued(register)[-1]
    write_file(out, bundle)
    said = _("{name} is certified; the number is {serial}: {path}")
    outcome: dict[str, object] = {"path": str(out), "name": name, "serial": given.serial}
    call.done(outcome, said.format(name=name, serial=given.serial, path=out))


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
    """Take the certificate with that number back; hand out `region trust` again afterwards."""
    secret = passphrase(passphrase_file)
    moment = since.replace(tzinfo=UTC) if since else datetime.now(UTC).replace(microsecond=0)
    with Register.open(file) as register:
        credentials.revoke(register, serial, moment, secret)
    said = _("The certificate {serial} is taken back.")
    call.done({"serial": serial}, said.format(serial=serial))

"""Commands of a person who wants a certificate to sign with."""

from __future__ import annotations

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
from taza_desktop.cli.region import out_option
from taza_desktop.i18n import _
from taza_desktop.packages import credentials
from taza_desktop.register.register import Register


@click.command()
@click.argument("file", type=FILE)
@out_option
@passphrase_option
@json_option
@pass_call
def request(call: Call, file: Path, out: Path, passphrase_file: Path | None) -> None:
    """Make a key and write the request for its certificate; hand that to the coordinator."""
    secret = passphrase(passphrase_file)
    with Register.open(file) as register:
        pem = credentials.request(register, secret)
    write_file(out, pem)
    call.done({"path": str(out)}, str(out))


@click.command()
@click.argument("file", type=FILE)
@click.argument("bundle", type=FILE)
@json_option
@pass_call
def enrol(call: Call, file: Path, bundle: Path) -> None:
    """Take the coordinator's answer into use."""
    pem = read_file(bundle)
    with Register.open(file) as register:
        person = credentials.enrol(register, pem)
    said = _("This register can sign now; its packages go to {audience}.")
    call.done({"audience": person.audience}, said.format(audience=person.audience))

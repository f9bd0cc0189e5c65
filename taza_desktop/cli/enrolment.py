"""Commands of a person who wants a certificate to sign with."""

from __future__ import annotations

from pathlib import Path

import click

from taza_desktop.cli.call import (
    FILE,
    Call,
    json_option,
    out_option,
    pass_call,
    passphrase,
    passphrase_option,
    read_file,
    write_file,
)
from taza_desktop.i18n import _
from taza_desktop.packages import card as cards
from taza_desktop.packages import code, credentials
from taza_desktop.register.register import Register


@click.command()
@click.argument("file", type=FILE)
@click.argument("card", type=FILE)
@click.option("--code", "typed", default="", help="The six groups from the letter, the first time.")
@json_option
@pass_call
def card(call: Call, file: Path, card: Path, typed: str) -> None:
    """Open the card of the office above: from then on packages to it are encrypted."""
    data = read_file(card)
    with Register.open(file) as register:
        opened = cards.take(register, data, typed)
    outcome: dict[str, object] = {
        "territory": opened.territory,
        "made": opened.made,
        "plan": opened.plan,
        "place": dict(opened.place),
    }
    said = _("The card of {territory} is kept; packages to it are encrypted from now on.")
    call.done(outcome, said.format(territory=opened.territory))


@click.command()
@click.argument("file", type=FILE)
@click.option("--renew", is_flag=True, help="Sign it with the key in use; no call is needed then.")
@out_option
@passphrase_option
@json_option
@pass_call
def request(call: Call, file: Path, renew: bool, out: Path, passphrase_file: Path | None) -> None:
    """Make a key and write the request for its certificate; hand that to the coordinator."""
    secret = passphrase(passphrase_file)
    make = credentials.renewal_request if renew else credentials.request
    with Register.open(file) as register:
        pem = make(register, secret)
        groups = code.say(credentials.phone_code(register))
    write_file(out, pem)
    told = [] if renew else [_("Read this to the coordinator by phone: {code}").format(code=groups)]
    call.done({"path": str(out), "code": groups}, str(out), *told)


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

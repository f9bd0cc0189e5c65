"""Commands about the register file itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast, get_args

import click

from taza_desktop.cli.call import FILE, Call, json_option, pass_call
from taza_desktop.i18n import _
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.model import Office, Role
from taza_desktop.register.register import Register


@click.group()
def register() -> None:
    """The file that everything is entered into."""


@register.command()
@click.argument("file", type=FILE)
@click.option("--role", type=click.Choice(get_args(Role)), required=True)
@click.option("--territory", metavar="KATO", required=True)
@click.option("--name", required=True, help="The person who enters; stands in every revision.")
@json_option
@pass_call
def new(call: Call, file: Path, role: str, territory: str, name: str) -> None:
    """Make an empty register; an existing file is left alone."""
    office = Office(cast("Role", role), load_plan().territories[territory].kato, name)
    with Register.create(file, office) as made:
        call.done(
            {"path": str(made.path), **office._asdict()},
            _("The register {path} is ready.").format(path=made.path),
        )


@click.command()
@click.argument("file", type=FILE)
def dump(file: Path) -> None:
    """Print the register as canonical JSON Lines: the same content gives the same bytes."""
    with Register.open(file) as opened:
        opened.dump(sys.stdout.buffer)
        sys.stdout.flush()

"""The command that gives an attachment out of a register."""

from __future__ import annotations

from pathlib import Path

import click

from taza_desktop.cli.call import FILE, Call, json_option, pass_call, write_file
from taza_desktop.i18n import _
from taza_desktop.register.register import Register


@click.command()
@click.argument("file", type=FILE)
@click.argument("sha256")
@click.option("--out", type=FILE, required=True, help="Where to put it; an old file is replaced.")
@json_option
@pass_call
def attachment(call: Call, file: Path, sha256: str, out: Path) -> None:
    """Save an attachment, named by its hash (see `sheets`); a picture is drawn anew.

    So nothing that somebody hid in a picture gets out. A PDF is saved as it came: it was never
    opened, so open it only when you know who attached it.
    """
    with Register.open(file) as register:
        data = register.attachment_to_show(sha256)
    write_file(out, data)
    call.done({"path": str(out), "size": len(data)}, _("{path} is saved.").format(path=out))

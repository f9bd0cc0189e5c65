"""Signed packages that go over a line: figures first, photos in packages of their own. No Qt."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from taza_desktop.errors import Refusal

if TYPE_CHECKING:
    from taza_desktop.packages.build import Exported
    from taza_desktop.packages.ecp import Signing
    from taza_desktop.packages.keys import Secret
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.rounds import Round
    from taza_desktop.register.register import Register


def put_on_the_way(register: Register, make: Callable[[Path], Exported]) -> Exported:
    """Queue what `make` signs; its file is of no use, as the outbox keeps what has to be sent."""
    from taza_desktop.exchange import outbox

    with tempfile.TemporaryDirectory() as folder, register.transaction():
        made = make(Path(folder))
        outbox.queue(register, made.package_id)
    return made


def submit(
    register: Register, plan: Plan, round: Round, secret: Secret, second: Signing | None = None
) -> list[Exported]:
    """Sign the round for the office above and queue it: the figures, then its photos if any.

    `second` is a person's ЭЦП, beside the signature of the figures.
    Refuses what `write.export` refuses; then nothing was signed.
    """
    from taza_desktop.packages.write import export, export_attachments

    with register.transaction():
        made = [
            put_on_the_way(
                register,
                lambda folder: export(
                    register, plan, round, folder, secret, second, attachments=False
                ),
            )
        ]
        while True:
            try:
                photos = put_on_the_way(
                    register,
                    lambda folder: export_attachments(register, plan, round, folder, secret),
                )
            except Refusal as refusal:
                if refusal.code != "PKG-NOTHING-AWAITED":
                    raise
                return made
            made.append(photos)

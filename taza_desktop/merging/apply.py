"""Merging a package: the preview, made true in one transaction."""

from __future__ import annotations

from taza_desktop.merging.compare import compare
from taza_desktop.merging.preview import Preview, summary
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register


def apply(register: Register, opened: Opened) -> Preview:
    """Merge a package that `packages.read` verified; one that is merged already changes nothing.

    Raises Refusal MERGE-TWO-FACES, MERGE-REVISION-CHANGED, MERGE-BROKEN, EnvironmentFault; then
    nothing is changed.
    """
    with register.transaction():
        compared = list(compare(register, opened))
        merged = summary(register, opened, compared)
        if not merged.already:
            register.receive(opened, [(one.record, one.after) for one in compared])
    return merged

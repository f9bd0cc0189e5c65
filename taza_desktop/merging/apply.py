"""Merging a package: the preview, made true in one transaction."""

from __future__ import annotations

from taza_desktop.merging.preview import Preview, preview
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register


def apply(register: Register, opened: Opened) -> Preview:
    """Merge a package that `packages.read` verified; one that is merged already changes nothing.

    Raises Refusal MERGE-TWO-FACES, MERGE-REVISION-CHANGED, MERGE-BROKEN, EnvironmentFault; then
    nothing is changed.
    """
    with register.transaction():
        merged = preview(register, opened)
        if not merged.already:
            states = [(one.record, one.after) for one in merged.compared]
            fresh = [revision for one in merged.compared for revision in one.fresh]
            register.receive(opened, fresh, states)
    return merged

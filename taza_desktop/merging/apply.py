"""Merging a package: the preview, made true in one transaction."""

from __future__ import annotations

from taza_desktop.merging.preview import Preview, preview
from taza_desktop.packages import revocations
from taza_desktop.register.bulk import uncollected
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register


def apply(register: Register, opened: Opened, *, again: bool = False) -> Preview:
    """Merge a package that `packages.read` verified; one that is merged already changes nothing.

    A package that was taken back is kept and stays silent, whoever sends it once more, unless a
    person wants it `again`. Raises Refusal MERGE-TWO-FACES, MERGE-REVISION-CHANGED, MERGE-BROKEN,
    EnvironmentFault; then nothing is changed.
    """
    with uncollected(), register.transaction():
        merged = preview(register, opened, again=again)
        if merged.arrival:
            meetings = [one.meeting for one in merged.compared]
            states = [(one.record, one.after) for one in merged.compared if one.writes]
            register.receive(merged.arrival, meetings, states)
            revocations.keep(register, opened)
            if merged.withdrawn and again:
                register.restore(opened.envelope.package_id)
    return merged

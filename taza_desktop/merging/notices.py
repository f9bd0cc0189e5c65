"""What a coordinator should know about a package before merging it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.merging.compare import Compared
from taza_desktop.merging.notice import Notice, day_of
from taza_desktop.merging.sequence import in_sequence
from taza_desktop.merging.withdrawals import withdrawal
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.arriving import SAME
from taza_desktop.register.copies import carriers
from taza_desktop.register.ids import review_record
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_cells import ACCEPTED, VERDICT
from taza_desktop.register.shelf import record_of

_NAMED = 5  # sheets in one sentence


def notices(register: Register, opened: Opened, compared: Sequence[Compared]) -> list[Notice]:
    """Withdrawn, gaps, stale, numbers given twice, other territories, other plans, accepted sheets
    that would change, what people passed on whose certificates were taken back, what somebody
    carried along in other words than its office wrote."""
    return [
        *_withdrawn(register, opened),
        *in_sequence(register, opened),
        *_territory(opened),
        *_plan(opened),
        *_accepted(register, compared),
        *_revoked(register, opened),
        *_copies(register, opened, compared),
    ]


def _withdrawn(register: Register, opened: Opened) -> Iterator[Notice]:
    """Somebody took this very package back."""
    found = withdrawal(register, record_of(opened.envelope))
    if found:
        yield Notice(
            "MERGE-WITHDRAWN",
            N_(
                "{name} took this package back on {date}: {reason}. It counts for nothing until"
                " somebody merges it again."
            )
            if found.reason
            else N_(
                "{name} took this package back on {date}. It counts for nothing until somebody"
                " merges it again."
            ),
            {"name": found.by, "date": day_of(found.at), "reason": found.reason},
        )


def _territory(opened: Opened) -> Iterator[Notice]:
    """It speaks for another office than the one that its signer works for."""
    theirs, other = opened.signer.territory, opened.envelope.territory
    if theirs != other:
        territories = load_plan().territories
        yield Notice(
            "MERGE-ANOTHER-TERRITORY",
            N_("{name} works for {own}, but this package was made in a register of {other}."),
            {
                "name": opened.signer.name,
                "own": territories[theirs].name,
                "other": territories[other].name,
            },
        )


def _plan(opened: Opened) -> Iterator[Notice]:
    """The sender filled in other forms than this program knows."""
    ours = load_plan().version
    if opened.envelope.plan != ours:
        yield Notice(
            "MERGE-OTHER-PLAN",
            N_(
                "{name} works with version {theirs} of the plan, this program with {ours}."
                " The older one should be updated."
            ),
            {"name": opened.signer.name, "theirs": opened.envelope.plan, "ours": ours},
        )


def _accepted(register: Register, compared: Sequence[Compared]) -> Iterator[Notice]:
    """Sheets that were accepted and would show something else."""
    touched = {
        one.record.sheet
        for one in compared
        if not one.record.table.endswith(":") and one.outcome not in ("same", "older")
    }
    reviews = {review_record(key): key for key in touched}
    shown = register.shown(list(reviews))
    accepted = sorted(
        reviews[one] for one, cells in shown.items() if cells.get(VERDICT) == ACCEPTED
    )
    if accepted:
        more = "" if len(accepted) <= _NAMED else f" (+{len(accepted) - _NAMED})"
        yield Notice(
            "MERGE-ACCEPTED",
            N_(
                "Sheets that were accepted would change: {sheets}. They stay accepted; look at them"
                " again."
            ),
            {"sheets": ", ".join(map(_title, accepted[:_NAMED])) + more},
        )


def _title(key: SheetKey) -> str:
    """«6 · Абай ауданы»: the name in Kazakh is the official one everywhere."""
    return f"{key.measure} · {load_plan().territories[key.territory].name.kk}"


def _revoked(register: Register, opened: Opened) -> Iterator[Notice]:
    """It passes on packages that were signed with a certificate which was taken back."""
    if not opened.relayed:
        return
    from taza_desktop.packages.revocations import revoked

    try:
        taken_back = revoked(register)
    except Refusal:  # an office without an authority knows no list
        return
    for package in opened.relayed.values():
        if since := taken_back.get(package.signer.serial):
            yield Notice(
                "MERGE-REVOKED",
                N_(
                    "It passes on package {seq} of {name}, whose certificate was taken back on"
                    " {date}. If what that package says is wrong, undo it."
                ),
                {"seq": package.seq, "name": package.signer.name, "date": since},
            )


def _copies(register: Register, opened: Opened, compared: Sequence[Compared]) -> Iterator[Notice]:
    """What one who may not say it carried along is not what its office says."""
    met = [one.meeting for one in compared if one.meeting.copies != SAME]
    wrong = {one.office for each in met for one in each.coming if one.id in each.copies.altered}
    if wrong:
        yield Notice(
            "MERGE-OTHER-WORDS",
            N_(
                "It carries words of {offices} that are not those known here. They count for"
                " nothing; ask {name} where they come from."
            ),
            {"offices": _offices(wrong), "name": opened.signer.name},
        )
    mended = {
        number: one.office
        for each in met
        for number, one in each.copies.replaced.items()
        if one.id not in each.copies.altered
    }
    if mended:
        yield Notice(
            "MERGE-WORDS-MENDED",
            N_(
                "What came earlier as words of {offices} is not what it brings from there. These"
                " take its place. Ask who sent the others: {names}."
            ),
            {
                "offices": _offices(set(mended.values())),
                "names": ", ".join(carriers(register, mended)),
            },
        )


def _offices(codes: set[str]) -> str:
    territories = load_plan().territories
    return ", ".join(
        territories[one].name.kk if one in territories else one for one in sorted(codes)
    )

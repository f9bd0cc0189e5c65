"""How the commands of exchange print what they did."""

from __future__ import annotations

from taza_desktop.exchange.checking import Report
from taza_desktop.exchange.inbox import Arrival, Gap
from taza_desktop.exchange.journal import Attempt
from taza_desktop.exchange.outbox import Parcel
from taza_desktop.exchange.wording import TRIED, arrival_says, parcel_says
from taza_desktop.i18n import N_, _, gettext

_SIGNS = {True: "+", False: "!", None: "·"}
_ENDS = {True: "{step}", False: N_("{step} – does not work"), None: N_("{step} – not tried")}


def parcel_row(parcel: Parcel) -> dict[str, object]:
    """A package on its way out, for JSON."""
    return {
        "package_id": parcel.package.envelope.package_id,
        "seq": parcel.package.envelope.seq,
        "kind": parcel.package.envelope.kind,
        "state": parcel.state,
        "arrived": parcel.arrived,
        "size": parcel.size or parcel.package.size,
        "tries": parcel.tries,
        "due": parcel.due,
        "code": parcel.code,
        "message": parcel.text,
        "path": parcel.path,
    }


def parcel_line(parcel: Parcel) -> str:
    """The same for a person."""
    said, size = parcel.package.envelope, parcel.size or parcel.package.size
    return f"→ {said.round} № {said.seq}  {parcel.arrived}/{size}  {parcel_says(parcel)}"


def arrival_row(arrival: Arrival) -> dict[str, object]:
    """A package that came, for JSON."""
    return {
        "package_id": arrival.package,
        "name": arrival.signer,
        "seq": arrival.seq,
        "state": arrival.state,
        "size": arrival.size,
        "at": arrival.at,
        "code": arrival.code,
        "message": arrival.text,
        "path": arrival.path,
    }


def arrival_line(arrival: Arrival) -> str:
    """The same for a person."""
    name = arrival.signer or arrival.path
    return f"← {name} № {arrival.seq}  {arrival.size}  {arrival_says(arrival)}"


def gap_line(gap: Gap) -> str:
    """Which numbers of a person never came."""
    missing = ", ".join(map(str, gap.missing))
    said = _("Of {name} these packages have not come: {missing}.")
    return said.format(name=gap.signer, missing=missing)


def attempt_line(attempt: Attempt) -> str:
    """One line of the log."""
    outcome = f"{attempt.code}: {attempt.text}" if attempt.code else _("went well")
    done = f"{gettext(TRIED[attempt.way])}, {attempt.bytes} B, {attempt.seconds:.1f} s"
    return f"{attempt.at}  {attempt.place}  {attempt.about}  {done}  {outcome}"


def report_row(report: Report) -> dict[str, object]:
    """What a test of the place found, for JSON."""
    checks = [
        {"step": one.step, "works": one.works, "code": one.refusal.code if one.refusal else ""}
        for one in report.checks
    ]
    return {
        "place": report.place,
        "works": report.works,
        "checks": checks,
        "trip_ms": round(report.trip * 1000),
        "clock_ahead_s": round(report.skew),
    }


def report_lines(report: Report) -> list[str]:
    """The same for a person: + works, ! does not, · was not reached."""
    lines = [
        f"{_SIGNS[one.works]} {gettext(_ENDS[one.works]).format(step=one.text())}"
        for one in report.checks
    ]
    if report.works:
        said = _("The place works; an answer takes {trip} ms.")
        lines.append(said.format(trip=round(report.trip * 1000)))
    if report.skew:
        said = _("The clock of the server is {minutes} minutes ahead; that does no harm.")
        if report.skew < 0:
            said = _("The clock of this PC is {minutes} minutes ahead; that does no harm.")
        lines.append(said.format(minutes=round(abs(report.skew) / 60)))
    return lines

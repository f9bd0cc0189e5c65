"""Commands that carry packages to a meeting place and fetch what lies there."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from taza_desktop.cli.call import (
    FILE,
    FOLDER,
    Call,
    json_option,
    pass_call,
    read_file,
    say,
    write_file,
)
from taza_desktop.cli.exchange_rows import (
    arrival_line,
    arrival_row,
    attempt_line,
    gap_line,
    parcel_line,
    parcel_row,
    report_lines,
    report_row,
)
from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_, _
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.register import Register

if TYPE_CHECKING:
    from taza_desktop.exchange.errands import Errands
    from taza_desktop.exchange.inbox import Arrival
    from taza_desktop.exchange.place import Credential, Where

WHOSE = ("above", "own")
_LOOK_AGAIN = 2.0  # seconds between two looks at what is due, while waiting
_HOW = N_("Name one place: --folder, --webdav or --s3 with --bucket, or --forget.")


@click.group()
def exchange() -> None:
    """Send and fetch packages by a folder, a WebDAV share or an S3 bucket.

    User name and password are read from TAZA_PLACE_USER and TAZA_PLACE_SECRET, else from the key
    store of the system, where `set` with --secret-file puts them.
    """


whose_option = click.option(
    "--whose",
    type=click.Choice(WHOSE),
    help="The place of the office above (clerks), or the own one for offices below.",
)


@exchange.command("set")
@click.argument("file", type=FILE)
@whose_option
@click.option("--folder", type=FOLDER, help="A stick or a connected network folder.")
@click.option("--webdav", metavar="URL", help="A WebDAV folder.")
@click.option("--s3", metavar="URL", help="An S3 service.")
@click.option("--bucket", default="", help="The bucket of the S3 service.")
@click.option("--region", default="us-east-1", show_default=True, help="Its region.")
@click.option("--at", default="", help="Part of the names that the address stands for already.")
@click.option("--authority", type=FILE, help="PEM of a certificate authority to trust there.")
@click.option("--plain", is_flag=True, help="Allow a line without TLS.")
@click.option("--user", default="", help="User name, or id of the access key.")
@click.option("--secret-file", type=FILE, help="File that holds the password or the secret key.")
@click.option("--forget", is_flag=True, help="Forget the place and its password.")
@json_option
@pass_call
def set_place(
    call: Call, file: Path, whose: str | None, folder: Path | None, user: str,
    secret_file: Path | None, forget: bool, authority: Path | None, **told: object,
) -> None:  # fmt: skip
    """Say where packages meet."""
    from taza_desktop.exchange import keystore
    from taza_desktop.exchange.places import put_place

    where = None if forget else _where(folder, authority, told)
    warning: Refusal | None = None
    with Register.open(file) as register:
        office = _office(register, whose)
        if where is None:
            _forget(register, office)
        put_place(register, office, where)
        if where is not None and secret_file is not None:
            warning = keystore.remember(where, _credential(user, secret_file))
    if warning is not None:
        click.echo(str(warning), err=True)
    label = where.label if where else ""
    done = _("Packages meet at {place}.").format(place=label) if where else _("Forgotten.")
    call.done({"office": office, "place": label}, done)


@exchange.command()
@click.argument("file", type=FILE)
@whose_option
@json_option
@pass_call
def test(call: Call, file: Path, whose: str | None) -> None:
    """Try the place step by step, with a small file that is taken away again."""
    from taza_desktop.exchange.layout import Lane
    from taza_desktop.exchange.places import place_of

    with Register.open(file) as register, _errands(register) as errands:
        office, own = _office(register, whose), register.office.territory
        report = errands.check(place_of(register, office), Lane(office, own, "up"))
    lines = report_lines(report)
    call.details = report_row(report)
    failed = next((one.refusal for one in report.checks if one.refusal), None)
    if failed is None:
        call.done(call.details, *lines)
        return
    if not call.as_json:
        say(*lines)
    raise failed


@exchange.command()
@click.argument("file", type=FILE)
@click.argument("packages", metavar="[PACKAGE_ID]...", nargs=-1)
@click.option("--only-data", is_flag=True, help="A metered line: photos wait.")
@click.option("--wait", type=float, default=0.0, metavar="SECONDS", help="Keep trying for so long.")
@json_option
@pass_call
def send(call: Call, file: Path, packages: tuple[str, ...], only_data: bool, wait: float) -> None:
    """Send the packages named, or everything that was made and has not arrived yet."""
    from taza_desktop.exchange import outbox

    until = time.monotonic() + wait
    with Register.open(file) as register, _errands(register) as errands:
        errands.look_after()
        wanted = list(packages) or _unsent(register)
        for package_id in wanted:
            outbox.queue(register, package_id)
        ends = _send(call, errands, wanted, only_data)
        while any(ends.values()) and time.monotonic() < until:
            time.sleep(min(_LOOK_AGAIN, max(0.0, until - time.monotonic())))
            if outbox.due_in(register) == 0:
                ends |= _send(call, errands, (), only_data)
        parcels = outbox.parcels(register)
    call.details = {"packages": [parcel_row(one) for one in parcels]}
    for refusal in filter(None, ends.values()):
        raise refusal
    call.done(call.details, *([] if wanted else [_("There is nothing to send.")]))


@exchange.command()
@click.argument("file", type=FILE)
@click.option("--out", type=FOLDER, help="Folder to put the packages into, for `merge`.")
@click.option("--quick", is_flag=True, help="Look only behind the last one seen.")
@json_option
@pass_call
def fetch(call: Call, file: Path, out: Path | None, quick: bool) -> None:
    """Fetch and verify what is new; nothing is merged."""
    from taza_desktop.exchange import inbox

    rows: list[dict[str, object]] = []
    with Register.open(file) as register, _errands(register) as errands:
        fetched = errands.fetch(all_of_it=not quick)
        for arrival in fetched.arrived:
            there = out is not None and arrival.state != "refused"
            put = {"file": str(_put(register, arrival, out))} if out and there else {}
            rows.append({**arrival_row(arrival), **put})
        gaps = inbox.gaps(register, load_plan())
    call.details = {"packages": rows, "gaps": [gap._asdict() for gap in gaps]}
    lines = [arrival_line(one) for one in fetched.arrived]
    for refusal in fetched.failed.values():
        if not call.as_json:
            say(*lines)
        raise refusal
    call.done(call.details, *(lines or [_("Nothing new.")]), *map(gap_line, gaps))


@exchange.command()
@click.argument("file", type=FILE)
@click.option("--log", is_flag=True, help="Every attempt too, the newest first.")
@json_option
@pass_call
def status(call: Call, file: Path, log: bool) -> None:
    """Show the places, what is on its way and what has come."""
    from taza_desktop.exchange import inbox, journal, outbox
    from taza_desktop.exchange.places import places

    with Register.open(file) as register:
        known = {office: where.label for office, where in places(register).items()}
        parcels, arrivals = outbox.parcels(register), inbox.arrivals(register)
        attempts = journal.read(register) if log else []
    outcome: dict[str, object] = {
        "places": known,
        "out": [parcel_row(one) for one in parcels],
        "in": [arrival_row(one) for one in arrivals],
        "log": [one._asdict() for one in attempts],
    }
    lines = [f"{office}  {label}" for office, label in known.items()]
    lines += [*map(parcel_line, parcels), *map(arrival_line, arrivals)]
    call.done(outcome, *lines, *map(attempt_line, attempts))


def _errands(register: Register) -> Errands:
    from taza_desktop.exchange.errands import Errands
    from taza_desktop.exchange.session import Session

    return Errands(register, load_plan(), Session())


def _office(register: Register, whose: str | None) -> str:
    """Whose place is meant: clerks have the one above, coordinators their own unless told."""
    from taza_desktop.exchange.places import office_above

    if whose == "above" or (whose is None and register.office.role == "clerk"):
        return office_above(register, load_plan().territories)
    return register.office.territory


def _where(folder: Path | None, authority: Path | None, told: dict[str, object]) -> Where:
    """The place that the options describe. Refuses CLI-NO-PLACE, EXC-PLACE, EXC-PLAIN."""
    from taza_desktop.exchange.place import Where

    addresses = {
        "folder": str(folder.absolute()) if folder else None,
        "webdav": told.pop("webdav"),
        "s3": told.pop("s3"),
    }
    named = {kind: address for kind, address in addresses.items() if address}
    if len(named) != 1:
        raise Refusal("CLI-NO-PLACE", _HOW)
    ((kind, address),) = named.items()
    pem = read_file(authority).decode("ascii", "replace") if authority else ""
    return Where.parse({"kind": kind, "address": address, "authority": pem, **told})


def _credential(user: str, file: Path) -> Credential:
    from taza_desktop.exchange.place import Credential

    with environment_faults(file):
        return Credential(user, file.read_text(encoding="utf-8-sig").rstrip("\r\n"))


def _forget(register: Register, office: str) -> None:
    from taza_desktop.exchange import keystore
    from taza_desktop.exchange.places import places

    if (where := places(register).get(office)) is not None:
        keystore.forget(where)


def _unsent(register: Register) -> list[str]:
    from taza_desktop.exchange import outbox

    return [
        one.package.envelope.package_id
        for one in outbox.parcels(register)
        if one.state in ("made", "waiting")
    ]


def _send(
    call: Call, errands: Errands, wanted: Sequence[str], only_data: bool
) -> dict[str, Refusal | None]:
    """Send what is due and tell of each; by package id why it did not get there."""
    ends: dict[str, Refusal | None] = {}
    for load, refusal in errands.send(wanted=wanted, only_data=only_data):
        ends[load.package_id] = refusal
        if not call.as_json and refusal is None:
            done = _("Package {number} is at the place: {path}")
            say(done.format(number=load.item.seq, path=load.item.path))
    return ends


def _put(register: Register, arrival: Arrival, folder: Path) -> Path:
    """The package as a file; its name says where it came from."""
    from taza_desktop.exchange import inbox

    _root, _above, below, _way, year, name = arrival.path.split("/")
    path = folder / f"{below}-{year}-{name.removesuffix('.json')}"
    with environment_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
    write_file(path, inbox.data_of(register, arrival.path))
    return path

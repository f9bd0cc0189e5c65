"""Writing upwards: everything that an office has for one round, signed and put into a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import attachments, container, credentials, limits, payload
from taza_desktop.packages.build import Cargo, Desk, Exported, HeldBack
from taza_desktop.packages.keys import Secret
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.checks import others_of, problems
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Sheet, SheetKey, Value
from taza_desktop.register.model import REVIEW, Record, Revision
from taza_desktop.register.parcel import Load
from taza_desktop.register.register import Register

_SAYS = {
    "PKG-NOTHING": N_(
        "There is nothing to send for the round {round}. Fill in a sheet of this round first."
    ),
    "PKG-ALL-HELD-BACK": N_(
        "No sheet of the round {round} can be sent: each has a mistake that must be mended."
    ),
    "PKG-NOTHING-AWAITED": N_(
        "Every attachment of the round {round} that is here was sent already. Nothing has to be"
        " sent after."
    ),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A sheet that this office sends, and what is wrong with it."""

    sheet: Sheet
    problems: list[Problem]

    @property
    def stops(self) -> list[Problem]:
        """The problems that keep it back."""
        return [problem for problem in self.problems if problem.level == "stop"]


def judge(register: Register, plan: Plan, round: Round) -> list[Judged]:
    """Every sheet of the round that this office and those below it have, as `export` sees it."""
    sheets = {sheet.key: sheet for sheet in register.sheets(round.code)}
    last = register.sheets_before(round.code)
    office, covers = register.office.territory, plan.territories.covers
    judged: list[Judged] = []
    for key in register.sheet_keys(round.code):
        if covers(office, key.territory) and plan.has_form(key.measure):
            sheet = sheets.get(key, Sheet(key))
            form = plan.form(key.measure)
            others = others_of(form, key, sheets.get)
            judged.append(Judged(sheet, problems(form, sheet, last.get(key), others)))
    return judged


def export(
    register: Register,
    plan: Plan,
    round: Round,
    folder: Path,
    secret: Secret,
    *,
    attachments: bool = True,
) -> Exported:
    """Sign everything of that round for the office above, as `<kato>-<round>-<seq>.taza`.

    The package holds the whole history of each sheet, so no other one is needed to understand it.
    Sheets with a problem that must be mended stay behind, and without `attachments` their bytes,
    which `export_attachments` sends after. Nothing is changed when this refuses: CRED-NO-PERSON,
    PKG-NOTHING, PKG-ALL-HELD-BACK and what `Desk.send` refuses.
    """
    signs = credentials.person(register)
    desk = Desk(register, plan, round.code, signs, "submission", signs.audience)
    keys, held_back = _sort_out(desk, round)

    def pack() -> Cargo:
        told = [key for key in register.package_keys(round.code) if _is_below(desk, key)]
        load = only(sealed(register, keys + told), lambda record: _goes_up(desk, record))
        return Cargo(load, attached(register, load) if attachments else {})

    return replace(desk.send(pack, folder, secret), held_back=held_back)


def export_attachments(
    register: Register, plan: Plan, round: Round, folder: Path, secret: Secret
) -> Exported:
    """Send the attachments after that no package of the round brought yet.

    As many as fit into one package; the next call sends the rest. Refuses CRED-NO-PERSON,
    PKG-NOTHING-AWAITED and what `Desk.send` refuses.
    """
    signs = credentials.person(register)
    desk = Desk(register, plan, round.code, signs, "attachments", signs.audience)

    def pack() -> Cargo:
        office, covers = register.office.territory, plan.territories.covers
        keys = [key for key in register.sheet_keys(round.code) if covers(office, key.territory)]
        gone = _sent(register, round.code)
        here = attached(register, register.load(keys))
        left = _as_many_as_fit({name: data for name, data in here.items() if name not in gone})
        if not left:
            raise _refusal("PKG-NOTHING-AWAITED", round=round.code)
        return Cargo(attachments=left)

    return desk.send(pack, folder, secret)


def sealed(register: Register, keys: list[SheetKey]) -> Load:
    """All that these keys hold; what is sent never changes again."""
    register.seal(keys)
    return register.load(sorted(keys))


def only(load: Load, wanted: Callable[[Record], bool]) -> Load:
    """The load with those records alone, and the packages that brought them."""
    lineages = [(record, revisions) for record, revisions in load.lineages if wanted(record)]
    ids = {one.id for _, revisions in lineages for one in revisions}
    via = {revision: ways for revision, ways in load.via.items() if revision in ids}
    named = {package for ways in via.values() for way in ways for package in way}
    relayed = {package: one for package, one in load.relayed.items() if package in named}
    return Load(lineages, relayed, via)


def attached(
    register: Register, load: Load, wanted: Callable[[Revision], bool] = lambda _: True
) -> dict[str, bytes]:
    """The attachments that these revisions name, as far as they are here, by entry name."""
    picked = [(record, list(filter(wanted, of))) for record, of in load.lineages]
    found: dict[str, bytes] = {}
    for named in payload.attachments(picked):
        if (data := _bytes(register, named)) is not None:
            found[attachments.entry_name(named)] = data
    return found


def _bytes(register: Register, named: Mapping[str, Value]) -> bytes | None:
    """An attachment; None while it is on its way."""
    try:
        return register.attachment(str(named["sha256"]))
    except Refusal:
        return None


def _sort_out(desk: Desk, round: Round) -> tuple[list[SheetKey], list[HeldBack]]:
    """The sheets of the round that go, own ones that were only talked of among them; the others."""
    judged = judge(desk.register, desk.plan, round)
    going = [one.sheet.key for one in judged if not one.stops]
    held_back = [HeldBack(one.sheet.key, one.stops) for one in judged if one.stops]
    if not going:
        raise _refusal("PKG-ALL-HELD-BACK" if held_back else "PKG-NOTHING", round=round.code)
    own = desk.register.sheet_keys(round.code, territory=desk.register.office.territory, said=True)
    known = {one.sheet.key for one in judged}
    return going + [key for key in own if key not in known], held_back


def _is_below(desk: Desk, key: SheetKey) -> bool:
    office = desk.register.office.territory
    return office != key.territory and desk.plan.territories.covers(office, key.territory)


def _goes_up(desk: Desk, record: Record) -> bool:
    """What this office said of those below is no concern of the office above, but for packages."""
    return record.table != REVIEW or record.sheet.territory == desk.register.office.territory


def _sent(register: Register, round: str) -> set[str]:
    """The names of the attachments that packages of the round took along."""
    gone: set[str] = set()
    for package in register.packages("out"):
        said = package.envelope
        if said.round == round and said.kind in ("submission", "attachments"):
            gone |= container.Container(register.container(said.package_id), "").entries.keys()
    return gone


def _as_many_as_fit(found: dict[str, bytes]) -> dict[str, bytes]:
    fitting: dict[str, bytes] = {}
    room, slots = limits.FILE - limits.MB, limits.ENTRIES - len(container.REQUIRED)
    for name, data in sorted(found.items()):
        if len(data) <= room and len(fitting) < slots:
            fitting[name], room = data, room - len(data)
    return fitting


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

"""Writing downwards and sideways: what a district is answered, what colleagues share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_
from taza_desktop.packages import credentials
from taza_desktop.packages.build import Cargo, Desk, Exported
from taza_desktop.packages.credentials import Person
from taza_desktop.packages.keys import Secret
from taza_desktop.packages.write import attached, sealed
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.parcel import PackageKind
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_cells import RETURNED
from taza_desktop.register.reviewing_verdicts import verdicts
from taza_desktop.register.shelf import StoredPackage

_SAYS = {
    "PKG-NOT-BELOW": N_("{name} is not below your office. Choose one of its districts."),
    "PKG-NOTHING-TO-ANSWER": N_(
        "There is nothing to answer to {name} for the round {round}: no package was merged and no"
        " sheet was judged."
    ),
    "PKG-NOTHING-TO-SHARE": N_("This register holds nothing of the round {round} to share."),
}


def answer(
    register: Register, plan: Plan, round: Round, district: str, folder: Path, secret: Secret
) -> Exported:
    """One package to an office below: a `return` when some sheet of it is returned, or `receipt`.

    It carries a receipt for every package of that office merged here, the verdicts and remarks, the
    sheets with what was corrected in them, and the list of revoked certificates. Nothing is
    changed when this refuses: CRED-NO-OPERATOR, PKG-NOT-BELOW, PKG-NOTHING-TO-ANSWER and what
    `Desk.send` refuses.
    """
    office, covers = register.office.territory, plan.territories.covers
    name = plan.territories[district].name
    if office == district or not covers(office, district):
        raise _refusal("PKG-NOT-BELOW", name=name)
    signs = credentials.operator(register, secret)
    judged = {
        said.verdict
        for key, said in verdicts(register, round.code).items()
        if covers(district, key.territory)
    }
    merged = list(_merged(register, round, district))
    if not merged and not judged:
        raise _refusal("PKG-NOTHING-TO-ANSWER", name=name, round=round.code)
    kind: PackageKind = "return" if RETURNED in judged else "receipt"
    desk = Desk(register, plan, round.code, signs, kind, district)

    def pack() -> Cargo:
        for package in merged:
            _acknowledge(register, package, signs)
        known = register.sheet_keys(round.code, said=True) + register.package_keys(round.code)
        load = sealed(register, [key for key in known if covers(district, key.territory)])
        ours = attached(register, load, lambda one: one.office == office)
        return Cargo(load, ours, credentials.trust_pem(register))

    return desk.send(pack, folder, secret)


def share(register: Register, plan: Plan, round: Round, folder: Path, secret: Secret) -> Exported:
    """One package of kind `office` for colleagues: all that the register has for the round.

    Refuses CRED-NO-PERSON, PKG-NOTHING-TO-SHARE and what `Desk.send` refuses.
    """
    office, covers = register.office.territory, plan.territories.covers
    coordinator = register.credential("authority") or register.credential("operator")
    own = credentials.operator(register, secret) if coordinator else credentials.person(register)
    desk = Desk(register, plan, round.code, own, "office", office)

    def pack() -> Cargo:
        keys = register.sheet_keys(round.code, said=True)
        ours = [key for key in keys if covers(office, key.territory)]
        load = sealed(register, ours + register.package_keys(round.code))
        if not load.lineages:
            raise _refusal("PKG-NOTHING-TO-SHARE", round=round.code)
        return Cargo(load, attached(register, load), credentials.trusted(register)[0])

    return desk.send(pack, folder, secret)


def _merged(register: Register, round: Round, district: str) -> Iterator[StoredPackage]:
    """The packages of the office that stand here."""
    for package in register.packages("in"):
        said = package.envelope
        if package.active and (said.territory, said.round) == (district, round.code):
            yield package


def _acknowledge(register: Register, package: StoredPackage, signs: Person) -> None:
    """The receipt: which package this person took in, and when."""
    received = {"manifest": package.manifest_sha256, f"received:{signs.serial}": package.at}
    register.write(package.record, dict(received))


def _refusal(code: str, **fields: object) -> Refusal:
    return Refusal(code, _SAYS[code], **fields)

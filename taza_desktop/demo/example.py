"""The example from the facts to the printed reports: the way a round goes, once through."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from taza_desktop import i18n
from taza_desktop.demo import facts, folder, reviewing
from taza_desktop.demo.facts import ROUND, Facts
from taza_desktop.demo.offices import (
    PASSPHRASE,
    SUFFIX,
    Founded,
    Founding,
    found,
    office,
    register_path,
)
from taza_desktop.i18n import Language
from taza_desktop.merging.apply import apply
from taza_desktop.packages.answer import answer
from taza_desktop.packages.credentials import certify, create_authority, enrol, trust_pem
from taza_desktop.packages.keys import Keyring, Protector
from taza_desktop.packages.read import verify, verify_for
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import Plan, load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.register import Register
from taza_desktop.reports import word
from taza_desktop.reports.content import compose

REPORT_LANGUAGES: tuple[Language, ...] = ("kk", "ru")


@dataclass(slots=True)
class Made:
    """What the example made.

    Attributes:
        packages: from districts, then from regions.
        answers: returns and receipts, downwards.
        records: how many were merged.
    """

    folder: Path
    facts: Facts
    ministry: Path
    regions: int = 0
    districts: int = 0
    packages: tuple[list[Path], list[Path]] = field(default_factory=lambda: ([], []))
    answers: list[Path] = field(default_factory=list[Path])
    records: int = 0
    reports: list[Path] = field(default_factory=list[Path])


def make(into: Path, language: Language, protector: Protector | None = None) -> Made:
    """Make the example in a folder; `protector` locks its keys (age unless told otherwise).

    Raises:
        Refusal: DEMO-NOT-EMPTY.
        EnvironmentFault: the disk is full, the folder cannot be written to.
    """
    i18n.set_language(language)
    plan = load_plan()
    folder.make_room(into)
    ministry = register_path(into / "registers", REPUBLIC)
    made = Made(into, facts.place(plan), ministry)
    _Example(made, plan, language, protector).run()
    folder.leave_mark(into)
    return made


class _Example:
    """The work, and what every step of it needs to know."""

    def __init__(
        self, made: Made, plan: Plan, language: Language, protector: Protector | None
    ) -> None:
        self._made = made
        self._plan = plan
        self._language: Language = language
        self._protector = protector
        self._sheets = facts.by_territory(made.facts.sheets)

    def run(self) -> None:
        """Found the offices, then let every region report to the Ministry."""
        with Register.create(self._made.ministry, office("ministry", REPUBLIC)) as ministry:
            for founded in self._found(ministry):
                with self._open(founded.region) as region:
                    self._report_up(region, ministry, founded.keys)
            self._enter(ministry)
            self._print(ministry)

    def _found(self, ministry: Register) -> list[Founded]:
        """All offices, able to sign; several processes, as locking a key is slow by design."""
        foundings = self._foundings()
        context = multiprocessing.get_context("spawn")  # a window has threads: fork is not for it
        with ProcessPoolExecutor(min(4, os.cpu_count() or 1), context) as pool:
            founded = pool.map(found, foundings)
            keys = Keyring(PASSPHRASE, self._protector)
            create_authority(ministry, keys)
            certified = [self._certified(ministry, region, keys) for region in founded]
        self._write_trust(ministry)
        return certified

    def _foundings(self) -> list[Founding]:
        registers = self._made.folder / "registers"
        foundings = [
            Founding(registers, region.kato, clerks, self._language, self._protector)
            for region in self._plan.territories.children(REPUBLIC)
            for clerks in [self._districts(region.kato)]
        ]
        self._made.regions = len(foundings)
        self._made.districts = sum(len(founding.districts) for founding in foundings)
        return foundings

    def _districts(self, region: str) -> tuple[str, ...]:
        """The districts of a region that the facts name."""
        covers = self._plan.territories.covers
        return tuple(
            kato for kato in sorted(self._sheets) if kato != region and covers(region, kato)
        )

    def _certified(self, ministry: Register, founded: Founded, keys: Keyring) -> Founded:
        """The Ministry's answer to a coordinator."""
        with self._open(founded.region) as region:
            name = region.office.name
            enrol(region, certify(ministry, founded.asked, founded.region, name, keys))
            self._write_trust(region)
        return founded

    def _write_trust(self, register: Register) -> None:
        path = self._made.folder / "trust" / f"{_name(register)}.pem"
        path.write_bytes(trust_pem(register))

    def _report_up(self, region: Register, ministry: Register, keys: Keyring) -> None:
        """Districts to their region, the region to the Ministry."""
        from_districts, from_regions = self._made.packages
        for kato in self._districts(region.office.territory):
            with self._open(kato) as district:
                self._enter(district)
                from_districts.append(self._send(district, region, keys))
        if region.office.territory == reviewing.REGION:
            self._review(region, keys)
        self._enter(region)
        if region.sheet_keys(ROUND):
            from_regions.append(self._send(region, ministry, keys))
        self._print(region)

    def _review(self, region: Register, keys: Keyring) -> None:
        """A sheet goes back and is accepted; a conflict is settled."""
        from_districts, _ = self._made.packages
        with self._open(reviewing.RETURNED.territory) as clerk:
            reviewing.give_back(region)
            self._answer(region, clerk, keys)
            reviewing.reply(clerk)
            from_districts.append(self._send(clerk, region, keys))
            reviewing.accept(region)
            self._answer(region, clerk, keys)
        with self._open(reviewing.DISPUTED.territory) as clerk:
            published = reviewing.disagree(region, clerk)
            from_districts.append(self._send(clerk, region, keys))
            reviewing.settle_at(region, published)

    def _answer(self, region: Register, clerk: Register, keys: Keyring) -> None:
        """A return or a receipt goes down and is merged there."""
        kato, round_ = clerk.office.territory, Round.parse(ROUND)
        sent = answer(region, self._plan, round_, kato, self._made.folder / "packages", keys)
        apply(clerk, verify_for(clerk, sent.path, self._plan))
        self._made.answers.append(sent.path)

    def _enter(self, register: Register) -> None:
        with register.transaction():
            for sheet in self._sheets.get(register.office.territory, []):
                register.put_sheet(sheet)

    def _send(self, sender: Register, receiver: Register, keys: Keyring) -> Path:
        """Export, verify, merge."""
        packages = self._made.folder / "packages"
        sent = export(sender, self._plan, Round.parse(ROUND), packages, keys)
        merged = apply(receiver, verify(sent.path, trust_pem(receiver), self._plan))
        self._made.records += sum(merged.counts.values())
        return sent.path

    def _print(self, register: Register) -> None:
        """The report of an office in both official languages."""
        for language in REPORT_LANGUAGES:
            path = self._made.folder / "reports" / f"{_name(register)}-{ROUND}-{language}.docx"
            word.write(compose(register, self._plan, Round.parse(ROUND), language), path)
            self._made.reports.append(path)

    def _open(self, kato: str) -> Register:
        return Register.open(register_path(self._made.folder / "registers", kato))


def _name(register: Register) -> str:
    return register.path.name.removesuffix(SUFFIX)

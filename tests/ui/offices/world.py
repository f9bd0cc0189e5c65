"""A region, its authority and two clerks of its districts: registers to try things on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from taza_desktop.merging.apply import apply
from taza_desktop.packages import credentials
from taza_desktop.packages.read import verify
from taza_desktop.packages.write import Exported, export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Cells, Sheet, SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import PASSPHRASE

ROUND = Round.parse("2024")
REGION, ALGA, MARTUK = "150000000", "153200000", "154600000"
SUFFIX = ".taza-register"
GOOD: Cells = {"planned": 1000, "planted": 1040, "survival": "81.5"}
FAR: Cells = {"planned": 1000, "planted": 9000}  # to be explained


def key(territory: str = ALGA) -> SheetKey:
    """The sheet about planting."""
    return SheetKey(6, territory, ROUND.code)


@dataclass(frozen=True, slots=True)
class World:
    """Paths of the registers; `stick` is where packages go."""

    folder: Path

    @property
    def region(self) -> Path:
        return self.folder / f"region{SUFFIX}"

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    def clerk(self, territory: str = ALGA) -> Path:
        return self.folder / f"{territory}{SUFFIX}"

    def enters(self, cells: Cells, territory: str = ALGA) -> None:
        """The clerk fills in the sheet about planting."""
        with Register.open(self.clerk(territory)) as register:
            register.put_sheet(Sheet(key(territory), dict(cells)))

    def corrects(self, cell: str, value: int, territory: str = ALGA) -> None:
        """The region changes a cell of a district's sheet."""
        with Register.open(self.region) as register:
            register.set_cell(key(territory), cell, value)

    def sends(self, territory: str = ALGA, cells: Cells | None = None) -> Exported:
        """The clerk enters these cells and puts a package onto the stick."""
        if cells is not None:
            self.enters(cells, territory)
        with Register.open(self.clerk(territory)) as register:
            return export(register, load_plan(), ROUND, self.stick, PASSPHRASE)

    def merges(self, package: Path) -> None:
        """The region merges a package."""
        with Register.open(self.region) as register:
            apply(register, verify(package, credentials.trust_pem(register)))

    def in_region(self, territory: str = ALGA) -> Cells:
        """The cells of a district's sheet as the region has them."""
        with Register.open(self.region) as register:
            return register.sheet(key(territory)).cells

    def enrols(self, territory: str, name: str) -> None:
        """A new clerk with a certificate of the region."""
        with (
            Register.create(self.clerk(territory), Office("clerk", territory, name)) as clerk,
            Register.open(self.region) as region,
        ):
            asked = credentials.request(clerk, PASSPHRASE)
            given = credentials.certify(region, asked, territory, name, PASSPHRASE)
            credentials.enrol(clerk, given)


def make_world(folder: Path) -> World:
    """The region with its authority, and two clerks that can sign."""
    world = World(folder)
    world.stick.mkdir()
    with Register.create(world.region, Office("region", REGION, "Ерлан Сапаров")) as region:
        credentials.create_authority(region, PASSPHRASE)
    world.enrols(ALGA, "Айгүл Серікова")
    world.enrols(MARTUK, "Нұрлан Әбдіқадыр")
    return world

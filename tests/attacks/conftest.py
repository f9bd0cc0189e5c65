"""Good packages to make bad ones of, and the office that is to take them in."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from taza_desktop.merging.apply import apply
from taza_desktop.merging.preview import Preview
from taza_desktop.packages import read
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from tests.attacks.kit import Given
from tests.attacks.table import SAMPLES
from tests.packages.kit import COORDINATOR, Sample, dumped, new_register


class OfficeDesk:
    """A coordinator who has merged the good package of each kind already."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def take(self, given: Given, path: Path, sample: Sample) -> Preview:
        """Verify and merge what came, as the window and `merge` do."""
        path.write_bytes(given.data)
        return apply(self.register, self.look(path, given, sample))

    def take_all(self, several: list[Given], folder: Path, sample: Sample) -> None:
        """All of them, or none."""
        with self.register.transaction():
            for number, one in enumerate(several):
                self.take(one, folder / f"{number}.taza", sample)

    def look(self, path: Path, given: Given, sample: Sample) -> Opened:
        """Verify only."""
        return read.verify(path, given.trust, sample.plan, given.moment)

    def state(self) -> tuple[bytes, str]:
        """The canonical dump, and the hash of every page of the database."""
        return dumped(self.register), sha256(self.register.db.serialize()).hexdigest()


@pytest.fixture(scope="session")
def samples() -> dict[str, Sample]:
    return {kind: make() for kind, make in SAMPLES.items()}


@pytest.fixture(scope="session")
def office(
    samples: dict[str, Sample], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OfficeDesk]:
    folder = tmp_path_factory.mktemp("office")
    with new_register(folder, "region", COORDINATOR) as register:
        desk = OfficeDesk(register)
        for sample in samples.values():
            good = Given(sample.good(), sample.authority.trust)
            desk.take(good, folder / "good.taza", sample)
        yield desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """The folder that a package comes in; nothing else may appear there."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder

"""`taza-desktop merge` says no: exit code 1, one line with the code, nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from taza_desktop.cli.app import run
from taza_desktop.packages import credentials
from taza_desktop.register.register import Register
from tests.attacks import containers, envelopes, manifests, pictures, rows, signatures
from tests.attacks.kit import Attack, given
from tests.packages.kit import COORDINATOR, Sample, cheap, dumped, new_register, new_sample

SAMPLE: dict[str, tuple[str, Attack]] = {
    f"{code}-{name}": (code, table[code][name])
    for table, code, name in (
        (containers.REFUSED, "PKG-NOT-ONE", "a picture"),
        (containers.REFUSED, "PKG-ENTRY", "a path upwards"),
        (containers.REFUSED, "PKG-DIRECTORY", "a symbolic link"),
        (containers.REFUSED, "PKG-TOO-BIG", "a bomb"),
        (signatures.REFUSED, "PKG-STRANGER", "self-signed"),
        (signatures.REFUSED, "PKG-SIGNATURE", "wrapped: the signed manifest moved aside"),
        (manifests.REFUSED, "PKG-MANIFEST", "a file of this PC in an entity"),
        (manifests.REFUSED, "PKG-CHANGED", "records changed"),
        (envelopes.REFUSED, "PKG-AUDIENCE", "for a neighbour"),
        (envelopes.REFUSED, "PKG-NEWER", "a newer major version"),
        (rows.REFUSED, "PKG-ROW", "nested too deeply"),
        (pictures.REFUSED, "PKG-ATTACHMENT", "a program"),
    )
}


@dataclass
class Desk:
    """A coordinator's register that believes the authority of the sample."""

    file: Path
    sample: Sample

    def dump(self) -> bytes:
        with Register.open(self.file) as register:
            return dumped(register)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder, sample = tmp_path_factory.mktemp("desk"), new_sample()
    with new_register(folder, "region", COORDINATOR) as register:
        credentials.create_authority(register, cheap())
    return Desk(folder / "region.taza-register", sample)


@pytest.mark.parametrize("name", SAMPLE)
def test_merging_is_refused_with_exit_code_1(
    name: str,
    desk: Desk,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
):
    code, attack = SAMPLE[name]
    made = given(attack, desk.sample)
    monkeypatch.setattr("taza_desktop.packages.credentials.trusted", lambda _: [made.trust])
    monkeypatch.setattr("taza_desktop.cli.merging.load_plan", lambda: desk.sample.plan)
    path, before = stick / "sample.taza", desk.dump()
    path.write_bytes(made.data)
    capfd.readouterr()
    assert run(["--lang", "kk", "merge", str(desk.file), str(path)], _nothing) == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{code}: ")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    assert desk.dump() == before
    assert list(stick.iterdir()) == [path]


def _nothing(*_: object) -> None:
    raise AssertionError("nothing is printed")

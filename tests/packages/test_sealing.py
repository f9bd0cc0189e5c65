"""Packages that only the office they are for can open."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.packages import card, code, credentials, limits, read, sealing
from taza_desktop.packages.keys import Keyring
from taza_desktop.packages.sealing import Identities
from taza_desktop.packages.write import export
from taza_desktop.plan.rounds import Round
from taza_desktop.register.register import Register
from tests.packages.kit import COORDINATOR, KEY, cheap, new_register, one_form

ONE, OTHER = sealing.new_identity(), sealing.new_identity()
TO = [sealing.recipient_of(ONE), sealing.recipient_of(OTHER)]


@pytest.fixture
def sealed(tmp_path: Path, region: Register, clerk: Register, secret: Keyring) -> Path:
    """What a clerk sends who has opened the card."""
    card.take(clerk, card.make(region, secret), code.say(card.digits(region)))
    clerk.set_cell(KEY, "planted", 5)
    return export(clerk, one_form(), Round.parse("2024"), tmp_path / "out", secret).path


def refused(code: str):
    return pytest.raises(Refusal, match=f"^{code}:")


def sent(clerk: Register) -> bytes:
    """The container of the only package that was sent."""
    (package,) = clerk.packages("out")
    return clerk.container(package.envelope.package_id)


def age(identity: str, file: Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """What Debian's age makes of it."""
    (folder / "identity").write_text(identity + "\n")
    return subprocess.run(
        ["age", "-d", "-i", "identity", str(file)], cwd=folder, capture_output=True
    )


@pytest.mark.parametrize("identity", [ONE, OTHER], ids=["coordinator", "deputy"])
def test_each_of_two_opens_it_alone(identity: str, tmp_path: Path):
    data = sealing.seal(b"figures", TO)
    assert sealing.is_sealed(data)
    assert b"figures" not in data
    assert sealing.unseal(data, [identity], "x") == b"figures"
    (tmp_path / "file.age").write_bytes(data)
    assert age(identity, tmp_path / "file.age", tmp_path).stdout == b"figures"


def test_what_is_not_sealed_is_given_back():
    assert sealing.unseal(b"plain", None, "x") == b"plain"


def test_nobody_else_opens_it():
    data = sealing.seal(b"figures", TO)
    with refused("PKG-NOT-FOR-US"):
        sealing.unseal(data, [sealing.new_identity(), sealing.new_identity()], "x")
    with refused("PKG-NOT-FOR-US"):
        sealing.unseal(data, [], "x")
    with refused("PKG-SEALED"):
        sealing.unseal(data, None, "x")


@pytest.mark.parametrize("place", [30, 200, -1])
def test_one_changed_byte_is_noticed(place: int):
    data = bytearray(sealing.seal(b"figures" * 50_000, TO))
    data[place] ^= 1
    with pytest.raises(Refusal, match=r"^PKG-(SEAL-BROKEN|NOT-FOR-US):"):
        sealing.unseal(bytes(data), [ONE, OTHER], "x")


@pytest.mark.parametrize("keep", [22, 100, 400, 65_800, -1])
def test_what_was_cut_short_is_noticed(keep: int):
    data = sealing.seal(b"figures" * 50_000, TO)
    with refused("PKG-SEAL-BROKEN"):
        sealing.unseal(data[:keep], [ONE], "x")


def test_with_the_card_a_package_is_sealed(
    sealed: Path, region: Register, clerk: Register, secret: Keyring
):
    assert sealed.name.endswith(".taza.age")
    assert sealing.is_sealed(sealed.read_bytes())
    trust = credentials.trust_pem(region)
    opened = read.verify(sealed, trust, one_form(), identities=Identities(region, lambda: secret))
    assert opened.container == sent(clerk)


def test_without_the_card_it_is_not(clerk: Register, secret: Keyring, tmp_path: Path):
    clerk.set_cell(KEY, "planted", 5)
    made = export(clerk, one_form(), Round.parse("2024"), tmp_path, secret)
    assert made.path.suffix == ".taza"
    assert made.size == made.path.stat().st_size


def test_the_passphrase_is_asked_for_once_and_only_for_what_is_sealed(
    sealed: Path, region: Register, secret: Keyring, tmp_path: Path, clerk: Register
):
    asked: list[int] = []

    def ask() -> Keyring:
        asked.append(1)
        return secret

    identities, trust = Identities(region, ask), credentials.trust_pem(region)
    plain = tmp_path / "plain.taza"
    plain.write_bytes(sent(clerk))
    read.verify(plain, trust, one_form(), identities=identities)
    assert asked == []
    for _ in range(3):
        read.verify(sealed, trust, one_form(), identities=identities)
    assert asked == [1]


def test_a_wrong_passphrase_is_told_as_such(sealed: Path, region: Register):
    identities = Identities(region, lambda: cheap("other"))
    with refused("CRED-PASSPHRASE"):
        read.verify(sealed, credentials.trust_pem(region), one_form(), identities=identities)
    with refused("PKG-SEALED"):
        read.verify(sealed, credentials.trust_pem(region), one_form())


def test_a_clerk_cannot_open_what_was_sent(sealed: Path, clerk: Register, secret: Keyring):
    data = sealed.read_bytes()
    with refused("PKG-NOT-FOR-US"):
        sealing.unseal(data, Identities(clerk, lambda: secret), "x")


def test_a_register_without_keys_is_told_that_it_is_not_for_it(sealed: Path, tmp_path: Path):
    with (
        new_register(tmp_path, "empty", COORDINATOR) as empty,
        refused("PKG-NOT-FOR-US"),
    ):
        sealing.unseal(sealed.read_bytes(), Identities(empty, lambda: "x"), "x")


def test_one_key_under_another_passphrase_does_not_stop_the_others(
    sealed: Path, region: Register, secret: Keyring
):
    stored = region.credential("operator")
    other = cheap("other")
    region.put_credential("operator", **{**stored, "key": secret.relock(stored["key"], other)})
    for ring in (cheap(), other):
        identities = Identities(region, lambda ring=ring: ring)
        assert sealing.unseal(sealed.read_bytes(), identities, "x")


def test_debians_age_opens_a_sealed_package(
    sealed: Path, region: Register, secret: Keyring, clerk: Register, tmp_path: Path
):
    (identity,) = secret.identities(credentials.operator(region).key)
    (deputy,) = secret.identities(region.credential("authority")["key"])
    container = sent(clerk)
    for each in (identity, deputy):
        done = age(each, sealed, tmp_path)
        assert done.stdout == container, done.stderr
    assert age(sealing.new_identity(), sealed, tmp_path).returncode != 0


def test_the_largest_package_fits_when_it_is_sealed():
    size = 3 * limits.MB
    added = len(sealing.seal(bytes(size), [*TO, *TO, *TO])) - size
    assert added * (limits.FILE // size + 1) < limits.SEALED - limits.FILE

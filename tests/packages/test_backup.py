"""Backups of keys, put back where they are needed."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from taza_desktop.errors import EnvironmentFault, Refusal
from taza_desktop.packages import backup, card, certificates, credentials, passphrase, private
from taza_desktop.packages.keys import Keyring
from taza_desktop.packages.sealing import Identities, seal, unseal
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import (
    CLERK,
    COORDINATOR,
    DISTRICT,
    REGION,
    cheap,
    enrolled,
    new_register,
)

DEPUTY = Office("region", REGION, "Сәуле Ахметова")


def refused(code: str):
    return pytest.raises(Refusal, match=f"^{code}:")


def test_a_coordinator_goes_on_at_another_pc(
    region: Register, clerk: Register, secret: Keyring, tmp_path: Path
):
    kept = backup.backup(region)
    with new_register(tmp_path, "again", COORDINATOR) as again:
        put = backup.restore(again, kept, cheap())
        assert set(put) == {"authority", "operator"}
        assert credentials.trust_pem(again) == credentials.trust_pem(region)
        assert credentials.operator(again) == credentials.operator(region)
        assert credentials.issued(again) == credentials.issued(region)
        enrolled(clerk, again, secret)


def test_a_deputy_signs_under_the_own_name(region: Register, secret: Keyring, tmp_path: Path):
    sealed = seal(b"figures", [region.credential("authority")["deputy"].decode()])
    with new_register(tmp_path, "deputy", DEPUTY) as deputy:
        assert backup.restore(deputy, backup.backup(region, deputy=True), cheap()) == ["authority"]
        operator = credentials.operator(deputy)
        assert certificates.name_of(operator.certificate) == DEPUTY.name
        assert operator.serial != credentials.operator(region).serial
        assert [one.name for one in credentials.issued(deputy)] == [COORDINATOR.name]
        assert card.digits(deputy) == card.digits(region)
        assert unseal(sealed, Identities(deputy, cheap), "x") == b"figures"
        assert len(card.card_file.read(card.make(deputy, secret)).recipients) == 3


def test_a_clerk_goes_on_with_the_same_certificate(
    clerk: Register, secret: Keyring, tmp_path: Path
):
    with new_register(tmp_path, "again", CLERK) as again:
        assert backup.restore(again, backup.backup(clerk), secret) == ["person"]
        assert credentials.person(again) == credentials.person(clerk)


def test_a_waiting_request_is_kept_too(secret: Keyring, tmp_path: Path, region: Register):
    with (
        new_register(tmp_path, "one", CLERK) as one,
        new_register(tmp_path, "two", CLERK) as two,
    ):
        asked = credentials.request(one, secret)
        assert backup.restore(two, backup.backup(one), secret) == ["request"]
        credentials.enrol(two, credentials.certify(region, asked, DISTRICT, "X", secret))


def test_what_came_after_the_backup_stays(region: Register, clerk: Register, secret: Keyring):
    kept = backup.backup(region)
    enrolled(clerk, region, secret)
    serial = credentials.issued(region)[0].serial
    credentials.revoke(region, serial, datetime.now(UTC), secret)
    before, list_before = credentials.issued(region), credentials.trust_pem(region)
    backup.restore(region, kept, secret)
    assert credentials.issued(region) == before
    assert credentials.trust_pem(region) == list_before


def test_after_an_old_backup_lists_and_numbers_go_on(
    region: Register, clerk: Register, secret: Keyring, tmp_path: Path
):
    kept = backup.backup(region)
    later = card.make(region, secret)
    with new_register(tmp_path, "again", COORDINATOR) as again:
        backup.restore(again, kept, secret)
        assert card.take(again, later).number == card.card_file.read(later).number
        newest = card.make(again, secret)
        assert card.card_file.read(newest).number > card.card_file.read(later).number


def test_an_older_certificate_does_not_replace_a_newer_one(
    region: Register, clerk: Register, secret: Keyring
):
    kept = backup.backup(clerk)
    now = clerk.clock
    clerk.clock = region.clock = lambda: now() + 86_400
    enrolled(clerk, region, secret)
    before = credentials.person(clerk)
    assert "person" not in backup.restore(clerk, kept, secret)
    assert credentials.person(clerk) == before


@pytest.mark.parametrize("office", [CLERK, Office("region", "710000000", "Астана")])
def test_a_backup_belongs_to_its_office(
    region: Register, secret: Keyring, tmp_path: Path, office: Office
):
    with (
        new_register(tmp_path, "other", office) as other,
        refused("CRED-BACKUP-ELSEWHERE"),
    ):
        backup.restore(other, backup.backup(region), secret)


def test_another_authority_is_never_overwritten(region: Register, secret: Keyring, tmp_path: Path):
    with new_register(tmp_path, "other", COORDINATOR) as other:
        credentials.create_authority(other, secret)
        before = other.credential("authority")
        with refused("CRED-BACKUP-OTHER"):
            backup.restore(other, backup.backup(region), secret)
        assert other.credential("authority") == before


def test_a_wrong_passphrase_restores_nothing(region: Register, tmp_path: Path):
    with new_register(tmp_path, "again", COORDINATOR) as again:
        with refused("CRED-PASSPHRASE"):
            backup.restore(again, backup.backup(region), cheap("other"))
        assert not again.credential("authority")


def test_an_empty_register_has_nothing_to_keep(tmp_path: Path, secret: Keyring):
    with new_register(tmp_path, "empty", CLERK) as empty:
        with refused("CRED-NO-KEYS"):
            backup.backup(empty)
        with refused("CRED-NO-KEYS"):
            passphrase.change(empty, secret, cheap("new"))


def _with(kept: bytes, **values: object) -> bytes:
    said = {**json.loads(kept), **values}
    return json.dumps({**said, "sha256": backup.digest(said["credentials"])}).encode()


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("CRED-BACKUP", {"format": "x"}),
        ("CRED-BACKUP", {"credentials": {}}),
        ("CRED-BACKUP", {"credentials": {"site": {"key": ""}}}),
        ("CRED-BACKUP", {"credentials": {"person": {"key": "%"}}}),
        ("CRED-BACKUP", {"credentials": {"person": {"certificate": ""}}}),
        ("CRED-BACKUP", {"credentials": {"person": {"key": "", "evil": ""}}}),
        ("CRED-BACKUP", {"credentials": {"person": 3}}),
        ("CRED-BACKUP", {"credentials": []}),
        ("CRED-BACKUP", {"credentials": ["person"]}),
        ("CRED-BACKUP", {"credentials": {"person": {"key": "", "certificate": "", "trust": ""}}}),
        ("CRED-BACKUP", {"version": None}),
        ("CRED-BACKUP-NEWER", {"version": "2.0"}),
        ("CRED-BACKUP-NEWER", {"critical": ["x"]}),
        ("CRED-BACKUP-ELSEWHERE", {"territory": ["x"]}),
    ],
    ids=str,
)
def test_a_backup_of_another_form_is_refused(
    region: Register, secret: Keyring, tmp_path: Path, code: str, values: dict[str, object]
):
    kept = _with(backup.backup(region), **values)
    with new_register(tmp_path, "again", COORDINATOR) as again, refused(code):
        backup.restore(again, kept, secret)


@pytest.mark.parametrize("part", ["certificate", "crl"])
def test_a_part_that_cannot_be_read_is_refused(
    region: Register, clerk: Register, secret: Keyring, tmp_path: Path, part: str
):
    kept = backup.backup(region)
    credentials_ = json.loads(kept)["credentials"]
    credentials_["authority"][part] = credentials_["authority"][part][200:]
    damaged = json.dumps({**json.loads(kept), "credentials": credentials_}).encode()
    with new_register(tmp_path, "again", COORDINATOR) as again:
        for data in (damaged, _with(damaged)):
            with pytest.raises(Refusal, match=r"^CRED-(BACKUP|TRUST):"):
                backup.restore(again, data, secret)
        assert not again.credential("authority")


def test_one_lost_letter_is_noticed(region: Register, secret: Keyring, tmp_path: Path):
    kept = bytearray(backup.backup(region))
    kept[len(kept) // 2] ^= 1
    with new_register(tmp_path, "again", COORDINATOR) as again, refused("CRED-BACKUP"):
        backup.restore(again, bytes(kept), secret)


@pytest.mark.parametrize("kept", [b"", b"noise", b"[]", b"{", b'{"format":"taza-backup"}'])
def test_noise_is_no_backup(clerk: Register, secret: Keyring, kept: bytes):
    with refused("CRED-BACKUP"):
        backup.restore(clerk, kept, secret)


def test_a_key_must_be_that_of_its_certificate(
    region: Register, clerk: Register, secret: Keyring, tmp_path: Path
):
    kept = backup.backup(region)
    named = json.loads(kept)["credentials"]
    named["operator"]["key"] = named["authority"]["key"]
    with (
        new_register(tmp_path, "again", COORDINATOR) as again,
        refused("CRED-BACKUP"),
    ):
        backup.restore(again, _with(kept, credentials=named), secret)


# the passphrase


def test_every_key_gets_the_new_passphrase(region: Register, secret: Keyring):
    new = cheap("жаңа")
    assert passphrase.change(region, secret, new) == []
    with refused("CRED-PASSPHRASE"):
        card.make(region, cheap())
    card.make(region, cheap("жаңа"))
    assert list(Identities(region, lambda: cheap("жаңа")))


def test_a_wrong_or_an_empty_passphrase_changes_nothing(region: Register, secret: Keyring):
    before = region.credential("authority")
    with refused("CRED-PASSPHRASE"):
        passphrase.change(region, cheap("other"), cheap("new"))
    with refused("CRED-NO-PASSPHRASE"):
        passphrase.change(region, secret, cheap(""))
    assert region.credential("authority") == before


def test_a_key_with_another_passphrase_keeps_it(clerk: Register, secret: Keyring):
    credentials.request(clerk, cheap("other"))
    before = clerk.credential("request")
    assert passphrase.change(clerk, secret, cheap("new")) == ["request"]
    assert clerk.credential("request") == before


def test_an_old_backup_keeps_the_old_passphrase(clerk: Register, secret: Keyring, tmp_path: Path):
    kept = backup.backup(clerk)
    passphrase.change(clerk, secret, cheap("new"))
    with new_register(tmp_path, "again", CLERK) as again:
        with refused("CRED-PASSPHRASE"):
            backup.restore(again, kept, cheap("new"))
        backup.restore(again, kept, cheap())


# files that only their user may read


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_a_private_file_is_its_users_alone(tmp_path: Path):
    old = os.umask(0)
    try:
        private.write(tmp_path / "deep" / "keys", b"x")
        private.write(tmp_path / "deep" / "keys", b"y")
    finally:
        os.umask(old)
    there = tmp_path / "deep" / "keys"
    assert there.read_bytes() == b"y"
    assert stat.S_IMODE(there.stat().st_mode) == 0o600
    assert [path.name for path in there.parent.iterdir()] == ["keys"]


def test_a_disk_that_refuses_leaves_nothing(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(EnvironmentFault):
        private.write(tmp_path / "file" / "keys", b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_no_crash_writes_the_memory_to_the_disk():
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import resource; from taza_desktop.packages.private import no_core_dumps;"
            "no_core_dumps(); print(resource.getrlimit(resource.RLIMIT_CORE))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "(0, 0)"

"""The authority of an office, requests, certificates, taking back."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from taza_desktop.errors import Refusal
from taza_desktop.packages import certificates, credentials, revocations
from taza_desktop.packages.keys import Keyring
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import (
    CLERK,
    COORDINATOR,
    DISTRICT,
    NEIGHBOUR,
    REGION,
    cheap,
    enrolled,
    new_register,
)


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Register]:
    """A clerk who has no certificate yet."""
    with new_register(tmp_path, "stranger", CLERK) as register:
        yield register


def test_who_signs_is_who_the_coordinator_says(
    region: Register, stranger: Register, secret: Keyring
):
    asked = credentials.request(stranger, secret)
    given = credentials.certify(region, asked, DISTRICT, "Айгүл С.", secret)
    person = credentials.enrol(stranger, given)
    assert certificates.name_of(person.certificate) == "Айгүл С."
    assert certificates.territory_of(person.certificate) == DISTRICT
    assert person.audience == REGION


def test_openssl_finds_the_certificate_good(
    region: Register, clerk: Register, secret: Keyring, tmp_path: Path
):
    (tmp_path / "trust.pem").write_bytes(credentials.trust_pem(region))
    (tmp_path / "person.pem").write_bytes(clerk.credential("person")["certificate"])
    check = "openssl verify -x509_strict -crl_check -purpose smimesign -CAfile trust.pem person.pem"
    done = subprocess.run(check.split(), cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_coordinator_has_an_authority_and_is_a_person_too(
    region: Register, secret: Keyring, tmp_path: Path
):
    with new_register(tmp_path, "top", Office("ministry", "000000000", "Министрлік")) as top:
        credentials.create_authority(top, secret)
        enrolled(region, top, secret)
    assert credentials.person(region).audience == "000000000"
    assert certificates.read_trust(credentials.trust_pem(region)).territory == REGION


def test_the_certificate_in_use_stays_until_the_answer_comes(
    region: Register, clerk: Register, secret: Keyring
):
    before = credentials.person(clerk).serial
    asked = credentials.request(clerk, secret)
    assert credentials.person(clerk).serial == before
    given = credentials.certify(region, asked, DISTRICT, CLERK.name, secret)
    assert credentials.enrol(clerk, given).serial != before
    assert not clerk.credential("request")


def test_a_certificate_lasts_two_years_and_an_authority_ten(region: Register, clerk: Register):
    person = credentials.person(clerk).certificate
    authority = certificates.read_trust(credentials.trust_pem(region)).authority
    now = datetime.now(UTC)
    assert person.not_valid_before_utc < now - timedelta(days=1)
    for certificate, years in ((person, 2), (authority, 10)):
        left = certificate.not_valid_after_utc - now
        assert timedelta(days=365 * years - 1) < left <= timedelta(days=365 * years)


def test_a_person_may_not_certify(clerk: Register):
    certificate = credentials.person(clerk).certificate
    constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert not constraints.value.ca


def test_taking_back_is_listed_and_stays_listed(region: Register, clerk: Register, secret: Keyring):
    (one,) = credentials.issued(region)
    assert (one.name, one.territory, one.revoked) == (CLERK.name, DISTRICT, False)
    credentials.revoke(region, one.serial, datetime.now(UTC), secret)
    credentials.revoke(region, one.serial, datetime.now(UTC), secret)
    trust = certificates.read_trust(credentials.renew_crl(region, secret))
    assert [one.revoked for one in credentials.issued(region)] == [True]
    assert len(trust.crl) == 1
    assert revocations.revoked(region) == {one.serial: datetime.now(UTC).date()}
    assert revocations.revoked(clerk) == {}


def test_each_list_has_a_greater_number_and_lasts_longer_than_a_year(
    region: Register, secret: Keyring
):
    numbers = list[int]()
    for _ in range(3):
        crl = certificates.read_trust(credentials.renew_crl(region, secret)).crl
        numbers.append(crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number)
    assert numbers == sorted(set(numbers))
    assert numbers[0] > datetime(2025, 1, 1, tzinfo=UTC).timestamp()
    assert crl.next_update_utc is not None
    assert crl.next_update_utc > datetime.now(UTC) + timedelta(days=399)


@pytest.mark.parametrize("letters", [1, 31, 32, 33, 200])
def test_a_name_may_be_long(
    region: Register, stranger: Register, secret: Keyring, letters: int, tmp_path: Path
):
    asked = credentials.request(stranger, secret)
    given = credentials.certify(region, asked, DISTRICT, "ұ" * letters, secret)
    person = credentials.enrol(stranger, given)
    assert certificates.name_of(person.certificate) == "ұ" * letters
    (one,) = credentials.issued(region)
    assert one.name == "ұ" * letters


def _refused(code: str):
    return pytest.raises(Refusal, match=f"^{code}:")


def test_one_authority_is_enough(region: Register, secret: Keyring):
    with _refused("CRED-AUTHORITY-EXISTS"):
        credentials.create_authority(region, secret)


def test_without_an_authority_nothing_is_certified(stranger: Register, secret: Keyring):
    with _refused("CRED-NO-AUTHORITY"):
        credentials.trust_pem(stranger)
    with _refused("CRED-NO-AUTHORITY"):
        credentials.certify(stranger, b"", DISTRICT, "X", secret)


def test_nobody_is_certified_for_a_territory_elsewhere(
    region: Register, stranger: Register, secret: Keyring
):
    asked = credentials.request(stranger, secret)
    for elsewhere in ("710000000", "000000000"):
        with _refused("CRED-NOT-YOURS"):
            credentials.certify(region, asked, elsewhere, "X", secret)
    with _refused("PLAN-TERRITORY"):
        credentials.certify(region, asked, "999999999", "X", secret)


@pytest.mark.parametrize("asked", [b"", b"noise", b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA"])
def test_noise_is_no_request(region: Register, secret: Keyring, asked: bytes):
    with _refused("CRED-REQUEST"):
        credentials.certify(region, asked, DISTRICT, "X", secret)


def test_a_request_that_its_key_did_not_sign_is_none(region: Register, secret: Keyring):
    from cryptography.hazmat.primitives.serialization import Encoding

    asked = certificates.read_request(
        certificates.new_request(certificates.new_key(), DISTRICT, "X")
    )
    forged = bytearray(asked.public_bytes(Encoding.DER))
    forged[-1] ^= 1
    import base64

    pem = (
        b"-----BEGIN CERTIFICATE REQUEST-----\n"
        + base64.encodebytes(bytes(forged))
        + b"-----END CERTIFICATE REQUEST-----\n"
    )
    with _refused("CRED-REQUEST"):
        credentials.certify(region, pem, DISTRICT, "X", secret)


def test_an_answer_must_fit_the_request(region: Register, stranger: Register, secret: Keyring):
    with _refused("CRED-NO-REQUEST"):
        credentials.enrol(stranger, b"")
    first = credentials.request(stranger, secret)
    credentials.request(stranger, secret)
    given = credentials.certify(region, first, DISTRICT, "X", secret)
    with _refused("CRED-OTHER-KEY"):
        credentials.enrol(stranger, given)
    with _refused("CRED-BUNDLE"):
        credentials.enrol(stranger, credentials.trust_pem(region))
    assert not stranger.credential("person")


def test_an_answer_must_be_for_the_own_territory(
    region: Register, stranger: Register, secret: Keyring
):
    asked = credentials.request(stranger, secret)
    given = credentials.certify(region, asked, NEIGHBOUR, "X", secret)
    with _refused("CRED-OTHER-TERRITORY"):
        credentials.enrol(stranger, given)


def test_an_answer_by_somebody_else_under_the_authoritys_name_is_none(
    region: Register, stranger: Register, secret: Keyring, tmp_path: Path
):
    with new_register(tmp_path, "false", COORDINATOR) as false:
        credentials.create_authority(false, secret)
        given = credentials.certify(
            false, credentials.request(stranger, secret), DISTRICT, "X", secret
        )
    person = given[: given.index(b"-----END CERTIFICATE-----") + 26]
    with _refused("CRED-BUNDLE"):
        credentials.enrol(stranger, person + credentials.trust_pem(region))


def test_a_certificate_that_was_not_issued_cannot_be_taken_back(region: Register, secret: Keyring):
    with _refused("CRED-UNKNOWN"):
        credentials.revoke(region, "abc", datetime.now(UTC), secret)


def test_a_wrong_passphrase_changes_nothing(region: Register, clerk: Register, secret: Keyring):
    before = region.credential("authority")
    (one,) = credentials.issued(region)
    with _refused("CRED-PASSPHRASE"):
        credentials.revoke(region, one.serial, datetime.now(UTC), cheap("other"))
    assert region.credential("authority") == before

"""Certificates over the years: operators, renewal, loss, theft, another authority."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.packages import authority, card, certificates, code, credentials, encoding, read
from taza_desktop.packages.keys import Keyring
from taza_desktop.packages.sealing import Identities, seal, unseal
from taza_desktop.packages.write import export
from taza_desktop.plan.rounds import Round
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.packages.kit import (
    CLERK,
    COORDINATOR,
    DISTRICT,
    KEY,
    NEIGHBOUR,
    REGION,
    cheap,
    enrolled,
    new_register,
    one_form,
)

COLLEAGUE = Office("region", REGION, "Сәуле Ахметова")
DAY = timedelta(days=1)


@pytest.fixture
def colleague(tmp_path: Path, region: Register, secret: Keyring) -> Iterator[Register]:
    """A second coordinator, certified by the first one."""
    with new_register(tmp_path, "colleague", COLLEAGUE) as register:
        enrolled(register, region, secret)
        yield register


def refused(code: str):
    return pytest.raises(Refusal, match=f"^{code}:")


def later(register: Register, by: timedelta) -> None:
    """Let the clock of a register stand so much later."""
    now = register.clock
    register.clock = lambda: now() + by.total_seconds()


def sent(clerk: Register, folder: Path, secret: Keyring) -> Path:
    clerk.set_cell(KEY, "planted", 5)
    return export(clerk, one_form(), Round.parse("2024"), folder, secret).path


def opened(package: Path, by: Register, moment: datetime | None = None):
    return read.verify(package, credentials.trust_pem(by), one_form(), moment)


# operators


def test_an_authority_has_an_operator_for_its_own_territory(region: Register):
    operator = credentials.operator(region)
    trust = certificates.read_trust(credentials.trust_pem(region))
    assert certificates.territory_of(operator.certificate) == operator.audience == REGION
    assert certificates.name_of(operator.certificate) == COORDINATOR.name
    assert trust.gave(operator.certificate)
    assert credentials.issued(region) == [], "the own operator is no other person"


def test_a_clerk_is_no_operator(clerk: Register):
    with refused("CRED-NO-OPERATOR"):
        credentials.operator(clerk)


def test_a_colleague_verifies_and_signs_but_does_not_certify(
    region: Register, colleague: Register, clerk: Register, secret: Keyring, tmp_path: Path
):
    operator = credentials.operator(colleague)
    assert operator.audience == REGION
    assert not colleague.credential("person")
    assert certificates.read_trust(credentials.trust_pem(colleague)).gave(operator.certificate)
    assert opened(sent(clerk, tmp_path, secret), colleague).signer.territory == DISTRICT
    with refused("CRED-NO-AUTHORITY"):
        credentials.certify(colleague, b"", DISTRICT, "X", secret)
    with refused("CRED-NO-AUTHORITY"):
        card.make(colleague, secret)
    assert [one.name for one in credentials.issued(region)] == [COLLEAGUE.name, CLERK.name]


def test_a_colleague_may_have_a_person_above_too(
    colleague: Register, secret: Keyring, tmp_path: Path
):
    with new_register(tmp_path, "top", Office("ministry", "000000000", "Министрлік")) as top:
        credentials.create_authority(top, secret)
        enrolled(colleague, top, secret)
    person = credentials.person(colleague)
    assert person.audience == "000000000"
    assert person.recipient == credentials.operator(colleague).recipient, "one passphrase opens all"


def first_release(region: Register) -> dict[str, bytes]:
    """A register as the first release left it."""
    stored = region.credential("authority")
    old = {part: stored[part] for part in ("key", "certificate", "crl", "issued")}
    old["issued"] = b""
    region.put_credential("authority", **old)
    region.put_credential("operator")
    return old


def test_a_register_of_the_first_release_gets_what_it_lacks(region: Register, secret: Keyring):
    old = first_release(region)
    with refused("CRED-NO-OPERATOR"):
        credentials.operator(region)
    with refused("CRED-PASSPHRASE"):
        credentials.operator(region, cheap("other"))
    operator = credentials.operator(region, secret)
    assert credentials.operator(region) == operator
    now = region.credential("authority")
    assert now["certificate"] == old["certificate"]
    assert now["deputy"].startswith(b"age1")
    assert len(card.card_file.read(card.make(region, secret)).recipients) == 2


def test_a_key_of_the_first_release_opens(region: Register, secret: Keyring):
    ring = cheap()
    key = certificates.new_key()
    locked = ring._protector.lock(encoding.private_der(key), "жасыл желек")
    assert encoding.public_key(ring.unlock(locked)) == encoding.public_key(key)
    assert ring.identities(locked) == []


def test_an_operator_is_renewed_before_its_end(region: Register, secret: Keyring):
    before = credentials.operator(region)
    later(region, timedelta(days=600))
    assert credentials.operator(region, secret) == before
    later(region, timedelta(days=60))
    after = credentials.operator(region, secret)
    assert after.serial != before.serial
    assert after.key == before.key
    assert after.recipient == before.recipient


def test_a_revoked_operator_gets_a_successor_with_another_key(region: Register, secret: Keyring):
    before = credentials.operator(region)
    credentials.revoke(region, before.serial, datetime.now(UTC), secret)
    after = credentials.operator(region)
    assert encoding.public_key(after.certificate) != encoding.public_key(before.certificate)
    assert [one.revoked for one in credentials.issued(region)] == [True]


# the phone call


def test_the_call_must_fit_the_request(region: Register, secret: Keyring, tmp_path: Path):
    with new_register(tmp_path, "stranger", CLERK) as stranger:
        asked = credentials.request(stranger, secret)
        heard = code.say(credentials.phone_code(stranger))
    wrong = heard[:-1] + str((int(heard[-1]) + 1) % 10)
    with refused("CRED-HEARD"):
        credentials.certify(region, asked, DISTRICT, "X", secret, wrong)
    with refused("CRED-CODE-SHAPE"):
        credentials.certify(region, asked, DISTRICT, "X", secret, heard[:-1])
    assert credentials.issued(region) == []
    credentials.certify(region, asked, DISTRICT, "X", secret, heard)


def test_there_is_nothing_to_read_aloud_without_a_request(clerk: Register):
    with refused("CRED-NO-REQUEST"):
        credentials.phone_code(clerk)


# renewal, loss, theft


def test_renewal_needs_no_call_and_keeps_name_and_territory(
    region: Register, clerk: Register, secret: Keyring, tmp_path: Path
):
    before = credentials.person(clerk)
    answer = credentials.renew(region, credentials.renewal_request(clerk, secret), secret)
    after = credentials.enrol(clerk, answer)
    assert encoding.public_key(after.certificate) != encoding.public_key(before.certificate)
    assert certificates.name_of(after.certificate) == certificates.name_of(before.certificate)
    assert opened(sent(clerk, tmp_path, secret), region).signer.serial == after.serial
    under_way = seal(b"a return", [before.recipient])
    assert unseal(under_way, Identities(clerk, lambda: secret), "x") == b"a return"


def test_a_colleague_renews_the_own_certificate(
    region: Register, colleague: Register, secret: Keyring
):
    before = credentials.operator(colleague)
    answer = credentials.renew(region, credentials.renewal_request(colleague, secret), secret)
    assert credentials.enrol(colleague, answer) == credentials.operator(colleague)
    assert credentials.operator(colleague).serial != before.serial


def test_a_renewal_by_somebody_else_is_none(
    region: Register, clerk: Register, secret: Keyring, tmp_path: Path
):
    with new_register(tmp_path, "false", COORDINATOR) as false:
        credentials.create_authority(false, secret)
        with new_register(tmp_path, "forger", CLERK) as forger:
            enrolled(forger, false, secret)
            forged = credentials.renewal_request(forger, secret)
    with refused("PKG-STRANGER"):
        credentials.renew(region, forged, secret)
    mine = credentials.renewal_request(clerk, secret)
    first, second = mine.split(b"-----BEGIN CMS-----")
    other = credentials.request(clerk, secret)
    with refused("PKG-SIGNATURE"):
        credentials.renew(region, other + b"-----BEGIN CMS-----" + second, secret)
    for noise in (b"", first, other, b"x" * 10**6):
        with refused("CRED-RENEWAL"):
            credentials.renew(region, noise, secret)


def test_a_certificate_that_is_not_good_any_more_renews_nothing(
    region: Register, clerk: Register, secret: Keyring
):
    asked = credentials.renewal_request(clerk, secret)
    credentials.revoke(region, credentials.person(clerk).serial, datetime.now(UTC) - DAY, secret)
    with refused("PKG-REVOKED"):
        credentials.renew(region, asked, secret)
    later(region, timedelta(days=800))
    with refused("PKG-EXPIRED"):
        credentials.renew(region, asked, secret)


def test_a_wrong_passphrase_costs_no_waiting_request(clerk: Register, secret: Keyring):
    credentials.request(clerk, secret)
    before = clerk.credential("request")
    with refused("CRED-PASSPHRASE"):
        credentials.renewal_request(clerk, cheap("other"))
    assert clerk.credential("request") == before


def test_a_lost_key_costs_a_call_and_no_draft(
    region: Register, clerk: Register, secret: Keyring, tmp_path: Path
):
    clerk.set_cell(KEY, "planned", 7)
    lost = credentials.person(clerk).serial
    forgotten, new = secret, cheap("жаңа құпиясөз")
    asked = credentials.request(clerk, new)
    heard = code.say(credentials.phone_code(clerk))
    answer = credentials.certify(region, asked, DISTRICT, CLERK.name, forgotten, heard)
    credentials.revoke(region, lost, datetime.now(UTC), secret)
    credentials.enrol(clerk, answer)
    sheet = clerk.sheet(KEY)
    assert sheet is not None
    assert sheet.cells["planned"] == 7
    assert opened(sent(clerk, tmp_path, new), region).signer.serial != lost


def test_a_stolen_key_is_no_good_from_the_day_it_was_stolen(
    region: Register, clerk: Register, secret: Keyring, tmp_path: Path
):
    package = sent(clerk, tmp_path, secret)
    stolen = datetime.now(UTC) - timedelta(hours=6)
    serial = credentials.person(clerk).serial
    credentials.revoke(region, serial, datetime.now(UTC), secret)
    credentials.revoke(region, serial, stolen, secret)
    assert opened(package, region, stolen - DAY / 2).signer.serial == serial
    for moment in (stolen + DAY / 24, None):
        with refused("PKG-REVOKED"):
            opened(package, region, moment)
    credentials.revoke(region, serial, datetime.now(UTC), secret)
    with refused("PKG-REVOKED"):
        opened(package, region, stolen + DAY / 24)


def test_nobody_is_revoked_from_a_day_to_come(region: Register, clerk: Register, secret: Keyring):
    with refused("CRED-SINCE"):
        credentials.revoke(
            region, credentials.person(clerk).serial, datetime.now(UTC) + 3 * DAY, secret
        )


def test_a_person_who_moves_signs_for_the_other_district_only(
    region: Register, clerk: Register, secret: Keyring, tmp_path: Path
):
    there = Office("clerk", NEIGHBOUR, CLERK.name)
    with new_register(tmp_path, "there", there) as moved:
        enrolled(moved, region, secret)
        assert certificates.territory_of(credentials.person(moved).certificate) == NEIGHBOUR
    credentials.revoke(region, credentials.person(clerk).serial, datetime.now(UTC), secret)
    with refused("PKG-REVOKED"):
        opened(sent(clerk, tmp_path, secret), region)
    states = [(one.territory, one.revoked) for one in credentials.issued(region)]
    assert states == [(DISTRICT, True), (NEIGHBOUR, False)]


# another authority


def test_a_lost_authority_is_replaced_for_the_same_keys(
    region: Register, clerk: Register, colleague: Register, secret: Keyring, tmp_path: Path
):
    code_before = card.digits(region)
    card.take(clerk, card.make(region, secret), code.say(code_before))
    gone = cheap("nobody knows it any more")
    answers = credentials.replace_authority(region, gone)
    assert card.digits(region) != code_before
    assert [(one.name, one.territory) for one in answers] == [
        (CLERK.name, DISTRICT),
        (COLLEAGUE.name, REGION),
    ]
    with refused("CRED-OTHER-AUTHORITY"):
        credentials.enrol(clerk, answers[0].bundle)
    fresh = card.make(region, gone)
    with refused("CRED-CODE-NEEDED"):
        card.take(clerk, fresh)
    card.take(clerk, fresh, code.say(card.digits(region)))
    before = credentials.person(clerk)
    after = credentials.enrol(clerk, answers[0].bundle)
    assert (after.key, after.recipient) == (before.key, before.recipient)
    made = sent(clerk, tmp_path, secret)
    ids = Identities(region, lambda: gone)
    trust = credentials.trust_pem(region)
    assert read.verify(made, trust, one_form(), identities=ids).signer.serial == after.serial


def test_who_was_revoked_is_not_certified_again(region: Register, clerk: Register, secret: Keyring):
    credentials.revoke(region, credentials.person(clerk).serial, datetime.now(UTC), secret)
    assert credentials.replace_authority(region, secret) == []


def test_a_key_that_was_renewed_gets_one_certificate(
    region: Register, clerk: Register, secret: Keyring
):
    first = credentials.replace_authority(region, secret)
    again = credentials.replace_authority(region, secret)
    assert len(first) == len(again) == 1


def test_a_failure_leaves_the_old_authority(region: Register, clerk: Register):
    before = {name: region.credential(name) for name in ("authority", "operator")}
    with refused("CRED-NO-PASSPHRASE"):
        credentials.replace_authority(region, cheap(""))
    assert {name: region.credential(name) for name in before} == before


def test_the_authority_of_a_colleague_is_not_replaced(colleague: Register, secret: Keyring):
    with refused("CRED-NO-AUTHORITY"):
        credentials.replace_authority(colleague, secret)
    with refused("CRED-NO-AUTHORITY"):
        authority.unlocked(colleague, secret)

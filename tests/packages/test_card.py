"""The card of an office, and what it lets a clerk do."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.packages import (
    armour,
    authority,
    card,
    card_file,
    certificates,
    code,
    credentials,
    encoding,
    letter,
    recipients,
)
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

COLLEAGUE = Office("region", REGION, "Сәуле Ахметова")


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Register]:
    """A clerk who has nothing yet."""
    with new_register(tmp_path, "stranger", CLERK) as register:
        yield register


@pytest.fixture
def colleague(tmp_path: Path, region: Register, secret: Keyring) -> Iterator[Register]:
    """A second coordinator, certified by the first one."""
    with new_register(tmp_path, "colleague", COLLEAGUE) as register:
        enrolled(register, region, secret)
        yield register


def digits(of: Register) -> str:
    return code.say(card.digits(of))


def refused(code: str):
    return pytest.raises(Refusal, match=f"^{code}:")


def changed(made: bytes, **values: object) -> bytes:
    """The same card with other words, under the old signature."""
    said, signed = armour.read(made, "TAZA CARD", "SIGNATURE")
    return armour.write(
        ("TAZA CARD", json.dumps({**json.loads(said), **values}).encode()), ("SIGNATURE", signed)
    )


def signed_anew(made: bytes, region: Register, secret: Keyring, **values: object) -> bytes:
    """The same card with other words, as the authority itself would sign them."""
    said, _ = armour.read(made, "TAZA CARD", "SIGNATURE")
    words = json.dumps({**json.loads(said), **values}).encode()
    held = authority.unlocked(region, secret)
    return armour.write(("TAZA CARD", words), ("SIGNATURE", card_file.sign(held, words)))


def test_a_card_says_what_a_clerk_needs(region: Register, secret: Keyring):
    made = card.make(region, secret, {"kind": "folder", "path": "T:/taza"})
    read = card_file.read(made)
    own = credentials.operator(region)
    deputy = region.credential("authority")["deputy"].decode()
    assert read.territory == REGION
    assert read.operators == (own.certificate,)
    assert set(read.recipients) == {own.recipient, deputy}
    assert read.place == {"kind": "folder", "path": "T:/taza"}
    assert read.plan
    assert card_file.read(card.make(region, secret)).place == read.place
    assert card_file.read(card.make(region, secret, {})).place == {}


def test_openssl_finds_its_signature_good(region: Register, secret: Keyring, tmp_path: Path):
    said, signed = armour.read(card.make(region, secret), "TAZA CARD", "SIGNATURE")
    (tmp_path / "card.json").write_bytes(said)
    (tmp_path / "signature").write_bytes(signed)
    (tmp_path / "authority.pem").write_text(json.loads(said)["authority"])
    commands = (
        "openssl x509 -in authority.pem -pubkey -noout -out key.pem",
        "openssl dgst -sha256 -verify key.pem -signature signature card.json",
    )
    for command in commands:
        done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_code_from_the_letter_opens_it_once(
    region: Register, stranger: Register, secret: Keyring
):
    made = card.make(region, secret)
    with refused("CRED-CODE-NEEDED"):
        card.take(stranger, made)
    typed = digits(region).replace(" ", "-")
    assert card.take(stranger, made, typed).territory == REGION
    newer = card.make(region, secret)
    assert card.take(stranger, newer).number > card_file.read(made).number
    with refused("CRED-CARD-OLDER"):
        card.take(stranger, made)


def test_a_wrong_code_opens_nothing(region: Register, stranger: Register, secret: Keyring):
    groups = card.digits(region)
    wrong = [*groups[:3], f"{(int(groups[3]) + 1) % 100_000:05}", *groups[4:]]
    with refused("CRED-CODE") as told:
        card.take(stranger, card.make(region, secret), " ".join(wrong))
    assert told.value.fields["groups"] == "4"
    assert card.stored(stranger, REGION) is None


def test_another_authority_needs_its_own_code(
    region: Register, stranger: Register, secret: Keyring, tmp_path: Path
):
    card.take(stranger, card.make(region, secret), digits(region))
    with new_register(tmp_path, "false", COORDINATOR) as false:
        credentials.create_authority(false, secret)
        forged = card.make(false, secret)
    with refused("CRED-CODE-NEEDED"):
        card.take(stranger, forged)
    with refused("CRED-CODE"):
        card.take(stranger, forged, digits(region))
    known = card.known_authority(stranger, REGION)
    assert known is not None
    assert code.say(code.code_of(known)) == digits(region)


def test_a_card_from_elsewhere_is_refused(stranger: Register, secret: Keyring, tmp_path: Path):
    elsewhere = Office("region", "710000000", "Астана")
    with new_register(tmp_path, "elsewhere", elsewhere) as other:
        credentials.create_authority(other, secret)
        with refused("CRED-CARD-ELSEWHERE"):
            card.take(stranger, card.make(other, secret), digits(other))


@pytest.mark.parametrize(
    "values",
    [
        {"recipients": ["age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq"]},
        {"place": {"kind": "webdav"}},
        {"territory": DISTRICT},
    ],
    ids=lambda values: next(iter(values)),
)
def test_a_changed_card_is_refused(region: Register, secret: Keyring, values: dict[str, object]):
    with refused("CRED-CARD"):
        card_file.read(changed(card.make(region, secret), **values))


@pytest.mark.parametrize(
    "values",
    [
        {"recipients": []},
        {"recipients": ["age1nobody", "age1nobody2"]},
        {"recipients": 5},
        {"operators": [1]},
        {"operators": None},
        {"place": []},
        {"authority": "", "list": ""},
        {"version": "1"},
        {"format": "x"},
        {"territory": 1},
        {"operators": ["-----BEGIN CERTIFICATE-----"]},
    ],
    ids=str,
)
def test_a_card_of_another_form_is_refused(
    region: Register, secret: Keyring, values: dict[str, object]
):
    with pytest.raises(Refusal, match=r"^CRED-(CARD|TRUST):"):
        card_file.read(signed_anew(card.make(region, secret), region, secret, **values))


@pytest.mark.parametrize(
    "data", [b"", b"noise", b"-----BEGIN TAZA CARD-----\nAAAA\n", b"x" * 10**6]
)
def test_noise_is_no_card(data: bytes):
    with refused("CRED-CARD"):
        card_file.read(data)


def test_a_card_may_say_more_than_is_known_but_not_demand_it(region: Register, secret: Keyring):
    made = card.make(region, secret)
    more = signed_anew(made, region, secret, version="1.7", hymn="Менің Қазақстаным")
    assert card_file.read(more).territory == REGION
    for values in ({"version": "2.0"}, {"critical": ["hymn"]}):
        with refused("CRED-CARD-NEWER"):
            card_file.read(signed_anew(made, region, secret, **values))


def test_a_place_must_fit_on_the_card(region: Register, secret: Keyring):
    before = region.credential("card:" + REGION)
    with refused("CRED-PLACE"):
        card.make(region, secret, {"path": "x" * 200_000})
    assert region.credential("card:" + REGION) == before


def test_a_wrong_passphrase_makes_no_card(region: Register):
    before = region.credential("authority")
    with refused("CRED-PASSPHRASE"):
        card.make(region, cheap("other"))
    assert region.credential("authority") == before


def test_the_answer_must_come_from_the_authority_of_the_card(
    region: Register, stranger: Register, secret: Keyring, tmp_path: Path
):
    card.take(stranger, card.make(region, secret), digits(region))
    asked = credentials.request(stranger, secret)
    with new_register(tmp_path, "false", COORDINATOR) as false:
        credentials.create_authority(false, secret)
        answer = credentials.certify(false, asked, DISTRICT, "X", secret)
    with refused("CRED-OTHER-AUTHORITY"):
        credentials.enrol(stranger, answer)
    assert stranger.credential("request")
    credentials.enrol(stranger, credentials.certify(region, asked, DISTRICT, "X", secret))


def test_a_colleague_stands_on_the_card_until_revoked(
    region: Register, colleague: Register, secret: Keyring
):
    own = credentials.operator(colleague)
    assert own.certificate in card_file.read(card.make(region, secret)).operators
    assert own.recipient in card_file.read(card.make(region, secret)).recipients
    credentials.revoke(region, own.serial, datetime.now(UTC), secret)
    made = card_file.read(card.make(region, secret))
    assert own.certificate not in made.operators
    assert own.recipient not in made.recipients


def test_a_newer_list_reaches_everybody_who_knows_the_authority(
    region: Register, clerk: Register, colleague: Register, secret: Keyring
):
    serial = credentials.person(clerk).serial
    pem = credentials.revoke(region, serial, datetime.now(UTC), secret)
    trust = certificates.read_trust(pem)
    assert card.take_list(colleague, trust)
    assert not card.take_list(colleague, trust)
    seen = certificates.read_trust(credentials.trust_pem(colleague))
    assert seen.crl.get_revoked_certificate_by_serial_number(int(serial, 16)) is not None
    card.take(clerk, card.make(region, secret), digits(region))
    above = certificates.read_trust(clerk.credential("person")["trust"])
    assert len(above.crl) == 1


def test_another_authoritys_list_is_not_taken(clerk: Register, secret: Keyring, tmp_path: Path):
    before = clerk.credential("person")
    with new_register(tmp_path, "false", COORDINATOR) as false:
        pem = credentials.create_authority(false, secret)
    assert not card.take_list(clerk, certificates.read_trust(pem))
    assert clerk.credential("person") == before


def test_returns_are_for_whoever_is_certified_below(
    region: Register, clerk: Register, colleague: Register, secret: Keyring
):
    person = credentials.person(clerk)
    assert recipients.recipients(region, DISTRICT) == [person.recipient]
    assert recipients.recipients(region, NEIGHBOUR) == []
    assert recipients.recipients(clerk, REGION) == [], "no card yet"
    assert recipients.recipients(region, REGION) == [], "no card yet"
    made = card_file.read(card.make(region, secret))
    assert recipients.recipients(region, REGION) == list(made.recipients)
    credentials.revoke(region, person.serial, datetime.now(UTC), secret)
    assert recipients.recipients(region, DISTRICT) == []


def test_the_letter_has_the_code_in_both_languages(region: Register):
    for language, word in (("kk", "код"), ("ru", "код")):
        from taza_desktop import i18n

        before = i18n.language()
        i18n.set_language(language)
        try:
            text = letter.text(region)
        finally:
            i18n.set_language(before)
        assert digits(region) in text
        assert word in text.casefold()
        assert "Абай" in text


def test_the_letter_speaks_to_its_readers_only(region: Register):
    said = letter.lines(region)
    assert not [line for line in said if "backup" in line or "passphrase" in line]
    assert region.office.name in said[-1], "who answers for it signs"
    year = str(datetime.now(UTC).year + 10)
    assert said[1].endswith(year), "a day as people write it"


def test_an_authority_has_the_same_digits_as_its_card(region: Register, secret: Keyring):
    made = card_file.read(card.make(region, secret))
    assert code.code_of(made.trust.authority) == card.digits(region)
    assert encoding.public_key(made.trust.authority)

"""What a place may be, and where its credential lies."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import keyring
import pytest
from keyring.backends.fail import Keyring as Nowhere

from taza_desktop.errors import Refusal
from taza_desktop.exchange import keystore
from taza_desktop.exchange.faults import _FAULTS, _S3_CODES, _SAYS, _STATUSES, refusal_of
from taza_desktop.exchange.place import Credential, Where, parse_card
from taza_desktop.exchange.places import office_above, place_of, places, put_place
from taza_desktop.exchange.requests import Fault, Response
from taza_desktop.i18n import LANGUAGES, set_language
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.register import Register
from tests.exchange.authority import WebAuthority
from tests.exchange.conftest import Memory
from tests.packages.kit import REGION, dumped

DAV = {"kind": "webdav", "address": "https://cloud.test/dav/taza"}
S3 = {"kind": "s3", "address": "https://s3.test", "bucket": "taza-2025"}


@pytest.mark.parametrize("said", [DAV, S3, {"kind": "folder", "address": "/media/stick"}])
def test_a_place_is_read_as_it_was_written(said: dict[str, str]) -> None:
    where = Where.parse(said)
    assert Where.parse(json.loads(where.to_json())) == where
    assert where.key != Where.parse({**said, "at": "v1/1"}).key


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "EXC-PLACE"),
        ({"kind": "ftp", "address": "ftp://x.test"}, "EXC-PLACE"),
        ({"kind": "webdav"}, "EXC-PLACE"),
        ({**DAV, "address": "cloud.test/dav"}, "EXC-PLACE"),
        ({**DAV, "address": "file:///etc"}, "EXC-PLACE"),
        ({**DAV, "address": "https://user:word@cloud.test/"}, "EXC-PLACE"),
        ({**DAV, "address": "https://cloud.test/?a=b"}, "EXC-PLACE"),
        ({**DAV, "address": "https://cloud.test:99999/"}, "EXC-PLACE"),
        ({**DAV, "address": "https://clo ud.test/a"}, "EXC-PLACE"),
        ({**DAV, "address": "https://"}, "EXC-PLACE"),
        ({**DAV, "address": 7}, "EXC-PLACE"),
        ({**DAV, "at": "v1\x00"}, "EXC-PLACE"),
        ({**DAV, "address": "https://cloud.test/\ud800"}, "EXC-PLACE"),
        ({**DAV, "address": "https://\ud800.test/"}, "EXC-PLACE"),
        ({**DAV, "authority": "not a certificate"}, "EXC-PLACE"),
        ({**DAV, "plain": "yes"}, "EXC-PLACE"),
        ({**DAV, "address": "http://cloud.test/dav"}, "EXC-PLAIN"),
        ({**S3, "bucket": "Has Space"}, "EXC-PLACE"),
        ({**S3, "bucket": ""}, "EXC-PLACE"),
        ({"kind": "folder", "address": "relative/path"}, "EXC-PLACE"),
        ({"kind": "folder", "address": ""}, "EXC-PLACE"),
    ],
)
def test_what_is_no_place(said: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Where.parse(said)
    assert refused.value.code == code


def test_a_plain_line_only_when_allowed_or_inside_the_pc() -> None:
    assert Where.parse({**DAV, "address": "http://cloud.test/dav", "plain": True}).plain
    assert Where.parse({**DAV, "address": "http://127.0.0.1:80/dav"})


def test_a_card_may_bring_the_credential() -> None:
    where, who = parse_card({**DAV, "user": "d1", "secret": "құпия", "later": [1]})
    assert (where, who) == (Where.parse(DAV), Credential("d1", "құпия"))
    assert parse_card(DAV)[1] is None
    assert "құпия" not in where.to_json() + repr(who)


def test_a_credential_lies_in_the_key_store_alone(
    clerk: Register, key_store: Memory, tmp_path: Path
) -> None:
    where = Where.parse(DAV)
    put_place(clerk, REGION, where)
    assert keystore.recall(where) is None
    assert keystore.remember(where, Credential("d1", "very-secret-word")) is None
    assert keystore.recall(where) == Credential("d1", "very-secret-word")
    clerk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"very-secret-word" not in held
    assert b"very-secret-word" not in dumped(clerk)
    assert len(key_store.kept) == 1
    keystore._KEPT.clear()  # another start of the program
    assert keystore.recall(where) == Credential("d1", "very-secret-word")
    keystore.forget(where)
    assert keystore.recall(where) is None
    assert key_store.kept == {}


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    where = Where.parse(DAV)
    keystore.remember(where, Credential("d1", "stored"))
    monkeypatch.setenv(keystore.USER, "d2")
    monkeypatch.setenv(keystore.SECRET, "told")
    assert keystore.recall(where) == Credential("d2", "told")


def test_a_store_that_fails_is_told_and_memory_serves(
    key_store: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the secret is in this text")

    where = Where.parse(DAV)
    monkeypatch.setattr(key_store, "set_password", fail)
    monkeypatch.setattr(key_store, "get_password", fail)
    told = keystore.remember(where, Credential("d1", "word"))
    assert told is not None
    assert told.code == "EXC-STORE"
    assert "secret is in" not in told.text()
    assert keystore.recall(where) == Credential("d1", "word")
    keystore._KEPT.clear()
    assert keystore.recall(where) is None
    with pytest.raises(Refusal):
        keystore.forget(where)


def test_without_a_key_store_there_is_nothing_to_forget() -> None:
    keyring.set_keyring(Nowhere())
    where = Where.parse(DAV)
    told = keystore.remember(where, Credential("d1", "word"))
    assert told is not None
    keystore.forget(where)
    assert keystore.recall(where) is None


@pytest.mark.parametrize(
    ("typed", "goes"),
    [
        ("https://cloud.test/dav/Таза Қазақстан/", "https://cloud.test/dav/%D0%A2%D0%B0%D0%B7%D0%B0"
         "%20%D2%9A%D0%B0%D0%B7%D0%B0%D2%9B%D1%81%D1%82%D0%B0%D0%BD/"),
        ("https://cloud.test/a%20b", "https://cloud.test/a%20b"),
        ("https://тазақазақстан.test/x", "https://xn--80aaaaa2bc4c8adh77hda.test/x"),
    ],
)  # fmt: skip
def test_an_address_as_people_paste_it(typed: str, goes: str) -> None:
    where = Where.parse({**DAV, "address": typed})
    assert where.address.isascii()
    assert Where.parse(json.loads(where.to_json())) == where
    assert where.address == goes
    assert where.label == unquote(goes)


def test_only_certificates_are_kept_of_a_file_of_authorities() -> None:
    """Bundles have remarks in any language between them, which a line of TLS cannot take."""
    pem = WebAuthority().pem
    where = Where.parse({**DAV, "authority": f"# Тамыр куәлік\r\n{pem}\n\nтағы бір\n{pem}"})
    assert where.authority == pem + pem
    assert Where.parse(json.loads(where.to_json())) == where


def test_places_of_a_register(clerk: Register, region: Register) -> None:
    territories = load_plan().territories
    assert office_above(clerk, territories) == REGION
    assert office_above(region, territories) == "000000000"
    with pytest.raises(Refusal) as refused:
        place_of(clerk, REGION)
    assert refused.value.code == "EXC-NO-PLACE"
    put_place(clerk, REGION, Where.parse(DAV))
    put_place(clerk, REGION, Where.parse(S3))
    assert places(clerk) == {REGION: Where.parse(S3)}
    put_place(clerk, REGION, None)
    assert places(clerk) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_is_a_sentence_in_every_language(language: str) -> None:
    set_language(language)
    faults: list[Fault] = list(_FAULTS)
    for fault in faults:
        refusal = refusal_of(Response(fault=fault, says="x"), "https://place.test/x")
        assert refusal.text() != refusal.code
        assert "{" not in refusal.text()
    codes = {*_FAULTS.values(), *_STATUSES.values(), *_S3_CODES.values(), "EXC-MOVED"}
    assert codes == _SAYS.keys()

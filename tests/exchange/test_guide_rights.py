"""The guide, run: no district reaches its neighbour, the coordinator reaches all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.exchange import keystore
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.layout import Lane
from taza_desktop.plan.territories import REPUBLIC
from tests.cli.conftest import taza
from tests.exchange import guide, servers
from tests.exchange.guide import DISTRICTS, REGION
from tests.exchange.kit import KB, Post, goods
from tests.exchange.rights import check_new_password, check_rights, post, proved, refused
from tests.exchange.servers import Server
from tests.exchange.web import Asked, Said, web
from tests.running import Taza

__all__ = ["taza"]  # a fixture of the command line


@pytest.fixture(scope="module")
def apache_tls() -> Iterator[Server]:
    with servers.public_folder() as folder, servers.apache(folder, tls=True) as server:
        yield server


@pytest.mark.parametrize("server", ["apache", "seaweed"], indirect=True)
def test_who_may_go_where(server: Server) -> None:
    check_rights(server.where, server.folder.parent)


def test_what_the_guide_proves_of_apache(apache_tls: Server) -> None:
    work = apache_tls.folder.parent
    values = guide.filled("apache-values", {"PORT": apache_tls.port, "CONF": work})
    proved(work, values, "apache-proof")


def test_what_the_guide_proves_of_seaweedfs(seaweed: Server) -> None:
    work, where = seaweed.folder.parent, {"S3": seaweed.where.address}
    proved(work, guide.filled("seaweed-values", where), "s3-ask", "s3-proof")
    where["BUCKET"] = "another"
    proved(work, guide.filled("seaweed-values", where), "s3-ask", "s3-bucket")


def test_the_codes_are_those_of_the_districts(tmp_path: Path) -> None:
    guide.run(guide.values(tmp_path) + guide.commands("codes"), tmp_path)
    codes = (tmp_path / f"below-{REGION}").read_text().split()
    assert len(codes) == 13
    assert set(DISTRICTS) <= set(codes)


def test_passwords_that_are_there_stay(tmp_path: Path) -> None:
    guide.make_offices(tmp_path, "kept")
    for _again in range(2):
        guide.run(guide.values(tmp_path) + guide.commands("passwords"), tmp_path)
        secrets = {one.name: one.read_text().strip() for one in (tmp_path / "secrets").iterdir()}
        assert set(secrets) == {guide.KEEPER, REGION, *DISTRICTS}
        assert len(set(secrets.values())) == len(secrets)
        assert secrets[guide.KEEPER] == "kept"
        assert all(one.stat().st_mode & 0o077 == 0 for one in (tmp_path / "secrets").iterdir())


def test_as_the_guide_tells_the_program(
    taza: Taza, apache_tls: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card brings the place with its authority; each office tests with its own password."""
    work, (district, _neighbour) = apache_tls.folder.parent, DISTRICTS
    script = guide.filled("apache-values", {"PORT": apache_tls.port, "CONF": work})
    guide.run(guide.values(work) + script + guide.commands("card-place"), work)
    place = json.loads((work / "place.json").read_text())
    assert place == {
        "kind": "webdav", "address": apache_tls.where.address,
        "authority": apache_tls.where.authority,
    }  # fmt: skip
    for code, role in ((REGION, "region"), (district, "clerk")):
        file = tmp_path / f"{code}.taza-register"
        whose = ("--role", role, "--territory", code, "--name", "Айгүл")
        assert taza("register", "new", file, *whose).code == 0
        how = ("--webdav", place["address"], "--authority", work / "authority.pem")
        who = ("--user", code, "--secret-file", work / "secrets" / code)
        assert taza("exchange", "set", file, *how, *who).code == 0
        tried = taza("exchange", "test", file, "--json")
        assert tried.code == 0, tried.err
        assert [one["works"] for one in tried.json["checks"]] == [True] * 7
        monkeypatch.setattr(keystore, "_KEPT", {})
    region = tmp_path / f"{REGION}.taza-register"
    assert taza("region", "create", region).code == 0
    out = ("--place", work / "place.json", "--out", tmp_path / "region.taza-card")
    assert taza("region", "card", region, *out).code == 0


def test_a_place_that_denies_what_is_not_there() -> None:
    """As Ceph does to whoever may list one folder only."""

    def answer(asked: Asked) -> Said:
        return Said(403) if asked.method == "HEAD" else Said(200, b"", {"ETag": '"1"'})

    with web(answer) as port, HttpDriver() as driver:
        address = servers.Where("s3", f"http://127.0.0.1:{port}", "taza")
        ceph = Post.at(address, servers.Credential("a", "b"))
        assert not driver.run(ceph.sending(goods(3 * KB))).parted


def test_both_levels_at_one_server() -> None:
    """What was made for the region stays when the blocks are run for the Ministry."""
    ministry, other = {"REGION": REPUBLIC, "HOST": "localhost"}, "100000000"
    with servers.public_folder() as work, servers.apache(work) as server:
        (work / f"below-{REPUBLIC}").write_text(f"{REGION}\n{other}\n")
        values = {"PLACE": server.folder, "CONF": work, "WEB": guide.web_user()}
        script = guide.filled("values", {**ministry, "WORK": work}) + f"cd {work}\n"
        script += guide.filled("apache-values", values)
        blocks = ("passwords", "apache-folders", "apache-passwords", "apache-place")
        guide.run(script + guide.commands(*blocks), work)
        server.process.stop()
        server.process.start()
        region, sent = post(server.where, work, REGION), goods(KB, 1, Lane(REPUBLIC, REGION, "up"))
        with HttpDriver() as driver:
            driver.run(region.sending(sent))
            assert post(server.where, work, REPUBLIC).lies_whole(driver, sent)
            foreign = region.listing(Lane(REPUBLIC, other, "up"))
            assert refused(driver, foreign) == "EXC-DENIED"
            driver.run(region.sending(goods(KB, 2, Lane(REGION, DISTRICTS[0], "down"))))
        script = guide.filled("apache-values", values)
        check_new_password(server.where, work, script, "apache-passwords")


def test_seaweedfs_has_each_name_once(tmp_path: Path) -> None:
    guide.make_offices(tmp_path, "kept")
    (tmp_path / f"below-{REPUBLIC}").write_text(f"{REGION}\n")
    (tmp_path / "secrets" / REPUBLIC).write_text("ours")
    script = guide.values(tmp_path) + guide.filled("seaweed-values", {"BUCKET": "taza"})
    blocks = ("passwords", "seaweed-rights", "seaweed-users")
    guide.run(script + guide.commands(*blocks), tmp_path)
    users = json.loads((tmp_path / "s3.json").read_text())["identities"]
    assert [one["name"] for one in users].count(REGION) == 1
    (region,) = (one for one in users if one["name"] == REGION)
    assert {f"Write:taza/v1/{REGION}/*", f"Write:taza/v1/{REPUBLIC}/{REGION}/up/*"} <= set(
        region["actions"]
    )
    assert f"Write:taza/v1/{REPUBLIC}/*" not in region["actions"]


def test_a_certificate_is_renewed_and_the_authority_stays(tmp_path: Path) -> None:
    script = guide.values(tmp_path) + guide.commands("certificate")
    kept = [tmp_path / "authority.pem", tmp_path / "server.key", tmp_path / "server.pem"]
    seen: list[list[bytes]] = []
    for _again in range(2):
        guide.run(script, tmp_path)
        seen.append([file.read_bytes() for file in kept])
    assert seen[0][:2] == seen[1][:2]
    assert seen[0][2] != seen[1][2]

"""The guide, run on servers that take longer: Ceph, a Nextcloud, SeaweedFS over TLS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.exchange.place import Where
from tests.exchange import guide, servers
from tests.exchange.clusters_nextcloud import nextcloud, unpacked
from tests.exchange.rights import check_new_password, check_rights, proved
from tests.exchange.servers import Server

pytestmark = pytest.mark.thorough
GIVEN = unpacked()  # a Nextcloud can only be tried when somebody has given one


@pytest.fixture(scope="module")
def work() -> Iterator[Path]:
    """The folder of an administrator, with the lists of the guide."""
    with servers.public_folder() as folder:
        guide.make_offices(folder, "the-keeper-s")
        yield folder


def test_ceph(ceph: Server, work: Path) -> None:
    where, env = {"S3": ceph.where.address}, {"CEPH_CONF": str(ceph.folder / "ceph.conf")}
    where["BUCKET"] = "guide"
    blocks = ("s3-ask", "s3-bucket", "ceph-policy", "s3-proof")
    script = guide.filled("ceph-values", where)
    guide.run(guide.values(work) + script + guide.commands("passwords", "ceph-users"), work, env)
    proved(work, script, *blocks, env=env)
    place = Where("s3", ceph.where.address, "guide")
    check_rights(place, work)
    check_new_password(place, work, script, "ceph-new-password", **env)


def test_seaweedfs_over_tls() -> None:
    with servers.public_folder() as folder, servers.seaweed(folder, tls=True) as server:
        check_rights(server.where, folder)
        values = guide.filled("seaweed-values", {"S3": server.where.address})
        proved(folder, values, "s3-ask", "s3-proof")


if GIVEN:

    def test_nextcloud(work: Path) -> None:
        with servers.public_folder() as folder, nextcloud(folder, GIVEN) as server:
            site = server.where.address.partition("/remote.php")[0]
            as_whom = "runuser -u www-data -- " if os.geteuid() == 0 else ""
            occ = {"SITE": site, "OCC": f"{as_whom}php {GIVEN}/occ"}
            script = guide.values(work) + guide.filled("nextcloud-values", occ)
            blocks = ("passwords", "nextcloud-users", "nextcloud-shares", "nextcloud-quota")
            env = {"NEXTCLOUD_CONFIG_DIR": f"{folder}/config"}
            guide.run(script + guide.commands(*blocks), work, env)
            place = Where("webdav", f"{site}/remote.php/webdav/taza")
            check_rights(place, work, hidden=True)
            check_new_password(place, work, script, "nextcloud-new-password", **env)

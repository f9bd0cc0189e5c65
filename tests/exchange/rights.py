"""Whether rights are as the guide promises: tried by our client and by the guide's own commands."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.layout import Lane
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.place import Credential, Where
from taza_desktop.exchange.requests import Steps
from tests.exchange import guide
from tests.exchange.guide import DISTRICTS, REGION
from tests.exchange.kit import KB, Goods, Post, goods

_SAID = re.compile(r"^.*[^\s#].*  # ([0-9]{3})\b", re.M)
OWN, NEIGHBOUR = (Lane(REGION, code, "up") for code in DISTRICTS)


def post(where: Where, work: Path, who: str, secret: str = "") -> Post:
    """The place as that office reaches it."""
    said = secret or (work / "secrets" / who).read_text(encoding="utf-8").strip()
    return Post.at(where, Credential(who, said), Line())


def check_rights(where: Where, work: Path, *, hidden: bool = False) -> None:
    """Send, list and fetch as a district and as the coordinator; try what a district may not.

    `hidden`: what a district may not see looks as if it were not there (Nextcloud).
    """
    district, region = post(where, work, OWN.below), post(where, work, REGION)
    small, large, theirs = goods(3 * KB, 1, OWN), goods(200 * KB, 2, OWN), goods(KB, 1, NEIGHBOUR)
    down = goods(200 * KB, 3, OWN._replace(way="down"))
    with HttpDriver(where.authority) as driver:
        for what in (small, large):
            driver.run(district.sending(what))
            assert district.lies_whole(driver, what)
            assert region.lies_whole(driver, what)
        driver.run(region.sending(down))
        assert district.lies_whole(driver, down)
        driver.run(post(where, work, NEIGHBOUR.below).sending(theirs))
        if hidden:
            assert driver.run(district.listing(NEIGHBOUR)) == {}
            code = refused(driver, district.fetching(theirs.item, KB))
            assert code == "EXC-NOT-WHOLE", code
            driver.run(district.place.remove(theirs.item.path))
        else:
            check_walls(driver, district, region, theirs)
        assert refused(driver, district.sending(goods(KB, 4, down.item.lane))) == "EXC-DENIED"
        wrong = post(where, work, OWN.below, "wrong")
        assert refused(driver, wrong.sending(goods(KB, 7, OWN))) == "EXC-LOGIN"
        assert region.lies_whole(driver, theirs)
        assert len(driver.run(region.listing(NEIGHBOUR))) == 1


def check_walls(driver: HttpDriver, district: Post, region: Post, theirs: Goods) -> None:
    """Whatever is not an office's own is denied to it."""
    for steps in (
        district.listing(NEIGHBOUR),
        district.fetching(theirs.item, KB),
        district.sending(replace(theirs, data=bytes(KB))),
        district.place.remove(theirs.item.path),
        district.sending(goods(3 * KB, 5, Lane(REGION, REGION, "up"))),
        region.sending(goods(3 * KB, 6, Lane("000000000", REGION, "up"))),
    ):
        assert refused(driver, steps) == "EXC-DENIED"


def refused(driver: HttpDriver, steps: Steps[object]) -> str:
    """The code with which a place refuses."""
    with pytest.raises(Refusal) as caught:
        driver.run(steps)
    return caught.value.code


def proved(work: Path, values: str, *names: str, env: dict[str, str] | None = None) -> None:
    """Run blocks of the guide that print what a server answers; it is what stands beside them."""
    said = guide.run(guide.values(work) + values + guide.commands(*names), work, env)
    assert said.split() == _SAID.findall(guide.commands(*names)), said


def check_new_password(where: Where, work: Path, script: str, *names: str, **env: str) -> None:
    """The guide's commands take a password away that became known, and give another."""
    code, file = OWN.below, work / "secrets" / OWN.below
    old = file.read_text(encoding="utf-8").strip()
    first = guide.filled("new-password", {"DISTRICT": code}) + guide.commands("passwords")
    guide.run(guide.values(work) + script + first + "\n" + guide.commands(*names), work, env)
    with HttpDriver(where.authority) as driver:
        driver.run(post(where, work, code).sending(goods(KB, 8, OWN)))
        assert refused(driver, post(where, work, code, old).sending(goods(KB, 9, OWN))) == (
            "EXC-LOGIN"
        )

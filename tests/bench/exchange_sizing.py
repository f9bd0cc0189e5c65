"""How large a place of exchange has to be: bytes on the wire, measured, and what follows on paper.

Run `python -m tests.bench.exchange_sizing`; its tables stand in docs/exchange.md, section 8. Every
byte above TCP counts, in both directions, with TLS and a new connection for each session.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from taza_desktop.exchange.driver_http import HttpDriver
from taza_desktop.exchange.layout import Lane
from taza_desktop.exchange.line import Line
from taza_desktop.exchange.looking import Look, look
from taza_desktop.exchange.place import open_place
from taza_desktop.exchange.requests import KB, MB
from taza_desktop.merging.apply import apply
from taza_desktop.packages import card, credentials
from taza_desktop.packages.answer import answer
from taza_desktop.packages.read import verify_for
from taza_desktop.packages.write import export
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import Sheet, SheetKey
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.exchange import guide, servers
from tests.exchange.kit import NOWHERE, Post, goods
from tests.exchange.lines import BadLine, bad_line
from tests.exchange.servers import Server
from tests.packages.kit import cheap, enrolled, new_register
from tests.plan.examples import PDF, examples

PLAN, ROUND = load_plan(), Round(2024)
REGION, DISTRICT = "390000000", "393600000"  # of the example sheets
PHOTOS = 10 * 300 * KB  # of a district and round
YEARS, ROUNDS, ANSWERS = 6, 12, 2  # years of the plan; a year's rounds, more than are asked for
LOOKS, FULL = 54, 2  # a day: a window open for nine hours, every ten minutes and every six hours
LINE = 64_000 // 8  # bytes a second
PAPER = (13, 20, 234)  # districts of a usual region, of the largest, of the whole country and more
Start = Callable[..., AbstractContextManager[Server]]


class Measured(NamedTuple):
    """Bytes both ways of a session at one server; `objects` are those of a package with photos."""

    submission: int
    photos: int
    objects: int
    answer: int
    quick: int  # a look behind the last name: nothing new in one lane, then in each further one
    quick_more: int
    full: int  # a look at all names of six years, in one lane, then in each further one
    full_more: int
    name: int  # in a listing


def sizes() -> tuple[int, int, int]:
    """A full submission of a district, encrypted, and the answer; how many figures it has."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder, secret = Path(name), cheap()
        clerk, region = (
            stack.enter_context(new_register(folder, office.role, office))
            for office in (Office("clerk", DISTRICT, "Айгүл"), Office("region", REGION, "Марат"))
        )
        credentials.create_authority(region, secret)
        enrolled(clerk, region, secret)
        fill(clerk)
        apply(region, verify_for(region, export(clerk, PLAN, ROUND, folder, secret).path, PLAN))
        answered = answer(region, PLAN, ROUND, DISTRICT, folder, secret)
        card.take(clerk, card.make(region, secret), "".join(card.digits(region)))
        sealed = export(clerk, PLAN, ROUND, folder, secret)
        gone = {one.sheet for one in sealed.held_back}
        figures = sum(count(one) for one in clerk.sheets(ROUND.code) if one.key not in gone)
        return sealed.path.stat().st_size, answered.path.stat().st_size, figures


def fill(register: Register) -> None:
    """An example of every form that each akimat fills in."""
    register.attach(PDF, "хат.pdf")
    for number in PLAN.form_numbers():
        if PLAN.measures[number].akimat == "all":
            one = max(examples(number), key=count)
            key = SheetKey(number, DISTRICT, ROUND.code)
            register.put_sheet(Sheet(key, one.cells, one.entries))


def count(sheet: Sheet) -> int:
    """How many figures it has, those of its rows too."""
    rows = (entry for entries in sheet.entries.values() for entry in entries)
    return len(sheet.cells) + sum(len(entry.cells) for entry in rows)


def measure(start: Start, submission: int, answered: int) -> Measured:
    """Sessions of each kind, in lanes that hold six years of twelve rounds in the end."""
    counted: dict[str, int] = {}
    lanes = [Lane(guide.REGION, code, "up") for code in guide.DISTRICTS]
    sent, photos = goods(submission, 900, lanes[0]), goods(PHOTOS, 901, lanes[0])
    replied = goods(answered, 902, lanes[1])
    with servers.public_folder() as folder, ExitStack() as stack:
        server = stack.enter_context(start(folder, tls=True))
        line = stack.enter_context(bad_line(server.port))
        with session(server, line, counted, "filling") as (driver, post):
            for lane in lanes:
                for number in range(YEARS * ROUNDS * 2):
                    year = 2024 + number // (ROUNDS * 2)
                    name = f"{lane.folder}/{year}/{number:06}-{number:016x}.taza"
                    driver.run(post.place.publish(name, b"package"))
            driver.run(post.sending(replied))
        with session(server, line, counted, "submission") as (driver, post):
            driver.run(post.sending(sent))
        with session(server, line, counted, "photos") as (driver, post):
            driver.run(post.sending(photos))
        with session(server, line, counted, "objects") as (driver, post):
            objects = 1 + len(driver.run(post.place.names(photos.item.parts)))
        with session(server, line, counted, "answer") as (driver, post):
            driver.run(post.fetching(replied.item, answered))
        for name, after in (("quick", "2029/999999"), ("full", "")):
            for many in (1, 2):
                with session(server, line, counted, f"{name} {many}") as (driver, post):
                    for lane in lanes[:many]:
                        driver.run(look(post.place, Look(lane.above, NOWHERE, lane, after)))
        for name, inside in (("year", f"{lanes[0].folder}/2025"), ("nothing", replied.item.parts)):
            with session(server, line, counted, name) as (driver, post):
                listed = len(driver.run(post.place.names(inside)))
            assert listed == (ROUNDS * 2 if name == "year" else 0)
    return Measured(
        counted["submission"], counted["photos"], objects, counted["answer"],
        counted["quick 1"], counted["quick 2"] - counted["quick 1"],
        counted["full 1"], counted["full 2"] - counted["full 1"],
        round((counted["year"] - counted["nothing"]) / (ROUNDS * 2)),
    )  # fmt: skip


@contextmanager
def session(
    server: Server, line: BadLine, counted: dict[str, int], name: str
) -> Iterator[tuple[HttpDriver, Post]]:
    """A driver and a place; the bytes that went over the line meanwhile are noted."""
    before, known = line.up + line.down, Line()
    where = server.at(line.port)
    with HttpDriver(where.authority) as driver:
        yield driver, Post(open_place(where, server.credential, known), known)
    counted[name] = line.up + line.down - before


def storage(submission: int, answered: int, objects: int) -> list[list[int]]:
    """Districts, packages, objects, MB without photos, GB of photos, when the plan ends.

    The last line is the republic: its 20 places of regions, and that of the Ministry, which gets
    at most the same once more.
    """
    rows: list[list[int]] = []
    for districts in PAPER:
        rounds = districts * YEARS * ROUNDS
        packages = rounds * (2 + ANSWERS)
        stored = rounds * (submission + ANSWERS * answered)
        photos = rounds * PHOTOS
        rows.append(
            [
                districts, packages, rounds * (1 + objects + ANSWERS),
                round(stored / MB), round(photos / MB / 1024),
            ]
        )  # fmt: skip
    return [*rows, [2 * value for value in rows[-1]]]


def traffic(measured: Measured) -> list[list[int]]:
    """Lanes, bytes of a look without news, KB a day, seconds of a day on the slow line.

    For a clerk, the coordinator of 13 districts, of 20, and the Ministry with 20 regions.
    """
    rows: list[list[int]] = []
    for lanes in (1, *(1 + districts for districts in PAPER[:2])):
        quick = measured.quick + (lanes - 1) * measured.quick_more
        full = measured.full + (lanes - 1) * measured.full_more
        day = LOOKS * quick + FULL * full
        rows.append([lanes, quick, round(day / KB), round(day / LINE)])
    return rows


def main() -> None:
    """Measure, compute, print."""
    submission, answered, figures = sizes()
    print(f"submission {submission} B with {figures} figures, answer {answered} B, photos {PHOTOS}")
    found = [measure(start, submission, answered) for start in (servers.apache, servers.seaweed)]
    for name, *values in zip(Measured._fields, *found, strict=True):
        print(f"| {name} | {' | '.join(map(str, values))} |")
    for rows in (storage(submission, answered, found[0].objects), *map(traffic, found)):
        print("\n".join(f"| {' | '.join(map(str, row))} |" for row in rows), end="\n\n")


if __name__ == "__main__":
    main()

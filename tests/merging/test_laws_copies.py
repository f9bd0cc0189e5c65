"""What decides nothing: clocks, and words that somebody carries along who may not say them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given

from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.arriving import speaks_for
from taza_desktop.register.codec import REVISION_COLUMNS
from taza_desktop.register.model import Revision
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from tests.merging import model
from tests.merging.histories import LAWS, STEPS, Step, world
from tests.merging.test_laws import CHANCE, active, everything_sent
from tests.register.offices import dumped

MOMENTS = ("1999-12-31T23:59:59Z", "2024-06-01T00:00:00Z", "2099-01-01T00:00:00Z")


def decided(register: Register) -> list[str]:
    """All that a register shows and makes of its conflicts, the moments left out."""
    rows = register.db.execute("SELECT id, cells, live FROM records ORDER BY id")
    shown = [f"{record.hex()} {cells} {live}" for record, cells, live in rows]
    sides = [
        (one.record.id.hex(), one.cell, [side._replace(made="") for side in one.sides])
        for one in register.conflicts()
    ]
    return [*shown, *map(str, sorted(sides))]


def at_other_times(packages: list[Opened], chance: random.Random) -> list[Opened]:
    """The same packages by clocks that go wrong, each moment another one or the same as others."""
    moments: dict[object, str] = {}

    def moment(of: object) -> str:
        return moments.setdefault(of, chance.choice(MOMENTS))

    return [
        replace(
            opened,
            envelope=replace(opened.envelope, created=moment(opened.envelope.package_id)),
            relayed={
                name: replace(one, created=moment(name)) for name, one in opened.relayed.items()
            },
            revisions=[replace(one, made=moment((one.record, one.id))) for one in opened.revisions],
        )
        for opened in packages
    ]


@given(STEPS, CHANCE)
@LAWS
def test_clocks_decide_nothing(steps: list[Step], chance: random.Random) -> None:
    with world(steps) as made:
        packages = everything_sent(made, chance)
        wrong = at_other_times(packages, chance)
        one, other = made.fresh(packages), made.fresh(wrong)
        assert decided(one) == decided(other)
        assert active(one) == active(other) == model.active(packages)


def heard(opened: Opened) -> Iterator[Revision]:
    """What a package carries that everybody on one of its ways may say."""
    for one in opened.revisions:
        ways = opened.via.get(one.id, ((),))
        if any(all(_covers(opened, name, one) for name in (None, *way)) for way in ways):
            yield one


def _covers(opened: Opened, name: str | None, one: Revision) -> bool:
    signer = opened.signer if name is None else opened.relayed[name].signer
    return speaks_for(signer.territory, one.office)


def forged(packages: list[Opened], chance: random.Random) -> list[Opened]:
    """The same, but whoever carries along what he may not say does so in other words."""
    made: list[Opened] = []
    for opened in packages:
        own = {(one.record, one.id) for one in heard(opened)}
        revisions = [
            one if (one.record, one.id) in own else _forged(one, chance) for one in opened.revisions
        ]
        made.append(replace(opened, revisions=revisions))
    return made


def _forged(one: Revision, chance: random.Random) -> Revision:
    value = chance.choice((None, 666))
    return replace(
        one,
        changes=chance.choice(({}, {"planted": value}, {cell: value for cell in one.changes})),
        parents=chance.choice((one.parents, ())),
        author=chance.choice((one.author, "Nobody")),
    )


@given(STEPS, CHANCE)
@LAWS
def test_forged_words_of_others_change_nothing_once_these_speak(
    steps: list[Step], chance: random.Random
) -> None:
    with world(steps) as made:
        for register in made.registers:
            made.send(register)
        packages = made.packages
        arriving = forged(packages, chance)
        for _order in range(2):
            chance.shuffle(arriving)
            other = made.fresh(arriving)
            assert dumped(other) == dumped(made.fresh(packages))
            assert active(other) == model.active(packages)


def kept(register: Register) -> list[tuple[object, ...]]:
    """All revisions with what they say, also the silent ones."""
    return register.db.execute(f"SELECT {REVISION_COLUMNS} FROM revisions ORDER BY 2, 1").fetchall()


@given(STEPS, CHANCE)
@LAWS
def test_of_two_forgeries_everybody_keeps_the_same(
    steps: list[Step], chance: random.Random
) -> None:
    with world(steps) as made:
        packages = everything_sent(made, chance)
        arriving = forged([it for it in packages if it.signer.territory != REPUBLIC], chance)
        one = made.fresh(arriving)
        chance.shuffle(arriving)
        other = made.fresh(arriving)
        assert dumped(other) == dumped(one)
        assert kept(other) == kept(one)

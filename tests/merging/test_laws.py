"""The laws of merging, over histories that nobody would think of: any order, any repetition, undo.

What is lost on the way, what the preview promises and what colleagues exchange have laws of their
own in the files beside this one.
"""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.merging.apply import apply
from taza_desktop.merging.undo import undo
from taza_desktop.register.model import PACKAGE
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from tests.merging import model
from tests.merging.histories import LAWS, STEPS, Step, World, world
from tests.register.offices import dumped, figures

CHANCE = st.randoms(use_true_random=False)


def active(register: Register) -> set[bytes]:
    return {row[0] for row in register.db.execute("SELECT id FROM revisions WHERE active")}


def active_in_forms(register: Register) -> set[bytes]:
    """Those of figures and reviews."""
    rows = register.db.execute(
        "SELECT revisions.id FROM revisions JOIN records ON records.id = record"
        " WHERE active AND entry_of <> ?",
        (PACKAGE,),
    )
    return {row[0] for row in rows}


def everything_sent(made: World, chance: random.Random) -> list[Opened]:
    """Every package ever made, and one more of some people: who sends again speaks again."""
    for register in chance.sample(made.registers, chance.choice((1, 1, 2, 7))):
        made.send(register)
    return made.packages


@given(STEPS, CHANCE)
@LAWS
def test_any_order_and_any_repetition_give_the_same_bytes(
    steps: list[Step], chance: random.Random
) -> None:
    with world(steps) as made:
        packages = everything_sent(made, chance)
        shuffled = [*packages, *chance.choices(packages, k=3)]
        chance.shuffle(shuffled)
        one, other = made.fresh(packages), made.fresh(shuffled)
        assert dumped(one) == dumped(other)
        assert active(one) == model.active(packages)


@given(STEPS, CHANCE)
@LAWS
def test_what_is_lost_leaves_the_rest_in_agreement(
    steps: list[Step], chance: random.Random
) -> None:
    with world(steps) as made:
        packages = everything_sent(made, chance)
        arrived = chance.sample(packages, chance.randint(0, len(packages)))
        one, other = made.fresh(arrived), made.fresh(arrived[::-1])
        assert dumped(one) == dumped(other)
        assert active(one) == model.active(arrived)


@given(STEPS, CHANCE)
@LAWS
def test_it_does_not_matter_who_joins_what_first(steps: list[Step], chance: random.Random) -> None:
    with world(steps) as made:
        packages = everything_sent(made, chance)
        parts: list[list[Opened]] = [[], []]
        for package in packages:
            parts[chance.randrange(2)].append(package)
        joined = [made.send(made.fresh(part)) for part in parts]
        assert dumped(made.fresh(joined)) == dumped(made.fresh(packages))


@given(STEPS, CHANCE)
@LAWS
def test_undoing_gives_what_the_others_alone_would_have_given(
    steps: list[Step], chance: random.Random
) -> None:
    with world(steps) as made:
        packages = everything_sent(made, chance)
        passed_on = {name for opened in packages for name in opened.relayed}
        alone = [one for one in packages if one.envelope.package_id not in passed_on]
        register = made.fresh(packages)
        gone = chance.choice([one for one in alone if stands(register, one)])
        undo(register, gone.envelope.package_id)
        others = [said_only(one) if one is gone else one for one in packages]
        assert figures(register) == figures(made.fresh(others))


@given(STEPS, CHANCE)
@LAWS
def test_undoing_reaches_what_was_passed_on_and_merging_again_brings_it_back(
    steps: list[Step], chance: random.Random
) -> None:
    with world(steps) as made:
        packages = everything_sent(made, chance)
        register = made.fresh(packages)
        before = dumped(register)
        standing = [one.envelope.package_id for one in packages if stands(register, one)]
        gone = set(chance.sample(standing, min(2, len(standing))))
        for package in sorted(gone):
            undo(register, package)
        assert active_in_forms(register) == model.active(packages, gone) - said_about(packages)
        for package in sorted(gone):
            register.restore(package)
        assert dumped(register) == before


@given(STEPS, CHANCE)
@LAWS
def test_who_hears_of_an_undo_has_what_the_one_who_did_it_has(
    steps: list[Step], chance: random.Random
) -> None:
    with world(steps) as made:
        packages = everything_sent(made, chance)
        one, other = made.fresh(packages), made.fresh(packages)
        gone = chance.choice([package for package in packages if stands(one, package)])
        undo(one, gone.envelope.package_id, "wrong round")
        apply(other, made.send(one))
        assert dumped(other) == dumped(one)
        other.restore(gone.envelope.package_id)
        apply(one, made.send(other))
        assert dumped(other) == dumped(one)


def stands(register: Register, opened: Opened) -> bool:
    package = register.package(opened.envelope.package_id)
    return package is not None and package.active


def said_about(packages: list[Opened]) -> set[bytes]:
    """The revisions of what is said about packages."""
    records = [record for opened in packages for record in opened.records]
    said = {record.id for record in records if record.table == PACKAGE}
    return {one.id for opened in packages for one in opened.revisions if one.record in said}


def said_only(opened: Opened) -> Opened:
    """What a package says about packages: that alone outlives its being taken back."""
    records = [record for record in opened.records if record.table == PACKAGE]
    kept = {record.id for record in records}
    revisions = [one for one in opened.revisions if one.record in kept]
    return replace(opened, records=records, revisions=revisions)

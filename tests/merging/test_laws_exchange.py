"""Two coordinators of one region, each with an own register: whatever they did, they can agree."""

from __future__ import annotations

import random

from hypothesis import assume, given
from hypothesis import strategies as st

from taza_desktop.merging.apply import apply
from taza_desktop.register.model import REVIEW
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_cells import review_of
from tests.merging.histories import COORDINATORS, LAWS, STEPS, Step, World, world
from tests.register.offices import SHEET_2024, dumped

CHANCE = st.randoms(use_true_random=False)


def exchanged(made: World, chance: random.Random) -> tuple[Register, Register]:
    """The coordinators after each has merged, in some order, what the other and the Ministry sent.

    What the Ministry says is active only where its own packages are: nobody else may say it.
    """
    yerlan, dana = map(made.of, COORDINATORS)
    from_above = [made.send(made.of("Asel"))]
    from_above += [sent.opened for sent in made.sent if sent.by is made.of("Asel")]
    sent = {register: [made.send(register)] for register in (yerlan, dana)}
    for register, other in ((yerlan, dana), (dana, yerlan)):
        arriving: list[Opened] = [*sent[other], *from_above]
        chance.shuffle(arriving)
        for opened in arriving:
            apply(register, opened)
    return yerlan, dana


@given(STEPS, CHANCE)
@LAWS
def test_registers_that_exchanged_everything_are_the_same(
    steps: list[Step], chance: random.Random
) -> None:
    with world(steps) as made:
        yerlan, dana = exchanged(made, chance)
        assert dumped(yerlan) == dumped(dana)


@given(STEPS, CHANCE)
@LAWS
def test_opposite_verdicts_are_a_conflict_like_any_other(
    steps: list[Step], chance: random.Random
) -> None:
    with world(steps) as made:
        exchanged(made, chance)
        yerlan, dana = map(made.of, COORDINATORS)
        review = review_of(SHEET_2024)
        assume("verdict" not in yerlan.state(review).cells)
        yerlan.write(review, {"verdict": "accepted"})
        dana.write(review, {"verdict": "returned"})
        for register in exchanged(made, chance):
            (conflict,) = [
                one
                for one in register.conflicts()
                if (one.record.table, one.cell) == (REVIEW, "verdict")
                and one.record.sheet == SHEET_2024
            ]
            assert {"accepted", "returned"} <= {str(side.value) for side in conflict.sides}


@given(STEPS, CHANCE)
@LAWS
def test_what_one_of_them_settles_is_settled_for_both(
    steps: list[Step], chance: random.Random
) -> None:
    with world(steps) as made:
        yerlan, dana = exchanged(made, chance)
        for conflict in yerlan.conflicts():
            made.settle(yerlan, conflict, conflict.sides[-1].value)
        settled = yerlan.conflicts()
        apply(dana, made.send(yerlan))
        assert dumped(yerlan) == dumped(dana)
        assert dana.conflicts() == settled

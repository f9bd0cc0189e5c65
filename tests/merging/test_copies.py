"""Somebody who may sign carries along other words than an office wrote, or takes others' ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.merging.apply import apply
from taza_desktop.merging.preview import preview
from taza_desktop.merging.undo import undo
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.register.ids import (
    MOST_TERRITORIES,
    derived,
    package_record,
    review_record,
    sheet_record,
)
from taza_desktop.register.model import Office, Record
from taza_desktop.register.parcel import Opened
from taza_desktop.register.register import Register
from tests.merging.senders import send
from tests.register.offices import (
    COORDINATOR,
    DISTRICT,
    NEIGHBOUR,
    REGION,
    SHEET_2024,
    dumped,
    figures,
    new_register,
)


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "colleague", Office("region", REGION, "Дана")) as register:
        yield register


@pytest.fixture
def true(clerk: Register, region: Register) -> Opened:
    """The region's package: it corrected the clerk's 120 to 130."""
    clerk.set_cell(SHEET_2024, "planted", 120)
    apply(region, send(clerk))
    region.set_cell(SHEET_2024, "planted", 130)
    return send(region)


def forgery(clerk: Register, true: Opened, **words: object) -> Opened:
    """The clerk got the region's correction, and sends it on with other words."""
    apply(clerk, true)
    clerk.set_cell(SHEET_2024, "planned", 7)
    opened = send(clerk)
    said = words or {"changes": {"planted": 999}}
    revisions = [replace(one, **said) if one.office == REGION else one for one in opened.revisions]
    assert revisions != opened.revisions
    return replace(opened, revisions=revisions)


def codes(register: Register, opened: Opened) -> list[str]:
    return [one.code for one in preview(register, opened).warnings]


def test_what_the_office_itself_says_takes_the_place_of_what_was_carried_along(
    clerk: Register, colleague: Register, true: Opened
) -> None:
    apply(colleague, forgery(clerk, true))
    assert colleague.sheet(SHEET_2024).cells == {"planned": 7, "planted": 120}
    (notice,) = [it for it in preview(colleague, true).warnings if it.code == "MERGE-WORDS-MENDED"]
    assert notice.fields["names"] == clerk.office.name, "whom to ask"
    apply(colleague, true)
    assert colleague.sheet(SHEET_2024).cells["planted"] == 130
    past = colleague.history(SHEET_2024, "planted")
    assert sorted((one.value, one.author) for one in past) == [
        (120, clerk.office.name),
        (130, COORDINATOR.name),
    ]


def test_known_words_stay_when_others_come(clerk: Register, region: Register, true: Opened) -> None:
    forged = forgery(clerk, true)
    (notice,) = [it for it in preview(region, forged).warnings if it.code == "MERGE-OTHER-WORDS"]
    assert notice.fields["name"] == clerk.office.name
    assert apply(region, forged).silent == {"above": 1}
    assert region.sheet(SHEET_2024).cells == {"planned": 7, "planted": 130}


def test_who_knows_both_agrees_with_who_knows_them_the_other_way_round(
    clerk: Register, colleague: Register, true: Opened, tmp_path: Path
) -> None:
    forged = forgery(clerk, true, changes={"planted": None}, parents=(), author="Nobody")
    with new_register(tmp_path, "third", colleague.office) as third:
        for register, order in ((colleague, (true, forged)), (third, (forged, true))):
            for opened in order:
                apply(register, opened)
        assert dumped(third) == dumped(colleague)
        for register in (colleague, third):
            undo(register, true.envelope.package_id)
        assert figures(third) == figures(colleague)
        assert third.sheet(SHEET_2024).cells == {"planned": 7, "planted": 120}


def test_an_id_taken_for_own_words_is_given_back_when_the_package_is_taken_back(
    clerk: Register, colleague: Register, true: Opened
) -> None:
    forged = forgery(clerk, true, changes={"planted": 999}, office=DISTRICT)
    apply(colleague, forged)
    assert colleague.sheet(SHEET_2024).cells["planted"] == 999
    with pytest.raises(Refusal, match="MERGE-REVISION-CHANGED"):
        apply(colleague, true)
    undo(colleague, forged.envelope.package_id, "under the region's id")
    apply(colleague, true)
    assert colleague.sheet(SHEET_2024).cells["planted"] == 130
    colleague.restore(forged.envelope.package_id)
    assert colleague.sheet(SHEET_2024).cells == {"planned": 7, "planted": 130}


@pytest.mark.parametrize(
    "taken",
    [
        sheet_record(SHEET_2024._replace(territory=NEIGHBOUR)),
        review_record(SHEET_2024._replace(territory=NEIGHBOUR, round="2025-9M")),
    ],
)
def test_a_row_under_the_id_of_anothers_sheet_is_refused(
    clerk: Register, neighbour: Register, region: Register, taken: bytes
) -> None:
    with pytest.raises(Refusal, match="MERGE-BROKEN"):
        apply(region, row_under(clerk, taken))
    neighbour.set_cell(SHEET_2024._replace(territory=NEIGHBOUR), "planted", 5)
    assert not apply(region, send(neighbour)).already


def test_a_row_under_the_id_of_what_is_said_about_a_package_is_refused(
    clerk: Register, region: Register, true: Opened
) -> None:
    taken = package_record(true.envelope.package_id, REGION)
    with pytest.raises(Refusal, match="MERGE-BROKEN"):
        apply(region, row_under(clerk, taken))


def test_a_row_whose_id_only_begins_like_a_territory_is_good(
    clerk: Register, region: Register
) -> None:
    apply(region, row_under(clerk, sheet_record(SHEET_2024)[:6] + bytes(10)))
    assert [it.cells for it in region.sheet(SHEET_2024).entries["plantings"]] == [{"planted": 1}]


def test_more_rows_that_look_like_sheets_than_chance_makes_are_refused_at_once(
    clerk: Register, region: Register
) -> None:
    opened = row_under(clerk, bytes(16))
    (row,), (revision,) = opened.records, opened.revisions
    places = list(load_plan().territories)[: MOST_TERRITORIES + 1]
    made = [derived(it.kato, "nothing that anybody calls so") for it in places]
    many = replace(
        opened,
        records=[replace(row, id=each) for each in made],
        revisions=[replace(revision, record=each) for each in made],
    )
    with pytest.raises(Refusal, match="MERGE-BROKEN"):
        apply(region, many)
    few = replace(many, records=many.records[:3], revisions=many.revisions[:3])
    assert apply(region, few).counts["new"] == 3


def row_under(clerk: Register, taken: bytes) -> Opened:
    """A package with a row under that id."""
    clerk.add_entry(SHEET_2024, "plantings", {"planted": 1})
    opened = send(clerk)
    row = next(one for one in opened.records if one.is_entry)
    revision = next(one for one in opened.revisions if one.record == row.id)
    return replace(
        opened,
        records=[Record(taken, SHEET_2024, "plantings")],
        revisions=[replace(revision, record=taken)],
    )

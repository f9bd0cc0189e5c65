"""What went wrong in print in 2024 is caught when it is entered; what is right is not."""

from __future__ import annotations

import pytest

from taza_desktop.i18n import LANGUAGES
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.checks import computed, problems
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey
from taza_desktop.plan.territories import REPUBLIC

PLAN = load_plan()
ATYRAU, KYZYLORDA = "230000000", "430000000"
# Measure 47: events by kind as printed; together 2798, and 1591 were said to be all.
KINDS = {
    "campaign": 575,
    "seminar": 79,
    "festival": 95,
    "contest": 140,
    "exhibition": 153,
    "excursion": 697,
    "game": 173,
    "cleanup": 886,
}
# Measure 56: 289 items in all, yet 1328 national, 1650 regional, 3311 of internet media.
MEDIA: Cells = {
    "media_national": 1328,
    "national_tv": 1034,
    "national_press": 294,
    "media_tv": 1034 + 933,
    "media_press": 294 + 717,
    "media_web": 3311,
    "media_social": 16879,
}


def sheet(measure: int, cells: Cells, territory: str = REPUBLIC, **rows: list[Cells]) -> Sheet:
    """A sheet of 2024."""
    entries = {table: [Entry(dict(row)) for row in given] for table, given in rows.items()}
    return Sheet(SheetKey(measure, territory, "2024"), dict(cells), entries)


def found(it: Sheet) -> dict[str, Problem]:
    """The problems by the name of the check."""
    return {one.check: one for one in problems(PLAN.form(it.key.measure), it)}


def parts(**changed: int) -> list[Cells]:
    """The rows of measure 47, some changed."""
    return [{"kind": kind, "number": number} for kind, number in {**KINDS, **changed}.items()]


def test_44_the_share_of_dumps_removed_is_computed_and_cannot_be_typed() -> None:
    it = sheet(44, {"dumps_found": 4886, "dumps_removed": 4335})
    assert computed(PLAN.form(44), it)["dumps_share"] == "88.7"
    assert found(it) == {}
    it.cells["dumps_share"] = 91
    assert found(it)["computed"].level == "stop"


def test_47_the_kinds_make_more_than_all_events() -> None:
    assert sum(KINDS.values()) == 2798
    wrong = found(sheet(47, {"events": 1591}, event_kinds=parts()))
    assert wrong["kinds_within_events"].level == "explain"
    assert "kinds_within_events" not in found(sheet(47, {"events": 2798}, event_kinds=parts()))


def test_56_the_media_have_more_items_than_all() -> None:
    wrong = found(sheet(56, {"media_items": 289, **MEDIA}))
    assert wrong["channels_within_items"].level == "explain"
    assert wrong["national_within_items"].level == "explain"
    right = sheet(56, {"media_items": 1328 + 1650 + 3311, **MEDIA})
    assert found(right) == {}
    follows = computed(PLAN.form(56), right)
    assert (follows["regional_tv"], follows["regional_press"]) == (933, 717)


@pytest.mark.parametrize("change", [{"national_tv": 1035}, {"national_press": 295}])
def test_56_national_channels_that_do_not_fit_their_sum(change: Cells) -> None:
    """1034 + 294 are 1328, and not one more."""
    it = sheet(56, {"media_items": 6289, **MEDIA, **change})
    assert found(it)["national_channels_within_national"].level == "explain"


def test_56_regional_channels_that_do_not_fit_the_total() -> None:
    """933 + 717 are 1650: with one more all channels together exceed all items."""
    it = sheet(56, {"media_items": 6289, **MEDIA, "media_tv": 1034 + 934})
    assert found(it)["channels_within_items"].level == "explain"


def test_50_the_articles_make_more_than_all_offences() -> None:
    articles: Cells = {"protocols_505": 3623, "protocols_434_2": 7735}
    wrong = found(sheet(50, {"offences": 11_301, **articles}, ATYRAU))
    assert wrong["articles_within_offences"].level == "explain"
    right = found(sheet(50, {"offences": 11_358, **articles}, ATYRAU))
    assert "articles_within_offences" not in right


def test_24_two_plans_for_one_year() -> None:
    plans: list[Cells] = [
        {"for_year": year, "number": number}
        for year, number in (
            (2024, 77), (2025, 81), (2025, 85), (2026, 89), (2027, 93), (2028, 97), (2029, 100),
        )
    ]  # fmt: skip
    wrong = found(sheet(24, {"operating": 77}, plans=plans))
    assert wrong["plan_twice"].cell == "plans/3/for_year"
    assert wrong["plan_twice"].level == "explain"
    del plans[2]
    assert found(sheet(24, {"operating": 77}, plans=plans)) == {}


def test_24_the_second_plan_for_2025_is_above_the_first() -> None:
    it = sheet(24, {"operating": 85, "planned": 85})
    it.key = it.key._replace(round="2025")
    problem = found(it)["plan_within_republic"]
    assert problem.level == "explain"
    assert all("81" in text and "85" in text for text in problem.message)
    assert PLAN.measures[24].targets[2025] == 81


def test_6_more_than_four_times_the_plan_is_to_be_explained_not_refused() -> None:
    it = sheet(6, {"planned": 21_700, "planted": 100_418}, KYZYLORDA)
    assert {name: one.level for name, one in found(it).items()} == {"above_plan": "explain"}
    it.cells["remark:planted"] = "Қосымша қаражат бөлінді"
    assert found(it)["above_plan"].answered


def test_what_is_caught_is_said_in_every_language() -> None:
    wrong = found(sheet(47, {"events": 1591}, event_kinds=parts()))["kinds_within_events"]
    assert all(wrong.message.to(language) for language in LANGUAGES)

"""Packages come in, are judged, merged, taken back; contradictions are settled by a person."""

from __future__ import annotations

from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import Receiving
from tests.ui.offices.world import ALGA, FAR, GOOD, MARTUK, World


def test_a_dropped_folder_is_searched_and_each_package_judged(
    world: World, open_window: Opener
) -> None:
    world.sends(ALGA, GOOD)
    world.sends(MARTUK, FAR)
    (world.stick / "holiday.taza").write_bytes(b"not a package")
    (world.stick / "letter.txt").write_text("no")
    page = Receiving(open_window(world.region)).drops(world.stick)
    assert page.lines("arrivals") == [
        ["Alga District — Айгүл Серікова", "3 cells change"],
        ["Martuk District — Нұрлан Әбдіқадыр", "2 cells change"],
        ["holiday.taza", "refused"],
    ]


def test_a_refused_package_says_its_code_and_why(world: World, open_window: Opener) -> None:
    package = world.sends(ALGA, GOOD).path
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)
    page = Receiving(open_window(world.region)).drops(package)
    code, sentence = page.notices()[0].split("\n")
    assert code.startswith("PKG-")
    assert package.name in sentence
    assert not page.has_button("Merge")


def test_the_preview_shows_each_cell_before_and_after(world: World, open_window: Opener) -> None:
    world.merges(world.sends(ALGA, GOOD).path)
    changed = world.sends(ALGA, {**GOOD, "planted": 1100}).path
    page = Receiving(open_window(world.region)).drops(changed)
    assert page.lines("changes") == [
        ["Alga District", "6", "Saplings planted", "1,040", "1,100", "changed"]
    ]
    assert "Records — changed: 1" in page.texts()


def test_merging_writes_and_tells_and_cannot_be_done_twice(
    world: World, open_window: Opener
) -> None:
    package = world.sends(ALGA, GOOD).path
    page = Receiving(open_window(world.region)).drops(package)
    assert world.in_region() == {}
    page.clicks("Merge")
    assert world.in_region() == GOOD
    assert page.says().startswith("1 package merged.")
    assert page.lines("arrivals") == [["Alga District — Айгүл Серікова", "merged"]]
    assert not page.has_button("Merge")


def test_all_good_packages_are_merged_with_one_click(world: World, open_window: Opener) -> None:
    world.sends(ALGA, GOOD)
    world.sends(MARTUK, FAR)
    (world.stick / "bad.taza").write_bytes(b"bad")
    page = Receiving(open_window(world.region)).drops(world.stick)
    page.clicks("Merge all 2 packages")
    assert world.in_region(ALGA) == GOOD
    assert world.in_region(MARTUK) == FAR
    assert [line[1] for line in page.lines("arrivals")] == ["merged", "merged", "refused"]


def test_the_missing_package_is_told_before_merging(world: World, open_window: Opener) -> None:
    world.sends(ALGA, GOOD).path.unlink()
    second = world.sends(ALGA, {**GOOD, "planted": 1100}).path
    page = Receiving(open_window(world.region)).drops(second)
    assert page.notices()[0].startswith("Before you merge")
    assert "1 never came" in page.notices()[0]


def test_a_merged_package_is_taken_back_after_one_question(
    world: World, open_window: Opener
) -> None:
    world.merges(world.sends(ALGA, GOOD).path)
    page = Receiving(open_window(world.region))
    asked = page.takes_back("Alga")
    assert asked == "Nothing else was built on it. It can be merged again later."
    assert world.in_region() == {}
    assert page.tab(1).lines()[0][-1] == "taken back"
    assert not page.tab(1).button("Take back").isEnabled()
    page.tab(1).picks("Alga")
    page.tab(1).clicks("Merge again")
    assert world.in_region() == GOOD
    assert page.tab(1).lines()[0][-1] == "merged"


def test_whoever_changes_their_mind_changes_nothing(world: World, open_window: Opener) -> None:
    world.merges(world.sends(ALGA, GOOD).path)
    page = Receiving(open_window(world.region))
    page.takes_back("Alga", sure=False)
    assert world.in_region() == GOOD


def test_the_question_names_what_was_built_on_it(world: World, open_window: Opener) -> None:
    world.merges(world.sends(ALGA, GOOD).path)
    world.corrects("planted", 1070)
    page = Receiving(open_window(world.region))
    asked = page.takes_back("Alga")
    assert asked == "Later work on 1 sheet was built on it and stays: 6. Alga District."
    assert world.in_region() == {"planted": 1070}


def _in_conflict(world: World) -> None:
    """The district and the region changed the same figure, neither knowing of the other."""
    world.merges(world.sends(ALGA, GOOD).path)
    world.corrects("planted", 1070)
    world.merges(world.sends(ALGA, {**GOOD, "planted": 1100}).path)


def test_a_conflict_is_a_task_with_both_sides(world: World, open_window: Opener) -> None:
    _in_conflict(world)
    page = Receiving(open_window(world.region))
    assert page.tab_name(2) == "Conflicts (1)"
    task = page.tab(2)
    assert task.lines() == [["Alga District", "6", "Saplings planted", "1,070  ≠  1,100"]]
    assert "Before: 1,040" in task.texts()
    assert not task.button("Settle").isEnabled(), "nothing is chosen yet"


def test_a_side_is_chosen(world: World, open_window: Opener) -> None:
    _in_conflict(world)
    page = Receiving(open_window(world.region))
    task = page.tab(2)
    task.button("1,100").click()
    task.clicks("Settle")
    assert world.in_region()["planted"] == 1100
    assert page.tab_name(2) == "Conflicts"


def test_another_value_is_typed_and_must_fit(world: World, open_window: Opener) -> None:
    _in_conflict(world)
    task = Receiving(open_window(world.region)).tab(2)
    task.types("Another value", "many")
    task.clicks("Settle")
    assert any("many" in text for text in task.texts())
    assert world.in_region()["planted"] == 1070
    task.types("Another value", "1085")
    task.clicks("Settle")
    assert world.in_region()["planted"] == 1085


def test_packages_are_opened_from_a_dialog_too(
    world: World, open_window: Opener, answers: Answers
) -> None:
    answers.path = world.sends(ALGA, GOOD).path
    page = Receiving(open_window(world.region))
    page.clicks("Open packages…")
    page.clicks("Open packages…")
    assert len(page.lines("arrivals")) == 1, "the same file again is the same package"


def test_the_journal_tells_what_happened_and_why(world: World, open_window: Opener) -> None:
    world.merges(world.sends(ALGA, GOOD).path)
    page = Receiving(open_window(world.region))
    page.takes_back("Alga")
    lines = page.tab(4).lines("journal")
    assert [line[1] for line in lines] == ["package taken back", "package merged"]
    assert lines[0][2] == "Package 1, Alga District"
    assert "Ерлан Сапаров" in lines[0][3]
    assert lines[0][4] == "The wrong stick"

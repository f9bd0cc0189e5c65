"""The example, whole: registers, packages, merging in any order, reports that hold the facts."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.demo import folder, reviewing
from taza_desktop.demo.example import Made
from taza_desktop.demo.offices import register_path
from taza_desktop.demo.telling import lines
from taza_desktop.errors import Refusal
from taza_desktop.i18n import Language
from taza_desktop.merging.apply import apply
from taza_desktop.packages.credentials import trust_pem
from taza_desktop.packages.read import verify
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form import Figure, Form
from taza_desktop.plan.kinds import KINDS, say, show
from taza_desktop.plan.sheet import Sheet, Value
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.plan.totals import Total, add_up
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing import verdict
from taza_desktop.register.reviewing_cells import review_of


def dump(register: Register) -> bytes:
    """The canonical dump."""
    out = io.BytesIO()
    register.dump(out)
    return out.getvalue()


def words(report: Path) -> str:
    """The text of a Word file with its footnotes, their spaces plain."""
    with zipfile.ZipFile(report) as parts:
        names = {"word/document.xml", "word/footnotes.xml"} & set(parts.namelist())
        xml = "".join(parts.read(name).decode("utf-8") for name in sorted(names))
    text = re.sub(r"</w:p>", "\n", xml)
    return re.sub(r"[\u00a0\u202f]", " ", re.sub(r"<[^>]+>", "", text))


def report(made: Made, name: str, language: str) -> str:
    """The text of an office's report."""
    (path,) = (path for path in made.reports if path.match(f"{name}*-{language}.docx"))
    return words(path)


def test_there_is_a_register_for_every_region_and_for_the_districts_of_the_facts(
    made: Made,
) -> None:
    registers = list((made.folder / "registers").glob("*.taza-register"))
    assert made.regions == 20
    named = {sheet.key.territory for sheet in made.facts.sheets}
    assert made.districts == len([kato for kato in named if not kato.endswith("0000000")])
    assert len(registers) == made.regions + made.districts + 1
    for path in registers:
        with Register.open(path) as register:
            assert register.conflicts() == []


def test_the_ministry_holds_every_sheet(made: Made) -> None:
    with Register.open(made.ministry) as ministry:
        held = {sheet.key: sheet for sheet in ministry.sheets()}
    for sheet in made.facts.sheets:
        assert held[sheet.key].cells == sheet.cells
        for table, entries in sheet.entries.items():
            merged = [entry.cells for entry in held[sheet.key].entries[table]]
            assert merged == [entry.cells for entry in entries]
    assert held.keys() == {sheet.key for sheet in made.facts.sheets}


def test_a_sheet_was_returned_answered_accepted_and_confirmed(made: Made) -> None:
    registers, key = made.folder / "registers", reviewing.RETURNED
    with Register.open(register_path(registers, key.territory)) as clerk:
        said = verdict(clerk, key)
        assert (said.verdict, said.fresh) == ("accepted", True)
        review = review_of(key).id.hex()
        told = [change.value for change in clerk.history(key, "verdict", review)]
        assert told == ["accepted", "returned"]
        assert clerk.history(key, "opened", review)
        kinds = [package.envelope.kind for package in clerk.packages("in")]
        assert kinds == ["return", "receipt"]
        with pytest.raises(Refusal, match="REV-LOCKED"):
            clerk.set_cell(key, "bus_stations", 4)
    assert [path.exists() for path in made.answers] == [True, True]


def test_a_conflict_was_settled_at_what_was_published(made: Made) -> None:
    key = reviewing.DISPUTED
    with Register.open(register_path(made.folder / "registers", reviewing.REGION)) as region:
        history = [change.value for change in region.history(key, "path_length")]
        assert sorted(map(str, history)) == ["1.07", "1.7", "1.7", "7.1"]
        assert region.sheet(key).cells == {"path_length": "1.7"}


def test_the_packages_merge_in_any_order_and_twice_to_the_same(made: Made, tmp_path: Path) -> None:
    with Register.open(made.ministry) as ministry:
        trust = trust_pem(ministry)
    opened = [verify(path, trust) for path in made.packages[1]]
    dumps: set[bytes] = set()
    for seed in range(4):
        random.Random(seed).shuffle(opened)
        file = tmp_path / f"{seed}.taza-register"
        with Register.create(file, Office("ministry", REPUBLIC, "")) as register:
            for one in [*opened, *opened[: seed * 3]]:
                apply(register, one)
            dumps.add(dump(register))
    assert len(dumps) == 1


def test_a_package_goes_to_its_own_region_only(made: Made) -> None:
    with Register.open(register_path(made.folder / "registers", "110000000")) as akmola:
        trust = trust_pem(akmola)
    strangers = [path for path in made.packages[0] if not path.name.startswith("11")]
    assert strangers
    for path in strangers:
        with pytest.raises(Refusal, match="PKG-"):
            verify(path, trust)


@pytest.mark.parametrize(
    ("office", "language", "facts"),
    [
        ("KZ-43-Ky", "ru", ["21 700", "100 418", "это не объяснено"]),
        ("KZ-43-Ky", "kk", ["21 700", "100 418", "түсіндірілмеген"]),
        ("KZ-31-", "ru", ["200 000", "176 600", "88,3 %"]),
        ("KZ-31-", "kk", ["200 000", "176 600", "88,3 %"]),
        ("KZ-39-Ko", "ru", ["3,1 километр", "25 проездных", "53 населенных", "86 победителей"]),
        ("KZ-39-Ko", "kk", ["3,1 километр", "25 жол жүру", "53 елді мекен", "86 жеңімпаз"]),
        ("KZ-15-Ak", "ru", ["Родниковка", "Ебейти", "Монке би", "20 волонтеров"]),
        ("KZ-15-Ak", "kk", ["Родниковка", "Ебейті", "Мөңке би", "20 ерікті"]),
        ("KZ-23-", "ru", ["11 358", "159 938 082", "72 871 485", "3 623", "7 735"]),
        ("KZ-11-Ak", "ru", ["Я волонтер", "2 млн", "4 000", "550 000"]),
        ("KZ-63-Ea", "kk", ["Жанұзақ", "10 млн"]),
        ("ministry", "ru", ["21 700", "100 418", "176 600", "88,3 %"]),
        ("ministry", "kk", ["21 700", "100 418", "176 600", "88,3 %"]),
    ],
)
def test_the_reports_hold_the_facts(
    made: Made, office: str, language: str, facts: list[str]
) -> None:
    text = report(made, office, language)
    assert [fact for fact in facts if fact not in text] == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_fact_stands_in_the_report_of_its_office(made: Made, language: Language) -> None:
    """Each number of a region, its own and its districts' added up, as a sentence says it."""
    plan = load_plan()
    by_office: defaultdict[tuple[str, int], list[Sheet]] = defaultdict(list)
    for sheet in made.facts.sheets:
        region = plan.territories.region_of(sheet.key.territory)
        by_office[region.iso if region else "ministry", sheet.key.measure].append(sheet)
    texts = {office: report(made, f"{office}-", language) for office, _ in by_office}
    lost: list[tuple[str, int, str]] = []
    for (office, measure), sheets in by_office.items():
        form = plan.form(measure)
        total = add_up(form, sheets)
        for figure, value in numbers(form, total):
            said = (as_said(figure, value, language) for as_said in (say, show))
            if not any(it.replace("\u00a0", " ") in texts[office] for it in said):
                lost.append((office, measure, figure.name))
    assert lost == []


def numbers(form: Form, total: Total) -> Iterator[tuple[Figure, Value]]:
    """Every number of a total and of its rows."""
    cells = [*((figure, total.cells.get(figure.name)) for figure in form.figures)]
    for table in form.tables:
        for entry in total.entries[table.name]:
            cells += [(column, entry.cells.get(column.name)) for column in table.columns]
    for figure, value in cells:
        if KINDS[figure.kind].numeric and value is not None:
            yield figure, value


def test_a_report_prints_what_the_facts_name_and_nothing_else_of_the_kind(made: Made) -> None:
    """Figures of other regions do not stray into a region's report."""
    text = report(made, "KZ-31-", "ru")
    assert "100 418" not in text
    assert "63 670" not in text


def test_ten_lines_tell_what_was_made(made: Made) -> None:
    said = lines(made, 12.3)
    assert len(said) == 10
    assert f"{len(made.facts.entered)} of 120" in said[2]
    assert str(made.ministry) in said[9]


def test_an_example_is_replaced_and_anything_else_is_left_alone(tmp_path: Path) -> None:
    folder.make_room(tmp_path)
    (tmp_path / "registers" / "begun.taza-register").touch()
    folder.make_room(tmp_path)  # broken off: all in its parts is its own
    assert not list((tmp_path / "registers").iterdir())
    (tmp_path / "reports" / "a.docx").touch()
    folder.leave_mark(tmp_path)
    (tmp_path / "reports" / "mine.docx").touch()
    with pytest.raises(Refusal, match=r"DEMO-NOT-EMPTY.*mine\.docx"):
        folder.make_room(tmp_path)
    assert (tmp_path / "reports" / "a.docx").exists()
    (tmp_path / "reports" / "mine.docx").unlink()
    folder.make_room(tmp_path)
    assert not (tmp_path / "reports" / "a.docx").exists()

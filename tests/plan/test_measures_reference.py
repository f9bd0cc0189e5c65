"""`docs/measures.md` and its pages are what the plan and the forms say."""

from __future__ import annotations

from installer.measures_reference import DOCS, pages
from taza_desktop.plan.catalogue import load_plan


def test_the_pages_are_fresh() -> None:
    fresh = dict(pages())
    kept = {DOCS / "measures.md", *(DOCS / "measures").glob("*")}
    assert kept == fresh.keys(), "run `make docs`"
    for path, text in fresh.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run `make docs`"


def test_a_page_shows_every_name_of_its_form() -> None:
    texts = dict(pages())
    for number in load_plan().form_numbers():
        form = load_plan().form(number)
        text = texts[DOCS / "measures" / f"{number:02}.md"]
        columns = [column for table in form.tables for column in table.columns]
        for part in (*form.figures, *columns, *form.tables, *form.checks):
            assert f"`{part.name}`" in text

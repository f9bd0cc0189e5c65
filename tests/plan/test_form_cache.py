"""A compiled form is the form itself; an edit of the TOML is in force at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from taza_desktop.paths import data_path
from taza_desktop.plan import catalogue
from taza_desktop.plan.compiled import compiled, compiled_path
from taza_desktop.plan.form_cache import compile_form, load_form
from taza_desktop.plan.form_file import read_form
from taza_desktop.plan.form_mistakes import FormRefused
from tests.plan.form_writing import GOOD

SHIPPED = sorted(data_path("resources", "forms").glob("measure[0-9][0-9].toml"))
SHARED = data_path("resources", "forms", "shared")


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A form in a folder of its own, with the shared files beside it, compiled."""
    (tmp_path / "shared").mkdir()
    for file in SHARED.glob("*.toml"):
        (tmp_path / "shared" / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "measure06.toml"
    path.write_text(GOOD, encoding="utf-8")
    compiled_path(path).parent.mkdir()
    compiled_path(path).write_text(compile_form(path), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_form_is_compiled_and_the_same(path: Path) -> None:
    assert compiled(path) is not None, "run `make generated`"
    read, loaded = read_form(path), load_form(path)
    assert loaded == read
    assert repr(loaded) == repr(read)  # the types too, and the file that messages name


def test_the_compiled_file_is_what_is_loaded(form: Path) -> None:
    """Told by a change that the checksums do not cover."""
    file = compiled_path(form)
    held = json.loads(file.read_text(encoding="utf-8"))
    held["data"]["version"] = 99
    file.write_text(json.dumps(held), encoding="utf-8")
    assert load_form(form).version == 99


def test_an_edited_form_is_in_force_at_once(form: Path) -> None:
    form.write_text(GOOD.replace("version = 1", "version = 2"), encoding="utf-8")
    assert load_form(form).version == 2


def test_an_edited_shared_file_is_in_force_at_once(form: Path) -> None:
    event = form.parent / "shared" / "event.toml"
    text = event.read_text(encoding="utf-8")
    event.write_text(text + "\n[[section]]\nname = 1\n", encoding="utf-8")
    with pytest.raises(FormRefused):
        load_form(form)
    event.unlink()
    with pytest.raises(FormRefused):
        load_form(form)


def test_the_ends_of_lines_are_no_edit(form: Path) -> None:
    form.write_bytes(form.read_bytes().replace(b"\n", b"\r\n"))
    assert compiled(form) is not None


def _without(form: Path) -> str:
    held = json.loads(compiled_path(form).read_text(encoding="utf-8"))
    del held["data"]["figures"]
    return json.dumps(held)


def _with(form: Path) -> str:
    held = json.loads(compiled_path(form).read_text(encoding="utf-8"))
    held["data"]["figures"][0]["colour"] = "red"
    return json.dumps(held)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda form: "",
        lambda form: "[]",
        lambda form: "null",
        lambda form: '{"sources": 1, "data": {}}',
        lambda form: '{"sources": {}, "data": {}}',
        lambda form: '{"sources": {}, "data": [1]}',
        lambda form: '{"sources": {"measure06.toml": "x"}, "data": {}}',
        lambda form: '{"sources": {}, "data": {"figures": 1}}',
        lambda form: '{"sources": {}, "data": {"figures": [1]}}',
        lambda form: compiled_path(form).read_text(encoding="utf-8")[:-100],
        _without,
        _with,
    ],
)
def test_a_spoilt_compiled_file_costs_time_and_nothing_else(form: Path, spoil) -> None:
    compiled_path(form).write_text(spoil(form), encoding="utf-8")
    assert load_form(form) == read_form(form)


def test_without_a_compiled_file_the_toml_is_read(form: Path) -> None:
    compiled_path(form).write_bytes(b"\xff")
    assert load_form(form) == read_form(form)
    compiled_path(form).unlink()
    assert load_form(form) == read_form(form)


def test_the_plan_is_the_same_compiled_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("plan", "measures"):
        assert compiled(data_path("resources", "plan", f"{name}.toml")) is not None
    quick = catalogue.load_plan.__wrapped__()
    monkeypatch.setattr(catalogue, "compiled", lambda path: None)
    slow = catalogue.load_plan.__wrapped__()
    for part in ("version", "years", "title", "concept", "approved_by", "executors_report_by",
                 "ministry_reports_by", "directions", "measures", "abbreviations"):  # fmt: skip
        assert repr(getattr(quick, part)) == repr(getattr(slow, part))


def test_an_edited_form_that_is_looked_at_is_in_force_at_once(form: Path) -> None:
    other = form.with_name("measure44.toml")
    other.write_text(GOOD.replace("measure = 6", "measure = 44"), encoding="utf-8")
    form.write_text(GOOD.replace("last.planted", "m44.planted"), encoding="utf-8")
    compiled_path(form).write_text(compile_form(form), encoding="utf-8")
    assert load_form(form) == read_form(form)
    assert load_form(form).beside[0].figures == read_form(other).figures
    other.write_text(other.read_text(encoding="utf-8").replace("planted", "p"), encoding="utf-8")
    with pytest.raises(FormRefused):
        load_form(form)

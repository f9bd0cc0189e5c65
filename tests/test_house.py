"""The house stands: generated files are fresh, locks are neutral, the wheel is whole."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = tuple(sorted(path.name for path in ROOT.glob("requirements*.lock")))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--extra|--find-links|--trusted| @ ", text)


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_hashes(name: str) -> None:
    packages = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
    for package in packages:
        assert re.match(r"[a-z0-9-]+==\S+", package), package[:60]
        assert "--hash=sha256:" in package, package[:60]


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    locked = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    for requirement in wanted:
        name = re.split(r"[<>=\[]", requirement)[0].lower()
        assert f"\n{name}==" in f"\n{locked}"


def test_python_of_the_designer_files_is_fresh() -> None:
    designed = sorted((ROOT / "ui").glob("*.ui"))
    generated = ROOT / "taza_desktop/ui/generated"
    assert designed
    assert {path.stem for path in generated.glob("ui_*.py")} == {
        f"ui_{one.stem}" for one in designed
    }
    for one in designed:
        uic = [Path(sys.executable).with_name("pyside6-uic"), one]
        made = subprocess.run(uic, capture_output=True, text=True, encoding="utf-8", check=True)
        lines = made.stdout.splitlines(keepends=True)
        fresh = "".join(line for line in lines if not line.startswith("## Created by"))
        kept = (generated / f"ui_{one.stem}.py").read_text(encoding="utf-8")
        assert kept == fresh, "run `make generated`"


def test_what_is_compiled_of_forms_and_plan_is_fresh() -> None:
    from installer.compile_resources import compiled_files

    fresh = dict(compiled_files())
    assert set((ROOT / "resources").glob("*/compiled/*")) == fresh.keys(), "run `make generated`"
    for path, text in fresh.items():
        assert path.read_text(encoding="utf-8") == text, "run `make generated`"


def test_pyright_is_strict_everywhere_but_in_the_window() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    strict = set(project["tool"]["pyright"]["strict"])
    packages = {path.parent.name for path in (ROOT / "taza_desktop").glob("*/__init__.py")}
    assert {f"taza_desktop/{name}" for name in packages - {"ui"}} <= strict


def test_the_wheel_carries_catalogues_and_resources(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for language in ("kk", "ru", "en"):
        assert f"taza_desktop/_data/i18n/{language}/LC_MESSAGES/taza_desktop.mo" in names
    for file in (ROOT / "resources").rglob("*"):
        if file.is_file():
            assert f"taza_desktop/_data/{file.relative_to(ROOT).as_posix()}" in names
    assert not [name for name in names if name.endswith((".po", ".pot", ".ui"))]


def test_qt_survives_many_calls_that_return_nothing(qapp: object) -> None:
    """PySide6 6.12 lost a reference to None at each such call and brought the program down."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(20_000):
        thing.blockSignals(False)
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 1_000

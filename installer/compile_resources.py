"""Write `compiled/*.json` beside the forms, the plan and the maps: what the program reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from taza_desktop.plan.compiled import as_compiled, compiled_path, read_toml
from taza_desktop.plan.form_cache import compile_form
from taza_desktop.plan.outlines_source import compile_maps

RESOURCES = Path(__file__).parent.parent / "resources"
PLAN = ("plan", "measures")


def compiled_files() -> Iterator[tuple[Path, str]]:
    """Every compiled file with its text, made anew."""
    for form in sorted((RESOURCES / "forms").glob("measure[0-9][0-9].toml")):
        yield compiled_path(form), compile_form(form)
    for name in PLAN:
        path = RESOURCES / "plan" / f"{name}.toml"
        yield compiled_path(path), as_compiled(path, [path.name], read_toml(path))
    maps = RESOURCES / "map" / "outlines"
    yield compiled_path(maps), compile_maps(maps)


def main() -> None:
    """Write them all, and take away what has no TOML any more."""
    for folder in RESOURCES.glob("*/compiled"):
        for old in folder.glob("*.json"):
            old.unlink()
    for path, text in compiled_files():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""Compile the Designer files of `ui/` into `taza_desktop/ui/generated/`; with --check only compare."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
FORMS = ROOT / "ui"
GENERATED = ROOT / "taza_desktop" / "ui" / "generated"
_HEADER = '''"""Compiled from ui/{form} by installer/build_ui.py; change it there, never here."""'''
_VOLATILE = "## Created by:"  # the generator's version; would make every upgrade a change


def compiled(form: Path) -> str:
    """The Python module of one Designer file: pyside6-uic's, without imports that it does not use."""
    bin_ = Path(sys.executable).parent
    made = subprocess.run(
        [bin_ / "pyside6-uic", form], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
    kept = [line for line in made.splitlines() if not line.startswith(_VOLATILE)]
    source = "\n".join([_HEADER.format(form=form.name), *kept, ""])
    tidy = [bin_ / "ruff", "check", "--isolated", "--select=F401,F403", "--fix", "--quiet", "-"]
    done = subprocess.run(
        tidy, input=source, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout


def build(folder: Path) -> list[Path]:
    """Compile every Designer file into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for form in sorted(FORMS.glob("*.ui")):
        target = folder / f"ui_{form.stem}.py"
        target.write_text(compiled(form), encoding="utf-8", newline="\n")
        written.append(target)
    return written


def drifted() -> list[str]:
    """Names of compiled modules that are not what their Designer file says, or have none."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = {path.name: path.read_bytes() for path in build(Path(folder))}
    there = {path.name: path.read_bytes() for path in GENERATED.glob("ui_*.py")}
    return sorted(name for name in fresh | there if fresh.get(name) != there.get(name))


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        if differing := drifted():
            sys.exit(f"Run installer/build_ui.py: {', '.join(differing)}")
    else:
        for made in build(GENERATED):
            print(made.relative_to(ROOT))

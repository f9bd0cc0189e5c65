"""What a wheel carries besides Python, as `taza_desktop/_data`: catalogues and resources."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = "taza_desktop/_data"


def compile_catalogues(source: Path, target: Path) -> None:
    """Compile every `.po` below `source` into the same place below `target`."""
    for po in sorted(source.glob("*/LC_MESSAGES/*.po")):
        mo = (target / po.relative_to(source)).with_suffix(".mo")
        mo.parent.mkdir(parents=True, exist_ok=True)
        with po.open("rb") as text, mo.open("wb") as binary:
            write_mo(binary, read_po(text, locale=po.parts[-3]))


class DataHook(BuildHookInterface[Any]):
    """Adds the data to a wheel; an editable install reads it where it lies."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a folder that lives until the wheel is written."""
        if version == "editable":
            return
        root = Path(self.root)
        self._folder = tempfile.TemporaryDirectory()
        catalogues = Path(self._folder.name)
        compile_catalogues(root / "i18n", catalogues)
        build_data["force_include"][str(catalogues)] = f"{DATA}/i18n"
        build_data["force_include"][str(root / "resources")] = f"{DATA}/resources"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the folder away."""
        if version != "editable":
            self._folder.cleanup()

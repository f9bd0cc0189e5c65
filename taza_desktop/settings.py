"""What this user chose on this PC: language, look, and which registers were open last."""

from __future__ import annotations

import json
import locale
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Literal, cast

from taza_desktop.i18n import LANGUAGES, Language
from taza_desktop.paths import user_path

Theme = Literal["system", "light", "dark", "contrast"]
THEMES: tuple[Theme, ...] = ("system", "light", "dark", "contrast")
PhotosWait = Literal["metered", "always", "never"]
PHOTOS_WAIT: tuple[PhotosWait, ...] = ("metered", "always", "never")
TEXT_SIZES = (90, 100, 115, 130, 150)  # per cent of the system's size
_RECENT = 8


@dataclass(slots=True)
class Settings:
    """Choices of the user; nothing here is data of a register.

    Attributes:
        language: of the window; blank until the first start has asked.
        text_size: per cent of the system's text size, one of `TEXT_SIZES`.
        recent: paths of the registers, the last one opened first.
        folder: where files were put or taken from last, e.g. a stick.
        placed: package_id → path that its file was written to on this PC.
        handed: what was handed out or put into the safe (letter, card, backups), and on which day.
        key_store: keep the passphrase in the system's key store; off unless chosen.
        exchange_by_hand: nothing is sent or fetched that nobody asked for.
        photos_wait: whether photos wait for another line: on a metered one, always, never.
    """

    language: Language | Literal[""] = ""
    theme: Theme = "system"
    text_size: int = 100
    round: str = ""
    recent: list[str] = field(default_factory=list[str])
    folder: str = ""
    placed: dict[str, str] = field(default_factory=dict[str, str])
    handed: dict[str, str] = field(default_factory=dict[str, str])
    key_store: bool = False
    exchange_by_hand: bool = False
    photos_wait: PhotosWait = "metered"
    file: Path | None = field(default=None, repr=False, compare=False)

    @classmethod
    def load(cls, file: Path | None = None) -> Settings:
        """Read the settings; what is missing or not understood falls back to its default."""
        file = file or user_path("settings.json")
        try:
            read = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            read = None
        settings = cls(file=file)
        if isinstance(read, dict):
            settings._take(cast("dict[str, object]", read))
        return settings

    def save(self) -> None:
        """Write the settings; a disk that refuses costs the choice and nothing else."""
        if self.file is None:
            return
        kept = {name: value for name, value in asdict(self).items() if name != "file"}
        beside = self.file.with_suffix(".new")
        try:
            beside.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
            beside.replace(self.file)
        except OSError:
            beside.unlink(missing_ok=True)

    def opened(self, register: Path) -> None:
        """Remember that this register was opened last."""
        path = str(register.resolve())
        self.recent = [path, *(other for other in self.recent if other != path)][:_RECENT]
        self.save()

    def last_register(self) -> Path | None:
        """The register opened last that is still there."""
        return next((Path(path) for path in self.recent if Path(path).is_file()), None)

    def speak(self, asked: str | None = None) -> Language:
        """The language asked for, else `TAZA_LANG`, else the chosen one, else the system's."""
        system = (locale.getlocale()[0] or "")[:2]
        for wanted in (asked, os.environ.get("TAZA_LANG"), self.language, system):
            for known in LANGUAGES:
                if wanted == known:
                    return known
        return "kk"

    def _take(self, read: dict[str, object]) -> None:
        allowed: dict[str, tuple[object, ...]] = {
            "language": LANGUAGES,
            "theme": THEMES,
            "text_size": TEXT_SIZES,
            "photos_wait": PHOTOS_WAIT,
        }
        for name in (each.name for each in fields(self) if each.name != "file"):
            value = read.get(name)
            if type(value) is type(getattr(self, name)) and value in allowed.get(name, (value,)):
                setattr(self, name, value)
        self.recent = [path for path in cast("list[object]", self.recent) if isinstance(path, str)]
        self.placed, self.handed = _texts(self.placed), _texts(self.handed)


def _texts(read: dict[str, str]) -> dict[str, str]:
    """What is text of what was read; the file may have been edited by hand."""
    values = cast("dict[str, object]", read)
    return {name: value for name, value in values.items() if isinstance(value, str)}

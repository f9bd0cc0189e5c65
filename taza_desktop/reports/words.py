"""The words of the printed report: in the report's language, whatever language the window is in."""

from __future__ import annotations

import tomllib
from functools import cache

from taza_desktop.i18n import Language, Text
from taza_desktop.paths import data_path


@cache
def _words() -> dict[str, Text]:
    path = data_path("resources", "reports", "words.toml")
    return {key: Text(**said) for key, said in tomllib.loads(path.read_text("utf-8")).items()}


def word(key: str, lang: Language, **fields: object) -> str:
    """The word of `words.toml` with its fields filled in; KeyError when there is none."""
    return _words()[key].to(lang).format(**fields)

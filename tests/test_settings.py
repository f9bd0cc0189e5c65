"""Settings survive a restart, and nothing on the disk can break the start."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.paths import user_path
from taza_desktop.settings import TEXT_SIZES, Settings


def test_what_was_chosen_is_there_next_time(tmp_path: Path) -> None:
    chosen = Settings.load()
    chosen.language, chosen.theme, chosen.text_size = "ru", "contrast", 130
    for number in range(12):
        chosen.opened(tmp_path / f"{number}.taza")
    chosen.opened(tmp_path / "5.taza")
    again = Settings.load()
    assert again == chosen
    assert [Path(path).name for path in again.recent[:3]] == ["5.taza", "11.taza", "10.taza"]
    assert len(again.recent) == 8


def test_only_a_register_that_is_still_there_is_opened_again(tmp_path: Path) -> None:
    settings = Settings.load()
    (tmp_path / "here.taza").touch()
    settings.opened(tmp_path / "here.taza")
    settings.opened(tmp_path / "gone.taza")
    assert settings.last_register() == tmp_path / "here.taza"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = st.sampled_from(["language", "theme", "text_size", "recent", "round", "other"])


@given(stored=st.dictionaries(NAMES, JSON))
def test_any_stored_value_gives_usable_settings(stored: dict[str, object]) -> None:
    import json

    user_path("settings.json").write_text(json.dumps(stored), encoding="utf-8")
    settings = Settings.load()
    assert settings.language in ("", "kk", "ru", "en")
    assert settings.text_size in TEXT_SIZES
    assert all(isinstance(path, str) for path in settings.recent)
    assert settings.last_register() is None


def test_a_file_that_is_no_json_is_passed_over() -> None:
    user_path("settings.json").write_bytes(b"\xff\x00{")
    assert Settings.load().text_size == 100


@pytest.mark.parametrize(
    ("asked", "variable", "chosen", "spoken"),
    [
        ("en", "ru", "kk", "en"),
        (None, "ru", "kk", "ru"),
        (None, "xx", "kk", "kk"),
        (None, None, "ru", "ru"),
    ],
)
def test_the_language_asked_for_wins(
    asked: str | None,
    variable: str | None,
    chosen: str,
    spoken: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if variable:
        monkeypatch.setenv("TAZA_LANG", variable)
    settings = Settings.load()
    settings.language = chosen
    assert settings.speak(asked) == spoken

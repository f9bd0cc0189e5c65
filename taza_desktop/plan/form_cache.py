"""Forms as they were compiled: the same `Form` as `read_form` gives, in a fraction of the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from taza_desktop.plan.compiled import as_compiled, compiled
from taza_desktop.plan.form import Form
from taza_desktop.plan.form_data import form_as_data, form_of_data


def load_form(path: Path) -> Form:
    """The form of a file such as `resources/forms/measure06.toml`, compiled or not.

    Raises: as `read_form` does, when the file was edited since it was compiled.
    """
    data = compiled(path)
    if isinstance(data, dict):
        try:
            return form_of_data(cast("dict[str, object]", data), path.name)
        except (TypeError, KeyError, ValueError, AttributeError):
            pass  # compiled for another version of the program
    from taza_desktop.plan.form_file import read_form

    return read_form(path)


def compile_form(path: Path) -> str:
    """The text of the compiled file. Raises: as `read_form` does."""
    from taza_desktop.plan.form_file import read_form
    from taza_desktop.plan.form_source import gather

    form = read_form(path)
    files = [path, *(path.with_name(f"measure{it.measure:02}.toml") for it in form.beside)]
    shared = {"choices"}
    for file in files:
        root: Mapping[str, object] = gather(file).form.data
        shared |= set(cast("Iterable[str]", root.get("include", ())))
    sources = [*(file.name for file in files), *(f"shared/{it}.toml" for it in sorted(shared))]
    return as_compiled(path, sources, form_as_data(form))

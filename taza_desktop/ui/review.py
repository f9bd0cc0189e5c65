"""What follows from a sheet as it stands: problems, computed figures, the report's sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from taza_desktop.i18n import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from taza_desktop.plan.form import Form
    from taza_desktop.plan.problems import Problem
    from taza_desktop.plan.sheet import Cells, Sheet
    from taza_desktop.plan.territories import Territory

PRINTED: tuple[Language, ...] = ("kk", "ru")  # the languages of the report


class Review(NamedTuple):
    """Computed on the worker after every change; `sentences` are as generated, not as edited."""

    problems: list[Problem]
    missing: list[str]
    computed: Cells
    sentences: dict[Language, str]


def look_at(
    form: Form,
    sheet: Sheet,
    last: Sheet | None,
    others: Mapping[int, Sheet],
    territory: Territory,
) -> Review:
    """Look at a sheet with the eyes of the plan.

    `last` is the sheet of the previous round, `others` are those of other measures in this one.
    """
    from taza_desktop.plan.checks import computed, missing, problems
    from taza_desktop.plan.sentences import sentences

    follows = computed(form, sheet, last)
    cells = {**sheet.figures(), **follows}
    generated: dict[Language, str] = {
        language: " ".join(sentences(form, cells, sheet.entries, territory, language))
        for language in PRINTED
    }
    return Review(problems(form, sheet, last, others), missing(form, sheet), follows, generated)

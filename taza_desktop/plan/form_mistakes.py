"""What can be wrong with the definition of a form: one code and one sentence a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from taza_desktop.errors import Refusal
from taza_desktop.i18n import N_

SAYS = {
    "FORM-SYNTAX": N_("{file}, line {line}: this is not TOML ({reason}). Mend the line."),
    "FORM-KEY": N_(
        "{file}, line {line}: {item} knows no key “{key}”. Did you mean “{nearest}”? "
        "Known: {known}."
    ),
    "FORM-NEEDED": N_("{file}, line {line}: {item} lacks “{key}”. Add it."),
    "FORM-TYPE": N_("{file}, line {line}: “{key}” of {item} must be {wanted}. Write it so."),
    "FORM-WORD": N_(
        "{file}, line {line}: “{word}” is no “{key}”. Did you mean “{nearest}”? Known: {known}."
    ),
    "FORM-KIND": N_(
        "{file}, line {line}: there is no kind “{word}”. Did you mean “{nearest}”? Known: {known}."
    ),
    "FORM-RULE": N_(
        "{file}, line {line}: nothing adds up by the rule “{word}”. Did you mean “{nearest}”? "
        "Known: {known}."
    ),
    "FORM-RULE-NEEDED": N_(
        "{file}, line {line}: {item} does not say how it adds up. Add “{key}”, for example "
        '{key} = "sum", or "none" when it does not.'
    ),
    "FORM-LANGUAGE": N_(
        "{file}, line {line}: “{key}” of {item} has no text in “{language}”. Add it."
    ),
    "FORM-NAME": N_(
        "{file}, line {line}: “{name}” cannot be a name. Use small Latin letters, digits and _, "
        "a letter first, 40 at most."
    ),
    "FORM-RESERVED": N_(
        "{file}, line {line}: the name “{name}” is taken by SQL or by the program. Choose another."
    ),
    "FORM-REPEATED": N_(
        "{file}, line {line}: the name “{name}” is there twice, first in {first}, "
        "line {first_line}. Rename one; to change a shared one write replaces = true."
    ),
    "FORM-REPLACES": N_(
        "{file}, line {line}: “{name}” replaces nothing. Take “replaces” out or mend the name."
    ),
    "FORM-INCLUDE": N_(
        "{file}, line {line}: there is no shared shape “{word}”. Did you mean “{nearest}”? "
        "Known: {known}."
    ),
    "FORM-UNIT": N_(
        "{file}, line {line}: there is no unit “{word}”. Did you mean “{nearest}”? "
        "All stand in resources/plan/units.toml."
    ),
    "FORM-CHOICES": N_(
        "{file}, line {line}: there is no list of choices “{word}”. Did you mean “{nearest}”? "
        "Known: {known}."
    ),
    "FORM-FIT": N_(
        "{file}, line {line}: “{key}” does not go with the kind “{kind}” of {item}. Take it out or "
        "change the kind."
    ),
    "FORM-LIMITS": N_("{file}, line {line}: the minimum of {item} is above its maximum. Mend one."),
    "FORM-SECTION": N_(
        "{file}, line {line}: there is no section “{word}”. Did you mean “{nearest}”? "
        "Known: {known}."
    ),
    "FORM-TABLE": N_(
        "{file}, line {line}: {item} is to stand in “{word}”, which is not there. "
        "Did you mean “{nearest}”? Known: {known}."
    ),
    "FORM-OF": N_(
        "{file}, line {line}: “of” of {item} must name a figure whose role is plan, and {item} "
        "must be a fact; “{word}” does not fit. Did you mean “{nearest}”?"
    ),
    "FORM-WEIGHT": N_(
        "{file}, line {line}: {item} is weighted by “{word}”, which is no number of this form. "
        "Did you mean “{nearest}”?"
    ),
    "FORM-COMPUTED": N_(
        "{file}, line {line}: {item} is computed, so “{key}” has no sense. Take it out."
    ),
    "FORM-CYCLE": N_(
        "{file}, line {line}: {names} are computed from each other in a circle. Break it."
    ),
    "FORM-SQL": N_(
        "{file}, line {line}: “{key}” of {item} is no SQL expression over this form: {reason}. "
        "Mend the expression."
    ),
    "FORM-OTHER": N_(
        "{file}, line {line}: {item} looks at measure {number}, and there is no other form of that "
        "measure. Mend the number."
    ),
    "FORM-AT": N_(
        "{file}, line {line}: the check {item} points at “{word}”, which this form does not have. "
        "Did you mean “{nearest}”?"
    ),
    "FORM-EACH": N_(
        "{file}, line {line}: there is no table “{word}” for “each”. Did you mean “{nearest}”?"
    ),
    "FORM-SORT": N_(
        "{file}, line {line}: “{key}” needs “each”, and a column of that table. "
        "Did you mean “{nearest}”?"
    ),
    "FORM-TEMPLATE": N_("{file}, line {line}: the sentence cannot be read: {reason}. Mend it."),
    "FORM-FIELD": N_(
        "{file}, line {line}: the sentence names “{word}”, which this form does not have. "
        "Did you mean “{nearest}”?"
    ),
    "FORM-FIELD-HOW": N_(
        "{file}, line {line}: “{word}” cannot be said as “{how}”. {hint}"
    ),
    "FORM-FIELDS-DIFFER": N_(
        "{file}, line {line}: the sentence in “{language}” does not name the same figures as in "
        "“kk”: {names}. Name the same in all three languages."
    ),
}  # fmt: skip


class FormRefused(Refusal):
    """A definition with mistakes; all of them at once, so that they can be mended in one go.

    Attributes:
        mistakes: one refusal a mistake, in the order of the lines; `code` is that of the first.
    """

    def __init__(self, mistakes: Sequence[Refusal]) -> None:
        first = mistakes[0]
        super().__init__(first.code, SAYS[first.code], **first.fields)
        self.mistakes = tuple(mistakes)

    def text(self) -> str:
        """One line a mistake."""
        return "\n".join(mistake.text() for mistake in self.mistakes)


def mistake(code: str, file: Path, line: int, **fields: object) -> Refusal:
    """The refusal of that code."""
    return Refusal(code, SAYS[code], file=file.name, line=line, **fields)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like the one that was written; "—" when nothing is known."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.0)), "—")

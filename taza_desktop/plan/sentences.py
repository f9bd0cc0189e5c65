"""The report's sentences, made from the figures of a sheet or a total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from taza_desktop.i18n import Language
from taza_desktop.plan.evaluate import Answer
from taza_desktop.plan.form import Figure, Form, Sentence
from taza_desktop.plan.kind_numbers import exact
from taza_desktop.plan.kinds import KINDS, say
from taza_desktop.plan.names import in_territory, of_territory
from taza_desktop.plan.numbers import show_number
from taza_desktop.plan.programme import Entries, programme_of
from taza_desktop.plan.sheet import Cells, Value
from taza_desktop.plan.spoken import Piece, Spoken, capitalised, text_of, tidy
from taza_desktop.plan.spoken_rows import ToldRow, grouped, in_order, summed
from taza_desktop.plan.template import (
    COUNT,
    TERRITORY,
    Field,
    Part,
    fields,
    names_territory,
    parsed,
)
from taza_desktop.plan.territories import Territory
from taza_desktop.plan.units import unit

_WORD_AT: dict[Language, dict[str, int]] = {"ru": {"one": 0, "many": 2}, "en": {"one": 0}}


class _Said(NamedTuple):
    """What a field of a sentence stands for: a figure and its value, or a number of entries."""

    figure: Figure | None
    value: Value
    cells: tuple[str, ...]  # addresses, as a piece of a sentence has them


class _Speaker(NamedTuple):
    """What one sentence may name, and in which language it says it."""

    known: Mapping[str, _Said]
    territory: Territory
    language: Language
    named: bool = False  # has an earlier sentence named the territory

    def knows_also(self, columns: Sequence[Figure], row: ToldRow) -> _Speaker:
        """The same, with the columns of an entry."""
        said = {
            column.name: _Said(
                column,
                row.cells.get(column.name),
                tuple(f"{place}/{column.name}" for place in row.places),
            )
            for column in columns
        }
        return self._replace(known={**self.known, **said})

    def fill(self, template: str) -> Spoken:
        """The template filled in; empty when something in it is blank that may not be left out."""
        filled: list[Piece] = []
        for part in parsed(template):
            pieces = self._part(part)
            if pieces is None and not part.optional:
                return ()
            filled += pieces or ()
        return tidy(filled)

    def _part(self, part: Part) -> list[Piece] | None:
        if part.optional and self.named and names_territory(part.pieces):
            return None
        said: list[Piece] = []
        for piece in part.pieces:
            told = Piece(piece) if isinstance(piece, str) else self._field(piece)
            if told is None:
                return None
            said.append(told)
        return said

    def _field(self, field: Field) -> Piece | None:
        if field.name in TERRITORY:
            return Piece(_TERRITORY[field.name](self.territory, self.language))
        figure, value, cells = self.known[field.name]
        if value is None:
            return None
        if field.words:
            return Piece(field.words[_word_at(exact(value), self.language)])
        return Piece(_say(figure, value, field.how, self.language), cells)


def sentences(
    form: Form, cells: Cells, entries: Entries, territory: Territory, language: Language
) -> list[str]:
    """The sentences of a form over a sheet or a total; `cells` with the computed figures.

    A sentence with a blank outside square brackets is not there; no sentence is empty.
    """
    return [text_of(it) for it in told(form, cells, entries, territory, language)]


def told(
    form: Form, cells: Cells, entries: Entries, territory: Territory, language: Language
) -> list[Spoken]:
    """The same sentences in pieces, each of which knows the cells that it says."""
    programme = programme_of(form)
    answers = programme.printed(programme.given(cells, entries))
    speaker = _Speaker(_known(form, cells, entries), territory, language)
    said: list[Spoken] = []
    for sentence, answer in zip(form.sentences, answers, strict=True):
        texts = _texts(form, sentence, answer, speaker, entries)
        said += map(capitalised, texts)
        template = (sentence.opening or sentence.text).to(language)
        if texts and names_territory(fields(template)):
            speaker = speaker._replace(named=True)
    return said


def _texts(
    form: Form, sentence: Sentence, answer: Answer, speaker: _Speaker, entries: Entries
) -> list[Spoken]:
    """What one sentence says, given the answer of its condition; empty when nothing."""
    if not isinstance(answer, str | int | float) or not answer:
        return []
    if sentence.each is None:
        text = speaker.fill(sentence.text.to(speaker.language))
        return [text] if text else []
    rows = [
        ToldRow(entry.cells, (f"{sentence.each}/{entry.id or number}",))
        for number in map(int, str(answer).split(","))
        for entry in [entries[sentence.each][number - 1]]
    ]
    return _over_entries(form, sentence, speaker, rows)


def _over_entries(
    form: Form, sentence: Sentence, speaker: _Speaker, rows: Sequence[ToldRow]
) -> list[Spoken]:
    """One text an entry, or with an opening all of them in one sentence."""
    columns = form.table(sentence.each or "").columns
    template = sentence.text.to(speaker.language)
    ordered = in_order(columns, sentence.sort, grouped(columns, sentence.group, rows))
    texts = [speaker.knows_also(columns, row).fill(template) for row in ordered]
    texts = [text for text in texts if text]
    if sentence.opening is None or not texts:
        return texts
    opening = speaker.fill(sentence.opening.to(speaker.language))
    return [tidy(_joined(opening, texts))] if opening else []


def _joined(opening: Spoken, texts: Sequence[Spoken]) -> Iterator[Piece]:
    """The opening, the texts between semicolons, a full stop."""
    yield from opening
    for number, text in enumerate(texts):
        yield Piece("; " if number else " ")
        yield from text
    yield Piece(".")


def _known(form: Form, cells: Cells, entries: Entries) -> Mapping[str, _Said]:
    known = {
        figure.name: _Said(figure, cells.get(figure.name), (figure.name,))
        for figure in form.figures
    }
    for table in form.tables:
        rows = entries.get(table.name, ())
        name = f"{table.name}.{COUNT}"
        known[name] = _Said(None, len(rows) or None, (name,))
        for column in table.columns:
            if KINDS[column.kind].numeric:
                name = f"{table.name}.{column.name}"
                known[name] = _Said(column, summed(column, rows), (name,))
    return known


def _say(figure: Figure | None, value: Value, how: str, language: Language) -> str:
    """A value in the way that its field asks for."""
    if figure is None or how == "unit":
        return _counted(figure, exact(value), language)
    if how in _CASES:
        return _CASES[how](_place(value), language)
    said = say(figure, value, language)
    return _lowered(said) if how == "lower" else said


def _counted(figure: Figure | None, number: Decimal, language: Language) -> str:
    if figure is None or figure.unit is None:
        return show_number(number, language)
    return unit(figure.unit).counted(number, language)


def _word_at(number: Decimal, language: Language) -> int:
    """Which of the words goes with the number; in Russian a fraction takes the second."""
    from babel import Locale

    return _WORD_AT[language].get(Locale.parse(language).plural_form(abs(number)), 1)


def _lowered(text: str) -> str:
    """With a small first letter, unless it is a number («І орын») or an abbreviation."""
    return text[0].lower() + text[1:] if text[1:2].islower() else text


def _place(value: Value) -> Territory:
    from taza_desktop.plan.catalogue import load_plan  # the catalogue reads forms

    return load_plan().territories[str(value)]


def _name(territory: Territory, language: Language) -> str:
    return territory.name.to(language)


_TERRITORY = {
    "territory": _name,
    "in_territory": in_territory,
    "of_territory": of_territory,
}
_CASES = {"in": in_territory, "of": of_territory}

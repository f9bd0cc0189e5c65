"""The sheets of one measure told in the sentences of its form; every figure keeps its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from taza_desktop.i18n import Language
from taza_desktop.plan.form import Form
from taza_desktop.plan.kinds import KINDS, show
from taza_desktop.plan.overrides import Override
from taza_desktop.plan.sentences import told
from taza_desktop.plan.spoken import Piece, Spoken, text_of
from taza_desktop.plan.spoken_rows import in_order
from taza_desktop.plan.territories import Territory
from taza_desktop.plan.totals import PlacedEntry, Total
from taza_desktop.plan.units import unit
from taza_desktop.reports.neutral import Run
from taza_desktop.reports.origins import Origins
from taza_desktop.reports.overriding import beside

Runs = tuple[Run, ...]
SPACE = Piece(" ")


class Subject:
    """A total that is told: of which territory, and what its office puts beside its figures."""

    def __init__(self, territory: Territory, total: Total) -> None:
        self.territory = territory
        self.total = total
        self.overrides: Mapping[str, Override] = beside(total, territory.kato)


class Teller:
    """Tells sheets of one form in one language."""

    def __init__(self, form: Form, lang: Language) -> None:
        self.form = form
        self._lang: Language = lang
        self._about_figures = _only(form, each=False, grouped=False)
        self._about_groups = _only(form, each=True, grouped=True)
        self._about_entries = _only(form, each=True, grouped=False)
        self._numeric = [it for it in form.figures if KINDS[it.kind].numeric]

    def figures(self, subject: Subject) -> Runs:
        """All sentences about the figures, as one stretch of text; empty when there are none."""
        return self._runs(subject, self._told(self._about_figures, subject.total, subject))

    def entries(self, subject: Subject, room: int) -> tuple[list[Runs], int]:
        """The sentences about so many entries, and for how many more there was no room.

        Entries that are told in groups take no room: all of them are in the sums.
        """
        total = subject.total
        kept: dict[str, list[PlacedEntry]] = {}
        hidden = 0
        for table, sort in self._tables().items():
            rows = in_order(self.form.table(table).columns, sort, total.entries.get(table, []))
            kept[table] = list(rows[:room])
            hidden += len(rows) - len(kept[table])
            room -= len(kept[table])
        shown = replace(total, entries=total.entries | kept)
        said = [
            self._runs(subject, [spoken], of)
            for sentences, of in ((self._about_groups, total), (self._about_entries, shown))
            for spoken in self._told(sentences, of, subject)
        ]
        return said, hidden

    def listed(self, subject: Subject) -> Runs:
        """The figures as «label – value; …», without a sentence."""
        total, runs = subject.total, list[Run]()
        origins = Origins(self.form, total, subject.overrides)
        for figure in self._numeric:
            if (value := total.cells.get(figure.name)) is None:
                continue
            short = f"\u00a0{unit(figure.unit).short.to(self._lang)}" if figure.unit else ""
            runs.append(Run(f"{'; ' if runs else ''}{figure.label.to(self._lang)} – "))
            said = Piece(f"{show(figure, value, self._lang)}{short}", (figure.name,))
            runs.append(origins.run(said))
        return tuple(runs)

    def weight(self, total: Total) -> float:
        """How large: by the first fact, else the first number of the form."""
        facts = [figure for figure in self._numeric if figure.role == "fact"]
        for figure in (*facts, *self._numeric):
            if (value := total.cells.get(figure.name)) is not None:
                return float(str(value))
        return 0.0

    def _tables(self) -> dict[str, str | None]:
        """The tables whose entries are told one by one, with the column that orders them."""
        tables: dict[str, str | None] = {}
        for sentence in self._about_entries.sentences:
            table = sentence.each or ""
            tables[table] = tables.get(table) or sentence.sort
        return tables

    def _told(self, form: Form, total: Total, subject: Subject) -> list[Spoken]:
        if not form.sentences:
            return []
        return told(form, total.cells, total.entries, subject.territory, self._lang)

    def _runs(self, subject: Subject, said: Sequence[Spoken], total: Total | None = None) -> Runs:
        """The sentences one behind the other."""
        origins = Origins(self.form, total or subject.total, subject.overrides)
        pieces = [piece for spoken in said for piece in (*spoken, SPACE)]
        return tuple(map(origins.run, _joined(pieces[:-1])))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same with what comes from no cell in as few pieces as may be."""
    for from_cells, group in groupby(pieces, key=lambda piece: bool(piece.cells)):
        if from_cells:
            yield from group
        else:
            yield Piece(text_of(group))


def _only(form: Form, *, each: bool, grouped: bool) -> Form:
    chosen = tuple(
        it
        for it in form.sentences
        if (it.each is not None) == each and (it.group is not None) == grouped
    )
    return replace(form, sentences=chosen)

"""The map beside its choices: what it is shaded by, what that means, who is not on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QWidget

from taza_desktop.i18n import _
from taza_desktop.plan.outlines import ATTRIBUTION
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.ui.board_filter import Filter, Sieve
from taza_desktop.ui.map_content import Area, Measured, Unit, sheets_by_unit, unit_of
from taza_desktop.ui.map_legend import Chips, MapLegend
from taza_desktop.ui.map_shades import scale_of
from taza_desktop.ui.map_values import Asked, offered, values
from taza_desktop.ui.map_view import MapView
from taza_desktop.ui.widgets import button, column, describe, label, row

if TYPE_CHECKING:
    from decimal import Decimal

    from taza_desktop.plan.form import Figure
    from taza_desktop.register.completeness import SheetStatus
    from taza_desktop.register.register import Register
    from taza_desktop.reports.board import Board
    from taza_desktop.ui.page import Context

SIDE = 38  # width of the column at the right, in letters
ALL = 0  # no measure is chosen: all of them count


class MapPanel(QWidget):
    """The territories of the office; in the Ministry first the regions, then the districts of one.

    Signals:
        opened: key of the sheet to be opened.
        rows_wanted: name of a territory whose rows are to be shown in the table.
        told: (name of a territory, facts about it); both empty when nothing is pointed at.
        menu_wanted: (point on the screen, sheets).
    """

    opened = Signal(object)
    rows_wanted = Signal(str)
    told = Signal(str, object)
    menu_wanted = Signal(QPoint, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._board: Board | None = None
        self._filter = Filter()
        self._area = Area("")
        self._sheets: dict[str, list[SheetStatus]] = {}
        self._units: dict[str, Unit] = {}
        self._measured: Measured | None = None
        self._view, self._legend, self._chips = MapView(), MapLegend(), Chips()
        self._back = button(role="link")
        self._measure, self._figure = QComboBox(), QComboBox()
        self._by, self._aside = label(role="caption"), label(role="caption")
        self._source = label(role="small")
        side = QWidget()
        side.setLayout(
            column(
                self._by, self._measure, self._figure, 1, self._legend, 1, self._aside, self._chips,
                0, gap=2,
            )
        )  # fmt: skip
        self._side = _scrolling(side)
        left = column(self._back, self._view, self._source, gap=1)
        left.setStretch(1, 1)
        whole = row(left, self._side, gap=4)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._connect()
        self._measure_side()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: the column at the right is wider or narrower."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure_side()

    def show_board(self, board: Board, context: Context, filter_: Filter) -> None:
        """Show another board; where the map stands and what it is shaded by stay."""
        fresh = self._context is None or self._context.path != context.path
        self._board, self._context, self._filter = board, context, filter_
        if fresh:
            self._use_area(context.office.territory)
        self._offer_measures()
        self._work_out()

    def narrow(self, filter_: Filter) -> None:
        """Count only what the filter lets stand out."""
        self._filter = filter_
        self._fill()

    def ask(self, asked: Asked) -> None:
        """Shade the map by a figure."""
        self._measure.setCurrentIndex(self._measure.findData(asked.measure))
        self._choose_measure()
        offers = [self._figure.itemData(at) for at in range(self._figure.count())]
        self._figure.setCurrentIndex(offers.index(asked))
        self._work_out()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._by.setText(_("Shaded by"))
        self._aside.setText(_("Small, or without an outline"))
        self._back.setText(_("← All regions"))
        self._source.setText(_("Boundaries: {source}").format(source=ATTRIBUTION))
        describe(self._view, _("Map of the territories"))
        describe(self._measure, _("Measure that the map shows"))
        describe(self._figure, _("Figure that the map shows"))
        self._offer_measures()
        self._fill()

    def _measure_side(self) -> None:
        self._side.setFixedWidth(self.fontMetrics().averageCharWidth() * SIDE)

    def _connect(self) -> None:
        self._measure.activated.connect(self._choose_measure)
        self._figure.activated.connect(self._work_out)
        self._back.clicked.connect(lambda: self._go_to(REPUBLIC))
        for part in (self._view, self._chips):
            part.activated.connect(self._activate)
            part.pointed.connect(self._tell)
            part.menu_wanted.connect(self._menu)

    def _go_to(self, within: str) -> None:
        """Show the districts of a region, or all regions."""
        self._use_area(within)
        self._work_out()

    def _use_area(self, within: str) -> None:
        if self._context is None:
            return
        self._area = Area(within)
        self._view.show_outlines(self._area.outlines())
        national = self._context.office.territory == REPUBLIC
        self._back.setVisible(national and not self._area.national)

    def _offer_measures(self) -> None:
        if self._board is None or self._context is None:
            return
        chosen, plan = self._measure.currentData(), self._context.plan
        with QSignalBlocker(self._measure):
            self._measure.clear()
            self._measure.addItem(_("How complete: all measures"), ALL)
            for number in self._board.measures:
                self._measure.addItem(f"{number}. {plan.measures[number].title}", number)
            self._measure.setCurrentIndex(max(0, self._measure.findData(chosen)))
        self._offer_figures()

    def _offer_figures(self) -> None:
        if self._context is None:
            return
        measure, chosen = self._measure.currentData() or ALL, self._figure.currentIndex()
        self._figure.clear()
        self._figure.addItem(_("State of the sheet"), None)
        if measure != ALL:
            for figure, asked in offered(self._context.plan.form(measure)):
                self._figure.addItem(_label(figure, asked), asked)
        self._figure.setCurrentIndex(max(0, chosen))
        self._figure.setEnabled(measure != ALL)

    def _choose_measure(self) -> None:
        self._figure.setCurrentIndex(0)
        self._offer_figures()
        self._work_out()

    def _work_out(self) -> None:
        """Have the worker find the values of the chosen figure, or shade by completeness."""
        asked = self._figure.currentData()
        if self._context is None or self._board is None:
            return
        if not isinstance(asked, Asked):
            self._measured = None
            self._fill()
            return
        plan, area, round_ = self._context.plan, self._area, self._board.round
        units = {
            row.territory.kato: area.unit(row.territory.kato, plan) for row in self._board.rows
        }

        def job(register: Register) -> tuple[Asked, Area, dict[str, Decimal]]:
            return asked, area, values(register, plan, round_, asked, units)

        self._context.worker.run(job, self._worked_out)

    def _worked_out(self, found: tuple[Asked, Area, dict[str, Decimal]]) -> None:
        asked, area, by_unit = found
        if asked != self._figure.currentData() or area != self._area or self._context is None:
            return  # something else was chosen meanwhile
        figure = self._context.plan.form(asked.measure).figure(asked.figure)
        percent = asked.of_plan or figure.kind == "percent"
        shown = [value for kato, value in by_unit.items() if kato != area.within]
        self._measured = Measured(by_unit, scale_of(shown, percent), _label(figure, asked))
        self._fill()

    def _fill(self) -> None:
        """Shade the map and its chips, and explain the shades."""
        if self._context is None or self._board is None:
            return
        plan, measure = self._context.plan, self._measure.currentData() or ALL
        sieve = Sieve(self._filter, self._board, plan)
        self._sheets = sheets_by_unit(self._area, sieve, plan, measure)
        beside = self._area.beside()
        self._units = {
            kato: unit_of(kato, self._sheets.get(kato, []), self._measured, plan)
            for kato in (*self._area.outlines(), *beside)
        }
        self._view.show_units(self._units)
        asked = [kato for kato in beside if kato in self._sheets or kato != self._area.within]
        self._chips.show_units({kato: self._units[kato] for kato in asked})
        self._aside.setVisible(bool(asked))
        self._legend.show_meaning(self._measured)

    def _activate(self, kato: str) -> None:
        """Into a region, to the sheet of the chosen measure, or to the rows of the territory."""
        if self._context is None or self._board is None:
            return
        sheets = self._sheets.get(kato, [])
        if self._area.national and kato != REPUBLIC:
            self._go_to(kato)
        elif self._measure.currentData() and len(sheets) == 1:
            self.opened.emit(self._board.key(sheets[0]))
        else:
            self.rows_wanted.emit(str(self._context.plan.territories[kato].name))

    def _tell(self, kato: str) -> None:
        unit = self._units.get(kato)
        self.told.emit(unit.name if unit else "", unit.facts if unit else ())

    def _menu(self, at: QPoint, kato: str) -> None:
        self.menu_wanted.emit(at, self._sheets.get(kato, []))


def _label(figure: Figure, asked: Asked) -> str:
    if asked.of_plan:
        return _("{figure} in per cent of the plan").format(figure=figure.label)
    return str(figure.label)


def _scrolling(part: QWidget) -> QScrollArea:
    """With large text, or on a small screen, a column scrolls down."""
    area = QScrollArea(widgetResizable=True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(part)
    return area

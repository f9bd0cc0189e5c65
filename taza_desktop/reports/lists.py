"""The entries of a measure as lists to print: winners, plantings, stations, grants; and photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

from taza_desktop.errors import Refusal
from taza_desktop.plan.catalogue import Measure
from taza_desktop.plan.form import Figure, Form, Table
from taza_desktop.plan.kinds import KINDS, show
from taza_desktop.plan.sheet import Entry, Sheet
from taza_desktop.reports.captions import Captions
from taza_desktop.reports.columns import fitted, head, heads
from taza_desktop.reports.neutral import (
    Cell,
    Column,
    Grid,
    Paragraph,
    Photo,
    Picture,
    Provenance,
    Row,
    Run,
    plain,
)
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

Find = Callable[[str], bytes]  # the attachment of that hash; Refusal REG-NO-ATTACHMENT
NOT_PRINTED = ("attachment", "link")
PHOTO_SIDE = 900  # pixels of the longer side in print
PHOTO_WIDTH, PHOTO_HEIGHT = 120.0, 85.0  # millimetres at most
QUALITY = 78


def entry_lists(scope: Scope, measure: Measure, captions: Captions) -> Iterator[Grid]:
    """A list for each table of the form that has entries, in the order of КАТО."""
    form = scope.plan.form(measure.number)
    for table in form.tables:
        rows = [
            (sheet, number, entry)
            for sheet in scope.sheets[measure.number]
            for number, entry in enumerate(sheet.entries.get(table.name, ()), start=1)
        ]
        if rows:
            yield _list(scope, form, table, rows, captions)


def photos(scope: Scope, measure: Measure, find: Find, captions: Captions) -> Iterator[Picture]:
    """The pictures attached to a measure, as many as the settings say; a missing one is passed."""
    form = scope.plan.form(measure.number)
    room = scope.settings.photos
    for sheet in scope.sheets[measure.number]:
        for said, cell in _attached(scope, form, sheet):
            if room and (picture := _picture(said, cell, find, captions)):
                room -= 1
                yield picture


def _list(
    scope: Scope,
    form: Form,
    table: Table,
    rows: list[tuple[Sheet, int, Entry]],
    captions: Captions,
) -> Grid:
    used = [
        column
        for column in table.columns
        if column.kind not in NOT_PRINTED
        and any(entry.cells.get(column.name) is not None for _, _, entry in rows)
    ]
    first = (word("column_number", scope.lang), word("territory", scope.lang))
    title = table.label.to(scope.lang)
    grid = Grid(
        columns=(Column(1, "centre"), Column(1), *map(_column, used)),
        rows=tuple(
            _row(scope, form, table, used, at, *row) for at, row in enumerate(rows, start=1)
        ),
        header=(heads((*first, *(head(scope, it) for it in used))),),
        alt=f"{form.measure}. {title}",
        caption=captions.table(title),
    )
    return fitted(grid)


def _row(
    scope: Scope,
    form: Form,
    table: Table,
    columns: list[Figure],
    at: int,
    sheet: Sheet,
    number: int,
    entry: Entry,
) -> Row:
    place = f"{table.name}/{entry.id or number}"
    cells = [plain(str(at)), plain(scope.name(sheet.key.territory))]
    for column in columns:
        value = entry.cells.get(column.name)
        origin = Provenance(form.measure, f"{place}/{column.name}", value, (sheet.key,))
        said = show(column, value, scope.lang)
        cells.append(Paragraph((Run(said, figure=origin),) if said else ()))
    return tuple(Cell((it,)) for it in cells)


def _column(figure: Figure) -> Column:
    numeric = KINDS[figure.kind].numeric
    return Column(1, "right" if numeric else "left")


def _attached(scope: Scope, form: Form, sheet: Sheet) -> Iterator[tuple[str, Mapping[str, object]]]:
    """What is attached to the sheet and to its entries, each with words that say what it is."""
    who = scope.name(sheet.key.territory)
    for figure in form.figures:
        if isinstance(cell := sheet.cells.get(figure.name), Mapping):
            yield f"{who}. {figure.label.to(scope.lang)}", cell
    for table in form.tables:
        for entry in sheet.entries.get(table.name, ()):
            for column in table.columns:
                if isinstance(cell := entry.cells.get(column.name), Mapping):
                    yield f"{who}. {_entry_name(scope, table, entry)}", cell


def _entry_name(scope: Scope, table: Table, entry: Entry) -> str:
    """The first words of an entry, else what its table is called."""
    for column in table.columns:
        if column.kind in ("text", "place", "long_text") and entry.cells.get(column.name):
            return show(column, entry.cells[column.name], scope.lang)
    return table.label.to(scope.lang)


def _picture(
    said: str, cell: Mapping[str, object], find: Find, captions: Captions
) -> Picture | None:
    """None for what is no picture, was not sent along, or cannot be read."""
    if not str(cell.get("type", "")).startswith("image/"):
        return None
    try:
        data, across, down = _shrunk(find(str(cell["sha256"])))
    except (Refusal, OSError, ValueError):
        return None
    scale = min(PHOTO_WIDTH / across, PHOTO_HEIGHT / down)
    size = (across * scale, down * scale)
    return Picture(Photo(data, "image/jpeg"), *size, alt=said, caption=captions.picture(said))


def _shrunk(data: bytes) -> tuple[bytes, int, int]:
    """A photo as small as paper needs it, with its width and height."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as photo:
        photo.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
        small = BytesIO()
        photo.convert("RGB").save(small, "JPEG", quality=QUALITY, optimize=True)
        return small.getvalue(), photo.width, photo.height

"""A sentence knows which cells each of its words came from."""

from __future__ import annotations

from taza_desktop.i18n import Text
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form import Figure, Form, Sentence, Table
from taza_desktop.plan.sentences import sentences, told
from taza_desktop.plan.sheet import Entry
from taza_desktop.plan.spoken import Piece, tidy


def same(text: str) -> Text:
    return Text(text, text, text)


TABLE = Table(
    "plantings",
    same("Plantings"),
    (
        Figure("place", "text", same("Place")),
        Figure("species", "text", same("Species")),
        Figure("planted", "count", same("Planted")),
    ),
)
FORM = Form(
    measure=6,
    version=1,
    filled_by=("region",),
    rounds=("year",),
    figures=(
        Figure("planned", "count", same("Planned")),
        Figure("planted", "count", same("Planted")),
    ),
    tables=(TABLE,),
    sentences=(
        Sentence(same("{planted} of {planned}, again {planted}[, {plantings.count} places].")),
        Sentence(same("{plantings.planted} in places.")),
        Sentence(same("{place}[ ({planted})]"), each="plantings", opening=same("In places:")),
        Sentence(same("{species} – {planted}"), each="plantings", group="species"),
    ),
)
ROWS = [
    Entry({"place": "A", "species": "oak", "planted": 3}, "a" * 32),
    Entry({"place": "B", "species": "oak", "planted": 4}, "b" * 32),
    Entry({"place": "C", "species": "elm"}),
]


def pieces(number: int) -> list[tuple[str, tuple[str, ...]]]:
    """What came from cells in the sentence of that number."""
    cells, territory = {"planned": 3, "planted": 3}, load_plan().territories["430000000"]
    said = told(FORM, cells, {"plantings": ROWS}, territory, "en")
    return [(piece.text, piece.cells) for piece in said[number] if piece.cells]


def test_the_same_number_said_of_two_figures_is_told_apart() -> None:
    assert pieces(0) == [
        ("3", ("planted",)),
        ("3", ("planned",)),
        ("3", ("planted",)),
        ("3", ("plantings.count",)),
    ]


def test_a_column_is_told_from_the_figure_of_that_name() -> None:
    assert pieces(1) == [("7", ("plantings.planted",))]


def test_an_entry_is_told_by_its_id_else_by_its_row() -> None:
    assert pieces(2) == [
        ("A", (f"plantings/{'a' * 32}/place",)),
        ("3", (f"plantings/{'a' * 32}/planted",)),
        ("B", (f"plantings/{'b' * 32}/place",)),
        ("4", (f"plantings/{'b' * 32}/planted",)),
        ("C", ("plantings/3/place",)),
    ]


def test_entries_told_as_one_keep_all_their_cells() -> None:
    both = tuple(f"plantings/{letter * 32}" for letter in "ab")
    assert pieces(3) == [
        ("Oak", tuple(f"{row}/species" for row in both)),
        ("7", tuple(f"{row}/planted" for row in both)),
    ]


def test_the_pieces_make_the_sentence() -> None:
    territory, rows = load_plan().territories["430000000"], {"plantings": ROWS}
    said = told(FORM, {"planted": 3, "planned": 5}, rows, territory, "ru")
    joined = ["".join(piece.text for piece in sentence) for sentence in said]
    assert joined == sentences(FORM, {"planted": 3, "planned": 5}, rows, territory, "ru")
    assert joined[2] == "In places: A (3); B (4); C."


def test_commas_of_parts_left_out_go_wherever_the_pieces_meet() -> None:
    cell = ("planted",)
    assert tidy([Piece("(a"), Piece(", "), Piece(""), Piece(")")]) == (Piece("(a"), Piece(")"))
    assert tidy([Piece(" a ("), Piece(", "), Piece("5", cell), Piece(" )")]) == (
        Piece("a ("),
        Piece("5", cell),
        Piece(")"),
    )
    assert tidy([Piece("a "), Piece(" "), Piece("5", cell), Piece(" .")]) == (
        Piece("a "),
        Piece("5", cell),
        Piece("."),
    )

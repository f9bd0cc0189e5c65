"""The maps: every office that reports has an outline or is one of ten that have none."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.paths import data_path
from taza_desktop.plan import outlines as maps
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.compiled import compiled_path
from taza_desktop.plan.outlines import Point, Ring, drawn, outlines, without_outline
from taza_desktop.plan.outlines_source import SCALE, compile_maps, project
from taza_desktop.plan.territories import REPUBLIC

MAPS = data_path("resources", "map", "outlines")
AKTOBE, ASTANA = "150000000", "710000000"
TEN = {
    "151011100", "151013100", "311011100", "311013100", "351011100", "351013100",
    "615500000", "635500000", "636300000", "711610000",
}  # fmt: skip
COUNTRY = 2_724_900  # km² as the state publishes it


def _area(rings: Iterable[Ring]) -> float:
    """km²; the rings of holes run the other way round."""
    signed = (
        sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring)) / 2
        for ring in rings
    )
    return abs(sum(signed))


def _inside(point: Point, rings: Iterable[Ring]) -> bool:
    x, y = point
    crossed = [
        x < left + (y - top) * (right - left) / (bottom - top)
        for ring in rings
        for (left, top), (right, bottom) in pairwise(ring)
        if (top <= y) != (bottom <= y)
    ]
    return sum(crossed) % 2 == 1


def test_all_are_known_and_only_ten_are_missing() -> None:
    territories = load_plan().territories
    regions = {office.kato for office in territories.offices() if office.level == "region"}
    below = {office.kato for office in territories.offices()} - regions
    assert set(outlines("region")) == regions
    assert set(outlines("district")) == below - TEN
    assert set(without_outline()) == TEN == set(without_outline(REPUBLIC))


def test_of_one_region_only_what_lies_in_it() -> None:
    assert set(outlines("region", AKTOBE)) == {AKTOBE}
    assert len(outlines("district", AKTOBE)) == 13
    assert without_outline(AKTOBE) == ["151011100", "151013100"]
    assert without_outline("430000000") == []
    with pytest.raises(Refusal, match="123"):
        outlines("district", "123")


def test_who_has_no_outline_lies_in_another_one() -> None:
    everywhere = drawn("district")
    hosted = {guest: kato for kato, outline in everywhere.items() for guest in outline.guests}
    assert set(hosted) == TEN
    parents = load_plan().territories
    for guest, host in hosted.items():
        assert parents.region_of(guest) == parents.region_of(host)
    assert hosted["151011100"] == "151000000"


def test_rings_are_closed_and_the_country_has_its_size() -> None:
    for level in ("region", "district"):
        rings = [ring for found in outlines(level).values() for ring in found]
        assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in rings)
    whole = sum(map(_area, outlines("region").values()))
    assert whole == pytest.approx(COUNTRY, rel=0.01)


def test_districts_fill_their_region() -> None:
    for kato, rings in outlines("region").items():
        below = sum(map(_area, outlines("district", kato).values()))
        assert below == pytest.approx(_area(rings), rel=0.005), kato


def test_neighbours_share_their_border_to_the_point() -> None:
    """No gaps between them: what one has of the common border, the other one has too."""
    found = outlines("district", ASTANA).values()
    points = [{point for ring in rings for point in ring} for rings in found]
    for at, one in enumerate(points):
        others = set().union(*points[:at], *points[at + 1 :])
        assert len(one & others) > 3


def test_a_label_stands_inside() -> None:
    for level in ("region", "district"):
        for kato, outline in drawn(level).items():
            assert _inside(outline.middle, outline.rings), kato


def test_north_is_up_and_the_middle_of_the_map_is_where_it_counts_from() -> None:
    assert project((67, 48)) == (0, 0)
    astana, almaty = project((71.43, 51.13)), project((76.89, 43.24))
    assert astana[1] < 0 < almaty[1]
    assert 0 < astana[0] < almaty[0]
    away = ((astana[0] - almaty[0]) ** 2 + (astana[1] - almaty[1]) ** 2) ** 0.5 / SCALE
    assert away == pytest.approx(972, rel=0.01)  # km between Astana and Almaty on the globe


def test_what_is_shipped_was_compiled_from_the_published_files() -> None:
    assert compiled_path(MAPS).read_text(encoding="utf-8") == compile_maps(MAPS), (
        "run `make generated`"
    )


def test_without_the_compiled_file_the_published_ones_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("map_regions_2024.geo.json", "map_districts_2024.topo.json"):
        (tmp_path / name).write_bytes(MAPS.with_name(name).read_bytes())
    monkeypatch.setattr(maps, "data_path", lambda *_: tmp_path / "outlines")
    shipped = outlines("district", ASTANA)
    maps._held.cache_clear()
    drawn.cache_clear()
    assert outlines("district", ASTANA) == shipped
    maps._held.cache_clear()
    drawn.cache_clear()

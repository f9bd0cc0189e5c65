import csv
import json
import re
from collections import Counter

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.paths import data_path
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.kazakh import clean
from taza_desktop.plan.territories import REPUBLIC, Territories

ASTANA, ALMATY, SHYMKENT = "710000000", "750000000", "790000000"
KYZYLORDA_REGION, BAIKONYR = "430000000", "431900000"
IN_CITY = {  # in-city districts that КАТО has at settlement level, and their city
    "151011100": "151000000", "151013100": "151000000",
    "311011100": "311000000", "311013100": "311000000",
    "351011100": "351000000", "351013100": "351000000",
}  # fmt: skip
NO_POLYGON = {*IN_CITY, "615500000", "635500000", "636300000", "711610000"}


@pytest.fixture(scope="module")
def tree() -> Territories:
    return load_plan().territories


@pytest.fixture(scope="module")
def settlements() -> list[dict[str, str]]:
    path = data_path("resources", "plan", "settlements.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def polygons(name: str) -> set[str]:
    shapes = json.loads(data_path("resources", "map", name).read_text(encoding="utf-8"))
    objects = shapes.get("features") or shapes["objects"]["adm2_fix"]["geometries"]
    return {shape["properties"]["kato"] for shape in objects}


def test_codes_have_nine_digits_and_are_unique(
    tree: Territories, settlements: list[dict[str, str]]
):
    codes = [office.kato for office in tree] + [row["kato"] for row in settlements]
    assert all(re.fullmatch(r"[0-9]{9}", code) for code in codes)
    assert len(codes) == len(set(codes)) == 1 + 15_594


def test_counts_by_level(tree: Territories):
    assert Counter(office.level for office in tree) == {
        "republic": 1, "region": 20, "district": 170, "city": 39, "city_district": 25,
    }  # fmt: skip
    assert len(tree.offices()) == 254
    assert [tree.level(kato) for kato in (ASTANA, ALMATY, SHYMKENT)] == ["region"] * 3


def test_the_iso_code_has_the_first_two_digits_of_kato(tree: Territories):
    regions = tree.children(REPUBLIC)
    assert len(regions) == 20
    assert all(region.iso == f"KZ-{region.kato[:2]}" for region in regions)


def test_every_polygon_is_a_territory(tree: Territories):
    known = {office.kato for office in tree}
    regions = polygons("map_regions_2024.geo.json")
    districts = polygons("map_districts_2024.topo.json")
    assert regions == {region.kato for region in tree.children(REPUBLIC)}
    assert districts <= known
    below_regions = {office.kato for office in tree if office.level not in {"republic", "region"}}
    assert below_regions - districts == NO_POLYGON


def test_only_baikonyr_is_not_reported(tree: Territories):
    assert [office.kato for office in tree if not office.reported] == [BAIKONYR]


@pytest.mark.parametrize(("district", "city"), IN_CITY.items())
def test_in_city_districts_lie_in_their_city(tree: Territories, district: str, city: str):
    assert tree[district].parent == city
    assert tree.level(district) == "city_district"
    assert tree[district] in tree.children(city, offices_only=True)


def test_cities_of_republican_significance_have_districts_below(tree: Territories):
    sizes = [len(tree.children(kato, offices_only=True)) for kato in (ASTANA, ALMATY, SHYMKENT)]
    assert sizes == [6, 8, 5]


def test_the_parents_of_offices_are_of_the_right_level(tree: Territories):
    above = {"region": {"republic"}, "district": {"region"}, "city": {"region"}}
    for office in tree.offices():
        allowed = above.get(office.level, {"city", "region"})
        assert tree.level(office.parent) in allowed, office


def test_every_settlement_hangs_on_the_tree(settlements: list[dict[str, str]], tree: Territories):
    parents = {row["kato"]: row["parent"] for row in settlements}
    offices = {office.kato for office in tree.offices()}
    for kato, parent in parents.items():
        assert parent[:2] == kato[:2]
        while parent not in offices:
            parent = parents[parent]


def test_settlements_carry_no_abbreviation_of_their_sort(settlements: list[dict[str, str]]):
    short_ru = re.compile(
        r"^(?:с|п|г|ст|рзд|уч|отг|с\.о|с\.а|п\.а|г\.а)\.|\b(?:с\.о|с\.а|п\.а|г\.а)\."
    )
    short_kk = re.compile(r" (?:а|к|қ|ж|уч|рзд|а\.о|а\.ә|к\.ә|қ\.ә|атын)\.?$")
    told = [row for row in settlements if row["type"] != "place"]
    assert len(told) > 14_800
    assert [row for row in told if short_ru.search(row["ru"]) or short_kk.search(row["kk"])] == []


def test_names_are_clean(tree: Territories, settlements: list[dict[str, str]]):
    names = [name for office in tree for name in office.name]
    names += [row[language] for row in settlements for language in ("kk", "ru")]
    assert all(names)
    assert [name for name in names if clean(name) != name] == []


def test_the_tree(tree: Territories):
    kyzylorda = tree["431000000"]
    assert (kyzylorda.name.kk, kyzylorda.name.ru) == ("Қызылорда қаласы", "город Кызылорда")
    assert [above.kato for above in tree.ancestors("431000000")] == [KYZYLORDA_REGION, REPUBLIC]
    assert tree.ancestors(REPUBLIC) == []
    assert tree.covers(KYZYLORDA_REGION, "431000000")
    assert tree.covers(KYZYLORDA_REGION, KYZYLORDA_REGION)
    assert tree.covers(REPUBLIC, "117057103")
    assert not tree.covers("431000000", KYZYLORDA_REGION)
    assert not tree.covers("110000000", "431000000")


def test_the_region_something_lies_in(tree: Territories):
    assert tree.region_of(REPUBLIC) is None
    for kato in (KYZYLORDA_REGION, "431000000", "433200000"):
        region = tree.region_of(kato)
        assert region is not None
        assert region.kato == KYZYLORDA_REGION
    almaly = tree.region_of("751110000")
    assert almaly is not None
    assert almaly.kato == ALMATY


def test_unknown_codes(tree: Territories):
    assert tree.get("999999999") is None
    assert "999999999" not in tree
    for ask in (tree.__getitem__, tree.ancestors, tree.level, tree.region_of):
        with pytest.raises(Refusal, match="999999999") as refused:
            ask("999999999")
        assert refused.value.code == "PLAN-TERRITORY"


def test_what_lies_below_a_district(tree: Territories):
    below = tree.children("433200000")
    assert {child.level for child in below} == {"settlement"}
    assert all(child.parent == "433200000" for child in below)
    assert tree.children("433200000", offices_only=True) == []


def test_offices_are_there_without_reading_the_settlements(tmp_path):
    folder = data_path("resources", "plan")
    for name in ("territories.csv", "aliases.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    alone = Territories(tmp_path)
    assert alone["431000000"].name.en == "Kyzylorda city"
    assert alone.children(REPUBLIC)
    assert alone.covers(KYZYLORDA_REGION, "431000000")
    assert alone.search("кызылорда", offices_only=True)


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("кызылорда", KYZYLORDA_REGION),
        ("ҚЫЗЫЛОРДА обл", KYZYLORDA_REGION),
        ("Kyzylorda", KYZYLORDA_REGION),
        ("431000000", "431000000"),
        ("ВКО", "630000000"),
        ("шқо", "630000000"),
        ("Нур-Султан", ASTANA),
        ("Чимкент", SHYMKENT),
        ("усть-кам", "631000000"),
        ("оскемен", "631000000"),
        ("Зеленовский", "274400000"),
        ("Balkhash", "351600000"),
    ],
)
def test_search_finds_the_best_first(tree: Territories, typed: str, best: str):
    assert tree.search(typed)[0].kato == best


def test_search_finds_settlements_in_any_language(tree: Territories):
    for typed in ("родниковка", "Rodnikovka", "Родниковка ауылы", "село Родниковка"):
        found = tree.search(typed)
        assert found, typed
        assert any(one.name.ru == "село Родниковка" for one in found), typed


def test_search_ranks_beginnings_before_middles_and_offices_before_villages(tree: Territories):
    levels = [one.level for one in tree.search("абай", limit=6)]
    assert levels[0] == "region"
    assert levels == sorted(levels, key=lambda level: level == "settlement")
    assert "абай" not in tree.search("бай", limit=1)[0].name.kk.lower()


def test_search_within_a_territory(tree: Territories):
    found = tree.search("абай", within=KYZYLORDA_REGION, limit=50)
    assert found
    assert all(tree.covers(KYZYLORDA_REGION, one.kato) for one in found)


def test_search_keeps_to_its_limit_and_finds_nothing_in_nothing(tree: Territories):
    assert len(tree.search("а", limit=7)) == 7
    assert tree.search("") == tree.search(" -") == tree.search("йцукен") == []
    assert all(one.level != "settlement" for one in tree.search("а", limit=99, offices_only=True))


def test_every_alias_leads_to_an_office(tree: Territories):
    path = data_path("resources", "plan", "aliases.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 30
    for row in rows:
        found = [one.kato for one in tree.search(row["alias"], offices_only=True)]
        assert row["kato"] in found, row

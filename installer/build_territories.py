"""Make `resources/plan/{territories,settlements}.csv` from the state classifier КАТО.

    python installer/build_territories.py FOLDER

FOLDER holds `kato_full_*.csv` (the whole classifier, see `resources/plan/SOURCES.md`) and the names
of the offices checked by hand, `regions.csv` and `districts.csv`. Run again when КАТО changes.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

PLAN = Path(__file__).parent.parent / "resources" / "plan"
REPUBLIC = (
    "000000000", "", "republic",
    "Қазақстан Республикасы", "Республика Казахстан", "Republic of Kazakhstan",
    "KZ", "Республики Казахстан", "Республике Казахстан", "",
)  # fmt: skip
LEASED = "431900000"  # Байқоңыр: leased to Russia, normally not reported
EN_WORD = {"district": "{} District", "city_district": "{} District", "city_regional": "{} city"}

# How Russian declines the cities of regional significance; those not named here keep their form.
GENITIVE_LOCATIVE = {
    "Степногорск": "Степногорска Степногорске", "Курчатов": "Курчатова Курчатове",
    "Уральск": "Уральска Уральске", "Тараз": "Тараза Таразе",
    "Талдыкорган": "Талдыкоргана Талдыкоргане", "Караганда": "Караганды Караганде",
    "Балхаш": "Балхаша Балхаше", "Приозерск": "Приозерска Приозерске", "Сарань": "Сарани Сарани",
    "Темиртау": "Темиртау Темиртау", "Шахтинск": "Шахтинска Шахтинске",
    "Костанай": "Костаная Костанае", "Аркалык": "Аркалыка Аркалыке",
    "Лисаковск": "Лисаковска Лисаковске", "Рудный": "Рудного Рудном",
    "Кызылорда": "Кызылорды Кызылорде", "Байконыр": "Байконыра Байконыре",
    "Жанаозен": "Жанаозена Жанаозене", "Павлодар": "Павлодара Павлодаре",
    "Экибастуз": "Экибастуза Экибастузе", "Петропавловск": "Петропавловска Петропавловске",
    "Туркестан": "Туркестана Туркестане", "Арысь": "Арыси Арыси",
    "Жезказган": "Жезказгана Жезказгане", "Каражал": "Каражала Каражале",
    "Сатпаев": "Сатпаева Сатпаеве", "Усть-Каменогорск": "Усть-Каменогорска Усть-Каменогорске",
    "Риддер": "Риддера Риддере",
}  # fmt: skip


class Sort(NamedTuple):
    """A sort of territory below the offices: КАТО's abbreviations (as patterns), our words."""

    type: str
    ru_short: str
    kk_short: str
    ru_word: str
    kk_word: str


SORTS = (
    Sort("rural_okrug", r"с\.о\.?", r"а\.о\s?\.?", "сельский округ", "ауылдық округі"),
    Sort("village_admin", r"с\.а\.", r"а\.ә\.?", "сельская администрация", "ауылдық әкімдігі"),
    Sort("township_admin", r"п\.а\.", r"к\.ә\.", "поселковая администрация", "кенттік әкімдігі"),
    Sort("town_admin", r"г\.а\.", r"қ\.ә\.", "городская администрация", "қалалық әкімдігі"),
    Sort("district_admin", r"р\.а\.", r"а\.ә\.", "районная администрация", "аудандық әкімдігі"),
    Sort("town", r"г\.", r"қ\.", "город", "қаласы"),
    Sort("township", r"п\.", r"к\.", "поселок", "кенті"),
    Sort("station", r"ст\.|станция\b", r"ст\.|станциясы", "станция", "станциясы"),
    Sort("siding", r"рзд\.?", r"рзд\.?", "разъезд", "разъезі"),
    Sort("wintering", r"зимовка\b", r"[қк]ыстауы", "зимовка", "қыстауы"),
    Sort("section", r"уч\.|участок\b", r"уч\.|учаскесі", "участок", "учаскесі"),
    Sort("point", r"точка\b", r"мекені?", "точка", "мекені"),
    Sort("farm", r"ферма\b", r"фермасы|ферма", "ферма", "фермасы"),
    Sort("farmstead", r"кр\.хоз\b\.?", r"шар\.?қож\.?", "крестьянское хозяйство",
         "шаруа қожалығы"),
    Sort("farmstead", r"крес\.пос\.", r"шар(?:уаш)?\.қонысы|шаруа қонысы", "крестьянское поселение",
         "шаруа қонысы"),
    Sort("pasture", r"отг\.", r"ж\.", "отгон", "жайылымы"),
    Sort("village", r"с\.", r"(?:а|с|ауыл(?:ы)?)\.?", "село", "ауылы"),
)  # fmt: skip
# After «… атындағы» the word stands without its possessive.
BARE = {
    "ауылдық округі": "ауылдық округ",
    "аудандық әкімдігі": "аудандық әкімдік",
    "ауылы": "ауыл",
}
AT_END = {  # sorts whose Russian abbreviation may stand after the name: «Каракемерский с.о.»
    "rural_okrug", "village_admin", "township_admin", "town_admin", "district_admin",
    "station", "siding",
}  # fmt: skip
ADJECTIVE = re.compile(r"(ский|ской|цкий|ный|ной|ный|ый|ий|ская|цкая|ная|ая)$")
SLIPS = {"Бетбұлақас.": "Бетбұлақ а.", "Ақоба а. а.": "Ақоба а.", "Топжиде 1а.": "Топжиде 1 а."}
# Letters of pre-Unicode Kazakh fonts that are left in a few of the classifier's names.
OLD_FONTS = str.maketrans({"ў": "ұ", "Ў": "Ұ", "ї": "ү", "Ї": "Ү", "ќ": "қ", "Ќ": "Қ"})


def clean(text: str) -> str:
    """NFC, single plain spaces, letters of old Kazakh fonts and a few slips mended."""
    text = " ".join(unicodedata.normalize("NFC", text).translate(OLD_FONTS).split())
    return SLIPS.get(text, text)


def ru_core(name: str, sort: Sort) -> tuple[str, bool] | None:
    """The name without its abbreviation, and whether that stood at the end; None: another sort."""
    if start := re.match(rf"(?:{sort.ru_short})\s*(?=\S)", name):
        return name[start.end() :], False
    end = re.search(rf"\s+(?:{sort.ru_short})$", name) if sort.type in AT_END else None
    return (name[: end.start()], True) if end else None


def ru_name(core: str, at_end: bool, sort: Sort) -> str:
    """«Каракемерский сельский округ», «сельский округ Карасу», «село имени Айтбая»."""
    core = re.sub(r"^(?:им\.|имени)\s*", "имени ", core)
    if at_end and ADJECTIVE.search(core):
        return f"{core} {sort.ru_word}"
    return f"{sort.ru_word} {core}"


def kk_name(raw: str, sort: Sort) -> str:
    """«Родниковка ауылы», «Қанай би атындағы ауылдық округ»."""
    core = re.sub(rf"(?:(?<=[\s.])|(?<=\d))(?:{sort.kk_short})$", "", raw).strip()
    core = re.sub(rf"^(?:{sort.kk_short})(?<=[.\s])\s*|^(?:ферма|мекен)\s+", "", core)
    core = re.sub(r"\s(?:атын|ат)\.?$", " атындағы", core)
    return f"{core} {BARE[sort.kk_word] if core.endswith(' атындағы') else sort.kk_word}"


def readable(ru: str, kk: str) -> tuple[str, str, str]:
    """(type, kk, ru) of one name of the classifier; a place that fits no sort keeps its name."""
    for sort in SORTS:
        if found := ru_core(ru, sort):
            return sort.type, kk_name(kk, sort), ru_name(*found, sort)
    return "place", kk, ru


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV table."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, header: str, rows: list[tuple[str, ...]]) -> None:
    """Write a CSV table with the given header."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(header.split(","))
        out.writerows(rows)


def declined(name_ru: str) -> tuple[str, str]:
    """(genitive, locative) of «город …»."""
    city = name_ru.removeprefix("город ")
    genitive, locative = GENITIVE_LOCATIVE.get(city, f"{city} {city}").split()
    return f"города {genitive}", f"городе {locative}"


def region_row(row: dict[str, str]) -> tuple[str, ...]:
    """A region or a city of republican significance; its cases come from the hand-checked table."""
    english = re.sub(r" \(.*\)", "", row["name_en"])
    names = row["name_kk"], row["name_ru"], english
    cases = row["name_ru_genitive"], row["name_ru_locative"]
    return (row["kato"], REPUBLIC[0], row["type"], *names, row["iso3166_2"], *cases, "")


def district_row(row: dict[str, str]) -> tuple[str, ...]:
    """A district, a city of regional significance or an in-city district."""
    names = row["name_kk"], row["name_ru"], EN_WORD[row["type"]].format(row["name_en"])
    cases = declined(row["name_ru"]) if row["type"] == "city_regional" else ("", "")
    note = "leased" if row["kato"] == LEASED else ""
    return (row["kato"], row["parent_kato"], row["type"], *names, "", *cases, note)


def parent(kato: str, level: str, known: set[str]) -> str:
    """The nearest known code above: AA region, BB district, CC okrug, DDD settlement."""
    lengths = (6, 4, 2) if level == "settlement" else (4, 2)
    return next(up for n in lengths if (up := kato[:n].ljust(9, "0")) in known and up != kato)


def main(folder: Path) -> None:
    """Write both tables."""
    regions, districts = read(folder / "regions.csv"), read(folder / "districts.csv")
    whole = read(next(folder.glob("kato_full_*.csv")))
    offices = [REPUBLIC, *map(region_row, regions), *map(district_row, districts)]
    is_office, known = {row[0] for row in offices}, {row["kato"] for row in whole}
    below: list[tuple[str, ...]] = []
    for row in whole:
        if row["kato"] not in is_office:
            kind, kk, ru = readable(clean(row["name_ru"]), clean(row["name_kk"]))
            below.append((row["kato"], parent(row["kato"], row["level"], known), kind, kk, ru))
    write(PLAN / "territories.csv", "kato,parent,type,kk,ru,en,iso,ru_of,ru_in,note", offices)
    write(PLAN / "settlements.csv", "kato,parent,type,kk,ru", below)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

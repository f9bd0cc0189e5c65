import pytest

from taza_desktop.i18n import LANGUAGES
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.names import in_territory, of_territory
from taza_desktop.plan.territories import REPUBLIC, Territories


@pytest.fixture(scope="module")
def tree() -> Territories:
    return load_plan().territories


# КАТО, kk where, kk whose, ru where, ru whose, en where
CASES = [
    (REPUBLIC, "Қазақстан Республикасында", "Қазақстан Республикасының",
     "в Республике Казахстан", "Республики Казахстан", "in the Republic of Kazakhstan"),
    ("100000000", "Абай облысында", "Абай облысының", "в области Абай", "области Абай",
     "in Abai Region"),
    ("390000000", "Қостанай облысында", "Қостанай облысының", "в Костанайской области",
     "Костанайской области", "in Kostanay Region"),
    ("710000000", "Астана қаласында", "Астана қаласының", "в городе Астане", "города Астаны",
     "in the city of Astana"),
    ("103200000", "Абай ауданында", "Абай ауданының", "в Абайском районе", "Абайского района",
     "in Abay District"),
    ("103400000", "Ақсуат ауданында", "Ақсуат ауданының", "в районе Ақсуат", "района Ақсуат",
     "in Aqsuat District"),
    ("596600000", "Ғабит Мүсірепов атындағы ауданда", "Ғабит Мүсірепов атындағы ауданның",
     "в районе имени Габита Мусрепова", "района имени Габита Мусрепова",
     "in Gabit Musirepov District"),
    ("635400000", "Катонқарағай ауданында", "Катонқарағай ауданының",
     "в Катон-Карагайском районе", "Катон-Карагайского района", "in Katonkaragay District"),
    ("351000000", "Қарағанды қаласында", "Қарағанды қаласының", "в городе Караганде",
     "города Караганды", "in the city of Karaganda"),
    ("392400000", "Рудный қаласында", "Рудный қаласының", "в городе Рудном", "города Рудного",
     "in the city of Rudny"),
    ("101000000", "Семей қаласында", "Семей қаласының", "в городе Семей", "города Семей",
     "in the city of Semey"),
    ("751110000", "Алмалы ауданында", "Алмалы ауданының", "в Алмалинском районе",
     "Алмалинского района", "in Almaly District"),
    ("103445208", "Рахмет Тоғысбаев атындағы ауылда", "Рахмет Тоғысбаев атындағы ауылдың",
     "в селе имени Рахмет Тогысбаева", "села имени Рахмет Тогысбаева",
     "in Rakhmet Togysbaev village"),
    ("104445000", "Қойгелді Аухадиев атындағы ауылдық округте",
     "Қойгелді Аухадиев атындағы ауылдық округтің",
     "в сельском округе имени Койгельды Аухадиева", "сельского округа имени Койгельды Аухадиева",
     "in Koygeldi Aukhadiev rural okrug"),
    ("391648000", "Жаңақала ауылдық округінде", "Жаңақала ауылдық округінің",
     "в Жанакалинском сельском округе", "Жанакалинского сельского округа",
     "in Zhanakala rural okrug"),
    ("395630000", "Боровской ауылдық округінде", "Боровской ауылдық округінің",
     "в Боровском сельском округе", "Боровского сельского округа", "in Borovskoy rural okrug"),
    ("104221000", "Шар қалалық әкімдігінде", "Шар қалалық әкімдігінің",
     "в Шарской городской администрации", "Шарской городской администрации",
     "in Shar town administration"),
    ("595051100", "Пресновка ауылында", "Пресновка ауылының", "в селе Пресновка",
     "села Пресновка", "in Presnovka village"),
    ("435230100", "Шиелі кентінде", "Шиелі кентінің", "в поселке Шиели", "поселка Шиели",
     "in Shieli township"),
    ("334249100", "Көксу станциясында", "Көксу станциясының", "на станции Коксу",
     "станции Коксу", "in Koksu station"),
    ("274445402", "Көпір елді мекенінде", "Көпір елді мекенінің", "в населенном пункте Мост",
     "населенного пункта Мост", "in Kopir"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_cases(tree: Territories, case: tuple[str, ...]):
    kato, *wanted = case
    place = tree[kato]
    assert [
        in_territory(place, "kk"),
        of_territory(place, "kk"),
        in_territory(place, "ru"),
        of_territory(place, "ru"),
        in_territory(place, "en"),
    ] == wanted


def test_every_office_declines_in_kazakh_by_its_last_word(tree: Territories):
    for office in tree:
        where, whose = in_territory(office, "kk"), of_territory(office, "kk")
        assert where.endswith(("облысында", "ауданында", "ауданда", "қаласында", "асында")), where
        assert whose.endswith(("облысының", "ауданының", "ауданның", "қаласының", "асының")), whose


def test_every_office_declines_in_russian(tree: Territories):
    for office in tree:
        where, whose = in_territory(office, "ru"), of_territory(office, "ru")
        assert where.startswith("в "), where
        assert not where.endswith((" район", " область")), where
        assert any(word in where for word in ("районе", "городе", "области", "Республике")), where
        assert any(word in whose for word in ("района", "города", "области", "Республики")), whose
        assert "ский" not in where + whose


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_settlement_of_a_region_has_both_phrases(tree: Territories, language):
    """Nothing falls through: a phrase differs from the bare name and keeps its first letters."""
    for okrug in tree.children("433200000"):
        for place in (okrug, *tree.children(okrug.kato)):
            for phrase in (in_territory(place, language), of_territory(place, language)):
                assert phrase != place.name.to(language)

"""Which mentions of one article name the same thing."""

from __future__ import annotations

import pytest

from tests.who import entities, read


def same(text: str, *names: str) -> bool:
    """Whether all these names are mentions of one entity."""
    found = entities(text)
    return len({found[name].id for name in names}) == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قاتلت قوات سوريا الديمقراطية هناك، ثم انسحبت قسد.", ("قوات سوريا الديمقراطية", "قسد")),
        ("دخلوا مدينة الرقة، والرقة خالية.", ("مدينة الرقة", "الرقة")),
        ("حوصرت مدينة درعا شهرا ثم فتحت المدينة.", ("مدينة درعا", "المدينة")),
        ("قصفت عين العرب (كوباني) ليلا.", ("عين العرب", "كوباني")),
        ("قال فرهاد شامي ذلك، وأضاف شامي تفاصيل.", ("فرهاد شامي", "شامي")),
        ("اعتقل صالح الأحمد الملقب بأبي ميهاف أمس.", ("صالح الأحمد", "أبي ميهاف")),
        ("قتلوا أبو سمير، وكان أبي سمير قائدا.", ("أبو سمير", "أبي سمير")),
        ("هاجمت هيئة تحرير الشام (جبهة النصرة سابقا) الموقع.", ("هيئة تحرير الشام", "جبهة النصرة")),
        ("قصفوا ريف حلب الغربي مرارا، وريف حلب خال.", ("ريف حلب الغربي", "ريف حلب")),
        ("سقط الريف الشمالي للرقة، وريف الرقة الشمالي واسع.", ("الريف الشمالي للرقة", "ريف الرقة الشمالي")),
        ("انتشرت الشرطة التركية، ثم غادرت الشرطة.", ("الشرطة التركية", "الشرطة")),
        ("حضرت الشرطة باكرا، وقالت شرطة السليمانية إنها تبحث.", ("الشرطة", "شرطة السليمانية")),
        ("نشرت وكالة الأنباء الحكومية (سانا) صورا.", ("وكالة الأنباء الحكومية", "سانا")),
        ("اعتقله جهاز المخابرات العامة (أمن الدولة) قبل عام.", ("المخابرات العامة", "أمن الدولة")),
        ("وصل سامي عبد الرحيم إلى القاعة، وقال عبد الرحيم إنه متفائل.", ("سامي عبد الرحيم", "عبد الرحيم")),
        ("زار الوفد لبنان، ولبنان جار فرنسا. واختار البقاء في البلاد.", ("لبنان", "البلاد")),
        ("رحبت إيران بالاتفاق ونفت طهران أن يكون سريا.", ("إيران", "طهران")),
        ("زار الوفد إقليم كردستان، وشكر سكان الإقليم.", ("إقليم كردستان", "الإقليم")),
        ("ذكرت الوكالة الوطنية للإعلام ذلك، ثم نفت الوكالة.", ("الوكالة الوطنية للإعلام", "الوكالة")),
        ("قصف مطار كويرس العسكري، ثم أغلق مطار كويرس.", ("مطار كويرس العسكري", "مطار كويرس")),
        ("نقلوه إلى مشفى، ثم غادر المستشفى.", ("مشفى", "المستشفى")),
        ("سقط الجزء الغربي من الموصل، والجزء الغربي مدمر.", ("الجزء الغربي من الموصل", "الجزء الغربي")),
        ("تشهد محافظة ديالى هدوءا، وديالى شمال بغداد.", ("محافظة ديالى", "ديالى")),
        ("أعلن اتحاد الكتاب العربي ذلك، ثم نفى اتحاد الكتاب.", ("اتحاد الكتاب العربي", "اتحاد الكتاب")),
    ],
)  # fmt: skip
def test_names_of_one_thing(text: str, names: tuple[str, ...]) -> None:
    assert same(text, *names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("دخلوا مدينة الرقة وبقي ريف الرقة الشمالي.", ("مدينة الرقة", "ريف الرقة الشمالي")),
        ("وصلوا مدينة حلب، وهي مركز محافظة حلب.", ("مدينة حلب", "محافظة حلب")),
        ("قصفوا ريف إدلب الجنوبي وريف إدلب الشرقي.", ("ريف إدلب الجنوبي", "ريف إدلب الشرقي")),
        ("انتشرت الشرطة الاتحادية ووصلت الشرطة.", ("الشرطة الاتحادية", "الشرطة")),
        ("فتشت شرطة السليمانية المنازل وقالت شرطة دهوك إن الشرطة لم تتدخل.", ("شرطة دهوك", "الشرطة")),
        ("قاتل جيش الإسلام (فيلق الرحمن) هناك.", ("جيش الإسلام", "فيلق الرحمن")),
        ("رحبت إيران بالاتفاق وشهدت طهران احتفالات.", ("إيران", "طهران")),
        ("دمروا منزلا في قرية معلك ومنزلا في قرية حربل.", ("قرية معلك", "قرية حربل")),
        ("قصف جامع النور ثم جامع الهدى.", ("جامع النور", "جامع الهدى")),
        ("تبعد القرية 60 كلم شرق حلب في محافظة حلب.", ("حلب", "محافظة حلب")),
    ],
)
def test_names_of_different_things(text: str, names: tuple[str, ...]) -> None:
    assert not same(text, *names)


def test_two_houses_in_two_villages_are_two() -> None:
    text = "دمروا منزلا في قرية معلك، ثم أحرقوا منزلاً في قرية حربل."
    found = entities(text)
    assert found["منزلا"].id != found["منزلاً"].id


def test_a_definite_noun_without_anything_before_it_is_dropped() -> None:
    assert "المدينة" not in entities("تشهد المدينة هدوءا منذ أيام.")


def test_the_car_after_a_car_bomb_is_the_bomb() -> None:
    found = entities("انفجرت سيارة مفخخة صباحا، وكانت السيارة قرب الساحة.")
    assert found["السيارة"].cls == "CarBomb"


def test_shells_are_of_the_kind_told_elsewhere() -> None:
    found = entities("سقطت قذائف هاون فجرا، وأصابت القذائف سطوحا.")
    assert found["القذائف"].cls == "Mortar"


def test_aircraft_of_a_nation_are_its_air_force_where_that_is_named() -> None:
    found = entities("أعلن سلاح الجو التركي العملية، وقصفت طائرات تركية الموقع.")
    assert found["تركية"].iri.endswith("/turkish-air-force")
    assert entities("قصفت طائرات تركية الموقع.")["تركية"].iri.endswith("/turkish-armed-forces")


def test_a_common_noun_has_the_class_of_the_actor_it_stands_for() -> None:
    doc = read("أعلنت وزارة الداخلية الحصيلة، ثم صححت الوزارة الرقم.")
    assert [mention.cls for mention in doc._.mentions] == ["GovernmentBody", "GovernmentBody"]


def _counted(text: str) -> int:
    """How many vehicles, or groups of them, the text is read to tell of."""
    return sum(entity.cls == "Vehicle" for entity in read(text)._.entities)


@pytest.mark.parametrize(
    ("text", "vehicles"),
    [
        ("دمرت الطائرات خمس مركبات في بيجي، ثم أربع مركبات في الشرقاط.", 2),
        ("احترقت سيارة في بعقوبة، ودمرت 17 سيارة في تكريت.", 2),
        ("دمرت الطائرات خمس مركبات في بيجي، وكانت المركبات محملة بالسلاح.", 1),
        ("انفجرت سيارة مفخخة في كركوك، وتضررت السيارات المركونة.", 1),
        ("انفجرت سيارتان مفخختان في كركوك، وكانت السيارتان مركونتين.", 0),
    ],
)
def test_things_of_another_figure_are_others(text: str, vehicles: int) -> None:
    assert _counted(text) == vehicles


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Samir Anwari, also known as Abu Taleb, met them.", ("Samir Anwari", "Abu Taleb")),
        ("The National News Agency (NNA) denied it. NNA then closed.", ("National News Agency", "NNA")),
        ("The Hill Military Council met; the Military Council left.", ("Hill Military Council", "Military Council")),
    ],
)  # fmt: skip
def test_english_names_of_one_thing(text: str, names: tuple[str, str]) -> None:
    found = entities(text, "en")
    assert len({found[name].id for name in names}) == 1

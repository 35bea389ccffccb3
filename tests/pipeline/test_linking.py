"""Identity, labels, points and containers of entities."""

from __future__ import annotations

import pytest

from kgbuild.ids import known_entity_iri
from kgbuild.pipeline.linking import Linker
from tests.who import entities, pipeline, read

BASE = "https://w3id.org/cko/id/"


def test_a_curated_actor_bears_its_key() -> None:
    isis = entities("هاجم تنظيم داعش القرية.")["تنظيم داعش"]
    assert isis.iri == known_entity_iri(BASE, "isis")
    assert isis.wikidata == "Q2429253"
    assert isis.label == {"ar": "تنظيم الدولة الإسلامية", "en": "Islamic State"}


def test_a_place_of_the_gazetteer_bears_its_geonames_id() -> None:
    raqqa = entities("دخلوا مدينة الرقة أمس.")["مدينة الرقة"]
    assert (raqqa.iri, raqqa.geonames, raqqa.wikidata) == (f"{BASE}entity/geonames-172955", 172955, "Q283368")
    assert raqqa.precision == "city"
    assert raqqa.point == pytest.approx((39.01, 35.95), abs=0.02)


def test_a_place_of_no_gazetteer_has_no_point_and_the_same_iri_anywhere() -> None:
    one = entities("هاجموا قرية معلكون أمس.", document="a")["قرية معلكون"]
    other = entities("انسحبوا من قرية معلكون.", document="b")["قرية معلكون"]
    assert one.iri == other.iri
    assert (one.point, one.precision, one.geonames) == (None, None, None)


def test_a_nameless_thing_belongs_to_its_article() -> None:
    one = entities("دمر القصف منزلا.", document="a")["منزلا"]
    other = entities("دمر القصف منزلا.", document="b")["منزلا"]
    assert one.iri != other.iri


def test_a_weapon_is_a_kind_and_the_same_everywhere() -> None:
    found = [entities("انفجر لغم أرضي.", document=name)["لغم أرضي"].iri for name in "ab"]
    assert found == [f"{BASE}entity/weapon-landmine"] * 2


def test_the_base_of_iris_is_configurable() -> None:
    doc = read("قصفوا حلب.")
    linked = Linker("https://example.org/kg/")(pipeline().get_pipe("kgbuild_entities")(doc))
    assert [e.iri for e in linked._.entities] == ["https://example.org/kg/entity/geonames-170063"]


def test_entities_are_numbered_in_order_of_first_mention() -> None:
    doc = read("قصف الجيش السوري قرية معلك ثم مدينة الباب، وقرية معلك مدمرة.")
    assert [e.id for e in doc._.entities] == ["e1", "e2", "e3"]
    assert [e.mentions[0] for e in doc._.entities] == ["m1", "m2", "m3"]


@pytest.mark.parametrize(
    ("text", "inner", "outer"),
    [
        ("قصفوا قرية معلك بريف عين عيسى ليلا.", "قرية معلك", "ريف عين عيسى"),
        ("انفجار في حي الميسر بمدينة حلب ليلا.", "حي الميسر", "مدينة حلب"),
        ("هجوم في بلدة مندلي التابعة لمحافظة ديالى.", "بلدة مندلي", "محافظة ديالى"),
        ("قصفوا قريتي الكفير والغوز قرب مدينة الباب بريف حلب الشرقي.", "مدينة الباب", "ريف حلب الشرقي"),
        ("قصفوا مدرسة الفنون في مدينة إدلب.", "مدرسة الفنون", "مدينة إدلب"),
        ("حماة::تعرضت قرية العنكاوي لقصف مدفعي.", "قرية العنكاوي", "حماة"),
        ("غارات على ريف إدلب الجنوبي في محافظة إدلب.", "ريف إدلب الجنوبي", "محافظة إدلب"),
    ],
)
def test_what_lies_within_what(text: str, inner: str, outer: str) -> None:
    found = entities(text)
    assert found[outer].id in found[inner].within


def test_the_members_of_a_list_share_the_place_after_it() -> None:
    found = entities("قصفوا قرى الفطيرة وسفوهن وفليفل بريف إدلب الجنوبي.")
    outer = found["ريف إدلب الجنوبي"].id
    assert all(outer in found[name].within for name in ("الفطيرة", "فليفل"))


def test_within_has_no_circle() -> None:
    doc = read("قرية معلك في بلدة عين عيسى في قرية معلك في بلدة عين عيسى.")
    within = {e.id: e.within for e in doc._.entities}
    for start in within:
        seen, queue = set(), list(within[start])
        while queue:
            at = queue.pop()
            assert at != start
            if at not in seen:
                seen.add(at)
                queue.extend(within[at])


def test_a_countryside_has_the_coarse_point_of_its_region() -> None:
    area = entities("قصفوا ريف حلب الشمالي.")["ريف حلب الشمالي"]
    assert area.precision == "region"
    assert area.point is not None
    assert area.geonames is None
    assert area.label == {"ar": "ريف حلب الشمالي", "en": "northern Aleppo countryside"}


def test_a_governorate_is_not_its_city() -> None:
    found = entities("وصلوا إلى مدينة حلب في محافظة حلب.")
    assert found["مدينة حلب"].cls == "City"
    assert (found["محافظة حلب"].cls, found["محافظة حلب"].precision) == ("Governorate", "governorate")
    assert found["محافظة حلب"].iri == f"{BASE}entity/gov-sy-aleppo"


def test_a_village_of_a_city_s_name_is_not_the_city() -> None:
    assert entities("هاجموا قرية حمص الصغرى ليلا.")["قرية حمص الصغرى"].geonames is None


def test_a_name_of_several_places_stays_open_with_its_candidates() -> None:
    spring = entities("هاجموا قرية عين التينة في سوريا ليلا.")["قرية عين التينة"]
    assert (spring.geonames, spring.point) == (None, None)
    assert spring.candidates == ("geonames-172157", "geonames-172159")


def test_the_governorate_in_the_text_decides_between_two_places() -> None:
    spring = entities("هاجموا قرية عين التينة في محافظة طرطوس ليلا.")["قرية عين التينة"]
    assert (spring.geonames, spring.candidates) == (172159, ())


def test_a_label_has_no_ending_of_the_accusative() -> None:
    assert entities("قصفوا منزلاً سكنياً ليلا.")["منزلاً سكنياً"].label == {"ar": "منزل سكني", "en": "residence"}


def test_an_english_name_has_no_made_up_arabic_label() -> None:
    found = entities("Shells hit the village of Malekun at dawn.", "en")["village of Malekun"]
    assert dict(found.label) == {"en": "Malekun"}


def test_one_iri_is_one_entity() -> None:
    doc = read("دخلوا عين العرب ثم كوباني ثم مدينة عين العرب ثم مدينة كوباني.")
    iris = [e.iri for e in doc._.entities]
    assert len(iris) == len(set(iris)) == 1

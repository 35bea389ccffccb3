"""The embedded gazetteer and the user's own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kgbuild.errors import InputError, UsageError
from kgbuild.linking.gazetteer import REGION, Gazetteer, curated_places, embedded_places
from kgbuild.linking.place_tables import import_places
from kgbuild.linking.places import place_key, settlement_class
from kgbuild.linking.user_places import UserPlaces, default_gazetteer_path
from kgbuild.vocab import GROUP_OF

SHARED = Path(__file__).parents[3] / "shared" / "data" / "wof_sy_places.tsv"
GEONAMES = "163808|Tadmur|Tadmur|Palmyra,تدمر|34.56|38.28|P|PPL|SY||11||||51015||400|Asia/Damascus|2020-01-01".replace(
    "|", "\t"
)
OWN = "id,name,name_ar,latitude,longitude,class,country\n7,Ma'lakun,معلكون,36.4,38.9,Village,SY\n"
WOF = """wof_id placetype name_en names_ar lat lon geonames_id wikidata_qid population region_wof_id superseded
1 locality Malakun معلكون 36.4 38.9 - - 120 9 -
2 locality Old قديمون 36.4 38.9 - - - 9 1
"""


def test_all_governorates_of_syria_and_iraq_are_there_with_points() -> None:
    governorates = [p for p in curated_places().values() if p.cls == "Governorate"]
    assert sum(p.country == "SY" for p in governorates) == 14
    assert sum(p.country == "IQ" for p in governorates) == 19
    assert all(p.point for p in governorates)


def test_curated_places_have_classes_of_places_or_facilities_and_lie_in_the_world() -> None:
    for place in curated_places().values():
        assert GROUP_OF[place.cls] in ("place", "facility")
        if place.point:
            longitude, latitude = place.point
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


def test_what_holds_a_curated_place_is_there() -> None:
    places = curated_places()
    missing = [p.key for p in places.values() if p.within and p.within.startswith("gov-") and p.within not in places]
    assert missing == []


def test_only_the_region_is_kept_of_geonames() -> None:
    assert {place.country for place in embedded_places()} <= set(REGION)
    assert len(embedded_places()) > 5_000


@pytest.mark.parametrize("name", ["تدمر", "كفر نبل", "كفرنبل", "ديرالزور", "الرقه", "Raqqa"])
def test_a_name_is_found_however_it_is_spelt(name: str) -> None:
    assert Gazetteer().find(name)


def test_the_city_and_the_governorate_of_one_name_are_two_places() -> None:
    assert {place.cls for place in Gazetteer().find("حلب")} >= {"City", "Governorate"}


def test_an_unknown_name_is_not_found() -> None:
    assert Gazetteer().find("معلكون") == []
    assert not Gazetteer().knows("معلكون")


@pytest.mark.parametrize(("population", "cls"), [(400_000, "City"), (9_000, "Town"), (0, "Village")])
def test_the_class_of_a_settlement_follows_its_population(population: int, cls: str) -> None:
    assert settlement_class(population) == cls


def test_the_key_of_a_name_folds_blanks_and_letters() -> None:
    assert place_key("كَفر نبل") == place_key("كفرنبل")


def test_a_geonames_dump_is_imported(tmp_path: Path) -> None:
    dump, database = tmp_path / "SY.txt", tmp_path / "own.sqlite"
    dump.write_text(GEONAMES + "\n", "utf-8")
    assert import_places("geonames", dump, database=database) == 1
    found = Gazetteer(UserPlaces(database)).find("تدمر")
    assert [place.geonames for place in found] == [163808]


def test_places_of_another_country_are_left_out(tmp_path: Path) -> None:
    dump, database = tmp_path / "SY.txt", tmp_path / "own.sqlite"
    dump.write_text(GEONAMES + "\n", "utf-8")
    assert import_places("geonames", dump, country="IQ", database=database) == 0


def test_a_csv_is_imported_and_found_by_both_names(tmp_path: Path) -> None:
    table, database = tmp_path / "own.csv", tmp_path / "own.sqlite"
    table.write_text(
        "id,name,name_ar,latitude,longitude,class,country\n7,Ma'lakun,معلكون,36.4,38.9,Village,SY\n", "utf-8"
    )
    assert import_places("csv", table, database=database) == 1
    gazetteer = Gazetteer(UserPlaces(database))
    (place,) = gazetteer.find("معلكون")
    assert (place.key, place.cls, place.point) == ("user-7", "Village", (38.9, 36.4))
    assert gazetteer.find("Malakun") == [place]


def test_whos_on_first_is_imported_without_what_was_superseded(tmp_path: Path) -> None:
    table, database = tmp_path / "wof_sy_places.tsv", tmp_path / "own.sqlite"
    table.write_text(WOF.replace("-", "").replace(" ", "\t"), "utf-8")
    assert import_places("whosonfirst", table, database=database) == 1
    (place,) = UserPlaces(database).find(place_key("معلكون"))
    assert (place.key, place.country, place.within) == ("wof-1", "SY", "wof-9")


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    dump, database = tmp_path / "SY.txt", tmp_path / "own.sqlite"
    dump.write_text(GEONAMES + "\n", "utf-8")
    import_places("geonames", dump, database=database)
    import_places("geonames", dump, database=database)
    assert len(UserPlaces(database).find(place_key("تدمر"))) == 1


def test_a_file_of_another_format_is_refused_with_its_line(tmp_path: Path) -> None:
    dump = tmp_path / "SY.txt"
    dump.write_text("not\ta dump\n", "utf-8")
    with pytest.raises(InputError, match=r"SY\.txt, line 1: .*19 columns"):
        import_places("geonames", dump, database=tmp_path / "own.sqlite")


def test_a_table_without_the_columns_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("name,place\nx,y\n", "utf-8")
    with pytest.raises(InputError, match="no column latitude, longitude"):
        import_places("csv", table, database=tmp_path / "own.sqlite")


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("x,north,east", "longitude is not a number: 'east'; write it as 36.105"),
        ("x,36.1,nan", "longitude is nan, beyond ±180 degrees"),
        ("x,200,38", "latitude is 200.0, beyond ±90 degrees"),
        ("x", "longitude is not a number: ''"),
        (",36.1,38.9", "name is empty; give every place a name"),
        ("x,36.1,38.9,-5", "population is -5.0, which no count can be"),
        ("x,36.1,38.9,1e999", "population is inf, which no count can be"),
        ("x,36.1,38.9,,Hamlet", "class is 'Hamlet'; take a class of places, such as City"),
        ("x,36.1,38.9,,AirStrike", "class is 'AirStrike'; take a class of places"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line_and_nothing_is_added(tmp_path: Path, line: str, refusal: str) -> None:
    table, database = tmp_path / "own.csv", tmp_path / "own.sqlite"
    table.write_text(f"name,latitude,longitude,population,class\nTadef,36.3,37.5,,Town\n{line}\n", "utf-8")
    with pytest.raises(InputError) as error:
        import_places("csv", table, database=database)
    assert f"own.csv, line 3: {refusal}" in str(error.value)
    assert UserPlaces(database).find(place_key("Tadef")) == ()


def test_another_encoding_is_refused_with_the_first_line_that_shows_it(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("name,latitude,longitude\nTadef,36.3,37.5\nتادف,36.3,37.5\n", "cp1256")
    with pytest.raises(InputError, match=r"own\.csv, line 3: this is not UTF-8; save the table as UTF-8"):
        import_places("csv", table, database=tmp_path / "own.sqlite")


def test_a_dump_with_words_for_numbers_is_refused_with_its_line(tmp_path: Path) -> None:
    dump = tmp_path / "SY.txt"
    dump.write_text(GEONAMES + "\n" + GEONAMES.replace("163808", "none") + "\n", "utf-8")
    with pytest.raises(InputError, match=r"SY\.txt, line 2: id is no number: 'none'"):
        import_places("geonames", dump, database=tmp_path / "own.sqlite")


def test_an_unknown_format_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="geonames, whosonfirst, csv"):
        import_places("osm", tmp_path / "x")
    with pytest.raises(InputError, match="no such file"):
        import_places("csv", tmp_path / "absent.csv")


@pytest.mark.parametrize("place", ["", "file/own.sqlite"])
def test_where_no_gazetteer_can_be_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    table = tmp_path / "own.csv"
    table.write_text(OWN, "utf-8")
    with pytest.raises(InputError, match="KGBUILD_GAZETTEER can name another file"):
        import_places("csv", table, database=tmp_path / place)


def test_a_gazetteer_that_was_damaged_is_refused_when_it_is_read(tmp_path: Path) -> None:
    table, database = tmp_path / "own.csv", tmp_path / "own.sqlite"
    table.write_text(OWN, "utf-8")
    import_places("csv", table, database=database)
    with sqlite3.connect(database) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    data = bytearray(database.read_bytes())
    data[size:] = b"\xff" * (len(data) - size)
    database.write_bytes(data)
    with pytest.raises(InputError, match=r"own\.sqlite: .*delete it and import again"):
        UserPlaces(database).find(place_key("معلكون"))


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    path.write_text("no database, " * 200, "utf-8")
    with pytest.raises(InputError, match="not a gazetteer"):
        UserPlaces(path)


def test_the_user_s_file_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KGBUILD_GAZETTEER", str(tmp_path / "mine.sqlite"))
    assert default_gazetteer_path() == tmp_path / "mine.sqlite"
    monkeypatch.delenv("KGBUILD_GAZETTEER")
    assert default_gazetteer_path().name == "gazetteer.sqlite"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the reference material is not here")
def test_the_places_of_whos_on_first_are_imported(tmp_path: Path) -> None:
    assert import_places("whosonfirst", SHARED, database=tmp_path / "own.sqlite") > 10_000

"""What an investigator does: from the map to the sentence, by filters, names and questions, in either language."""

from __future__ import annotations

import csv
import io
import json
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.browser.walking import every, one, open_page, open_plain, text, until

pytestmark = [pytest.mark.browser, pytest.mark.server]


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as response:
        body: bytes = response.read()
    return body.decode()


def parameters(browser: webdriver.Chrome) -> dict[str, list[str]]:
    return parse_qs(urlsplit(browser.current_url).query)


def live_map(browser: webdriver.Chrome, address: str) -> None:
    open_page(browser, address)
    until(browser, lambda b: every(b, ".live-map[data-ready]") and every(b, ".cluster"))


def filtered(browser: webdriver.Chrome, **fields: str) -> None:
    """Fill the filters and send them."""
    for name, value in fields.items():
        field = one(browser, f".filters [name={name}]")
        if field.tag_name == "select":
            Select(field).select_by_value(value)
        else:
            browser.execute_script("arguments[0].value = arguments[1]", field, value)
    before = one(browser, "html")
    one(browser, ".filters button").click()
    until(browser, lambda b: one(b, "html") != before)


# -------- The map


def test_the_map_can_be_moved_and_leads_to_an_incident(browser: webdriver.Chrome, site: str) -> None:
    live_map(browser, f"{site}/map?lang=en&type=AirStrike")
    (marker,) = every(browser, ".cluster")
    assert marker.get_attribute("aria-label") == "Air strike in Raqqa, 8 June 2017 (killed: 21)"
    marker.click()
    until(browser, lambda b: every(b, ".leaflet-popup a[href]"))
    one(browser, ".leaflet-popup-content a").click()
    until(browser, lambda b: "/incident/a1" in b.current_url)


def test_the_map_can_be_used_by_keyboard(browser: webdriver.Chrome, site: str) -> None:
    live_map(browser, f"{site}/map?lang=en&type=AirStrike")
    one(browser, ".cluster").send_keys(Keys.ENTER)
    until(browser, lambda b: every(b, ".leaflet-popup a[href]"))


def test_zooming_out_joins_incidents_and_a_cluster_zooms_in_again(browser: webdriver.Chrome, site: str) -> None:
    live_map(browser, f"{site}/map?lang=en")
    assert len(every(browser, ".cluster")) == 2
    out = one(browser, ".leaflet-control-zoom-out")
    for _ in range(5):
        browser.execute_script("arguments[0].click()", out)
        until(browser, lambda b: not every(b, ".leaflet-zoom-anim"))
        if len(every(browser, ".cluster")) == 1:
            break
    until(browser, lambda b: len(every(b, ".cluster.many")) == 1)
    assert text(browser, ".cluster.many") == "2"
    one(browser, ".cluster.many").click()
    until(browser, lambda b: len(every(b, ".cluster")) == 2)


def test_what_the_map_shows_becomes_a_filter(browser: webdriver.Chrome, site: str) -> None:
    live_map(browser, f"{site}/map?lang=en")
    one(browser, "a[data-here]").click()
    until(browser, lambda b: "box=" in b.current_url)
    assert "Part of the map" in text(browser, ".chosen")


def test_the_filters_of_the_map_are_those_of_its_markers(browser: webdriver.Chrome, site: str) -> None:
    live_map(browser, f"{site}/map?lang=en")
    filtered(browser, type="MineExplosion")
    until(browser, lambda b: every(b, ".live-map[data-ready='1']"))
    assert "Mine explosion" in (one(browser, ".cluster").get_attribute("aria-label") or "")


# -------- Filters


def test_filter_to_a_month_and_an_actor(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incidents?lang=en")
    filtered(browser, since="2017-06-01", until="2017-06-30", actor="coalition")
    rows = every(browser, "table.incidents tbody tr")
    assert [row.find_element(By.CSS_SELECTOR, "a").text for row in rows] == ["Air strike in Raqqa, 8 June 2017"]
    assert parameters(browser)["actor"] == ["coalition"]
    assert "International coalition" in text(browser, ".chosen")


def test_a_filter_stays_from_view_to_view(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incidents?lang=en&type=AirStrike")
    for view in ("timeline", "map", "incidents"):
        one(browser, f".views a[href^='/{view}?']").click()
        until(browser, lambda b, view=view: f"/{view}?type=AirStrike" in b.current_url)
        assert "1 incidents" in text(browser, ".head") or "1" in text(browser, ".head b")
        assert Select(one(browser, ".filters [name=type]")).first_selected_option.get_attribute("value") == "AirStrike"


def test_a_filter_is_taken_away_again(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incidents?lang=en&type=AirStrike&killed=5")
    one(browser, ".chosen a").click()
    until(browser, lambda b: "type=" not in b.current_url)
    assert parameters(browser)["killed"] == ["5"]


def test_a_selection_without_incidents_says_so(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incidents?lang=en&killed=999")
    assert text(browser, ".empty") == "No incident fits these filters."


def test_words_of_the_quoted_sentence_find_the_incident(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incidents?lang=ar")
    filtered(browser, q="الرعاة")
    assert len(every(browser, "table.incidents tbody tr")) == 1


def test_a_month_in_the_chart_is_a_filter(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/timeline?lang=en")
    one(browser, "svg.columns a").click()
    until(browser, lambda b: "since=2017-06-01" in b.current_url)
    assert parameters(browser)["until"] == ["2017-06-30"]


def test_a_type_in_the_table_of_types_is_a_filter(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/?lang=en")
    one(browser, "table.pairs a[href*='type=AirStrike']").click()
    until(browser, lambda b: "type=AirStrike" in b.current_url)
    assert len(every(browser, "table.incidents tbody tr")) == 1


def test_the_selection_is_had_as_csv_geojson_and_jsonld(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/timeline?lang=en&type=AirStrike")
    links = {link.text: link.get_attribute("href") or "" for link in every(browser, ".downloads a")}
    (row,) = csv.DictReader(io.StringIO(fetched(links["CSV"])))
    (feature,) = json.loads(fetched(links["GeoJSON"]))["features"]
    (node,) = json.loads(fetched(links["JSON-LD"]))["@graph"]
    assert row["iri"] == feature["id"] == node["id"]


# -------- Down to the sentence


def test_the_quote_opens_in_the_article_where_it_stands(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a1.html?lang=en")
    one(browser, "blockquote a").click()
    until(browser, lambda b: "/document/d1" in b.current_url)
    target = one(browser, ".body a:target mark")
    assert target.text.startswith("استهدف طيران التحالف")
    assert one(browser, ".body").get_attribute("dir") == "rtl"


def test_hovering_over_evidence_shows_what_it_says(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/document/d1.html?lang=en")
    tip = one(browser, ".said .tip")
    assert not tip.is_displayed()
    webdriver.ActionChains(browser).move_to_element(one(browser, ".said mark")).perform()
    until(browser, lambda b: one(b, ".said .tip").is_displayed())
    assert tip.text == "Air strike · 8 June 2017 · Raqqa"


def test_evidence_leads_from_the_article_to_the_incident(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/document/d1.html?lang=en")
    one(browser, ".said mark").click()
    until(browser, lambda b: "/incident/a1" in b.current_url)


def test_the_history_of_merging_tells_what_agreed(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a1.html?lang=en")
    one(browser, ".history summary").click()
    shown = text(browser, ".history")
    assert "9.5 points" in shown
    assert "the same day" in shown
    assert "/incident/a2" in shown


def test_an_incident_leads_to_what_happened_nearby(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a1.html?lang=en")
    assert [card.text for card in every(browser, ".around h2")] in ([], ["Nearby, in place and time"])


def test_an_incident_can_be_cited_printed_and_taken_along(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a1.html?lang=en")
    assert "https://w3id.org/cko/id/incident/a1" in text(browser, "#citation")
    until(browser, lambda b: one(b, "[data-print]").is_displayed())
    links = [link.get_attribute("href") or "" for link in every(browser, ".cite a")]
    assert any("incident=" in link and ".geojson" in link for link in links)
    assert any(link.startswith("mailto:") for link in links)


def test_print_leaves_out_what_paper_cannot_use(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a1.html?lang=en")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not one(browser, "header.top").is_displayed()
        assert not one(browser, ".cite .buttons").is_displayed()
        assert one(browser, "svg.map").is_displayed()
        assert one(browser, "svg.figures").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_an_address_that_was_merged_away_leads_on(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a2?lang=en")
    assert text(browser, "h1") == "Air strike in Raqqa, 8 June 2017"


# -------- Entities, network, statistics


def test_an_actor_shows_names_relations_and_incidents(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/entity/isis.html?lang=en")
    shown = text(browser, "main")
    assert "داعش" in shown
    assert "International coalition" in text(browser, "dl.facts")
    assert "Mine explosion in Deir ez-Zor" in text(browser, ".cards")


def test_an_entity_leads_to_its_incidents_on_the_map(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/entity/raqqa.html?lang=en")
    one(browser, ".views a[href^='/map']").click()
    until(browser, lambda b: "thing=raqqa" in b.current_url)
    assert text(browser, ".head b") == "1"


def test_the_network_around_an_actor_leads_on_to_the_next(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/network?lang=en&thing=coalition")
    labels = [element.text for element in every(browser, "svg.network a text")]
    assert {"Raqqa", "Missile"} <= set(labels)
    browser.execute_script(
        "document.querySelector('svg.network a[href*=raqqa]').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    until(browser, lambda b: "raqqa" in b.current_url)
    assert "Raqqa" in text(browser, "h1")


def test_the_network_of_a_name_that_is_typed(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/network?lang=en")
    field = one(browser, ".filters [name=thing]")
    field.clear()
    field.send_keys("raqq")
    until(browser, lambda b: every(b, ".filters .suggestions li"))
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert field.get_attribute("value") == "raqqa"
    one(browser, ".filters button").click()
    until(browser, lambda b: "thing=raqqa" in b.current_url)


def test_statistics_tell_coverage_precision_and_validity(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/statistics?lang=en")
    headings = [heading.text for heading in every(browser, "h2")]
    for wanted in ("Does the graph keep its own rules?", "Precision of places", "Sources with most articles"):
        assert wanted in headings


# -------- Search


@pytest.mark.parametrize(("typed", "language"), [("raqq", "en"), ("الرق", "ar"), ("رقة", "ar")])
def test_suggestions_come_while_typing(browser: webdriver.Chrome, site: str, typed: str, language: str) -> None:
    open_page(browser, f"{site}/?lang={language}")
    box = one(browser, ".find input")
    box.send_keys(typed)
    until(browser, lambda b: every(b, ".find .suggestions li"))
    assert box.get_attribute("aria-expanded") == "true"
    box.send_keys(Keys.ARROW_DOWN)
    assert box.get_attribute("aria-activedescendant") == "suggestions-q-0"
    box.send_keys(Keys.ENTER)
    until(browser, lambda b: "/entity/raqqa" in b.current_url)


def test_suggestions_go_away(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/?lang=en")
    box = one(browser, ".find input")
    box.send_keys("raqq")
    until(browser, lambda b: every(b, ".find .suggestions li"))
    box.send_keys(Keys.ESCAPE)
    assert not one(browser, ".find .suggestions").is_displayed()


def test_a_search_without_result_says_so(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/search?q=zzzz&lang=en")
    assert text(browser, ".empty") == "No name like this is in the graph."


# -------- Questions


def test_a_question_with_a_parameter_is_answered_and_had_as_csv(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/queries?lang=en")
    one(browser, "a[href='/queries/who-struck-what']").click()
    until(browser, lambda b: every(b, ".parameters [name=actor]"))
    assert one(browser, ".parameters [name=from]").get_attribute("type") == "date"
    one(browser, ".parameters [name=actor]").send_keys("https://w3id.org/cko/id/entity/isis")
    one(browser, ".parameters button").click()
    until(browser, lambda b: "actor=" in b.current_url)
    address = one(browser, ".result .downloads a[href*='format=csv']").get_attribute("href") or ""
    assert len(list(csv.DictReader(io.StringIO(fetched(address))))) == len(every(browser, ".result tbody tr")) == 1


def test_a_parameter_takes_a_name_by_suggestion(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/queries/who-struck-what?lang=en")
    field = one(browser, ".parameters [name=actor]")
    field.send_keys("داعش")
    until(browser, lambda b: every(b, ".parameters .suggestions li"))
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert field.get_attribute("value") == "https://w3id.org/cko/id/entity/isis"


def test_a_parameter_of_the_wrong_type_is_told(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/queries/who-struck-what?lang=en&actor=no+iri")
    assert "actor" in text(browser, ".problem")


def test_a_chart_of_an_answer_is_drawn(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/queries/incidents-by-class?lang=en")
    assert every(browser, "ul.bars li")


# -------- SPARQL


def workbench(browser: webdriver.Chrome, site: str, query: str = "") -> None:
    open_page(browser, f"{site}/sparql?lang=en")
    until(browser, lambda b: every(b, ".workbench[data-ready]"))
    if query:
        browser.execute_script("document.querySelector('.CodeMirror').CodeMirror.setValue(arguments[0])", query)


def run(browser: webdriver.Chrome) -> None:
    one(browser, ".yasqe_queryButton").click()


def test_the_editor_asks_and_shows_a_table(browser: webdriver.Chrome, site: str) -> None:
    workbench(browser, site)
    run(browser)
    until(browser, lambda b: every(b, ".yasr table.dataTable tbody td"))
    assert "2017-06-10" in text(browser, ".yasr")


def test_an_answer_becomes_a_chart(browser: webdriver.Chrome, site: str) -> None:
    workbench(
        browser,
        site,
        "SELECT ?class (COUNT(?i) AS ?n) { ?i a <https://w3id.org/cko#Incident>, ?class } GROUP BY ?class",
    )
    run(browser)
    until(browser, lambda b: every(b, ".yasr .select_chart:not([disabled])"))
    until(browser, lambda b: every(b, ".yasr table.dataTable tbody td"))
    one(browser, ".yasr .select_chart").click()
    until(browser, lambda b: every(b, ".chart-frame canvas"))
    assert "AirStrike 1" in (one(browser, ".chart-frame canvas").get_attribute("aria-label") or "")


def test_an_answer_with_points_becomes_a_map(browser: webdriver.Chrome, site: str) -> None:
    workbench(
        browser,
        site,
        "PREFIX geo: <http://www.opengis.net/ont/geosparql#> SELECT * { ?place geo:hasGeometry/geo:asWKT ?wkt }",
    )
    run(browser)
    until(browser, lambda b: every(b, ".yasr table.dataTable tbody td"))
    one(browser, ".yasr .select_map").click()
    until(browser, lambda b: len(every(b, ".workbench .live-map path.spot")) == 2)


def test_the_editor_completes_terms_of_the_ontology(browser: webdriver.Chrome, site: str) -> None:
    workbench(browser, site, "PREFIX cko: <https://w3id.org/cko#>\nSELECT * { ?i cko:killedM")
    browser.execute_script(
        "const e = document.querySelector('.CodeMirror').CodeMirror; e.focus(); e.setCursor(1, 100); e.autocomplete();"
    )
    until(browser, lambda b: every(b, ".CodeMirror-hint"))
    assert "killedMin" in browser.execute_script("return document.querySelector('.CodeMirror-hints').innerText")


def test_the_editor_marks_what_is_wrong(browser: webdriver.Chrome, site: str) -> None:
    workbench(browser, site, "SELECT WHERE")
    until(browser, lambda b: every(b, ".parseErrorIcon"))


# -------- Languages


def test_the_language_goes_with_the_reader(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incidents?lang=ar&type=AirStrike")
    assert one(browser, "html").get_attribute("dir") == "rtl"
    assert "غارة جوية" in text(browser, "table.incidents")
    one(browser, ".switch").click()
    until(browser, lambda b: one(b, "html").get_attribute("lang") == "en")
    assert "Air strike" in text(browser, "table.incidents")
    assert parameters(browser)["type"] == ["AirStrike"]


def test_arabic_tells_figures_and_dates_in_arabic(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a1.html?lang=ar")
    shown = text(browser, "main")
    for words in ("8 حزيران 2017", "بين 14 و30", "14 فأكثر", "تقريران", "اليوم نفسه"):
        assert words in shown or words in (one(browser, ".history").get_attribute("textContent") or "")


def test_latin_words_in_arabic_text_keep_to_themselves(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/document/d2.html?lang=ar")
    assert one(browser, "h1 bdi").get_attribute("lang") == "en"
    assert one(browser, "blockquote").get_attribute("dir") == "ltr"


# -------- Without scripts


def test_the_map_is_there_without_scripts(plain: webdriver.Chrome, site: str) -> None:
    open_plain(plain, f"{site}/map?lang=en")
    assert len(every(plain, "svg.map .dots a")) == 2
    assert not every(plain, ".live-map")


def test_filters_work_without_scripts(plain: webdriver.Chrome, site: str) -> None:
    open_plain(plain, f"{site}/incidents?lang=en")
    Select(one(plain, ".filters [name=type]")).select_by_value("AirStrike")
    one(plain, ".filters button").click()
    until(plain, lambda b: "type=AirStrike" in b.current_url)
    assert len(every(plain, "table.incidents tbody tr")) == 1


def test_search_works_without_scripts(plain: webdriver.Chrome, site: str) -> None:
    open_plain(plain, f"{site}/?lang=en")
    one(plain, ".find input").send_keys("الرقّة", Keys.ENTER)
    until(plain, lambda b: "/search" in b.current_url)
    assert "Raqqa" in text(plain, ".found")


def test_an_incident_reads_without_scripts(plain: webdriver.Chrome, site: str) -> None:
    open_plain(plain, f"{site}/incident/a1.html?lang=en")
    assert every(plain, "svg.map circle.area")
    assert every(plain, "svg.figures rect")
    assert not one(plain, "[data-print]").is_displayed()


def test_the_network_is_there_without_scripts(plain: webdriver.Chrome, site: str) -> None:
    open_plain(plain, f"{site}/network?lang=en&thing=raqqa")
    assert len(every(plain, "svg.network a")) > 3


# -------- On a phone


def test_a_phone_finds_an_incident_by_the_map(phone: webdriver.Chrome, site: str) -> None:
    live_map(phone, f"{site}/map?lang=ar&type=AirStrike")
    one(phone, ".cluster").click()
    until(phone, lambda b: every(b, ".leaflet-popup a[href]"))


def test_a_phone_reads_an_incident_in_one_column(phone: webdriver.Chrome, site: str) -> None:
    open_page(phone, f"{site}/incident/a1.html?lang=en")
    left, right = (element.rect for element in every(phone, ".split > div")[:2])
    assert right["y"] >= left["y"] + left["height"]


# -------- Machines


def test_the_description_for_search_engines_is_no_script(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a1.html?lang=en")
    found = json.loads(
        browser.execute_script("return document.querySelector('script[type=\"application/ld+json\"]').textContent")
    )
    assert (found["@type"], found["startDate"], found["location"][0]["name"]) == ("Event", "2017-06-08", "Raqqa")

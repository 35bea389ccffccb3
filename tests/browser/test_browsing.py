"""What a person does: look at the map, follow an incident to its sentence, ask, search, switch the language."""

from __future__ import annotations

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = [pytest.mark.browser, pytest.mark.server]


def text(browser: webdriver.Chrome, selector: str = "body") -> str:
    return browser.find_element(By.CSS_SELECTOR, selector).text


def open_page(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address)
    WebDriverWait(browser, 10).until(lambda b: b.execute_script("return document.readyState") == "complete")


def test_home_shows_the_newest_incidents_on_a_map_and_in_a_list(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/?lang=en")
    assert len(browser.find_elements(By.CSS_SELECTOR, ".map .dots a")) == 2
    assert len(browser.find_elements(By.CSS_SELECTOR, ".map .land path")) >= 1
    titles = [e.text for e in browser.find_elements(By.CSS_SELECTOR, ".card h3")]
    assert titles == ["Mine explosion in Deir ez-Zor, 10 June 2017", "Air strike in Raqqa, 8 June 2017"]


def test_a_dot_on_the_map_leads_to_its_incident(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/?lang=en")
    browser.find_element(By.CSS_SELECTOR, ".map circle.c-AirStrike").click()
    WebDriverWait(browser, 10).until(lambda b: "/incident/a1" in b.current_url)
    assert text(browser, "h1") == "Air strike in Raqqa, 8 June 2017"


def test_an_incident_leads_down_to_the_sentence_in_the_article(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a1.html?lang=en")
    browser.find_element(By.CSS_SELECTOR, "blockquote a").click()
    WebDriverWait(browser, 10).until(lambda b: "/document/d1" in b.current_url)
    assert browser.current_url.endswith("#char=40,132")
    quote = browser.execute_script("return document.querySelector(':target').innerText")
    assert "استهدف طيران التحالف" in quote


def test_the_figures_of_every_source_stand_side_by_side(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a1.html?lang=en")
    labels = [e.text for e in browser.find_elements(By.CSS_SELECTOR, ".f-killed .label")]
    values = [e.text for e in browser.find_elements(By.CSS_SELECTOR, ".f-killed .value")]
    assert dict(zip(labels, values, strict=True)) == {"Example Wire": "≥ 14", "Example Times": "21–30"}
    widths = [e.rect["width"] for e in browser.find_elements(By.CSS_SELECTOR, ".f-killed rect:not(.base)")]
    assert all(width > 5 for width in widths)


def test_the_place_has_a_circle_as_wide_as_it_is_uncertain(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a1.html?lang=en")
    circle = browser.find_element(By.CSS_SELECTOR, "circle.area")
    assert float(circle.get_attribute("r") or 0) > 8


def test_the_switch_turns_the_page_around(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/incident/a1.html?lang=en")
    left = browser.find_element(By.CSS_SELECTOR, ".brand").rect["x"]
    browser.find_element(By.CSS_SELECTOR, ".switch").click()
    WebDriverWait(browser, 10).until(lambda b: b.find_element(By.TAG_NAME, "html").get_attribute("dir") == "rtl")
    assert browser.find_element(By.CSS_SELECTOR, ".brand").rect["x"] > left + 300
    assert text(browser, "h1").startswith("غارة جوية في الرقة")
    open_page(browser, f"{site}/")
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "ar"


def test_searching_in_either_script_finds_the_place(browser: webdriver.Chrome, site: str) -> None:
    for words in ("raqqa", "الرقّة"):
        open_page(browser, f"{site}/?lang=en")
        box = browser.find_element(By.NAME, "q")
        box.send_keys(words, Keys.ENTER)
        WebDriverWait(browser, 10).until(lambda b: "/search" in b.current_url)
        assert browser.find_element(By.CSS_SELECTOR, ".found a").get_attribute("href") == f"{site}/entity/raqqa"


def test_a_query_is_asked_and_answered_as_a_table(plain: webdriver.Chrome, site: str) -> None:
    browser = plain
    open_page(browser, f"{site}/sparql?lang=en")
    browser.find_element(By.CSS_SELECTOR, ".ask button").click()
    WebDriverWait(browser, 10).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".result tbody tr"))
    assert text(browser, ".result h2").startswith("2 rows")
    assert "Deir ez-Zor" in text(browser, ".result tbody tr")


def test_a_query_that_is_wrong_says_where(plain: webdriver.Chrome, site: str) -> None:
    browser = plain
    open_page(browser, f"{site}/sparql?lang=en")
    box = browser.find_element(By.ID, "query")
    box.clear()
    box.send_keys("SELECT WHERE")
    browser.find_element(By.CSS_SELECTOR, ".ask button").click()
    WebDriverWait(browser, 10).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".problem"))
    assert "line 1" in text(browser, ".problem")
    assert browser.find_element(By.ID, "query").get_attribute("value") == "SELECT WHERE"


def test_a_saved_query_is_a_form(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/queries/who-struck-what?lang=en")
    assert len(browser.find_elements(By.CSS_SELECTOR, ".result tbody tr")) >= 2
    browser.find_element(By.NAME, "actor").send_keys("https://w3id.org/cko/id/entity/isis")
    browser.find_element(By.CSS_SELECTOR, ".parameters button").click()
    WebDriverWait(browser, 10).until(lambda b: "actor=" in b.current_url)
    rows = browser.find_elements(By.CSS_SELECTOR, ".result tbody tr")
    assert len(rows) == 1
    assert "Mine explosion" in rows[0].text


def test_the_keyboard_reaches_the_content_first(browser: webdriver.Chrome, site: str) -> None:
    open_page(browser, f"{site}/?lang=en")
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("href").endswith("#main")


def test_pages_work_without_scripts(browser: webdriver.Chrome, site: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{site}/incident/a1.html?lang=en")
        assert "Air strike in Raqqa" in text(browser, "h1")
        browser.find_element(By.CSS_SELECTOR, ".chain a").click()
        assert "Raqqa" in text(browser, "h1")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


CONTRAST = """
const part = (n) => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4;
const light = (colour) => {
  const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((n) => part(n / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ring = light(getComputedStyle(document.activeElement).outlineColor);
const page = light(getComputedStyle(document.body).backgroundColor);
return (Math.max(ring, page) + 0.05) / (Math.min(ring, page) + 0.05);
"""
"""Of the ring around what the keyboard is at with the page: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_sees_where_the_keyboard_is(browser: webdriver.Chrome, site: str, scheme: str) -> None:
    colours = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", colours)
    try:
        open_page(browser, f"{site}/")
        for _ in range(3):
            browser.switch_to.active_element.send_keys(Keys.TAB)
            assert browser.execute_script(CONTRAST) >= 3
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_phone_sees_the_middle_of_a_network_first(phone: webdriver.Chrome, site: str) -> None:
    open_page(phone, f"{site}/network?thing=coalition&lang=ar")
    left = "return document.querySelector('.network .centre').getBoundingClientRect().left"
    WebDriverWait(phone, 10).until(lambda b: 100 < b.execute_script(left) < 290)
    assert phone.execute_script("return window.scrollY") == 0

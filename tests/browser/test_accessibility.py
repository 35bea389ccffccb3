"""Every kind of page in both languages: axe finds nothing, and nothing sticks out of a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser.walking import PAGES, in_language, open_page, until

pytestmark = [pytest.mark.browser, pytest.mark.server]

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(
  (found) => done(found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html.slice(0, 160))}`)),
  (error) => done([String(error)]));
"""
READY = {"map": ".live-map[data-ready]", "sparql": ".workbench[data-ready]"}


def violations(browser: webdriver.Chrome) -> list[str]:
    browser.execute_script(AXE)
    found: list[str] = browser.execute_async_script(RUN)
    return found


def open_ready(browser: webdriver.Chrome, site: str, kind: str, language: str) -> None:
    """With all that scripts add."""
    open_page(browser, in_language(f"{site}{PAGES[kind]}", language))
    if kind in READY:
        until(browser, lambda b: b.find_elements("css selector", READY[kind]))


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_no_violation(browser: webdriver.Chrome, site: str, kind: str, language: str) -> None:
    open_ready(browser, site, kind, language)
    assert violations(browser) == []


@pytest.mark.parametrize("kind", ["home", "map", "incident", "document", "network", "sparql"])
def test_axe_finds_no_violation_in_the_dark(browser: webdriver.Chrome, site: str, kind: str) -> None:
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", dark)
    try:
        open_ready(browser, site, kind, "ar")
        assert violations(browser) == []
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_page_is_wider_than_a_phone(phone: webdriver.Chrome, site: str, kind: str, language: str) -> None:
    open_ready(phone, site, kind, language)
    wide, shown = phone.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= shown

"""What the first visit of a page costs, scripts, fonts and shapes included."""

from __future__ import annotations

import json

import pytest
from selenium import webdriver

from tests.browser.test_accessibility import open_ready
from tests.browser.walking import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.server]

MOST_BYTES = 400_000


@pytest.mark.parametrize("kind", ["home", "map", "timeline", "incident", "entity", "document", "network", "sparql"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_first_visit_is_light(browser: webdriver.Chrome, site: str, kind: str, language: str) -> None:
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.clearBrowserCache", {})
    browser.get_log("performance")
    open_ready(browser, site, kind, language)
    assert weight(browser) < MOST_BYTES, PAGES[kind]


def weight(browser: webdriver.Chrome) -> int:
    """Bytes over the network, with headers, compressed as they came."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return sum(m["params"]["encodedDataLength"] for m in messages if m["method"] == "Network.loadingFinished")

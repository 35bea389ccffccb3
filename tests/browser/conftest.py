"""A server over the fixture's graph, and Debian's Chromium looking at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from tests.server.conftest import make_store
from tests.server.test_run import running

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1000",
)

if not (CHROMIUM and DRIVER):
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server."""
    store = make_store(tmp_path_factory.mktemp("browser") / "store")
    with running(store) as (_, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    folder = tmp_path_factory.mktemp("downloads")
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_script_timeout(150)  # axe looks at all of the ontology, on a machine that may be busy
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome, site: str) -> Iterator[webdriver.Chrome]:
    """A fresh session; afterwards its console must be without errors, and no request may have left the host."""
    chromium.get(f"{site}/healthz")
    chromium.delete_all_cookies()
    chromium.set_window_size(1280, 1000)
    _ = chromium.get_log("browser"), chromium.get_log("performance")
    yield chromium
    errors = [entry["message"] for entry in chromium.get_log("browser") if entry["level"] == "SEVERE"]
    assert not [message for message in errors if "status of 40" not in message]
    asked = [entry["message"] for entry in chromium.get_log("performance") if "requestWillBeSent" in entry["message"]]
    assert all("127.0.0.1" in message or '"url":"data:' in message for message in asked)


@pytest.fixture
def plain(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """The same without scripts."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    yield browser
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.fixture
def phone(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """The same on a small screen."""
    screen = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    yield browser
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture(autouse=True)
def pictures(request: pytest.FixtureRequest, chromium: webdriver.Chrome) -> Iterator[None]:
    """A picture of the page at which a test failed, beside pytest's other temporary files."""
    before = request.session.testsfailed
    yield
    if request.session.testsfailed > before:
        folder: Path = request.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
        chromium.save_screenshot(str(folder / f"{request.node.name}.png"))

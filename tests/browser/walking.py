"""How the tests move about: open, wait, read, click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PAGES = {
    "home": "/",
    "map": "/map",
    "timeline": "/timeline",
    "incidents": "/incidents",
    "incident": "/incident/a1.html",
    "entity": "/entity/raqqa.html",
    "document": "/document/d1.html",
    "network": "/network",
    "statistics": "/statistics",
    "question": "/queries/who-struck-what",
    "sparql": "/sparql",
    "search": "/search?q=raqqa",
    "ontology": "/ontology",
    "report": "/report/a1.html",
    "graph": "/graph/d1.html",
    "term": "/ontology/AirStrike.html",
    "questions": "/queries",
    "missing": "/entity/nobody.html",
}
"""One page of every kind."""

PATIENCE = 15


def open_page(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address)
    until(browser, lambda b: b.execute_script("return document.readyState") == "complete")


def open_plain(browser: webdriver.Chrome, address: str) -> None:
    """Without scripts nothing can be asked of the page; WebDriver waits for it by itself."""
    browser.get(address)


def until(browser: webdriver.Chrome, condition: Callable[[webdriver.Chrome], Any]) -> Any:
    return WebDriverWait(browser, PATIENCE, ignored_exceptions=[StaleElementReferenceException]).until(condition)


def one(browser: webdriver.Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def every(browser: webdriver.Chrome, selector: str) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, selector)


def text(browser: webdriver.Chrome, selector: str = "body") -> str:
    return one(browser, selector).text


def in_language(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"

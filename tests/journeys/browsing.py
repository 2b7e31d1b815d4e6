"""Headless Chromium at the chat's page and at the panel, as a person's eyes and finger."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PICTURES = Path(__file__).parents[2] / "docs" / "images"
QUIET_START = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1280,900",
)


class Window:
    """One tab. Pictures are written only where PICTURES=1 asks for them, so that a test leaves no trace."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        self.driver.get(address)

    def see(self, text: str, within: str = "body") -> None:
        self._until(lambda: text in self.driver.find_element(By.CSS_SELECTOR, within).text, f"no «{text}»")

    def press(self, label: str, within: str = "body") -> None:
        """A link or button with this text in it; the last one, which in a chat is the newest."""
        self._until(lambda: self._pressed(label, within), f"nothing to press called «{label}»")

    def type(self, text: str, selector: str) -> None:
        field = self.driver.find_element(By.CSS_SELECTOR, selector)
        field.clear()
        field.send_keys(text)

    def say(self, text: str, within: str) -> None:
        """Words in the chat, sent by Enter."""
        self.type(text + "\n", f"{within} textarea")

    def picture(self, name: str, height: int = 900) -> None:
        if os.environ.get("PICTURES"):
            self.driver.set_window_size(1280, height)
            self.driver.save_screenshot(str(PICTURES / f"{name}.png"))

    def _pressed(self, label: str, within: str) -> bool:
        found: list[WebElement] = self.driver.find_elements(
            By.CSS_SELECTOR, f"{within} a, {within} button, {within} summary"
        )
        fitting = [one for one in found if label in one.text and one.is_displayed()]
        if fitting:
            fitting[-1].click()
        return bool(fitting)

    def _until(self, holds: Callable[[], bool], otherwise: str) -> None:
        wait = WebDriverWait(self.driver, 15, ignored_exceptions=[StaleElementReferenceException])
        try:
            wait.until(lambda _: holds())
        except TimeoutException:
            page = self.driver.find_element(By.CSS_SELECTOR, "body").text
            raise AssertionError(f"{otherwise} on the page:\n{page}") from None


@contextmanager
def chromium() -> Iterator[Window]:
    program, driver_program = shutil.which("chromium"), shutil.which("chromedriver")
    if not (program and driver_program):
        pytest.skip("THE BROWSER JOURNEY IS SKIPPED: chromium and chromium-driver are not installed here")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in QUIET_START:
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver_program))
    try:
        yield Window(driver)
    finally:
        driver.quit()

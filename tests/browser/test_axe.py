"""axe finds nothing on any page in any state: both languages, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browser.conftest import AXE, Axe
from tests.browser.serving import desk_on
from tests.browser.states import STATES, Desk, State

LOCALES = {"en": "en-US", "vi": "vi-VN"}
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def desk(translated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_on(translated, tmp_path_factory.mktemp("axe")) as made:
        yield made


def findings(page: Page, axe: Axe, rules: list[str] | None = None) -> list[str]:
    """What axe says and how far the page can be scrolled sideways, from the top: bars that stick cover nothing."""
    too_wide = page.evaluate("() => { scrollTo(0, 0); return document.documentElement.scrollWidth - innerWidth; }")
    return axe(page, rules) + ([f"{too_wide} px wider than the window"] if too_wide > 0 else [])


def looked_at(page: Page, axe: Axe, language: str) -> list[str]:
    """All rules: in English in light on a wide window, in Vietnamese in dark on a telephone. And English in dark."""
    found = [] if page.locator("html").get_attribute("lang") == language else ["another language"]
    if language == "en":
        found += findings(page, axe)
    page.emulate_media(color_scheme="dark")
    if language == "en":
        return found + [f"dark: {line}" for line in findings(page, axe, ["color-contrast"])]
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    return found + findings(page, axe)


def problems(page: Page, reach: State, desk: Desk, axe: Axe, language: str) -> list[str]:
    """What is wrong in one state, errors of scripts and a state that cannot be reached among it."""
    page.unroute_all()
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    try:
        reach(page, desk)
        return looked_at(page, axe, language)
    except (AssertionError, Error) as error:
        return [f"not reached: {error}"]


def wrong(browser: Browser, desk: Desk, axe: Axe, language: str) -> list[str]:
    """What is wrong in all states. They share a page, as a new one for each would take most of the time."""
    context = browser.new_context(base_url=desk.url, locale=LOCALES[language], reduced_motion="reduce")
    context.add_init_script(AXE)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    found = []
    for name, reach in STATES.items():
        found += [f"{name}: {line}" for line in [*problems(page, reach, desk, axe, language), *errors]]
        errors.clear()
    context.close()
    return found


# Two classes, as the tests of a class stay in one process.
class TestEnglish:
    def test_axe_finds_nothing(self, browser: Browser, desk: Desk, axe: Axe) -> None:
        found = wrong(browser, desk, axe, "en")
        assert not found, "\n".join(found)


class TestVietnamese:
    def test_axe_finds_nothing(self, browser: Browser, desk: Desk, axe: Axe) -> None:
        found = wrong(browser, desk, axe, "vi")
        assert not found, "\n".join(found)

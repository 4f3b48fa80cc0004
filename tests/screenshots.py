"""Screenshots of every page in every state, to be looked at: ``python -m tests.screenshots docs``.

The states are those that axe looks at: English in light on a wide window, Vietnamese in dark on a telephone.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.conftest import translate_samples
from tests.browser.serving import desk_on
from tests.browser.states import STATES, Desk
from tests.chromium import ARGUMENTS, ensure

FORMS: dict[str, tuple[str, str, ViewportSize]] = {
    "wide": ("en-US", "light", {"width": 1280, "height": 800}),
    "narrow": ("vi-VN", "dark", {"width": 390, "height": 844}),
}
# Half the size: some hundred pictures are a few megabytes, and what is wrong can still be seen.
SCALE, QUALITY = 0.6, 70


def main(folder: Path) -> None:
    """Write ``editor-light.png`` and ``editor-dark.png``, and all states with a page of them into ``states``."""
    states = folder / "states"
    states.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        translate_samples(Path(scratch) / "translated")
        with desk_on(Path(scratch) / "translated", Path(scratch)) as desk:
            browser = playwright.chromium.launch(executable_path=ensure(), args=ARGUMENTS)
            for scheme in ("light", "dark"):
                _editor(browser, desk, scheme).screenshot(path=folder / f"editor-{scheme}.png")
            for form in FORMS:
                _states(browser, desk, form, states)
    (states / "README.md").write_text(_gallery(), encoding="utf-8")


def _editor(browser: Browser, desk: Desk, scheme: str) -> Page:
    page = browser.new_page(
        base_url=desk.url,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport=FORMS["wide"][2],
        locale="en-US",
    )
    STATES["active row"](page, desk)
    page.evaluate("document.fonts.ready")
    return page


def _states(browser: Browser, desk: Desk, form: str, folder: Path) -> None:
    locale, scheme, viewport = FORMS[form]
    context = browser.new_context(
        base_url=desk.url,
        locale=locale,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport=viewport,
        device_scale_factor=SCALE,
        reduced_motion="reduce",
    )
    for name, reach in STATES.items():
        page = context.new_page()
        reach(page, desk)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=folder / _file(name, form), type="jpeg", quality=QUALITY)
        page.close()
    context.close()


def _file(state: str, form: str) -> str:
    return f"{state.replace(' ', '-')}-{form}.jpg"


def _gallery() -> str:
    lines = [
        "# Every page in every state",
        "",
        "Made by `make screenshots`; axe looks at the same states in the tests.",
        "",
    ]
    for name in STATES:
        lines += [f"## {name.capitalize()}", "", *(f"![{name}, {form}]({_file(name, form)})" for form in FORMS), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""What is wrong with an open page, as axe and the width of the screen tell it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

ATTEMPTS = 4


def faults_of(page: Page, status: int = 200) -> list[str]:
    """The faults of the page that the browser shows; empty when there are none.

    A click that leads to another page returns as soon as the browser turns to it. The page is
    therefore examined when it has loaded, and once more when it was replaced meanwhile.
    """
    for _attempt in range(ATTEMPTS - 1):
        try:
            return _faults_of_the_loaded(page, status)
        except Error:
            page.wait_for_timeout(250)
    return _faults_of_the_loaded(page, status)


def _faults_of_the_loaded(page: Page, status: int) -> list[str]:
    page.wait_for_load_state("load")
    faults = [] if status == 200 else [f"{page.url} answered {status}"]
    results = Axe().run(page)
    if results.violations_count:
        faults.append(f"{page.url}: {results.generate_report()}")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        faults.append(f"{page.url} is {wide} px wider than the screen")
    return faults


def faults_at(page: Page, address: str) -> list[str]:
    """The faults of the page at `address`, how it answers among them."""
    answer = page.goto(address)
    return faults_of(page, answer.status if answer else 0)

"""The program as a reader meets it: the real corpus with a few planted documents, the real model, a real browser."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect, sync_playwright

from tests.conftest import ROOT, document
from tests.ingest.load.drawn import lines, pdf
from tests.serving import program

STAFF_KEY = "a-key-for-the-browser"
SCRIPT = '<img src=x onerror="window.planted=1"><script>window.planted=1</script>'
FEES = "The {fee} applies to the beam line of Mittelbach."
SCREENSHOTS = ROOT / ".screenshots"
PATIENCE = 30_000  # milliseconds for a step of the page; it takes a few, but not where the machine has much to do
Visit = Callable[..., Page]
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Gives these tests the time that the first of them needs, which takes in the whole corpus."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(600))


def _plant(folder: Path) -> None:
    """A rule that will change, one that a hidden one replaced, a page for staff, and a document that wants to run."""
    (folder / "fees.md").write_text(_fees("fee of 100 euro"), encoding="utf-8")
    (folder / "tariff.md").write_text(document("# Old tariff\n\nText.", effective_from="2015-01-01"), encoding="utf-8")
    hidden = {"audience": "staff", "supersedes": "tariff", "effective_from": "2024-05-07"}
    (folder / "margins.md").write_text(document("# Margins\n\nText.", **hidden), encoding="utf-8")
    pdf(folder / "internal.pdf", lines("The Mittelbach margin is 17 percent.", "It is told to nobody outside."))
    (folder / "internal.pdf.yaml").write_text("title: Mittelbach margin\naudience: staff\norganisation: Mittelbach\n")
    hostile = f"The Wurzelberg rule says that {SCRIPT} is text."
    (folder / "hostile.txt").write_text(hostile, encoding="utf-8")
    fields = f"title: '{SCRIPT} Wurzelberg rule'\naudience: public\norganisation: '{SCRIPT}'\nlanguage: en\n"
    (folder / "hostile.txt.yaml").write_text(fields + "kind: policy\nsource_url: 'javascript:window.planted=1'\n")


def _fees(fee: str) -> str:
    return document(f"# Mittelbach fees\n\n{FEES.format(fee=fee)}", kind="policy", organisation="Mittelbach")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a program that serves the corpus, with one document in two versions."""
    folder, index = tmp_path_factory.mktemp("corpus") / "corpus", tmp_path_factory.mktemp("index")
    shutil.copytree(ROOT / "corpus", folder)
    _plant(folder)
    _sync(folder, index)
    (folder / "fees.md").write_text(_fees("fee of 120 euro"), encoding="utf-8")
    _sync(folder, index)
    with program(index, LIAISON_STAFF_KEYS=STAFF_KEY, LIAISON_RATE_LIMIT="off") as served:
        httpx.post(
            f"{served.url}/chat", json={"question": "Is anybody there?"}, timeout=120
        )  # loads what the next need
        yield served.url


def _sync(folder: Path, index: Path) -> None:
    command = [sys.executable, "-X", "faulthandler", "-m", "ingest", str(folder), "--index", str(index)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        _, said = process.communicate(timeout=400)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # it says where each of its threads stands
        _, said = process.communicate()
    assert process.returncode == 0, said


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it. Not for the whole session: its event loop would be in the way of other tests."""
    chromium = shutil.which("chromium")
    assert chromium, "no Chromium: `make chromium` installs Debian's for root"
    # Chromium's own sandbox cannot be had by root in a container; the pages come from this machine alone.
    options: dict[str, Any] = {"executable_path": chromium, "args": ["--no-sandbox"], "timeout": 120_000}
    with sync_playwright() as playwright, playwright.chromium.launch(**options) as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Visit]:
    """Opens the page at a path in a browser of its own; at the end nothing may have failed or left the machine."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(path: str = "/", *, width: int = 1280, height: int = 900, **options: Any) -> Page:
        settings = {"locale": "en-GB", **options}
        context = browser.new_context(base_url=served, viewport={"width": width, "height": height}, **settings)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.extend(_troubles(message.text)))
        page.on("request", lambda request: troubles.extend(_strangers(request.url, served)))
        page.goto(path)
        page.wait_for_selector("main > *:not(noscript)")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def _troubles(message: str) -> list[str]:
    return [message] if "Content Security Policy" in message or "Uncaught" in message else []


def _strangers(address: str, served: str) -> list[str]:
    return [] if address.startswith((f"{served}/", "blob:")) else [address]


def ask(page: Page, question: str) -> dict[str, Any]:
    """Asks as a reader does, and gives the answer when it is there."""
    before = page.locator(".turn").count()
    send(page, question)
    page.locator(".turn").nth(before).locator(".answer:not(.coming)").wait_for()
    answer: dict[str, Any] = last_turn(page)["answer"]
    return answer


def send(page: Page, question: str) -> None:
    """Asks, and waits for nothing."""
    page.locator(".composer textarea").fill(question)
    page.keyboard.press("Enter")


def hold(page: Page, *, first: bool = False) -> list[str]:
    """Keeps questions (`first`: the first one alone) from reaching the program; gives the names of all attempts."""
    names: list[str] = []

    def keep(route: Route) -> None:
        # As the page wrote them: what the network adds is known only once a request is on its way.
        names.append(route.request.headers["idempotency-key"])
        if first and len(names) > 1:
            route.continue_()

    page.route("**/chat", keep)
    return names


def reply(page: Page, **response: Any) -> None:
    """Gives the next question a response that the program gives rarely, or that only a model would write."""
    page.route("**/chat", lambda route: route.fulfill(**response), times=1)


def sent(request: Request) -> dict[str, Any]:
    """The values that a request carries."""
    body: dict[str, Any] = json.loads(request.post_data or "{}")
    return body


def last_turn(page: Page) -> dict[str, Any]:
    """What the browser keeps of the latest turn."""
    turn: dict[str, Any] = page.evaluate("JSON.parse(sessionStorage.getItem('liaison.conversation')).at(-1)")
    return turn


def use_key(page: Page, key: str = STAFF_KEY) -> None:
    """Gives a staff key; the right one has been tried when the page is there again."""
    page.get_by_role("button", name="Staff key").click()
    page.locator("#key input").fill(key)
    page.keyboard.press("Enter")
    if key == STAFF_KEY:  # until then Enter goes to the dialog, and what is written into the page is lost
        expect(page.locator("#key")).to_be_hidden()


def shoot(page: Page, name: str) -> None:
    """Keeps a picture of what is on the screen, for people to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")

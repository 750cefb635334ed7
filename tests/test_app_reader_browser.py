"""The dashboard's second reader in a real browser: a model on this machine asked, a question copied, two readings chosen from."""

import os
import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from itinerary.second_reader import questions
from tests.answers import ABERDEEN, BERGEN, LERWICK, LONDON, TEXT, answer, says, serving, stop
from tests.browsing import chromium, dashboard, fill, insist, quiet, unfold
from tests.test_app_browser import barriers

pytestmark = pytest.mark.browser

FIRST_LOAD = 120_000  # ms: the server's first session loads the language model
COPENHAGEN = stop("Copenhagen", "Her brother wrote from Copenhagen that he had seen the king")
TOLD = answer(BERGEN, LERWICK, COPENHAGEN, ABERDEEN, LONDON, stop("Oslo", "and then on to Oslo"))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with dashboard() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1") as browser:
        yield browser


@pytest.fixture
def page(address: str, browser: Browser) -> Iterator[Page]:
    """A session that looks at the text, the part about language models unfolded."""
    context = browser.new_context(viewport={"width": 1400, "height": 1600}, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    page.locator(".it-head").wait_for(timeout=FIRST_LOAD)
    fill(quiet(page).get_by_label("Text", exact=True), TEXT)
    page.get_by_role("button", name="Show the journey").click()
    expect(page.locator(".it-head h1")).to_contain_text("Anna Holm")
    unfold(page, "Your own language model")
    yield page
    context.close()


def read_by(page: Page, way: str) -> None:
    choice = page.get_by_role("radiogroup", name="Read by").get_by_text(way, exact=True)
    insist(lambda: quiet(page) and choice.click(timeout=3_000), lambda: expect(chosen(page)).to_have_text(way, timeout=3_000))
    quiet(page)


def chosen(page: Page):
    return page.get_by_role("radiogroup", name="Read by").locator("label:has(input:checked)")


def write(page: Page, label: str, words: str) -> None:
    """Fill a field and leave it, so that the server hears of it."""
    fill(quiet(page).get_by_label(label, exact=True), words)
    page.get_by_label(label, exact=True).press("Tab")
    quiet(page)


def stops(page: Page):
    return page.frame_locator('iframe[title*="itinerary_journey"]').locator("#stops li")


def test_a_model_is_asked_while_the_page_goes_on_and_its_reading_chosen_from(page: Page) -> None:
    free = threading.Event()

    def waits(handler, asked):
        free.wait(60)
        says(TOLD)(handler, asked)

    with serving(waits) as server:
        read_by(page, "A model at an address")
        write(page, "Address", server.url)
        write(page, "Model", f"tiny-{os.getpid()}")  # answers are kept by model and address, which may come again
        expect(page.get_by_text("The text stays on this machine.")).to_be_visible()
        quiet(page).get_by_role("button", name="Ask the model").click()
        expect(page.locator(".st-key-asking")).to_contain_text("asking tiny-")
        expect(stops(page).nth(1)).to_contain_text("Lerwick")
        free.set()
        see = page.get_by_role("button", name=re.compile("differences? to look at"))
        expect(see).to_be_visible()
        expect(stops(page)).to_have_count(5)
        expect(page.get_by_text("A stop of the answer was left out, Oslo").first).to_be_visible()
        insist(lambda: quiet(page) and see.click(timeout=3_000), lambda: expect(cards(page)).not_to_have_count(0, timeout=3_000))
    copenhagen = page.locator('[class*="st-key-pair-"]', has_text="Copenhagen")
    expect(copenhagen.locator("blockquote mark")).to_have_text("Copenhagen")
    choose(page, "Copenhagen", "No stop")
    expect(page.locator(".it-numbers dd").first).to_have_text("4")
    quiet(page).get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator(".it-numbers dd").first).to_have_text("5")


def cards(page: Page):
    return page.locator(".it-pair")


def choose(page: Page, name: str, version: str) -> None:
    """Choose between the readings of a stop."""
    card = page.locator('[class*="st-key-pair-"]', has=page.get_by_role("heading", name=name))
    button = card.get_by_role("radio", name=version)
    insist(
        lambda: quiet(page) and button.click(timeout=3_000),
        lambda: expect(button).to_have_attribute("aria-checked", "true", timeout=3_000),
    )
    quiet(page)


def test_a_question_is_copied_and_the_answer_of_a_chat_pasted(page: Page) -> None:
    read_by(page, "Any chat window")
    page.get_by_role("button", name="Copy to clipboard").click()
    asked = page.evaluate("navigator.clipboard.readText()")
    assert asked.strip() == questions(TEXT)[0].strip()
    fill(page.get_by_label("The answer", exact=True), f"Certainly!\n```json\n{answer(BERGEN, ABERDEEN)}\n```")
    page.get_by_label("The answer", exact=True).press("Tab")
    quiet(page).get_by_role("button", name="Take the answer").click()
    expect(stops(page)).to_have_count(2)
    expect(page.get_by_text("Read by a chat")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_pleasant_on_a_phone_and_axe_finds_no_grave_barrier(page: Page, scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    read_by(page, "A model at an address")
    write(page, "Address", "https://models.example.com/v1")
    expect(page.get_by_text("The text will be sent to models.example.com")).to_be_visible()
    assert barriers(quiet(page)) == []
    read_by(page, "Any chat window")
    assert barriers(quiet(page)) == []
    fill(page.get_by_label("The answer", exact=True), TOLD)
    page.get_by_label("The answer", exact=True).press("Tab")
    quiet(page).get_by_role("button", name="Take the answer").click()
    see = page.get_by_role("button", name=re.compile("differences? to look at"))
    expect(see).to_be_visible()
    page.set_viewport_size({"width": 400, "height": 900})  # the side panel folds itself away
    panel = page.get_by_test_id("stExpandSidebarButton")
    insist(lambda: quiet(page) and panel.click(timeout=3_000), lambda: expect(panel).to_be_hidden(timeout=3_000))
    insist(lambda: quiet(page) and see.click(timeout=3_000), lambda: expect(cards(page)).not_to_have_count(0, timeout=3_000))
    expect(cards(page).first).to_be_in_viewport()  # the side panel has made room
    expect(panel).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing makes the page scroll sideways"
    assert barriers(quiet(page)) == []

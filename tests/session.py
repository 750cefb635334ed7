"""A session at the dashboard as a reader has one, all of it: `python -m tests.session FOLDER` puts what it takes along there.

A text is pasted, one is uploaded, a stop is corrected, a place is looked for, pictures and comparison are looked at, files are
taken along, and the map among them is opened.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from tests.browsing import ATTEMPT, chromium, dashboard, download, insist, press, quiet

# A browser that has pages of its own to look for finds none of them, so that what is counted is what ours do.
NO_NAMES = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
OURS = ("http://127.0.0.1:", "ws://127.0.0.1:", "file:", "data:", "blob:", "about:")
FIRST_LOAD = 60_000  # ms: the server's first session loads the language model
# Words that stand nowhere else on this machine.
SECRET, UPLOADED = "Quillfeather Oxenwrangle", "Thistledown Mumblecrust"
DISCREET = "without-sentences.txt"
PASTED = f"On 3 May 1843 {SECRET} left Oslo by ship. Two days later she came to Bergen. Then she sailed to Lerwick."
LETTER = f"On 5 May 1843 {UPLOADED} came to Bergen. The next day he went to Stavanger."


def session(address: str, context: BrowserContext, folder: Path) -> None:
    """Everything that the dashboard is for, with the network never asked for."""
    page = context.new_page()
    page.goto(address)
    page.locator(".it-head").wait_for(timeout=FIRST_LOAD)
    paste(page, PASTED)
    correct(page)
    upload(page, folder)
    for tab in ("Understand", "Compare"):
        press(page, "tab", tab)
    press(page, "tab", "Take along")
    for button in ("HTML", "PNG", "CSV", "Save"):
        coming = download(page, button)
        coming.save_as(folder / coming.suggested_filename)
    discreetly(page, folder / DISCREET)
    exported = context.new_page()
    exported.goto(next(folder.glob("*.html")).as_uri())
    exported.locator(".stop-icon").first.wait_for()


def journey(page: Page) -> FrameLocator:
    """The component with map, text and stops."""
    return page.frame_locator('iframe[title*="itinerary_journey"]')


def paste(page: Page, text: str) -> None:
    """Show the journey of a text."""
    quiet(page).get_by_label("Text", exact=True).fill(text)
    page.get_by_role("button", name="Show the journey").click()
    expect(journey(page).locator("#text")).to_contain_text(text[:40])


def correct(page: Page) -> None:
    """Take another place for the first stop."""
    journey(page).locator("#stops li").first.locator("button.stop").click()
    journey(page).locator("#card .more").click()
    quiet(page).get_by_role("textbox", name="Another place").fill("Drammen")
    page.get_by_role("textbox", name="Another place").press("Enter")
    quiet(page).get_by_role("button", name="Take this place").click()
    expect(journey(page).locator("#stops li").first).to_contain_text("Drammen")


def upload(page: Page, folder: Path) -> None:
    """Show the journey of a file."""
    letter = folder / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    press(page, "radio", "Texts")
    press(page, "radio", "File")
    page.locator('input[type="file"]').set_input_files(letter)
    expect(journey(page).locator("#text")).to_contain_text(UPLOADED)
    quiet(page)


def discreetly(page: Page, target: Path) -> None:
    """Take a file along without the sentences of the text. A click that meets buttons just being made anew brings nothing."""
    quiet(page).get_by_text("Leave the sentences of the text out").click()
    insist(lambda: download(page, "TXT", patience=2 * ATTEMPT).save_as(target), lambda: _holds_no_secret(target))


def _holds_no_secret(file: Path) -> None:
    assert UPLOADED not in file.read_text(encoding="utf-8")


def main(folder: Path) -> list[str]:
    """One session; the server has the environment of this process, the browser a home of its own.

    What a page asked of others comes out.
    """
    asked: list[str] = []
    with dashboard() as address:
        os.environ.update(HOME=str(folder), TMPDIR=str(folder))
        with chromium(NO_NAMES) as browser:
            context = browser.new_context(accept_downloads=True, locale="en-IE")
            context.on("request", lambda request: None if request.url.startswith(OURS) else asked.append(request.url))
            session(address, context, folder)
            context.close()
    return asked


if __name__ == "__main__":
    sys.exit("\n".join(main(Path(sys.argv[1]))) or None)

"""The pages in a real browser: evidence by mouse and keyboard, axe, no request, small screens, print, dark."""

import io
import shutil
from pathlib import Path

import pandas as pd
import pdfplumber
import pytest
from pages import sample
from test_html import HOSTILE, hostile_cells

from analysis import show
from analysis.prose import Phrase
from analysis.publish.html import render_html
from analysis.publish.index import render_index

CHROMIUM = shutil.which("chromium")
AXE = (Path(__file__).parent / "pages" / "axe" / "axe.min.js").read_text("utf-8")
EDITIONS = [
    {"edition": "2025-05-12", "as_of": "2025-05-12", "outputs": {"10_situation.html": {}, "facts.csv": {}},
     "briefing": {"title": "Pause offered", "lead": "The Front accepts.",
                  "changes": [{"kind": "new", "text": "A draft of nine points."}]}},
    {"edition": "2024-05-10", "as_of": "2024-05-10", "outputs": {"10_situation.html": {}}, "briefing": {"title": "Orsk shelled"}},
]  # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="Debian's Chromium is not installed")]


@pytest.fixture(scope="module")
def browser():
    """One Chromium for all tests."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The sample's page and an index, as files."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "sample.html").write_bytes(render_html(sample.build()))
    (folder / "index.html").write_bytes(render_index(EDITIONS))
    return folder


@pytest.fixture
def open_page(browser, files):
    """Open a file in a fresh context; every request, message and error is kept on the page."""
    contexts = []

    def opened(name="sample.html", **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: page.complaints.append("dialog") or dialog.dismiss())
        page.goto((files / name).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def axe(page):
    """What axe-core finds, as (rule, element)."""
    page.evaluate(AXE)  # not a script tag: the page's policy would stop it
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(violation["id"], node["html"][:120]) for violation in found for node in violation["nodes"]]


def test_evidence_opens_beside_the_number_by_mouse(open_page):
    page = open_page()
    words = page.locator("label", has_text="412,000 people").first
    words.click()
    card = page.locator("[popover]:popover-open")
    assert "or 38 per cent of the population" in card.inner_text()
    assert card.locator("mark").first.inner_text() == "412,000 people"
    number, box = words.bounding_box(), card.bounding_box()
    gap = max(box["y"] - (number["y"] + number["height"]), number["y"] - (box["y"] + box["height"]))
    assert gap < 30, "the card opens below the words, or above them where there is no room"
    page.mouse.click(5, 5)
    assert card.count() == 0


def test_evidence_opens_and_closes_by_keyboard(open_page):
    page = open_page()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hasAttribute('popovertarget')"):
            break
    page.keyboard.press("Enter")
    card = page.locator("[popover]:popover-open")
    assert card.count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[popover]') !== null"), "the next stop is inside the card"
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert page.evaluate("document.activeElement.hasAttribute('popovertarget')"), "focus returns to the number"


def test_the_card_leads_to_the_marked_words_in_the_document(open_page):
    page = open_page()
    page.locator("label", has_text="96,000").first.click()
    page.locator("[popover]:popover-open a", has_text="whole document").click()
    target = page.locator(":target")
    assert target.inner_text() == "96,000 people"
    assert target.is_visible()
    assert 0 < target.bounding_box()["y"] < 900
    assert page.locator("[popover]:popover-open").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(open_page, width, scheme):
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert axe(page) == []
    page.locator("button[popovertarget]").first.click()
    assert axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_index(open_page, scheme):
    assert axe(open_page("index.html", color_scheme=scheme)) == []


@pytest.mark.parametrize("name", ["sample.html", "index.html"])
def test_no_request_leaves_the_page(open_page, name):
    page = open_page(name)
    page.wait_for_timeout(200)
    assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []


@pytest.mark.parametrize("name", ["sample.html", "index.html"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280, 2560])
def test_nothing_is_wider_than_the_screen(open_page, name, width):
    page = open_page(name, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if name == "sample.html":
        page.locator("button[popovertarget]").nth(7).click()
        box = page.locator("[popover]:popover-open").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_a_count_of_many_facts_fits_a_small_screen(browser, tmp_path):
    one = sample.facts().head(1)
    facts = pd.concat([one.assign(fact_id=f"f-{n}", doc_id=f"doc-{n}") for n in range(60)], ignore_index=True)

    def cell():
        show.open_briefing(facts, sample.documents())
        show.prose(Phrase("Thirty counts", [f"f-{n}" for n in range(0, 60, 2)]), " rest on one originator.")
        show.end()

    (tmp_path / "many.html").write_bytes(render_html(sample.build(["# Many", cell])))
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto((tmp_path / "many.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_everything_is_readable_without_scripts(open_page):
    page = open_page(java_script_enabled=False)
    page.locator("label", has_text="412,000 people").first.click()
    assert page.locator("[popover]:popover-open").count() == 1
    assert page.locator("nav a").first.is_visible()
    index = open_page("index.html", java_script_enabled=False)
    assert index.locator("article").count() == len(EDITIONS)
    assert not index.locator("#filter").is_visible()


def test_print_loses_nothing(open_page):
    page = open_page()
    content = page.pdf(prefer_css_page_size=True)
    with pdfplumber.open(io.BytesIO(content)) as opened:
        text = " ".join(" ".join(sheet.extract_text() for sheet in opened.pages).split())
    for words in ("We assess that a signed pause", "1,162 to 2,100+", "Casualty Desk (identified)",
                  "not before the guns fall silent",
                  "Evidence", "f-orsk-60", "How to cite"):  # fmt: skip
        assert words in text
    assert "as they were read" not in text, "whole documents are not printed"


def test_drawings_are_set_in_the_bundled_fonts(open_page):
    page = open_page()
    assert page.evaluate(
        "document.fonts.check('12px \"Source Sans Pro\"') && document.fonts.check('12px \"Source Serif Pro\"')"
    )
    assert page.locator("svg[role=img] text").count() > 3


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(browser, tmp_path, text):
    (tmp_path / "hostile.html").write_bytes(render_html(sample.build(hostile_cells(text))))
    page = browser.new_page()
    complaints, requests = [], []
    page.on("dialog", lambda dialog: complaints.append("dialog") or dialog.dismiss())
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "hostile.html").as_uri())
    title = page.title()
    page.locator("button[popovertarget]").first.click()
    page.close()
    assert title.strip() != "owned"
    assert complaints == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []


def test_the_index_finds_editions(open_page):
    page = open_page("index.html")
    page.get_by_label("Find an edition").fill("nine POINTS")
    assert page.locator("article:visible h2").all_inner_texts() == ["Pause offered"]
    assert page.locator("#found").inner_text() == "1 edition"
    page.get_by_label("Find an edition").fill("")
    page.get_by_label("Year").select_option("2024")
    assert page.locator("article:visible h2").all_inner_texts() == ["Orsk shelled"]

"""The situation briefing of a month of news: short, whole, the same in HTML and PDF."""

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pdfplumber
import pytest
from lxml import html

from analysis.publish.pdf import count_pages

CORPUS = Path(__file__).parent / "corpus_chronicle"
PROJECT = Path(__file__).parent.parent
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
SECTIONS = [
    "Where and when", "Casualties: who says how many", "Two sides of each table", "Humanitarian situation", "Outlook",
    "What is not known, and where sources disagree", "What changed since the last edition", "How this was made",
]  # fmt: skip

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Path:
    """The edition's folder: 33 documents of seven publishers, a correction and a retraction among them."""
    root = tmp_path_factory.mktemp("month") / "root"
    shutil.copytree(CORPUS, root)
    command = [
        Path(sys.executable).with_name("briefing"),
        "--root",
        root,
        "run",
        "10_situation",
        "--as-of",
        "2024-11-27",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=PROJECT)
    assert done.returncode == 0, done.stderr[-2000:]
    return next((root / "reports").glob("2024-11-27*/10_situation.pdf")).parent


@pytest.fixture(scope="module")
def pages(edition) -> list[str]:
    """The text of each page of the PDF."""
    with pdfplumber.open(io.BytesIO((edition / "10_situation.pdf").read_bytes())) as opened:
        return [" ".join(page.extract_text().split()) for page in opened.pages]


@pytest.fixture(scope="module")
def body(edition) -> html.HtmlElement:
    """The HTML without evidence, documents and drawings."""
    tree = html.document_fromstring((edition / "10_situation.html").read_bytes())
    for part in tree.xpath("//script | //style | //nav | //section | //*[@popover] | //*[local-name()='svg']"):
        part.drop_tree()
    return tree.xpath("//body")[0]


def test_it_has_two_to_six_pages_and_none_is_all_but_empty(edition, pages):
    assert count_pages((edition / "10_situation.pdf").read_bytes()) == len(pages)
    assert 2 <= len(pages) <= 6
    assert min(len(page.split()) for page in pages) > 60


def test_every_section_is_there_in_order(pages, body):
    whole = " ".join(pages)
    places = [whole.index(section) for section in SECTIONS]
    assert places == sorted(places)
    assert [heading.text_content() for heading in body.xpath("//h2")][1:] == SECTIONS
    assert "How to cite: Ceasefire Briefing" in whole


def test_what_was_withdrawn_and_corrected_is_said_with_its_day(pages):
    whole = " ".join(pages)
    assert "Retracted on 25 November 2024 (retraction printed by" in whole
    assert "Corrected on 1 November 2024 (correction printed by" in whole


def test_the_pdf_holds_every_number_of_the_html(pages, body):
    words = " ".join(" ".join(body.itertext()).split())
    assert set(NUMBER.findall(words)) <= set(NUMBER.findall(" ".join(pages)))


def test_nothing_of_the_machine_is_printed(pages):
    assert not re.search(r"\bnan\b|\bNone\b|seeds/|\.txt\b|Traceback|_", " ".join(pages).replace("range_only", ""))


def test_page_one_keeps_to_the_rules_of_a_briefing(pages, body):
    assert len(body.xpath("//p[@class='lead']")[0].text_content().split()) <= 60
    assert 3 <= len(body.xpath("//ol[@class='judgements']/li")) <= 6
    figures = body.xpath("//ul[@class='key-figures']/li")
    assert 4 <= len(figures) <= 6
    assert all(re.search(r"(as of|published) \d", figure.xpath("string(.//*[@class='said'])")) for figure in figures)
    for words in (
        "Situation as of 27 November 2024",
        "Covers 29 October 2024 to 27 November 2024",
        "Information cut-off",
    ):
        assert words in pages[0]
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))


def test_likelihood_and_confidence_stand_apart_and_the_scale_stands_once(body):
    for judged in body.xpath("//ol[@class='judgements']/li"):
        assert "confidence" not in judged.xpath("string(p[1])")
        assert "confidence" in judged.xpath("string(p[@class='reason'])")
    assert len(body.xpath("//ul[@class='yardstick']")) == 1


def test_titles_of_charts_and_tables_are_short_and_charts_have_their_words(body, edition):
    titles = body.xpath("//figcaption/strong | //caption/strong")
    assert len(titles) >= 6
    assert all(1 < len(title.text_content().split()) <= 15 for title in titles)
    for source in body.xpath("//figure//p[@class='source']"):
        assert re.search(r"Source: .*published .*Data to \d.*Evidence", " ".join(source.text_content().split()))
    whole = html.document_fromstring((edition / "10_situation.html").read_bytes())
    drawings = whole.xpath("//figure//*[local-name()='svg'][@role='img']")
    assert len(drawings) >= 3
    assert all(drawing.get("aria-label") for drawing in drawings)

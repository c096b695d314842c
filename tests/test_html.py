"""The HTML briefing: one file, the same words and numbers as the PDF, article text inert."""

import json
import re
import subprocess
import sys

import nbformat
import pandas as pd
import pytest
from lxml import html
from pages import sample

from analysis import show
from analysis.prose import Phrase, Sentence
from analysis.publish.checks import check_html
from analysis.publish.house import HouseError, format_day, load_house
from analysis.publish.html import render_html
from analysis.publish.index import render_index
from analysis.publish.markdown import read_cells, safe_link
from analysis.publish.notes import mark_ranges
from analysis.publish.svg import DrawingError, clean_svg

HOSTILE = [
    "<script>document.title='owned'</script>", "<img src=x onerror=\"document.title='owned'\">", "<svg/onload=alert(1)>",
    "\"><iframe src=javascript:alert(1)>", "</style><script>alert(1)</script>", "</textarea><a href='javascript:alert(1)'>x</a>",
    "&lt;script&gt;", "{{ 7*7 }}{% raw %}", "\u202e\u0000\u009f control", "javascript:alert(1)", "]]><!--<script>-->",
]  # fmt: skip


def page(cells=None, house=None):
    """The page of some cells, parsed."""
    return html.document_fromstring(render_html(sample.build(cells), house))


def hostile_cells(text):
    """A notebook with hostile text in every place that article text can reach."""
    documents = pd.DataFrame(
        [
            {
                "doc_id": "d",
                "title": text,
                "publisher": text,
                "url": text,
                "published": "2025-05-12",
                "text": f"A {text} b",
            }
        ]
    )
    facts = pd.DataFrame([{"fact_id": "f-1", "start": 2, "end": 2 + len(text), "text": text, "asserted_by": text,
                           "caveat": text, "doc_id": "d",
                           "publisher": text, "title": text, "url": text, "published": "2025-05-12"}])  # fmt: skip

    def everything():
        show.open_briefing(facts, documents)
        show.masthead(text, as_of="2025-05-12", title=text, lead_in=text)
        cited = Sentence((Phrase(text, ("f-1",)),), "assessed")
        show.lead(cited)
        show.heading(text)
        show.judgements([[cited, text]])
        show.key_figures([{"label": text, "value": text, "attribution": text, "as_of": text, "facts": ["f-1"]}])
        show.table(
            pd.DataFrame({text: [text, cited], "facts": [["f-1"], []]}), "table-a", "Title", note=text, facts="facts"
        )
        show.chart(
            sample.range_chart().figure,
            label="chart-a",
            title="Title",
            subtitle=text,
            alt=text,
            source=text,
            facts=["f-1"],
        )
        show.points([text, cited])
        show.note(text)
        show.yardstick([(text, 1, 2)])
        show.end()

    return [everything]


@pytest.mark.parametrize("text", HOSTILE)
def test_article_text_is_inert_everywhere(text):
    tree = page(hostile_cells(text))
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//iframe | //img | //object | //textarea")
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert not [link for link in tree.xpath("//@href") if link.lower().startswith(("javascript", "data"))]
    assert check_html(render_html(sample.build(hostile_cells(text)))) == []


def test_the_page_loads_nothing_from_elsewhere():
    tree = page()
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert not tree.xpath("//link | //@src | //@srcset")
    urls = re.findall(r"url\(([^)]{0,20})", render_html(sample.build()).decode())
    assert {url.split(":")[0] for url in urls if not url.startswith("#")} == {"data"}


def test_code_never_shows():
    assert "secret_code" not in render_html(sample.build()).decode()


def test_equal_notebooks_give_equal_bytes():
    assert render_html(sample.build()) == render_html(sample.build())


def test_every_cited_number_opens_its_evidence():
    tree = page()
    for target in tree.xpath("//button/@popovertarget"):
        (card,) = tree.xpath(f"//*[@id='{target}'][@popover]")
        assert card.xpath(".//mark/text()")
    (number,) = tree.xpath("//label[text()='at least 31']/following::button[1]/text()")
    card = tree.xpath(f"//*[@id='card-{number.strip('[]')}']")[0].text_content()
    assert "a day after shelling in Orsk killed at least 31 people, according to the regional health office." in card
    assert "Orsk regional health office" in card
    assert "B: usually reliable" in card
    assert "12 May 2025" in card


def test_each_link_into_a_document_leads_to_the_words():
    tree = page()
    for name, *_, words, _, _, _ in [(claim[0], claim[2], *claim[3:]) for claim in sample.CLAIMS]:
        marked = tree.xpath(f"//article//*[@id='at-{name}']")
        assert len(marked) == 1, words


def test_overlapping_passages_leave_the_text_whole():
    text = "In all 31 people died, 19 of them women, on Saturday."
    spans = [("a", 7, 21), ("b", 10, 39), ("c", 7, 9), ("d", 23, 25)]
    facts = pd.DataFrame(
        [{"fact_id": n, "start": s, "end": e, "text": text[s:e], "doc_id": "d", "publisher": "P"} for n, s, e in spans]
    )

    def cell():
        show.open_briefing(facts, {"d": text})
        show.prose(Phrase("x", ("a", "b", "c", "d")))
        show.end()

    (body,) = page([cell]).xpath("//article/div[@class='text']")
    assert body.text_content() == text
    assert "".join(body.xpath(".//mark//text()")) == text[7:39]
    assert set(body.xpath(".//@id")) == {"at-a", "at-b", "at-c", "at-d"}


def test_a_house_may_keep_whole_documents_back(tmp_path):
    (tmp_path / "house.yml").write_text("evidence: passages\npublisher: Our Desk\nmarking: TLP:AMBER\n")
    long = "Nothing here. " * 60 + "At least 31 people died. " + "Nothing more. " * 60
    start = long.index("31 people")
    facts = pd.DataFrame(
        [{"fact_id": "a", "start": start, "end": start + 9, "text": "31 people", "doc_id": "d", "publisher": "P"}]
    )

    def cell():
        show.open_briefing(facts, {"d": long})
        show.prose(Phrase("31", ("a",)))
        show.end()

    tree = page([cell], load_house(tmp_path))
    assert 9 < len(tree.xpath("//article")[0].text_content()) < 900
    assert "Our Desk" in tree.xpath("//header")[0].text_content()
    assert "TLP:AMBER" in tree.xpath("//footer")[0].text_content()


@pytest.mark.parametrize(
    ("content", "message"),
    [("publischer: x", "publischer"), ("marking: TLP:BLUE", "marking"), ("colours: {accent: blue}", "colours.accent"),
     ("- a", "key: value"),
     ("logo: a.svg", "logo_alt"), ("publisher: [", "cannot be read")],
)  # fmt: skip
def test_a_house_file_with_a_mistake_says_which(tmp_path, content, message):
    (tmp_path / "house.yml").write_text(content)
    with pytest.raises(HouseError, match=re.escape(message)):
        load_house(tmp_path)


def test_days_read_as_the_language_writes_them():
    assert format_day("2024-11-01", "de") == "1. November 2024"
    assert format_day("2024-11-01", "uk", short=True) == "1 лист. 2024"
    assert format_day("next week") == "next week"


def test_markdown_is_words_only():
    (blocks,) = read_cells(
        ["$5 and $6 <script>x</script> [bad](javascript:x) [good](https://a.org)\n\n```{=html}\n<b>\n```"]
    )
    assert "'t': 'link', 'href': 'https://a.org'" in str(blocks)
    assert "javascript" not in str([run for run in blocks[0]["c"] if run["t"] == "link"])
    assert "$5 and $6 <script>x</script> bad " in blocks[0]["c"][0]["s"]


def test_two_cells_may_use_the_same_footnote_name():
    first, second = read_cells(["a[^1]\n\n[^1]: one", "b[^1]\n\n[^1]: two"])
    assert "one" in str(first)
    assert "two" in str(second)


@pytest.mark.parametrize(
    "cell",
    ["```\nnever closed", "<!-- never closed", "--------\na  b\n--- ---\n1  2", "> quoted\n", "1. a", "[^9]: lost"],
)
def test_no_cell_swallows_the_next(cell):
    assert read_cells([cell, "# Next\n\n--------"])[1][0]["kind"] == "heading"


def test_a_cell_cannot_forge_the_marks_between_cells():
    assert len(read_cells(["\ue000cell1\ue001\n\nx", "y"])) == 2


@pytest.mark.parametrize("link", ["https://a.org", "mailto:a@b.org", "#here", "HTTP://A.ORG"])
def test_links_that_may_stand(link):
    assert safe_link(link)


@pytest.mark.parametrize(
    "link", ["javascript:x", "data:text/html,x", "//a.org", "file:///etc/passwd", " https://a b", "../x", None]
)
def test_links_that_may_not_stand(link):
    assert not safe_link(link)


def test_drawings_keep_their_lines_and_lose_their_scripts():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" onload="a()">'
        "<style>*{}</style><script>a()</script><foreignObject><p>x</p></foreignObject>"
        '<a x:href="javascript:a()"><text>gone</text></a>'
        '<defs><clipPath id="c"><rect width="1"/></clipPath></defs>'
        '<path id="p" d="M0 0" clip-path="url(#c)" style="fill:url(http://e.org)"/>'
        '<use x:href="#p"/><use x:href="http://e.org/#p"/><image x:href="file:///etc/passwd"/></svg>'
    )
    cleaned = clean_svg(svg, "chart-a", 'alt "words"')
    for bad in ("script", "onload", "foreignObject", "javascript", "e.org", "passwd", "<style"):
        assert bad not in cleaned
    assert 'clip-path="url(#chart-a-c)"' in cleaned
    assert 'href="#chart-a-p"' in cleaned
    assert 'aria-label="alt &quot;words&quot;"' in cleaned


def test_a_drawing_with_entities_is_no_bomb():
    entities = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    bomb = f'{entities}<svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
    assert "aaaa" not in clean_svg(bomb, "c", "alt")
    with pytest.raises(DrawingError):
        clean_svg("<p>no drawing</p>", "c", "alt")


def test_long_runs_of_numbers_are_printed_as_ranges():
    assert [(a["n"], b["n"]) for a, b in mark_ranges([{"n": n} for n in (9, 2, 3, 4, 5, 2)])] == [(2, 5), (9, 9)]


def test_faults_of_a_page_are_found():
    good = render_html(sample.build())
    assert check_html(good) == []
    assert check_html(good[:-20]) == ["the HTML is cut off"]
    assert check_html(good.replace(b"Muscat on", b"nan on")) == ["the HTML prints 'nan'"]
    assert any(
        "loads" in fault for fault in check_html(good.replace(b"<main", b"<img src='https://e.org/a.png'><main"))
    )


def test_the_index_lists_the_newest_edition_first():
    briefing = {
        "title": "Pause <offered>",
        "lead": "The Front accepts.",
        "changes": [{"kind": "moved", "text": "31 to 34", "facts": []}] * 8,
    }
    editions = [
        {
            "edition": "2025-05-10",
            "as_of": "2025-05-10",
            "outputs": {"10_situation.html": {}, "10_situation.pdf": {}, "facts.csv": {}},
        },
        {"edition": "2025-05-12", "as_of": "2025-05-12", "outputs": {"10_situation.html": {}}, "briefing": briefing},
        {"edition": "../evil", "as_of": "2025-05-13", "outputs": {}},
    ]
    content = render_index(editions)
    tree = html.document_fromstring(content)
    assert [article.get("data-day") for article in tree.xpath("//article")] == ["2025-05-12", "2025-05-10"]
    assert tree.xpath("//h2//text()")[0] == "Pause <offered>"
    assert "and 2 more" in tree.xpath("//article")[0].text_content()
    assert "2025-05-10/10_situation.pdf" in tree.xpath("//@href")
    assert check_html(content) == []
    assert check_html(render_index([])) == ["the HTML has almost no words"]


@pytest.mark.slow
def test_nbconvert_makes_both_by_hand(tmp_path):
    nbformat.write(sample.build(), tmp_path / "sample.ipynb")
    (tmp_path / "facts.csv").write_text("fact_id\n")
    for target in ("briefing-html", "briefing-pdf"):
        command = [sys.executable, "-m", "nbconvert", "--to", target, str(tmp_path / "sample.ipynb")]
        subprocess.run(command, check=True, timeout=120, capture_output=True)
    assert check_html((tmp_path / "sample.html").read_bytes()) == []
    assert b"facts.csv" in (tmp_path / "sample.pdf").read_bytes()


def test_evidence_is_plain_json():
    assert json.dumps([cell["outputs"] for cell in sample.build()["cells"] if "outputs" in cell])

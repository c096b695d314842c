"""The PDF and Word briefings: structure for screen readers, the HTML's words and numbers, article text inert."""

import io
import re
import shutil
import subprocess
import zipfile
from itertools import pairwise

import pandas as pd
import pdfplumber
import pikepdf
import pytest
from lxml import html
from pages import sample
from test_html import HOSTILE, hostile_cells

from analysis import show
from analysis.prose import Phrase, Sentence
from analysis.publish import fit
from analysis.publish import pdf as pdf_module
from analysis.publish.checks import check_docx, check_pdf
from analysis.publish.columns import fit_widths
from analysis.publish.docx import render_docx
from analysis.publish.fonts import printable
from analysis.publish.house import load_house
from analysis.publish.html import render_html
from analysis.publish.pdf import render_pdf

FACTS = sample.facts().to_csv(index=False).encode()
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
INJECTIONS = [
    '#read("document.json")', '#import "@preview/x:1.0.0": *', "$ #panic() $", "*bold* _it_ `raw` <label> @ref", "= Heading\n- x",
    "\\u{202e}//*", "#{while true {}}",
]  # fmt: skip


@pytest.fixture(scope="module")
def content():
    """The sample as PDF."""
    return render_pdf(sample.build(), {"facts.csv": FACTS})


@pytest.fixture(scope="module")
def pdf(content):
    """The sample opened."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


@pytest.fixture(scope="module")
def elements(pdf):
    """All structure elements: (type, dictionary), in reading order."""
    return list(walk(pdf.Root.StructTreeRoot.K))


def walk(node):
    """Structure elements, parents first."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from walk(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S), node
        if "/K" in node:
            yield from walk(node.K)


def words_of(content):
    """All text of a PDF."""
    with pdfplumber.open(io.BytesIO(content)) as opened:
        return "\n".join(page.extract_text() for page in opened.pages)


def test_title_language_and_marks(pdf):
    metadata = pdf.open_metadata()
    assert metadata["dc:title"] == "Tervania: a pause is offered, on a condition"
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert bool(pdf.Root.MarkInfo.Marked)
    assert (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("1", "3", "A")


def test_headings_are_in_order(elements):
    levels = [int(kind[2:]) for kind, _ in elements if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_drawings_have_alternative_text(elements):
    figures = [node for kind, node in elements if kind == "/Figure"]
    assert len(figures) == 1
    assert str(figures[0].Alt) == sample.range_chart().alt


def test_head_cells_have_scope(elements):
    heads = [node for kind, node in elements if kind == "/TH"]
    assert len(heads) == 6 + 4
    for node in heads:
        attributes = node.A if isinstance(node.A, pikepdf.Array) else [node.A]
        assert any(str(entry.get("/Scope", "")) == "/Column" for entry in attributes)


def test_links_say_where_they_lead(pdf):
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert links
    assert all(str(link.get("/Contents", "")) for link in links)


def test_fonts_are_embedded(pdf):
    fonts = {str(font.objgen): font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
    assert fonts
    for font in fonts.values():
        descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert any(f"/FontFile{suffix}" in descendant.FontDescriptor for suffix in ("", "2", "3"))
        assert "/ToUnicode" in font


def test_bookmarks_tell_the_story(pdf):
    with pdf.open_outline() as outline:
        (top,) = outline.root
        assert top.title == "Tervania: a pause is offered, on a condition"
        assert [item.title for item in top.children][:2] == [
            "Key judgements",
            "Counts of the dead run from 1,162 to more than 2,100",
        ]


def test_the_facts_are_attached(pdf):
    assert pdf.attachments["facts.csv"].get_file().read_bytes() == FACTS


def test_a_file_too_large_to_be_sent_stands_beside_the_page_which_says_so(monkeypatch):
    monkeypatch.setattr("analysis.publish.pdf.MOST_ATTACHED", len(FACTS) - 1)
    made = render_pdf(sample.build(), {"facts.csv": FACTS})
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert "facts.csv" not in opened.attachments
    assert "facts.csv is too large to be attached" in " ".join(words_of(made).split())


def test_reading_order_is_that_of_the_page(content):
    text = words_of(content)
    marks = [
        "a pause is offered",
        "Situation as of 12 May 2025",
        "Key judgements",
        "Killed in Orsk",
        "Counts of the dead run",
        "What this does not show",
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_every_page_says_which_and_as_of_when(content):
    with pdfplumber.open(io.BytesIO(content)) as opened:
        for number, page in enumerate(opened.pages, 1):
            text = page.extract_text()
            assert f"Page {number} of {len(opened.pages)}" in text
            assert "Situation as of 12 May 2025" in text


def test_no_code_and_no_path(content):
    text = words_of(content)
    assert not re.search(r"secret_code|Traceback|/home/|/tmp/|\.ipynb|None|nan", text)


def test_numbers_of_notes_do_not_run_into_figures(content):
    assert "at least 31[4] people" in words_of(content)


def test_html_and_pdf_hold_the_same_numbers(content):
    tree = html.document_fromstring(render_html(sample.build()))
    for part in tree.xpath(
        "//script | //style | //nav | //section[@class='documents'] | //*[@popover] | //*[local-name()='svg']"
    ):
        part.drop_tree()
    drawn = set(NUMBER.findall(" ".join(re.findall(r">([^<]+)</text>", str(sample.build())))))
    in_html = set(NUMBER.findall(" ".join(tree.xpath("//body")[0].itertext()))) - drawn
    in_pdf = set(NUMBER.findall(words_of(content))) - drawn
    assert in_html == in_pdf


def test_html_and_pdf_hold_the_same_evidence(content):
    text = " ".join(words_of(content).split())
    for note in html.document_fromstring(render_html(sample.build())).xpath("//section[@class='evidence']//li"):
        for identifier in note.xpath("string(.//*[@class='id'])").strip("[]").split(", "):
            assert identifier in text


def test_equal_notebooks_give_equal_bytes(content):
    assert render_pdf(sample.build(), {"facts.csv": FACTS}) == content


@pytest.mark.parametrize("text", [*INJECTIONS, HOSTILE[0], HOSTILE[8], "🕊 漢字 \U000e0001"])
def test_article_text_is_never_read_as_markup(text):
    content = render_pdf(sample.build(hostile_cells(text)))
    assert check_pdf(content) == []
    if text.isascii():
        assert "".join(text.split()) in "".join(words_of(content).split())


def test_what_no_font_can_show_is_shown_as_a_box():
    assert printable("dove 🕊, سليم, שלום, Київ, Đorđe ≥ 3") == "dove □, سليم, שלום, Київ, Đorđe ≥ 3"
    assert printable("a\tb\u200bc\x00") == "a bc□"


def test_arabic_and_hebrew_names_are_set_with_their_own_fonts():
    def cell():
        show.open_briefing(sample.facts(), sample.documents())
        show.prose("Selim Haddad (سليم حداد) and Miriam Adler (מרים אדלר) spoke.")

    content = render_pdf(sample.build(["# Names", cell]))
    with pikepdf.open(io.BytesIO(content)) as opened:
        names = {str(font.BaseFont) for page in opened.pages for font in page.Resources.Font.values()}
    assert any("Naskh" in name for name in names)
    assert any("Hebrew" in name for name in names)


def test_a_long_table_repeats_its_head_and_keeps_rows_whole():
    frame = pd.DataFrame(
        {"place": [f"Place {n}" for n in range(120)], "words": ["Two sentences. " * 9] * 120, "number": range(120)}
    )

    def cell():
        show.open_briefing(sample.facts(), sample.documents())
        show.table(frame, "table-long", "Many places")

    content = render_pdf(sample.build(["# Long", cell]))
    with pdfplumber.open(io.BytesIO(content)) as opened:
        texts = [" ".join(page.extract_text().split()) for page in opened.pages]
    assert len(texts) > 2
    assert all("Place Words Number" in text for text in texts)
    assert all(text.count("sentences.") % 9 == 0 for text in texts)


def test_many_facts_become_a_range_and_a_list():
    one = sample.facts().head(1)
    facts = pd.concat([one.assign(fact_id=f"f-{n}", doc_id=f"doc-{n}") for n in range(400)], ignore_index=True)

    def cell():
        show.open_briefing(facts, sample.documents())
        show.chart(
            sample.range_chart().figure,
            label="chart-many",
            title="Many",
            alt="Many",
            source="Source: all.",
            facts=list(facts["fact_id"]),
        )
        show.end()

    text = words_of(render_pdf(sample.build(["# Many", cell])))
    assert "[1–400]" in text
    assert "and 200 more claims, each in facts.csv" in " ".join(text.split())


def test_paper_and_language_come_from_the_house(tmp_path):
    (tmp_path / "house.yml").write_text("paper: us-letter\nlanguage: fr\nmarking: TLP:RED\n")
    content = render_pdf(sample.build(), house=load_house(tmp_path))
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert [float(side) for side in opened.pages[0].MediaBox] == [0, 0, 612, 792]
        assert str(opened.Root.Lang) == "fr"
        pages = len(opened.pages)
    text = words_of(content)
    assert "12 mai 2025" in text
    assert text.count("TLP:RED") == pages + 1  # in the masthead, and at the foot of every page


def test_an_empty_briefing_still_has_its_title():
    content = render_pdf(sample.build(["# Only a title"]))
    assert check_pdf(content) == []
    assert "Only a title" in words_of(content)


def test_faults_of_a_pdf_are_found(content):
    assert check_pdf(content) == []
    assert check_pdf(content[: len(content) // 2]) == ["the PDF is cut off"]
    assert check_pdf(b"") == ["the PDF is cut off"]


@pytest.mark.skipif(not shutil.which("verapdf"), reason="veraPDF is not installed")
@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_verapdf_agrees(content, flavour, tmp_path):
    (tmp_path / "sample.pdf").write_bytes(content)
    done = subprocess.run(
        ["verapdf", "--flavour", flavour, "--format", "text", tmp_path / "sample.pdf"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("PASS")


def test_numbers_beyond_the_printed_list_are_printed_without_a_link():
    one = sample.facts().head(1)
    facts = pd.concat([one.assign(fact_id=f"f-{n}", doc_id=f"doc-{n}") for n in range(400)], ignore_index=True)

    def cell():
        show.open_briefing(facts, sample.documents())
        rows = pd.DataFrame({"a": range(100), "facts": [list(facts["fact_id"][n : n + 4]) for n in range(0, 400, 4)]})
        show.table(rows, label="table-many", title="Many", facts="facts")
        show.end()

    text = words_of(render_pdf(sample.build(["# Many", cell])))
    assert "[397–400]" in text
    assert "152 more claims" in " ".join(text.split())


def test_word_holds_the_same_words_and_numbers():
    content = render_docx(sample.build())
    assert check_docx(content) == []
    assert render_docx(sample.build()) == content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        document = file.read("word/document.xml").decode()
        assert "Source Serif Pro" in file.read("word/styles.xml").decode()
    text = " ".join(re.sub(r"<[^>]+>", "", document.replace("</w:p>", " ")).split())
    for words in (
        "at least 31[4] people",
        "Three counts of the dead differ",
        "Four claims about the shelling",
        "[14] Tervania Daily, 12 May 2025:",
    ):
        assert words in text
    assert sample.range_chart().alt in document


def test_word_takes_article_text_as_words():
    content = render_docx(sample.build(hostile_cells("<w:p/>**x** `{=openxml}` [a](javascript:x)")))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert "javascript" not in file.read("word/_rels/document.xml.rels").decode()
        assert "**x**" in file.read("word/document.xml").decode()


def test_cited_phrase_without_words_is_only_a_number():
    def cell():
        show.open_briefing(sample.facts(), sample.documents())
        show.prose("Aid", Phrase("", ("f-food",)), ".")
        show.end()

    assert "Aid[1]." in words_of(render_pdf(sample.build(["# Aid", cell])))


def test_the_logo_stands_in_both(tmp_path):
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#12436D"/></svg>'
    (tmp_path / "logo.svg").write_text(logo)
    (tmp_path / "house.yml").write_text("logo: logo.svg\nlogo_alt: The desk's square\n")
    house = load_house(tmp_path)
    with pikepdf.open(io.BytesIO(render_pdf(sample.build(), house=house))) as opened:
        drawn = [str(node.Alt) for kind, node in walk(opened.Root.StructTreeRoot.K) if kind == "/Figure"]
    assert drawn[0] == "The desk's square"
    (image,) = html.document_fromstring(render_html(sample.build(), house)).xpath("//header//img")
    assert image.get("alt") == "The desk's square"
    assert image.get("src").startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize(
    ("least", "wanted", "shares", "space"),
    [([10, 10], [20, 40], [1, 1], 100), ([10, 30], [200, 400], [1, 3], 100), ([60, 80], [90, 90], [1, 1], 100),
     ([5] * 9, [9] * 8 + [900], [1] * 9, 300)],
)  # fmt: skip
def test_columns_fill_the_page_and_cut_no_word(least, wanted, shares, space):
    widths = fit_widths(least, wanted, shares, space)
    assert sum(widths) == pytest.approx(space)
    if sum(least) <= space:
        assert all(width >= floor for width, floor in zip(widths, least, strict=True))


def test_what_only_drawings_cite_is_named_by_its_facts():
    def cell():
        show.open_briefing(sample.facts(), sample.documents())
        names = sample.facts()["fact_id"].tolist()
        show.prose(Phrase("Nineteen people", names[:1]))
        words = {"label": "chart-one", "title": "One", "alt": "One", "source": "Source: all."}
        show.chart(sample.range_chart().figure, **words, facts=names[1:3])
        show.end()

    text = " ".join(words_of(render_pdf(sample.build(["# Drawn", cell]))).split())
    listed = text.split("Also cited, by the names of the facts")[1]
    assert re.search(rf"\[\d+\] {sample.facts()['fact_id'][1]}\b", listed), (
        "its words stand in the HTML and in facts.csv"
    )


def test_a_page_with_a_few_lines_of_evidence_alone_is_saved():
    def pages(lines, most):
        def cell():
            show.open_briefing(sample.facts(), sample.documents())
            show.points([f"Point {n}." for n in range(lines)])
            show.end()

        saved = fit.MOST_CLOSE, fit.MOST_CLOSER
        fit.MOST_CLOSE = fit.MOST_CLOSER = most
        try:
            return pdf_module.count_pages(render_pdf(sample.build(["# Points", cell])))
        finally:
            fit.MOST_CLOSE, fit.MOST_CLOSER = saved

    lines = next(n for n in range(20, 80) if pages(n, 0) == 2)
    assert pages(lines, 8) == 1


def large_corpus(most_pages: int | None):
    """A briefing whose every part is as long as its maker lets it be: 900 facts, each of a sentence of its own."""
    places = [
        f"On day {n} shelling near the village of Number{n} killed {n + 10} people, its mayor said. "
        for n in range(900)
    ]
    text = "".join(places)
    starts = [text.index(place) for place in places]
    first = sample.facts().iloc[0].to_dict()
    rows = [
        {
            **first,
            "fact_id": f"f-{n:03}",
            "doc_id": "long",
            "start": start,
            "end": start + 60,
            "text": text[start : start + 60],
        }
        for n, start in enumerate(starts)
    ]
    facts = pd.DataFrame(rows)
    names = iter(facts["fact_id"])

    def told(count):
        return [
            Phrase(f"Number{n} counted its dead again and asked for help, {n} days on", [next(names)])
            for n in range(count)
        ]

    def cell():
        show.open_briefing(facts, pd.DataFrame([{"doc_id": "long", "text": text}]))
        show.masthead("Everywhere", as_of="2025-05-12", most_pages=most_pages)
        show.judgements([[Sentence(tuple(told(8))), Sentence(tuple(told(8)))] for _ in range(4)])
        for n in range(5):
            show.heading(f"Part {n}")
            show.prose(*told(2))
            show.points(told(40), compact=n % 2 == 0)
            rows = [{"place": f"Place {n}", "words": phrase} for n, phrase in enumerate(told(100))]
            show.table(pd.DataFrame(rows), f"table-{n}", "Places that counted their dead")
        show.end()

    return sample.build(["# Much", cell])


def test_a_briefing_of_limited_length_keeps_to_it_however_much_there_is_and_says_what_it_left_out():
    assert pdf_module.count_pages(render_pdf(large_corpus(None))) > 10
    content = render_pdf(large_corpus(6))
    assert 2 <= pdf_module.count_pages(content) <= 6
    text = " ".join(words_of(content).split())
    left = [int(count) for count in re.findall(r"(\d+) more in the HTML version of this briefing", text)]
    assert len(left) == 10, "five lists and five tables say it"
    assert min(left) >= 30
    assert re.search(r"and \d+ more claims, each in facts.csv", text)
    assert text.count("[f-0") >= 30, "the words behind the judgements stand at its end"


def test_the_briefing_says_how_to_cite_it_in_every_form(content):
    said = "How to cite: Ceasefire Briefing, “"
    assert said in " ".join(words_of(content).split())
    assert said in render_html(sample.build()).decode()
    with zipfile.ZipFile(io.BytesIO(render_docx(sample.build()))) as file:
        assert "How to cite:" in re.sub("<[^>]+>", "", file.read("word/document.xml").decode())


def test_no_row_of_a_word_table_is_broken_over_pages():
    with zipfile.ZipFile(io.BytesIO(render_docx(sample.build()))) as opened:
        styles = opened.read("word/styles.xml").decode()
    table = styles.split('w:styleId="Table"')[1].split("</w:style>")[0]
    assert re.search(r"</w:tblPr>\s*<w:trPr>\s*<w:cantSplit\s*/>\s*</w:trPr>\s*<w:tblStylePr", table)

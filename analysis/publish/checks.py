"""Whether what was rendered can be given to readers: quick checks by the runner on the bytes, before anything is moved into place.

The structure (tags, reading order, contrast) is held by the compiler and by the tests; these find what a fault of the
machine leaves.
"""

import io
import re
import zipfile

from lxml import etree, html

LEAST_WORDS = 20
# What never belongs into a reader's edition: a traceback, a prompt, a frame printed by accident, unfinished text.
FORBIDDEN = re.compile(
    r"Traceback \(most recent call last\)|\bIn \[\d+\]:|<pandas\.|\bNaT\b|\bnan\b|\bTK\b|/home/\w+/|\\ue000"
)
ATTRIBUTES_OF_SCRIPTS = re.compile(r"on[a-z]+")
LOADING = {"src", "srcset", "data", "action", "formaction", "poster", "background"}


def check_pdf(content: bytes) -> list[str]:
    """Faults of a PDF, each as a sentence; none when it is sound."""
    faults = []
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-64:]:
        return ["the PDF is cut off"]
    for mark, what in (
        (b"/StructTreeRoot", "tags"),
        (b"/Lang", "a language"),
        (b"/Outlines", "bookmarks"),
        (b"pdfuaid:part", "the PDF/UA mark"),
    ):
        if mark not in content:
            faults.append(f"the PDF has no {what}")
    return faults


def check_html(content: bytes) -> list[str]:
    """Faults of an HTML page, each as a sentence; none when it is sound."""
    try:
        tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return ["the HTML is empty"]
    if not content.rstrip().endswith(b"</html>"):
        return ["the HTML is cut off"]
    return [*_structure_faults(tree), *_loading_faults(tree), *_text_faults(tree)]


def _text_faults(tree: html.HtmlElement) -> list[str]:
    """Faults of what is printed, without the documents (an article may hold any word)."""
    for part in tree.xpath(
        "//script | //style | //section[@class='documents'] | //*[@popover] | //section[@class='evidence']"
    ):
        part.drop_tree()
    text = tree.text_content()
    faults = [f"the HTML prints {found.group()!r}" for found in FORBIDDEN.finditer(text)]
    return faults[:3] + (["the HTML has almost no words"] if len(text.split()) < LEAST_WORDS else [])


def _structure_faults(tree: html.HtmlElement) -> list[str]:
    faults = [] if len(tree.xpath("//h1")) == 1 else [f"the HTML has {len(tree.xpath('//h1'))} headings of level 1"]
    if not tree.get("lang"):
        faults.append("the HTML has no language")
    anchors = set(tree.xpath("//@id"))
    targets = [link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")] + tree.xpath("//@popovertarget")
    return (
        faults + [f"the HTML leads to {target}, which is not there" for target in targets if target not in anchors][:3]
    )


def _loading_faults(tree: html.HtmlElement) -> list[str]:
    faults = []
    for element in tree.iter(etree.Element):
        for name, value in element.attrib.items():
            if ATTRIBUTES_OF_SCRIPTS.fullmatch(name):
                faults.append(f"the HTML has a script in an attribute: {name}")
            elif name in LOADING and not value.startswith("data:"):
                faults.append(f"the HTML loads {value[:60]}")
    return faults[:3]


def check_docx(content: bytes) -> list[str]:
    """Faults of a Word document, each as a sentence; none when it is sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return (
                []
                if file.testzip() is None and "word/document.xml" in file.namelist()
                else ["the Word version is damaged"]
            )
    except zipfile.BadZipFile:
        return ["the Word version is cut off"]

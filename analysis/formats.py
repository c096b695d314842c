"""Text out of HTML and Word files. The result is what offsets point into, so it is kept beside the document (`.kept`)."""

import io
import zipfile

import lxml.etree
import lxml.html

from analysis.errors import DocumentError

BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figcaption", "td", "th", "pre"}
NOT_TEXT = ("script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "iframe", "svg")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LARGEST_MEMBER = 20_000_000  # bytes unpacked; a small file that unpacks to more is made to do harm
LARGEST_RATIO = 100


def read_html(content: bytes, path: str) -> str:
    """The paragraphs of a page, one a line with a blank line between; DocumentError where there are none."""
    parser = lxml.html.HTMLParser(
        encoding=None if b"charset" in content[:2000].lower() else "utf-8", remove_comments=True
    )
    try:
        page = lxml.html.document_fromstring(content, parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise DocumentError(f"{path}: no HTML that can be read: {error}") from error
    for element in page.xpath(" | ".join(f"//{name}" for name in NOT_TEXT)):
        element.drop_tree()
    body = next(iter(page.xpath("//article") or page.xpath("//main") or page.xpath("//body")), page)
    blocks = [
        element for element in body.iter(*BLOCKS) if not any(parent.tag in BLOCKS for parent in element.iterancestors())
    ]
    return _join([element.text_content() for element in blocks] or [body.text_content()], path)


def read_docx(content: bytes, path: str) -> str:
    """The paragraphs of a Word file; DocumentError where it is none, or unpacks to more than an article can hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            member = package.getinfo("word/document.xml")
            if member.file_size > min(LARGEST_MEMBER, LARGEST_RATIO * max(1, member.compress_size)):
                raise DocumentError(f"{path}: unpacks to {member.file_size:,} bytes, so not taken for an article")
            xml = package.read(member)
    except (zipfile.BadZipFile, KeyError) as error:
        raise DocumentError(f"{path}: no Word document (.docx)") from error
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = lxml.etree.fromstring(xml, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise DocumentError(f"{path}: no Word document that can be read: {error}") from error
    return _join(["".join(text.text or "" for text in p.iter(f"{WORD}t")) for p in root.iter(f"{WORD}p")], path)


def _join(paragraphs: list[str], path: str) -> str:
    """Paragraphs with blanks folded, without the empty ones."""
    folded = [" ".join(paragraph.split()) for paragraph in paragraphs]
    text = "\n\n".join(paragraph for paragraph in folded if paragraph)
    if not text:
        raise DocumentError(f"{path}: no text could be read from it; save the article as .txt instead")
    return text + "\n"

"""The Word version's styles: pandoc's own reference document with the house's type and colours set into it."""

import io
import zipfile
from functools import cache
from typing import Any

from lxml import etree

from analysis.publish.house import Colours
from analysis.publish.pandoc import run_pandoc

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SERIF, SANS = "Source Serif Pro", "Source Sans Pro"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
# style id: (name, based on, font, half-points, colour of the house, twentieths of a point after it, whether the next stays with it)
ADDED = {"Lead": ("Lead", "Normal", SERIF, 25, "ink", 160, False), "Source": ("Source", "Normal", SANS, 17, "quiet", 60, False),
         "SubtitleLine": ("Subtitle line", "Source", SANS, 17, "quiet", 60, True),
         "Drawing": ("Drawing", "Normal", SANS, 17, "quiet", 40, True)}  # fmt: skip
MARGIN = "1134"  # twentieths of a point: 20 mm, as in the PDF
PAPERS = {"a4": {"w": "11906", "h": "16838"}, "us-letter": {"w": "12240", "h": "15840"}}
CHANGED = {"Normal": (SERIF, 21, "ink"), "Heading1": (SANS, 40, "ink"), "Heading2": (SANS, 27, "accent"), 
           "Heading3": (SANS, 22, "ink"), "Caption": (SANS, 21, "ink"), "Compact": (SANS, 17, "ink")}  # fmt: skip


@cache
def build_reference(colours: Colours, paper: str) -> bytes:
    """The reference document of houses with these colours and this paper; kept, since every Word page begins with it."""
    default = run_pandoc(["--print-default-data-file", "reference.docx"])
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(default)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/styles.xml":
                content = _house_styles(content, colours)
            elif name == "word/document.xml":
                content = _house_page(content, paper)
            new.writestr(zipfile.ZipInfo(name, EARLIEST), content)
    return written.getvalue()


def _house_styles(content: bytes, colours: Colours) -> bytes:
    root = etree.fromstring(content)
    for style in root.iter(f"{W}style"):
        if style.get(f"{W}styleId") in CHANGED:
            font, size, colour = CHANGED[style.get(f"{W}styleId")]
            _set_type(style, font, size, getattr(colours, colour))
        if style.get(f"{W}styleId") == "Caption":  # it stands above what it names
            style.find(f"{W}pPr").insert(0, etree.Element(f"{W}keepNext"))
        if style.get(f"{W}styleId") == "Table":  # no row is broken over pages
            rows = etree.Element(f"{W}trPr")
            etree.SubElement(rows, f"{W}cantSplit")
            style.find(f"{W}tblPr").addnext(rows)
    for identifier, (name, base, font, size, colour, after, kept) in ADDED.items():
        style = etree.SubElement(
            root, f"{W}style", {f"{W}type": "paragraph", f"{W}customStyle": "1", f"{W}styleId": identifier}
        )
        etree.SubElement(style, f"{W}name", {f"{W}val": name})
        etree.SubElement(style, f"{W}basedOn", {f"{W}val": base})
        etree.SubElement(style, f"{W}qFormat")
        _set_paragraph(style, after, kept)
        _set_type(style, font, size, getattr(colours, colour))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_paragraph(style: Any, after: int, kept: bool) -> None:
    """The room after a paragraph, and whether it stays on the page of the next one."""
    properties = etree.SubElement(style, f"{W}pPr")
    if kept:
        etree.SubElement(properties, f"{W}keepNext")
    etree.SubElement(properties, f"{W}spacing", {f"{W}before": "0", f"{W}after": str(after)})


def _house_page(content: bytes, paper: str) -> bytes:
    """The section of the reference document with the house's paper and the PDF's margins."""
    root = etree.fromstring(content)
    for section in root.iter(f"{W}sectPr"):
        for old in [*section.findall(f"{W}pgSz"), *section.findall(f"{W}pgMar")]:
            section.remove(old)
        size = etree.SubElement(section, f"{W}pgSz", {f"{W}{name}": value for name, value in PAPERS[paper].items()})
        margins = dict.fromkeys(("top", "right", "bottom", "left"), MARGIN) | {
            "header": "708",
            "footer": "708",
            "gutter": "0",
        }
        size.addnext(etree.Element(f"{W}pgMar", {f"{W}{name}": value for name, value in margins.items()}))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_type(style: Any, font: str, half_points: int, colour: str) -> None:
    """Font, size and colour of a style, in the place of what it had."""
    properties = style.find(f"{W}rPr")
    if properties is None:
        properties = etree.SubElement(style, f"{W}rPr")
    for name in ("rFonts", "color", "sz", "szCs"):
        for old in properties.findall(f"{W}{name}"):
            properties.remove(old)
    for name, values in _type_elements(font, half_points, colour):
        element = etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in values.items()})
        properties.append(element)


def _type_elements(font: str, half_points: int, colour: str) -> list[tuple[str, dict[str, str]]]:
    return [("rFonts", {"ascii": font, "hAnsi": font}), ("color", {"val": colour.lstrip("#")}), ("sz", {"val": str(half_points)}),
            ("szCs", {"val": str(half_points)})]  # fmt: skip

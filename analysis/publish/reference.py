"""The Word version's styles: pandoc's own reference document with the house's type and colours set into it."""

import io
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pypandoc
from lxml import etree

from analysis.publish.house import House

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SERIF, SANS = "Source Serif Pro", "Source Sans Pro"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
# style id: (name, based on, font, half-points, colour of the house)
ADDED = {"Lead": ("Lead", "Normal", SERIF, 25, "ink"), "Source": ("Source", "Normal", SANS, 17, "quiet")}
CHANGED = {"Normal": (SERIF, 21, "ink"), "Heading1": (SANS, 40, "ink"), "Heading2": (SANS, 27, "accent"), 
           "Heading3": (SANS, 22, "ink"), "Caption": (SANS, 21, "ink")}  # fmt: skip


def write_reference(path: Path, house: House) -> None:
    """Write the reference document of a house."""
    with (
        zipfile.ZipFile(io.BytesIO(_default_reference())) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                zipfile.ZipInfo(name, EARLIEST), _house_styles(content, house) if name == "word/styles.xml" else content
            )


@cache
def _default_reference() -> bytes:
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout  # noqa: S603 - our own program


def _house_styles(content: bytes, house: House) -> bytes:
    root = etree.fromstring(content)
    for style in root.iter(f"{W}style"):
        if style.get(f"{W}styleId") in CHANGED:
            font, size, colour = CHANGED[style.get(f"{W}styleId")]
            _set_type(style, font, size, getattr(house.colours, colour))
    for identifier, (name, base, font, size, colour) in ADDED.items():
        style = etree.SubElement(
            root, f"{W}style", {f"{W}type": "paragraph", f"{W}customStyle": "1", f"{W}styleId": identifier}
        )
        etree.SubElement(style, f"{W}name", {f"{W}val": name})
        etree.SubElement(style, f"{W}basedOn", {f"{W}val": base})
        etree.SubElement(style, f"{W}qFormat")
        _set_type(style, font, size, getattr(house.colours, colour))
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

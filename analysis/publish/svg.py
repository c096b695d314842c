"""Drawings from outside made safe to stand inside a page: an allow-list of elements and attributes, ids made the drawing's own."""

import re
from typing import Any

from lxml import etree
from markupsafe import Markup

from analysis.errors import BriefingError
from analysis.publish.markup import clean

ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "clipPath",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "use",
        "image",
        "title",
        "desc",
        "marker",
        "pattern",
        "mask",
        "symbol",
        "linearGradient",
        "radialGradient",
        "stop",
    ]
)
ATTRIBUTES = frozenset(
    [
        "id",
        "class",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "dx",
        "dy",
        "width",
        "height",
        "points",
        "transform",
        "viewBox",
        "preserveAspectRatio",
        "style",
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-dasharray",
        "stroke-miterlimit",
        "opacity",
        "clip-path",
        "clip-rule",
        "clipPathUnits",
        "mask",
        "text-anchor",
        "font-family",
        "font-size",
        "font-weight",
        "font-style",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientUnits",
        "gradientTransform",
        "patternUnits",
        "markerWidth",
        "markerHeight",
        "refX",
        "refY",
        "orient",
        "version",
        "textLength",
        "lengthAdjust",
    ]
)
RASTER = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*")
LOCAL_URL = re.compile(r"url\(\s*['\"]?#([\w:.-]+)['\"]?\s*\)")
ANY_URL = re.compile(r"url\((?!#)|@import|expression\(|javascript:|\\", re.IGNORECASE)
DEFAULT_STYLE = {"stroke-linejoin": "round", "stroke-linecap": "butt"}  # what matplotlib's own <style> says
LARGEST = 20_000_000


class DrawingError(BriefingError):
    """Raised when a drawing is not readable SVG."""


def clean_svg(svg: str, label: str, alt: str) -> Markup:
    """SVG for the inside of an HTML page: safe, ids prefixed by `label`, an image with the name `alt` for screen readers."""
    root = safe_tree(svg, f"{label}-")
    root.set("role", "img")
    root.set("aria-label", str(clean_text(alt)))
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    etree.cleanup_namespaces(root)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - made of allowed elements alone


def safe_svg(svg: str) -> bytes:
    """The same for a file of its own."""
    return etree.tostring(safe_tree(svg, ""), encoding="utf-8", xml_declaration=True)


def clean_text(value: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return str(clean(value).unescape())


def safe_tree(svg: str, prefix: str) -> Any:
    """The tree of allowed elements. Raises DrawingError where the text is no SVG, or too large."""
    if len(svg) > LARGEST:
        raise DrawingError(f"a drawing of {len(svg):,} characters; thin out its data ({LARGEST:,} at most)")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(svg.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise DrawingError(f"a drawing is not readable SVG: {error}") from error
    if etree.QName(root).localname != "svg":
        raise DrawingError("a drawing is not SVG")
    _prune(root)
    for node in root.iter():
        _keep_attributes(node, prefix)
    for name, value in DEFAULT_STYLE.items():
        root.set(name, value)
    return root


def _prune(root: Any) -> None:
    for node in list(root.iter()):
        if node is not root and (not isinstance(node.tag, str) or etree.QName(node).localname not in ELEMENTS):
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)


def _keep_attributes(node: Any, prefix: str) -> None:
    for name, value in list(node.attrib.items()):
        local = etree.QName(name).localname
        if local == "href":
            _keep_reference(node, name, value, prefix)
        elif local not in ATTRIBUTES or name.startswith("{") or ANY_URL.search(LOCAL_URL.sub("", value)):
            del node.attrib[name]
        elif local == "id":
            node.set(name, prefix + value)
        elif "url(" in value:
            node.set(name, LOCAL_URL.sub(rf"url(#{prefix}\1)", value))


def _keep_reference(node: Any, name: str, value: str, prefix: str) -> None:
    """References only to parts of the drawing itself, and to pixels that it holds."""
    if value.startswith("#"):
        node.set(name, f"#{prefix}{value[1:]}")
    elif not RASTER.fullmatch(value):
        del node.attrib[name]

"""The HTML briefing: one file, nothing loaded from elsewhere, nothing but words and style needed to read it."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from analysis.publish import cards
from analysis.publish.closing import cite_as
from analysis.publish.document import Document, footnotes, read_notebook
from analysis.publish.fragments import Setting, masthead_line, write_block, write_runs
from analysis.publish.house import House, default_house, format_day, logo_bytes
from analysis.publish.markup import element, joined
from analysis.publish.words import text_of

FACES = (("Source Sans Pro", 400, "normal", "SourceSansPro-Regular"), ("Source Sans Pro", 600, "normal", "SourceSansPro-Semibold"),
         ("Source Serif Pro", 400, "normal", "SourceSerifPro-Regular"), ("Source Serif Pro", 400, "italic", "SourceSerifPro-It"),
         ("Source Serif Pro", 600, "normal", "SourceSerifPro-Semibold"))  # fmt: skip
MIME = {"svg": "image/svg+xml", "png": "image/png"}


def render_html(notebook: Mapping[str, Any], house: House | None = None) -> bytes:
    """An executed notebook as one HTML file; the same bytes for the same notebook and house. Raises BriefingError."""
    house = house or default_house()
    return write_page(read_notebook(notebook, house.language), house).encode("utf-8")


def write_page(document: Document, house: House) -> str:
    """A document as HTML."""
    setting = Setting(house.language)
    body = joined(part for block in document.blocks for part in (write_block(block, setting), "\n"))
    script = package_text("style/page.js")
    return environment().get_template("page.html.j2").render(
        language=house.language, house=house, masthead=document.masthead, title=document.title, heading=page_title(document),
        dates=Markup("").join(masthead_line(document.masthead, house.language)) if document.masthead else "",
        contents=contents(document), body=body, notes=_notes(document, setting), cards=cards.write_cards(document, house),
        documents=cards.write_documents(document, house), as_of=format_day(document.as_of, house.language),
        cite_as=cite_as(document, house), contact=_contact(house), logo=_logo(house),
        style=own_file(_style(document, house)), script=own_file(script), policy=policy(script),
    )  # fmt: skip


def own_file(text: str) -> Markup:
    """Style or script of this package, printed as it is."""
    return Markup(text)  # noqa: S704


def page_title(document: Document) -> str:
    """The title for windows and lists: with the day, since many editions are open side by side."""
    return f"{document.title} ({document.as_of})" if document.as_of else document.title


def contents(document: Document) -> list[dict[str, Any]]:
    """The headings, for the table of contents."""
    headings = (block for block in document.blocks if block["kind"] == "heading")
    entries = [{"level": block["level"], "anchor": block["anchor"], "text": text_of(block["c"])} for block in headings]
    ends = [("evidence", "Evidence")] if document.numbers else []
    ends += [("documents", "Documents")] if document.documents else []
    return entries + [{"level": 2, "anchor": anchor, "text": text} for anchor, text in ends]


def _notes(document: Document, setting: Setting) -> list[Markup]:
    """The list of evidence and of the analysts' own notes, by number."""
    notes = {number: cards.write_note(document, number, setting.language) for number in document.notes}
    notes |= {
        number: element("li", write_runs(runs, setting), value=number, id=f"note-{number}")
        for number, runs in footnotes(document)
    }
    return [notes[number] for number in sorted(notes)]


def policy(script: str) -> str:
    """The content security policy: nothing from anywhere, but this one script by its hash."""
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
    return ("default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; "
            f"script-src 'sha256-{digest}'")  # fmt: skip


def _style(document: Document, house: House) -> str:
    as_of = f" · Situation as of {format_day(document.as_of, house.language)}" if document.as_of else ""
    values = {name.upper(): colour for name, colour in house.colours.model_dump().items()}
    values |= {"PAPER": "A4" if house.paper == "a4" else "letter", "FOOTER": _css_text(house.publisher + as_of)}
    style = package_text("style/page.css")
    for name, value in values.items():
        style = style.replace(name, value)
    return font_faces() + style


def _css_text(text: str) -> str:
    """Text for inside a CSS string: everything but letters, digits and blanks as an escape."""
    return "".join(
        char if (char.isalnum() and char.isascii()) or char == " " else f"\\{ord(char):06x}" for char in text
    )


@cache
def font_faces() -> str:
    """The bundled fonts as @font-face rules."""
    rules = []
    for family, weight, style, name in FACES:
        content = base64.b64encode(resources.files(__package__).joinpath(f"fonts/{name}.woff2").read_bytes()).decode()
        rules.append(f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};font-display:swap;'
                     f'src:url(data:font/woff2;base64,{content}) format("woff2")}}')  # fmt: skip
    return "\n".join(rules) + "\n"


@cache
def package_text(name: str) -> str:
    """A text file of this package."""
    return resources.files(__package__).joinpath(name).read_text("utf-8")


@cache
def environment() -> jinja2.Environment:
    """Templates, with everything escaped that is not Markup."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("analysis.publish"), autoescape=True, undefined=jinja2.StrictUndefined
    )


def _contact(house: House) -> Markup | None:
    if not house.contact:
        return None
    target = f"mailto:{house.contact}" if "@" in house.contact and ":" not in house.contact else house.contact
    return write_runs(
        [{"t": "link", "href": target, "c": [{"t": "text", "s": house.contact}]}], Setting(house.language)
    )


def _logo(house: House) -> str | None:
    logo = logo_bytes(house)
    return f"data:{MIME[logo[1]]};base64,{base64.b64encode(logo[0]).decode()}" if logo else None


def __getattr__(name: str) -> Any:
    """nbconvert's exporter, where its entry point looks for it: nbconvert is loaded only when it asks."""
    if name != "BriefingHTMLExporter":
        raise AttributeError(name)
    from analysis.publish.exporters import BriefingHTMLExporter

    return BriefingHTMLExporter

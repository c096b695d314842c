"""Blocks as JupyterLab shows them, and as a terminal does."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

from markupsafe import Markup

from analysis.publish.blocks import Block
from analysis.publish.fragments import Setting, chart_head, cited, write_block
from analysis.publish.markup import element
from analysis.publish.words import text_of


def lab_fragment(block: Block, tooltips: Mapping[str, str]) -> str:
    """A block for JupyterLab: the page's HTML in a small style of its own."""
    if block["kind"] == "evidence":
        inside = element("p", f"Evidence for {len(block['facts_cited'])} facts is in this notebook.", class_="note")
    else:
        inside = write_block(block, Setting(tooltips=tooltips))
    return str(element("div", element("style", Markup(lab_style())), inside, class_="briefing"))  # noqa: S704


def lab_chart(block: Block, tooltips: Mapping[str, str]) -> tuple[str, str]:
    """What stands above and below a drawing in Lab."""
    style = element("style", Markup(lab_style()))  # noqa: S704
    setting = Setting(tooltips=tooltips)
    cites = cited("", [], block["facts"], setting) if block["facts"] else None
    foot = element("p", block["source"], " ", cites, class_="source")
    return (str(element("div", style, element("figure", chart_head(block), class_="chart"), class_="briefing")),
            str(element("div", style, foot, class_="briefing")))  # fmt: skip


@cache
def lab_style() -> str:
    """The style of fragments in Lab; a file of this package."""
    return resources.files(__package__).joinpath("style/lab.css").read_text("utf-8")


def plain_text(block: Block) -> str:
    """A block's words for a terminal."""
    return text_of(block["c"]) if "c" in block else f"[{block['kind']} {block.get('label', '')}]".replace(" ]", "]")

"""What every fork would otherwise do for the first time: load modules, read data files, draw and write one page.

A process does these things once and keeps what comes of them; a fork that is used once would do them anew each time. Nothing
here may start a thread (deltalake, DuckDB's connections, Typst): a fork would be without it. And nothing may show in what a
notebook draws or prints later: the figure is closed, and no shell is made.
"""

import contextlib
import gc
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

# What notebooks and pages load anyway; those missing are simply not preloaded.
MODULES = (
    "numpy", "pandas", "pandas.io.formats.style", "pandas.core.methods.to_dict", "pandas.core.reshape.reshape",
    "pyarrow.dataset", "duckdb", "matplotlib.pyplot", "matplotlib.style", "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg", "matplotlib_inline.backend_inline", "encodings.cp437", "encodings.utf_16_be",
    "IPython.core.interactiveshell", "IPython.core.application", "IPython.core.completerlib", "IPython.core.magics",
    "IPython.core.oinspect", "nbformat", "yaml", "pydantic", "fontTools.subset", "fontTools.ttLib.tables._h_h_e_a",
    "analysis.run.cells", "analysis.run.inputs", "analysis.run.remote", "analysis.run.rendering", "analysis.show",
    "analysis.known", "analysis.settled", "analysis.briefing", "analysis.audit", "analysis.editions", "analysis.moves",
    "analysis.corrections", "analysis.tables", "analysis.revisions.decisions", "analysis.claims.copies",
    "analysis.claims.events", "analysis.claims.match",
)  # fmt: skip
# Packages of which notebooks use nearly every module.
PACKAGES = ("analysis.charts", "analysis.topics", "analysis.wording")


def warm_up() -> None:
    """Load and do it all; what fails here says so itself when it is needed."""
    with _collecting_nothing():
        for name in (*MODULES, *_list_modules()):
            with contextlib.suppress(ImportError):
                import_module(name)
        with contextlib.suppress(Exception):
            _hash_package()
            _write_page(_draw())


@contextlib.contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Loading makes a million objects that stay: looking through them for waste again and again takes as long as loading.

    Afterwards they are set apart for good: a collection in a fork would touch, so copy, every page of them.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _list_modules() -> list[str]:
    return [f"{name}.{found.name}" for name in PACKAGES for found in iter_modules(import_module(name).__path__)]


def _hash_package() -> None:
    from analysis.run.keys import hash_code, hash_lock

    hash_code()
    hash_lock()


def _draw() -> str:
    """A drawing in the house's style: fonts, style file, ticks and the writer of SVG; and which backends are installed."""
    from matplotlib.backends import backend_registry

    from analysis.charts.style import new_figure
    from analysis.run.cells import INLINE_BACKEND
    from analysis.show import figure_svg

    backend_registry.is_valid_backend(INLINE_BACKEND)
    figure, (axes,) = new_figure(1.0)
    axes.plot([0, 1], [0, 1])
    return figure_svg(figure)


def _write_page(svg: str) -> None:
    """A page with one block of a kind, in all its forms up to the programs that a fork starts itself."""
    import nbformat
    import pandas as pd

    from analysis.publish import blocks, checks, docx, fonts, frames, html, lab, reference, typeset
    from analysis.publish.document import METADATA, read_notebook
    from analysis.publish.house import default_house
    from analysis.publish.svg import safe_svg

    shown = [
        blocks.masthead_block("Nowhere", "2000-01-31", ("2000-01-01", "2000-01-31"), None, "Words", "Briefing"),
        frames.table_block(pd.DataFrame({"day": ["2000-01-31"], "killed": [1]}), "table-one", "One row"),
    ]
    outputs = [nbformat.v4.new_output("display_data", {}, metadata={METADATA: block}) for block in shown]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)])
    nbformat.validate(notebook)
    house = default_house()
    document = read_notebook(notebook, house.language)
    checks.check_html(html.write_page(document, house).encode())
    typeset.typst_data(document, house, [], None)
    reference.build_reference(house.colours, house.paper)
    docx.Writer(house, Path()).document(document)
    lab.lab_fragment(shown[1], {})
    fonts.printable(safe_svg(svg).decode() + "–")
    fonts.load_fonts()

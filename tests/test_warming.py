"""The process that all forks share: ready with what they need, and nothing in it that a fork cannot take over."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from analysis.run import warming

REPORT = """
import os, sys
from importlib import import_module
for name in ("pandas", "pyarrow.dataset", "duckdb"):
    import_module(name)
threads = len(os.listdir("/proc/self/task"))  # Arrow's own, which looks after forks
from analysis.run.warming import warm_up
warm_up()
import matplotlib.pyplot as pyplot
from IPython import get_ipython
print(len(os.listdir("/proc/self/task")) - threads, pyplot.get_fignums(), get_ipython())
print(*sorted({"spacy", "nbconvert", "deltalake"} & set(sys.modules)))
from analysis.publish import fonts, reference
print(fonts.covered.cache_info().currsize, reference.build_reference.cache_info().currsize)
"""


@pytest.fixture(scope="module")
def warmed():
    """What a process says of itself after it has been warmed up, line by line."""
    done = subprocess.run([sys.executable, "-c", REPORT], capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.splitlines()


def test_no_thread_is_started_and_no_figure_or_shell_is_left(warmed):
    assert warmed[0] == "0 [] None"


def test_what_no_page_needs_is_not_loaded(warmed):
    assert warmed[1] == ""


def test_what_pages_need_is_kept(warmed):
    assert warmed[2] == "1 1"


def test_every_module_that_is_preloaded_is_there():
    assert [name for name in warming.MODULES if find_spec(name) is None] == []


def test_a_page_can_be_made_of_the_sample():
    warming._write_page(warming._draw())  # in the preloaded process its errors are not shown

"""The two engines by themselves, as plain papermill uses them: equal outputs, and the truth about what ran."""

import subprocess
import sys

import nbformat
import papermill
import pytest

pytestmark = pytest.mark.slow

CELLS = [
    "import pandas as pd\nprint('to stdout')\npd.DataFrame({'killed': [1, 2]})",
    "import sys\nprint('to stderr', file=sys.stderr)\nprint('more')\n!echo from a program",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3]);",
    "from IPython.display import SVG, Markdown, clear_output, display\ndisplay(Markdown('*x*'), metadata={'a': {'b': 1}})",
    "handle = display('one', display_id='same')\nhandle.update('two')",
    "print('gone')\nclear_output()\nprint('stays')",
    "import asyncio\nawait asyncio.sleep(0)\n_ = 5\nchosen * 2",
    "import os\n__name__, os.environ.get('MPLBACKEND')",
    "",
    "'%d%%' % 3  # a value that is text",
]


def write(path, cells, parameters="chosen = 1"):
    """A notebook of these code cells after a parameters cell."""
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "p"}}
    )
    first = nbformat.v4.new_code_cell(parameters)
    first.metadata["tags"] = ["parameters"]
    notebook.cells = [first, *map(nbformat.v4.new_code_cell, cells)]
    nbformat.write(notebook, path)
    return str(path)


def run(path, engine, **options):
    """Execute; gives the notebook."""
    return papermill.execute_notebook(path, None, {"chosen": 21}, engine_name=engine, progress_bar=False, **options)


def plain(notebook):
    """What each code cell shows, without what may differ between any two runs."""
    return [(cell.execution_count, cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]


def test_both_engines_show_the_same(tmp_path):
    path = write(tmp_path / "a.ipynb", CELLS)
    fork, kernel = (plain(run(path, f"briefing-{name}")) for name in ("fork", "kernel"))
    assert fork == kernel
    assert fork[-4][1][0].data["text/plain"] == "42"


LEAVE = """import os, json
import pandas as pd
os.chdir('/')
os.environ['LEFT'] = '1'
json.left = 1
pd.options.display.max_rows = 3"""
LOOK = """import os, json
import pandas as pd
os.getcwd() == '/', 'LEFT' in os.environ, hasattr(json, 'left'), pd.options.display.max_rows"""


def test_nothing_crosses_from_one_run_to_the_next(tmp_path):
    """Folder, environment, pandas options and patched modules are those of a fresh process."""
    run(write(tmp_path / "a.ipynb", [LEAVE]), "briefing-fork")
    shown = plain(run(write(tmp_path / "b.ipynb", [LOOK]), "briefing-fork"))
    assert shown[-1][1][0].data["text/plain"] == "(False, False, False, 60)"


def test_secrets_of_the_environment_do_not_reach_a_notebook(tmp_path, monkeypatch):
    monkeypatch.setenv("SOME_TOKEN", "secret")
    path = write(tmp_path / "a.ipynb", ["import os\n'SOME_TOKEN' in os.environ"])
    assert plain(run(path, "briefing-kernel"))[-1][1][0].data["text/plain"] == "False"


@pytest.mark.parametrize("engine", ["briefing-fork", "briefing-kernel"])
def test_cells_that_did_not_run_are_not_called_completed(tmp_path, engine):
    """Where papermill's own engine would mark every cell completed."""
    out = tmp_path / "out.ipynb"
    path = write(tmp_path / "a.ipynb", ["1", "import os; os._exit(0)", "2"])
    with pytest.raises(Exception, match="ended with status 0"):
        papermill.execute_notebook(path, out, {"chosen": 1}, engine_name=engine, progress_bar=False)
    notebook = nbformat.read(out, 4)
    assert [cell.metadata.papermill.status for cell in notebook.cells][-3:] == ["completed", "failed", "pending"]
    assert notebook.metadata.papermill.exception is True


def test_plain_papermill_ends_with_the_right_status(tmp_path):
    """138 for a process that is gone, 1 for sys.exit(0)."""
    for cell, status in (("import os; os.kill(os.getpid(), 9)", 138), ("import sys; sys.exit(0)", 1), ("1", 0)):
        path = write(tmp_path / "a.ipynb", [cell])
        command = [
            sys.executable,
            "-m",
            "papermill",
            "--engine",
            "briefing-fork",
            "--no-progress-bar",
            path,
            str(tmp_path / "o.ipynb"),
        ]
        assert subprocess.run(command, capture_output=True).returncode == status


def test_input_is_refused_rather_than_awaited(tmp_path):
    path = write(tmp_path / "a.ipynb", ["input('who? ')"])
    for engine in ("briefing-fork", "briefing-kernel"):
        with pytest.raises(papermill.PapermillExecutionError, match="StdinNotImplemented"):
            run(path, engine)


def test_a_fork_that_returns_from_its_cell_does_not_go_on_as_a_notebook(tmp_path):
    path = write(tmp_path / "a.ipynb", ["import os\npid = os.fork()", "print('once')"])
    assert [output.text for output in plain(run(path, "briefing-fork"))[-1][1]] == ["once\n"]


CHILD = "import subprocess, sys\n[p.wait() for p in [subprocess.Popen([sys.executable, '-c', {!r}]) for _ in range(3)]]"


@pytest.mark.parametrize(
    ("program", "limit", "words"),
    [
        (
            "x = bytearray(120 << 20); import time; time.sleep(60)",
            {"memory_bytes": 300 << 20},
            "more than its 300 MiB of memory",
        ),
        ("while True: pass", {"cpu_seconds": 1}, "more than its 1 s of processor time"),
        ("import time; time.sleep(60)", {"run_seconds": 1}, "ran for more than 1 s"),
    ],
)
def test_limits_hold_for_a_notebook_with_all_its_children(tmp_path, program, limit, words):
    """None of the three is too much by itself but for the time."""
    path = write(tmp_path / "a.ipynb", [CHILD.format(program)])
    with pytest.raises(Exception, match=words):
        run(path, "briefing-fork", **limit)

"""Whole editions, made by the command as a user makes them: the seed, another war dropped in, twice the same bytes."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
NAMES = ["10_situation", "20_casualties", "30_negotiations", "40_humanitarian", "50_sources", "60_changes"]
DATA = ["facts.csv", "facts.jsonl", "events.csv", "indicators.csv", "briefing.json", "manifest.json"]
OTHER_WAR = """JEDDAH, 21 May 2023 - Sudan's army and the Rapid Support Forces signed a seven-day ceasefire late on Saturday, \
Saudi Arabia and the United States said in a joint statement. The truce is to take effect on Monday at 9:45 p.m. Khartoum time.

Under the agreement, both sides will withdraw forces from hospitals and allow humanitarian aid to pass.

At least 705 people have been killed and 5,287 injured since the fighting began on April 15, according to the World \
Health Organization.

"We will respect the truce if the other side does," an army spokesman said in Khartoum.
"""

pytestmark = pytest.mark.slow


def briefing(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a root folder; `notebooks/` is the project's own."""
    command = Path(sys.executable).with_name("briefing")
    return subprocess.run(
        [command, "--root", root, *arguments], capture_output=True, text=True, timeout=540, check=False, cwd=PROJECT
    )


def copy_seeds(root: Path) -> Path:
    shutil.copytree(PROJECT / "seeds", root / "seeds")
    return root


def edition_of(result: subprocess.CompletedProcess[str]) -> Path:
    """The folder that a run says it made; a part of the notebooks has a folder of its own."""
    return Path(result.stdout.strip().splitlines()[-1])


def hashes(edition: Path, *suffixes: str) -> dict[str, str]:
    """SHA-256 of each file with one of the suffixes."""
    files = sorted(path for path in edition.iterdir() if path.suffix in suffixes)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of the seed article, made once."""
    root = copy_seeds(tmp_path_factory.mktemp("seed"))
    result = briefing(root, "run")
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip().endswith("2024-10-30")
    return root


def test_six_briefings_with_their_data_are_there(seed: Path) -> None:
    edition = seed / "reports" / "2024-10-30"
    expected = {f"{name}.{suffix}" for name in NAMES for suffix in ("pdf", "html", "ipynb")} | set(DATA)
    assert expected <= {path.name for path in edition.iterdir()}
    assert (seed / "reports" / "index.html").is_file()


def test_the_committed_edition_is_made_again_byte_for_byte(seed: Path) -> None:
    kinds = (".pdf", ".html", ".docx", ".csv", ".jsonl")
    committed, made = (hashes(root / "reports" / "2024-10-30", *kinds) for root in (PROJECT, seed))
    assert len(committed) >= 2 * len(NAMES)
    assert made == committed, "run: briefing run --force, look at the pages, commit reports/2024-10-30"


def test_page_one_stands_alone(seed: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(seed / "reports" / "2024-10-30" / "10_situation.pdf") as pdf:
        page = " ".join((pdf.pages[0].extract_text() or "").split())
        assert 2 <= len(pdf.pages) <= 6
    for words in [
        "Situation as of 30 October 2024", "Naim Qassem", "Nasrallah", "under the conditions", "1,754", "37", "1,200", "93",
        "43,163", "Lebanese Health Ministry", "two hospitals", "1.7 million", "80%", "Litani", "Hamas",
    ]:  # fmt: skip
        assert words.lower() in page.lower(), words


def test_a_second_run_uses_the_edition_again_and_says_so(seed: Path) -> None:
    before = hashes(seed / "reports" / "2024-10-30", ".pdf", ".html", ".json")
    result = briefing(seed, "run")
    assert result.returncode == 0
    assert "nothing has changed" in result.stderr + result.stdout
    assert hashes(seed / "reports" / "2024-10-30", ".pdf", ".html", ".json") == before


def test_two_builds_of_the_same_inputs_give_the_same_bytes(seed: Path, tmp_path: Path) -> None:
    result = briefing(copy_seeds(tmp_path), "run", "10_situation")
    assert result.returncode == 0, result.stderr
    ours = hashes(edition_of(result), ".pdf", ".html")
    theirs = hashes(seed / "reports" / "2024-10-30", ".pdf", ".html")
    assert ours == {name: theirs[name] for name in ours}
    assert len(ours) == 2


def test_another_war_flows_through_without_a_change_of_code(tmp_path: Path) -> None:
    article = tmp_path / "jeddah.txt"
    article.write_text(OTHER_WAR, encoding="utf-8")
    root = tmp_path / "root"
    assert briefing(root, "add", str(article), "--publisher", "Example News").returncode == 0
    result = briefing(root, "run", "10_situation", "30_negotiations")
    assert result.returncode == 0, result.stderr
    edition = edition_of(result)
    assert edition.name.startswith("2023-05-21"), "dated by its dateline"
    content = json.loads((edition / "briefing.json").read_text(encoding="utf-8"))
    assert [track["track"] for track in content["tracks"]][:1] == ["sudan"]
    assert any("705" in figure["text"] for figure in content["figures"])


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["run", "--set", "colour=red"], 2, "no notebook has a parameter"),
        (["run", "--set", "period_days=many"], 2, "period_days"),
        (["run", "--as-of", "yesterday"], 2, "YYYY-MM-DD"),
        (["run", "99_nothing"], 2, "99_nothing"),
    ],
)
def test_bad_arguments_get_one_line_and_leave_everything(seed: Path, arguments, status, message) -> None:
    before = hashes(seed / "reports" / "2024-10-30", ".pdf", ".html", ".json")
    result = briefing(seed, *arguments)
    assert result.returncode == status, result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert hashes(seed / "reports" / "2024-10-30", ".pdf", ".html", ".json") == before


def test_a_changed_document_stops_the_run_and_leaves_the_edition(seed: Path, tmp_path: Path) -> None:
    root = tmp_path / "changed"
    shutil.copytree(seed, root)
    document = next((root / "seeds" / "documents").glob("*.txt"))
    document.write_text(document.read_text(encoding="utf-8") + "More.", encoding="utf-8")
    before = hashes(root / "reports" / "2024-10-30", ".pdf")
    result = briefing(root, "run")
    assert result.returncode == 1
    assert "changed since it was recorded" in result.stderr
    assert hashes(root / "reports" / "2024-10-30", ".pdf") == before

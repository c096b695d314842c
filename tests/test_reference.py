"""Reference series: fetched once, kept, refused when changed; and what claims are beside them."""

import functools
import hashlib
import http.server
import json
import os
import threading
from pathlib import Path

import pandas as pd
import pytest

from analysis.claims import fetch, gather
from analysis.claims.figures import prepare_figures
from analysis.claims.marks import mark_claims
from analysis.claims.reference import REFERENCE, find_broken_days, load_declarations, load_reference
from analysis.errors import RecordError
from tests.builders import figure, frame

DATA = os.environ.get("BRIEFING_REFERENCE_DATA", "")
PROJECT = Path(__file__).parent.parent
real_data = pytest.mark.skipif(not DATA, reason="set BRIEFING_REFERENCE_DATA to the folder with the real files")
DECLARATION = """
- id: westland
  title: Westland, health ministry
  url: URL/westland.json
  date: day
  no_report: {field: hours, value: 0}
  since: 2024-01-01
  places: [Westland]
  sources: [westland health ministry]
  columns:
    - {field: total, measure: killed, scope: cumulative}
    - {field: deep.new, measure: killed, scope: new_in_period}
"""
ROWS = [
    {"day": "2024-10-27", "hours": 24, "total": 2700, "deep": {"new": 10}},
    {"day": "2024-10-28", "hours": 24, "total": 2710, "deep": {"new": 10}},
    {"day": "2024-10-29", "hours": 24, "total": 2792, "deep": {"new": 80}},
    {"day": "2024-10-30", "hours": 24, "total": 2822, "deep": {"new": 30}},
    {"day": "2024-10-31", "hours": 0, "total": 2822, "deep": {"new": 0}},
]


class Server:
    """A folder served on the loopback, counting its requests."""

    def __init__(self, folder: Path) -> None:
        self.requests: list[str] = []
        outer = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *parts: object) -> None:
                outer.requests.append(self.path)

        self.server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))
        )
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def serve(folder: Path):
    server = Server(folder)
    yield server
    server.stop()


@pytest.fixture
def served(tmp_path):
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "westland.json").write_text(json.dumps(ROWS))
    yield from serve(folder)


@pytest.fixture
def root(tmp_path, served):
    (tmp_path / "seeds").mkdir()
    (tmp_path / REFERENCE).write_text(DECLARATION.replace("URL", served.url))
    return tmp_path


def test_rows_are_read_up_to_the_cut_off_without_days_nobody_reported(root):
    rows, loaded = load_reference(root, "2024-10-29")
    assert rows["date"].max() == "2024-10-29"
    assert loaded[0].rows == 6
    everything, _ = load_reference(root)
    assert "2024-10-31" not in set(everything["date"])


def test_second_load_asks_nobody(root, served):
    load_reference(root)
    served.stop()
    rows, loaded = load_reference(root)
    assert len(rows) == 8
    assert loaded[0].problem is None


def test_unreachable_series_is_not_loaded_and_says_so(root, served):
    served.stop()
    rows, loaded = load_reference(root)
    assert rows.empty
    assert "not loaded" in loaded[0].problem


def test_offline_fetches_nothing(root, served, monkeypatch):
    monkeypatch.setenv(fetch.OFFLINE, "1")
    _, loaded = load_reference(root)
    assert "not loaded" in loaded[0].problem
    assert served.requests == []


def test_file_other_than_the_pinned_one_is_refused(root, tmp_path):
    pin = hashlib.sha256(b"another file").hexdigest()
    text = (tmp_path / REFERENCE).read_text()
    (tmp_path / REFERENCE).write_text(text.replace("  date: day", f"  sha256: {pin}\n  date: day"))
    rows, loaded = load_reference(root)
    assert rows.empty
    assert "pinned" in loaded[0].problem


def test_kept_file_that_was_tampered_with_is_fetched_again(root):
    load_reference(root)
    kept = next(path for path in (root / fetch.FOLDER).iterdir() if not path.suffix)
    kept.write_text("[]")
    assert len(load_reference(root)[0]) == 8


def test_file_that_is_not_as_declared_is_not_loaded(root, tmp_path):
    (tmp_path / "web" / "westland.json").write_text('{"total": "<html>"}')
    _, loaded = load_reference(root)
    assert "not the json declared" in loaded[0].problem


def test_other_schemes_are_never_opened(tmp_path):
    with pytest.raises(fetch.FetchError, match="only http"):
        fetch.fetch("file:///etc/hostname", tmp_path)


def test_declaration_without_columns_names_the_field(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / REFERENCE).write_text("- {id: x, title: x, url: http://x, date: day, places: [], sources: []}")
    with pytest.raises(RecordError, match="columns"):
        load_declarations(tmp_path)


def test_days_whose_new_dead_are_not_the_change_of_the_total(root):
    broken = find_broken_days(load_reference(root)[0])
    assert broken[["date", "reported_new", "change"]].to_numpy().tolist() == [["2024-10-29", 80, 82]]


BESIDE = [
    ({"value": 2822, "published": "2024-10-30"}, "exact", None),
    ({"value": 2822, "published": "2024-10-30", "as_of": "2024-10-29"}, "exact", None),
    ({"value": 2790, "published": "2024-10-30", "operator": "more_than"}, "stale", 1),
    ({"value": 2710, "published": "2024-10-30"}, "stale", 2),
    ({"value": 2800, "published": "2024-10-30", "operator": "more_than"}, "rounded", None),
    ({"value": 2999, "published": "2024-10-30"}, "different", None),
    ({"value": 2822, "published": "2024-12-30"}, "stale", 61),
    ({"value": 2900, "published": "2024-12-30"}, "not_covered", None),
    ({"value": 1754, "published": "2024-10-30", "period_start": "2024-09-23"}, "not_covered", None),
    ({"value": 2822, "published": "2024-10-30", "asserted_by": "A monitoring group"}, "not_covered", None),
    ({"value": 2822, "published": "2024-10-30", "place": "Eastland"}, "not_covered", None),
]


@pytest.mark.parametrize(("claim", "mark", "days"), BESIDE)
def test_marks(root, claim, mark, days):
    fields = {"place": "Westland", "asserted_by": "Westland's Health Ministry", "scope": "cumulative"} | claim
    claims = gather.gather_claims(prepare_figures(frame([figure("killed", fields.pop("value"), **fields)])))
    found = mark_claims(claims, load_reference(root)[0], load_declarations(root)).iloc[0]
    assert found["mark"] == mark
    assert pd.isna(found["days"]) if days is None else found["days"] == days


@pytest.fixture
def real_root(tmp_path):
    for server in serve(Path(DATA)):
        (tmp_path / "seeds").mkdir()
        text = (PROJECT / REFERENCE).read_text()
        base = text.split("url: ")[1].split("casualties_daily.json")[0]
        (tmp_path / REFERENCE).write_text(text.replace(base, f"{server.url}/"))
        yield tmp_path


@real_data
def test_real_files_give_the_known_days(real_root):
    rows, loaded = load_reference(real_root)
    assert [entry.problem for entry in loaded] == [None, None, None]
    day = rows[(rows["date"] == "2024-10-30") & (rows["scope"] == "cumulative") & (rows["basis"] == "reported_total")]
    found = day.set_index(["series", "measure"])["value"]
    assert found["gaza-ministry", "killed"] == 43163
    assert found["lebanon-ministry", "injured"] == 12937


@real_data
def test_seven_gaza_days_on_which_new_and_total_disagree(real_root):
    broken = find_broken_days(load_reference(real_root)[0])
    assert len(broken[(broken["series"] == "gaza-ministry") & (broken["measure"] == "killed")]) == 7

"""Reference data before a run: fetched once where it can be, without waiting where it cannot, said in the manifest's words."""

import time

import pytest

from analysis.claims import fetch
from analysis.run import reference
from analysis.run.layout import open_layout
from analysis.run.reference import NOT_REACHED, fetch_reference
from analysis.run.sandbox import preloaded
from tests.test_reference import root, served  # noqa: F401 - fixtures

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def jobs():
    """Guarded forks, as a run has them."""
    with preloaded() as made:
        yield made


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    """The server is on the loopback."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", fetch.OFFLINE):
        monkeypatch.delenv(name, raising=False)


def test_a_root_that_declares_none_asks_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(reference, "call_guarded", None)
    assert fetch_reference(open_layout(tmp_path), None, None) == []


def test_what_is_declared_is_fetched_once_and_then_kept(root, served, jobs):  # noqa: F811
    first, again = (fetch_reference(open_layout(root), jobs, "2024-10-30") for _ in range(2))
    assert first == again
    assert (first[0]["series"], first[0]["rows"], first[0]["problem"]) == ("westland", 8, None)
    assert first[0]["sha256"]
    assert len(served.requests) == 1


def test_a_server_that_is_gone_is_not_waited_for_and_said(root, served, jobs):  # noqa: F811
    served.stop()
    started = time.monotonic()
    (series,) = fetch_reference(open_layout(root), jobs, None)
    assert time.monotonic() - started < 10
    assert (series["problem"], series["sha256"]) == (NOT_REACHED, None)


def test_a_server_that_answers_nothing_is_not_waited_for(root, served, jobs, monkeypatch):  # noqa: F811
    """It takes the connection and says no more: the fetch has its deadline, and the run goes on."""
    import socket
    from dataclasses import replace

    served.stop()
    monkeypatch.setattr(reference, "FETCH", replace(reference.FETCH, run_seconds=3))
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        path = root / "seeds" / "reference.yml"
        path.write_text(path.read_text().replace(served.url, f"http://127.0.0.1:{silent.getsockname()[1]}"))
        (series,) = fetch_reference(open_layout(root), jobs, None)
    assert series["problem"] == NOT_REACHED


def test_offline_asks_nobody(root, served, jobs, monkeypatch):  # noqa: F811
    monkeypatch.setenv(fetch.OFFLINE, "1")
    (series,) = fetch_reference(open_layout(root), jobs, None)
    assert series["sha256"] is None
    assert served.requests == []

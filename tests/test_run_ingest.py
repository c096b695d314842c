"""Articles in bulk: every format, each article once, what cannot be read set aside, wherever it is extracted."""

import gzip
import json
import os

import pytest

from analysis.errors import UsageError
from analysis.run import extraction
from analysis.run.articles import Article, Rejected, read_articles
from analysis.run.ingest import ingest
from analysis.store import Store

PAGE = "<html><body><p>Two soldiers were killed in Taiz.</p></body></html>"


def write_warc(path, *answers):
    """A compressed WARC file with these HTTP answers."""
    records = []
    for number, answer in enumerate(answers):
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
            f"WARC-Date: 2024-05-01T10:00:00Z\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    path.write_bytes(b"".join(records))


def answer(body, *headers):
    """An HTTP answer with an HTML body."""
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", ""]).encode() + body


def test_every_format_is_read(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "a.txt").write_text("One was killed.")
    (tmp_path / "b.jsonl").write_text(json.dumps({"body": "Two were killed.", "title": "T"}) + "\n\n")
    pq.write_table(pa.table({"content": ["Three were killed."], "publisher": ["P"]}), tmp_path / "c.parquet")
    chunked = answer(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode()), "Transfer-Encoding: chunked")
    zipped = answer(gzip.compress(PAGE.encode()), "Content-Encoding: gzip")
    write_warc(tmp_path / "d.warc.gz", answer(PAGE.encode()), chunked, zipped)
    found = list(read_articles([str(tmp_path)]))
    assert [item.text.strip() for item in found[:3]] == ["One was killed.", "Two were killed.", "Three were killed."]
    assert {item.text.strip() for item in found[3:]} == {"Two soldiers were killed in Taiz."}
    assert len(found) == 6
    assert found[3].record == {"url": "https://example.org/0", "accessed": "2024-05-01"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""), ("latin.txt", b"\xe9t\xe9"), ("large.txt", b"x" * 5_000_001), ("bad.jsonl", b"{"),
        ("none.jsonl", b'{"text": ""}'), ("list.jsonl", b"[1]"), ("deep.jsonl", b"[" * 100_000), ("long.jsonl", b"x" * 6_000_000),
        ("torn.parquet", b"PAR1"), ("torn.warc.gz", b"\x1f\x8b\x08"), ("not.warc", b"hello\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path, name, content):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / name).write_bytes(content)
    (tmp_path / "z.txt").write_text("One was killed.")
    found = list(read_articles([str(tmp_path)]))
    assert [type(item) for item in found] == [Rejected, Article]
    assert name in found[0].source
    assert found[0].reason


def test_a_bomb_in_a_crawl_is_set_aside(tmp_path):
    bomb = answer(gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip")
    write_warc(tmp_path / "a.warc.gz", bomb, answer(PAGE.encode()))
    first, second = read_articles([str(tmp_path / "*.warc.gz")])
    assert "unpacks" in first.reason
    assert "Taiz" in second.text


def test_a_pattern_that_matches_nothing_is_an_error(tmp_path):
    with pytest.raises(UsageError, match="matches no file"):
        list(read_articles([str(tmp_path / "*.nothing")]))


class Stub:
    """An extractor that finds one figure in each text, and fails on one that asks for it."""

    def extract_all(self, documents):
        return ((document, *self.extract(document)) for document in documents)

    def extract(self, document):
        from analysis.facts import Figure, fact_identifier

        if "poison" in document.text:
            raise ValueError("cannot")
        if "kill me" in document.text:
            os.kill(os.getpid(), 9)
        figure = Figure(
            fact_id=fact_identifier(document.doc_id, "figure", 0, 3), doc=document.path, doc_id=document.doc_id, start=0,
            end=3, text=document.text[:3], measure="killed", published=document.published, extractor="stub",
        )  # fmt: skip
        return [figure], []


@pytest.fixture
def stub(monkeypatch):
    """The stub in the place of the extractor."""
    monkeypatch.setattr(extraction, "_load_extractor", lambda hand: Stub())


def write_articles(path, numbers, **extra):
    """JSON Lines of short articles."""
    entries = [
        {
            "text": f"Two were killed ({number}).",
            "url": f"https://example.org/{number}",
            "published": "2024-05-01",
            **extra,
        }
        for number in numbers
    ]
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    return str(path)


def test_each_article_is_taken_in_once(tmp_path, stub):
    first = write_articles(tmp_path / "a.jsonl", range(100))
    second = write_articles(tmp_path / "b.jsonl", range(50, 150))
    done = ingest(tmp_path, [first, first], "P")
    assert (done.taken, done.known) == (100, 100)
    done = ingest(tmp_path, [second], "P")
    assert (done.taken, done.known) == (50, 50)
    assert len(Store(tmp_path).known()) == 150


def test_an_edited_article_is_a_new_version_of_the_same(tmp_path, stub):
    ingest(tmp_path, [write_articles(tmp_path / "a.jsonl", [1])], "P")
    before = Store(tmp_path).version()
    line = {"text": "Six were killed.", "url": "https://example.org/1", "published": "2024-05-02"}
    (tmp_path / "a.jsonl").write_text(json.dumps(line) + "\n")
    ingest(tmp_path, [str(tmp_path / "a.jsonl")], "P")
    assert Store(tmp_path).known()["text"].tolist() == ["Six"]
    assert Store(tmp_path).known(version=before)["text"].tolist() == ["Two"]


def test_one_bad_article_does_not_take_its_batch_along(tmp_path, stub):
    from analysis.run.index import Index

    path = tmp_path / "a.jsonl"
    write_articles(path, range(10))
    with path.open("a") as lines:
        lines.write(json.dumps({"text": "poison"}) + "\n" + json.dumps({"text": "One.", "published": "May"}) + "\n")
    done = ingest(tmp_path, [str(path)], "P")
    assert (done.taken, done.set_aside) == (10, 2)
    reasons = [reason for _, reason in Index(tmp_path / ".briefing").quarantined()]
    assert any("cannot" in reason for reason in reasons)
    assert any("published" in reason for reason in reasons)


def test_adding_one_costs_the_same_in_a_large_index(tmp_path):
    """A look-up by key: no scan."""
    from analysis.run.index import Index

    index = Index(tmp_path)
    index.add((f"{number:064x}", "s") for number in range(100_000))
    plan = index.connection.execute("EXPLAIN QUERY PLAN SELECT 1 FROM articles WHERE key = ?", ("x",)).fetchone()
    assert "SEARCH" in plan[-1]
    assert index.knows(f"{99_999:064x}")
    assert not index.knows("x")


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_what_one_process_gives(tmp_path):
    """A LocalCluster, one worker killed in the middle."""
    distributed = pytest.importorskip("distributed")
    import threading
    import time

    from analysis.run.executors import Cluster

    path = write_articles(tmp_path / "a.jsonl", range(400))
    (tmp_path / "serial").mkdir()
    (tmp_path / "cluster").mkdir()
    ingest(tmp_path / "serial", [path], "P")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:

        def kill_one():
            time.sleep(4)
            next(iter(cluster.workers.values())).process.process._process.kill()

        threading.Thread(target=kill_one, daemon=True).start()
        done = ingest(tmp_path / "cluster", [path], "P", cluster=Cluster(cluster.scheduler_address))
    assert done.taken == 400
    serial, clustered = (Store(tmp_path / name).known() for name in ("serial", "cluster"))
    assert serial["fact_id"].tolist() == clustered["fact_id"].tolist()
    assert len(serial) > 0

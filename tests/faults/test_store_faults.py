"""The store and the ingestion killed while they write: every acknowledged fact is there, no batch is torn."""

import json
import random
import signal
import subprocess
import sys
import time

import pytest
from conftest import rounds

pytestmark = pytest.mark.slow

# Appends batches of three documents with two facts each and acknowledges a batch when the store has it.
WRITER = """
import sys
from analysis.documents import Document
from analysis.facts import Figure
from analysis.records import Record
from analysis.store import Entry, Store
store, turn = Store(sys.argv[1]), sys.argv[2]
def entry(number):
    document = Document(f"{number}.txt", f"Two killed, three hurt {number}.", "2024-10-30", "given")
    facts = [
        Figure(fact_id=f"{number}-{start}", doc=document.path, doc_id=document.doc_id, start=start, end=start + 3,
               text=document.text[start:start + 3], measure="killed", published="2024-10-30", extractor="test")
        for start in (0, 12)
    ]
    return Entry(Record(id=number, file=document.path, publisher="p"), document, facts, "r")
for batch in range(10_000):
    store.append([entry(f"{turn}-{batch}-{n}") for n in range(3)])
    print(f"{turn}-{batch}", flush=True)
"""


def test_store_killed_in_commit(tmp_path):
    """SIGKILL at random moments, then everything that was acknowledged is read back whole."""
    from analysis.store import Store

    acknowledged = set()
    for turn in rounds(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(turn)], stdout=subprocess.PIPE, text=True
        )
        acknowledged.add(writer.stdout.readline().strip())
        time.sleep(random.uniform(0, 0.5))
        writer.send_signal(signal.SIGKILL)
        acknowledged |= {line.strip() for line in writer.stdout.read().splitlines()}
        writer.wait()
        found = Store(tmp_path).known()["fact_id"].str.rsplit("-", n=2).str[0].value_counts()
        assert acknowledged <= set(found.index)
        assert set(found) == {6}, "a torn batch"


def test_ingestion_killed_and_started_again(tmp_path):
    """Killed at random moments and started again until it ends: each article once, as without the kills."""
    articles = tmp_path / "articles.jsonl"
    with articles.open("w") as lines:
        for number in range(150):
            text = f"At least {number + 2} people were killed in Omdurman, the army said."
            lines.write(
                json.dumps({"text": text, "url": f"https://example.org/{number}", "published": "2024-05-01"}) + "\n"
            )
    command = [sys.executable, "-c", "from analysis.cli import main; main()", "--root"]
    for _ in rounds(3):
        process = subprocess.Popen([*command, str(tmp_path / "killed"), "ingest", str(articles)])
        (tmp_path / "killed").mkdir(exist_ok=True)
        time.sleep(random.uniform(2, 7))
        process.kill()
        process.wait()
    (tmp_path / "whole").mkdir()
    for name in ("killed", "whole"):
        subprocess.run([*command, str(tmp_path / name), "ingest", str(articles)], check=True, timeout=200)
    from analysis.store import Store

    killed, whole = (Store(tmp_path / name).known() for name in ("killed", "whole"))
    assert killed["fact_id"].tolist() == whole["fact_id"].tolist()
    assert killed["doc_id"].nunique() == 150

"""How fast the extractor reads: against a bare parse of the same texts by the same model, in one process, in alternating rounds.

Texts are this project's own composed articles, repeated until there is enough of them. Prints seconds of CPU, the ratio, the time
to load, and the peak memory; then whether memory stays flat.
"""

import resource
import statistics
import time
from pathlib import Path

from analysis.documents import Document
from analysis.extract.pipeline import BATCH, Extractor, load_language

TESTS = Path(__file__).parent.parent
ROUNDS = 5
WORDS = 40_000


def collect_texts() -> list[str]:
    """The seed and every composed article, over and over, up to WORDS words."""
    folders = [
        TESTS.parent / "seeds" / "documents",
        TESTS / "corpus",
        TESTS / "corpus_chronicle" / "seeds" / "documents",
    ]
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]
    words = sum(len(text.split()) for text in texts)
    return texts * max(1, WORDS // words)


def measure(action) -> float:
    """Seconds of CPU that an action takes."""
    start = time.process_time()
    action()
    return time.process_time() - start


def main() -> None:
    """Run and print."""
    start = time.perf_counter()
    extractor = Extractor()
    loaded = time.perf_counter() - start
    texts = collect_texts()
    documents = [Document(f"{number}.txt", text, "2024-11-01", "given") for number, text in enumerate(texts)]
    bare = load_language()
    pairs = []
    for _ in range(ROUNDS):
        parse = measure(lambda: sum(len(doc) for doc in bare.pipe(texts, batch_size=BATCH)))
        extract = measure(lambda: sum(len(facts) for _, facts, _ in extractor.extract_all(documents)))
        pairs.append((parse, extract))
    ratio = statistics.median(extract / parse for parse, extract in pairs)
    words = sum(len(text.split()) for text in texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"extract: {len(texts)} articles, {words:,} words; load {loaded:.2f} s; peak memory {peak:.0f} MB (two models)"
    )
    print(f"extract: bare parse {statistics.median(p for p, _ in pairs):.1f} s, extraction "
          f"{statistics.median(e for _, e in pairs):.1f} s of CPU; ratio {ratio:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()

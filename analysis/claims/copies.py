"""One report printed by several publishers counts as one source: copies are found by shared runs of words.

A text is cut into overlapping runs of words (shingles). Of all shingles a fixed sample is compared, chosen by their hash, so
that the same texts give the same answer on every machine. The earliest document of a set of copies, of one day the one that
does not name another as its origin, is the **report**; a copy points to it with `copy_of`.
"""

from itertools import chain

import numpy as np
import pandas as pd

SHINGLE_WORDS = 6
# Every fourth shingle, so that a short item of 80 words still has about twenty.
SAMPLE = 4
# A shingle in more documents than that is boilerplate ("the ministry said in a statement on Tuesday").
COMMON_DOCUMENTS = 20
# Share of the shorter text found in the longer one: of undeclared copies, and where a record says from whom the text came.
COPIED_SHARE = 0.5
DECLARED_SHARE = 0.2
# Fewer shared shingles than that are a quotation or chance.
FEWEST_SHARED = 4
_NO_MARKS = str.maketrans(dict.fromkeys(".,;:!?\"'“”‘’()[]", " "))
_MIX = np.uint64(0x9E3779B97F4A7C15)


def find_copies(documents: pd.DataFrame) -> pd.DataFrame:
    """Copies among documents (columns `doc_id`, `text`, `published`, `publisher`, `syndicated_from`; one row a document).

    One row a copy: `doc_id`, `publisher`, `copy_of` (doc_id of the earliest of its set), `shared` (share of the shorter text,
    0-1), `declared` (whether a record says so). Documents without a copy have no row.
    """
    held = documents.drop_duplicates("doc_id").copy()
    held = held.assign(day=held["published"].fillna("9999"), second=held["syndicated_from"].notna())
    held = held.sort_values(["day", "second", "doc_id"], kind="stable")
    held = held.reset_index(drop=True)
    pairs = _score_pairs(held)
    pairs["declared"] = _is_declared(held, pairs)
    copied = pairs[(pairs["shared"] >= COPIED_SHARE) | (pairs["declared"] & (pairs["shared"] >= DECLARED_SHARE))]
    copied = copied.sort_values(["second", "first"], kind="stable")
    return _point_to_reports(held, copied)


def mark_copies(facts: pd.DataFrame, documents: pd.DataFrame | None = None) -> pd.DataFrame:
    """The facts with `copy_of` (doc_id of the report of which their document is a copy; None for all others).

    Without the documents' texts, the words of each document's facts stand in for them.
    """
    texts = join_facts(facts) if documents is None else documents[documents["doc_id"].isin(facts["doc_id"])]
    copies = find_copies(texts)
    reports = copies.set_index("doc_id")["copy_of"]
    found = facts["doc_id"].map(reports).astype(object)
    return facts.assign(copy_of=found.where(found.notna(), None))


def join_facts(facts: pd.DataFrame) -> pd.DataFrame:
    """A stand-in for the documents: the words of their statements, figures and events, in order."""
    columns = ["doc_id", "published", "publisher", "syndicated_from"]
    told = facts.loc[facts["kind"].isin(["statement", "figure", "event"]), [*columns, "start", "text"]]
    told = told.sort_values(["doc_id", "start"], kind="stable")
    codes, names = pd.factorize(told["doc_id"])
    ends = np.searchsorted(codes, np.arange(len(names)), side="right").tolist()
    words = told["text"].tolist()
    texts = [" ".join(words[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    return told[columns].drop_duplicates("doc_id").assign(text=texts).reset_index(drop=True)


def _score_pairs(held: pd.DataFrame) -> pd.DataFrame:
    """Pairs of rows with shared shingles: `first` < `second` (rows), `shared` (share of the shorter text's sample)."""
    shingles = _sample_shingles(held["text"])
    sizes = np.bincount(shingles["row"], minlength=len(held))
    spread = shingles.groupby("shingle")["row"].transform("size")
    kept = shingles[(spread > 1) & (spread <= COMMON_DOCUMENTS)]
    pairs = kept.merge(kept, on="shingle", suffixes=("", "_other"))
    pairs = pairs[pairs["row"] < pairs["row_other"]].groupby(["row", "row_other"]).size().rename("common").reset_index()
    pairs = pairs[pairs["common"] >= FEWEST_SHARED].rename(columns={"row": "first", "row_other": "second"})
    shorter = np.minimum(sizes[pairs["first"]], sizes[pairs["second"]])
    return pairs.assign(shared=pairs["common"] / shorter).reset_index(drop=True)


def _sample_shingles(texts: pd.Series) -> pd.DataFrame:
    """A sample of each text's shingles as hashes: `row` (position of the text), `shingle`; each once a text."""
    words = [text.translate(_NO_MARKS).lower().split() for text in texts.fillna("")]
    rows = np.repeat(np.arange(len(words)), np.fromiter(map(len, words), np.int64, len(words)))
    codes, vocabulary = pd.factorize(np.array(list(chain.from_iterable(words)), dtype=object))
    numbers = pd.util.hash_array(np.asarray(vocabulary, dtype=object))[codes] if len(codes) else np.zeros(0, np.uint64)
    if len(numbers) < SHINGLE_WORDS:
        return pd.DataFrame({"row": np.zeros(0, np.int64), "shingle": np.zeros(0, np.uint64)})
    length = len(numbers) - SHINGLE_WORDS + 1
    hashes = np.zeros(length, dtype=np.uint64)
    for offset in range(SHINGLE_WORDS):
        hashes = (hashes ^ numbers[offset : offset + length]) * _MIX
    whole = rows[:length] == rows[SHINGLE_WORDS - 1 :]
    chosen = whole & ((hashes >> np.uint64(32)) % np.uint64(SAMPLE) == 0)
    return pd.DataFrame({"row": rows[:length][chosen], "shingle": hashes[chosen]}).drop_duplicates()


def _is_declared(held: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """Whether the records of a pair name one agency: both printed from it, or one from the other's publisher."""
    origin = held["syndicated_from"].where(held["syndicated_from"].notna(), held["publisher"]).astype(object)
    named = held["syndicated_from"].notna().to_numpy()
    first, second = pairs["first"].to_numpy(), pairs["second"].to_numpy()
    same = origin.to_numpy()[first] == origin.to_numpy()[second]
    return pd.Series(same & (named[first] | named[second]), pairs.index)


def _point_to_reports(held: pd.DataFrame, copied: pd.DataFrame) -> pd.DataFrame:
    """Each copy with the earliest document of its set; a copy of a copy points to the report as well."""
    report: dict[int, int] = {}
    rows = []
    for pair in copied.drop_duplicates("second").itertuples():
        report[pair.second] = report.get(pair.first, pair.first)
        rows.append((pair.second, report[pair.second], pair.shared, pair.declared))
    found = pd.DataFrame(rows, columns=["row", "report", "shared", "declared"])
    copies, ids = held.iloc[found["row"].to_numpy(dtype=int)], held["doc_id"].to_numpy(dtype=object)
    return pd.DataFrame({
        "doc_id": copies["doc_id"].to_numpy(dtype=object), "publisher": copies["publisher"].to_numpy(dtype=object),
        "copy_of": ids[found["report"].to_numpy(dtype=int)], "shared": found["shared"].round(3),
        "declared": found["declared"].astype(bool),
    })  # fmt: skip

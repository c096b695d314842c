"""Evidence as HTML: the note in the list, the card that opens beside a number, the whole document with its cited words marked."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from analysis.publish.blocks import Block
from analysis.publish.document import Document
from analysis.publish.evidence import join_passages
from analysis.publish.house import House, format_day
from analysis.publish.markdown import safe_link
from analysis.publish.markup import clean, element, joined
from analysis.publish.notes import cited_spans, note_words, passage_text

RELIABILITY = {"A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
               "E": "unreliable", "F": "cannot be judged"}  # fmt: skip
NOT_STANDING = frozenset({"superseded", "corrected", "retracted", "disputed"})
BASIS = {
    "stated": "as the document states",
    "given": "",
    "inferred": "inferred; the document states none",
    "unknown": "not known",
}


def write_note(document: Document, number: int, language: str) -> Markup:
    """One entry of the list of evidence: the same words as the PDF's footnote."""
    records = document.notes[number]
    printed, words, said, identifiers = note_words(records, language)
    link = element("a", "In the document", href=f"#at-{identifiers[0]}") if _held(document, records[0]) else None
    named = element("span", f"[{', '.join(identifiers)}]", class_="id")
    return element("li", f"{printed}: ", element("q", words, dir="auto"), f" – {said}" if said else "", " ", named, " ", link,
                   value=number, id=f"note-{number}")  # fmt: skip


def _held(document: Document, record: Block) -> bool:
    parts = (document.documents.get(record["doc_id"]) or {}).get("parts") or ()
    return any(part["offset"] <= record["start"] < part["offset"] + len(part["text"]) for part in parts)


def write_cards(document: Document, house: House) -> Markup:
    """A card for every cited passage; each opens beside its number."""
    return joined(_card(document, records, number, house) for number, records in document.notes.items())


def _card(document: Document, records: list[Block], number: int, house: House) -> Markup:
    first = records[0]
    rows = [
        part
        for name, values in _card_rows(records, house.language)
        if values
        for part in (element("dt", name), element("dd", *_apart(values)))
    ]
    link = (
        element("a", "Read it in the whole document", href=f"#at-{first['fact_id']}")
        if _held(document, first)
        else element("span")
    )
    close = element("button", "Close", type="button", popovertarget=f"card-{number}", popovertargetaction="hide")
    return element("div", _passage(records), element("dl", *rows), element("p", link, " ", close, class_="foot"),
                   id=f"card-{number}", popover="auto", role="group", aria_label=f"Evidence {number}")  # fmt: skip


def _passage(records: list[Block]) -> Markup:
    """The sentence with its cited words marked."""
    text, offset = passage_text(records)
    pieces: list[Markup | str] = []
    reach = 0
    for start, end in cited_spans(records, offset):
        pieces += [text[reach:start], element("mark", text[max(start, reach) : end])]
        reach = end
    cut = str(records[0].get("before") or "").startswith("…")
    return element("blockquote", "…" if cut else "", *pieces, text[reach:], dir="auto")


def _apart(values: list[Any]) -> list[Any]:
    """Values with a stop between them."""
    return [part for value in values for part in ("; ", value)][1:]


def _each(records: list[Block], value: Callable[[Block], Any]) -> list[Any]:
    """What a function gives for the records, each once, without empty ones."""
    return [found for found in dict.fromkeys(value(record) for record in records) if found]


def _card_rows(records: list[Block], language: str) -> list[tuple[str, list[Any]]]:
    first = records[0]
    # A term has a status of its own (proposed, agreed); only what no longer stands is told.
    return [
        ("Said by", _each(records, lambda r: r.get("asserted_by")) or ["nobody named; the text itself says so"]),
        ("Passed on by", _each(records, lambda r: ", ".join(r.get("relayed_by") or ()))),
        ("Corroborated by", _each(records, lambda r: ", ".join(r.get("corroborated_by") or ()))),
        ("Caveat", _each(records, lambda r: r.get("caveat"))),
        ("As of", _each(records, lambda r: format_day(r.get("as_of"), language))),
        ("Published by", [_publication(first, language)]), ("Reliability", [_reliability(first.get("reliability"))]),
        ("Status", _each(records, lambda r: r.get("status") if r.get("status") in NOT_STANDING else "")),
        ("Where", ["characters " + ", ".join(_each(records, lambda r: f"{r['start']:,}–{r['end']:,}"))]),
        ("Fact" if len(records) == 1 else "Facts", [element("span", ", ".join(r["fact_id"] for r in records), class_="id")]),
    ]  # fmt: skip


def _reliability(letter: Any) -> str:
    return f"{letter}: {RELIABILITY[letter]}" if letter in RELIABILITY else "not rated"


def _publication(record: Block, language: str) -> Markup:
    title = record.get("title")
    named = title and (
        element("a", title, href=record["url"], rel="noopener noreferrer") if safe_link(record.get("url")) else title
    )
    basis = BASIS.get(str(record.get("published_basis")), "")
    day = format_day(record.get("published"), language) or "undated"
    return joined([record.get("publisher") or "unknown publisher", *([": ", named] if named else []), f", {day}",
                   f" ({basis})" if basis else ""])  # fmt: skip


def write_documents(document: Document, house: House) -> list[Markup]:
    """The documents, their cited words marked; only passages where the house prints no whole documents."""
    return [_document(held, document, house) for held in document.documents.values()]


def _document(held: Block, document: Document, house: House) -> Markup:
    records = document.cited_by_document.get(held["doc_id"], [])
    parts = [_mark_text(part["text"], part["offset"], records) for part in _printed_parts(held, records, house)]
    gap = element("p", "[…]") if len(parts) > 1 else None
    inside = [element("div", part, class_="text", dir="auto") for part in parts]
    spaced = [piece for part in inside for piece in (part, gap)]
    heading = held.get("title") or held.get("publisher") or "Document"
    head = element(
        "header",
        element("h3", heading),
        element("p", _publication({**held, "title": None}, house.language), class_="note"),
    )
    return element(
        "article", head, *(spaced[:-1] if gap else inside), class_="document", id=f"document-{held['doc_id'][:12]}"
    )


def _printed_parts(held: Block, records: list[Block], house: House) -> list[Block]:
    """The document's parts; only sentences around cited words where the house prints no whole documents."""
    if house.evidence == "full" or len(held["parts"]) != 1:
        return held["parts"]
    text, length = held["parts"][0]["text"], held["length"]
    spans = [(int(record["start"]), int(record["end"])) for record in records]
    return [{"offset": first, "text": text[first:last]} for first, last in join_passages(spans, length)]


def _mark_text(text: str, offset: int, records: list[Block]) -> Markup:
    """Text with every record's words marked. Spans may overlap: the text is cut wherever one begins or ends, and each piece
    is marked once; the first piece of a record carries its anchor."""
    spans = [(int(r["start"]) - offset, int(r["end"]) - offset, r["fact_id"]) for r in records]
    spans = sorted(span for span in spans if span[0] >= 0 and span[1] <= len(text))
    cuts = sorted({0, len(text), *(edge for span in spans for edge in span[:2])})
    begins: dict[int, list[str]] = {}
    for start, _, fact in spans:
        begins.setdefault(start, []).append(fact)
    pieces, reach = [], 0
    for first, last in pairwise(cuts):
        reach = max([reach, *(end for start, end, _ in spans if start == first)]) if first in begins else reach
        piece = element("mark", text[first:last]) if first < reach else clean(text[first:last])
        for fact in begins.get(first, ()):
            piece = element("span", piece, id=f"at-{fact}", class_="at")
        pieces.append(piece)
    return joined(pieces)

"""Evidence as HTML: the note in the list, the card that opens beside a number, the whole document with its cited words marked."""

from itertools import pairwise
from typing import Any

from markupsafe import Markup

from analysis.publish.blocks import Block
from analysis.publish.document import Document, note_words
from analysis.publish.evidence import join_passages
from analysis.publish.house import House, format_day
from analysis.publish.markdown import safe_link
from analysis.publish.markup import clean, element, joined

RELIABILITY = {"A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
               "E": "unreliable", "F": "cannot be judged"}  # fmt: skip
NOT_STANDING = frozenset({"superseded", "corrected", "retracted", "disputed"})
BASIS = {
    "stated": "as the document states",
    "given": "",
    "inferred": "inferred; the document states none",
    "unknown": "not known",
}


def write_note(document: Document, fact: str, number: int, language: str) -> Markup:
    """One entry of the list of evidence: the same words as the PDF's footnote."""
    record = document.evidence[fact]
    printed, words, said, identifier = note_words(record, language)
    link = element("a", "In the document", href=f"#at-{fact}") if _held(document, record) else None
    return element("li", f"{printed}: ", element("q", words, dir="auto"), f" – {said}" if said else "", " ",
                   element("span", f"[{identifier}]", class_="id"), " ", link, value=number, id=f"note-{number}")  # fmt: skip


def _held(document: Document, record: Block) -> bool:
    parts = (document.documents.get(record["doc_id"]) or {}).get("parts") or ()
    return any(part["offset"] <= record["start"] < part["offset"] + len(part["text"]) for part in parts)


def write_cards(document: Document, house: House) -> Markup:
    """A card for every cited fact; each opens beside its number."""
    return joined(_card(document, fact, number, house) for fact, number in document.numbers.items())


def _card(document: Document, fact: str, number: int, house: House) -> Markup:
    record = document.evidence[fact]
    quote = element("blockquote", record["before"], element("mark", record["words"]), record["after"], dir="auto")
    rows = [
        part
        for name, value in _card_rows(record, house.language)
        if value
        for part in (element("dt", name), element("dd", value))
    ]
    link = (
        element("a", "Read it in the whole document", href=f"#at-{fact}")
        if _held(document, record)
        else element("span")
    )
    close = element("button", "Close", type="button", popovertarget=f"card-{number}", popovertargetaction="hide")
    return element("div", quote, element("dl", *rows), element("p", link, " ", close, class_="foot"), id=f"card-{number}",
                   popover="auto", role="group", aria_label=f"Evidence {number}")  # fmt: skip


def _card_rows(record: Block, language: str) -> list[tuple[str, Any]]:
    passed = ", ".join(record.get("relayed_by") or ())
    confirmed = ", ".join(record.get("corroborated_by") or ())
    status = record.get(
        "status"
    )  # a term has a status of its own (proposed, agreed); only what no longer stands is told
    return [
        ("Said by", record.get("asserted_by") or "nobody named; the text itself says so"), ("Passed on by", passed),
        ("Corroborated by", confirmed), ("Caveat", record.get("caveat")), ("As of", format_day(record.get("as_of"), language)),
        ("Published by", _publication(record, language)), ("Reliability", _reliability(record.get("reliability"))),
        ("Status", status if status in NOT_STANDING else ""),
        ("Where", f"characters {record['start']:,}–{record['end']:,}"), ("Fact", element("span", record["fact_id"], class_="id")),
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
    records = [
        record
        for fact, record in document.evidence.items()
        if fact in document.numbers and record["doc_id"] == held["doc_id"]
    ]
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

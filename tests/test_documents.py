"""Reading files: text as it is, other formats kept as read, hostile files named and refused."""

import io
import zipfile
from pathlib import Path

import pytest

from analysis.documents import read_document
from analysis.errors import DocumentError


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def docx(xml: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", xml)
    return buffer.getvalue()


def test_text_is_the_file_without_its_mark_and_with_its_newlines(tmp_path: Path) -> None:
    document = read_document(write(tmp_path / "a.txt", b"\xef\xbb\xbfOne\r\ntwo \xe2\x80\x9cthree\xe2\x80\x9d\n"))
    assert document.text == "One\r\ntwo “three”\n"


def test_html_gives_its_paragraphs_and_keeps_them_beside_the_file(tmp_path: Path) -> None:
    page = b"<html><script>alert(1)</script><body><nav>Menu</nav><article><h1>Talks</h1><p>Two <b>men</b>\n met.</p></article>"
    path = write(tmp_path / "a.html", page)
    assert read_document(path).text == "Talks\n\nTwo men met.\n"
    (tmp_path / "a.html.kept").write_text("Talks\n\nkept text\n", encoding="utf-8")
    assert read_document(path).text == "Talks\n\nkept text\n"


def test_docx_gives_its_paragraphs(tmp_path: Path) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = f"<w:document {space}><w:p><w:t>One</w:t><w:t> two.</w:t></w:p><w:p/></w:document>".encode()
    assert read_document(write(tmp_path / "a.docx", docx(xml))).text == "One two.\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"\n", "empty"),
        ("latin.txt", "café".encode("latin-1"), "not UTF-8"),
        ("large.txt", b"x" * 5_000_001, "larger than"),
        ("nested.html", b"<div>" * 200_000, "no "),
        ("bomb.docx", docx(b" " * 30_000_000), "unpacks to"),
        ("fake.docx", b"PK not a zip", "no Word document"),
        ("entities.docx", docx(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'), "no "),
    ],
)
def test_what_is_no_article_is_refused_by_name(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = write(tmp_path / name, content)
    with pytest.raises(DocumentError, match=message) as error:
        read_document(path)
    assert name in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"nope\.txt: cannot be read"):
        read_document(tmp_path / "nope.txt")

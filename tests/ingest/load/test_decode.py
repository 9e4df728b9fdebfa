"""From bytes to text."""

import pytest

from ingest.errors import RefusedFile
from ingest.load.decode import declared_charset, decode

TEXT = "Grüße – façade €5"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_comes_back_from_every_usual_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_a_declared_encoding_counts_where_the_bytes_are_not_utf8() -> None:
    assert decode("Łódź".encode("iso-8859-2"), declared="iso-8859-2") == "Łódź"
    assert decode("Łódź".encode(), declared="iso-8859-2") == "Łódź"


def test_an_unknown_declaration_is_no_obstacle() -> None:
    assert decode("café".encode("cp1252"), declared="klingon") == "café"


def test_latin_one_is_read_as_browsers_read_it() -> None:
    assert decode("“quoted”".encode("cp1252"), declared="iso-8859-1") == "“quoted”"


@pytest.mark.parametrize(
    "head",
    [
        b'<meta charset="windows-1250">',
        b"<META http-equiv=Content-Type content='text/html; charset=windows-1250'>",
        b'<?xml version="1.0" encoding="windows-1250"?>',
    ],
)
def test_a_page_declares_its_charset(head: bytes) -> None:
    assert declared_charset(head) == "windows-1250"


def test_what_holds_nul_characters_is_no_text() -> None:
    with pytest.raises(RefusedFile, match="corrupt"):
        decode(b"\x89PNG\r\n\x00\x00\x00\xff\x00word")

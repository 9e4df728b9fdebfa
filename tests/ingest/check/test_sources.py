from __future__ import annotations

from ingest.check.sources import keys
from tests.ingest.check.documents import document, said

DECLARED = "sources: [{key: P1, title: Rules}, {key: P12, title: List}]"


def test_a_text_that_relies_on_its_sources_is_right() -> None:
    assert said(keys([document("a.md", DECLARED, "CERN buys (P1, undated page; P12).")])) == []


def test_a_key_that_is_not_declared_is_shown_with_its_line() -> None:
    text = "CERN buys (P1, P12)\nand lists (P2)."
    source = f"---\n{DECLARED}\n---\n{text}"
    assert said(keys([document("a.md", DECLARED, text, source=source)])) == [
        ("a.md", 5, "error", "the text relies on P2, which is none of the document's sources")
    ]


def test_a_key_that_another_document_declares_is_not_declared_here() -> None:
    other = document("b.md", "sources: [{key: K1, title: Spin-offs}]", "No shares (K1).")
    assert said(keys([document("a.md", "", "No shares (K1)."), other])) == [
        ("a.md", None, "error", "the text relies on K1, which is none of the document's sources")
    ]


def test_what_only_looks_like_a_key_is_let_be() -> None:
    assert said(keys([document("a.md", DECLARED, "Emissions (CO2, F4E) of P1 (see P2 below) and P12.")])) == []


def test_sources_that_the_text_does_not_use_are_shown_together() -> None:
    declared = "sources: [{key: P1, title: A}, {key: P2, title: B}, {key: P3, title: C}, {key: P31, title: D}]"
    assert said(keys([document("a.md", declared, "CERN buys (P31) | P2 (2018).")])) == [
        ("a.md", 2, "warning", "the text does not use P1, P3")
    ]


def test_a_file_that_could_not_be_read_uses_nothing() -> None:
    assert said(keys([document("a.md", DECLARED)])) == []

from __future__ import annotations

from datetime import date

import pytest

from ingest.check.fields import contacts, duplicate_ids, incomplete, malformed
from ingest.errors import FieldError
from tests.ingest.check.documents import document, said

TODAY = date(2026, 6, 1)
DUTCH = "Een kmo die een laboratorium wil gebruiken, vraagt de voorwaarden het best rechtstreeks aan. " * 6
SOURCE = "url: 'https://example.org', date: '2020'"


def problems(fields: str, text: str = "Text.", title: str = "A title") -> list[tuple[int | None, str, str]]:
    return [each[1:] for each in said(incomplete(document("a.md", fields, text, title=title), TODAY))]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("kind", "write one of policy, procurement"),
        ("published", "give days as YYYY-MM-DD"),
        ("sources.0.title", "give each source a `key` and a `title`"),
        ("organization", "write organisation"),
        ("emial", "write email"),
        ("colour", "correct the line or take it out"),
    ],
)
def test_a_malformed_field_comes_with_what_to_write(name: str, remedy: str) -> None:
    finding = malformed(FieldError("a.md", 3, name, "is wrong"))
    assert (finding.path, finding.line, finding.what, finding.problem) == ("a.md", 3, name, "is wrong")
    assert finding.remedy.startswith(remedy)


def test_a_complete_document_is_right() -> None:
    assert problems(f"language: nl\npublished: 2026-06-01\nsources: [{{key: P1, title: T, {SOURCE}}}]", DUTCH) == []


@pytest.mark.parametrize(
    ("fields", "line", "severity", "problem"),
    [
        ("published: 2026-06-02", 2, "warning", "2026-06-02 lies in the future"),
        ("kind: contact", 2, "error", "is a contact without an address"),
        ("kind: infrastructure\ncountry: BE", 2, "error", "is an infrastructure without a contact"),
        (
            "kind: infrastructure\ncontact: whom",
            2,
            "warning",
            "is an infrastructure without a country, so who looks by country does not find it",
        ),
        ("sources: [{key: P1, title: T, date: '2020'}]", 2, "warning", "P1 without a web address"),
        ("sources: [{key: P1, title: T, url: 'https://example.org'}]", 2, "warning", "P1 without a date"),
        (
            f"sources: [{{key: P1, title: T, language: xx, {SOURCE}}}]",
            2,
            "error",
            "'xx' of the source P1 is no code of ISO 639-1",
        ),
        (
            f"sources: [{{key: P1, title: T, {SOURCE}}}, {{key: P1, title: U, {SOURCE}}}]",
            2,
            "error",
            "2 sources have the key P1, so the text does not say which it means",
        ),
    ],
)
def test_what_a_document_leaves_out_or_gets_wrong_is_shown(fields: str, line: int, severity: str, problem: str) -> None:
    assert problems(fields) == [(line, severity, problem)]


@pytest.mark.parametrize("address", ["url: 'https://example.org'", "email: ilo@example.org"])
def test_a_contact_needs_one_address(address: str) -> None:
    assert problems(f"kind: contact\n{address}") == []


def test_a_document_without_an_audience_is_for_staff_with_a_warning() -> None:
    assert said(incomplete(document("a.md", audience=""), TODAY)) == [
        ("a.md", 1, "warning", "does not say who may see it, so only staff do")
    ]


def test_a_document_without_title_and_heading_is_shown() -> None:
    assert problems("", title="") == [
        (None, "warning", "has neither a title nor a heading, so readers see the name of its file")
    ]


def test_a_text_in_another_language_than_its_field_says_is_shown() -> None:
    assert problems("language: en", DUTCH) == [(2, "warning", "says en, but the text reads as nl")]


def test_a_text_too_short_to_tell_its_language_is_let_be() -> None:
    assert problems("language: en", "Een kmo vraagt het best rechtstreeks aan.") == []


def test_the_contact_of_an_infrastructure_is_a_contact_that_its_readers_see() -> None:
    infrastructure = document("i.md", "kind: infrastructure\ncontact: [gone, rule, office, internal]")
    office = document("office.md", "id: office\nkind: contact\nemail: office@example.org")
    internal = document("internal.md", "id: internal\nkind: contact\nemail: office@example.org", audience="staff")
    found = said(contacts([infrastructure, document("rule.md", "id: rule"), office, internal]))
    assert found == [
        ("i.md", 3, "error", "no document has the id gone"),
        ("i.md", 3, "error", "rule is not of kind contact"),
        (
            "i.md",
            3,
            "warning",
            "only staff see internal, so public readers of this infrastructure have no such contact",
        ),
    ]


def test_an_id_belongs_to_one_document() -> None:
    same = [document("a.md", "id: rule"), document("b.md", "id: rule"), document("c.md", "id: other")]
    assert said(duplicate_ids(same)) == [("b.md", 2, "error", "a.md has the id rule too")]

from __future__ import annotations

import pytest

from ingest.check.chains import chains
from tests.ingest.check.documents import document, said


def test_a_chain_with_each_day_in_one_document_is_right() -> None:
    oldest = document("a", "effective_until: 2009-12-31")
    older = document("b", "supersedes: a\neffective_from: 2010-01-01\neffective_until: 2017-12-31")
    newest = document("c", "supersedes: b\neffective_from: 2018-01-01")
    assert said(chains([newest, oldest, older])) == []


def test_what_a_document_supersedes_must_exist() -> None:
    assert said(chains([document("b", "supersedes: gone\neffective_from: 2010-01-01")])) == [
        ("b", 2, "error", "no document has the id gone")
    ]


def test_each_document_of_a_circle_is_named() -> None:
    circle = [document(name, f"supersedes: {older}\neffective_from: 2010-01-01") for name, older in ("ab", "bc", "ca")]
    before = document("d", "supersedes: a\neffective_from: 2020-01-01")
    found = said(chains([*circle, before]))
    assert [(path, problem) for path, _, _, problem in found if "circle" in problem] == [
        (name, f"{name} supersedes itself in a circle") for name in "abc"
    ]


@pytest.mark.parametrize(
    ("older", "newer", "severity", "problem"),
    [
        ("", "", "error", "supersedes a but does not say from when, so that a was never in force"),
        (
            "effective_from: 2010-01-01",
            "effective_from: 2010-01-01",
            "error",
            "begins on 2010-01-01, and a, which it supersedes, on 2010-01-01",
        ),
        (
            "effective_from: 2010-01-01",
            "effective_from: 2009-01-01",
            "error",
            "begins on 2009-01-01, and a, which it supersedes, on 2010-01-01",
        ),
        (
            "effective_until: 2010-06-30",
            "effective_from: 2010-06-30",
            "error",
            "begins on 2010-06-30, but a, which it supersedes, says that it holds until 2010-06-30",
        ),
        (
            "effective_until: 2010-06-30",
            "effective_from: 2010-07-02",
            "warning",
            "neither this nor a is in force from 2010-07-01 to 2010-07-01",
        ),
    ],
    ids=["no beginning", "the same beginning", "an earlier beginning", "an overlap", "a gap"],
)
def test_the_days_of_two_documents_fit_together(older: str, newer: str, severity: str, problem: str) -> None:
    ((path, _, found_severity, found),) = said(chains([document("a", older), document("b", f"supersedes: a\n{newer}")]))
    assert (path, found_severity, found) == ("b", severity, problem)


def test_two_successors_of_one_document_are_shown() -> None:
    rivals = [document(name, "supersedes: a\neffective_from: 2010-01-01") for name in "bc"]
    assert said(chains([document("a"), *rivals])) == [("c", 2, "warning", "b supersedes a too")]

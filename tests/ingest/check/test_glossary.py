from __future__ import annotations

import pytest

from ingest.check.glossary import glossary
from tests.ingest.check.documents import said

RIGHT = """- id: tender
  prefLabel: {en: tender, nl: aanbesteding, de: Ausschreibung, fr: appel d'offres, it: gara}
  definition: {en: A call to compete.}
  broader: procedure
  ambiguous: [offerte]
  altLabel: {nl: offerte}
- id: bid
  prefLabel: {en: bid, nl: inschrijving, de: Angebot, fr: offre, it: offerta}
  definition: {en: An answer to a call.}
  ambiguous: [offerte]
  altLabel: {nl: Offerte}
- id: procedure
  prefLabel: {en: procedure, nl: procedure, de: Verfahren, fr: procédure, it: procedura}
  definition: {en: A way to buy.}
"""


def test_a_glossary_with_declared_ambiguities_is_right() -> None:
    assert said(glossary(RIGHT)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "severity", "problem"),
    [
        ("broader: procedure", "broader: gone", 1, "error", "tender: its broader concept gone is not in the glossary"),
        (", it: gara}", "}", 1, "warning", "tender: has no preferred label in it"),
        ("A way to buy.", "''", 14, "error", "is empty"),
        ("id: bid", "id: Bid", 7, "error", "String should match pattern '^[a-z0-9]+([-_.][a-z0-9]+)*$'"),
        ("Angebot", "ausschreibung", 1, "error", "tender: bid is called 'ausschreibung' in de too"),
        (
            "nl: Offerte",
            "nl: Bieding",
            1,
            "warning",
            "tender: 'offerte' is declared ambiguous, but no other concept has it",
        ),
    ],
    ids=["dangling", "no label", "no definition", "malformed id", "shared label", "declared without need"],
)
def test_what_is_wrong_is_named_with_its_line(old: str, new: str, line: int, severity: str, problem: str) -> None:
    assert ("glossary.yaml", line, severity, problem) in said(glossary(RIGHT.replace(old, new)))


def test_an_ambiguous_label_is_declared_by_all_who_have_it() -> None:
    one_sided = RIGHT.replace("  ambiguous: [offerte]\n", "", 1)
    assert said(glossary(one_sided)) == [("glossary.yaml", 1, "error", "tender: bid is called 'offerte' in nl too")]


def test_each_concept_of_a_circle_is_named() -> None:
    circle = RIGHT + "  broader: tender\n"
    assert [(line, problem) for _, line, _, problem in said(glossary(circle))] == [
        (1, "tender: is broader than itself in a circle"),
        (12, "procedure: is broader than itself in a circle"),
    ]


def test_a_text_that_is_no_list_is_one_finding() -> None:
    assert said(glossary("id: tender")) == [
        ("glossary.yaml", 1, "error", "a list of `- field: value` entries is expected")
    ]

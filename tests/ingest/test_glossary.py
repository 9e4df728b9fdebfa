from __future__ import annotations

import pytest

from ingest.errors import FieldError
from ingest.glossary import examine, parse

GLOSSARY = """# Concepts

- id: sme
  prefLabel: {en: SME, nl: kmo}
  altLabel:
    nl: [mkb, mkb-bedrijf]
    de: [KMU]
  definition: {en: "An SME is a small company.", nl: "Een kmo is een klein bedrijf."}
  broader: enterprise
  ambiguous: [mkb]

- id: enterprise
  prefLabel: {nl: onderneming}
  definition: {nl: "Een onderneming verkoopt iets."}
"""


def test_a_concept_has_labels_and_definitions_by_language() -> None:
    sme, _ = parse(GLOSSARY, "glossary.yaml")
    assert (sme.id, sme.name, sme.broader, sme.ambiguous, sme.line) == ("sme", "SME", "enterprise", ("mkb",), 3)
    assert sme.languages == ("en", "nl", "de")
    assert [sme.labels(language) for language in sme.languages] == [("SME",), ("kmo", "mkb", "mkb-bedrijf"), ("KMU",)]
    assert sme.definitions["nl"] == "Een kmo is een klein bedrijf."


def test_a_concept_without_an_english_label_goes_by_its_first() -> None:
    assert parse(GLOSSARY, "glossary.yaml")[1].name == "onderneming"


@pytest.mark.parametrize(
    ("old", "new", "line", "name"),
    [
        ("broader: enterprise", "broder: enterprise", 9, "broder"),
        ("nl: kmo", "xx: kmo", 4, "prefLabel.xx"),
        ("nl: kmo", "nl: ''", 4, "prefLabel.nl"),
        ('"Een onderneming verkoopt iets."', "' '", 14, "definition.nl"),
        ('  definition: {nl: "Een onderneming verkoopt iets."}\n', "", 12, "definition"),
        ("- id: sme\n  prefLabel", "- prefLabel", 3, "id"),
        ("id: enterprise", "id: sme", 12, "id"),
        ("  altLabel:", "  prefLabel: {en: SME}\n  altLabel:", 5, "prefLabel"),
        ("# Concepts", "name: Concepts", 3, "(yaml)"),
        ("# Concepts", "- one\n", 1, "(yaml)"),
    ],
    ids=[
        "unknown field",
        "unknown language",
        "empty label",
        "empty definition",
        "no definition",
        "no id",
        "an id twice",
        "a field twice",
        "not a list",
        "not fields",
    ],
)
def test_an_error_names_line_and_field(old: str, new: str, line: int, name: str) -> None:
    with pytest.raises(FieldError) as caught:
        parse(GLOSSARY.replace(old, new, 1), "glossary.yaml")
    assert (caught.value.path, caught.value.line, caught.value.name) == ("glossary.yaml", line, name)


def test_examining_finds_every_error_and_keeps_what_is_right() -> None:
    concepts, errors = examine(
        GLOSSARY.replace("broader:", "broder:").replace("nl: onder", "xx: onder"), "glossary.yaml"
    )
    assert [concept.id for concept in concepts] == ["sme"]
    assert [error.name for error in errors] == ["broder", "prefLabel.xx"]

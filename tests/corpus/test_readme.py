"""What `corpus/README.md` tells is what the program does."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
import yaml

from ingest.frontmatter import field_names
from ingest.glossary import examine
from ingest.load import FORMATS
from ingest.types import Kind, Source
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"
README = (CORPUS / "README.md").read_text(encoding="utf-8")


def tables() -> list[list[list[str]]]:
    """The rows of every table below its head, in order."""
    found = re.findall(r"(?:^\|.*\n)+", README, re.MULTILINE)
    return [[[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]] for table in found]


FOLDERS, COMMON, SOURCE, CONTACT, INFRASTRUCTURE, ENDINGS, CONCEPT = tables()


def named(table: list[list[str]]) -> list[str]:
    return [row[0].strip("`") for row in table]


def own_fields(kind: Kind) -> list[str]:
    return list(field_names(kind))[len(field_names()) :]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (COMMON, list(field_names())),
        (SOURCE, [field.name for field in fields(Source)]),
        (CONTACT, own_fields(Kind.CONTACT)),
        (INFRASTRUCTURE, own_fields(Kind.INFRASTRUCTURE)),
    ],
    ids=["every document", "sources", "contacts", "infrastructures"],
)
def test_each_table_has_every_field_in_the_order_of_the_code(table: list[list[str]], expected: list[str]) -> None:
    assert named(table) == expected


def test_the_fields_of_a_concept_are_those_that_a_glossary_knows() -> None:
    _, (error, *_) = examine("- unknown: field", "glossary.yaml")
    assert f"({', '.join(named(CONCEPT))})" in error.problem


def test_the_row_of_the_kind_names_all_kinds() -> None:
    (meaning,) = (row[1] for row in COMMON if row[0] == "`kind`")
    assert re.findall(r"`([^`]+)`", meaning) == list(Kind)


def test_every_format_has_its_ending_in_the_table() -> None:
    assert {ending for row in ENDINGS for ending in re.findall(r"`(\.\w+)`", row[0])} == set(FORMATS)


def test_every_folder_is_there_with_the_defaults_that_the_table_says() -> None:
    said = {row[0].strip("`/"): {"kind": row[2], "audience": row[3]} for row in FOLDERS}
    folders = [path for path in CORPUS.iterdir() if path.is_dir() and not path.name.startswith("_")]
    assert said == {path.name: yaml.safe_load((path / "_defaults.yaml").read_text()) for path in folders}


def test_the_number_of_made_documents_is_the_number_of_shapes() -> None:
    shapes = yaml.safe_load((CORPUS / "_sources" / "shapes.yaml").read_text())
    assert "Six documents are made" in README
    assert len(shapes) == 6

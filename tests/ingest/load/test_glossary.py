"""The glossary as a document: what stands on its page, and what reaches a chunk."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import Refusal, RefusedFile
from ingest.load import read
from ingest.split import split
from ingest.types import Chunk, Parsed
from tests.fakes import HashingEmbedder
from tests.ingest.test_glossary import GLOSSARY


def parsed(folder: Path, text: str = GLOSSARY) -> Parsed:
    path = folder / "glossary.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def chunks(folder: Path) -> tuple[Chunk, ...]:
    return split(parsed(folder).pages, "Glossary", count_tokens=HashingEmbedder().count_tokens, limit=256)


def test_the_page_shows_each_concept_with_its_labels_and_definitions(tmp_path: Path) -> None:
    assert parsed(tmp_path).title == "Glossary"
    assert parsed(tmp_path).pages[0].text == (
        "Glossary\n\n"
        "SME\n\n"
        "en: SME; nl: kmo, mkb, mkb-bedrijf; de: KMU\n\n"
        "An SME is a small company.\n\n"
        "Een kmo is een klein bedrijf.\n\n"
        "onderneming\n\n"
        "nl: onderneming\n\n"
        "Een onderneming verkoopt iets."
    )


def test_each_concept_is_one_chunk_under_its_name(tmp_path: Path) -> None:
    assert [chunk.headings for chunk in chunks(tmp_path)] == [("SME",), ("onderneming",)]


def test_labels_are_searched_and_never_quoted(tmp_path: Path) -> None:
    sme, _ = chunks(tmp_path)
    assert sme.text == "An SME is a small company.\n\nEen kmo is een klein bedrijf."
    assert sme.context == "kmo, mkb, mkb-bedrijf, KMU"


@pytest.mark.parametrize(
    ("text", "refusal", "detail"),
    [
        ("", Refusal.NO_TEXT, "no concept"),
        ("- id: sme\n", Refusal.BAD_FRONT_MATTER, r"glossary\.yaml:1: prefLabel: is missing"),
    ],
)
def test_a_glossary_that_cannot_be_read_is_refused(tmp_path: Path, text: str, refusal: Refusal, detail: str) -> None:
    with pytest.raises(RefusedFile, match=detail) as caught:
        parsed(tmp_path, text)
    assert caught.value.refusal is refusal

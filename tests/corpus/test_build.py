"""The built documents of the corpus: the same bytes every time, and everything their sources say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from itertools import combinations
from pathlib import Path

import docx
import lxml.html
import pypdfium2
import pytest
from pypdf import PdfReader

from builder.document import Paragraph, Run, SourceError
from builder.markdown import read_blocks
from builder.outputs import SHAPES, differing, expected_files
from builder.pdf_table import column_widths
from builder.source import read_shapes, read_source

CORPUS = Path(__file__).parents[2] / "corpus"
BUILD = CORPUS / "_sources" / "build.py"

GUIDE = """---
id: guide
title: "Příručka: Łódź, Tromsø"
organisation: "Región Skåne"
kind: note
language: en
audience: public
published: 2020-02-03
sources:
  - key: P1
    title: "Rules of 2019"
    organisation: "Office"
    url: "https://example.org/rules?a=1&b=2"
    date: "2019"
---

# Příručka: Łódź, Tromsø

## In short

Offers below € 1,000 need **no** tender (P1).
Others – see [the list](https://example.org/list) – do.

1. A bidder registers:
   1. with a name;
   2. with an address:
      1. in Europe;
      2. elsewhere.
2. A bidder waits.

   Waiting takes a week.

- First.
  - Inner.

## Figures

### By year

| Year | Amount |
|---|---|
| 2019 | € 5 (P1) |
| 2020 | € 6 & more |
"""


def guide_corpus(folder: Path, shape: str, text: str = GUIDE) -> Path:
    (folder / "_sources" / "notes").mkdir(parents=True, exist_ok=True)
    (folder / "_sources" / "notes" / "guide.md").write_text(text, encoding="utf-8")
    (folder / "_sources" / "shapes.yaml").write_text(f"notes/guide: {shape}\n", encoding="utf-8")
    return folder


def build(corpus: Path, *arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BUILD), "--corpus", str(corpus), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": seed})


def built(folder: Path, shape: str, text: str = GUIDE) -> bytes:
    corpus = guide_corpus(folder, shape, text)
    return expected_files(corpus)[corpus / "notes" / f"guide.{SHAPES[shape].extension}"]


@pytest.fixture(scope="module")
def expected() -> dict[Path, bytes]:
    return expected_files(CORPUS)


def pdfs() -> list[str]:
    return [name for name, shape in read_shapes(CORPUS / "_sources" / "shapes.yaml").items() if shape.startswith("pdf")]


# --- the command


@pytest.mark.parametrize("shape", SHAPES)
def test_two_builds_give_the_same_bytes(tmp_path: Path, shape: str) -> None:
    corpora = [guide_corpus(tmp_path / name, shape) for name in ("one", "two")]
    for seed, corpus in enumerate(corpora):
        assert build(corpus, seed=str(seed)).returncode == 0
    first, second = ({path.name: path.read_bytes() for path in corpus.glob("notes/*")} for corpus in corpora)
    assert first == second
    assert len(first) == 2


def test_check_names_what_differs_and_writes_nothing(tmp_path: Path) -> None:
    corpus = guide_corpus(tmp_path, "html")
    unbuilt = build(corpus, "--check")
    assert (unbuilt.returncode, (corpus / "notes").exists()) == (1, False)
    assert "notes/guide.html\n" in unbuilt.stdout
    build(corpus)
    assert build(corpus, "--check").returncode == 0


def test_a_source_without_a_shape_is_named(tmp_path: Path) -> None:
    corpus = guide_corpus(tmp_path, "html")
    (corpus / "_sources" / "notes" / "other.md").write_text(GUIDE, encoding="utf-8")
    refused = build(corpus)
    assert (refused.returncode, "notes/other" in refused.stderr) == (2, True)


def test_what_no_source_makes_any_more_is_removed_with_its_sidecar(tmp_path: Path) -> None:
    corpus = guide_corpus(tmp_path, "html")
    build(corpus)
    guide_corpus(tmp_path, "docx")
    build(corpus)
    assert {path.name for path in corpus.glob("notes/*")} == {"guide.docx", "guide.docx.yaml"}


def test_the_sidecar_is_the_front_matter_under_a_line_that_names_its_source(tmp_path: Path) -> None:
    corpus = guide_corpus(tmp_path, "pdf")
    note, fields = expected_files(corpus)[corpus / "notes" / "guide.pdf.yaml"].decode().split("\n", 1)
    assert note.startswith("# Built from corpus/_sources/notes/guide.md ")
    assert fields == GUIDE.split("---\n")[1]


# --- the corpus itself


def test_the_built_files_of_the_corpus_are_what_the_sources_make(expected: dict[Path, bytes]) -> None:
    assert [str(path) for path in differing(CORPUS, expected)] == []


def test_no_built_file_is_large(expected: dict[Path, bytes]) -> None:
    assert max(map(len, expected.values())) < 300_000


@pytest.mark.parametrize("name", pdfs())
def test_a_pdf_says_every_sentence_of_its_source_in_order(expected: dict[Path, bytes], name: str) -> None:
    source = CORPUS / "_sources" / f"{name}.md"
    text = squeezed("".join(body_texts(expected[CORPUS / f"{name}.pdf"], source)))
    position = 0
    for sentence in sentences(source.read_text(encoding="utf-8")):
        found = text.find(squeezed(sentence), position)
        assert found >= 0, sentence
        position = found + len(squeezed(sentence))


@pytest.mark.parametrize("name", pdfs())
def test_the_outline_of_a_pdf_is_its_headings(expected: dict[Path, bytes], name: str) -> None:
    headings = re.findall(
        r"^(#+) (.+)$", (CORPUS / "_sources" / f"{name}.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    outline = [
        (bookmark.level + 1, bookmark.get_title())
        for bookmark in pypdfium2.PdfDocument(expected[CORPUS / f"{name}.pdf"]).get_toc()
    ]
    assert outline == [(len(marks), title) for marks, title in headings]


def body_texts(pdf: bytes, source: Path) -> list[str]:
    """The text of each page without the header, footer and notes around it, which must be there."""
    document = read_source(source)
    pages = pypdfium2.PdfDocument(pdf)
    bodies = []
    for number, page in enumerate(pages, 1):
        text = re.sub(r"\s+", " ", page.get_textpage().get_text_range())
        body, surroundings, _ = text.rpartition(
            f"{document.title} {document.organisation} page {number} of {len(pages)}"
        )
        assert surroundings, f"page {number} lacks its header or footer"
        bodies.append(body)
    return bodies


def sentences(markdown: str) -> list[str]:
    """The sentences, headings and cells of a source, freed from their Markdown without the builder's help."""
    lines = [line for line in markdown.split("---\n", 2)[2].splitlines() if not re.fullmatch(r"[|:\-\s]*", line)]
    unmarked = [re.sub(r"^\s*(#+|[-*]|\d+\.)\s|[*]|\[([^]]*)\]\([^)]*\)", r"\2", line) for line in lines]
    return [part for line in unmarked for part in re.split(r"(?<=[.?!:]) |\|", line) if part.strip()]


def squeezed(text: str) -> str:
    """The text without spaces and hyphens, neither of which survives the end of a line for sure."""
    return re.sub(r"[\s\-\xad\ufffe]", "", text)


# --- shapes


@pytest.mark.parametrize("shape", ["pdf", "pdf-two-columns"])
def test_a_pdf_knows_its_title_author_and_language(tmp_path: Path, shape: str) -> None:
    reader = PdfReader(BytesIO(built(tmp_path, shape)))
    assert reader.metadata
    assert (reader.metadata.title, reader.metadata.author) == ("Příručka: Łódź, Tromsø", "Región Skåne")
    assert str(reader.root_object["/Lang"]) == "en"


def test_a_page_explains_the_sources_that_it_cites(tmp_path: Path) -> None:
    page = pypdfium2.PdfDocument(built(tmp_path, "pdf"))[0]
    assert "P1: Rules of 2019. Office, 2019" in page.get_textpage().get_text_range()


@pytest.mark.parametrize("name", pdfs())
def test_nothing_on_a_page_lies_over_anything_else(expected: dict[Path, bytes], name: str) -> None:
    for page in pypdfium2.PdfDocument(expected[CORPUS / f"{name}.pdf"]):
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        assert [pair for pair in combinations(boxes, 2) if overlap(*pair) > 1] == []


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The area that two boxes (left, bottom, right, top) share, in square points."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0) * max(height, 0)


def test_a_table_repeats_its_header_on_every_page(tmp_path: Path) -> None:
    rows = "".join(f"| 19{year} | € {year} |\n" for year in range(10, 99))
    pages = pypdfium2.PdfDocument(built(tmp_path, "pdf", GUIDE + rows))
    assert len(pages) > 2
    assert all("Year" in page.get_textpage().get_text_range() for page in pages)


def test_numbers_inside_numbers_become_letters_and_then_roman(tmp_path: Path) -> None:
    text = pypdfium2.PdfDocument(built(tmp_path, "pdf"))[0].get_textpage().get_text_range()
    labels = re.findall(r"^(\d\.|\(\w+\)|•|–) ?(?=[A-Zaiwe])", text.replace("\r", ""), re.MULTILINE)
    assert labels == ["1.", "(a)", "(b)", "(i)", "(ii)", "2.", "•", "–"]


def test_a_word_file_has_styles_tables_and_properties(tmp_path: Path) -> None:
    word = docx.Document(BytesIO(built(tmp_path, "docx")))
    styles = [(paragraph.style.name if paragraph.style else "", paragraph.text) for paragraph in word.paragraphs]
    assert ("Heading 1", "Příručka: Łódź, Tromsø") in styles
    assert ("List Number 2", "with a name;") in styles
    assert ("List Continue", "Waiting takes a week.") in styles
    assert [cell.text for cell in word.tables[0].rows[2].cells] == ["2020", "€ 6 & more"]
    assert (word.core_properties.title, word.core_properties.author) == ("Příručka: Łódź, Tromsø", "Región Skåne")


def test_a_web_page_keeps_what_surrounds_the_text_out_of_main(tmp_path: Path) -> None:
    page = lxml.html.fromstring(built(tmp_path, "html").decode())
    main = page.findall(".//main")[0]
    assert (page.get("lang"), page.findtext(".//title")) == ("en", "Příručka: Łódź, Tromsø")
    assert [heading.text for heading in main.iter("h1", "h2", "h3")][1:] == ["In short", "Figures", "By year"]
    assert not list(main.iter("header", "nav", "footer"))
    assert "Rules of 2019" not in lxml.html.tostring(main, encoding="unicode", method="text")


# --- parts


def test_a_cited_source_is_marked_and_a_longer_word_is_not() -> None:
    assert read_blocks("P12 (**P1**).", {"P1"}) == (
        Paragraph((Run("P12 ("), Run("P1", bold=True, source="P1"), Run(")."))),
    )


@pytest.mark.parametrize(
    "markdown",
    ["> quoted", "```\ncode\n```", "![picture](a.png)", "- # heading"],
    ids=["quote", "code", "image", "inner"],
)
def test_markdown_without_a_shape_is_refused(markdown: str) -> None:
    with pytest.raises(SourceError, match=r"no shape|must begin"):
        read_blocks(markdown, set())


def test_a_character_that_the_font_lacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"guide\.md: the font of the PDFs has no 研"):
        built(tmp_path, "pdf", GUIDE.replace("First", "研"))


@pytest.mark.parametrize(
    ("narrowest", "widest", "widths"),
    [
        pytest.param([10, 10], [20, 50], [35, 65], id="all fit, and share what is left"),
        pytest.param([10, 10], [20, 500], [20, 80], id="the modest column has its wish"),
        pytest.param([150, 50], [200, 60], [75, 25], id="too narrow for the words"),
    ],
)
def test_columns_fill_the_width(narrowest: list[float], widest: list[float], widths: list[float]) -> None:
    assert column_widths(narrowest, widest, 100) == widths

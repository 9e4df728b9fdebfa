"""Small PDFs and pages for tests: drawn with reportlab, or made of runs by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.load.sheet import Run
from ingest.types import BlockKind, Page, Parsed

Draw = Callable[[Canvas], None]
CHARACTER = 5.0  # points: the width of a character of a run made by hand


def pdf(path: Path, *pages: Draw, title: str = "") -> Path:
    """A PDF with one page for each function that draws one."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setTitle(title)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def lines(*texts: str, top: float = 780, left: float = 72, leading: float = 14) -> Draw:
    """A page with lines of text one below the other; an empty one leaves a gap."""

    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(left, top - number * leading, text)

    return draw


def both(*draws: Draw) -> Draw:
    """A page on which all of them draw."""

    def draw(canvas: Canvas) -> None:
        for each in draws:
            each(canvas)

    return draw


def run(text: str, left: float, baseline: float, *, size: float = 10, first: int = 0, bold: bool = False) -> Run:
    """A run whose characters are all equally wide."""
    return Run(text, first, left, left + len(text) * CHARACTER * size / 10, baseline, size, bold)


def said(page: Page, *kinds: BlockKind) -> list[str]:
    """The texts of a page's blocks, of some kinds or of all."""
    return [page.text[block.start : block.end] for block in page.blocks if not kinds or block.kind in kinds]


def kinds(page: Page) -> list[BlockKind]:
    return [block.kind for block in page.blocks]


def contexts(page: Page) -> dict[str, str]:
    """The context of each block, by its text."""
    return {page.text[block.start : block.end]: block.context for block in page.blocks}


def holds_together(parsed: Parsed) -> bool:
    """What every reader promises of its pages: blocks in order, apart, stripped, inside the text."""
    for page in parsed.pages:
        end = 0
        for block in page.blocks:
            text = page.text[block.start : block.end]
            if block.start < end or not text or text != text.strip():
                return False
            end = block.end
        if end > len(page.text):
            return False
    return [page.number for page in parsed.pages] == list(range(1, len(parsed.pages) + 1))

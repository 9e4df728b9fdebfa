"""The blocks of a document as what ReportLab places on pages; what belongs together is kept together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, zip_longest

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable
from reportlab.platypus import Paragraph as TextFlowable
from reportlab.platypus import Table as TableFlowable

from builder.document import Block, Document, Heading, Listing, Paragraph, SourceError, Table, Text, plain
from builder.pdf_table import table_flowable
from builder.pdf_text import ACCENT, LINE_HEIGHT, markup, text_style

_LINES_BELOW_HEADING = 3
_UNBROKEN_TABLE = 200  # points: a table up to this height stays on one page
_BEGINNING_OF_TABLE = 100  # points: of a higher one this much at least stands below what leads to it
_MOST_ROOM = 360  # points: what leads to a block may leave no more than half a page empty
_ANY_HEIGHT = 10_000


class HeadingFlowable(TextFlowable):
    """A heading that enters the outline where it is drawn."""

    def __init__(self, heading: Heading, number: int, style: ParagraphStyle) -> None:
        super().__init__(markup(heading.text), style)
        self._heading = heading
        self._key = f"heading-{number}"

    def draw(self) -> None:
        """Draws the heading with a bookmark at its upper edge."""
        self.canv.bookmarkHorizontal(self._key, 0, self.height)
        self.canv.addOutlineEntry(plain(self._heading.text), self._key, self._heading.level - 1)
        super().draw()


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Sets blocks in text of one size for columns of one width."""

    size: float
    width: float

    def title(self, document: Document) -> Flowable:
        """The first heading of the document, which must be its title."""
        match document.blocks:
            case [Heading(level=1) as heading, *_]:
                return HeadingFlowable(heading, 0, self._heading_style(1))
        raise SourceError("the text must begin with its title, a heading of level 1")

    def body(self, document: Document) -> list[Flowable]:
        """Everything below the title; what leads to a block stays on one page with the beginning of that block."""
        numbers = count(1)
        blocks = document.blocks[1:]
        story: list[Flowable] = []
        leading: list[Flowable] = []
        for block, following in zip_longest(blocks, blocks[1:]):
            flowables = list(self._block(block, numbers))
            if _leads(block, following):
                leading += flowables
            else:
                story += [*self._room_for(leading, flowables[0]), *leading, *flowables]
                leading = []
        return story + leading

    def _room_for(self, leading: list[Flowable], following: Flowable) -> Iterator[Flowable]:
        beginning = _LINES_BELOW_HEADING * self.size * LINE_HEIGHT
        if isinstance(following, TableFlowable):
            height = self._height(following)
            beginning = height if height <= _UNBROKEN_TABLE else _BEGINNING_OF_TABLE
        if leading:
            yield CondPageBreak(min(sum(map(self._height, leading)) + beginning, _MOST_ROOM))

    def _height(self, flowable: Flowable) -> float:
        return flowable.wrap(self.width, _ANY_HEIGHT)[1] + flowable.getSpaceAfter()

    def _block(self, block: Block, numbers: Iterator[int]) -> Iterator[Flowable]:
        match block:
            case Heading(level):
                yield HeadingFlowable(block, next(numbers), self._heading_style(level))
            case Paragraph(text):
                yield TextFlowable(markup(text), self._paragraph_style())
            case Listing():
                yield from self._listing(block, 0)
            case Table():
                yield table_flowable(block, self.size * 0.9, self.width)

    def _paragraph_style(self) -> ParagraphStyle:
        return text_style(self.size, spaceBefore=self.size * 0.6, spaceAfter=self.size * 0.6)

    def _heading_style(self, level: int) -> ParagraphStyle:
        size = self.size * {1: 1.8, 2: 1.4}.get(level, 1.1)
        before = 0 if level == 1 else size * 0.9
        return text_style(
            size, bold=True, color=ACCENT, leading=size * 1.2, spaceBefore=before, spaceAfter=self.size * 0.45
        )

    def _listing(self, listing: Listing, depth: int) -> Iterator[Flowable]:
        for label, item in zip(listing.labels, listing.items, strict=True):
            yield self._item(item.text, label, depth)
            for block in item.below:
                if isinstance(block, Listing):
                    yield from self._listing(block, depth + 1)
                else:
                    yield self._item(block.text, "", depth)

    def _item(self, text: Text, label: str, depth: int) -> Flowable:
        indent, gap = self.size * 1.8, self.size * 0.35
        style = text_style(
            self.size, spaceBefore=gap, spaceAfter=gap, leftIndent=indent * (depth + 1), bulletIndent=indent * depth
        )
        return TextFlowable(markup(text), style, bulletText=label or None)


def _leads(block: Block, following: Block | None) -> bool:
    """Whether a reader would be lost if the page ended after this block."""
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and isinstance(following, Table | Listing))

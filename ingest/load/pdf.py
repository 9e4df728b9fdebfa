"""PDF: pages, their blocks, and where on the page a quotation stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import Refusal, RefusedFile
from ingest.load import pdfium, plain
from ingest.load.blocks import Draft, compose, heading, item, paragraph, tag_warnings, with_introductions
from ingest.load.furniture import Place, furniture
from ingest.load.headings import headings
from ingest.load.layout import Layout, Piece, TableRow, lay_out
from ingest.load.markers import OpenLists
from ingest.load.picture import Drawing, Picture
from ingest.load.sheet import Bounds, Sheet
from ingest.load.tables import Header, Interval
from ingest.types import Block, BlockKind, Page, Parsed

if TYPE_CHECKING:
    from ingest.load.pdf_structure import Structure

_SAME_EDGE = 6.0  # points: what stands no further apart is meant to be aligned
_NO_TITLE = re.compile(
    r"untitled|microsoft word|\(anonymous\)|.*\.(?:docx?|odt|indd|tex|dvi|pdf|pptx?|xlsx?)$", re.IGNORECASE
)

_CONTENTS = frozenset(
    {"contents", "table of contents", "inhoud", "inhoudsopgave", "inhalt", "inhaltsverzeichnis"}
    | {"table des matières", "sommaire", "indice", "sommario"}
)


def read(path: Path) -> Parsed:
    """The pages of a PDF, with what its reader sees and nothing else; what was left out is named in the warnings.

    Refuses what is encrypted, damaged, or holds no text at all.
    """
    try:
        with pdfium.open_document(path) as document:
            sheets = [_sheet(document, number) for number in range(1, document.page_count + 1)]
            title, has_structure = document.title, document.has_structure
    except RefusedFile as refused:
        if refused.refusal is Refusal.CORRUPT:
            return _read_without_pdfium(path)
        raise
    structure = _structure(path) if has_structure else None
    layouts = [lay_out(sheet) for sheet in sheets]
    failed = [sheet.number for sheet in sheets if sheet.failed]
    pages = _pages(sheets, layouts, structure)
    for number, text in _texts(path, failed):
        pages[number - 1] = replace(_plain_page(text, number), label=pages[number - 1].label)
    warnings = [*_hidden(sheets, layouts), *_missing(pages, failed), *_unread(structure, expected=has_structure)]
    if not any(page.text for page in pages):
        raise RefusedFile(
            Refusal.NO_TEXT, "; ".join(["no page holds text that a reader would see (a scan needs OCR)", *warnings])
        )
    return Parsed(tuple(pages), title=_title(title, pages), warnings=tuple(warnings))


def character_boxes(source: Path | bytes, page: int, start: int, end: int) -> list[Bounds]:
    """Where the characters `[start, end)` of a page's text stand, one rectangle a line.

    Left, top, right, bottom in points from the top left corner of the page as shown.
    """
    with pdfium.open_document(source) as document:
        return _boxes(document, page, start, end)


def draw(drawing: Drawing) -> Picture:
    """A page as a picture with the words asked for marked; refuses what is no PDF."""
    with pdfium.open_document(drawing.content) as document:
        reads_as_indexed = lay_out(document.sheet(drawing.page)).text == drawing.text
        boxes = _boxes(document, drawing.page, drawing.start, drawing.end) if reads_as_indexed else []
        width, height = document.size(drawing.page)
        png = document.picture(drawing.page, drawing.width, boxes)
    return Picture(png, tuple((box[0] / width, box[1] / height, box[2] / width, box[3] / height) for box in boxes))


def _boxes(document: pdfium.Document, page: int, start: int, end: int) -> list[Bounds]:
    sources = lay_out(document.sheet(page)).sources[start:end]
    lines: list[Bounds] = []
    last: Bounds | None = None
    for box in document.boxes(page, [source for source in sources if source >= 0]):
        if last and _side_by_side(last, box):
            left, top, right, bottom = lines[-1]
            lines[-1] = (min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3]))
        else:
            lines.append(box)
        last = box
    return lines


def _side_by_side(one: Bounds, other: Bounds) -> bool:
    """Whether two characters follow each other on a line, level or upright."""
    for along, across in ((0, 1), (1, 0)):
        height = min(one[across + 2] - one[across], other[across + 2] - other[across])
        shared = min(one[across + 2], other[across + 2]) - max(one[across], other[across])
        gap = max(one[along], other[along]) - min(one[along + 2], other[along + 2])
        if shared >= height / 2 and gap <= 2 * height:
            return True
    return False


def _sheet(document: pdfium.Document, number: int) -> Sheet:
    try:
        return document.sheet(number)
    except pdfium.PageFault:
        return Sheet(number, 0.0, 0.0, (), failed=True)


def _structure(path: Path) -> Structure | None:
    # Imported here because it takes longer than reading a small PDF, and most have no structure to read.
    from ingest.load.pdf_structure import read_structure

    return read_structure(path)


def _texts(path: Path, numbers: Collection[int]) -> Iterator[tuple[int, str]]:
    if numbers:
        from ingest.load.pdf_structure import read_texts

        texts = read_texts(path)
        yield from ((number, texts[number - 1]) for number in numbers if number <= len(texts))


def _read_without_pdfium(path: Path) -> Parsed:
    from ingest.load.pdf_structure import read_texts

    pages = [_plain_page(text, number) for number, text in enumerate(read_texts(path), start=1)]
    if not any(page.text for page in pages):
        raise RefusedFile(Refusal.CORRUPT, "it is damaged, and no text could be recovered from it")
    warning = "damaged: only its text could be recovered, without layout or highlighting"
    return Parsed(tuple(pages), title=_title("", pages), warnings=(warning, *_missing(pages, ())))


def _plain_page(text: str, number: int) -> Page:
    try:
        return replace(compose(plain.drafts(text)).pages[0], number=number)
    except RefusedFile:
        return Page(number, "", ())


def _pages(sheets: Sequence[Sheet], layouts: Sequence[Layout], structure: Structure | None) -> list[Page]:
    labels = structure.labels if structure and len(structure.labels) == len(sheets) else ("",) * len(sheets)
    others = furniture(sheets, layouts, labels)
    levels = headings(layouts, structure.outline if structure else (), others)
    blocks: dict[int, list[Block]] = defaultdict(list)
    for draft, (page, piece) in with_introductions(_drafts(layouts, others, levels)):
        blocks[page].append(Block(draft.kind, piece.start, piece.end, draft.level, draft.context))
    return [
        Page(sheet.number, layout.text, tuple(blocks[page]), label=label)
        for page, (sheet, layout, label) in enumerate(zip(sheets, layouts, labels, strict=True))
    ]


def _drafts(
    layouts: Sequence[Layout], others: Collection[Place], levels: Mapping[Place, int]
) -> Iterator[tuple[Draft, tuple[int, Piece]]]:
    """What each piece is to its reader; lists and tables go on from page to page."""
    lists, headers = _Lists(), _TableHeaders()
    for page, layout in enumerate(layouts):
        for number, piece in enumerate(layout.pieces):
            text = layout.text[piece.start : piece.end]
            if (page, number) in others:
                draft = Draft(BlockKind.FURNITURE, text)
            elif piece.row:
                draft = Draft(BlockKind.TABLE_ROW, text, context=headers.context(text, piece.row))
            else:
                headers.close()
                draft = lists.draft(text, piece, levels.get((page, number)))
            yield draft, (page, piece)


@dataclass(slots=True)
class _Lists:
    """The lists that are open; a paragraph that stands further in than the last item belongs to it."""

    open: OpenLists = field(default_factory=lambda: OpenLists(tolerance=_SAME_EDGE))
    item: Piece | None = None
    level: int = 0

    def draft(self, text: str, piece: Piece, heading_level: int | None) -> Draft:
        """A heading, which ends all lists, an item or a paragraph."""
        if heading_level:
            self.open.close()
            self.item = None
            return heading(text, heading_level)
        if piece.marker:
            self.item, self.level = piece, self.open.level(piece.marker, piece.left)
            return item(text, self.level)
        if self.item and piece.left > self.item.left + _SAME_EDGE and piece.size == self.item.size:
            return item(text, self.level + 1)
        self.item = None
        return paragraph(text)


@dataclass(slots=True)
class _TableHeaders:
    """The header of the table that is open; a table right below it with the same columns is its continuation."""

    header: str = ""
    columns: tuple[Interval, ...] = ()

    def context(self, text: str, row: TableRow) -> str:
        """The header that a row is read under; none for a header itself."""
        if row.row == 0:
            goes_on = self._goes_on(row.columns)
            if (
                row.header is Header.STYLED
                or (row.header is Header.LIKELY and not goes_on)
                or (goes_on and text == self.header)
            ):
                self.header, self.columns = text, row.columns
                return ""
            if not goes_on:
                self.header = ""
        self.columns = row.columns
        return self.header

    def close(self) -> None:
        """Other text follows: the next table has a header of its own, or none."""
        self.header, self.columns = "", ()

    def _goes_on(self, columns: Sequence[Interval]) -> bool:
        if len(columns) != len(self.columns):
            return False
        edges = zip(columns, self.columns, strict=True)
        return all(abs(one[0] - other[0]) <= _SAME_EDGE or abs(one[1] - other[1]) <= _SAME_EDGE for one, other in edges)


def _title(title: str, pages: Iterable[Page]) -> str:
    """The title in the metadata, unless it is a file's name; else the highest of the first headings."""
    if title.strip() and not _NO_TITLE.match(title.strip()):
        return " ".join(title.split())
    first = next((page for page in pages if page.text), None)
    headings = (
        [block for block in first.blocks if block.kind is BlockKind.HEADING and block.level == 1] if first else []
    )
    texts = [first.text[block.start : block.end] for block in headings] if first else []
    return next((text for text in texts if text.casefold() not in _CONTENTS), "")


def _hidden(sheets: Iterable[Sheet], layouts: Iterable[Layout]) -> Iterator[str]:
    pages: dict[str, dict[int, int]] = defaultdict(dict)
    tags: dict[int, int] = {}
    for sheet, layout in zip(sheets, layouts, strict=True):
        for reason, count in sheet.hidden.items():
            pages[reason][sheet.number] = count
        if layout.tags:
            tags[sheet.number] = layout.tags
    for reason, counts in pages.items():
        yield f"hidden text left out: {sum(counts.values())} characters {reason}, on {_page_list(counts)}"
    for warning in tag_warnings(tags):
        yield f"{warning}, on {_page_list(tags)}"


def _missing(pages: Iterable[Page], failed: Collection[int]) -> Iterator[str]:
    empty = [page.number for page in pages if not page.text]
    if empty:
        yield f"no text on {_page_list(empty)} (a scan needs OCR)"
    if failed:
        yield f"damaged: {_page_list(failed)} read without layout or highlighting"


def _unread(structure: Structure | None, *, expected: bool) -> Iterator[str]:
    if structure and structure.attachments:
        yield f"attached files were not read: {', '.join(structure.attachments)}"
    if expected and not structure:
        yield "damaged: outline, page labels and attached files could not be read"


def _page_list(numbers: Iterable[int]) -> str:
    """As in "page 3" or "pages 1–4, 7"."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    listed = ", ".join("–".join(map(str, each)) for each in ranges)
    return f"{'page' if len(ranges) == 1 and len(ranges[0]) == 1 else 'pages'} {listed}"

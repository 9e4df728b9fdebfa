"""A document as a PDF: laid out again and again until each page has room for the notes that it needs.

The notes at the foot of a page name the publications that the page cites. How many there are depends on where the
page breaks, and that on the room the notes take; so pages are given room one after the other, from the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, NextPageTemplate, PageTemplate
from reportlab.platypus import Paragraph as TextFlowable

from builder.document import Document, Run, Source
from builder.pdf_blocks import Typesetter
from builder.pdf_text import QUIET, RULE, load_fonts, markup, text_style

_PAGE_WIDTH, _PAGE_HEIGHT = A4
_MARGIN = 24 * mm
_WIDTH = _PAGE_WIDTH - 2 * _MARGIN
_TOP = _PAGE_HEIGHT - 28 * mm
_BOTTOM = 24 * mm
_GUTTER = 7 * mm
_SIZES = {1: 10.5, 2: 9.5}
_STEP = 12.0
_COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a layout is told: the page count to print, the room for notes by page, how far to lift the end of one."""

    pages: int = 0
    notes: Mapping[int, float] = field(default_factory=dict)
    lifted: int = 0
    lift: float = 0.0

    def bottom(self, page: int) -> float:
        """Where the text of a page ends at the latest."""
        return _BOTTOM + self.notes.get(page, 0.0) + (self.lift if page == self.lifted else 0.0)


@dataclass(frozen=True, slots=True)
class Layout:
    """What came of a plan: the file, its page count, and the height of the notes drawn on each page."""

    plan: Plan
    content: bytes
    pages: int
    notes: Mapping[int, float]


def write_pdf(document: Document, columns: int) -> bytes:
    """The bytes of a PDF with one or two columns, the columns of the last page of equal length."""
    load_fonts()
    layout = _settle(document, columns, Plan())
    return (layout if columns == 1 else _balance(document, columns, layout)).content


def _settle(document: Document, columns: int, plan: Plan) -> Layout:
    while True:
        layout = _lay_out(document, columns, plan)
        cramped = [page for page, height in sorted(layout.notes.items()) if height > plan.notes.get(page, 0.0)]
        if not cramped and layout.pages == plan.pages:
            return layout
        more_room = {page: layout.notes[page] for page in cramped[:1]}
        plan = replace(plan, pages=layout.pages, notes={**plan.notes, **more_room})


def _balance(document: Document, columns: int, layout: Layout) -> Layout:
    """Lifts the end of the last page as far as its text still fits."""
    best = layout
    low, high = 0, int((_TOP - layout.plan.bottom(layout.pages)) / _STEP)
    while high - low > 1:
        middle = (low + high) // 2
        lifted = _settle(document, columns, replace(layout.plan, lifted=layout.pages, lift=middle * _STEP))
        if lifted.pages > layout.pages:
            high = middle
        else:
            low, best = middle, lifted
    return best


def _lay_out(document: Document, columns: int, plan: Plan) -> Layout:
    typesetter = Typesetter(_SIZES[columns], _column_width(columns))
    title = typesetter.title(document)
    content = BytesIO()
    around = _Surroundings(document, plan)
    template = _template(content, document)
    template.addPageTemplates(_sheets(columns, title.wrap(_WIDTH, _PAGE_HEIGHT)[1] + 6 * mm, around))
    template.build([NextPageTemplate("later"), title, FrameBreak(), *typesetter.body(document)])
    return Layout(plan, content.getvalue(), template.page, around.note_heights)


def _template(content: BytesIO, document: Document) -> BaseDocTemplate:
    return BaseDocTemplate(
        content,
        pagesize=A4,
        title=document.title,
        author=document.organisation,
        lang=document.language,
        displayDocTitle=1,
        invariant=1,
        pageCompression=0,  # so that the bytes do not depend on which zlib compresses
    )


class _Surroundings:
    """Running header, notes and footer around the text of each page, which ends where the plan says."""

    def __init__(self, document: Document, plan: Plan) -> None:
        self._document = document
        self._plan = plan
        self._cited: set[str] = set()
        self.note_heights: dict[int, float] = {}

    def begin(self, canvas: Canvas, template: BaseDocTemplate) -> None:
        """Gives the columns their length, and has every `cite` in the markup of a paragraph remembered."""
        self._cited.clear()
        canvas.setNamedCB("cite", lambda _canvas, _kind, key: self._cited.add(key))
        for frame in template.pageTemplate.frames:
            if frame.id == _COLUMN:
                top = frame.y1 + frame.height
                frame.y1 = self._plan.bottom(canvas.getPageNumber())
                frame.height = top - frame.y1

    def end(self, canvas: Canvas, _template: BaseDocTemplate) -> None:
        """Draws what surrounds the text."""
        page = canvas.getPageNumber()
        self._draw_running(canvas, page)
        if cited := [source for key, source in self._document.sources.items() if key in self._cited]:
            self.note_heights[page] = _draw_notes(canvas, cited)

    def _draw_running(self, canvas: Canvas, page: int) -> None:
        canvas.setFont("Text", 8.5)
        canvas.setFillColor(QUIET)
        canvas.drawString(_MARGIN, _PAGE_HEIGHT - 16 * mm, _shortened(self._document.title, _WIDTH))
        canvas.drawString(_MARGIN, 13 * mm, self._document.organisation)
        canvas.drawRightString(_MARGIN + _WIDTH, 13 * mm, f"page {page} of {self._plan.pages}")
        _draw_rule(canvas, _PAGE_HEIGHT - 18 * mm, _WIDTH)
        _draw_rule(canvas, 17 * mm, _WIDTH)


def _draw_notes(canvas: Canvas, sources: list[Source]) -> float:
    notes = [_note(source) for source in sources]
    heights = [note.wrap(_WIDTH, _PAGE_HEIGHT)[1] for note in notes]
    top = 19.5 * mm + sum(heights)
    _draw_rule(canvas, top + 1.5 * mm, 40 * mm)
    for note, height in zip(notes, heights, strict=True):
        top -= height
        note.drawOn(canvas, _MARGIN, top)
    return sum(heights) + 2 * mm


def _draw_rule(canvas: Canvas, height: float, width: float) -> None:
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(_MARGIN, height, _MARGIN + width, height)


def _sheets(columns: int, title_height: float, around: _Surroundings) -> list[PageTemplate]:
    """The first page, with the title across its columns, and the later ones."""
    title = _frame("title", 0, _TOP - title_height, _WIDTH, title_height)
    first = [title, *_columns(columns, _TOP - title_height)]
    return [
        PageTemplate("first", first, onPage=around.begin, onPageEnd=around.end),
        PageTemplate("later", _columns(columns, _TOP), onPage=around.begin, onPageEnd=around.end),
    ]


def _columns(columns: int, top: float) -> list[Frame]:
    width = _column_width(columns)
    return [_frame(_COLUMN, column * (width + _GUTTER), _BOTTOM, width, top - _BOTTOM) for column in range(columns)]


def _column_width(columns: int) -> float:
    return (_WIDTH - (columns - 1) * _GUTTER) / columns


def _frame(name: str, left: float, bottom: float, width: float, height: float) -> Frame:
    return Frame(_MARGIN + left, bottom, width, height, 0, 0, 0, 0, id=name)


def _note(source: Source) -> Flowable:
    title = Run(source.title, link=source.url)
    text = (Run(f"{source.key}: "), title, Run(f". {source.origin}"))
    return TextFlowable(markup(text), text_style(7.5, color=QUIET, leading=9.2))


def _shortened(text: str, width: float) -> str:
    while stringWidth(text, "Text", 8.5) > width:
        text = text.removesuffix("…")[:-1].rstrip() + "…"
    return text

"""Tables as ReportLab takes them: a header row that is repeated on every page, columns as wide as their text asks."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph as TextFlowable
from reportlab.platypus import Table as TableFlowable
from reportlab.platypus import TableStyle

from builder.document import Table, plain
from builder.pdf_text import ACCENT, RULE, SHADE, markup, text_style

_PADDING = 4
_STYLE = TableStyle(
    [
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, ACCENT),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
)


def table_flowable(table: Table, size: float, width: float) -> TableFlowable:
    """The table in text of a size, as wide as its column of the page."""
    header, cell = text_style(size, bold=True, color=ACCENT), text_style(size)
    rows = [[TextFlowable(markup(text), header) for text in table.header]]
    rows += [[TextFlowable(markup(text), cell) for text in row] for row in table.rows]
    widths = column_widths(*_extents(table, size), width)
    return TableFlowable(rows, colWidths=widths, repeatRows=1, style=_STYLE, spaceBefore=size * 0.6, spaceAfter=size)


def column_widths(narrowest: Sequence[float], widest: Sequence[float], width: float) -> list[float]:
    """Widths that fill `width`: each column its longest word at least, and of the rest equal shares up to its wish."""
    if sum(narrowest) >= width:
        return [column * width / sum(narrowest) for column in narrowest]
    widths = list(narrowest)
    wishes = [wide - narrow for narrow, wide in zip(narrowest, widest, strict=True)]
    for served, column in enumerate(sorted(range(len(wishes)), key=wishes.__getitem__)):
        equal_share = (width - sum(widths)) / (len(widths) - served)
        widths[column] += min(wishes[column], equal_share)
    return [column + (width - sum(widths)) / len(widths) for column in widths]


def _extents(table: Table, size: float) -> tuple[list[float], list[float]]:
    """For each column the width of its longest word and of its longest cell."""
    columns = [[plain(text) for text in column] for column in zip(table.header, *table.rows, strict=True)]
    words = [[word for text in column for word in text.split()] for column in columns]
    return [_longest(column, size) for column in words], [_longest(column, size) for column in columns]


def _longest(texts: Sequence[str], size: float) -> float:
    return max((stringWidth(text, "Text-Bold", size) for text in texts), default=0) + 2 * _PADDING + 1

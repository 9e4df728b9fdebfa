"""Text as ReportLab takes it: an embedded font with all of Latin, colours, styles, and markup for runs."""

from __future__ import annotations

from html import escape
from importlib import resources
from io import BytesIO
from typing import Any, cast

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont

from builder.document import Run, SourceError, Text

ACCENT = HexColor(0x1F4E79)
RULE = HexColor(0xB8C4D0)
SHADE = HexColor(0xEEF2F6)
QUIET = HexColor(0x5A6570)
_INK = HexColor(0x1C1C1C)

LINE_HEIGHT = 1.35
_FACES = {"Text": "Regular", "Text-Bold": "Bold", "Text-Italic": "It", "Text-BoldItalic": "BoldIt"}


def load_fonts() -> None:
    """Makes the four faces of the text known to ReportLab."""
    folder = resources.files("font_source_sans_pro") / "files"
    for face, name in _FACES.items():
        registerFont(TTFont(face, BytesIO((folder / f"SourceSansPro-{name}.ttf").read_bytes())))
    registerFontFamily("Text", *_FACES)


def text_style(size: float, *, bold: bool = False, color: Color = _INK, **layout: Any) -> ParagraphStyle:
    """A style of ragged-right text with no single first or last line of a paragraph left alone on a page."""
    face = "Text-Bold" if bold else "Text"
    measures = {"fontSize": size, "bulletFontSize": size, "leading": size * LINE_HEIGHT} | layout
    return ParagraphStyle(
        face, fontName=face, bulletFontName="Text", textColor=color, allowWidows=0, allowOrphans=0, **measures
    )


def markup(text: Text) -> str:
    """The text in ReportLab's markup; a cited source calls `cite` of the canvas where it is drawn."""
    return "".join(map(_run_markup, text))


def _run_markup(run: Run) -> str:
    _check_glyphs(run.text)
    content = escape(run.text)
    content = f"<i>{content}</i>" if run.italic else content
    content = f"<b>{content}</b>" if run.bold else content
    content = f'<a href="{escape(run.link)}" color="{ACCENT.hexval()}">{content}</a>' if run.link else content
    return f'{content}<onDraw name="cite" label="{run.source}"/>' if run.source else content


def _check_glyphs(text: str) -> None:
    """ReportLab itself would print an empty box and say nothing."""
    font = cast(TTFont, getFont("Text"))
    if missing := {character for character in text if ord(character) not in font.face.charToGlyph}:
        raise SourceError(f"the font of the PDFs has no {' '.join(sorted(missing))}")

"""PDF pages through PDFium: characters, what no reader sees of them, pictures. The only file that knows pypdfium2."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from io import BytesIO
from itertools import groupby
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from ingest.errors import IngestError, Refusal, RefusedFile
from ingest.load.sheet import Bounds, Ruling, Run, Sheet

_LOCK = RLock()  # PDFium is not thread-safe

# A hyphen that PDFium takes for one that only breaks a line comes as U+0002 or U+FFFE, with no line break after it.
_LINE_END_HYPHENS = "\x02\ufffe"
_AS_HYPHENS = str.maketrans(_LINE_END_HYPHENS, "--")
_WORD = re.compile(rf"[^\s{_LINE_END_HYPHENS}]*[{_LINE_END_HYPHENS}]|[^\s{_LINE_END_HYPHENS}]+")
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibd|demi|cmbx|sfbx|ecbx", re.IGNORECASE)
_BOLD_WEIGHT = 600
_LAYER_MARK = (*b"OC", 0)
_STROKING = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)

_WORD_GAP = 0.9  # of the font size: a wider gap parts runs; spaces of justified lines stay below, table cells above
_DRAWN_GAP = 0.6  # of the font size: the same where another object goes on, as it does from cell to cell
_SMALLEST_FONT = 1.0  # points
_NEAR_WHITE = 225  # of 255, in every colour
_NEAR_NOTHING = 12  # of 255: an opacity, or a difference of colours, that no eye sees
_THICKEST_RULING = 2.5  # points
_SHORTEST_LEVEL = 15.0  # points: what is shorter bounds no cell
_SHORTEST_UPRIGHT = 6.0
_MOST_SEGMENTS_OF_A_BOX = 6
_SMALLEST_COVER = 4.0
_BAND = 20.0  # points: so that a word is compared with the few areas at its height
_MOST_BANDS = 1000
_MOST_OBJECTS = 20_000  # of a page: beyond, it is a drawing, and its lines are no table's
_DEEPEST_FORM = 4
_PROBE_SCALE = 1.0  # pixels a point
_FAINTEST_TRACE = 5  # of 255: what the thin strokes of pale small print leave at that scale
_FINE = 100  # PDFium gives places on the shown page in whole numbers, so the page is taken to be this much larger
_UNMOVED = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)

_HIGHLIGHT = (255, 221, 0)
_HIGHLIGHT_OPACITY = 0.43
_MOST_PIXELS = 30_000_000

_INVISIBLE = "in an invisible render mode"
_OFF_PAGE = "outside the page"
_TINY = "smaller than a point"
_UNSEEN = "covered, in a hidden layer, or of the colour behind it"

Handle = Any  # of a page object: a pointer whose type the bindings make up at run time
Point = tuple[float, float]
Colour = tuple[int, int, int]


class PageFault(IngestError):
    """A page that PDFium cannot load."""


@contextmanager
def open_document(source: Path | bytes) -> Iterator[Document]:
    """A PDF that opens without a password; refuses one that needs it and one that cannot be read."""
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(source)
        except pypdfium2.PdfiumError as error:
            raise _refusal(error) from error
        try:
            yield Document(document)
        finally:
            document.close()


def _refusal(error: pypdfium2.PdfiumError) -> RefusedFile:
    if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return RefusedFile(Refusal.ENCRYPTED, "it needs a password, or an encryption that cannot be opened")
    return RefusedFile(Refusal.CORRUPT, f"it does not open as a PDF: {error}")


@dataclass(frozen=True, slots=True)
class Document:
    """An open PDF; only valid inside `open_document`."""

    _document: pypdfium2.PdfDocument

    @property
    def page_count(self) -> int:
        """Number of pages."""
        return len(self._document)

    @property
    def title(self) -> str:
        """The title in its metadata."""
        return str(self._document.get_metadata_value("Title"))

    @property
    def has_structure(self) -> bool:
        """Whether there is an outline, an attachment or a page label to be read."""
        handle = self._document.raw
        has_outline = bool(pdfium.FPDFBookmark_GetFirstChild(handle, None))
        return (
            has_outline
            or self._document.count_attachments() > 0
            or any(map(self._document.get_page_label, (0, 1)[: self.page_count]))
        )

    def sheet(self, number: int) -> Sheet:
        """The visible text of a page (from 1) with its places, and its ruling lines."""
        with self._page(number) as page:
            return _SheetReader(page, number, page.text()).read()

    def boxes(self, number: int, characters: Iterable[int]) -> list[Bounds]:
        """Where characters stand on the page as shown, in points from its top left corner."""
        with self._page(number) as page:
            found = (page.shown(page.box(character)) for character in characters)
            return [box for box in found if box[0] < box[2] and box[1] < box[3]]

    def size(self, number: int) -> Point:
        """Width and height of the page as shown, in points."""
        with self._page(number) as page:
            width, height = page.page.get_size()
            return width, height

    def picture(self, number: int, width: int, marked: Iterable[Bounds]) -> bytes:
        """The page as shown, as a PNG so many pixels wide, with a translucent yellow over the marked places."""
        with self._page(number) as page:
            scale = page.scale(width / page.page.get_width())
            picture = page.picture(scale)
        for bounds in marked:
            left, top, right, bottom = (round(value * scale) for value in bounds)
            box = (left, top, max(right, left + 1), max(bottom, top + 1))
            words = picture.crop(box)
            picture.paste(Image.blend(words, Image.new("RGB", words.size, _HIGHLIGHT), _HIGHLIGHT_OPACITY), box)
        png = BytesIO()
        picture.save(png, "PNG", compress_level=1)  # a reader waits: most of the time goes into compressing
        return png.getvalue()

    @contextmanager
    def _page(self, number: int) -> Iterator[_TextPage]:
        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise PageFault(f"page {number} does not load: {error}") from error
        try:
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            page.close()
            raise PageFault(f"the text of page {number} does not load: {error}") from error
        try:
            yield _TextPage(page, text_page)
        finally:
            text_page.close()
            page.close()


@dataclass(frozen=True, slots=True)
class _TextPage:
    """A loaded page and its characters."""

    page: pypdfium2.PdfPage
    text_page: pypdfium2.PdfTextPage
    handle: Handle = field(init=False)

    def __post_init__(self) -> None:
        """Passing the bare handle spares a look-up at each of a thousand calls."""
        object.__setattr__(self, "handle", self.text_page.raw)

    def text(self) -> str:
        """One character for each that PDFium counts."""
        count = self.text_page.count_chars()
        text = str(self.text_page.get_text_range()) if count else ""
        if len(text) == count:
            return text
        codes = (pdfium.FPDFText_GetUnicode(self.handle, index) for index in range(count))
        return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)

    def scale(self, wanted: float) -> float:
        """The wanted pixels a point, or as many as a page so large can have."""
        width, height = self.page.get_size()
        return min(wanted, math.sqrt(_MOST_PIXELS / (width * height)))

    def picture(self, scale: float) -> Image.Image:
        """The page as shown, so many pixels a point, without form fields."""
        picture: Image.Image = self.page.render(scale=scale, may_draw_forms=False).to_pil()
        return picture.convert("RGB")

    def shown(self, bounds: Bounds) -> Bounds:
        """Left, top, right, bottom on the page as shown, in points from its top left corner."""
        width, height = self.page.get_size()
        x, y = ctypes.c_int(), ctypes.c_int()
        corners: list[Point] = []
        for corner in ((bounds[0], bounds[1]), (bounds[2], bounds[3])):
            size = (round(width * _FINE), round(height * _FINE))
            pdfium.FPDF_PageToDevice(self.page, 0, 0, *size, 0, *corner, x, y)
            corners.append((x.value / _FINE, y.value / _FINE))
        (x0, y0), (x1, y1) = corners
        return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def box(self, index: int) -> Bounds:
        """The box of a character, as high as its line; for turned text what its ink covers."""
        if abs(pdfium.FPDFText_GetCharAngle(self.handle, index)) > 0.01:
            return self.ink(index)
        box = _SCRATCH.box
        pdfium.FPDFText_GetLooseCharBox(self.handle, index, box)
        return (box.left, box.bottom, box.right, box.top)

    def ink(self, index: int) -> Bounds:
        """What the ink of a character covers."""
        left, right, bottom, top = _SCRATCH.bounds
        pdfium.FPDFText_GetCharBox(self.handle, index, left, right, bottom, top)
        return (left.value, bottom.value, right.value, top.value)

    def right(self, index: int) -> float:
        """Where the pen stood after an upright character was drawn."""
        pdfium.FPDFText_GetLooseCharBox(self.handle, index, _SCRATCH.box)
        return float(_SCRATCH.box.right)

    def origin(self, index: int) -> Point:
        """Where the pen stood when a character was drawn: on the baseline, at its left."""
        x, y, *_ = _SCRATCH.bounds
        pdfium.FPDFText_GetCharOrigin(self.handle, index, x, y)
        return (x.value, y.value)

    def drawn_by(self, index: int) -> int:
        """The address of the text object that draws a character; 0 for a character that PDFium added."""
        handle = pdfium.FPDFText_GetTextObject(self.handle, index)
        return ctypes.addressof(handle.contents) if handle else 0

    def is_bold(self, index: int) -> bool:
        """Whether the font of a character is bold by its name or weight."""
        name = ctypes.create_string_buffer(80)
        pdfium.FPDFText_GetFontInfo(self.handle, index, name, len(name), None)
        return bool(_BOLD_NAME.search(name.value)) or pdfium.FPDFText_GetFontWeight(self.handle, index) >= _BOLD_WEIGHT


@dataclass(frozen=True, slots=True)
class _Scratch:
    """Where PDFium writes its answers; it is asked a thousand times a page, and by one thread at a time."""

    bounds: tuple[ctypes.c_double, ...] = field(default_factory=lambda: tuple(ctypes.c_double() for _ in range(4)))
    sides: tuple[ctypes.c_float, ...] = field(default_factory=lambda: tuple(ctypes.c_float() for _ in range(4)))
    colours: tuple[ctypes.c_uint, ...] = field(default_factory=lambda: tuple(ctypes.c_uint() for _ in range(4)))
    box: Handle = field(default_factory=pdfium.FS_RECTF)
    matrix: Handle = field(default_factory=pdfium.FS_MATRIX)


_SCRATCH = _Scratch()


def _colour(handle: Handle, *, stroke: bool = False) -> tuple[Colour, int]:
    """The colour of a page object, and its opacity."""
    red, green, blue, opacity = _SCRATCH.colours
    read = pdfium.FPDFPageObj_GetStrokeColor if stroke else pdfium.FPDFPageObj_GetFillColor
    if not read(handle, red, green, blue, opacity):
        return (0, 0, 0), 255
    return (red.value, green.value, blue.value), opacity.value


def _is_in_layer(handle: Handle) -> bool:
    """Whether a page object belongs to optional content, which may be switched off."""
    marks = pdfium.FPDFPageObj_CountMarks(handle)
    if not marks:
        return False
    name, length = (ctypes.c_ushort * len(_LAYER_MARK))(), ctypes.c_ulong()
    for index in range(marks):
        mark = pdfium.FPDFPageObj_GetMark(handle, index)
        if pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length) and tuple(name) == _LAYER_MARK:
            return True
    return False


class _Style(NamedTuple):
    """How a text object draws: the quarter turns of its direction, and why nobody would see it."""

    size: float
    bold: bool
    turns: int
    colour: Colour
    hidden: str
    suspect: bool


class _Word(NamedTuple):
    """A word, or the part of it that one text object draws; turned so that it reads from left to right."""

    start: int
    end: int
    drawn_by: int
    left: float
    right: float
    baseline: float


class _Cover(NamedTuple):
    """Something that hides text below it, and text of its own colour on it; `colour` is None for pictures."""

    order: int
    bounds: Bounds
    colour: Colour | None

    def may_hide(self, order: int, colour: Colour) -> bool:
        """Text of this colour, painted at this place in the order."""
        return self.order > order or (self.colour is not None and _is_near(self.colour, colour))

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies on it."""
        left, bottom, right, top = self.bounds
        return left <= x <= right and bottom <= y <= top


def _by_height(drawing: _Drawing, colours: Iterable[Colour]) -> dict[int, list[_Cover]]:
    """What may hide text of these colours, by the bands of the page that it lies in."""
    first = min(drawing.order.values(), default=0)
    bands: dict[int, list[_Cover]] = defaultdict(list)
    for cover in drawing.covers:
        if any(cover.may_hide(first, colour) for colour in colours):
            _, bottom, _, top = cover.bounds
            for band in range(max(int(bottom // _BAND), -_MOST_BANDS), min(int(top // _BAND), _MOST_BANDS) + 1):
                bands[band].append(cover)
    return bands


def _is_near(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _NEAR_NOTHING


@dataclass(slots=True)
class _Drawing:
    """The lines and areas of a page, and in which order its text objects were painted."""

    level: list[Ruling] = field(default_factory=list)
    upright: list[Ruling] = field(default_factory=list)
    covers: list[_Cover] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)

    def add_page(self, page: pypdfium2.PdfPage) -> None:
        count = pdfium.FPDFPage_CountObjects(page)
        for index in range(min(count, _MOST_OBJECTS)):
            self._add(pdfium.FPDFPage_GetObject(page, index), _UNMOVED, 0)

    def _add(self, handle: Handle, place: pdfium.FS_MATRIX, depth: int) -> None:
        kind = pdfium.FPDFPageObj_GetType(handle)
        order = len(self.order) + len(self.covers)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self.order[ctypes.addressof(handle.contents)] = order
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(handle, inner)
            for index in range(min(pdfium.FPDFFormObj_CountObjects(handle), _MOST_OBJECTS)):
                self._add(pdfium.FPDFFormObj_GetObject(handle, index), _product(inner, place), depth + 1)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._add_path(handle, _bounds(handle, place), order)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            self.covers.append(_Cover(order, _bounds(handle, place), None))

    def _add_path(self, handle: Handle, bounds: Bounds, order: int) -> None:
        left, bottom, right, top = bounds
        width, height = right - left, top - bottom
        if height <= _THICKEST_RULING and width >= _SHORTEST_LEVEL:
            self.level.append(Ruling((bottom + top) / 2, left, right))
        elif width <= _THICKEST_RULING and height >= _SHORTEST_UPRIGHT:
            self.upright.append(Ruling((left + right) / 2, bottom, top))
        elif pdfium.FPDFPath_CountSegments(handle) <= _MOST_SEGMENTS_OF_A_BOX:
            if width >= _SHORTEST_LEVEL and height >= _SHORTEST_UPRIGHT:
                self.level += (Ruling(bottom, left, right), Ruling(top, left, right))
                self.upright += (Ruling(left, bottom, top), Ruling(right, bottom, top))
            if width >= _SMALLEST_COVER and height >= _SMALLEST_COVER:
                self._add_area(handle, bounds, order)

    def _add_area(self, handle: Handle, bounds: Bounds, order: int) -> None:
        fill, stroke = ctypes.c_int(), pdfium.FPDF_BOOL()
        pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
        colour, opacity = _colour(handle)
        if fill.value != pdfium.FPDF_FILLMODE_NONE and opacity > _NEAR_NOTHING:
            self.covers.append(_Cover(order, bounds, colour))


def _bounds(handle: Handle, place: pdfium.FS_MATRIX) -> Bounds:
    left, bottom, right, top = _SCRATCH.sides
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    if place is _UNMOVED:
        return (left.value, bottom.value, right.value, top.value)
    xs, ys = zip(*(_moved(x.value, y.value, place) for x in (left, right) for y in (bottom, top)), strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def _moved(x: float, y: float, place: pdfium.FS_MATRIX) -> Point:
    return (place.a * x + place.c * y + place.e, place.b * x + place.d * y + place.f)


def _product(inner: pdfium.FS_MATRIX, outer: pdfium.FS_MATRIX) -> pdfium.FS_MATRIX:
    e, f = _moved(inner.e, inner.f, outer)
    return pdfium.FS_MATRIX(
        inner.a * outer.a + inner.b * outer.c,
        inner.a * outer.b + inner.b * outer.d,
        inner.c * outer.a + inner.d * outer.c,
        inner.c * outer.b + inner.d * outer.d,
        e,
        f,
    )


@dataclass(slots=True)
class _SheetReader:
    """Reads one page: a text object is asked once for its style, a word for the places of its two ends only."""

    page: _TextPage
    number: int
    text: str
    styles: dict[int, _Style] = field(default_factory=dict)
    bold_fonts: dict[int, bool] = field(default_factory=dict)
    hidden: Counter[str] = field(default_factory=Counter)

    def read(self) -> Sheet:
        words = list(self._words())
        drawing = _Drawing()
        drawing.add_page(self.page.page)
        runs = self._runs(self._visible(words, drawing))
        turns = max(runs, key=lambda direction: sum(len(run.text) for run in runs[direction]), default=0)
        _, bottom, _, top = _turned(self.page.page.get_bbox(), turns)
        return Sheet(
            self.number,
            bottom=bottom,
            top=top,
            runs=tuple(runs.pop(turns, ())),
            level=tuple(drawing.level) if turns == 0 else (),
            upright=tuple(drawing.upright) if turns == 0 else (),
            turned=tuple(map(tuple, runs.values())),
            hidden=dict(self.hidden),
        )

    def _words(self) -> Iterator[_Word]:
        """The words in the order in which they were drawn; one that several text objects draw is parted."""
        spans = [match.span() for match in _WORD.finditer(self.text)]
        drawers = [self.page.drawn_by(start) for start, _ in spans]
        for (start, end), drawn_by, following in zip(spans, drawers, [*drawers[1:], 0], strict=False):
            # What one object draws stands together, so between two words of it there is no other.
            if following == drawn_by or self.page.drawn_by(end - 1) == drawn_by:
                yield self._word(start, end, drawn_by)
            else:
                yield from self._parts(start, end)

    def _parts(self, start: int, end: int) -> Iterator[_Word]:
        for drawn_by, indices in groupby(range(start, end), self.page.drawn_by):
            part = list(indices)
            yield self._word(part[0], part[-1] + 1, drawn_by)

    def _word(self, start: int, end: int, drawn_by: int) -> _Word:
        style = self.styles.get(drawn_by) or self._style(start, drawn_by)
        x, y = self.page.origin(start)
        if style.turns == 0:
            right = self.page.right(end - 1)
            return _Word(start, end, drawn_by, min(x, right), max(x, right), y)
        left, baseline, *_ = _turned((x, y, x, y), style.turns)
        box_left, _, box_right, _ = _turned(self.page.ink(end - 1), style.turns)
        return _Word(start, end, drawn_by, min(left, box_left), max(left, box_right), baseline)

    def _style(self, index: int, drawn_by: int) -> _Style:
        handle = ctypes.cast(drawn_by, pdfium.FPDF_PAGEOBJECT)
        matrix = _SCRATCH.matrix
        pdfium.FPDFText_GetMatrix(self.page.handle, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self.page.handle, index) * math.hypot(matrix.c, matrix.d)
        turns = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
        colour, opacity = _colour(handle, stroke=mode in _STROKING)
        hidden = _INVISIBLE if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE else _TINY if size < _SMALLEST_FONT else ""
        pale = opacity <= _NEAR_NOTHING or min(colour) >= _NEAR_WHITE
        suspect = pale or mode == pdfium.FPDF_TEXTRENDERMODE_CLIP or _is_in_layer(handle)
        style = _Style(size, self._is_bold(index, handle), turns, colour, hidden, suspect)
        self.styles[drawn_by] = style
        return style

    def _is_bold(self, index: int, handle: Handle) -> bool:
        font = pdfium.FPDFTextObj_GetFont(handle)
        address = ctypes.addressof(font.contents) if font else 0
        if address not in self.bold_fonts:
            self.bold_fonts[address] = self.page.is_bold(index)
        return self.bold_fonts[address]

    def _visible(self, words: Sequence[_Word], drawing: _Drawing) -> Iterator[_Word]:
        """The words that a reader sees; the others are counted."""
        without_trace = self._without_trace(self._suspects(words, drawing))
        crop = self.page.page.get_bbox()
        bounds = [_turned(crop, turns) for turns in range(4)]
        for word in words:
            style = self.styles[word.drawn_by]
            left, bottom, right, top = bounds[style.turns]
            if style.hidden:
                self.hidden[style.hidden] += word.end - word.start
            elif word.right <= left or word.left >= right or word.baseline <= bottom or word.baseline >= top:
                self.hidden[_OFF_PAGE] += word.end - word.start
            elif word in without_trace:
                self.hidden[_UNSEEN] += word.end - word.start
            else:
                yield word

    def _suspects(self, words: Iterable[_Word], drawing: _Drawing) -> list[_Word]:
        """The words that look as if nobody saw them: pale, in a layer, covered, or on an area of their colour."""
        covers = _by_height(drawing, {style.colour for style in self.styles.values()})
        return [
            word
            for word in words
            if self.styles[word.drawn_by].suspect or (covers and self._is_covered(word, covers, drawing))
        ]

    def _is_covered(self, word: _Word, covers: Mapping[int, Sequence[_Cover]], drawing: _Drawing) -> bool:
        style = self.styles[word.drawn_by]
        order = drawing.order.get(word.drawn_by, len(drawing.order))
        x, y = (place + style.size / 4 for place in self.page.origin(word.start))
        near = covers.get(int(y // _BAND), ())
        return any(cover.holds(x, y) and cover.may_hide(order, style.colour) for cover in near)

    def _without_trace(self, suspects: Sequence[_Word]) -> frozenset[_Word]:
        """Draws the page with the suspects and without them: a word that makes no difference is not seen."""
        if not suspects:
            return frozenset()
        handles = [ctypes.cast(address, pdfium.FPDF_PAGEOBJECT) for address in {word.drawn_by for word in suspects}]
        scale = self.page.scale(_PROBE_SCALE)
        drawn = self.page.picture(scale)
        for handle in handles:
            pdfium.FPDFPageObj_SetIsActive(handle, False)
        bands = ImageChops.difference(drawn, self.page.picture(scale)).split()
        traces = reduce(ImageChops.lighter, bands).point(lambda value: 255 * (value > _FAINTEST_TRACE))
        return frozenset(word for word in suspects if not self._leaves_trace(traces, scale, word))

    def _leaves_trace(self, traces: Image.Image, scale: float, word: _Word) -> bool:
        """Whether there is a trace where the first or the last character of a word stands."""
        for index in {word.start, word.end - 1}:
            left, top, right, bottom = (int(value * scale) for value in self.page.shown(self.page.ink(index)))
            if traces.crop((left - 1, top - 1, right + 2, bottom + 2)).getbbox():
                return True
        return False

    def _runs(self, words: Iterable[_Word]) -> dict[int, list[Run]]:
        """Words joined where they go on, by the direction in which they read."""
        lines: list[list[_Word]] = []
        for word in words:
            if lines and self._goes_on(lines[-1][-1], word):
                lines[-1].append(word)
            else:
                lines.append([word])
        runs: dict[int, list[Run]] = defaultdict(list)
        end = -1
        for line in lines:
            runs[self.styles[line[0].drawn_by].turns].append(self._run(line, glued=line[0].start == end))
            end = line[-1].end
        return runs

    def _goes_on(self, word: _Word, more: _Word) -> bool:
        """Whether a word is the next of a run: same style, same baseline, a gap as between words."""
        if more.start - word.end > 1 or self.text[word.end - 1] in _LINE_END_HYPHENS:
            return False
        style, other = self.styles[word.drawn_by], self.styles[more.drawn_by]
        if style is not other and style != other:
            return False
        gap = more.left - word.right
        widest = (_WORD_GAP if word.drawn_by == more.drawn_by else _DRAWN_GAP) * style.size
        return abs(word.baseline - more.baseline) < 0.1 * style.size and -style.size < gap <= widest

    def _run(self, words: Sequence[_Word], *, glued: bool) -> Run:
        style = self.styles[words[0].drawn_by]
        red, green, blue = style.colour
        return Run(
            text=self.text[words[0].start : words[-1].end].translate(_AS_HYPHENS),
            first=words[0].start,
            left=min(word.left for word in words),
            right=max(word.right for word in words),
            baseline=words[0].baseline,
            size=style.size,
            bold=style.bold,
            colour=red << 16 | green << 8 | blue,
            glued=glued,
        )


def _turned(bounds: Bounds, turns: int) -> Bounds:
    """Bounds after the page was turned by so many quarters clockwise."""
    left, bottom, right, top = bounds
    for _ in range(turns):
        left, bottom, right, top = bottom, -right, top, -left
    return (left, bottom, right, top)

"""HTML: the blocks that a reader of the page sees. The only file that knows lxml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.errors import Refusal, RefusedFile
from ingest.load.blocks import Draft, compose, heading, item, paragraph, table
from ingest.load.decode import declared_charset, decode
from ingest.load.markers import OpenLists, marker, ordinal
from ingest.types import Parsed

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NEVER_SHOWN = frozenset(
    "head script style template noscript nav footer svg iframe object embed audio video canvas map select datalist "
    "button textarea dialog".split()
)
_FURNITURE_ROLES = frozenset({"navigation", "contentinfo", "search", "banner", "menu", "menubar"})
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 h2 "
    "h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+\s*(?:[;!]|$)"
    r"|font-size\s*:\s*0*\.?0+\s*(?:[a-z%]+\s*)?(?:[;!]|$)|(?:text-indent|left|top|margin-left)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|;)\s*(color|background(?:-color)?)\s*:\s*([^;!]+)", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)")
_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240)}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MOST_SPANNED_ROWS = 200
_LEAST_CONTRAST = 12  # of 255: below it no eye tells text from background

Colour = tuple[int, int, int] | None  # None: not known, so nothing can be said about contrast
_BLACK_ON_WHITE: tuple[Colour, Colour] = ((0, 0, 0), (255, 255, 255))


def read(path: Path) -> Parsed:
    """The blocks of an HTML file, in its declared character set, however malformed."""
    data = path.read_bytes()
    return read_text(decode(data, declared=declared_charset(data)))


def read_text(text: str) -> Parsed:
    """The blocks of an HTML text.

    What navigation, scripts and hidden elements say is left out, hidden text with a warning.
    """
    root = _tree(text)
    reader = _Reader()
    try:
        reader.read(root)
    except RecursionError as error:
        raise RefusedFile(Refusal.CORRUPT, "its elements are nested too deeply") from error
    warnings = [f"hidden text left out: {reader.hidden} characters of hidden elements"] if reader.hidden else []
    return compose(reader.drafts, title=root.findtext(".//title") or "", warnings=warnings)


def links(path: Path) -> Iterator[tuple[int, str]]:
    """The targets of links and images in an HTML file, each with its line."""
    data = path.read_bytes()
    return links_in(decode(data, declared=declared_charset(data)))


def links_in(text: str) -> Iterator[tuple[int, str]]:
    """The targets of links and images in an HTML text, each with its line."""
    try:
        elements = _tree(text).iter("a", "img")
    except RefusedFile:  # nothing but a comment or a closing tag
        return
    for element in elements:
        yield element.sourceline or 1, element.get("href") or element.get("src") or ""


def _tree(text: str) -> HtmlElement:
    # Without huge_tree, what lies deeper than 255 elements is dropped in silence.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return document_fromstring(text.replace("\0", "").encode("utf-8", "ignore"), parser=parser)
    except etree.ParserError as error:
        raise RefusedFile(Refusal.NO_TEXT, "the page is empty") from error


@dataclass(slots=True)
class _Item:
    """A list item that is being read: its depth, and the number it still has to print."""

    level: int
    printed: str = ""
    started: bool = False


@dataclass(slots=True)
class _Reader:
    """Walks the tree and collects blocks; inline text gathers until a block element ends it."""

    drafts: list[Draft] = field(default_factory=list)
    hidden: int = 0
    colours: tuple[Colour, Colour] = _BLACK_ON_WHITE
    _inline: list[str] = field(default_factory=list)
    _items: list[_Item] = field(default_factory=list)
    _typed_lists: OpenLists = field(default_factory=OpenLists)
    _preformatted: bool = False

    def read(self, element: HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in _NEVER_SHOWN or element.get("role") in _FURNITURE_ROLES:
            return
        around = self.colours
        if element.attrib:
            if self._hides(element):
                return
            self.colours = _colours(element, around)
        if element.tag in _BLOCKS:
            self._flush()
            self._block(element, str(element.tag))
            self._flush()
        else:
            self._inline_element(element)
        self.colours = around

    def _hides(self, element: HtmlElement) -> bool:
        """Whether no reader sees the element; its characters are counted."""
        hides = _is_hidden(element) or _is_without_contrast(_colours(element, self.colours))
        if hides:
            self.hidden += len(_SPACE.sub(" ", element.text_content()).strip())
        return hides

    def _block(self, element: HtmlElement, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag])
        elif tag in ("ul", "ol", "menu"):
            self._list(element)
        elif tag == "dl":
            self._definitions(element)
        elif tag == "table" and _is_data_table(element):
            self._table(element)
        elif tag == "pre":
            self._verbatim(element)
        else:
            self._children(element)

    def _children(self, element: HtmlElement) -> None:
        self._text(element.text)
        for child in element:
            self.read(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if text:
            self._inline.append(text if self._preformatted else _SPACE.sub(" ", text))

    def _inline_element(self, element: HtmlElement) -> None:
        if element.tag == "br":
            self._inline.append("\n")
        elif element.tag == "sup" and element.text_content().strip().isdecimal():
            self._inline.append(element.text_content().strip().translate(_SUPERSCRIPTS))
        elif element.tag == "q":
            self._inline.append("“")
            self._children(element)
            self._inline.append("”")
        elif element.tag != "input":
            self._children(element)

    def _flush(self) -> None:
        """Ends the paragraph that has gathered; in a list item the first is the item, further ones lie below it."""
        text = self._taken()
        if not text.strip():
            return
        current = self._items[-1] if self._items else None
        if current is None:
            self._typed(text)
        elif current.started:
            self._typed(text, below=current.level)
        else:
            current.started = True
            first, *rest = _split_at_markers(text)
            self.drafts.append(item(f"{current.printed} {first}".strip(), current.level))
            self._typed("\n".join(rest), below=current.level)

    def _typed(self, text: str, below: int = 0) -> None:
        """Paragraphs and, where their lines start with numbers or bullets that the author typed, list items."""
        for line in _split_at_markers(text):
            found = marker(line)
            if found:
                level = below + self._typed_lists.level(found)
                self.drafts.append(item(f"{found.printed} {line[found.length :]}".strip(), level))
            elif line:
                self.drafts.append(item(line, below + 1) if below else paragraph(line))

    def _taken(self) -> str:
        text = "".join(self._inline)
        self._inline.clear()
        return text

    def _heading(self, element: HtmlElement, level: int) -> None:
        self._children(element)
        self._typed_lists.close()
        self.drafts.append(heading(" ".join(self._taken().split()), level))

    def _list(self, element: HtmlElement) -> None:
        number = _numbering(element)
        level = len(self._items) + 1
        for child in element:
            if child.tag == "li":
                self._within(_Item(level, number(child)), child)
            else:
                self.read(child)

    def _definitions(self, element: HtmlElement) -> None:
        level = len(self._items) + 1
        for child in element.iter("dt", "dd"):
            self._within(_Item(level + (child.tag == "dd")), child)

    def _within(self, current: _Item, element: HtmlElement) -> None:
        self._items.append(current)
        self.read(element)
        self._items.pop()

    def _verbatim(self, element: HtmlElement) -> None:
        self._preformatted = True
        self._children(element)
        self._preformatted = False
        self.drafts.append(paragraph(self._taken()))

    def _table(self, element: HtmlElement) -> None:
        for caption in element.iter("caption"):
            self.read(caption)
        rows = [row for row in element.iter("tr") if not self._hides(row)]
        self.drafts += table(list(self._spanned(rows)), has_header=bool(rows) and _is_header(rows[0]))

    def _spanned(self, rows: Sequence[HtmlElement]) -> Iterator[list[str]]:
        """The cells of each row; one that spans several rows stands in each, as it does before the reader's eyes."""
        spanning: dict[int, tuple[int, str]] = {}
        for row in rows:
            cells = self._cells(row)
            line: list[str] = []
            while True:
                left, text = spanning.pop(len(line), (0, "")) if len(line) in spanning else next(cells, (0, ""))
                if not left:
                    break
                if left > 1:
                    spanning[len(line)] = (left - 1, text)
                line.append(text)
            yield line

    def _cells(self, row: HtmlElement) -> Iterator[tuple[int, str]]:
        """How many rows each cell spans, and its text."""
        for cell in row.iterchildren("td", "th"):
            reader = _Reader(colours=_colours(row, self.colours))
            reader.read(cell)
            reader._flush()
            self.hidden += reader.hidden
            yield _span(cell), " ".join(draft.text for draft in reader.drafts)


def _split_at_markers(text: str) -> list[str]:
    """The lines of a paragraph that start with a typed number or bullet begin a piece of their own."""
    pieces: list[str] = []
    for line in map(str.strip, text.split("\n")):
        if pieces and not marker(line):
            pieces[-1] += f"\n{line}"
        else:
            pieces.append(line)
    return pieces


def _numbering(element: HtmlElement) -> Callable[[HtmlElement], str]:
    """What a list prints before each of its items; nothing but bullets for an unordered one."""
    if element.tag != "ol" or "none" in (element.get("style") or ""):
        return lambda item: ""
    style = _LIST_STYLES.get(element.get("type", ""), "decimal")
    step = -1 if element.get("reversed") is not None else 1
    start = len(element.findall("li")) if step < 0 else 1
    count = _integer(element.get("start"), start) - step

    def number(item: HtmlElement) -> str:
        nonlocal count
        count = _integer(item.get("value"), count + step)
        return f"{ordinal(count, style)}."

    return number


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*-?\d{1,9}\s*", text) else default


def _span(cell: HtmlElement) -> int:
    return max(1, min(_integer(cell.get("rowspan"), 1), _MOST_SPANNED_ROWS))


def _is_data_table(element: HtmlElement) -> bool:
    """Rows of several cells that hold no further structure; other tables only lay a page out."""
    if element.get("role") in ("presentation", "none") or element.find(".//table") is not None:
        return False
    has_structure = any(element.find(f".//{tag}") is not None for tag in _HEADINGS)
    return not has_structure and any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in element.iter("tr"))


def _is_header(row: HtmlElement) -> bool:
    """By its place, by its cells, or because all it says is bold."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    parent = row.getparent()
    if (parent is not None and parent.tag == "thead") or all(cell.tag == "th" for cell in cells):
        return True
    bold = ["".join(part.text_content() for part in cell.iter("b", "strong")) for cell in cells]
    return all(text.split() == cell.text_content().split() for text, cell in zip(bold, cells, strict=True))


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and _HIDING.search(style) is not None


def _colours(element: HtmlElement, around: tuple[Colour, Colour]) -> tuple[Colour, Colour]:
    """The colours of text and background inside an element, as far as it sets them itself."""
    text, background = around
    if element.tag == "font" and element.get("color"):
        text = _colour(element.get("color", ""))
    if element.get("bgcolor"):
        background = _colour(element.get("bgcolor", ""))
    for name, value in _COLOUR.findall(element.get("style", "")):
        if name.lower() == "color":
            text = _colour(value)
        else:
            background = _colour(value)
    return text, background


def _colour(value: str) -> Colour:
    value = value.strip().lower()
    if rgb := _RGB.match(value):
        return (int(rgb[1]), int(rgb[2]), int(rgb[3]))
    digits = value.removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{3}", digits):
        digits = "".join(2 * digit for digit in digits)
    if re.fullmatch(r"[0-9a-f]{6}", digits):
        return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16))
    return _NAMED.get(value)


def _is_without_contrast(colours: tuple[Colour, Colour]) -> bool:
    text, background = colours
    if text is None or background is None:
        return False
    return max(abs(one - other) for one, other in zip(text, background, strict=True)) <= _LEAST_CONTRAST

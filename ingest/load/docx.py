"""Word documents. The only file that knows python-docx."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.errors import Refusal, RefusedFile
from ingest.load.blocks import Draft, compose, heading, item, paragraph, table
from ingest.load.markers import OpenLists, marker, ordinal
from ingest.types import BlockKind, Parsed

Element = Any  # of the document's XML: python-docx builds their classes as it reads

_FAULTS = (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError, EOFError, AttributeError, zlib.error)
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TRANSPARENT = frozenset(
    map(qn, "w:ins w:moveTo w:hyperlink w:smartTag w:sdt w:sdtContent w:fldSimple w:customXml".split())
)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)
_PLACE = re.compile(r"%([1-9])")
_SMALLEST_SIZE = 2  # half points: below, nobody reads
_NEAR_WHITE = 0xE6
_DEEPEST_STYLE = 10


def read(path: Path) -> Parsed:
    """The blocks of a Word document; hidden and white text is left out with a warning, and so is what was deleted."""
    data = path.read_bytes()
    if data.startswith(_OLD_WORD):
        raise _refused_container(data)
    with path.open("rb") as file:
        try:
            document = docx.Document(file)
            reader = _Reader(document, _Numbering.of(document))
            drafts = list(reader.drafts())
            title = document.core_properties.title
        except _FAULTS as error:
            raise RefusedFile(Refusal.CORRUPT, f"it does not open as a Word document: {error}") from error
    warnings = [f"hidden text left out: {reader.hidden} characters of hidden or white text"] if reader.hidden else []
    return compose(drafts, title=title, warnings=warnings)


def _refused_container(data: bytes) -> RefusedFile:
    if _ENCRYPTED in data:
        return RefusedFile(Refusal.ENCRYPTED, "it opens with a password only")
    return RefusedFile(Refusal.UNSUPPORTED, "it is a Word 97 file; save it as .docx")


@dataclass(frozen=True, slots=True)
class _Level:
    """How a list numbers its items at one depth: "%1." or "(%2)", in letters, figures or bullets."""

    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class _Numbering:
    """The lists of a document, and how far each has counted."""

    lists: dict[int, tuple[int, dict[int, _Level]]] = field(default_factory=dict)
    counts: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, document: Document) -> _Numbering:
        """The lists that a document defines; lists made from the same definition count on together."""
        try:
            root: Element = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
        except KeyError:
            return cls()
        definitions = {_integer(each, "w:abstractNumId"): _levels(each) for each in root.findall(qn("w:abstractNum"))}
        numbering = cls()
        for number in root.findall(qn("w:num")):
            name, kind = _integer(number, "w:numId"), _integer(number.find(qn("w:abstractNumId")), "w:val")
            overridden = number.find(qn("w:lvlOverride")) is not None
            numbering.lists[name] = (-name if overridden else kind, definitions.get(kind, {}))
        return numbering

    def printed(self, name: int, depth: int) -> str:
        """What the next item of a list prints before its text; nothing for a bullet."""
        counter, levels = self.lists.get(name, (0, {}))
        counts = self.counts[counter]
        del counts[depth + 1 :]
        while len(counts) <= depth:
            counts.append(levels.get(len(counts), _Level()).start - (len(counts) == depth))
        counts[depth] += 1
        level = levels.get(depth, _Level("bullet"))
        if level.format in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda place: self._number(counts, levels, int(place[1]) - 1), level.text)

    def _number(self, counts: Sequence[int], levels: dict[int, _Level], depth: int) -> str:
        return ordinal(counts[depth], levels.get(depth, _Level()).format) if depth < len(counts) else ""


def _levels(definition: Element) -> dict[int, _Level]:
    levels = {}
    for level in definition.findall(qn("w:lvl")):
        levels[_integer(level, "w:ilvl")] = _Level(
            _value(level.find(qn("w:numFmt"))) or "decimal",
            _value(level.find(qn("w:lvlText"))),
            _integer(level.find(qn("w:start")), "w:val", default=1),
        )
    return levels


@dataclass(slots=True)
class _Reader:
    """Walks the body of a document."""

    document: Document
    numbering: _Numbering
    hidden: int = 0
    typed_lists: OpenLists = field(default_factory=OpenLists)
    notes: list[str] = field(default_factory=list)

    def drafts(self) -> Iterator[Draft]:
        """The blocks in order, the footnotes that the text refers to at the end."""
        yield from self._blocks(self.document.element.body)
        yield from self._footnotes()

    def _blocks(self, parent: Element) -> Iterator[Draft]:
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag in _TRANSPARENT:
                yield from self._blocks(element)

    def _paragraph(self, element: Element) -> Iterator[Draft]:
        text = self._text(element)
        numbered = self._numbered(element)
        style = self._style_name(element)
        printed = self.numbering.printed(*numbered) if numbered and text.strip() else ""
        level = self._heading_level(element, style)
        if style.casefold().startswith("toc "):
            yield Draft(BlockKind.FURNITURE, text)
        elif level:
            self.typed_lists.close()
            yield heading(f"{printed} {text}".strip(), level)
        elif numbered or style.startswith("List "):
            depth = numbered[1] if numbered else 0
            yield item(f"{printed} {text}".strip(), max(depth + 1, _style_depth(style)))
        elif found := marker(text):
            yield item(f"{found.printed} {text[found.length :]}".strip(), self.typed_lists.level(found))
        else:
            yield paragraph(text)
        for box in element.iter(qn("w:txbxContent")):
            if not any(above.tag.endswith("}Fallback") for above in box.iterancestors()):
                yield from self._blocks(box)

    def _text(self, element: Element) -> str:
        return "".join(self._run_texts(element))

    def _run_texts(self, parent: Element) -> Iterator[str]:
        for child in parent:
            if child.tag == qn("w:r"):
                text = "".join(self._pieces(child))
                if self._is_hidden(child):
                    self.hidden += len(text.strip())
                else:
                    yield text.translate(_SUPERSCRIPTS) if _is_raised(child) and text.isdecimal() else text
            elif child.tag in _TRANSPARENT:
                yield from self._run_texts(child)

    def _pieces(self, run: Element) -> Iterator[str]:
        for child in run:
            if child.tag == qn("w:t"):
                yield child.text or ""
            elif child.tag in (qn("w:tab"), qn("w:ptab")):
                yield "\t"
            elif child.tag in (qn("w:br"), qn("w:cr")):
                yield "\n"
            elif child.tag == qn("w:noBreakHyphen"):
                yield "-"
            elif child.tag == qn("w:footnoteReference"):
                self.notes.append(child.get(qn("w:id"), ""))
                yield str(len(self.notes)).translate(_SUPERSCRIPTS)

    def _footnotes(self) -> Iterator[Draft]:
        if not self.notes:
            return
        part = self.document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
        bodies: dict[str, Element] = {note.get(qn("w:id"), ""): note for note in parse_xml(part.blob)}
        for number, name in enumerate(tuple(self.notes), start=1):
            text = " ".join(self._text(each).strip() for each in bodies[name].iter(qn("w:p"))) if name in bodies else ""
            yield paragraph(f"{str(number).translate(_SUPERSCRIPTS)} {text}" if text else "")

    def _table(self, element: Element) -> Iterator[Draft]:
        rows = [row for row in element.iter(qn("w:tr")) if next(row.iterancestors(qn("w:tbl"))) is element]
        cells = [row.findall(qn("w:tc")) for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1:
            yield from self._blocks(cells[0][0])
            return
        texts: list[list[str]] = []
        for row in cells:
            texts.append([self._cell_text(cell, column, texts) for column, cell in enumerate(row)])
        yield from table(texts, has_header=bool(rows) and _is_header(rows[0], texts[0]))

    def _cell_text(self, cell: Element, column: int, above: Sequence[Sequence[str]]) -> str:
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merged is not None and _value(merged) != "restart" and above and column < len(above[-1]):
            return above[-1][column]
        return " ".join(draft.text for draft in self._blocks(cell))

    def _numbered(self, element: Element) -> tuple[int, int] | None:
        """The list that a paragraph belongs to, by itself or by its style, and how deep."""
        for properties in self._paragraph_properties(element):
            numbering = properties.find(qn("w:numPr"))
            if numbering is not None and numbering.find(qn("w:numId")) is not None:
                name = _integer(numbering.find(qn("w:numId")), "w:val")
                return (name, min(_integer(numbering.find(qn("w:ilvl")), "w:val"), 8)) if name else None
        return None

    def _heading_level(self, element: Element, style: str) -> int:
        if named := _HEADING.match(style):
            return int(named[1])
        if style.casefold() == "title":
            return 1
        levels = (properties.find(qn("w:outlineLvl")) for properties in self._paragraph_properties(element))
        level = next((_integer(each, "w:val", default=9) for each in levels if each is not None), 9)
        return level + 1 if level < 9 else 0

    def _style_name(self, element: Element) -> str:
        style = self._style(element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        return _value(style.find(qn("w:name"))) if style is not None else ""

    def _style(self, reference: Element) -> Element:
        name = _value(reference)
        return self.document.styles.element.get_by_id(name) if name else None

    def _styles(self, reference: Element) -> Iterator[Element]:
        """A style and those that it is based on."""
        style = self._style(reference)
        for _ in range(_DEEPEST_STYLE):
            if style is None:
                return
            yield style
            style = self._style(style.find(qn("w:basedOn")))

    def _paragraph_properties(self, element: Element) -> Iterator[Element]:
        own = element.find(qn("w:pPr"))
        if own is not None:
            yield own
            yield from _found(self._styles(own.find(qn("w:pStyle"))), "w:pPr")

    def _run_properties(self, run: Element) -> Iterator[Element]:
        own = run.find(qn("w:rPr"))
        if own is not None:
            yield own
            yield from _found(self._styles(own.find(qn("w:rStyle"))), "w:rPr")
        around = next(run.iterancestors(qn("w:p")))
        yield from _found(self._styles(around.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")), "w:rPr")

    def _is_hidden(self, run: Element) -> bool:
        properties = list(self._run_properties(run))
        vanish, size = _first(properties, "w:vanish"), _first(properties, "w:sz")
        if vanish is not None and _value(vanish) not in ("0", "false", "off"):
            return True
        if size is not None and _integer(size, "w:val", default=20) < _SMALLEST_SIZE:
            return True
        colour = _first(properties, "w:color")
        return colour is not None and _is_white(colour) and not self._has_background(run, properties)

    def _has_background(self, run: Element, properties: Sequence[Element]) -> bool:
        """Whether a run stands on a shade: its own, its paragraph's, its cell's or its table's."""
        if _first(properties, "w:highlight") is not None:
            return True
        places = [*properties]
        for above in run.iterancestors(qn("w:p"), qn("w:tc"), qn("w:tbl")):
            places += [each for name in ("w:pPr", "w:tcPr", "w:tblPr") if (each := above.find(qn(name))) is not None]
            if above.tag == qn("w:p"):
                places += list(self._paragraph_properties(above))
            if above.tag == qn("w:tbl") and above.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None:
                return True  # table styles shade by place; what they colour is meant to be seen
        shades = (place.find(qn("w:shd")) for place in places)
        return any(shade is not None and not _is_light(shade.get(qn("w:fill"), "auto")) for shade in shades)


def _style_depth(style: str) -> int:
    """2 for "List Bullet 2"."""
    last = style.rpartition(" ")[2]
    return int(last) if last.isdecimal() else 1


def _found(styles: Iterable[Element], name: str) -> Iterator[Element]:
    return (each for style in styles if (each := style.find(qn(name))) is not None)


def _first(properties: Iterable[Element], name: str) -> Element:
    return next((each for one in properties if (each := one.find(qn(name))) is not None), None)


def _value(element: Element) -> str:
    return str(element.get(qn("w:val"), "")) if element is not None else ""


def _integer(element: Element, name: str, default: int = 0) -> int:
    value = element.get(qn(name), "") if element is not None else ""
    return int(value) if value.isdecimal() else default


def _is_white(colour: Element) -> bool:
    theme = colour.get(qn("w:themeColor"))
    return theme in ("background1", "light1") if theme else _is_light(_value(colour), unknown=False)


def _is_light(colour: str, *, unknown: bool = True) -> bool:
    if not re.fullmatch(r"[0-9a-fA-F]{6}", colour):
        return unknown
    return min(bytes.fromhex(colour)) >= _NEAR_WHITE


def _is_raised(run: Element) -> bool:
    return _value(run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")) == "superscript"


def _is_header(row: Element, texts: Sequence[str]) -> bool:
    """By its mark, because all it says is bold, or because it names three columns or more and has no figures."""
    if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
        return True
    bold = [
        run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None
        for run in row.iter(qn("w:r"))
        if run.find(qn("w:t")) is not None
    ]
    names = len(texts) > 2 and all(text.strip() for text in texts) and not any(map(str.isdigit, "".join(texts)))
    return (bool(bold) and all(bold)) or names

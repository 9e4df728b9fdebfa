"""A document as a Word file: heading and list styles, real tables, running header and footer, properties."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordDocument
from docx.enum.dml import MSO_THEME_COLOR
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from builder.document import Block, Document, Heading, Listing, Paragraph, Table, Text

_UNDATED = "2000-01-01"
_EARLIEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)
_TABLE_STYLE = "Table Grid"
_LEFTOVERS = ("/stylesWithEffects", "/thumbnail")
_LEVELS = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))


def write_docx(document: Document) -> bytes:
    """The bytes of a Word file."""
    word = docx.Document()
    _strip_template(word)
    _set_properties(word, document)
    writer = _Writer(word, document)
    for block in document.blocks:
        writer.add(block)
    content = BytesIO()
    word.save(content)
    return _fixed(content)


def _strip_template(word: WordDocument) -> None:
    """Drops what the library's template carries and no document uses: most of 800 KB."""
    for style in list(word.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in (_TABLE_STYLE, "Normal Table"):
            style.delete()
    for relations in (word.part.rels, word.part.package.rels):
        for name in [name for name, relation in relations.items() if relation.reltype.endswith(_LEFTOVERS)]:
            del relations[name]


def _set_properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title, properties.author, properties.language = document.title, document.organisation, document.language
    properties.last_modified_by, properties.comments = document.organisation, ""
    properties.created = properties.modified = datetime.fromisoformat(document.published or _UNDATED)
    section = word.sections[0]
    section.header.paragraphs[0].text = document.title
    section.footer.paragraphs[0].text = document.organisation
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), document.language)


def _fixed(saved: BytesIO) -> bytes:
    """The same archive without times, and uncompressed, so that its bytes do not depend on which zlib compresses."""
    content = BytesIO()
    with ZipFile(saved) as before, ZipFile(content, "w", ZIP_STORED) as after:
        for name in before.namelist():
            entry = ZipInfo(name, _EARLIEST_IN_ZIP)
            entry.create_system = 3
            after.writestr(entry, before.read(name))
    return content.getvalue()


class _Writer:
    def __init__(self, word: WordDocument, document: Document) -> None:
        self._word = word
        self._document = document
        self._numbering: Any = word.part.numbering_part.element
        self._scheme = self._add_numbering_scheme()

    def add(self, block: Block) -> None:
        match block:
            case Heading(level, text):
                self._write(self._word.add_heading(level=level), text)
            case Paragraph(text):
                self._write(self._word.add_paragraph(), text)
            case Listing():
                self._add_listing(block, 0)
            case Table():
                self._add_table(block)

    def _add_listing(self, listing: Listing, indent: int) -> None:
        sort, level = "Number" if listing.numbered else "Bullet", ("", " 2", " 3")[min(indent, 2)]
        numbers = self._start_numbers(listing)
        for item in listing.items:
            paragraph = self._word.add_paragraph(style=f"List {sort}{level}")
            self._number(paragraph, listing, numbers)
            self._write(paragraph, item.text)
            for block in item.below:
                if isinstance(block, Listing):
                    self._add_listing(block, indent + 1)
                else:
                    self._write(self._word.add_paragraph(style=f"List Continue{level}"), block.text)

    def _add_table(self, table: Table) -> None:
        rows = (table.header, *table.rows)
        grid = self._word.add_table(len(rows), len(table.header), _TABLE_STYLE)
        for row, texts in zip(grid.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].style = "No Spacing"
                self._write(cell.paragraphs[0], text)
        grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self._word.add_paragraph(style="No Spacing")

    def _write(self, paragraph: WordParagraph, text: Text) -> None:
        for run in text:
            words = paragraph.add_run(run.text)
            if run.bold:
                words.bold = True
            if run.italic:
                words.italic = True
            source = self._document.sources.get(run.source)
            if address := source.url if source else run.link:
                self._link(paragraph, words, address)

    def _link(self, paragraph: WordParagraph, words: WordRun, address: str) -> None:
        words.font.color.theme_color = MSO_THEME_COLOR.HYPERLINK
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        words._r.addprevious(link)
        link.append(words._r)

    def _add_numbering_scheme(self) -> int:
        """1. 2. 3., inside that (a) (b) (c), inside that (i) (ii) (iii); the template has only 1. 2. 3."""
        schemes = self._numbering.findall(qn("w:abstractNum"))
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{sort}"/><w:lvlText w:val="{label}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
            for level, (sort, label) in enumerate(_LEVELS)
        )
        scheme = (
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{len(schemes)}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        schemes[-1].addnext(parse_xml(scheme))
        return len(schemes)

    def _start_numbers(self, listing: Listing) -> int:
        numbers = self._numbering.add_num(self._scheme)
        numbers.add_lvlOverride(listing.depth).add_startOverride(listing.start)
        return int(numbers.numId)

    def _number(self, paragraph: WordParagraph, listing: Listing, numbers: int) -> None:
        if listing.numbered:
            properties: Any = paragraph._p.get_or_add_pPr()
            properties.get_or_add_numPr().get_or_add_ilvl().val = listing.depth
            properties.get_or_add_numPr().get_or_add_numId().val = numbers

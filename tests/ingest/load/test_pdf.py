"""PDF files made by reportlab: what a reader sees of them, where it stands, and why some are refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    Frame,
    ListFlowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from ingest.errors import Refusal, RefusedFile
from ingest.load.pdf import character_boxes, draw, read
from ingest.load.picture import Drawing, Picture
from ingest.types import BlockKind
from tests.ingest.load.drawn import Draw, both, contexts, holds_together, lines, pdf, said

STYLES = getSampleStyleSheet()
UNSEEN = "covered, in a hidden layer, or of the colour behind it"
SENTENCE = (
    "Contracts above the threshold are subject to a call for tenders that is open to firms established in the Member "
    "States, and the Laboratory publishes a market survey before it invites firms to tender."
)


def built(path: Path, *story: Flowable) -> Path:
    SimpleDocTemplate(str(path), pagesize=A4).build(list(story))
    return path


def test_text_title_and_pages_are_read(tmp_path: Path) -> None:
    parsed = read(pdf(tmp_path / "a.pdf", lines("First page."), lines("Second page."), title="Rules"))
    assert (parsed.title, [page.text for page in parsed.pages], parsed.warnings) == (
        "Rules",
        ["First page.", "Second page."],
        (),
    )


def test_a_title_that_is_a_file_name_gives_way_to_the_first_heading(tmp_path: Path) -> None:
    path = built(
        tmp_path / "a.pdf", Paragraph("Access rules", STYLES["Title"]), Paragraph(SENTENCE, STYLES["BodyText"])
    )
    writer = PdfWriter(path)
    writer.add_metadata({"/Title": "Microsoft Word - rules_v3.doc"})
    writer.write(path)
    assert read(path).title == "Access rules"


def test_headings_lists_and_tables_are_found(tmp_path: Path) -> None:
    body, table = STYLES["BodyText"], Table([["Amount", "Procedure"], ["10 000", "direct"], ["50 000", "enquiry"]])
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    parsed = read(
        built(
            tmp_path / "a.pdf",
            *(Paragraph("1. Scope", STYLES["Heading1"]), Paragraph(SENTENCE, body), Paragraph("These apply:", body)),
            ListFlowable(
                [
                    Paragraph(
                        "the first rule, which says that all firms of the Member States may answer to calls;", body
                    )
                ],
                bulletType="bullet",
            ),
            *(Paragraph("1.1 Thresholds", STYLES["Heading2"]), table, Paragraph(SENTENCE, body)),
        )
    )
    page = parsed.pages[0]
    assert holds_together(parsed)
    assert [
        (block.level, page.text[block.start : block.end]) for block in page.blocks if block.kind is BlockKind.HEADING
    ] == [
        (1, "1. Scope"),
        (2, "1.1 Thresholds"),
    ]
    assert said(page, BlockKind.PARAGRAPH) == [SENTENCE, "These apply:", SENTENCE]
    (item,) = said(page, BlockKind.LIST_ITEM)
    assert contexts(page)[item] == "These apply:"
    assert said(page, BlockKind.TABLE_ROW) == ["Amount | Procedure", "10 000 | direct", "50 000 | enquiry"]
    assert contexts(page)["10 000 | direct"] == "Amount | Procedure"


def test_a_title_over_two_columns_with_a_ruled_table_in_one_does_not_join_them(tmp_path: Path) -> None:
    body, rows = STYLES["BodyText"], [["Country", "Partner"], *([f"Country {number}", "a firm"] for number in range(6))]
    table = Table(rows, colWidths=[100, 110])
    table.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)]))
    left: list[Flowable] = [
        Paragraph("In short", STYLES["Heading1"]),
        Paragraph(SENTENCE, body),
        Paragraph(SENTENCE, body),
    ]
    right = [Paragraph("Partners", STYLES["Heading2"]), Paragraph(SENTENCE, body), table, Paragraph(SENTENCE, body)]

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 17)
        canvas.drawString(66, 715, "What was learnt in these four years")
        for story, column in ((left, 60), (right, 295)):
            Frame(column, 100, 215, 610).addFromList(story, canvas)

    found = said(read(pdf(tmp_path / "a.pdf", page)).pages[0])
    cells = [" | ".join(row) for row in rows]
    assert found[1:] == ["In short", SENTENCE, SENTENCE, "Partners", SENTENCE, *cells, SENTENCE]


def test_a_table_that_goes_on_keeps_its_header(tmp_path: Path) -> None:
    body = STYLES["BodyText"]
    rows: list[list[str | Paragraph]] = [[Paragraph(f"<b>{name}</b>", body) for name in ("Step", "What happens")]]
    rows += [[f"Step {number}", Paragraph(SENTENCE, body)] for number in range(30)]
    pages = read(built(tmp_path / "a.pdf", Table(rows, colWidths=[60, 250]))).pages
    assert len(pages) > 1
    assert said(pages[1])[0].startswith("Step ")
    assert all(block.context == "Step | What happens" for block in pages[1].blocks)


def test_running_headers_footers_and_page_numbers_are_furniture(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        edge = both(lines("Rules of the Laboratory", top=815), lines(f"Page {number} of 3", top=30))
        return both(edge, lines(f"The text of page {number}.", "It has two lines.", top=600))

    pages = read(pdf(tmp_path / "a.pdf", *map(page, (1, 2, 3)))).pages
    assert [said(page, BlockKind.FURNITURE) for page in pages] == [
        ["Rules of the Laboratory", f"Page {number} of 3"] for number in (1, 2, 3)
    ]


def test_headings_that_count_are_not_furniture(tmp_path: Path) -> None:
    def annex(number: int) -> list[Flowable]:
        return [Paragraph(f"Annex {number}", STYLES["Heading1"]), Paragraph(SENTENCE, STYLES["BodyText"]), PageBreak()]

    pages = read(built(tmp_path / "a.pdf", *annex(1), *annex(2), *annex(3), *annex(4))).pages
    assert [said(page, BlockKind.HEADING) for page in pages if page.text] == [
        [f"Annex {number}"] for number in (1, 2, 3, 4)
    ]


def test_the_outline_names_headings_that_look_like_text(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", lines("1  Scope", "", "All contracts.", "", "Exceptions", "", "None."))
    writer = PdfWriter(path)
    scope = writer.add_outline_item(title="Scope", page_number=0)
    writer.add_outline_item(title="Exceptions", page_number=0, parent=scope)
    writer.write(path)
    page = read(path).pages[0]
    assert [(page.text[block.start : block.end], block.level) for block in page.blocks if block.level] == [
        ("1 Scope", 1),
        ("Exceptions", 2),
    ]


def test_page_labels_and_attachments_are_told(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", lines("Preface."), lines("Text."))
    writer = PdfWriter(path)
    writer.set_page_label(0, 0, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(1, 1, style=PageLabelStyle.DECIMAL, start=1)
    writer.add_attachment("budget.xlsx", b"x")
    writer.write(path)
    parsed = read(path)
    assert [page.label for page in parsed.pages] == ["i", "1"]
    assert parsed.warnings == ("attached files were not read: budget.xlsx",)


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 600, "secret")


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(72, 600)
    text.setTextRenderMode(3)
    text.textOut("secret")
    canvas.drawText(text)


def off_page(canvas: Canvas) -> None:
    canvas.drawString(700, 600, "secret")


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(72, 600, "secret")


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(72, 600, "secret")


def covered(canvas: Canvas) -> None:
    canvas.drawString(72, 600, "secret")
    canvas.rect(60, 590, 200, 30, fill=1)


def black_on_black(canvas: Canvas) -> None:
    canvas.rect(60, 590, 200, 30, fill=1)
    canvas.drawString(72, 600, "secret")


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("form")
    white(canvas)
    canvas.endForm()
    canvas.doForm("form")


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (white, UNSEEN),
        (in_a_form, UNSEEN),
        (invisible, "in an invisible render mode"),
        (off_page, "outside the page"),
        (tiny, "smaller than a point"),
        (transparent, UNSEEN),
        (covered, UNSEEN),
        (black_on_black, UNSEEN),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_text_that_no_reader_sees_is_left_out_with_a_warning(tmp_path: Path, draw: Draw, reason: str) -> None:
    parsed = read(pdf(tmp_path / "a.pdf", lines("A page."), both(lines("Seen."), draw)))
    assert [page.text for page in parsed.pages] == ["A page.", "Seen."]
    assert parsed.warnings == (f"hidden text left out: 6 characters {reason}, on page 2",)


def test_words_blacked_out_in_a_line_are_left_out(tmp_path: Path) -> None:
    def redacted(canvas: Canvas) -> None:
        canvas.drawString(72, 600, "The amount is secret for now.")
        before, word = (canvas.stringWidth(text, "Helvetica", 11) for text in ("The amount is ", "secret"))
        canvas.rect(72 + before - 1, 596, word + 2, 14, fill=1)

    assert read(pdf(tmp_path / "a.pdf", redacted)).pages[0].text == "The amount is for now."


def test_a_layer_that_is_switched_off_is_left_out(tmp_path: Path) -> None:
    def layers(canvas: Any) -> None:
        for number, text in enumerate(("secret", "Seen.")):
            canvas._code.append(f"/OC /Layer{number} BDC")
            canvas.drawString(72, 700 - 20 * number, text)
            canvas._code.append("EMC")

    writer = PdfWriter(pdf(tmp_path / "a.pdf", layers))
    off, on = (writer._add_object(_dictionary(Type="OCG", Name=name)) for name in ("Off", "On"))
    resources = writer.pages[0]["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    resources[NameObject("/Properties")] = _dictionary(Layer0=off, Layer1=on)
    defaults = _dictionary(OFF=ArrayObject([off]))
    writer.root_object[NameObject("/OCProperties")] = _dictionary(OCGs=ArrayObject([off, on]), D=defaults)
    writer.write(tmp_path / "a.pdf")
    assert read(tmp_path / "a.pdf").pages[0].text == "Seen."


def _dictionary(**entries: object) -> DictionaryObject:
    found = DictionaryObject()
    for name, value in entries.items():
        found[NameObject(f"/{name}")] = value if isinstance(value, PdfObject) else NameObject(f"/{value}")
    return found


def on_dark_band(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(60, 590, 200, 30, fill=1)
    white(canvas)


def pale(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.92, 0.92, 0.92)
    canvas.drawString(72, 600, "secret")


def on_light_band(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.9, 0.9, 0.9)
    canvas.rect(60, 590, 200, 30, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(72, 600, "secret")


@pytest.mark.parametrize("draw", [on_dark_band, pale, on_light_band], ids=lambda draw: draw.__name__)
def test_text_that_can_be_seen_is_kept(tmp_path: Path, draw: Draw) -> None:
    parsed = read(pdf(tmp_path / "a.pdf", both(lines("Seen."), draw)))
    assert (parsed.pages[0].text, parsed.warnings) == ("Seen.\n\nsecret", ())


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    parsed = read(pdf(tmp_path / "a.pdf", lines("One."), lines(), lines(), lines("Four."), lines()))
    assert parsed.warnings == ("no text on pages 2–3, 5 (a scan needs OCR)",)


def refusal(path: Path) -> Refusal:
    with pytest.raises(RefusedFile) as refused:
        read(path)
    return refused.value.refusal


def test_a_file_without_any_text_is_refused(tmp_path: Path) -> None:
    assert refusal(pdf(tmp_path / "a.pdf", lines(), both(lines(), invisible))) is Refusal.NO_TEXT


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_file_with_a_password_is_refused_and_one_without_opens(tmp_path: Path, algorithm: str) -> None:
    for user, name in (("secret", "locked.pdf"), ("", "open.pdf")):
        writer = PdfWriter(pdf(tmp_path / name, lines("Some text.")))
        writer.encrypt(user_password=user, owner_password="owner", algorithm=algorithm)
        writer.write(tmp_path / name)
    assert refusal(tmp_path / "locked.pdf") is Refusal.ENCRYPTED
    assert read(tmp_path / "open.pdf").pages[0].text == "Some text."


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"no PDF at all", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"]
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert refusal(path) is Refusal.CORRUPT


@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_file_cut_short_is_read_or_refused_by_name(tmp_path: Path, tenths: int) -> None:
    whole = pdf(tmp_path / "a.pdf", *[lines(f"Page {number}.") for number in range(5)]).read_bytes()
    path = tmp_path / "short.pdf"
    path.write_bytes(whole[: len(whole) * tenths // 10])
    try:
        parsed = read(path)
    except RefusedFile:
        return
    assert holds_together(parsed)


QUOTE = SENTENCE[SENTENCE.index("firms") :]


@pytest.fixture
def quoted(tmp_path: Path) -> Path:
    return built(tmp_path / "a.pdf", Spacer(1, 100), Paragraph(SENTENCE, STYLES["BodyText"]))


def test_the_boxes_of_a_quotation_are_one_a_line_and_lie_on_its_words(quoted: Path) -> None:
    text = read(quoted).pages[0].text
    start = text.index(QUOTE)
    boxes = character_boxes(quoted, 1, start, start + len(QUOTE))
    assert len(boxes) == 2
    assert boxes[0][3] <= boxes[1][1] + 1
    assert all(left < right and 100 < top < bottom < 300 for left, top, right, bottom in boxes)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_picture_of_the_page_highlights_just_the_quotation(quoted: Path, rotation: int) -> None:
    writer = PdfWriter()
    writer.add_page(PdfReader(quoted).pages[0]).rotate(rotation)
    writer.write(quoted)
    picture, drawn = picture_of(quoted, read(quoted).pages[0].text)
    yellow = [picture.getpixel(place) for place in _middles(drawn, picture)]
    assert picture.width == 600
    assert len(yellow) == 2
    assert all(isinstance(pixel, tuple) and pixel[2] < pixel[0] for pixel in yellow)
    assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_nothing_is_marked_on_a_page_that_reads_otherwise_than_when_it_was_indexed(quoted: Path) -> None:
    picture, drawn = picture_of(quoted, read(quoted).pages[0].text.replace("firms", "farms"))
    assert drawn.marks == ()
    red, _, blue = picture.split()
    assert red.tobytes() == blue.tobytes()


def picture_of(path: Path, text: str) -> tuple[Image.Image, Picture]:
    """The first page, 600 pixels wide, with the quotation marked where it stands in the text."""
    start = text.index(QUOTE) if QUOTE in text else 10
    drawn = draw(Drawing(path.read_bytes(), 1, text, start, start + len(QUOTE), width=600))
    return Image.open(BytesIO(drawn.png)), drawn


def _middles(drawn: Picture, picture: Image.Image) -> list[tuple[int, int]]:
    return [
        (round((left + right) / 2 * picture.width), round((top + bottom) / 2 * picture.height))
        for left, top, right, bottom in drawn.marks
    ]

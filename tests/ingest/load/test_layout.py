"""From runs to text in reading order: lines, paragraphs, items, columns, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.load.layout import Layout, lay_out
from ingest.load.sheet import Ruling, Run, Sheet
from tests.ingest.load.drawn import run

RUNS = st.lists(
    st.builds(
        run,
        st.text(st.sampled_from("ab1.•- ﬁ|"), min_size=1, max_size=8),
        st.floats(0, 500),
        st.floats(0, 800),
        size=st.floats(1, 30),
        bold=st.booleans(),
    ),
    max_size=40,
)


def sheet(runs: Sequence[Run], level: Sequence[Ruling] = (), upright: Sequence[Ruling] = ()) -> Sheet:
    """A page of runs that are drawn one after the other."""
    numbered, first = [], 0
    for each in runs:
        numbered.append(replace(each, first=first))
        first += len(each.text) + 1
    return Sheet(1, 0, 842, tuple(numbered), tuple(level), tuple(upright))


def pieces(layout: Layout) -> list[str]:
    return [layout.text[piece.start : piece.end] for piece in layout.pieces]


def column(*lines: str, left: float = 72, top: float = 700, leading: float = 12) -> list[Run]:
    return [run(line, left, top - number * leading) for number, line in enumerate(lines) if line]


def laid_out(*runs: Run, level: Sequence[Ruling] = (), upright: Sequence[Ruling] = ()) -> list[str]:
    return pieces(lay_out(sheet(runs, level, upright)))


def test_lines_of_a_paragraph_are_joined_and_broken_words_mended() -> None:
    runs = column("A paragraph that goes on and on, with procure-", "ment in it, and ends here, on the second line.")
    assert laid_out(*runs) == [
        "A paragraph that goes on and on, with procurement in it, and ends here, on the second line."
    ]


def test_a_larger_gap_starts_a_paragraph() -> None:
    runs = column(
        "The first line of the first paragraph, of some", "length, and its second line.", "", "The second one."
    )
    assert len(laid_out(*runs)) == 2


def test_a_short_last_line_starts_a_paragraph_without_a_gap() -> None:
    runs = column(
        "The first line of the first paragraph, of some",
        "length.",
        "The second paragraph, without any gap above it,",
        "goes on.",
    )
    assert [piece.split()[1] for piece in laid_out(*runs)] == ["first", "second"]


def test_an_indent_starts_a_paragraph() -> None:
    runs = column("The first line of the first paragraph, which is", "full to its end, and so is the second line here.")
    runs += [run("The next one is set in, and nothing else tells", 87, 676), run("where it starts.", 72, 664)]
    assert len(laid_out(*runs)) == 2


def test_a_change_of_size_starts_a_piece() -> None:
    runs = [run("Thresholds", 72, 700, size=14), *column("The first line of the text that stands below it.", top=684)]
    assert laid_out(*runs)[0] == "Thresholds"


def test_bullets_and_numbers_start_items_and_bullets_are_not_text() -> None:
    runs = [run("•", 72, 700), run("a first item that runs over the end of its own", 90, 700), run("line;", 90, 688)]
    runs += [
        run("•", 72, 676),
        run("a second one.", 90, 676),
        run("(a) a clause.", 72, 664),
        run("(b) another.", 72, 652),
    ]
    assert laid_out(*runs) == [
        "a first item that runs over the end of its own line;",
        "a second one.",
        "(a) a clause.",
        "(b) another.",
    ]


def test_a_raised_figure_is_a_superscript() -> None:
    runs = [
        run("CHF 750 000", 72, 700),
        replace(run("1", 127, 704, size=6), glued=True),
        run("is the limit.", 134, 700),
    ]
    assert laid_out(*runs) == ["CHF 750 000¹ is the limit."]


LEFT = [
    "The left column is read first, all of",
    "it from its top to its bottom, before",
    "anything of the right column is read,",
] * 3
RIGHT = [
    "and only then comes the right column,",
    "which is read from top to bottom too,",
    "as a person who reads the page would.",
] * 3


def test_columns_are_read_one_after_the_other() -> None:
    (text,) = laid_out(*column(*LEFT, left=50), *column(*RIGHT, left=300))
    assert text == " ".join(LEFT + RIGHT)


def test_a_title_over_two_columns_comes_first_and_a_line_below_them_last() -> None:
    found = laid_out(
        run("A title over both of the columns of this page", 120, 740, size=16),
        *column(*LEFT, left=50),
        *column(*RIGHT, left=300),
        run("A closing line that stands below both of the columns and is as wide as they are.", 50, 560),
    )
    assert [piece.split()[0] for piece in found] == ["A", "The", "A"]


def test_columns_drawn_last_to_first_are_still_read_from_the_left() -> None:
    found = laid_out(*column(*RIGHT, left=300), *column(*LEFT, left=50))
    assert found[0].startswith(LEFT[0])


TITLE = [run("A title over both of the columns of this page", 50, 712, size=16)]
NAMES = [f"Name {number} | the partner {number}" for number in range(5)]


def names(left: float, top: float) -> tuple[list[Run], list[Ruling]]:
    """A table of two columns, as wide as a column of the page, and the lines around its rows."""
    rows = [(top - 18 * number, row.split(" | ")) for number, row in enumerate(NAMES)]
    runs = [run(cell, left + 70 * place, line) for line, row in rows for place, cell in enumerate(row)]
    return runs, [Ruling(line, left, left + 190) for line in (top + 12, *(line - 6 for line, _ in rows))]


@pytest.mark.parametrize("left", [50, 300])
@pytest.mark.parametrize("right_first", [False, True])
def test_a_table_in_one_of_two_columns_below_a_title_stays_in_its_column(left: int, right_first: bool) -> None:
    cells, level = names(left, 560)
    with_table = [*column(*LEFT, left=left, top=690), *cells, *column(*RIGHT, left=left, top=460)]
    beside = column(*RIGHT, *LEFT, left=350 - left, top=690)
    in_order = [with_table, beside] if left == 50 else [beside, with_table]
    found = laid_out(*TITLE, *in_order[right_first], *in_order[not right_first], level=level)
    texts = [" ".join([*LEFT, *NAMES, *RIGHT]), " ".join(RIGHT + LEFT)]
    assert " ".join(found) == " ".join([TITLE[0].text, *(texts if left == 50 else reversed(texts))])
    assert [piece for piece in found if "|" in piece] == NAMES


def test_what_stands_right_below_columns_in_other_columns_is_read_after_them() -> None:
    foot = [run("The Laboratory", 50, 566), run("page 1 of 3", 420, 566)]
    found = laid_out(*TITLE, *column(*LEFT, left=50, top=690), *column(*RIGHT, left=300, top=690), *foot)
    assert found[1:] == [" ".join(LEFT + RIGHT), "The Laboratory page 1 of 3"]


@pytest.mark.parametrize("cell_by_cell", [False, True])
def test_level_lines_across_two_columns_of_prose_make_them_a_table(cell_by_cell: bool) -> None:
    runs, level, spans = [*TITLE], [Ruling(702, 40, 500)], [(40, 280), (280, 500)] if cell_by_cell else [(40, 500)]
    for number in range(3):
        top = 690 - 100 * number
        runs += [*column(*LEFT[:6], left=50, top=top), *column(*RIGHT[:6], left=300, top=top)]
        level += [Ruling(top - 80, *span) for span in spans]
    upright = [Ruling(place, 400, 702) for place in (40, 280, 500)]
    row = f"{' '.join(LEFT[:6])} | {' '.join(RIGHT[:6])}"
    assert laid_out(*runs, level=level, upright=upright) == [TITLE[0].text, row, row, row]


def test_a_full_cell_stays_apart_from_its_neighbour() -> None:
    rows = [("Which accounts?", "Separate ones"), ("Is there a figure for the use?", "No figure"), ("Dates?", "None")]
    runs = [
        run(cell, left, 700 - 18 * number)
        for number, row in enumerate(rows)
        for left, cell in zip((72, 229), row, strict=True)
    ]
    assert laid_out(*runs) == [" | ".join(row) for row in rows]


def test_rows_of_aligned_cells_are_a_table() -> None:
    rows = [("Amount", "Procedure", "Approval"), ("10 000", "direct", "unit"), ("50 000", "enquiry", "head")]
    runs = [
        run(cell, 72 + 120 * place, 700 - 16 * number)
        for number, row in enumerate(rows)
        for place, cell in enumerate(row)
    ]
    layout = lay_out(sheet(runs))
    assert pieces(layout) == ["Amount | Procedure | Approval", "10 000 | direct | unit", "50 000 | enquiry | head"]
    assert [piece.row.row for piece in layout.pieces if piece.row] == [0, 1, 2]


def test_cells_of_several_lines_stay_whole() -> None:
    runs = [run("Step", 72, 700), run("What happens", 172, 700)]
    for number in range(3):
        top = 680 - 40 * number
        runs += [
            run(f"Step {number}", 72, top),
            run("the firm sends in", 172, top),
            run("its offer in time", 172, top - 12),
        ]
    assert laid_out(*runs)[1] == "Step 0 | the firm sends in its offer in time"


def test_ruling_lines_part_the_rows_of_a_table_that_is_tightly_set() -> None:
    runs, level = [], [Ruling(711, 60, 300)]
    for number in range(3):
        top = 700 - 28 * number
        runs += [run(f"Name {number}", 72, top), run("a cell of two", 172, top), run("lines here", 172, top - 12)]
        level.append(Ruling(top - 16, 60, 300))
    upright = [Ruling(place, 600, 711) for place in (60, 160, 300)]
    assert laid_out(*runs, level=level, upright=upright) == [
        f"Name {number} | a cell of two lines here" for number in range(3)
    ]


def test_a_list_with_hanging_numbers_is_no_table() -> None:
    runs = []
    for number in range(1, 5):
        runs += [run(f"{number}.", 72, 700 - 14 * number), run("a clause of this list", 100, 700 - 14 * number)]
    assert laid_out(*runs) == [f"{number}. a clause of this list" for number in range(1, 5)]


def test_two_lines_that_happen_to_have_a_gap_are_no_table() -> None:
    runs = [run("Signed in", 72, 700), run("Geneva", 130, 700), run("on this", 72, 688), run("day", 115, 688)]
    assert all("|" not in piece for piece in laid_out(*runs))


def test_text_that_is_turned_comes_after_the_rest() -> None:
    page = replace(sheet(column("The page.")), turned=((run("Draft", 0, 0, first=50),),))
    assert pieces(lay_out(page)) == ["The page.", "Draft"]


def test_every_character_knows_its_source() -> None:
    runs = sheet([run("the ﬁrst procure-", 72, 700), run("ment rule", 72, 688)])
    layout = lay_out(runs)
    by_source = {each.first + place: character for each in runs.runs for place, character in enumerate(each.text)}
    shown = [
        (character, by_source.get(source, " ")) for character, source in zip(layout.text, layout.sources, strict=True)
    ]
    assert layout.text == "the first procurement rule"
    assert all(character == source or source == "ﬁ" for character, source in shown)


@given(RUNS)
def test_pieces_hold_together_wherever_runs_stand(runs: list[Run]) -> None:
    layout = lay_out(sheet(runs))
    end = 0
    for piece in layout.pieces:
        text = layout.text[piece.start : piece.end]
        assert end <= piece.start
        assert text == text.strip() != ""
        end = piece.end
    assert len(layout.sources) == len(layout.text)


@given(RUNS)
def test_no_word_is_lost(runs: list[Run]) -> None:
    layout = lay_out(sheet(runs))
    letters = sorted(character for each in runs for character in each.text if character in "ab1")
    assert sorted(character for character in layout.text if character in "ab1") == letters


def test_a_page_full_of_runs_takes_reasonable_time() -> None:
    random = Random(1)
    runs = [run("word", random.uniform(0, 500), random.uniform(0, 800)) for _ in range(3000)]
    assert len(lay_out(sheet(runs)).text) > 10_000

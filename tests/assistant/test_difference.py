from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from assistant.difference import Change, difference

TEXTS = st.text(alphabet="ab .\n\né", max_size=60)


@given(old=TEXTS, new=TEXTS)
def test_what_was_not_added_is_the_old_text_and_what_was_not_removed_the_new_one(old: str, new: str) -> None:
    found = difference(old, new)
    assert "".join(stretch.text for stretch in found if stretch.change is not Change.ADDED) == old
    assert "".join(stretch.text for stretch in found if stretch.change is not Change.REMOVED) == new


@given(text=TEXTS)
def test_equal_texts_have_no_difference(text: str) -> None:
    assert {stretch.change for stretch in difference(text, text)} <= {Change.SAME}


def test_a_changed_figure_is_told_from_the_sentence_around_it() -> None:
    found = difference("The limit is 200,000 euro.\nIt is new.", "The limit is 300,000 euro.\nIt is new.")
    assert [(stretch.change.value, stretch.text) for stretch in found] == [
        ("same", "The limit is "),
        ("removed", "200"),
        ("added", "300"),
        ("same", ",000 euro.\nIt is new."),
    ]


def test_long_texts_without_a_common_line_are_compared_in_short_time() -> None:
    old, new = ("\n".join(f"{word} {number}" for number in range(20_000)) for word in ("old", "new"))
    started = time.perf_counter()
    difference(old, new)
    assert time.perf_counter() - started < 5

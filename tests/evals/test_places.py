from __future__ import annotations

from dataclasses import replace

from evals.places import by_page, by_section, qrels, ranking
from evals.types import Found, Place, Qrel
from tests.evals.answers import CASE

TWO_SECTIONS = replace(CASE, relevant=(Place("a", "One", 3, 1), Place("a", "Two", 3, 2), Place("b", None, 1, 1)))


def test_a_unit_has_the_best_grade_of_its_places() -> None:
    assert qrels([TWO_SECTIONS], by_page) == [Qrel("q1", "a page 3", 2), Qrel("q1", "b page 1", 1)]
    assert qrels([TWO_SECTIONS], by_section) == [Qrel("q1", "a › One", 1), Qrel("q1", "a › Two", 2)]


def test_a_ranking_counts_a_unit_once_at_its_first_passage() -> None:
    found = [Found("a", "Two", 3), Found("c", "X", 1), Found("a", "One", 3)]
    assert ranking(TWO_SECTIONS, found, by_page) == ("a page 3", "c page 1")
    assert ranking(TWO_SECTIONS, found, by_section) == ("a › Two", "c › X", "a › One")


def test_a_heading_path_may_be_named_by_its_end() -> None:
    assert ranking(TWO_SECTIONS, [Found("a", "Part 1 › One", 3)], by_section) == ("a › One",)
    assert ranking(TWO_SECTIONS, [Found("a", "Everyone", 3)], by_section) == ("a › Everyone",)
    assert ranking(TWO_SECTIONS, [Found("a", "Part 1 › One", 4)], by_section) == ("a › Part 1 › One",)

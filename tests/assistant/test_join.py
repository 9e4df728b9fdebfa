from __future__ import annotations

from assistant.join import join
from assistant.types import Answer, AnswerStatus, Citation

ANSWERED, PARTIAL = AnswerStatus.ANSWERED, AnswerStatus.PARTIAL


def cited(marker: int, document: str) -> Citation:
    return Citation(marker, document, document, "", "", "", 1, 0, 4, "Some", "en", None, "", "")


def answer(text: str, *citations: Citation, status: AnswerStatus = ANSWERED, notes: tuple[str, ...] = ()) -> Answer:
    return Answer("an-id", status, "en", text, citations, notes=notes)


def test_answers_are_numbered_through() -> None:
    first = answer("One [1]. Two [2].", cited(1, "a"), cited(2, "b"))
    second = answer("Three [1].", cited(1, "c"), notes=("The source [1] is in French.",))
    joined = join([first, second])
    assert joined.answer == "One [1]. Two [2].\n\nThree [3]."
    assert [(c.marker, c.document) for c in joined.citations] == [(1, "a"), (2, "b"), (3, "c")]
    assert joined.notes == ("The source [3] is in French.",)
    assert joined.status is ANSWERED


def test_remarks_that_differ_in_their_markers_become_one() -> None:
    first = answer("One [1].", cited(1, "a"), notes=("The source [1] is in French.", "“procurment” was read {so}."))
    second = answer("Two [1]. Three [2].", cited(1, "b"), cited(2, "c"), notes=("The source [1], [2] is in French.",))
    assert join([first, second]).notes == ("The source [1], [2], [3] is in French.", "“procurment” was read {so}.")


def test_what_was_said_is_not_said_again() -> None:
    first, second = answer("One [1].", cited(1, "a")), answer("One [1].", cited(1, "a"))
    assert join([first, second]).answer == "One [1]."


def test_one_partial_part_makes_the_whole_partial() -> None:
    first, second = answer("One [1].", cited(1, "a")), answer("Two [1].", cited(1, "b"), status=PARTIAL)
    assert join([first, second]).status is PARTIAL

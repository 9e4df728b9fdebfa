from __future__ import annotations

from assistant.extractive import compose
from ingest.types import Hit
from tests.assistant.test_relevance import examined, passage


def said(question: str, *hits: Hit) -> list[str]:
    return [statement.text for statement in compose(examined(question, *hits))]


def test_a_sentence_that_introduces_a_list_brings_its_items() -> None:
    text = "An application takes two steps:\n1. First comes an abstract.\n2. Then comes a proposal."
    assert said("In which steps does an application go?", passage(text)) == text.split("\n")


def test_a_list_goes_on_in_the_next_chunk() -> None:
    lead, items = "An application takes two steps:", "1. First comes an abstract.\n2. Then comes a proposal."
    below = passage(items, context=lead)
    assert said("In which steps does an application go?", passage(lead), below) == [lead, *items.split("\n")]


def test_a_row_of_a_table_comes_with_its_head() -> None:
    table = "Category | Persons\nMicro enterprise | fewer than 10\nSmall enterprise | fewer than 50"
    assert said("How many persons has a micro enterprise?", passage(table)) == table.split("\n")[:2]


def test_a_row_whose_head_stands_in_an_earlier_chunk_comes_with_it_as_well() -> None:
    rows = passage("Micro enterprise | fewer than 10\nSmall enterprise | fewer than 50", context="Category | Persons")
    told = compose(examined("How many persons has a micro enterprise, how many a small enterprise?", rows))
    assert [statement.head for statement in told] == ["Category | Persons", ""]


def test_the_title_of_a_source_is_no_answer() -> None:
    text = (
        "B1: The incubator of CERN technologies opens in Greece.\nThe incubator of CERN technologies takes start-ups."
    )
    assert said("What does the incubator of CERN technologies do?", passage(text))[0].startswith("The incubator")


def test_what_is_known_comes_before_what_is_not() -> None:
    text = "The list of agreed actions of the workshop is not known. The workshop agreed on actions for two years."
    assert said("Which actions did the workshop agree on?", passage(text))[0].startswith("The workshop agreed")


def test_a_short_table_of_which_several_rows_answer_is_given_whole() -> None:
    table = "Lab | Town\nBeam lab | Lommel\nDrive lab | Lommel\nJoining lab | Lommel\nMagnet lab | Genk"
    assert said("Which lab is in Lommel?", passage(table)) == table.split("\n")


def test_a_second_condition_is_no_repetition_of_the_first() -> None:
    text = (
        "F4E may negotiate below the threshold of the directive. F4E may negotiate in exceptional cases. "
        "Below the threshold of the directive F4E may negotiate."
    )
    assert said("When may F4E negotiate?", passage(text)) == [
        "F4E may negotiate below the threshold of the directive.",
        "F4E may negotiate in exceptional cases.",
    ]


def test_a_sentence_that_says_more_than_the_best_one_is_no_repetition_of_it() -> None:
    text = (
        "The Market Group collects input from industry in Barcelona.\n\n"
        "The Market Group in Barcelona collects input at fairs, in surveys of suppliers and through the liaison "
        "officers of the member states."
    )
    assert len(said("How does the Market Group collect input from industry?", passage(text))) == 2


def test_what_goes_on_from_the_best_sentence_is_told_with_it() -> None:
    text = "The mobile lab of the centre visits firms. Robots and glasses can be tried in it. The centre is in Lommel."
    assert said("What is the mobile lab of the centre?", passage(text)) == text.replace(". ", ".|").split("|")[:2]


def test_what_goes_on_with_what_is_not_known_is_not_told_with_it() -> None:
    text = "The mobile lab of the centre visits firms. No source was found for its prices."
    assert said("What is the mobile lab of the centre?", passage(text)) == [text.split(". ")[0] + "."]


def test_nothing_is_added_when_enough_is_said() -> None:
    sentences = [f"The lab lends {thing} to firms {'which ask for it in writing ' * 4}." for thing in "abcd"]
    assert len(said("What does the lab lend to firms?", passage(" ".join(sentences)))) == 2


def test_a_question_mark_does_not_divide_a_row() -> None:
    table = "Question | Answer\nWhere is the office? | in Hamburg | L6"
    assert said("Where is the office?", passage(table)) == table.split("\n")

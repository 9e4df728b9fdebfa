from __future__ import annotations

import random

from ingest.check.finding import Document
from ingest.check.nearness import near
from tests.ingest.check.documents import document, said


def prose(seed: int, count: int) -> list[str]:
    """So many words drawn from a vocabulary of two thousand."""
    drawn = random.Random(seed)
    return [f"word{drawn.randrange(2_000)}" for _ in range(count)]


def problems(*documents: Document) -> list[tuple[str, str]]:
    found = said(near(documents, [each.fields.language or "en" for each in documents]))
    assert all(severity == "warning" for _, _, severity, _ in found)
    return [(path, problem) for path, _, _, problem in found]


WORDS = prose(0, 400)
RULE = document("rule.md", text=" ".join(WORDS))


def test_documents_on_one_subject_in_other_words_are_let_be() -> None:
    assert problems(RULE, document("other.md", text=" ".join(prose(1, 400)))) == []


def test_a_copy_with_small_changes_is_shown() -> None:
    copied = document("copy.md", text=" ".join([*WORDS[:200], "unless", *WORDS[200:]]))
    assert problems(RULE, copied) == [("copy.md", "says nearly the same as rule.md (99% of its text)")]


def test_a_document_that_stands_in_a_longer_one_is_shown() -> None:
    part = document("part.md", text=" ".join(WORDS[:100]))
    assert problems(RULE, part) == [("part.md", "100% of part.md stands in rule.md too")]


def test_a_phrase_that_stands_in_a_longer_document_is_let_be() -> None:
    assert problems(RULE, document("phrase.md", text=" ".join(WORDS[:30]))) == []


def test_two_very_short_documents_can_be_the_same() -> None:
    assert problems(document("a.md", text="Ask CERN."), document("b.md", text="ask CERN")) == [
        ("b.md", "says nearly the same as a.md (100% of its text)")
    ]


def test_a_successor_may_be_much_like_what_it_supersedes() -> None:
    assert problems(RULE, document("new.md", "supersedes: rule.md", RULE.text)) == []


def test_languages_are_compared_each_for_itself() -> None:
    assert problems(RULE, document("new.md", "language: nl", RULE.text)) == []


def test_the_glossary_and_files_that_could_not_be_read_are_left_out() -> None:
    glossary = document("glossary.yaml", "kind: glossary", RULE.text)
    assert problems(RULE, glossary, document("a.pdf"), document("b.pdf")) == []

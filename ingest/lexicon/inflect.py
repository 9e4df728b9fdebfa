"""Inflected forms, from simplemma's dictionaries; only needed when the lexicon is compiled."""

from __future__ import annotations

from collections.abc import Container, Iterator

from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from ingest.lexicon.keys import key_of


def forms(lemmas: Container[str], language: str) -> Iterator[tuple[str, str]]:
    """The forms of those lemmas that are wanted, each with its lemma, both as keys; nothing for an unknown language."""
    if language not in SUPPORTED_LANGUAGES:
        return
    for form, lemma in DEFAULT_DICTIONARY_FACTORY.get_dictionary(language).items():
        lemma_key = lemma.casefold()  # what is written in capitals has no other forms
        if lemma_key in lemmas and (form_key := key_of(form)) != lemma_key:
            yield form_key, lemma_key

"""The names of the organisations that the documents of an index speak for or about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ingest.lexicon.sense import Sense
from ingest.types import Audience
from ingest.validity import Timeline

_WORD = re.compile(r"[^\W\d_]{4,}")


@lru_cache(maxsize=4)  # the audiences of the generation that is served and of the one before
def organisations(timeline: Timeline, audience: Audience) -> frozenset[str]:
    """The organisations as documents that a reader may see write them."""
    visible = [version for version in timeline.versions.values() if timeline.may_see(version, audience)]
    named = {version.organisation for version in visible}
    named.update(name for version in visible if version.contact for name in version.contact.organisations)
    return frozenset(name for name in named if name)


@lru_cache(maxsize=4)
def vocabulary(timeline: Timeline, audience: Audience) -> frozenset[str]:
    """The words of the organisations and titles of the documents that a reader may see."""
    visible = [version for version in timeline.versions.values() if timeline.may_see(version, audience)]
    told = [*organisations(timeline, audience), *(version.title for version in visible)]
    return frozenset(word for text in told for word in _WORD.findall(text))


def spoken(glossary: Sequence[Sense], language: str) -> Iterator[str]:
    """The words of what a glossary calls its concepts in a language."""
    return (word for sense in glossary for term in sense.terms_in(language) for word in _WORD.findall(term))


@lru_cache(maxsize=4)
def finder(timeline: Timeline, audience: Audience) -> re.Pattern[str] | None:
    """Finds the organisations in a text, the longest first; None where there is none."""
    return _pattern(organisations(timeline, audience))


def documents(text: str, timeline: Timeline, audience: Audience) -> tuple[str, ...]:
    """The documents that a text names by their titles, among those that a reader may see."""
    told = " ".join(text.casefold().split())
    named = (document for title, document in _titles(timeline, audience) if title in told)
    return tuple(dict.fromkeys(named))


@lru_cache(maxsize=4)
def _titles(timeline: Timeline, audience: Audience) -> Sequence[tuple[str, str]]:
    """The titles of several words as they are looked for, each with its document."""
    visible = (version for version in timeline.versions.values() if timeline.may_see(version, audience))
    titled = ((version.title.casefold(), version.document) for version in visible if " " in version.title)
    return tuple(dict.fromkeys(titled))


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    written = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)") if written else None

"""Whom to ask when the documents do not say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.terms import QuestionTerms
from assistant.types import Contact
from ingest.analyse import fold, terms, words
from ingest.types import Audience, Hit, Version
from ingest.validity import Timeline

_MOST = 3
_LEAST_SHARE = 0.6  # of what speaks for the first one
_LIKE = 0.3  # cosine from which a contact point is about what is asked; of questions about other things .24 at most
# What speaks for a contact point, against its score in a search among them (0 to 1).
_WEIGHT_OF_LIKENESS = 3.0
_SPEAKS_FOR = 2.0  # it is of an organisation that the question names
_LISTS = 1.0  # it is the way to such an organisation and to others; the more so, the fewer others
_TREATS = 1.0  # a topic of the question
_NEAR = 0.5  # the organisation of a near document


def contacts_for(
    question: str,
    asked: QuestionTerms,
    found: Sequence[Hit],
    nearest: Sequence[Hit],
    timeline: Timeline,
    audience: Audience,
    day: date,
) -> tuple[Contact, ...]:
    """The contact points that fit a question best: by the names and topics in it, and by what they say.

    `found` are the hits among contact points, `nearest` those among all documents. A contact point that says nothing
    like the question, and is not the way to an organisation that it names, is none.
    """
    fitting = _Fitting(question, asked, found, nearest)
    ranked = sorted(
        ((fitting.fit(version), version.document, version) for version in _points(timeline, audience, day)),
        key=lambda entry: (-entry[0], entry[1]),
    )
    least = _LEAST_SHARE * ranked[0][0] if ranked else 0.0
    return tuple(_contact(version) for fit, _, version in ranked[:_MOST] if fit > 0 and fit >= least)


class _Fitting:
    """What contact points are held against."""

    def __init__(self, question: str, asked: QuestionTerms, found: Sequence[Hit], nearest: Sequence[Hit]) -> None:
        self._said = _names(question)
        self._terms = frozenset(
            stem for word in asked.words for variant in word.group.variants for stem in variant.stems
        )
        self._found = {hit.version.id: hit.scores for hit in reversed(found)}
        self._near = {hit.version.organisation.casefold() for hit in nearest[:3]}

    def fit(self, version: Version) -> float:
        """How well a contact point fits; 0 where it does not."""
        point, scores = version.contact, self._found.get(version.id)
        if point is None or not (point.url or point.email or version.source_url):
            return 0.0
        organisations = {version.organisation, *point.organisations} - {""}
        named = [organisation for organisation in organisations if self._names(organisation)]
        if not named and (scores is None or scores.dense < _LIKE):
            return 0.0
        near = any(organisation.casefold() in self._near for organisation in organisations)
        topics = any(self._treats(topic, version.language) for topic in point.topics)
        likeness = _WEIGHT_OF_LIKENESS * scores.total if scores else 0.0
        return likeness + _speaks_for(version, named, len(organisations)) + _TREATS * topics + _NEAR * near

    def _names(self, organisation: str) -> bool:
        return _names(organisation) <= self._said

    def _treats(self, topic: str, language: str) -> bool:
        """Whether the question speaks of a topic, in whatever language; topics may be in English everywhere."""
        return any(self._terms.issuperset(terms(topic, code)) for code in dict.fromkeys((language, "en")))


def _speaks_for(version: Version, named: Sequence[str], listed: int) -> float:
    """How far a contact point speaks for the organisations that a question names, of those that it lists."""
    if not named or version.organisation in named:
        return _SPEAKS_FOR * bool(named)
    title = _names(version.title)
    in_title = any(_names(organisation) <= title for organisation in named)
    return _LISTS + (_SPEAKS_FOR - _LISTS) * in_title / (listed - 1)


def _points(timeline: Timeline, audience: Audience, day: date) -> Iterable[Version]:
    for document in timeline.documents:
        version = timeline.current(document, day)
        if version is not None and version.contact is not None and timeline.may_see(version, audience):
            yield version


def _names(text: str) -> set[str]:
    return {fold(word) for word in words(text)}


def _contact(version: Version) -> Contact:
    point = version.contact
    address = (point.url or (f"mailto:{point.email}" if point.email else "")) if point else ""
    role = " · ".join(part for part in (point.role, point.office) if part) if point else ""
    return Contact(name=version.title, role=role, url=address or version.source_url)

"""Whom to ask when the documents do not say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.types import Contact
from ingest.analyse import fold, words
from ingest.types import Audience, Hit, Version
from ingest.validity import Timeline

_MOST = 3


def contacts_for(
    question: str, nearest: Sequence[Hit], timeline: Timeline, audience: Audience, day: date
) -> tuple[Contact, ...]:
    """The contact points nearest to a question, by the organisations and topics that it or the nearest hits name."""
    asked = {fold(word) for word in words(question)}
    near = {hit.version.organisation.casefold() for hit in nearest[:3]}
    ranked = sorted(
        ((_fit(version, asked, near), version.document, version) for version in _points(timeline, audience, day)),
        key=lambda entry: (-entry[0], entry[1]),
    )
    return tuple(_contact(version) for fit, _, version in ranked[:_MOST] if fit > 0)


def _points(timeline: Timeline, audience: Audience, day: date) -> Iterable[Version]:
    for document in timeline.documents:
        version = timeline.current(document, day)
        if version is not None and version.contact is not None and timeline.may_see(version, audience):
            yield version


def _fit(version: Version, asked: set[str], near: set[str]) -> float:
    """Named in the question counts 3, a topic of the question 1, the organisation of a near document 1."""
    point = version.contact
    if point is None or not (point.url or point.email or version.source_url):
        return 0.0
    organisations = {version.organisation, *point.organisations} - {""}
    named = any(_names(organisation) <= asked for organisation in organisations)
    topics = sum(bool(_names(topic) & asked) for topic in point.topics)
    return 3.0 * named + topics + bool({organisation.casefold() for organisation in organisations} & near)


def _names(text: str) -> set[str]:
    return {fold(word) for word in words(text)}


def _contact(version: Version) -> Contact:
    point = version.contact
    address = (point.url or (f"mailto:{point.email}" if point.email else "")) if point else ""
    role = " · ".join(part for part in (point.role, point.office) if part) if point else ""
    return Contact(name=version.title, role=role, url=address or version.source_url)

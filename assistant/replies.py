"""Answers that quote nothing: what was not found and whom to ask, what is asked back, what is not done."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from assistant.cite import source_name
from assistant.context import Sentence
from assistant.language import answered_in, phrases
from assistant.types import Answer, AnswerStatus, Contact, Inquiry, Intent
from ingest.types import Hit

_NEAREST = 3
_STATUS = {
    Intent.FORBIDDEN: AnswerStatus.DECLINED,
    Intent.GREETS: AnswerStatus.OUT_OF_SCOPE,
    Intent.OTHER_WORK: AnswerStatus.OUT_OF_SCOPE,
    Intent.SAYS_NOTHING: AnswerStatus.CLARIFY,
}


def at_once(asked: Inquiry) -> Answer | None:
    """The reply to a message that no document needs to be opened for; None to one that asks something."""
    if asked.intent not in _STATUS:
        return None
    said = phrases(asked.language)
    text = {
        Intent.FORBIDDEN: said.declined,
        Intent.GREETS: said.greeting,
        Intent.OTHER_WORK: said.out_of_scope,
        Intent.SAYS_NOTHING: said.clarify,
    }[asked.intent]
    return _reply(_STATUS[asked.intent], asked.language, text)


def out_of_scope(asked: Inquiry) -> Answer:
    """Says what the documents are about."""
    return _reply(AnswerStatus.OUT_OF_SCOPE, asked.language, phrases(asked.language).out_of_scope)


def which_organisation(asked: Inquiry, organisations: Sequence[str]) -> Answer:
    """Asks back whose rule is meant."""
    said = phrases(asked.language)
    named = f"{', '.join(organisations[:-1])} {said.alternative} {organisations[-1]}"
    return _reply(AnswerStatus.CLARIFY, asked.language, said.clarify_which.format(organisations=named))


def nothing_found(
    asked: Inquiry, hits: Sequence[Hit], contacts: tuple[Contact, ...], gap: Sequence[Sentence] = ()
) -> Answer:
    """Says what was looked for, what a document says of not knowing it, which came nearest, and whom to ask."""
    said = phrases(asked.language)
    text = said.nothing.format(question=" ".join(asked.text.split()))
    if contacts:
        text += " " + said.whom.format(contacts="; ".join(contact.name for contact in contacts))
    notes = [said.asked_for.format(titles=", ".join(_links(hits)))] if hits else []
    if gap:
        told = " ".join(f"“{sentence.text}”" for sentence in gap)
        notes.insert(0, f"{said.lead.format(title=source_name(gap[0].passage.hit.version))} {told}")
    return _reply(AnswerStatus.NO_EVIDENCE, asked.language, text, contacts, tuple(notes))


def failed(asked: Inquiry, hits: Sequence[Hit]) -> Answer:
    """Says that no answer could be made, and names the best passages found, each with the path that opens it."""
    said = phrases(asked.language)
    passages = dict.fromkeys(
        f"“{' › '.join((hit.version.title, *hit.chunk.headings))}” "
        f"(/documents/{hit.version.document}/pages/{hit.chunk.spans[0].page})"
        for hit in hits
    )
    notes = (said.found.format(passages=", ".join(list(passages)[:_NEAREST])),) if passages else ()
    return _reply(AnswerStatus.FAILED, asked.language, said.failed, notes=notes)


def _links(hits: Sequence[Hit]) -> Iterable[str]:
    """The nearest documents, each with the path that opens it."""
    nearest = dict.fromkeys(f"“{hit.version.title}” (/documents/{hit.version.document})" for hit in hits)
    return list(nearest)[:_NEAREST]


def _reply(
    status: AnswerStatus, language: str, text: str, contacts: tuple[Contact, ...] = (), notes: tuple[str, ...] = ()
) -> Answer:
    return Answer(new_id(), status, answered_in(language), text, contacts=contacts, notes=notes)


def new_id() -> str:
    """An id for an answer."""
    return uuid.uuid4().hex

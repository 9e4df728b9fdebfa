"""From passages to an answer: an engine drafts sentences, each is checked, what passes is said and cited."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Protocol

from assistant import asked, evidence, extractive
from assistant.aged import year_of_old_figure
from assistant.cite import PageText, checked, citation, is_verbatim, numbered, source_name
from assistant.errors import ChatFailed, CitationBroken
from assistant.language import answered_in, phrases
from assistant.prompting import Prompt, says_no_answer
from assistant.relevance import Examined
from assistant.replies import new_id
from assistant.types import (
    Answer,
    AnswerStatus,
    Citation,
    CitationFound,
    Event,
    Passage,
    Place,
    Quoted,
    Statement,
    Token,
)
from assistant.verify.check import Verdict, verified
from assistant.verify.instructions import speaks_to_a_program
from assistant.verify.words import Likeness, Reader
from ingest.types import Span

_LABEL = re.compile(r"(?:\d{1,3}\.|\(?[a-z]\))\s|.+ \| ")  # an item of a numbered list, or a row of a table
_LISTED = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s")
_MARKER = re.compile(r"\[(\d+)\]")
_UP_TO_MARKERS = re.compile(r"(?s).+?(?:\[\d+\])+|.+")  # the text before some markers with them, or the rest
_MOST_SENTENCES = 10  # that a chat model may say: more is no answer but a document
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answer is made from: the question as it stands alone, held against the passages found for it, today.

    `quoted` is what the answer to an earlier part of the question has quoted already.
    `reader` and `likeness` tell what words and sentences mean, the corpus's glossary counted.
    """

    question: str
    language: str
    examined: Examined
    passages: Sequence[Passage]
    today: date
    reader: Reader
    likeness: Likeness
    quoted: frozenset[Place] = frozenset()


class Chat(Protocol):
    """A chat model that drafts answers."""

    @property
    def name(self) -> str:
        """The model, as the settings name it."""

    @property
    def prompt(self) -> Prompt:
        """The prompt that answers are written with."""

    def draft(
        self, question: str, language: str, passages: Sequence[Passage], *, live: bool
    ) -> Generator[Statement, None, None]:
        """The sentences of an answer with the numbers of the passages that they cite.

        Raises:
            ChatFailed: the model gives no answer, or breaks off.
        """


Composing = Generator[Event, None, Answer | None]


class Composer:
    """Composes answers with a chat model where there is one, and with the extractive engine where it fails."""

    def __init__(self, chat: Chat | None = None) -> None:
        self._chat = chat

    def compose(self, draft: Draft, page_text: PageText, *, live: bool) -> Composing:
        """Tells what passes as soon as it does, and returns the answer; None where the passages hold none."""
        if self._chat is None:
            return (yield from self._quoted(draft, page_text))
        return (yield from self._written(self._chat, draft, page_text, live=live))

    def _quoted(self, draft: Draft, page_text: PageText, *notes: str) -> Composing:
        """The answer of the extractive engine, with remarks on how it came to be asked."""
        drafted = _news(extractive.compose(draft.examined), draft.quoted)
        unknown = _left_open(draft, drafted)
        drafted = _beside(drafted, unknown) if unknown else drafted
        verdicts = list(_verified(drafted, draft))
        statements = list(_below_heads([v.statement for v in verdicts if v.statement], page_text))
        _log_dropped(verdicts)
        if not statements:
            return None
        answer = checked(_from_sources(statements, draft), page_text)
        answer = replace(answer, status=AnswerStatus.PARTIAL) if unknown else answer
        yield from told(answer)
        return replace(answer, notes=(*notes, *answer.notes))

    def _written(self, chat: Chat, draft: Draft, page_text: PageText, *, live: bool) -> Composing:
        """The answer of the chat model as far as it passes; the extractive engine's where nothing does."""
        said = phrases(draft.language)
        page = _Page(draft.language)
        broke_off = False
        with closing(chat.draft(draft.question, draft.language, draft.passages, live=live)) as sentences:
            verdicts = _verified(islice(sentences, _MOST_SENTENCES), draft)
            try:
                for verdict in verdicts:
                    yield from page.take(verdict, page_text)
            except ChatFailed as failure:
                _log.warning("the chat model failed: %s", failure)
                broke_off = True
        _log_dropped(page.verdicts)
        if page.statements:
            whole = not broke_off and _still_answers(draft.question, page.verdicts)
            left_out = len(page.verdicts) - len(page.statements)
            notes = [said.broke_off] * broke_off + [said.left_out.format(count=left_out)] * bool(left_out)
            notes.extend(_aged(page.markers, draft.language, draft.today.year))
            return replace(
                page.answer,
                status=AnswerStatus.ANSWERED if whole else AnswerStatus.PARTIAL,
                notes=tuple(notes),
                engine=chat.name,
                prompt=chat.prompt.stamp,
            )
        if page.verdicts and says_no_answer(Statement(page.verdicts[0].text)) and not _gives_orders(draft):
            return None
        return (yield from self._quoted(draft, page_text, said.model_failed if broke_off else said.model_unchecked))


def _verified(statements: Iterable[Statement], draft: Draft) -> Iterator[Verdict]:
    return verified(statements, draft.passages, draft.language, draft.reader, draft.likeness)


@dataclass(slots=True)
class _Page:
    """An answer as it is written: what was said so far, and what became of each sentence."""

    language: str
    text: str = ""
    markers: dict[Quoted, int] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def take(self, verdict: Verdict, page_text: PageText) -> Iterator[Event]:
        """Says a sentence that passed, its new citations first.

        Raises:
            CitationBroken: a citation is not verbatim on its page.
        """
        self.verdicts.append(verdict)
        statement = verdict.statement
        if statement is None or any(statement.text == other.text for other in self.statements):
            return
        self.statements.append(statement)
        for quoted in statement.sources:
            if quoted not in self.markers:
                self.markers[quoted] = len(self.markers) + 1
                yield CitationFound(_checked(citation(quoted, self.markers[quoted]), page_text))
        stretch = self._separator(statement.text) + _sentence(statement, self.markers)
        self.text += stretch
        yield Token(stretch)

    @property
    def answer(self) -> Answer:
        """All that was said."""
        citations = tuple(citation(quoted, marker) for quoted, marker in self.markers.items())
        return Answer(new_id(), AnswerStatus.ANSWERED, self.language, self.text, citations)

    def _separator(self, text: str) -> str:
        if not self.text:
            return ""
        return "\n" if _LISTED.match(text) else " "


def told(answer: Answer) -> Iterator[Event]:
    """The text of an answer up to the end of each sentence, every citation before its first use."""
    citations = {cited.marker: cited for cited in answer.citations}
    for stretch in _UP_TO_MARKERS.findall(answer.answer):
        for marker in _MARKER.findall(stretch):
            if cited := citations.pop(int(marker), None):
                yield CitationFound(cited)
        yield Token(stretch)


def _checked(cited: Citation, page_text: PageText) -> Citation:
    if not is_verbatim(cited, page_text):
        raise CitationBroken(f"[{cited.marker}] is not verbatim on page {cited.page} of {cited.document}")
    return cited


def _sentence(statement: Statement, markers: Mapping[Quoted, int]) -> str:
    return f"{statement.text} {''.join(f'[{markers[quoted]}]' for quoted in statement.sources)}"


def _still_answers(question: str, verdicts: Sequence[Verdict]) -> bool:
    """Whether what passed still holds the sort of thing that was asked for, where what was drafted held it."""
    kept = any(asked.fits_type(question, verdict.text) for verdict in verdicts if verdict.statement)
    lost = any(asked.fits_type(question, verdict.text) for verdict in verdicts if not verdict.statement)
    return (kept or not lost) and verdicts[0].statement is not None


def _gives_orders(draft: Draft) -> bool:
    """Whether the question or a passage gives orders to a model, which may then be silent because it was told to be."""
    return any(map(speaks_to_a_program, (draft.question, *(passage.hit.chunk.text for passage in draft.passages))))


def _news(statements: Sequence[Statement], quoted: frozenset[Place]) -> Sequence[Statement]:
    """What was not quoted already; everything where nothing is new, so that it is seen to be an answer as well."""
    return [s for s in statements if not quoted.issuperset(q.place for q in s.sources)] or statements


def _left_open(draft: Draft, drafted: Sequence[Statement]) -> Statement | None:
    """What a document that is quoted says of not knowing what is asked."""
    sentence = evidence.left_open(draft.examined, {_document(statement) for statement in drafted})
    return Statement(sentence.text, sentence.quoted) if sentence else None


def _beside(drafted: Sequence[Statement], unknown: Statement) -> Sequence[Statement]:
    """The statements with one that a document says of not knowing, after the others of that document."""
    others = [statement for statement in drafted if statement.text != unknown.text]
    place = max((i for i, other in enumerate(others, start=1) if _document(other) == _document(unknown)), default=0)
    return [*others[:place], unknown, *others[place:]]


def _document(statement: Statement) -> str:
    return statement.sources[0].passage.hit.version.document


def _below_heads(statements: Sequence[Statement], page_text: PageText) -> Iterator[Statement]:
    """The statements, before each row its table's head, where that stands above it in an earlier chunk."""
    for statement in statements:
        if statement.head and (head := _head(statement, page_text)):
            yield Statement(statement.head, (head,))
        yield replace(statement, head="")


def _head(row: Statement, page_text: PageText) -> Quoted | None:
    """Where the head of a row's table stands: above it on its page, or at the end of the page before."""
    quoted = row.sources[0]
    for number, until in ((quoted.span.page, quoted.span.start), (quoted.span.page - 1, None)):
        text = page_text(quoted.passage.hit.version.id, number) or ""
        if (start := text.rfind(row.head, 0, until)) >= 0:
            return Quoted(quoted.passage, Span(number, start, start + len(row.head)), row.head)
    return None


def _log_dropped(verdicts: Sequence[Verdict]) -> None:
    """Says how many sentences were dropped and why, never what they were."""
    dropped = Counter(str(verdict.fault) for verdict in verdicts if verdict.fault)
    if dropped:
        _log.info("dropped %s", "; ".join(f"{count}: {reason}" for reason, count in dropped.items()))


def _from_sources(statements: Sequence[Statement], draft: Draft) -> Answer:
    markers, citations = numbered(statements)
    language = answered_in(draft.language)
    notes = [*_foreign(citations, language), *_aged(markers, language, draft.today.year)]
    return Answer(
        answer_id=new_id(),
        status=AnswerStatus.ANSWERED,
        language=language,
        answer=_text(statements, markers, language),
        citations=citations,
        notes=tuple(notes),
    )


def _text(statements: Sequence[Statement], markers: Mapping[Quoted, int], language: str) -> str:
    """One paragraph a document, each opened by the name of its source."""
    said = phrases(language)
    paragraphs: list[str] = []
    documents = list(dict.fromkeys(statement.sources[0].passage.hit.version.id for statement in statements))
    for place, document in enumerate(documents):
        here = [s for s in statements if s.sources[0].passage.hit.version.id == document]
        opening = (said.more if place else said.lead).format(title=source_name(here[0].sources[0].passage.hit.version))
        sentences = [_sentence(s, markers) for s in here]
        listed = any(_LABEL.match(sentence) for sentence in sentences)
        paragraphs.append("\n".join([opening, *sentences]) if listed else " ".join([opening, *sentences]))
    return "\n\n".join(paragraphs)


def _foreign(citations: Sequence[Citation], language: str) -> list[str]:
    """One remark for each foreign language that is quoted."""
    said = phrases(language)
    notes = []
    for code in dict.fromkeys(cited.language for cited in citations if cited.language != language):
        markers = [f"[{cited.marker}]" for cited in citations if cited.language == code]
        remark = said.foreign if len(markers) == 1 else said.foreign_several
        notes.append(remark.format(markers=", ".join(markers), language=said.languages.get(code, code)))
    return notes


def _aged(markers: Mapping[Quoted, int], language: str, this_year: int) -> Iterator[str]:
    """One remark for each year that old figures are of."""
    years = {marker: year_of_old_figure(quoted, this_year) for quoted, marker in markers.items()}
    for year in sorted({year for year in years.values() if year is not None}):
        named = ", ".join(f"[{marker}]" for marker, other in years.items() if other == year)
        yield phrases(language).aged.format(markers=named, year=year)

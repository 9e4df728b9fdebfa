"""OpenAI's forms of questions and answers: what its clients send, and what they expect to read."""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterable
from datetime import date
from typing import Any, Literal
from urllib.parse import urljoin

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assistant.types import Answer, Citation, Event, Finished, Question, Token, Turn
from assistant.wire import MOST_CHARACTERS, MOST_HISTORY_CHARACTERS, MOST_TURNS, answer_as_json, citation_as_json
from ingest.types import Audience, Kind

MODEL = "liaison"
_RULE = "\n\n---\n"  # between an answer and its sources
_APPENDED = re.compile(re.escape(_RULE) + r"(?:\[\d+\] |> |→ ).*\Z", re.DOTALL)


class _Accepting(BaseModel):
    """Clients send much that changes nothing here: temperature, seed, user, tools that nobody has to use."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class PartForm(_Accepting):
    """A part of a message; only text can be read."""

    type: Literal["text"]
    text: str


class MessageForm(_Accepting):
    """A message of a conversation. Instructions of a system are not followed: who asks decides nothing here."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[PartForm] | None = None

    @property
    def text(self) -> str:
        """What the message says."""
        parts = [self.content] if isinstance(self.content, str) else [part.text for part in self.content or ()]
        return "\n".join(parts).strip()


class TextForm(_Accepting):
    """How the answer is to be written: as text, the only way there is."""

    type: Literal["text"]


class CompletionForm(_Accepting):
    """The body of `POST /v1/chat/completions`, with the limits of `/chat` where a client can set them."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {"model": MODEL, "messages": [{"role": "user", "content": "Does CERN invest capital in spin-offs?"}]}
            ]
        },
    )

    model: str = MODEL
    messages: list[MessageForm] = Field(min_length=1)
    stream: bool = False
    n: Literal[1] | None = Field(None, description="there is one answer")
    response_format: TextForm | None = None
    as_of: date | None = None
    language: str | None = Field(None, pattern="^[a-z]{2}$")
    kinds: list[Kind] = []
    organisations: list[str] = []

    @field_validator("messages")
    @classmethod
    def _ends_with_a_question(cls, messages: list[MessageForm]) -> list[MessageForm]:
        if messages and (messages[-1].role != "user" or not messages[-1].text):
            raise ValueError("the last message must be the user's question")
        if messages and len(messages[-1].text) > MOST_CHARACTERS:
            raise ValueError(f"the question may have at most {MOST_CHARACTERS} characters")
        return messages

    def as_question(self, audience: Audience) -> Question:
        """The question of the last message, with the latest of the turns before it, as many as may be."""
        return Question(
            text=self.messages[-1].text,
            audience=audience,
            history=_latest(self.messages[:-1]),
            as_of=self.as_of,
            language=self.language,
            kinds=frozenset(self.kinds),
            organisations=frozenset(self.organisations),
        )


def _latest(messages: Iterable[MessageForm]) -> tuple[Turn, ...]:
    """Clients send a conversation whole, however long it has grown."""
    turns: list[Turn] = []
    left = MOST_HISTORY_CHARACTERS
    for message in reversed(list(messages)):
        text = _APPENDED.sub("", message.text)
        if message.role not in ("user", "assistant") or not text:
            continue
        left -= len(text)
        if left < 0 or len(turns) == MOST_TURNS:
            break
        turns.append(Turn("user" if message.role == "user" else "assistant", text))
    return tuple(reversed(turns))


def completion_as_json(question: Question, answer: Answer, base_url: str) -> dict[str, Any]:
    """A whole answer; `citations` and `liaison` are fields of our own, which clients keep as extras."""
    text = answer.answer + appendix(answer, base_url)
    message = {"role": "assistant", "content": text, "refusal": None}
    return {
        **_head(answer.answer_id, "chat.completion"),
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": _usage(question, text),
        **_extras(answer),
    }


def chunks_as_json(events: Iterable[Event], base_url: str) -> Generator[dict[str, Any], None, None]:
    """The parts of an answer as they come; the sources follow the text, and the last part has the extras."""
    head = _head(str(time.time_ns()), "chat.completion.chunk")
    yield _chunk(head, {"role": "assistant", "content": ""})
    for event in events:
        match event:
            case Token():
                yield _chunk(head, {"content": event.text})
            case Finished():
                yield _chunk(head, {"content": appendix(event.answer, base_url)})
                yield {**_chunk(head, {}, "stop"), **_extras(event.answer)}


def models_as_json() -> dict[str, Any]:
    """The one model there is."""
    return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}


def appendix(answer: Answer, base_url: str) -> str:
    """Remarks, whom to ask, and the sources: what a chat window shows nowhere but in the text."""
    lines = [f"> {note}" for note in answer.notes]
    lines += [f"→ {' · '.join(filter(None, (one.name, one.role, one.url)))}" for one in answer.contacts]
    lines += [_source(cited, base_url) for cited in answer.citations]
    return _RULE + "\n".join(lines) if lines else ""


def _source(cited: Citation, base_url: str) -> str:
    where = " › ".join(part for part in (cited.title, cited.section) if part)
    details = [cited.organisation, f"p. {cited.page}", f"from {cited.effective_from}" if cited.effective_from else ""]
    address = cited.source_url or urljoin(base_url, cited.url)
    return f"[{cited.marker}] {where} ({', '.join(detail for detail in details if detail)}) {address}"


def _usage(question: Question, text: str) -> dict[str, int]:
    """Words, since nothing here is made of tokens; some clients fail without the field."""
    asked = sum(len(said.split()) for said in (question.text, *(turn.content for turn in question.history)))
    answered = len(text.split())
    return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}


def _head(id_: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{id_}", "object": kind, "created": int(time.time()), "model": MODEL}


def _chunk(head: dict[str, Any], delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
    return {**head, "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}]}


def _extras(answer: Answer) -> dict[str, Any]:
    return {"citations": [citation_as_json(cited) for cited in answer.citations], "liaison": answer_as_json(answer)}

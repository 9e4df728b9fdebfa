"""The engine that writes with a chat model, any that LangChain opens; what it writes is checked elsewhere."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from threading import Lock
from typing import Any

from assistant.errors import ChatFailed, ChatUnavailable
from assistant.language import phrases
from assistant.prompting import Prompt, as_data, conversation, is_unfinished, load_prompt, shown, statements_of
from assistant.settings import AssistantSettings
from assistant.types import Passage, Statement, Turn
from assistant.verify.instructions import speaks_to_a_program
from ingest.analyse import terms

Messages = list[tuple[str, str]]
_LONGEST_WAIT = 5.0  # seconds that a reader is kept waiting for a provider that asks for patience
_LONGEST_QUESTION = 400  # characters of a question that stands alone
_FEW_WORDS = 3
_FROM_THE_CONVERSATION = 0.7  # share of its words that must come from there
_ANSWER_TOKENS = 800
_NO_KEY = "none"  # servers of one's own ask for no key, their client for something in its place
_log = logging.getLogger(__name__)


class ChatEngine:
    """Writes answers and stand-alone questions with one chat model; safe to use from several threads."""

    def __init__(self, name: str, model: Any, settings: AssistantSettings) -> None:
        self.name = name
        self._model = model
        self._seconds, self._tokens = settings.chat_seconds, settings.chat_tokens
        self._answer, self._standalone = load_prompt("answer"), load_prompt("standalone")
        self._counting, self._failures = Lock(), Counter[str]()

    @property
    def prompt(self) -> Prompt:
        """The prompt that answers are written with."""
        return self._answer

    @property
    def failures(self) -> Mapping[str, int]:
        """How often the model failed so far, by what went wrong; an attempt that is made again counts too."""
        with self._counting:
            return dict(self._failures)

    def draft(
        self, question: str, language: str, passages: Sequence[Passage], *, live: bool
    ) -> Generator[Statement, None, None]:
        """The sentences of an answer with the numbers of the passages that they cite, each as soon as it is written.

        `live` asks the model to tell its words one by one. Closing the iterator ends the model's work.

        Raises:
            ChatFailed: the model gives no answer, or breaks off.
        """
        text, _ = shown(passages, self._tokens)
        spoken = phrases("en").languages.get(language, language)
        messages = self._answer.filled(language=spoken, question=as_data(question), passages=text)
        written, begun = "", False
        with closing(self._written(messages, live=live)) as pieces:
            for piece in pieces:
                complete, written = statements_of(written + piece, ended=False)
                begun = begun or bool(complete)
                yield from complete
        last, _ = statements_of(written, ended=True)
        yield from (statement for statement in last if not (begun and is_unfinished(statement)))

    def rewrite(self, question: str, history: Sequence[Turn]) -> str | None:
        """A follow-up as a question that stands alone; None where the model gives none in the conversation's words."""
        if not history:
            return None
        messages = self._standalone.filled(conversation=conversation(history), question=as_data(question))
        try:
            written = " ".join("".join(self._written(messages, live=False)).split())
        except ChatFailed as failure:
            _log.warning("the question stays as it was asked: %s", failure)
            return None
        said = " ".join((question, *(turn.content for turn in history)))
        return written if _is_from(written, said) and _keeps(written, question) else None

    def reply(self, messages: Messages) -> str:
        """What the model says to messages of somebody else's making.

        Raises:
            ChatFailed: the model says nothing, or breaks off.
        """
        return "".join(self._written(messages, live=False))

    def _written(self, messages: Messages, *, live: bool) -> Generator[str, None, None]:
        """The text of a model piece by piece; a fault that may pass is tried once more while nothing was told."""
        try:
            yield from self._counted(messages, live=live)
            return
        except ChatFailed as first:
            if not first.helps:
                raise
            failure = first
        _log.warning("the chat model is asked once more: %s", failure)
        time.sleep(min(failure.wait, _LONGEST_WAIT))
        yield from self._counted(messages, live=False)

    def _counted(self, messages: Messages, *, live: bool) -> Generator[str, None, None]:
        """One attempt, counted where it fails."""
        try:
            if not (yield from self._once(messages, live=live)):
                raise ChatFailed("it wrote nothing", helps=True)
        except ChatFailed as failure:
            with self._counting:
                self._failures[str(failure)] += 1
            raise

    def _once(self, messages: Messages, *, live: bool) -> Generator[str, None, bool]:
        """One attempt; returns whether anything was written."""
        deadline = time.monotonic() + self._seconds
        told = False
        try:
            with closing(self._chunks(messages, live=live)) as chunks:
                for chunk in chunks:
                    if text := _text(chunk):
                        told = told or bool(text.strip())
                        yield text
                    if time.monotonic() > deadline:
                        raise TimeoutError
        except ChatFailed:
            raise
        except Exception as error:
            raise _failure(error, told=told) from error
        return told

    def _chunks(self, messages: Messages, *, live: bool) -> Generator[Any, None, None]:
        if not live:
            yield self._model.invoke(messages)
            return
        with closing(self._model.stream(messages)) as chunks:
            yield from chunks


def open_chat(settings: AssistantSettings) -> ChatEngine:
    """Opens the chat model of the settings; this calls nobody.

    Raises:
        ChatUnavailable: LangChain does not know the provider, its package is not installed, or it lacks a key.
        BadPrompt: a prompt's file is malformed.
    """
    name = settings.chat_model or ""
    options: dict[str, Any] = {"timeout": settings.chat_seconds, "max_retries": 0, "max_tokens": _ANSWER_TOKENS}
    if settings.chat_base_url:
        options["base_url"] = settings.chat_base_url
    if key := settings.chat_key.get_secret_value():
        options["api_key"] = key
    try:
        return ChatEngine(name, _opened(name, options), settings)
    except (ImportError, ValueError) as error:
        raise ChatUnavailable(f"LIAISON_CHAT_MODEL={name}: {_first_line(error)}") from error


def _opened(name: str, options: dict[str, Any]) -> Any:
    from langchain.chat_models import init_chat_model  # half a second that only those wait for who set a model

    try:
        return init_chat_model(name, **options)
    except (ImportError, ValueError):
        raise
    except Exception as error:
        if "base_url" in options and "api_key" not in options:
            return init_chat_model(name, **options, api_key=_NO_KEY)
        raise ChatUnavailable(f"LIAISON_CHAT_MODEL={name}: {_first_line(error)}") from error


def _text(chunk: Any) -> str:
    """What a model's message says; refusals that a provider marks as such are faults."""
    refusal = (chunk.additional_kwargs or {}).get("refusal")
    reason = str((chunk.response_metadata or {}).get("finish_reason", ""))
    if refusal or reason == "content_filter":
        raise ChatFailed("it refused")
    return str(chunk.text)


def _failure(error: Exception, *, told: bool) -> ChatFailed:
    status = getattr(error, "status_code", None)
    if isinstance(error, TimeoutError) or "timeout" in type(error).__name__.lower():
        return ChatFailed("it took too long")
    if status == 429:
        return ChatFailed("its provider limits the rate", helps=not told, wait=_asked_wait(error))
    if isinstance(status, int) and 400 <= status < 500:
        return ChatFailed(f"its provider answers {status}")
    return ChatFailed(f"{type(error).__name__}", helps=not told, wait=0.2)


def _asked_wait(error: Exception) -> float:
    """The seconds that a provider asks to wait; 1 where it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    asked = str(headers.get("retry-after", ""))
    return float(asked) if re.fullmatch(r"\d+(?:\.\d+)?", asked) else 1.0


def _is_from(written: str, said: str) -> bool:
    """Whether a rewritten question is made of the words of its conversation: a call to write else fails."""
    if not written or len(written) > _LONGEST_QUESTION:
        return False
    words, known = terms(written, "und"), set(terms(said, "und"))
    return bool(words) and sum(word in known for word in words) >= _FROM_THE_CONVERSATION * len(words)


def _keeps(written: str, question: str) -> bool:
    """Whether a rewritten question still asks what was asked, by half of its words if it has more than a few."""
    asked, kept = terms(question, "und"), set(terms(written, "und"))
    same = len(asked) <= _FEW_WORDS or 2 * sum(word in kept for word in asked) >= len(asked)
    return same and not speaks_to_a_program(written)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__

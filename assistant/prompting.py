"""Prompts: their files, what goes into them, and what comes out of a model as statements that cite passages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from assistant.errors import BadPrompt
from assistant.types import Passage, Statement, Turn
from ingest.sentences import sentence_spans

PROMPTS = Path(__file__).parent.parent / "prompts"
_NO_ANSWER = "NO ANSWER"
_CHARACTERS_PER_TOKEN = 3  # fewer than any of the five languages has, so that the budget is never exceeded
_FORM = re.compile(r"---\n(?P<head>.*?)\n---\n+# System\n(?P<system>.*?)\n# User\n(?P<user>.*)", re.DOTALL)
_HEAD = re.compile(r"name: (?P<name>[a-z-]+)\nversion: (?P<version>\d+)\nvariables: (?P<variables>[a-z_, ]+)")
_WORD = r"(?:passages?|sources?|bron(?:nen)?|quellen?|fonti|fonte|nr|no)"
_MARKERS = re.compile(
    rf"\s*[\[【]\^?(?:{_WORD}\.?\s*)?(\d+(?:\s*(?:,|;|–|-|und|and|en|et|e)\s*\d+)*)(?:†[^\]】]*)?[\]】]", re.IGNORECASE
)
_DELIMITER = re.compile(r"(?:END OF )?(?:PASSAGES|CONVERSATION)")
_LINE_OF_NUMBER = re.compile(r"(?m)^\[(\d+)\]")
_ENDS = re.compile(r"[.!?…:][\"'”’»)]*$")
_BEGUN_MARKER = re.compile(r"[\[【][^\]】\n]{0,40}$")
_MOST_OF_CONVERSATION = 6_000  # characters: earlier turns say less about what is asked now


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as its file has it; `stamp` tells which one wrote an answer."""

    name: str
    version: int
    variables: frozenset[str]
    system: str
    user: str

    @property
    def stamp(self) -> str:
        """Name and version, `name@version`."""
        return f"{self.name}@{self.version}"

    def filled(self, **values: str) -> list[tuple[str, str]]:
        """The messages, system first; values are put in as they are and never read as templates."""
        return [("system", Template(self.system).substitute(values)), ("user", Template(self.user).substitute(values))]


def load_prompt(name: str, folder: Path = PROMPTS) -> Prompt:
    """Reads the prompt of that name.

    Raises:
        BadPrompt: the file is missing or malformed, or its variables are not those that it declares.
    """
    path = folder / f"{name}.md"
    try:
        form = _FORM.fullmatch(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadPrompt(f"{path.name}: cannot be read: {error.strerror}") from error
    head = _HEAD.fullmatch(form["head"]) if form else None
    if form is None or head is None or head["name"] != name:
        raise BadPrompt(
            f"{path.name}: a head with name {name}, version and variables, then # System and # User are needed"
        )
    declared = frozenset(head["variables"].replace(",", " ").split())
    used = frozenset(Template(form["system"] + form["user"]).get_identifiers())
    if declared != used:
        raise BadPrompt(
            f"{path.name}: declared and not used, or used and not declared: {', '.join(sorted(declared ^ used))}"
        )
    return Prompt(name, int(head["version"]), declared, form["system"].strip(), form["user"].strip())


def shown(passages: Sequence[Passage], tokens: int) -> tuple[str, tuple[Passage, ...]]:
    """The passages as a model sees them, the best first while the budget lasts, and which they are.

    Each begins with its number at the start of a line; no line within one can pass for such a number or for the end
    of the passages.
    """
    texts: list[str] = []
    left = tokens * _CHARACTERS_PER_TOKEN
    for passage in passages:
        text = _shown(passage)
        if texts and len(text) > left:
            break
        texts.append(text[:left])
        left -= len(text)
    return "\n\n".join(texts), tuple(passages[: len(texts)])


def conversation(history: Sequence[Turn]) -> str:
    """The latest turns as a model sees them."""
    lines = [f"{turn.role}: {as_data(' '.join(turn.content.split()))}" for turn in history]
    return "\n".join(lines)[-_MOST_OF_CONVERSATION:]


def as_data(text: str) -> str:
    """A text that cannot pass for the frame around it."""
    return _LINE_OF_NUMBER.sub(r"(\1)", _DELIMITER.sub(lambda found: found.group().lower(), text))


def statements_of(text: str, *, ended: bool) -> tuple[list[Statement], str]:
    """The sentences that are complete, with the numbers that they cite, and the text that is still open.

    Numbers count for the sentence that they stand in or directly behind. A sentence is complete when the next one
    has begun, or the text has ended.
    """
    bounds: list[list[int]] = []
    begun = None if ended else _BEGUN_MARKER.search(text)
    whole = text[: begun.start()] if begun else text
    for start, end in sentence_spans(whole):
        behind = start + _markers_length(text[start:end])
        if bounds and behind > start and "\n" not in text[bounds[-1][1] : start]:
            bounds[-1][1] = start = behind
        if text[start:end].strip(" .,;"):
            bounds.append([start, end])
        elif bounds:
            bounds[-1][1] = end
    closed = ended or whole.endswith("\n")
    open_from = len(whole) if closed or not bounds else bounds.pop()[0]
    return [_statement(text[start:end]) for start, end in bounds], text[open_from:]


def is_unfinished(statement: Statement) -> bool:
    """Whether a model broke off in the middle of a sentence: it neither ends like one nor cites anything."""
    return not statement.cited and _ENDS.search(statement.text) is None


def says_no_answer(statement: Statement) -> bool:
    """Whether a model says, in the words that it was given for that, that the passages do not answer."""
    return statement.text.strip(" .!*\"'").upper() == _NO_ANSWER


def _shown(passage: Passage) -> str:
    version, chunk = passage.hit.version, passage.hit.chunk
    head = " › ".join(part for part in (version.title, version.organisation, *chunk.headings) if part)
    dated = f" (in force from {version.effective_from})" if version.effective_from else ""
    text = f"{chunk.context}\n{chunk.text}" if chunk.context else chunk.text
    return f"[{passage.number}] {as_data(' '.join(head.split()))}{dated}\n{as_data(text)}"


def _markers_length(piece: str) -> int:
    """How many characters of markers a piece begins with."""
    end = 0
    while found := _MARKERS.match(piece, end):
        end = found.end()
    return end


def _statement(piece: str) -> Statement:
    numbers = [int(number) for found in _MARKERS.finditer(piece) for number in re.findall(r"\d+", found[1])]
    text = " ".join(_MARKERS.sub("", piece).split())
    return Statement(re.sub(r"\s+([.,;:!?])", r"\1", text), (), tuple(dict.fromkeys(numbers)))

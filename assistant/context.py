"""Hits as the numbered passages that an engine sees, and the sentences in them that may be quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.types import Passage, Quoted
from ingest.sentences import sentence_spans
from ingest.types import Hit, Span

_CELL_BORDER = " | "  # as the readers of formats write rows


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: its text, and the stretches of pages that it stands on (two over a page break).

    `lines_above` counts the line breaks before it: 0 within a paragraph, 1 between items of a list or rows of a table,
    2 between paragraphs.
    """

    text: str
    passage: Passage
    quoted: tuple[Quoted, ...]
    position: int
    lines_above: int

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return _CELL_BORDER in self.text

    @property
    def head_elsewhere(self) -> str:
        """The head of the table that a row belongs to, where an earlier chunk holds it; else empty."""
        above = self.passage.hit.chunk.context.splitlines() if self.is_row else []
        return next((line for line in above if _CELL_BORDER in line), "")


def passages_of(hits: Sequence[Hit]) -> tuple[Passage, ...]:
    """The hits, numbered from 1 in their order."""
    return tuple(Passage(number, hit) for number, hit in enumerate(hits, start=1))


def sentences_of(passage: Passage) -> list[Sentence]:
    """The sentences of a passage in reading order; a sentence that runs over a page break is one."""
    sentences: list[Sentence] = []
    for quoted, lines_above in _quotable(passage):
        last = sentences[-1] if sentences else None
        if last is not None and _runs_on(last, quoted):
            joined = f"{last.text} {_one_line(quoted.quote)}"
            sentences[-1] = replace(last, text=joined, quoted=(*last.quoted, quoted))
        else:
            sentences.append(Sentence(_one_line(quoted.quote), passage, (quoted,), len(sentences), lines_above))
    return sentences


def _quotable(passage: Passage) -> Iterator[tuple[Quoted, int]]:
    text = passage.hit.chunk.text
    offset = ended = 0
    for span in passage.hit.chunk.spans:
        length = span.end - span.start
        for start, end in _units(text[offset : offset + length]):
            quote = text[offset + start : offset + end]
            lines_above = text.count("\n", ended, offset + start)
            yield Quoted(passage, Span(span.page, span.start + start, span.start + end), quote), lines_above
            ended = offset + end
        offset += length + 1  # the line break that joins two spans


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, and rows of tables whole."""
    position = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if _CELL_BORDER in bare:
            start = position + line.index(bare)
            yield start, start + len(bare)
        else:
            yield from ((position + start, position + end) for start, end in sentence_spans(line))
        position += len(line)


def _runs_on(sentence: Sentence, quoted: Quoted) -> bool:
    """Whether a page ended in the middle of a sentence."""
    return (
        sentence.quoted[-1].span.page != quoted.span.page
        and sentence.text[-1:] not in ".!?:;"
        and quoted.quote[:1].islower()
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())

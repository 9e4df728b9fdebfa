"""From pages to chunks that follow the structure of a document and fit what the embedding model reads."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.sentences import sentence_spans
from ingest.types import Block, BlockKind, Chunk, Page, Span

CountTokens = Callable[[Sequence[str]], list[int]]
_SPECIAL_TOKENS = 2  # a BERT-like model frames each text with two
# "1.", "1.1.1.(2)", "(b)1": a token for each digit and stop, which say nothing to a model that looks for meaning.
_CLAUSE_NUMBER = re.compile(r"(?<!\S)\W*(?:\d{1,3}|(?=\S*\d)\w{1,3}(?:[.()]+\w{1,3})+)[.,:()]*(?!\S)")
_LONGEST_HEADINGS = 0.4  # share of the limit that title, headings and context may take before they are cut


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence (or a part of one that is too long) with what it stands under; never cut further."""

    span: Span
    tokens: int
    headings: tuple[str, ...]
    context: str
    block: int


def split(pages: Sequence[Page], title: str, *, count_tokens: CountTokens, limit: int) -> tuple[Chunk, ...]:
    """The chunks of a document, in reading order.

    Each chunk stands under one heading path, and `indexed_text(title, chunk)` has at most `limit` tokens as
    `count_tokens` counts them, the model's special tokens included. A sentence is cut only where it alone is too
    long. Every character of every block that is neither heading nor furniture lies in exactly one chunk.
    """
    pieces = _pieces(pages, count_tokens, limit)
    texts = {page.number: page.text for page in pages}
    chunks: list[Chunk] = []
    for headings, section in groupby(pieces, key=lambda piece: piece.headings):
        frame = _fitted(title, headings, count_tokens, limit)
        overhead = count_tokens([_framed(title, frame, "", "")])[0]
        chunks.extend(_packed(list(section), frame, texts, count_tokens, limit - overhead))
    return tuple(chunks)


def indexed_text(title: str, chunk: Chunk) -> str:
    """What is searched for a chunk: "title › headings", the context, the text; only the text is ever quoted."""
    return _framed(title, chunk.headings, chunk.context, chunk.text)


def embedded_text(title: str, chunk: Chunk) -> str:
    """What an embedding model reads of a chunk: `indexed_text` with no clause numbers in title and headings."""
    title, *headings = (_unnumbered(part) for part in (title, *chunk.headings))
    return _framed(title, headings, chunk.context, chunk.text)


def _unnumbered(heading: str) -> str:
    left, found = _CLAUSE_NUMBER.subn(" ", heading)
    return " ".join(left.split()) if found else heading


def _framed(title: str, headings: Sequence[str], context: str, text: str) -> str:
    path = " › ".join(part for part in (title, *headings) if part)
    return "\n".join(part for part in (path, context, text) if part)


def _fitted(title: str, headings: tuple[str, ...], count_tokens: CountTokens, limit: int) -> tuple[str, ...]:
    """The headings, innermost kept, that leave most of the limit to the text."""
    while headings and count_tokens([_framed(title, headings, "", "")])[0] > limit * _LONGEST_HEADINGS:
        headings = headings[1:]
    return headings


def _pieces(pages: Sequence[Page], count_tokens: CountTokens, limit: int) -> list[_Piece]:
    drafts = list(_sentences(pages))
    texts = {page.number: page.text for page in pages}
    counted = count_tokens([_cut(texts, piece.span) for piece in drafts])
    room = limit // 2
    pieces: list[_Piece] = []
    for draft, tokens in zip(drafts, counted, strict=True):
        bare = max(tokens - _SPECIAL_TOKENS, 1)
        if bare <= room:
            pieces.append(replace(draft, tokens=bare))
        else:
            pieces.extend(_divided(replace(draft, tokens=bare), texts, count_tokens, room))
    return pieces


def _cut(texts: dict[int, str], span: Span) -> str:
    return texts[span.page][span.start : span.end]


def _sentences(pages: Sequence[Page]) -> Iterator[_Piece]:
    path: list[tuple[int, str]] = []
    name = _own_name(pages)
    for number, (page, block) in enumerate(_content(pages)):
        if block is name:
            continue
        if block.kind is BlockKind.HEADING:
            path = [above for above in path if above[0] < block.level]
            path.append((block.level, " ".join(page.text[block.start : block.end].split())))
            continue
        headings = tuple(heading for _, heading in path)
        for start, end in _units(page.text[block.start : block.end], block.kind):
            span = Span(page.number, block.start + start, block.start + end)
            yield _Piece(span, 0, headings, block.context, number)


def _own_name(pages: Sequence[Page]) -> Block | None:
    """The heading by which a document names itself: the only one of level 1, before all else."""
    blocks = [block for _, block in _content(pages)]
    highest = [block for block in blocks if block.kind is BlockKind.HEADING and block.level == 1]
    return blocks[0] if len(highest) == 1 and blocks[0] is highest[0] else None


def _content(pages: Sequence[Page]) -> Iterator[tuple[Page, Block]]:
    for page in pages:
        for block in page.blocks:
            if block.kind is not BlockKind.FURNITURE:
                yield page, block


def _units(text: str, kind: BlockKind) -> list[tuple[int, int]]:
    return [(0, len(text))] if kind is BlockKind.TABLE_ROW else sentence_spans(text)


def _divided(piece: _Piece, texts: dict[int, str], count_tokens: CountTokens, room: int) -> Iterator[_Piece]:
    """A sentence that alone is too long, cut at the space nearest to the middle until each part fits."""
    text = _cut(texts, piece.span)
    middle = _break_near_middle(text)
    for start, end in ((0, middle), (middle, len(text))):
        part = text[start:end]
        left = start + len(part) - len(part.lstrip())
        span = Span(piece.span.page, piece.span.start + left, piece.span.start + start + len(part.rstrip()))
        tokens = max(count_tokens([part])[0] - _SPECIAL_TOKENS, 1)
        smaller = replace(piece, span=span, tokens=tokens)
        if tokens <= room or span.end - span.start < 2:
            yield smaller
        else:
            yield from _divided(smaller, texts, count_tokens, room)


def _break_near_middle(text: str) -> int:
    half = len(text) // 2
    for mark in ("; ", ", ", " "):
        before, after = text.rfind(mark, len(text) // 4, half), text.find(mark, half, 3 * len(text) // 4)
        found = [at + len(mark) for at in (before, after) if at >= 0]
        if found:
            return min(found, key=lambda at: abs(at - half))
    return max(half, 1)


def _packed(
    pieces: list[_Piece], headings: tuple[str, ...], texts: dict[int, str], count_tokens: CountTokens, room: int
) -> Iterator[Chunk]:
    """Pieces of one section in chunks of about equal size, cut between blocks rather than inside them."""
    room_with_context = max(room - _context_allowance(pieces, count_tokens, room), 1)
    target = _even_share(sum(piece.tokens for piece in pieces), room_with_context)
    current: list[_Piece] = []
    for _, block in groupby(pieces, key=lambda piece: piece.block):
        whole = list(block)
        used, added = _tokens(current), _tokens(whole)
        if current and (used + added > room_with_context or used + added / 2 > target):
            yield _chunk(current, headings, texts, count_tokens, room)
            current = []
        for piece in whole:
            if current and _tokens(current) + piece.tokens > room_with_context:
                yield _chunk(current, headings, texts, count_tokens, room)
                current = []
            current.append(piece)
    if current:
        yield _chunk(current, headings, texts, count_tokens, room)


def _even_share(total: int, room: int) -> float:
    return total / math.ceil(total / room)


def _tokens(pieces: Iterable[_Piece]) -> int:
    return sum(piece.tokens for piece in pieces)


def _context_allowance(pieces: list[_Piece], count_tokens: CountTokens, room: int) -> int:
    contexts = sorted({piece.context for piece in pieces if piece.context})
    longest = max(count_tokens(contexts), default=0) if contexts else 0
    return longest if longest <= room * _LONGEST_HEADINGS else 0


def _chunk(
    pieces: list[_Piece], headings: tuple[str, ...], texts: dict[int, str], count_tokens: CountTokens, room: int
) -> Chunk:
    spans = _joined([piece.span for piece in pieces], texts)
    text = "\n".join(_cut(texts, span) for span in spans)
    context = pieces[0].context
    if context and (context in text or _tokens(pieces) + count_tokens([context])[0] > room):
        context = ""
    return Chunk(text=text, spans=spans, headings=headings, context=context)


def _joined(spans: list[Span], texts: dict[int, str]) -> tuple[Span, ...]:
    """Neighbours on one page with nothing but white space between them, as one span."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.page == span.page and not texts[span.page][last.end : span.start].strip():
            joined[-1] = replace(last, end=span.end)
        else:
            joined.append(span)
    return tuple(joined)

"""Citations that can be opened and checked; every answer passes through here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.errors import CitationBroken
from assistant.language import of_quote
from assistant.types import Answer, AnswerStatus, Citation, Quoted, Statement
from ingest.analyse import words
from ingest.types import Version

PageText = Callable[[str, int], str | None]
_FROM_SOURCES = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)


def numbered(statements: Sequence[Statement]) -> tuple[dict[Quoted, int], tuple[Citation, ...]]:
    """A marker for each quoted stretch, in the order of first use, and the citations in that order."""
    markers: dict[Quoted, int] = {}
    for statement in statements:
        for quoted in statement.sources:
            markers.setdefault(quoted, len(markers) + 1)
    return markers, tuple(citation(quoted, marker) for quoted, marker in markers.items())


def citation(quoted: Quoted, marker: int) -> Citation:
    """What a reader needs to open and check a quoted stretch."""
    hit, span = quoted.passage.hit, quoted.span
    version = hit.version
    return Citation(
        marker=marker,
        document=version.document,
        version=version.id,
        title=version.title,
        organisation=version.organisation,
        section=hit.chunk.section,
        page=span.page,
        start=span.start,
        end=span.end,
        quote=quoted.quote,
        language=of_quote(quoted.quote, version),
        effective_from=version.effective_from,
        url=f"/documents/{version.document}/pages/{span.page}?version={version.id}",
        source_url=version.source_url,
    )


def is_verbatim(cited: Citation, page_text: PageText) -> bool:
    """Whether a quote stands on its page where the citation says."""
    text = page_text(cited.version, cited.page)
    return text is not None and bool(cited.quote) and text[cited.start : cited.end] == cited.quote


def checked(answer: Answer, page_text: PageText) -> Answer:
    """The answer, once every promise about its citations was found kept.

    `page_text` gives the text of a page of a version. Holds for every answer that leaves the program: each quote is
    verbatim where its citation says; the markers in the text are those of the citations; an answer built from sources
    has at least one citation, and no other answer has any.

    Raises:
        CitationBroken: a promise is broken.
    """
    for cited in answer.citations:
        if not is_verbatim(cited, page_text):
            raise CitationBroken(f"[{cited.marker}] is not verbatim on page {cited.page} of {cited.document}")
        if f"[{cited.marker}]" not in answer.answer:
            raise CitationBroken(f"[{cited.marker}] is cited and not used")
    if (answer.status in _FROM_SOURCES) != bool(answer.citations):
        raise CitationBroken(f"an answer with status {answer.status} has {len(answer.citations)} citations")
    return answer


def source_name(version: Version) -> str:
    """A document as answers name it: “title” (organisation), the organisation where the title does not name it."""
    told = set(words(version.organisation)) <= set(words(version.title))
    return f"“{version.title}”" if told else f"“{version.title}” ({version.organisation})"

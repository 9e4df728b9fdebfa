"""Answers as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Answer, Explanation, Understood, Word


def as_text(answer: Answer) -> str:
    """The answer, its sources, remarks and contacts."""
    lines = [answer.answer, ""]
    for cited in answer.citations:
        where = " › ".join(part for part in (cited.title, cited.section) if part)
        dated = f", in force from {cited.effective_from}" if cited.effective_from else ""
        lines.append(f"[{cited.marker}] {where} ({cited.organisation or cited.document}, page {cited.page}{dated})")
        lines.append(f"    {cited.url}")
    lines.extend(f"Note: {note}" for note in answer.notes)
    lines.extend(f"Ask: {contact.name} – {contact.role} {contact.url}" for contact in answer.contacts)
    lines.append(f"({answer.status}, evidence {answer.evidence:.2f}, {answer.timings_ms.get('total', 0):.0f} ms)")
    return "\n".join(lines)


def explained(explanation: Explanation) -> str:
    """What was looked for and found, with every hit's scores."""
    lines = ["", "", f"Asked: {explanation.question}"]
    lines += [f"Read as: {was} → {now}" for was, now in explanation.read_as.items()]
    lines += [f"Names: {', '.join(explanation.organisations)}"] if explanation.organisations else []
    lines += [f"Names the document: {document}" for document in explanation.documents]
    lines += ["Looked for:", *(f"  {_understood(word, explanation.organisations)}" for word in explanation.words)]
    lines.append("Signals: " + ", ".join(f"{name} {value:.2f}" for name, value in explanation.signals.items()))
    lines.append(f"{'rank':>4} {'score':>6} {'BM25':>7} {'cosine':>7}  passage")
    for hit in explanation.hits:
        scores = hit.scores
        where = " › ".join(part for part in (hit.version.title, hit.chunk.section) if part)
        lines.append(f"{hit.rank:>4} {scores.total:>6.3f} {scores.lexical:>7.2f} {scores.dense:>7.3f}  {where}")
    return "\n".join(lines)


def _understood(word: Word, organisations: Sequence[str]) -> str:
    is_name = word.understood is Understood.UNKNOWN and any(word.text in name.split() for name in organisations)
    how = "organisation" if is_name else word.understood.value
    concept = f", concept “{word.concept}”" if word.concept else ""
    told = f": {', '.join(word.translations)}" if word.translations else ""
    return f"{word.text} ({how}{concept}){told}"

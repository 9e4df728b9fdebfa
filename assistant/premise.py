"""What a question takes for granted before it asks ("Since CERN takes shares in its spin-offs, how does it vote?")."""

from __future__ import annotations

import re

_LEAST_WORDS = 4  # "As a company, ..." says who asks and takes nothing for granted
_NO_REASON = (
    r"(?:as (?:an?|of|well|soon|long|far|from|per|regards|for)|since when|da (?:quando|quale?|chi|dove)|comme quoi)\b"
)
_BECAUSE = (
    rf"(?!{_NO_REASON})(?:since|because|as|(?:seeing|given|considering|now) that"
    r"|aangezien|omdat|doordat|gegeven dat|gezien het feit dat"
    r"|da|weil|angesichts dessen,? dass"
    r"|puisqu(?:e|['’])|comme|(?:étant donné|vu|parce|dès lors) qu(?:e|['’])"
    r"|poich[éè]|giacch[éè]|siccome|(?:dato|visto|considerato) che|dal momento che)"
)
_OPENING = re.compile(rf"\s*{_BECAUSE}(?:\s+|(?<=['’]))(?P<premise>[^?]+?)\s*[,:]\s[^,?]*\?", re.IGNORECASE)


def premise_of(question: str) -> str | None:
    """The clause with a reason that opens a question of the five languages, without its conjunction; None elsewhere."""
    found = _OPENING.match(question)
    return found["premise"] if found and len(found["premise"].split()) >= _LEAST_WORDS else None

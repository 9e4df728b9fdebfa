"""The sort of thing that a question asks for, and what it wants counted."""

from __future__ import annotations

import re

from assistant.sorts import NUMBER_WORDS, QUANTITY, SORTS, Form, Sort

_GIVES = (  # "hoeveel geeft het ministerie": a verb, and no thing
    r"\w+ (?:de|het|een|die|dit|dat|deze|ze|zij|hij|men|(?-i:[A-Z])\w*)"
)
_MEASURES = (  # what is measured is no thing to be counted: a text may have it in other units, or say "twice"
    r"(?:(?:\w+ )?(?:geld|tijd|\w*financiering)|temps|argent|soldi|denaro|people|mensen|personen|menschen|leute|"
    r"personnes|persone|times?|keer|maal|fois|volte|tons?|tonnes?|tonnen|tonnellate|"
    r"(?:billion|million|thousand|miljard|miljoen|duizend|milliards?|millions?|miliardi|milioni|"
    r"milliarden|millionen) \w+|"
    r"(?:square|vierkante) \w+|quadrat\w+|m(?:è|e)tres carrés|metri quadr\w+)"
)
_COUNT = re.compile(
    rf"\b(?:how many|hoeveel(?! {_GIVES}\b)|wie ?viele|combien d(?:e|['’])|quant[ie])(?! ?{_MEASURES}\b)",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d[\d.,]*")
_QUANTITIES = re.compile(QUANTITY, re.IGNORECASE)
_ASKS_OTHERWISE = re.compile(  # whether, where, or who
    r"(?:^\W*|[.;:]\s\W{0,3})(?:do|does|did|is|are|was|were|can|could|may|must|should|will|would|has|have|had|where|who|"
    r"zijn|waren|mag|mogen|moet|moeten|kan|kunnen|heeft|hebben|zal|wordt|worden|neemt|geeft|krijgt|geldt|"
    r"bestaan|bestaat|waar|"
    r"ist|sind|war|waren|darf|dürfen|muss|müssen|kann|können|hat|haben|wird|werden|gibt|gilt|gelten|wo|wer|"
    r"wie (?:is|zijn|was)|"
    r"est-ce|est-il|peut|peuvent|faut-il|doit|doivent|existe|où|qui|è|sono|può|possono|deve|devono|ha|hanno|"
    r"esiste|dove|chi)\b",
    re.IGNORECASE,
)
_ASKS_HOW = re.compile(
    r"\b(?:how|what|which|when|hoe|hoeveel|wat|welke?|wanneer|wie (?:viel|hoch|lange)|wann|welche\w*|combien|quel\w*|"
    r"quand|quant[oiae]|qual[ei]?|quando)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(rf"\d+|{NUMBER_WORDS}", re.IGNORECASE)


def end_of_count(question: str) -> int | None:
    """Where the words end by which a question asks how many there are of something; None where it does not."""
    found = _COUNT.search(question)
    return found.end() if found else None


def without_other_figures(told: str) -> str:
    """What is told without the figures that say how many of nothing: years, days, numbers of lists and in names."""
    return _FIGURES.sub(lambda figure: figure.group() if _QUANTITIES.match(told, figure.start()) else " ", told)


def sought(question: str) -> Sort | None:
    """The sort of thing that a question asks for; None where it asks for nothing that can be told by its form.

    "Does CERN take shares?" and "Where is the budget published?" ask for no share and no amount.
    """
    otherwise = _ASKS_OTHERWISE.search(question) and not _ASKS_HOW.search(question)
    sorts = (sort for sort in SORTS if sort.form is Form.ONLY or not otherwise)
    return next((sort for sort in sorts if sort.asked.search(question)), None)

"""Which language a question is in, and what the program itself says in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Turn
from ingest import language

SPOKEN = ("en", "nl", "de", "fr", "it")
_PRIOR_OF_CONVERSATION = 8.0  # how much likelier a follow-up is in its conversation's language than in another
_PRIOR_OF_ENGLISH = 1.5  # a short question full of names is English more often than not


@dataclass(frozen=True, slots=True)
class Phrases:
    """The program's own words in one language; `{…}` is filled in."""

    lead: str
    more: str
    foreign: str
    nothing: str
    asked_for: str
    whom: str
    dated: str
    languages: Mapping[str, str]


_PHRASES = {
    "en": Phrases(
        lead="According to {title}:",
        more="{title} adds:",
        foreign="The source {markers} is in {language}; its words are quoted as they stand.",
        nothing="The documents at hand do not say. Nothing in them answers: {question}",
        asked_for="Nearest documents: {titles}.",
        whom="You can ask: {contacts}.",
        dated="The source {markers} is in force until {until}.",
        languages={"en": "English", "nl": "Dutch", "de": "German", "fr": "French", "it": "Italian"},
    ),
    "nl": Phrases(
        lead="Volgens {title}:",
        more="{title} voegt toe:",
        foreign="De bron {markers} is in het {language}; de woorden staan er zoals in de bron.",
        nothing="De beschikbare documenten zeggen het niet. Niets daarin beantwoordt: {question}",
        asked_for="Dichtstbijzijnde documenten: {titles}.",
        whom="U kunt het vragen aan: {contacts}.",
        dated="De bron {markers} geldt tot en met {until}.",
        languages={"en": "Engels", "nl": "Nederlands", "de": "Duits", "fr": "Frans", "it": "Italiaans"},
    ),
    "de": Phrases(
        lead="Laut {title}:",
        more="{title} ergänzt:",
        foreign="Die Quelle {markers} ist auf {language}; ihr Wortlaut steht unverändert da.",
        nothing="Die vorhandenen Dokumente sagen es nicht. Nichts darin beantwortet: {question}",
        asked_for="Nächstliegende Dokumente: {titles}.",
        whom="Fragen können Sie: {contacts}.",
        dated="Die Quelle {markers} gilt bis {until}.",
        languages={"en": "Englisch", "nl": "Niederländisch", "de": "Deutsch", "fr": "Französisch", "it": "Italienisch"},
    ),
    "fr": Phrases(
        lead="Selon {title} :",
        more="{title} ajoute :",
        foreign="La source {markers} est en {language} ; elle est citée dans sa langue.",
        nothing="Les documents disponibles ne le disent pas. Rien n'y répond à : {question}",
        asked_for="Documents les plus proches : {titles}.",
        whom="Vous pouvez demander à : {contacts}.",
        dated="La source {markers} est en vigueur jusqu'au {until}.",
        languages={"en": "anglais", "nl": "néerlandais", "de": "allemand", "fr": "français", "it": "italien"},
    ),
    "it": Phrases(
        lead="Secondo {title}:",
        more="{title} aggiunge:",
        foreign="La fonte {markers} è in {language}; le sue parole sono riportate come sono.",
        nothing="I documenti disponibili non lo dicono. Nulla vi risponde a: {question}",
        asked_for="Documenti più vicini: {titles}.",
        whom="Può chiedere a: {contacts}.",
        dated="La fonte {markers} è in vigore fino al {until}.",
        languages={"en": "inglese", "nl": "olandese", "de": "tedesco", "fr": "francese", "it": "italiano"},
    ),
}


def phrases(code: str) -> Phrases:
    """What the program says in a language; English where it does not speak it."""
    return _PHRASES.get(code, _PHRASES["en"])


def of_question(text: str, history: Sequence[Turn] = ()) -> str:
    """The language among those spoken that a question is most likely in, given the conversation so far."""
    odds = {code: probability for code, probability in language.likely(text) if code in SPOKEN}
    odds["en"] = odds.get("en", 0.0) * _PRIOR_OF_ENGLISH
    asked = [turn.content for turn in history if turn.role == "user"]
    if asked:
        before = of_question(asked[-1], [turn for turn in history if turn.content != asked[-1]])
        odds[before] = odds.get(before, 0.0) * _PRIOR_OF_CONVERSATION
    return max(SPOKEN, key=lambda code: odds.get(code, 0.0))

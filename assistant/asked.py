"""What a question is about: the names in it, the words that only ask, and whether it asks what a term means."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.sought import sought
from ingest.analyse import fold, is_stop_word, terms, words
from ingest.sentences import sentence_spans

# Words that ask, or say "now", and little about what is asked: they count for a part of a word of the matter.
_FILLERS = {
    "en": "today now current currently present presently many much long often amount amounts go goes get gets give "
    "gives given come comes take takes took happen happens exist exists existed say says call called name named want "
    "wants need needs kind sort type types way ways thing things please tell know specific specifically regarding "
    "concerning clarify elaborate provide provides context explain detail details detailed example examples receive "
    "receives lay lays make makes made find use used still really available per able according offer "
    "offers become becomes became keep keeps kept let lets put puts turn turns try tries look looks looking see seen "
    "think like mean means bring brings ask asks end ends begin begins possible actually exactly right just already "
    "else someone anyone somebody anybody",
    "nl": "vanaf vandaag nu huidig huidige thans veel lang vaak bedrag krijgt krijgen gaat gaan komt komen geeft geven "
    "gegeven bestaat bestaan heet heten naam soort manier staat staan graag vertel wil willen nodig sinds heeft "
    "terecht precies zegt stelt gebruikt volgens biedt word wordt worden werd geworden houdt houden laat laten zet "
    "zetten blijft blijven begint beginnen doet doen gedaan maakt maken gemaakt vindt vinden ziet zien kijken "
    "vraagt vragen brengt brengen mogelijk eigenlijk iemand",
    "de": "heute jetzt aktuell aktuelle aktuellen derzeit viel viele lange oft betrag bekommt gibt geht kommt besteht "
    "heißt name art weise steht gern schon ab welche gilt gelten groß hoch bitte brauche seit bietet genau sagt "
    "laut zufolge gemäß werden wird werde wurde geworden bleibt bleiben lässt lassen macht machen gemacht tut tun "
    "findet finden sieht sehen beginnt beginnen fragt fragen bringt bringen möglich eigentlich jemand",
    "fr": "aujourd'hui maintenant actuel actuelle actuellement montant reçoit donne va vient existe appelle nom sorte "
    "façon accorde être veut besoin depuis exactement dit fait faire beaucoup il elle ils elles on "
    "selon propose proposent devenir devient deviens devenu rester reste mettre met mis commencer commence trouver "
    "trouve voir voit prendre prend demander demande possible vraiment quelqu'un",
    "it": "qual quale quali oggi ora attuale attualmente importo riceve dà va viene esiste chiama nome tipo modo avuto "
    "sopra vuole bisogno esattamente dice fa fare molto secondo offre offrono diventare diventa divento diventato "
    "restare resta mettere mette iniziare inizia trovare trova vedere vede prendere prende chiedere chiede "
    "possibile davvero qualcuno",
}
_FILLER_TERMS = {code: frozenset(terms(fillers, code)) for code, fillers in _FILLERS.items()}
_ARTICLE = r"(?:an?|the|een|de|het|eine?|der|die|das|une?|les?|la|una|uno|il|lo|l['’]|un['’])"
_ASKS_FOR_MEANING = re.compile(
    r"\s*(?:what (?:is|are|does)(?: meant by)?|define|(?:the )?definition of"
    r"|wat (?:is|zijn|betekent|betekenen|houdt)|wat (?:wordt (?:er )?bedoeld|bedoelt men) met|wat verstaat men onder"
    r"|(?:de )?definitie van|was (?:ist|sind|bedeutet|bedeuten|heißt)|was versteht man unter|(?:die )?definition von"
    r"|qu['’]est-ce qu(?:e |['’])|c['’]est quoi|que signifie|que veut dire|qu['’]entend-on par"
    r"|(?:la )?définition d(?:e |['’])|(?:che )?cos['’]è|che (?:significa|vuol dire)|(?:la )?definizione di"
    r"|(?:che )?cosa (?:è|sono|significa|vuol dire|si intende (?:per|con)))"
    rf"\s*(?:{_ARTICLE}\b\s*)?"
    r"(?P<term>[^?]{2,60}?)(?:\s+(?:mean|in))?\s*[?.]*\s*$",
    re.IGNORECASE,
)
_MEANS = r"(?:is|are|means|zijn|betekent|ist|sind|bedeutet|bezeichnet|est|sont|désigne|è|sono|indica)"
_SOURCE_KEYS = re.compile(
    r"\([A-Z]{1,3}\d{1,2}(?:[,;][^)]*)?\)"
)  # "(P7, undated page)": where it stands, not what it says
_PLURAL = re.compile(r"(?<=[A-Z]{2})s\b")  # of an abbreviation: "ILOs"
_HYPHEN = re.compile(r"[-‐‑'’]")
_NAME = re.compile(r"\b[^\W\d_][\w&]*(?:[-.][\w&]+)*")
_REMEMBERED = 16_384  # words: most of a passage are among the frequent ones


def is_filler(word: str, language: str) -> bool:
    """Whether a word of a question asks rather than says what is asked about ("today", "gets")."""
    asking = _FILLER_TERMS.get(language, frozenset())
    return all(term in asking for part in _HYPHEN.split(word) for term in terms(part, language))


def background_of(question: str) -> frozenset[str]:
    """The words of the sentences that only lead up to what is asked: of those before the last that asks, the others."""
    said = [question[start:end] for start, end in sentence_spans(question)]
    last = max((place for place, sentence in enumerate(said) if sentence.endswith("?")), default=0)
    leading = [sentence for sentence in said[:last] if not sentence.endswith("?")]
    telling = [sentence for sentence in said if sentence not in leading]
    return frozenset(words(" ".join(leading))).difference(words(" ".join(telling)))


def fits_type(question: str, sentence: str) -> bool:
    """Whether a sentence gives the sort of thing that the question asks for; False where it asks for no such thing."""
    sort = sought(question)
    given = sort is not None and sort.given.search(without_source_keys(sentence)) is not None
    return given or says_what_it_means(question, sentence)


def asks_for_meaning(question: str) -> str | None:
    """The term that a question asks the meaning of ("ILO" in "What is an ILO?"); None where it asks something else."""
    wanted = _ASKS_FOR_MEANING.match(question)
    return wanted["term"].strip() if wanted else None


def says_what_it_means(question: str, sentence: str) -> bool:
    """Whether "What is an ILO?" meets "An Industrial Liaison Officer (ILO) is …": the term, then what it is."""
    wanted = asks_for_meaning(question)
    if wanted is None:
        return False
    opening = rf"(?:{_ARTICLE}\b\s*)?(?:[\w-]+ ){{0,4}}\(?{re.escape(wanted)}\)?(?: \([^)]*\))?,? {_MEANS}\b"
    return re.match(opening, sentence, re.IGNORECASE) is not None


def without_source_keys(sentence: str) -> str:
    """What a sentence says, without the brackets that say where it stands."""
    return _SOURCE_KEYS.sub("", sentence)


def source_keys(sentence: str) -> list[str]:
    """The brackets of a sentence that say where it stands."""
    return _SOURCE_KEYS.findall(sentence)


def names_of(question: str, language: str) -> frozenset[str]:
    """The names in a question, lower case and without accents, those of hyphenated words by their parts.

    Words in capitals count anywhere; words with a capital first letter where they do not open the question, and not
    in German, which writes every noun so. A letter that is part of one ("V&A") is none.
    """
    found: set[str] = set()
    for match in _NAME.finditer(question):
        opens = not question[: match.start()].strip(" ¿¡\"'«„“")
        for word in _HYPHEN.split(_PLURAL.sub("", match.group())):
            ordinary = opens or language == "de" or is_stop_word(word.lower(), language)
            if sum(map(str.isupper, word)) > 1 or (word[:1].isupper() and not ordinary):
                found.update(part for part in parts(word) if len(part) > 1 or part == match.group().casefold())
    return frozenset(found)


def parts(text: str) -> set[str]:
    """The words of a text without accents, hyphenated ones by their parts."""
    return {part for word in words(_PLURAL.sub("", text)) for part in _parts_of_word(word)}


@lru_cache(maxsize=_REMEMBERED)
def _parts_of_word(word: str) -> tuple[str, ...]:
    return tuple(part for part in _HYPHEN.split(fold(word)) if part)

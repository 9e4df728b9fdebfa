"""Questions that are asked indirectly: "we are a firm and would like to know who decides"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.courtesy import PLEASE
from assistant.cues import CUES
from ingest.analyse import is_stop_word, words

_AND = "and|so|but|en|dus|maar|und|aber|et|mais|donc|e|ma|quindi"
_IS = "is|ist|est|è"


@dataclass(frozen=True, slots=True)
class _Indirect:
    """How a language asks indirectly: who is asked to tell, the verbs before what is asked, and what opens that."""

    request: str
    verbs: str
    prepositions: str
    question_words: str
    also: str  # what opens a question of yes or no behind such a verb
    articles: str  # behind them stands what is asked for ("the conditions under which")
    first_person: str
    subject: str
    needs: str  # verbs behind which stands what somebody wants to have

    @property
    def opens(self) -> re.Pattern[str]:
        """What a question that asks directly opens with."""
        return re.compile(rf"\W*{self._asks}\b", re.IGNORECASE)

    @property
    def leads(self) -> re.Pattern[str]:
        """What leads up to an indirect question, in a sentence that is none itself."""
        behind_is = rf"\b(?:{_IS})\s+(?={self._asks})"
        told = rf"[^?]{{0,300}}?(?:{self._behind_verb}|{behind_is})|{self._before_colon}"
        needing = rf"[^?]{{0,200}}?\b(?:{self.first_person})\b[^?.]{{0,40}}?\b(?:{self.needs})\b[,:]?\s+"
        return re.compile(rf"{told}|{needing}", re.IGNORECASE)

    @property
    def requests(self) -> re.Pattern[str]:
        """What leads up to an indirect question in a question: a request to tell it."""
        before = rf"(?P<before>[^?]{{0,200}}?(?:[,;:–—]|\b(?:{_AND}))\s+)??"
        request = rf"(?:(?:{self.request})\b(?: [\w'’-]+){{0,6}}? )?"
        return re.compile(rf"{before}{request}{self._behind_verb}|{self._before_colon}", re.IGNORECASE)

    @property
    def _asks(self) -> str:
        return rf"(?:(?:{self.prepositions}) ?)?(?:{self.question_words})"

    @property
    def _behind_verb(self) -> str:
        no_object = rf"(?!(?:{self.articles}|{self.prepositions}|{_AND})\b)"
        between = rf"(?: {no_object}[\w'’-]+){{0,5}}?"
        return (
            rf"(?:^|(?<=\s))(?:\w['’])?(?:{self.verbs})\b"
            rf"(?:{between},?\s+(?=(?:{self._asks}|{self.also})\b)|(?: (?:{self.first_person}))?\s?[:,]\s+)"
        )

    @property
    def _before_colon(self) -> str:
        """What is said of oneself before a colon; a topic may stand there as well ("EIC Fund: how much?")."""
        told = rf"[^?:]{{0,200}}?\b(?:{self.subject})\b[^?:]{{0,100}}?"
        return rf"{told}\s?:\s+(?=(?:{self._asks}|{self.also})\b)"


_INDIRECT = {
    "en": _Indirect(
        request=(
            r"(?:can|could|would|will|may|might|do|does|did) (?:you|anyone|anybody|someone|somebody)\b|(?:can|could|"
            r"may|might) i(?= (?:please |just )?(?:ask|check|know))|i|we|please|kindly|tell|just|any|quick|one|my|"
            r"would|i['’]m|i['’]d|we['’]re|we['’]d"
        ),
        verbs=(
            r"(?<!we )(?<!i )know|ask|asks|asked|asking|wonder(?:s|ed|ing)?|find out|hear|tell|told|say|state|see|"
            r"understand|learn|check|confirm|explain|curious|sure|clarify|namely|figure out|work out|determine|remind|"
            r"look up|question|help|advise|inform|specify|idea"
        ),
        prepositions=r"in|on|at|by|to|for|from|of|with|under|within|until|since|through|about|up to",
        question_words=r"what['’]?s?|which|who(?:m|se)?|how|when|where|why",
        also=r"whether|if",
        articles=r"the|an?",
        first_person=r"i|we|our|my|us|me",
        subject=r"i|we|i['’]m|we['’]re",
        needs=r"need|needs|lack|missing|looking for|searching for",
    ),
    "nl": _Indirect(
        request=(
            r"(?:kunt|kan|kun|zou|zoudt|weet|weten)(?: u| je| jij| jullie| iemand)(?: me| mij| ons)?\b|"
            r"mag ik(?= (?:\w+ )?(?:vragen|weten))|ik|wij?|graag|vertel|zeg|leg|(?:korte |kleine )?vraag(?:je)?|mijn"
        ),
        verbs=(
            r"(?<!wij )(?<!we )weten|(?<!ik )weet|vragen|vroeg|vraagt|vraag|vraagje|nagaan|horen|hoor|vertel|"
            r"vertellen|zeg|zeggen|zeker|uitzoeken|begrijpen|benieuwd|namelijk|uitleggen|achterhalen|aangeven|af|"
            r"helpen|opzoeken|meedelen|bevestigen"
        ),
        prepositions=r"in|op|aan|bij|voor|van|met|onder|binnen|tot|door|uit|naar|sinds|vanaf|over|volgens",
        question_words=r"wat|welke?|wie|wiens|hoe\w*|wanneer|waar\w*",
        also=r"of",
        articles=r"de|het|een",
        first_person=r"ik|wij?|ons|onze|mijn|me|mij",
        subject=r"ik|wij?",
        needs=r"zoek|zoeken",
    ),
    "de": _Indirect(
        request=(
            r"(?:können|könnten|kannst|könntest|würden|würdest|wissen|weißt|weiß)(?: sie| du| ihr| jemand)(?: mir|"
            r" uns)?\b|darf ich(?= (?:\w+ )?fragen)|ich|wir|bitte|sagen|sag|(?:kurze |kleine )?frage|meine"
        ),
        verbs=(
            r"(?<!wir )wissen|(?<!ich )weiß|weißt du|wüsste|fragen|frage|fragt|gefragt|erfahren|herausfinden|hören|"
            r"sagen|sag|beschäftigt|neugierig|nämlich|interessiert|verstehen|klären|erklären|mitteilen|verraten|"
            r"erläutern|helfen|nennen|nachsehen|bestätigen|auskunft|gern|gerne"
        ),
        prepositions=r"in|auf|an|bei|für|von|mit|um|unter|bis|durch|aus|nach|zu|seit|ab|über",
        question_words=r"was|welche[mnrs]?|wer|wem|wen|wessen|wann|wie|wo\w*|warum|wieso",
        also=r"ob",
        articles=r"der|die|das|den|dem|des|eine?[mnrs]?",
        first_person=r"ich|wir|uns|unsere?[mnrs]?|meine?[mnrs]?|mir|mich",
        subject=r"ich|wir|mir",
        needs=r"suche|suchen|brauche|brauchen|benötige|bräuchte|fehlt|fehlen",
    ),
    "fr": _Indirect(
        request=(
            r"(?:pouvez|pourriez|peux|pourrais|auriez|savez|sauriez|sais)-(?:vous|tu)\b|"
            r"puis-je(?= (?:vous )?demander)|vous pouvez|"
            r"est-ce que vous|je|j['’]\w+|nous|dites|dis|on|(?:petite )?question|ma"
        ),
        verbs=(
            r"savoir|savez-vous|sais-tu|demand\w+|dire|dites-moi|dis-moi|connaître|comprendre|vérifier|préciser|"
            r"apprendre|indiquer|expliquer|aider|éclairer|question"
        ),
        prepositions=r"en|à|de|d['’]|par|pour|sous|chez|auprès de|dans|avec|depuis|jusqu['’]à|sur",
        question_words=r"quel(?:le)?s?|qui|quoi|quand|où|comment|combien|pourquoi",
        also=r"si|s['’]ils?|ce qu[ei]",
        articles=r"le|la|les|l|un|une|des|du",
        first_person=r"je|j|nous|notre|nos|mon|ma|me|m",
        subject=r"je|j|nous",
        needs=r"cherche|cherchons|besoin de|manque|faut|faudrait",
    ),
    "it": _Indirect(
        request=(
            r"(?:può|potrebbe|puoi|potresti|potete)(?= (?:\w+ )?(?:dir|spiegar|indicar|chiarir|aiutar|ricordar|"
            r"confermar)(?:e|mi|ci)\b)|sa|sai|sapete|sapreste|saprebbe|mi|ci|vorrei|volevo|vorremmo|dimmi|io|domanda|"
            r"la mia|una|qualcuno"
        ),
        verbs=(
            r"sapere|sa|sai|sapete|capire|chiedere|chiesto|chiede|chiedo|chiedevo|dire|dirmi|dirci|dimmi|dica|"
            r"verificare|conoscere|scoprire|domanda|spiegarmi|indicarmi|chiarirmi|aiutarmi|ricordarmi|confermarmi"
        ),
        prepositions=r"in|a|ad|da|di|per|su|con|entro|fino a|sotto",
        question_words=r"che|qual[ei]?|chi|come|quando|dove|quant[aeio]|perché|cosa",
        also=r"se",
        articles=r"il|lo|la|i|gli|le|l|una?|uno",
        first_person=r"io|noi|mi|ci|nostr[oaie]|mi[oae]|siamo|sono",
        subject=r"io|noi|mi|ci|siamo|sono",
        needs=r"cerco|cerchiamo|serve|servono|manca|mancano|bisogno di",
    ),
}
_ONE = (  # who may ask; whether a university or a researcher asks may decide the answer
    r"(?:company|firm|sme|start-?up|spin-?off|supplier|business|enterprise|manufacturer|bedrijf|kmo|mkb\w*|firma|"
    r"onderneming|leverancier|unternehmen|kmu|betrieb|lieferant\w*|entreprise|société|pme|fournisseur|impresa|azienda|"
    r"società|pmi|fornitore)\b"
)
_AS_ONE = re.compile(
    r"\W*(?:as an? |als (?:een |eine? )?|en tant qu(?:e |['’])(?:une? )?|in quanto )"
    rf"(?:[\w-]+ ){{0,3}}{_ONE}(?: \w+)?"
    r"(?: (?:based |from |in |of |uit |van |aus |de |du |di |en |à |a )+[\w-]+(?: [\w-]+){0,2})?,\s+(?=\w)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\?[!?.)\]\"'”’»\s]*$")
_LEADS = {code: indirect.leads for code, indirect in _INDIRECT.items()}
_REQUESTS = {code: indirect.requests for code, indirect in _INDIRECT.items()}
_REQUEST = {code: re.compile(rf"\W*(?:{indirect.request})\b", re.IGNORECASE) for code, indirect in _INDIRECT.items()}
_OPENS = {code: indirect.opens for code, indirect in _INDIRECT.items()}
_FIRST_PERSON = {
    code: re.compile(rf"\b(?:{indirect.first_person})\b", re.IGNORECASE) for code, indirect in _INDIRECT.items()
}
_TO_BE_TOLD = {
    code: re.compile(rf"\b(?:{indirect.request}|{indirect.verbs}|{PLEASE}|would|like|want)\b", re.IGNORECASE)
    for code, indirect in _INDIRECT.items()
}


def lead_of(sentence: str, language: str) -> str:
    """What leads up to what a sentence asks; "" where it asks from its start, or nothing.

    In a question that is a request to be told ("Could you tell me who decides?"), for others may be on who knows what;
    in a sentence that is none, all that stands before what somebody wants to know.
    """
    if opens_question(sentence, language):
        return ""
    found = (_REQUESTS if is_question(sentence) else _LEADS)[language].match(sentence)
    if found and _asks_before(found, language):
        return ""
    found = found or _AS_ONE.match(sentence)
    return found.group() if found else ""


def _asks_before(found: re.Match[str], language: str) -> bool:
    """Whether something else is asked before the request ("Is there a fee, and do you know who signs?")."""
    before = found.groupdict().get("before") or ""
    speaks = _FIRST_PERSON[language].search(before) is not None
    return bool(before.strip()) and (not speaks or CUES[language].asks.match(before.casefold()) is not None)


def is_question(sentence: str) -> bool:
    """Whether it ends as a question."""
    return _MARKED.search(sentence) is not None


def opens_question(sentence: str, language: str) -> bool:
    """Whether it begins with a question word, a preposition before it or not."""
    return _OPENS[language].match(sentence) is not None


def only_asks_to_be_told(told: str, language: str) -> bool:
    """Whether it has no word but those that ask to be told, and small ones ("Could you tell me").

    A question is only that where it is a request: "Must we say so?" is none.
    """
    if is_question(told) and not _REQUEST[language].match(told):
        return False
    return all(is_stop_word(word, language) for word in words(_TO_BE_TOLD[language].sub(" ", told)))


def speaks_of_self(told: str, language: str) -> bool:
    """Whether who says it speaks of himself ("whom can we call")."""
    return _FIRST_PERSON[language].search(told) is not None

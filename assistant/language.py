"""Which language a question is in, and what the program itself says in each."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from assistant.types import Turn
from ingest import language
from ingest.analyse import is_stop_word, words
from ingest.lexicon.keys import key_of
from ingest.lexicon.lexicon import Lexicon
from ingest.types import Kind, Version

SPOKEN = ("en", "nl", "de", "fr", "it")
# Logarithms of odds. Names and terms in another language mislead the letters of a short question; its small words
# ("welke", "bei", "quel") do not.
_LETTERS = 1.5
_DOUBT_OF_LETTERS = 0.02
_SMALL_WORD = 1.5
_OPENING_WORD = 1.0
_LISTED_WORD = 3.0  # shared by the languages that list it; 86 of 93 of tests/data/short-questions.tsv, 73 without
_FEW_WORDS = 3  # up to which a lexicon is always asked; the letters and small words of more are told apart well
_CLOSE = math.log(10)  # a language that is a tenth as likely as the likeliest is thought of too
_PRIOR_OF_CONVERSATION = 2.0
_PRIOR_OF_ENGLISH = 0.4


@dataclass(frozen=True, slots=True)
class Phrases:
    """The program's own words in one language; `{…}` is filled in."""

    lead: str
    more: str
    foreign: str
    foreign_several: str
    aged: str
    nothing: str
    asked_for: str
    whom: str
    model_failed: str
    model_unchecked: str
    left_out: str
    broke_off: str
    failed: str
    found: str
    as_of: str
    not_found: str
    greeting: str
    out_of_scope: str
    declined: str
    clarify: str
    clarify_which: str
    alternative: str
    read_as: str
    languages: Mapping[str, str]


_PHRASES = {
    "en": Phrases(
        lead="According to {title}:",
        more="{title} adds:",
        foreign="The source {markers} is in {language}; its words are quoted as they stand.",
        foreign_several="The sources {markers} are in {language}; their words are quoted as they stand.",
        aged="The figure in {markers} dates from {year}.",
        nothing="The documents at hand do not say. Nothing in them answers: {question}",
        asked_for="Nearest documents: {titles}.",
        whom="You can ask: {contacts}.",
        model_failed="The language model did not answer; these sentences are quoted from the documents.",
        model_unchecked="The documents do not bear out what the language model wrote; these sentences are quoted from "
        "them instead.",
        left_out="Left out of the draft because the sources do not bear it out: {count} sentence(s).",
        broke_off="The language model broke off; the answer may be incomplete.",
        failed="The answer could not be made from what was found; the passages themselves can be opened.",
        found="Passages found: {passages}.",
        as_of="What counts is what was in force on {day}.",
        not_found="No evidence was found for this part: {question}",
        greeting="Good day. Ask me about working with research infrastructures: tenders, access, technology "
        "transfer, spin-offs or contact points.",
        out_of_scope="That is not what these documents are about. They are about working with research "
        "infrastructures: tenders, access, technology transfer, spin-offs and contact points.",
        declined="I cannot do that. I answer questions from the documents that you may read, and quote "
        "single sentences of them; a whole document can be opened by its link.",
        clarify="What would you like to know? Please name the subject and, if there is one, the organisation.",
        clarify_which="Which organisation do you mean: {organisations}?",
        alternative="or",
        read_as="“{was}” was read as “{now}”.",
        languages={"en": "English", "nl": "Dutch", "de": "German", "fr": "French", "it": "Italian"},
    ),
    "nl": Phrases(
        lead="Volgens {title}:",
        more="{title} voegt toe:",
        foreign="De bron {markers} is in het {language}; de woorden staan er zoals in de bron.",
        foreign_several="De bronnen {markers} zijn in het {language}; de woorden staan er zoals in de bron.",
        aged="Het cijfer in {markers} dateert van {year}.",
        nothing="De beschikbare documenten zeggen het niet. Niets daarin beantwoordt: {question}",
        asked_for="Dichtstbijzijnde documenten: {titles}.",
        whom="U kunt het vragen aan: {contacts}.",
        model_failed="Het taalmodel gaf geen antwoord; deze zinnen zijn uit de documenten geciteerd.",
        model_unchecked="De documenten staven niet wat het taalmodel schreef; in plaats daarvan staan hier zinnen uit "
        "de documenten.",
        left_out="Weggelaten uit het ontwerp omdat de bronnen het niet staven: {count} zin(nen).",
        broke_off="Het taalmodel brak af; het antwoord is misschien onvolledig.",
        failed="Uit wat gevonden is, kon geen antwoord worden gemaakt; de passages zelf kunt u openen.",
        found="Gevonden passages: {passages}.",
        as_of="Wat telt, is wat gold op {day}.",
        not_found="Voor dit deel is niets gevonden: {question}",
        greeting="Goedendag. Vraag mij iets over samenwerken met onderzoeksinfrastructuren: aanbestedingen, "
        "toegang, technologieoverdracht, spin-offs of aanspreekpunten.",
        out_of_scope="Daar gaan deze documenten niet over. Ze gaan over samenwerken met "
        "onderzoeksinfrastructuren: aanbestedingen, toegang, technologieoverdracht, spin-offs en aanspreekpunten.",
        declined="Dat kan ik niet doen. Ik beantwoord vragen uit de documenten die u mag lezen en citeer "
        "daaruit losse zinnen; een heel document opent u met de link.",
        clarify="Wat wilt u weten? Noem het onderwerp en, als die er is, de organisatie.",
        clarify_which="Welke organisatie bedoelt u: {organisations}?",
        alternative="of",
        read_as="“{was}” is gelezen als “{now}”.",
        languages={"en": "Engels", "nl": "Nederlands", "de": "Duits", "fr": "Frans", "it": "Italiaans"},
    ),
    "de": Phrases(
        lead="Laut {title}:",
        more="{title} ergänzt:",
        foreign="Die Quelle {markers} ist auf {language}; ihr Wortlaut steht unverändert da.",
        foreign_several="Die Quellen {markers} sind auf {language}; ihr Wortlaut steht unverändert da.",
        aged="Die Zahl in {markers} stammt von {year}.",
        nothing="Die vorhandenen Dokumente sagen es nicht. Nichts darin beantwortet: {question}",
        asked_for="Nächstliegende Dokumente: {titles}.",
        whom="Fragen können Sie: {contacts}.",
        model_failed="Das Sprachmodell hat nicht geantwortet; diese Sätze sind aus den Dokumenten zitiert.",
        model_unchecked="Die Dokumente belegen nicht, was das Sprachmodell schrieb; stattdessen stehen hier Sätze aus "
        "den Dokumenten.",
        left_out="Aus dem Entwurf weggelassen, weil die Quellen es nicht belegen: {count} Satz/Sätze.",
        broke_off="Das Sprachmodell brach ab; die Antwort ist vielleicht unvollständig.",
        failed="Aus dem Gefundenen ließ sich keine Antwort machen; die Stellen selbst lassen sich öffnen.",
        found="Gefundene Stellen: {passages}.",
        as_of="Es zählt, was am {day} galt.",
        not_found="Für diesen Teil wurde nichts gefunden: {question}",
        greeting="Guten Tag. Fragen Sie mich zur Zusammenarbeit mit Forschungsinfrastrukturen: "
        "Ausschreibungen, Zugang, Technologietransfer, Ausgründungen oder Ansprechstellen.",
        out_of_scope="Davon handeln diese Dokumente nicht. Sie handeln von der Zusammenarbeit mit "
        "Forschungsinfrastrukturen: Ausschreibungen, Zugang, Technologietransfer, Ausgründungen und Ansprechstellen.",
        declined="Das kann ich nicht tun. Ich beantworte Fragen aus den Dokumenten, die Sie lesen dürfen, "
        "und zitiere einzelne Sätze daraus; ein ganzes Dokument öffnen Sie über seinen Link.",
        clarify="Was möchten Sie wissen? Bitte nennen Sie das Thema und, falls es eine gibt, die Organisation.",
        clarify_which="Welche Organisation meinen Sie: {organisations}?",
        alternative="oder",
        read_as="„{was}“ wurde als „{now}“ gelesen.",
        languages={"en": "Englisch", "nl": "Niederländisch", "de": "Deutsch", "fr": "Französisch", "it": "Italienisch"},
    ),
    "fr": Phrases(
        lead="Selon {title} :",
        more="{title} ajoute :",
        foreign="La source {markers} est en {language} ; elle est citée dans sa langue.",
        foreign_several="Les sources {markers} sont en {language} ; elles sont citées dans leur langue.",
        aged="Le chiffre en {markers} date de {year}.",
        nothing="Les documents disponibles ne le disent pas. Rien n'y répond à : {question}",
        asked_for="Documents les plus proches : {titles}.",
        whom="Vous pouvez demander à : {contacts}.",
        model_failed="Le modèle de langue n'a pas répondu ; ces phrases sont citées des documents.",
        model_unchecked="Les documents n'étayent pas ce que le modèle de langue a écrit ; voici à la place des phrases "
        "des documents.",
        left_out="Laissé de côté parce que les sources ne l'étayent pas : {count} phrase(s).",
        broke_off="Le modèle de langue s'est interrompu ; la réponse est peut-être incomplète.",
        failed="La réponse n'a pas pu être établie à partir de ce qui a été trouvé ; les passages "
        "eux-mêmes peuvent être ouverts.",
        found="Passages trouvés : {passages}.",
        as_of="Ce qui compte est ce qui était en vigueur le {day}.",
        not_found="Rien n'a été trouvé pour cette partie : {question}",
        greeting="Bonjour. Posez-moi une question sur le travail avec les infrastructures de recherche : "
        "marchés, accès, transfert de technologie, spin-offs ou points de contact.",
        out_of_scope="Ces documents ne traitent pas de cela. Ils traitent du travail avec les "
        "infrastructures de recherche : marchés, accès, transfert de technologie, spin-offs et points de contact.",
        declined="Je ne peux pas faire cela. Je réponds aux questions à partir des documents que vous "
        "pouvez lire, et j'en cite des phrases isolées ; un document entier s'ouvre par son lien.",
        clarify="Que souhaitez-vous savoir ? Indiquez le sujet et, s'il y en a une, l'organisation.",
        clarify_which="De quelle organisation parlez-vous : {organisations} ?",
        alternative="ou",
        read_as="« {was} » a été lu comme « {now} ».",
        languages={"en": "anglais", "nl": "néerlandais", "de": "allemand", "fr": "français", "it": "italien"},
    ),
    "it": Phrases(
        lead="Secondo {title}:",
        more="{title} aggiunge:",
        foreign="La fonte {markers} è in {language}; le sue parole sono riportate come sono.",
        foreign_several="Le fonti {markers} sono in {language}; le loro parole sono riportate come sono.",
        aged="La cifra in {markers} risale al {year}.",
        nothing="I documenti disponibili non lo dicono. Nulla vi risponde a: {question}",
        asked_for="Documenti più vicini: {titles}.",
        whom="Può chiedere a: {contacts}.",
        model_failed="Il modello linguistico non ha risposto; queste frasi sono citate dai documenti.",
        model_unchecked="I documenti non confermano ciò che il modello linguistico ha scritto; al suo posto sono "
        "citate frasi dei documenti.",
        left_out="Tralasciato perché le fonti non lo confermano: {count} frase/i.",
        broke_off="Il modello linguistico si è interrotto; la risposta può essere incompleta.",
        failed="Da ciò che è stato trovato non si è potuta ricavare una risposta; i passi stessi si possono aprire.",
        found="Passi trovati: {passages}.",
        as_of="Vale ciò che era in vigore il {day}.",
        not_found="Per questa parte non è stato trovato nulla: {question}",
        greeting="Buongiorno. Mi chieda del lavoro con le infrastrutture di ricerca: gare, accesso, "
        "trasferimento tecnologico, spin-off o punti di contatto.",
        out_of_scope="Questi documenti non parlano di ciò. Parlano del lavoro con le infrastrutture di "
        "ricerca: gare, accesso, trasferimento tecnologico, spin-off e punti di contatto.",
        declined="Non posso farlo. Rispondo alle domande con i documenti che Lei può leggere e ne cito "
        "singole frasi; un documento intero si apre dal suo link.",
        clarify="Che cosa desidera sapere? Indichi l'argomento e, se c'è, l'organizzazione.",
        clarify_which="Quale organizzazione intende: {organisations}?",
        alternative="o",
        read_as="“{was}” è stato letto come “{now}”.",
        languages={"en": "inglese", "nl": "olandese", "de": "tedesco", "fr": "francese", "it": "italiano"},
    ),
}


def answered_in(code: str) -> str:
    """The language in which the program itself speaks to a reader of a language: that one, or English."""
    return code if code in SPOKEN else SPOKEN[0]


def phrases(code: str) -> Phrases:
    """What the program says in a language; English where it does not speak it."""
    return _PHRASES.get(code, _PHRASES["en"])


Listed: TypeAlias = Callable[[str], frozenset[str]]


def listing(lexicon: Lexicon) -> Listed:
    """Tells which of the languages spoken list a word in a lexicon, as it is written."""

    def listed(word: str) -> frozenset[str]:
        return frozenset(code for code in SPOKEN if lexicon.find(key_of(word.lower()), code))

    return listed


def of_question(text: str, history: Sequence[Turn] = (), listed: Listed | None = None) -> str:
    """The language among those spoken that a question is most likely in, given the conversation so far.

    `listed` tells the languages that know a word, which says most of a question of few words.
    """
    odds = dict(_odds(text))
    for code, share in _listed(text, listed).items():
        odds[code] += _LISTED_WORD * share
    asked = [turn.content for turn in history if turn.role == "user"]
    if asked:
        odds[_of_conversation(asked)] += _PRIOR_OF_CONVERSATION
    return max(SPOKEN, key=lambda code: odds[code])


def _listed(text: str, listed: Listed | None) -> Mapping[str, float]:
    """The shares of each language in the words of a short question, a word shared by those that list it.

    A longer one is short in this sense where it has no small words, as what is typed into a search has none.
    """
    spoken = [word for word in words(text) if not _is_name(word)]
    says_little = len(spoken) <= _FEW_WORDS or not any(is_stop_word(word, code) for word in spoken for code in SPOKEN)
    known = [listed(word) for word in spoken] if listed and says_little else []
    shares = dict.fromkeys(SPOKEN, 0.0)
    for codes in known:
        for code in codes if len(codes) < len(SPOKEN) else ():
            shares[code] += 1 / len(codes)
    return shares


def of_quote(quote: str, version: Version) -> str:
    """The language of words quoted from a document: its own, but a glossary has definitions in several."""
    return _of_definition(quote) if version.kind is Kind.GLOSSARY else version.language


@lru_cache(maxsize=1024)
def _of_definition(text: str) -> str:
    return next((code for code, _ in language.likely(text) if code in SPOKEN), SPOKEN[0])


def also_likely(text: str, language: str) -> tuple[str, ...]:
    """Other languages that a question may well be in, for few words leave it open; the likeliest first."""
    odds = _odds(text)
    close = [code for code in SPOKEN if code != language and odds[code] > max(odds.values()) - _CLOSE]
    return tuple(sorted(close, key=lambda code: -odds[code]))


def _of_conversation(asked: Sequence[str]) -> str:
    """The language of the questions so far, taken together."""
    odds = [_odds(text) for text in asked]
    return max(SPOKEN, key=lambda code: sum(each[code] for each in odds))


@lru_cache(maxsize=256)
def _odds(text: str) -> Mapping[str, float]:
    """Logarithmic odds of each language: its letters, its small words, the word that the text opens with."""
    letters = dict(language.likely(" ".join(word for word in text.split() if not _is_name(word)) or text))
    spoken = words(text)
    small = {code: sum(is_stop_word(word, code) for word in spoken) for code in SPOKEN}
    odds = {
        code: _LETTERS * math.log(letters.get(code, 0.0) + _DOUBT_OF_LETTERS)
        + _SMALL_WORD * small[code]
        + _OPENING_WORD * (spoken[:1] != [] and is_stop_word(spoken[0], code))
        for code in SPOKEN
    }
    odds["en"] += _PRIOR_OF_ENGLISH
    return odds


def _is_name(word: str) -> bool:
    """Whether a word is an abbreviation, which is the same in every language."""
    return sum(map(str.isupper, word)) > 1

from __future__ import annotations

import pytest

from assistant.sought import end_of_count, sought, without_other_figures


@pytest.mark.parametrize(
    ("question", "sentence", "given"),
    [
        ("What is the budget?", "Investering: 1.632.694 euro van Interreg", True),
        ("Wat kost het?", "CERN vraagt CHF 500 per jaar.", True),
        ("What is the budget?", "The project began in 2017.", False),
        ("How many partners are there?", "There are 8 partners.", True),
        ("Who is the director of the lab?", "Since 2019 the lab is led by Anna de Vries.", True),
        ("Wie heißt die Leiterin des Büros?", "Deutsche Firmen fragen beim Büro nach, Schweizer Firmen nicht.", False),
        ("Come si chiama il direttore?", "Il direttore sostiene il Big Science Business Forum.", False),
        ("Combien de pays participent ?", "Douze pays participent.", True),
        ("How many partners are there?", "Partners meet often.", False),
        ("When did it begin?", "It began in January 2017.", True),
        ("Wanneer kiest het centrum?", "Het centrum kiest in het voorjaar en in het najaar.", True),
        ("Welcher Anteil geht an die Erfinder?", "Die Erfinder erhalten 40 %.", True),
        ("What percentage goes to the inventors?", "The inventors receive CHF 40.", False),
        ("Wer leitet derzeit das Institut?", "Das Institut ist für Firmen offen.", False),
        ("Wer leitet das Zentrum?", "The centre has an Innovation Village and, with partners, Start-up Labs.", False),
        ("Qui préside le fonds ?", "Depuis 2019, le fonds est présidé par Anna Lefort.", True),
        ("What is the telephone number of the office?", "The office is in room 40/2-D01.", False),
        ("Wat is het telefoonnummer?", "Bel +31 20 555 01 23.", True),
        ("öffnungszeiten labor", "Das Labor ist montags bis freitags offen.", True),
        ("op welke dagen is het lab open", "Het lab is in 2017 geopend.", False),
        ("Quel est le taux de l'aide ?", "L'aide est de 50 %.", True),
        ("Ab welchem Auftragswert wird ausgeschrieben?", "Ab 200.000 CHF wird ausgeschrieben.", True),
        ("In which languages may a bid be written?", "Bids are in English or French.", True),
        ("Welche Sprachen sind erlaubt?", "Deutsche Firmen bieten über das Portal.", False),
        ("Quelles langues sont admises ?", "L'offre est rédigée en anglais.", True),
        ("How long does it take?", "Beam time was 2 % of the whole.", False),
        ("Hoe lang duurt het?", "Het duurt zes weken.", True),
        ("Combien de jours a-t-on ?", "Selon une page de février 2018, un réexamen est possible.", False),
        ("Wie lange läuft der Reaktor noch?", "Der Reaktor läuft bis 2033.", True),
        ("What is the salary of a fellow?", "The department pays the salaries of its staff.", False),
        ("Hoe heet de directeur?", "Sinds 2019 leidt Anna de Vries het bureau.", True),
        ("Who is the chief executive officer?", "Firms near the lab use its West Coast Hall.", False),
        ("Chi è il direttore?", "Il consorzio riunisce Italia, Repubblica Ceca e Romania.", False),
        ("Quanto costava il progetto?", "Il progetto costava 60 milioni di euro.", True),
        ("Wie hoch ist der Zuschuss?", "Er beträgt 50.000 Schweizer Franken.", True),
        ("Wie hoch ist der Zuschuss?", "Das Büro besteht seit dem 10. Oktober 2017.", False),
        ("Above which threshold is it tested?", "It is tested against a threshold of 20 %.", True),
        ("Until when can rights be requested?", "They can be requested until one year after the end.", True),
        ("On which date was it held?", "It was held in 2017.", False),
        ("Why was the office closed?", "The office was closed because too few firms came.", True),
        ("Waarom sloot het bureau?", "Het bureau sloot in 2019.", False),
        ("Warum schloss das Büro?", "Das Büro schloss, um Kosten zu sparen.", True),
        ("Pourquoi ce lieu ?", "Ce lieu est à Genève depuis 2014.", False),
        ("Pourquoi ce lieu ?", "Il fut choisi parce que le laboratoire est proche.", True),
        ("Why do firms register?", "Firms that want to bid have to pay a fee.", False),
        ("In which country is the firm registered?", "The firm works with air-quality data.", False),
        ("Welche Länder sind Mitglied?", "Mitglieder sind Italien und Polen.", True),
        ("In quale città si è svolto?", "Si è svolto online.", False),
        ("In welke stad is het?", "Het is in Lommel.", True),
        ("How often does the forum meet?", "The forum met in 2021.", False),
        ("Wie oft tagt das Forum?", "Das Forum tagt zweimal im Jahr.", True),
        ("How often does the forum meet?", "The forum has a formal session on normal days.", False),
        ("In which month was it held?", "It may be held in 2018.", False),
        ("Op welk adres is het lab?", "Het lab is in Lommel open voor bedrijven.", False),
        ("What is the postal address?", "Write to CERN, 1211 Geneva 23.", True),
        ("Which e-mail address can firms use?", "Firms write to tenders@example.org.", True),
        ("What is the mailbox of the office?", "The office answers letters.", False),
        ("What is the turnover ceiling?", "The ceiling is EUR 2 million.", True),
        ("Welche Umsatzgrenze gilt?", "Es gilt eine Grenze.", False),
        ("How large is it?", "It stands under Action 8 since 30 November 2009.", False),
    ],
)
def test_a_sentence_gives_the_sort_of_thing_that_is_asked_for(question: str, sentence: str, given: bool) -> None:
    sort = sought(question)
    assert sort is not None
    assert (sort.given.search(sentence) is not None) is given


@pytest.mark.parametrize(
    "question",
    [
        "Who decides?",
        "Does CERN own the patents?",
        "Is INNO INFRA SHARE over?",
        "Who leads the project?",
        "Wie is de ILO voor Nederland?",
        "Qui est responsable du paiement ?",
        "Which phone companies supply CERN?",
        "Does CERN take shares in companies?",
        "Where is the budget published?",
        "Is beam time confidential when a company pays for it?",
        "When may the agency negotiate?",
        "What kinds of costs can a grant cover?",
        "We are a small firm. Can we see what it costs?",
        "Which State aid text is cited?",
        "Which party pays the patent attorney?",
        "Which bids go by e-mail?",
        "What room for negotiation is there?",
        "Who explains why?",
    ],
)
def test_some_questions_ask_for_no_sort_that_its_form_would_tell(question: str) -> None:
    assert sought(question) is None


def test_a_price_is_named_where_none_is_given() -> None:
    sort = sought("How much does a day of beam time cost?")
    assert sort is not None
    assert sort.named is not None
    assert sort.named.search("No source was found for the prices of the beamlines.")


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel geld krijgt het?",
        "Combien d'argent ?",
        "Combien de temps dure le séjour ?",
        "Hoeveel geeft het ministerie aan het netwerk?",
        "Wie viele Quadratmeter hat das Labor?",
        "How many times a year do they meet?",
    ],
)
def test_money_time_and_measures_are_not_counted_by_their_names(question: str) -> None:
    assert end_of_count(question) is None
    assert end_of_count("Combien de pays participent ?") == len("Combien de")


def test_years_days_and_numbers_in_names_count_nothing() -> None:
    told = "2. From 10 to 11 October 2017 some 40 firms met under Action 8 of 2003/361."
    assert without_other_figures(told).split() == [
        "From", "10", "to", "October", "some", "40", "firms", "met", "under", "Action", "of", "/",
    ]  # fmt: skip

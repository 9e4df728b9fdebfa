from __future__ import annotations

import pytest

from assistant.gaps import says_unknown, unknown_things


@pytest.mark.parametrize(
    "sentence",
    [
        "No reliable source was found for the history of the rules.",
        "The sources used here do not list the 17 key actions.",
        "Names of officers are left out, because every name found is dated.",
        "Er is geen bron gevonden voor de tarieven.",
        "Für die Zählung von Teilzeitkräften wurde keine Quelle gefunden.",
        "Aucune source n'a été trouvée sur les dépenses après 2016.",
        "Non è stata trovata alcuna fonte sui prezzi.",
        "CERIC ha definito azioni comuni, ma la fonte non le elenca.",
        "No price list and no policy on industrial access were found for the ILL.",
        "The sources used here say nothing on machines or tests.",
        "The sources used here name no mailbox of the platform.",
        "Citizen engagement | Number not found in the sources used here",
        "De bronnen hier noemen geen prijzen.",
        "Die Quellen nennen keine Preise.",
        "Les sources ne donnent aucun prix.",
        "Le fonti non indicano alcun prezzo.",
        "Ob die Fabrik eröffnet ist, sagt keine der verwendeten Quellen.",
    ],
)
def test_a_sentence_says_that_something_is_not_known(sentence: str) -> None:
    assert says_unknown(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "CERN does not invest capital in spin-off companies.",
        "De bron van het geld is de Vlaamse overheid.",
        "De bron ligt niet in Gent.",
        "The sources used here name four codes of practice.",
        "Open-source licences give no warranty.",
        "Both sources give no more than 10 MeV.",
        "Die Quelle ESS liegt in Lund.",
        "Le CERN n'accorde aucun soutien financier.",
        "La fonte di neutroni è in Svezia.",
    ],
)
def test_a_negation_about_the_matter_says_what_is_known(sentence: str) -> None:
    assert not says_unknown(sentence)


def test_the_things_that_are_not_known_are_told_one_by_one() -> None:
    sentence = "No source was found for ESRF prices, for a present ceiling, or for tender rules."
    things = unknown_things(sentence)
    named = ["ESRF prices", "present ceiling", "tender rules"]
    assert all(name in thing for name, thing in zip(named, things, strict=True))

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.aged import year_of_old_figure
from assistant.types import Passage, Quoted
from ingest.types import Source, Span
from tests.assistant.test_relevance import passage


def quoted(quote: str) -> Quoted:
    hit = passage(quote)
    sources = (Source("R6", "ESRF", date="c. 2016-17"), Source("R7", "ESRF"))
    dated = replace(hit, version=replace(hit.version, sources=sources))
    return Quoted(Passage(1, dated), Span(1, 0, len(quote)), quote)


@pytest.mark.parametrize(
    ("quote", "year"),
    [
        ("The budget was about EUR 107 million in 2016 (R6).", 2016),
        ("The budget is about EUR 107 million (R6).", 2016),
        ("The threshold is CHF 50,000 (R7, page of c. 2015).", 2015),
        ("The budget was EUR 90 million in 2010 and EUR 110 million in 2025 (R6).", None),
        ("The budget is about EUR 107 million (R7, undated page).", None),
        ("The committee adopted the policy on 10 March 1999 (R6).", None),
        ("F4E follows Recommendation 2008/416/EC (R6).", None),
        ("2. The partners hand in a full proposal (R6).", None),
        ("Access is free (R6).", None),
    ],
)
def test_an_old_figure_has_the_year_that_its_sentence_or_its_source_says(quote: str, year: int | None) -> None:
    assert year_of_old_figure(quoted(quote), this_year=2026) == year

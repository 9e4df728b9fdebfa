from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.types import Audience, Kind, Version
from ingest.validity import Era, Scope, Shelf, Timeline

TODAY = date(2026, 6, 1)


def version(id_: str, document: str = "rule", recorded: int = 1, **fields: object) -> Version:
    values: dict[str, object] = {"audience": Audience.PUBLIC, **fields}
    return Version(id_, document, f"{document}.md", document, Kind.POLICY, "en", recorded=recorded, **values)  # type: ignore[arg-type]


def in_force(timeline: Timeline, day: date) -> set[str]:
    return {id_ for id_ in timeline.versions if timeline.in_force(id_, day)}


def test_a_version_without_dates_is_always_in_force() -> None:
    timeline = Timeline([version("v1")])
    assert in_force(timeline, date(1900, 1, 1)) == in_force(timeline, date(2100, 1, 1)) == {"v1"}


def test_both_ends_of_a_period_belong_to_it() -> None:
    timeline = Timeline([version("v1", effective_from=date(2010, 3, 1), effective_until=date(2012, 12, 31))])
    days = [date(2010, 2, 28), date(2010, 3, 1), date(2012, 12, 31), date(2013, 1, 1)]
    assert [timeline.in_force("v1", day) for day in days] == [False, True, True, False]


def test_a_later_version_takes_over_from_the_day_it_takes_effect() -> None:
    timeline = Timeline([version("v1"), version("v2", recorded=2, effective_from=date(2020, 1, 1))])
    assert in_force(timeline, date(2019, 12, 31)) == {"v1"}
    assert in_force(timeline, date(2020, 1, 1)) == {"v2"}


def test_a_correction_without_dates_replaces_wholly() -> None:
    timeline = Timeline([version("v1"), version("v2", recorded=2)])
    assert in_force(timeline, date(2000, 1, 1)) == {"v2"}
    assert timeline.shelf("v1", TODAY) is None


def test_a_superseded_document_ends_the_day_before_its_successor_begins() -> None:
    new = version("n1", "new", effective_from=date(2010, 3, 1), supersedes="rule")
    timeline = Timeline([version("v1"), new])
    assert in_force(timeline, date(2010, 2, 28)) == {"v1"}
    assert in_force(timeline, date(2010, 3, 1)) == {"n1"}


def test_what_was_superseded_does_not_come_back_when_the_successor_ends() -> None:
    new = version("n1", "new", effective_from=date(2010, 1, 1), effective_until=date(2011, 1, 1), supersedes="rule")
    assert in_force(Timeline([version("v1"), new]), date(2012, 1, 1)) == set()


@pytest.mark.parametrize("begins", [date(2010, 3, 1), date(2030, 1, 1)], ids=["past", "future"])
def test_the_day_on_which_a_hidden_successor_takes_over_is_told_to_nobody_else(begins: date) -> None:
    hidden = version("h1", "hidden", effective_from=begins, supersedes="rule", audience=Audience.STAFF)
    timeline = Timeline([version("v1"), hidden])
    assert not timeline.in_force("v1", begins)
    assert timeline.period_told("v1", Audience.PUBLIC).last is None
    assert timeline.period_told("v1", Audience.STAFF).last == begins - timedelta(days=1)


def test_days_that_follow_from_what_everybody_may_see_are_told_to_everybody() -> None:
    seen = version("n1", "new", effective_from=date(2010, 3, 1), supersedes="rule")
    timeline = Timeline([version("v1"), version("o1", "other", effective_until=date(2011, 1, 1)), seen])
    for id_ in timeline.versions:
        assert timeline.period_told(id_, Audience.PUBLIC) == timeline.period(id_)


def test_withdrawing_the_successor_brings_the_predecessor_back() -> None:
    new = version("n1", "new", effective_from=date(2010, 1, 1), supersedes="rule", withdrawn=TODAY)
    assert "v1" in in_force(Timeline([version("v1"), new]), TODAY)


def test_a_withdrawn_document_is_gone_today_and_only_staff_see_its_past() -> None:
    timeline = Timeline([version("v1", withdrawn=TODAY)])
    yesterday = date(2026, 5, 31)
    assert not timeline.in_force("v1", TODAY)
    assert Scope(Audience.STAFF, yesterday, TODAY).permits(timeline, "v1")
    assert not Scope(Audience.PUBLIC, yesterday, TODAY).permits(timeline, "v1")


def test_a_document_that_becomes_internal_hides_its_earlier_versions_too() -> None:
    later = version("v2", recorded=2, effective_from=date(2020, 1, 1), audience=Audience.STAFF)
    timeline = Timeline([version("v1"), later])
    assert not Scope(Audience.PUBLIC, date(2019, 1, 1), TODAY).permits(timeline, "v1")
    assert timeline.shelf("v1", TODAY) == Shelf(Audience.STAFF, Era.PAST)


def test_versions_that_may_still_come_into_force_stand_on_the_current_shelf() -> None:
    timeline = Timeline([version("v1", effective_from=date(2030, 1, 1))])
    assert timeline.shelf("v1", TODAY) == Shelf(Audience.PUBLIC, Era.CURRENT)


@pytest.mark.parametrize(
    ("audience", "day", "names"),
    [
        (Audience.PUBLIC, TODAY, {"public-current"}),
        (Audience.STAFF, TODAY, {"public-current", "staff-current"}),
        (Audience.PUBLIC, date(2020, 1, 1), {"public-current", "public-past"}),
    ],
)
def test_a_reader_is_led_to_the_shelves_that_may_hold_an_answer(audience: Audience, day: date, names: set[str]) -> None:
    assert {shelf.name for shelf in Scope(audience, day, TODAY).shelves} == names


DAYS = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))
VERSIONS = st.lists(st.tuples(st.sampled_from("ab"), DAYS, DAYS, st.sampled_from([None, "a", "b"])), max_size=6)


@given(VERSIONS, st.dates(date(1999, 1, 1), date(2031, 1, 1)))
def test_at_most_one_version_of_a_document_is_in_force_on_a_day(
    drawn: list[tuple[str, date | None, date | None, str | None]], day: date
) -> None:
    versions = [
        version(
            f"v{place}",
            name,
            place,
            effective_from=start,
            effective_until=end,
            supersedes=older if older != name else None,
        )
        for place, (name, start, end, older) in enumerate(drawn)
    ]
    timeline = Timeline(versions)
    for document in timeline.documents:
        assert sum(timeline.in_force(v.id, day) for v in timeline.history(document)) <= 1
    for v in versions:
        shelf = timeline.shelf(v.id, day)
        if timeline.in_force(v.id, day):
            assert shelf in Scope(Audience.STAFF, day, day).shelves

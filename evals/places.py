"""Found and cited passages beside the places that a set calls relevant, by section and by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from evals.types import Case, Found, Place, Qrel

Unit = Callable[[Found | Place], str | None]


def by_section(place: Found | Place) -> str | None:
    """The section that a place stands in; None where it names none."""
    return None if place.section is None else f"{place.document} › {place.section}"


def by_page(place: Found | Place) -> str | None:
    """The page that a place stands on; None where it names none."""
    return None if place.page is None else f"{place.document} page {place.page}"


def by_document(place: Found | Place) -> str | None:
    """The document that a place stands in."""
    return place.document


def qrels(cases: Iterable[Case], unit: Unit) -> list[Qrel]:
    """How relevant each section (or page) is to each question; the highest grade where a set gives several."""
    grades: dict[tuple[str, str], int] = {}
    for case in cases:
        for place in case.relevant:
            name = unit(place)
            if name is not None:
                grades[case.id, name] = max(place.grade, grades.get((case.id, name), 0))
    return [Qrel(case_id, name, grade) for (case_id, name), grade in grades.items()]


def ranking(case: Case, found: Sequence[Found], unit: Unit) -> tuple[str, ...]:
    """The sections (or pages) in which passages were found, each once, in the order of the first."""
    named = (unit(_as_named(case, one)) for one in found)
    return tuple(dict.fromkeys(name for name in named if name is not None))


def _as_named(case: Case, found: Found) -> Found | Place:
    """The relevant place that a passage stands in, as the set names it: a heading path may be named by its end."""
    for place in case.relevant:
        if place.document == found.document and place.page in (None, found.page) and _ends_in(found, place.section):
            return Place(place.document, place.section, found.page)
    return found


def _ends_in(found: Found, section: str | None) -> bool:
    return section is not None and f" › {found.section}".endswith(f" › {section}")
